"""The command line: exit codes, all faults at once, and a new case that is good from the start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from broken import build, expected
from ruamel.yaml import YAML
from typer.testing import CliRunner

from copydesk.case import read_case
from copydesk.cli import app

BLANK = Path(__file__).parent.parent / "seeds" / "_blank"

runner = CliRunner()


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's folder to work in, with the template and one good case."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    shutil.copytree(BLANK, folder / "_blank")
    build(None, folder)
    (tmp_path / "_config.yml").touch()
    monkeypatch.delenv("COPYDESK_SEEDS", raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments: str) -> tuple[int, list[str]]:
    """Exit code and lines of a command; a traceback is a failure of the test."""
    result = runner.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output.splitlines()


# --- check ----------------------------------------------------------------------------------------


def test_check_passes_good_cases(seeds: Path) -> None:
    assert run("check") == (0, ["1 case checked, 0 faults"])
    assert run("check", "base", "seeds/_blank") == (0, ["2 cases checked, 0 faults"])


def test_check_prints_the_faults_of_all_cases_and_exits_with_1(seeds: Path, tmp_path: Path) -> None:
    names = ("id-twice", "quote-not-found", "article-with-crlf")
    wanted = []
    for name in names:
        shutil.move(build(name, tmp_path / name), seeds / name)
        text = (seeds / name / "case.yml").read_text("utf-8").replace("id: base", f"id: {name}")
        (seeds / name / "case.yml").write_text(text, "utf-8")
        wanted += [f"seeds/{name}/{message}" for message in expected(name)]
    code, lines = run("check")
    assert code == 1
    assert sorted(lines[:-1]) == sorted(wanted)
    assert lines[-1] == f"4 cases checked, {len(wanted)} faults"


def test_check_leaves_out_templates_unless_named(seeds: Path) -> None:
    (seeds / "_blank" / "case.yml").unlink()
    assert run("check")[0] == 0
    assert run("check", "_blank")[0] == 1


def test_a_folder_of_cases_stands_for_the_cases_in_it(seeds: Path) -> None:
    shutil.copytree(seeds / "base", seeds / "second")
    code, lines = run("check", "seeds", "base")
    assert code == 1
    assert lines[0].startswith('seeds/second/case.yml:1  id is "base", and the folder is "second"')
    assert lines[-1] == "2 cases checked, 1 fault"


def test_check_of_what_is_not_there_exits_with_2_and_names_the_cases(seeds: Path) -> None:
    assert run("check", "nothing") == (2, ['there is no case "nothing": use one of base'])
    code, lines = run("check", "base", "seeds/nothing")
    assert code == 2
    assert lines == ['there is no case "seeds/nothing": give the path of a case folder']


def test_check_of_no_cases_at_all_is_no_success(seeds: Path) -> None:
    shutil.rmtree(seeds / "base")
    code, lines = run("check")
    assert code == 2
    assert "holds no case" in lines[0]


# --- new ------------------------------------------------------------------------------------------


def test_a_new_case_passes_check_at_once(seeds: Path) -> None:
    code, lines = run("new", "town-pool")
    assert code == 0
    assert lines[0].startswith("seeds/town-pool is made.")
    assert lines[-1].endswith("copydesk check town-pool")
    assert run("check", "town-pool") == (0, ["1 case checked, 0 faults"])
    case = read_case(seeds / "town-pool")
    assert case.id == "town-pool"
    assert case.article == (BLANK / "article.txt").read_text("utf-8")
    # Only the id differs from the template, so that its comments are all there.
    old = (BLANK / "case.yml").read_text("utf-8").splitlines()
    new = (seeds / "town-pool" / "case.yml").read_text("utf-8").splitlines()
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [
        ("id: blank", 'id: "town-pool"')
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Plain",
        "A: colon, # and 'quotes' \"too\"",
        "- a list?",
        "yes",
        "2023",
        r"back\slash \1",
        "Ça, “où” و 𝒜",
    ],
)
def test_title_and_publisher_come_back_as_they_were_given(seeds: Path, text: str) -> None:
    assert run("new", "x", "--title", text, "--publisher", text)[0] == 0
    case = read_case(seeds / "x")
    assert (case.entry.title, case.entry.publisher) == (text, text)
    assert run("check", "x")[0] == 0


@pytest.mark.parametrize(
    "name", ["", "_x", "Town Pool", "../x", "x/y", "-x", "ä", "x" * 61, "x.yml", "x\n"]
)
def test_a_bad_name_is_refused_and_nothing_is_made(seeds: Path, name: str) -> None:
    before = sorted(seeds.parent.rglob("*"))
    code, lines = run("new", "--", name)
    assert code == 2
    assert "is no name for a case: use a-z, 0-9 and hyphens" in lines[0]
    assert sorted(seeds.parent.rglob("*")) == before


def test_a_case_that_is_there_is_not_overwritten(seeds: Path) -> None:
    before = (seeds / "base" / "case.yml").read_bytes()
    assert run("new", "base") == (2, ["seeds/base is there already: choose another name"])
    assert (seeds / "base" / "case.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("title", "message"),
    [
        (" ", "--title is empty: fill it in or leave it out"),
        ("a\nid: b", '--title "a\\nid: b" is not one line of text: mend it'),
        ("\udc80", '--title "\\udc80" is not one line of text: mend it'),
        ("a\x7f", '--title "a\\x7f" is not one line of text: mend it'),
    ],
)
def test_a_title_that_is_no_line_of_text_is_refused(seeds: Path, title: str, message: str) -> None:
    assert run("new", "x", "--title", title) == (2, [message])
    assert not (seeds / "x").exists()


def test_a_template_that_lost_its_id_makes_no_half_case(seeds: Path) -> None:
    text = (seeds / "_blank" / "case.yml").read_text("utf-8")
    (seeds / "_blank" / "case.yml").write_text(text.replace("id: blank", "# id"), "utf-8")
    assert run("new", "x")[0] == 2
    assert not (seeds / "x").exists()
    shutil.rmtree(seeds / "_blank")
    assert run("new", "x") == (2, ["seeds/_blank has no case.yml: restore the template"])


def test_without_a_folder_of_cases_both_commands_say_so(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_SEEDS", "nowhere")
    wanted = 'COPYDESK_SEEDS names "nowhere", which is no folder: mend it'
    assert run("check") == (2, [wanted])
    assert run("new", "x") == (2, [wanted])


# --- the template ---------------------------------------------------------------------------------


def test_the_template_explains_the_fields_of_its_files() -> None:
    """In its first entry of each kind, a comment stands right above every field."""
    for name, first in (("marks.yml", "m01"), ("sources.yml", "engineers-report")):
        lines = (BLANK / name).read_text("utf-8").splitlines()
        start = lines.index(f"  - id: {first}")
        for number in range(start, len(lines)):
            if not lines[number].strip() or lines[number].startswith("controls"):
                break
            if lines[number].lstrip().startswith("#") or lines[number - 1].endswith(":"):
                continue
            above = lines[number - 1].lstrip()
            # A title and its date share one comment.
            assert above.startswith(("#", "title:")), f"{name}:{number + 1}"


def test_the_template_says_that_its_text_is_invented() -> None:
    assert "This report is invented." in (BLANK / "article.txt").read_text("utf-8")
    data = YAML(typ="safe").load((BLANK / "case.yml").read_text("utf-8"))
    assert "invented" in data["title"]
