"""The nouns: frozen models of what a case folder holds, of a task, an answer and a score.

One module for each kind of task beside `base`, which holds what they share. Every offset counts
Unicode code points, half-open: ``article[start:end] == quote``. The page never sees one: a task
carries its words already cut, and a place on the page is a word's number.
"""

from copydesk.model.attribute import (
    CHOICES as CHOICES,
)
from copydesk.model.attribute import (
    AttributeAnswer as AttributeAnswer,
)
from copydesk.model.attribute import (
    AttributeScore as AttributeScore,
)
from copydesk.model.attribute import (
    AttributeTask as AttributeTask,
)
from copydesk.model.attribute import (
    AttributionField as AttributionField,
)
from copydesk.model.attribute import (
    AttributionFile as AttributionFile,
)
from copydesk.model.attribute import (
    Choice as Choice,
)
from copydesk.model.attribute import (
    Clause as Clause,
)
from copydesk.model.attribute import (
    ClauseAnswer as ClauseAnswer,
)
from copydesk.model.attribute import (
    ClauseEntry as ClauseEntry,
)
from copydesk.model.attribute import (
    ClauseWords as ClauseWords,
)
from copydesk.model.attribute import (
    FieldOutcome as FieldOutcome,
)
from copydesk.model.attribute import (
    FieldScore as FieldScore,
)
from copydesk.model.attribute import (
    KeyClause as KeyClause,
)
from copydesk.model.attribute import (
    Question as Question,
)
from copydesk.model.base import (
    SHEET_SCHEMA as SHEET_SCHEMA,
)
from copydesk.model.base import (
    TASK_SCHEMA as TASK_SCHEMA,
)
from copydesk.model.base import (
    AnswerSheet as AnswerSheet,
)
from copydesk.model.base import (
    CaseEntry as CaseEntry,
)
from copydesk.model.base import (
    CaseRef as CaseRef,
)
from copydesk.model.base import (
    Confidence as Confidence,
)
from copydesk.model.base import (
    Filled as Filled,
)
from copydesk.model.base import (
    Frozen as Frozen,
)
from copydesk.model.base import (
    Id as Id,
)
from copydesk.model.base import (
    Quote as Quote,
)
from copydesk.model.base import (
    ReadingEntry as ReadingEntry,
)
from copydesk.model.base import (
    Sha256 as Sha256,
)
from copydesk.model.base import (
    SheetEntry as SheetEntry,
)
from copydesk.model.base import (
    ShortText as ShortText,
)
from copydesk.model.base import (
    SourceEntry as SourceEntry,
)
from copydesk.model.base import (
    SourcesFile as SourcesFile,
)
from copydesk.model.base import (
    Span as Span,
)
from copydesk.model.base import (
    Task as Task,
)
from copydesk.model.base import (
    TaskEntry as TaskEntry,
)
from copydesk.model.base import (
    WordNumber as WordNumber,
)
from copydesk.model.compare import (
    ACCOUNTS as ACCOUNTS,
)
from copydesk.model.compare import (
    MAX_QUESTIONS as MAX_QUESTIONS,
)
from copydesk.model.compare import (
    MULTIPLE as MULTIPLE,
)
from copydesk.model.compare import (
    Account as Account,
)
from copydesk.model.compare import (
    CellEntry as CellEntry,
)
from copydesk.model.compare import (
    CompareAnswer as CompareAnswer,
)
from copydesk.model.compare import (
    Compared as Compared,
)
from copydesk.model.compare import (
    ComparedEntry as ComparedEntry,
)
from copydesk.model.compare import (
    ComparedOutcome as ComparedOutcome,
)
from copydesk.model.compare import (
    ComparedWords as ComparedWords,
)
from copydesk.model.compare import (
    CompareFile as CompareFile,
)
from copydesk.model.compare import (
    ComparePoint as ComparePoint,
)
from copydesk.model.compare import (
    ComparePointEntry as ComparePointEntry,
)
from copydesk.model.compare import (
    ComparePointWords as ComparePointWords,
)
from copydesk.model.compare import (
    CompareScore as CompareScore,
)
from copydesk.model.compare import (
    CompareTask as CompareTask,
)
from copydesk.model.compare import (
    CompareWords as CompareWords,
)
from copydesk.model.compare import (
    Comparison as Comparison,
)
from copydesk.model.compare import (
    QuestionKind as QuestionKind,
)
from copydesk.model.compare import (
    Result as Result,
)
from copydesk.model.compare import (
    TaskAccount as TaskAccount,
)
from copydesk.model.compare import (
    TaskCell as TaskCell,
)
from copydesk.model.compare import (
    TaskPoint as TaskPoint,
)
from copydesk.model.figure import (
    VERDICTS as VERDICTS,
)
from copydesk.model.figure import (
    Claim as Claim,
)
from copydesk.model.figure import (
    ClaimAnswer as ClaimAnswer,
)
from copydesk.model.figure import (
    ClaimEntry as ClaimEntry,
)
from copydesk.model.figure import (
    ClaimOutcome as ClaimOutcome,
)
from copydesk.model.figure import (
    ClaimsFile as ClaimsFile,
)
from copydesk.model.figure import (
    ClaimWords as ClaimWords,
)
from copydesk.model.figure import (
    ColumnEntry as ColumnEntry,
)
from copydesk.model.figure import (
    ColumnKind as ColumnKind,
)
from copydesk.model.figure import (
    FigureAnswer as FigureAnswer,
)
from copydesk.model.figure import (
    FigureScore as FigureScore,
)
from copydesk.model.figure import (
    FigureTask as FigureTask,
)
from copydesk.model.figure import (
    Knowable as Knowable,
)
from copydesk.model.figure import (
    MapPoint as MapPoint,
)
from copydesk.model.figure import (
    MapShape as MapShape,
)
from copydesk.model.figure import (
    PointEntry as PointEntry,
)
from copydesk.model.figure import (
    ReferenceEntry as ReferenceEntry,
)
from copydesk.model.figure import (
    Stance as Stance,
)
from copydesk.model.figure import (
    Table as Table,
)
from copydesk.model.figure import (
    TableEntry as TableEntry,
)
from copydesk.model.figure import (
    TableWords as TableWords,
)
from copydesk.model.figure import (
    TaskClaim as TaskClaim,
)
from copydesk.model.figure import (
    TaskReason as TaskReason,
)
from copydesk.model.figure import (
    TaskReference as TaskReference,
)
from copydesk.model.figure import (
    TaskVerdict as TaskVerdict,
)
from copydesk.model.figure import (
    ToolEntry as ToolEntry,
)
from copydesk.model.figure import (
    ToolKind as ToolKind,
)
from copydesk.model.figure import (
    Verdict as Verdict,
)
from copydesk.model.figure import (
    VerdictInfo as VerdictInfo,
)
from copydesk.model.impression import (
    ImpressionAnswer as ImpressionAnswer,
)
from copydesk.model.impression import (
    ImpressionTask as ImpressionTask,
)
from copydesk.model.mark import (
    CODES as CODES,
)
from copydesk.model.mark import (
    AnswerMark as AnswerMark,
)
from copydesk.model.mark import (
    Code as Code,
)
from copydesk.model.mark import (
    CodeInfo as CodeInfo,
)
from copydesk.model.mark import (
    Control as Control,
)
from copydesk.model.mark import (
    ControlEntry as ControlEntry,
)
from copydesk.model.mark import (
    ControlWords as ControlWords,
)
from copydesk.model.mark import (
    KeyControl as KeyControl,
)
from copydesk.model.mark import (
    KeyMark as KeyMark,
)
from copydesk.model.mark import (
    Mark as Mark,
)
from copydesk.model.mark import (
    MarkAnswer as MarkAnswer,
)
from copydesk.model.mark import (
    MarkEntry as MarkEntry,
)
from copydesk.model.mark import (
    MarkOutcome as MarkOutcome,
)
from copydesk.model.mark import (
    MarkResult as MarkResult,
)
from copydesk.model.mark import (
    MarkScore as MarkScore,
)
from copydesk.model.mark import (
    MarksFile as MarksFile,
)
from copydesk.model.mark import (
    MarkTask as MarkTask,
)
from copydesk.model.mark import (
    MarkWords as MarkWords,
)
from copydesk.model.mark import (
    Rates as Rates,
)
from copydesk.model.mark import (
    Strength as Strength,
)
from copydesk.model.mark import (
    Swap as Swap,
)
from copydesk.model.match import (
    AccountRow as AccountRow,
)
from copydesk.model.match import (
    LabelRow as LabelRow,
)
from copydesk.model.match import (
    LabelWords as LabelWords,
)
from copydesk.model.match import (
    MatchAnswer as MatchAnswer,
)
from copydesk.model.match import (
    Matches as Matches,
)
from copydesk.model.match import (
    MatchesFile as MatchesFile,
)
from copydesk.model.match import (
    MatchRound as MatchRound,
)
from copydesk.model.match import (
    MatchScore as MatchScore,
)
from copydesk.model.match import (
    MatchTask as MatchTask,
)
from copydesk.model.match import (
    MatchWords as MatchWords,
)
from copydesk.model.match import (
    RoundAnswer as RoundAnswer,
)
from copydesk.model.match import (
    RoundEntry as RoundEntry,
)
from copydesk.model.match import (
    RoundScore as RoundScore,
)
from copydesk.model.match import (
    RoundWords as RoundWords,
)
from copydesk.model.match import (
    TaskLabel as TaskLabel,
)
from copydesk.model.omission import (
    ADDS as ADDS,
)
from copydesk.model.omission import (
    Adds as Adds,
)
from copydesk.model.omission import (
    Event as Event,
)
from copydesk.model.omission import (
    EventEntry as EventEntry,
)
from copydesk.model.omission import (
    EventWords as EventWords,
)
from copydesk.model.omission import (
    OmissionFile as OmissionFile,
)
from copydesk.model.omission import (
    PartEntry as PartEntry,
)
from copydesk.model.omission import (
    ReuseRow as ReuseRow,
)
from copydesk.model.outlets import (
    OUTLET_QUESTIONS as OUTLET_QUESTIONS,
)
from copydesk.model.outlets import (
    Outlet as Outlet,
)
from copydesk.model.outlets import (
    OutletAnswer as OutletAnswer,
)
from copydesk.model.outlets import (
    OutletAnswerEntry as OutletAnswerEntry,
)
from copydesk.model.outlets import (
    OutletEntry as OutletEntry,
)
from copydesk.model.outlets import (
    OutletQuestion as OutletQuestion,
)
from copydesk.model.outlets import (
    OutletsFile as OutletsFile,
)
from copydesk.model.outlets import (
    OutletWords as OutletWords,
)
from copydesk.model.sort import (
    BINS as BINS,
)
from copydesk.model.sort import (
    BinWords as BinWords,
)
from copydesk.model.sort import (
    Card as Card,
)
from copydesk.model.sort import (
    CardEntry as CardEntry,
)
from copydesk.model.sort import (
    CardOutcome as CardOutcome,
)
from copydesk.model.sort import (
    CardSource as CardSource,
)
from copydesk.model.sort import (
    CardWords as CardWords,
)
from copydesk.model.sort import (
    Fit as Fit,
)
from copydesk.model.sort import (
    Sort as Sort,
)
from copydesk.model.sort import (
    SortAnswer as SortAnswer,
)
from copydesk.model.sort import (
    SortEntry as SortEntry,
)
from copydesk.model.sort import (
    SortScore as SortScore,
)
from copydesk.model.sort import (
    SortsFile as SortsFile,
)
from copydesk.model.sort import (
    SortTask as SortTask,
)
from copydesk.model.sort import (
    SortWords as SortWords,
)
from copydesk.model.sort import (
    TaskBin as TaskBin,
)
from copydesk.model.sort import (
    TaskCard as TaskCard,
)
from copydesk.model.words import (
    WordsFile as WordsFile,
)
