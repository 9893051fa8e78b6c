"""The figure task of a case: its claims with tools, references and feedback, its tables and map."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from copydesk.case import Case
from copydesk.model import (
    VERDICTS,
    Claim,
    FigureTask,
    MapShape,
    TaskClaim,
    TaskEntry,
    TaskReason,
    TaskReference,
    TaskVerdict,
    VerdictInfo,
)
from copydesk.scoring import stance
from copydesk.task.common import common, ui_strings
from copydesk.task.words import word_range, words_of


def verdict_infos(language: str = "en") -> tuple[VerdictInfo, ...]:
    """The verdicts, from holds to cannot be checked, as a reader meets them."""
    strings = ui_strings(language)["verdicts"]
    return tuple(
        VerdictInfo(verdict=v, name=strings[f"{v}.name"], what=strings[f"{v}.what"])
        for v in VERDICTS
    )


@cache
def map_shapes() -> tuple[MapShape, ...]:
    """Iraq and its neighbours, clipped to a window around Iraq, from Natural Earth."""
    file = files("copydesk") / "data" / "iraq-and-neighbours.geojson"
    countries = json.loads(file.read_text("utf-8"))["features"]
    return tuple(
        MapShape(
            name=country["properties"]["name"],
            rings=tuple(
                tuple((lon, lat) for lon, lat in ring)
                for polygon in country["geometry"]["coordinates"]
                for ring in polygon
            ),
        )
        for country in countries
    )


def came_later(source_date: str | None, published: str) -> bool:
    """Whether a source came out after the article, both as YYYY-MM-DD or the first parts of it.

    A source of the same month or year, without a day, is given the benefit of the doubt.
    """
    return source_date is not None and source_date > published[: len(source_date)]


def _references(case: Case, claim: Claim) -> tuple[TaskReference, ...]:
    published = case.entry.published.isoformat()
    found = []
    for entry in claim.entry.references:
        source = case.source(entry.source)
        found.append(
            TaskReference(
                publisher=source.publisher,
                title=source.title,
                date=source.date,
                url=source.url,
                value=claim.words.found[entry.source],
                confidence=source.confidence,
                from_memory=source.from_memory,
                copy_of=source.copy_of,
                reprint=source.reprint,
                computed=entry.computed,
                later=came_later(source.date, published),
            )
        )
    return tuple(found)


def _claim(case: Case, claim: Claim, first: int, last: int) -> TaskClaim:
    entry, words = claim.entry, claim.words
    return TaskClaim(
        id=entry.id,
        first=first,
        last=last,
        topic=words.topic,
        claimed=words.claimed,
        verdict=entry.verdict,
        confidence=entry.confidence,
        knowable=entry.knowable,
        knowable_words=words.knowable,
        explanation=words.explanation,
        check=words.check,
        good=words.good,
        tools=entry.tools,
        verdicts=tuple(
            TaskVerdict(
                verdict=verdict,
                stance=stance(entry.verdict, entry.defensible, verdict),
                note=words.verdicts.get(verdict, ""),
            )
            for verdict in VERDICTS
        ),
        reasons=tuple(
            TaskReason(id=i, text=words.reasons[i], right=i in entry.right_reasons)
            for i in entry.reasons
        ),
        references=_references(case, claim),
    )


def figure_task(case: Case, entry: TaskEntry) -> FigureTask:
    """The figure task of a case. Claims come in the article's order, the longer first.

    The shapes of the map come along only where a claim's tool needs them. Raises ValueError where
    a claim's quote has no word.
    """
    words = words_of(case.article)
    claims = []
    for claim in sorted(case.claims, key=lambda c: (c.span.start, -c.span.end)):
        place = word_range(words, claim.span)
        if place is None:
            raise ValueError(
                f'the quote "{claim.span.quote}" of case {case.id} has no word: quote at least one'
            )
        claims.append(_claim(case, claim, *place))
    mapped = any(tool.kind == "distance" for claim in claims for tool in claim.tools)
    return FigureTask(
        **common(case, entry),
        verdicts=verdict_infos(case.entry.language),
        claims=tuple(claims),
        tables=case.tables,
        points=case.points,
        shapes=map_shapes() if mapped else (),
    )
