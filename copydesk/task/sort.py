"""The sort task of a case."""

from __future__ import annotations

from copydesk.case import Case
from copydesk.model import Card, CardSource, SortTask, TaskBin, TaskCard, TaskEntry
from copydesk.scoring.sort import fit
from copydesk.task.common import common


def _card(case: Case, card: Card, bins: list[str]) -> TaskCard:
    sources = (case.source(source_id) for source_id in card.sources)
    return TaskCard(
        id=card.id,
        text=card.text,
        line=card.line,
        fits={bin_id: fit(card.bin, card.accepted, bin_id) for bin_id in bins},
        why=card.why,
        against=card.against,
        sources=tuple(
            CardSource(
                publisher=source.publisher,
                title=source.title,
                date=source.date,
                url=source.url,
                from_memory=source.from_memory,
            )
            for source in sources
        ),
    )


def sort_task(case: Case, entry: TaskEntry) -> SortTask:
    """The sort of a case that has the task's id, with the feedback for every bin of every card."""
    for sort in case.sorts:
        if sort.id == entry.id:
            bins = list(sort.bins)
            return SortTask(
                **common(case, entry),
                bins=tuple(
                    TaskBin(id=bin_id, letter="ABCDE"[number], name=words.name, what=words.what)
                    for number, (bin_id, words) in enumerate(sort.bins.items())
                ),
                cards=tuple(_card(case, card, bins) for card in sort.cards),
            )
    raise ValueError(f'case {case.id} has no sort "{entry.id}": add it to sorts.yml')
