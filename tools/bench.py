"""Measures what a reader waits for: `python -m tools.bench [PART ...]` (`make bench`).

Parts: answer (open a chapter until its first click is answered), bytes (over the wire), shift (of
the layout), large (marking in an article of 10,000 words), drag (a place on the map of the figures
chapter), build (of the book). All by default. Everything is measured inside the browser, against a
local server that gzips, so the network costs nothing: compare the numbers of two versions on one
machine, not with another's.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from tools.bench_page import large_page
from tools.build import HTML, ROOT
from tools.outside import NO_BROWSER, find_browser
from tools.serve import serving

# What the bench knows of the book and of the mark task.
FIRST_PAGE = "book/02-words.html"
NEXT_PAGE = "book/00-read-it-cold.html"
PLAIN_PAGE = "book/methods.html"
FIGURES_PAGE = "book/03-figures.html"
TASK = "section.copydesk-task"
AWAKE = f"{TASK}[data-awake]"
WORD = f"{TASK} [data-word]"
CODE = f"{TASK} [data-code=EMOTIVE]"
CHECK = f"{TASK} [data-do=check]"
# A claim's number answers a click once the task is awake, which is when it has a state.
CLAIM = f"{TASK} .cd-num[data-state]"
MAP_CLAIM = f"{TASK} .cd-num[data-claim=a2]"
PIN = f"{TASK} .cd-pin"
CODE_KEY = "e"
EDITED_PAGE = "book/02-words.ipynb"

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LARGE_WORDS = 10_000
STEPS = 40  # keys or clicks in the large article, spread over its length

# Clicks the first word as soon as there is one, until something in its task changes by it.
ANSWER = """
(() => {
  let section = null, clicked = false;
  window.bench = {};
  const changes = new MutationObserver(() => {
    if (!clicked || bench.answered) return;
    bench.answered = performance.now();
    changes.disconnect();
  });
  const look = () => {
    const word = document.querySelector(WORD);
    if (word) {
      bench.found ??= performance.now();
      section ??= word.closest(TASK);
      changes.takeRecords();
      changes.observe(section, { attributes: true, childList: true, subtree: true });
      clicked = true;
      word.click();
    }
    if (!bench.answered) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
SHIFT = """
window.bench = { shift: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) bench.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# The browser reports interactions of 16 ms and more, rounded to 8 ms.
EVENTS = """
window.bench = { events: [] };
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (e.interactionId) bench.events.push([e.name, e.duration]);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
# Counts the frames while a place is dragged.
FRAMES = """
window.bench = { frames: 0 };
bench.start = () => requestAnimationFrame(() => { bench.frames += 1; bench.start(); });
"""
PAINTED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def script(body: str, first: str = WORD) -> str:
    """Return an init script with the selectors filled in; `first` is what it clicks, if it does."""
    return f"const WORD = {json.dumps(first)}, TASK = {json.dumps(TASK)};\n{body}"


@contextlib.contextmanager
def opened(browser: Browser, body: str, cpu: int = 1, **options: Any) -> Iterator[Page]:
    """Yield a page with a cold cache, an init script and a slowed processor."""
    context = browser.new_context(**(options or DESKTOP))
    page = context.new_page()
    page.add_init_script(f"{{ {body} }}")
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    yield page
    context.close()


def first_answer(
    browser: Browser, url: str, cpu: int, path: str | None = None, first: str = WORD
) -> dict[str, float]:
    """Milliseconds from the start of the navigation to the first paint, word and answered click.

    `first` is the selector of what is clicked on the page `path`, else on the first page.
    """
    with opened(browser, script(ANSWER, first), cpu) as page:
        page.goto(url + (path or FIRST_PAGE))
        page.wait_for_function("window.bench.answered")
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        return {
            "first paint": page.evaluate(paint),
            "first word is live": page.evaluate("bench.found"),
            "first click answered": page.evaluate("bench.answered"),
        }


def wire(browser: Browser, url: str) -> list[tuple[str, int, int]]:
    """(page, requests, bytes) over the wire for a first page with a cold cache and the next one."""
    context = browser.new_context(**DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    cached: set[str] = set()
    sizes: dict[str, int] = {}

    def response(event: Any) -> None:
        answer = event["response"]
        if answer.get("fromDiskCache") or answer["url"].startswith(("data:", "blob:")):
            cached.add(event["requestId"])

    session.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
    session.on("Network.responseReceived", response)
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    rows = []
    for label, path in (("first page", FIRST_PAGE), ("next page", NEXT_PAGE)):
        sizes.clear()
        cached.clear()
        page.goto(url + path, wait_until="networkidle")
        fetched = {name: size for name, size in sizes.items() if name not in cached}
        rows.append((f"{label} ({path})", len(fetched), sum(fetched.values())))
    context.close()
    return rows


def shift(browser: Browser, url: str, path: str, **options: Any) -> float:
    """Cumulative layout shift of a page, until its tasks are awake and all is loaded."""
    with opened(browser, SHIFT, 4, **options) as page:
        page.goto(url + path, wait_until="networkidle")
        page.wait_for_function(
            "([all, awake]) => document.querySelectorAll(all).length"
            " === document.querySelectorAll(awake).length",
            arg=[TASK, AWAKE],
        )
        page.evaluate(PAINTED)
        value: float = page.evaluate("bench.shift")
        return value


def longest(page: Page) -> float:
    """Milliseconds of the longest interaction since the last call; 0 if all were below 16."""
    for _ in range(3):  # an entry comes after the paint that ends its interaction
        page.evaluate(PAINTED)
    events = page.evaluate("bench.events.splice(0)")
    return max((duration for _, duration in events), default=0.0)


def mark_by_mouse(page: Page) -> None:
    """Click a word and choose a code, at places through the whole article."""
    count = page.locator(WORD).count()
    for step in range(STEPS // 4):
        word = page.locator(WORD).nth(step * count // STEPS * 4)
        word.scroll_into_view_if_needed()
        word.click()
        page.locator(CODE).click()


def mark_by_keyboard(page: Page) -> None:
    """Walk word by word, extend, and set codes by their letter."""
    count = page.locator(WORD).count()
    page.locator(WORD).nth(count // 2).focus()
    for step in range(STEPS):
        page.keyboard.press("ArrowRight")
        if step % 4 == 0:
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Shift+ArrowRight")
            page.keyboard.press(CODE_KEY)
            page.keyboard.press("ArrowRight")


def check(page: Page) -> None:
    """Ask for the feedback on everything that is marked."""
    page.locator(CHECK).click()


def large(browser: Browser, url: str, cpu: int) -> dict[str, float]:
    """Milliseconds of the longest interaction in the large article, by kind."""
    with opened(browser, EVENTS, cpu) as page:
        page.goto(url + "large.html")
        page.wait_for_selector(AWAKE)
        ways: dict[str, Callable[[Page], None]] = {
            "marking by mouse": mark_by_mouse,
            "marking by keyboard": mark_by_keyboard,
            "asking for feedback": check,
        }
        found = {}
        longest(page)
        for name, way in ways.items():
            way(page)
            found[name] = longest(page)
        if not page.locator(f'{TASK} [data-word][aria-pressed="true"]').count():
            raise RuntimeError("the large article has no marked word: the bench marked nothing")
        return found


def drag(browser: Browser, url: str, cpu: int) -> dict[str, float]:
    """Milliseconds of the page's own work while a place is dragged over the figures chapter's map.

    Counted in the time of the page's thread, which another program's work does not lengthen.
    """
    with opened(browser, FRAMES, cpu) as page:
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})

        def worked() -> float:
            metrics = session.send("Performance.getMetrics")["metrics"]
            return 1000 * next(float(m["value"]) for m in metrics if m["name"] == "TaskDuration")

        page.goto(url + FIGURES_PAGE)
        page.wait_for_selector(AWAKE)
        page.locator(MAP_CLAIM).click()
        pin = page.locator(PIN).first
        pin.scroll_into_view_if_needed()
        box = pin.bounding_box()
        if box is None:
            raise RuntimeError("the map has no place to drag: the bench dragged nothing")
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate("bench.start()")
        before, steps = worked(), STEPS * 3
        for step in range(steps):
            page.mouse.move(x - step, y + step % 20)
        work, frames = worked() - before, page.evaluate("bench.frames")
        page.mouse.up()
        moved = pin.bounding_box()
        if moved is None or moved["x"] > box["x"] - STEPS:
            raise RuntimeError("the place did not follow: the bench dragged nothing")
        return {"work a frame": work / frames, "work a move": work / steps}


def builds() -> dict[str, float]:
    """Seconds of a build with nothing, of one with no change, and of one with a changed page."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        for name in filter(None, files.split("\0")):
            if (ROOT / name).is_file():
                (top / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, top / name)

        def build() -> float:
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "tools.build", "--quiet"],
                cwd=top,
                env=os.environ | {"PYTHONPATH": folder},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            return time.perf_counter() - start

        found = {"cold": build(), "nothing changed": build()}
        page = top / EDITED_PAGE
        notebook = json.loads(page.read_text("utf-8"))
        texts = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        texts[-1]["source"] = [*texts[-1]["source"], "\n\nOne more sentence."]
        page.write_text(json.dumps(notebook), "utf-8")
        found["text of one page changed"] = build()
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        code[0]["source"] = ["1 + 1;\n", *code[0]["source"]]
        page.write_text(json.dumps(notebook), "utf-8")
        found["code of one page changed"] = build()
    return found


def main() -> int:
    """Measure the parts named on the command line and print a table."""
    parts = ("answer", "bytes", "shift", "large", "drag", "build")
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of: {', '.join(parts)}")
    parser.add_argument("--runs", type=int, default=5, help="how many runs a median is taken of")
    wanted = parser.parse_args()
    unknown = set(wanted.parts) - set(parts)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    chosen = wanted.parts or parts
    table = Table("what", "value", "spread", title=f"medians of {wanted.runs} runs")

    def row(name: str, values: list[float], unit: str, digits: int = 0) -> float:
        middle = median(values)
        low, high = min(values), max(values)
        spread = f"{low:.{digits}f} to {high:.{digits}f}" if len(values) > 1 else ""
        table.add_row(name, f"{middle:,.{digits}f} {unit}", spread)
        return middle

    path = find_browser()
    if path is None:
        print(NO_BROWSER, file=sys.stderr)
        return 1
    site = Path(os.environ.get("SITE_DIR", HTML))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        with tempfile.TemporaryDirectory() as folder, serving(site) as url:
            for cpu in (1, 4) if "answer" in chosen else ():
                # In turns, so that a busy moment of the machine meets both.
                pairs = [
                    (
                        first_answer(browser, url, cpu),
                        first_answer(browser, url, cpu, FIGURES_PAGE, CLAIM),
                    )
                    for _ in range(wanted.runs)
                ]
                middles = {
                    n: row(f"{n}, {cpu}x CPU", [one[n] for one, _ in pairs], "ms")
                    for n in pairs[0][0]
                }
                name = "first click answered"
                ratio = middles[name] / middles["first paint"]
                table.add_row("  answered : painted", f"{ratio:.2f}", "")
                figures = row(f"{name}, figures, {cpu}x CPU", [r[name] for _, r in pairs], "ms")
                table.add_row("  figures : words", f"{figures / middles[name]:.2f}", "")
            for cpu in (1, 4) if "drag" in chosen else ():
                dragged = [drag(browser, url, cpu) for _ in range(wanted.runs)]
                for name in dragged[0]:
                    row(f"drag on the map, {name}, {cpu}x CPU", [r[name] for r in dragged], "ms", 1)
            if "bytes" in chosen:
                for name, requests, size in wire(browser, url):
                    table.add_row(name, f"{size:,} bytes", f"{requests} requests")
            if "shift" in chosen:
                for page in (FIRST_PAGE, NEXT_PAGE, PLAIN_PAGE, FIGURES_PAGE):
                    for name, options in (("desktop", DESKTOP), ("phone", PHONE)):
                        values = [shift(browser, url, page, **options) for _ in range(wanted.runs)]
                        row(f"layout shift, {page}, {name}", values, "", 4)
            if "large" in chosen:
                large_page(Path(folder), LARGE_WORDS)
                with serving(Path(folder)) as large_url:
                    for cpu in (1, 4):
                        runs = [large(browser, large_url, cpu) for _ in range(wanted.runs)]
                        for name in runs[0]:
                            title = f"{LARGE_WORDS:,} words, longest {name}, {cpu}x CPU"
                            row(title, [r[name] for r in runs], "ms (0: below 16)")
        browser.close()
    if "build" in chosen:
        for name, seconds in builds().items():
            table.add_row(f"build, {name}", f"{seconds:.1f} s", "1 run")
    Console(width=None if sys.stdout.isatty() else 110).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
