"""The schemas in schema/ are those of the models, and fit the files that they are for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from broken import BROKEN
from jsonschema import Draft202012Validator, FormatChecker
from ruamel.yaml import YAML

from copydesk.schema import FILES, schema_text, write_schemas

ROOT = Path(__file__).parent.parent
CASES = sorted(path.parent for path in (ROOT / "seeds").glob("*/case.yml"))


def errors(name: str, path: Path) -> list[str]:
    """What the schema in schema/ finds wrong in a YAML file, read as an editor would."""
    schema = json.loads((ROOT / "schema" / f"{name}.json").read_text("utf-8"))
    data: Any = json.loads(json.dumps(YAML(typ="safe").load(path.read_text("utf-8")), default=str))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_fresh(name: str) -> None:
    committed = (ROOT / "schema" / f"{name}.json").read_text("utf-8")
    assert committed == schema_text(name), "run: python -m copydesk.schema"


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(name)))


def test_no_schema_is_left_over(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "schema")
    assert {path.name for path in written} == {p.name for p in (ROOT / "schema").iterdir()}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_schemas_accept_every_case_and_its_files_name_them(case: Path) -> None:
    for path in sorted(case.glob("*.yml")):
        name = path.name.split(".")[0]
        assert errors(name, path) == []
        first = path.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../../schema/{name}.json"


@pytest.mark.parametrize(
    ("fault", "file"),
    [
        ("unknown-code", "marks.yml"),
        ("strength-out-of-range", "marks.yml"),
        ("nth-zero", "marks.yml"),
        ("mark-without-quote", "marks.yml"),
        ("case-keys-missing-and-unknown", "case.yml"),
        ("mark-without-reason", "words.en.yml"),
    ],
)
def test_the_schemas_refuse_what_an_editor_can_see(fault: str, file: str) -> None:
    assert errors(file.split(".")[0], BROKEN / fault / file)
