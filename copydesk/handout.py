"""Makes the handouts and the solved notebooks of the exercises from their sources.

``copydesk handouts`` writes exercises/NN-name.ipynb, which students get, and the key of its checks,
checks/NN-name.json; both are committed, and ``--check`` says which are stale. The solved notebook
is for teachers and nbgrader: it is never committed and never in the site.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from copydesk.document import Fault, show
from copydesk.handout_source import Cell, Source, read_source
from copydesk.launch import Repository
from copydesk.task import ui_strings

TIMEOUT = 120  # seconds a cell

# nbgrader takes these lines out of what it hands out, and puts them back when it grades: a check
# never raises, and nbgrader gives no points only to a cell that does.
_HIDDEN = """\
### BEGIN HIDDEN TESTS
assert check("{name}").holds, check("{name}")
### END HIDDEN TESTS"""
_SETUP = """\
from copydesk import open_case
from copydesk.exercise import open_exercise

check, hint = open_exercise("{id}")"""
_INSTALL = """\
import sys

if "google.colab" in sys.modules:
    %pip install --quiet "copydesk[exercises] @ git+{url}@{branch}\""""


class HandoutError(Exception):
    """Sources that cannot be made into handouts, with every fault of every one of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Place:
    """Where the exercises stand: the folder of the handouts, and the one of the keys."""

    exercises: Path
    keys: Path = Path(__file__).parent / "checks"

    @property
    def sources(self) -> list[Path]:
        """The sources, in order."""
        return sorted((self.exercises / "source").glob("*.md"))


def read_sources(place: Place) -> list[Source]:
    """Read every source. Raises HandoutError with every fault of all of them."""
    sources = [read_source(path) for path in place.sources]
    faults = [fault for source in sources for fault in source.faults]
    numbers = [source.path.name[:2] for source in sources]
    for source in sources:
        if numbers.count(source.path.name[:2]) > 1:
            what = f"two exercises have the number {source.path.name[:2]}"
            faults.append(Fault(show(source.path), 1, what, "give each its own"))
    if not sources:
        where = show(place.exercises / "source")
        faults.append(Fault(where, 1, "there is no source", "add 01-name.md"))
    if faults:
        raise HandoutError(faults)
    return sources


# --- a source as a notebook -----------------------------------------------------------------------


def key_text(source: Source) -> str:
    """The key of a source's checks, as it stands in checks/<id>.json."""
    if source.key is None:
        raise HandoutError(source.faults)
    data = source.key.model_dump(exclude_defaults=True)
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def make_notebook(source: Source, *, solved: bool, repository: Repository | None = None) -> Any:
    """The notebook of a source, not yet run: with solutions and hidden tests, or with neither."""
    import nbformat

    notebook: Any = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(_metadata())  # type: ignore[no-untyped-call]
    for cell_id, kind, text, metadata in _cells(source, solved, repository):
        make = nbformat.v4.new_markdown_cell if kind == "text" else nbformat.v4.new_code_cell
        cell: Any = make(text, metadata=metadata)  # type: ignore[no-untyped-call]
        cell["id"] = cell_id
        notebook.cells.append(cell)
    return notebook


def _metadata() -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"kernelspec": kernel, "language_info": {"name": "python"}}


