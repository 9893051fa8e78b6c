"""The tables of a case as pandas DataFrames, for notebooks: `case.table("labels")`.

pandas is an extra, and imported only when a table is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.case import Case, table_files
from copydesk.document import short
from copydesk.model import SourceEntry

if TYPE_CHECKING:
    from pandas import DataFrame

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class TableNotFoundError(LookupError):
    """A name that leads to no table of the case."""


def _marks(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": mark.id,
            "line": case.article.count("\n", 0, mark.span.start) + 1,
            "quote": mark.span.quote,
            "code": mark.code,
            "strength": mark.strength,
            "start": mark.span.start,
            "end": mark.span.end,
        }
        for mark in case.marks
    ]


def _controls(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": control.id,
            "line": case.article.count("\n", 0, control.span.start) + 1,
            "quote": control.span.quote,
            "start": control.span.start,
            "end": control.span.end,
        }
        for control in case.controls
    ]


def _clauses(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": clause.entry.id,
            "line": case.article.count("\n", 0, clause.span.start) + 1,
            "quote": clause.span.quote,
            "voice": clause.entry.voice,
            "source": clause.entry.source,
            "verb": clause.entry.verb,
            "start": clause.span.start,
            "end": clause.span.end,
        }
        for clause in case.clauses
    ]


# Tables that are made of the key, beside those in data/.
MADE: Mapping[str, Callable[[Case], list[dict[str, Any]]]] = {
    "marks": _marks,
    "controls": _controls,
    "clauses": _clauses,
}


def table_frame(case: Case, folder: Path, name: str) -> DataFrame:
    """The table of a case with this name, data/<name>.csv or one made of the key.

    A column `date` holds days where each of its cells is a whole day. `.attrs` says where the
    numbers come from: `case`, `file`, and `source`, a list with each source once. Raises
    TableNotFoundError, naming the tables there are, when there is none of this name, and
    ModuleNotFoundError, with the cure, when pandas is not installed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        cure = 'a table needs pandas: pip install "copydesk[exercises]"'
        raise ModuleNotFoundError(cure, name=error.name) from None
    files = table_files(folder)
    if name in files:
        frame = pd.read_csv(files[name])
        by_id = {entry.id: entry for entry in case.sources}
        said = dict.fromkeys(i for cell in frame.get("source", []) for i in str(cell).split())
        sources = [_told(by_id[i]) for i in said if i in by_id]
    elif name in MADE:
        frame, sources = pd.DataFrame(MADE[name](case)), [f"the key of this course for {case.id}"]
    else:
        have = ", ".join(sorted({*files, *MADE}))
        raise TableNotFoundError(f'there is no table "{short(str(name))}": use one of {have}')
    if "date" in frame and _are_days(frame["date"]):
        frame["date"] = pd.to_datetime(frame["date"])
    frame.attrs = {
        "case": case.id,
        "file": f"data/{name}.csv" if name in files else "the key",
        "source": sources,
    }
    return frame


def _are_days(cells: Iterable[object]) -> bool:
    return all(isinstance(cell, str) and _DAY.fullmatch(cell) for cell in cells)


def _told(source: SourceEntry) -> str:
    parts = [source.publisher, source.title, source.date, source.url]
    return ", ".join(part for part in parts if part)
