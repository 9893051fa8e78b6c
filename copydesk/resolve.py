"""From entries to nouns, for clauses and sorts: each with its place and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.document import Document, Place
from copydesk.model import (
    AttributionFile,
    Card,
    CardEntry,
    Clause,
    Quote,
    Sort,
    SortsFile,
    Span,
    WordsFile,
)
from copydesk.quotes import line_count

# --- attribution.yml ----------------------------------------------------------------------------


def make_clauses(
    key: AttributionFile | None, words: WordsFile, spans: Mapping[Place, Span]
) -> tuple[Clause, ...]:
    """The clauses of a case, in the order of the file."""
    return tuple(
        Clause(span=spans["clauses", number], entry=entry, words=words.clauses[entry.id])
        for number, entry in enumerate(key.clauses if key else ())
    )


# --- sorts.yml ----------------------------------------------------------------------------------


def card_places(sorts: SortsFile) -> Iterator[tuple[Place, Quote]]:
    """Every quote of sorts.yml with its place there."""
    for number, sort in enumerate(sorts.sorts):
        for step, card in enumerate(sort.cards):
            if card.quote is not None:
                yield ("sorts", number, "cards", step), Quote(quote=card.quote, nth=card.nth)


def check_sorts(sorts: SortsFile, words: WordsFile, article: str | None, document: Document,
                words_document: Document) -> None:  # fmt: skip
    """Note every card that says nothing, or names a line that is not there, or has no sentences."""
    lines = line_count(article) if article is not None else None
    for number, sort in enumerate(sorts.sorts):
        have = words.sorts.get(sort.id)
        if have is None:
            what = f"sorts.{sort.id} has no sentences"
            words_document.fault(("sorts",), what, "add its bins and cards")
            continue
        place: Place = ("sorts", sort.id)
        for missing in dict.fromkeys(b for b in sort.bins if b not in have.bins):
            what = f"sorts.{sort.id}.bins.{missing} has no sentences"
            words_document.fault((*place, "bins"), what, "add name and what")
        for step, card in enumerate(sort.cards):
            sentences = have.cards.get(card.id)
            if sentences is None:
                what = f"sorts.{sort.id}.cards.{card.id} has no sentences"
                words_document.fault((*place, "cards"), what, "add why, and text if it has none")
            elif card.quote is None and card.line is None and sentences.text is None:
                what = f"sorts.{sort.id}.cards.{card.id} has no text"
                cure = "add text, or give the card a quote or a line of the article"
                words_document.fault((*place, "cards", card.id), what, cure)
            if card.line is not None and lines is not None and card.line > lines:
                document.fault(
                    ("sorts", number, "cards", step, "line"),
                    f"the card {card.id} is line {card.line}, and the article has {lines}",
                    "mend the line",
                )


def make_sorts(
    sorts: SortsFile | None, words: WordsFile, article: str, spans: Mapping[Place, Span]
) -> tuple[Sort, ...]:
    """The sorts of a case, each card with its text."""
    lines = article.split("\n")

    def card(place: Place, sort_id: str, entry: CardEntry) -> Card:
        sentences = words.sorts[sort_id].cards[entry.id]
        span = spans.get(place)
        line = article.count("\n", 0, span.start) + 1 if span else entry.line
        text = span.quote if span else lines[entry.line - 1] if entry.line else sentences.text
        return Card(
            id=entry.id,
            text=text or "",
            line=line,
            bin=entry.bin,
            accepted=entry.accepted,
            sources=entry.sources,
            why=sentences.why,
            against=sentences.against,
        )

    return tuple(
        Sort(
            id=sort.id,
            bins={bin_id: words.sorts[sort.id].bins[bin_id] for bin_id in sort.bins},
            cards=tuple(
                card(("sorts", number, "cards", step), sort.id, entry)
                for step, entry in enumerate(sort.cards)
            ),
        )
        for number, sort in enumerate(sorts.sorts if sorts else ())
    )
