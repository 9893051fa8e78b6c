"""The sort task: cards with their texts, bins that fit, and the counts of a score."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken import build
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.case import read_case
from copydesk.model import CaseRef, SortAnswer, SortTask, TaskBin, TaskCard
from copydesk.scoring import AnswerDoesNotFit, score, score_sort
from copydesk.scoring.sort import fit
from copydesk.task import build_task

ROOT = Path(__file__).parent.parent


@pytest.fixture
def task(tmp_path: Path) -> SortTask:
    """The good sort among the broken cases: a line, a quote and a text of its own."""
    built = build_task(read_case(build("_sorts", tmp_path)), "what-it-is")
    assert isinstance(built, SortTask)
    return built


def test_a_card_is_a_line_a_quote_or_a_text(task: SortTask) -> None:
    line, quote, text = task.cards
    assert line.text == "The council closed the pool on Monday. A furious crowd slammed the plan."
    assert (line.line, quote.line, text.line) == (1, 2, None)
    assert (quote.text, text.text) == ("said", "A rumour.")


def test_the_table_of_the_task_says_how_every_bin_fits(task: SortTask) -> None:
    assert [card.fits for card in task.cards] == [
        {"act": "key", "talk": "other"},
        {"act": "accepted", "talk": "key"},
        {"act": "other", "talk": "key"},
    ]
    assert [(b.letter, b.name) for b in task.bins] == [("A", "An act"), ("B", "Talk")]


def test_a_card_carries_its_sources_and_the_case_against(task: SortTask) -> None:
    assert [source.publisher for source in task.cards[1].sources] == ["The Pool Paper"]
    assert task.cards[1].against == "To say so is an act, too."
    assert task.cards[0].against is None


def test_a_bin_is_the_keys_or_accepted_or_another() -> None:
    assert [fit("a", ("b",), chosen) for chosen in "abc"] == ["key", "accepted", "other"]


def test_cards_are_counted_and_a_card_without_a_bin_is_open(task: SortTask) -> None:
    result = score_sort(task, SortAnswer(placed={"c1": "talk", "c2": "act"}, first={"c1": "act"}))
    assert (result.key, result.accepted, result.other, result.open) == (0, 1, 1, 1)
    assert [(o.card, o.bin, o.fit) for o in result.outcomes] == [
        ("c1", "talk", "other"),
        ("c2", "act", "accepted"),
    ]
    assert score(task, SortAnswer()) == score_sort(task, SortAnswer())
    assert score_sort(task, SortAnswer()).open == 3


CARD = TaskCard(
    id="c1",
    text="t",
    line=None,
    fits={"act": "key", "talk": "other"},
    why="w",
    against=None,
    sources=(),
)
THREE = SortTask(
    id="t",
    case=CaseRef(id="c", sha256="0" * 64, title="T", publisher="P", published="2024", url=None),
    language="en",
    prompt="p",
    lines=(),
    ui={},
    bins=tuple(TaskBin(id=b, letter=b[0], name=b, what=b) for b in ("act", "talk")),
    cards=tuple(CARD.model_copy(update={"id": name}) for name in ("c1", "c2", "c3")),
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["c1", "c2", "c3"]), st.sampled_from(["act", "talk"])))
def test_the_four_counts_add_up(placed: dict[str, str]) -> None:
    result = score_sort(THREE, SortAnswer(placed=placed))
    assert result.key + result.accepted + result.other + result.open == 3
    assert result.key == sum(chosen == "act" for chosen in placed.values())


def test_an_answer_to_another_sort_is_refused_with_all_that_is_strange(task: SortTask) -> None:
    answer = SortAnswer(
        placed={"c1": "shelf", "c9": "act"}, first={"c8": "act"}, dissent={"c7": ""}
    )
    with pytest.raises(AnswerDoesNotFit) as caught:
        score_sort(task, answer)
    for strange in ("card c1 in bin shelf", "card c9", "first: card c8", "dissent: card c7"):
        assert strange in str(caught.value)


def test_a_task_without_its_sort_is_named() -> None:
    case = read_case(ROOT / "seeds" / "ain-al-asad-2023")
    with pytest.raises(ValueError, match='has no sort "what-each-line-adds"'):
        build_task(case.model_copy(update={"sorts": ()}), "what-each-line-adds")


def test_the_real_sort_has_a_card_for_every_line(tmp_path: Path) -> None:
    case = read_case(ROOT / "seeds" / "ain-al-asad-2023")
    built = build_task(case, "what-each-line-adds")
    assert isinstance(built, SortTask)
    assert [card.text for card in built.cards] == case.article.split("\n")
