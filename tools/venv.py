"""Makes .venv, and says what is missing when it cannot. Needs nothing but Python.

It must still parse on an old Python, to be able to say that it is too old.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
VENV = ".venv"


def apt_prefix() -> list[str] | None:
    """Return the words that run apt-get as root, or None if we may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.call([sudo, "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return [sudo, "-n"]
    return None


def has_ensurepip() -> bool:
    """Say whether this Python can put pip into a virtual environment; Debian packs that apart."""
    code = "import ensurepip, venv"
    return subprocess.call([sys.executable, "-c", code], stderr=subprocess.DEVNULL) == 0


def main() -> int:
    """Make .venv unless a working one is there; return the exit code."""
    inside = os.path.join(VENV, "bin", "python")
    if os.path.exists(inside):
        check = "import sys, pip; sys.exit(sys.version_info < {!r})".format(OLDEST)
        if subprocess.call([inside, "-c", check], stderr=subprocess.DEVNULL) == 0:
            return 0
        print("{} does not work any more (a new Python?): making it anew".format(VENV))
        shutil.rmtree(VENV)
    if sys.version_info < OLDEST:
        print(
            "{} is Python {}.{}, and {}.{} or newer is needed: install one, then name it, "
            "as in  make PYTHON=python3.12 ...".format(
                sys.executable, *(sys.version_info[:2] + OLDEST)
            ),
            file=sys.stderr,
        )
        return 1
    if not has_ensurepip():
        package = "python3-venv"
        prefix = apt_prefix()
        if prefix is not None:
            apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
            subprocess.call([*apt, "update"])
            subprocess.call([*apt, "install", "-y", "--no-install-recommends", package])
        if not has_ensurepip():
            print(
                "This Python cannot make a virtual environment. On Debian and Ubuntu:\n"
                "  sudo apt-get install {}\nthen try again.".format(package),
                file=sys.stderr,
            )
            return 1
    return subprocess.call([sys.executable, "-m", "venv", VENV])


if __name__ == "__main__":
    sys.exit(main())
