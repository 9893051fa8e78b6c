"""A class made by hand, for the tests of the report: a tiny task and answer files to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copydesk.model import (
    CODES,
    SHEET_SCHEMA,
    CaseRef,
    CodeInfo,
    ImpressionTask,
    KeyControl,
    KeyMark,
    MarkTask,
    Swap,
    Task,
)
from copydesk.task import ui_strings

SHA = "ab" * 32
CASE = CaseRef(
    id="tiny", sha256=SHA, title="A tiny text", publisher="P", published="2023-11-15", url=None
)
LINES = (
    ("", "The", " ", "reckless", " ", "council", " ", "rammed", " ", "through", " ", "it", "."),
    ("", "On", " ", "Tuesday", ", ", "nobody", " ", "objected", " ", "at", " ", "all", "."),
)
UI = ui_strings("en")


def key_mark(name: str, first: int, last: int, code: Any) -> KeyMark:
    """A mark of the key whose reach is its line."""
    return KeyMark(
        id=name, first=first, last=last, reach=(0, 5), code=code, strength=2, readings=("a",),
        why="w", plain="p", against="a", swap=Swap(first=first, last=last, text=""),
    )  # fmt: skip


def mark_task(name: str = "marks") -> MarkTask:
    """Twelve words, the key on 1 and on 3-4, a fair control on 6-7."""
    return MarkTask(
        id=name,
        case=CASE,
        language="en",
        prompt="p",
        lines=LINES,
        ui=UI["mark"],
        codes=tuple(CodeInfo(code=c, letter=c[0], name=c.title(), what=c) for c in CODES),
        readings=("a",),
        key=(key_mark("k1", 1, 1, "EMOTIVE"), key_mark("k2", 3, 4, "VERB")),
        controls=(KeyControl(id="c1", first=6, last=7, readings=("a",), why_fair="f"),),
    )


def impression_task() -> ImpressionTask:
    """The first impression of the tiny case."""
    return ImpressionTask(
        id="first", case=CASE, language="en", prompt="p", lines=LINES, ui=UI["impression"]
    )


TASKS: tuple[Task, ...] = (impression_task(), mark_task())


def entry(answer: Any, task: str = "marks", kind: str = "mark", **over: Any) -> dict[str, Any]:
    """One answer of a sheet."""
    saved = "2026-01-12T09:00:00.000Z"
    whole = {
        "case": "tiny", "sha256": SHA, "task": task, "kind": kind, "saved": saved, "answer": answer
    }  # fmt: skip
    return whole | over


def sheet(code: str, *entries: dict[str, Any], **over: Any) -> dict[str, Any]:
    """An answer sheet as plain data."""
    saved = "2026-01-12T09:00:00.000Z"
    return {"schema": SHEET_SCHEMA, "code": code, "saved": saved, "answers": list(entries)} | over


def marks(*stretches: tuple[int, int, str], **over: Any) -> dict[str, Any]:
    """A mark answer whose first check is the same as its last state."""
    listed = [list(stretch) for stretch in stretches]
    return {"marks": listed, "first_marks": listed, "dissent": {}} | over


def write(folder: Path, name: str, data: Any) -> Path:
    """Write one answer file; bytes and text as they are, anything else as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


K1, K2, C1 = (1, 1, "EMOTIVE"), (3, 4, "VERB"), (6, 7, "LABEL")
# Five readers; the tests work their numbers out by hand.
FIVE: dict[str, tuple[tuple[int, int, str], ...]] = {
    "ann": (K1, K2),
    "ben": (K1,),
    "cem": (K1, C1),
    "dag": (),
    "eva": (K1, (3, 4, "LABEL"), (6, 6, "LABEL"), (9, 9, "DOUBT")),
}


def write_five(folder: Path) -> Path:
    """Write the five readers' files."""
    for code, stretches in FIVE.items():
        write(folder, f"{code}.json", sheet(code, entry(marks(*stretches))))
    return folder
