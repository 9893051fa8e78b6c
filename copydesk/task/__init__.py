"""Case -> Task: all that a page needs, as plain JSON, feedback table included.

One module for each kind of task.
"""

from collections.abc import Callable

from copydesk.case import Case
from copydesk.model import Task, TaskEntry
from copydesk.task.attribute import attribute_task as attribute_task
from copydesk.task.common import ui_strings as ui_strings
from copydesk.task.compare import compare_task as compare_task
from copydesk.task.figure import figure_task as figure_task
from copydesk.task.figure import verdict_infos as verdict_infos
from copydesk.task.impression import impression_task as impression_task
from copydesk.task.mark import code_infos as code_infos
from copydesk.task.mark import mark_task as mark_task
from copydesk.task.match import match_task as match_task
from copydesk.task.sort import sort_task as sort_task
from copydesk.task.words import cut as cut
from copydesk.task.words import word_range as word_range
from copydesk.task.words import words_of as words_of

_BUILDERS: dict[str, Callable[[Case, TaskEntry], Task]] = {
    "mark": mark_task,
    "impression": impression_task,
    "figure": figure_task,
    "attribute": attribute_task,
    "sort": sort_task,
    "compare": compare_task,
    "match": match_task,
}


def build_task(case: Case, task_id: str) -> Task:
    """The task of a case with this id; ValueError, naming those there are, when it has none."""
    for entry in case.entry.tasks:
        if entry.id == task_id:
            return _BUILDERS[entry.kind](case, entry)
    have = ", ".join(entry.id for entry in case.entry.tasks) or "none"
    raise ValueError(f'case {case.id} has no task "{task_id}": use one of {have}')
