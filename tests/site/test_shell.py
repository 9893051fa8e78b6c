"""The shell of the built site: what stands around every text, in a real browser."""

from __future__ import annotations

import gzip
import importlib.util
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, ViewportSize, expect

from copydesk import site, stylesheet

pytestmark = pytest.mark.site

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
MODES = ["light", "dark"]
NewContext = Callable[..., BrowserContext]


def _page(new_context: NewContext, **options: Any) -> Page:
    return new_context(**({"viewport": WIDE} | options)).new_page()


def _ground(page: Page) -> list[int]:
    """Red, green and blue of the page's background, 0 to 255."""
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    return [int(number) for number in re.findall(r"\d+", colour)[:3]]


# ---- every page ----


def test_every_page_says_what_it_is(page: Page, site_url: str, pages: list[str]) -> None:
    titles: dict[str, str] = {}
    for path in pages:
        page.goto(site_url + path)
        assert page.locator("html").get_attribute("lang") == "en", path
        assert page.locator("h1").count() == 1, path
        assert page.locator("meta[name=viewport]").count() == 1, path
        description = page.locator("meta[name=description]").get_attribute("content")
        assert description, path
        assert len(description) <= 160, path
        icon = page.locator("link[rel=icon]").get_attribute("href")
        assert icon, path
        assert icon.startswith("data:image/svg+xml,"), path
        assert page.title() not in titles, f"{path} and {titles.get(page.title())}"
        titles[page.title()] = path


def test_the_icon_is_a_picture(page: Page, site_url: str) -> None:
    page.goto(site_url)
    icon = page.locator("link[rel=icon]").get_attribute("href")
    size = page.evaluate(
        "async src => { const i = new Image(); i.src = src; await i.decode(); return i.width }",
        icon,
    )
    assert size > 0


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_on_any_page(
    new_context: NewContext,
    site_url: str,
    pages: list[str],
    axe: Callable[..., list[str]],
    mode: str,
    size: ViewportSize,
) -> None:
    page = _page(new_context, viewport=size, color_scheme=mode)
    found = {}
    for path in pages:
        page.goto(site_url + path, wait_until="networkidle")
        found[path] = axe(page)
    page.goto(site_url + "search.html?q=words")
    page.locator("#search-results li").first.wait_for()
    found["search results"] = axe(page)
    if size is PHONE:
        page.get_by_role("button", name="Menu").click()
        found["menu"] = axe(page)
    assert not {path: faults for path, faults in found.items() if faults}


def test_no_page_is_wider_than_a_phone(phone: Page, site_url: str, pages: list[str]) -> None:
    for path in pages:
        phone.goto(site_url + path, wait_until="networkidle")
        over = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{path} is {over} px too wide"


def test_the_skip_link_leads_past_the_chrome(page: Page, site_url: str, pages: list[str]) -> None:
    for path in pages:
        page.goto(site_url + path)
        # The search page puts the focus into its field: start from the top.
        page.evaluate("document.activeElement.blur()")
        link = page.get_by_role("link", name="Skip to the text")
        link.focus()
        expect(link).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_the_first_key_reaches_the_skip_link(page: Page, site_url: str) -> None:
    page.goto(site_url + "book/methods.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()


# ---- the menu ----


def test_the_menu_opens_closes_and_gives_the_focus_back(phone: Page, site_url: str) -> None:
    phone.goto(site_url + "book/codes.html")
    button = phone.get_by_role("button", name="Menu", exact=True)
    pages_list = phone.get_by_role("navigation", name="Pages")
    expect(pages_list).to_be_hidden()
    button.focus()
    phone.keyboard.press("Enter")
    expect(pages_list).to_be_visible()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Close menu")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(pages_list).to_be_hidden()
    expect(button).to_be_focused()


def test_focus_does_not_wander_under_the_open_menu(phone: Page, site_url: str) -> None:
    phone.goto(site_url + "book/codes.html")
    phone.get_by_role("button", name="Menu", exact=True).click()
    phone.locator(".shell-mode").focus()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("navigation", name="Pages")).to_be_hidden()


def test_a_link_to_a_section_closes_the_menu(phone: Page, site_url: str) -> None:
    phone.goto(site_url + "book/codes.html")
    phone.get_by_role("button", name="Menu", exact=True).click()
    phone.locator(".shell-sections a").last.click()
    expect(phone.get_by_role("navigation", name="Pages")).to_be_hidden()
    assert urlsplit(phone.url).fragment


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_is_reached_without_scripts(
    new_context: NewContext, site_url: str, size: ViewportSize
) -> None:
    page = _page(new_context, viewport=size, java_script_enabled=False)
    page.goto(site_url + "book/index.html")
    expect(page.locator("main h1")).to_be_visible()
    if size is PHONE:
        page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("navigation", name="Pages").get_by_role("link").last.click()
    expect(page.locator("main h1")).to_be_visible()
    assert not page.url.endswith("index.html")


