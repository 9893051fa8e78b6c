"""What a page shows of a case besides tasks and figures: source cards, and tables of outlets.

All of it is HTML that needs no script: real tables with heads, and cards that open by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2

from copydesk.case import Case
from copydesk.task import ui_strings


@dataclass(frozen=True)
class Display:
    """A piece of a page: its HTML, and a line of text for where there is none."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("copydesk", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


def _render(case: Case, name: str, **values: Any) -> Display:
    ui = ui_strings(case.entry.language)["outlets"]
    html = _templates().get_template(f"{name}.html.j2").render(case=case, ui=ui, **values)
    return Display(html, f"{ui[f'{name}-title']}, case {case.id}")


def source_cards(case: Case) -> Display:
    """A card for each outlet of outlets.yml, with the same questions on each."""
    return _render(case, "cards", outlets=case.outlets)


def accounts_table(case: Case) -> Display:
    """How real outlets named and sourced the event, or the nearest one: data/accounts.csv."""
    rows = [(row, case.source(row.source)) for row in case.accounts]
    columns = ("named", "group", "base", "damage", "dead")
    return _render(case, "accounts", rows=rows, columns=columns)


def labels_table(case: Case) -> Display:
    """Every label of data/labels.csv by referent, with outlet, date and source."""
    if case.matches is None:
        raise ValueError(f"case {case.id} has no labels: add matches.yml and data/labels.csv")
    groups = [
        (
            case.matches.words.rounds[entry.id].name,
            [
                (row, case.source(row.source))
                for row in case.matches.labels.values()
                if row.referent == entry.id
            ],
        )
        for entry in case.matches.entry.rounds
    ]
    return _render(case, "labels", groups=groups)


_DISPLAYS: dict[str, Callable[[Case], Display]] = {
    "source-cards": source_cards,
    "accounts": accounts_table,
    "labels": labels_table,
}


def build_display(case: Case, name: str) -> Display:
    """What a page shows under this name; ValueError, naming those there are, for another."""
    if name not in _DISPLAYS:
        raise ValueError(f'there is nothing "{name}" to show: use one of {", ".join(_DISPLAYS)}')
    return _DISPLAYS[name](case)
