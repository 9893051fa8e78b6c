"""What every kind of task carries, and the words of the widgets."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from copydesk.case import Case
from copydesk.model import CaseRef, TaskEntry
from copydesk.task.words import cut


@cache
def ui_strings(language: str) -> dict[str, dict[str, str]]:
    """Button labels and messages by group, from ui/<language>/; English where there is none."""
    folder = files("copydesk") / "ui" / language.split("-")[0]
    if not folder.is_dir():
        folder = files("copydesk") / "ui" / "en"
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".json")
    }


def common(case: Case, entry: TaskEntry) -> dict[str, Any]:
    """What every kind of task carries."""
    strings = ui_strings(case.entry.language)
    prompt = case.prompts.get(entry.id, "")
    if case.entry.constructed:
        # In the prompt, so that the label shows wherever the task does: page, notebook and print.
        prompt = f"{strings['common']['constructed']} {prompt}"
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
        "prompt": prompt,
        "lines": cut(case.article),
        "ui": {**strings["common"], **strings.get(entry.kind, {})},
    }
