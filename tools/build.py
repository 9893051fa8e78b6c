"""Builds the book: `python -m tools.build [--fresh]`.

Every warning is an error (-W) and every dangling reference a warning (-n): a book with a broken
link must not be published because nobody read the log.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "_build"
HTML = OUT / "html"

# What a page's cells may depend on beside their own code.
INPUTS = ("copydesk", "seeds", "exercises", "constraints.txt", "pyproject.toml")


def inputs_hash() -> str:
    """Return a hash of every file that the outputs of a notebook may depend on."""
    files: list[Path] = []
    for name in INPUTS:
        path = ROOT / name
        files += [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    digest = hashlib.sha256()
    for file in sorted(files):
        if "__pycache__" not in file.parts and ".ipynb_checkpoints" not in file.parts:
            digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def forget_stale_outputs(out: Path) -> bool:
    """Drop the cache of executed notebooks if the package or the data changed; say if so.

    jupyter-cache knows a notebook by its own cells alone, and would go on showing what an older
    package printed. Its pages are read anew as well, for Sphinx sees no change in them.
    """
    stamp, now = out / "inputs.sha256", inputs_hash()
    if stamp.is_file() and stamp.read_text() == now:
        return False
    shutil.rmtree(out / ".jupyter_cache", ignore_errors=True)
    shutil.rmtree(out / ".doctrees", ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True


def build(*, fresh: bool = False, out: Path = OUT, quiet: bool = False) -> int:
    """Build the book into `out`/html; return the exit code.

    `fresh` reads and writes every page, so that no warning and no page of an earlier build is
    missed; notebooks whose cells, package and data did not change still come from the cache.
    """
    forget_stale_outputs(out)
    if fresh:
        shutil.rmtree(out / "html", ignore_errors=True)
        shutil.rmtree(out / ".doctrees", ignore_errors=True)
    # By this interpreter, not by whichever jupyter-book the PATH names: the kernel follows it.
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
    command += ["-n", "-W", "--keep-going"]
    if quiet:
        command.append("-q")
    # Python's own name for a hash seed, and a time zone: neither may leak into a page.
    env = os.environ | {"PYTHONHASHSEED": "0", "TZ": "UTC"}
    # jupyter-book appends _build to the path that it is given.
    place = ["--path-output", str(out.parent)] if out != OUT else []
    if place and out.name != "_build":
        raise ValueError(f"{out}: jupyter-book builds only into a folder named _build")
    code = subprocess.run([*command, *place, str(ROOT)], cwd=ROOT, env=env, check=False).returncode
    if code == 0 and not (out / "html" / "index.html").is_file():
        print(f"the build says that it succeeded, but {out}/html/index.html is not there")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(build(fresh="--fresh" in sys.argv[1:], quiet="--quiet" in sys.argv[1:]))
