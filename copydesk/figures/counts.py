"""Figures of the figures desk that follow a number by day: reported deaths, counted attacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from copydesk.case import Case
from copydesk.model import Table
from copydesk.picture import Picture
from copydesk.picture import Table as Numbers
from copydesk.plots.series import Callout, Run, running_totals
from copydesk.task import ui_strings

Row = dict[str, Any]


def strings_of(case: Case) -> dict[str, str]:
    """The words of these figures, in the case's language."""
    return ui_strings(case.entry.language)["counts"]


def rows_of(table: Table) -> list[Row]:
    """The rows of a table by the ids of its columns; what is a date is one."""
    kinds = dict(zip(table.keys, table.kinds, strict=True))
    rows = [dict(zip(table.keys, row, strict=True)) for row in table.rows]
    return [
        {k: date.fromisoformat(str(v)) if kinds[k] == "date" and v else v for k, v in row.items()}
        for row in rows
    ]


def number(value: float) -> str:
    """A number as it is read: 11,320 or 14.3."""
    return f"{value:,}"


def short_day(day: date, strings: dict[str, str]) -> str:
    """A day without its year, such as 14 Nov."""
    months = strings["months"].split()
    return strings["day"].format(day=day.day, month=months[day.month - 1])


def whole_day(day: date, strings: dict[str, str]) -> str:
    """A day with its year, such as 14 Nov 2023."""
    months = strings["months"].split()
    return strings["day-year"].format(day=day.day, month=months[day.month - 1], year=day.year)


def numbers_of(table: Table, strings: dict[str, str]) -> Numbers:
    """All rows of a table as text, for the table behind a figure."""
    return Numbers(
        heads=table.columns,
        rows=[
            [
                strings["unknown"]
                if value is None
                else (value if isinstance(value, str) else number(value))
                for value in row
            ]
            for row in table.rows
        ],
    )


def _ticks(days: Sequence[date], every: int, strings: dict[str, str]) -> list[tuple[date, str]]:
    first, last = min(days), max(days)
    count = (last - first).days // every
    found = [first + timedelta(days=every * n) for n in range(count + 1)]
    return [(day, short_day(day, strings)) for day in found]


def reported_deaths(case: Case, name: str) -> Picture:
    """People reported killed in Gaza by day and issuer, with the number that the article uses."""
    strings, table = strings_of(case), case.table("gaza-reported-deaths")
    rows = [row for row in rows_of(table) if row["killed_people"] is not None]
    issuers = list(dict.fromkeys(row["issuer"] for row in rows))
    by_issuer = {i: [row for row in rows if row["issuer"] == i] for i in issuers}
    (claimed,) = (
        int(tool.start["claimed"])
        for claim in case.claims
        for tool in claim.entry.tools
        if tool.kind == "series"
        and (tool.start["table"], tool.start["column"]) == (table.id, "killed_people")
    )
    used = next(row for row in rows if row["killed_people"] == claimed)
    change = rows[table.breaks[0]]["date"]
    days = [row["date"] for row in rows]
    figure = running_totals(
        [
            Run(
                strings["deaths.run"].format(
                    issuer=issuer,
                    first=short_day(own[0]["date"], strings),
                    last=short_day(own[-1]["date"], strings),
                ),
                [row["date"] for row in own],
                [row["killed_people"] for row in own],
            )
            for issuer, own in by_issuer.items()
        ],
        ticks=_ticks(days, 12, strings),
        y_label=strings["deaths.y"],
        changes=[Callout(change, strings["deaths.change"].format(day=short_day(change, strings)))],
        points=[
            Callout(
                used["date"],
                strings["deaths.point"].format(value=number(claimed)),
                used["killed_people"],
            )
        ],
        note=strings["deaths.note"],
    )
    runs = [
        strings["deaths.alt-run"].format(
            issuer=issuer,
            first=short_day(own[0]["date"], strings),
            last=short_day(own[-1]["date"], strings),
            first_value=number(own[0]["killed_people"]),
            last_value=number(own[-1]["killed_people"]),
            n=len(own),
        )
        for issuer, own in by_issuer.items()
    ]
    return Picture(
        id=name,
        figure=figure,
        caption=strings["deaths.caption"],
        alt=strings["deaths.alt"].format(
            first=whole_day(min(days), strings),
            last=whole_day(max(days), strings),
            runs=strings["and"].join(runs),
            change=short_day(change, strings),
            value=number(claimed),
            day=short_day(used["date"], strings),
            issuer=used["issuer"],
        ),
        table=numbers_of(table, strings),
        table_title=strings["numbers"],
    )


def named(who: str) -> bool:
    """Whether the words for who gave a number hold a name, as in "spokesperson (Ryder)"."""
    return "(" in who and "unnamed" not in who


def attacks_counted(case: Case, name: str) -> Picture:
    """Attacks on US forces by day, as officials counted them, in all and by country."""
    strings, table = strings_of(case), case.table("attacks-on-us-forces")
    rows = rows_of(table)
    runs = []
    for column, label in (
        ("attacks_total", "attacks.all"),
        ("attacks_syria", "attacks.syria"),
        ("attacks_iraq", "attacks.iraq"),
    ):
        own = [row for row in rows if row[column] is not None]
        runs.append(
            Run(
                strings[label],
                [row["date"] for row in own],
                [row[column] for row in own],
                [not named(row["issuer"]) for row in own],
            )
        )
    days = [row["date"] for row in rows]
    published = case.entry.published
    figure = running_totals(
        runs,
        ticks=_ticks(days, 22, strings),
        y_label=strings["attacks.y"],
        changes=[
            Callout(published, strings["attacks.change"].format(day=short_day(published, strings)))
        ],
        open_marker=strings["attacks.open"],
        note=strings["attacks.note"],
    )
    pairs = [
        strings["attacks.pair"].format(
            value=number(row["attacks_total"]), day=short_day(row["date"], strings)
        )
        for row in rows
    ]
    return Picture(
        id=name,
        figure=figure,
        caption=strings["attacks.caption"],
        alt=strings["attacks.alt"].format(
            first=whole_day(min(days), strings),
            last=whole_day(max(days), strings),
            n=len(rows),
            pairs=", ".join(pairs),
            named=sum(named(row["issuer"]) for row in rows),
        ),
        table=numbers_of(table, strings),
        table_title=strings["numbers"],
    )
