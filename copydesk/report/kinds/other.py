"""Kinds of task that the report has no figures for: it says how many answered, and loses nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.model import Task
from copydesk.report.kinds.base import Rows, Section, Store
from copydesk.scoring import score


class OtherKind:
    """Answers of these kinds are read and checked like all others, and counted."""

    name = "other"
    main = "other_answers"
    tables: Mapping[str, Mapping[str, str]] = {"other_answers": {"answered": "BOOLEAN"}}
    columns: Mapping[str, str] = {"answered": "answered"}

    def keep(self, task: Task, answer: Any) -> Rows:
        """One row; scoring raises where the answer does not fit the task."""
        score(task, answer)
        return {"other_answers": [(True,)]}

    def section(self, store: Store, number: int, task: Task, people: int) -> Section:
        """No data but the number of people."""
        return Section(self.name, task, people, {})
