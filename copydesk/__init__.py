"""The Copy Desk: a case in, a task out, an answer scored."""
