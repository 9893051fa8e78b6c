"""Runs notebooks and stores what they print: `python -m tools.notebooks [NOTEBOOK ...]`.

A stored output is what a reader of the repository sees, and what nbval compares with a new run.
What differs from run to run or from machine to machine is left out, so that a diff shows only
what changed in substance.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.build import ROOT

TIMEOUT = 120  # seconds a cell, as in _config.yml
# The model behind a widget dies with its kernel; its HTML stands beside it in the same output.
DEAD_MIME = "application/vnd.jupyter.widget-view+json"
# Where an object lies in memory: nbval-sanitize.cfg takes the same out of what it compares.
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,16}\b")
# What a front end notes down for itself.
NOISE = {"ExecuteTime", "collapsed", "execution", "scrolled", "trusted", "vscode"}


def repository_notebooks(root: Path = ROOT) -> list[Path]:
    """Return every notebook of the repository, relative to its top, sorted.

    The new ones that git does not know yet are among them; what .gitignore names is not.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.ipynb"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names = {Path(name) for name in listed.split("\0") if name}
    return sorted(name for name in names if (root / name).is_file())


def tidy(notebook: dict[str, Any]) -> None:
    """Drop from a notebook, in place, what is not substance, and give each cell a stable id."""
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    metadata = notebook["metadata"]
    for name in ("widgets", *NOISE):
        metadata.pop(name, None)
    metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    # A run adds the version of Python, which is the machine's and not the notebook's.
    metadata["language_info"] = {"name": "python"}
    used: set[str] = set()
    for number, cell in enumerate(notebook["cells"], start=1):
        for name in NOISE:
            cell["metadata"].pop(name, None)
        if cell.get("id", "") in used | {""}:
            cell["id"] = next(i for i in _ids(number) if i not in used)
        used.add(cell["id"])
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(DEAD_MIME, None)
            output.get("metadata", {}).pop(DEAD_MIME, None)
            _forget_addresses(output, "text")
            _forget_addresses(output.get("data", {}), "text/plain")


def _forget_addresses(holder: dict[str, Any], key: str) -> None:
    text = holder.get(key)
    if text is not None:
        holder[key] = ADDRESS.sub("at 0x...", text if isinstance(text, str) else "".join(text))


def _ids(number: int) -> Iterator[str]:
    yield f"cell-{number}"
    for more in range(2, 1000):
        yield f"cell-{number}-{more}"


def run(path: Path) -> str | None:
    """Run one notebook in its own folder and store its outputs; return what went wrong, or None."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    tidy(raw)
    notebook = nbformat.reads(json.dumps(raw), as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        return f"{path}: not stored, a cell fails\n{error}"
    tidy(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    return None


def main() -> int:
    """Run the named notebooks, or all of the repository; 1 if one of them fails."""
    paths = [Path(name).resolve() for name in sys.argv[1:]]
    paths = paths or [ROOT / name for name in repository_notebooks()]
    with ProcessPoolExecutor() as pool:
        faults = [fault for fault in pool.map(run, paths) if fault]
    print("\n".join(faults) or f"{len(paths)} notebooks run and stored")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
