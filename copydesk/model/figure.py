"""The nouns of the figure task: claims, the tools that check them, and a verdict on each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copydesk.model.base import Confidence, Filled, Frozen, Id, Quote, ShortText, Span, Task

Verdict = Literal["holds", "caveat", "imprecise", "fails", "uncheckable"]
# In the words of the dossier: holds / holds with a missing caveat / imprecise / does not hold /
# cannot be checked. Their names, which a reader sees, stand in ui/en/figure.json.
VERDICTS: tuple[Verdict, ...] = ("holds", "caveat", "imprecise", "fails", "uncheckable")

ToolKind = Literal["convert", "distance", "calendar", "share", "series", "votes", "sources"]

# How a verdict stands to the key: the key's own; one that a careful reader may defend, with the
# key's case against; one that the references speak against; a firm verdict where none can be given.
Stance = Literal["key", "defensible", "off", "overconfident"]


# --- claims.yml ---------------------------------------------------------------------------------


class ReferenceEntry(Frozen):
    """What one source says to a claim. The value stands in the words file; here are its flags."""

    source: Id
    computed: bool = False


class ToolEntry(Frozen):
    """The tool that fits a claim, and what it starts with (its meaning depends on the kind)."""

    kind: ToolKind
    start: dict[str, str | float | int] = Field(default_factory=dict)


class ClaimEntry(Quote):
    """A statement of the article that can be checked."""

    id: Id
    verdict: Verdict
    confidence: Confidence
    defensible: tuple[Verdict, ...] = ()
    knowable: Literal["yes", "partly", "no", "later"]
    tools: tuple[ToolEntry, ...] = ()
    reasons: tuple[Id, ...] = Field(min_length=2)
    right_reasons: tuple[Id, ...] = Field(min_length=1)
    references: tuple[ReferenceEntry, ...] = Field(min_length=1)
    # Set where a verdict rests only on memory, or on copies of one source, and says so.
    rests_on: Literal["memory", "one-source", "inference"] | None = None


class ClaimsFile(Frozen):
    """claims.yml: every claim of the article that can be checked."""

    claims: tuple[ClaimEntry, ...]


class ClaimWords(Frozen):
    """The sentences of one claim.

    `verdicts`: what is said to a reader who gives another verdict than the key's. `reasons`: the
    choices offered, by id. `found`: what each source says, by source id. `good`: what the article
    gets right here, where it does.
    """

    topic: Filled
    claimed: Filled
    knowable: Filled
    explanation: Filled
    check: Filled
    good: str | None = None
    verdicts: dict[Verdict, Filled] = Field(default_factory=dict)
    reasons: dict[Id, Filled]
    found: dict[Id, str]


# --- a case -------------------------------------------------------------------------------------


class Claim(Frozen):
    """A claim with its Span, its entry and its sentences."""

    span: Span
    entry: ClaimEntry
    words: ClaimWords


# --- a task -------------------------------------------------------------------------------------


class VerdictInfo(Frozen):
    """A verdict as a reader meets it."""

    verdict: Verdict
    name: str
    what: str


class TaskReference(Frozen):
    """A source as a reader meets it: who says what, when, how strong, and what to doubt."""

    publisher: str
    title: str | None
    date: str | None
    url: str | None
    value: str
    confidence: Confidence
    from_memory: bool
    copy_of: str | None
    reprint: bool
    computed: bool


class TaskReason(Frozen):
    """A reason that a reader may pick; `right` says whether it supports the key's verdict."""

    id: str
    text: str
    right: bool


class TaskVerdict(Frozen):
    """How one verdict on a claim stands to the key, and what is said to a reader who gives it."""

    verdict: Verdict
    stance: Stance
    note: str


class TaskClaim(Frozen):
    """A claim as a page needs it, by word numbers (inclusive)."""

    id: str
    first: int
    last: int
    topic: str
    claimed: str
    verdict: Verdict
    confidence: Confidence
    knowable: Literal["yes", "partly", "no", "later"]
    knowable_words: str
    explanation: str
    check: str
    good: str | None
    tools: tuple[ToolEntry, ...]
    verdicts: tuple[TaskVerdict, ...]
    reasons: tuple[TaskReason, ...]
    references: tuple[TaskReference, ...]


class Table(Frozen):
    """Rows behind a tool: a series, the votes, the parts of a sum; a source for each row.

    `columns`: names that a reader sees, with their units. `kinds`: text, number or date, one a
    column. `breaks`: row numbers from which another issuer speaks.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    kinds: tuple[Literal["text", "number", "date"], ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    breaks: tuple[int, ...] = ()


class MapPoint(Frozen):
    """A named place, in degrees (WGS84); `movable` where a reader may drag it."""

    id: str
    name: str
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    movable: bool = False


class MapShape(Frozen):
    """A country's outline: rings of (lon, lat) in degrees, simplified, from Natural Earth."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


class FigureTask(Task):
    """The figure task: check each figure, give a verdict and a reason, compare the references."""

    kind: Literal["figure"] = "figure"
    verdicts: tuple[VerdictInfo, ...]
    claims: tuple[TaskClaim, ...]
    tables: tuple[Table, ...]
    points: tuple[MapPoint, ...]
    shapes: tuple[MapShape, ...]


# --- an answer and a score ----------------------------------------------------------------------


class ClaimAnswer(Frozen):
    """What a reader says of one claim. `first`: the verdict before the references were seen."""

    verdict: Verdict | None = None
    reason: str | None = Field(default=None, max_length=60)
    own_reason: ShortText = ""
    first: Verdict | None = None
    first_reason: str | None = Field(default=None, max_length=60)


class FigureAnswer(Frozen):
    """An answer to a figure task, by claim id."""

    claims: dict[str, ClaimAnswer] = Field(default_factory=dict)


class ClaimOutcome(Frozen):
    """How one answered claim stands to the key."""

    claim: str
    verdict: Verdict
    stance: Stance
    right_reason: bool


class FigureScore(Frozen):
    """Counts over the answered claims.

    `key`: verdicts of the key; `right_reason`: those of them with a right reason; `defensible`,
    `off`, `overconfident`: the others by stance; `open`: claims without a verdict.
    """

    case: str
    task: str
    outcomes: tuple[ClaimOutcome, ...]
    key: int
    right_reason: int
    defensible: int
    off: int
    overconfident: int
    open: int
