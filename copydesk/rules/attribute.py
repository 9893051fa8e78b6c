"""Rules on attribution.yml: where clauses stand, whose words they are, and who read them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from copydesk.case import Folder
from copydesk.document import Fault, short
from copydesk.model import ClauseEntry, Span
from copydesk.rules import repeated, rule
from copydesk.task import word_range, words_of

FILE = "attribution.yml"


def _clauses(folder: Folder) -> tuple[ClauseEntry, ...]:
    return folder.attribution.clauses if folder.attribution else ()


def _spans(folder: Folder) -> Iterator[tuple[int, ClauseEntry, Span]]:
    """Every clause whose quote was found in the article."""
    for number, clause in enumerate(_clauses(folder)):
        span = folder.spans.get(("clauses", number))
        if span:
            yield number, clause, span


def _quote(clause: ClauseEntry) -> str:
    return f'clause {clause.id} "{short(clause.quote)}"'


@rule
def clause_ids_differ(folder: Folder) -> Iterator[Fault]:
    """Sentences, answers and scores name a clause by its id."""
    clauses = _clauses(folder)
    for number, first in repeated(clause.id for clause in clauses):
        line = folder.documents[FILE].line(("clauses", first, "id"))
        what = f'the clause "{clauses[number].id}" stands at line {line} already'
        yield folder.at(FILE, ("clauses", number, "id"), what, "give each its own id")


@rule
def clauses_are_whole_words_of_one_line(folder: Folder) -> Iterator[Fault]:
    """On the page a place is a word's number, and a line is a paragraph."""
    words = words_of(folder.article or "")
    for number, clause, span in _spans(folder):
        touched = word_range(words, span)
        if "\n" in span.quote:
            what, cure = "crosses a line break", "end it with its line"
        elif touched is None:
            what, cure = "has no word", "quote at least one"
        elif words[touched[0]].start < span.start or words[touched[1]].end > span.end:
            what, cure = "cuts a word", "quote whole words"
        else:
            continue
        yield folder.at(FILE, ("clauses", number, "quote"), f"{_quote(clause)} {what}", cure)


@rule
def clauses_nest_or_stand_apart(folder: Folder) -> Iterator[Fault]:
    """A word belongs to the shortest clause that holds it: one inside another is told apart."""
    for (_, one, a), (number, other, b) in combinations(_spans(folder), 2):
        if (a.start, a.end) == (b.start, b.end):
            what = f"{_quote(other)} has the same words as {_quote(one)}"
            cure = "keep one of the two"
        elif a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end:
            what = f"{_quote(other)} overlaps {_quote(one)}"
            cure = "let one hold the other, or let them share no word"
        else:
            continue
        yield folder.at(FILE, ("clauses", number, "quote"), what, cure)


@rule
def only_a_named_voice_has_a_source(folder: Folder) -> Iterator[Fault]:
    """The reporter's own voice names nobody; every other voice names whose it is."""
    for number, clause in enumerate(_clauses(folder)):
        place = ("clauses", number, "voice")
        if clause.voice == "reporter" and clause.source is not None:
            what = (
                f'{_quote(clause)} has the source "{short(clause.source)}" and is the reporter\'s'
            )
            yield folder.at(FILE, place, what, "name the source's voice, or remove the source")
        elif clause.voice != "reporter" and clause.source is None:
            what = f"{_quote(clause)} has the voice {clause.voice} and no source"
            yield folder.at(FILE, place, what, "add source, or set voice: reporter")


@rule
def only_a_source_can_be_a_party(folder: Folder) -> Iterator[Fault]:
    """Whether the source is a party can be asked where there is one, and only there."""
    for number, clause in enumerate(_clauses(folder)):
        if (clause.voice == "reporter") != (clause.party == "not-applicable"):
            what = f"{_quote(clause)} has the voice {clause.voice} and party {clause.party}"
            cure = "use not-applicable for the reporter, and yes, no or unclear for all others"
            yield folder.at(FILE, ("clauses", number, "party"), what, cure)


@rule
def a_verb_has_a_kind(folder: Folder) -> Iterator[Fault]:
    """The kind is none where no verb tells that somebody says it, and only there."""
    for number, clause in enumerate(_clauses(folder)):
        place = ("clauses", number, "verb_kind")
        if clause.verb is not None and clause.verb_kind == "none":
            what = f'{_quote(clause)} has the verb "{short(clause.verb)}" of the kind none'
            yield folder.at(FILE, place, what, "name its kind, or remove the verb")
        elif clause.verb is None and clause.verb_kind != "none":
            what = f"{_quote(clause)} has a verb of the kind {clause.verb_kind}, but no verb"
            yield folder.at(FILE, place, what, "add verb, or set verb_kind: none")


@rule
def the_verb_stands_by_its_clause(folder: Folder) -> Iterator[Fault]:
    """The verb is the article's own: in the clause, or in the same line before or after it."""
    article = folder.article or ""
    for number, clause, span in _spans(folder):
        start = article.rfind("\n", 0, span.start) + 1
        line = article[start : span.start] + article[span.start :].split("\n", 1)[0]
        if clause.verb is not None and clause.verb not in line:
            what = f'the verb "{short(clause.verb)}" is not in the line of {_quote(clause)}'
            cure = "copy it from there, letter by letter"
            yield folder.at(FILE, ("clauses", number, "verb"), what, cure)


@rule
def the_source_is_named_in_the_article(folder: Folder) -> Iterator[Fault]:
    """The source is written as the article writes it, wherever it does."""
    for number, clause in enumerate(_clauses(folder)):
        if clause.source is not None and clause.source not in (folder.article or ""):
            what = f'the source "{short(clause.source)}" is not in the article'
            cure = "copy it from article.txt, letter by letter"
            yield folder.at(FILE, ("clauses", number, "source"), what, cure)


@rule
def readings_of_clauses_are_declared(folder: Folder) -> Iterator[Fault]:
    """Readings are counted, so each is named once at the top, and once in a record."""
    if not folder.attribution:
        return
    declared = [reading.id for reading in folder.attribution.readings]
    used: set[str] = set()
    for number, _ in repeated(declared):
        what = f'the reading "{short(declared[number])}" is declared twice'
        yield folder.at(FILE, ("readings", number, "id"), what, "keep one of the two")
    for number, clause in enumerate(_clauses(folder)):
        used.update(clause.readings)
        twice = {step for step, _ in repeated(clause.readings)}
        for step, name in enumerate(clause.readings):
            if name not in declared:
                what, cure = "is not declared", "add it to readings at the top, or mend it"
            elif step in twice:
                what, cure = "stands here twice", "keep one of the two"
            else:
                continue
            what = f'the reading "{short(name)}" {what}'
            yield folder.at(FILE, ("clauses", number, "readings", step), what, cure)
    for number, name in enumerate(declared):
        if name not in used:
            what = f'the reading "{short(name)}" has no clause'
            cure = "add it where it had one, or remove it"
            yield folder.at(FILE, ("readings", number, "id"), what, cure)


@rule
def every_clause_sentence_has_its_clause(folder: Folder) -> Iterator[Fault]:
    """A sentence of a clause that attribution.yml does not have is left over, or misspelt."""
    if not folder.words or (FILE in folder.documents and not folder.attribution):
        return
    have = {clause.id for clause in _clauses(folder)}
    for name in folder.words.clauses:
        if name not in have:
            what = f"clauses.{name} belongs to nothing in {FILE}"
            yield folder.at(folder.words_name, ("clauses", name), what, "remove it or mend its id")
