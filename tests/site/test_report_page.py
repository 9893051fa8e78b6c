"""report.html in a real browser: no script ever runs, nothing is asked for, all can read it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from class_kit import C1, K1, TASKS, entry, mark_task, marks, sheet, write, write_five
from playwright.sync_api import Browser, BrowserContext, Page

from copydesk.report import make_report
from tools.serve import serving

ATTACKS = (
    "<script>window.hit=1</script>",
    "</style><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "' autofocus onfocus=window.hit=1 x='",
    "<a href=javascript:window.hit=1>x</a>",
    "<meta http-equiv=refresh content=0;url=https://example.org>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "{{ 7 * 7 }}{% raw %}",
    "${window.hit=1}",
    "\u202egnp.exe",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on a class in which every text that a file can bring is an attack."""
    top = tmp_path_factory.mktemp("hostile")
    answers = write_five(top / "answers")
    for n, attack in enumerate(ATTACKS):
        short = attack[:40]
        mine = [
            entry(marks(K1, C1, dissent={attack: attack, "k1": attack}), saved=attack),
            entry({"trust": 3, "happened": attack, "want": attack}, "first", "impression"),
            entry(marks(K1), case=attack),
            entry(marks(K1), task=attack),
            entry(marks(K1), kind=attack),
            entry({attack: attack}),
            entry(marks(), "b", saved="2026-02-01T00:00:00Z"),
        ]
        write(answers, f"in-{n}.json", sheet(short, *mine))
        write(answers, f"again-{n}.json", sheet(short, entry(marks(K1))))
        write(answers, attack.replace("/", "\u2215") + f"{n}.json", {"schema": attack})
        write(answers, f"bad-{n}.json", sheet(short) | {attack: attack})
    tasks = [*TASKS, mark_task("b")]
    make_report(answers, top / "out", tasks, gain_between=(1, 2), date=ATTACKS[0])
    return top / "out"


class Watch:
    """What a page says, asks for and opens."""

    def __init__(self, context: BrowserContext) -> None:
        self.seen: list[str] = []
        self.requests: list[str] = []
        context.on("console", lambda message: self.seen.append(f"{message.type}: {message.text}"))
        context.on("weberror", lambda error: self.seen.append(f"uncaught: {error.error}"))
        context.on("dialog", lambda dialog: self.seen.append(f"dialog: {dialog.message}"))
        context.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Return a maker of pages with a watch on each."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> tuple[Page, Watch]:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        watch = Watch(context)
        return context.new_page(), watch

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, hostile: Path) -> Iterator[str]:
    """The report as a file and from a server."""
    if request.param == "file":
        yield (hostile / "report.html").as_uri()
    else:
        with serving(hostile) as url:
            yield url + "report.html"


def test_no_text_of_a_file_becomes_script_and_nothing_is_asked_for(
    address: str, opened: Callable[..., tuple[Page, Watch]]
) -> None:
    page, watch = opened()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert watch.requests == [address]
    assert watch.seen == []
    assert page.evaluate("window.hit") is None
    assert page.url == address
    found = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((e) => [
            ...(/^(script|iframe|object|embed|form|input|base|audio|video)$/i.test(e.localName)
                ? [e.localName] : []),
            ...[...e.attributes].filter((a) => /^on/i.test(a.name)
                || /^\\s*javascript:/i.test(a.value)).map((a) => `${e.localName}@${a.name}`)])"""
    )
    assert found == []
    # They are there all the same: as text.
    text = page.inner_text("main")
    for attack in ATTACKS[:6]:
        assert attack[:40] in text


@pytest.fixture
def stranger() -> Iterator[tuple[str, list[str]]]:
    """Another host: its address, and the paths that anybody asked it for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_pages_own_policy_stops_what_might_slip_through(
    hostile: Path,
    stranger: tuple[str, list[str]],
    opened: Callable[..., tuple[Page, Watch]],
    tmp_path: Path,
) -> None:
    """Raw markup, put into a copy of the report as if nothing had escaped it, does nothing."""
    host, asked = stranger
    raw = f"""<script>window.hit=1</script><img src="x" onerror="window.hit=1">
        <img src="{host}/image" alt=""><iframe src="{host}/frame"></iframe>
        <link rel="stylesheet" href="{host}/sheet"><script src="{host}/script"></script>
        <form action="{host}/form"><button id="send">x</button></form>
        <style>@import "{host}/import"; p {{ background: url({host}/background) }}</style>"""
    page_text = (hostile / "report.html").read_text("utf-8")
    policy = re.search('<meta http-equiv="Content-Security-Policy"[^>]*>', page_text)
    assert policy is not None
    slipped = page_text.replace("<main>", "<main>" + raw)
    (tmp_path / "raw.html").write_text(slipped, "utf-8")
    (tmp_path / "bare.html").write_text(slipped.replace(policy[0], ""), "utf-8")
    with serving(tmp_path) as url:
        page, watch = opened()
        page.goto(url + "bare.html")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hit") == 1, "without the policy the script runs"
        wanted = {"/image", "/frame", "/sheet", "/script", "/import", "/background"}
        assert set(asked) == wanted, "without the policy all of it is asked for"
        asked.clear()
        watch.seen.clear()
        page.goto(url + "raw.html")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hit") is None
        with page.expect_console_message(lambda message: "form" in message.text):
            # Not page.click, which waits for the page that the form would lead to.
            page.locator("#send").dispatch_event("click")
        assert page.url == url + "raw.html"
    assert asked == []
    assert sum("Content Security Policy" in text for text in watch.seen) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_read_it(
    width: int,
    scheme: str,
    hostile: Path,
    opened: Callable[..., tuple[Page, Watch]],
    axe: Callable[..., list[str]],
) -> None:
    # axe is itself a script, which the policy would stop: the context lets it through.
    page, _ = opened(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page.goto((hostile / "report.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_whole_with_the_closed_parts_and_without_the_contents(
    hostile: Path, opened: Callable[..., tuple[Page, Watch]]
) -> None:
    page, _ = opened()
    page.goto((hostile / "report.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("details table").first.is_visible()
    shade = page.locator(".article .h5, .article .h4").first
    assert shade.evaluate("(e) => getComputedStyle(e).printColorAdjust") == "exact"
    assert page.pdf().count(b"/Type /Page\n") + page.pdf().count(b"/Type/Page\n") > 2


def test_it_works_with_scripts_switched_off(
    hostile: Path, opened: Callable[..., tuple[Page, Watch]]
) -> None:
    page, watch = opened(java_script_enabled=False)
    page.goto((hostile / "report.html").as_uri())
    page.get_by_text("Reader by reader").first.click()
    assert page.get_by_role("group", name="Reader by reader").first.is_visible()
    assert watch.seen == []
