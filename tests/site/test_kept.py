"""No work is lost: reload, second tab, blocked and full storage, older texts, files out and in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from copydesk.answers import check_entry, read_answer, read_sheet
from copydesk.scoring import score
from tests.site.desk import CASE, KEY, TASK, Desk, place, real_task

NewContext = Callable[..., BrowserContext]

BLOCKED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("forbidden", "SecurityError") } })"""
FULL = (
    """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }"""
)
# A tab that hears nothing of the others, as one that was frozen or without a network drive.
DEAF = """for (const name of ["storage", "visibilitychange", "pageshow"])
  for (const target of [window, document])
    target.addEventListener(name, (event) => event.stopImmediatePropagation(), true)"""
MARKUP = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script> & more'


@pytest.fixture
def desk(page: Page, site_url: str) -> Desk:
    return Desk(page, site_url).open()


def argue(desk: Desk, quote: str, text: str) -> None:
    """Write a dissent on a checked mark."""
    desk.word(place(quote)[0]).click()
    desk.codes.locator(".cd-dissent summary").click()
    desk.codes.get_by_role("textbox").fill(text)
    desk.page.keyboard.press("Escape")


def sheet(desk: Desk, **change: Any) -> str:
    """Return a file like the one that the page gives out, with changes in its one entry."""
    task = real_task()
    entry = {
        "case": CASE,
        "sha256": task.case.sha256,
        "task": TASK,
        "kind": "mark",
        "saved": "2026-01-02T03:04:05.000Z",
        "answer": {"marks": [[3, 3, "VERB"]], "first_marks": None, "dissent": {}},
    }
    return json.dumps({"schema": "copydesk.answers/1", "code": "", "answers": [entry | change]})


# --- reload and tabs -----------------------------------------------------------------------------


def test_a_reload_keeps_marks_dissent_and_feedback(desk: Desk) -> None:
    desk.mark("barrage", "EMOTIVE")
    desk.check()
    argue(desk, "barrage", "It was many rockets.")
    before = desk.stored()["answer"]
    assert before["dissent"] == {"m01": "It was many rockets."}
    desk.page.reload()
    desk.awake()
    assert desk.shown() == {1: "barrage, Emotive, both"}
    assert desk.counts() == [1, 0]
    expect(desk.said).to_have_text("Saved in this browser.")
    desk.open_groups()
    expect(desk.task.get_by_label("Your argument about “barrage”").first).to_have_value(
        "It was many rockets."
    )
    assert desk.stored()["answer"] == before
    # And it is still the reader's to change.
    desk.word(1).focus()
    desk.page.keyboard.press("Delete")
    assert desk.marks() == []


def test_every_answer_of_the_impression_comes_back(page: Page, site_url: str) -> None:
    cold = Desk(page, site_url, "book/00-read-it-cold.html", "first-impression").open()
    page.get_by_text("Mostly", exact=True).click()
    page.get_by_label("What happened? One sentence.").fill("Rockets hit a base.")
    page.get_by_label("What would you want to know?").fill(MARKUP)
    expect(page.locator(".cd-kept")).to_contain_text("Kept.")
    page.get_by_role("button", name="Who published this?").click()
    expect(page.locator(".cd-who")).to_have_text("Press TV, 2023-11-15")
    page.reload()
    cold.awake()
    expect(page.get_by_label("Mostly")).to_be_checked()
    expect(page.get_by_label("What would you want to know?")).to_have_value(MARKUP)
    expect(page.locator(".cd-kept")).to_contain_text("Kept.")
    expect(page.locator(".cd-who")).to_be_hidden()
    assert cold.stored(f"copydesk/1/{CASE}/first-impression")["answer"] == {
        "trust": 4,
        "happened": "Rockets hit a base.",
        "want": MARKUP,
    }


