"""A CSV file of a case, row by row as models, every fault with its line and its cure."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pydantic import ValidationError

from copydesk.document import Fault, Model, cure, read_text, short, show


def load_rows(path: Path, model: type[Model]) -> tuple[tuple[Model, ...], list[Fault]]:
    """The rows of a CSV file with one line of column names, and its faults; nothing is raised."""
    text, fault = read_text(path)
    if text is None:
        return (), [fault] if fault else []
    name = show(path)
    reader = csv.DictReader(io.StringIO(text), strict=True)
    wanted = list(model.model_fields)
    rows, faults = [], []
    try:
        if reader.fieldnames is None or list(reader.fieldnames) != wanted:
            have = ",".join(reader.fieldnames or ())
            what = f'the columns are "{short(have, 80)}"'
            return (), [Fault(name, 1, what, f"write {','.join(wanted)} in the first line")]
        for row in reader:
            line = reader.line_num
            if None in row or None in row.values():
                what = f"the row has not {len(wanted)} values"
                faults.append(Fault(name, line, what, "give one for each column"))
                continue
            try:
                rows.append(model.model_validate(row))
            except ValidationError as error:
                for problem in error.errors(include_url=False):
                    column = ".".join(map(str, problem["loc"]))
                    what = f'{column} is "{short(str(problem["input"]))}"'
                    faults.append(
                        Fault(
                            name,
                            line,
                            what,
                            cure(problem["type"], problem.get("ctx"), problem["msg"]),
                        )
                    )
    except csv.Error as error:
        # The reader counts a line when it has read it.
        line = reader.line_num + 1
        faults.append(Fault(name, line, f"this is not CSV ({error})", "mend the quotes"))
    return tuple(rows), faults
