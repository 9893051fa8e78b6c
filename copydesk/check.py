"""Every fault of every case at once, each with its place and its cure."""

from __future__ import annotations

from pathlib import Path

from copydesk.case import read_folder
from copydesk.document import Fault

# Imported for their rules: each module adds its own to RULES.
from copydesk.rules import (
    RULES,
    attribute,
    compare,
    figure,
    folder,
    labels,
    marks,
    omission,
    sort,
    sources,
    tables,
    words,
)

RULE_MODULES = (
    folder,
    marks,
    figure,
    tables,
    attribute,
    sort,
    omission,
    compare,
    labels,
    sources,
    words,
)


def check_folder(path: Path) -> tuple[Fault, ...]:
    """All faults of one case folder, by file and line; what it holds never makes this raise."""
    read = read_folder(path)
    return tuple(sorted({*read.faults, *(fault for rule in RULES for fault in rule(read))}))
