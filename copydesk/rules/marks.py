"""Rules on marks.yml: where marks, fair controls and swaps stand, and who read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile

from copydesk.case import Folder
from copydesk.document import Fault, Place, short
from copydesk.model import ControlEntry, MarkEntry, MarksFile, Span
from copydesk.rules import repeated, rule
from copydesk.task import word_range, words_of

# A key has a handful of overlaps at most; without a limit, n marks of one word have n * n / 2.
MAX_PAIRS = 1000


@dataclass(frozen=True)
class Stretch:
    """A mark, a control or a swap in the article: how an error names it, and where it stands."""

    place: Place
    name: str
    span: Span
    first: int
    last: int
    mark: MarkEntry | None

    def shares_a_word(self, other: Stretch) -> bool:
        """Whether some word of the article belongs to both."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=4)
def _words(article: str) -> tuple[Span, ...]:
    return tuple(words_of(article))


def _entries(key: MarksFile) -> Iterator[tuple[Place, MarkEntry | ControlEntry]]:
    """The marks and controls with their places in marks.yml."""
    yield from ((("marks", number), mark) for number, mark in enumerate(key.marks))
    yield from ((("controls", number), control) for number, control in enumerate(key.controls))


def _places(folder: Folder) -> Iterator[tuple[Place, str, Span, MarkEntry | None]]:
    """Every quote of marks.yml that was found in the article."""
    if not folder.marks:
        return
    for number, mark in enumerate(folder.marks.marks):
        place: Place = ("marks", number)
        if place in folder.spans:
            yield place, f"mark {mark.id}", folder.spans[place], mark
        if (*place, "swap") in folder.spans:
            yield (*place, "swap"), f"the swap of {mark.id}", folder.spans[*place, "swap"], mark
    for number, control in enumerate(folder.marks.controls):
        place = ("controls", number)
        if place in folder.spans:
            yield place, f"control {control.id}", folder.spans[place], None


def stretches(folder: Folder, *groups: str) -> list[Stretch]:
    """The marks, controls or swaps that have a word, in the article's order.

    A mark without a swap of its own is its own swap.
    """
    words, found = _words(folder.article or ""), []
    for place, name, span, mark in _places(folder):
        group = "swaps" if place[-1] == "swap" else str(place[0])
        own = (*place, "swap") not in folder.spans and mark is not None
        touched = word_range(words, span)
        if touched and (group in groups or (group == "marks" and "swaps" in groups and own)):
            found.append(Stretch(place, name, span, *touched, mark))
    return sorted(found, key=lambda stretch: (stretch.first, stretch.last))


def overlaps(found: list[Stretch]) -> Iterator[tuple[Stretch, Stretch]]:
    """The first pairs that share a word; the one that stands later in marks.yml comes first."""
    pairs = (
        (one, other)
        for number, one in enumerate(found)
        for other in takewhile(one.shares_a_word, islice(found, number + 1, None))
    )
    for pair in islice(pairs, MAX_PAIRS):
        # Controls stand below marks in the file.
        early, late = sorted(pair, key=lambda s: (s.mark is None, s.place[1]))
        yield late, early


def _quote(stretch: Stretch) -> str:
    return f'{stretch.name} "{short(stretch.span.quote)}"'


@rule
def ids_differ(folder: Folder) -> Iterator[Fault]:
    """Sentences, scores and reports name marks and controls by their ids."""
    if not folder.marks:
        return
    for group, entries in (("marks", folder.marks.marks), ("controls", folder.marks.controls)):
        for number, first in repeated(entry.id for entry in entries):
            line = folder.documents["marks.yml"].line((group, first, "id"))
            yield folder.at(
                "marks.yml",
                (group, number, "id"),
                f'the id "{entries[number].id}" stands at line {line} already',
                "give each its own",
            )
    marks = {mark.id for mark in folder.marks.marks}
    for number, control in enumerate(folder.marks.controls):
        if control.id in marks:
            yield folder.at(
                "marks.yml",
                ("controls", number, "id"),
                f'the control "{control.id}" has the id of a mark',
                "give it its own, such as c01",
            )


@rule
def quotes_are_whole_words(folder: Folder) -> Iterator[Fault]:
    """On the page a place is a word's number, so a quote has words, and whole ones."""
    words = _words(folder.article or "")
    for place, name, span, _ in _places(folder):
        touched = word_range(words, span)
        if touched is None:
            what, cure = "has no word", "quote at least one"
        elif words[touched[0]].start < span.start:
            what = f'starts inside the word "{short(words[touched[0]].quote)}"'
            cure = "quote whole words"
        elif words[touched[1]].end > span.end:
            what = f'ends inside the word "{short(words[touched[1]].quote)}"'
            cure = "quote whole words"
        else:
            continue
        quote = f'{name} "{short(span.quote)}"'
        yield folder.at("marks.yml", (*place, "quote"), f"{quote} {what}", cure)


