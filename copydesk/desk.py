"""What a notebook opens: a case by its name, its tasks as widgets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.case import Case, read_case
from copydesk.display import Display, build_display
from copydesk.frames import table_frame
from copydesk.seeds import find_case
from copydesk.task import build_task
from copydesk.widgets import TaskWidget

if TYPE_CHECKING:
    from pandas import DataFrame

    from copydesk.picture import Picture


class OpenCase:
    """A case as a notebook uses it: `article` is its text, `task(id)` shows one of its tasks."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case = case
        self.folder = folder

    @property
    def article(self) -> str:
        """The article's text as published."""
        return self.case.article

    def task(self, task_id: str) -> TaskWidget:
        """The task with this id; ValueError, naming those there are, when the case has none."""
        return TaskWidget(build_task(self.case, task_id))

    def figure(self, name: str) -> Picture:
        """The figure of this case with this id, such as "loaded-by-line"."""
        # matplotlib takes long to import, and most notebooks draw nothing.
        from copydesk.figures import build_figure

        return build_figure(self.case, name)

    def show(self, name: str) -> Display:
        """Source cards or a table of this case: "source-cards", "accounts" or "labels"."""
        return build_display(self.case, name)

    def table(self, name: str) -> DataFrame:
        """The table of this case with this name, such as "labels", with its sources in `.attrs`.

        Raises TableNotFoundError, naming the tables there are, when there is none of this name.
        """
        return table_frame(self.case, self.folder, name)

    def __repr__(self) -> str:
        tasks = ", ".join(entry.id for entry in self.case.entry.tasks)
        return f"Case {self.case.id}: {self.case.entry.title}. Tasks: {tasks}"


def open_case(name: str | Path) -> OpenCase:
    """Open a case by its id or by its folder.

    Raises CaseError with every fault when the folder cannot be used, CaseNotFoundError, naming the
    cases there are, when there is no such folder.
    """
    folder = find_case(name)
    return OpenCase(read_case(folder), folder)
