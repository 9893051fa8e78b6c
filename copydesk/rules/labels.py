"""Rules on matches.yml, outlets.yml and the tables of labels and of other outlets' reports."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.beside import ACCOUNTS, LABELS, MATCHES, OUTLETS
from copydesk.case import Folder
from copydesk.document import Fault, short, show
from copydesk.model import MatchesFile
from copydesk.rules import repeated, rule
from copydesk.task import words_of

# A label is a name, not a sentence: what is longer would be a quotation of somebody's text.
LABEL_WORDS = 8


# --- matches.yml and the tables -----------------------------------------------------------------


def _sources(folder: Folder) -> set[str] | None:
    """The ids in sources.yml; None where that file cannot be read."""
    if "sources.yml" in folder.documents and not folder.sources:
        return None
    return {source.id for source in folder.sources.sources} if folder.sources else set()


@rule
def rows_name_sources_that_exist(folder: Folder) -> Iterator[Fault]:
    """A label or a report of another outlet can be looked up, or says why not."""
    have = _sources(folder)
    rows = [(LABELS, n, row.source) for n, row in enumerate(folder.beside.labels)]
    rows += [(ACCOUNTS, n, row.source) for n, row in enumerate(folder.beside.accounts)]
    for name, number, source in rows:
        if have is not None and source not in have:
            what = f'the source "{source}" is not in sources.yml'
            # The first line has the names of the columns.
            yield Fault(show(folder.path / name), number + 2, what, "add it or mend its id")


@rule
def labels_are_a_few_words(folder: Folder) -> Iterator[Fault]:
    """Labels are named, sentences of others are not copied."""
    found = [(LABELS, line, row.label) for line, row in enumerate(folder.beside.labels, start=2)]
    found += [
        (ACCOUNTS, line, label)
        for line, row in enumerate(folder.beside.accounts, start=2)
        for label in (row.group, row.base)
    ]
    for name, line, label in found:
        count = len(words_of(label))
        if count > LABEL_WORDS:
            what = f'the label "{short(label)}" has {count} words'
            cure = f"keep {LABEL_WORDS} at most; a sentence of an outlet is not copied"
            yield Fault(show(folder.path / name), line, what, cure)


@rule
def label_ids_differ(folder: Folder) -> Iterator[Fault]:
    """matches.yml names labels by their ids."""
    for number, first in repeated(row.id for row in folder.beside.labels):
        what = f'the label "{folder.beside.labels[number].id}" stands in row {first + 1} already'
        yield Fault(show(folder.path / LABELS), number + 2, what, "give each its own id")


@rule
def labels_have_a_kind_of_outlet(folder: Folder) -> Iterator[Fault]:
    """A reader guesses among the kinds that matches.yml names."""
    key = folder.beside.matches
    for line, row in enumerate(folder.beside.labels if key else (), start=2):
        for name in (row.standing, *row.also):
            if key and (name not in key.standings or (name == row.standing and name in row.also)):
                what = f'the label {row.id} has the kind "{short(name)}", or has it twice'
                cure = f"use each of {', '.join(key.standings)} once at most"
                yield Fault(show(folder.path / LABELS), line, what, cure)


def _rounds(key: MatchesFile | None) -> Iterator[tuple[int, str, list[str]]]:
    for number, entry in enumerate(key.rounds if key else ()):
        yield number, entry.id, [label for level in entry.order for label in level]


@rule
def a_round_orders_its_own_labels(folder: Folder) -> Iterator[Fault]:
    """Each label stands in the round of its referent, once."""
    key, rows = folder.beside.matches, {row.id: row for row in folder.beside.labels}
    for number, _ in repeated(name for _, name, _ in _rounds(key)):
        yield folder.at(MATCHES, ("rounds", number, "id"), "another round has this id", "rename it")
    for number, name, labels in _rounds(key):
        for step, _ in repeated(labels):
            what = f'the round {name} has the label "{labels[step]}" twice'
            yield folder.at(MATCHES, ("rounds", number), what, "keep one of the two")
        for label in labels:
            if label in rows and rows[label].referent != name:
                what = f'the label "{label}" is of the referent {rows[label].referent}, not {name}'
                yield folder.at(MATCHES, ("rounds", number), what, "put it into its own round")
        for label in key.rounds[number].arguable if key else ():
            if label not in labels:
                what = f'the round {name} calls "{short(label)}" arguable, and does not have it'
                yield folder.at(MATCHES, ("rounds", number, "arguable"), what, "remove it there")


@rule
def an_arguable_place_has_a_case_against(folder: Folder) -> Iterator[Fault]:
    """Where the order is only a judgement, a reader hears what speaks against it."""
    words = folder.words.matches if folder.words else None
    for entry in folder.beside.matches.rounds if folder.beside.matches and words else ():
        for label in entry.arguable:
            sentences = words.labels.get(label) if words else None
            if sentences and not sentences.against:
                what = f"matches.labels.{label} is arguable, and has no case against"
                place = ("matches", "labels", label)
                yield folder.at(folder.words_name, place, what, "add against")


# --- outlets.yml --------------------------------------------------------------------------------


@rule
def outlet_ids_differ(folder: Folder) -> Iterator[Fault]:
    """Sentences name outlets by their ids."""
    outlets = folder.beside.outlets.outlets if folder.beside.outlets else ()
    for number, _ in repeated(outlet.id for outlet in outlets):
        what = f'another outlet has the id "{outlets[number].id}"'
        yield folder.at(OUTLETS, ("outlets", number, "id"), what, "give each its own")


@rule
def what_is_said_of_an_outlet_is_known(folder: Folder) -> Iterator[Fault]:
    """Each answer has a source that exists, or says that it is from memory."""
    have = _sources(folder)
    for number, outlet in enumerate(folder.beside.outlets.outlets if folder.beside.outlets else ()):
        for question, answer in outlet.answers.items():
            place = ("outlets", number, "answers", question)
            if not answer.sources and not answer.from_memory:
                what = f"{outlet.id}.{question} does not say how it is known"
                yield folder.at(OUTLETS, place, what, "add sources; or from_memory: true")
            for name in answer.sources:
                if have is not None and name not in have:
                    what = f'the source "{name}" is not in sources.yml'
                    yield folder.at(OUTLETS, place, what, "add it there or mend its id")
