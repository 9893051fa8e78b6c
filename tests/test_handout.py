"""Sources become handouts: every fault is told with its cure, and no solution gets through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from typer.testing import CliRunner

from copydesk import handout
from copydesk.cli import app
from copydesk.handout import (
    HandoutError,
    Place,
    key_text,
    make_notebook,
    read_sources,
    write_solved,
)
from copydesk.handout_source import read_source
from copydesk.launch import Repository

GOOD = """\
---
exercise:
  title: Sums
  minutes: 10
  question: What is two and two?
  checks:
    total:
      kind: whole
      hint: Count your fingers.
      again: the sum
    double:
      kind: whole
      cases: [[1], [5]]
      points: 2
      hint: Twice.
      again: the factor
---

Some text.

```{code-cell} ipython3
two = 2
print(two)
```

```{code-cell} ipython3
# TODO: two and two
total = ...
### BEGIN SOLUTION
total = two + two
### END SOLUTION
```

```{code-cell} ipython3
check("total")
```

```{code-cell} ipython3
# TODO: twice a number
def double(number):
    result = ...
    ### BEGIN SOLUTION
    result = 2 * number
    ### END SOLUTION
    return result
```

```{code-cell} ipython3
check("double")
```
"""


def write(tmp_path: Path, text: str, name: str = "01-sums.md") -> Path:
    """Write a source where a course has it; return its path."""
    folder = tmp_path / "exercises" / "source"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(old: str, new: str, count: int = 1) -> str:
    """Return the good source with one thing changed."""
    assert GOOD.count(old) >= count
    return GOOD.replace(old, new, count)


def faults(tmp_path: Path, text: str, name: str = "01-sums.md") -> list[str]:
    """Return the faults of a source, without its path."""
    return [
        str(fault).partition(".md:")[2] for fault in read_source(write(tmp_path, text, name)).faults
    ]


def test_the_good_source_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed("  minutes: 10\n", ""), "2  exercise.minutes is missing: add it"),
        (
            changed("minutes: 10", "minutes: 5"),
            "4  exercise.minutes is 5: use a number of at least 10",
        ),
        (
            changed("minutes: 10", "minutes: 40"),
            "4  exercise.minutes is 40: use a number of at most 25",
        ),
        (
            changed("      hint: Count your fingers.\n", ""),
            "7  exercise.checks.total.hint is missing",
        ),
        (
            changed("question: What is two and two?", "question: ''"),
            "5  exercise.question is empty",
        ),
        (changed("kind: whole", "kind: hole"), '8  unknown kind "hole": use one of number, whole'),
        (changed("kind: whole", "kind: number"), "a number needs a tolerance"),
        (changed("kind: whole", "kind: own-text"), "an own-text needs at_least"),
        (changed("title: Sums", "title: [Sums"), "not valid YAML"),
        (GOOD.replace("exercise:", "exercises:", 1), "exercise is missing"),
        (GOOD.removeprefix("---\n"), "1  the front matter is missing"),
        (changed("### END SOLUTION\n", ""), "the solution markers do not pair up"),
        (changed("### BEGIN SOLUTION", "## BEGIN SOLUTION"), "the solution markers do not pair up"),
        (changed("total = two + two\n", ""), "this TODO has no solution"),
        (changed("# TODO: two and two", "# two and two"), "this answer cell has no TODO"),
        (changed("Some text.", "### BEGIN SOLUTION"), "a solution marker stands in text"),
        (changed('check("total")', 'check("totl")'), 'the front matter has no check "totl"'),
        (
            changed('check("total")', 'check("totl")'),
            'the check "total" of the front matter is never',
        ),
        (changed('check("total")', 'check("totl")'), 'the check "totl" has no TODO before it'),
        (changed('check("total")', "print(total)"), "this TODO has no check"),
        (changed('check("double")', 'check("total")'), '"total" is checked twice'),
        (changed('check("total")', 'check("total")\nprint(5)'), "a check shares its cell"),
        (changed("two = 2\n", "two = 2\n" + "print(two)\n" * 30), "a cell has more than 25 lines"),
        (changed("two = 2\n", "two = 2\n%time\n"), "a cell uses a notebook command"),
        (changed("total = ...", "total = 4"), 'the check "total" does not say "not answered yet"'),
        (changed("total = ...", "total = 5"), 'the check "total" does not say "not answered yet"'),
        (changed("total = two + two", "total = 'four'"), "the solution's total is not of its kind"),
        (
            changed("result = 2 * number", "result = 1 / 0"),
            "the solution's double is not of its kind",
        ),
        (changed("total = two + two", "total = tow"), "the solution stops here with NameError"),
        (
            changed("print(two)", "print(two + unknown)"),
            "23  the solution stops here with NameError",
        ),
        (changed("two = 2", "two = 2 if 'x' else"), "the solution stops here with SyntaxError"),
        (
            changed("# TODO: twice a number", "print(total + 1)\n# TODO: twice a number"),
            "the handout stops here with TypeError",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_its_cure(tmp_path: Path, text: str, said: str) -> None:
    found = faults(tmp_path, text)
    assert any(said in fault for fault in found), found
    for fault in found:
        line, what = fault.split("  ", 1)
        assert 1 <= int(line) <= text.count("\n")
        assert ": " in what


@pytest.mark.parametrize("name", ["sums.md", "1-sums.md", "01-Sums.md", "01_sums.md"])
def test_a_source_is_named_by_number_and_words(tmp_path: Path, name: str) -> None:
    assert any("is no name of an exercise" in fault for fault in faults(tmp_path, GOOD, name))


def test_all_faults_of_all_sources_are_told_at_once(tmp_path: Path) -> None:
    first = changed("  minutes: 10\n", "").replace("### END SOLUTION\n", "", 1)
    write(tmp_path, first)
    write(tmp_path, changed('check("total")', "print(1)"), "02-more.md")
    write(tmp_path, GOOD, "02-twice.md")
    with pytest.raises(HandoutError) as caught:
        read_sources(Place(tmp_path / "exercises", tmp_path / "keys"))
    told = str(caught.value)
    for said in (
        "minutes is missing",
        "do not pair up",
        "no check",
        "two exercises have the number 02",
    ):
        assert said in told


def test_no_source_at_all_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(HandoutError, match="there is no source"):
        read_sources(Place(tmp_path / "exercises", tmp_path / "keys"))


# --- the notebooks ------------------------------------------------------------------------------


def cells(tmp_path: Path, **how: Any) -> dict[str, Any]:
    """Return the cells of the good source's notebook by id."""
    notebook = make_notebook(read_source(write(tmp_path, GOOD)), **how)
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    return {cell.id: cell for cell in notebook.cells}


