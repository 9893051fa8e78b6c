"""One file of a case: read within limits, validated, every fault with its line and its cure."""

from __future__ import annotations

import stat
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.reader import ReaderError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]

# Several times the largest file that a case is known to need, and still read within seconds.
MAX_BYTES = 500_000
# The deepest file of a case, marks.yml, nests five levels; the YAML library recurses, so a file
# that nests thousands would break it.
MAX_DEPTH = 12
# Nobody mends more in one go; a file with a fault in each of 100,000 entries is another file.
MAX_PROBLEMS = 500


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a case folder: where it stands, what is wrong, and what would mend it."""

    path: str
    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.what}: {self.cure}"


def show(path: Path) -> str:
    """A path as an error names it: relative to the working folder where it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def short(text: str, limit: int = 60) -> str:
    """A text as an error quotes it: on one line, invisible characters spelt out, long ones cut."""
    cut = text if len(text) <= limit else text[: limit - 3] + "..."
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut
    )


@dataclass
class Document:
    """One YAML file of a case: its data, and the line on which each part of it stands."""

    path: Path
    data: Any = None
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line (from 1) of the deepest part of `place` that the file has."""
        node, line = self.data, 1
        for step in place:
            try:
                if isinstance(node, Mapping):
                    line = node.lc.key(step)[0] + 1  # type: ignore[attr-defined]
                else:
                    line = node.lc.item(step)[0] + 1
                node = node[step]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def name(self, place: Place) -> str:
        """A place as an error names it: an entry of a list by its id, or else by its number."""
        node, steps = self.data, []
        for step in place:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                node = None
            if isinstance(step, int):
                entry_id = node.get("id") if isinstance(node, Mapping) else None
                step = short(entry_id) if isinstance(entry_id, str) else f"#{step + 1}"
            if step != "[key]":
                steps.append(short(step))
        return ".".join(steps) or "the file"

    def at(self, place: Place, what: str, cure: str) -> Fault:
        """A fault at a place of this file."""
        return Fault(show(self.path), self.line(place), what, cure)

    def fault(self, place: Place, what: str, cure: str) -> None:
        """Note a fault at a place of this file."""
        self.faults.append(self.at(place, what, cure))


def read_text(path: Path) -> tuple[str | None, Fault | None]:
    """The text of a file, or the fault that keeps it from being read."""

    def fault(what: str, cure: str, line: int = 1) -> tuple[None, Fault]:
        return None, Fault(show(path), line, what, cure)

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return fault("this is not a file", "put a text file there")
        if status.st_size > MAX_BYTES:
            return fault(
                f"the file has {status.st_size:,} bytes",
                f"keep it below {MAX_BYTES:,}; is it the right file?",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return fault("the file is missing", "copy it from seeds/_blank and fill it in")
    except OSError as error:
        return fault(f"the file cannot be read ({error.strerror})", "mend its permissions")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return fault(f"byte 0x{data[error.start]:02x} is not UTF-8", "save it as UTF-8 text", line)


def load_document(path: Path, model: type[Model]) -> tuple[Document, Model | None]:
    """Read and validate one YAML file; its faults stand in the document, and nothing is raised."""
    document = Document(path)
    text, fault = read_text(path)
    if fault or text is None:
        document.faults += [fault] if fault else []
        return document, None
    try:
        document.faults += [Fault(show(path), *found) for found in _not_plain(text)]
        if document.faults:
            return document, None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document.data = YAML(typ="rt").load(text)
    except (YAMLError, ValueError) as error:
        document.faults.append(Fault(show(path), *_syntax(text, error)))
        return document, None
    data = _plain(document.data)
    if not isinstance(data, dict | None):
        document.fault((), "the file holds no keys", 'write "key: value" lines, as in seeds/_blank')
        return document, None
    try:
        return document, model.model_validate(data or {})
    except ValidationError as error:
        for problem in error.errors(include_url=False)[:MAX_PROBLEMS]:
            note_problem(document, problem)
        more = error.error_count() - MAX_PROBLEMS
        if more > 0:
            document.fault((), f"the file has {more:,} faults more", "mend the others first")
        return document, None


def _not_plain(text: str) -> Iterator[tuple[int, str, str]]:
    """What a case needs nowhere, and what could make a small file huge or deep: the first of it."""
    depth = 0
    for event in YAML(typ="rt").parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            yield line, "YAML anchors and aliases (& and *) are not used here", "write it out"
            return
        if getattr(event, "tag", None):
            tag = short(str(event.tag))
            yield line, f"the YAML tag {tag} is not used here", "put a text in quotes"
            return
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            yield line, f"the file nests more than {MAX_DEPTH} levels deep", "mend the indentation"
            return


def _syntax(text: str, error: Exception) -> tuple[int, str, str]:
    """Line, what and cure of a text that is not YAML."""
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return line, f"character U+{ord(text[error.position]):04X} is not allowed", "remove it"
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 1
    problem = short((getattr(error, "problem", None) or str(error)).strip().splitlines()[0], 90)
    if isinstance(error, DuplicateKeyError):
        return line, problem.split(" with value")[0], "keep one of the two"
    if "mapping values are not allowed" in problem:
        return line, "not valid YAML (a colon inside a text)", "put the whole text in quotes"
    if "'\\t'" in problem:
        return line, "not valid YAML (a tab)", "indent with spaces"
    return line, f"not valid YAML ({problem})", "mend the indentation or the quotes there"


def _plain(value: Any) -> Any:
    """The YAML library's own containers and scalars as ordinary Python values."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value


