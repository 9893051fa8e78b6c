"""Hostile and unlucky files: each is a line in the report with its reason, and none stops it."""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from class_kit import K1, SHA, TASKS, entry, marks, sheet, write, write_five
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.answers import LARGEST_FILE
from copydesk.report import make_report
from copydesk.report.reading import DEEPEST, find_files
from copydesk.report.sheets import OUR_FAULT, Kept, Raw, Reader

GOOD = sheet("good", entry(marks(K1)))
GOOD_TEXT = json.dumps(GOOD)


def read(data: bytes) -> tuple[str, str, Kept]:
    """State and reason of a file with these bytes, and what is kept of it."""
    kept = Kept()
    Reader(TASKS).read(Raw(0, "key", "name", len(data), data), kept)
    (row,) = kept.rows["files"]
    return row[5], row[6], kept


def as_bytes(data: Any) -> bytes:
    return data if isinstance(data, bytes) else json.dumps(data).encode()


def of(answer: Any, **over: Any) -> dict[str, Any]:
    return sheet("x", entry(answer, **over))


BIG = 10**400
REFUSED: dict[str, tuple[Any, str]] = {
    "empty": (b"", "is empty"),
    "white space": (b" \n\t ", "is empty"),
    "not JSON": (b"%PDF-1.7 ...", "not valid JSON"),
    "Latin-1": ("caf\xe9".encode("latin-1"), "no text in UTF-8"),
    "noise": (bytes(range(256)), "no text in UTF-8"),
    "a zip without its ending": (b"PK\x03\x04....", "give it that ending"),
    "deep lists": (b"[" * 100_000 + b"]" * 100_000, "nests too deep"),
    "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nests too deep"),
    "a list": ([], "not an answer sheet"),
    "a number": (b"1" * 5000, "not valid JSON"),
    "null": (None, "not an answer sheet"),
    "another program's": ({"schema": "other/1"}, "not an answer sheet"),
    "a schema that is a list": ({"schema": ["copydesk.answers/1"]}, "not an answer sheet"),
    "a later schema": ({"schema": "copydesk.answers/2"}, "read it with the version that wrote it"),
    "an endless schema": ({"schema": "copydesk.answers/" + "9" * 99_999}, "is not copydesk"),
    "no answers": (sheet("x"), "holds no answer"),
    "answers no list": (GOOD | {"answers": {}}, "valid"),
    "too many answers": (GOOD | {"answers": [1] * 200_000}, "no course has so many tasks"),
    "a field too many": (GOOD | {"password": "x"}, "password"),
    "a code that is a number": (GOOD | {"code": 7}, "code"),
    "a code that is a novel": (GOOD | {"code": "x" * 41}, "code"),
    "NaN": (GOOD_TEXT.replace("[1, 1,", "[NaN, 1,").encode(), "NaN is no number in JSON"),
    "Infinity": (GOOD_TEXT.replace("[1, 1,", "[Infinity, 1,").encode(), "Infinity is no number"),
    "1e999": (GOOD_TEXT.replace("[1, 1,", "[1e999, 1,").encode(), "marks.0.0"),
    "a fraction": (of({"marks": [[1.5, 2, "LABEL"]]}), "marks.0.0"),
    "a truth value": (of({"marks": [[True, 2, "LABEL"]]}), "marks.0.0"),
    "a text for a number": (of({"marks": [["1", 2, "LABEL"]]}), "marks.0.0"),
    "a negative word": (of({"marks": [[-1, 2, "LABEL"]]}), "marks.0.0"),
    "a word that is not there": (of({"marks": [[1, 12, "LABEL"]]}), "ends with word 11"),
    "a huge word": (of({"marks": [[1, BIG, "LABEL"]]}), "ends with word 11"),
    "two huge words": (of({"marks": [[BIG, 1, "LABEL"]]}), "ends (word 1) before"),
    "an unknown code": (of({"marks": [[1, 1, "<script>"]]}), "marks.0.2"),
    "a mark too short": (of({"marks": [[1, 1]]}), "marks.0"),
    "marks that are a text": (of({"marks": "all"}), "marks"),
    "a million marks": (
        b'{"schema":"copydesk.answers/1","answers":[{"case":"tiny","sha256":"' + SHA.encode()
        + b'","task":"marks","kind":"mark","saved":"","answer":{"marks":['
        + b"[1,1,0]," * 1_000_000 + b"[1,1,0]]}}]}",
        "larger than 5,000,000 bytes",
    ),
    "200,000 marks": (
        of({"marks": [[1, 1, "LABEL"]] * 200_000}),
        "more than the article has words",
    ),
    "200,000 dissents": (
        of({"dissent": {str(n): "x" for n in range(200_000)}}),
        "more than the article has words",
    ),
    "a long dissent": (of({"dissent": {"k1": "x" * 2001}}), "dissent.k1"),
    "an unknown answer field": (of({"marks": [], "grade": 1}), "grade"),
    "another case": (of(marks(K1), case="other"), "not about that case"),
    "another text": (of(marks(K1), sha256="cd" * 32), "another version of the article"),
    "a hash that is none": (of(marks(K1), sha256="<b>"), "sha256"),
    "another task": (of(marks(K1), task="nope"), "no such task"),
    "another kind": (of(marks(K1), kind="impression"), "of the kind impression, not mark"),
    "trust of 6": (of({"trust": 6}, task="first", kind="impression"), "trust"),
    "trust of 1.0": (of({"trust": 1.0}, task="first", kind="impression"), "trust"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_says_why(name: str) -> None:
    data, reason = REFUSED[name]
    state, said, kept = read(as_bytes(data))
    assert state == "refused"
    assert reason in said
    assert OUR_FAULT not in said
    assert len(said) < 2_500
    assert [table for table, rows in kept.rows.items() if rows] == ["files"]


def test_one_bad_answer_leaves_the_others_in_use() -> None:
    state, reason, kept = read(
        as_bytes(sheet("x", entry(marks(K1)), entry({"trust": 9}, "first", "impression")))
    )
    assert state == "in part"
    assert reason.startswith("answer 2 (tiny/first): answer.trust")
    assert len(kept.rows["mark_scores"]) == 1


USED: dict[str, bytes] = {
    "a mark of order": b"\xef\xbb\xbf" + GOOD_TEXT.encode(),
    "UTF-16": GOOD_TEXT.encode("utf-16"),
    "half an emoji": GOOD_TEXT.replace('"good"', '"go\\ud83dod"').encode(),
    "half an emoji in a key": as_bytes(of(marks(K1, dissent={"k1": "x"}))).replace(
        b'"k1"', b'"\\udc00"'
    ),
    "NUL in a text": as_bytes(of(marks(K1, dissent={"k1": "a\0b"}))),
    "a time that is none": as_bytes(of(marks(K1), saved="<script>alert(1)</script>" * 99)),
    "the same mark often": as_bytes(of({"marks": [[1, 1, "LABEL"]] * 72})),
}


@pytest.mark.parametrize("name", USED)
def test_a_file_that_can_be_used_is_used(name: str) -> None:
    state, reason, kept = read(USED[name])
    assert (state, reason) == ("used", "")
    assert len(kept.rows["mark_scores"]) == 1
    for rows in kept.rows.values():
        for row in rows:
            for value in row:
                # What can be stored and shown: no half characters, nothing that ends a text early.
                assert not isinstance(value, str) or "\0" not in value.encode("utf-8").decode()


# --- folders and archives -------------------------------------------------------------------------


def listed(path: Path) -> dict[str, str]:
    """Each file found, with the reason why it is not read, or "" when it is."""
    from copydesk.report.workers import raw

    return {f.name: raw(0, f).reason for f in find_files(path)}


def test_links_pipes_and_system_files_are_listed_and_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    secret = write(tmp_path, "secret.json", GOOD)
    write(folder, "good.json", GOOD)
    write(folder, ".DS_Store", b"\0")
    write(folder, "__MACOSX/._good.json", b"\0")
    (folder / "link.json").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.json")
    write(folder, "large.json", b" " * (LARGEST_FILE + 1))
    found = listed(folder)
    assert found.pop("good.json") == ""
    assert {name: reason.split(":")[0][:28] for name, reason in found.items()} == {
        ".DS_Store": "made by the computer's syste",
        "__MACOSX/._good.json": "made by the computer's syste",
        "link.json": "is a link; links are not fol",
        "folder": "is a link; links are not fol",
        "loop": "is a link; links are not fol",
        "pipe.json": "is no ordinary file",
        "large.json": "has 5,000,001 bytes",
    }


def test_a_tree_that_goes_on_and_on_ends(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (DEEPEST + 5))
    write(deep, "x.json", GOOD)
    (found,) = listed(tmp_path).items()
    assert found[0].endswith("d/")
    assert "folders deep" in found[1]


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname != "Linux", reason="names are bytes")
def test_a_name_that_is_no_text_is_shown_and_the_file_is_read(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\n<b>.json"
    with open(name, "wb") as file:
        file.write(GOOD_TEXT.encode())
    assert listed(tmp_path) == {"\\udcff\\n<b>.json": ""}
    summary = make_report(tmp_path, tmp_path / "out", TASKS)
    assert summary.used == 1


def packed(tmp_path: Path, *files: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in files:
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return path


def test_names_that_lead_out_of_an_archive_are_refused_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    link = zipfile.ZipInfo("link.json")
    link.external_attr = 0o120777 << 16
    bad = ["../up.json", "/abs.json", "a/../../up.json", "C:/x.json", "..\\up.json", "\\\\h\\x"]
    path = packed(
        tmp_path, *((name, GOOD_TEXT.encode()) for name in bad), (link, b"/etc/passwd"),
        ("ok.json", GOOD_TEXT.encode()), ("in.zip", b"PK\x03\x04"),
    )  # fmt: skip
    before = sorted(tmp_path.rglob("*"))
    found = listed(path)
    assert sorted(tmp_path.rglob("*")) == before
    assert found.pop("ok.json") == ""
    assert "is a link" in found.pop("link.json")
    assert "zip inside a zip" in found.pop("in.zip")
    assert set(found.values()) == {"its name leads out of the archive"}
    assert len(found) == len(bad)


def test_a_bomb_in_an_archive_is_a_line_in_the_report(tmp_path: Path) -> None:
    path = packed(tmp_path, ("bomb.json", b" " * 200_000_000), ("ok.json", GOOD_TEXT.encode()))
    assert path.stat().st_size < 300_000
    found = listed(path)
    assert "has 200,000,000 bytes" in found["bomb.json"]
    assert found["ok.json"] == ""


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path, ("bomb.json", b" " * 50_000_000))
    data = path.read_bytes()
    # The size stands in the list at the end and in the head of the file.
    path.write_bytes(data.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 2_000)))
    (reason,) = listed(path).values()
    assert "is damaged inside the archive" in reason


