"""Rules on sorts.yml: sorts have tasks, cards have bins, and each card says one thing."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.case import Folder
from copydesk.document import Fault, Place
from copydesk.model import BINS, CardEntry, SortEntry
from copydesk.rules import repeated, rule

FILE = "sorts.yml"


def _sorts(folder: Folder) -> tuple[SortEntry, ...]:
    return folder.sorts.sorts if folder.sorts else ()


def _cards(folder: Folder) -> Iterator[tuple[Place, SortEntry, CardEntry]]:
    for number, sort in enumerate(_sorts(folder)):
        for step, card in enumerate(sort.cards):
            yield ("sorts", number, "cards", step), sort, card


@rule
def ids_in_a_sort_differ(folder: Folder) -> Iterator[Fault]:
    """Tasks, answers and sentences name sorts, bins and cards by their ids."""
    groups: list[tuple[Place, str, list[str]]] = [
        (("sorts",), "sort", [sort.id for sort in _sorts(folder)])
    ]
    for number, sort in enumerate(_sorts(folder)):
        groups.append((("sorts", number, "bins"), "bin", list(sort.bins)))
        groups.append((("sorts", number, "cards"), "card", [card.id for card in sort.cards]))
    for place, noun, ids in groups:
        for number, _ in repeated(ids):
            what = f'another {noun} has the id "{ids[number]}"'
            yield folder.at(FILE, (*place, number), what, "give each its own")


@rule
def a_sort_has_a_few_bins(folder: Folder) -> Iterator[Fault]:
    """One bin is no choice, and many do not fit on a phone."""
    for number, sort in enumerate(_sorts(folder)):
        if not BINS[0] <= len(sort.bins) <= BINS[1]:
            what = f"the sort {sort.id} has {len(sort.bins)} bins"
            cure = f"give it {BINS[0]} to {BINS[1]}"
            yield folder.at(FILE, ("sorts", number, "bins"), what, cure)


@rule
def every_sort_is_a_task(folder: Folder) -> Iterator[Fault]:
    """A task of the kind sort shows the sort of its own id."""
    if not folder.entry or (FILE in folder.documents and not folder.sorts):
        return
    tasks = [task.id for task in folder.entry.tasks if task.kind == "sort"]
    sorts = [sort.id for sort in _sorts(folder)]
    for number, task in enumerate(folder.entry.tasks):
        if task.kind == "sort" and task.id not in sorts:
            what = f'the task "{task.id}" has no sort'
            cure = f"add one with its id to {FILE}"
            yield folder.at("case.yml", ("tasks", number), what, cure)
    for number, name in enumerate(sorts):
        if name not in tasks:
            what = f'the sort "{name}" has no task'
            cure = "add one of the kind sort with its id to case.yml, or remove the sort"
            yield folder.at(FILE, ("sorts", number, "id"), what, cure)


@rule
def cards_go_into_bins_of_their_sort(folder: Folder) -> Iterator[Fault]:
    """The key's bin and those accepted are there, and are not the same."""
    for place, sort, card in _cards(folder):
        have = ", ".join(sort.bins)
        if card.bin not in sort.bins:
            what = f'the card {card.id} is in the bin "{card.bin}", which is not there'
            yield folder.at(FILE, (*place, "bin"), what, f"use one of {have}")
        for step, name in enumerate(card.accepted):
            where = (*place, "accepted", step)
            if name not in sort.bins:
                what = f'the card {card.id} accepts the bin "{name}", which is not there'
                yield folder.at(FILE, where, what, f"use one of {have}")
            elif name == card.bin:
                what = f'the card {card.id} accepts "{name}", which is the key\'s own bin'
                yield folder.at(FILE, where, what, "remove it there")


@rule
def a_card_says_one_thing(folder: Folder) -> Iterator[Fault]:
    """A card is a quote, a line or a text of its own; nth belongs to a quote."""
    for place, sort, card in _cards(folder):
        words = folder.words.sorts.get(sort.id) if folder.words else None
        sentences = words.cards.get(card.id) if words else None
        given = [
            name
            for name, there in (
                ("quote", card.quote is not None),
                ("line", card.line is not None),
                ("text in the words file", sentences is not None and sentences.text is not None),
            )
            if there
        ]
        if len(given) > 1:
            what = f"the card {card.id} has {' and '.join(given)}"
            yield folder.at(FILE, place, what, "keep one of them")
        if card.nth is not None and card.quote is None:
            what = f"the card {card.id} has nth and no quote"
            yield folder.at(FILE, (*place, "nth"), what, "add the quote, or remove nth")


@rule
def sources_of_cards_exist(folder: Folder) -> Iterator[Fault]:
    """A card names sources that sources.yml has."""
    if "sources.yml" in folder.documents and not folder.sources:
        return
    have = {source.id for source in folder.sources.sources} if folder.sources else set()
    for place, _, card in _cards(folder):
        for step, name in enumerate(card.sources):
            if name not in have:
                what = f'the source "{name}" is not in sources.yml'
                yield folder.at(FILE, (*place, "sources", step), what, "add it or mend its id")


@rule
def every_sort_sentence_has_its_card(folder: Folder) -> Iterator[Fault]:
    """A sentence of a sort, bin or card that is not there is left over, or misspelt."""
    if not folder.words or (FILE in folder.documents and not folder.sorts):
        return
    sorts = {sort.id: sort for sort in _sorts(folder)}
    cure = "remove it or mend its id"
    for name, words in folder.words.sorts.items():
        sort = sorts.get(name)
        if sort is None:
            what = f"sorts.{name} belongs to nothing in {FILE}"
            yield folder.at(folder.words_name, ("sorts", name), what, cure)
            continue
        cards = [card.id for card in sort.cards]
        for group, given, have in (
            ("bins", words.bins, list(sort.bins)),
            ("cards", words.cards, cards),
        ):
            for extra in given:
                if extra not in have:
                    what = f"sorts.{name}.{group}.{extra} belongs to nothing in {FILE}"
                    yield folder.at(folder.words_name, ("sorts", name, group, extra), what, cure)