def test_the_list_names_the_open_page(page: Page, site_url: str) -> None:
    page.goto(site_url + "book/codes.html")
    here = page.locator("[aria-current=page]")
    expect(here).to_have_count(1)
    heading = page.locator("h1").inner_text()
    assert here.inner_text() == heading


# ---- light and dark ----


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_page_follows_the_system(new_context: NewContext, site_url: str, script: bool) -> None:
    light = _page(new_context, color_scheme="light", java_script_enabled=script)
    dark = _page(new_context, color_scheme="dark", java_script_enabled=script)
    for page in (light, dark):
        page.goto(site_url + "book/codes.html")
    assert min(_ground(light)) > 200
    assert max(_ground(dark)) < 50


def test_the_reader_may_choose_and_the_choice_lasts(page: Page, site_url: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site_url + "book/codes.html")
    page.get_by_role("button", name="Dark page").click()
    assert max(_ground(page)) < 50
    page.goto(site_url + "book/methods.html")
    assert max(_ground(page)) < 50
    # Back to what the system says is no choice any more: the page follows the system again.
    page.get_by_role("button", name="Light page").click()
    assert page.evaluate("localStorage.getItem('mode')") is None
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_role("button", name="Light page")).to_be_visible()
    assert max(_ground(page)) < 50


def test_paper_is_light_and_has_the_text_only(new_context: NewContext, site_url: str) -> None:
    page = _page(new_context, color_scheme="dark")
    page.goto(site_url + "book/codes.html")
    page.emulate_media(media="print")
    ink = page.locator("h1").evaluate("h1 => getComputedStyle(h1).color")
    assert max(int(number) for number in re.findall(r"\d+", ink)[:3]) < 60
    expect(page.locator("h1")).to_be_visible()
    for chrome in (".shell-head", ".shell-turn", ".shell-mode"):
        expect(page.locator(chrome)).to_be_hidden()


def test_nothing_moves_by_itself(page: Page, site_url: str, pages: list[str]) -> None:
    for path in pages:
        page.goto(site_url + path)
        assert page.evaluate("document.getAnimations().length") == 0, path


# ---- search ----


def test_search_finds_a_page_and_opens_it(page: Page, site_url: str) -> None:
    page.goto(site_url + "book/methods.html")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("codes")
    page.keyboard.press("Enter")
    found = page.locator("#search-results li", has=page.get_by_role("link", name="The codes"))
    # The words around the find come from the page's own text.
    expect(found.first.locator(".context")).not_to_be_empty()
    found.first.get_by_role("link").click()
    expect(page.locator("h1")).to_be_visible()
    assert urlsplit(page.url).path.endswith("book/codes.html")


def test_the_search_key_opens_the_menu_on_a_phone(phone: Page, site_url: str) -> None:
    phone.goto(site_url + "book/methods.html")
    phone.keyboard.press("Control+k")
    expect(phone.get_by_role("searchbox")).to_be_focused()


# ---- boxes that scroll ----


def test_a_table_is_a_stop_for_the_keyboard_only_where_it_scrolls(
    new_context: NewContext, site_url: str
) -> None:
    narrow = _page(new_context, viewport={"width": 320, "height": 600})
    narrow.goto(site_url + "book/codes.html")
    box = narrow.locator(".pst-scrollable-table-container").first
    expect(box).to_have_attribute("tabindex", "0")
    expect(box).to_have_attribute("aria-label", re.compile("."))
    narrow.set_viewport_size(WIDE)
    expect(box).not_to_have_attribute("tabindex", "0")


# ---- weight ----


def _files(page: Page, url: str) -> dict[str, int]:
    """What a visit brings: each address and its bytes, gzipped as a static host sends them."""
    sizes: dict[str, int] = {}

    def note(response: Any) -> None:
        if response.url.startswith("http") and response.status == 200:
            sizes[response.url] = len(gzip.compress(response.body(), 6))

    page.on("requestfinished", lambda request: note(request.response()))
    page.goto(url, wait_until="networkidle")
    return sizes


def test_a_first_page_is_light_and_a_next_one_lighter(
    new_context: NewContext, site_url: str, pages: list[str]
) -> None:
    for path in pages:
        first = _files(_page(new_context), site_url + "book/index.html")
        assert sum(first.values()) <= 300_000, first
        following = _files(_page(new_context), site_url + path)
        new = {url: size for url, size in following.items() if url not in first}
        # The search index serves every page, and only the search page loads it. The figures page
        # carries 24 claims with their references, the tables behind its tools, and five figures.
        limits = {"search.html": 300_000, "book/03-figures.html": 120_000}
        assert sum(new.values()) <= limits.get(path, 60_000), (path, new)


def test_a_page_loads_widgets_only_for_its_tasks(
    page: Page, site_url: str, pages: list[str]
) -> None:
    for path in pages:
        page.goto(site_url + path)
        kinds = set(
            page.locator("section.copydesk-task").evaluate_all(
                "all => all.map(t => t.dataset.kind)"
            )
        )
        sources = page.locator("script[src], link[rel=modulepreload], link[rel=stylesheet]")
        loads = sources.evaluate_all("all => all.map(e => e.src || e.href)")
        own = [urlsplit(address).path.partition("/_static/copydesk-")[2] for address in loads]
        names = {address.partition("/")[2] for address in own if address}
        known = set(site.widget_files(site.WIDGETS))
        wanted = {name for name in known if "/" not in name and kinds}
        wanted |= {name for name in known if name.partition("/")[0] in kinds}
        assert names & known == wanted, path
        assert page.locator("script[type*=widget-state]").count() == 0, path


