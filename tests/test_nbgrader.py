"""nbgrader takes the exercises as they are: it hands out, grades and gives feedback.

Three made-up students hand in the committed handouts: with every answer, with half of them, and
empty.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from copydesk.exercise import exercise_ids, read_key
from copydesk.handout import Place, write_solved
from copydesk.handout_source import Source, read_source
from tools.build import ROOT

# One with numbers and a function, one with lists and tables of the key, one that makes a case.
GRADED = [name for name in exercise_ids() if name[:2] in ("01", "06", "10")]


def nbgrader(folder: Path, *arguments: str) -> None:
    """Run an nbgrader command in a course's folder."""
    # It calls alembic by name, which stands beside the Python that runs it.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def hand_in(course: Path, student: str, source: Source, answered: set[str]) -> None:
    """Put a handout with these answers filled in where nbgrader looks for it."""
    notebook = nbformat.read(ROOT / "exercises" / f"{source.id}.ipynb", as_version=4)
    solutions = {f"answer-{c.names[0]}": c.text for c in source.cells if c.kind == "answer"}
    for cell in notebook.cells:
        if cell.id.removeprefix("answer-") in answered:
            cell.source = solutions[cell.id]
    path = course / "submitted" / student / source.id / f"{source.id}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def teach(name: str, course: Path) -> None:
    """Hand out one exercise in a course of its own; grade it if it is among GRADED."""
    nbgrader(course, "generate_assignment", name, "--create")
    if name in GRADED:
        source = read_source(ROOT / "exercises" / "source" / f"{name}.md")
        checks = list(read_key(name).checks)
        hand_in(course, "all-right", source, set(checks))
        hand_in(course, "half-right", source, set(checks[: len(checks) // 2]))
        hand_in(course, "empty", source, set())
        nbgrader(course, "autograde", name, "--create")
        nbgrader(course, "generate_feedback", name)


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a course for each exercise, in which nbgrader has done its work.

    Each has a folder and a database of its own, so that two can run at a time.
    """
    if importlib.util.find_spec("nbgrader") is None:
        pytest.fail("nbgrader is missing: pip install -c constraints.txt -e '.[nbgrader]'", False)
    top = tmp_path_factory.mktemp("courses")
    write_solved(Place(ROOT / "exercises"), top / "all")
    courses = {}
    for name in exercise_ids():
        courses[name] = top / name
        shutil.copytree(top / "all" / "source" / name, top / name / "source" / name)
        shutil.copy(top / "all" / "nbgrader_config.py", top / name)
    # Those that are graded first, as they take longest.
    names = sorted(courses, key=lambda name: name not in GRADED)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(teach, names, [courses[name] for name in names]))
    return courses


@pytest.mark.parametrize("name", exercise_ids())
def test_what_nbgrader_hands_out_is_the_committed_handout(
    name: str, courses: dict[str, Path]
) -> None:
    """But for empty lines where a solution stood, and nbgrader's own checksums."""
    released = nbformat.read(courses[name] / "release" / name / f"{name}.ipynb", as_version=4)
    committed = nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4)

    def lines(notebook: nbformat.NotebookNode) -> list[tuple[str, list[str]]]:
        cells = notebook.cells
        return [(cell.id, [x for x in cell.source.splitlines() if x.strip()]) for cell in cells]

    assert lines(released) == lines(committed)


@pytest.mark.parametrize("name", GRADED)
def test_the_scores_are_as_expected(name: str, courses: dict[str, Path]) -> None:
    from nbgrader.api import Gradebook

    points = [check.points for check in read_key(name).checks.values()]
    with Gradebook(f"sqlite:///{courses[name] / 'gradebook.db'}") as book:
        scores = {s.student.id: (s.score, s.max_score) for s in book.assignment_submissions(name)}
    assert scores == {
        "all-right": (sum(points), sum(points)),
        "half-right": (sum(points[: len(points) // 2]), sum(points)),
        "empty": (0, sum(points)),
    }


@pytest.mark.parametrize("name", GRADED)
def test_the_feedback_says_what_to_look_at_and_gives_no_solution(
    name: str, courses: dict[str, Path]
) -> None:
    source = read_source(ROOT / "exercises" / "source" / f"{name}.md")
    page = (courses[name] / "feedback" / "empty" / name / f"{name}.html").read_text("utf-8")
    assert "not answered yet" in page
    assert "BEGIN SOLUTION" not in page
    secret = [line for cell in source.cells if cell.kind == "answer" for line in cell.solution()]
    assert not [line for line in secret if len(line) > 20 and line in page]
