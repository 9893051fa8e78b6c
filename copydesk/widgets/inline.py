"""Puts a widget's modules into one text, as anywidget wants it: a notebook loads no files.

What may be inlined is narrow on purpose: each import is one statement with names in braces, from a
relative path, unrenamed; each name at the top of a module is declared at the start of a line. All
modules then share one scope, so no name may stand at the top of two of them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

# A name that is passed on (export ... from) is in the one text already, and exported there.
_IMPORT = re.compile(r'^(?:import|export) \{([^}]*)\} from "(\.[^"]*)";\n?', re.MULTILINE)
_ANY_IMPORT = re.compile(r"^(?:import\b(?!\().*|export\b.*\bfrom\s*[\"'].*)$", re.MULTILINE)
_DECLARED = re.compile(
    r"^(?:export )?(?:(?:async )?function\*?|const|let|var|class) ([\w$]+)", re.MULTILINE
)
_UNPACKED = re.compile(r"^(?:export )?(?:const|let|var) [\[{].*$", re.MULTILINE)
_EXPORTED_DEFAULT = re.compile(r"^export default\b", re.MULTILINE)


class CannotInlineError(ValueError):
    """Modules that do not go into one text; `faults` lists every reason, each with its cure."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def imported(text: str, path: str) -> list[str]:
    """The paths of the modules that a module imports, in its order, from the same top as `path`."""
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        for _, target in _IMPORT.findall(text)
    ]


def modules(entry: str, read: Callable[[str], str]) -> dict[str, str]:
    """The texts of `entry` and of all that it imports, each once, what is imported first.

    `read` gives a module's text by its path, such as "figure/map.js". Raises CannotInlineError
    where modules import each other in a ring.
    """
    found: dict[str, str] = {}
    faults: list[str] = []

    def visit(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            ring = " -> ".join([*above[above.index(path) :], path])
            faults.append(f"{path}: modules import each other ({ring}): move what both need")
        if path in found or path in above:
            return
        text = read(path)
        for target in imported(text, path):
            visit(target, (*above, path))
        found[path] = text

    visit(entry, ())
    if faults:
        raise CannotInlineError(faults)
    return found


def inline(entry: str, read: Callable[[str], str]) -> str:
    """One module that does what `entry` does with its imports.

    Raises CannotInlineError with every reason: an import in another form, of a name that its module
    does not export, a name at the top of two modules, a second default export, a ring.
    """
    found = modules(entry, read)
    faults: list[str] = []
    owner: dict[str, str] = {}
    parts = []
    for path, text in found.items():
        body = _IMPORT.sub("", text)
        for line in _ANY_IMPORT.findall(body):
            faults.append(
                f'{path}: "{line.strip()}" is no import that can be inlined: '
                'write import { name } from "./file.js";'
            )
        for line in _UNPACKED.findall(body):
            faults.append(f'{path}: "{line}" takes names apart at the top: declare each by itself')
        for name in _DECLARED.findall(body):
            if name in owner:
                faults.append(f"{path}: {name} stands in {owner[name]} too: rename one of them")
            owner.setdefault(name, path)
        if path != entry and _EXPORTED_DEFAULT.search(body):
            faults.append(f"{path}: only {entry} may have a default export: export it by name")
        for names, target in _IMPORT.findall(text):
            source = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            faults += _missing(path, names, source, found[source])
        parts.append(body)
    if faults:
        raise CannotInlineError(faults)
    return "\n".join(parts)


def _missing(path: str, names: str, source: str, text: str) -> list[str]:
    """What is wrong with the names of one import."""
    faults = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        if not re.fullmatch(r"[\w$]+", name):
            faults.append(f'{path}: "{name}" is renamed on import: import it under its own name')
        elif not re.search(rf"^export [\w* ]*\b{re.escape(name)}\b", text, re.MULTILINE):
            faults.append(f"{path}: {source} does not export {name}: export it there")
    return faults
