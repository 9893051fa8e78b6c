"""Answers as fingerprints: how the key of a self-check is made, and how an answer is read.

A fingerprint hides an answer from a glance; it does not hide it from somebody who tries.
"""

from __future__ import annotations

import hashlib
import json
import math
import numbers
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from copydesk.model.exercise import CheckEntry, Key


class UnfitError(Exception):
    """An answer that cannot be compared with the key; the text says why, for the student."""


@cache
def _texts() -> dict[str, str]:
    text = (files("copydesk") / "ui" / "en" / "exercise.json").read_text("utf-8")
    return dict(json.loads(text))


def say(text_id: str, **values: object) -> str:
    """A sentence of ui/en/exercise.json with its values."""
    return _texts()[text_id].format_map(values)


def is_open(value: object) -> bool:
    """Whether nobody has answered yet: None or three dots."""
    return value is None or value is Ellipsis


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
        return digests(entry, name, value)[0]
    if entry.shape == "table":
        return {
            digest_of(name, plain_name(label)): digests(entry, name, each)[0]
            for label, each in pairs_of(value)
        }
    keys = [digests(entry, name, each)[0] for each in entries_of(value, entry.shape)]
    return sorted(set(keys)) if entry.shape == "set" else keys


def digest_of(name: str, text: str) -> str:
    """The fingerprint of a text for the check of this name."""
    # The name is the salt: equal answers to two checks do not look equal.
    return hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()[:20]


def digests(entry: CheckEntry, name: str, value: object) -> list[str]:
    """The digests under which a value counts: for a number its step and the two beside it."""
    if entry.kind != "number":
        return [digest_of(name, _plain(entry, value))]
    number = _number(entry, value)
    if not math.isfinite(number):
        raise UnfitError(say("nan") if math.isnan(number) else entry.again)
    step = round(number / (entry.tolerance or 1))
    return [digest_of(name, str(step + by)) for by in (0, -1, 1)]


def _plain(entry: CheckEntry, value: object) -> str:
    if entry.kind == "whole":
        number = _number(entry, value)
        if math.isnan(number):
            raise UnfitError(say("nan"))
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
    return plain_text(value, entry)


def plain_text(value: object, entry: CheckEntry | None = None) -> str:
    """A text as it is compared. Raises UnfitError for what is no text."""
    if not isinstance(value, str):
        if is_open(value):
            raise UnfitError(say("open-part"))
        wanted = say(f"wanted-{entry.kind}" if entry else "wanted-text")
        raise UnfitError(say("kind", wanted=wanted, given=kind_of(value)))
    # Neither capitals nor white space nor the sentence's own marks make another answer.
    return re.sub(r"\s+", " ", value).strip(" \t.,;:!?\"'“”‘’").casefold()


def plain_name(label: object) -> str:
    """A name of a table as it is compared; a day by its date."""
    return label.isoformat()[:10] if isinstance(label, date) else str(label).casefold().strip()


def _number(entry: CheckEntry, value: object) -> float:
    # To Python a bool is a number, but nobody means it as one.
    if not isinstance(value, numbers.Number) or isinstance(value, bool | complex):
        raise _unfit(entry, value)
    return float(value)  # type: ignore[arg-type]  # the others have no __float__, and raise


def _unfit(entry: CheckEntry, value: object) -> UnfitError:
    if is_open(value):
        return UnfitError(say("open-part"))
    return UnfitError(say("kind", wanted=say(f"wanted-{entry.kind}"), given=kind_of(value)))


def entries_of(value: object, shape: str) -> list[object]:
    """The entries of a list, a set, a Series or an array. Raises UnfitError for anything else."""
    if hasattr(value, "tolist") and not isinstance(value, numbers.Number):
        value = value.tolist()  # a Series or an array
    if not isinstance(value, Collection) or isinstance(value, str | bytes | Mapping):
        raise UnfitError(say("kind", wanted=say(f"wanted-{shape}"), given=kind_of(value)))
    return list(value)


def pairs_of(value: object) -> Iterator[tuple[object, object]]:
    """The names and values of a dict or a Series. Raises UnfitError for anything else."""
    items = getattr(value, "items", None)
    # A DataFrame has items too: its columns.
    if not callable(items) or type(value).__name__ == "DataFrame":
        raise UnfitError(say("kind", wanted=say("wanted-table"), given=kind_of(value)))
    yield from items()


def kind_of(value: object) -> str:
    """What kind of thing a value is, for a sentence."""
    return f"a {type(value).__name__}"
