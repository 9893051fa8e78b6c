"""Chapter 1 on the built page: the source cards, and the cards that are sorted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from copydesk import open_case
from copydesk.answers import read_answer, read_sheet
from copydesk.model import SortTask
from copydesk.scoring import score_sort
from tests.site.conftest import PHONE
from tests.site.test_compare import SHIFT

CHAPTER = "book/01-who-is-speaking.html"
KEY = "copydesk/1/ain-al-asad-2023/who-stands-behind-it"


@pytest.fixture(scope="module")
def task() -> SortTask:
    found = open_case("ain-al-asad-2023").task("who-stands-behind-it").source
    assert isinstance(found, SortTask)
    return found


def opened(page: Page, url: str) -> Page:
    page.goto(url + CHAPTER)
    page.wait_for_selector(".cd-sort input:enabled")
    return page


def put(page: Page, card: str, bin_id: str, *, touch: bool = False) -> None:
    pill = page.locator(f'.cd-sort-card[data-card="{card}"] .cd-pill:has([value="{bin_id}"])')
    if touch:
        pill.tap()
    else:
        pill.click()


def test_the_same_questions_stand_on_every_card(page: Page, site_url: str) -> None:
    opened(page, site_url)
    cards = page.locator(".cd-outlet")
    assert cards.count() >= 14
    questions = cards.first.locator("dt").all_text_contents()
    assert len(questions) == 5
    for card in cards.all():
        assert card.locator("dt").all_text_contents() == questions
    cards.filter(has_text="Shafaq News").locator("summary").click()
    expect(cards.filter(has_text="Shafaq News").locator("dd").first).to_have_text(
        "Not established in the sources of this course."
    )


def test_a_card_opens_by_keyboard_and_by_touch(page: Page, phone: Page, site_url: str) -> None:
    opened(page, site_url)
    first = page.locator(".cd-outlet summary").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cd-outlet").first.locator("dl")).to_be_visible()
    opened(phone, site_url)
    phone.locator(".cd-outlet summary").nth(1).tap()
    expect(phone.locator(".cd-outlet").nth(1).locator("dl")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_senders_are_sorted_and_python_scores_the_file_alike(
    page: Page, site_url: str, task: SortTask, tmp_path: Path
) -> None:
    opened(page, site_url)
    for card, bin_id in (("press-tv", "state"), ("afp", "private"), ("rudaw", "private")):
        put(page, card, bin_id)
    page.locator('[data-do="check"]').click()
    counted = page.locator(".cd-counted").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take away as a file").click()
    path = tmp_path / "answers.json"
    download.value.save_as(path)
    (entry,) = read_sheet(path.read_text("utf-8")).answers
    found = score_sort(task, read_answer(task, entry.answer))
    assert (found.key, found.accepted, found.other, found.open) == (1, 1, 1, 9)
    assert [int(n) for n in "".join(c if c.isdigit() else " " for c in counted).split()] == [
        found.key,
        found.accepted,
        found.other,
        found.open,
    ]
    stored = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))
    assert stored["answer"]["first"]["afp"] == "private"


def test_by_touch_on_a_phone(phone: Page, site_url: str) -> None:
    opened(phone, site_url)
    put(phone, "telegram", "party", touch=True)
    expect(phone.locator(".cd-tally")).to_have_text("1 of 12 cards sorted")


def test_nothing_moves_and_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], site_url: str, axe: Callable[..., list[str]]
) -> None:
    for options in ({}, PHONE, {"color_scheme": "dark"}):
        page = opened(new_context(**options).new_page(), site_url)
        assert page.evaluate(SHIFT) == 0
        page.locator(".cd-outlet summary").first.click()
        assert axe(page) == []


def test_without_a_script_the_cards_open_all_the_same(
    new_context: Callable[..., BrowserContext], site_url: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url + CHAPTER)
    page.locator(".cd-outlet summary").first.click()
    expect(page.locator(".cd-outlet dd").first).to_contain_text("IRIB")
