"""Rules on compare.yml, on constructed cases, and on the sentences of what stands beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.beside import COMPARE, MATCHES, OUTLETS
from copydesk.case import Folder
from copydesk.document import Fault, Place, short
from copydesk.model import CompareFile, ComparePointEntry
from copydesk.model.compare import MULTIPLE
from copydesk.rules import repeated, rule
from copydesk.task import words_of

# What the parts of a constructed case.yml must say, so that no page can show it as an outlet's.
SAYS_CONSTRUCTED = "constructed"


@rule
def a_constructed_case_says_so(folder: Folder) -> Iterator[Fault]:
    """A text written in the manner of an outlet must never pass for that outlet's."""
    if not folder.entry or not folder.entry.constructed:
        return
    for name in ("title", "publisher", "rights"):
        if SAYS_CONSTRUCTED not in getattr(folder.entry, name).lower():
            yield folder.at(
                "case.yml",
                (name,),
                f'the case is constructed, and its {name} does not say "{SAYS_CONSTRUCTED}"',
                "say it there",
            )


# --- compare.yml --------------------------------------------------------------------------------


def _points(folder: Folder) -> Iterator[tuple[Place, CompareFile, ComparePointEntry]]:
    key = folder.beside.compare
    for number, point in enumerate(key.points if key else ()):
        if key:
            yield ("points", number), key, point


@rule
def what_is_compared_has_ids_of_its_own(folder: Folder) -> Iterator[Fault]:
    """Answers and sentences name accounts and points by their ids, questions by their kinds."""
    key = folder.beside.compare
    if not key:
        return
    groups: list[tuple[Place, str, list[str]]] = [
        (("accounts",), "account", list(key.accounts)),
        (("points",), "point", [point.id for point in key.points]),
    ]
    groups += [
        ((*place, "questions"), "question of this point", [q.kind for q in point.questions])
        for place, _, point in _points(folder)
    ]
    for place, noun, ids in groups:
        for number, _ in repeated(ids):
            what = f'another {noun} is "{ids[number]}"'
            yield folder.at(COMPARE, (*place, number), what, "keep one of the two")


@rule
def the_first_account_is_the_case_itself(folder: Folder) -> Iterator[Fault]:
    """The task shows the case's own article first, and its answers belong to that text."""
    key = folder.beside.compare
    if key and folder.entry and key.accounts[0] != folder.entry.id:
        what = f'the first account is "{key.accounts[0]}"'
        yield folder.at(COMPARE, ("accounts", 0), what, f"put {folder.entry.id} first")


@rule
def each_account_has_a_point_or_lacks_it(folder: Folder) -> Iterator[Fault]:
    """What an account leaves out is said: a forgotten cell is no omission of the account."""
    for place, key, point in _points(folder):
        for name in key.accounts:
            if (name in point.cells) == (name in point.absent):
                both = name in point.cells
                what = (
                    f"the point {point.id} {'has and lacks' if both else 'says nothing of'} {name}"
                )
                yield folder.at(
                    COMPARE, place, what, "give it a cell, or name it under absent, not both"
                )
        for name in (*point.cells, *point.absent):
            if name not in key.accounts:
                what = f'the point {point.id} names "{short(name)}", which is no account here'
                yield folder.at(COMPARE, place, what, f"use one of {', '.join(key.accounts)}")


@rule
def what_a_cell_says_stands_in_its_account(folder: Folder) -> Iterator[Fault]:
    """Source, verb and label are the account's own words."""
    for place, _, point in _points(folder):
        for name, cell in point.cells.items():
            text = folder.beside.texts[name][1] if name in folder.beside.texts else None
            for part in ("source", "verb", "label"):
                words = getattr(cell, part)
                if text is not None and words is not None and words not in text:
                    what = f'the {part} "{short(words)}" does not stand in {name}'
                    cure = "copy it from there, letter by letter, or leave it out"
                    yield folder.at(COMPARE, (*place, "cells", name, part), what, cure)


