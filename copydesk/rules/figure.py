"""Rules on claims.yml: verdicts and what they rest on, reasons, and the sentences of each claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from copydesk.case import Folder
from copydesk.document import Fault, Place
from copydesk.model import VERDICTS, ClaimEntry, ClaimWords, SourceEntry
from copydesk.rules import repeated, rule
from copydesk.task import word_range, words_of

CLAIMS = "claims.yml"


def claims_of(folder: Folder) -> tuple[ClaimEntry, ...]:
    """The claims of a case; none where claims.yml could not be read."""
    return folder.claims.claims if folder.claims else ()


def sources_of(folder: Folder) -> dict[str, SourceEntry]:
    """The sources of a case by id."""
    return {s.id: s for s in (folder.sources.sources if folder.sources else ())}


def _words(folder: Folder) -> Iterator[tuple[int, ClaimEntry, ClaimWords]]:
    """Each claim that has its sentences, with its number and these; of two with one id, the first.

    The other's own fault is the id: its sentences would only repeat it.
    """
    twice = {number for number, _ in repeated(claim.id for claim in claims_of(folder))}
    for number, claim in enumerate(claims_of(folder)):
        if folder.words and number not in twice and claim.id in folder.words.claims:
            yield number, claim, folder.words.claims[claim.id]


def _odd_ids(
    folder: Folder, place: Place, have: Collection[str], want: Collection[str], need: str
) -> Iterator[Fault]:
    """The faults of sentences by id: those missing and those that belong to nothing."""
    name = ".".join(map(str, place))
    for missing in (i for i in want if i not in have):
        yield folder.at(folder.words_name, place, f"{name}.{missing} is missing", f"add {need}")
    for extra in (i for i in have if i not in want):
        what = f"{name}.{extra} belongs to nothing in {CLAIMS}"
        yield folder.at(folder.words_name, (*place, extra), what, "remove it or mend its id")


# --- claims -------------------------------------------------------------------------------------


@rule
def ids_in_claims_differ(folder: Folder) -> Iterator[Fault]:
    """Claims, tables, points, columns and reasons are each found by their ids."""
    lists: list[tuple[Place, list[str]]] = []
    for group in ("claims", "tables", "points"):
        lists.append(((group,), [entry.id for entry in getattr(folder.claims, group, ())]))
    for number, claim in enumerate(claims_of(folder)):
        for part in ("reasons", "right_reasons", "defensible"):
            lists.append((("claims", number, part), list(getattr(claim, part))))
        cited = [reference.source for reference in claim.references]
        lists.append((("claims", number, "references"), cited))
    for number, table in enumerate(folder.claims.tables if folder.claims else ()):
        lists.append((("tables", number, "columns"), [column.id for column in table.columns]))
    for place, ids in lists:
        for number, first in repeated(ids):
            line = folder.documents[CLAIMS].line((*place, first))
            what = f'{place[-1]} has "{ids[number]}" already, at line {line}'
            yield folder.at(CLAIMS, (*place, number), what, "keep one of the two, or mend its id")


@rule
def a_claim_has_a_word(folder: Folder) -> Iterator[Fault]:
    """A page shows a claim by its words."""
    if folder.article is None:
        return
    words = words_of(folder.article)
    for number, _ in enumerate(claims_of(folder)):
        span = folder.spans.get(("claims", number))
        if span and word_range(words, span) is None:
            place = ("claims", number, "quote")
            what = f'the quote "{span.quote}" has no word'
            yield folder.at(CLAIMS, place, what, "quote at least one word")


@rule
def a_reference_names_a_source(folder: Folder) -> Iterator[Fault]:
    """What a claim or a point refers to stands in sources.yml."""
    if "sources.yml" in folder.documents and not folder.sources:
        return
    cited: list[tuple[Place, str]] = [
        (("claims", n, "references", m, "source"), reference.source)
        for n, claim in enumerate(claims_of(folder))
        for m, reference in enumerate(claim.references)
    ]
    for number, point in enumerate(folder.claims.points if folder.claims else ()):
        if point.source:
            cited.append((("points", number, "source"), point.source))
        elif not point.movable:
            what = f'the point "{point.id}" does not say where its coordinates are from'
            yield folder.at(CLAIMS, ("points", number), what, "add source: an id of sources.yml")
    sources = sources_of(folder)
    for place, name in cited:
        if name not in sources:
            what = f'the source "{name}" is not in sources.yml'
            yield folder.at(CLAIMS, place, what, "add it there, or mend the id")


@rule
def reasons_tell_right_from_wrong(folder: Folder) -> Iterator[Fault]:
    """A reader chooses among right and wrong reasons; the right ones are among those offered."""
    for number, claim in enumerate(claims_of(folder)):
        for place, reason in enumerate(claim.right_reasons):
            if reason not in claim.reasons:
                yield folder.at(
                    CLAIMS,
                    ("claims", number, "right_reasons", place),
                    f'the right reason "{reason}" of claim {claim.id} is not among its reasons',
                    "add it to reasons, or mend its id",
                )
        if set(claim.reasons) <= set(claim.right_reasons):
            what = f"every reason of claim {claim.id} is right, so none can be told apart"
            place_ = ("claims", number, "right_reasons")
            yield folder.at(CLAIMS, place_, what, "offer a reason that a reader may wrongly give")


@rule
def a_defensible_verdict_is_another(folder: Folder) -> Iterator[Fault]:
    """The key's own verdict needs no defence."""
    for number, claim in enumerate(claims_of(folder)):
        if claim.verdict in claim.defensible:
            place = ("claims", number, "defensible", claim.defensible.index(claim.verdict))
            what = f'"{claim.verdict}" is the verdict of claim {claim.id} itself'
            yield folder.at(CLAIMS, place, what, "remove it from defensible")


