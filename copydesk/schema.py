"""Writes schema/*.json from the models, so that an editor completes and validates a case's files.

`python -m copydesk.schema` writes them; a test fails while they are stale.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from copydesk.model import (
    AnswerSheet,
    AttributionFile,
    CaseEntry,
    ClaimsFile,
    CompareFile,
    MarksFile,
    MatchesFile,
    OmissionFile,
    OutletsFile,
    SortsFile,
    SourcesFile,
    WordsFile,
)

FILES: dict[str, type[BaseModel]] = {
    "case": CaseEntry,
    "marks": MarksFile,
    "claims": ClaimsFile,
    "sources": SourcesFile,
    "attribution": AttributionFile,
    "sorts": SortsFile,
    "omission": OmissionFile,
    "compare": CompareFile,
    "matches": MatchesFile,
    "outlets": OutletsFile,
    "words": WordsFile,
    "answers": AnswerSheet,
}


def schema_text(name: str) -> str:
    """The JSON Schema of one kind of file, as it stands in schema/<name>.json."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FILES[name].model_json_schema(by_alias=True),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder, which is made where it is missing; returns their paths."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name in FILES:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write_schemas(Path(__file__).resolve().parent.parent / "schema"):
        print(written)