# Cures by pydantic's error type; what these lack is said in pydantic's own words.
_CURES = {
    "missing": "add it",
    "extra_forbidden": "remove it or mend its spelling",
    "greater_than_equal": "use a number of at least {ge}",
    "less_than_equal": "use a number of at most {le}",
    "int_type": "use a whole number",
    "int_parsing": "use a whole number",
    "float_parsing": "use a number",
    "bool_type": "use true or false",
    "bool_parsing": "use true or false",
    "date_type": "use a date such as 2023-11-15",
    "date_parsing": "use a date such as 2023-11-15",
    "date_from_datetime_parsing": "use a date such as 2023-11-15",
    "date_from_datetime_inexact": "use a date such as 2023-11-15",
    "string_type": "put it in quotes",
    "string_too_short": "write it or remove the entry",
    "string_too_long": "use at most {max_length} characters",
    "too_short": "give at least one",
    "tuple_type": "write a list, each entry after a hyphen",
    "model_type": 'write "key: value" lines below it',
    "dict_type": 'write "key: value" lines below it',
}
_FORMS = {
    r"^[a-z0-9][a-z0-9-]*$": "use small letters a-z, digits and hyphens",
    r"^\d{4}-\d{2}(-\d{2})?$": "use a day such as 2023-11-15, or a month such as 2023-11",
    r"^[0-9a-f]{64}$": "use the 64 characters that this check shows",
    r"^[a-z]{2}(-[A-Z]{2})?$": "use a language code such as en or en-GB",
}


def cure(kind: str, context: dict[str, Any] | None, message: str) -> str:
    """What would mend one of pydantic's errors; its own message where we have no better words."""
    return _CURES[kind].format_map(context or {}) if kind in _CURES else short(message, 200)


def note_problem(document: Document, problem: Any) -> None:
    """Turn one of pydantic's errors into a fault with a cure."""
    place: Place = tuple(problem["loc"])
    kind, context, value = problem["type"], problem.get("ctx") or {}, problem.get("input")
    name = document.name(place)
    mend = cure(kind, context, problem["msg"])
    if kind == "missing":
        what = f"{name} is missing"
    elif kind == "extra_forbidden":
        what = f"{name} is not known here"
    elif kind == "literal_error":
        field_name = next(step for step in reversed(place) if isinstance(step, str))
        what = f'unknown {field_name} "{short(str(value))}"'
        mend = f"use one of {context['expected'].replace(chr(39), '')}"
    elif value is None or value in ("", [], {}) or not str(value).strip():
        what = f"{name} is empty"
        mend = mend if kind == "too_short" else "fill it in or remove it"
    elif kind == "string_pattern_mismatch":
        what = f'{name} is "{short(str(value))}"'
        mend = _FORMS.get(context["pattern"], f"write it in the form {context['pattern']}")
    elif isinstance(value, bool | int | float | date):
        shown = str(value).lower() if isinstance(value, bool) else short(str(value))
        what = f"{name} is {shown}" + (", and to YAML that is no text" if "string" in kind else "")
    elif isinstance(value, str):
        what = f'{name} is "{short(value)}"'
    else:
        what = f"{name} has a wrong form"
    document.fault(place, what, mend)
