"""Simulated classes: answer sheets that no person wrote, for tests, for measuring, for the book.

What comes out of here is never data about readers, and says so in its codes ("sim-0001").
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from copydesk.model import (
    CHOICES,
    CODES,
    SHEET_SCHEMA,
    VERDICTS,
    AttributeTask,
    FigureTask,
    ImpressionTask,
    MarkTask,
    SortTask,
    Task,
)

_START = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
_DISSENT = "Simulated: I find this word fair here."


def _marks(
    task: MarkTask, rng: random.Random, hit: float, false_alarm: float
) -> list[tuple[int, int, str]]:
    """Marks of one reader: each mark of the key with the chance `hit`, less for the arguable ones,
    each fair control with `false_alarm`, and a few words elsewhere."""
    marks = []
    for key in task.key:
        if rng.random() < min(0.98, hit * (0.55 + 0.2 * key.strength)):
            low, high = key.reach
            first = max(low, key.first - (rng.random() < 0.15))
            last = min(high, key.last + (rng.random() < 0.15))
            code = key.code if rng.random() < 0.75 else rng.choice(CODES)
            marks.append((first, last, code))
    for control in task.controls:
        if rng.random() < false_alarm:
            marks.append((control.first, control.last, rng.choice(CODES)))
    words = sum(len(line) // 2 for line in task.lines)
    for _ in range(int(rng.expovariate(1) * 8 * false_alarm) if words else 0):
        word = rng.randrange(words)
        marks.append((word, word, rng.choice(CODES)))
    return sorted(set(marks))


def _answer(task: Task, rng: random.Random, skill: float) -> dict[str, Any] | None:
    if isinstance(task, MarkTask):
        marks = _marks(task, rng, 0.35 + 0.5 * skill, 0.45 * (1 - skill))
        answer: dict[str, Any] = {"marks": marks, "first_marks": marks, "dissent": {}}
        if task.key and rng.random() < 0.2:
            answer["dissent"] = {rng.choice(task.key).id: _DISSENT}
        return answer
    if isinstance(task, ImpressionTask):
        trust = min(5, max(1, round(rng.gauss(3 - skill, 0.9))))
        return {"trust": trust, "happened": "Simulated: rockets hit a base.", "want": ""}
    if isinstance(task, FigureTask):
        return {"claims": {c.id: {"first": _verdict(c.verdict, rng, skill)} for c in task.claims}}
    if isinstance(task, AttributeTask):
        clauses = {
            clause.id: {
                field: key if rng.random() < 0.3 + 0.6 * skill else rng.choice(CHOICES[field])
                for field, key in clause.key.items()
            }
            for clause in task.clauses
        }
        return {"clauses": clauses, "first": clauses}
    if isinstance(task, SortTask):
        bins = [bin_.id for bin_ in task.bins]
        placed = {}
        for card in task.cards:
            keys = [name for name, fit in card.fits.items() if fit == "key"]
            placed[card.id] = rng.choice(keys if keys and rng.random() < skill else bins)
        return {"placed": placed, "first": placed}
    return None


def _verdict(key: str, rng: random.Random, skill: float) -> str:
    return key if rng.random() < 0.2 + 0.6 * skill else rng.choice(VERDICTS)


def simulate(
    tasks: Sequence[Task], people: int, seed: int, *, learnt: float = 0.0
) -> Iterator[dict[str, Any]]:
    """Answer sheets of a simulated class, as plain JSON data.

    Each reader has a skill, drawn evenly from 0 to 1: a chance to find a mark of the key between
    0.35 and 0.85 and to mark a fair place between 0.45 and 0. Every second reader takes the tasks
    in the other order; `learnt` is added to the skill after each task, up to 1.
    """
    rng = random.Random(seed)  # noqa: S311 - nothing here is secret
    for number in range(people):
        skill = rng.random()
        order = list(tasks) if number % 2 == 0 else list(reversed(tasks))
        at = _START + timedelta(minutes=number)
        answers = []
        for task in order:
            answer = _answer(task, rng, skill)
            if answer is None:
                continue
            at += timedelta(minutes=20)
            skill = min(1.0, skill + learnt)
            answers.append(
                {
                    "case": task.case.id,
                    "sha256": task.case.sha256,
                    "task": task.id,
                    "kind": task.kind,
                    "saved": at.isoformat().replace("+00:00", "Z"),
                    "answer": answer,
                }
            )
        yield {
            "schema": SHEET_SCHEMA,
            "code": f"sim-{number + 1:04d}",
            "saved": answers[-1]["saved"] if answers else "",
            "answers": answers,
        }


def write_folder(sheets: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write sheets as answer files, a thousand in a folder."""
    for number, sheet in enumerate(sheets):
        file = folder / f"{number // 1000:04d}" / f"{sheet['code']}.json"
        if number % 1000 == 0:
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(sheet), encoding="utf-8")


def write_zip(sheets: Iterable[dict[str, Any]], path: Path) -> None:
    """Write sheets as one zip, each in a folder of its own, as learning platforms pack them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for sheet in sheets:
            name = f"{sheet['code']}_assignsubmission_file/copydesk-answers.json"
            archive.writestr(zipfile.ZipInfo(name), json.dumps(sheet), zipfile.ZIP_DEFLATED)
