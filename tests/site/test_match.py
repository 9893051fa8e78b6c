"""The labels on the built page: guessed, ordered and compared by mouse, keyboard and touch."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from copydesk import open_case
from copydesk.answers import check_entry, read_answer, read_sheet
from copydesk.model import MatchTask
from copydesk.scoring import score_match
from tests.site.conftest import PHONE
from tests.site.test_compare import SHIFT

CHAPTER = "book/02-words.html"
KEY = "copydesk/1/ain-al-asad-2023/who-called-it-that"


@pytest.fixture(scope="module")
def task() -> MatchTask:
    found = open_case("ain-al-asad-2023").task("who-called-it-that").source
    assert isinstance(found, MatchTask)
    return found


def opened(page: Page, url: str) -> Page:
    page.goto(url + CHAPTER)
    page.wait_for_selector(".cd-match select:enabled")
    return page


@pytest.fixture
def chapter(page: Page, site_url: str) -> Page:
    return opened(page, site_url)


def match(page: Page) -> Locator:
    return page.locator(".cd-match")


def row(page: Page, label: str) -> Locator:
    return page.locator(".cd-labels > li").filter(has=page.locator(f'text="“{label}”"'))


def pick(page: Page, name: str) -> None:
    match(page).locator(".cd-picks label").filter(has_text=name).click()


def compare(page: Page) -> Locator:
    return match(page).get_by_role("button", name="Compare with the key")


def order(page: Page) -> list[str]:
    return [text.strip("“”") for text in page.locator(".cd-label-text").all_inner_texts()]


def stored(page: Page) -> dict[str, Any]:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    found: dict[str, Any] = json.loads(text)["answer"] if text else {}
    return found


def test_guess_order_and_compare(chapter: Page) -> None:
    pick(chapter, "Israel’s government")
    assert order(chapter) == ["Israel", "the regime", "Zionist regime"]
    expect(compare(chapter)).to_be_disabled()
    row(chapter, "the regime").locator("select").select_option("state")
    row(chapter, "Israel").locator("select").select_option("private")
    row(chapter, "Israel").get_by_role("button", name="down").click()
    assert order(chapter) == ["the regime", "Israel", "Zionist regime"]
    compare(chapter).click()
    expect(chapter.locator(".cd-found")).to_have_text(
        "Senders guessed as the key has them: 1 of 3; others that can be defended: 1."
    )
    expect(chapter.locator(".cd-order")).to_contain_text("3 pairs")
    expect(chapter.locator(".cd-order")).to_contain_text("You have 2 of them")
    card = row(chapter, "the regime").locator(".cd-card")
    expect(card).to_contain_text("Press TV (Iran; state), 2023-11-15")
    expect(card).to_contain_text("only a judgement")
    expect(card).to_contain_text("The case against.")
    assert "presstv.ir" in (card.get_by_role("link").get_attribute("href") or "")
    expect(row(chapter, "Zionist regime").locator(".cd-card")).to_contain_text("You did not guess")
    first = stored(chapter)["first"]["israel"]
    assert first == {"guesses": {"i01": "state", "i03": "private"}, "order": ["i01", "i03", "i02"]}
    row(chapter, "Israel").get_by_role("button", name="up").click()
    expect(chapter.locator(".cd-order")).to_contain_text("You have 3 of them")
    assert stored(chapter)["first"]["israel"] == first
    expect(match(chapter).locator(".cd-tally")).to_have_text("1 of 6 referents compared")


def test_an_order_that_was_not_touched_is_stood_by_when_compared(chapter: Page) -> None:
    pick(chapter, "The war")
    row(chapter, "genocidal war").locator("select").select_option("unknown")
    compare(chapter).click()
    assert len(stored(chapter)["rounds"]["war"]["order"]) == 4


def test_the_whole_way_by_keyboard(chapter: Page) -> None:
    keys = chapter.keyboard
    match(chapter).locator(".cd-picks input").first.focus()
    for _ in range(3):
        keys.press("ArrowRight")
    expect(match(chapter).locator(".cd-round-what")).to_contain_text(
        "Three names for one government."
    )
    row(chapter, "the regime").get_by_role("button", name="up").focus()
    keys.press("Enter")
    assert order(chapter) == ["the regime", "Israel", "Zionist regime"]
    # At the top its button is off; the other one of the same label has the focus.
    expect(row(chapter, "the regime").get_by_role("button", name="down")).to_be_focused()
    expect(chapter.locator(".cd-match > .cd-voice")).to_have_text(
        "“the regime” is now 1 of 3, counted from plain."
    )
    keys.press("Tab")
    expect(row(chapter, "the regime").locator("select")).to_be_focused()
    keys.press("S")
    expect(row(chapter, "the regime").locator("select")).to_have_value("state")
    compare(chapter).focus()
    keys.press("Enter")
    expect(chapter.locator(".cd-match > .cd-voice")).to_contain_text("Senders as the key: 1 of 3.")


def test_by_touch_on_a_phone_and_after_a_reload(phone: Page, site_url: str) -> None:
    page = opened(phone, site_url)
    match(page).locator(".cd-picks label").filter(has_text="The US forces").tap()
    row(page, "American soldiers").locator("select").select_option("unknown")
    row(page, "American soldiers").get_by_role("button", name="up").tap()
    compare(page).tap()
    for part in match(page).locator("button:visible, select:visible, .cd-picks label").all():
        size = part.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    before = order(page)
    page.reload()
    page.wait_for_selector(".cd-match select:enabled")
    match(page).locator(".cd-picks label").filter(has_text="The US forces").tap()
    assert order(page) == before
    expect(row(page, "American soldiers").locator("select")).to_have_value("unknown")
    expect(row(page, "American soldiers").locator(".cd-card")).to_contain_text("Shafaq News")


def test_a_dissent_is_kept(chapter: Page) -> None:
    pick(chapter, "The war")
    row(chapter, "war against Hamas").locator("select").select_option("private")
    compare(chapter).click()
    row(chapter, "war against Hamas").locator(".cd-dissent summary").click()
    field = row(chapter, "war against Hamas").locator("textarea")
    field.press_sequentially("It is what it was.")
    expect(field).to_be_focused()
    assert stored(chapter)["dissent"] == {"w03": "It is what it was."}


def test_python_scores_the_exported_file_as_the_page_showed(
    chapter: Page, task: MatchTask, tmp_path: Path
) -> None:
    pick(chapter, "The base")
    labels = next(entry for entry in task.rounds if entry.id == "base").labels
    for label, kind in zip(labels, ("state", "party", "agency", "agency", "private"), strict=False):
        row(chapter, label.text).locator("select").select_option(kind)
    for _ in range(2):
        row(chapter, labels[0].text).get_by_role("button", name="down").click()
    compare(chapter).click()
    found = chapter.locator(".cd-found").inner_text()
    pairs = chapter.locator(".cd-order").inner_text()
    with chapter.expect_download() as download:
        match(chapter).locator("xpath=..").get_by_role("button", name="Take away as a file").click()
    path = tmp_path / "answers.json"
    download.value.save_as(path)
    (entry,) = (e for e in read_sheet(path.read_text("utf-8")).answers if e.kind == "match")
    check_entry(task, entry)
    score = next(
        r for r in score_match(task, read_answer(task, entry.answer)).rounds if r.round == "base"
    )
    assert f": {score.key} of {len(labels)};" in found
    assert f"defended: {score.accepted}." in found
    assert f"between {score.pairs} pairs" in pairs
    assert f"have {score.same_order} of them" in pairs


def test_nothing_moves_and_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], site_url: str, axe: Callable[..., list[str]]
) -> None:
    for options in ({}, PHONE, {"color_scheme": "dark"}):
        page = opened(new_context(**options).new_page(), site_url)
        assert page.evaluate(SHIFT) == 0
        pick(page, "The war")
        row(page, "genocidal war").locator("select").select_option("unknown")
        compare(page).click()
        row(page, "genocidal war").locator(".cd-dissent summary").click()
        page.locator(".cd-all-labels > summary").click()
        assert axe(page) == []


def test_without_a_script_all_labels_can_be_read(
    new_context: Callable[..., BrowserContext], site_url: str, task: MatchTask
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url + CHAPTER)
    for entry, box in zip(task.rounds, page.locator(".cd-round").all(), strict=True):
        expect(box).to_be_visible()
        for label in entry.labels:
            expect(box.locator(".cd-labels")).to_contain_text(label.text)