def test_a_second_tab_follows_live(desk: Desk, site_url: str) -> None:
    other = Desk(desk.page.context.new_page(), site_url).open()
    desk.mark("barrage", "EMOTIVE")
    expect(other.word(1)).to_have_attribute("aria-label", "barrage, Emotive")
    expect(other.said).to_have_text("This answer was changed in another tab; both show it now.")
    expect(other.task.locator(".cd-tally")).to_have_text("1 mark")
    other.mark("alleged", "DOUBT")
    expect(desk.word(place("alleged")[0])).to_have_attribute("aria-label", "alleged, Doubt")
    desk.check()
    expect(other.feedback).to_be_visible()
    assert other.counts() == [2, 0]
    argue(desk, "barrage", "No.")
    other.open_groups()
    field = other.task.get_by_label("Your argument about “barrage”").first
    expect(field).to_have_value("No.")
    for each in (desk, other):
        expect(each.do("bring-back")).to_be_hidden()


def test_an_argument_is_the_same_wherever_it_is_shown(desk: Desk) -> None:
    desk.mark("barrage", "EMOTIVE")
    desk.check()
    desk.open_groups()
    argue(desk, "barrage", "first")
    field = desk.task.locator('.cd-group [data-dissent="m01"]')
    expect(field).to_have_value("first")
    desk.task.locator(".cd-group .cd-dissent summary").first.click()
    field.press("End")
    field.press_sequentially(" and second")
    assert desk.stored()["answer"]["dissent"] == {"m01": "first and second"}


def test_two_tabs_that_were_apart_lose_no_version(new_context: NewContext, site_url: str) -> None:
    context = new_context()
    here = Desk(context.new_page(), site_url).open()
    page = context.new_page()
    page.add_init_script(DEAF)
    apart = Desk(page, site_url).open()
    here.mark("barrage", "EMOTIVE")
    here.mark("alleged", "DOUBT")
    apart.mark("bloody", "EMOTIVE")
    expect(apart.said).to_contain_text("Another version of this answer was found.")
    offer = apart.do("bring-back")
    expect(offer).to_contain_text("Bring back the version of")
    offer.click()
    assert set(apart.shown()) == {1, place("alleged")[0]}
    expect(apart.said).to_contain_text("That version is back.")
    offer.click()
    assert set(apart.shown()) == {place("bloody")[0]}
    expect(here.word(place("bloody")[0])).to_have_attribute("aria-pressed", "true")


# --- storage that will not -----------------------------------------------------------------------


def test_blocked_storage_is_said_and_work_goes_on(
    new_context: NewContext, site_url: str, tmp_path: Path
) -> None:
    context = new_context()
    context.add_init_script(BLOCKED)
    desk = Desk(context.new_page(), site_url).open()
    expect(desk.said).to_contain_text("does not let the page store anything")
    desk.mark("barrage", "EMOTIVE")
    desk.check()
    assert desk.counts() == [1, 0]
    argue(desk, "barrage", "No.")
    expect(desk.said).to_contain_text("take your answer away as a file")
    assert leaving_is_questioned(desk)
    (entry,) = read_sheet(desk.export(tmp_path).read_text("utf-8")).answers
    assert entry.answer["marks"] == [[1, 1, "EMOTIVE"]]
    assert entry.answer["dissent"] == {"m01": "No."}
    assert not leaving_is_questioned(desk), "it is in the file"
    desk.bring_in(sheet(desk))
    assert set(desk.shown()) == {3}
    desk.do("bring-back").click()
    assert set(desk.shown()) == {1}


def test_full_storage_is_said_and_what_was_stored_stays(
    new_context: NewContext, site_url: str, tmp_path: Path
) -> None:
    context = new_context()
    first = Desk(context.new_page(), site_url).open()
    first.mark("barrage", "EMOTIVE")
    page = context.new_page()
    page.add_init_script(FULL)
    desk = Desk(page, site_url).open()
    assert set(desk.shown()) == {1}, "it can still be read"
    desk.mark("alleged", "DOUBT")
    expect(desk.said).to_contain_text("This browser’s storage is full.")
    assert desk.marks() == [(1, 1, "EMOTIVE")]
    assert leaving_is_questioned(desk)
    # Another tab must not take away what is nowhere else.
    first.mark("bloody", "EMOTIVE")
    expect(desk.word(place("alleged")[0])).to_have_attribute("aria-pressed", "true")
    desk.bring_in(sheet(desk))
    expect(desk.said).to_have_text(
        "That file was not brought in, and nothing was changed: this browser would not store it."
    )
    (entry,) = read_sheet(desk.export(tmp_path).read_text("utf-8")).answers
    assert [mark[2] for mark in entry.answer["marks"]] == ["EMOTIVE", "DOUBT"]


