"""The tests in JavaScript pass, and there are some: `node --test` over tests/widgets."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools.build import ROOT
from tools.outside import command_with_node, find_node, node_of_wheel, node_on_path

FILES = sorted((ROOT / "tests" / "widgets").glob("*.test.js"))


def node_test(files: list[Path]) -> tuple[int, dict[str, bool], str]:
    """Run `node --test`; return its exit code, whether each test passed, and what it printed."""
    command = [find_node(), "--test", "--test-reporter=junit", *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    # Node wrote the report itself, on this machine.
    cases = ET.fromstring(done.stdout).iter("testcase")  # noqa: S314
    # Node counts a file without tests as one passed test, named after the file.
    named = [case for case in cases if not (case.get("name") or "").endswith(".test.js")]
    passed = {case.get("name") or "": len(case) == 0 for case in named}
    return done.returncode, passed, done.stdout + done.stderr


def test_there_are_javascript_tests() -> None:
    assert FILES, "tests/widgets holds no *.test.js"


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_the_javascript_tests_pass(file: Path) -> None:
    code, passed, printed = node_test([file])
    assert passed, f"{file.name} holds no test\n{printed}"
    assert code == 0, printed
    assert all(passed.values()), printed


# --- the rig itself ------------------------------------------------------------------------------


def write(path: Path, body: str) -> Path:
    path.write_text(f"import test from 'node:test';\nimport assert from 'node:assert';\n{body}\n")
    (path.parent / "package.json").write_text('{"type": "module"}')
    return path


def test_a_failing_a_skipped_and_an_empty_test_are_noticed(tmp_path: Path) -> None:
    good = write(tmp_path / "good.test.js", "test('adds', () => assert.equal(1 + 1, 2));")
    assert node_test([good])[:2] == (0, {"adds": True})
    bad = write(tmp_path / "bad.test.js", "test('adds', () => assert.equal(1 + 1, 3));")
    assert node_test([bad])[:2] == (1, {"adds": False})
    skipped = write(tmp_path / "skip.test.js", "test.skip('adds', () => {});")
    assert node_test([skipped])[:2] == (0, {"adds": False})
    assert node_test([write(tmp_path / "empty.test.js", "")])[1] == {}
    assert node_test([write(tmp_path / "broken.test.js", "}")])[0] == 1


def test_without_a_node_on_the_path_the_python_package_brings_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert node_on_path() is None
    node = node_of_wheel()
    assert node is not None
    assert find_node() == node
    assert Path(node).is_relative_to(sys.prefix)
    assert subprocess.run([node, "-p", "6 * 7"], capture_output=True, check=True).stdout == b"42\n"
    for name in ("node", "npm"):
        command, env = command_with_node([name, "--version"])
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert re.fullmatch(r"v?\d+\.\d+\.\d+\n", done.stdout), name


def test_a_new_enough_node_on_the_path_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "node"
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    for version, found in (("v20.0.0", str(fake)), ("v18.19.0", None), ("no version", None)):
        fake.write_text(f"#!/bin/sh\necho {version}\n")
        fake.chmod(0o755)
        assert node_on_path() == found, version
    assert find_node() == node_of_wheel()
