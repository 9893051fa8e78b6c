"""`copydesk check`: each kind of fault has its message, and every rule is put to use."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from broken import BASE, FAULTS, LAYERS, build, expected

import copydesk.rules
from copydesk.case import Folder, read_folder
from copydesk.check import RULE_MODULES, check_folder
from copydesk.rules import RULES, Rule, repeated


def messages(case: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(case)
    return [str(fault) for fault in check_folder(case)]


def test_the_base_of_the_broken_cases_has_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert messages(build(None, tmp_path), monkeypatch) == []


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_of_the_broken_cases_has_no_fault(
    layer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert messages(build(layer, tmp_path), monkeypatch) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_case_gives_its_messages_and_no_others(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = messages(build(fault, tmp_path), monkeypatch)
    assert found
    assert found == expected(fault)


def test_there_are_many_kinds_of_faults() -> None:
    assert len(FAULTS) >= 25
    assert BASE.is_dir()


@pytest.fixture(scope="module")
def broken_folders(tmp_path_factory: pytest.TempPathFactory) -> list[Folder]:
    """All broken cases, read."""
    return [read_folder(build(fault, tmp_path_factory.mktemp(fault))) for fault in FAULTS]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_finds_something_in_a_broken_case(
    rule: Rule, broken_folders: list[Folder]
) -> None:
    assert any(list(rule(folder)) for folder in broken_folders), "add a folder to tests/data/broken"


def test_check_uses_every_module_of_rules() -> None:
    there = {
        importlib.import_module(f"copydesk.rules.{module.name}")
        for module in pkgutil.iter_modules(copydesk.rules.__path__)
    }
    assert set(RULE_MODULES) == there
    assert {rule.__module__ for rule in RULES} == {module.__name__ for module in RULE_MODULES}


def test_every_rule_says_why() -> None:
    assert [rule.__name__ for rule in RULES if not rule.__doc__] == []


def test_the_faults_of_several_files_come_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = build("unknown-code", tmp_path)
    for other in ("source-known-from-nowhere", "task-id-twice", "article-with-crlf"):
        rest = build(other, tmp_path / other)
        for name in ("sources.yml", "case.yml", "article.txt", "words.en.yml"):
            if (rest / name).read_bytes() != (BASE / name).read_bytes():
                (case / name).write_bytes((rest / name).read_bytes())
    files = {message.split(":")[0] for message in messages(case, monkeypatch)}
    assert files == {"marks.yml", "sources.yml", "case.yml", "article.txt"}


def test_repeated_names_each_later_one_with_the_first() -> None:
    assert list(repeated("abacaa")) == [(2, 0), (4, 0), (5, 0)]
    assert list(repeated("abc")) == []
