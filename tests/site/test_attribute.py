"""The attribution task on the built page: a reader's whole way through it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from copydesk import open_case
from copydesk.answers import check_entry, read_answer, read_sheet
from copydesk.model import AttributeTask
from copydesk.scoring import score_attribute
from tests.site.conftest import PHONE

CHAPTER = "book/04-attribution.html"
AWAKE = "section.copydesk-task[data-awake]"
KEY = "copydesk/1/ain-al-asad-2023/who-says-so"
SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# Chromium reports the announced modules, which it may not run, as failed requests.
SCRIPT_OFF = pytest.mark.allow_console(r"\.js \(csp\)$", reason="this page has its script off")
# Claim 3 is the claim of responsibility; claim 4, the label inside it.
OUTER, INNER = 2, 3


@pytest.fixture(scope="module")
def task() -> AttributeTask:
    found = open_case("ain-al-asad-2023").task("who-says-so").source
    assert isinstance(found, AttributeTask)
    return found


def opened(page: Page, url: str) -> Page:
    page.goto(url + CHAPTER)
    page.wait_for_selector(AWAKE)
    return page


@pytest.fixture
def chapter(page: Page, site_url: str) -> Page:
    return opened(page, site_url)


def button(page: Page, clause: int) -> Locator:
    return page.locator(f'.cd-clause[data-clause="{clause}"][role=button]')


def panel(page: Page) -> Locator:
    return page.locator(".cd-attribute .cd-panel")


def do(page: Page, name: str) -> Locator:
    return page.locator(f'[data-do="{name}"]')


def choose(page: Page, field: str, choice: str) -> None:
    page.locator(f'.cd-question[data-field="{field}"] .cd-option:has([value="{choice}"])').click()


def stored(page: Page) -> dict[str, Any]:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    found: dict[str, Any] = json.loads(text)["answer"] if text else {}
    return found


def focused(page: Page) -> str:
    found: str = page.evaluate(
        """() => { const e = document.activeElement, d = e.dataset;
        return d.clause ?? d.do ?? (e.type === "radio" ? e.value : e.className || e.tagName) }"""
    )
    return found


def cells(page: Page, table: str) -> list[list[str]]:
    """Return the cells of a table's body, row by row, the head of each row first."""
    found: list[list[str]] = page.locator(f"table.{table} tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))"
    )
    return found


# --- reading and answering -----------------------------------------------------------------------


def test_the_article_stays_the_article(chapter: Page, task: AttributeTask) -> None:
    lines = chapter.locator(".cd-claims .cd-line").all_text_contents()
    assert lines == ["".join(line) for line in task.lines]


def test_a_tap_opens_the_claim_that_lies_inside_another(chapter: Page, task: AttributeTask) -> None:
    button(chapter, INNER).click()
    expect(panel(chapter)).to_contain_text(task.clauses[INNER].claim)
    expect(panel(chapter)).to_have_attribute("aria-label", "Claim 4 of 24")
    # The second piece of the outer claim, beyond the inner one, opens the outer one.
    pieces = chapter.locator(f'.cd-clause[data-clause="{OUTER}"]')
    assert pieces.count() == 2
    pieces.nth(1).click()
    expect(panel(chapter)).to_contain_text(task.clauses[OUTER].claim)
    expect(button(chapter, OUTER)).to_have_attribute("aria-expanded", "true")
    expect(button(chapter, INNER)).to_have_attribute("aria-expanded", "false")


def test_answers_colour_the_article_and_tell_it_by_letter_too(chapter: Page) -> None:
    button(chapter, OUTER).click()
    before = button(chapter, OUTER).evaluate("e => getComputedStyle(e).textDecorationLine")
    choose(chapter, "voice", "named-organisation")
    tag = button(chapter, OUTER).get_attribute("data-tag")
    assert tag == "3 O"
    for piece in chapter.locator(f'.cd-clause[data-clause="{OUTER}"]').all():
        expect(piece).to_have_class("cd-clause named-organisation current")
    looks = {}
    for voice in ("reporter", "named-person", "named-organisation", "unnamed-official", "document"):
        choose(chapter, "voice", voice)
        looks[voice] = button(chapter, OUTER).evaluate(
            "e => { const s = getComputedStyle(e);"
            " return [s.backgroundColor, s.textDecorationStyle]; }"
        )
    assert before == "underline"
    assert len({style for _, style in looks.values()}) == 5, looks
    assert len({colour for colour, _ in looks.values()}) == 5, looks
    expect(button(chapter, INNER)).to_have_class("cd-clause unanswered")


