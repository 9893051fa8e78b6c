"""The impression task's widget files."""
