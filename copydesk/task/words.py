"""Cuts a text into words and lines, and turns code points into word numbers."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from copydesk.model import Span

# A run between white space; dashes that join clauses part words as well.
_RUN = re.compile(r"[^\s\u2013\u2014]+")


def _inside(char: str, *, at_end: bool) -> bool:
    """Whether a character may stand at an end of a word: no punctuation or symbol, but $ and 5%."""
    category = unicodedata.category(char)
    return category[0] not in "PSCZM" or category == "Sc" or (at_end and char == "%")


def words_of(text: str) -> list[Span]:
    """The words of a text in order: runs without white space, stripped of punctuation at both ends.

    Hyphens, apostrophes, commas and points inside a word stay: "anti-terror", "Kata'ib", "11,320".
    A combining mark goes with the character that it sits on, so an emoji is no word, however it is
    written.
    """
    words = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        while start < end and not _inside(text[start], at_end=False):
            start += 1
        while end > start:
            base = end - 1
            while base > start and unicodedata.category(text[base])[0] == "M":
                base -= 1
            if _inside(text[base], at_end=True):
                break
            end = base
        if start < end:
            words.append(Span(start=start, end=end, quote=text[start:end]))
    return words


def cut(text: str) -> tuple[tuple[str, ...], ...]:
    """A text as lines of alternating pieces: gap, word, gap, ..., gap.

    Joined, the pieces of a line are the line; the lines, joined by a line feed, are the text.
    """
    lines = []
    for line in text.split("\n"):
        pieces, at = [], 0
        for word in words_of(line):
            pieces += [line[at : word.start], word.quote]
            at = word.end
        lines.append((*pieces, line[at:]))
    return tuple(lines)


def word_range(words: Sequence[Span], span: Span) -> tuple[int, int] | None:
    """The numbers of the first and last word that a span touches; None when it touches none."""
    first = bisect_right(words, span.start, key=lambda word: word.end)
    last = bisect_left(words, span.end, key=lambda word: word.start) - 1
    return (first, last) if first <= last else None


def line_bounds(text: str) -> list[tuple[int, int]]:
    """First and last word number of each line that has words."""
    bounds, at = [], 0
    for pieces in cut(text):
        count = len(pieces) // 2
        if count:
            bounds.append((at, at + count - 1))
        at += count
    return bounds
