"""Small helpers for texts: those of a task, and those that came in a file."""

from __future__ import annotations

from typing import Final

from copydesk.model import Task

# Invisible, but letters of Persian and of emoji are joined or parted by them.
_JOINERS: Final = "\u200c\u200d"


def clean(text: str) -> str:
    """A text from a file, fit to be stored and shown: what cannot be seen becomes U+FFFD."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n" + _JOINERS else "\ufffd" for c in text)


def words_text(task: Task, first: int, last: int) -> str:
    """The article's text from word `first` to word `last`, both included."""
    pieces: list[str] = []
    at = 0
    for line in task.lines:
        for place in range(len(line) // 2):
            if first <= at <= last:
                pieces += [line[2 * place] if at > first else "", line[2 * place + 1]]
            at += 1
    return "".join(pieces)


def line_of(task: Task, word: int) -> int:
    """The number, from 1, of the line that has a word."""
    at = 0
    for number, pieces in enumerate(task.lines, start=1):
        at += len(pieces) // 2
        if word < at:
            return number
    raise ValueError(f"the article has {at} words, and no word {word}")
