"""The command line: `new` starts a case, `check` finds its faults, `report` reads a class.

`claimreview` gives a case's verdicts in the format that search engines read.
`handouts` makes the notebooks of the exercises.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date as day
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from copydesk.case import (
    CaseError,
    CaseNotFoundError,
    case_folders,
    find_case,
    read_case,
    seeds_folder,
)
from copydesk.check import check_folder
from copydesk.claimreview import AuthorKind, claim_reviews
from copydesk.document import short, show
from copydesk.model import Id, Task
from copydesk.seeds import PACKAGED
from copydesk.task import build_task

app = typer.Typer(
    help="Make and check the cases of The Copy Desk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _main() -> None:
    """Keeps each command's name, also while there are few."""


def _stop(message: str) -> typer.Exit:
    """Say why the command cannot run; to be raised."""
    typer.echo(message, err=True)
    return typer.Exit(2)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _chosen(names: list[str]) -> list[Path]:
    """The case folders meant: those named, or all; a folder of cases stands for all in it."""
    folders: list[Path] = []
    for path in [find_case(name) for name in names] or [seeds_folder()]:
        holds_cases = any(path.glob("*/case.yml")) and not (path / "case.yml").exists()
        folders += case_folders(path) if holds_cases else [path]
    return list({folder.resolve(): folder for folder in reversed(folders)}.values())[::-1]


@app.command()
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Cases, by name or folder. Default: all in seeds/.")
    ] = None,
) -> None:
    """Print every fault of the cases, each with its place and its cure.

    Exit code: 0 when there is none, 1 when there are faults, 2 when a case was not found.
    """
    try:
        folders = _chosen(paths or [])
    except CaseNotFoundError as error:
        raise _stop(str(error)) from None
    if not folders:
        raise _stop("the folder of the cases holds no case: make one with copydesk new")
    faults = [fault for folder in folders for fault in check_folder(folder)]
    for fault in faults:
        typer.echo(fault)
    typer.echo(f"{_count(len(folders), 'case')} checked, {_count(len(faults), 'fault')}")
    if faults:
        raise typer.Exit(1)


def _set(text: str, key: str, value: str) -> str:
    """The text of a YAML file with the value of one of its outermost keys replaced."""
    # A JSON string is a YAML string too, as long as nothing beyond U+FFFF is escaped in it.
    line = f"{key}: {json.dumps(value, ensure_ascii=False)}"
    new, count = re.subn(rf"^{key}: .*$", lambda _: line, text, flags=re.MULTILINE)
    if count != 1:
        raise _stop(f"seeds/_blank/case.yml has {count} lines that start with {key}: give it one")
    return new


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The id of the case: a-z, 0-9 and hyphens.")],
    title: Annotated[str | None, typer.Option(help="What the article is about.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="The folder to make it in. Default: seeds/.")
    ] = None,
) -> None:
    """Start a case: a copy of the template, to be edited."""
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError:
        raise _stop(
            f'"{short(name)}" is no name for a case: use a-z, 0-9 and hyphens, at most 60 of them, '
            "with a letter or digit first"
        ) from None
    for option, value in (("--title", title), ("--publisher", publisher)):
        if value is not None and not value.strip():
            raise _stop(f"{option} is empty: fill it in or leave it out")
        if any(unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in value or ""):
            raise _stop(f'{option} "{short(value or "")}" is not one line of text: mend it')
    try:
        seeds = seeds_folder()
    except CaseNotFoundError as error:
        raise _stop(str(error)) from None
    # Nobody looks for a case of their own inside an installed package.
    target = into or (Path.cwd() if seeds.name == PACKAGED else seeds)
    if not target.is_dir():
        raise _stop(f"--into {show(target)} is no folder: make it first")
    blank, folder = seeds / "_blank", target / name
    if not (blank / "case.yml").is_file():
        raise _stop(f"{show(blank)} has no case.yml: restore the template")
    if folder.exists():
        raise _stop(f"{show(folder)} is there already: choose another name")
    text = (blank / "case.yml").read_text("utf-8")
    for key, value in (("id", name), ("title", title), ("publisher", publisher)):
        text = text if value is None else _set(text, key, value)
    shutil.copytree(blank, folder)
    (folder / "case.yml").write_text(text, encoding="utf-8", newline="\n")
    typer.echo(
        f"{show(folder)} is made. Put the article into article.txt, edit the .yml files,\n"
        f"and run: copydesk check {name if target == seeds else './' + show(folder)}"
    )


