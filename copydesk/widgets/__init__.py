"""The widgets: one task, shown live in a notebook and as readable HTML everywhere else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import jinja2
import traitlets
from markupsafe import Markup

from copydesk.answers import read_answer
from copydesk.model import AnswerSheet, Frozen, SheetEntry, Task
from copydesk.scoring import score
from copydesk.widgets.inline import inline

# From so many words on, a page lays out only the lines on the screen; mark/paper.js has the same.
LONG = 2000
# JSON inside a script element must not be able to end it, nor to open a comment in it.
_SCRIPT_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def widget_file(name: str) -> str:
    """The text of a file of the widgets' folder, such as "mark/mark.js"."""
    return (files("copydesk") / "widgets" / name).read_text("utf-8")


@cache
def module_text(kind: str) -> str:
    """A kind's module as one text, as anywidget wants it: all that it imports stands in it."""
    return inline(f"{kind}/{kind}.js", widget_file)


@cache
def style_text(kind: str) -> str:
    """A kind's styles with those that all kinds share."""
    folder = files("copydesk") / "widgets" / kind
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".css"))
    return widget_file("kit.css") + "".join(widget_file(f"{kind}/{name}") for name in names)


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("copydesk", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


def task_json(task: Task) -> str:
    """A task as compact JSON that may stand inside a script element."""
    data = task.model_dump(mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_SAFE)


def task_html(task: Task) -> str:
    """A task as semantic HTML with its JSON inside: what a page shows without script."""
    template = _templates().get_template("task.html.j2")
    # The JSON is escaped for its place above; escaping it again as HTML would break it.
    data = Markup(task_json(task))  # noqa: S704
    long = sum(len(line) // 2 for line in task.lines) > LONG
    return template.render(task=task, ui=task.ui, json=data, long=long)


class TaskWidget(anywidget.AnyWidget):
    """Shows a task. Two synced traits: `task` goes in, `answer` comes out."""

    task = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, task: Task, **traits: Any) -> None:
        self._esm = module_text(task.kind)
        self._css = style_text(task.kind)
        self.source = task
        super().__init__(task=task.model_dump(mode="json", by_alias=True), **traits)

    @traitlets.validate("answer")
    def _answer_fits(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """Refuse, with place and cure, an answer that does not fit the task."""
        answer: dict[str, Any] = proposal["value"]
        score(self.source, read_answer(self.source, answer))
        return answer

    def score(self) -> Frozen | None:
        """Score the answer as it stands; None for a task that has no score.

        Raises a ValueError, naming place and cure, when the answer does not fit the task.
        """
        return score(self.source, read_answer(self.source, self.answer))

    def sheet(self, code: str = "") -> AnswerSheet:
        """The answer as an answer sheet, under a code that the student chose."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        entry = SheetEntry(
            case=self.source.case.id,
            sha256=self.source.case.sha256,
            task=self.source.id,
            kind=self.source.kind,
            saved=now,
            answer=self.answer,
        )
        return AnswerSheet(code=code, saved=now, answers=(entry,))

    def save(self, path: Path | str, code: str = "") -> Path:
        """Write the answer sheet to a file, as the page gives it out; returns its path."""
        target = Path(path)
        target.write_text(self.sheet(code).model_dump_json(by_alias=True, indent=1), "utf-8")
        return target

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live widget, and the same task as HTML for every place that has no kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is None:
            data = {}
        data = {
            **data,
            "text/html": task_html(self.source),
            "text/plain": f"Task {self.source.id} of case {self.source.case.id}",
        }
        return (data, bundle[1]) if isinstance(bundle, tuple) else data
