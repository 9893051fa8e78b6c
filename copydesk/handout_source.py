"""Reads the source of an exercise, exercises/source/NN-name.md, and finds every fault in it.

A source is a MyST notebook. Its front matter holds title, minutes, question and the checks. A code
cell to be filled in has a `# TODO` line, a stub such as ``miles = ...`` and the solution between
nbgrader's markers, ``### BEGIN SOLUTION`` and ``### END SOLUTION``; the self-checks stand below it,
each in its own cell: ``check("miles")``.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from copydesk.desk import open_case
from copydesk.document import Document, Fault, note_problem, read_text, short, show
from copydesk.exercise import judge
from copydesk.exercise_keys import make_keys
from copydesk.model.exercise import CheckKey, ExerciseEntry, ExerciseKey

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
# Pupils read short cells; the longest that is needed has fewer lines.
MAX_LINES = 25

_NAME = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*\.md")
_CHECK = re.compile(r'check\("(\w+)"\)')


@dataclass(frozen=True)
class Cell:
    """A cell of a source: its kind (text, code, answer or check), its text, and where it stands.

    `names`: the variables that an answer cell fills in, or the one that a check looks at.
    """

    kind: str
    text: str
    line: int
    names: tuple[str, ...] = ()

    def without_solution(self) -> str:
        """The text as a student gets it."""
        lines, inside = [], False
        for line in self.text.splitlines():
            if line.strip() in (BEGIN, END):
                inside = line.strip() == BEGIN
            elif not inside:
                lines.append(line)
        return "\n".join(lines)

    def solution(self) -> list[str]:
        """The lines that only the solution has, without their indentation."""
        lines, inside = [], False
        for line in self.text.splitlines():
            if line.strip() in (BEGIN, END):
                inside = line.strip() == BEGIN
            elif inside and line.strip():
                lines.append(line.strip())
        return lines


@dataclass
class Source:
    """A source as read: what could be used of it, and all its faults."""

    path: Path
    entry: ExerciseEntry | None = None
    key: ExerciseKey | None = None
    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The exercise's id, which is the file's name."""
        return self.path.stem

    def fault(self, line: int, what: str, cure: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(show(self.path), line, what, cure))


def read_source(path: Path) -> Source:
    """Read a source and find its faults; nothing is raised.

    The cells run in this process, as a student would have them and with the solution, so a source
    is as trusted as the rest of the repository.
    """
    source = Source(path)
    if not _NAME.fullmatch(path.name):
        source.fault(
            1, f'"{short(path.name)}" is no name of an exercise', "call it 01-two-words.md"
        )
    text, fault = read_text(path)
    if fault or text is None:
        source.faults += [fault] if fault else []
        return source
    front = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    if front is None:
        source.fault(1, "the front matter is missing", "begin with ---, title: and so on, and ---")
        return source
    _read_front(source, front.group())
    _read_cells(source, text)
    _look_through(source)
    if source.entry and not source.faults:
        _try_out(source, source.entry)
    source.faults.sort()
    return source


def _read_front(source: Source, text: str) -> None:
    document = Document(source.path)
    try:
        # With the first "---", so that its lines have the numbers of the file.
        document.data = YAML(typ="rt").load(text.removesuffix("---\n"))
        front = document.data if isinstance(document.data, dict) else {}
        data = front.get("exercise")
        if data is None:
            document.fault((), "exercise is missing", "add it, with title, minutes and question")
        else:
            plain = YAML(typ="safe").load(text.removesuffix("---\n"))["exercise"]
            source.entry = ExerciseEntry.model_validate(plain)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        source.fault(line, f"not valid YAML ({short(str(error.problem))})", "mend the line")
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            problem["loc"] = ("exercise", *problem["loc"])
            note_problem(document, problem)
    source.faults += document.faults


def _read_cells(source: Source, text: str) -> None:
    # jupytext is needed to make handouts, not to work through them.
    from jupytext.myst import MystMetadataParsingError, myst_to_notebook

    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        source.fault(1, f"a cell cannot be read ({short(str(error))})", "mend its options")
        return
    for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        body = cell.source.strip("\n")
        if cell.cell_type != "code":
            source.cells.append(Cell("text", body, line + 1))
        elif checked := _CHECK.findall(body):
            source.cells.append(Cell("check", body, line + 1, tuple(checked)))
        elif BEGIN in body or END in body or "TODO" in body:
            names = tuple(
                re.findall(r"^(?:def )?(\w+)(?=\(| = )", _first_lines(body), re.MULTILINE)
            )
            source.cells.append(Cell("answer", body, line + 1, tuple(dict.fromkeys(names))))
        else:
            source.cells.append(Cell("code", body, line + 1))


def _first_lines(body: str) -> str:
    """An answer cell without its solution, for the names that it fills in."""
    return Cell("answer", body, 0).without_solution()


# --- faults of form -----------------------------------------------------------------------------


