"""The attribution task: its file is as handed over, clauses nest, and its score has rules."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from copydesk.answers import AnswerError, read_answer
from copydesk.case import Case, read_case
from copydesk.figures import build_figure
from copydesk.figures.attribute import words_of_voices
from copydesk.model import (
    CHOICES,
    AttributeAnswer,
    AttributeTask,
    ClauseAnswer,
    MarkAnswer,
)
from copydesk.scoring import AnswerDoesNotFit, kappa, score, score_attribute
from copydesk.task import build_task
from copydesk.task.attribute import owners

ROOT = Path(__file__).parent.parent
HANDED: list[dict[str, Any]] = YAML(typ="safe").load(
    (ROOT / "tests" / "data" / "handed-over" / "attribution.yml").read_text("utf-8")
)["records"]
PARTY = {"-": "not-applicable", "yes": "yes", "no": "no"}
DOCUMENT = {"no": "no", "named, no link": "named-no-link"}


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(ROOT / "seeds" / "ain-al-asad-2023")


@pytest.fixture(scope="module")
def task(case: Case) -> AttributeTask:
    built = build_task(case, "who-says-so")
    assert isinstance(built, AttributeTask)
    return built


# --- what was handed over -----------------------------------------------------------------------


def test_all_clauses_are_there(case: Case) -> None:
    assert len(HANDED) == 24
    assert {r["id"] for r in HANDED} <= {clause.entry.id for clause in case.clauses}


@pytest.mark.parametrize("handed", HANDED, ids=lambda record: record["id"])
def test_a_clause_is_the_one_that_was_handed_over(handed: dict[str, Any], case: Case) -> None:
    (clause,) = (clause for clause in case.clauses if clause.entry.id == handed["id"])
    entry = clause.entry
    assert (clause.span.start, clause.span.end) == (handed["start"], handed["end"])
    assert clause.span.quote == handed["quote"] == case.article[handed["start"] : handed["end"]]
    assert case.article.count("\n", 0, clause.span.start) + 1 == handed["line"]
    assert entry.voice == handed["voice"]
    assert entry.source == handed["source"]
    assert entry.verb == handed["verb"]
    assert entry.verb_kind == handed["verb_kind"]
    assert entry.party == PARTY[handed["source_is_party"]]
    assert entry.document == DOCUMENT[handed["document_given"]]
    assert entry.checkable == handed["checkable"]
    assert clause.words.why == handed["why"]
    assert clause.words.against == handed.get("case_against")
    assert clause.words.claim
    assert "D" in entry.readings


# --- clauses inside clauses ---------------------------------------------------------------------


def test_a_word_belongs_to_the_shortest_clause_that_holds_it() -> None:
    assert owners(7, [(0, 5), (2, 3)]) == (0, 0, 1, 1, 0, 0, -1)
    assert owners(7, [(2, 3), (0, 5)]) == (1, 1, 0, 0, 1, 1, -1)
    assert owners(5, [(0, 4), (1, 3), (2, 2)]) == (0, 1, 2, 1, 0)
    assert owners(3, [(0, 1), (1, 2)]) == (0, 0, 1)
    assert owners(0, []) == ()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda p: (min(p), max(p)))))
def test_every_word_of_a_range_has_an_owner_that_holds_it(ranges: list[tuple[int, int]]) -> None:
    for word, owner in enumerate(owners(10, ranges)):
        holding = [b - a for a, b in ranges if a <= word <= b]
        if owner == -1:
            assert not holding
        else:
            first, last = ranges[owner]
            assert first <= word <= last
            assert last - first == min(holding)


def test_the_label_inside_the_claim_of_responsibility_has_its_own_words(
    task: AttributeTask,
) -> None:
    ids = [clause.id for clause in task.clauses]
    outer, inner = ids.index("at04"), ids.index("at03")
    assert outer < inner, "an outer clause stands first"
    words = [word for line in task.lines for word in line[1::2]]

    def owned(clause: int) -> str:
        return " ".join(w for w, owner in zip(words, task.owners, strict=True) if owner == clause)

    assert owned(inner) == "an umbrella group of anti-terror fighters"
    assert owned(outer) == (
        "The Islamic Resistance in Iraq in a statement published on its Telegram channel "
        "claimed responsibility for the attack"
    )


def test_each_line_of_a_clause_and_its_quote_are_those_of_the_article(
    task: AttributeTask, case: Case
) -> None:
    for clause in task.clauses:
        assert clause.quote in case.article.split("\n")[clause.line - 1]


# --- the rules ----------------------------------------------------------------------------------


def answer_of(clauses: dict[str, dict[str, str]]) -> AttributeAnswer:
    return AttributeAnswer.model_validate({"clauses": clauses})


def key_answer(task: AttributeTask) -> AttributeAnswer:
    return answer_of({clause.id: dict(clause.key) for clause in task.clauses})


def test_the_keys_own_answers_agree_throughout(task: AttributeTask) -> None:
    result = score_attribute(task, key_answer(task))
    assert [(f.same, f.differs, f.open, f.agreement) for f in result.fields] == [
        (24, 0, 0, 1.0)
    ] * 5
    assert result.voice_kappa == 1.0
    assert result.answered == 24
    assert len(result.outcomes) == 24 * 5


def test_an_empty_answer_is_open_and_not_wrong(task: AttributeTask) -> None:
    for answer in (AttributeAnswer(), answer_of({"at01": {}})):
        result = score_attribute(task, answer)
        assert [(f.same, f.differs, f.open, f.agreement) for f in result.fields] == [
            (0, 0, 24, None)
        ] * 5
        assert result.voice_kappa is None
        assert result.answered == 0


def test_each_question_is_counted_on_its_own(task: AttributeTask) -> None:
    # at08 by the key: named-organisation, factive, a party, named without a link, not checkable.
    given = {"voice": "named-organisation", "verb_kind": "neutral", "party": "yes"}
    result = score_attribute(task, answer_of({"at08": given}))
    counted = {f.field: (f.same, f.differs, f.open) for f in result.fields}
    assert counted == {
        "voice": (1, 0, 23),
        "verb_kind": (0, 1, 23),
        "party": (1, 0, 23),
        "document": (0, 0, 24),
        "checkable": (0, 0, 24),
    }
    assert [(o.field, o.given, o.key, o.same) for o in result.outcomes] == [
        ("voice", "named-organisation", "named-organisation", True),
        ("verb_kind", "neutral", "factive", False),
        ("party", "yes", "yes", True),
    ]


def test_reporter_throughout_agrees_often_and_shows_nothing(task: AttributeTask) -> None:
    result = score_attribute(
        task, answer_of({clause.id: {"voice": "reporter"} for clause in task.clauses})
    )
    (voice,) = (f for f in result.fields if f.field == "voice")
    assert (voice.same, voice.differs) == (16, 8)
    assert voice.agreement == pytest.approx(2 / 3)
    assert result.voice_kappa == pytest.approx(0)


def test_the_first_answers_do_not_change_the_score(task: AttributeTask) -> None:
    answer = key_answer(task)
    other = answer.model_copy(update={"first": {"at01": ClauseAnswer(voice="document")}})
    assert score(task, other) == score(task, answer)


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([], None),
        ([("a", "a")], None),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "b")], 0.0),
        # Cohen's way by hand: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: p_o 0.7, p_e 0.5.
        (
            [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15,
            0.4,
        ),
    ],
)
def test_kappa_by_hand(pairs: list[tuple[str, str]], wanted: float | None) -> None:
    got = kappa(pairs)
    assert got == (wanted if wanted is None else pytest.approx(wanted))


LETTER = st.sampled_from("abc")


@settings(deadline=None)
@given(st.lists(st.tuples(LETTER, LETTER), min_size=1, max_size=40))
def test_kappa_as_reckoned_a_second_way(pairs: list[tuple[str, str]]) -> None:
    n = len(pairs)
    observed = math.fsum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = math.fsum(left[c] / n * right[c] / n for c in "abc")
    got = kappa(pairs)
    if math.isclose(expected, 1):
        assert got is None
    else:
        assert got == pytest.approx((observed - expected) / (1 - expected))
        assert -1 <= got <= 1
    assert got == kappa([(b, a) for a, b in pairs])


def test_an_answer_to_another_text_is_refused_with_every_clause(task: AttributeTask) -> None:
    answer = AttributeAnswer.model_validate(
        {"clauses": {"x1": {}}, "first": {"x2": {}}, "dissent": {"x3": "no"}}
    )
    with pytest.raises(AnswerDoesNotFit, match=r"clauses: clause x1; first: clause x2; dissent"):
        score_attribute(task, answer)
    with pytest.raises(TypeError, match="'attribute' and has no rule for a MarkAnswer"):
        score(task, MarkAnswer())


def test_an_answer_is_read_from_json_and_bad_ones_are_told(task: AttributeTask) -> None:
    data = {"clauses": {"at01": {"voice": "reporter", "party": None}}, "dissent": {"at01": "Why?"}}
    answer = read_answer(task, data)
    assert answer.clauses["at01"] == ClauseAnswer(voice="reporter")
    bad = {"clauses": {"at01": {"voice": "narrator"}, "at02": {"colour": "red"}}}
    with pytest.raises(AnswerError) as caught:
        read_answer(task, bad)
    assert [fault.split("  ")[0] for fault in caught.value.faults] == [
        "answer.clauses.at01.voice",
        "answer.clauses.at02.colour",
    ]


def test_every_question_and_choice_has_its_words(task: AttributeTask) -> None:
    assert {q.field: tuple(c.id for c in q.choices) for q in task.questions} == CHOICES
    for question in task.questions:
        letters = [choice.letter for choice in question.choices]
        assert len(set(letters)) == len(letters), "a letter tells answers apart without colour"


# --- the figures --------------------------------------------------------------------------------


def test_the_words_of_the_voices_add_up_to_the_article(task: AttributeTask) -> None:
    words = words_of_voices(task)
    assert sum(words.values()) == 354
    # Counted by hand: "called on the occupying regime to cease its aggression".
    assert words["document"] == 9
    # 18 of the claim without the label inside it, 7 and 6 of line 3, 21 of line 4.
    assert words["named-organisation"] == 18 + 7 + 6 + 21


def test_the_matrix_names_every_claim_once_and_the_prose_counts_as_it_does(case: Case) -> None:
    picture = build_figure(case, "claims-by-source")
    assert len(picture.table.rows) == len(case.clauses)
    assert "16 of them are in the reporter" in picture.alt
    chapter = (ROOT / "book" / "04-attribution.ipynb").read_text("utf-8")
    assert "Sixteen of 24 claims have no speaker" in chapter
    assert "The Islamic Resistance in Iraq: 3, 6, 7, 8" in picture.alt
    assert picture.svg().startswith("<svg")


def test_the_shares_of_the_voices_say_what_the_task_counts(case: Case, task: AttributeTask) -> None:
    picture = build_figure(case, "words-by-voice")
    counted = words_of_voices(task)
    assert [int(row[1]) for row in picture.table.rows] == [
        *(counted.get(choice.id, 0) for choice in task.questions[0].choices),
        counted[None],
    ]
    assert "Of 354 words" in picture.alt
