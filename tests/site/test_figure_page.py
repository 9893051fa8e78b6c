"""The figure task on the built page, and on a page of its own with a small invented article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from copydesk import open_case
from copydesk.answers import check_entry, read_answer, read_sheet
from copydesk.model import FigureTask
from copydesk.scoring import score
from copydesk.widgets import module_text, style_text, task_html
from tests.site.conftest import PHONE
from tests.site.figure_page import invented_task, write_page
from tools.serve import serving

CHAPTER = "book/03-figures.html"
AWAKE = "section.copydesk-task[data-awake]"
PANEL = ".cd-panel-of"
SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def task() -> FigureTask:
    found = open_case("ain-al-asad-2023").task("figures").source
    assert isinstance(found, FigureTask)
    return found


@pytest.fixture
def chapter(page: Page, site_url: str) -> Page:
    page.goto(site_url + CHAPTER)
    page.wait_for_selector(AWAKE)
    return page


@pytest.fixture(scope="module")
def ferry_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page of the invented task; return its address."""
    folder = tmp_path_factory.mktemp("figure")
    write_page(folder)
    with serving(folder) as url:
        yield url + "figure.html"


@pytest.fixture
def ferry(new_context: Callable[..., BrowserContext], guard: Any, ferry_url: str) -> Page:
    """Return the page of the invented task: its four claims are way, miles, votes and riders."""
    guard.host = ferry_url.split("/")[2]
    page = new_context().new_page()
    page.goto(ferry_url)
    page.wait_for_selector(AWAKE)
    return page


def open_claim(page: Page, claim: str) -> Any:
    """Open a claim by its number in the text, if it is not open; return its panel."""
    number = page.locator(f".cd-num[data-claim={claim}]")
    if number.get_attribute("aria-expanded") != "true":
        number.click()
    panel = page.locator(f"{PANEL}[data-claim={claim}]")
    expect(panel).to_be_visible()
    return panel


def answer(panel: Any, verdict: str, reason: str | None = None, own: str = "") -> None:
    """Give a verdict and a reason, by id or in own words, and compare."""
    panel.locator(f".cd-radios >> nth=0 >> input[value={verdict}]").check()
    reasons = panel.locator(".cd-radios >> nth=1")
    if reason:
        reasons.locator(f'input[value="{reason}"]').check()
    else:
        reasons.locator('input[value=""]').check()
        panel.locator(".cd-own").last.locator("textarea").fill(own)
    panel.locator("[data-do=compare]").click()
    expect(panel.locator(".cd-standing")).to_be_visible()


def stored(page: Page) -> dict[str, Any]:
    """Return the claims of the answer that the browser has stored."""
    text = page.evaluate(
        "Object.entries(localStorage).find(([key]) => /figures$/.test(key))?.[1] ?? 'null'"
    )
    kept = json.loads(text)
    return {} if kept is None else kept["answer"]["claims"]


def focused(page: Page) -> str:
    """Return the data-claim, or else the class, of what has the focus."""
    found: str = page.evaluate(
        "document.activeElement.dataset.claim ?? document.activeElement.className"
    )
    return found


# --- the page ------------------------------------------------------------------------------------


# Chromium reports the announced modules, which it may not run, as failed requests.
SCRIPT_OFF = pytest.mark.allow_console(r"\.js \(csp\)$", reason="this page has its script off")


@SCRIPT_OFF
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_when_the_task_wakes(
    options: dict[str, Any], new_context: Callable[..., BrowserContext], site_url: str
) -> None:
    page = new_context(**options).new_page()
    page.add_init_script(SHIFT)
    page.goto(site_url + CHAPTER)
    page.wait_for_selector(AWAKE)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shift") == 0
    asleep = new_context(**options, java_script_enabled=False).new_page()
    asleep.goto(site_url + CHAPTER)
    for part in (".cd-root .cd-article", ".cd-list .cd-claims"):
        live, still = page.locator(part), asleep.locator(part)
        assert live.bounding_box() == pytest.approx(still.bounding_box(), abs=0.01), part
        assert live.inner_text() == still.inner_text(), part


@SCRIPT_OFF
def test_without_a_script_the_article_and_the_claims_can_be_read(
    new_context: Callable[..., BrowserContext], site_url: str, task: FigureTask
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url + CHAPTER)
    root = page.locator(".cd-root")
    for claim in task.claims:
        expect(root.get_by_text(claim.topic, exact=True)).to_be_visible()
    assert root.locator(".cd-num").count() == 24
    assert root.locator("button:visible").count() == 0


