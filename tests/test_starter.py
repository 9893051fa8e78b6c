"""A new case, filled from a text and two lists, is a case that works."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk import open_case
from copydesk.check import check_folder
from copydesk.cli import app
from copydesk.starter import fill_case

TEXT = "The reckless ban came on Monday.\nIt cost 900 euros: “so-called” help, she said.  \n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new case, made as a student makes it."""
    done = CliRunner().invoke(app, ["new", "mine", "--into", str(tmp_path)])
    assert done.exit_code == 0, done.output
    return tmp_path / "mine"


def test_a_filled_case_has_no_fault_and_shows_its_task(folder: Path) -> None:
    fill_case(folder, TEXT, ["reckless", "“so-called”"], ["900 euros"])
    assert not check_folder(folder)
    case = open_case(folder)
    assert case.article == TEXT.strip()
    assert [mark.span.quote for mark in case.case.marks] == ["reckless", "“so-called”"]
    assert case.task("loaded-language").task["lines"]


def test_words_that_are_not_in_the_text_are_faults_with_a_cure(folder: Path) -> None:
    fill_case(folder, TEXT, ["reckless", "heartless"], ["on"])
    told = "\n".join(map(str, check_folder(folder)))
    assert 'quote "heartless" is not in the article: copy it' in told


def test_filling_again_with_another_text_works(folder: Path) -> None:
    fill_case(folder, TEXT, ["reckless"], ["900 euros"])
    fill_case(folder, "One heartless line: 5 cats, and a plain end.", ["heartless"], ["5 cats"])
    assert not check_folder(folder)


def test_text_that_yaml_could_misread_is_kept(folder: Path) -> None:
    fill_case(folder, "Key: 'yes' # no & *none* said.", ["'yes' # no"], ["*none*"])
    assert [mark.span.quote for mark in open_case(folder).case.marks] == ["'yes' # no"]


def test_a_new_case_goes_where_it_is_told(tmp_path: Path, folder: Path) -> None:
    done = CliRunner().invoke(app, ["new", "mine", "--into", str(tmp_path)])
    assert done.exit_code == 2
    assert "is there already" in done.output
    done = CliRunner().invoke(app, ["new", "mine", "--into", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert "is no folder: make it first" in done.output