# --- report ---------------------------------------------------------------------------------------

# What the report needs beside the rest: the extra "report".
_NEEDS = ("duckdb", "krippendorff", "numpy")


def _tasks(names: list[str]) -> list[Task]:
    """All tasks of the cases named, or of all cases."""
    cases = [read_case(folder) for folder in _chosen(names)]
    return [build_task(case, entry.id) for case in cases for entry in case.entry.tasks]


def _number(tasks: list[Task], option: str, name: str) -> int:
    """The number of the mark task that an option names as CASE/TASK."""
    names = [f"{task.case.id}/{task.id}" for task in tasks if task.kind == "mark"]
    if name not in names:
        raise _stop(f'{option} "{short(name)}" is no mark task here: use one of {", ".join(names)}')
    return [f"{task.case.id}/{task.id}" for task in tasks].index(name)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on the error stream, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = ("Scoring", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        line = bar.add_task("files", total=None)
        yield lambda done, total: bar.update(line, completed=done, total=total)


@app.command()
def report(
    answers: Annotated[Path, typer.Argument(help="A folder or a zip of exported answer files.")],
    out: Annotated[Path, typer.Option(help="The folder for the report.")] = Path("report"),
    case: Annotated[
        list[str] | None,
        typer.Option(help="A case to report on; may be given again. Default: all."),
    ] = None,
    before: Annotated[str | None, typer.Option(help="The first test, as CASE/TASK.")] = None,
    after: Annotated[str | None, typer.Option(help="The last test, as CASE/TASK.")] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes that score. Default: all processors.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The date that the report shows. Default: today.")
    ] = None,
) -> None:
    """Score the answer files of a class and write report.html, scores.csv and marks.csv.

    A run that was stopped goes on where it was when the same command is given again.
    Exit code: 0 when there is a report, 1 when no file was of use, 2 when a path or option is
    wrong.
    """
    missing = [name for name in _NEEDS if find_spec(name) is None]
    if missing:
        raise _stop(f"the report needs {', '.join(missing)}: pip install 'copydesk[report]'")
    if (before is None) != (after is None) or (before is not None and before == after):
        raise _stop("--before and --after go together, and name two tasks")
    if not answers.exists():
        raise _stop(f"{show(answers)} is not there: give a folder or a zip of answer files")
    if out.exists() and not out.is_dir():
        raise _stop(f"{show(out)} is a file: name a folder with --out")
    if answers.is_dir() and answers.resolve() == out.resolve():
        raise _stop("--out is the folder of the answers itself: name another one")
    from copydesk.report import make_report

    try:
        tasks = _tasks(case or [])
    except (CaseNotFoundError, CaseError) as error:
        raise _stop(str(error)) from None
    if not tasks:
        raise _stop("the cases have no task to report on")
    between = None
    if before is not None and after is not None:
        between = (_number(tasks, "--before", before), _number(tasks, "--after", after))
    try:
        with _bar() as progress:
            summary = make_report(
                answers,
                out,
                tasks,
                gain_between=between,
                jobs=jobs or os.cpu_count() or 1,
                date=day.today().isoformat() if date is None else date,
                progress=progress,
            )
    except KeyboardInterrupt:
        typer.echo("Stopped. The same command goes on where this one was.", err=True)
        raise typer.Exit(130) from None
    except OSError as error:
        raise _stop(f"{error.filename or show(answers)}: {error.strerror or error}") from None
    if summary.resumed:
        typer.echo(f"{_count(summary.resumed, 'file')} had been scored by a run that was stopped")
    typer.echo(
        f"{_count(summary.found, 'file')}: {summary.used} used, {summary.part} in part, "
        f"{summary.refused} not used"
    )
    for name, state, reason in summary.unused_files[:20]:
        typer.echo(f"  {name} ({'in part' if state == 'in part' else 'not used'}): {reason}")
    if summary.unused > 20:
        typer.echo(f"  and {summary.unused - 20} more, in {show(out / 'unused.csv')}")
    if summary.again:
        typer.echo(f"{_count(summary.again, 'answer')} left out: a later one has the same code")
    typer.echo(f"{show(out / 'report.html')}: {_count(summary.people, 'reader')}")
    if not summary.people:
        raise typer.Exit(1)