def test_the_text_stays_the_article_s_own(chapter: Page, task: FigureTask) -> None:
    text = chapter.evaluate(
        """() => [...document.querySelectorAll('.cd-root .cd-line')].map((line) => {
          const copy = line.cloneNode(true);
          for (const number of copy.querySelectorAll('.cd-num')) number.remove();
          return copy.textContent;
        })"""
    )
    assert text == ["".join(line) for line in task.lines]


def test_every_claim_can_be_opened_answered_and_compared(
    chapter: Page, task: FigureTask, tmp_path: Path
) -> None:
    shown: dict[str, str] = {}
    wanted = ("key", "key", "defensible", "off", "overconfident")
    for n, claim in enumerate(sorted(task.claims, key=lambda c: (c.first, -c.last))):
        panel = open_claim(chapter, claim.id)
        expect(panel.locator("h3")).to_have_text(claim.topic)
        expect(chapter.locator(".cd-said-here.now").first).to_be_visible()
        # In turns: the key's verdict with a right and a wrong reason, and the other stances.
        fits = [v.verdict for v in claim.verdicts if v.stance == wanted[n % 5]]
        reason = min(claim.reasons, key=lambda r: r.right != (n % 5 == 0))
        answer(panel, fits[0] if fits else claim.verdict, reason.id)
        shown[claim.id] = panel.locator(".cd-standing").get_attribute("data-standing") or ""
        assert panel.locator(".cd-ref").count() == len(claim.references)
        expect(panel).to_contain_text(claim.explanation)
        expect(panel).to_contain_text(claim.knowable_words)
        if claim.good:
            expect(panel).to_contain_text(claim.good)
        if n < 23:
            panel.locator("[data-do=following]").click()
        else:
            expect(panel.locator("[data-do=following]")).to_be_hidden()
    chapter.keyboard.press("Escape")
    expect(chapter.locator(".cd-progress")).to_have_text("24 of 24 with a verdict, 24 compared")
    expect(chapter.locator("[data-do=next]")).to_be_disabled()
    with chapter.expect_download() as download:
        chapter.locator("[data-do=export]").click()
    path = tmp_path / "sheet.json"
    download.value.save_as(path)
    (entry,) = read_sheet(path.read_text("utf-8")).answers
    check_entry(task, entry)
    scored: Any = score(task, read_answer(task, entry.answer))
    found = {
        o.claim: o.stance if o.stance != "key" else "key-right" if o.right_reason else "key-other"
        for o in scored.outcomes
    }
    assert found == shown
    assert set(found.values()) == {"key-right", "key-other", "defensible", "off", "overconfident"}
    numbers = [int(text) for text in chapter.locator(".cd-sum > ul > li b").all_inner_texts()]
    assert numbers == [
        scored.right_reason,
        scored.key - scored.right_reason,
        scored.defensible,
        scored.off,
        scored.overconfident,
    ]
    holds = sum(claim.verdict == "holds" for claim in task.claims)
    expect(chapter.locator(".cd-sum")).to_contain_text(
        f"By the key, {holds} of them hold as they stand"
    )


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(
    width: int,
    scheme: Any,
    new_context: Callable[..., BrowserContext],
    site_url: str,
    axe: Callable[..., list[str]],
    task: FigureTask,
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(site_url + CHAPTER)
    page.wait_for_selector(AWAKE)
    assert axe(page) == []
    # One claim for each kind of tool.
    seen: dict[str, str] = {}
    for claim in task.claims:
        for tool in claim.tools:
            seen.setdefault(tool.kind, claim.id)
    for claim_id in dict.fromkeys(seen.values()):
        panel = open_claim(page, claim_id)
        for behind in panel.locator("details:not([open]) > summary").all():
            behind.click()
        assert axe(page, [".copydesk-task"]) == [], claim_id
    panel = open_claim(page, "a2")
    answer(panel, "holds", own="It depends.")
    assert axe(page, [".copydesk-task"]) == []


def test_a_phone_shows_the_panel_below_its_line_and_nothing_is_too_wide(
    phone: Page, site_url: str, task: FigureTask
) -> None:
    phone.goto(site_url + CHAPTER)
    phone.wait_for_selector(AWAKE)
    for claim in ("a2", "g1", "e1", "c1", "d1", "a1"):
        phone.locator(f".cd-num[data-claim={claim}]").tap()
        panel = phone.locator(f"{PANEL}[data-claim={claim}]")
        expect(panel).to_be_in_viewport()
        line = panel.locator("xpath=preceding-sibling::*[1]")
        expect(line.locator(f".cd-num[data-claim={claim}]")).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, claim


def test_print_shows_the_article_the_claims_and_the_open_panel(chapter: Page) -> None:
    panel = open_claim(chapter, "a2")
    answer(panel, "imprecise", own="By my map it is farther.")
    chapter.emulate_media(media="print")
    expect(chapter.locator(".cd-root .cd-line").first).to_be_visible()
    expect(panel).to_be_visible()
    assert panel.evaluate("node => node.scrollHeight - node.clientHeight") <= 1
    for hidden in (".cd-tool", "[data-do=close]"):
        expect(panel.locator(hidden).first).to_be_hidden()
    expect(panel).to_contain_text("The references")


# --- answers that stay ---------------------------------------------------------------------------


def test_answers_an_own_reason_and_a_note_outlive_a_reload(ferry: Page) -> None:
    panel = open_claim(ferry, "way")
    panel.get_by_label("Your notes").fill("Measured twice.")
    answer(panel, "fails", own="It is 58 km by my map.")
    panel.locator("input[value=caveat]").check()
    expect(panel.locator(".cd-standing")).to_have_attribute("data-standing", "defensible")
    expect(panel).to_contain_text("before you saw the references: Does not hold.")
    kept = stored(ferry)["way"]
    assert kept == {
        "verdict": "caveat",
        "reason": None,
        "own_reason": "It is 58 km by my map.",
        "note": "Measured twice.",
        "first": "fails",
        "first_reason": None,
    }
    ferry.reload()
    ferry.wait_for_selector(AWAKE)
    row = ferry.locator(".cd-go").first
    expect(row).to_have_attribute("data-state", "compared")
    panel = open_claim(ferry, "way")
    expect(panel.locator("input[value=caveat]")).to_be_checked()
    expect(panel.get_by_label("Your own reason")).to_have_value("It is 58 km by my map.")
    expect(panel.get_by_label("Your notes")).to_have_value("Measured twice.")
    expect(panel.locator(".cd-standing")).to_have_attribute("data-standing", "defensible")
    assert stored(ferry)["way"] == kept


def test_comparing_needs_a_verdict_and_a_reason(ferry: Page) -> None:
    panel = open_claim(ferry, "miles")
    compare = panel.locator("[data-do=compare]")
    compare.click()
    expect(panel.get_by_role("alert")).to_have_text("Give a verdict first.")
    expect(panel.locator("input[value=holds]")).to_be_focused()
    ferry.keyboard.press("Space")
    compare.click()
    expect(panel.get_by_role("alert")).to_have_text("Pick a reason first, or write your own.")
    expect(panel.locator(".cd-standing")).to_have_count(0)
    assert stored(ferry)["miles"]["first"] is None


@pytest.mark.parametrize(
    ("claim", "verdict", "reason", "standing", "words"),
    [
        ("miles", "holds", "miles-sum", "key-right", "for a reason that carries it"),
        ("miles", "holds", "miles-trust", "key-other", "the key gives another reason"),
        ("miles", "holds", None, "key-other", "a reason of your own"),
        ("way", "caveat", "way-sum", "defensible", "can be defended"),
        ("votes", "holds", "votes-sum", "off", "speak against this verdict"),
        ("riders", "fails", "riders-sum", "overconfident", "Too sure"),
    ],
)
def test_how_a_verdict_stands(
    ferry: Page, claim: str, verdict: str, reason: str | None, standing: str, words: str
) -> None:
    panel = open_claim(ferry, claim)
    answer(panel, verdict, reason, own="" if reason else "I asked.")
    said = panel.locator(".cd-standing")
    expect(said).to_have_attribute("data-standing", standing)
    expect(said).to_contain_text(words)
    note = f"What the key says to a reader who answers “{verdict}”."
    if not standing.startswith("key"):
        expect(panel).to_contain_text(note)
    expect(ferry.locator(".cd-voice")).to_contain_text(words)
    expect(panel.locator(".cd-result-area")).to_be_focused()


def test_a_second_tab_shows_what_the_first_one_does(ferry: Page) -> None:
    other = ferry.context.new_page()
    other.goto(ferry.url)
    other.wait_for_selector(AWAKE)
    second = open_claim(other, "votes")
    answer(open_claim(ferry, "votes"), "fails", "votes-sum")
    expect(second.locator(".cd-standing")).to_have_attribute("data-standing", "key-right")
    expect(other.locator(".cd-num[data-claim=votes]")).to_have_attribute("data-state", "compared")
    expect(other.locator(".cd-sum > ul > li b").first).to_have_text("1")


def test_references_are_links_that_load_nothing_by_themselves(ferry: Page) -> None:
    panel = open_claim(ferry, "way")
    answer(panel, "imprecise", "way-sum")
    link = panel.locator(".cd-ref a")
    expect(link).to_have_count(1)
    assert set((link.get_attribute("rel") or "").split()) >= {"noopener", "noreferrer"}
    for words in (
        "How strong: weak",
        "carries the text of Estby News Agency",
        "written from memory",
        "read in a third party’s copy",
        "published after the article",
        "computed for this course",
    ):
        expect(panel).to_contain_text(words)


# --- by keyboard ---------------------------------------------------------------------------------


def test_a_claim_opens_by_enter_closes_by_escape_and_gives_the_focus_back(ferry: Page) -> None:
    ferry.locator(".cd-num[data-claim=votes]").focus()
    ferry.keyboard.press("Enter")
    expect(ferry.locator(f"{PANEL} h3")).to_be_focused()
    expect(ferry.locator(".cd-num[data-claim=votes]")).to_have_attribute("aria-expanded", "true")
    ferry.keyboard.press("Escape")
    expect(ferry.locator(PANEL)).to_have_count(0)
    assert focused(ferry) == "votes"
    row = ferry.locator(".cd-go").nth(1)
    row.focus()
    ferry.keyboard.press("Enter")
    expect(ferry.locator(f"{PANEL} h3")).to_have_text("The sum of units")
    ferry.locator("[data-do=close]").click()
    expect(row).to_be_focused()


def test_the_whole_flow_goes_by_keyboard_alone(ferry: Page) -> None:
    ferry.locator("[data-do=next]").focus()
    ferry.keyboard.press("Enter")
    panel = ferry.locator(PANEL)
    panel.locator("input[value=holds]").focus()
    ferry.keyboard.press("ArrowDown")
    ferry.keyboard.press("ArrowDown")
    expect(panel.locator("input[value=imprecise]")).to_be_checked()
    ferry.keyboard.press("Tab")
    ferry.keyboard.press("Space")
    expect(panel.locator("input[value=way-sum]")).to_be_checked()
    ferry.keyboard.press("Tab")
    ferry.keyboard.press("Enter")
    expect(panel.locator(".cd-standing")).to_have_attribute("data-standing", "key-right")
    panel.locator("[data-do=following]").focus()
    ferry.keyboard.press("Enter")
    expect(ferry.locator(f"{PANEL} h3")).to_have_text("The sum of units")


def test_a_tap_on_the_text_opens_the_shortest_claim_there_and_then_the_other(ferry: Page) -> None:
    inner = ferry.locator(".cd-said-here.twice").first
    inner.click()
    expect(ferry.locator(f"{PANEL} h3")).to_have_text("The sum of units")
    inner.click()
    expect(ferry.locator(f"{PANEL} h3")).to_have_text("The way to the capital")


# --- the tools -----------------------------------------------------------------------------------


def result(panel: Any, kind: str, nth: int = 0) -> Any:
    """Return a tool's line of result."""
    return panel.locator(f"[data-tool={kind}] .cd-result").nth(nth)


def test_the_converter_goes_both_ways(ferry: Page) -> None:
    panel = open_claim(ferry, "miles")
    expect(result(panel, "convert")).to_have_text("50 km is 31.07 miles, or 50,000 m.")
    rows = panel.locator(".cd-sums tbody tr")
    expect(rows.nth(1)).to_have_text("miles31.0730")
    panel.get_by_label("Length").fill("100")
    panel.get_by_label("Unit").select_option("mi")
    expect(result(panel, "convert")).to_have_text("100 miles is 160.93 km, or 160,934.4 m.")
    expect(rows.first).to_have_text("kilometres160.93160")
    panel.get_by_label("Length").fill("1,5")
    expect(result(panel, "convert")).to_contain_text("Type a number")
    expect(panel.get_by_label("Length")).to_have_attribute("aria-invalid", "true")


def test_a_place_is_moved_by_arrow_keys_and_by_numbers(ferry: Page) -> None:
    panel = open_claim(ferry, "way")
    tool = panel.locator("[data-tool=distance]")
    expect(result(panel, "distance")).to_have_text(
        "From A to B: 58.6 km, or 36.4 miles, in a straight line."
    )
    pin = tool.locator(".cd-pin").nth(1)
    pin.focus()
    ferry.keyboard.press("ArrowLeft")
    ferry.keyboard.press("ArrowUp")
    lat = tool.get_by_label("Latitude", exact=True).nth(1)
    lon = tool.get_by_label("Longitude", exact=True).nth(1)
    expect(lat).to_have_value("55.11")
    expect(lon).to_have_value("10.89")
    ferry.keyboard.press("Shift+ArrowLeft")
    expect(lon).to_have_value("10.79")
    expect(ferry.locator(".cd-voice")).to_contain_text("From A to B:")
    expect(pin).to_have_attribute(
        "aria-label", "B: a place of your own, 55.11 degrees north, 10.79 degrees east"
    )
    lat.fill("55")
    lon.fill("10")
    expect(result(panel, "distance")).to_contain_text("From A to B: 0 km")
    lat.fill("95")
    expect(result(panel, "distance")).to_have_text("Type decimal degrees, from -90 to 90.")
    tool.get_by_label("A known place").nth(1).select_option("norwick")
    expect(result(panel, "distance")).to_contain_text("58.6 km")
    expect(lat).to_have_value("55.1")


@pytest.mark.parametrize("way", ["mouse", "touch"])
def test_a_place_is_dragged(
    way: str,
    new_context: Callable[..., BrowserContext],
    guard: Any,
    ferry_url: str,
) -> None:
    guard.host = ferry_url.split("/")[2]
    page = new_context(**(PHONE if way == "touch" else {})).new_page()
    page.goto(ferry_url)
    page.wait_for_selector(AWAKE)
    panel = open_claim(page, "way")
    pin = panel.locator(".cd-pin").first
    pin.scroll_into_view_if_needed()
    box = pin.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if way == "mouse":
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 20, steps=6)
        page.mouse.up()
    else:
        session = page.context.new_cdp_session(page)
        for kind, dx, dy in (("touchStart", 0, 0), ("touchMove", 30, 10), ("touchMove", 60, 20)):
            points = [{"x": x + dx, "y": y + dy}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(panel.locator(".cd-result").first).not_to_contain_text("58.6 km")
    moved = pin.bounding_box()
    assert moved
    # A place snaps to hundredths of a degree, which are up to 4 pixels on this map.
    assert moved["x"] - box["x"] == pytest.approx(60, abs=2.5)
    assert moved["y"] - box["y"] == pytest.approx(20, abs=2.5)
    # The name follows in the frame after the place is let go.
    expect(panel.get_by_label("A known place").first).to_have_value("")


def test_the_calendar_by_keyboard_and_by_pointer(ferry: Page) -> None:
    panel = open_claim(ferry, "votes")
    panel.locator("[data-tool=calendar] > summary").click()
    tool = panel.locator("[data-tool=calendar]")
    says = tool.locator("output")
    expect(says).to_have_text(
        "15 March 2023 is a Wednesday. The last Wednesday before it: 8 March 2023."
    )
    expect(tool.locator(".cd-within")).to_have_count(15)
    chosen = tool.locator("[aria-pressed=true]")
    chosen.focus()
    ferry.keyboard.press("ArrowRight")
    expect(tool.locator("[data-day='2023-03-16']")).to_be_focused()
    ferry.keyboard.press("ArrowDown")
    ferry.keyboard.press("ArrowDown")
    ferry.keyboard.press("ArrowDown")
    expect(says).to_contain_text("6 April 2023 is a Thursday.")
    ferry.keyboard.press("PageUp")
    expect(tool.locator("[data-day='2023-03-06']")).to_be_focused()
    tool.locator("[data-day='2023-03-01']").click()
    expect(says).to_contain_text("The last Wednesday before it: 22 February 2023.")
    tool.locator("[data-turn='-1']").click()
    expect(tool.locator("caption")).to_have_text("February 2023")
    tool.get_by_label("Look back").select_option("Friday")
    expect(says).to_contain_text("The last Friday before it: 27 January 2023.")


def test_shares_and_rounding(ferry: Page) -> None:
    panel = open_claim(ferry, "riders")
    panel.locator("[data-tool=share] > summary").click()
    says = "126 of 420 is 30 %, rounded 30 %. The rest is 294."
    expect(result(panel, "share")).to_have_text(says)
    tool = panel.locator("[data-tool=share]")
    tool.get_by_label("Part").fill("4,650")
    expect(result(panel, "share")).to_contain_text("The part is more than the whole")
    tool.get_by_label("Whole").fill("11,320")
    expect(result(panel, "share")).to_contain_text("41.08 %, rounded 41 %. The rest is 6,670.")
    tool.get_by_label("Whole").fill("0")
    expect(result(panel, "share")).to_contain_text("The whole is 0")
    tool.get_by_label("Number to round").fill("186.2")
    expect(result(panel, "share", 1)).to_have_text("186.2, rounded to the nearest 10, is 190.")
    tool.get_by_label("To the nearest").select_option("100")
    expect(result(panel, "share", 1)).to_contain_text("is 200.")


def test_a_value_is_read_off_the_series(ferry: Page) -> None:
    panel = open_claim(ferry, "riders")
    tool = panel.locator("[data-tool=series]")
    slider = tool.get_by_label("Day to read")
    expect(result(panel, "series")).to_have_text("1 February 2023. Passengers: 310")
    slider.focus()
    for _ in range(3):
        ferry.keyboard.press("ArrowRight")
    expect(result(panel, "series")).to_have_text("22 February 2023. Passengers: 405")
    expect(tool).to_contain_text("Who counted: Town hall")
    said = slider.get_attribute("aria-valuetext") or ""
    assert said.startswith("22 February 2023. Passengers: 405. Who counted: Town hall")
    chart = tool.locator(".cd-chart")
    box = chart.bounding_box()
    assert box
    chart.click(position={"x": box["width"] - 14, "y": box["height"] / 2})
    expect(result(panel, "series")).to_contain_text("1 March 2023")
    tool.get_by_label("Which numbers").select_option("2")
    expect(result(panel, "series")).to_have_text("1 February 2023. Children: 90")
    expect(tool.locator(".cd-legend li")).to_have_text(["Harbour office", "Town hall"])
    tool.locator(".cd-behind > summary").click()
    expect(tool.locator("tbody tr")).to_have_count(5)
    expect(tool.locator("tbody tr.cd-break")).to_have_count(1)


def test_the_votes_are_sorted_and_filtered(ferry: Page) -> None:
    panel = open_claim(ferry, "votes")
    tool = panel.locator("[data-tool=votes]")
    heads = tool.locator("thead th")
    firsts = tool.locator("tbody th")
    by_votes = tool.get_by_role("button", name="For")
    by_votes.focus()
    ferry.keyboard.press("Enter")
    expect(heads.nth(2)).to_have_attribute("aria-sort", "ascending")
    expect(firsts).to_have_text(["1 March 2023", "15 March 2023", "8 March 2023"])
    by_votes.click()
    expect(heads.nth(2)).to_have_attribute("aria-sort", "descending")
    expect(firsts).to_have_text(["8 March 2023", "15 March 2023", "1 March 2023"])
    tool.get_by_label("Passed").select_option("yes")
    expect(tool.locator("output")).to_have_text("2 of 3 rows shown")
    tool.get_by_label("Find a text").fill("lease")
    expect(firsts).to_have_text(["15 March 2023"])
    assert heads.nth(0).get_attribute("aria-sort") == "none"


# --- in a notebook -------------------------------------------------------------------------------


def test_as_one_text_for_a_notebook_the_widget_works_as_well(ferry: Page, tmp_path: Path) -> None:
    """Anywidget gets the module as one text; here it runs without any other file."""
    page = ferry.context.new_page()
    page.goto(ferry.url)
    task = json.loads(invented_task().model_dump_json(by_alias=True))
    page.add_style_tag(content=style_text("figure"))
    page.evaluate(
        """async ([text, task]) => {
          document.body.replaceChildren(document.createElement('main'));
          const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
          const { default: widget } = await import(url);
          const data = { task, answer: {} };
          window.data = data;
          widget.render({
            model: {
              get: (name) => data[name],
              set: (name, value) => { data[name] = value; },
              save_changes() {}, on() {}, off() {},
            },
            el: document.querySelector('main'),
          });
        }""",
        [module_text("figure"), task],
    )
    answer(open_claim(page, "way"), "imprecise", "way-sum")
    assert page.evaluate("data.answer.claims.way.first") == "imprecise"


def test_the_task_as_html_numbers_the_claims_as_the_widget_does(ferry: Page) -> None:
    live = ferry.locator(".cd-root .cd-line").all_inner_texts()
    page = ferry.context.new_page()
    page.goto(ferry.url)
    page.set_content(f"<main>{task_html(invented_task())}</main>")
    assert page.locator(".cd-root .cd-line").all_inner_texts() == live