def leaving_is_questioned(desk: Desk) -> bool:
    """Whether the page would ask before it is left."""
    asked: bool = desk.page.evaluate(
        "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    )
    return asked


def put(desk: Desk, key: str, text: str) -> None:
    desk.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def test_an_answer_to_an_older_text_is_kept_and_goes_into_the_file(
    desk: Desk, tmp_path: Path
) -> None:
    older = {"sha256": "0" * 64, "kind": "mark", "saved": "", "answer": {"marks": [[0, 0, "VERB"]]}}
    put(desk, KEY, json.dumps(older))
    desk.page.reload()
    desk.awake()
    expect(desk.said).to_contain_text("An earlier answer belongs to another version")
    assert desk.shown() == {}
    expect(desk.do("bring-back")).to_be_hidden()
    desk.mark("barrage", "EMOTIVE")
    assert json.loads(desk.stored(f"{KEY}/kept")[0]) == older
    now, then = read_sheet(desk.export(tmp_path).read_text("utf-8")).answers
    check_entry(real_task(), now)
    assert (then.sha256, then.answer) == ("0" * 64, older["answer"])


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"sha256": "x", "answer": {"marks": 5}})])
def test_a_stored_text_that_cannot_be_read_is_kept_aside(desk: Desk, text: str) -> None:
    put(desk, KEY, text)
    desk.page.reload()
    desk.awake()
    expect(desk.said).to_contain_text("could not be read")
    desk.mark("barrage", "EMOTIVE")
    assert desk.stored(f"{KEY}/kept") == [text]
    assert desk.marks() == [(1, 1, "EMOTIVE")]


def test_what_cannot_be_kept_aside_is_not_overwritten(
    new_context: NewContext, site_url: str
) -> None:
    context = new_context()
    before = Desk(context.new_page(), site_url).open()
    put(before, KEY, "from elsewhere")
    page = context.new_page()
    page.add_init_script(FULL)
    desk = Desk(page, site_url).open()
    desk.mark("barrage", "EMOTIVE")
    expect(desk.said).to_contain_text("storage is full")
    assert desk.page.evaluate("key => localStorage.getItem(key)", KEY) == "from elsewhere"


@pytest.mark.allow_console(
    "ERR_BLOCKED_BY_CLIENT|Failed to fetch", reason="the test itself cuts the line"
)
def test_a_task_whose_script_does_not_come_says_so(page: Page, site_url: str) -> None:
    page.route("**/mark/cards.js", lambda route: route.abort("blockedbyclient"))
    page.goto(Desk(page, site_url).url)
    expect(Desk(page, site_url).said).to_have_text(
        "This task could not start. Reload the page to try again;"
        " what you have saved is still there."
    )


# --- files ---------------------------------------------------------------------------------------


def test_the_file_holds_what_the_page_counted(desk: Desk, tmp_path: Path) -> None:
    desk.mark("barrage", "EMOTIVE")
    desk.mark("targeted", "VERB")
    desk.mark("anti-terror fighters", "EMOTIVE")
    desk.check()
    argue(desk, "barrage", MARKUP)
    desk.task.get_by_label("Your code for the file").fill("Füchse 7/b")
    path = desk.export(tmp_path)
    assert path.name == "copydesk-answers-Füchse-7-b.json"
    expect(desk.said).to_contain_text(path.name)
    read = read_sheet(path.read_text("utf-8"))
    assert read.code == "Füchse 7/b"
    (entry,) = read.answers
    check_entry(real_task(), entry)
    answer = read_answer(real_task(), entry.answer)
    assert answer.first_marks == answer.marks
    assert answer.dissent == {"m01": MARKUP}
    scored = score(real_task(), answer)
    assert scored is not None
    assert desk.counts() == [len(scored.found), len(scored.fair_marked)] == [2, 1]


