"""Reads a case folder: the only place that opens its files.

Reading never stops at the first fault: everything that can be read is read, and every fault comes
back with its file, its line and its cure.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from copydesk.model import (
    CaseEntry,
    Control,
    ControlEntry,
    ControlWords,
    Frozen,
    Mark,
    MarkEntry,
    MarksFile,
    MarkWords,
    Quote,
    ReadingEntry,
    SourceEntry,
    SourcesFile,
    Span,
    WordsFile,
)

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a case folder: where it stands, what is wrong, and what would mend it."""

    path: str
    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.what}: {self.cure}"


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
    sources: tuple[SourceEntry, ...] = ()
    prompts: dict[str, str] = {}

    @property
    def id(self) -> str:
        """The case's id, which is its folder's name."""
        return self.entry.id

    def source(self, source_id: str) -> SourceEntry:
        """The source with this id; KeyError when there is none."""
        return next(s for s in self.sources if s.id == source_id)


@dataclass
class Document:
    """One YAML file of a case: its data, and the line on which each part of it stands."""

    path: Path
    data: Any = None
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line (from 1) of the deepest part of `place` that the file has."""
        node, line = self.data, 1
        for step in place:
            try:
                if isinstance(node, Mapping):
                    line = node.lc.key(step)[0] + 1  # type: ignore[attr-defined]
                else:
                    line = node.lc.item(step)[0] + 1
                node = node[step]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def fault(self, place: Place, what: str, cure: str) -> None:
        """Note a fault at a place of this file."""
        self.faults.append(Fault(show(self.path), self.line(place), what, cure))


@dataclass
class Folder:
    """A case folder as read: its documents, what of them could be used, and all faults so far."""

    path: Path
    documents: dict[str, Document] = field(default_factory=dict)
    entry: CaseEntry | None = None
    article: str | None = None
    marks: MarksFile | None = None
    sources: SourcesFile | None = None
    words: WordsFile | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    swaps: dict[str, Span] = field(default_factory=dict)
    other_faults: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """All faults noted so far, in the order of files and lines."""
        return sorted([*self.other_faults, *(f for d in self.documents.values() for f in d.faults)])


def show(path: Path) -> str:
    """A path as an error names it: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _plain(value: Any) -> Any:
    """The YAML library's own containers and scalars as ordinary Python values."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _read_text(path: Path) -> tuple[str | None, Fault | None]:
    try:
        return path.read_bytes().decode("utf-8"), None
    except FileNotFoundError:
        return None, Fault(
            show(path), 1, "the file is missing", "copy it from seeds/_blank and fill it in"
        )
    except (OSError, UnicodeDecodeError) as error:
        return None, Fault(
            show(path), 1, f"the file cannot be read ({error})", "save it as UTF-8 text"
        )


def _read_document(folder: Folder, name: str, model: type[Model]) -> Model | None:
    """Read and validate one YAML file; faults go to the folder."""
    document = folder.documents[name] = Document(folder.path / name)
    text, fault = _read_text(document.path)
    if fault:
        document.faults.append(fault)
    if text is None:
        return None
    try:
        document.data = YAML(typ="rt").load(text)
    except (YAMLError, ValueError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        problem = (getattr(error, "problem", None) or str(error)).strip().splitlines()[0]
        line = mark.line + 1 if mark else 1
        document.faults.append(
            Fault(
                show(document.path),
                line,
                f"not valid YAML ({problem})",
                "mend the indentation or the quotes there",
            )
        )
        return None
    try:
        return model.model_validate(_plain(document.data) or {})
    except ValidationError as error:
        for problem_ in error.errors():
            _note_problem(document, problem_)
        return None


_CURES = {
    "missing": "add it",
    "extra_forbidden": "remove it or mend its spelling",
    "literal_error": "use one of {expected}",
    "greater_than_equal": "use a number of at least {ge}",
    "less_than_equal": "use a number of at most {le}",
    "string_pattern_mismatch": "write it in the form {pattern}",
    "string_too_short": "write a sentence or remove the entry",
    "too_short": "give at least one",
}


def _note_problem(document: Document, problem: Any) -> None:
    """Turn one of pydantic's errors into a fault with a cure."""
    place: Place = tuple(problem["loc"])
    name = ".".join(str(step) for step in place) or "the file"
    kind, context = problem["type"], dict(problem.get("ctx") or {})
    cure = _CURES.get(kind, "mend the value").format_map({"pattern": "", **context})
    if kind == "missing":
        what = f"{name} is missing"
    elif kind == "extra_forbidden":
        what = f"{name} is not known here"
    else:
        value = problem.get("input")
        what = (
            f"{name} is {value!r}"
            if isinstance(value, str | int | float)
            else f"{name} has a wrong form"
        )
        if kind not in _CURES:
            cure = problem["msg"]
    document.fault(place, what, cure)


