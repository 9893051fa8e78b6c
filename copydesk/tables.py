"""A table of a case: data/<id>.csv, read by the columns that claims.yml names for it."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from copydesk.document import Fault, read_text, short, show
from copydesk.model import ColumnKind, SourceEntry, Table, TableEntry, TableWords

Cell = str | int | float | None

# What every table has after its own columns: ids of sources, how sure the row is, what to know.
COMMON = ("source", "confidence", "note")

# More digits, or an exponent, stand in no report.
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass
class Rows:
    """The rows of a table by column, the line of the file on which each starts, and its faults.

    An empty cell is None.
    """

    path: Path
    entry: TableEntry
    rows: list[dict[str, Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def at(self, number: int, what: str, cure: str) -> Fault:
        """A fault in the row with this number, counted from 0."""
        return Fault(show(self.path), self.lines[number], what, cure)

    def source_ids(self, number: int) -> list[str]:
        """The ids of the sources of a row."""
        return str(self.rows[number]["source"] or "").split()


def kinds_of(entry: TableEntry) -> dict[str, ColumnKind]:
    """What stands in each column of a table, in the order of the file."""
    return {c.id: c.kind for c in entry.columns} | dict.fromkeys(COMMON, "text")


def read_rows(folder: Path, entry: TableEntry) -> Rows:
    """Read the CSV file of a table; its faults stand in the result, and nothing is raised."""
    table = Rows(folder / "data" / f"{entry.id}.csv", entry)
    path, kinds = show(table.path), kinds_of(entry)
    text, fault = read_text(table.path)
    if fault or text is None:
        missing = fault is not None and "missing" in fault.what
        cure = f"add it, or remove the table {entry.id} from claims.yml"
        table.faults += [Fault(path, 1, fault.what, cure) if missing else fault] if fault else []
        return table
    lines = _cells(text, table)
    _, head = next(lines, (1, []))
    for name in kinds:
        if head.count(name) != 1:
            what = "is missing" if name not in head else "occurs more than once"
            cure = f"write the first line as {','.join(kinds)}"
            table.faults.append(Fault(path, 1, f'the column "{name}" {what}', cure))
    for name in dict.fromkeys(n for n in head if n not in kinds):
        cure = f"name it in claims.yml, under the table {entry.id}, or remove it"
        table.faults.append(Fault(path, 1, f'the column "{short(name)}" is not known', cure))
    if table.faults:
        return table
    for line, cells in lines:
        if len(cells) != len(head):
            what = f"the line has {len(cells)} cells, and the first line has {len(head)}"
            cure = "put a cell that holds a comma in double quotes"
            table.faults.append(Fault(path, line, what, cure))
            continue
        table.lines.append(line)
        row = dict(zip(head, cells, strict=True))
        table.rows.append({name: _value(table, name, kinds[name], row[name]) for name in kinds})
    if not table.rows and not table.faults:
        table.faults.append(Fault(path, 1, "the table has no rows", "add them below its columns"))
    return table


def _cells(text: str, table: Rows) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV file that hold something, each with its number."""
    reader, before = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in reader:
            if any(cells):
                yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        cure = "mend the quotes there: a quote inside a cell is written twice"
        what = f"not valid CSV ({short(str(error))})"
        table.faults.append(Fault(show(table.path), before + 1, what, cure))


def _value(table: Rows, name: str, kind: ColumnKind, cell: str) -> Cell:
    """What a cell holds; a fault is noted and the text kept where it is not of its kind."""
    if not cell.strip():
        return None
    if kind == "number":
        if _NUMBER.fullmatch(cell):
            number = float(cell)
            return int(number) if math.isclose(number, round(number)) else number
        cure = "write digits, with a point before decimals and no comma; leave it empty if unknown"
    elif kind == "date":
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
                return date.fromisoformat(cell).isoformat()
        except ValueError:
            pass
        cure = "write a date such as 2023-11-15"
    else:
        return cell
    what = f'{name} is "{short(cell)}", and that is no {kind}'
    table.faults.append(Fault(show(table.path), table.lines[-1], what, cure))
    return cell


def breaks(table: Rows) -> tuple[int, ...]:
    """The numbers of the rows in which another issuer speaks than in the row before."""
    issuer = table.entry.issuer
    if issuer is None:
        return ()
    said = [row[issuer] for row in table.rows]
    return tuple(n for n in range(1, len(said)) if said[n] != said[n - 1])


def resolve_table(table: Rows, words: TableWords, sources: Sequence[SourceEntry]) -> Table:
    """A table as a page and a figure need it: headings for names, publishers for source ids."""
    kinds = kinds_of(table.entry)
    by_id: Mapping[str, SourceEntry] = {source.id: source for source in sources}
    rows, links = [], []
    for number, row in enumerate(table.rows):
        named = [by_id[i] for i in table.source_ids(number) if i in by_id]
        publishers = "; ".join(source.publisher for source in named)
        rows.append(tuple(publishers if key == "source" else row[key] for key in kinds))
        links.append(next((source.url for source in named if source.url), None))
    return Table(
        id=table.entry.id,
        title=words.title,
        columns=tuple(words.columns.get(key, key) for key in kinds),
        kinds=tuple(kinds.values()),
        rows=tuple(rows),
        breaks=breaks(table),
        keys=tuple(kinds),
        links=tuple(links),
    )