@app.command()
def claimreview(
    case: Annotated[str, typer.Argument(help="The case, by name or folder.")],
    author: Annotated[str, typer.Option(help="Who answers for the verdicts: a name.")],
    url: Annotated[str, typer.Option(help="The page that holds the verdicts, whole.")],
    out: Annotated[Path | None, typer.Option(help="The file to write. Default: print it.")] = None,
    published: Annotated[
        str | None, typer.Option(help="The day they were published, such as 2024-03-05.")
    ] = None,
    person: Annotated[
        bool, typer.Option("--person", help="The author is a person, not an organisation.")
    ] = False,
) -> None:
    """Write the verdicts of a case as schema.org ClaimReview (JSON-LD).

    Whoever publishes it puts the author's name to every verdict.
    """
    kind: AuthorKind = "Person" if person else "Organization"
    try:
        when = day.fromisoformat(published) if published is not None else None
    except ValueError:
        raise _stop(f'--published "{short(published or "")}" is no day: use 2024-03-05') from None
    try:
        reviews = claim_reviews(
            read_case(find_case(case)), author=author, url=url, kind=kind, published=when
        )
    except (CaseError, CaseNotFoundError, ValueError) as error:
        raise _stop(str(error)) from None
    text = json.dumps(reviews, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _stop(
            f"{show(out)} cannot be written ({error.strerror}): name another file"
        ) from None
    typer.echo(f"{show(out)}: {_count(len(reviews['@graph']), 'verdict')}")


# --- handouts -------------------------------------------------------------------------------------


@app.command()
def handouts(
    check: Annotated[bool, typer.Option("--check", help="Only say which are stale.")] = False,
    solved: Annotated[
        Path | None,
        typer.Option(help="Write the notebooks with solutions into this folder, for nbgrader."),
    ] = None,
    folder: Annotated[Path, typer.Option(help="The folder of the exercises.")] = Path("exercises"),
) -> None:
    """Make the exercises' handouts and the keys of their checks from exercises/source.

    Exit code: 0 when all is well, 1 when sources have faults or handouts are stale, 2 when a tool
    is missing.
    """
    try:
        import jupytext  # noqa: F401
        import nbclient  # noqa: F401
    except ModuleNotFoundError as error:
        raise _stop(f'{error.name} is missing: pip install -e ".[test]"') from None
    from copydesk.handout import HandoutError, Place, write_handouts, write_solved
    from copydesk.launch import configured

    place = Place(folder.resolve())
    try:
        if solved is not None:
            written = write_solved(place, solved)
            typer.echo(f"{_count(len(written), 'solved notebook')} in {show(solved)}")
            return
        faults = write_handouts(place, configured(place.exercises.parent), check=check)
    except (HandoutError, ValueError) as error:
        typer.echo(error)
        raise typer.Exit(1) from None
    for fault in faults:
        typer.echo(fault)
    typer.echo(f"{_count(len(place.sources), 'exercise')}, {_count(len(faults), 'fault')}")
    if faults:
        raise typer.Exit(1)
