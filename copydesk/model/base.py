"""The nouns: frozen models of what a case folder holds, of a task, an answer and a score.

Every offset counts Unicode code points, half-open: ``article[start:end] == quote``. The page
never sees one: a task carries its words already cut, and a place on the page is a word's number.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

TASK_SCHEMA: Final = "copydesk.task/1"
SHEET_SCHEMA: Final = "copydesk.answers/1"


Confidence = Literal["high", "medium", "low"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """A model that cannot change and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(Frozen):
    """A stretch of the article: code points start to end (exclusive), and the text there."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str


class Quote(Frozen):
    """A reference to a stretch of text: the quote, and which of its occurrences (1, 2, ...) it is.

    The quote keeps its white space: stripped, it could stand at another place.
    """

    quote: Annotated[str, StringConstraints(min_length=1)]
    nth: int | None = Field(default=None, ge=1, strict=True)


class TaskEntry(Frozen):
    """A task that the case offers: its id, and the kind of widget that shows it."""

    id: Id
    kind: Literal["mark", "impression", "figure", "attribute", "sort", "compare", "match"]


class CaseEntry(Frozen):
    """case.yml: what the article is, where it comes from, and which tasks it is used for."""

    id: Id
    title: Filled
    publisher: Filled
    published: date
    url: str | None = None
    rights: Filled
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
    sha256: Sha256
    # Written for the course in the manner of an outlet, never published by one.
    constructed: bool = False
    tasks: tuple[TaskEntry, ...]


class ReadingEntry(Frozen):
    """One independent reading behind the key: its id, and who or what made it."""

    id: Filled
    by: Filled


class SourceEntry(Frozen):
    """One source in sources.yml.

    `copy_of` names whose text it is where that is not the publisher's own: two sources with one
    origin are one witness. `reprint` says that the page read is a third party's copy, so that the
    original should be found before pupils are sent there.
    """

    id: Id
    publisher: Filled
    title: str | None = None
    date: str | None = None
    url: str | None = None
    kind: Literal["report", "document", "computation", "definition", "background"]
    copy_of: Filled | None = None
    reprint: bool = False
    from_memory: bool = False
    confidence: Confidence


class SourcesFile(Frozen):
    """sources.yml: every source once."""

    sources: tuple[SourceEntry, ...]


class CaseRef(Frozen):
    """What a page needs to know of the case: which article, of which exact text."""

    id: str
    sha256: str
    title: str
    publisher: str
    published: str
    url: str | None


class Task(Frozen):
    """All that a page needs to show one task, as plain JSON, feedback included.

    `lines` is the article: each line alternates gap, word, gap, word, ..., gap, so that joining a
    line gives its text back; words are numbered from 0 through the whole article.
    """

    # `schema` would hide a method of BaseModel, hence the alias.
    schema_: Literal["copydesk.task/1"] = Field(default=TASK_SCHEMA, alias="schema")
    kind: str
    id: str
    case: CaseRef
    language: str
    prompt: str
    lines: tuple[tuple[str, ...], ...]
    ui: dict[str, str]


WordNumber = Annotated[int, Field(ge=0, strict=True)]
ShortText = Annotated[str, StringConstraints(max_length=2000)]


class SheetEntry(Frozen):
    """One answer in an answer sheet: of which case, exact text and task, and when it was saved."""

    case: str
    sha256: Sha256
    task: str
    kind: str
    saved: str
    answer: dict[str, Any]


class AnswerSheet(Frozen):
    """The file that a reader takes away: all their answers, under a code of their choice."""

    schema_: Literal["copydesk.answers/1"] = Field(default=SHEET_SCHEMA, alias="schema")
    code: Annotated[str, StringConstraints(max_length=40)] = ""
    saved: str = ""
    answers: tuple[SheetEntry, ...] = ()
