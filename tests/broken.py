"""The cases that are wrong on purpose: each is tests/data/broken/_base with some files changed.

A folder with a layer.txt is changed from the base and the layer named there: _attribution, _sorts,
_omission, _beside and _figure add the files of a kind of task that the base does not have.
"""

from __future__ import annotations

import shutil
from pathlib import Path

BROKEN = Path(__file__).parent / "data" / "broken"
BASE = BROKEN / "_base"
# Another case, beside those of the layer _beside, which compares itself with it.
OTHER = BROKEN.parent / "other-account"
COMPARED = "_beside"
# The same case with claims, a table and points.
WITH_CLAIMS = "_figure"
# What a folder holds besides the files of the case: the messages, and the files it lacks.
OWN = ("expected.txt", "absent.txt", "layer.txt")

FAULTS = sorted(p.name for p in BROKEN.iterdir() if p.is_dir() and p.name[0] != "_")
LAYERS = sorted(p.name for p in BROKEN.iterdir() if p.is_dir() and p.name[0] == "_" and p != BASE)


def build(fault: str | None, into: Path) -> Path:
    """Put a broken case together, a good layer or the good base, in a folder named as its id."""
    case = into / "base"
    shutil.copytree(BASE, case)
    if fault is None:
        return case
    named = BROKEN / fault / "layer.txt"
    layer = named.read_text("utf-8").strip() if named.exists() else ""
    if layer:
        shutil.copytree(BROKEN / layer, case, dirs_exist_ok=True)
    if COMPARED in (layer, fault):
        shutil.copytree(OTHER, into / "other")
    shutil.copytree(BROKEN / fault, case, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OWN))
    absent = BROKEN / fault / "absent.txt"
    for name in absent.read_text("utf-8").split() if absent.exists() else ():
        (case / name).unlink()
    return case


def expected(fault: str) -> list[str]:
    """The messages that a broken folder must give: these, and no others."""
    return (BROKEN / fault / "expected.txt").read_text("utf-8").splitlines()
