"""The nouns: what they refuse, and that what a page saves comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from copydesk import model
from copydesk.model import (
    CODES,
    AnswerSheet,
    CaseRef,
    CodeInfo,
    ImpressionAnswer,
    ImpressionTask,
    KeyMark,
    MarkAnswer,
    MarkTask,
    SheetEntry,
    Span,
    Swap,
)

CASE = CaseRef(id="c", sha256="0" * 64, title="T", publisher="P", published="2023-11-15", url=None)
TASK = MarkTask(
    id="t",
    case=CASE,
    language="en",
    prompt="p",
    lines=(("“", "Märtyrer", "” ", "steht", "."),),
    ui={"check": "Check"},
    codes=(CodeInfo(code="LABEL", letter="L", name="Label", what="a name"),),
    readings=("A", "B"),
    key=(
        KeyMark(
            id="k1",
            first=0,
            last=0,
            reach=(0, 1),
            code="LABEL",
            strength=2,
            readings=("A",),
            why="w",
            plain="p",
            against="a",
            swap=Swap(first=0, last=0, text=""),
        ),
    ),
    controls=(),
)
SHEET = AnswerSheet(
    code="blue fox",
    saved="2023-11-15T09:00:00Z",
    answers=(
        SheetEntry(
            case="c",
            sha256="0" * 64,
            task="t",
            kind="mark",
            saved="2023-11-15T09:00:00Z",
            answer={"marks": [[0, 0, "LABEL"]]},
        ),
    ),
)


def all_models() -> list[type[BaseModel]]:
    found = [
        value
        for value in vars(model).values()
        if isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel
    ]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("noun", all_models(), ids=lambda noun: noun.__name__)
def test_every_noun_is_frozen_and_refuses_unknown_keys(noun: type[BaseModel]) -> None:
    assert noun.model_config.get("frozen") is True
    assert noun.model_config.get("extra") == "forbid"
    with pytest.raises(ValidationError) as caught:
        noun.model_validate({"colour": "red"})
    assert ("extra_forbidden", ("colour",)) in {
        (e["type"], e["loc"]) for e in caught.value.errors()
    }


def test_a_span_cannot_change() -> None:
    span = Span(start=0, end=3, quote="the")
    with pytest.raises(ValidationError, match="frozen"):
        span.start = 1  # type: ignore[misc]  # that it is an error is the point


def test_an_inverted_mark_is_refused_in_plain_words() -> None:
    with pytest.raises(
        ValidationError, match=r"a mark ends \(word 2\) before it starts \(word 7\)"
    ):
        MarkAnswer(marks=((7, 2, "LABEL"),))
    with pytest.raises(ValidationError, match=r"before it starts"):
        MarkAnswer(first_marks=((1, 0, "LABEL"),))
    assert MarkAnswer(marks=((7, 7, "LABEL"),)).marks == ((7, 7, "LABEL"),)


@pytest.mark.parametrize("word", [True, False, 1.0, 1.5, "1", None, -1])
def test_only_a_whole_number_from_0_on_is_a_word_number(word: Any) -> None:
    with pytest.raises(ValidationError):
        MarkAnswer(marks=((word, 1, "LABEL"),))
    with pytest.raises(ValidationError):
        MarkAnswer(marks=((0, word, "LABEL"),))


@pytest.mark.parametrize("bad", [(0, 1), (0, 1, "LABEL", "x"), (0, 1, "label"), (0, 1, "GOOD")])
def test_a_mark_is_two_words_and_a_known_code(bad: Any) -> None:
    with pytest.raises(ValidationError):
        MarkAnswer(marks=(bad,))


@pytest.mark.parametrize("code", CODES)
def test_an_answer_comes_back_from_json_as_it_was(code: Any) -> None:
    answer = MarkAnswer(marks=((0, 2, code),), first_marks=(), dissent={"0-2": "Warum? 🚀"})
    assert MarkAnswer.model_validate_json(answer.model_dump_json()) == answer
    assert json.loads(answer.model_dump_json())["marks"] == [[0, 2, code]]


def test_no_check_yet_differs_from_a_check_of_nothing() -> None:
    assert MarkAnswer().first_marks is None
    assert MarkAnswer(first_marks=()).first_marks == ()


@pytest.mark.parametrize(
    ("noun", "field"), [(MarkAnswer, "dissent"), (ImpressionAnswer, "happened")]
)
def test_a_text_of_more_than_2000_characters_is_refused(noun: type[BaseModel], field: str) -> None:
    def wrap(text: str) -> Any:
        return {field: {"k1": text} if field == "dissent" else text}

    noun.model_validate(wrap("é" * 2000))
    with pytest.raises(ValidationError, match="at most 2000 characters"):
        noun.model_validate(wrap("é" * 2001))


@pytest.mark.parametrize("trust", [0, 6, True, 3.0, "3"])
def test_trust_is_a_whole_number_from_1_to_5(trust: Any) -> None:
    with pytest.raises(ValidationError):
        ImpressionAnswer(trust=trust)
    assert [ImpressionAnswer(trust=n).trust for n in (1, 5, None)] == [1, 5, None]


@pytest.mark.parametrize("made", [TASK, SHEET], ids=["task", "answer sheet"])
def test_the_schema_is_named_in_the_json_and_the_json_comes_back(made: BaseModel) -> None:
    plain = json.loads(made.model_dump_json(by_alias=True))
    assert plain["schema"] in (model.TASK_SCHEMA, model.SHEET_SCHEMA)
    assert "schema_" not in plain
    assert type(made).model_validate(plain) == made
    assert type(made).model_validate_json(made.model_dump_json(by_alias=True)) == made


@pytest.mark.parametrize("made", [TASK, SHEET], ids=["task", "answer sheet"])
def test_json_of_another_schema_is_refused(made: BaseModel) -> None:
    plain = json.loads(made.model_dump_json(by_alias=True))
    with pytest.raises(ValidationError):
        type(made).model_validate({**plain, "schema": "copydesk.other/9"})


def test_a_task_keeps_its_kind() -> None:
    plain = json.loads(TASK.model_dump_json(by_alias=True))
    assert plain["kind"] == "mark"
    with pytest.raises(ValidationError):
        ImpressionTask.model_validate(plain)


@pytest.mark.parametrize("sha256", ["", "0" * 63, "G" * 64, "A" * 64])
def test_an_answer_names_its_article_by_a_whole_sha256(sha256: str) -> None:
    entry = SHEET.answers[0].model_dump()
    with pytest.raises(ValidationError):
        SheetEntry.model_validate({**entry, "sha256": sha256})
