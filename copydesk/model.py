"""The nouns: frozen models of what a case folder holds, of a task, an answer and a score.

Every offset counts Unicode code points, half-open: ``article[start:end] == quote``. The page
never sees one: a task carries its words already cut, and a place on the page is a word's number.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

TASK_SCHEMA: Final = "copydesk.task/1"
SHEET_SCHEMA: Final = "copydesk.answers/1"

# The codes of the key. Their names and meanings, which a reader sees, stand in ui/en.json.
Code = Literal["LABEL", "EMOTIVE", "DOUBT", "SOFTEN", "VERDICT", "VERB"]
CODES: tuple[Code, ...] = ("LABEL", "EMOTIVE", "DOUBT", "SOFTEN", "VERDICT", "VERB")

Confidence = Literal["high", "medium", "low"]
Strength = Annotated[int, Field(ge=1, le=3, strict=True)]
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


# --- what the files of a case folder hold -------------------------------------------------------


class Quote(Frozen):
    """A reference to a stretch of text: the quote, and which of its occurrences (1, 2, ...) it is.

    The quote keeps its white space: stripped, it could stand at another place.
    """

    quote: Annotated[str, StringConstraints(min_length=1)]
    nth: int | None = Field(default=None, ge=1, strict=True)


class TaskEntry(Frozen):
    """A task that the case offers: its id, and the kind of widget that shows it."""

    id: Id
    kind: Literal["mark", "impression"]


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
    tasks: tuple[TaskEntry, ...]


class MarkEntry(Quote):
    """One mark of the key in marks.yml: where, which code, how strong, which readings had it."""

    id: Id
    code: Code
    strength: Strength
    readings: tuple[Filled, ...] = Field(min_length=1)
    swap: Quote | None = None
    semeval: str | None = None
    sources: tuple[Id, ...] = ()


class ControlEntry(Quote):
    """One fair control in marks.yml: words that a careful reader leaves alone."""

    id: Id
    readings: tuple[Filled, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = ()


class ReadingEntry(Frozen):
    """One independent reading behind the key: its id, and who or what made it."""

    id: Filled
    by: Filled


class MarksFile(Frozen):
    """marks.yml: the readings, the marks of the key, and the fair controls."""

    readings: tuple[ReadingEntry, ...] = Field(min_length=1)
    marks: tuple[MarkEntry, ...]
    controls: tuple[ControlEntry, ...]


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


class MarkWords(Frozen):
    """The sentences of one mark: why it is loaded, the plain words, the case against.

    `swap` is the text that replaces the swapped words, where that is not `plain`.
    """

    why: Filled
    plain: Filled
    against: Filled
    swap: str | None = None


class ControlWords(Frozen):
    """The sentence of one fair control."""

    why_fair: Filled


class WordsFile(Frozen):
    """words.<language>.yml: every sentence that a reader sees, by id, apart from the facts."""

    prompts: dict[Id, Filled] = {}
    marks: dict[Id, MarkWords] = {}
    controls: dict[Id, ControlWords] = {}


# --- a case, read and resolved ------------------------------------------------------------------


class Mark(Frozen):
    """A code on a Span of the article, with its reason."""

    id: str
    span: Span
    code: Code
    strength: Strength
    readings: tuple[str, ...]
    why: str
    plain: str
    against: str
    swap: Span
    swap_text: str
    semeval: str | None = None
    sources: tuple[str, ...] = ()


class Control(Frozen):
    """Words of the article that are fair, with the reason."""

    id: str
    span: Span
    readings: tuple[str, ...]
    why_fair: str


# --- a task -------------------------------------------------------------------------------------


class CaseRef(Frozen):
    """What a page needs to know of the case: which article, of which exact text."""

    id: str
    sha256: str
    title: str
    publisher: str
    published: str
    url: str | None


class CodeInfo(Frozen):
    """A code as a reader meets it: its name, the letter that sets it, what it means."""

    code: Code
    letter: str
    name: str
    what: str


class Swap(Frozen):
    """Words first to last (inclusive) are replaced by `text`, which may be empty."""

    first: int
    last: int
    text: str


class KeyMark(Frozen):
    """A mark of the key, by word numbers (inclusive).

    `reach` is the widest stretch that still counts as this mark: an answer finds the mark when it
    shares a word with it and lies inside its reach. Python computes it; the page only looks it up.
    """

    id: str
    first: int
    last: int
    reach: tuple[int, int]
    code: Code
    strength: int
    readings: tuple[str, ...]
    why: str
    plain: str
    against: str
    swap: Swap


class KeyControl(Frozen):
    """A fair control, by word numbers (inclusive)."""

    id: str
    first: int
    last: int
    readings: tuple[str, ...]
    why_fair: str


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


class MarkTask(Task):
    """The mark task: find the loaded words and leave the fair ones alone."""

    kind: Literal["mark"] = "mark"
    codes: tuple[CodeInfo, ...]
    readings: tuple[str, ...]
    key: tuple[KeyMark, ...]
    controls: tuple[KeyControl, ...]


class ImpressionTask(Task):
    """Read it cold: the whole article, then three short questions; asked again at the end."""

    kind: Literal["impression"] = "impression"


# --- an answer ----------------------------------------------------------------------------------


def _ordered(mark: tuple[int, int, Code]) -> tuple[int, int, Code]:
    if mark[1] < mark[0]:
        raise ValueError(f"a mark ends (word {mark[1]}) before it starts (word {mark[0]})")
    return mark


WordNumber = Annotated[int, Field(ge=0, strict=True)]
AnswerMark = Annotated[tuple[WordNumber, WordNumber, Code], AfterValidator(_ordered)]
ShortText = Annotated[str, StringConstraints(max_length=2000)]


class MarkAnswer(Frozen):
    """An answer to a mark task.

    `marks`: [first word, last word, code], both words included. `first_marks`: the marks as they
    stood at the first check, before any feedback was seen; None until then. `dissent`: what the
    reader argues against, by the id of a mark of the key or, for an own mark, by "first-last".
    """

    marks: tuple[AnswerMark, ...] = ()
    first_marks: tuple[AnswerMark, ...] | None = None
    dissent: dict[str, ShortText] = {}


class ImpressionAnswer(Frozen):
    """An answer to "read it cold": trust from 1 (not at all) to 5 (fully), and two short texts."""

    trust: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    happened: ShortText = ""
    want: ShortText = ""


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


# --- a score ------------------------------------------------------------------------------------

MarkResult = Literal["both", "fair", "wide", "elsewhere"]


class MarkOutcome(Frozen):
    """What became of one mark of an answer.

    `both`: it finds the marks of the key in `found`; `same_code` says whether one of them has its
    code. `wide`: it covers a mark of the key but reaches too far beyond it. `fair`: it touches no
    mark of the key, but a fair control. `elsewhere`: the key says nothing of these words. `touched`
    names the fair controls that a `wide` or `fair` mark wrongly covers; it is empty for the others.
    """

    mark: AnswerMark
    result: MarkResult
    found: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    same_code: bool = False


class Rates(Frozen):
    """Counts of one kind of unit, and the measures that follow from them.

    precision, recall and f1 lie in 0..1. They are 0 where their denominator is 0 (so that an empty
    answer to a key that has marks scores 0), but 1, all three, if the key is empty and so is the
    answer: to leave a clean text alone is right. Among marks, precision is the share of the
    answer's marks that find one of the key. d_prime and criterion use the log-linear correction.
    """

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int
    precision: float
    recall: float
    f1: float
    d_prime: float
    criterion: float


class MarkScore(Frozen):
    """The score of one answer to a mark task.

    `marks`: signal is a mark of the key, noise a fair control. `words`: signal is a word inside a
    mark of the key, noise every other word. `same_code`: how many of `found` were marked with the
    key's code. `span_f1` is the partial-credit measure of SemEval-2020 Task 11.
    """

    case: str
    task: str
    outcomes: tuple[MarkOutcome, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    fair_marked: tuple[str, ...]
    elsewhere: int
    wide: int
    same_code: int
    marks: Rates
    words: Rates
    span_precision: float
    span_recall: float
    span_f1: float
