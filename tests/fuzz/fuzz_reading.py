"""Fuzzes the reading of answer files with coverage: `python tests/fuzz/fuzz_reading.py [options]`.

Options are libFuzzer's (-runs=N -seed=N CORPUS). It ends at the first input that the reading does
not answer with a state and a reason: a crash, or the report's own "error of this program".
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["copydesk.answers", "copydesk.report", "json"]):
    from class_kit import C1, K1, TASKS, entry, marks, sheet

    from copydesk.report.sheets import OUR_FAULT, Kept, Raw, Reader

READER = Reader(TASKS)
SEEDS = [
    sheet("fox", entry(marks(K1, C1, dissent={"k1": "no", "6-7": "x"}))),
    sheet("", entry({"trust": 3, "happened": "a", "want": "b"}, "first", "impression")),
]


def one(data: bytes) -> None:
    """Read one file."""
    kept = Kept()
    READER.read(Raw(0, "key", "name", len(data), data), kept)
    (row,) = kept.rows["files"]
    state, reason = row[5], row[6]
    if OUR_FAULT in reason or (state == "used") != (not reason):
        raise AssertionError(f"{state}: {reason}")
    kept.columns()


def main() -> None:
    """Give the fuzzer some good sheets to start from, where a corpus folder is named, and run."""
    corpus = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    for folder in corpus[:1]:
        folder.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(SEEDS):
            (folder / f"seed-{number}").write_text(json.dumps(data), encoding="utf-8")
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
