"""Pins what a new environment resolves to: `make constraints PYTHON=/usr/bin/python3` on Debian 12.

The pins are taken on the oldest Python that we support, to the last digit: some packages ask for
3.11.5, and Debian 12 has 3.11.2. What installs there installs on every newer one.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "constraints.txt"
OLDEST = (3, 11, 2)
EXTRAS = "book,test,lint,lab,report,exercises,nbgrader"
HEAD = """\
# The versions that everything here was tested with; pip takes them with -c. Python 3.11 to 3.13.
# To renew, on Debian 12: `make constraints PYTHON=/usr/bin/python3`, then `make test lint`.
# Nothing is installed because it stands here.
"""


def pins(freeze: str) -> list[str]:
    """Return the plain "name==version" lines of a pip freeze, sorted, without our own package."""
    lines = re.findall(r"^[A-Za-z0-9._-]+==[^\s;@]+$", freeze, re.MULTILINE)
    return sorted((n for n in lines if not n.startswith("copydesk==")), key=str.lower)


def main() -> int:
    """Resolve all extras in a new environment and write constraints.txt; return the exit code."""
    if sys.version_info[:3] > OLDEST:
        need = ".".join(map(str, OLDEST))
        print(f"pins are taken on Python {need}, which Debian 12 has: make constraints PYTHON=...")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder) / "bin" / "python")
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", f"{ROOT}[{EXTRAS}]"], check=True)
        freeze = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True).stdout
    FILE.write_text(HEAD + "\n".join(pins(freeze)) + "\n")
    print(f"{FILE.name}: {len(pins(freeze))} pins")
    return 0


if __name__ == "__main__":
    sys.exit(main())