def test_the_words_move_from_unanswered_to_the_voice(chapter: Page, task: AttributeTask) -> None:
    words = {row[0]: int(row[1]) for row in cells(chapter, "cd-words")}
    outside = sum(owner < 0 for owner in task.owners)
    assert words["In no claim"] == outside
    assert words["Claims not answered yet"] == len(task.owners) - outside
    button(chapter, OUTER).click()
    choose(chapter, "voice", "named-organisation")
    after = {row[0]: int(row[1]) for row in cells(chapter, "cd-words")}
    assert after["O A named organisation"] == 18
    assert after["Claims not answered yet"] == words["Claims not answered yet"] - 18
    shares = {row[0]: row[2] for row in cells(chapter, "cd-words")}
    assert shares["O A named organisation"] == "5%"
    bar = chapter.locator(".cd-bar.named-organisation > span")
    assert bar.evaluate("e => e.style.width") == "5%"


def test_compare_tells_field_by_field_and_keeps_what_was_first(
    chapter: Page, task: AttributeTask
) -> None:
    clause = next(n for n, c in enumerate(task.clauses) if c.id == "at08")
    button(chapter, clause).click()
    expect(do(chapter, "compare")).to_be_disabled()
    assert "so far" not in panel(chapter).inner_text(), "the key shows only when it is asked for"
    choose(chapter, "voice", "named-organisation")
    choose(chapter, "verb_kind", "neutral")
    do(chapter, "compare").click()

    def said(field: str) -> Locator:
        return chapter.locator(f'.cd-question[data-field="{field}"] .cd-said-key')

    expect(said("voice")).to_have_text("✓ Same as the key")
    expect(said("verb_kind")).to_have_text("✕ The key: Factive")
    expect(said("party")).to_have_text("○ Left open. The key: Yes")
    expect(panel(chapter)).to_contain_text(task.clauses[clause].why)
    expect(panel(chapter)).to_contain_text(str(task.clauses[clause].against))
    expect(panel(chapter)).to_contain_text("Verb in the article: noted")
    choose(chapter, "verb_kind", "factive")
    expect(said("verb_kind")).to_have_text("✓ Same as the key")
    answer = stored(chapter)
    assert answer["first"]["at08"] == {"voice": "named-organisation", "verb_kind": "neutral"}
    assert answer["clauses"]["at08"]["verb_kind"] == "factive"
    row = cells(chapter, "cd-matrix")[clause]
    assert row[1:] == ["", "", "both", "", "", "The Islamic Resistance in Iraq"]
    assert button(chapter, clause).get_attribute("data-tag") == "8 O ✓"


def test_the_matrix_sets_yours_beside_the_keys(chapter: Page) -> None:
    button(chapter, 0).click()
    choose(chapter, "voice", "document")
    assert cells(chapter, "cd-matrix")[0][1:] == ["", "", "", "", "you", ""]
    do(chapter, "compare").click()
    assert cells(chapter, "cd-matrix")[0][1:] == ["key", "", "", "", "you", "nobody"]
    assert cells(chapter, "cd-matrix")[1][1:] == ["", "", "", "", "", ""]


def test_an_answer_can_be_left_open_again(chapter: Page) -> None:
    button(chapter, 0).click()
    choose(chapter, "voice", "document")
    clear = chapter.get_by_role("button", name="Who says so: Leave open")
    clear.click()
    expect(clear).to_be_hidden()
    assert stored(chapter)["clauses"] == {}
    assert button(chapter, 0).get_attribute("data-tag") == "1"
    expect(do(chapter, "compare")).to_be_disabled()


def test_dissent_is_kept_and_offered_as_text(chapter: Page) -> None:
    button(chapter, 0).click()
    choose(chapter, "voice", "reporter")
    do(chapter, "compare").click()
    panel(chapter).locator(".cd-dissent summary").click()
    chapter.get_by_label("Your argument about claim 1").fill("<b>Line 2</b> names it.")
    assert stored(chapter)["dissent"] == {"at01": "<b>Line 2</b> names it."}
    do(chapter, "next").click()
    do(chapter, "previous").click()
    expect(chapter.get_by_label("Your argument about claim 1")).to_have_value(
        "<b>Line 2</b> names it."
    )


