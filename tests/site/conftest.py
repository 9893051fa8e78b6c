"""The built book in a real browser, with guards.

Whatever a page does wrong in silence fails the test that saw it, at its end: a console error or
warning, an uncaught exception, a failed request, an HTTP status of 400 or more, and any request to
another host. `@pytest.mark.allow_console(r"pattern", reason="...")` lets one known message pass.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.build import HTML, ROOT
from tools.outside import NO_BROWSER, find_browser
from tools.serve import serving

BROWSER_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name resolves but our own address, so that a stray request is seen and goes nowhere.
    # (Playwright's routes could block it too, but they switch the browser's cache off.)
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
# These never leave the browser.
LOCAL_SCHEMES = {"about", "blob", "data"}


class Guard:
    """Collects what goes wrong in a browser context; `faults` is what no marker allows."""

    def __init__(self, site_url: str) -> None:
        self.host = urlsplit(site_url).netloc
        self.seen: list[str] = []
        self.allowed: list[re.Pattern[str]] = []

    @property
    def faults(self) -> list[str]:
        """Return what was seen and is not allowed, in order."""
        return [text for text in self.seen if not any(p.search(text) for p in self.allowed)]

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of the context, those included that it opens later."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"uncaught: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning", "assert"}:
            where = message.location
            place = f"{where.get('url')}:{where.get('lineNumber')}"
            self.seen.append(f"console {message.type}: {message.text} ({place})")

    def _request(self, request: Any) -> None:
        url = urlsplit(request.url)
        if url.scheme not in LOCAL_SCHEMES and url.netloc != self.host:
            self.seen.append(f"request to another host: {request.url}")

    def _failed(self, request: Any) -> None:
        # A page that is left, or a download, aborts its requests: that is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"failed request: {request.url} ({request.failure})")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.seen.append(f"HTTP {response.status}: {response.url}")


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """Return the folder of the built book: $SITE_DIR as it is, else a fresh strict build."""
    given = os.environ.get("SITE_DIR")
    if given:
        folder = Path(given).resolve()
        if not (folder / "index.html").is_file():
            pytest.fail(f"SITE_DIR={given} holds no index.html: build the book there, or unset it")
        return folder
    done = subprocess.run(
        [sys.executable, "-m", "tools.build", "--fresh"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(
            f"the book does not build without warnings:\n{done.stdout[-6000:]}", pytrace=False
        )
    return HTML


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """Serve the built book as a static host would; return its base URL, which ends with "/"."""
    with serving(site_dir) as url:
        yield url


@pytest.fixture(scope="session")
def pages(site_dir: Path) -> list[str]:
    """Return every page of the book, relative to `site_url` ("book/02-words.html"), sorted.

    A page that only sends the reader on (the top index.html) is not among them.
    """
    found = []
    for file in site_dir.rglob("*.html"):
        path = file.relative_to(site_dir)
        # _static holds templates of the theme, _sources the downloads: neither are pages.
        if path.parts[0] in {"_static", "_sources"}:
            continue
        if not re.search(r'http-equiv="?refresh', file.read_text(encoding="utf-8")[:2000], re.I):
            found.append(path.as_posix())
    return sorted(found)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all browser tests."""
    path = find_browser()
    if path is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGS)
        yield running
        running.close()


@pytest.fixture
def guard(request: pytest.FixtureRequest, site_url: str) -> Guard:
    """Return the guard that watches every context of this test."""
    watcher = Guard(site_url)
    for marker in request.node.iter_markers("allow_console"):
        if not marker.kwargs.get("reason"):
            pytest.fail("allow_console needs a reason: allow_console(pattern, reason=...)")
        watcher.allowed.append(re.compile(marker.args[0]))
    return watcher


@pytest.fixture
def new_context(browser: Browser, guard: Guard) -> Iterator[Callable[..., BrowserContext]]:
    """Return a maker of guarded contexts, which takes the options of Browser.new_context.

    Without a viewport of their own they are 1280x900. All are closed at the end of the test, which
    then fails if the guard saw a fault in any of them.
    """
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**(DESKTOP | options))
        guard.watch(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    if guard.faults:
        pytest.fail("the browser reported:\n  " + "\n  ".join(guard.faults), pytrace=False)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """Return a page of a fresh context, 1280x900."""
    return new_context().new_page()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """Return a page of a fresh context that is a phone: 390x844, touch."""
    return new_context(**PHONE).new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Return axe(page, context=None): the violations as readable texts, one a node."""
    runner = Axe()

    def run(page: Page, context: Any = None) -> list[str]:
        violations = runner.run(page, context).response["violations"]
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
            f"    at {' '.join(map(str, node['target']))}\n"
            f"    {node['html'][:200]}\n"
            f"    {node.get('failureSummary', '')}".rstrip()
            for rule in violations
            for node in rule["nodes"]
        ]

    return run
