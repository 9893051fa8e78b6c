"""The self-checks: three outcomes, no answer in sight, and nothing that a student types raises."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.exercise import (
    ExerciseNotFoundError,
    exercise_ids,
    judge,
    open_exercise,
    read_key,
)
from copydesk.exercise_keys import make_keys
from copydesk.model.exercise import CheckEntry, CheckKey


def check_of(value: Any, kind: str, **more: Any) -> CheckKey:
    """Return a check whose key is `value`."""
    entry = CheckEntry(kind=kind, hint="a hint", again="the sum", **more)
    return CheckKey(**entry.model_dump(), keys=make_keys(entry, "x", value))


NUMBER = check_of(99.42, "number", tolerance=0.05)
WHOLE = check_of(13, "whole")
TEXT = check_of("West-north-west", "text")
YES = check_of(True, "yes-no")
DAY = check_of(date(2023, 11, 15), "date")
LIST = check_of(["a", "b", "a"], "text", shape="list")
SET = check_of({"a", "b", "c"}, "text", shape="set")
TABLE = check_of({"A": 1, "B": 2}, "whole", shape="table")
OWN = check_of(None, "own-text", at_least=3)
OWN_LIST = check_of(None, "own-text", shape="list", at_least=2)
FUNCTION = check_of(lambda a, b: a + b, "whole", cases=[[1, 2], [0, 5]])
ALL = [NUMBER, WHOLE, TEXT, YES, DAY, LIST, SET, TABLE, OWN, OWN_LIST, FUNCTION]


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (NUMBER, 99.42),
        (NUMBER, 99.4),
        (NUMBER, np.float64(99.42)),
        (NUMBER, Decimal("99.42")),
        (NUMBER, Fraction(9942, 100)),
        (WHOLE, 13),
        (WHOLE, 13.0),
        (WHOLE, np.int64(13)),
        (TEXT, "  west-north-west. "),
        (TEXT, "WEST-NORTH-WEST"),
        (YES, True),
        (YES, np.True_),
        (DAY, date(2023, 11, 15)),
        (DAY, "2023-11-15"),
        (DAY, pd.Timestamp("2023-11-15 12:00")),
        (LIST, ["a", "b", "a"]),
        (LIST, pd.Series(["a", "b", "a"])),
        (LIST, np.array(["a", "b", "a"])),
        (SET, {"c", "b", "a"}),
        (SET, ["c", "b", "a", "a"]),
        (TABLE, {"b": 2, "A": 1}),
        (TABLE, pd.Series({"A": 1, "B": 2})),
        (OWN, "one two three"),
        (OWN_LIST, ["one", "two"]),
        (FUNCTION, lambda a, b: b + a),
    ],
)
def test_what_is_right_holds(check: CheckKey, value: Any) -> None:
    assert judge(check, "x", value).holds


@pytest.mark.parametrize(
    ("check", "value", "said"),
    [
        (NUMBER, 99.6, "look again at the sum"),
        (NUMBER, "99.42", "a number is wanted, and this is a str"),
        (NUMBER, True, "a number is wanted, and this is a bool"),
        (NUMBER, math.nan, "not a number (NaN)"),
        (NUMBER, math.inf, "the sum"),
        (NUMBER, 1j, "a number is wanted"),
        (NUMBER, pd.NA, "a number is wanted"),
        (NUMBER, pd.Series([99.42]), "a number is wanted, and this is a Series"),
        (WHOLE, 13.5, "the sum"),
        (WHOLE, math.nan, "NaN"),
        (WHOLE, math.inf, "the sum"),
        (TEXT, "north-west", "the sum"),
        (TEXT, 5, "a text in quotes is wanted"),
        (YES, False, "the sum"),
        (YES, 1, "True or False is wanted"),
        (YES, "True", "True or False is wanted"),
        (DAY, "15 November 2023", "the sum"),
        (DAY, pd.NaT, "the sum"),
        (DAY, 20231115, "a day"),
        (LIST, ["a", "b"], "3 are wanted, and these are 2"),
        (LIST, ["a", "b", "b"], "2 of 3 entries hold"),
        (LIST, ["a", ..., "a"], "a part of it is still ..."),
        (LIST, "aba", "a list is wanted"),
        (SET, {"a", "b", "d"}, "2 of 3 are there, 1 should not be"),
        (SET, {"a", "b"}, "2 of 3 are there, 0 should not be"),
        (SET, {"a", "b", "c", "d"}, "3 of 3 are there, 1 should not be"),
        (TABLE, {"A": 1}, "1 of 2 are missing"),
        (TABLE, {"A": 1, "B": 3}, "'B'"),
        (TABLE, {"A": 1, "B": 2, "C": 3}, "'C'"),
        (TABLE, [1, 2], "a dict or a Series"),
        (TABLE, pd.DataFrame({"A": [1], "B": [2]}), "a dict or a Series"),
        (OWN, "one two", "at least 3 words"),
        (OWN_LIST, ["one", "One "], "at least 2 are wanted, and these are 1"),
        (FUNCTION, 3, "a function is wanted"),
        (FUNCTION, lambda a, b: a - b, "x(1, 2) it gives something else"),
        (FUNCTION, lambda a, b: a // b, "x(1, 2) it gives something else"),
        (FUNCTION, lambda a, b: (a + b) * (1 // a), "x(0, 5) it stops with ZeroDivisionError"),
        (FUNCTION, lambda a: a, "it stops with TypeError"),
        (FUNCTION, lambda a, b: "3", "x(1, 2) it gives something else"),
        (FUNCTION, lambda a, b: 3 if a else None, "x(0, 5) it gives no result yet"),
    ],
)
def test_what_is_wrong_says_what_to_look_at(check: CheckKey, value: Any, said: str) -> None:
    outcome = judge(check, "x", value)
    assert outcome.state == "again"
    assert repr(outcome).startswith("✗ x: look again at ")
    assert said in repr(outcome)
    assert 'hint("x")' in repr(outcome)


@pytest.mark.parametrize("check", ALL, ids=lambda check: f"{check.kind}-{check.shape}")
@pytest.mark.parametrize("value", [None, ...], ids=str)
def test_what_is_left_open_is_not_answered_yet(check: CheckKey, value: Any) -> None:
    assert repr(judge(check, "x", value)) == "○ x: not answered yet"


def test_a_function_that_nobody_wrote_is_not_answered_yet() -> None:
    assert judge(FUNCTION, "x", lambda a, b: ...).state == "open"
    assert judge(FUNCTION, "x", lambda a, b: None).state == "open"


class Nasty:
    """An object that raises whatever is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    __len__ = __iter__ = __eq__ = __hash__ = __bool__ = __str__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        raise RuntimeError("no")


