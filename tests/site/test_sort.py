"""The sort task on the built page: cards into bins, by mouse, keyboard and touch."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from copydesk import open_case
from copydesk.answers import check_entry, read_answer, read_sheet
from copydesk.model import SortTask
from copydesk.scoring import score_sort
from tests.site.conftest import PHONE
from tests.site.test_attribute import AWAKE, SCRIPT_OFF, SHIFT

CHAPTER = "book/05-what-is-not-there.html"
KEY = "copydesk/1/ain-al-asad-2023/what-each-line-adds"


@pytest.fixture(scope="module")
def task() -> SortTask:
    found = open_case("ain-al-asad-2023").task("what-each-line-adds").source
    assert isinstance(found, SortTask)
    return found


def opened(page: Page, url: str) -> Page:
    page.goto(url + CHAPTER)
    page.wait_for_selector(AWAKE)
    return page


@pytest.fixture
def chapter(page: Page, site_url: str) -> Page:
    return opened(page, site_url)


def card(page: Page, number: int) -> Locator:
    return page.locator(f'.cd-sort-card[data-card="line-{number:02}"]')


def put(page: Page, number: int, bin_id: str) -> None:
    card(page, number).locator(f'.cd-pill:has([value="{bin_id}"])').click()


def check(page: Page) -> Locator:
    return page.locator('[data-do="check"]')


def stored(page: Page) -> dict[str, Any]:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    found: dict[str, Any] = json.loads(text)["answer"] if text else {}
    return found


def test_a_card_goes_into_a_bin_and_the_bins_show_it(chapter: Page) -> None:
    put(chapter, 1, "today")
    put(chapter, 9, "background")
    put(chapter, 10, "background")
    expect(chapter.locator(".cd-tally")).to_have_text("3 of 13 cards sorted")
    piles = chapter.locator(".cd-pile").all_inner_texts()
    assert ["Line 1" in piles[0], "empty" in piles[1], "Line 9, Line 10" in piles[2]] == [True] * 3
    expect(chapter.locator(".cd-card-result").filter(has_text="Why")).to_have_count(0)


def test_feedback_comes_card_by_card_and_the_first_bin_is_kept(chapter: Page) -> None:
    put(chapter, 1, "today")
    put(chapter, 2, "party")
    put(chapter, 9, "today")
    check(chapter).click()
    expect(card(chapter, 1).locator(".cd-fit")).to_have_text("✓ Same as the key")
    expect(card(chapter, 2).locator(".cd-fit")).to_have_text(
        "≈ Can be defended. The key: Today’s event"
    )
    expect(card(chapter, 9).locator(".cd-fit")).to_have_text("✕ The key: Background")
    expect(card(chapter, 3).locator(".cd-fit")).to_have_count(0)
    expect(chapter.locator(".cd-counted")).to_have_text(
        "Same as the key: 1. Can be defended: 1. Different: 1. Not sorted: 10."
    )
    put(chapter, 9, "background")
    expect(card(chapter, 9).locator(".cd-fit")).to_have_text("✓ Same as the key")
    expect(card(chapter, 9)).to_contain_text("Before you checked, you had chosen: Today’s event.")
    answer = stored(chapter)
    assert answer["first"] == {"line-01": "today", "line-02": "party", "line-09": "today"}
    assert answer["placed"]["line-09"] == "background"


def test_the_whole_way_by_keyboard(chapter: Page) -> None:
    keys = chapter.keyboard
    first = card(chapter, 1).locator("input").first
    first.focus()
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(card(chapter, 1).locator("input:checked")).to_have_value("background")
    outline = card(chapter, 1).locator(".cd-pill").nth(2)
    assert outline.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    keys.press("Tab")
    keys.press("Space")
    expect(card(chapter, 2).locator("input:checked")).to_have_value("today")
    expect(chapter.locator(".cd-sort .cd-voice")).to_have_text(
        "Line 2: Today’s event. 2 of 13 cards sorted."
    )
    check(chapter).focus()
    keys.press("Enter")
    expect(chapter.locator(".cd-sort .cd-voice")).to_contain_text("Same as the key: 1.")
    expect(card(chapter, 1).locator(".cd-fit")).to_have_text("✕ The key: Today’s event")


def test_a_dissent_goes_on_while_it_is_typed(chapter: Page) -> None:
    put(chapter, 1, "party")
    check(chapter).click()
    card(chapter, 1).locator(".cd-dissent summary").click()
    field = card(chapter, 1).locator("textarea")
    field.press_sequentially("Only one")
    field.press_sequentially(" source.")
    expect(field).to_be_focused()
    assert stored(chapter)["dissent"] == {"line-01": "Only one source."}


def test_by_touch_on_a_phone_and_after_a_reload(phone: Page, site_url: str) -> None:
    page = opened(phone, site_url)
    for number, bin_id in ((1, "today"), (3, "party"), (13, "party")):
        pill = card(page, number).locator(f'.cd-pill:has([value="{bin_id}"])')
        pill.tap()
        box = pill.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    check(page).tap()
    before = page.locator(".cd-card-result").all_inner_texts()
    assert sum(bool(text) for text in before) == 3
    page.reload()
    page.wait_for_selector(AWAKE)
    assert page.locator(".cd-card-result").all_inner_texts() == before
    expect(card(page, 13).locator("input:checked")).to_have_value("party")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_python_scores_is_what_the_page_shows(
    chapter: Page, task: SortTask, tmp_path: Path
) -> None:
    for number in range(1, 14):
        put(chapter, number, ("today", "party", "background")[number % 3])
    check(chapter).click()
    with chapter.expect_download() as caught:
        chapter.locator('[data-do="export"]').click()
    path = tmp_path / "answers.json"
    caught.value.save_as(path)
    (entry,) = read_sheet(path.read_text("utf-8")).answers
    check_entry(task, entry)
    result = score_sort(task, read_answer(task, entry.answer))
    assert result.open == 0
    assert min(result.key, result.accepted, result.other) > 0, "each kind is put to the test"
    expect(chapter.locator(".cd-counted")).to_have_text(
        f"Same as the key: {result.key}. Can be defended: {result.accepted}. "
        f"Different: {result.other}. Not sorted: 0."
    )


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
    for part in (".cd-bins", ".cd-cards", ".cd-piles"):
        live, still = page.locator(part).bounding_box(), asleep.locator(part).bounding_box()
        assert live is not None
        assert still is not None
        assert live["height"] == pytest.approx(still["height"], abs=0.5), part


@SCRIPT_OFF
def test_without_a_script_cards_and_bins_can_be_read(
    new_context: Callable[..., BrowserContext], site_url: str, task: SortTask
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url + CHAPTER)
    for n, sorted_card in enumerate(task.cards):
        expect(page.locator(".cd-sort-card").nth(n)).to_contain_text(sorted_card.text)
    for bin_ in task.bins:
        expect(page.locator(".cd-bins").get_by_text(bin_.what)).to_be_visible()
    expect(page.locator(".cd-sort .cd-button")).to_be_hidden()


def test_in_print_the_cards_stand_and_the_button_does_not(chapter: Page) -> None:
    put(chapter, 1, "today")
    chapter.emulate_media(media="print")
    expect(check(chapter)).to_be_hidden()
    expect(card(chapter, 1)).to_be_visible()
    expect(chapter.locator(".cd-piles")).to_contain_text("Line 1")


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
    for number, bin_id in ((1, "today"), (2, "party"), (3, "background")):
        put(page, number, bin_id)
    check(page).click()
    card(page, 1).locator(".cd-dissent summary").click()
    assert axe(page) == []
