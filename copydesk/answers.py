"""Reads answers and answer sheets: data from outside, each fault with its place and its cure."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, Final

from pydantic import ValidationError

from copydesk.document import short
from copydesk.model import (
    SHEET_SCHEMA,
    AnswerSheet,
    AttributeAnswer,
    CompareAnswer,
    FigureAnswer,
    Frozen,
    ImpressionAnswer,
    MarkAnswer,
    MarkTask,
    MatchAnswer,
    SheetEntry,
    SortAnswer,
    Task,
)

# No answer sheet comes near these: the same size as in widgets/host.js, and more answers than all
# courses together have tasks. What is larger is something else, or meant to do harm.
LARGEST_FILE: Final = 5_000_000
MOST_ANSWERS: Final = 1_000
# A damaged file may have a fault in every mark; the first few tell what is wrong.
_FAULTS_TOLD = 5

ANSWERS: dict[str, type[Frozen]] = {
    "mark": MarkAnswer,
    "impression": ImpressionAnswer,
    "figure": FigureAnswer,
    "attribute": AttributeAnswer,
    "sort": SortAnswer,
    "compare": CompareAnswer,
    "match": MatchAnswer,
}


class AnswerError(ValueError):
    """Answers that cannot be used; `faults` lists every reason, each with place and cure."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def _faults(error: ValidationError, where: str) -> list[str]:
    lines = []
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    for problem in problems[:_FAULTS_TOLD]:
        place = ".".join([where, *(short(str(step)) for step in problem["loc"])])
        message = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{place}  {message}: export the answer again, or mend it there")
    if len(problems) > _FAULTS_TOLD:
        lines.append(f"{where}  has {len(problems) - _FAULTS_TOLD} more faults of this kind")
    return lines


def _too_many(task: MarkTask, data: dict[str, Any]) -> list[str]:
    """Faults of a mark answer that is too long to be one; widgets/mark/mark.js has the same."""
    most = sum(len(line) // 2 for line in task.lines) * max(1, len(task.codes))
    return [
        f"answer.{name}  has {len(data[name])} entries, more than the article has words: "
        "export the answer again"
        for name in ("marks", "first_marks", "dissent")
        if isinstance(data.get(name), list | dict) and len(data[name]) > most
    ]


def read_answer(task: Task, data: Any) -> Any:
    """The answer to a task from plain JSON data, as the model of the task's kind.

    Raises AnswerError with every fault.
    """
    if isinstance(task, MarkTask) and isinstance(data, dict) and (faults := _too_many(task, data)):
        raise AnswerError(faults)
    try:
        return ANSWERS[task.kind].model_validate(data)
    except ValidationError as error:
        raise AnswerError(_faults(error, "answer")) from None


def check_entry(task: Task, entry: SheetEntry) -> None:
    """Raise AnswerError unless an entry of a sheet belongs to this task, case and exact text."""
    faults = []
    if entry.case != task.case.id:
        faults.append(
            f"case  the answer is of case {short(entry.case)}, not {task.case.id}: use its own case"
        )
    elif entry.sha256 != task.case.sha256:
        faults.append(
            "sha256  the answer was given to another version of the article's text: "
            "use the case folder of that version"
        )
    if entry.task != task.id:
        faults.append(
            f"task  the answer is to task {short(entry.task)}, not {task.id}: use that task"
        )
    if faults:
        raise AnswerError(faults)


def _no_number(name: str) -> Any:
    # Python's reader takes these for numbers; JSON, and a browser, do not.
    raise ValueError(f"{name} is no number in JSON")


def _mended(data: Any) -> Any:
    """The data with U+FFFD for each half of a character that a cut has left behind."""
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(data, list):
        return [_mended(value) for value in data]
    if isinstance(data, dict):
        return {_mended(key): _mended(value) for key, value in data.items()}
    return data


def _load(text: str) -> Any:
    data = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number)
    return _mended(data) if "\\ud" in text or "\\uD" in text else data


def read_sheet(text: str) -> AnswerSheet:
    """An answer sheet from the text of its file; a byte order mark at its start is passed over.

    Half a character (a field may be cut in the middle of an emoji) becomes U+FFFD. Raises
    AnswerError with the faults: too large, not JSON, not an answer sheet, of a later schema,
    damaged, or with two answers to the same task on the same text.
    """
    if len(text) > LARGEST_FILE:
        raise AnswerError([f"the file  has {len(text):,} characters: no answer sheet is so large"])
    try:
        data = _load(text)
    except RecursionError:
        raise AnswerError(
            ["the file  nests too deep for an answer sheet: export it again"]
        ) from None
    except ValueError as error:
        why = short(str(error), 90)
        raise AnswerError([f"the file  not valid JSON ({why}): export it again"]) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    version = re.fullmatch(r"copydesk\.answers/(\d+)", schema) if isinstance(schema, str) else None
    if not version:
        raise AnswerError(
            ["schema  not an answer sheet of this course: export one from a task page"]
        )
    if schema != SHEET_SCHEMA:
        raise AnswerError(
            [
                f"schema  {short(str(schema))} is not {SHEET_SCHEMA}: "
                "read it with the version that wrote it"
            ]
        )
    answers = data.get("answers")
    if isinstance(answers, list) and len(answers) > MOST_ANSWERS:
        raise AnswerError([f"answers  has {len(answers):,} entries: no course has so many tasks"])
    try:
        sheet = AnswerSheet.model_validate(data)
    except ValidationError as error:
        raise AnswerError(_faults(error, "the file")) from None
    places = Counter((entry.case, entry.task, entry.sha256) for entry in sheet.answers)
    twice = [place for place, times in places.items() if times > 1]
    if twice:
        raise AnswerError(
            [
                f"answers  task {task} of case {case} stands there twice: keep one of the two"
                for case, task, _ in twice
            ]
        )
    return sheet
