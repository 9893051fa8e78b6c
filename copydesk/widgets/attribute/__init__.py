"""The attribution task's widget files."""
