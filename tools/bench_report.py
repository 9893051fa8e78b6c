"""Measures the class report: `python -m tools.bench_report [--sheets 30,1000,...] [--zip]`.

Each size is a simulated class (two marked texts, a first impression), written once to a folder in
the temporary directory, and reported by the command itself in a new process. Printed are the time
from start to end, the processors' time, the time per sheet, the largest memory of any one process
and the load of the machine, without which the first means little. The sheets of a
large class repeat those of 2,000 simulated people under new codes, which costs the report the same.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from copydesk.case import find_case, read_case
from copydesk.model import Task
from copydesk.simulate import simulate, write_folder, write_zip
from copydesk.task import build_task

CASES = ("ain-al-asad-2023", "practice-bridge")
DIFFERENT = 2_000
COMMAND = [sys.executable, "-c", "from copydesk.cli import app; app()", "report"]


def tasks_of(names: tuple[str, ...] = CASES) -> list[Task]:
    """Return every task of these cases."""
    cases = [read_case(find_case(name)) for name in names]
    return [
        build_task(case, entry.id)
        for case in cases
        for entry in case.entry.tasks
        if entry.kind in {"mark", "impression"}
    ]


def sheets(number: int) -> Iterator[dict[str, Any]]:
    """Yield so many sheets, each with a code of its own."""
    base = list(simulate(tasks_of(), min(number, DIFFERENT), seed=1))
    for n, sheet in enumerate(islice(cycle(base), number)):
        yield sheet | {"code": f"sim-{n + 1:07d}"}


def bytes_of(path: Path) -> int:
    """Return the size of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def measure(answers: Path, out: Path, jobs: int) -> tuple[float, float, float]:
    """Run the report in a new process; return its seconds, its CPU seconds, its peak in MiB."""
    start = time.perf_counter()
    # A fork only to read the peak memory of this run's processes alone.
    child = os.fork()
    if child == 0:
        command = [*COMMAND, str(answers), "--out", str(out), "--jobs", str(jobs)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = {"peak": used.ru_maxrss / 1024, "cpu": used.ru_utime + used.ru_stime}
        (out / "used.json").write_text(json.dumps(told))
        os._exit(done.returncode)
    _, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"the report ended with {os.waitstatus_to_exitcode(status)}")
    told = json.loads((out / "used.json").read_text())
    return seconds, told["cpu"], told["peak"]


def main() -> int:
    """Measure each size; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", default="30,1000,10000")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--zip", action="store_true", help="one zip instead of a folder")
    options = parser.parse_args()
    print(f"{options.jobs} processes; load {os.getloadavg()[0]:.1f}")
    print(" sheets   seconds   CPU s  ms/sheet  peak MiB (largest process)  load")
    with tempfile.TemporaryDirectory() as temporary:
        for number in map(int, options.sheets.split(",")):
            answers = Path(temporary) / f"{number}{'.zip' if options.zip else ''}"
            (write_zip if options.zip else write_folder)(sheets(number), answers)
            out = Path(temporary) / f"out-{number}"
            seconds, cpu, peak = measure(answers, out, options.jobs)
            each = 1000 * seconds / number
            print(
                f"{number:>7}  {seconds:>8.2f}  {cpu:>6.1f}  {each:>8.3f}  {peak:>8.0f}"
                f"  {os.getloadavg()[0]:>22.1f}",
                flush=True,
            )
            shutil.rmtree(out)
            if answers.is_file():
                answers.unlink()
            else:
                shutil.rmtree(answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
