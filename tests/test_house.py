"""The house rules that a machine can hold."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tools.build import ROOT
from tools.notebooks import DEAD_MIME, repository_notebooks

TOP = {
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSE-content.md",
    "Makefile",
    "README.md",
    "_config.yml",
    "_toc.yml",
    "book",
    "constraints.txt",
    "copydesk",
    "decisions.md",
    "pyproject.toml",
    "seeds",
    "tests",
}


def repository_files() -> list[Path]:
    """Return every file that git knows, or would if it were added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(p for name in listed.split("\0") if name and (p := ROOT / name).is_file())


def texts(files: list[Path]) -> Iterator[tuple[str, int, str]]:
    """Yield (path, line number, line) of every text file; a binary one has none.

    A file that is broken on purpose may hold bytes that are no text; the rest of it is searched.
    """
    for file in files:
        raw = file.read_bytes()
        if b"\0" in raw:
            continue
        for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), start=1):
            yield file.relative_to(ROOT).as_posix(), number, line


# Written in parts, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
    "deb.debian" + ".org",
    "archive.ubuntu" + ".com",
    "conda" + ".anaconda" + ".org",
    "proxy.golang" + ".org",
]
# A user's home, or a folder at the root that only a particular machine has.
PLACES = ["home", "Users", "root", "work", "mnt", "srv"]
PATH = re.compile(
    r"(?<![\w.~})\]>/:-])/(?:" + "|".join(PLACES) + r")/\w|\b[A-Z]:\\\\?Us" + r"ers\\"
)
HOST = re.compile("|".join(map(re.escape, REGISTRIES)))


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (HOST, "https://" + REGISTRIES[1] + "/x", "https://example.org/x"),
        (HOST, "registry." + REGISTRIES[2], "an npm registry"),
        (PATH, '"/' + PLACES[0] + '/ann/x"', "https://example.org/" + PLACES[0] + "/ann"),
        (PATH, "see /" + PLACES[3] + "/x", "the frame/" + PLACES[3] + "/x"),
        (PATH, "C:\\Us" + "ers\\ann", "C: Us" + "ers"),
    ],
)
def test_the_patterns_find_what_they_look_for(
    pattern: re.Pattern[str], bad: str, good: str
) -> None:
    assert pattern.search(bad)
    assert not pattern.search(good)


@pytest.mark.parametrize("pattern", [HOST, PATH], ids=["registry host", "machine's path"])
def test_no_file_names_a_registry_or_a_place_on_somebodys_machine(pattern: re.Pattern[str]) -> None:
    files = repository_files()
    assert len(files) > 20
    found = [f"{p}:{n}: {t.strip()[:120]}" for p, n, t in texts(files) if pattern.search(t)]
    assert not found, "\n".join(found)


def test_the_lock_file_records_no_place_to_fetch_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]


def test_the_constraints_are_plain_pins() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 50
    assert not [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.]+", line)]


def test_the_top_of_the_repository_is_as_the_readme_draws_it() -> None:
    missing = sorted(name for name in TOP if not (ROOT / name).exists())
    assert not missing, f"missing at the top: {', '.join(missing)}"


def test_the_readme_names_commands_that_the_makefile_has() -> None:
    commands = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert {"site", "test"} <= commands
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert commands <= set(targets), f"no such target: {commands - set(targets)}"


def case_folders() -> list[Path]:
    """Return the folders that hold an article."""
    return sorted(path.parent for path in (ROOT / "seeds").glob("*/article.txt"))


def test_there_is_a_case() -> None:
    assert case_folders()


@pytest.mark.parametrize("folder", case_folders(), ids=lambda path: path.name)
def test_an_article_has_the_bytes_that_its_case_names(folder: Path) -> None:
    article = (folder / "article.txt").read_bytes()
    entry = YAML(typ="safe").load((folder / "case.yml").read_text("utf-8"))
    assert entry["sha256"] == hashlib.sha256(article).hexdigest()


@pytest.mark.parametrize("folder", case_folders(), ids=lambda path: path.name)
def test_git_never_changes_the_bytes_of_an_article(folder: Path) -> None:
    command = ["git", "check-attr", "text", "--", str(folder / "article.txt")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip().endswith("text: unset")


@pytest.mark.parametrize("name", [p.as_posix() for p in repository_notebooks()])
def test_no_notebook_holds_the_state_of_a_widget(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "widgets" not in json.loads(text)["metadata"], f"make notebooks ARGS={name}"
    assert DEAD_MIME not in text, f"make notebooks ARGS={name}"
    assert "widget-state+json" not in text, f"make notebooks ARGS={name}"


def test_data_runs_one_way_through_the_package() -> None:
    """import-linter holds the layers; a layer that is missing is a fault too."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
