"""From the entries of a case's files to its nouns: each with its place and its sentences.

Faults go into the documents that they stand in; a noun is made only where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.document import Document, Place
from copydesk.model import (
    AttributionFile,
    Card,
    CardEntry,
    Clause,
    OmissionFile,
    Quote,
    Sort,
    SortsFile,
    Span,
    WordsFile,
)
from copydesk.quotes import line_count, locate

Spans = dict[Place, Span]


def find_quotes(
    article: str, document: Document, places: Iterator[tuple[Place, Quote]], spans: Spans
) -> None:
    """Put the span of every quote of a file into `spans`, by its place; note those with none."""
    for place, quote in places:
        found = locate(article, quote)
        if isinstance(found, Span):
            spans[place] = found
        else:
            document.fault((*place, found.field), found.what, found.cure)


# --- attribution.yml ----------------------------------------------------------------------------


def clause_places(key: AttributionFile) -> Iterator[tuple[Place, Quote]]:
    """Every quote of attribution.yml with its place there."""
    yield from ((("clauses", number), clause) for number, clause in enumerate(key.clauses))


def check_clauses(key: AttributionFile, words: WordsFile, document: Document) -> None:
    """Note every clause that has no sentences in the words file, `document`."""
    for missing in dict.fromkeys(c.id for c in key.clauses if c.id not in words.clauses):
        document.fault(("clauses",), f"clauses.{missing} has no sentences", "add claim and why")


def make_clauses(
    key: AttributionFile | None, words: WordsFile, spans: Mapping[Place, Span]
) -> tuple[Clause, ...]:
    """The clauses of a case, in the order of the file."""
    return tuple(
        Clause(span=spans["clauses", number], entry=entry, words=words.clauses[entry.id])
        for number, entry in enumerate(key.clauses if key else ())
    )


# --- omission.yml -------------------------------------------------------------------------------


def check_omission(omission: OmissionFile, words: WordsFile, document: Document) -> None:
    """Note every part without a name, and every event without sentences, in the words file."""
    for missing in dict.fromkeys(p.id for p in omission.parts if p.id not in words.parts):
        document.fault(("parts",), f"parts.{missing} has no name", "add it")
    for missing in dict.fromkeys(e.id for e in omission.events if e.id not in words.events):
        document.fault(("events",), f"events.{missing} has no sentences", "add issuer and what")


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
