"""The mark task's widget files."""
