"""Reading a case folder: what it gives, and that nothing in a folder makes it stumble."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from broken import BASE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.case import (
    CaseError,
    CaseNotFoundError,
    case_folders,
    find_case,
    known,
    read_case,
    read_folder,
    seeds_folder,
)
from copydesk.check import check_folder
from copydesk.document import MAX_BYTES, Document, Fault, short
from copydesk.model import Quote, Span
from copydesk.quotes import Misfit, locate, occurrences

FILES = ("article.txt", "case.yml", "marks.yml", "sources.yml", "words.en.yml")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "base"))


# --- a good case ----------------------------------------------------------------------------------


def test_a_case_is_read_with_its_spans_and_sentences(case: Path) -> None:
    read = read_case(case)
    assert read.id == "base"
    first, second = read.marks
    assert (first.id, first.span.quote, first.swap.quote) == ("m01", "furious", "A furious crowd")
    assert first.swap_text == "A crowd"
    # A mark without a swap of its own is swapped for its plain words.
    assert (second.swap, second.swap_text) == (second.span, "criticised")
    assert [read.article[m.span.start : m.span.end] for m in read.marks] == ["furious", "slammed"]
    assert read.source("report").publisher == "The Pool Paper"
    with pytest.raises(KeyError):
        read.source("nothing")


def test_nth_counts_from_the_start_of_the_article(case: Path) -> None:
    read = read_case(case)
    control = read.controls[1]
    assert control.span.quote == "said"
    assert read.article[: control.span.start].count("said") == 1


def test_marks_with_one_id_keep_their_own_places(case: Path) -> None:
    marks = (case / "marks.yml").read_text("utf-8").replace("id: m02", "id: m01")
    (case / "marks.yml").write_text(marks, "utf-8")
    assert [mark.span.quote for mark in read_case(case).marks] == ["furious", "slammed"]


def test_a_case_with_faults_is_refused_with_all_of_them(case: Path) -> None:
    marks = (case / "marks.yml").read_text("utf-8")
    (case / "marks.yml").write_text(marks.replace("furious\n", "fury\n").replace("slam", "slum"))
    (case / "article.txt").write_bytes((case / "article.txt").read_bytes() + b"More.\n")
    with pytest.raises(CaseError) as caught:
        read_case(case)
    assert len(caught.value.faults) == 3
    assert str(caught.value).count("\n") == 2


def test_the_language_of_the_case_names_its_words_file(case: Path) -> None:
    text = (case / "case.yml").read_text("utf-8") + "language: de\n"
    (case / "case.yml").write_text(text, "utf-8")
    (case / "words.en.yml").rename(case / "words.de.yml")
    assert check_folder(case) == ()
    # It does also while something else in case.yml is wrong.
    (case / "case.yml").write_text(text.replace("title:", "titre:"), "utf-8")
    assert {Path(fault.path).name for fault in check_folder(case)} == {"case.yml"}


# --- quotes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        (Quote(quote="x"), 'quote "x" is not in the article'),
        (Quote(quote="aba"), 'quote "aba" occurs 2 times: add nth: 1 or 2'),
        (Quote(quote="a"), 'quote "a" occurs 3 times: add nth: 1, 2 or 3'),
        (Quote(quote="aba", nth=3), 'quote "aba" occurs 2 times, and nth is 3: mend nth'),
        (Quote(quote="ababa", nth=2), 'quote "ababa" occurs once, and nth is 2: remove nth'),
    ],
)
def test_a_quote_without_a_place_says_what_would_mend_it(quote: Quote, message: str) -> None:
    found = locate("ababa", quote)
    assert isinstance(found, Misfit)
    assert f"{found.what}: {found.cure}".startswith(message)
    assert found.field == ("nth" if quote.nth else "quote")


def test_many_occurrences_are_not_listed_one_by_one() -> None:
    found = locate("a" * 500, Quote(quote="a"))
    assert isinstance(found, Misfit)
    assert found.cure == "add nth: 1 to 500"


@settings(deadline=None)
@given(text=st.text(min_size=1), data=st.data())
def test_any_slice_of_any_text_comes_back_from_its_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    nth = list(occurrences(text, quote)).index(start) + 1
    assert locate(text, Quote(quote=quote, nth=nth)) == Span(start=start, end=end, quote=quote)


@settings(deadline=None)
@given(st.text())
def test_a_text_in_an_error_stays_on_one_line(text: str) -> None:
    shown = short(text)
    assert len(shown.splitlines()) <= 1
    assert all(char.isprintable() for char in shown)


# --- hostile folders ------------------------------------------------------------------------------


def faults_of(case: Path) -> tuple[Fault, ...]:
    """The faults of a folder; every one of them has a file, a line, and a cure on one line."""
    faults = check_folder(case)
    for fault in faults:
        assert fault.line >= 1
        assert fault.what
        assert fault.cure
        assert len(str(fault).splitlines()) == 1
    return faults


HOSTILE: dict[str, bytes] = {
    "binary": bytes(range(256)) * 10,
    "null bytes": b"\0" * 100,
    "a null byte in a key": b"a\0b: 1\n",
    "a list": b"- 1\n- 2\n",
    "a number": b"12\n",
    "a text": b"hello\n",
    "a date": b"2023-11-15\n",
    "two documents": b"id: a\n---\nid: b\n",
    "billion laughs": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (c + 1, c + 1, c, c) for c in range(97, 121)),
    "an alias of itself": b"&a\nid: *a\n",
    "merge key": b"<<: {id: a}\n",
    "nested flow lists": b"marks: " + b"[" * 500,
    "nested closed lists": b"marks: " + b"[" * 500 + b"]" * 500,
    "nested keys": b"".join(b" " * i + b"a:\n" for i in range(800)),
    "a Python object": b"id: !!python/object/apply:os.system [ls]\n",
    "a set": b"!!set {id, marks}\n",
    "an ordered map": b"!!omap [id: 1]\n",
    "binary data": b"id: !!binary aGVsbG8=\n",
    "a key that is a list": b"? [a, b]\n: c\n",
    "a key that is a map": b"? {a: b}\n: c\n",
    "a key that is null": b"~: x\n? \n: y\n",
    "number keys": b"1: x\nmarks: {1: {why: a, plain: b, against: c}}\n",
    "a number of 6000 digits": b"sha256: " + b"9" * 6000 + b"\n",
    "no such day": b"published: 2023-99-99\n",
    "infinity": b"published: .inf\nid: .nan\n",
    "a later YAML": b"%YAML 9.9\n---\nid: a\n",
    "braces": b'id: "{0} {x} {"\npublished: "{}"\nlanguage: "{"\n',
    "percent": b'id: "%s %d %"\n',
    "terminal codes": b'id: "\\e[31mred\\e[0m \\u202e \\x07"\n',
    "lone surrogate": b'id: "\\ud800"\nmarks: "\\udfff"\n',
    "null everywhere": b"id:\ntasks:\nmarks:\ncontrols:\nreadings:\nsources:\nprompts:\n",
    "lists of null": b"tasks: [~]\nmarks: [~]\ncontrols: [~]\nreadings: [~]\nsources: [~]\n",
    "lists of lists": b"tasks: [[]]\nmarks: [[[]]]\ncontrols: [[1]]\nreadings: [[a]]\n",
    "texts for lists": b"tasks: a\nmarks: b\ncontrols: c\nreadings: d\nsources: e\nprompts: f\n",
    "maps for lists": b"tasks: {a: b}\nmarks: {a: b}\ncontrols: {}\nreadings: {}\nsources: {}\n",
    "a carriage return": b"id: a\rtitle: b\r",
    "UTF-16": "id: base\n".encode("utf-16"),
    "nothing": b"",
    "a comment": b"# nothing\n",
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_gives_faults_and_no_traceback(
    name: str, content: bytes, case: Path
) -> None:
    (case / name).write_bytes(content)
    assert faults_of(case)
    with pytest.raises(CaseError):
        read_case(case)


def test_a_huge_file_is_refused_unread(case: Path) -> None:
    with (case / "marks.yml").open("wb") as file:
        file.truncate(50_000_000)
    (fault,) = faults_of(case)
    assert "50,000,000 bytes" in fault.what
    assert f"{MAX_BYTES:,}" in fault.cure


def test_what_is_no_file_is_not_opened(case: Path) -> None:
    (case / "marks.yml").unlink()
    os.mkfifo(case / "marks.yml")
    (case / "sources.yml").unlink()
    (case / "sources.yml").mkdir()
    found = [fault.what for fault in faults_of(case)]
    assert found.count("this is not a file") >= 1


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: None])
def test_a_folder_that_is_empty_or_none_gives_faults(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "base")
    assert faults_of(tmp_path / "base")


@pytest.mark.parametrize("name", FILES)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_file_with_a_damaged_part_never_gives_a_traceback(
    name: str, case: Path, data: st.DataObject
) -> None:
    good = (BASE / name).read_bytes()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    middle = data.draw(
        st.one_of(
            st.binary(max_size=8),
            st.text(max_size=8).map(str.encode),
            st.sampled_from([b"\n", b": ", b"- ", b"[", b"}", b"&a ", b"*a", b"!x ", b"~", b"|\n"]),
        )
    )
    (case / name).write_bytes(good[:start] + middle + good[end:])
    faults_of(case)
    if not read_folder(case).faults:
        read_case(case)


def test_the_line_of_a_place_that_is_not_there_is_that_of_what_holds_it(case: Path) -> None:
    document = read_folder(case).documents["marks.yml"]
    assert document.line(("marks", 1, "nothing", 3)) == 13
    assert document.line(("marks", 99)) == 4
    assert document.name(("marks", 1, "code")) == "marks.m02.code"
    assert document.name(("marks", 99, "code")) == "marks.#100.code"
    assert Document(case).line(("x",)) == 1
    assert Document(case).name(()) == "the file"


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        *((name, True) for name in FILES),
        ("page.ipynb", True),
        ("data/deaths.csv", True),
        ("words.de.yml", True),
        ("words.pt-BR.yml", True),
        ("words.yml", False),
        ("words.old.yml", False),
        ("words.en.yml.orig", False),
        ("data/deaths.xlsx", False),
        ("data/more/deaths.csv", False),
        ("Marks.yml", False),
        ("marks.yaml", False),
        ("marksXyml", False),
        ("", False),
    ],
)
def test_a_case_may_hold_files_of_known_names(name: str, is_known: bool) -> None:
    assert known(name) is is_known


# --- where the cases are --------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's folder with two cases and a template, and a folder deep in it to work in."""
    for name in ("one", "two", "_blank", ".hidden"):
        (tmp_path / "seeds" / name).mkdir(parents=True)
    (tmp_path / "_config.yml").touch()
    (tmp_path / "book" / "teach").mkdir(parents=True)
    monkeypatch.delenv("COPYDESK_SEEDS", raising=False)
    monkeypatch.chdir(tmp_path / "book" / "teach")
    return tmp_path