def occurrences(article: str, quote: str) -> Iterator[int]:
    """Where a quote starts in the article, in code points; overlapping occurrences count each."""
    start = article.find(quote)
    while start >= 0:
        yield start
        start = article.find(quote, start + 1)


def locate(article: str, quote: Quote) -> Span | str:
    """The Span that a quote means, or what is wrong with the quote and its cure ("what: cure")."""
    starts = list(occurrences(article, quote.quote))
    if not starts:
        return f'quote "{quote.quote}" is not in the article: copy it from article.txt, letter by letter'
    if quote.nth is None and len(starts) > 1:
        numbers = ", ".join(str(n) for n in range(1, len(starts)))
        return (
            f'quote "{quote.quote}" occurs {len(starts)} times: add nth: {numbers} or {len(starts)}'
        )
    nth = quote.nth or 1
    if nth > len(starts):
        times = "once" if len(starts) == 1 else f"{len(starts)} times"
        return f'quote "{quote.quote}" occurs {times}, not {nth} times: mend nth'
    start = starts[nth - 1]
    span = Span(start=start, end=start + len(quote.quote), quote=quote.quote)
    # The text found must be the text meant; a fault here would move every mark behind it.
    if article[span.start : span.end] != quote.quote:  # pragma: no cover
        raise AssertionError(f"the span of {quote.quote!r} does not hold it")
    return span


def _locate_in(folder: Folder, place: Place, quote: Quote) -> Span | None:
    if folder.article is None:
        return None
    found = locate(folder.article, quote)
    if isinstance(found, Span):
        return found
    what, _, cure = found.rpartition(": ")
    folder.documents["marks.yml"].fault((*place, "quote"), what, cure)
    return None


def _resolve(folder: Folder) -> None:
    """Find the spans of every mark, control and swap."""
    if not folder.marks:
        return
    groups: tuple[tuple[str, Sequence[MarkEntry | ControlEntry]], ...] = (
        ("marks", folder.marks.marks),
        ("controls", folder.marks.controls),
    )
    for group, entries in groups:
        for number, entry in enumerate(entries):
            span = _locate_in(folder, (group, number), entry)
            if span:
                folder.spans[entry.id] = span
            if isinstance(entry, MarkEntry):
                swap = (
                    _locate_in(folder, (group, number, "swap"), entry.swap) if entry.swap else span
                )
                if swap:
                    folder.swaps[entry.id] = swap


