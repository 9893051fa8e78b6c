"""Rules on omission.yml and data/reuse.csv: parts, events and the sources that they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.case import REUSE, Folder
from copydesk.document import Fault, show
from copydesk.quotes import line_count
from copydesk.rules import repeated, rule

FILE = "omission.yml"


def _row(folder: Folder, number: int, what: str, cure: str) -> Fault:
    # The first line holds the names of the columns.
    return Fault(show(folder.path / REUSE), number + 2, what, cure)


@rule
def ids_of_parts_and_events_differ(folder: Folder) -> Iterator[Fault]:
    """Rows and sentences name parts and events by their ids."""
    if not folder.omission:
        return
    groups = (
        ("parts", "part", [part.id for part in folder.omission.parts]),
        ("events", "event", [event.id for event in folder.omission.events]),
    )
    for group, noun, ids in groups:
        for number, _ in repeated(ids):
            what = f'another {noun} has the id "{ids[number]}"'
            yield folder.at(FILE, (group, number, "id"), what, "give each its own")


@rule
def events_bear_on_lines_of_the_article(folder: Folder) -> Iterator[Fault]:
    """An event names the lines that it bears on, counted from 1."""
    lines = line_count(folder.article or "")
    for number, event in enumerate(folder.omission.events if folder.omission else ()):
        for step, line in enumerate(event.lines):
            if line > lines:
                what = f"the event {event.id} bears on line {line}, and the article has {lines}"
                yield folder.at(FILE, ("events", number, "lines", step), what, "mend the line")


@rule
def events_have_sources_that_could_be_read(folder: Folder) -> Iterator[Fault]:
    """What is said to have been known by the article's day was published by then."""
    if not folder.omission or ("sources.yml" in folder.documents and not folder.sources):
        return
    sources = {s.id: s for s in folder.sources.sources} if folder.sources else {}
    day = folder.entry.published.isoformat() if folder.entry else None
    for number, event in enumerate(folder.omission.events):
        place = ("events", number, "source")
        source = sources.get(event.source)
        if source is None:
            what = f'the source "{event.source}" is not in sources.yml'
            yield folder.at(FILE, place, what, "add it there or mend its id")
        elif day and event.date <= day and (source.date is None or source.date > day):
            what = (
                f"the event {event.id} is of {event.date}, its source of {source.date or 'no date'}"
            )
            cure = f"name a source that was out by {day}, the article's day"
            yield folder.at(FILE, place, what, cure)


@rule
def reuse_has_a_row_for_each_line(folder: Folder) -> Iterator[Fault]:
    """The table of reuse follows the article, line by line, and rests on a source."""
    if REUSE not in folder.names:
        return
    lines = line_count(folder.article or "")
    # What cannot be read is told already, and would make every row wrong here.
    unread = FILE in folder.documents and not folder.omission
    parts = {part.id for part in folder.omission.parts} if folder.omission else set()
    sources = {source.id for source in folder.sources.sources} if folder.sources else set()
    for number, row in enumerate(folder.reuse):
        if row.line != number + 1:
            what = f"row {number + 1} is of line {row.line}"
            yield _row(folder, number, what, "give one row for each line of the article, in order")
        if row.part not in parts and not unread:
            what = f'the part "{row.part}" is not in {FILE}'
            yield _row(folder, number, what, "add it there or mend it")
        if row.source not in sources:
            what = f'the source "{row.source}" is not in sources.yml'
            yield _row(folder, number, what, "add it there or mend it")
    if folder.reuse and len(folder.reuse) != lines:
        what = f"there are {len(folder.reuse)} rows, and the article has {lines} lines"
        yield _row(folder, len(folder.reuse) - 1, what, "give one row for each line")


@rule
def every_part_and_event_sentence_has_its_entry(folder: Folder) -> Iterator[Fault]:
    """A name of a part or a sentence of an event that is not there is left over, or misspelt."""
    if not folder.words or (FILE in folder.documents and not folder.omission):
        return
    key = folder.omission
    have = {
        "parts": {part.id for part in key.parts} if key else set(),
        "events": {event.id for event in key.events} if key else set(),
    }
    for group, names in (("parts", folder.words.parts), ("events", folder.words.events)):
        for name in names:
            if name not in have[group]:
                what = f"{group}.{name} belongs to nothing in {FILE}"
                cure = "remove it or mend its id"
                yield folder.at(folder.words_name, (group, name), what, cure)
