"""The sort task's widget files."""
