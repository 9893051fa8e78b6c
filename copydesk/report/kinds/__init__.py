"""The kinds of task that the report knows: one module for each."""

from copydesk.report.kinds.base import Kind
from copydesk.report.kinds.figure import FigureKind
from copydesk.report.kinds.impression import ImpressionKind
from copydesk.report.kinds.mark import MarkKind

KINDS: dict[str, Kind] = {kind.name: kind for kind in (ImpressionKind(), MarkKind(), FigureKind())}
