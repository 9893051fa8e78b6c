"""Comparisons, labels and source cards: what a task carries, its score, what the seeds hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from broken import build
from hypothesis import given
from hypothesis import strategies as st

from copydesk import open_case
from copydesk.case import read_case
from copydesk.model import (
    CompareAnswer,
    CompareTask,
    MatchAnswer,
    MatchTask,
    RoundAnswer,
)
from copydesk.model.outlets import OUTLET_QUESTIONS
from copydesk.rules.labels import LABEL_WORDS
from copydesk.scoring import AnswerDoesNotFit, score, score_compare, score_match
from copydesk.scoring.compare import place_of, result, results
from copydesk.scoring.match import ordered_pairs, same_order
from copydesk.task import build_task, words_of
from copydesk.widgets import TaskWidget, task_html

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
REAL = SEEDS / "ain-al-asad-2023"
CONSTRUCTED = ("constructed-wire", "constructed-press-release", "constructed-opposing")


@pytest.fixture
def small(tmp_path: Path) -> CompareTask:
    """The good comparison among the broken cases: two accounts, two points."""
    task = build_task(read_case(build("_beside", tmp_path)), "compare-them")
    assert isinstance(task, CompareTask)
    return task


@pytest.fixture(scope="module")
def task() -> CompareTask:
    found = build_task(read_case(REAL), "side-by-side")
    assert isinstance(found, CompareTask)
    return found


@pytest.fixture(scope="module")
def match() -> MatchTask:
    found = build_task(read_case(REAL), "who-called-it-that")
    assert isinstance(found, MatchTask)
    return found


# --- the compare task ---------------------------------------------------------------------------


def test_what_can_be_read_off_the_accounts_is_the_key(small: CompareTask) -> None:
    closing, noon = small.points
    sourced, plainest = closing.questions
    assert (sourced.kind, sourced.fits) == ("sourced", {"base": "other", "other": "key"})
    assert plainest.fits == {"base": "accepted", "other": "key"}
    assert noon.questions[0].fits == {"base": "other", "other": "key"}
    assert set(noon.cells) == {"base"}


def test_the_results_are_a_table_of_every_choice(small: CompareTask) -> None:
    sourced, plainest = small.points[0].questions
    # none, base, other, both
    assert sourced.results == ("other", "other", "key", "partly")
    assert plainest.results[:3] == ("other", "accepted", "key")


@pytest.mark.parametrize(
    ("key", "chosen", "wanted"),
    [
        ("ab", "ab", "key"),
        ("ab", "a", "partly"),
        ("ab", "abc", "partly"),
        ("ab", "c", "other"),
        ("ab", "", "other"),
        ("", "", "key"),
        ("", "a", "other"),
    ],
)
def test_several_accounts_may_be_chosen(key: str, chosen: str, wanted: str) -> None:
    assert result(key, "", chosen, multiple=True) == wanted


def test_one_account_of_several_that_are_equally_right_is_the_keys() -> None:
    assert result("ab", "c", "b", multiple=False) == "key"
    assert result("ab", "c", "c", multiple=False) == "accepted"
    assert result("ab", "c", "d", multiple=False) == "other"


@given(st.sets(st.sampled_from("abcd")), st.sets(st.sampled_from("abcd")), st.booleans())
def test_a_choice_is_found_at_its_place(key: set[str], chosen: set[str], multiple: bool) -> None:
    table = results("abcd", key, "", multiple=multiple)
    assert len(table) == 16
    assert table[place_of("abcd", chosen)] == result(key, "", sorted(chosen), multiple=multiple)


def test_a_comparison_is_scored_from_its_points_and_open_is_not_wrong(small: CompareTask) -> None:
    answer = CompareAnswer(
        points={"closing": {"sourced": ("other",), "plainest": ("base",)}, "noon": {"absent": ()}},
        first={"closing": {"sourced": ("base",)}},
    )
    found = score_compare(small, answer)
    assert (found.key, found.accepted, found.partly, found.other, found.open) == (1, 1, 0, 1, 0)
    assert [outcome.result for outcome in found.outcomes] == ["key", "accepted", "other"]
    first = score_compare(small, answer.model_copy(update={"points": answer.first}))
    assert (first.other, first.open) == (1, 2)
    assert score(small, answer) == found


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (CompareAnswer(points={"dusk": {}}), "point dusk"),
        (CompareAnswer(points={"noon": {"sourced": ()}}), "question sourced of noon"),
        (CompareAnswer(points={"noon": {"absent": ("third",)}}), "accounts third"),
        (CompareAnswer(first={"closing": {"plainest": ("base", "other")}}), "more than one"),
        (CompareAnswer(dissent={"dusk": "No."}), "dissent: point dusk"),
    ],
)
def test_a_comparison_of_another_task_is_refused(
    small: CompareTask, answer: CompareAnswer, named: str
) -> None:
    with pytest.raises(AnswerDoesNotFit, match=named):
        score_compare(small, answer)


def test_each_highlight_is_the_quote_it_stands_for(task: CompareTask) -> None:
    accounts = {account.id: account for account in task.accounts}
    for point in task.points:
        for name, cell in point.cells.items():
            article = "\n".join("".join(line) for line in accounts[name].lines)
            words = words_of(article)
            shown = article[words[cell.first].start : words[cell.last].end]
            assert shown in cell.quote
            assert [w.quote for w in words_of(cell.quote)] == [w.quote for w in words_of(shown)]


def test_the_comparison_has_the_article_and_three_constructed_accounts(task: CompareTask) -> None:
    assert [account.id for account in task.accounts] == ["ain-al-asad-2023", *CONSTRUCTED]
    assert [account.constructed for account in task.accounts] == [False, True, True, True]
    assert 10 <= len(task.points) <= 12
    assert all(1 <= len(point.questions) <= 3 for point in task.points)


def test_the_key_praises_and_blames_no_account_always(task: CompareTask) -> None:
    leaning: dict[str, int] = {}
    for point in task.points:
        for question in point.questions:
            if question.kind == "leans":
                for name in (n for n, fit in question.fits.items() if fit == "key"):
                    leaning[name] = leaning.get(name, 0) + 1
    # The devices lean in different directions: no one account is the bad example.
    assert len(leaning) >= 3
    assert max(leaning.values()) <= sum(leaning.values()) / 2


# --- the constructed accounts -------------------------------------------------------------------


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_a_constructed_account_is_short_and_says_what_it_is(name: str) -> None:
    case = read_case(SEEDS / name)
    assert 90 <= len(case.article.split()) <= 160
    assert case.entry.constructed
    assert case.entry.publisher == "The Copy Desk (constructed for comparison)"
    assert "onstructed" in case.entry.rights
    assert case.entry.url is None
    assert len(case.controls) >= 4


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_a_constructed_account_is_labelled_wherever_it_is_a_task(name: str) -> None:
    widget = open_case(name).task("loaded-language")
    assert isinstance(widget, TaskWidget)
    assert widget.task["prompt"].startswith("Constructed for comparison")
    assert "Constructed for comparison" in task_html(widget.source).split("<script", 1)[0]


def test_the_wire_account_has_next_to_nothing_to_mark_and_the_others_have_much() -> None:
    marks = [len(read_case(SEEDS / name).marks) for name in CONSTRUCTED]
    assert marks[0] == 1
    assert min(marks[1:]) >= 6


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_no_phrase_of_the_article_is_copied_into_a_constructed_account(name: str) -> None:
    """Eight words in a row would be a copied phrase; the name and the claim are shorter."""

    def runs(case: str) -> set[tuple[str, ...]]:
        words = [word.quote.lower() for word in words_of(read_case(SEEDS / case).article)]
        return {tuple(words[n : n + 8]) for n in range(len(words) - 7)}

    assert runs(name) & runs(REAL.name) == set()


# --- the match task -----------------------------------------------------------------------------


def test_labels_of_one_level_make_no_pair() -> None:
    assert ordered_pairs([["a"], ["b", "c"], ["d"]]) == (
        ("a", "b"),
        ("a", "c"),
        ("a", "d"),
        ("b", "d"),
        ("c", "d"),
    )
    assert ordered_pairs([["a", "b"]]) == ()


@given(st.permutations("abcd"))
def test_an_order_and_its_reverse_have_all_pairs_between_them(order: list[str]) -> None:
    pairs = ordered_pairs([["a"], ["b", "c"], ["d"]])
    assert same_order(pairs, order) + same_order(pairs, order[::-1]) == len(pairs)
    assert same_order(pairs, "abcd") == same_order(pairs, "acbd") == len(pairs)


def test_a_round_is_scored_by_guesses_and_by_pairs(match: MatchTask) -> None:
    israel = next(entry for entry in match.rounds if entry.id == "israel")
    answer = MatchAnswer(
        rounds={
            "israel": RoundAnswer(guesses={"i01": "state", "i03": "private"}),
            "war": RoundAnswer(guesses={"w02": "agency"}, order=("w01", "w02", "w03", "w04")),
        }
    )
    found = {entry.round: entry for entry in score_match(match, answer).rounds}
    assert len(israel.labels) == 3
    one = found["israel"]
    assert (one.key, one.accepted, one.other, one.open) == (1, 1, 0, 1)
    assert one.same_order is None
    assert found["war"].same_order == 3
    assert found["war"].pairs == 5
    assert found["group"].open == 7
    assert score(match, answer) == score_match(match, answer)


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (MatchAnswer(rounds={"sea": RoundAnswer()}), "round sea"),
        (MatchAnswer(rounds={"war": RoundAnswer(guesses={"b01": "state"})}), "b01 as state"),
        (MatchAnswer(first={"war": RoundAnswer(guesses={"w01": "king"})}), "w01 as king"),
        (MatchAnswer(rounds={"war": RoundAnswer(order=("w01", "w01"))}), "each label once"),
        (MatchAnswer(dissent={"z1": "No."}), "label z1"),
    ],
)
def test_a_match_of_another_task_is_refused(
    match: MatchTask, answer: MatchAnswer, named: str
) -> None:
    with pytest.raises(AnswerDoesNotFit, match=named):
        score_match(match, answer)


def test_every_side_has_labels_and_every_arguable_place_its_case_against(match: MatchTask) -> None:
    labels = [label for entry in match.rounds for label in entry.labels]
    kinds = {name for label in labels for name, fit in label.fits.items() if fit == "key"}
    assert kinds == {"state", "private", "agency", "party", "unknown"}
    assert all(label.against for label in labels if label.arguable)
    assert any(label.arguable for entry in match.rounds for label in entry.labels)
    assert all(label.source.url or label.source.from_memory for label in labels)


def test_all_labels_and_reports_of_the_dossier_are_there_and_short() -> None:
    case = read_case(REAL)
    assert case.matches is not None
    rows = list(case.matches.labels.values())
    assert len(rows) == 33
    assert len(case.accounts) == 22
    assert max(len(words_of(row.label)) for row in rows) <= LABEL_WORDS
    # First shown by the alphabet, which says nothing of the order that is asked for.
    for entry in (e for e in build_match(case).rounds if len(e.labels) > 2):
        texts = [label.text.casefold() for label in entry.labels]
        assert texts == sorted(texts)


def build_match(case: object) -> MatchTask:
    found = build_task(case, "who-called-it-that")  # type: ignore[arg-type]
    assert isinstance(found, MatchTask)
    return found


# --- source cards -------------------------------------------------------------------------------


def test_every_outlet_is_asked_the_same_questions() -> None:
    outlets = read_case(REAL).outlets
    assert len(outlets) >= 14
    for outlet in outlets:
        assert tuple(answer.question for answer in outlet.answers) == OUTLET_QUESTIONS
        for answer in outlet.answers:
            assert answer.text is None or answer.sources or answer.from_memory


def test_what_is_not_established_is_said_on_the_card() -> None:
    html = open_case("ain-al-asad-2023").show("source-cards")._repr_html_()
    cards = html.split('<details class="cd-outlet"')[1:]
    assert all(card.count("<dt>") == len(OUTLET_QUESTIONS) for card in cards)
    shafaq = next(card for card in cards if "outlet-shafaq-news" in card)
    assert shafaq.count("Not established") == 4


def test_the_tables_have_heads_and_links(tmp_path: Path) -> None:
    case = open_case("ain-al-asad-2023")
    html = case.show("accounts")._repr_html_()
    assert html.count('<th scope="row">') == 22
    assert html.count('<th scope="col">') == 8
    assert "Press TV" in html
    assert case.show("labels")._repr_html_().count('<th scope="row">') == 33
    with pytest.raises(ValueError, match="source-cards, accounts, labels"):
        case.show("maps")
    with pytest.raises(ValueError, match=r"matches\.yml"):
        open_case("practice-bridge").show("labels")


def test_the_json_of_both_tasks_can_stand_in_a_page(task: CompareTask, match: MatchTask) -> None:
    for one in (task, match):
        html = task_html(one)
        data = html.split('<script type="application/json">')[1].split("</script>")[0]
        assert json.loads(data)["id"] == one.id
        assert len(data) < 60_000
