"""The Sphinx extension: puts the shell, the widget files and the page host into the site, and nothing twice.

It extends sphinx-book-theme (templates in theme/templates, one style sheet, two small scripts), gives a page with
tasks the widget files that its tasks need, and leaves in the built site only files that some page loads.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.util import logging

from copydesk import stylesheet

HERE = Path(__file__).parent
THEME = HERE / "theme"
WIDGETS = HERE / "widgets"

# The theme's and the extensions' sheets, in the order of the cascade. A name with * may have a hash in it.
SHEETS = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "pygments.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
)
# Whose lines may be left in the built site: their licences go with them.
NOTICES = ("Sphinx", "pydata-sphinx-theme", "sphinx-book-theme", "sphinx_design", "myst-nb")
DESCRIPTION_LENGTH = 160  # characters: what search engines show of a description
LATE = 900  # after every other extension's handler (Sphinx's default is 500)

logger = logging.getLogger(__name__)


# ---- pure functions ----


def widget_files(folder: Path) -> dict[str, Path]:
    """Each file that pages may load, by its path in the site; kinds are the folders that hold <kind>.js."""
    shared = [folder / name for name in ("host.js", "kit.js", "kit.css")]
    kinds = [k for k in sorted(folder.iterdir()) if (k / f"{k.name}.js").is_file()]
    own = [kind / f"{kind.name}{end}" for kind in kinds for end in (".js", ".css")]
    return {p.relative_to(folder).as_posix(): p for p in shared + own if p.is_file()}


def fingerprint(files: Iterable[Path]) -> str:
    """Ten hex digits that change whenever a file's name or content does."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:10]


def task_kinds(body: str) -> list[str]:
    """The kinds of the tasks in a page's body, each once, in alphabetical order."""
    kinds = set()
    for tag in re.findall(r"<section\b[^>]*>", body):
        classes = re.search(r"""\bclass=["']([^"']*)""", tag)
        kind = re.search(r"""\bdata-kind=["']([^"']*)""", tag)
        if classes and "copydesk-task" in classes.group(1).split():
            kinds.add(kind.group(1) if kind else "")
    return sorted(kinds)