def test_many_files_that_are_each_small_enough_run_out_of_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk.report import reading

    monkeypatch.setattr(reading, "FREE_GROWTH", 1_000_000)
    path = packed(tmp_path, *((f"{n:03}.json", b" " * 900_000) for n in range(40)))
    reasons = list(listed(path).values())
    assert reasons[0] == ""
    assert reasons[-1] == "the archive would grow to more than any class hands in"
    assert reasons == sorted(reasons, key=bool)


def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a.json", GOOD_TEXT.encode()), ("b.json", GOOD_TEXT.encode()))
    with zipfile.ZipFile(path) as archive:
        second = archive.infolist()[1].header_offset
    data = path.read_bytes()
    # In the list at the end, let b start where a does: two files, one set of bytes.
    at = data.rindex(b"PK\x01\x02")
    assert struct.unpack_from("<I", data, at + 42)[0] == second
    path.write_bytes(data[: at + 42] + struct.pack("<I", 0) + data[at + 46 :])
    assert set(listed(path).values()) == {
        "shares its bytes with another file of the archive: pack it again"
    }


def test_a_file_without_a_name_in_an_archive_is_a_line_too(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a", GOOD_TEXT.encode()))
    data = bytearray(path.read_bytes())
    # The name's first byte, in the list at the end: what follows a NUL is no part of a name.
    data[data.rindex(b"PK\x01\x02") + 46] = 0
    path.write_bytes(data)
    (said,) = listed(path).values()
    assert said == "its name leads out of the archive"


def lock(data: bytearray, at: int) -> None:
    data[at] |= 1


def other_method(data: bytearray, at: int) -> None:
    data[at + 2 : at + 4] = struct.pack("<H", 14)  # lzma


@pytest.mark.parametrize(
    ("change", "reason"), [(lock, "password"), (other_method, "not read here")]
)
def test_locked_and_strange_archives_are_refused(
    change: Callable[[bytearray, int], None], reason: str, tmp_path: Path
) -> None:
    path = packed(tmp_path, ("a.json", GOOD_TEXT.encode()))
    data = bytearray(path.read_bytes())
    change(data, data.rindex(b"PK\x01\x02") + 8)
    path.write_bytes(data)
    (said,) = listed(path).values()
    assert reason in said


def test_damaged_archives_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, ("a.json", GOOD_TEXT.encode() * 50))
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)
    (said,) = listed(path).values()
    assert "damaged inside the archive" in said
    write(tmp_path / "class", "cut.zip", bytes(data[:100]))
    (said,) = listed(tmp_path / "class").values()
    assert "is no zip that can be read" in said


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_bytes_in_an_archive_stop_the_reading(data: st.DataObject) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"{n}.json", GOOD_TEXT)
    whole = bytearray(stream.getvalue())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"copydesk-fuzz-{os.getpid()}.zip"  # noqa: S108
    path.write_bytes(whole)
    try:
        for name, reason in listed(path).items():
            assert name.isprintable()
            assert reason.isprintable()
    finally:
        path.unlink()


