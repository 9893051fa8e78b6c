"""The mark task of a case."""

from __future__ import annotations

from copydesk.case import Case
from copydesk.model import CODES, CodeInfo, KeyControl, KeyMark, MarkTask, Span, Swap, TaskEntry
from copydesk.scoring import reach
from copydesk.task.common import common, ui_strings
from copydesk.task.words import line_bounds, word_range, words_of


def code_infos(language: str = "en") -> tuple[CodeInfo, ...]:
    """The codes of loaded language, in the codebook's order, as a reader meets them."""
    strings = ui_strings(language)["codes"]
    return tuple(
        CodeInfo(
            code=code,
            letter=strings[f"{code}.letter"],
            name=strings[f"{code}.name"],
            what=strings[f"{code}.what"],
        )
        for code in CODES
    )


def mark_task(case: Case, entry: TaskEntry) -> MarkTask:
    """The mark task of a case: its words, the key by word numbers, and the reasons."""
    words = words_of(case.article)
    bounds = line_bounds(case.article)

    def place(span: Span) -> tuple[int, int]:
        found = word_range(words, span)
        if found is None:
            raise ValueError(
                f'the quote "{span.quote}" of case {case.id} has no word: quote at least one'
            )
        return found

    key = []
    for mark in case.marks:
        first, last = place(mark.span)
        swap_first, swap_last = place(mark.swap)
        low, high = next((a, b) for a, b in bounds if a <= first <= b)
        key.append(
            KeyMark(
                id=mark.id,
                first=first,
                last=last,
                reach=reach(first, last, low, high),
                code=mark.code,
                strength=mark.strength,
                readings=mark.readings,
                why=mark.why,
                plain=mark.plain,
                against=mark.against,
                swap=Swap(first=swap_first, last=swap_last, text=mark.swap_text),
            )
        )
    controls = []
    for control in case.controls:
        first, last = place(control.span)
        controls.append(
            KeyControl(
                id=control.id,
                first=first,
                last=last,
                readings=control.readings,
                why_fair=control.why_fair,
            )
        )
    return MarkTask(
        **common(case, entry),
        codes=code_infos(case.entry.language),
        readings=tuple(reading.id for reading in case.readings),
        key=tuple(key),
        controls=tuple(controls),
    )