def shorten(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """The text on one line, cut at a word's end when it is longer than `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def description_of(doctree: nodes.document | None, meta: dict[str, Any] | None) -> str:
    """The page's `description` field, else its first paragraph outside boxes and code; "" when it has none."""
    if meta and meta.get("description"):
        return shorten(str(meta["description"]))
    for paragraph in doctree.findall(nodes.paragraph) if doctree is not None else ():
        if isinstance(paragraph.parent, nodes.section | nodes.container | nodes.document):
            return shorten(paragraph.astext())
    return ""


def page_list(toctree: str, toc: str = "") -> str:
    """Sphinx's list of pages, its captions no headings, the current page named, with its own sections (`toc`) below."""
    soup = BeautifulSoup(toctree, "html.parser")
    for caption in soup.select("p.caption"):
        del caption["role"], caption["aria-level"]
    here = soup.select("li.current > a.current")
    if here:
        # The last is the deepest: a page's parents are current too.
        here[-1]["aria-current"] = "page"
        sections = BeautifulSoup(toc, "html.parser").select("ul > li > ul")
        if sections and len(sections[0].find_all("li", recursive=False)) > 1:
            for deeper in sections[0].select("li > ul"):
                deeper.decompose()
            sections[0]["class"] = "cd-sections"
            here[-1].insert_after(sections[0])
    return str(soup)


def _box_name(attributes: str) -> str:
    return "done" if "checked" in attributes else "to do"


def mend_body(body: str) -> str:
    """A page's body as valid HTML (a summary holds no paragraphs, its words are its name), without remote kernels."""

    def summary(match: re.Match[str]) -> str:
        inner = re.sub(r"<(/?)p\b", r"<\1span", match.group(2))
        attributes = match.group(1).replace(' aria-label="Toggle hidden content"', "")
        return f"<summary{attributes}>{inner}</summary>"

    body = re.sub(r"<summary([^>]*)>(.*?)</summary>", summary, body, flags=re.DOTALL)
    # A box in a list of things to do has no name of its own.
    box = r'(<input\b[^>]*class="task-list-item-checkbox")([^>]*)>'
    body = re.sub(box, lambda m: f'{m[1]} aria-label="{_box_name(m[2])}"{m[2]}>', body)
    # sphinx-thebe, which Jupyter Book always loads, appends these two.
    body = re.sub(r'<script type="text/x-thebe-config">.*?</script>', "", body, flags=re.DOTALL)
    return re.sub(r"<script>kernelName = .*?</script>", "", body)


def tidy(page: str) -> str:
    """A page without the old self-closing slashes, trailing blanks and obsolete types; text and scripts untouched."""
    parts = re.split(r"(<(script|pre|textarea|style|svg)\b.*?</\2>)", page, flags=re.DOTALL)
    out = []
    for index in range(0, len(parts), 3):
        text = parts[index]
        text = re.sub(r"<(area|br|col|hr|img|input|link|meta|source|wbr)\b([^<>]*?)\s*/>", r"<\1\2>", text)
        text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
        text = re.sub(r"\n{3,}", "\n\n", text)
        out.append(text + (parts[index + 1] if index + 1 < len(parts) else ""))
    return "".join(out)


def under(base: str, page: str) -> str:
    """The page with its relative addresses made absolute under `base`, for the page that answers any address."""

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


# ---- Sphinx events ----


def set_up(app: Any, config: Any) -> None:
    """Put our templates before the theme's, and settle what the files are called."""
    config.templates_path.insert(0, str(THEME / "templates"))
    files = [*widget_files(WIDGETS).values(), *(THEME / "static").iterdir(), *(THEME / "templates").iterdir()]
    # A change of any file gives pages another address for it; "html" in setup() makes Sphinx write them anew.
    config.copydesk_static = f"_static/copydesk-{fingerprint(files)}"


def fill_page(app: Any, pagename: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the templates what the page needs, and only that."""
    if app.builder.name != "html":
        return
    config = app.config
    body = mend_body(context.get("body", ""))
    title = re.sub(r"<[^>]+>", "", context.get("title") or "")
    fixed = {"search": "Search", "genindex": "Index"}
    title = html.escape(html.unescape(fixed.get(pagename, title)))
    site = html.escape(config.html_title)
    described = {
        "search": "Search every page of the course.",
        "genindex": "Where each term of the course is explained.",
        "404": "There is no page at this address.",
    }.get(pagename) or description_of(doctree, context.get("meta"))
    known = widget_files(WIDGETS)
    kinds = task_kinds(body)
    for kind in kinds:
        if f"{kind}/{kind}.js" not in known:
            kinds_known = ", ".join(k.split("/")[0] for k in known if k.count("/") and k.endswith(".js"))
            logger.warning(
                "task of unknown kind %r; known kinds: %s", kind, kinds_known or "none", location=pagename
            )
    wanted = ["host.js", "kit.js", "kit.css"] + [f"{k}/{k}{end}" for k in kinds for end in (".js", ".css")]
    needed = [f"{config.copydesk_static}/{name}" for name in wanted if kinds and name in known]
    for unserved, cure in UNSERVED.items():
        if re.search(unserved, body):
            logger.warning("%s", cure, location=pagename)
    source = context.get("sourcename") or ""
    context.update(
        body=body,
        metatags=re.sub(r'<meta name="(?:viewport|generator|description)"[^>]*>\s*', "", context.get("metatags", "")),
        cd_title=site if pagename == config.root_doc or not title else f"{title} – {site}",
        cd_description=html.escape(described or config.copydesk_tagline or config.html_title),
        cd_static=config.copydesk_static,
        cd_sheets=[name for name in needed if name.endswith(".css")],
        cd_preloads=[name for name in needed if name.endswith(".js")],
        cd_host=next((name for name in needed if name.endswith("/host.js")), ""),
        cd_pages=page_list(
            context["toctree"](collapse=True, maxdepth=3, titles_only=True, includehidden=True),
            context.get("toc") or "",
        ),
        cd_tagline=config.copydesk_tagline,
        cd_methods=config.copydesk_methods,
        cd_download=f"_sources/{source}" if source.endswith(".ipynb") else "",
    )


# What needs a script that the site does not carry: said while building, with the cure.
UNSERVED = {
    r'class="[^"]*\b(?:toggle|admonition[^"]* dropdown|dropdown admonition)\b': (
        "a box with the class toggle or dropdown needs a script the site does not carry: use the {dropdown} directive"
    ),
    r'class="[^"]*\bsd-tab-set\b[^"]*"[^>]*data-sync': "synchronised tabs need a script: leave out :sync:",
    r'class="math\b': "formulas need a script from another host: write them as text",
}


def extra_pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page for an address that does not exist."""
    if app.builder.name == "html":
        yield "404", {"title": "No such page"}, "404.html"


def copy_files(config: Any, outdir: Path) -> Path:
    """Put the shell's and the widgets' files into the site; gives their folder."""
    folder = outdir / config.copydesk_static
    files = {p.name: p for p in (THEME / "static").iterdir() if p.name != "shell.css"} | widget_files(WIDGETS)
    for name, path in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    return folder


def write_sheet(folder: Path, static: Path, texts: list[str]) -> str:
    """Join and trim the style sheets for these pages; gives the sheet's fingerprint."""
    sheets = [path.read_text("utf-8") for name in SHEETS for path in sorted(static.glob(name))]
    used = {"html", "body"}.union(*map(stylesheet.names_in_html, texts))
    for script in [*folder.rglob("*.js"), static / "searchtools.js"]:
        used |= stylesheet.names_in_script(script.read_text("utf-8"))
    ours = (THEME / "static" / "shell.css").read_text("utf-8")
    reading = texts + [p.read_text("utf-8") for p in folder.rglob("*.css")]
    sheet = folder / "site.css"
    sheet.write_text(stylesheet.join(sheets, ours, used, reading), "utf-8")
    return fingerprint([sheet])


def write_licences(static: Path) -> None:
    """Keep the licence texts of those whose styles and scripts are in the site."""
    parts = []
    for name in NOTICES:
        dist = metadata.distribution(name)
        texts = [Path(str(dist.locate_file(f))) for f in dist.files or () if re.match(r"LICEN[CS]E", f.name)]
        parts += [f"{name} {dist.version}\n\n{path.read_text('utf-8')}" for path in texts]
    (static / "licences.txt").write_text("\n\n----\n\n".join(parts), "utf-8")


def finish(app: Any, exception: Exception | None) -> None:
    """Write the one style sheet, mend the pages, and sweep out what no page loads."""
    outdir = Path(app.outdir).resolve()
    static = outdir / "_static"
    if exception or app.builder.name != "html" or not (static / "basic.css").exists():
        return  # failed, another format, or nothing was written since the last time
    folder = copy_files(app.config, outdir)
    write_root(app, outdir)
    paths = [p for p in sorted(outdir.rglob("*.html")) if not p.relative_to(outdir).parts[0].startswith("_")]
    pages = {path: tidy(path.read_text("utf-8")) for path in paths}
    version = write_sheet(folder, static, list(pages.values()))
    for path, page in pages.items():
        page = re.sub(r"(/site\.css)\?v=\w*", rf"\1?v={version}", page)
        if path.name == "404.html" and app.config.html_baseurl:
            page = under(urlsplit(app.config.html_baseurl).path or "/", page)
        path.write_text(page, "utf-8")
    write_licences(static)
    sweep(outdir, loaded(pages.items(), outdir), kept=[folder, static / "licences.txt"], own=_own_static(app))


def write_root(app: Any, outdir: Path) -> None:
    """Where the first page is not index.html, put a page there that leads to it."""
    root = app.config.root_doc
    if root != "index":
        text = (THEME / "templates" / "redirect.html").read_text("utf-8")
        values = {
            "language": app.config.language or "en",
            "title": html.escape(app.config.html_title),
            "description": html.escape(app.config.copydesk_tagline or app.config.html_title),
            "target": app.builder.get_target_uri(root),
            "icon": f"{app.config.copydesk_static}/favicon.svg",
        }
        text = re.sub(r"\{\{ (\w+) \}\}", lambda match: values[match.group(1)], text)
        (outdir / "index.html").write_text(text, "utf-8")


def _own_static(app: Any) -> set[str]:
    """The files that the book itself puts into _static: the author's business."""
    # Extensions add their own folders to this setting; those lie elsewhere.
    confdir = Path(app.confdir).resolve()
    roots = [path for entry in app.config.html_static_path if confdir in (path := (confdir / entry).resolve()).parents]
    return {p.relative_to(r).as_posix() for r in roots if r.is_dir() for p in r.rglob("*") if p.is_file()}


def sweep(outdir: Path, wanted: set[Path], kept: Iterable[Path], own: set[str]) -> None:
    """Delete from _static, _sources and _sphinx_design_static what no page loads, and folders left empty."""
    kept = list(kept)
    for area in (outdir / name for name in ("_static", "_sources", "_sphinx_design_static")):
        for path in sorted(area.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif not (
                path in wanted
                or path.relative_to(area).as_posix() in own
                or any(path == keep or keep in path.parents for keep in kept)
            ):
                path.unlink()
        if area.is_dir() and not any(area.iterdir()):
            area.rmdir()


def setup(app: Any) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("copydesk_tagline", "", "html")
    app.add_config_value("copydesk_methods", "", "html")
    app.add_config_value("copydesk_static", "", "html")
    connect: Callable[..., Any] = app.connect
    # The themes' own templates_path entries are inserted at the default priority; ours must come before them.
    connect("config-inited", set_up, priority=LATE)
    connect("html-page-context", fill_page, priority=LATE)
    connect("html-collect-pages", extra_pages)
    connect("build-finished", finish, priority=LATE)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
