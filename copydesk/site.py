"""The Sphinx extension: puts the shell, the widget files and the page host into the site.

It extends sphinx-book-theme (templates in theme/templates, one style sheet, one small script),
gives a page with tasks the widget files that its tasks need, and leaves in the built site only
files that some page loads.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.util import logging

from copydesk import stylesheet, webpage
from copydesk.case import read_case
from copydesk.claimreview import as_script, claim_reviews
from copydesk.seeds import find_case

HERE = Path(__file__).parent
THEME = HERE / "theme"
WIDGETS = HERE / "widgets"

# The sheets of the theme and the extensions, in the order of the cascade; * stands for a hash.
SHEETS = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "pygments.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
)
# Ours, in the order of the cascade.
OURS = ("look.css", "shell.css", "article.css", "figures.css", "reader.css")
# Whose lines may be left in the built site: their licences go with them.
NOTICES = ("Sphinx", "pydata-sphinx-theme", "sphinx-book-theme", "sphinx_design", "myst-nb")
# The widget files that every page with a task loads.
SHARED = ("kit.js", "kit.css", "store.js", "host.js")
# Titles and descriptions of the pages that no author writes.
UNWRITTEN = {
    "search": ("Search", "Search every page of the course."),
    "genindex": ("Index", "Where each term of the course is explained."),
    "404": ("No such page", "There is no page at this address."),
}
LATE = 900  # after every other extension's handler (Sphinx's default is 500)

logger = logging.getLogger(__name__)


def widget_files(folder: Path) -> dict[str, Path]:
    """Each file that pages may load, by its path below the site's folder for them.

    A kind of task is a folder that holds <kind>.js, and may hold further modules and sheets.
    """
    shared = [folder / name for name in SHARED]
    kinds = [kind for kind in sorted(folder.iterdir()) if (kind / f"{kind.name}.js").is_file()]
    own = [
        path
        for end in ("js", "css")
        for kind in kinds
        for path in sorted(kind.glob(f"*.{end}"))
        if "." not in path.stem
    ]
    return {p.relative_to(folder).as_posix(): p for p in [*shared, *own] if p.is_file()}


def fingerprint(files: Iterable[Path]) -> str:
    """Ten hex digits that change whenever a file's name or content does."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:10]


def description_of(doctree: nodes.document | None, meta: dict[str, Any] | None) -> str:
    """The page's `description` field, else its first paragraph outside boxes; "" when none."""
    if meta and meta.get("description"):
        return webpage.shorten(str(meta["description"]))
    for paragraph in doctree.findall(nodes.paragraph) if doctree is not None else ():
        if isinstance(paragraph.parent, nodes.section | nodes.container | nodes.document):
            return webpage.shorten(paragraph.astext())
    return ""


# ---- Sphinx events, in the order in which they come ----


def set_up(app: Any, config: Any) -> None:
    """Put our templates before the theme's, and name the folder of the shell's files."""
    config.templates_path.insert(0, str(THEME / "templates"))
    files = [path for path in THEME.rglob("*") if path.is_file()]
    # Any change gives the files a new address, and makes Sphinx write every page anew (see setup).
    files += widget_files(WIDGETS).values()
    config.copydesk_static = f"_static/copydesk-{fingerprint(files)}"


def needed_files(pagename: str, body: str) -> list[str]:
    """The widget files that a page's tasks need; warns of a task of a kind that there is not."""
    known = widget_files(WIDGETS)
    kinds = webpage.task_kinds(body)
    for kind in kinds:
        if f"{kind}/{kind}.js" not in known:
            ours = ", ".join(sorted({name.split("/")[0] for name in known if "/" in name}))
            text = "task of unknown kind %r: known kinds are %s"
            logger.warning(text, kind, ours or "none", location=pagename)
    own = [name for name in known if name.split("/")[0] in kinds]
    wanted = ["kit.js", "kit.css", "store.js", *own, "host.js"]
    return [name for name in wanted if kinds and name in known]