# --- what a verdict rests on --------------------------------------------------------------------


def origin(source: SourceEntry) -> str:
    """Whose text a source is: two sources of one origin are one witness.

    What stands in brackets after the name ("(French)", "(copy)") does not count.
    """
    return re.sub(r"\s*\([^)]*\)", "", source.copy_of or source.publisher).casefold().strip()


def basis(claim: ClaimEntry, sources: dict[str, SourceEntry]) -> str | None:
    """What a verdict rests on where that is weak: "memory", "one-source", else None.

    memory: nothing that it cites was looked up or computed. one-source: all that was looked up is
    the text of one origin, and nothing was computed.
    """
    cited = [(r, sources[r.source]) for r in claim.references if r.source in sources]
    checked = [(r, source) for r, source in cited if not source.from_memory]
    if not checked:
        return "memory" if cited else None
    if any(reference.computed for reference, _ in checked):
        return None
    return "one-source" if len({origin(source) for _, source in checked}) == 1 else None


@rule
def a_weak_basis_is_owned_up_to(folder: Folder) -> Iterator[Fault]:
    """A reprint is no second witness: a verdict on memory or one origin alone says so."""
    names = {"memory": "memory alone", "one-source": "one source alone, copies counted in"}
    sources = sources_of(folder)
    for number, claim in enumerate(claims_of(folder)):
        found = basis(claim, sources)
        if found and claim.rests_on != found:
            yield folder.at(
                CLAIMS,
                ("claims", number, "rests_on" if claim.rests_on else "references"),
                f"the verdict of claim {claim.id} rests on {names[found]}",
                f"find another source, or say rests_on: {found}",
            )
        elif claim.rests_on in names and found != claim.rests_on and sources:
            yield folder.at(
                CLAIMS,
                ("claims", number, "rests_on"),
                f"claim {claim.id} has better references than {names[claim.rests_on]}",
                "remove rests_on",
            )


# --- sentences ----------------------------------------------------------------------------------


@rule
def every_reference_says_what_was_found(folder: Folder) -> Iterator[Fault]:
    """A reference without its finding tells a reader nothing; a finding has its reference."""
    for _, claim, words in _words(folder):
        cited = dict.fromkeys(reference.source for reference in claim.references)
        place = ("claims", claim.id, "found")
        yield from _odd_ids(folder, place, words.found, cited, "what this source says")


@rule
def every_reason_has_its_sentence(folder: Folder) -> Iterator[Fault]:
    """A reader sees the sentence of a reason, not its id."""
    for _, claim, words in _words(folder):
        place = ("claims", claim.id, "reasons")
        yield from _odd_ids(folder, place, words.reasons, claim.reasons, "its sentence")


@rule
def every_other_verdict_has_an_answer(folder: Folder) -> Iterator[Fault]:
    """Whoever gives another verdict than the key's is told why the key does not."""
    for _, claim, words in _words(folder):
        others = [v for v in VERDICTS if v != claim.verdict]
        place = ("claims", claim.id, "verdicts")
        need = "the key's answer to whoever gives this verdict"
        yield from _odd_ids(folder, place, words.verdicts, others, need)


@rule
def every_sentence_of_a_claim_has_its_entry(folder: Folder) -> Iterator[Fault]:
    """Sentences of claims, tables and points that claims.yml does not have are left over."""
    if not folder.words or (CLAIMS in folder.documents and not folder.claims):
        return
    for group in ("claims", "tables", "points"):
        ids = {entry.id for entry in getattr(folder.claims, group, ())}
        for name in getattr(folder.words, group):
            if name not in ids:
                what = f"{group}.{name} belongs to nothing in {CLAIMS}"
                place = (group, name)
                yield folder.at(folder.words_name, place, what, "remove it or mend its id")


@rule
def a_translation_has_the_same_choices(folder: Folder) -> Iterator[Fault]:
    """A translated claim or table has the reasons, verdicts, findings and columns of the first."""
    for name, translation in folder.translations.items():
        for group, parts in (
            ("claims", ("reasons", "verdicts", "found")),
            ("tables", ("columns",)),
        ):
            own = getattr(folder.words, group, {})
            for entry_id, theirs in getattr(translation, group).items():
                for part in parts if entry_id in own else ():
                    ours, given = getattr(own[entry_id], part), getattr(theirs, part)
                    place = (group, entry_id, part)
                    for odd in dict.fromkeys([*ours, *given]):
                        if (odd in ours) != (odd in given):
                            where = "missing here" if odd in ours else "not there"
                            what = f"{'.'.join(place)}.{odd} of {folder.words_name} is {where}"
                            cure = "translate it" if odd in ours else "remove it or mend its id"
                            yield folder.at(name, place, what, cure)
