"""The tables that notebooks get: what stands in the files, with the sources."""

from __future__ import annotations

import csv
import subprocess
import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from copydesk import desk
from copydesk.frames import MADE, TableNotFoundError

CASE = "ain-al-asad-2023"
# Reading a large case takes a second; no test changes one.
open_case = cache(desk.open_case)
ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "seeds" / CASE / "data").glob("*.csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_table_has_every_row_and_column_of_its_file(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    frame = open_case(CASE).table(path.stem)
    assert len(rows) > 3
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_table_says_where_its_numbers_come_from(path: Path) -> None:
    case = open_case(CASE)
    frame = case.table(path.stem)
    assert frame.attrs["case"] == CASE
    assert frame.attrs["file"] == f"data/{path.stem}.csv"
    named = {i for cell in frame["source"].dropna() for i in cell.split()}
    publishers = {case.case.source(i).publisher for i in named}
    assert len(frame.attrs["source"]) == len(named) > 0
    for publisher in publishers:
        assert any(line.startswith(publisher) for line in frame.attrs["source"])


def test_days_are_days_and_months_stay_text() -> None:
    assert open_case(CASE).table("gaza-reported-deaths")["date"].iloc[0] == pd.Timestamp(
        2023, 10, 7
    )
    assert "2024-02" in list(open_case(CASE).table("labels")["date"])


@pytest.mark.parametrize("name", MADE)
def test_a_table_of_the_key_holds_quotes_at_their_place(name: str) -> None:
    case = open_case(CASE)
    frame = case.table(name)
    assert len(frame) > 5
    for row in frame.itertuples():
        assert case.article[row.start : row.end] == row.quote
        assert row.quote in case.article.splitlines()[row.line - 1]
    assert frame.attrs["source"] == [f"the key of this course for {CASE}"]


def test_a_misspelt_table_names_those_that_there_are() -> None:
    with pytest.raises(TableNotFoundError, match=r'no table "marcs": use one of .*labels, marks'):
        open_case(CASE).table("marcs")


def test_pandas_and_matplotlib_are_imported_only_for_tables_and_figures() -> None:
    code = (
        "import sys, copydesk; copydesk.open_case('practice-bridge')\n"
        "print('pandas' in sys.modules, 'matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False False"


def test_without_pandas_the_error_names_the_cure() -> None:
    code = (
        "import sys; sys.modules['pandas'] = None\n"
        "from copydesk import open_case\nopen_case('practice-bridge').table('marks')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert 'a table needs pandas: pip install "copydesk[exercises]"' in done.stderr