# --- tables for spreadsheets ----------------------------------------------------------------------

FORMULAS = [
    '=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\ufeff=1",
    "\uff1d1+1", '"=1', "=1,2", "=1\n=2",
]  # fmt: skip


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    for n, formula in enumerate(FORMULAS):
        answers = [
            entry(marks(K1, dissent={formula: formula, "k1": formula}), saved=formula),
            entry({"trust": 3, "happened": formula, "want": formula}, "first", "impression"),
        ]
        write(tmp_path / "a", f"{n}.json", sheet(formula, *answers))
        if "/" not in formula:
            write(tmp_path / "a", formula.replace("\n", "") + f"{n}.txt", formula)
    make_report(tmp_path / "a", tmp_path / "out", TASKS)
    cells = 0
    for name in ("scores.csv", "marks.csv", "unused.csv"):
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    cells += 1
                    bare = cell.lstrip(" \n\ufeff")
                    if bare[:1] and bare[0] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20":
                        assert bare[0] == "-", (name, cell)
                        float(cell)  # a number of ours, and no text
    assert cells > 500


# --- whatever comes -------------------------------------------------------------------------------

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    state, reason, _ = read(data)
    assert state == "refused"
    assert reason
    assert OUR_FAULT not in reason


@st.composite
def changed_sheets(draw: st.DrawFn) -> bytes:
    """A good sheet with one to three of its parts replaced by something else."""
    data = json.loads(
        json.dumps(sheet("x", entry(marks(K1, dissent={"k1": "a"})), entry({"trust": 1}, "first")))
    )
    for _ in range(draw(st.integers(1, 3))):
        node, depth = data, draw(st.integers(0, 6))
        for _ in range(depth):
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(node[key], dict | list):
                node[key] = draw(json_values)
                break
            node = node[key]
        else:
            if isinstance(node, dict):
                node[draw(st.text(max_size=8))] = draw(json_values)
            else:
                node.append(draw(json_values))
    return json.dumps(data).encode()


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed_sheets())
def test_no_change_of_a_sheet_breaks_the_reading(data: bytes) -> None:
    state, reason, kept = read(data)
    assert OUR_FAULT not in reason
    assert (state == "used") == (not reason)
    kept.columns()


def test_a_class_with_every_bad_file_is_reported_with_a_line_for_each(tmp_path: Path) -> None:
    folder = write_five(tmp_path / "a")
    for n, (data, _) in enumerate(REFUSED.values()):
        write(folder, f"bad-{n:02}.json", as_bytes(data))
    for n, data in enumerate(USED.values()):
        write(folder, f"odd-{n:02}.json", data)
    summary = make_report(folder, tmp_path / "out", TASKS)
    assert summary.refused == len(REFUSED)
    assert summary.used == 5 + len(USED)
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    for n in range(len(REFUSED)):
        assert f"bad-{n:02}.json" in page
    assert OUR_FAULT not in page
    assert "<script" not in page.lower()
