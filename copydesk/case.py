"""Reads a case folder: the only place that opens its files.

Reading never stops at the first fault: everything that can be read is read, and every fault comes
back with its file, its line and its cure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pydantic import Field

from copydesk.beside import (
    Beside,
    check_beside,
    check_labels,
    make_comparison,
    make_matches,
    make_outlets,
    read_beside,
)
from copydesk.document import Document, Fault, Model, Place, load_document, read_text, show
from copydesk.model import (
    AccountRow,
    AttributionFile,
    CaseEntry,
    Claim,
    ClaimsFile,
    Clause,
    Comparison,
    Control,
    Event,
    Frozen,
    MapPoint,
    Mark,
    MarkEntry,
    MarksFile,
    MarkWords,
    Matches,
    OmissionFile,
    Outlet,
    Quote,
    ReadingEntry,
    ReuseRow,
    Sort,
    SortsFile,
    SourceEntry,
    SourcesFile,
    Span,
    Table,
    WordsFile,
)
from copydesk.quotes import locate
from copydesk.resolve import card_places, check_sorts, make_clauses, make_sorts
from copydesk.rows import load_rows
from copydesk.seeds import CaseNotFoundError, case_folders, find_case, seeds_folder
from copydesk.tables import Rows, read_rows, resolve_table

__all__ = [
    "KNOWN_FILES",
    "REUSE",
    "Case",
    "CaseError",
    "CaseNotFoundError",
    "Fault",
    "Folder",
    "case_folders",
    "find_case",
    "known",
    "read_case",
    "read_folder",
    "seeds_folder",
    "table_files",
]

# The files that a case may hold. Any other is a fault: nobody would read it, and it is mostly a
# misspelling. A kind of task that brings a file adds its name here and reads it in read_folder.
KNOWN_FILES = (
    "article.txt",
    "case.yml",
    "marks.yml",
    "claims.yml",
    "attribution.yml",
    "sorts.yml",
    "omission.yml",
    "compare.yml",
    "matches.yml",
    "outlets.yml",
    "sources.yml",
    "words.<language>.yml",
    "page.ipynb",
    "data/*.csv",
)
# How much of the article was printed again, line by line; read with omission.yml.
REUSE = "data/reuse.csv"
_KNOWN = re.compile(
    "|".join(
        re.escape(name).replace("<language>", "[a-z]{2}(-[A-Z]{2})?").replace(r"\*", "[^/]+")
        for name in KNOWN_FILES
    )
)


class CaseError(ValueError):
    """A case folder that cannot be used, with every fault that was found in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Case(Frozen):
    """An article with its key, its sources and its sentences, resolved and checked for fit."""

    entry: CaseEntry
    article: str
    readings: tuple[ReadingEntry, ...] = ()
    marks: tuple[Mark, ...] = ()
    controls: tuple[Control, ...] = ()
    claims: tuple[Claim, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[MapPoint, ...] = ()
    attribution_readings: tuple[ReadingEntry, ...] = ()
    clauses: tuple[Clause, ...] = ()
    sorts: tuple[Sort, ...] = ()
    omission: OmissionFile | None = None
    parts: dict[str, str] = Field(default_factory=dict)
    events: tuple[Event, ...] = ()
    reuse: tuple[ReuseRow, ...] = ()
    comparison: Comparison | None = None
    matches: Matches | None = None
    accounts: tuple[AccountRow, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    prompts: dict[str, str] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        """The case's id, which is its folder's name."""
        return self.entry.id

    def source(self, source_id: str) -> SourceEntry:
        """The source with this id; KeyError when there is none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def table(self, table_id: str) -> Table:
        """The table with this id; KeyError when there is none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


@dataclass
class Folder:
    """A case folder as read: its documents, what of them could be used, and all faults so far.

    `names` are its files, relative to it. `spans` are the places of quotes in the article, by their
    place in their file: ("marks", 3), ("marks", 3, "swap") and ("controls", 0) in marks.yml,
    ("claims", 0) in claims.yml, ("clauses", 3) in attribution.yml, ("sorts", 0, "cards", 3) in
    sorts.yml; a mark without a swap of its own has none there. `tables` are the CSV files that
    claims.yml names, by table id. `translations` are the words files of other languages than the
    case's own, by file name.
    """

    path: Path
    names: tuple[str, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)
    entry: CaseEntry | None = None
    article: str | None = None
    marks: MarksFile | None = None
    claims: ClaimsFile | None = None
    tables: dict[str, Rows] = field(default_factory=dict)
    attribution: AttributionFile | None = None
    sorts: SortsFile | None = None
    omission: OmissionFile | None = None
    reuse: tuple[ReuseRow, ...] = ()
    sources: SourcesFile | None = None
    words: WordsFile | None = None
    words_name: str = "words.en.yml"
    translations: dict[str, WordsFile] = field(default_factory=dict)
    spans: dict[Place, Span] = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)
    other_faults: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """All faults noted so far, in the order of files and lines."""
        of_files = [part.faults for part in self.documents.values()]
        of_tables = [part.faults for part in self.tables.values()]
        return sorted(chain(self.other_faults, *of_files, *of_tables))

    def at(self, name: str, place: Place, what: str, cure: str) -> Fault:
        """A fault at a place of one of the folder's YAML files, or of one that it lacks."""
        document = self.documents.get(name) or Document(self.path / name)
        return document.at(place, what, cure)

    def kinds(self) -> set[str]:
        """The kinds of task that the case offers; empty when case.yml could not be read."""
        return {task.kind for task in self.entry.tasks} if self.entry else set()


# --- reading --------------------------------------------------------------------------------------


def _places(folder: Folder) -> Iterator[tuple[str, Place, Quote]]:
    """Every quote of the case's files: its file, its place there, and itself."""
    for number, mark in enumerate(folder.marks.marks if folder.marks else ()):
        yield "marks.yml", ("marks", number), mark
        if mark.swap:
            yield "marks.yml", ("marks", number, "swap"), mark.swap
    for number, control in enumerate(folder.marks.controls if folder.marks else ()):
        yield "marks.yml", ("controls", number), control
    for number, claim in enumerate(folder.claims.claims if folder.claims else ()):
        yield "claims.yml", ("claims", number), claim
    for number, clause in enumerate(folder.attribution.clauses if folder.attribution else ()):
        yield "attribution.yml", ("clauses", number), clause
    for place, quote in card_places(folder.sorts) if folder.sorts else ():
        yield "sorts.yml", place, quote


def _resolve(folder: Folder, article: str) -> None:
    """Find the span of every quote."""
    for name, place, quote in _places(folder):
        found = locate(article, quote)
        if isinstance(found, Span):
            folder.spans[place] = found
        else:
            folder.documents[name].fault((*place, found.field), found.what, found.cure)


def _read(folder: Folder, name: str, model: type[Model]) -> Model | None:
    folder.documents[name], found = load_document(folder.path / name, model)
    return found


def _names(path: Path) -> Iterator[str]:
    """The files of a folder, one level deep; what starts with a dot is the system's or a tool's."""
    for entry in sorted(path.iterdir()) if path.is_dir() else ():
        if entry.name == "data" and entry.is_dir():
            yield from (f"data/{e.name}" for e in sorted(entry.iterdir()) if e.name[0] != ".")
        elif entry.name[0] != ".":
            yield entry.name + ("/" if entry.is_dir() else "")


def known(name: str) -> bool:
    """Whether a case folder may hold a file of this name."""
    return _KNOWN.fullmatch(name) is not None


def _check_article(folder: Folder, article: str) -> None:
    """The article is text as we keep it, and the very text that was hashed."""
    path = show(folder.path / "article.txt")
    if article.startswith("\ufeff"):
        folder.other_faults.append(
            Fault(path, 1, "the file starts with a byte order mark", "save it as UTF-8 without BOM")
        )
    elif "\r" in article:
        line = article.count("\n", 0, article.index("\r")) + 1
        folder.other_faults.append(
            Fault(path, line, "the line ends with a carriage return", "save it with LF line ends")
        )
    elif not article.strip():
        folder.other_faults.append(
            Fault(path, 1, "the article is empty", "paste its text as it was published")
        )
    else:
        digest = hashlib.sha256(article.encode("utf-8")).hexdigest()
        document = folder.documents["case.yml"]
        if isinstance(document.data, dict) and document.data.get("sha256") != digest:
            document.fault(
                ("sha256",),
                "article.txt is not the text that this hash was taken of",
                f"restore article.txt, or, if the new text is meant, set sha256: {digest}",
            )


def _check_sentences(folder: Folder, words: WordsFile) -> None:
    """Every entry that a reader meets has its sentences; those of sorts are looked at apart."""
    document = folder.documents[folder.words_name]
    for file, group, what in (
        (folder.marks, "marks", "why, plain and against"),
        (folder.marks, "controls", "why_fair"),
        (folder.claims, "claims", "topic, claimed and the others"),
        (folder.claims, "tables", "title and columns"),
        (folder.claims, "points", "its name"),
        (folder.attribution, "clauses", "claim and why"),
        (folder.omission, "parts", "its name"),
        (folder.omission, "events", "issuer and what"),
    ):
        ids = [entry.id for entry in getattr(file, group, ())]
        for missing in dict.fromkeys(i for i in ids if i not in getattr(words, group)):
            document.fault((group,), f"{group}.{missing} has no sentences", f"add {what}")


def _language(folder: Folder) -> str:
    """The case's language, also where something else in case.yml is wrong."""
    data = folder.documents["case.yml"].data
    named = data.get("language") if isinstance(data, dict) else None
    return named if isinstance(named, str) and known(f"words.{named}.yml") else "en"


def read_folder(path: Path) -> Folder:
    """Read every file of a case folder, noting faults as it goes; nothing is raised."""
    folder = Folder(path, tuple(_names(path)))
    folder.article, fault = read_text(path / "article.txt")
    folder.other_faults += [fault] if fault else []
    folder.entry = _read(folder, "case.yml", CaseEntry)
    if "mark" in folder.kinds() or "marks.yml" in folder.names:
        folder.marks = _read(folder, "marks.yml", MarksFile)
    if "figure" in folder.kinds() or "claims.yml" in folder.names:
        folder.claims = _read(folder, "claims.yml", ClaimsFile)
    for table in folder.claims.tables if folder.claims else ():
        folder.tables[table.id] = read_rows(path, table)
    if "attribute" in folder.kinds() or "attribution.yml" in folder.names:
        folder.attribution = _read(folder, "attribution.yml", AttributionFile)
    if "sort" in folder.kinds() or "sorts.yml" in folder.names:
        folder.sorts = _read(folder, "sorts.yml", SortsFile)
    if "omission.yml" in folder.names:
        folder.omission = _read(folder, "omission.yml", OmissionFile)
    if REUSE in folder.names:
        rows, faults = load_rows(path / REUSE, ReuseRow)
        folder.other_faults += faults
        folder.reuse = () if faults else rows
    folder.beside, faults = read_beside(path, folder.names, folder.kinds(), folder.documents)
    folder.other_faults += faults
    if "sources.yml" in folder.names:
        folder.sources = _read(folder, "sources.yml", SourcesFile)
    folder.words_name = f"words.{_language(folder)}.yml"
    folder.words = _read(folder, folder.words_name, WordsFile)
    for name in folder.names:
        if name.startswith("words.") and known(name) and name not in folder.documents:
            translation = _read(folder, name, WordsFile)
            if translation:
                folder.translations[name] = translation
    if folder.article is not None:
        _check_article(folder, folder.article)
        # In an empty article no quote is found: the one fault says it all.
        if folder.article.strip():
            _resolve(folder, folder.article)
    if folder.words:
        _check_sentences(folder, folder.words)
        if folder.sorts:
            document, own = folder.documents["sorts.yml"], folder.documents[folder.words_name]
            check_sorts(folder.sorts, folder.words, folder.article, document, own)
        check_beside(folder.beside, folder.words, folder.documents[folder.words_name])
    if folder.beside.matches:
        check_labels(folder.beside, folder.documents["matches.yml"])
    return folder


def table_files(folder: Path) -> dict[str, Path]:
    """The CSV files of a case by name: data/<name>.csv."""
    return {path.stem: path for path in sorted((folder / "data").glob("*.csv"))}


def read_case(path: Path | str) -> Case:
    """Read a case folder.

    Raises CaseError, with every fault found, when a file is missing or does not fit its model, when
    a quote is not in the article, when the article is not the one that was hashed, or when a mark
    or control has no sentence. `copydesk check` finds more.
    """
    folder = read_folder(Path(path))
    if folder.faults or folder.entry is None or folder.article is None or folder.words is None:
        raise CaseError(folder.faults)
    key, words = folder.marks, folder.words
    checkable = folder.claims or ClaimsFile(claims=())
    sources = folder.sources.sources if folder.sources else ()
    return Case(
        entry=folder.entry,
        article=folder.article,
        readings=key.readings if key else (),
        marks=tuple(
            _mark(folder, number, entry, words.marks[entry.id])
            for number, entry in enumerate(key.marks if key else ())
        ),
        controls=tuple(
            Control(
                id=entry.id,
                span=folder.spans["controls", number],
                readings=entry.readings,
                why_fair=words.controls[entry.id].why_fair,
            )
            for number, entry in enumerate(key.controls if key else ())
        ),
        claims=tuple(
            Claim(span=folder.spans["claims", number], entry=entry, words=words.claims[entry.id])
            for number, entry in enumerate(checkable.claims)
        ),
        tables=tuple(
            resolve_table(table, words.tables[name], sources)
            for name, table in folder.tables.items()
        ),
        points=tuple(
            MapPoint(
                id=point.id,
                name=words.points[point.id],
                lat=point.lat,
                lon=point.lon,
                movable=point.movable,
            )
            for point in checkable.points
        ),
        attribution_readings=folder.attribution.readings if folder.attribution else (),
        clauses=make_clauses(folder.attribution, words, folder.spans),
        sorts=make_sorts(folder.sorts, words, folder.article, folder.spans),
        omission=folder.omission,
        parts=dict(words.parts),
        events=tuple(
            Event(entry=event, words=words.events[event.id])
            for event in (folder.omission.events if folder.omission else ())
        ),
        reuse=folder.reuse,
        comparison=make_comparison(folder.beside, words),
        matches=make_matches(folder.beside, words),
        accounts=folder.beside.accounts,
        outlets=make_outlets(folder.beside, words, {source.id: source for source in sources}),
        sources=sources,
        prompts=dict(words.prompts),
    )


def _mark(folder: Folder, number: int, entry: MarkEntry, words: MarkWords) -> Mark:
    span = folder.spans["marks", number]
    return Mark(
        id=entry.id,
        span=span,
        code=entry.code,
        strength=entry.strength,
        readings=entry.readings,
        why=words.why,
        plain=words.plain,
        against=words.against,
        swap=folder.spans.get(("marks", number, "swap"), span),
        swap_text=words.plain if words.swap is None else words.swap,
        semeval=entry.semeval,
        sources=entry.sources,
    )
