"""Figures of the figures desk that show parts: the lines of the bill, the votes of the Council."""

from __future__ import annotations

import textwrap

from copydesk.case import Case
from copydesk.figures.counts import Row, number, numbers_of, rows_of, short_day, strings_of
from copydesk.measure import share
from copydesk.picture import Picture
from copydesk.plots.bars import Bar, Vote, parts_of_a_sum, votes

# Characters that fit on a line above a bar on a phone.
LINE = 52
NEEDED = 9  # Charter of the United Nations, article 27: nine of the fifteen members.


def _wrapped(text: str, width: int = LINE) -> str:
    return "\n".join(textwrap.wrap(text, width))


def _sources(rows: list[Row]) -> str:
    names = [name for row in rows for name in row["source"].split("; ")]
    return ", ".join(dict.fromkeys(names))


def house_bill(case: Case, name: str) -> Picture:
    """The parts of the House bill with their shares, and the cut in the same bill beside them."""
    strings, table = strings_of(case), case.table("house-bill")
    rows = rows_of(table)
    parts = [row for row in rows if row["kind"] == "amount"]
    (offset,) = (row for row in rows if row["kind"] == "offset")
    total = round(sum(row["value"] for row in parts), 6)
    percent = {row["item"]: f"{100 * share(row['value'], total):.1f}" for row in parts}
    bars = [Bar(strings["bill.whole"].capitalize(), total, number(total), "whole")]
    for row in sorted(parts, key=lambda row: -row["value"]):
        text = strings["bill.value"].format(value=row["value"], percent=percent[row["item"]])
        fill = "odd" if row["item"].startswith("State Department") else "plain"
        item = row["item"][0].upper() + row["item"][1:]
        bars.append(Bar(_wrapped(item), row["value"], text, fill))
    item = offset["item"][0].upper() + offset["item"][1:]
    bars.append(Bar(_wrapped(item), offset["value"], number(offset["value"]), "offset"))
    figure = parts_of_a_sum(
        bars,
        legend=[
            ("plain", strings["bill.part"]),
            ("odd", strings["bill.odd"]),
            ("offset", strings["bill.offset"]),
        ],
        x_label=strings["bill.x"],
        note=_wrapped(strings["bill.note"].format(sources=_sources([*parts, offset])), 84),
    )
    return Picture(
        id=name,
        figure=figure,
        caption=strings["bill.caption"].format(total=total),
        alt=strings["bill.alt"].format(
            total=total,
            parts=strings["and"].join(
                strings["bill.alt-part"].format(
                    name=row["item"], value=row["value"], percent=percent[row["item"]]
                )
                for row in parts
            ),
            offset=offset["value"],
        ),
        table=numbers_of(table, strings),
        table_title=strings["numbers"],
    )


def _outcome(row: Row, strings: dict[str, str]) -> str:
    if row["us_veto"] == "yes":
        return strings["votes.us-veto"]
    if row["other_veto"].startswith("yes: "):
        who = row["other_veto"].removeprefix("yes: ")
        return strings["votes.other-veto"].format(who=who)
    return strings["votes.adopted" if row["outcome"] == "adopted" else "votes.short"]


def council_votes(case: Case, name: str) -> Picture:
    """Each vote of the Security Council, the nine votes that a text needs, and the vetoes."""
    strings, table = strings_of(case), case.table("council-votes")
    rows = rows_of(table)
    names = [
        strings["votes.name"].format(
            day=short_day(row["date"], strings), sponsor=row["sponsor"], text=row["text"]
        )
        for row in rows
    ]
    figure = votes(
        [
            Vote(
                name=_wrapped(full, 58),
                votes_for=row["votes_for"],
                abstained=row["abstentions"],
                against=row["votes_against"],
                outcome=textwrap.fill(_outcome(row, strings), 16),
                strong=row["us_veto"] == "yes" or row["other_veto"] != "no",
                later=row["date"] > case.entry.published,
            )
            for row, full in zip(rows, names, strict=True)
        ],
        needed=NEEDED,
        needed_label=strings["votes.needed"],
        legend=(strings["votes.for"], strings["votes.abstain"], strings["votes.against"]),
        later_label=strings["votes.later"],
        x_label=strings["votes.x"],
        note=_wrapped(strings["votes.note"].format(sources=_sources(rows)), 84),
    )
    return Picture(
        id=name,
        figure=figure,
        caption=strings["votes.caption"],
        alt=strings["votes.alt"].format(
            n=len(rows),
            first=short_day(rows[0]["date"], strings),
            last=short_day(rows[-1]["date"], strings),
            rows=strings["and"].join(
                strings["votes.alt-row"].format(
                    name=full,
                    for_=row["votes_for"],
                    against=row["votes_against"],
                    abstained=row["abstentions"],
                    outcome=row["outcome"],
                )
                for row, full in zip(rows, names, strict=True)
            ),
        ),
        table=numbers_of(table, strings),
        table_title=strings["numbers"],
    )