@rule
def quotes_stay_in_one_line(folder: Folder) -> Iterator[Fault]:
    """A line of the article is a paragraph, and no phrase runs on into the next one."""
    for place, name, span, _ in _places(folder):
        if "\n" in span.quote:
            yield folder.at(
                "marks.yml",
                (*place, "quote"),
                f'{name} "{short(span.quote)}" crosses a line break',
                "end it with its line",
            )


@rule
def marks_of_one_code_stand_apart(folder: Folder) -> Iterator[Fault]:
    """One word marked twice with one code would count twice."""
    for late, early in overlaps(stretches(folder, "marks")):
        if late.mark and early.mark and late.mark.code == early.mark.code:
            same = (late.first, late.last) == (early.first, early.last)
            how = "has the same words as" if same else "overlaps"
            yield folder.at(
                "marks.yml",
                (*late.place, "quote"),
                f"{_quote(late)} {how} {_quote(early)}, and the same code",
                "join the two, or give one of them another code",
            )


@rule
def controls_stand_apart(folder: Folder) -> Iterator[Fault]:
    """A word is loaded or fair, not both; and one fair word counts once."""
    for late, early in overlaps(stretches(folder, "marks", "controls")):
        if late.mark is None:
            yield folder.at(
                "marks.yml",
                (*late.place, "quote"),
                f"{_quote(late)} overlaps {_quote(early)}",
                "let them share no word",
            )


@rule
def a_swap_touches_its_mark(folder: Folder) -> Iterator[Fault]:
    """A swap that leaves its mark alone does not show what the mark says."""
    marks = {stretch.place: stretch for stretch in stretches(folder, "marks")}
    for swap in stretches(folder, "swaps"):
        mark = marks.get(swap.place[:2])
        if mark and not swap.shares_a_word(mark):
            yield folder.at(
                "marks.yml",
                (*swap.place, "quote"),
                f"{_quote(swap)} has no word of its mark",
                "quote words around the mark, or set nth",
            )


@rule
def swaps_stand_apart(folder: Folder) -> Iterator[Fault]:
    """A reader may switch on several swaps in one sentence."""
    for late, early in overlaps(stretches(folder, "swaps")):
        marks = [folder.spans[stretch.place[:2]] for stretch in (late, early)]
        same_code = late.mark and early.mark and late.mark.code == early.mark.code
        if same_code and marks[0].start < marks[1].end and marks[1].start < marks[0].end:
            continue  # marks_of_one_code_stand_apart says so already
        yield folder.at(
            "marks.yml",
            (*late.place, "quote"),
            f"{_quote(late)} overlaps {_quote(early)}, and both may be swapped at once",
            "give the marks swaps that share no word",
        )


@rule
def readings_are_declared(folder: Folder) -> Iterator[Fault]:
    """How many readings had a mark is counted, so each is named once at the top, and once in it."""
    if not folder.marks:
        return
    key = folder.marks
    used: set[str] = set()
    declared = [reading.id for reading in key.readings]
    for number, _ in repeated(declared):
        what = f'the reading "{short(declared[number])}" is declared twice'
        yield folder.at("marks.yml", ("readings", number, "id"), what, "keep one of the two")
    for place, entry in _entries(key):
        used.update(entry.readings)
        twice = {step for step, _ in repeated(entry.readings)}
        for step, name in enumerate(entry.readings):
            if name not in declared:
                what = f'the reading "{short(name)}" is not declared'
                cure = "add it to readings at the top, or mend it"
            elif step in twice:
                what, cure = f'the reading "{short(name)}" stands here twice', "keep one of the two"
            else:
                continue
            yield folder.at("marks.yml", (*place, "readings", step), what, cure)
    for number, name in enumerate(declared):
        if name not in used:
            what = f'the reading "{short(name)}" has no mark and no control'
            cure = "add it where it had one, or remove it"
            yield folder.at("marks.yml", ("readings", number, "id"), what, cure)


@rule
def sources_of_marks_exist(folder: Folder) -> Iterator[Fault]:
    """A mark names sources that sources.yml has."""
    if not folder.marks or ("sources.yml" in folder.documents and not folder.sources):
        return
    have = {source.id for source in folder.sources.sources} if folder.sources else set()
    for place, entry in _entries(folder.marks):
        for step, name in enumerate(entry.sources):
            if name not in have:
                yield folder.at(
                    "marks.yml",
                    (*place, "sources", step),
                    f'the source "{name}" is not in sources.yml',
                    "add it there or mend its id",
                )


@rule
def discernment_needs_fair_controls(folder: Folder) -> Iterator[Fault]:
    """Where nothing is fair, marking everything would be right."""
    if "mark" in folder.kinds() and folder.marks and not folder.marks.controls:
        yield folder.at(
            "marks.yml",
            ("controls",),
            "discernment needs fair controls",
            "add at least one",
        )
