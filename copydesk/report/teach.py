"""The report on a simulated class, for the page that explains it to teachers."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from copydesk.case import find_case, read_case
from copydesk.picture import Picture
from copydesk.report import gain
from copydesk.report.run import score_files, sections_of
from copydesk.report.store import FILE_NAME, Store
from copydesk.simulate import simulate, write_folder
from copydesk.task import build_task, ui_strings

# The kinds with figures. Others are left out, so that a new task does not change these.
SHOWN = {"mark", "impression"}


def simulated_figures(
    cases: Sequence[str], people: int, seed: int, *, learnt: float = 0.15
) -> dict[str, Picture]:
    """The figures of the report on a simulated class, by name: "heat", "spread", "trust", "gain".

    The first case gives the first three; the gain is from the mark task of the last case to that of
    the first, which every second of the simulated readers takes in the other order. Each figure
    goes the same way as a real class's: sheets are written, read, scored and counted.
    """
    tasks = []
    for name in cases:
        case = read_case(find_case(name))
        tasks += [build_task(case, e.id) for e in case.entry.tasks if e.kind in SHOWN]
    marked = [number for number, task in enumerate(tasks) if task.kind == "mark"]
    with tempfile.TemporaryDirectory() as temporary:
        answers, out = Path(temporary) / "answers", Path(temporary) / "out"
        out.mkdir()
        write_folder(simulate(tasks, people, seed, learnt=learnt), answers)
        with Store(out / FILE_NAME, "simulated", 1) as store:
            score_files(answers, out, tasks, store, 1, lambda done, total: None)
            store.settle()
            figures: dict[str, Picture] = {}
            for section in sections_of(store, tasks):
                for name, picture in section.pictures.items():
                    figures.setdefault(name, picture)
            ui = ui_strings(tasks[0].language)["report"]
            measured = gain.measure(store, tasks, marked[-1], marked[0], ui)
    if measured.picture:
        figures["gain"] = measured.picture
    return figures