def reviews_of(config: Any, pagename: str, body: str) -> str:
    """The verdicts of the case whose figures the page checks, as ClaimReview, where asked for."""
    case = webpage.case_of_task(body, "figure") if config.copydesk_claimreview else None
    if case is None:
        return ""
    url = f"{config.html_baseurl.rstrip('/')}/{pagename}.html" if config.html_baseurl else ""
    try:
        author = config.copydesk_claimreview_author or config.author
        return as_script(claim_reviews(read_case(find_case(case)), author=author, url=url))
    except ValueError as error:
        text = "copydesk_claimreview: %s (its page's address starts with html_baseurl)"
        logger.warning(text, error, location=pagename)
        return ""


def fill_page(
    app: Any, pagename: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the templates what the page needs, and only that."""
    if app.builder.name != "html":
        return
    config = app.config
    body = webpage.mend_body(context.get("body", ""))
    for cure in webpage.unserved(body):
        logger.warning("%s", cure, location=pagename)
    title = html.unescape(re.sub(r"<[^>]+>", "", context.get("title") or ""))
    title, described = UNWRITTEN.get(
        pagename, (title, description_of(doctree, context.get("meta")))
    )
    if pagename != config.root_doc and title:
        title = f"{title} – {config.html_title}"
    else:
        title = config.html_title
    files = [f"{config.copydesk_static}/{name}" for name in needed_files(pagename, body)]
    source = context.get("sourcename") or ""
    pages = context["toctree"](collapse=True, maxdepth=3, titles_only=True, includehidden=True)
    unwanted_meta = r'<meta name="(?:viewport|generator|description)"[^>]*>\s*'
    context.update(
        body=body,
        metatags=re.sub(unwanted_meta, "", context.get("metatags", ""))
        + reviews_of(config, pagename, body),
        cd_title=html.escape(title),
        cd_description=html.escape(described or config.copydesk_tagline or config.html_title),
        cd_icon=icon(),
        cd_static=config.copydesk_static,
        cd_sheets=[name for name in files if name.endswith(".css")],
        cd_modules=[name for name in files if name.endswith(".js")],
        cd_pages=webpage.page_list(pages or "", context.get("toc") or ""),
        cd_tagline=config.copydesk_tagline,
        cd_methods=config.copydesk_methods,
        cd_download=f"_sources/{source}" if source.endswith(".ipynb") else "",
    )


def icon() -> str:
    """The site's icon as an address that holds the picture: no request for it."""
    svg = (THEME / "favicon.svg").read_text("utf-8").strip()
    return "data:image/svg+xml," + svg.replace("#", "%23").replace('"', "'")


def extra_pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page for an address that does not exist."""
    if app.builder.name == "html":
        yield "404", {"title": UNWRITTEN["404"][0]}, "404.html"


def finish(app: Any, exception: Exception | None) -> None:
    """Write the one style sheet, mend the pages, and sweep out what no page loads."""
    outdir = Path(app.outdir).resolve()
    static = outdir / "_static"
    if exception or app.builder.name != "html" or not (static / "basic.css").exists():
        return  # failed, another format, or nothing was written since the last time
    folder = copy_files(outdir / app.config.copydesk_static)
    write_root(app, outdir)
    pages = {
        path: webpage.tidy(path.read_text("utf-8"))
        for path in sorted(outdir.rglob("*.html"))
        if not path.relative_to(outdir).parts[0].startswith("_")
    }
    version = write_sheet(folder, static, list(pages.values()))
    for path, page in pages.items():
        page = re.sub(r"(/site\.css)\?v=\w*", rf"\1?v={version}", page)
        if path.name == "404.html" and app.config.html_baseurl:
            page = webpage.under(urlsplit(app.config.html_baseurl).path or "/", page)
        path.write_text(page, "utf-8")
    write_licences(static)
    wanted = webpage.loaded(pages.items(), outdir) | own_static(app, static)
    sweep([static, outdir / "_sources"], wanted, kept=[folder, static / "licences.txt"])


def copy_files(folder: Path) -> Path:
    """Put the shell's and the widgets' files into the site; gives the folder back."""
    files = {path.name: path for path in (THEME / "static").glob("*.js")} | widget_files(WIDGETS)
    for name, path in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    return folder


def write_sheet(folder: Path, static: Path, texts: list[str]) -> str:
    """Join and trim the style sheets for these pages; gives the sheet's fingerprint."""
    sheets = [path.read_text("utf-8") for name in SHEETS for path in sorted(static.glob(name))]
    used: set[str] = set().union(*map(stylesheet.names_in_html, texts))
    for script in [*folder.rglob("*.js"), static / "searchtools.js"]:
        used |= stylesheet.names_in_script(script.read_text("utf-8"))
    ours = "\n".join((THEME / "static" / name).read_text("utf-8") for name in OURS)
    reading = texts + [path.read_text("utf-8") for path in folder.rglob("*.css")]
    sheet = folder / "site.css"
    sheet.write_text(stylesheet.join(sheets, ours, used, reading), "utf-8")
    return fingerprint([sheet])


def write_licences(static: Path) -> None:
    """Keep the licence texts of those whose styles and scripts are in the site."""
    parts = []
    for name in NOTICES:
        dist = metadata.distribution(name)
        files = [file for file in dist.files or () if re.match(r"LICEN[CS]E", file.name)]
        texts = [Path(str(dist.locate_file(file))).read_text("utf-8") for file in files]
        parts += [f"{name} {dist.version}\n\n{text}" for text in texts]
    (static / "licences.txt").write_text("\n\n----\n\n".join(parts), "utf-8")


def write_root(app: Any, outdir: Path) -> None:
    """Where the first page is not index.html, put a page there that leads to it."""
    if app.config.root_doc == "index":
        return
    values = {
        "language": app.config.language or "en",
        "title": app.config.html_title,
        "description": app.config.copydesk_tagline or app.config.html_title,
        "target": app.builder.get_target_uri(app.config.root_doc),
        "icon": icon(),
    }
    text = (THEME / "templates" / "redirect.html").read_text("utf-8")
    text = re.sub(r"\{\{ (\w+) \}\}", lambda match: html.escape(values[match.group(1)]), text)
    (outdir / "index.html").write_text(text, "utf-8")


def own_static(app: Any, static: Path) -> set[Path]:
    """The files that the book itself puts into _static: the author's business."""
    confdir = Path(app.confdir).resolve()
    entries = [Path(entry) for entry in app.config.html_static_path]
    # Extensions add their own folders to this setting, by their whole path; those may lie below the
    # book as well, where its virtual environment does.
    ours = [confdir / entry for entry in entries if not entry.is_absolute()]
    return {static / path.relative_to(root) for root in ours for path in root.rglob("*")}


def sweep(areas: Iterable[Path], wanted: set[Path], kept: list[Path]) -> None:
    """Delete from these folders what is neither wanted nor kept, and folders left empty."""
    for area in areas:
        for path in sorted(area.rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in wanted and not any(k in (path, *path.parents) for k in kept):
                path.unlink()


def setup(app: Any) -> dict[str, Any]:
    """Register with Sphinx."""
    for name in ("copydesk_tagline", "copydesk_methods", "copydesk_static"):
        app.add_config_value(name, "", "html")
    # Whether the page that checks a case's figures carries the verdicts as ClaimReview, and who
    # answers for them: by default no, and the book's author.
    app.add_config_value("copydesk_claimreview", False, "html", types=[bool])
    app.add_config_value("copydesk_claimreview_author", "", "html")
    # The themes put their templates first at the default priority; ours must come before them.
    app.connect("config-inited", set_up, priority=LATE)
    app.connect("html-page-context", fill_page, priority=LATE)
    app.connect("html-collect-pages", extra_pages)
    app.connect("build-finished", finish, priority=LATE)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