@rule
def a_compared_quote_has_whole_words_of_one_line(folder: Folder) -> Iterator[Fault]:
    """On the page a place is a word's number, and a highlight ends with its paragraph."""
    for place, _, point in _points(folder):
        for name, cell in point.cells.items():
            span = folder.beside.spans.get((point.id, name))
            if span is None:
                continue
            where = (*place, "cells", name, "quote")
            words = words_of(folder.beside.texts[name][1])
            touched = [w for w in words if w.start < span.end and span.start < w.end]
            whole = touched and touched[0].start >= span.start and touched[-1].end <= span.end
            if not whole or "\n" in cell.quote:
                what = f'the quote "{short(cell.quote)}" cuts a word, or has none, or a line break'
                yield folder.at(COMPARE, where, what, "quote whole words of one line")


@rule
def a_question_has_a_key(folder: Folder) -> Iterator[Fault]:
    """What follows from the cells is not written twice, and a judgement names who it falls on."""
    for place, key, point in _points(folder):
        for number, question in enumerate(point.questions):
            where = (*place, "questions", number)
            derived = question.kind in MULTIPLE
            if derived and (question.key or question.accepted):
                what = f"the key of {question.kind} follows from the cells"
                yield folder.at(COMPARE, where, what, "remove key and accepted there")
            if not derived and not question.key:
                what = f"the question {question.kind} has no key"
                yield folder.at(COMPARE, where, what, "name at least one account")
            for name in (*question.key, *question.accepted):
                twice = name in question.key and name in question.accepted
                if name not in key.accounts or name in point.absent or twice:
                    what = f'{question.kind} names "{short(name)}", which cannot be chosen'
                    cure = "name an account that has the point, once"
                    yield folder.at(COMPARE, where, what, cure)


# --- sentences ----------------------------------------------------------------------------------


@rule
def no_sentence_beside_is_left_over(folder: Folder) -> Iterator[Fault]:
    """A sentence of an account, point, label, round or outlet that is not there is misspelt."""
    words, beside = folder.words, folder.beside
    if not words:
        return
    groups: list[tuple[str, Place, set[str], set[str]]] = []

    def hold(name: str, place: Place, given: Iterable[str], have: Iterable[str]) -> None:
        groups.append((name, place, set(given), set(have)))

    if words.compare and (beside.compare or COMPARE not in folder.documents):
        points = beside.compare.points if beside.compare else ()
        accounts = beside.compare.accounts if beside.compare else ()
        hold(COMPARE, ("compare", "accounts"), words.compare.accounts, accounts)
        hold(COMPARE, ("compare", "points"), words.compare.points, [p.id for p in points])
        for point in points:
            sentences = words.compare.points.get(point.id)
            asked = [question.kind for question in point.questions]
            at: Place = ("compare", "points", point.id, "questions")
            hold(COMPARE, at, sentences.questions if sentences else (), asked)
    if words.matches and (beside.matches or MATCHES not in folder.documents):
        rounds = beside.matches.rounds if beside.matches else ()
        standings = beside.matches.standings if beside.matches else ()
        used = [label for entry in rounds for level in entry.order for label in level]
        hold(MATCHES, ("matches", "standings"), words.matches.standings, standings)
        hold(MATCHES, ("matches", "rounds"), words.matches.rounds, [r.id for r in rounds])
        hold(MATCHES, ("matches", "labels"), words.matches.labels, used)
    if beside.outlets or OUTLETS not in folder.documents:
        outlets = beside.outlets.outlets if beside.outlets else ()
        hold(OUTLETS, ("outlets",), words.outlets, [outlet.id for outlet in outlets])
        for outlet in outlets:
            known = words.outlets.get(outlet.id)
            hold(
                OUTLETS,
                ("outlets", outlet.id, "answers"),
                known.answers if known else (),
                outlet.answers,
            )
    for name, place, given, have in groups:
        for extra in sorted(given - have):
            what = f"{'.'.join(map(str, place))}.{extra} belongs to nothing in {name}"
            yield folder.at(folder.words_name, (*place, extra), what, "remove it or mend its id")


@rule
def every_comparison_is_a_task(folder: Folder) -> Iterator[Fault]:
    """What no task shows would be checked by nobody."""
    for name, kind, there in (
        (COMPARE, "compare", folder.beside.compare),
        (MATCHES, "match", folder.beside.matches),
    ):
        if there and folder.entry and kind not in folder.kinds():
            what = f"no task of case.yml shows {name}"
            yield folder.at(name, (), what, f"add one of the kind {kind} to case.yml")
