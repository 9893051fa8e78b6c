"""The words file of a case: every sentence that a reader sees, by the id of what it is about."""

from __future__ import annotations

from pydantic import Field

from copydesk.model.attribute import ClauseWords
from copydesk.model.base import Filled, Frozen, Id
from copydesk.model.compare import CompareWords
from copydesk.model.figure import ClaimWords, TableWords
from copydesk.model.mark import ControlWords, MarkWords
from copydesk.model.match import MatchWords
from copydesk.model.omission import EventWords
from copydesk.model.outlets import OutletWords
from copydesk.model.sort import SortWords


class WordsFile(Frozen):
    """words.<language>.yml: every sentence that a reader sees, by id, apart from the facts."""

    prompts: dict[Id, Filled] = Field(default_factory=dict)
    marks: dict[Id, MarkWords] = Field(default_factory=dict)
    controls: dict[Id, ControlWords] = Field(default_factory=dict)
    claims: dict[Id, ClaimWords] = Field(default_factory=dict)
    tables: dict[Id, TableWords] = Field(default_factory=dict)
    points: dict[Id, Filled] = Field(default_factory=dict)
    clauses: dict[Id, ClauseWords] = Field(default_factory=dict)
    sorts: dict[Id, SortWords] = Field(default_factory=dict)
    parts: dict[Id, Filled] = Field(default_factory=dict)
    events: dict[Id, EventWords] = Field(default_factory=dict)
    compare: CompareWords | None = None
    matches: MatchWords | None = None
    outlets: dict[Id, OutletWords] = Field(default_factory=dict)