def _cells(
    source: Source, solved: bool, repository: Repository | None
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each cell's id, kind, text and metadata."""
    entry, words = source.entry, ui_strings("en")["exercise"]
    if entry is None:
        raise HandoutError(source.faults)
    head = words["handout-head"].format(
        number=source.id[:2], title=entry.title, minutes=entry.minutes, question=entry.question
    )
    yield "title", "text", head, {}
    if repository:
        yield "install", "code", _INSTALL.format(url=repository.url, branch=repository.branch), {}
    yield "setup", "code", _SETUP.format(id=source.id), _nbgrader("setup", locked=True)
    texts = codes = 0
    for cell in source.cells:
        if cell.kind == "text":
            texts += 1
            yield f"text-{texts}", "text", cell.text, {}
        elif cell.kind == "code":
            codes += 1
            yield f"code-{codes}", "code", cell.text, {}
        elif cell.kind == "answer":
            name = cell.names[0]
            yield f"hint-{name}", "text", _hints(source, cell, words), {}
            text = cell.text if solved else cell.without_solution()
            yield f"answer-{name}", "code", text, _nbgrader(f"answer-{name}", solution=True)
        else:
            name = cell.names[0]
            text = cell.text + ("\n" + _HIDDEN.format(name=name) if solved else "")
            metadata = _nbgrader(f"check-{name}", grade=True, locked=True)
            metadata["nbgrader"]["points"] = entry.checks[name].points
            yield f"check-{name}", "code", text, metadata


def _hints(source: Source, cell: Cell, words: dict[str, str]) -> str:
    """The hints of an answer cell, folded away."""
    checks = source.entry.checks if source.entry else {}
    hints = "\n\n".join(checks[name].hint for name in cell.names if name in checks)
    return f"<details>\n<summary>{words['hint-label']}</summary>\n\n{hints}\n\n</details>"


def _nbgrader(grade_id: str, **yes: bool) -> dict[str, Any]:
    """What nbgrader wants to know of a cell, in the third version of its schema."""
    flags = {name: yes.get(name, False) for name in ("grade", "locked", "solution", "task")}
    return {"nbgrader": {**flags, "grade_id": grade_id, "schema_version": 3}}


# --- running and writing ------------------------------------------------------------------------


def notebook_text(notebook: Any) -> str:
    """A notebook as its file has it."""
    import nbformat

    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.rstrip("\n") + "\n"


def run_notebook(notebook: Any, folder: Path) -> Any:
    """Run a notebook in a folder, and give it back with its outputs and nothing of the machine.

    Raises CellExecutionError when a cell fails.
    """
    from nbclient import NotebookClient

    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    )
    client.execute()
    notebook.metadata.update(_metadata())
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            # The model behind a widget dies with the kernel; its HTML stands beside it.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return notebook


def _handout_text(source: Source, repository: Repository | None, place: Place) -> str:
    notebook = make_notebook(source, solved=False, repository=repository)
    return notebook_text(run_notebook(notebook, place.exercises))


def write_handouts(
    place: Place, repository: Repository | None = None, *, check: bool = False
) -> list[Fault]:
    """Write every handout and every key, or, to check, only say which of them are stale.

    Raises HandoutError with every fault of every source.
    """
    sources = read_sources(place)
    wanted = {place.keys / f"{source.id}.json": key_text(source) for source in sources}
    if not check:
        _write(wanted, place.keys, "*.json")
    # Each handout runs in a kernel of its own: two at a time, as most machines have two cores.
    with ProcessPoolExecutor() as pool:
        texts = pool.map(partial(_handout_text, repository=repository, place=place), sources)
        handouts = {
            place.exercises / f"{source.id}.ipynb": text
            for source, text in zip(sources, texts, strict=True)
        }
    if not check:
        _write(handouts, place.exercises, "*.ipynb")
        return []
    return [*_stale(wanted, place.keys, "*.json"), *_stale(handouts, place.exercises, "*.ipynb")]


def _write(wanted: dict[Path, str], folder: Path, pattern: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in set(folder.glob(pattern)) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _stale(wanted: dict[Path, str], folder: Path, pattern: str) -> Iterator[Fault]:
    for path in sorted({*wanted, *folder.glob(pattern)}):
        if path not in wanted:
            yield Fault(show(path), 1, "no source makes this file", "run make handouts")
        elif not path.is_file():
            yield Fault(show(path), 1, "the file is missing", "run make handouts")
        elif path.read_text("utf-8") != wanted[path]:
            yield Fault(show(path), 1, "its source makes something else", "run make handouts")


def write_solved(place: Place, folder: Path) -> list[Path]:
    """Write every solved notebook, not run, as nbgrader wants its sources: source/<id>/<id>.ipynb.

    Beside them goes the setting that nbgrader needs. Returns the paths of the notebooks. Raises
    HandoutError with every fault of every source.
    """
    paths = []
    for source in read_sources(place):
        path = folder / "source" / source.id / f"{source.id}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = notebook_text(make_notebook(source, solved=True))
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    (folder / "nbgrader_config.py").write_text(_NBGRADER, encoding="utf-8", newline="\n")
    return paths


_NBGRADER = """\
# Written by `copydesk handouts --solved`. Each answer has its stub above the solution already.
c = get_config()  # noqa: F821 nbgrader puts it there
c.CourseDirectory.course_id = "copydesk"
c.ClearSolutions.code_stub = {"python": ""}
"""
