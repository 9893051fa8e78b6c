"""Rules on sources.yml."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.case import Folder
from copydesk.document import Fault
from copydesk.model import SourceEntry
from copydesk.rules import repeated, rule, web_address_fault


def _sources(folder: Folder) -> tuple[SourceEntry, ...]:
    return folder.sources.sources if folder.sources else ()


@rule
def source_ids_differ(folder: Folder) -> Iterator[Fault]:
    """A mark names its sources by their ids."""
    sources = _sources(folder)
    for number, first in repeated(source.id for source in sources):
        line = folder.documents["sources.yml"].line(("sources", first, "id"))
        yield folder.at(
            "sources.yml",
            ("sources", number, "id"),
            f'source "{sources[number].id}" stands at line {line} already',
            "keep one of the two, or give this one its own id",
        )


@rule
def a_source_says_how_it_is_known(folder: Folder) -> Iterator[Fault]:
    """Nobody can look up a source without an address, unless it was computed or says so."""
    for number, source in enumerate(_sources(folder)):
        if not source.url and not source.from_memory and source.kind != "computation":
            yield folder.at(
                "sources.yml",
                ("sources", number),
                f'source "{source.id}" does not say how it is known',
                "add its url; or from_memory: true, if it was not looked up",
            )


@rule
def a_source_has_a_web_address(folder: Folder) -> Iterator[Fault]:
    """The address of a source is one that a browser opens."""
    for number, source in enumerate(_sources(folder)):
        if source.url:
            place = ("sources", number, "url")
            yield from web_address_fault(folder, "sources.yml", place, source.url)


@rule
def a_source_is_no_copy_of_itself(folder: Folder) -> Iterator[Fault]:
    """copy_of names whose text it is where that is not the publisher's own."""
    for number, source in enumerate(_sources(folder)):
        if source.copy_of in (source.id, source.publisher):
            yield folder.at(
                "sources.yml",
                ("sources", number, "copy_of"),
                f'source "{source.id}" is named as a copy of itself',
                "name whose text it is, or remove copy_of",
            )
