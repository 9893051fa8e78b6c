"""The whole way: files in, a page and two tables out; stopped and taken up again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from copydesk.model import Task
from copydesk.report import csvs, gain, html
from copydesk.report.kinds import kind_of
from copydesk.report.kinds.base import Section
from copydesk.report.reading import Found, find_files
from copydesk.report.sheets import Raw
from copydesk.report.store import FILE_NAME, Store
from copydesk.report.workers import raw, scored
from copydesk.task import ui_strings

MOST_FILES_SHOWN: Final = 1_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Summary:
    """What became of the files of a run.

    `people`: codes, and sheets without one, of which an answer counts. `again`: answers left out
    because a later one to the same task came under the same code. `resumed`: files that an earlier,
    stopped run had already scored.
    """

    found: int
    used: int
    part: int
    refused: int
    people: int
    again: int
    again_people: int
    resumed: int
    unused_files: tuple[tuple[str, str, str], ...]

    @property
    def unused(self) -> int:
        """Files that were not used, or not wholly."""
        return self.part + self.refused


def _run_key(answers: Path, tasks: Sequence[Task]) -> str:
    """A name for what a run depends on beside its files: the place, the tasks, our own rules."""
    digest = hashlib.sha256(os.path.realpath(answers).encode("utf-8", "surrogatepass"))
    for task in tasks:
        digest.update(task.model_dump_json().encode("utf-8"))
    package = files("copydesk")
    for folder in ("scoring", "model", "report", "report/kinds"):
        for file in sorted((package / folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    digest.update((package / "answers.py").read_bytes())
    return digest.hexdigest()


def _to_do(found: Iterator[Found], store: Store, done: dict[str, int]) -> Iterator[Raw]:
    """The files that are not done yet; those that are, are taken out of `done`."""
    number = max(done.values(), default=-1)
    for file in found:
        if done.pop(file.key, None) is None:
            number += 1
            yield raw(number, file)


def score_files(
    answers: Path, out: Path, tasks: Sequence[Task], store: Store, jobs: int, progress: Progress
) -> tuple[int, int]:
    """Score what is not in the store yet; returns the files found, and those done before."""
    total = sum(1 for _ in find_files(answers, leave_out=out))
    done = store.keys()
    before = len(done)
    known = dict(done)
    at = 0
    progress(0, total)
    for count, columns in scored(
        _to_do(find_files(answers, leave_out=out), store, known), tasks, jobs
    ):
        store.add(columns)
        at += count
        progress(min(total, at + before - len(known)), total)
    store.drop(known.values())
    progress(total, total)
    return total, before - len(known)


def _summary(store: Store, total: int, resumed: int) -> Summary:
    states = dict(store.rows("SELECT state, count(*) FROM files GROUP BY state"))
    unused = store.rows(
        "SELECT name, state, reason FROM files WHERE state != 'used' ORDER BY name, file LIMIT ?",
        MOST_FILES_SHOWN,
    )
    ((people,),) = store.rows("SELECT count(DISTINCT person) FROM current")
    ((again, again_people),) = store.rows(
        "SELECT count(*), count(DISTINCT CASE WHEN code != '' THEN 'c' || code "
        "ELSE 'h' || hash END) FROM entries JOIN files USING (file) "
        "WHERE answer NOT IN (SELECT answer FROM current)"
    )
    return Summary(
        found=sum(states.values()),
        used=states.get("used", 0),
        part=states.get("in part", 0),
        refused=states.get("refused", 0),
        people=people,
        again=again,
        again_people=again_people,
        resumed=resumed,
        unused_files=tuple((name, state, reason) for name, state, reason in unused),
    )


def _again(store: Store) -> list[tuple[str, int, int]]:
    """Label, number of files and number of left-out answers of codes that came more than once."""
    return [
        (label, count, left_out)
        for label, count, left_out in store.rows(
            """
            SELECT label, count(DISTINCT file), count(*) FILTER (WHERE c.answer IS NULL) AS left_out
            FROM entries JOIN files USING (file)
            JOIN people ON person_key = CASE WHEN code != '' THEN 'c' || code ELSE 'h' || hash END
            LEFT JOIN current c USING (answer) GROUP BY label, place HAVING left_out > 0
            ORDER BY place LIMIT ?
            """,
            MOST_FILES_SHOWN,
        )
    ]


def _write(store: Store, out: Path, tasks: Sequence[Task], page: str) -> None:
    """Write all files beside their places first, so that a stop leaves no half of a file."""
    waiting = {name: out / f".{name}.part" for name in ("scores.csv", "marks.csv", "unused.csv")}
    csvs.write_scores(store, tasks, waiting["scores.csv"])
    csvs.write_marks(store, tasks, waiting["marks.csv"])
    name, reason = csvs.defused("name"), csvs.defused("reason")
    store.copy(
        f"SELECT {name} AS file, state, {reason} AS reason FROM files "  # noqa: S608
        "WHERE state != 'used' ORDER BY name, file",
        waiting["unused.csv"],
    )
    waiting["report.html"] = out / ".report.html.part"
    waiting["report.html"].write_text(page, encoding="utf-8", newline="\n")
    for target, part in waiting.items():
        part.replace(out / target)


def sections_of(store: Store, tasks: Sequence[Task]) -> list[Section]:
    """A section for each task that anybody answered; the store must be settled."""
    counts = dict(store.rows("SELECT task, count(*) FROM current GROUP BY task"))
    return [
        kind_of(task.kind).section(store, number, task, counts[number])
        for number, task in enumerate(tasks)
        if number in counts
    ]


def make_report(
    answers: Path,
    out: Path,
    tasks: Sequence[Task],
    *,
    gain_between: tuple[int, int] | None = None,
    jobs: int = 1,
    date: str = "",
    progress: Progress = lambda done, total: None,
) -> Summary:
    """Score the answer files in `answers` and write the report of the class into `out`.

    `tasks`: those that are reported on, in this order. `gain_between`: the numbers of two mark
    tasks. `progress` gets the files done and all files. `date` is printed as it is; without it the
    same files give the same bytes. Every file that was not used is in the Summary's counts, in the
    report and in unused.csv. If the run is stopped, the next one with the same files, tasks and
    `out` goes on from there. Raises OSError when `answers` cannot be read or `out` not be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with Store(out / FILE_NAME, _run_key(answers, tasks), jobs) as store:
        total, resumed = score_files(answers, out, tasks, store, jobs, progress)
        store.settle()
        summary = _summary(store, total, resumed)
        sections = sections_of(store, tasks)
        measured = None
        if gain_between:
            ui = ui_strings(tasks[0].language)["report"]
            measured = gain.measure(store, tasks, *gain_between, ui)
        page = html.render(
            sections, _facts(summary), summary.unused_files, _again(store), measured, date
        )
        _write(store, out, tasks, page)
    store.remove()
    return summary


def _facts(summary: Summary) -> dict[str, int]:
    names = ("found", "used", "part", "refused", "people", "again", "again_people", "unused")
    return {name: getattr(summary, name) for name in names}
