"""The self-checks of the exercises: three outcomes, and never an error at a student.

In a notebook::

    check, hint = open_exercise("01-units-and-rounding")
    check("miles")

A check has the name of the variable that it looks at. It never raises, whatever stands there. The
answers are in the package only as digests, made by `copydesk handouts` from the solutions.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from copydesk.exercise_keys import (
    UnfitError,
    digest_of,
    digests,
    entries_of,
    is_open,
    kind_of,
    pairs_of,
    plain_name,
    plain_text,
    say,
)
from copydesk.model.exercise import CheckEntry, CheckKey, ExerciseKey, Key

State = Literal["open", "holds", "again"]
_SIGNS: Mapping[State, str] = {"open": "○", "holds": "✓", "again": "✗"}
_LOOK_UP: Any = object()
# Longer error messages of a student's function are cut.
_MAX_SHOWN = 80


class ExerciseNotFoundError(LookupError):
    """A name that leads to no exercise."""


@dataclass(frozen=True)
class Outcome:
    """What a check says: "not answered yet", "holds", or "look again at" something."""

    name: str
    state: State
    text: str

    @property
    def holds(self) -> bool:
        """Whether the answer holds."""
        return self.state == "holds"

    def __repr__(self) -> str:
        return f"{_SIGNS[self.state]} {self.name}: {self.text}"


class _Told(str):
    """A sentence that a notebook shows without quotes."""

    def __repr__(self) -> str:
        return str(self)


# --- opening ------------------------------------------------------------------------------------


def exercise_ids() -> list[str]:
    """The ids of all exercises, in order."""
    names = [entry.name for entry in (files("copydesk") / "checks").iterdir()]
    return sorted(name.removesuffix(".json") for name in names if name.endswith(".json"))


def read_key(exercise_id: str) -> ExerciseKey:
    """The checks of an exercise.

    Raises ExerciseNotFoundError, naming those there are, when there is none of this id.
    """
    if exercise_id not in exercise_ids():
        have = ", ".join(exercise_ids())
        raise ExerciseNotFoundError(f'there is no exercise "{exercise_id}": use one of {have}')
    text = (files("copydesk") / "checks" / f"{exercise_id}.json").read_text("utf-8")
    return ExerciseKey.model_validate_json(text)


def open_exercise(exercise_id: str) -> tuple[Callable[..., Outcome], Callable[[str], str]]:
    """The `check` and the `hint` of an exercise.

    `check("miles")` looks at the variable `miles` of the notebook, `check("miles", 99.4)` at a
    value; neither raises anything. Raises ExerciseNotFoundError when there is no such exercise.
    """
    checks = read_key(exercise_id).checks

    def unknown(name: object) -> str:
        return say("no-check", name=name, names=", ".join(checks))

    def check(name: str, value: Any = _LOOK_UP) -> Outcome:
        """Compare an answer with the key; it never raises."""
        if not isinstance(name, str) or name not in checks:
            return Outcome(str(name), "again", unknown(name))
        if value is _LOOK_UP:
            caller = sys._getframe(1)
            value = caller.f_locals.get(name, caller.f_globals.get(name))
        return judge(checks[name], name, value)

    def hint(name: str) -> str:
        """The hint of a check."""
        if not isinstance(name, str) or name not in checks:
            return _Told(unknown(name))
        return _Told(say("hint", hint=checks[name].hint))

    return check, hint


# --- judging ------------------------------------------------------------------------------------


def judge(entry: CheckKey, name: str, value: object) -> Outcome:
    """Compare a value with the key of a check; it never raises, whatever the value is."""
    try:
        if is_open(value):
            return Outcome(name, "open", say("open"))
        what = _function_fault(entry, name, value) if entry.cases else None
        if what is None and not entry.cases:
            what = _fault(entry, name, value, entry.keys[0] if entry.keys else "")
    except _OpenResultError:
        return Outcome(name, "open", say("open"))
    except UnfitError as unfit:
        what = str(unfit)
    # A student's object may raise anything at all when it is looked at.
    except Exception as error:
        what = say("unreadable", error=type(error).__name__)
    if what is None:
        return Outcome(name, "holds", say("holds"))
    return Outcome(name, "again", say("again", what=say("more", what=what, name=name)))


class _OpenResultError(Exception):
    """A function that gives no result for any case: nobody has written it yet."""


def _function_fault(entry: CheckKey, name: str, function: object) -> str | None:
    """What is wrong with a function, told for the first case that does not hold."""
    if not callable(function):
        raise UnfitError(say("kind", wanted=say("wanted-function"), given=kind_of(function)))
    found: list[str | None] = []
    opened = 0
    for case, key in zip(entry.cases, entry.keys, strict=True):
        # A copy, so that a function that changes its arguments does not change the case.
        arguments = json.loads(json.dumps(case))
        call = f"{name}({', '.join(_shown(argument) for argument in case)})"
        try:
            result = function(*arguments)
        except (Exception, SystemExit) as error:
            what = f"{type(error).__name__}: {_shown(str(error))}"
            found.append(say("function-stops", call=call, error=what))
            continue
        if is_open(result):
            opened += 1
            found.append(say("function-open", call=call))
            continue
        try:
            fault = _fault(entry, name, result, key)
        except UnfitError as unfit:
            fault = str(unfit)
        wrong = say("function-value", call=call, again=_sentence(entry.again))
        found.append(wrong if fault else None)
    if opened == len(found):
        raise _OpenResultError
    return next((fault for fault in found if fault), None)


def _fault(entry: CheckEntry, name: str, value: object, key: Key) -> str | None:
    """What is wrong with a value, or None when it holds."""
    if entry.kind == "own-text":
        return _own_fault(entry, value)
    if isinstance(key, dict):
        return _table_fault(entry, name, value, key)
    if isinstance(key, list):
        return _list_fault(entry, name, value, key)
    return None if _same(entry, name, value, key) else entry.again


def _own_fault(entry: CheckEntry, value: object) -> str | None:
    least = entry.at_least or 1
    if entry.shape == "list":
        entries = [plain_text(each) for each in entries_of(value, "list")]
        given = len({text for text in entries if text})
        return None if given >= least else say("too-few", least=least, given=given)
    given = len(plain_text(value).split())
    return None if given >= least else say("too-short", least=least, given=given)


def _list_fault(entry: CheckEntry, name: str, value: object, keys: list[str]) -> str | None:
    values = entries_of(value, entry.shape)
    again = _sentence(entry.again)
    if entry.shape == "set":
        left = list(keys)
        for each in values:
            match = next((key for key in left if _same(entry, name, each, key)), None)
            left = [key for key in left if key != match]
        right = len(keys) - len(left)
        # A value that is there twice counts once: it is a set that is wanted.
        extra = len({json.dumps(digests(entry, name, each)[0]) for each in values}) - right
        if not left and extra <= 0:
            return None
        return say("set", right=right, all=len(keys), extra=max(extra, 0), again=again)
    if len(values) != len(keys):
        return say("length", all=len(keys), given=len(values))
    right = sum(_same(entry, name, *pair) for pair in zip(values, keys, strict=True))
    return None if right == len(keys) else say("entries", right=right, all=len(keys), again=again)


def _table_fault(entry: CheckEntry, name: str, value: object, keys: dict[str, str]) -> str | None:
    given = {digest_of(name, plain_name(label)): (label, each) for label, each in pairs_of(value)}
    missing = len(set(keys) - set(given))
    if missing:
        return say("names-missing", missing=missing, all=len(keys))
    wrong = [
        label
        for key, (label, each) in given.items()
        if not _holds(entry, name, each, keys.get(key))
    ]
    if not wrong:
        return None
    return say("names", names=", ".join(map(_shown, wrong[:5])), again=_sentence(entry.again))


def _holds(entry: CheckEntry, name: str, value: object, key: str | None) -> bool:
    return key is not None and _same(entry, name, value, key)


def _same(entry: CheckEntry, name: str, value: object, key: str) -> bool:
    return key in digests(entry, name, value)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) and " " in value else repr(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 3] + "..."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
