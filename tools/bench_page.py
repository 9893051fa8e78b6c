"""A mark task on a made-up article of any length, as a page of its own, for the bench."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import copydesk.widgets
from copydesk.model import CaseRef, KeyMark, MarkTask, Swap
from copydesk.scoring import reach
from copydesk.task import code_infos, cut, ui_strings, words_of
from copydesk.widgets import task_html

WIDGETS = Path(copydesk.widgets.__file__).parent
SENTENCE = "The council met on Monday to hear what the new road would cost the town this year."
SENTENCES = 6  # in a paragraph, which makes about 100 words, as in a news report
KEY_EVERY = 50  # words: as dense as the key of the real case

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A long article</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="kit.css"><link rel="stylesheet" href="mark/mark.css">
<script type="module" src="host.js"></script></head>
<body><main><h1>A long article</h1>{task}</main></body></html>"""


def large_task(count: int) -> MarkTask:
    """Return a mark task on an article of at least `count` words, with a key as dense as usual."""
    paragraph = " ".join([SENTENCE] * SENTENCES)
    size = len(words_of(paragraph))
    text = "\n".join([paragraph] * -(-count // size))
    key = []
    for number, at in enumerate(range(KEY_EVERY // 2, len(words_of(text)) - 1, KEY_EVERY)):
        start = at // size * size
        key.append(
            KeyMark(
                id=f"k{number}",
                first=at,
                last=at,
                reach=reach(at, at, start, start + size - 1),
                code="EMOTIVE",
                strength=2,
                readings=("one",),
                why="It colours the report.",
                plain="A plain word.",
                against="It may be meant plainly.",
                swap=Swap(first=at, last=at, text="plain"),
            )
        )
    strings = ui_strings("en")
    return MarkTask(
        id="large",
        case=CaseRef(
            id="large",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title="A long article",
            publisher="Nobody",
            published="2026-01-01",
            url=None,
        ),
        language="en",
        prompt="Mark the loaded words.",
        lines=cut(text),
        ui={**strings["common"], **strings["mark"]},
        codes=code_infos(),
        readings=("one",),
        key=tuple(key),
        controls=(),
    )


def large_page(folder: Path, count: int) -> Path:
    """Write large.html, with the widget files beside it, into `folder`; return its path."""
    shutil.copytree(WIDGETS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py"))
    path = folder / "large.html"
    path.write_text(PAGE.format(task=task_html(large_task(count))), "utf-8")
    return path