def test_a_file_goes_round_into_another_browser(
    desk: Desk, new_context: NewContext, site_url: str, tmp_path: Path
) -> None:
    desk.mark("barrage", "EMOTIVE")
    desk.check()
    argue(desk, "barrage", MARKUP)
    desk.task.get_by_label("Your code for the file").fill("fox 7")
    text = desk.export(tmp_path).read_text("utf-8")
    there = Desk(new_context().new_page(), site_url).open()
    there.mark("alleged", "DOUBT")
    there.bring_in("\ufeff" + text)
    expect(there.said).to_contain_text("Brought in: 1 answers.")
    expect(there.task.get_by_label("Your code for the file")).to_have_value("fox 7")
    assert there.shown() == {1: "barrage, Emotive, both"}
    assert there.stored()["answer"] == desk.stored()["answer"]
    assert there.counts() == [1, 0]
    # Markup in an argument is a text, here as there.
    there.open_groups()
    expect(there.task.get_by_label("Your argument about “barrage”").first).to_have_value(MARKUP)
    assert there.page.evaluate("window.hacked") is None
    # What was here before can be had back.
    there.do("bring-back").click()
    assert set(there.shown()) == {place("alleged")[0]}


def test_answers_to_other_pages_come_in_with_the_file(
    desk: Desk, new_context: NewContext, site_url: str, tmp_path: Path
) -> None:
    cold = Desk(
        desk.page.context.new_page(), site_url, "book/00-read-it-cold.html", "first-impression"
    ).open()
    cold.page.get_by_text("Half", exact=True).click()
    desk.mark("barrage", "EMOTIVE")
    text = desk.export(tmp_path).read_text("utf-8")
    assert len(read_sheet(text).answers) == 2
    there = Desk(new_context().new_page(), site_url).open()
    there.bring_in(text)
    expect(there.said).to_contain_text("Brought in: 2 answers.")
    there.page.goto(cold.url)
    expect(there.page.get_by_label("Half")).to_be_checked()


REFUSED = {
    "no JSON": ("{", "it is not a JSON file."),
    "another course's": ('{"schema": "x"}', "it is not an answer file of this course."),
    "nothing in it": (
        '{"schema": "copydesk.answers/1", "answers": []}',
        "there is no answer in it.",
    ),
    "a later schema": (
        '{"schema": "copydesk.answers/2", "answers": []}',
        "it was written by a later version of this course (copydesk.answers/2); reload this page"
        " or use the newer site.",
    ),
    "another case": ({"case": "bridge"}, "its answers belong to another article (bridge)."),
    "another text": (
        {"sha256": "0" * 64},
        "its answers belong to another version of this article’s text.",
    ),
    "damaged": (
        {"answer": {"marks": [[0, 9999, "LABEL"]]}},
        f"its answer to “{TASK}” is damaged (marks: words 0 to 9999 are not in the article).",
    ),
    "another code": (
        {"answer": {"marks": [[0, 0, MARKUP]]}},
        f"its answer to “{TASK}” is damaged (marks: unknown code).",
    ),
    "markup for a name": (
        {"answer": {MARKUP: 1}},
        f"its answer to “{TASK}” is damaged (unknown part “{MARKUP[:40]}”).",
    ),
    "half a character": (
        {"answer": {"dissent": {"m01": "\ud83d"}}},
        f"its answer to “{TASK}” is damaged (a dissent is not a short text).",
    ),
    "too large": (" " * 5_000_001, "it is larger than any answer file."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_does_not_fit_changes_nothing_and_says_why(desk: Desk, name: str) -> None:
    desk.mark("barrage", "EMOTIVE")
    desk.task.get_by_label("Your code for the file").fill("fox 7")
    everything = "Object.fromEntries(Object.entries(localStorage))"
    before = desk.page.evaluate(everything)
    change, why = REFUSED[name]
    desk.bring_in(change if isinstance(change, str) else sheet(desk, **change))
    expect(desk.said).to_have_text(f"That file was not brought in, and nothing was changed: {why}")
    assert desk.page.evaluate(everything) == before
    assert desk.shown() == {1: "barrage, Emotive"}
    assert desk.page.evaluate("window.hacked") is None
    # The same file may be tried again, and the next one is taken.
    desk.bring_in(sheet(desk))
    expect(desk.said).to_contain_text("Brought in: 1 answers.")
    assert set(desk.shown()) == {3}
