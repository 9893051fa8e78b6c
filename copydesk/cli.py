"""The command line: `copydesk new` starts a case, `copydesk check` finds its faults.

`copydesk handouts` makes the exercises' notebooks.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from copydesk.case import CaseNotFoundError, case_folders, find_case, seeds_folder
from copydesk.check import check_folder
from copydesk.document import short, show
from copydesk.model import Id
from copydesk.seeds import PACKAGED

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
        f"{show(folder)} is made. Put the article into article.txt, edit the four .yml files,\n"
        f"and run: copydesk check {name if target == seeds else './' + show(folder)}"
    )


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
        raise _stop(f'{error.name} is missing: pip install "copydesk[authors]"') from None
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
