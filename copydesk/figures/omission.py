"""Figures of what is not there: composition, absent words, reuse, and what was known when."""

from __future__ import annotations

from datetime import date

from copydesk.case import Case
from copydesk.model import ADDS, Adds, Event, OmissionFile, SourceEntry
from copydesk.picture import Picture, Table
from copydesk.plots import omission as plots
from copydesk.task import cut, ui_strings


def _omission(case: Case) -> OmissionFile:
    if case.omission is None:
        raise ValueError(f"case {case.id} has no omission.yml: add it")
    return case.omission


def _strings(case: Case) -> dict[str, str]:
    return ui_strings(case.entry.language)["figures"]


def _article_note(case: Case, strings: dict[str, str]) -> str:
    return strings["article-note"].format(publisher=case.entry.publisher, date=case.entry.published)


def line_adds(case: Case) -> list[Adds]:
    """What each line of the article adds, in order."""
    adds = {part.id: part.adds for part in _omission(case).parts}
    return [adds[row.part] for row in case.reuse]


def word_count_of(article: str, word: str) -> int:
    """How often a word stands in a text, inside longer words too, with or without capitals."""
    return article.casefold().count(word.casefold())


def lines_by_part(case: Case, name: str) -> Picture:
    """What each line adds, and how long it is."""
    strings = _strings(case)
    adds = line_adds(case)
    words = [len(line) // 2 for line in cut(case.article)][: len(adds)]
    parts = [case.parts[row.part] for row in case.reuse]
    figure = plots.lines_by_part(
        [
            (count, add, strings[f"adds.{add}.letter"], part)
            for count, add, part in zip(words, adds, parts, strict=True)
        ],
        x_label=strings["parts.words"],
        y_label=strings["parts.line"],
        note=_article_note(case, strings),
    )
    total = sum(words)
    sums = {
        kind: sum(n for n, add in zip(words, adds, strict=True) if add == kind) for kind in ADDS
    }
    lines = [str(n + 1) for n, add in enumerate(adds) if add == "background"]
    return Picture(
        id=name,
        figure=figure,
        caption=strings["parts.caption"],
        alt=strings["parts.alt"].format(
            words=total,
            lines=", ".join(lines) or strings["none"],
            **sums,
            **{f"{kind}_percent": round(100 * n / total) for kind, n in sums.items()},
        ),
        table=Table(
            heads=[strings[f"parts.{head}"] for head in ("line", "words", "part", "adds")],
            rows=[
                [str(n + 1), str(words[n]), parts[n], strings[f"adds.{adds[n]}"]]
                for n in range(len(adds))
            ],
        ),
        table_title=strings["numbers"],
    )


def absent_words(case: Case, name: str) -> Picture:
    """How often the words that a reader may look for occur."""
    strings = _strings(case)
    counts = [(word, word_count_of(case.article, word)) for word in _omission(case).sought]
    figure = plots.counted_words(
        counts, x_label=strings["sought.count"], note=_article_note(case, strings)
    )
    never = ", ".join(word for word, n in counts if not n) or strings["none"]
    others = ", ".join(strings["sought.part"].format(word=word, n=n) for word, n in counts if n)
    return Picture(
        id=name,
        figure=figure,
        caption=strings["sought.caption"],
        alt=strings["sought.alt"].format(never=never, others=others or strings["none"]),
        table=Table(
            heads=[strings["sought.word"], strings["sought.count"]],
            rows=[[word, str(n)] for word, n in counts],
        ),
        table_title=strings["numbers"],
    )


def found_again(case: Case, name: str) -> Picture:
    """How much of each line was printed again in a later report."""
    strings = _strings(case)
    adds = line_adds(case)
    rows = case.reuse
    sources = {row.source: case.source(row.source) for row in rows}
    outlet = "; ".join(source.publisher for source in sources.values())
    day = "; ".join(source.date or "" for source in sources.values())
    url = "; ".join(source.url or "" for source in sources.values())
    figure = plots.found_again(
        [
            (row.share, add, strings[f"adds.{add}.letter"])
            for row, add in zip(rows, adds, strict=True)
        ],
        x_label=strings["again.share"],
        y_label=strings["again.line"],
        note=strings["again.note"].format(outlet=outlet, date=day, url=_host(url)),
    )
    again = sum(row.words * row.share for row in rows)
    words = sum(row.words for row in rows)
    us = [row for row in rows if row.part == "background-us"]
    return Picture(
        id=name,
        figure=figure,
        caption=strings["again.caption"].format(outlet=outlet, date=day),
        alt=strings["again.alt"].format(
            again=round(again),
            words=words,
            percent=round(100 * again / words),
            us=", ".join(f"{row.line}: {row.share:.0%}" for row in us) or strings["none"],
            none=", ".join(str(row.line) for row in rows if not row.share) or strings["none"],
        ),
        table=Table(
            heads=[
                strings["again.line"],
                strings["again.part"],
                strings["again.words"],
                strings["again.share"],
                strings["again.run"],
            ],
            rows=[
                [
                    str(row.line),
                    case.parts[row.part],
                    str(row.words),
                    f"{100 * row.share:.0f}",
                    str(row.longest_run),
                ]
                for row in rows
            ],
        ),
        table_title=strings["numbers"],
    )


def _host(url: str) -> str:
    return url.split("/")[2] if url.count("/") > 1 else url


def when(event: Event, published: date) -> int:
    """-1 for an event before the article's day, 0 for one of that day, 1 for a later one."""
    day, of = event.entry.date, published.isoformat()
    # A month without a day is later only where the whole month is; the file names days up to then.
    return (day > of) - (day < of[: len(day)])


def _source(source: SourceEntry) -> str:
    return ", ".join(part for part in (source.publisher, source.date) if part)


def known_when(case: Case, name: str) -> Picture:
    """What could be known by the article's day, on it, and only later."""
    strings = _strings(case)
    published = case.entry.published
    events = sorted(case.events, key=lambda event: event.entry.date)
    order = [when(event, published) for event in events]
    labels = {-1: strings["known.before"], 0: strings["known.day"], 1: strings["known.after"]}
    before = order.count(-1)
    figure = plots.timeline(
        [
            (event.entry.date, event.words.issuer, event.words.what, place)
            for event, place in zip(events, order, strict=True)
        ],
        line_at=before,
        line_text=strings["known.article"].format(date=published),
        note=_article_note(case, strings),
    )

    def told(chosen: list[Event]) -> str:
        return "; ".join(
            strings["known.one"].format(
                date=event.entry.date, issuer=event.words.issuer, what=event.words.what
            )
            for event in chosen
        )

    after = len(events) - order.count(1)
    return Picture(
        id=name,
        figure=figure,
        caption=strings["known.caption"],
        alt=strings["known.alt"].format(
            before=before,
            day=order.count(0),
            after=order.count(1),
            last=told(events[max(before - 3, 0) : before]) or strings["none"],
            next=told(events[after : after + 2]) or strings["none"],
        ),
        table=Table(
            heads=[
                strings[f"known.{head}"]
                for head in ("date", "when", "issuer", "what", "lines", "source")
            ],
            rows=[
                [
                    event.entry.date,
                    labels[place],
                    event.words.issuer,
                    event.words.what,
                    ", ".join(map(str, event.entry.lines)),
                    _source(case.source(event.entry.source)),
                ]
                for event, place in zip(events, order, strict=True)
            ],
        ),
        table_title=strings["numbers"],
    )
