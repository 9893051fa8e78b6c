"""Case -> Task: all that a page needs, as plain JSON, feedback table included."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from copydesk.case import Case
from copydesk.model import (
    CODES,
    CaseRef,
    CodeInfo,
    ImpressionTask,
    KeyControl,
    KeyMark,
    MarkTask,
    Span,
    Swap,
    Task,
    TaskEntry,
)
from copydesk.scoring import reach

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


@cache
def ui_strings(language: str) -> dict[str, dict[str, str]]:
    """Button labels and messages of the widgets, by group; English where a language has no file."""
    folder = files("copydesk") / "ui"
    path = folder / f"{language.split('-')[0]}.json"
    if not path.is_file():
        path = folder / "en.json"
    strings: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    return strings


def code_infos(language: str = "en") -> tuple[CodeInfo, ...]:
    """The codes of loaded language, in the codebook's order, as a reader meets them."""
    strings = ui_strings(language)["codes"]
    return tuple(
        CodeInfo(
            code=code,
            letter=strings[f"{code}.letter"],
            name=strings[f"{code}.name"],
            what=strings[f"{code}.what"],
        )
        for code in CODES
    )


def _common(case: Case, entry: TaskEntry) -> dict[str, Any]:
    """What every kind of task carries."""
    strings = ui_strings(case.entry.language)
    return {
        "id": entry.id,
        "case": CaseRef(
            id=case.id,
            sha256=case.entry.sha256,
            title=case.entry.title,
            publisher=case.entry.publisher,
            published=case.entry.published.isoformat(),
            url=case.entry.url,
        ),
        "language": case.entry.language,
        "prompt": case.prompts.get(entry.id, ""),
        "lines": cut(case.article),
        "ui": {**strings["common"], **strings.get(entry.kind, {})},
    }


def mark_task(case: Case, entry: TaskEntry) -> MarkTask:
    """The mark task of a case: its words, the key by word numbers, and the reasons."""
    words = words_of(case.article)
    bounds = _line_bounds(case.article)

    def place(span: Span) -> tuple[int, int]:
        found = word_range(words, span)
        if found is None:
            raise ValueError(
                f'the quote "{span.quote}" of case {case.id} has no word: quote at least one'
            )
        return found

    key = []
    for mark in case.marks:
        first, last = place(mark.span)
        swap_first, swap_last = place(mark.swap)
        low, high = next((a, b) for a, b in bounds if a <= first <= b)
        key.append(
            KeyMark(
                id=mark.id,
                first=first,
                last=last,
                reach=reach(first, last, low, high),
                code=mark.code,
                strength=mark.strength,
                readings=mark.readings,
                why=mark.why,
                plain=mark.plain,
                against=mark.against,
                swap=Swap(first=swap_first, last=swap_last, text=mark.swap_text),
            )
        )
    controls = []
    for control in case.controls:
        first, last = place(control.span)
        controls.append(
            KeyControl(
                id=control.id,
                first=first,
                last=last,
                readings=control.readings,
                why_fair=control.why_fair,
            )
        )
    return MarkTask(
        **_common(case, entry),
        codes=code_infos(case.entry.language),
        readings=tuple(reading.id for reading in case.readings),
        key=tuple(key),
        controls=tuple(controls),
    )


def _line_bounds(text: str) -> list[tuple[int, int]]:
    """First and last word number of each line that has words."""
    bounds, at = [], 0
    for pieces in cut(text):
        count = len(pieces) // 2
        if count:
            bounds.append((at, at + count - 1))
        at += count
    return bounds


def impression_task(case: Case, entry: TaskEntry) -> ImpressionTask:
    """The first reading of a case: the article whole, then three questions."""
    return ImpressionTask(**_common(case, entry))


_BUILDERS: dict[str, Callable[[Case, TaskEntry], Task]] = {
    "mark": mark_task,
    "impression": impression_task,
}


def build_task(case: Case, task_id: str) -> Task:
    """The task of a case with this id; ValueError, naming those there are, when it has none."""
    for entry in case.entry.tasks:
        if entry.id == task_id:
            return _BUILDERS[entry.kind](case, entry)
    have = ", ".join(entry.id for entry in case.entry.tasks) or "none"
    raise ValueError(f'case {case.id} has no task "{task_id}": use one of {have}')
