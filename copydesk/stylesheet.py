"""Trims and joins the style sheets that the theme brings, so that a page loads one small file.

They style much that this site has not (navigation bars, icons, pop-ups). A rule is dropped when its
selector asks for a class or an id that stands in no page and no script; all else is kept as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import tinycss2

# What stands inside these says what an element is not or may be: no reason to drop a rule.
_LENIENT = {"not", "is", "where", "has", "matches", "-webkit-any", "-moz-any"}
_CONDITIONAL = {"media", "supports", "layer", "container"}
# Fonts: the site uses the reader's own. Imports: the sheets are joined already.
_DROPPED = {"font-face", "import", "charset"}
_DARK = re.compile(r"""\[data-theme=["']?dark["']?\]""")
_LIGHT = re.compile(r"""html\[data-theme=["']?light["']?\]""")
_NAME = re.compile(r"-?[A-Za-z_][\w-]*")


def names_in_html(html: str) -> set[str]:
    """Every class and id in a page."""
    found: set[str] = set()
    for quoted in re.findall(r"""\b(?:class|id)=("[^"]*"|'[^']*')""", html):
        found.update(quoted[1:-1].split())
    return found


def names_in_script(script: str) -> set[str]:
    """Every word of a script that could be a class: too many rather than too few."""
    return set(_NAME.findall(script))


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _names_asked(selector: Iterable[Any]) -> set[str]:
    asked: set[str] = set()
    after_dot = False
    for token in selector:
        if token.type == "hash" or (after_dot and token.type == "ident"):
            asked.add(token.value)
        elif token.type == "function" and token.lower_name not in _LENIENT:
            asked |= _names_asked(token.arguments)
        after_dot = token.type == "literal" and token.value == "."
    return asked


def _selectors(prelude: Iterable[Any], used: set[str] | None) -> list[str]:
    kept = []
    for part in _split(prelude):
        text = tinycss2.serialize(part).strip()
        # Bootstrap's own switch, which the theme never sets.
        if "[data-bs-theme=dark]" in text.replace('"', ""):
            continue
        if used is None or _names_asked(part) <= used:
            kept.append(text)
    return kept


def _modes(selectors: list[str], body: str) -> str:
    """A rule for both modes; dark also holds before or without the script, and never on paper."""
    plain = [s for s in selectors if not _DARK.search(s)]
    dark = [s for s in selectors if _DARK.search(s)]
    out = ""
    if plain:
        # The bare selector holds the variables: it must hold on paper too, when the screen is dark.
        light = [
            "html:root" if _LIGHT.fullmatch(s) else _LIGHT.sub("html:not([data-theme=dark])", s)
            for s in plain
        ]
        out += f"{','.join(light)}{{{body}}}"
    if dark:
        auto = [_DARK.sub(":not([data-theme])", s) for s in dark]
        out += f"@media screen{{{','.join(dark)}{{{body}}}}}"
        out += f"@media screen and (prefers-color-scheme:dark){{{','.join(auto)}{{{body}}}}}"
    return out


def _body(tokens: Iterable[Any]) -> str:
    text = tinycss2.serialize([t for t in tokens if t.type != "comment"])
    return re.sub(r"\s+", " ", text).strip()


def _rules(nodes: Iterable[Any], used: set[str] | None) -> str:
    out: list[str] = []
    for node in nodes:
        if node.type == "comment":
            if node.value.startswith("!"):  # a licence notice
                out.append(f"/*{node.value}*/\n")
        elif node.type == "qualified-rule":
            selectors = _selectors(node.prelude, used)
            body = _body(node.content)
            if selectors and body:
                out.append(_modes(selectors, body))
        elif node.type == "at-rule" and node.lower_at_keyword not in _DROPPED:
            head = f"@{node.at_keyword}{tinycss2.serialize(node.prelude).rstrip()}"
            if node.content is None:
                out.append(f"{head};")
            elif node.lower_at_keyword in _CONDITIONAL:
                inner = _rules(tinycss2.parse_rule_list(node.content), used)
                out.append(f"{head}{{{inner}}}" if inner else "")
            else:
                out.append(f"{head}{{{_body(node.content)}}}")
        elif node.type == "error":
            where = f"style sheet, line {node.source_line}"
            raise ValueError(f"{where}: {node.message}; mend it or pin the theme's version")
    return "".join(out)


def trim(css: str, used: set[str] | None) -> str:
    """The sheet without rules that can hold for no page.

    `used` holds the classes and ids that occur; None keeps every rule. A rule for the dark mode is
    also written for a system that is dark before, or without, the page's script.
    Error: ValueError with the line where the sheet cannot be parsed.
    """
    return _rules(tinycss2.parse_stylesheet(css), used)


def without_unused_keyframes(css: str) -> str:
    """The sheet without animations that no rule names."""

    def keep(match: re.Match[str]) -> str:
        name = match.group(1)
        used = re.search(rf"animation[\w-]*:[^;}}]*\b{re.escape(name)}\b", css)
        return match.group(0) if used else ""

    return re.sub(r"@(?:-webkit-)?keyframes\s+([\w-]+)\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", keep, css)


def without_unused_variables(css: str, also_read: Iterable[str] = ()) -> str:
    """The sheet without custom properties of Bootstrap that neither it nor `also_read` reads.

    Only names that begin with --bs- go: --pst- and --cd- names are a contract with authors.
    """
    elsewhere = "\n".join(also_read)
    before = ""
    # A property may be read only by one that goes: look again until none goes.
    while css != before:
        before = css
        read = set(re.findall(r"var\(\s*(--[\w-]+)", css + elsewhere))
        set_here = set(re.findall(r"(?<=[{;\s])(--bs-[\w-]+):", css))
        for name in sorted(set_here - read):
            css = re.sub(rf"(?<=[{{;\s]){name}:[^;{{}}]*(?:;|(?=\}}))", "", css)
        css = re.sub(r"[^{}@;]+\{\s*\}", "", css)
    return css


def without_files(css: str) -> str:
    """The sheet without declarations that load another file; pictures written inline stay."""
    inline = r"""["']?data:|["']?#"""
    loads = rf"""(?<=[{{;\s])[\w-]+\s*:[^;{{}}]*url\(\s*(?!{inline})[^;{{}}]*(?:;|(?=\}}))"""
    return re.sub(loads, "", css)


def join(
    theirs: Iterable[str], ours: str, used: set[str] | None, also_read: Iterable[str] = ()
) -> str:
    """One sheet: theirs, trimmed, in a cascade layer so that ours always wins; then ours, whole.

    For `used` see trim(); `also_read` is text that reads custom properties: pages, widgets' sheets.
    """
    trimmed = "".join(trim(sheet, used) for sheet in theirs)
    trimmed = without_files(without_unused_keyframes(trimmed))
    whole = trim(ours, None)
    trimmed = without_unused_variables(trimmed, [*also_read, whole])
    return f"@layer theme{{{trimmed}}}\n{whole}"
