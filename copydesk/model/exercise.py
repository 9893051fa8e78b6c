"""The nouns of the exercises: what an exercise is, and what its self-checks want."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from copydesk.model.base import Filled, Frozen

# What a self-check wants: a number within a tolerance, a whole number, a text, True or False, a
# day; or a text of the student's own, which no key can know.
AnswerKind = Literal["number", "whole", "text", "yes-no", "date", "own-text"]
# One of them, several in order, several in any order, or one for each name.
AnswerShape = Literal["one", "list", "set", "table"]

# A check has the name of the variable that it looks at.
CheckName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class CheckEntry(Frozen):
    """One self-check, as the front matter of an exercise's source has it.

    `tolerance` is in the unit of the number: within half of it an answer holds for certain, beyond
    one and a half of it never. `cases` makes it the check of a function: each case is a list of
    arguments, and the result is what is wanted. `at_least` is the number of words of an own text,
    or of entries in a list of them. `again` ends the sentence "look again at ...".
    """

    kind: AnswerKind
    shape: AnswerShape = "one"
    tolerance: float | None = Field(default=None, gt=0)
    cases: tuple[tuple[Any, ...], ...] = ()
    at_least: int | None = Field(default=None, ge=1)
    points: int = Field(default=1, ge=1, le=10)
    hint: Filled
    again: Filled

    @model_validator(mode="after")
    def _fits_its_kind(self) -> CheckEntry:
        if (self.tolerance is None) == (self.kind == "number"):
            raise ValueError("a number needs a tolerance, and nothing else has one")
        if (self.at_least is None) == (self.kind == "own-text"):
            raise ValueError("an own-text needs at_least, and nothing else has it")
        if self.kind == "own-text" and (self.cases or self.shape not in ("one", "list")):
            raise ValueError("an own-text is one text or a list of texts")
        return self


class ExerciseEntry(Frozen):
    """The front matter of an exercise's source: what it asks, how long it takes, its checks."""

    title: Filled
    minutes: int = Field(ge=10, le=25)
    question: Filled
    checks: dict[CheckName, CheckEntry] = Field(min_length=1)


# The key of one answer: a digest, one for each entry, or one for each name.
Key = str | list[str] | dict[str, str]


class CheckKey(CheckEntry):
    """A self-check with its keys: one for each case of a function, else one; none for own-text."""

    keys: tuple[Key, ...] = ()


class ExerciseKey(Frozen):
    """What the package knows of an exercise: checks/<id>.json, generated from its source."""

    id: str
    title: Filled
    minutes: int
    question: Filled
    checks: dict[CheckName, CheckKey]
