"""Every notebook of the repository runs, and prints what is stored in it."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbval.plugin import find_comment_markers, find_metadata_tags

from tools.build import ROOT
from tools.notebooks import DEAD_MIME, repository_notebooks, run

SANITIZE = ROOT / "tests" / "nbval-sanitize.cfg"
CELL_TIMEOUT = 120
NOTEBOOKS = [path.as_posix() for path in repository_notebooks()]


def code_cells(path: Path) -> list[Any]:
    """Return the code cells, in order."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def stored_faults(path: Path) -> list[str]:
    """Say what makes nbval pass a notebook unseen: cells never run, cells that opt out."""
    cells = code_cells(path)
    if not cells:
        return ["has no code cell, so nothing can be compared: make it a page in Markdown"]
    faults = []
    for number, cell in enumerate(cells):
        # nbval does not compare a cell that was never run, whatever it prints.
        if cell.execution_count is None and cell.source.strip():
            faults.append(f"cell {number} was never run: make notebooks ARGS={path.name}")
        options = dict(find_comment_markers(cell.source)) | dict(find_metadata_tags(cell.metadata))
        if options.get("skip") or options.get("check") is False:
            faults.append(f"cell {number} opts out of the comparison: let it print what is stable")
    return faults


def nbval(paths: list[Path], top: Path, report: Path) -> dict[str, list[str]]:
    """Run nbval over `paths`; return the faults of each, by its path from `top`.

    A notebook that nbval does not reach, or not with every code cell, has a fault.
    """
    names = [path.relative_to(top).as_posix() for path in paths]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--rootdir={top}"]
    command += ["-c", "/dev/null", "-o", "junit_family=xunit1", f"--junitxml={report}", "-q"]
    command += ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZE}"]
    command += [
        f"--nbval-cell-timeout={CELL_TIMEOUT}",
        "--color=no",
        "--continue-on-collection-errors",
    ]
    done = subprocess.run([*command, *names], cwd=top, capture_output=True, text=True, check=False)
    passed: dict[str, int] = defaultdict(int)
    faults: dict[str, list[str]] = {name: stored_faults_or_error(top / name) for name in names}
    # nbval wrote the report itself, on this machine.
    for case in ET.parse(report).iter("testcase"):  # noqa: S314
        name = case.get("file") or ""
        if name not in faults:  # a notebook that cannot be read has no file, but its name
            name = (case.get("name") or "").replace(".", "/")
            name = next((n for n in names if n.replace(".", "/") == name), "")
        if len(case):
            where = next((f for f in [name, *names] if f in faults), None)
            assert where is not None, done.stdout
            faults[where].append(f"{case.get('name')}: {case[0].tag}: {case[0].text}")
        else:
            passed[name] += 1
    for name in names:
        if not faults[name] and passed[name] != (cells := len(code_cells(top / name))):
            faults[name].append(f"nbval reached {passed[name]} of {cells} cells")
    return faults


