"""The nouns of the figure task: claims, the tools that check them, and a verdict on each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from copydesk.model.base import Confidence, Filled, Frozen, Id, Quote, ShortText, Span, Task

Verdict = Literal["holds", "caveat", "imprecise", "fails", "uncheckable"]
# In the words of the dossier: holds / holds with a missing caveat / imprecise / does not hold /
# cannot be checked. Their names, which a reader sees, stand in ui/en/verdicts.json.
VERDICTS: tuple[Verdict, ...] = ("holds", "caveat", "imprecise", "fails", "uncheckable")

ToolKind = Literal["convert", "distance", "calendar", "share", "series", "votes", "sources"]

# How a verdict stands to the key: the key's own; one that a careful reader may defend, with the
# key's case against; one that the references speak against; a firm verdict where none can be given.
Stance = Literal["key", "defensible", "off", "overconfident"]

Knowable = Literal["yes", "partly", "no", "later"]
ColumnKind = Literal["text", "number", "date"]
# The name of a CSV column, with its unit: injured_people.
ColumnId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


# --- claims.yml ---------------------------------------------------------------------------------


class ReferenceEntry(Frozen):
    """What one source says to a claim. The value stands in the words file; here are its flags."""

    source: Id
    computed: bool = False


class ToolEntry(Frozen):
    """The tool that fits a claim, and what it starts with. A claim's first tool fits it best.

    The keys of `start` by kind; those in brackets may be missing:
    convert: value, from, to ("km" or "mi"), [claimed: the article's figure in the unit `to`];
    distance: from, to (ids of points), claimed_km;
    calendar: date (the day to look up), [weekday: the article's word, in English], [first, last:
    the window that the article's words allow, both days included];
    share: part, whole, unit, [table: id of a table that holds both], [column: where in it];
    series: table (id), column (id of the column to look at), [claimed: the article's figure];
    votes: table (id);
    sources: nothing, the references are the tool.
    """

    kind: ToolKind
    start: dict[str, str | float | int] = Field(default_factory=dict)


class ClaimEntry(Quote):
    """A statement of the article that can be checked."""

    id: Id
    verdict: Verdict
    confidence: Confidence
    defensible: tuple[Verdict, ...] = ()
    knowable: Knowable
    tools: tuple[ToolEntry, ...] = ()
    reasons: tuple[Id, ...] = Field(min_length=2)
    right_reasons: tuple[Id, ...] = Field(min_length=1)
    references: tuple[ReferenceEntry, ...] = Field(min_length=1)
    # Set where a verdict rests only on memory, or on copies of one source, and says so.
    rests_on: Literal["memory", "one-source", "inference"] | None = None


class ColumnEntry(Frozen):
    """One column of a table: its name in the CSV file, and what stands in it.

    `cumulative`: a running total, which does not fall from row to row unless a note says why.
    """

    id: ColumnId
    kind: ColumnKind
    cumulative: bool = False


class TableEntry(Frozen):
    """A table of the case, data/<id>.csv: its columns, besides `source`, `confidence` and `note`.

    `issuer`: the column that says whose number a row is; where it changes, the series breaks.
    """

    id: Id
    columns: tuple[ColumnEntry, ...] = Field(min_length=1)
    issuer: ColumnId | None = None


class PointEntry(Frozen):
    """A place for the map, in degrees (WGS84), with the source of its coordinates.

    `movable`: a marker that a reader may drag, which starts there; it needs no source.
    """

    id: Id
    lat: Latitude
    lon: Longitude
    source: Id | None = None
    movable: bool = False


class ClaimsFile(Frozen):
    """claims.yml: every claim of the article that can be checked, and what its tools need."""

    claims: tuple[ClaimEntry, ...]
    tables: tuple[TableEntry, ...] = ()
    points: tuple[PointEntry, ...] = ()


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
    found: dict[Id, Filled]


class TableWords(Frozen):
    """A table's title, and the heading of each of its columns, with the unit."""

    title: Filled
    columns: dict[ColumnId, Filled]


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
    # Published after the article: it explains, and does not convict.
    later: bool = False


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
    knowable: Knowable
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
    column. `keys`: the columns' ids, as a tool's `start` names them; the last three are always
    source, confidence and note. `links`: the address of each row's (first) source. `breaks`: row
    numbers, counted from 0, from which another issuer speaks.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    kinds: tuple[ColumnKind, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    breaks: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    links: tuple[str | None, ...] = ()


class MapPoint(Frozen):
    """A named place, in degrees (WGS84); `movable` where a reader may drag it."""

    id: str
    name: str
    lat: Latitude
    lon: Longitude
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
    """What a reader says of one claim. `first`: the verdict before the references were seen.

    `note`: what the reader wrote down while checking; it is kept, and never scored.
    """

    verdict: Verdict | None = None
    reason: str | None = Field(default=None, max_length=60)
    own_reason: ShortText = ""
    note: ShortText = ""
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
