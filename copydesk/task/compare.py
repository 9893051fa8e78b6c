"""The compare task of a case."""

from __future__ import annotations

from copydesk.case import Case
from copydesk.model import (
    Account,
    Compared,
    ComparePoint,
    CompareTask,
    Comparison,
    Span,
    TaskAccount,
    TaskCell,
    TaskEntry,
    TaskPoint,
)
from copydesk.scoring.compare import is_multiple, key_of, results
from copydesk.scoring.sort import fit
from copydesk.task.common import common
from copydesk.task.words import cut, word_range, words_of


def _cell(account: Account, words: list[Span], point: ComparePoint) -> TaskCell:
    found = word_range(words, point.spans[account.id])
    if found is None:
        raise ValueError(
            f"the quote of the point {point.entry.id} in {account.id} has no word: quote one"
        )
    entry = point.entry.cells[account.id]
    return TaskCell(
        first=found[0],
        last=found[1],
        quote=entry.quote,
        source=entry.source,
        verb=entry.verb,
        label=entry.label,
    )


def _questions(comparison: Comparison, point: ComparePoint) -> tuple[Compared, ...]:
    accounts = [account.id for account in comparison.accounts]
    asked = []
    for question in point.entry.questions:
        key = key_of(point.entry, question, accounts)
        words = point.words.questions[question.kind]
        multiple = is_multiple(question)
        asked.append(
            Compared(
                kind=question.kind,
                text=words.text,
                multiple=multiple,
                fits={
                    # Several accounts may be the key's own, each as good as the others.
                    name: "key" if name in key else fit("", question.accepted, name)
                    for name in accounts
                },
                results=results(accounts, key, question.accepted, multiple=multiple),
                why=words.why,
                against=words.against,
            )
        )
    return tuple(asked)


def compare_task(case: Case, entry: TaskEntry) -> CompareTask:
    """The comparison of a case: its accounts as words, its points, the feedback for each choice."""
    comparison = case.comparison
    if comparison is None:
        raise ValueError(f"case {case.id} has nothing to compare: add compare.yml")
    words = {account.id: words_of(account.article) for account in comparison.accounts}
    return CompareTask(
        **common(case, entry),
        accounts=tuple(
            TaskAccount(
                id=account.id,
                letter="ABCD"[number],
                name=account.name,
                publisher=account.publisher,
                published=account.published,
                url=account.url,
                constructed=account.constructed,
                lines=cut(account.article),
            )
            for number, account in enumerate(comparison.accounts)
        ),
        points=tuple(
            TaskPoint(
                id=point.entry.id,
                name=point.words.name,
                what=point.words.what,
                cells={
                    account.id: _cell(account, words[account.id], point)
                    for account in comparison.accounts
                    if account.id in point.spans
                },
                questions=_questions(comparison, point),
            )
            for point in comparison.points
        ),
    )