def test_the_seeds_are_those_of_the_folder_around_the_working_folder(book: Path) -> None:
    assert seeds_folder() == book / "seeds"
    assert [path.name for path in case_folders(seeds_folder())] == ["one", "two"]


def test_the_environment_names_the_seeds_first(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = book / "other"
    other.mkdir()
    monkeypatch.setenv("COPYDESK_SEEDS", str(other))
    assert seeds_folder() == other
    monkeypatch.setenv("COPYDESK_SEEDS", str(book / "nowhere"))
    with pytest.raises(CaseNotFoundError, match="COPYDESK_SEEDS names"):
        seeds_folder()


def test_a_folder_named_seeds_that_is_not_the_course_is_passed_over(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "book" / "seeds").mkdir()
    assert seeds_folder() == book / "seeds"
    (book / "_config.yml").unlink()
    assert seeds_folder() == Path(__file__).resolve().parent.parent / "seeds"


def test_a_case_is_found_by_name_and_by_path(book: Path) -> None:
    assert find_case("one") == book / "seeds" / "one"
    assert find_case("_blank") == book / "seeds" / "_blank"
    assert find_case("../../seeds/two") == Path("../../seeds/two")
    assert find_case(book / "seeds" / "two") == book / "seeds" / "two"
    assert find_case(".") == Path()


@pytest.mark.parametrize("name", ["three", "one\0", "a" * 5000, "\x1b[31m"])
def test_a_case_that_is_not_there_names_those_that_are(book: Path, name: str) -> None:
    with pytest.raises(CaseNotFoundError, match=r"use one of one, two$"):
        find_case(name)


@pytest.mark.parametrize("path", ["seeds/three", Path("nowhere"), "one/../../x"])
def test_a_path_that_is_not_there_is_refused(book: Path, path: str | Path) -> None:
    with pytest.raises(CaseNotFoundError, match="there is no case"):
        find_case(path)
