"""The wheel holds what an exercise needs: a handout runs where there is no repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import nbformat
import pytest

from tools.build import ROOT

HANDOUT = "04-reading-a-cumulative-series.ipynb"


def call(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command without the repository on any path; return what it prints."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COPYDESK"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is left in the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            "--",
            "copydesk",
            "seeds",
            "setup.py",
            "pyproject.toml",
            "MANIFEST.in",
            "README.md",
            "LICENSE",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    call(*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, copy, folder=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new environment with the wheel; libraries come from the tests' own."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call(*pip, "--no-deps", "--no-index", "--target", site, wheel, folder=folder)
    # Behind the wheel, and as plain paths: what .pth files add, such as the editable copydesk, is
    # not read from there.
    paths = [path for path in sys.path if Path(path).name == "site-packages"]
    (site / "libraries.pth").write_text("\n".join(paths) + "\n")
    return folder / "bin" / "python"


def test_the_wheel_holds_cases_keys_and_no_solution(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    committed = {
        path.relative_to(ROOT / "seeds").as_posix()
        for path in (ROOT / "seeds").rglob("*")
        if path.is_file()
    }
    packed = {name.removeprefix("copydesk/_seeds/") for name in names if "/_seeds/" in name}
    assert packed == committed
    keys = {path.name for path in (ROOT / "copydesk" / "checks").glob("*.json")}
    assert {Path(name).name for name in names if name.startswith("copydesk/checks/")} == keys
    assert not [name for name in names if "exercises/" in name or name.endswith((".md", ".ipynb"))]


def test_the_installed_package_finds_its_cases_outside_the_repository(
    python: Path, tmp_path: Path
) -> None:
    code = "import copydesk.seeds as s; print(s.__file__); print(s.seeds_folder())"
    file, seeds = call(python, "-c", code, folder=tmp_path).splitlines()
    assert Path(seeds) == Path(file).parent / "_seeds"
    assert python.parent.parent in Path(file).parents


def test_a_new_case_is_made_in_the_working_folder_not_in_the_package(
    python: Path, tmp_path: Path
) -> None:
    said = call(python, "-m", "copydesk", "new", "mine", folder=tmp_path)
    assert "copydesk check ./mine" in said
    assert (tmp_path / "mine" / "case.yml").is_file()
    assert "1 case checked, 0 faults" in call(
        python, "-m", "copydesk", "check", "./mine", folder=tmp_path
    )


def test_a_handout_runs_from_the_wheel_outside_the_repository(python: Path, tmp_path: Path) -> None:
    (tmp_path / HANDOUT).write_bytes((ROOT / "exercises" / HANDOUT).read_bytes())
    # The kernel of that Python, not of the tests' own.
    spec = tmp_path / "kernels" / "wheel"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        f'{{"argv": ["{python}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"],'
        ' "display_name": "wheel", "language": "python"}'
    )
    code = (
        "import nbformat, copydesk; from nbclient import NotebookClient\n"
        f"nb = nbformat.read('{HANDOUT}', as_version=4)\n"
        "NotebookClient(nb, kernel_name='wheel', timeout=120).execute()\n"
        "nbformat.write(nb, 'ran.ipynb')"
    )
    call(python, "-c", code, folder=tmp_path, JUPYTER_PATH=str(tmp_path))
    ran = nbformat.read(tmp_path / "ran.ipynb", as_version=4)
    stored = nbformat.read(ROOT / "exercises" / HANDOUT, as_version=4)
    assert [cell.get("outputs") for cell in ran.cells] == [c.get("outputs") for c in stored.cells]
