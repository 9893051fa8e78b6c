"""The first impression of a case."""

from __future__ import annotations

from copydesk.case import Case
from copydesk.model import ImpressionTask, TaskEntry
from copydesk.task.common import common


def impression_task(case: Case, entry: TaskEntry) -> ImpressionTask:
    """The first reading of a case: the article whole, then three questions."""
    return ImpressionTask(**common(case, entry))
