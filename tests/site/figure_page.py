"""A figure task of four invented claims as a page of its own, with the widget's files beside it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import copydesk.widgets
from copydesk.model import FigureTask
from copydesk.task import ui_strings
from copydesk.widgets import task_html
from tools.build import ROOT

WIDGETS = Path(copydesk.widgets.__file__).parent
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A ferry</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="kit.css"><link rel="stylesheet" href="figure/figure.css">
<link rel="stylesheet" href="figure/tools.css"><script type="module" src="host.js"></script></head>
<body><main><h1>A ferry</h1><h2>Your turn</h2>{task}</main></body></html>"""


def invented_task() -> FigureTask:
    """Return the task of tests/data/figure-task.json, with the labels that all tasks carry."""
    data = json.loads((ROOT / "tests" / "data" / "figure-task.json").read_text("utf-8"))
    strings = ui_strings("en")
    data["ui"] = {**strings["common"], **strings["figure"]}
    return FigureTask.model_validate(data)


def write_page(folder: Path) -> Path:
    """Write figure.html, with the widget files beside it, into `folder`; return its path."""
    shutil.copytree(WIDGETS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py"))
    path = folder / "figure.html"
    path.write_text(PAGE.format(task=task_html(invented_task())), "utf-8")
    return path
