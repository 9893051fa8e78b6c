"""The match task's widget files."""
