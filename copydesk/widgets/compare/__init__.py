"""The compare task's widget files."""
