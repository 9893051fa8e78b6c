"""The exercises as students get them: no handout passes a check, every solution passes all."""

from __future__ import annotations

import json
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest
from test_notebooks import nbval

from copydesk.document import Fault
from copydesk.exercise import exercise_ids, read_key
from copydesk.handout import Place, make_notebook, notebook_text, read_sources, write_handouts
from copydesk.handout_source import Source
from tools.build import ROOT
from tools.notebooks import run, tidy

PLACE = Place(ROOT / "exercises")
IDS = exercise_ids()
TEN = [f"{number:02}" for number in range(1, 11)]


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    """Read every source once, which fails while any has a fault."""
    return {source.id: source for source in read_sources(PLACE)}


@pytest.fixture(scope="module")
def stale() -> list[Fault]:
    """Make every handout and key anew, and compare."""
    return write_handouts(PLACE, check=True)


@pytest.fixture(scope="module")
def solved(sources: dict[str, Source], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build every solved notebook in a temporary folder, and store what it prints."""
    folder = tmp_path_factory.mktemp("solved")
    paths = {name: folder / f"{name}.ipynb" for name in sources}
    for name, source in sources.items():
        paths[name].write_text(notebook_text(make_notebook(source, solved=True)), encoding="utf-8")
    with ProcessPoolExecutor() as pool:
        assert [fault for fault in pool.map(run, paths.values()) if fault] == []
    return paths


def handout_of(name: str) -> Any:
    return nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4)


def outcomes(notebook: Any) -> dict[str, str]:
    """Return what each check of a notebook printed, by its name."""
    told = {}
    for cell in notebook.cells:
        if (cell.metadata.get("nbgrader") or {}).get("grade"):
            texts = [output["data"]["text/plain"] for output in cell.outputs if "data" in output]
            told[cell.id.removeprefix("check-")] = "".join(texts)
    return told


def test_the_ten_are_there() -> None:
    assert [name[:2] for name in IDS] == TEN
    assert [path.stem for path in sorted((ROOT / "exercises").glob("*.ipynb"))] == IDS


def test_no_source_has_a_fault(sources: dict[str, Source]) -> None:
    assert sorted(sources) == IDS


def test_handouts_and_keys_are_fresh(stale: list[Fault]) -> None:
    assert not stale, "\n".join(map(str, stale))


@pytest.mark.parametrize("name", IDS)
def test_a_handout_passes_no_check(name: str) -> None:
    told = outcomes(handout_of(name))
    assert told == {check: f"○ {check}: not answered yet" for check in read_key(name).checks}


@pytest.mark.parametrize("name", IDS)
def test_a_solution_passes_every_check(name: str, solved: dict[str, Path]) -> None:
    """The hidden test in each check raises if it does not hold; here it also says so."""
    notebook = nbformat.read(solved[name], as_version=4)
    assert not [o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    checks = [cell for cell in notebook.cells if (cell.metadata.get("nbgrader") or {}).get("grade")]
    assert len(checks) == len(read_key(name).checks)
    for cell in checks:
        assert f'assert check("{cell.id.removeprefix("check-")}").holds' in cell.source


def test_every_solution_prints_the_same_again(solved: dict[str, Path], tmp_path: Path) -> None:
    top = next(iter(solved.values())).parent
    faults = nbval(sorted(solved.values()), top, tmp_path / "report.xml")
    assert {name: found for name, found in faults.items() if found} == {}
    assert len(faults) == len(IDS)


@pytest.mark.parametrize("name", IDS)
def test_a_handout_holds_no_line_of_its_solution(name: str, sources: dict[str, Source]) -> None:
    cells = sources[name].cells
    secret = [line for cell in cells if cell.kind == "answer" for line in cell.solution()]
    # A lone bracket is no secret.
    secret = [line for line in secret if re.search(r"\w", line)]
    assert len(secret) >= len(read_key(name).checks)
    code = [cell["source"] for cell in handout_of(name).cells if cell.cell_type == "code"]
    lines = {line.strip() for text in code for line in text.splitlines()}
    assert not lines & set(secret)
    text = json.dumps(handout_of(name))
    assert not re.search("SOLUTION|HIDDEN TESTS", text)


@pytest.mark.parametrize("name", IDS)
def test_a_handout_is_stored_as_the_other_notebooks_are(name: str) -> None:
    again = handout_of(name)
    tidy(again)
    assert again == handout_of(name)


@pytest.mark.parametrize("name", IDS)
def test_a_check_never_raises_when_cells_are_run_in_any_order(name: str) -> None:
    """A student who runs only the first cell and then the checks gets an outcome for each."""
    space: dict[str, Any] = {}
    cells = {cell.id: cell for cell in handout_of(name).cells}
    exec(cells["setup"].source, space)  # noqa: S102 as a notebook does
    for check in read_key(name).checks:
        outcome = eval(cells[f"check-{check}"].source, space)  # noqa: S307
        assert repr(outcome) == f"○ {check}: not answered yet"


def test_a_source_holds_no_committed_solution_elsewhere() -> None:
    """No solved notebook is in the repository: only exercises/source has the solutions."""
    for path in (ROOT / "exercises").rglob("*.ipynb"):
        assert "BEGIN SOLUTION" not in path.read_text("utf-8")
        assert path.parent == ROOT / "exercises"
