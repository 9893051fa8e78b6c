"""The rules of `copydesk check`: small functions, each of which finds one kind of fault.

A rule takes a case folder as read and yields its faults. It is registered by `@rule`; a module of
rules is named in copydesk/check.py, which imports it. What a rule reports stands in
tests/data/broken, a folder for each kind of fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from copydesk.case import Folder
from copydesk.document import Fault, Place, short

Rule = Callable[[Folder], Iterable[Fault]]

RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Add a function to the rules that every case is checked by."""
    RULES.append(function)
    return function


def repeated(ids: Iterable[str]) -> Iterator[tuple[int, int]]:
    """For each id that stood before: its number in the list, and that of the first one."""
    first: dict[str, int] = {}
    for number, name in enumerate(ids):
        if first.setdefault(name, number) != number:
            yield number, first[name]


def web_address_fault(folder: Folder, name: str, place: Place, url: str) -> Iterator[Fault]:
    """The fault of an address that a browser would not open as a page of the web."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or any(char.isspace() for char in url):
        yield folder.at(
            name,
            place,
            f'url "{short(url)}" is no web address',
            "write it whole, from http:// or https:// on, without spaces",
        )
