"""The self-checks of the exercises: three outcomes, and never an error at a student.

In a notebook::

    check, hint = open_exercise("01-units-and-rounding")
    check("miles")

A check has the name of the variable that it looks at. It never raises, whatever stands there. The
answers are in the package only as digests, made by `copydesk handouts` from the solutions.
"""

from __future__ import annotations

import hashlib
import json
import math
import numbers
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from copydesk.model.exercise import CheckEntry, CheckKey, ExerciseKey, Key

State = Literal["open", "holds", "again"]
_SIGNS: Mapping[State, str] = {"open": "○", "holds": "✓", "again": "✗"}
_LOOK_UP: Any = object()
# Longer error messages of a student's function are cut.
_MAX_SHOWN = 80


class ExerciseNotFoundError(LookupError):
    """A name that leads to no exercise."""


class _UnfitError(Exception):
    """An answer that cannot be compared with the key; the text says why, for the student."""


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


@cache
def _texts() -> dict[str, str]:
    text = (files("copydesk") / "ui" / "en" / "exercise.json").read_text("utf-8")
    return dict(json.loads(text))


def _say(text_id: str, **values: object) -> str:
    return _texts()[text_id].format_map(values)


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
        return _say("no-check", name=name, names=", ".join(checks))

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
        return _Told(_say("hint", hint=checks[name].hint))

    return check, hint


# --- judging ------------------------------------------------------------------------------------


def judge(entry: CheckKey, name: str, value: object) -> Outcome:
    """Compare a value with the key of a check; it never raises, whatever the value is."""
    try:
        if _is_open(value):
            return Outcome(name, "open", _say("open"))
        what = _function_fault(entry, name, value) if entry.cases else None
        if what is None and not entry.cases:
            what = _fault(entry, name, value, entry.keys[0] if entry.keys else "")
    except _OpenResultError:
        return Outcome(name, "open", _say("open"))
    except _UnfitError as unfit:
        what = str(unfit)
    # A student's object may raise anything at all when it is looked at.
    except Exception as error:
        what = _say("unreadable", error=type(error).__name__)
    if what is None:
        return Outcome(name, "holds", _say("holds"))
    return Outcome(name, "again", _say("again", what=_say("more", what=what, name=name)))


class _OpenResultError(Exception):
    """A function that gives no result for any case: nobody has written it yet."""


def _is_open(value: object) -> bool:
    return value is None or value is Ellipsis


def _function_fault(entry: CheckKey, name: str, function: object) -> str | None:
    """What is wrong with a function, told for the first case that does not hold."""
    if not callable(function):
        raise _UnfitError(_say("kind", wanted=_say("wanted-function"), given=_given(function)))
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
            found.append(_say("function-stops", call=call, error=what))
            continue
        if _is_open(result):
            opened += 1
            found.append(_say("function-open", call=call))
            continue
        try:
            fault = _fault(entry, name, result, key)
        except _UnfitError as unfit:
            fault = str(unfit)
        wrong = _say("function-value", call=call, again=_sentence(entry.again))
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
        entries = [_text(each) for each in _entries(value, "list")]
        given = len({text for text in entries if text})
        return None if given >= least else _say("too-few", least=least, given=given)
    given = len(_text(value).split())
    return None if given >= least else _say("too-short", least=least, given=given)


def _list_fault(entry: CheckEntry, name: str, value: object, keys: list[str]) -> str | None:
    values = _entries(value, entry.shape)
    again = _sentence(entry.again)
    if entry.shape == "set":
        left = list(keys)
        for each in values:
            match = next((key for key in left if _same(entry, name, each, key)), None)
            left = [key for key in left if key != match]
        right = len(keys) - len(left)
        # A value that is there twice counts once: it is a set that is wanted.
        extra = len({json.dumps(_digests(entry, name, each)[0]) for each in values}) - right
        if not left and extra <= 0:
            return None
        return _say("set", right=right, all=len(keys), extra=max(extra, 0), again=again)
    if len(values) != len(keys):
        return _say("length", all=len(keys), given=len(values))
    right = sum(_same(entry, name, *pair) for pair in zip(values, keys, strict=True))
    return None if right == len(keys) else _say("entries", right=right, all=len(keys), again=again)


def _table_fault(entry: CheckEntry, name: str, value: object, keys: dict[str, str]) -> str | None:
    given = {_digest(name, _name(label)): (label, each) for label, each in _pairs(value)}
    missing = len(set(keys) - set(given))
    if missing:
        return _say("names-missing", missing=missing, all=len(keys))
    wrong = [
        label
        for key, (label, each) in given.items()
        if not _holds(entry, name, each, keys.get(key))
    ]
    if not wrong:
        return None
    return _say("names", names=", ".join(map(_shown, wrong[:5])), again=_sentence(entry.again))