def test_only_what_pages_load_stands_in_the_site(site_dir: Path) -> None:
    names = [path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*")]
    unwanted = (
        r"fontawesome|thebe|bootstrap|togglebutton|copybutton|\.map$|\.woff|\.ttf|\.po$|\.mo$"
    )
    assert not [name for name in names if re.search(unwanted, name)]
    folders = {path.name for path in (site_dir / "_static").iterdir() if path.is_dir()}
    assert len(folders) == 1, "a folder of an earlier build is left"
    assert (site_dir / "_static" / "licences.txt").read_text("utf-8").count("Copyright") >= 4


# The sum of the layout shifts so far.
SHIFT = """() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({type: "layout-shift", buffered: true});
  return observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0);
}"""


def test_a_page_without_a_task_does_not_jump(page: Page, site_url: str, pages: list[str]) -> None:
    for path in pages:
        page.goto(site_url + path, wait_until="networkidle")
        if page.locator("section.copydesk-task").count():
            continue
        assert page.evaluate(SHIFT) == 0, path


def test_the_measure_of_jumps_sees_a_jump(page: Page, site_url: str) -> None:
    page.goto(site_url + "book/methods.html", wait_until="networkidle")
    page.evaluate(
        """() => new Promise(done => {
          document.querySelector("h1").insertAdjacentHTML("beforebegin", "<p>one more line</p>");
          requestAnimationFrame(() => requestAnimationFrame(done));
        })"""
    )
    assert page.evaluate(SHIFT) > 0


# ---- the trimmed style sheet ----

# The look of every element, as name and hash; of many alike (words of an article) the first three.
LOOKS = """() => {
  const seen = new Map();
  const name = element => `${element.tagName}.${element.getAttribute("class")}`;
  const looks = [];
  for (const element of document.querySelectorAll("body, body *")) {
    const kind = `${name(element.parentElement)}>${name(element)}`;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    if (seen.get(kind) > 3) continue;
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      let hash = 0;
      for (const property of style) {
        if (property.startsWith("--")) continue;
        const text = property + style.getPropertyValue(property);
        for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
      }
      looks.push(`${kind}${part ?? ""} ${hash}`);
    }
  }
  return looks;
}"""


def _answer(route: Route, *, css: str) -> None:
    route.fulfill(body=css, content_type="text/css")


def _their_sheets() -> list[str]:
    """The large sheets of the theme and the extensions, as they are published."""

    def package(name: str) -> Path:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        return Path(spec.origin).parent

    themes = "theme/{0}/static/styles/{1}.css"
    pst, sbt = package("pydata_sphinx_theme"), package("sphinx_book_theme")
    paths = [
        pst / themes.format("pydata_sphinx_theme", "pydata-sphinx-theme"),
        sbt / themes.format("sphinx_book_theme", "sphinx-book-theme"),
        *package("myst_nb").glob("static/mystnb.css"),
        *package("sphinx_design").rglob("*design*.css"),
    ]
    assert len(paths) >= 4
    return [path.read_text("utf-8") for path in paths]


@pytest.mark.parametrize(
    ("size", "mode"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide-light", "phone-dark"]
)
def test_trimming_the_style_sheet_changes_nothing_that_is_seen(
    new_context: NewContext,
    site_url: str,
    site_dir: Path,
    pages: list[str],
    size: ViewportSize,
    mode: str,
) -> None:
    texts = [(site_dir / path).read_text("utf-8") for path in pages]
    scripts = [path.read_text("utf-8") for path in site_dir.rglob("_static/**/*.js")]
    used = set().union(
        *map(stylesheet.names_in_html, texts), *map(stylesheet.names_in_script, scripts)
    )
    theirs = _their_sheets()
    ours = "\n".join((site.THEME / "static" / name).read_text("utf-8") for name in site.OURS)
    whole = stylesheet.join(theirs, ours, None, texts)
    trimmed = stylesheet.join(theirs, ours, used, texts)
    assert len(trimmed) < len(whole) / 3
    looks: dict[str, list[list[str]]] = {}
    for name, css in (("whole", whole), ("trimmed", trimmed)):
        page = _page(new_context, viewport=size, color_scheme=mode)
        page.route("**/site.css*", partial(_answer, css=css))
        looks[name] = []
        for path in pages:
            page.goto(site_url + path, wait_until="networkidle")
            looks[name].append(page.evaluate(LOOKS))
    for path, before, after in zip(pages, looks["whole"], looks["trimmed"], strict=True):
        changed = [new for old, new in zip(before, after, strict=True) if old != new]
        assert not changed, (path, changed[:5])