def test_a_handout_has_the_stub_and_no_solution(tmp_path: Path) -> None:
    handout_cells = cells(tmp_path, solved=False)
    assert handout_cells["answer-total"].source == "# TODO: two and two\ntotal = ..."
    assert handout_cells["answer-double"].source == (
        "# TODO: twice a number\ndef double(number):\n    result = ...\n    return result"
    )
    assert handout_cells["check-total"].source == 'check("total")'
    text = json.dumps(list(handout_cells.values()))
    for word in ("SOLUTION", "HIDDEN", "two + two", "2 * number", "assert"):
        assert word not in text


def test_a_solved_notebook_has_solutions_and_hidden_tests(tmp_path: Path) -> None:
    solved = cells(tmp_path, solved=True)
    assert "total = two + two" in solved["answer-total"].source
    assert solved["check-total"].source == (
        'check("total")\n### BEGIN HIDDEN TESTS\n'
        'assert check("total").holds, check("total")\n### END HIDDEN TESTS'
    )


def test_the_first_cells_say_what_it_is_and_open_it(tmp_path: Path) -> None:
    handout_cells = cells(tmp_path, solved=False)
    first = list(handout_cells)
    assert first[:3] == ["title", "setup", "text-1"]
    assert handout_cells["title"].source.startswith(
        "# 01 Sums\n\n**10 minutes.** What is two and two?"
    )
    assert 'open_exercise("01-sums")' in handout_cells["setup"].source


def test_the_hint_is_folded_away_before_its_todo(tmp_path: Path) -> None:
    handout_cells = cells(tmp_path, solved=False)
    assert (
        "<details>\n<summary>Hint</summary>\n\nCount your fingers."
        in handout_cells["hint-total"].source
    )
    order = list(handout_cells)
    assert order.index("hint-total") + 1 == order.index("answer-total")


