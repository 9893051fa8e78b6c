"""What a kind of task gives to the report: which rows are kept of an answer, what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from copydesk.model import Task
from copydesk.picture import Picture

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

# Statistics of fewer people describe the people, not the class.
SMALLEST_CLASS = 5


class Store(Protocol):
    """What a section asks of the store: rows of the answers that count."""

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """The rows of a query; `current` is the table of the answers that count."""
        ...

    def arrays(self, sql: str, *values: Any) -> dict[str, Any]:
        """The columns of a query by name, as NumPy arrays."""
        ...


@dataclass(frozen=True)
class Section:
    """One task in the report: its template's name and data, and the figures in it, by name."""

    kind: str
    task: Task
    people: int
    data: Mapping[str, Any]
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    @property
    def small(self) -> bool:
        """Whether so few answered that a warning stands in the place of statistics."""
        return self.people < SMALLEST_CLASS


class Kind(Protocol):
    """One kind of task, in three steps: keep rows of an answer, list them, show what they say.

    `tables`: the columns of each of its tables, by name, as DuckDB types; before them stands the
    column `answer`, the number of the answer. `columns`: what scores.csv shows of an answer, as a
    SQL expression by name, over the table `main`.
    """

    name: str
    tables: Mapping[str, Mapping[str, str]]
    main: str
    columns: Mapping[str, str]

    def keep(self, task: Any, answer: Any) -> Rows:
        """The rows that are kept of one answer, by table; pure, and run in a worker."""
        ...

    def section(self, store: Store, number: int, task: Any, people: int) -> Section:
        """What the answers of `people` people to task `number` show."""
        ...
