"""The command and long runs: stopped by force and taken up again, and given wrong paths."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from class_kit import K1, TASKS, entry, marks, sheet, write, write_five
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.model import Task
from copydesk.report import make_report
from copydesk.report.store import FILE_NAME, Store
from copydesk.simulate import simulate, write_folder
from tools.build import ROOT

OUTPUTS = ("report.html", "scores.csv", "marks.csv", "unused.csv")

# Runs the report in a process of its own and says after each step how far it is.
RUN = """
import pickle, sys
from pathlib import Path
from copydesk.report import make_report
answers, out, jobs, tasks = sys.argv[1:]
make_report(
    Path(answers), Path(out), pickle.loads(bytes.fromhex(tasks)), jobs=int(jobs),
    progress=lambda done, total: print(done, total, flush=True),
)
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,200 simulated sheets, and some that are of no use."""
    folder = tmp_path_factory.mktemp("many")
    write_folder(simulate(TASKS, 3_200, seed=5), folder)
    for n in range(40):
        write(folder, f"0001/bad-{n}.json", "{")
    return folder


@pytest.fixture(scope="module")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run that nobody stops writes."""
    out = tmp_path_factory.mktemp("whole")
    assert make_report(many, out, TASKS).found == 3_240
    return outputs(out)


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def kill_after(files: int, answers: Path, out: Path, tasks: Any, jobs: int) -> int:
    """Start a run, kill it once so many files are done, and return how many were."""
    import pickle

    command = [sys.executable, "-c", RUN, str(answers), str(out), str(jobs)]
    with subprocess.Popen(
        [*command, pickle.dumps(tasks).hex()],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            done, total = map(int, line.split())
            if done >= files:
                assert done < total, "the run was over before it was stopped"
                os.kill(process.pid, signal.SIGKILL)
                return done
    raise AssertionError("the run ended by itself")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_was_killed_goes_on_and_gives_the_same_bytes(
    jobs: int, many: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    done = kill_after(1_000, many, tmp_path, TASKS, jobs)
    assert (tmp_path / FILE_NAME).is_file()
    assert not (tmp_path / "report.html").exists()
    steps: list[tuple[int, int]] = []
    summary = make_report(
        many, tmp_path, TASKS, progress=lambda done, total: steps.append((done, total))
    )
    # What was reported as done was stored before.
    assert done <= summary.resumed < 3_240
    assert outputs(tmp_path) == whole
    assert not (tmp_path / FILE_NAME).exists()
    assert steps[0] == (0, 3_240)
    assert steps[-1] == (3_240, 3_240)
    assert steps == sorted(steps)


def test_files_that_changed_or_went_since_the_stop_are_not_taken_for_done(
    many: Path, tmp_path: Path
) -> None:
    answers, out = tmp_path / "answers", tmp_path / "out"
    write_folder(simulate(TASKS, 2_000, seed=5), answers)
    kill_after(600, answers, out, TASKS, jobs=1)
    (answers / "0000" / "sim-0001.json").unlink()
    write(answers, "0000/sim-0002.json", sheet("sim-0002", entry(marks(K1))))
    write(answers, "0000/a-new-one.json", sheet("new", entry(marks(K1))))
    summary = make_report(answers, out, TASKS)
    assert summary.resumed > 0
    make_report(answers, tmp_path / "fresh", TASKS)
    assert outputs(out) == outputs(tmp_path / "fresh")


def test_what_another_task_or_another_rule_began_is_not_gone_on_with(tmp_path: Path) -> None:
    answers, out = write_five(tmp_path / "a"), tmp_path / "out"
    out.mkdir()
    with Store(out / FILE_NAME, "another run", 1):
        pass
    assert make_report(answers, out, TASKS).resumed == 0


@pytest.mark.parametrize("data", [b"", b"noise" * 1000], ids=["empty", "noise"])
def test_a_damaged_store_is_begun_again(data: bytes, tmp_path: Path) -> None:
    answers, out = write_five(tmp_path / "a"), tmp_path / "out"
    write(out, FILE_NAME, data)
    assert make_report(answers, out, TASKS).used == 5


def test_two_runs_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    other = "from pathlib import Path; from copydesk.report.store import Store; import sys;"
    other += "s = Store(Path(sys.argv[1]), 'x', 1); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", other, str(out / FILE_NAME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(BlockingIOError, match="another report is being made there"):
            make_report(write_five(tmp_path / "a"), out, TASKS)
        process.communicate()


# --- the command ----------------------------------------------------------------------------------

CASE = "practice-bridge"


def bridge() -> Task:
    from copydesk.case import find_case, read_case
    from copydesk.task import build_task

    return build_task(read_case(find_case(CASE)), "first-try")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    write_folder(simulate([bridge()], 6, seed=2), tmp_path / "answers")
    return tmp_path / "answers"


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["report", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command_writes_the_report_and_names_what_it_could_not_use(
    answers: Path, tmp_path: Path
) -> None:
    write(answers, "notes.docx", b"PK\x03\x04")
    code, said = run(answers, "--out", tmp_path / "out", "--case", CASE)
    assert code == 0
    assert "7 files: 6 used, 0 in part, 1 not used" in said
    assert "notes.docx (not used): the file  is a zip" in said.replace("\n", " ") or (
        "notes.docx (not used): the file is a zip" in said
    )
    assert "6 readers" in said
    assert "Made 20" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_nothing_usable_is_exit_code_1(tmp_path: Path) -> None:
    write(tmp_path / "a", "x.json", "{}")
    code, said = run(tmp_path / "a", "--out", tmp_path / "out", "--case", CASE)
    assert code == 1
    assert "x.json (not used)" in said
    assert (tmp_path / "out" / "report.html").is_file()


def test_the_first_and_last_test_are_named_by_case_and_task(answers: Path, tmp_path: Path) -> None:
    two = ["ain-al-asad-2023/loaded-language", f"{CASE}/first-try"]
    code, _ = run(answers, "--out", tmp_path / "out", "--before", two[0], "--after", two[1])
    assert code == 0
    assert "From the first to the last test" in (tmp_path / "out" / "report.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere"], "is not there"),
        (["answers", "--out", "answers"], "the folder of the answers itself"),
        (["answers", "--out", "file"], "is a file"),
        (["answers", "--case", "nope"], 'there is no case "nope"'),
        (["answers", "--before", f"{CASE}/first-try"], "go together"),
        (["answers", "--before", "a/b", "--after", "a/b"], "name two tasks"),
        (["answers", "--before", "a/b", "--after", "c/d"], "is no mark task here"),
    ],
)
def test_a_wrong_path_or_option_is_exit_code_2_and_says_what_to_do(
    arguments: list[str],
    reason: str,
    answers: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COPYDESK_SEEDS", str(ROOT / "seeds"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "file", "x")
    code, said = run(*arguments)
    assert code == 2
    assert reason in " ".join(said.split())


def test_a_missing_library_is_named_with_the_cure(
    answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.cli._NEEDS", ("duckdb", "no_such_library"))
    code, said = run(answers)
    assert code == 2
    assert "the report needs no_such_library: pip install 'copydesk[report]'" in said


def test_the_other_commands_load_nothing_of_the_report() -> None:
    code = "import sys, copydesk.cli; print({'duckdb', 'krippendorff'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == "set()"


def test_a_simulated_class_is_the_same_for_the_same_seed_and_says_what_it_is() -> None:
    one, two, other = (list(simulate(TASKS, 20, seed=s)) for s in (1, 1, 2))
    assert one == two != other
    assert all(sheet["code"].startswith("sim-") for sheet in one)