# --- by keyboard, by touch -----------------------------------------------------------------------


def test_the_whole_way_by_keyboard(chapter: Page) -> None:
    keys = chapter.keyboard
    button(chapter, 0).focus()
    for key, at in (("ArrowRight", "1"), ("End", "23"), ("ArrowDown", "0"), ("ArrowLeft", "23")):
        keys.press(key)
        assert focused(chapter) == at
    keys.press("Home")
    keys.press("Enter")
    expect(panel(chapter)).to_be_focused()
    for name in ("previous", "next", "close"):
        keys.press("Tab")
        assert focused(chapter) == name
    keys.press("Tab")
    assert focused(chapter) == "reporter"
    keys.press("Space")
    # Once answered, a question can be left open again: that button comes next.
    keys.press("Tab")
    assert focused(chapter) == "cd-link cd-clear"
    keys.press("Tab")
    keys.press("ArrowUp")
    assert focused(chapter) == "none"
    assert stored(chapter)["clauses"]["at01"] == {"voice": "reporter", "verb_kind": "none"}
    for _ in range(5):
        keys.press("Tab")
    assert focused(chapter) == "compare"
    keys.press("Enter")
    expect(panel(chapter)).to_be_focused()
    expect(chapter.locator(".cd-attribute .cd-voice")).to_have_text(
        "Compared. Same as the key: 2. Different: 0. Left open: 3."
    )
    keys.press("Escape")
    expect(panel(chapter)).to_have_count(0)
    assert focused(chapter) == "0"
    assert button(chapter, 0).get_attribute("aria-label") == (
        "claim 1 of 24, The reporter, same as the key: "
        "A barrage of rockets has targeted Ain al-Asad air base"
    )


def test_on_a_phone_one_claim_follows_the_other(phone: Page, site_url: str) -> None:
    page = opened(phone, site_url)
    do(page, "start").tap()
    seen = []
    for voice in ("reporter", "reporter", "named-organisation"):
        heading = page.locator(".cd-panel-head b")
        seen.append(heading.inner_text())
        option = page.locator(f'.cd-question[data-field="voice"] .cd-option:has([value="{voice}"])')
        option.tap()
        expect(option.locator("small")).to_be_visible()
        expect(panel(page)).to_be_in_viewport()
        expect(button(page, len(seen) - 1)).to_be_in_viewport()
        do(page, "next").tap()
    assert seen == ["Claim 1 of 24", "Claim 2 of 24", "Claim 3 of 24"]
    do(page, "close").tap()
    expect(do(page, "start")).to_have_text("Go to claim 4, the next one open")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert len(stored(page)["clauses"]) == 3
    for target in page.locator(".cd-option:visible, .cd-attribute .cd-button:visible").all():
        box = target.bounding_box()
        assert box is None or box["height"] >= 44


# --- nothing is lost, and Python agrees ----------------------------------------------------------


def test_a_reload_shows_everything_again(chapter: Page) -> None:
    button(chapter, OUTER).click()
    choose(chapter, "voice", "named-organisation")
    choose(chapter, "checkable", "no")
    do(chapter, "compare").click()
    before = {name: cells(chapter, name) for name in ("cd-words", "cd-matrix", "cd-result")}
    chapter.reload()
    chapter.wait_for_selector(AWAKE)
    assert {name: cells(chapter, name) for name in before} == before
    assert button(chapter, OUTER).get_attribute("data-tag") == "3 O ✓"
    button(chapter, OUTER).click()
    expect(chapter.locator('.cd-question[data-field="checkable"] .cd-said-key')).to_have_text(
        "✕ The key: Partly"
    )
    expect(chapter.locator('.cd-question[data-field="voice"] input:checked')).to_have_value(
        "named-organisation"
    )


