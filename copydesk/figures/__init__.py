"""The figures of a case by id: counts from its tasks, drawn by plots, with words from ui/.

One module for each desk.
"""

from collections.abc import Callable

from copydesk.case import Case
from copydesk.figures.attribute import claims_by_source, words_by_voice
from copydesk.figures.counts import attacks_counted, reported_deaths
from copydesk.figures.omission import absent_words, found_again, known_when, lines_by_part
from copydesk.figures.parts import council_votes, house_bill
from copydesk.figures.place import distance_map
from copydesk.figures.words import loaded_by_line, marks_by_code
from copydesk.picture import Picture

_FIGURES: dict[str, Callable[[Case, str], Picture]] = {
    "loaded-by-line": loaded_by_line,
    "marks-by-code": marks_by_code,
    "reported-deaths": reported_deaths,
    "attacks-counted": attacks_counted,
    "map": distance_map,
    "house-bill": house_bill,
    "council-votes": council_votes,
    "claims-by-source": claims_by_source,
    "words-by-voice": words_by_voice,
    "lines-by-part": lines_by_part,
    "absent-words": absent_words,
    "found-again": found_again,
    "known-when": known_when,
}


def build_figure(case: Case, name: str) -> Picture:
    """The figure of a case with this id; ValueError, naming those there are, for another."""
    if name not in _FIGURES:
        raise ValueError(f'there is no figure "{name}": use one of {", ".join(_FIGURES)}')
    return _FIGURES[name](case, name)
