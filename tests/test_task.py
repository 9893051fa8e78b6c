"""From a case to a task: words, word numbers, and JSON that a page can use as it stands."""

from __future__ import annotations

import json
import unicodedata
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from broken import BASE
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.case import read_case
from copydesk.model import CODES, ImpressionTask, MarkTask, Quote, Span
from copydesk.quotes import locate, occurrences
from copydesk.task import build_task, code_infos, cut, ui_strings, word_range, words_of

# The words of the real article, counted by `wc -w`; no dash in it parts two words.
WORDS = 354

REAL = Path(__file__).parent.parent / "seeds" / "ain-al-asad-2023"

CURRENCY = {chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) == "Sc"}

# Texts in which a wrong count of code points, code units or words would show.
ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "\u0301\u0308\ufe0f\u200d\u200f\u202e\u0600ּً👍🏽🇮🇶𝒜𐍈בשلا؟،“”’–—-$%\n\r\u2028 \t"
        ),
    ),
    max_size=40,
)


def quotes(text: str) -> list[str]:
    return [word.quote for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“directly hit their targets.”", ["directly", "hit", "their", "targets"]),
        ("anti-terror Kata'ib 11,320 $14.3-billion 5%.", None),
        ("(100 miles)", ["100", "miles"]),
        ("war—the war – and", ["war", "the", "war", "and"]),
        ("... – “” \n", []),
        ("cafe\u0301 nai\u0308ve, e\u0301.", ["cafe\u0301", "nai\u0308ve", "e\u0301"]),
        # A heart, written with the selector for emoji; a thumb with a skin tone; a flag.
        ("I \u2764\ufe0f it 👍🏽 🇮🇶", ["I", "it"]),
        ("yes\u2764\ufe0f", ["yes"]),
        ("\u0301a", ["a"]),
        ("شَهِيد، قال", ["شَهِيد", "قال"]),
        ("\u200fשלום\u200f!", ["שלום"]),
        ("𝒜𝒷 𐍈", ["𝒜𝒷", "𐍈"]),
        ("", []),
    ],
)
def test_words_are_runs_without_the_punctuation_around_them(
    text: str, words: list[str] | None
) -> None:
    if words is None:
        words = ["anti-terror", "Kata'ib", "11,320", "$14.3-billion", "5%"]
    assert quotes(text) == words


@settings(deadline=None)
@given(ODD)
@example("\u2764\ufe0f")
def test_the_pieces_of_a_text_join_to_the_text(text: str) -> None:
    lines = cut(text)
    assert "\n".join("".join(line) for line in lines) == text
    assert all(len(line) % 2 == 1 for line in lines)
    # The odd pieces are the words, in order; a page numbers them as Python does.
    assert list(chain.from_iterable(line[1::2] for line in lines)) == quotes(text)


@settings(deadline=None)
@given(ODD)
def test_words_stand_where_they_say_and_never_touch(text: str) -> None:
    words = words_of(text)
    for word in words:
        assert text[word.start : word.end] == word.quote
        assert not any(char.isspace() for char in word.quote)
        assert unicodedata.category(word.quote[0])[0] in "LN" or word.quote[0] in CURRENCY
    assert all(one.end < two.start for one, two in pairwise(words))


@settings(deadline=None)
@given(ODD.filter(bool), st.data())
def test_a_slice_survives_as_quote_place_and_word_numbers(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    nth = list(occurrences(text, quote)).index(start) + 1
    span = locate(text, Quote(quote=quote, nth=nth))
    assert span == Span(start=start, end=end, quote=quote)
    words = words_of(text)
    touched = [
        number
        for number, word in enumerate(words)
        if set(range(word.start, word.end)) & set(range(start, end))
    ]
    assert word_range(words, span) == ((touched[0], touched[-1]) if touched else None)


# --- the real case --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mark_task() -> MarkTask:
    task = build_task(read_case(REAL), "loaded-language")
    assert isinstance(task, MarkTask)
    return task


def flat(task: MarkTask) -> list[str]:
    return [word for line in task.lines for word in line[1::2]]


def test_the_article_has_its_lines_and_words(mark_task: MarkTask) -> None:
    article = (REAL / "article.txt").read_text("utf-8")
    assert "\n".join("".join(line) for line in mark_task.lines) == article
    assert len(mark_task.lines) == 13
    assert len(flat(mark_task)) == WORDS


def test_each_mark_and_control_of_the_key_has_the_words_of_its_quote(mark_task: MarkTask) -> None:
    case, words = read_case(REAL), flat(mark_task)
    pairs = [*zip(case.marks, mark_task.key, strict=True)]
    assert pairs
    for mark, key in pairs:
        assert key.id == mark.id
        assert words[key.first : key.last + 1] == quotes(mark.span.quote)
        assert words[key.swap.first : key.swap.last + 1] == quotes(mark.swap.quote)
        assert key.swap.first <= key.first <= key.last <= key.swap.last
    for control, placed in zip(case.controls, mark_task.controls, strict=True):
        assert words[placed.first : placed.last + 1] == quotes(control.span.quote)


def test_the_reach_of_a_mark_stays_inside_its_line(mark_task: MarkTask) -> None:
    line_of = [number for number, line in enumerate(mark_task.lines) for _ in line[1::2]]
    for key in mark_task.key:
        low, high = key.reach
        assert low <= key.first <= key.last <= high
        assert line_of[low] == line_of[key.first] == line_of[high]


def test_a_task_comes_back_from_its_json(mark_task: MarkTask) -> None:
    text = mark_task.model_dump_json(by_alias=True)
    assert MarkTask.model_validate_json(text) == mark_task
    data = json.loads(text)
    assert data["schema"] == "copydesk.task/1"
    assert data["prompt"].startswith("Mark every word")
    impression = build_task(read_case(REAL), "first-impression")
    again = ImpressionTask.model_validate_json(impression.model_dump_json(by_alias=True))
    assert again == impression


def numbers(value: Any) -> set[int]:
    """Every whole number anywhere in a piece of JSON."""
    if isinstance(value, dict):
        return set().union(*(numbers(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(numbers(item) for item in value))
    return {value} if isinstance(value, int) else set()


def keys(value: Any) -> set[str]:
    """Every key anywhere in a piece of JSON."""
    if isinstance(value, dict):
        return set(value).union(*(keys(item) for item in value.values()))
    return set().union(*(keys(item) for item in value)) if isinstance(value, list) else set()


def test_the_json_of_a_task_carries_no_offset_of_code_points(mark_task: MarkTask) -> None:
    data = json.loads(mark_task.model_dump_json(by_alias=True))
    assert not keys(data) & {"start", "end", "span", "offset"}
    # Each number is a word's number or a strength; offsets of the article run to 2,342.
    assert max(numbers(data)) < WORDS


# --- tasks ----------------------------------------------------------------------------------------


def test_a_task_that_the_case_does_not_have_names_those_it_has() -> None:
    with pytest.raises(ValueError, match='no task "x": use one of first-impression, loaded-lang'):
        build_task(read_case(BASE), "x")


def test_every_code_has_a_name_a_meaning_and_a_letter_of_its_own() -> None:
    infos = code_infos()
    assert tuple(info.code for info in infos) == CODES
    assert len({info.letter for info in infos}) == len(CODES)
    assert all(info.name and info.what for info in infos)


def test_a_language_without_strings_of_its_own_gets_the_english_ones() -> None:
    assert ui_strings("xx") == ui_strings("en") == ui_strings("en-GB")
