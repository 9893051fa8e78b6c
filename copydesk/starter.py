"""Fills the files of a new case from a text and two lists, for the exercise on an own article."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

# Stand-ins until their author has written the sentences; an editor sees at once what is missing.
_TO_WRITE = "(to be written)"
_PROMPTS = {
    "first-impression": "Read the article once. Then answer three short questions.",
    "loaded-language": "Mark every word or phrase that is loaded, and leave alone what is fair.",
}


def fill_case(folder: Path, text: str, loaded: Sequence[str], fair: Sequence[str]) -> None:
    """Write a text, its loaded words and its fair words into a case made by `copydesk new`.

    Each word or phrase must stand in the text; `copydesk check` says where one does not. Codes,
    strengths and reasons are stand-ins for the author to replace. The template's other files and
    tasks, which are about its own text, go.
    """
    for path in folder.glob("*.yml"):
        if path.stem not in ("case", "marks", "sources", "words.en"):
            path.unlink()
    article = "\n".join(line.rstrip() for line in text.strip().splitlines())
    (folder / "article.txt").write_text(article, encoding="utf-8", newline="\n")
    digest = hashlib.sha256(article.encode("utf-8")).hexdigest()
    # Loaded and written as it stands, comments too.
    yaml = _yaml()
    entry = yaml.load((folder / "case.yml").read_text("utf-8"))
    entry["sha256"] = digest
    entry["tasks"] = [{"id": "first-impression", "kind": "impression"}]
    entry["tasks"] += [{"id": "loaded-language", "kind": "mark"}]
    with (folder / "case.yml").open("w", encoding="utf-8", newline="\n") as stream:
        yaml.dump(entry, stream)
    marks = [_entry("m", number, quote) for number, quote in enumerate(loaded, start=1)]
    controls = [_entry("c", number, quote) for number, quote in enumerate(fair, start=1)]
    for mark in marks:
        mark |= {"code": "EMOTIVE", "strength": 2, "readings": ["author"]}
    for control in controls:
        control |= {"readings": ["author"]}
    readings = [{"id": "author", "by": "the author of the text"}]
    _write(folder, "marks", {"readings": readings, "marks": marks, "controls": controls})
    _write(folder, "sources", {"sources": []})
    sentences = dict.fromkeys(("why", "plain", "against"), _TO_WRITE)
    words = {
        "prompts": _PROMPTS,
        "marks": {mark["id"]: sentences | {"swap": mark["quote"]} for mark in marks},
        "controls": {control["id"]: {"why_fair": _TO_WRITE} for control in controls},
    }
    _write(folder, "words.en", words)


def _entry(letter: str, number: int, quote: str) -> dict[str, Any]:
    return {"id": f"{letter}{number:02}", "quote": quote}


def _yaml() -> YAML:
    yaml = YAML()
    yaml.default_flow_style = False
    # The same object twice must be written out twice: a case has no YAML anchors.
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.width = 100
    return yaml


def _write(folder: Path, name: str, data: dict[str, Any]) -> None:
    path = folder / f"{name}.yml"
    head = path.read_text("utf-8").splitlines()[0] if path.is_file() else ""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        if head.startswith("# yaml-language-server"):
            stream.write(head + "\n")
        _yaml().dump(data, stream)
