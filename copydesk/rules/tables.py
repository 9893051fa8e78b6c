"""Rules on the tables of a case, data/*.csv, and on the tools that start from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from copydesk.beside import ACCOUNTS, LABELS
from copydesk.case import REUSE, Folder
from copydesk.document import Fault, Place, show
from copydesk.measure import WEEKDAYS
from copydesk.model import TableEntry, ToolEntry
from copydesk.rules import rule
from copydesk.rules.figure import CLAIMS, claims_of, sources_of
from copydesk.tables import COMMON, Rows, kinds_of

CONFIDENCES = ("high", "medium", "low")


def _tables(folder: Folder) -> Iterator[tuple[int, TableEntry]]:
    yield from enumerate(folder.claims.tables if folder.claims else ())


def _rows(folder: Folder) -> Iterator[Rows]:
    """The tables that could be read whole."""
    yield from (table for table in folder.tables.values() if not table.faults)


@rule
def every_row_has_its_source(folder: Folder) -> Iterator[Fault]:
    """A number without a source cannot be checked."""
    sources = sources_of(folder)
    for table in _rows(folder):
        for number in range(len(table.rows)):
            ids = table.source_ids(number)
            if not ids:
                yield table.at(number, "the row has no source", "add an id of sources.yml")
            for name in ids if folder.sources else ():
                if name not in sources:
                    what = f'the source "{name}" is not in sources.yml'
                    yield table.at(number, what, "add it there, or mend the id")


@rule
def every_row_says_how_sure_it_is(folder: Folder) -> Iterator[Fault]:
    """Confidence is one of three words."""
    for table in _rows(folder):
        for number, row in enumerate(table.rows):
            if row["confidence"] not in CONFIDENCES:
                what = f'unknown confidence "{row["confidence"] or ""}"'
                yield table.at(number, what, f"use one of {', '.join(CONFIDENCES)}")


@rule
def a_running_total_falls_only_with_a_note(folder: Folder) -> Iterator[Fault]:
    """A total that falls is a slip or a change of issuer or method: readers are told which."""
    for table in _rows(folder):
        for column in (c.id for c in table.entry.columns if c.cumulative):
            before: float | None = None
            for number, row in enumerate(table.rows):
                value = row[column]
                if not isinstance(value, int | float):
                    continue
                if before is not None and value < before and not row["note"]:
                    what = f"{column} falls from {before:g} to {value:g} without a note"
                    yield table.at(number, what, "mend the number, or say why in the note")
                before = value


@rule
def columns_fit_their_use(folder: Folder) -> Iterator[Fault]:
    """Only numbers add up, an issuer is a column of text, and three names are taken."""
    for number, table in _tables(folder):
        for place, column in enumerate(table.columns):
            at = ("tables", number, "columns", place)
            if column.id in COMMON:
                what = f'the column "{column.id}" is one that every table has'
                yield folder.at(CLAIMS, at, what, "remove it here")
            if column.cumulative and column.kind != "number":
                what = f'the column "{column.id}" is cumulative, and holds no numbers'
                yield folder.at(CLAIMS, at, what, "remove cumulative, or say kind: number")
        if table.issuer and kinds_of(table).get(table.issuer) != "text":
            what = f'the issuer "{table.issuer}" is no column of text of table {table.id}'
            yield folder.at(CLAIMS, ("tables", number, "issuer"), what, "name a column of text")


@rule
def every_column_has_a_heading(folder: Folder) -> Iterator[Fault]:
    """A reader sees the heading of a column, with its unit, not its id."""
    for _, table in _tables(folder):
        if not folder.words or table.id not in folder.words.tables:
            continue
        have, want = folder.words.tables[table.id].columns, kinds_of(table)
        place = ("tables", table.id, "columns")
        for name in (n for n in want if n not in have):
            what = f"{'.'.join(place)}.{name} is missing"
            yield folder.at(folder.words_name, place, what, "add its heading, with the unit")
        for name in (n for n in have if n not in want):
            what = f"{'.'.join(place)}.{name} belongs to no column"
            cure = "remove it or mend its name"
            yield folder.at(folder.words_name, (*place, name), what, cure)


@rule
def every_csv_file_is_a_table(folder: Folder) -> Iterator[Fault]:
    """A CSV file that claims.yml does not name is read by nobody, unless it has a fixed name."""
    if folder.claims:
        for name in folder.names:
            if name in (REUSE, LABELS, ACCOUNTS):
                continue
            table_id = name.removeprefix("data/").removesuffix(".csv")
            if name == f"data/{table_id}.csv" and table_id not in folder.tables:
                cure = "add it to tables, or remove the file"
                what = f"no table of {CLAIMS} has this file"
                yield Fault(show(folder.path / name), 1, what, cure)


# --- tools --------------------------------------------------------------------------------------

# The keys of a tool's start by kind, and what stands there; a question mark: it may be missing.
_START = {
    "convert": {"value": "number", "from": "unit", "to": "unit", "claimed": "number?"},
    "distance": {"from": "point", "to": "point", "claimed_km": "number"},
    "calendar": {"date": "date", "weekday": "weekday?", "first": "date?", "last": "date?"},
    "share": {
        "part": "number",
        "whole": "number",
        "unit": "text",
        "table": "table?",
        "column": "column?",
    },
    "series": {"table": "table", "column": "column", "claimed": "number?"},
    "votes": {"table": "table"},
    "sources": {},
}


def _wrong(folder: Folder, tool: ToolEntry, kind: str, value: str | float) -> str | None:
    """What should stand there instead of a value of a tool's start; None where it is right."""
    tables, points = folder.tables, folder.claims.points if folder.claims else ()
    if kind == "number":
        return None if isinstance(value, int | float) else "a number"
    if kind == "date":
        try:
            good = bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)))
            return None if good and date.fromisoformat(str(value)) else "a date such as 2023-11-15"
        except ValueError:
            return "a date such as 2023-11-15"
    choices: list[str] = {
        "unit": ["km", "mi"],
        "weekday": list(WEEKDAYS),
        "point": [point.id for point in points],
        "table": list(tables),
        "column": _number_columns(tables.get(str(tool.start.get("table")))),
    }.get(kind, [str(value)])
    return None if value in choices else f"one of {', '.join(choices) or 'none: there is none'}"


