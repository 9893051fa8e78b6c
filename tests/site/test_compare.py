"""The comparison on the built page: by mouse, keyboard and touch, and what no page may hide."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from copydesk import open_case
from copydesk.answers import check_entry, read_answer, read_sheet
from copydesk.model import CompareTask
from copydesk.scoring import score_compare
from tests.site.conftest import PHONE

CHAPTER = "book/04b-side-by-side.html"
KEY = "copydesk/1/ain-al-asad-2023/side-by-side"
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.fixture(scope="module")
def task() -> CompareTask:
    found = open_case("ain-al-asad-2023").task("side-by-side").source
    assert isinstance(found, CompareTask)
    return found


def opened(page: Page, url: str) -> Page:
    page.goto(url + CHAPTER)
    page.wait_for_selector(".cd-compare mark")
    return page


@pytest.fixture
def chapter(page: Page, site_url: str) -> Page:
    return opened(page, site_url)


def choose(page: Page, point: str) -> None:
    page.locator(".cd-points label").filter(has_text=point).click()


def option(page: Page, question: int, letter: str) -> Locator:
    asked = page.locator(".cd-ask").nth(question)
    if letter == "none":
        return asked.get_by_label("None of them")
    return asked.locator(f'label:has(b:text-is("{letter}")) input')


def do(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def stored(page: Page) -> dict[str, Any]:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    found: dict[str, Any] = json.loads(text)["answer"] if text else {}
    return found


def test_a_point_is_highlighted_in_every_account_that_has_it(
    chapter: Page, task: CompareTask
) -> None:
    for number, point in enumerate(task.points):
        chapter.locator(".cd-points input").nth(number).check()
        expect(chapter.locator(".cd-point-name")).to_contain_text(point.name)
        assert chapter.locator(".cd-account mark").count() == len(point.cells)
        for place, account in enumerate(task.accounts):
            cell = point.cells.get(account.id)
            here = chapter.locator(".cd-here dd").nth(place)
            expect(here).to_have_text(f"“{cell.quote}”" if cell else "nothing on this point")


def test_the_highlights_stand_side_by_side(chapter: Page) -> None:
    """The scrolled accounts show the words of a point at one height, as far as their ends allow."""
    choose(chapter, "The war")
    tops = chapter.evaluate(
        """() => [...document.querySelectorAll(".cd-account.shown mark")].map(mark => {
          const box = mark.closest(".cd-article").getBoundingClientRect();
          const top = mark.getBoundingClientRect().top - box.top;
          return top >= 0 && mark.getBoundingClientRect().bottom <= box.bottom;
        })"""
    )
    assert tops == [True, True]


def test_feedback_follows_the_key_and_the_first_choice_is_kept(chapter: Page) -> None:
    expect(do(chapter, "Compare with the key")).to_be_disabled()
    option(chapter, 0, "B").check()
    option(chapter, 1, "A").check()
    expect(chapter.locator(".cd-compare .cd-card")).to_have_count(0)
    do(chapter, "Compare with the key").click()
    verdicts = chapter.locator(".cd-verdict")
    expect(verdicts).to_have_text(["Partly as the key", "Not as the key"])
    expect(chapter.locator(".cd-compare .cd-card").first).to_contain_text("The key: B, C.")
    assert stored(chapter)["first"] == {
        "attack": {"sourced": ["constructed-wire"], "plainest": ["ain-al-asad-2023"]}
    }
    option(chapter, 0, "C").check()
    option(chapter, 1, "B").check()
    expect(verdicts).to_have_text(["As the key", "As the key"])
    assert stored(chapter)["first"]["attack"]["plainest"] == ["ain-al-asad-2023"]
    expect(chapter.locator(".cd-ask small.both")).to_have_count(3)


def test_none_of_them_is_an_answer_and_shuts_out_the_others(chapter: Page) -> None:
    choose(chapter, "Damage")
    option(chapter, 0, "A").check()
    option(chapter, 0, "none").check()
    expect(option(chapter, 0, "A")).not_to_be_checked()
    assert stored(chapter)["points"]["damage"] == {"sourced": []}
    do(chapter, "Compare with the key").click()
    expect(chapter.locator(".cd-verdict")).to_have_text("As the key")
    option(chapter, 0, "D").check()
    expect(option(chapter, 0, "none")).not_to_be_checked()
    expect(chapter.locator(".cd-verdict")).to_have_text("Not as the key")


def test_the_table_grows_with_each_point_and_is_a_real_table(chapter: Page) -> None:
    table = chapter.get_by_role("table", name="Side by side: source, verb and label")
    expect(table.get_by_role("columnheader")).to_have_count(5)
    expect(table.get_by_role("rowheader")).to_have_count(12)
    expect(table.locator("td.open")).to_have_count(48)
    choose(chapter, "The war")
    option(chapter, 1, "B").check()
    do(chapter, "Compare with the key").click()
    expect(table.locator("td.open")).to_have_count(44)
    row = table.get_by_role("row").filter(has_text="defensive operation against Hamas")
    cells = row.locator("td")
    expect(cells.nth(0)).to_contain_text("bloody war against Palestinians")
    expect(cells.nth(0)).to_contain_text("noted")
    expect(cells.nth(2)).to_have_text("not there")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert [("constructed" in head) for head in heads] == [False, False, True, True, True]


def test_the_whole_way_by_keyboard(chapter: Page) -> None:
    keys = chapter.keyboard
    chapter.locator(".cd-points input").first.focus()
    keys.press("ArrowRight")
    expect(chapter.locator(".cd-point-name")).to_have_text("Point 2 of 12: Who says so")
    expect(chapter.locator(".cd-compare > .cd-voice")).to_contain_text("Highlighted in A, B, C, D")
    keys.press("Tab")
    for _ in range(3):
        keys.press("Tab")
    option(chapter, 0, "A").focus()
    keys.press("ArrowDown")
    expect(option(chapter, 0, "B")).to_be_checked()
    option(chapter, 1, "A").focus()
    keys.press("Space")
    do(chapter, "Compare with the key").focus()
    keys.press("Enter")
    expect(chapter.locator(".cd-compare > .cd-voice")).to_contain_text("As the key: 1 of 2.")
    do(chapter, "Next point").focus()
    keys.press("Enter")
    expect(chapter.locator(".cd-point-name")).to_be_focused()
    expect(chapter.locator(".cd-point-name")).to_contain_text("Point 3 of 12")
    # The text of an account that does not fit its box can be scrolled by keyboard.
    text = chapter.locator(".cd-account.shown .cd-article").first
    text.focus()
    expect(text).to_be_focused()


def test_two_or_three_accounts_and_never_one(chapter: Page) -> None:
    shown = chapter.locator(".cd-account.shown")
    beside = chapter.locator(".cd-beside input")
    expect(shown).to_have_count(3)
    beside.nth(3).check()
    expect(shown).to_have_count(3)
    expect(beside.nth(0)).not_to_be_checked()
    beside.nth(1).uncheck()
    expect(shown).to_have_count(2)
    beside.nth(2).click()
    expect(shown).to_have_count(2)
    expect(beside.nth(2)).to_be_checked()


def test_on_a_phone_one_account_at_a_time_by_touch(phone: Page, site_url: str) -> None:
    page = opened(phone, site_url)
    page.locator(".cd-points label").filter(has_text="The dead in Gaza").tap()
    visible = page.locator(".cd-account:visible")
    expect(visible).to_have_count(1)
    expect(visible).to_contain_text("Press TV")
    page.locator(".cd-front label").filter(has_text="Wire style").tap()
    expect(visible).to_have_count(1)
    expect(visible).to_contain_text("constructed for comparison")
    # The same point stays in view in the other account.
    expect(visible.locator("mark")).to_contain_text("at least 11,320 people")
    inside = visible.locator("mark").evaluate(
        """mark => mark.getBoundingClientRect().bottom
          <= mark.closest(".cd-article").getBoundingClientRect().bottom"""
    )
    assert inside
    page.locator(".cd-ask").nth(0).locator("label").nth(2).tap()
    page.locator(".cd-ask").nth(0).locator("label").nth(3).tap()
    do(page, "Compare with the key").tap()
    expect(page.locator(".cd-verdict").first).to_have_text("As the key")
    for box in page.locator(".cd-picks label:visible, .cd-ask label").all():
        size = box.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_answer_is_back_after_a_reload_with_its_dissent(chapter: Page) -> None:
    option(chapter, 1, "B").check()
    do(chapter, "Compare with the key").click()
    chapter.locator(".cd-compare .cd-dissent summary").click()
    chapter.locator(".cd-compare textarea").press_sequentially("Both are plain.")
    before = chapter.locator(".cd-feedback").inner_text()
    chapter.reload()
    chapter.wait_for_selector(".cd-compare mark")
    expect(chapter.locator(".cd-compare textarea")).to_have_value("Both are plain.")
    assert chapter.locator(".cd-feedback").inner_text() == before
    expect(chapter.locator(".cd-tally")).to_have_text("1 of 12 points compared")


def test_python_scores_the_exported_file_as_the_page_showed(
    chapter: Page, task: CompareTask, tmp_path: Path
) -> None:
    shown = []
    for number, letters in ((0, "BC"), (5, "A"), (9, "C"), (11, "B")):
        chapter.locator(".cd-points input").nth(number).check()
        for question, letter in enumerate(letters):
            option(chapter, question, letter).check()
        do(chapter, "Compare with the key").click()
        shown += chapter.locator(".cd-verdict").all_inner_texts()
    with chapter.expect_download() as download:
        do(chapter, "Take away as a file").click()
    path = tmp_path / "answers.json"
    download.value.save_as(path)
    (entry,) = read_sheet(path.read_text("utf-8")).answers
    check_entry(task, entry)
    found = score_compare(task, read_answer(task, entry.answer))
    names = {task.ui[f"result-{outcome.result}"] for outcome in found.outcomes}
    answered = [text for text in shown if text != task.ui["result-open"]]
    assert sorted(answered) == sorted(task.ui[f"result-{o.result}"] for o in found.outcomes)
    assert len(names) >= 2


def test_nothing_moves_and_axe_finds_nothing(chapter: Page, axe: Callable[..., list[str]]) -> None:
    assert chapter.evaluate(SHIFT) == 0
    assert axe(chapter) == []
    option(chapter, 0, "B").check()
    do(chapter, "Compare with the key").click()
    chapter.locator(".cd-compare .cd-dissent summary").click()
    assert axe(chapter) == []


def test_on_a_phone_and_in_the_dark_axe_finds_nothing(
    new_context: Callable[..., BrowserContext], site_url: str, axe: Callable[..., list[str]]
) -> None:
    for options in (PHONE, {"color_scheme": "dark"}):
        page = opened(new_context(**options).new_page(), site_url)
        assert page.evaluate(SHIFT) == 0
        option(page, 0, "B").check()
        do(page, "Compare with the key").click()
        assert axe(page) == []


def test_without_a_script_every_account_is_there_whole(
    new_context: Callable[..., BrowserContext], site_url: str, task: CompareTask
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_url + CHAPTER)
    for account, box in zip(task.accounts, page.locator(".cd-account").all(), strict=True):
        expect(box).to_be_visible()
        expect(box).to_contain_text("".join(account.lines[-1]))
        if account.constructed:
            expect(box).to_contain_text("constructed for comparison")
        assert box.locator(".cd-article").evaluate("e => e.scrollHeight <= e.clientHeight + 1")


# --- no page shows a constructed account without saying so --------------------------------------


def test_no_page_shows_a_constructed_account_without_its_label(site_dir: Path) -> None:
    opening = {
        name: re.sub(r"\s+", " ", open_case(name).article.split("\n")[0])
        for name in ("constructed-wire", "constructed-press-release", "constructed-opposing")
    }
    found = dict.fromkeys(opening, 0)
    for file in site_dir.rglob("*.html"):
        html = re.sub(r"<script.*?</script>", "", file.read_text("utf-8"), flags=re.DOTALL)
        for name, first in opening.items():
            for place in re.finditer(re.escape(first), html):
                # The label stands in the head of the account, or in the prompt of its own task.
                before = html[max(0, place.start() - 1500) : place.start()].lower()
                assert "constructed for comparison" in before, (file, name)
                found[name] += 1
    assert all(found.values())
