"""What is not there: the data are what was handed over, and the figures say what they count."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from copydesk.case import Case, read_case
from copydesk.figures import build_figure
from copydesk.figures.omission import line_adds, when, word_count_of
from copydesk.model import Event, EventEntry, EventWords, ReuseRow
from copydesk.rows import load_rows

ROOT = Path(__file__).parent.parent
HANDED = list(
    csv.DictReader(
        (ROOT / "tests" / "data" / "handed-over" / "reuse_by_line.csv")
        .read_text("utf-8")
        .splitlines()
    )
)
PARTS = {
    "event": "event",
    "event (party's claim)": "claim",
    "party's reason": "reason",
    "event (not known)": "not-known",
    "party's statement": "statement",
    "background: US role": "background-us",
    "background: the war": "background-war",
    "background: the dead of one side": "background-dead",
}


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(ROOT / "seeds" / "ain-al-asad-2023")


def test_the_table_of_reuse_is_the_one_that_was_handed_over(case: Case) -> None:
    assert len(case.reuse) == len(HANDED) == 13
    for row, handed in zip(case.reuse, HANDED, strict=True):
        assert row.line == int(handed["line"])
        assert row.part == PARTS[handed["part"]]
        assert row.words == int(handed["words"])
        assert row.share == float(handed["share_of_words_in_5_word_runs_found_again"])
        assert row.longest_run == int(handed["longest_run_words"])
        source = case.source(row.source)
        assert (source.publisher, source.date) == (handed["outlet"], handed["date"])
        assert source.url == handed["url"]


def test_the_sort_and_the_figure_agree_on_what_each_line_adds(case: Case) -> None:
    (sort,) = (sort for sort in case.sorts if sort.id == "what-each-line-adds")
    assert [card.bin for card in sort.cards] == line_adds(case)


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [
        ("Iranian, IRAN, Tehran", "Iran", 2),
        ("hostages: no hostage", "hostage", 2),
        ("", "Hamas", 0),
        ("Ham as", "Hamas", 0),
    ],
)
def test_a_word_is_found_inside_longer_ones_and_in_capitals(
    text: str, word: str, count: int
) -> None:
    assert word_count_of(text, word) == count


def test_the_words_that_never_occur_are_counted_in_the_article(case: Case) -> None:
    picture = build_figure(case, "absent-words")
    assert picture.table.rows[:3] == [["Hamas", "0"], ["Iran", "0"], ["hostage", "0"]]
    assert picture.alt.startswith("Never in the article: Hamas, Iran, hostage.")
    other = case.model_copy(update={"article": case.article + " Hamas hostages"})
    assert build_figure(other, "absent-words").table.rows[:3] == [
        ["Hamas", "1"],
        ["Iran", "0"],
        ["hostage", "1"],
    ]


def test_the_lines_add_up_to_the_article(case: Case) -> None:
    picture = build_figure(case, "lines-by-part")
    assert sum(int(row[1]) for row in picture.table.rows) == 354
    assert "354 words, 91 (26 percent)" in picture.alt


def test_the_reuse_figure_names_outlet_date_and_address(case: Case) -> None:
    text = build_figure(case, "found-again")._repr_html_()
    for part in ("Syria Truths", "2023-12-06", "syriatruths.com"):
        assert part in text


def _event(day: str) -> Event:
    entry = EventEntry(id="e", date=day, source="s", lines=(1,))
    return Event(entry=entry, words=EventWords(issuer="i", what="w"))


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2023-11-14", -1),
        ("2023-11-15", 0),
        ("2023-11-16", 1),
        ("2023-10", -1),
        ("2023-12", 1),
        ("2024", None),
    ],
)
def test_an_event_stands_before_on_or_after_the_day(day: str, place: int | None) -> None:
    if place is None:
        with pytest.raises(ValueError, match="pattern"):
            _event(day)
    else:
        assert when(_event(day), date(2023, 11, 15)) == place


def test_the_timeline_has_every_event_in_order_with_its_source(case: Case) -> None:
    rows = build_figure(case, "known-when").table.rows
    assert len(rows) == len(case.events)
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    places = [row[1] for row in rows]
    assert places == sorted(places, key=["before", "same day", "after"].index)
    assert all(row[5] for row in rows)


def test_what_was_known_before_rests_on_what_could_be_read_by_then(case: Case) -> None:
    day = case.entry.published.isoformat()
    early = [event.entry for event in case.events if event.entry.date <= day]
    assert len(early) > 10
    for entry in early:
        assert (case.source(entry.source).date or "9") <= day, entry.id


def test_both_sides_dead_stand_in_the_timeline_with_issuer_and_date(case: Case) -> None:
    told = [(e.entry.date, e.words.issuer, e.words.what) for e in case.events]
    assert ("2023-11-10", "Gaza health ministry", "11,078 dead; then its daily count stops") in told
    assert any(
        issuer == "Israel’s foreign ministry" and "1,200" in what and day == "2023-11-10"
        for day, issuer, what in told
    )


@pytest.mark.parametrize("figure", ["lines-by-part", "absent-words", "known-when"])
def test_a_case_without_its_file_says_so(case: Case, figure: str) -> None:
    bare = case.model_copy(update={"omission": None, "events": ()})
    if figure == "known-when":
        assert build_figure(bare, figure).table.rows == []
    else:
        with pytest.raises(ValueError, match=r"has no omission\.yml"):
            build_figure(bare, figure)


def test_rows_that_are_no_csv_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "reuse.csv"
    path.write_text('line,part,words,share,longest_run,source\n1,"a"b,1,0,0,s\n', "utf-8")
    rows, (fault,) = load_rows(path, ReuseRow)
    assert rows == ()
    assert fault.line == 2
    assert "not CSV" in fault.what
    assert load_rows(tmp_path / "none.csv", ReuseRow)[1][0].what == "the file is missing"
