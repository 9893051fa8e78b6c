"""The rules of scoring: a table worked out by hand, properties, a second reckoning by sets."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model import (
    CODES,
    CaseRef,
    CodeInfo,
    ImpressionAnswer,
    ImpressionTask,
    KeyControl,
    KeyMark,
    MarkAnswer,
    MarkTask,
    Swap,
)
from copydesk.scoring import (
    SLACK_WORDS,
    AnswerDoesNotFit,
    merge,
    outcome,
    reach,
    score,
    score_mark,
    sensitivity,
    span_rates,
    word_count,
)

TABLE = json.loads((Path(__file__).parent / "data" / "scoring.json").read_text(encoding="utf-8"))
CASES = {case["name"]: case for case in TABLE["cases"]}
CASE = CaseRef(
    id="tiny", sha256="ab" * 32, title="T", publisher="P", published="2023-11-15", url=None
)


def make_task(lines: Any, key: Any, controls: Any, readings: int = 1) -> MarkTask:
    """A mark task with these lines, marks and controls, and filler wherever no rule looks."""
    said = tuple(f"R{n}" for n in range(readings))
    filler = {"strength": 1, "readings": said, "why": "w", "plain": "p", "against": "a"}
    return MarkTask(
        id="t",
        case=CASE,
        language="en",
        prompt="p",
        lines=tuple(tuple(line) for line in lines),
        ui={},
        codes=tuple(CodeInfo(code=c, letter=c[0], name=c, what=c) for c in CODES),
        readings=said,
        key=tuple(
            KeyMark(**k, **filler, swap=Swap(first=k["first"], last=k["last"], text=""))
            for k in key
        ),
        controls=tuple(KeyControl(**c, readings=said, why_fair="f") for c in controls),
    )


def table_task(name: str) -> MarkTask:
    return make_task(**TABLE["tasks"][name])


def line_ranges(lines: Any) -> list[tuple[int, int]]:
    ranges, start = [], 0
    for line in lines:
        words = len(line) // 2
        ranges.append((start, start + words - 1))
        start += words
    return ranges


# --- the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_case_worked_out_by_hand(name: str) -> None:
    case = CASES[name]
    expect = case["expect"]
    got = score_mark(table_task(case["task"]), MarkAnswer(**case["answer"]))
    assert [o.result for o in got.outcomes] == expect["results"]
    for ids in ("found", "missed", "fair_marked"):
        assert list(getattr(got, ids)) == expect[ids], ids
    for count in ("elsewhere", "wide", "same_code"):
        assert getattr(got, count) == expect[count], count
    for unit in ("marks", "words"):
        for figure, wanted in expect[unit].items():
            value = getattr(getattr(got, unit), figure)
            tolerance = 2e-4 if figure in ("d_prime", "criterion") else 1e-12
            assert value == pytest.approx(float(Fraction(wanted)), abs=tolerance), (unit, figure)
    for figure, wanted in expect["span"].items():
        value = getattr(got, f"span_{figure}")
        assert value == pytest.approx(float(Fraction(wanted)), abs=1e-12), figure


@pytest.mark.parametrize("name", TABLE["tasks"])
def test_the_reach_in_the_table_is_the_reach_of_the_rule(name: str) -> None:
    raw = TABLE["tasks"][name]
    for k in raw["key"]:
        low, high = next(r for r in line_ranges(raw["lines"]) if r[0] <= k["first"] <= r[1])
        assert list(reach(k["first"], k["last"], low, high)) == k["reach"], k["id"]


def test_every_result_and_every_task_occurs_in_the_table() -> None:
    assert {r for c in CASES.values() for r in c["expect"]["results"]} == {
        "both",
        "fair",
        "wide",
        "elsewhere",
    }
    assert {c["task"] for c in CASES.values()} == set(TABLE["tasks"])
    assert len(CASES) == len(TABLE["cases"]), "two cases have one name"


def test_a_task_of_the_table_numbers_words_in_any_script() -> None:
    task = table_task("unicode")
    words = [word for line in task.lines for word in line[1::2]]
    assert word_count(task) == len(words) == 9
    assert words[3] == "سقط"


# --- the single rules ---------------------------------------------------------------------------


def test_reach_goes_four_words_beyond_on_each_side_and_stops_at_the_line() -> None:
    assert SLACK_WORDS == 4
    assert reach(20, 22, 0, 99) == (16, 26)
    assert reach(20, 22, 18, 24) == (18, 24)
    assert reach(20, 22, 0, 99, slack=0) == (20, 22)


@pytest.mark.parametrize("bad", [(5, 4, 0, 9), (0, 3, 1, 9), (3, 10, 0, 9)])
def test_reach_refuses_a_mark_outside_its_line(bad: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="within one line"):
        reach(*bad)


def test_reach_refuses_a_negative_slack() -> None:
    with pytest.raises(ValueError, match="slack of 0 or more"):
        reach(1, 2, 0, 9, slack=-1)


def test_an_outcome_names_what_was_found_and_what_was_touched() -> None:
    task = table_task("council")
    assert outcome(task, (1, 5, "VERB")).found == ("k1", "k2")
    assert outcome(task, (1, 5, "VERB")).same_code
    assert not outcome(task, (1, 5, "LABEL")).same_code
    assert outcome(task, (6, 9, "VERB")).touched == ()
    assert outcome(task, (8, 14, "VERB")).touched == ("c1", "c2")
    wide = outcome(task, (16, 24, "DOUBT"))
    assert (wide.found, wide.touched, wide.same_code) == ((), ("c3",), False)


def test_merge_joins_what_overlaps_and_keeps_what_only_touches_apart() -> None:
    assert merge([(4, 6), (0, 2), (2, 3)]) == [(0, 3), (4, 6)]
    assert merge([(0, 9), (2, 3), (9, 12)]) == [(0, 12)]
    assert merge([]) == []


@pytest.mark.parametrize(
    ("counts", "d_prime", "criterion"),
    [
        # From a printed table: z(0.975) = 1.95996, z(0.75) = 0.67449, z(5/6) = 0.96742, z(0.5) = 0.
        ((19, 19, 0, 19), 2 * 1.95996, 0.0),
        ((1, 1, 0, 0), 0.67449, -0.67449 / 2),
        ((0, 0, 1, 1), -0.67449, -0.67449 / 2),
        ((2, 5, 2, 5), 0.0, 0.21043),
        ((1, 2, 2, 2), -0.96742, -0.96742 / 2),
    ],
)
def test_sensitivity_against_a_table_of_z(
    counts: tuple[int, int, int, int], d_prime: float, criterion: float
) -> None:
    assert sensitivity(*counts) == pytest.approx((d_prime, criterion), abs=2e-5)


def test_two_empty_sides_agree_and_one_empty_side_does_not() -> None:
    assert span_rates([], []) == (1.0, 1.0, 1.0)
    assert span_rates([(0, 1)], []) == (0.0, 0.0, 0.0)
    assert span_rates([], [(0, 1)]) == (0.0, 0.0, 0.0)


def test_an_answer_beyond_the_last_word_is_refused_with_every_mark_that_is() -> None:
    task = table_task("clean")
    score_mark(task, MarkAnswer(marks=((6, 6, "LABEL"),)))
    answer = MarkAnswer(marks=((6, 7, "LABEL"), (0, 0, "VERB")), first_marks=((90, 91, "DOUBT"),))
    with pytest.raises(AnswerDoesNotFit) as caught:
        score_mark(task, answer)
    text = str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert "'t' of case 'tiny'" in text
    assert "ends with word 6" in text
    assert "marks: words 6-7 (LABEL)" in text
    assert "first_marks: words 90-91 (DOUBT)" in text
    assert "0-0" not in text
    assert "take the answer" in text


def test_score_goes_by_the_kind_of_the_task() -> None:
    mark = table_task("council")
    impression = ImpressionTask(id="i", case=CASE, language="en", prompt="p", lines=(), ui={})
    answer = MarkAnswer(marks=((1, 1, "EMOTIVE"),))
    assert score(mark, answer) == score_mark(mark, answer)
    assert score(impression, ImpressionAnswer(trust=3)) is None
    with pytest.raises(TypeError, match=r"kind 'mark' and has no rule for a ImpressionAnswer"):
        score(mark, ImpressionAnswer())
    with pytest.raises(TypeError, match=r"kind 'impression' and has no rule for a MarkAnswer"):
        score(impression, answer)


def test_the_number_of_readings_changes_no_score() -> None:
    raw = TABLE["tasks"]["council"]
    answer = MarkAnswer(marks=((1, 1, "EMOTIVE"), (14, 17, "DOUBT"), (9, 9, "LABEL")))
    assert score_mark(make_task(**raw, readings=1), answer) == score_mark(
        make_task(**raw, readings=7), answer
    )


# --- properties ---------------------------------------------------------------------------------


@st.composite
def stretches(draw: st.DrawFn, low: int, high: int) -> tuple[int, int]:
    first = draw(st.integers(low, high))
    return first, draw(st.integers(first, high))


@st.composite
def tasks(draw: st.DrawFn) -> MarkTask:
    """A task of 1-4 lines; marks of the key may overlap each other, but no control."""
    sizes = draw(st.lists(st.integers(1, 14), min_size=1, max_size=4))
    lines = [["", *["w", " "] * n] for n in sizes]
    ranges = line_ranges(lines)
    key, controls, taken = [], [], set()
    for n in range(draw(st.integers(0, 4))):
        low, high = draw(st.sampled_from(ranges))
        first = draw(st.integers(low, high))
        last = draw(st.integers(first, min(high, first + 4)))
        code = draw(st.sampled_from(CODES))
        span = {"first": first, "last": last, "reach": reach(first, last, low, high)}
        key.append({"id": f"k{n}", "code": code, **span})
        taken |= set(range(first, last + 1))
    for n in range(draw(st.integers(0, 4))):
        first, last = draw(stretches(*draw(st.sampled_from(ranges))))
        if not taken & set(range(first, last + 1)):
            controls.append({"id": f"c{n}", "first": first, "last": last})
    return make_task(lines, key, controls)


@st.composite
def tasks_with_answers(draw: st.DrawFn) -> tuple[MarkTask, MarkAnswer]:
    task = draw(tasks())
    mark = st.tuples(stretches(0, word_count(task) - 1), st.sampled_from(CODES))
    marks = draw(st.lists(mark, max_size=8))
    return task, MarkAnswer(marks=tuple((first, last, code) for (first, last), code in marks))


def perfect(task: MarkTask) -> MarkAnswer:
    return MarkAnswer(marks=tuple((k.first, k.last, k.code) for k in task.key))


def everything(task: MarkTask) -> dict[str, MarkAnswer]:
    words = word_count(task)
    return {
        "word by word": MarkAnswer(marks=tuple((n, n, "LABEL") for n in range(words))),
        "line by line": MarkAnswer(
            marks=tuple((a, b, "LABEL") for a, b in line_ranges(task.lines))
        ),
        "as one mark": MarkAnswer(marks=((0, words - 1, "LABEL"),)),
    }


@given(tasks_with_answers(), st.randoms(use_true_random=False))
def test_the_order_of_marks_and_exact_repeats_change_nothing(drawn: Any, random: Any) -> None:
    task, answer = drawn
    marks = [*answer.marks, *answer.marks[:3]]
    random.shuffle(marks)
    assert score_mark(task, MarkAnswer(marks=tuple(marks))) == score_mark(task, answer)


@given(tasks_with_answers())
def test_every_rate_lies_between_0_and_1_and_every_count_adds_up(drawn: Any) -> None:
    task, answer = drawn
    got = score_mark(task, answer)
    rates = [got.span_precision, got.span_recall, got.span_f1]
    for unit in (got.marks, got.words):
        rates += [unit.precision, unit.recall, unit.f1]
        assert min(unit.hits, unit.misses, unit.false_alarms, unit.correct_rejections) >= 0
        assert math.isfinite(unit.d_prime)
        assert math.isfinite(unit.criterion)
    assert all(0 <= rate <= 1 for rate in rates)
    assert sorted(got.found + got.missed) == sorted(k.id for k in task.key)
    assert got.marks.hits == len(got.found)
    assert got.marks.hits + got.marks.misses == len(task.key)
    assert got.marks.false_alarms == len(got.fair_marked) == len(set(got.fair_marked))
    assert got.marks.false_alarms + got.marks.correct_rejections == len(task.controls)
    unit = got.words
    total = unit.hits + unit.misses + unit.false_alarms + unit.correct_rejections
    assert total == word_count(task)
    assert got.same_code <= len(got.found)
    assert len(got.outcomes) == len(set(answer.marks))


@given(tasks())
def test_the_answer_that_equals_the_key_is_perfect(task: MarkTask) -> None:
    got = score_mark(task, perfect(task))
    assert got.missed == got.fair_marked == ()
    assert (got.wide, got.elsewhere, got.same_code) == (0, 0, len(task.key))
    assert got.marks.f1 == got.words.f1 == got.span_f1 == 1
    assert got.span_precision == got.span_recall == 1


@given(tasks())
def test_marking_everything_never_beats_the_answer_that_equals_the_key(task: MarkTask) -> None:
    best = score_mark(task, perfect(task))
    signal = {w for k in task.key for w in range(k.first, k.last + 1)}
    plain = word_count(task) - len(signal)
    for name, answer in everything(task).items():
        got = score_mark(task, answer)
        assert got.marks.f1 <= best.marks.f1, name
        assert got.words.f1 <= best.words.f1, name
        assert got.span_f1 <= best.span_f1 + 1e-12, name
        assert got.marks.d_prime <= best.marks.d_prime, name
        if plain:
            assert got.words.f1 < best.words.f1, name
            assert got.span_f1 < best.span_f1 - 1e-6, name
            assert got.words.d_prime < best.words.d_prime, name
        if name == "word by word" and plain:
            assert got.marks.f1 < best.marks.f1
        if name == "word by word" and task.controls:
            assert got.marks.d_prime < best.marks.d_prime
        if name == "as one mark" and task.controls and len(task.lines) > 1:
            # It leaves every line, so it lies in no reach and covers every control.
            assert got.marks.f1 == 0
            assert got.marks.correct_rejections == 0
            assert got.marks.d_prime < best.marks.d_prime


@given(tasks_with_answers(), st.integers(0, 60))
def test_a_mark_on_words_that_the_key_does_not_name_never_helps(drawn: Any, word: int) -> None:
    task, answer = drawn
    signal = {w for k in task.key for w in range(k.first, k.last + 1)}
    if word >= word_count(task) or word in signal:
        return
    before = score_mark(task, answer)
    after = score_mark(task, MarkAnswer(marks=(*answer.marks, (word, word, "LABEL"))))
    assert after.marks.f1 <= before.marks.f1
    assert after.words.f1 <= before.words.f1
    assert after.marks.d_prime <= before.marks.d_prime
    assert after.found == before.found


# --- a second reckoning, by sets ----------------------------------------------------------------


def words_of(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


def merged_sets(spans: Any) -> list[frozenset[int]]:
    groups: list[frozenset[int]] = []
    for span in spans:
        joined = frozenset(span)
        while any(joined & g for g in groups):
            other = next(g for g in groups if joined & g)
            groups.remove(other)
            joined |= other
        groups.append(joined)
    return groups


def span_by_sets(ours: Any, theirs: Any) -> tuple[Fraction, Fraction, Fraction]:
    s_side, t_side = merged_sets(ours), merged_sets(theirs)
    if not s_side and not t_side:
        return Fraction(1), Fraction(1), Fraction(1)
    pairs = [(s, t) for s in s_side for t in t_side]
    p = sum((Fraction(len(s & t), len(s)) for s, t in pairs), Fraction(0))
    r = sum((Fraction(len(s & t), len(t)) for s, t in pairs), Fraction(0))
    p, r = p / len(s_side) if s_side else Fraction(0), r / len(t_side) if t_side else Fraction(0)
    return p, r, 2 * p * r / (p + r) if p + r else Fraction(0)


def z_by_halving(p: float) -> float:
    low, high = -10.0, 10.0
    for _ in range(80):
        middle = (low + high) / 2
        if (1 + math.erf(middle / math.sqrt(2))) / 2 < p:
            low = middle
        else:
            high = middle
    return low


@given(tasks_with_answers())
def test_the_score_agrees_with_a_reckoning_by_sets(drawn: Any) -> None:
    task, answer = drawn
    got = score_mark(task, answer)
    marks = {(words_of(first, last), code) for first, last, code in answer.marks}
    key = {k.id: words_of(k.first, k.last) for k in task.key}
    allowed = {k.id: words_of(*k.reach) for k in task.key}
    controls = {c.id: words_of(c.first, c.last) for c in task.controls}
    found, wrong, good = set(), set(), 0
    for words, _ in marks:
        finds = {i for i in key if words & key[i] and words <= allowed[i]}
        found |= finds
        good += bool(finds)
        if not finds:
            wrong |= {i for i in controls if words & controls[i]}
    assert set(got.found) == found
    assert set(got.fair_marked) == wrong
    assert got.marks.precision == pytest.approx(good / len(marks) if marks else float(not key))
    assert got.marks.recall == pytest.approx(len(found) / len(key) if key else float(not marks))

    signal = frozenset().union(*key.values())
    marked = frozenset().union(*(words for words, _ in marks))
    noise = frozenset(range(word_count(task))) - signal
    assert (got.words.hits, got.words.false_alarms) == (len(marked & signal), len(marked & noise))

    by_sets = span_by_sets([words for words, _ in marks], key.values())
    exact = (got.span_precision, got.span_recall, got.span_f1)
    assert exact == pytest.approx([float(x) for x in by_sets], abs=1e-12)

    z_hits = z_by_halving((len(found) + 0.5) / (len(key) + 1))
    z_false = z_by_halving((len(wrong) + 0.5) / (len(controls) + 1))
    assert got.marks.d_prime == pytest.approx(z_hits - z_false, abs=1e-9)
    assert got.marks.criterion == pytest.approx(-(z_hits + z_false) / 2, abs=1e-9)
