"""Reads answers and answer sheets: data from outside, each fault with its place and its cure."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError

from copydesk.model import (
    SHEET_SCHEMA,
    AnswerSheet,
    FigureAnswer,
    Frozen,
    ImpressionAnswer,
    MarkAnswer,
    SheetEntry,
    Task,
)

ANSWERS: dict[str, type[Frozen]] = {
    "mark": MarkAnswer,
    "impression": ImpressionAnswer,
    "figure": FigureAnswer,
}


class AnswerError(ValueError):
    """Answers that cannot be used; `faults` lists every reason, each with place and cure."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def _faults(error: ValidationError, where: str) -> list[str]:
    lines = []
    for problem in error.errors():
        place = ".".join([where, *(str(step) for step in problem["loc"])])
        message = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{place}  {message}: export the answer again, or mend it there")
    return lines


def read_answer(task: Task, data: Any) -> Any:
    """The answer to a task from plain JSON data, as the model of the task's kind.

    Raises AnswerError with every fault.
    """
    try:
        return ANSWERS[task.kind].model_validate(data)
    except ValidationError as error:
        raise AnswerError(_faults(error, "answer")) from None


def check_entry(task: Task, entry: SheetEntry) -> None:
    """Raise AnswerError unless an entry of a sheet belongs to this task, case and exact text."""
    faults = []
    if entry.case != task.case.id:
        faults.append(
            f"case  the answer is of case {entry.case}, not {task.case.id}: use its own case"
        )
    elif entry.sha256 != task.case.sha256:
        faults.append(
            "sha256  the answer was given to another version of the article's text: "
            "use the case folder of that version"
        )
    if entry.task != task.id:
        faults.append(f"task  the answer is to task {entry.task}, not {task.id}: use that task")
    if faults:
        raise AnswerError(faults)


def read_sheet(text: str) -> AnswerSheet:
    """An answer sheet from the text of its file; a byte order mark at its start is passed over.

    Raises AnswerError with every fault: not JSON, not an answer sheet, of a later schema,
    or damaged.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise AnswerError([f"the file  not valid JSON ({error}): export it again"]) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    version = re.fullmatch(r"copydesk\.answers/(\d+)", schema) if isinstance(schema, str) else None
    if not version:
        raise AnswerError(
            ["schema  not an answer sheet of this course: export one from a task page"]
        )
    if schema != SHEET_SCHEMA:
        raise AnswerError(
            [f"schema  {schema} is not {SHEET_SCHEMA}: read it with the version that wrote it"]
        )
    try:
        return AnswerSheet.model_validate(data)
    except ValidationError as error:
        raise AnswerError(_faults(error, "the file")) from None
