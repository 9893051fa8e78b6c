"""The kinds of task that the report knows: one module for each."""

from copydesk.report.kinds.attribute import AttributeKind
from copydesk.report.kinds.base import Kind
from copydesk.report.kinds.figure import FigureKind
from copydesk.report.kinds.impression import ImpressionKind
from copydesk.report.kinds.mark import MarkKind
from copydesk.report.kinds.sort import SortKind

_ALL: tuple[Kind, ...] = (ImpressionKind(), SortKind(), MarkKind(), FigureKind(), AttributeKind())
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