def _holds(entry: CheckEntry, name: str, value: object, key: str | None) -> bool:
    return key is not None and _same(entry, name, value, key)


def _same(entry: CheckEntry, name: str, value: object, key: str) -> bool:
    return key in _digests(entry, name, value)


# --- answers as digests -------------------------------------------------------------------------


def make_keys(entry: CheckEntry, name: str, value: Any) -> tuple[Key, ...]:
    """The keys of a check from the solution's value, or from its function.

    Raises ValueError when the value is not of the check's kind.
    """
    try:
        if entry.kind == "own-text":
            return ()
        if entry.cases:
            results = [value(*json.loads(json.dumps(case))) for case in entry.cases]
        else:
            results = [value]
        return tuple(_make_key(entry, name, result) for result in results)
    # The solution of a function may raise anything, as any function.
    except Exception as error:
        raise ValueError(f"{type(error).__name__.strip('_')}: {error}") from None


def _make_key(entry: CheckEntry, name: str, value: object) -> Key:
    if entry.shape == "one":
        return _digests(entry, name, value)[0]
    if entry.shape == "table":
        return {
            _digest(name, _name(label)): _digests(entry, name, each)[0]
            for label, each in _pairs(value)
        }
    digests = [_digests(entry, name, each)[0] for each in _entries(value, entry.shape)]
    return sorted(set(digests)) if entry.shape == "set" else digests


def _digest(name: str, text: str) -> str:
    # The name is the salt: equal answers to two checks do not look equal.
    return hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()[:20]


def _digests(entry: CheckEntry, name: str, value: object) -> list[str]:
    """The digests under which a value counts: for a number its step and the two beside it."""
    if entry.kind != "number":
        return [_digest(name, _plain(entry, value))]
    number = _number(entry, value)
    if not math.isfinite(number):
        raise _UnfitError(_say("nan") if math.isnan(number) else entry.again)
    step = round(number / (entry.tolerance or 1))
    return [_digest(name, str(step + by)) for by in (0, -1, 1)]


def _plain(entry: CheckEntry, value: object) -> str:
    if entry.kind == "whole":
        number = _number(entry, value)
        if math.isnan(number):
            raise _UnfitError(_say("nan"))
        return str(int(number)) if math.isfinite(number) and number == int(number) else str(number)
    if entry.kind == "yes-no":
        # numpy's True is no bool.
        if type(value).__name__ not in ("bool", "bool_"):
            raise _unfit(entry, value)
        return str(bool(value))
    if entry.kind == "date":
        text = value.isoformat() if isinstance(value, date) else value
        if not isinstance(text, str):
            raise _unfit(entry, value)
        return text[:10]
    return _text(value, entry)


def _text(value: object, entry: CheckEntry | None = None) -> str:
    if not isinstance(value, str):
        if _is_open(value):
            raise _UnfitError(_say("open-part"))
        wanted = _say(f"wanted-{entry.kind}" if entry else "wanted-text")
        raise _UnfitError(_say("kind", wanted=wanted, given=_given(value)))
    # Neither capitals nor white space nor the sentence's own marks make another answer.
    return re.sub(r"\s+", " ", value).strip(" \t.,;:!?\"'“”‘’").casefold()


def _name(label: object) -> str:
    return label.isoformat()[:10] if isinstance(label, date) else str(label).casefold().strip()


def _number(entry: CheckEntry, value: object) -> float:
    # To Python a bool is a number, but nobody means it as one.
    if not isinstance(value, numbers.Number) or isinstance(value, bool | complex):
        raise _unfit(entry, value)
    return float(value)  # type: ignore[arg-type]  # the others have no __float__, and raise


def _unfit(entry: CheckEntry, value: object) -> _UnfitError:
    if _is_open(value):
        return _UnfitError(_say("open-part"))
    return _UnfitError(_say("kind", wanted=_say(f"wanted-{entry.kind}"), given=_given(value)))


def _entries(value: object, shape: str) -> list[object]:
    if hasattr(value, "tolist") and not isinstance(value, numbers.Number):
        value = value.tolist()  # a Series or an array
    if not isinstance(value, Collection) or isinstance(value, str | bytes | Mapping):
        raise _UnfitError(_say("kind", wanted=_say(f"wanted-{shape}"), given=_given(value)))
    return list(value)


def _pairs(value: object) -> Iterator[tuple[object, object]]:
    items = getattr(value, "items", None)
    # A DataFrame has items too: its columns.
    if not callable(items) or type(value).__name__ == "DataFrame":
        raise _UnfitError(_say("kind", wanted=_say("wanted-table"), given=_given(value)))
    yield from items()


def _given(value: object) -> str:
    return f"a {type(value).__name__}"


def _shown(value: object) -> str:
    text = value if isinstance(value, str) and " " in value else repr(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 3] + "..."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