def exits(*_: Any) -> None:
    raise SystemExit(3)


def recurses(*_: Any) -> Any:
    return recurses()


def changes(*arguments: Any) -> Any:
    arguments[0].clear()


@pytest.mark.parametrize("check", ALL, ids=lambda check: f"{check.kind}-{check.shape}")
def test_nothing_odd_raises(check: CheckKey) -> None:
    odd = [
        *(Nasty(), Nasty, [Nasty()], {"A": Nasty()}, exits, recurses, changes, pd.DataFrame()),
        *(np.ones(3), object(), 10**400, "9" * 5000, {1: ...}, [[]], b"x", range(3), iter("ab")),
        *(type, {None: None}, float, [[1], [2]], {"A": []}, lambda *_: Nasty()),
    ]
    for value in odd:
        outcome = judge(check, "x", value)
        assert outcome.state in ("again", "holds")
        assert "✗" in repr(outcome) or check.kind == "own-text"


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.dates()
    | st.just(...)
    | st.decimals(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text() | st.integers(), inner)
        | st.tuples(inner)
        | st.builds(lambda result: lambda *_: result, inner)
    ),
    max_leaves=8,
)


@given(value=JUNK, check=st.sampled_from(ALL))
def test_nothing_at_all_raises(value: Any, check: CheckKey) -> None:
    assert judge(check, "x", value).state in ("open", "again", "holds")


