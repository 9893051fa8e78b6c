"""What is done to the text of a page before and after Sphinx writes it: text in, text out.

Sphinx, its extensions and docutils write HTML that browsers forgive; a checker and a screen reader
do not. Only what they write is mended here: nothing of the course's own text is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

DESCRIPTION_LENGTH = 160  # characters: what search engines show of a description

# What needs a script that the site does not carry: a sign of it in a page, and the cure.
UNSERVED = {
    r'class="(?:[^"]* )?toggle[ "]': "the class toggle needs a script that is not here: use the"
    " {dropdown} directive",
    r'class="admonition[^"]* dropdown[ "]|class="dropdown admonition': "a box of the class dropdown"
    " needs a script that is not here: use the {dropdown} directive",
    r'data-sync-id="': "tabs that change together need a script that is not here: leave out :sync:",
    r'class="math[ "]': "formulas need a script from another host: write them as text",
}


def unserved(body: str) -> list[str]:
    """A sentence for each thing in a page's body that needs a script the site does not carry."""
    return [cure for sign, cure in UNSERVED.items() if re.search(sign, body)]


def task_kinds(body: str) -> list[str]:
    """The kinds of the tasks in a page's body, each once, in alphabetical order."""
    kinds = set()
    for tag in re.findall(r"<section\b[^>]*>", body):
        classes = re.search(r"""\bclass=["']([^"']*)""", tag)
        kind = re.search(r"""\bdata-kind=["']([^"']*)""", tag)
        if classes and "copydesk-task" in classes.group(1).split():
            kinds.add(kind.group(1) if kind else "")
    return sorted(kinds)


def case_of_task(body: str, kind: str) -> str | None:
    """The id of the case that the first task of this kind in a page's body is of."""
    for tag in re.findall(r"<section\b[^>]*>", body):
        if task_kinds(tag) == [kind] and (found := re.search(r"""\bdata-case=["']([^"']+)""", tag)):
            return found.group(1)
    return None


def shorten(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The text on one line, cut at a word's end when it is longer than `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def page_list(toctree: str, toc: str = "") -> str:
    """Sphinx's list of pages, mended: captions are no headings, the open page says that it is.

    `toc` is Sphinx's list of the open page's own headings; its sections, when there are two or
    more, are put below the page's entry.
    """
    soup = BeautifulSoup(toctree, "html.parser")
    for caption in soup.select("p.caption"):
        del caption["role"], caption["aria-level"]
    here = soup.select("li.current > a.current")
    if here:
        # The last is the deepest: the pages above it are current too.
        here[-1]["aria-current"] = "page"
        sections = BeautifulSoup(toc, "html.parser").select("ul > li > ul")
        if sections and len(sections[0].find_all("li", recursive=False)) > 1:
            for deeper in sections[0].select("li > ul"):
                deeper.decompose()
            sections[0]["class"] = "shell-sections"
            here[-1].insert_after(sections[0])
    return str(soup)


def _mend_summary(match: re.Match[str]) -> str:
    # A summary holds no paragraphs, and its own words are its name.
    inner = re.sub(r"<(/?)p\b", r"<\1span", match.group(2))
    attributes = match.group(1).replace(' aria-label="Toggle hidden content"', "")
    return f"<summary{attributes}>{inner}</summary>"


def _mend_checkbox(match: re.Match[str]) -> str:
    # A box in a list of things to do has no name of its own.
    name = "done" if "checked" in match.group(2) else "to do"
    return f'{match.group(1)} aria-label="{name}"{match.group(2)}>'


def mend_body(body: str) -> str:
    """A page's body with names and nesting that hold, and without the call for a remote kernel."""
    body = re.sub(r"<summary([^>]*)>(.*?)</summary>", _mend_summary, body, flags=re.DOTALL)
    body = re.sub(r'(<a\b[^>]*\bdownload)=""', r"\1", body)
    body = re.sub(r'(<input\b[^>]*class="task-list-item-checkbox")([^>]*)>', _mend_checkbox, body)
    # sphinx-thebe, which Jupyter Book always loads, appends these two.
    body = re.sub(r'<script type="text/x-thebe-config">.*?</script>', "", body, flags=re.DOTALL)
    return re.sub(r"<script>kernelName = .*?</script>", "", body)


def tidy(page: str) -> str:
    """A page without self-closing slashes and trailing blanks; scripts and code are untouched."""
    parts = re.split(r"(<(script|pre|textarea|style|svg)\b.*?</\2>)", page, flags=re.DOTALL)
    void = r"<(area|br|col|hr|img|input|link|meta|source|wbr)\b([^<>]*?)\s*/>"
    out = []
    # re.split gives: text, a whole element, that element's name, text, ...
    for text, element in zip(parts[::3], [*parts[1::3], ""], strict=True):
        text = re.sub(void, r"<\1\2>", text)
        text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
        out += [re.sub(r"\n{3,}", "\n\n", text), element]
    return "".join(out).lstrip()


def under(base: str, page: str) -> str:
    """The page with its relative addresses absolute under `base`: for a page shown anywhere."""

    def absolute(match: re.Match[str]) -> str:
        name, address = match.groups()
        if address.startswith("#") or urlsplit(address).scheme:
            return match.group(0)
        return f'{name}="{urljoin(base, address)}"'

    return re.sub(r'\b(href|src|action)="([^"]*)"', absolute, page)


def loaded(pages: Iterable[tuple[Path, str]], outdir: Path) -> set[Path]:
    """The files of the site that the pages name in src, href or action."""
    found = set()
    for path, page in pages:
        for address in re.findall(r'\b(?:src|href|action)="([^"#?]+)', page):
            if not urlsplit(address).scheme:
                root = outdir if address.startswith("/") else path.parent
                found.add((root / address.lstrip("/")).resolve())
    return found