def read_folder(path: Path) -> Folder:
    """Read every file of a case folder, noting faults as it goes; nothing is raised."""
    folder = Folder(path)
    article, fault = _read_text(path / "article.txt")
    if fault:
        folder.other_faults.append(fault)
    folder.article = article
    folder.entry = _read_document(folder, "case.yml", CaseEntry)
    kinds = {task.kind for task in folder.entry.tasks} if folder.entry else set()
    if "mark" in kinds or (path / "marks.yml").exists():
        folder.marks = _read_document(folder, "marks.yml", MarksFile)
    if (path / "sources.yml").exists():
        folder.sources = _read_document(folder, "sources.yml", SourcesFile)
    language = folder.entry.language if folder.entry else "en"
    folder.words = _read_document(folder, f"words.{language}.yml", WordsFile)
    if folder.entry and article is not None:
        digest = hashlib.sha256(article.encode("utf-8")).hexdigest()
        if digest != folder.entry.sha256:
            folder.documents["case.yml"].fault(
                ("sha256",),
                "article.txt is not the text that this hash was taken of",
                f"restore article.txt, or, if the new text is meant, set sha256: {digest}",
            )
    _resolve(folder)
    return folder


def read_case(path: Path | str) -> Case:
    """Read a case folder.

    Raises CaseError, with every fault found, when a file is missing or does not fit its model, when
    a quote is not in the article, when the article is not the one that was hashed, or when a mark or
    control has no sentence. `copydesk check` finds more.
    """
    folder = read_folder(Path(path))
    words = folder.words or WordsFile()
    marks, controls = folder.marks, folder.marks.controls if folder.marks else ()
    mark_words, control_words = _sentences(folder, words)
    if folder.faults or folder.entry is None or folder.article is None:
        raise CaseError(folder.faults)
    return Case(
        entry=folder.entry,
        article=folder.article,
        readings=marks.readings if marks else (),
        marks=tuple(
            _mark(folder, entry, mark_words[entry.id]) for entry in (marks.marks if marks else ())
        ),
        controls=tuple(
            Control(
                id=entry.id,
                span=folder.spans[entry.id],
                readings=entry.readings,
                why_fair=control_words[entry.id].why_fair,
            )
            for entry in controls
        ),
        sources=folder.sources.sources if folder.sources else (),
        prompts=dict(words.prompts),
    )


def _sentences(
    folder: Folder, words: WordsFile
) -> tuple[dict[str, MarkWords], dict[str, ControlWords]]:
    """The sentences by id; one that is missing is a fault of the words file."""
    if folder.marks and folder.words:
        document = next(d for name, d in folder.documents.items() if name.startswith("words."))
        for group, ids, have in (
            ("marks", [m.id for m in folder.marks.marks], words.marks),
            ("controls", [c.id for c in folder.marks.controls], words.controls),
        ):
            for missing in (i for i in ids if i not in have):
                what = "why, plain and against" if group == "marks" else "why_fair"
                document.fault((group,), f"{group}.{missing} has no sentences", f"add {what}")
    return dict(words.marks), dict(words.controls)


def _mark(folder: Folder, entry: MarkEntry, words: MarkWords) -> Mark:
    return Mark(
        id=entry.id,
        span=folder.spans[entry.id],
        code=entry.code,
        strength=entry.strength,
        readings=entry.readings,
        why=words.why,
        plain=words.plain,
        against=words.against,
        swap=folder.swaps[entry.id],
        swap_text=words.plain if words.swap is None else words.swap,
        semeval=entry.semeval,
        sources=entry.sources,
    )


def seeds_folder() -> Path:
    """Where the cases are: $COPYDESK_SEEDS, else seeds/ above the working folder, else by the package."""
    named = os.environ.get("COPYDESK_SEEDS")
    if named:
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "_config.yml").is_file() and (folder / "seeds").is_dir():
            return folder / "seeds"
    return Path(__file__).parent.parent / "seeds"


def find_case(name: str | Path) -> Path:
    """The folder of a case, by its id or by its path; FileNotFoundError names the cases there are."""
    for folder in (seeds_folder() / name, Path(name)):
        if (folder / "case.yml").is_file():
            return folder
    cases = sorted(path.parent.name for path in seeds_folder().glob("*/case.yml"))
    have = ", ".join(cases) or "none"
    raise FileNotFoundError(f'no case "{name}" in {show(seeds_folder())}: use one of {have}')