@given(st.floats(min_value=-1e6, max_value=1e6), st.floats(min_value=-1, max_value=1))
def test_a_number_holds_within_half_a_tolerance_and_fails_beyond_one_and_a_half(
    number: float, off: float
) -> None:
    check = check_of(number, "number", tolerance=0.1)
    if abs(off) <= 0.049:
        assert judge(check, "x", number + off).holds
    if abs(off) >= 0.151:
        assert not judge(check, "x", number + off).holds


def test_a_function_cannot_change_its_cases() -> None:
    check = check_of(lambda words: len(words), "whole", cases=[[["a", "b"]], [["c"]]])

    def spoils(words: list[str]) -> int:
        count = len(words)
        words.clear()
        return count

    assert judge(check, "x", spoils).holds
    assert judge(check, "x", spoils).holds


def test_equal_answers_to_two_checks_have_different_keys() -> None:
    entry = CheckEntry(kind="whole", hint="h", again="a")
    assert make_keys(entry, "x", 5) != make_keys(entry, "y", 5)


@pytest.mark.parametrize("value", [None, "five", [5], math.nan])
def test_a_solution_of_another_kind_makes_no_key(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        make_keys(CheckEntry(kind="whole", hint="h", again="a"), "x", value)


# --- in a notebook ----------------------------------------------------------------------------


def run(notebook: dict[str, Any]) -> Any:
    """Return what a check cell of a notebook with these variables shows."""
    return eval('check("miles")', notebook)  # noqa: S307 as a notebook does


def test_a_check_finds_the_variable_that_it_is_named_after() -> None:
    check, _ = open_exercise("01-units-and-rounding")
    notebook: dict[str, Any] = {"check": check, "miles": 99.42}
    assert run(notebook).holds
    notebook["miles"] = 5
    assert run(notebook).state == "again"
    del notebook["miles"]
    assert run(notebook).state == "open"


def test_a_check_takes_a_value_too() -> None:
    check, _ = open_exercise("01-units-and-rounding")
    assert check("miles", 99.42).holds
    assert check("miles", None).state == "open"


@pytest.mark.parametrize("name", ["mlies", "", 5, None, ["miles"]])
def test_a_misspelt_check_names_those_that_there_are(name: Any) -> None:
    check, hint = open_exercise("01-units-and-rounding")
    assert "use one of miles, kilometres" in repr(check(name))
    assert "use one of miles, kilometres" in repr(hint(name))
    assert not check(name).holds


def test_a_hint_is_told_without_quotes() -> None:
    _, hint = open_exercise("01-units-and-rounding")
    assert repr(hint("miles")).startswith("Hint: One mile is 1.609344 km")


@pytest.mark.parametrize("name", ["01", "../schema", ""])
def test_a_misspelt_exercise_names_those_that_there_are(name: str) -> None:
    with pytest.raises(ExerciseNotFoundError, match="01-units-and-rounding"):
        open_exercise(name)


@pytest.mark.parametrize("exercise_id", exercise_ids())
def test_the_keys_hold_no_answer_in_plain_sight(exercise_id: str) -> None:
    for check in read_key(exercise_id).checks.values():
        for key in check.keys:
            digests = (
                [*key, *key.values()]
                if isinstance(key, dict)
                else [*([key] if isinstance(key, str) else key)]
            )
            assert all(len(digest) == 20 and int(digest, 16) >= 0 for digest in digests)


def test_the_exercises_are_in_the_package(root: Path) -> None:
    sources = sorted(path.stem for path in (root / "exercises" / "source").glob("*.md"))
    assert exercise_ids() == sources
