"""One file in, the rows that are kept of it out: what a worker does, and all that it does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from copydesk.answers import (
    LARGEST_FILE,
    MOST_ANSWERS,
    AnswerError,
    check_entry,
    read_answer,
    read_sheet,
)
from copydesk.document import short
from copydesk.model import AnswerSheet, SheetEntry, Task
from copydesk.report.kinds import KINDS, OTHER, kind_of
from copydesk.report.kinds.base import Row, Rows
from copydesk.scoring import AnswerDoesNotFit

# file: number, key, name, size, hash, state, reason, code; entry: answer, file, task, saved.
FILES = {
    "file": "BIGINT", "key": "VARCHAR", "name": "VARCHAR", "size": "BIGINT", "hash": "VARCHAR",
    "state": "VARCHAR", "reason": "VARCHAR", "code": "VARCHAR",
}  # fmt: skip
ENTRIES = {"answer": "BIGINT", "file": "BIGINT", "task": "INTEGER", "saved": "VARCHAR"}
TABLES: dict[str, dict[str, str]] = {
    "files": FILES,
    "entries": ENTRIES,
    **{
        table: {"answer": "BIGINT", **columns}
        for kind in (*KINDS.values(), OTHER)
        for table, columns in kind.tables.items()
    },
}
_DTYPES: dict[str, Any] = {
    "BIGINT": np.int64, "INTEGER": np.int32, "DOUBLE": np.float64, "BOOLEAN": np.bool_,
}  # fmt: skip
MOST_REASONS = 6
LONGEST_REASON = 300
# A stable reason for what should never happen; the fuzzers look for it.
OUR_FAULT = "an error of this program, please report it"

Columns = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as it goes to a worker: its number in the run, and its bytes or why it has none."""

    number: int
    key: str
    name: str
    size: int
    data: bytes | None
    reason: str = ""


@dataclass(slots=True)
class Kept:
    """What is kept of some files: rows by table."""

    rows: Rows = field(default_factory=lambda: {table: [] for table in TABLES})

    def columns(self) -> Columns:
        """The rows turned on their side, as arrays, which travel and are stored fast."""
        turned: Columns = {}
        for table, rows in self.rows.items():
            if rows:
                names = TABLES[table]
                turned[table] = {
                    name: np.array(values, dtype=_DTYPES.get(names[name], object))
                    for name, values in zip(names, zip(*rows, strict=True), strict=True)
                }
        return turned


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where a mark at its start says so (some editors do)."""
    if len(data) > LARGEST_FILE:
        raise AnswerError([f"the file  is larger than {LARGEST_FILE:,} bytes: no answer sheet is"])
    if data[:4] == b"PK\x03\x04":
        raise AnswerError(["the file  is a zip without the ending .zip: give it that ending"])
    if not data.strip():
        raise AnswerError(["the file  is empty: export it again"])
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    except UnicodeDecodeError:
        raise AnswerError(["the file  is no text in UTF-8, so no answer sheet"]) from None


class Reader:
    """Reads files against the tasks that there are; one for each worker."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = {(task.case.id, task.id): (n, task) for n, task in enumerate(tasks)}
        self.cases = {task.case.id for task in tasks}

    def read_all(self, files: Sequence[Raw]) -> Columns:
        """What is kept of some files."""
        kept = Kept()
        for raw in files:
            self.read(raw, kept)
        return kept.columns()

    def read(self, raw: Raw, kept: Kept) -> None:
        """Add what is kept of one file: always its row in `files`, and rows of what it holds."""
        code, reasons, used, digest = "", [raw.reason] if raw.data is None else [], 0, ""
        if raw.data is not None:
            digest = hashlib.sha256(raw.data).hexdigest()
            try:
                sheet = read_sheet(decode(raw.data))
                code = short(sheet.code.strip(), 40)
                used, reasons = self._sheet(raw.number, sheet, kept)
            except AnswerError as error:
                reasons = list(error.faults)
            except Exception as error:  # whatever a file does, the others are still read
                reasons = [f"{OUR_FAULT} ({type(error).__name__}: {short(str(error), 80)})"]
        state = "refused" if not used else "in part" if reasons else "used"
        reason = "; ".join(
            short(" ".join(text.split()), LONGEST_REASON) for text in reasons[:MOST_REASONS]
        )
        if len(reasons) > MOST_REASONS:
            reason += f"; and {len(reasons) - MOST_REASONS} more"
        kept.rows["files"].append(
            (raw.number, raw.key, raw.name, min(raw.size, 2**62), digest, state, reason, code)
        )

    def _sheet(self, number: int, sheet: AnswerSheet, kept: Kept) -> tuple[int, list[str]]:
        """Add the rows of a sheet's answers; return how many were of use, and what was not."""
        if not sheet.answers:
            return 0, ["the sheet  holds no answer: nothing had been saved"]
        used, reasons = 0, []
        for place, entry in enumerate(sheet.answers):
            answer_id = number * (MOST_ANSWERS + 1) + place
            try:
                task_number, rows = self._entry(entry)
            except (AnswerError, AnswerDoesNotFit) as error:
                faults = error.faults if isinstance(error, AnswerError) else [str(error)]
                where = f"answer {place + 1} ({short(entry.case, 30)}/{short(entry.task, 30)})"
                reasons.append(f"{where}: {'; '.join(faults)}")
                continue
            used += 1
            saved = short(entry.saved, 40)
            kept.rows["entries"].append((answer_id, number, task_number, saved))
            for table, found in rows.items():
                kept.rows[table] += [(answer_id, *row) for row in found]
        return used, reasons

    def _entry(self, entry: SheetEntry) -> tuple[int, dict[str, list[Row]]]:
        number, task = self.tasks.get((entry.case, entry.task), (-1, None))
        if task is None:
            if entry.case in self.cases:
                raise AnswerError([f"case {short(entry.case)} has no such task in this report"])
            raise AnswerError(["this report is not about that case: name it with --case"])
        check_entry(task, entry)
        if entry.kind != task.kind:
            raise AnswerError(
                [f"kind  the answer is of the kind {short(entry.kind)}, not {task.kind}"]
            )
        return number, kind_of(task.kind).keep(task, read_answer(task, entry.answer))
