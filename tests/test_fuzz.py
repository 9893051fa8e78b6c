"""The coverage-guided fuzzer finds no answer file that the reading does not answer."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tools.build import ROOT

RUNS = 20_000
# Where the project's test extra asks for it, and so `make test` installs it.
HAS_WHEEL = (
    sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)
)


@pytest.mark.skipif(not HAS_WHEEL, reason="NOT FUZZED: atheris has no wheel for this system")
def test_no_input_of_the_fuzzer_breaks_the_reading(tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.fail("atheris is missing: `make test` installs it with the extra named test")
    command = [sys.executable, str(ROOT / "tests" / "fuzz" / "fuzz_reading.py")]
    command += [f"-runs={RUNS}", "-seed=1", "-max_len=4096", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(
        [*command, str(tmp_path / "corpus")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"Done {RUNS} runs" in done.stderr, done.stderr[-4000:]