def test_what_python_scores_is_what_the_page_shows(
    chapter: Page, task: AttributeTask, tmp_path: Path
) -> None:
    given = {
        0: {"voice": "reporter", "verb_kind": "none", "checkable": "yes"},
        OUTER: {"voice": "named-organisation", "party": "yes", "document": "named-no-link"},
        INNER: {"voice": "named-organisation"},
        10: {"party": "unclear"},
    }
    for clause, answers in given.items():
        button(chapter, clause).click()
        for field, choice in answers.items():
            choose(chapter, field, choice)
    do(chapter, "close").click()
    do(chapter, "compare-all").click()
    expect(do(chapter, "compare-all")).to_be_disabled()
    expect(chapter.locator(".cd-progress")).to_have_text(
        "4 of 24 claims begun, 4 compared with the key"
    )
    with chapter.expect_download() as caught:
        do(chapter, "export").click()
    path = tmp_path / "answers.json"
    caught.value.save_as(path)
    sheet = read_sheet(path.read_text("utf-8"))
    (entry,) = sheet.answers
    check_entry(task, entry)
    result = score_attribute(task, read_answer(task, entry.answer))
    shown = [[int(n) for n in row[1:]] for row in cells(chapter, "cd-result")]
    # The page counts the compared claims, Python all of them: the others are open.
    rest = len(task.clauses) - len(given)
    assert shown == [[f.same, f.differs, f.open - rest] for f in result.fields]
    assert sum(map(sum, shown)) == 4 * 5
    assert shown[0] == [2, 1, 1]


def test_an_answer_brought_in_is_shown_and_a_damaged_one_refused(chapter: Page) -> None:
    button(chapter, 0).click()
    choose(chapter, "voice", "document")
    with chapter.expect_download() as caught:
        do(chapter, "export").click()
    sheet = json.loads(Path(caught.value.path()).read_text("utf-8"))
    entry = sheet["answers"][0]

    def bring_in(answer: Any) -> None:
        text = json.dumps({**sheet, "answers": [{**entry, "answer": answer}]})
        file: Any = {"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}
        chapter.locator(".cd-store input[type=file]").set_input_files(file)

    bring_in({"clauses": {"at01": {"voice": "narrator"}}})
    expect(chapter.locator(".cd-said")).to_contain_text("unknown answer")
    assert stored(chapter)["clauses"] == {"at01": {"voice": "document"}}
    bring_in({"clauses": {"at01": {"voice": "reporter"}}, "first": {}, "dissent": {}})
    expect(button(chapter, 0)).to_have_attribute("data-tag", "1 R")
    # The questions that are open show it, too.
    expect(chapter.locator('.cd-question[data-field="voice"] input:checked')).to_have_value(
        "reporter"
    )


# --- the page ------------------------------------------------------------------------------------


@SCRIPT_OFF
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_when_the_task_wakes(
    options: dict[str, Any], new_context: Callable[..., BrowserContext], site_url: str
) -> None:
    page = new_context(**options).new_page()
    page.add_init_script(SHIFT)
    opened(page, site_url)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate("shift") == 0
    asleep = new_context(**options, java_script_enabled=False).new_page()
    asleep.goto(site_url + CHAPTER)
    for part in (".cd-claims", "table.cd-words", "table.cd-matrix", "table.cd-result"):
        live, still = page.locator(part).bounding_box(), asleep.locator(part).bounding_box()
        assert live is not None
        assert still is not None
        for side in ("width", "height"):
            assert live[side] == pytest.approx(still[side], abs=0.5), (part, side)


@SCRIPT_OFF
def test_without_a_script_the_article_and_the_claims_can_be_read(
    new_context: Callable[..., BrowserContext], site_url: str, task: AttributeTask
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url + CHAPTER)
    for clause in task.clauses:
        expect(page.locator(".cd-matrix").get_by_text(clause.claim)).to_be_visible()
    expect(page.locator(".cd-attribute .cd-button").first).to_be_hidden()
    expect(page.locator(".cd-claims")).to_contain_text("directly hit their targets.”")


def test_in_print_the_article_and_the_matrix_stand_and_the_buttons_do_not(chapter: Page) -> None:
    button(chapter, 0).click()
    chapter.emulate_media(media="print")
    expect(panel(chapter)).to_be_hidden()
    expect(do(chapter, "start")).to_be_hidden()
    expect(chapter.locator(".cd-claims")).to_be_visible()
    expect(chapter.locator(".cd-matrix")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(
    options: dict[str, Any],
    scheme: str,
    new_context: Callable[..., BrowserContext],
    site_url: str,
    axe: Callable[..., list[str]],
) -> None:
    page = opened(new_context(**options, color_scheme=scheme).new_page(), site_url)
    assert axe(page) == []
    for clause, voice in ((0, "reporter"), (OUTER, "named-organisation"), (10, "named-person")):
        button(page, clause).click()
        choose(page, "voice", voice)
        do(page, "compare").click()
    choose(page, "verb_kind", "neutral")
    panel(page).locator(".cd-dissent summary").click()
    assert axe(page) == []