def _look_through(source: Source) -> None:
    checks = source.entry.checks if source.entry else None
    filled: list[str] = []
    asked: list[str] = []
    last_answer: Cell | None = None
    for cell in source.cells:
        if cell.kind != "text":
            _look_at_code(source, cell)
        elif BEGIN in cell.text or END in cell.text:
            source.fault(cell.line, "a solution marker stands in text", "put it into a code cell")
        if cell.kind == "answer":
            _close(source, last_answer, asked)
            last_answer = cell
            filled += cell.names
        for name in cell.names if cell.kind == "check" else ():
            if name in asked:
                source.fault(cell.line, f'"{name}" is checked twice', "keep one of the checks")
            elif name not in filled:
                cure = f"put a cell before it with # TODO and {name} = ..."
                source.fault(cell.line, f'the check "{name}" has no TODO before it', cure)
            if checks is not None and name not in checks:
                cure = f"add it under exercise, checks; there are {', '.join(checks)}"
                source.fault(cell.line, f'the front matter has no check "{name}"', cure)
            asked.append(name)
    _close(source, last_answer, asked)
    for name in checks or ():
        if name not in asked:
            cure = f'add a cell with check("{name}"), or remove it'
            source.fault(1, f'the check "{name}" of the front matter is never asked', cure)


def _close(source: Source, cell: Cell | None, asked: list[str]) -> None:
    """Before the next answer cell, each answer of this one must have had its check."""
    if cell is not None and not any(name in asked for name in cell.names):
        cure = 'put a cell with check("...") below it'
        source.fault(cell.line, "this TODO has no check", cure)


def _look_at_code(source: Source, cell: Cell) -> None:
    markers = [line.strip() for line in cell.text.splitlines() if line.strip() in (BEGIN, END)]
    loose = cell.text.count("BEGIN SOLUTION") + cell.text.count("END SOLUTION") - len(markers)
    if markers != [BEGIN, END] * (len(markers) // 2) or loose:
        cure = f"write {BEGIN} and {END} in turn, each on its own line"
        source.fault(cell.line, "the solution markers do not pair up", cure)
    elif cell.kind == "answer" and not cell.solution():
        source.fault(cell.line, "this TODO has no solution", f"put it between {BEGIN} and {END}")
    if cell.kind == "answer" and "TODO" not in cell.without_solution():
        source.fault(cell.line, "this answer cell has no TODO", "say in a comment what to do")
    if cell.kind == "check" and not re.fullmatch(r'check\("\w+"\)', cell.text.strip()):
        source.fault(cell.line, "a check shares its cell", "give each check a cell of its own")
    if cell.text.count("\n") >= MAX_LINES:
        source.fault(cell.line, f"a cell has more than {MAX_LINES} lines", "split it")
    if re.search(r"^[%!]", cell.text, re.MULTILINE):
        source.fault(cell.line, "a cell uses a notebook command (% or !)", "write plain Python")


# --- faults that show only in a run ---------------------------------------------------------------


def _try_out(source: Source, entry: ExerciseEntry) -> None:
    """Take the keys from the solution; the solution must pass all of them, the handout none."""
    solved = _run(source, solved=True)
    if solved is None:
        return
    line_of = {cell.names[0]: cell.line for cell in source.cells if cell.kind == "check"}
    checks: dict[str, CheckKey] = {}
    for name, check in entry.checks.items():
        try:
            keys = make_keys(check, name, solved.get(name))
        except ValueError as error:
            source.fault(
                line_of[name], f"the solution's {name} is not of its kind ({error})", "mend it"
            )
            continue
        checks[name] = CheckKey(**check.model_dump(), keys=keys)
        outcome = judge(checks[name], name, solved.get(name))
        if not outcome.holds:
            source.fault(line_of[name], f"the solution fails: {outcome!r}", "mend the solution")
    handout = _run(source, solved=False)
    for name, key in checks.items() if handout is not None else ():
        outcome = judge(key, name, (handout or {}).get(name))
        if outcome.state != "open":
            what = f'the check "{name}" does not say "not answered yet" in the handout: {outcome!r}'
            source.fault(line_of[name], what, f"let the stub be {name} = ...")
    source.key = ExerciseKey(
        id=source.id,
        title=entry.title,
        minutes=entry.minutes,
        question=entry.question,
        checks=checks,
    )


def _run(source: Source, *, solved: bool) -> dict[str, Any] | None:
    """Run the code cells of a source; their variables, or None if one fails."""
    namespace = _setup()
    for cell in source.cells:
        if cell.kind in ("code", "answer"):
            text = cell.text if solved else cell.without_solution()
            try:
                # Blank lines before it, so that an error has the line of the file.
                code = compile("\n" * (cell.line - 1) + text, str(source.path), "exec")
                with _quietly(source.path.parent):
                    exec(code, namespace)  # noqa: S102 the repository's own cells
            except Exception as error:
                who = "the solution" if solved else "the handout"
                what = f"{who} stops here with {type(error).__name__}: {short(str(error), 100)}"
                cure = "mend it" if solved else "let the given cells wait for the student's answers"
                source.fault(_line_of(error, source.path) or cell.line, what, cure)
                return None
    return namespace


def _line_of(error: Exception, path: Path) -> int | None:
    """The line of a source at which an error came up."""
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)


# A large case takes a second to read, and nothing that a cell does changes one.
_open_case = cache(open_case)


def _setup() -> dict[str, Any]:
    """What the generated first cell gives to the cells after it, besides `check` and `hint`."""
    return {"__name__": "__main__", "open_case": _open_case}


@contextlib.contextmanager
def _quietly(folder: Path) -> Iterator[None]:
    """Without output, and in the folder in which a notebook would run."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        os.chdir(before)
