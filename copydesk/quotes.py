"""From a quote to its place in the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from copydesk.document import short
from copydesk.model import Quote, Span


class Misfit(NamedTuple):
    """Why a quote has no place in the article: which field is to blame, and what would mend it."""

    field: Literal["quote", "nth"]
    what: str
    cure: str


def line_count(article: str) -> int:
    """How many lines an article has; a line feed at its very end begins none."""
    return article.rstrip("\n").count("\n") + 1


def occurrences(article: str, quote: str) -> Iterator[int]:
    """Where a quote starts in the article, in code points; overlapping occurrences count each."""
    start = article.find(quote)
    while start >= 0:
        yield start
        start = article.find(quote, start + 1)


def locate(article: str, quote: Quote) -> Span | Misfit:
    """The Span that a quote means, or what is wrong with the quote."""
    starts = list(occurrences(article, quote.quote))
    shown, count = f'quote "{short(quote.quote)}"', len(starts)
    if not starts:
        cure = "copy it from article.txt, letter by letter"
        return Misfit("quote", f"{shown} is not in the article", cure)
    if quote.nth is None and count > 1:
        numbers = ", ".join(str(n) for n in range(1, count)) + " or" if count < 8 else "1 to"
        return Misfit("quote", f"{shown} occurs {count} times", f"add nth: {numbers} {count}")
    nth = quote.nth or 1
    if nth > count:
        times, cure = ("once", "remove nth") if count == 1 else (f"{count} times", "mend nth")
        return Misfit("nth", f"{shown} occurs {times}, and nth is {nth}", cure)
    start = starts[nth - 1]
    return Span(start=start, end=start + len(quote.quote), quote=quote.quote)
