"""The nouns of the first impression: the task and an answer. It has no score."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copydesk.model.base import Frozen, ShortText, Task


class ImpressionTask(Task):
    """Read it cold: the whole article, then three short questions; asked again at the end."""

    kind: Literal["impression"] = "impression"


class ImpressionAnswer(Frozen):
    """An answer to "read it cold": trust from 1 (not at all) to 5 (fully), and two short texts."""

    trust: Annotated[int, Field(ge=1, le=5, strict=True)] | None = None
    happened: ShortText = ""
    want: ShortText = ""
