"""What a case sets beside its article: other accounts of the event, labels, and outlets.

Reads compare.yml, matches.yml, outlets.yml and the two tables that go with them. Faults go into
the documents that they stand in; a noun is made only where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.document import Document, Fault, Place, load_document, read_text
from copydesk.model import (
    Account,
    AccountRow,
    CaseEntry,
    CompareFile,
    ComparePoint,
    Comparison,
    LabelRow,
    Matches,
    MatchesFile,
    Outlet,
    OutletAnswer,
    OutletEntry,
    OutletQuestion,
    OutletsFile,
    SourceEntry,
    Span,
    WordsFile,
)
from copydesk.model.outlets import OUTLET_QUESTIONS
from copydesk.quotes import locate
from copydesk.rows import load_rows

COMPARE, MATCHES, OUTLETS = "compare.yml", "matches.yml", "outlets.yml"
LABELS, ACCOUNTS = "data/labels.csv", "data/accounts.csv"


@dataclass
class Beside:
    """The files as read. `texts`: each account that could be read, by case id, with its case.yml.

    `spans`: the place of every quote of compare.yml, by point and account.
    """

    compare: CompareFile | None = None
    matches: MatchesFile | None = None
    outlets: OutletsFile | None = None
    labels: tuple[LabelRow, ...] = ()
    accounts: tuple[AccountRow, ...] = ()
    texts: dict[str, tuple[CaseEntry, str]] = field(default_factory=dict)
    spans: dict[tuple[str, str], Span] = field(default_factory=dict)


def read_beside(
    path: Path, names: tuple[str, ...], kinds: set[str], documents: dict[str, Document]
) -> tuple[Beside, list[Fault]]:
    """Read the files of a folder that has them, or whose tasks need them.

    Returns them, and the faults that belong to no YAML file of the folder.
    """
    found, faults = Beside(), list[Fault]()
    if "compare" in kinds or COMPARE in names:
        documents[COMPARE], found.compare = load_document(path / COMPARE, CompareFile)
        if found.compare:
            _read_accounts(path, found, found.compare, documents[COMPARE])
    if "match" in kinds or MATCHES in names:
        documents[MATCHES], found.matches = load_document(path / MATCHES, MatchesFile)
    if found.matches or LABELS in names:
        found.labels, more = load_rows(path / LABELS, LabelRow)
        faults += more
    if ACCOUNTS in names:
        found.accounts, more = load_rows(path / ACCOUNTS, AccountRow)
        faults += more
    if OUTLETS in names:
        documents[OUTLETS], found.outlets = load_document(path / OUTLETS, OutletsFile)
    return found, faults


def _read_accounts(path: Path, found: Beside, key: CompareFile, document: Document) -> None:
    """Read each account from its own case folder, and find the quotes in it."""
    for number, name in enumerate(key.accounts):
        # The template's folder starts with an underscore, which is no part of its id.
        own = name == path.resolve().name.removeprefix("_")
        folder = path if own else path.parent / name
        text, _ = read_text(folder / "article.txt")
        _, entry = load_document(folder / "case.yml", CaseEntry)
        if text is not None and entry is not None:
            found.texts[name] = entry, text
        elif not own:
            what = f'the account "{name}" is no case that can be read'
            document.fault(("accounts", number), what, "mend that case, or its id here")
    for number, point in enumerate(key.points):
        for name, cell in point.cells.items():
            if name not in found.texts:
                continue
            span = locate(found.texts[name][1], cell)
            place: Place = ("points", number, "cells", name)
            if isinstance(span, Span):
                found.spans[point.id, name] = span
            else:
                cure = span.cure.replace("article.txt", f"the article.txt of {name}")
                what = span.what.replace("the article", f"the account {name}")
                document.fault((*place, span.field), what, cure)


# --- sentences ----------------------------------------------------------------------------------


def missing_sentences(found: Beside, words: WordsFile) -> Iterator[tuple[Place, str]]:
    """Where the words file lacks what these files need, and what should be added there."""
    if found.compare:
        yield from _of_compare(found.compare, words)
    if found.matches:
        yield from _of_matches(found.matches, words)
    for outlet in found.outlets.outlets if found.outlets else ():
        have = words.outlets.get(outlet.id)
        if have is None:
            yield ("outlets", outlet.id), "add name, country and answers"
            continue
        for question in outlet.answers:
            if question not in have.answers:
                yield ("outlets", outlet.id, "answers", question), "answer it"


def _of_compare(key: CompareFile, words: WordsFile) -> Iterator[tuple[Place, str]]:
    have = words.compare
    if have is None:
        yield ("compare",), "add accounts and points"
        return
    for name in key.accounts:
        if name not in have.accounts:
            yield ("compare", "accounts", name), "give it a short name"
    for point in key.points:
        sentences = have.points.get(point.id)
        if sentences is None:
            yield ("compare", "points", point.id), "add name, what and questions"
            continue
        for question in point.questions:
            if question.kind not in sentences.questions:
                place = ("compare", "points", point.id, "questions", question.kind)
                yield place, "add text and why"


def _of_matches(key: MatchesFile, words: WordsFile) -> Iterator[tuple[Place, str]]:
    have = words.matches
    if have is None:
        yield ("matches",), "add standings, rounds and labels"
        return
    for name in key.standings:
        if name not in have.standings:
            yield ("matches", "standings", name), "add name and what"
    for entry in key.rounds:
        if entry.id not in have.rounds:
            yield ("matches", "rounds", entry.id), "add name and what"
        for label in (label for level in entry.order for label in level):
            if label not in have.labels:
                yield ("matches", "labels", label), "add why"


def check_beside(found: Beside, words: WordsFile, document: Document) -> None:
    """Note in the words file what it lacks, and in matches.yml the labels that no row has."""
    for place, cure in dict(missing_sentences(found, words)).items():
        document.fault(place, f"{'.'.join(map(str, place))} has no sentences", cure)


def check_labels(found: Beside, document: Document) -> None:
    """Note every label of matches.yml that has no row in data/labels.csv."""
    rows = {row.id for row in found.labels}
    for number, entry in enumerate(found.matches.rounds if found.matches else ()):
        for level, labels in enumerate(entry.order):
            for step, label in enumerate(labels):
                if label not in rows:
                    place: Place = ("rounds", number, "order", level, step)
                    what = f'the label "{label}" has no row in {LABELS}'
                    document.fault(place, what, "add it there, or mend its id")


# --- nouns --------------------------------------------------------------------------------------


def make_comparison(found: Beside, words: WordsFile) -> Comparison | None:
    """The accounts and points of a case; None where it has no compare.yml."""
    if found.compare is None or words.compare is None:
        return None
    accounts = []
    for name in found.compare.accounts:
        entry, text = found.texts[name]
        accounts.append(
            Account(
                id=name,
                name=words.compare.accounts[name],
                publisher=entry.publisher,
                published=entry.published.isoformat(),
                url=entry.url,
                constructed=entry.constructed,
                article=text,
            )
        )
    points = tuple(
        ComparePoint(
            entry=point,
            words=words.compare.points[point.id],
            spans={name: found.spans[point.id, name] for name in point.cells},
        )
        for point in found.compare.points
    )
    return Comparison(accounts=tuple(accounts), points=points)


def make_matches(found: Beside, words: WordsFile) -> Matches | None:
    """The rounds of a case with their rows; None where it has no matches.yml."""
    if found.matches is None or words.matches is None:
        return None
    return Matches(
        entry=found.matches,
        labels={row.id: row for row in found.labels},
        words=words.matches,
    )


def make_outlets(
    found: Beside, words: WordsFile, sources: Mapping[str, SourceEntry]
) -> tuple[Outlet, ...]:
    """The outlets of a case, each with every question."""

    def answer(entry: OutletEntry, question: OutletQuestion) -> OutletAnswer:
        known = entry.answers.get(question)
        return OutletAnswer(
            question=question,
            text=words.outlets[entry.id].answers[question] if known else None,
            sources=tuple(sources[name] for name in known.sources if name in sources)
            if known
            else (),
            from_memory=known.from_memory if known else False,
        )

    return tuple(
        Outlet(
            id=entry.id,
            name=words.outlets[entry.id].name,
            country=words.outlets[entry.id].country,
            answers=tuple(answer(entry, question) for question in OUTLET_QUESTIONS),
        )
        for entry in (found.outlets.outlets if found.outlets else ())
    )