def _number_columns(table: Rows | None) -> list[str]:
    return [c.id for c in table.entry.columns if c.kind == "number"] if table else []


@rule
def a_tool_starts_with_what_it_needs(folder: Folder) -> Iterator[Fault]:
    """A tool opens with the claim's own numbers, days, places or table, and finds them."""
    for number, claim in enumerate(claims_of(folder)):
        for place, tool in enumerate(claim.tools):
            at: Place = ("claims", number, "tools", place)
            named = f"the {tool.kind} tool of claim {claim.id}"
            wanted = _START[tool.kind]
            for key, kind in wanted.items():
                if kind.startswith("column") and tool.start.get("table") not in folder.tables:
                    continue  # the table is the fault
                if key in tool.start:
                    cure = _wrong(folder, tool, kind.rstrip("?"), tool.start[key])
                    if cure:
                        what = f'{named} has {key} "{tool.start[key]}"'
                        yield folder.at(CLAIMS, (*at, "start", key), what, f"use {cure}")
                elif not kind.endswith("?"):
                    what = f"{named} has no {key} to start with"
                    yield folder.at(CLAIMS, (*at, "start"), what, "add it")
            for key in (k for k in tool.start if k not in wanted):
                what = f'{named} knows no "{key}"'
                cure = f"use {', '.join(wanted)}" if wanted else "remove start"
                yield folder.at(CLAIMS, (*at, "start", key), what, cure)