@pytest.mark.parametrize("solved", [True, False])
def test_nbgrader_knows_each_cell(tmp_path: Path, solved: bool) -> None:
    found = {i: cell.metadata.get("nbgrader") for i, cell in cells(tmp_path, solved=solved).items()}
    plain = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    assert found["answer-total"] == plain | {"solution": True, "grade_id": "answer-total"}
    assert found["check-double"] == plain | {
        "grade": True,
        "locked": True,
        "grade_id": "check-double",
        "points": 2,
    }
    assert found["setup"] == plain | {"locked": True, "grade_id": "setup"}
    assert found["text-1"] is None


def test_colab_installs_the_course_only_once_its_address_is_known(tmp_path: Path) -> None:
    assert "install" not in cells(tmp_path, solved=False)
    cell = cells(tmp_path, solved=False, repository=Repository("a/b", "c"))["install"]
    assert 'if "google.colab" in sys.modules:' in cell.source
    assert '"copydesk[exercises] @ git+https://github.com/a/b@c"' in cell.source


def test_making_it_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    first, second = read_source(path), read_source(path)
    assert key_text(first) == key_text(second)
    for solved in (True, False):
        texts = [handout.notebook_text(make_notebook(s, solved=solved)) for s in (first, second)]
        assert texts[0] == texts[1]


def test_the_solved_notebooks_are_laid_out_for_nbgrader(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    paths = write_solved(Place(tmp_path / "exercises", tmp_path / "keys"), tmp_path / "course")
    assert paths == [tmp_path / "course" / "source" / "01-sums" / "01-sums.ipynb"]
    assert "code_stub" in (tmp_path / "course" / "nbgrader_config.py").read_text("utf-8")


# --- the command --------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the exercises folder of a course with the good source; its handouts are not run."""
    write(tmp_path, GOOD)
    (tmp_path / "_config.yml").write_text("title: x\n")
    monkeypatch.setattr(Place, "__init__", _with_keys(tmp_path / "keys"))
    monkeypatch.setattr(handout, "ProcessPoolExecutor", _Here)
    monkeypatch.setattr(handout, "run_notebook", lambda notebook, folder: notebook)
    return tmp_path / "exercises"


def _with_keys(keys: Path) -> Any:
    def init(self: Place, exercises: Path) -> None:
        object.__setattr__(self, "exercises", exercises)
        object.__setattr__(self, "keys", keys)

    return init


class _Here:
    """A pool that works in this process."""

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, function: Any, values: Any) -> Any:
        return map(function, values)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["handouts", *arguments])


def test_the_command_writes_and_then_finds_nothing_stale(course: Path) -> None:
    done = run("--folder", str(course))
    assert (done.exit_code, done.output) == (0, "1 exercise, 0 faults\n")
    assert (course / "01-sums.ipynb").is_file()
    assert json.loads((course.parent / "keys" / "01-sums.json").read_text())["minutes"] == 10
    assert run("--folder", str(course), "--check").exit_code == 0


def test_the_command_says_what_is_stale_left_over_or_missing(course: Path) -> None:
    run("--folder", str(course))
    (course / "02-old.ipynb").write_text("{}")
    (course.parent / "keys" / "01-sums.json").unlink()
    source = course / "source" / "01-sums.md"
    source.write_text(source.read_text().replace("Some text.", "Another text."))
    done = run("--folder", str(course), "--check")
    assert done.exit_code == 1
    assert "01-sums.json:1  the file is missing: run make handouts" in done.output
    assert "01-sums.ipynb:1  its source makes something else: run make handouts" in done.output
    assert "02-old.ipynb:1  no source makes this file: run make handouts" in done.output
    assert run("--folder", str(course)).exit_code == 0
    assert not (course / "02-old.ipynb").exists()
    assert run("--folder", str(course), "--check").exit_code == 0


def test_the_command_tells_faults_and_writes_nothing(course: Path) -> None:
    source = course / "source" / "01-sums.md"
    source.write_text(source.read_text().replace("  minutes: 10\n", ""))
    done = run("--folder", str(course))
    assert done.exit_code == 1
    assert "exercise.minutes is missing: add it" in done.output
    assert not list(course.glob("*.ipynb"))


def test_the_command_writes_solved_notebooks_only_where_it_is_told(course: Path) -> None:
    done = run("--folder", str(course), "--solved", str(course.parent / "out"))
    assert done.exit_code == 0
    assert (course.parent / "out" / "source" / "01-sums" / "01-sums.ipynb").is_file()
    assert not list(course.glob("*.ipynb"))