def stored_faults_or_error(path: Path) -> list[str]:
    """Return stored_faults, or why the file is no notebook."""
    try:
        return stored_faults(path)
    except Exception as error:  # nbformat raises of many kinds, and each means the same here
        return [f"is no notebook: {type(error).__name__}: {error}"]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Run all notebooks of the repository once."""
    report = tmp_path_factory.mktemp("nbval") / "report.xml"
    return nbval([ROOT / name for name in NOTEBOOKS], ROOT, report)


def test_the_repository_has_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_prints_what_is_stored_in_it(name: str, faults: dict[str, list[str]]) -> None:
    assert not faults[name], "\n".join([name, *faults[name]])


# --- the rig itself: each kind of bad notebook is noticed ----------------------------------------


def cell(source: str, text: str | None, *, count: int | None = 1, tags: Any = ()) -> dict[str, Any]:
    """Return a code cell whose stored output is `text`."""
    output = {"output_type": "stream", "name": "stdout", "text": text}
    return {
        "cell_type": "code",
        "id": "a",
        "execution_count": count,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source,
        "outputs": [] if text is None else [output],
    }


def notebook(*cells: dict[str, Any]) -> str:
    """Return a notebook as JSON, with an id for each cell."""
    numbered = [c | {"id": f"c{n}"} for n, c in enumerate(cells)]
    return json.dumps({"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def svg(body: str) -> str:
    """Return code that shows an SVG."""
    return f"from IPython.display import SVG\nprint('<svg a=\"1\">\\n{body}\\n</svg> 5')"


# name: (the notebook, the words of its fault; None for a good one)
CASES: dict[str, tuple[str, str | None]] = {
    "good": (notebook(cell("print(1)", "1\n"), cell("", None, count=None)), None),
    "svg": (notebook(cell(svg("new"), '<svg a="2">\nold\n</svg> 5\n')), None),
    "address": (notebook(cell("print(object())", "<object object at 0x7f00aa00bb00>\n")), None),
    "fails": (notebook(cell("1 / 0", None)), "ZeroDivisionError"),
    "stale": (notebook(cell("print(1)", "2\n")), "Cell outputs differ"),
    "beside-svg": (
        notebook(cell(svg("new"), '<svg a="2">\nold\n</svg> 6\n')),
        "Cell outputs differ",
    ),
    "lost-output": (notebook(cell("print(1)", None)), "Unexpected output"),
    "gone-output": (notebook(cell("pass", "1\n")), "Missing output"),
    "never-run": (notebook(cell("print(1)", None, count=None)), "never run"),
    "opts-out": (notebook(cell("# NBVAL_IGNORE_OUTPUT\nprint(1)", "2\n")), "opts out"),
    "skips": (notebook(cell("print(1)", "2\n", tags=["nbval-skip"])), "opts out"),
    "no-code": (notebook(), "no code cell"),
    "no-notebook": ("{", "is no notebook"),
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Run nbval over CASES."""
    top = tmp_path_factory.mktemp("notebooks")
    for name, (text, _) in CASES.items():
        (top / f"{name}.ipynb").write_text(text, encoding="utf-8")
    found = nbval(sorted(top.glob("*.ipynb")), top, top / "report.xml")
    return {name.removesuffix(".ipynb"): faults for name, faults in found.items()}


@pytest.mark.parametrize("name", CASES)
def test_the_rig_tells_a_bad_notebook_from_a_good_one(
    name: str, known: dict[str, list[str]]
) -> None:
    expected = CASES[name][1]
    if expected is None:
        assert known[name] == []
    else:
        assert expected in "\n".join(known[name])


def test_a_notebook_that_nbval_does_not_reach_is_a_fault(tmp_path: Path) -> None:
    """nbval collects .ipynb only, and says nothing of the rest."""
    path = tmp_path / "page.ipynb.txt"
    path.write_text(CASES["good"][0], encoding="utf-8")
    (tmp_path / "other.ipynb").write_text(CASES["good"][0], encoding="utf-8")
    found = nbval([path, tmp_path / "other.ipynb"], tmp_path, tmp_path / "report.xml")
    assert found == {"page.ipynb.txt": ["nbval reached 0 of 2 cells"], "other.ipynb": []}


def test_new_notebooks_count_and_ignored_ones_do_not(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "build").mkdir()
    for name in ("a.ipynb", "b.ipynb", "build/c.ipynb"):
        (tmp_path / name).write_text(CASES["good"][0])
    subprocess.run(["git", "add", "a.ipynb"], cwd=tmp_path, check=True)
    assert repository_notebooks(tmp_path) == [Path("a.ipynb"), Path("b.ipynb")]


# --- storing outputs -----------------------------------------------------------------------------


def test_storing_outputs_twice_gives_the_same_bytes_and_no_noise(tmp_path: Path) -> None:
    path = tmp_path / "page.ipynb"
    source = "import ipywidgets\nprint('a')\nprint('b')\nipywidgets.IntSlider()"
    text = json.loads(notebook(cell("object()", None, count=7), cell(source, None, count=None)))
    text["metadata"] = {"widgets": {"state": {}}, "mystnb": {"kept": True}}
    for each in text["cells"]:
        del each["id"]
    path.write_text(json.dumps(text), encoding="utf-8")
    assert run(path) is None
    first = path.read_bytes()
    stored = json.loads(first)
    assert [c["id"] for c in stored["cells"]] == ["cell-1", "cell-2"]
    assert [c["execution_count"] for c in stored["cells"]] == [1, 2]
    assert stored["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "mystnb": {"kept": True},
    }
    assert DEAD_MIME.encode() not in first
    assert run(path) is None
    assert path.read_bytes() == first
    assert nbval([path], tmp_path, tmp_path / "report.xml") == {"page.ipynb": []}


def test_a_notebook_that_fails_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "page.ipynb"
    path.write_text(CASES["fails"][0], encoding="utf-8")
    message = run(path)
    assert message is not None
    assert "ZeroDivisionError" in message
    assert path.read_text(encoding="utf-8") == CASES["fails"][0]
