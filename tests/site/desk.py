"""A page with a mark task, as the tests see it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from copydesk import open_case
from copydesk.model import MarkTask
from copydesk.task import words_of

CASE = "ain-al-asad-2023"
TASK = "loaded-language"
PATH = "book/02-words.html"
KEY = f"copydesk/1/{CASE}/{TASK}"


def real_task() -> MarkTask:
    """Return the task of the words chapter, as Python has it."""
    task = open_case(CASE).task(TASK).source
    assert isinstance(task, MarkTask)
    return task


def place(quote: str) -> tuple[int, int]:
    """Return the first and last word number of the first place where the article says this."""
    article = [word.quote for word in words_of(open_case(CASE).article)]
    wanted = [word.quote for word in words_of(quote)]
    for first in range(len(article)):
        if article[first : first + len(wanted)] == wanted:
            return first, first + len(wanted) - 1
    raise ValueError(f"the article does not say {quote!r}")


class Desk:
    """The mark task of a page."""

    def __init__(self, page: Page, url: str, path: str = PATH, task: str = TASK) -> None:
        self.page, self.url = page, url + path
        self.task = page.locator(f'section.copydesk-task[data-task="{task}"]')

    def open(self) -> Desk:
        """Go to the page, and wait until its task is awake."""
        self.page.goto(self.url)
        return self.awake()

    def awake(self) -> Desk:
        """Wait until the task is awake."""
        awake = self.task.and_(self.page.locator("[data-awake]"))
        awake.wait_for()
        return self

    def word(self, number: int) -> Locator:
        """Return a word of the article."""
        return self.task.locator(f'.cd-w[data-word="{number}"]')

    def code(self, code: str) -> Locator:
        """Return a code in the list of codes."""
        return self.task.locator(f'.cd-codes [data-code="{code}"]')

    def do(self, name: str) -> Locator:
        """Return a button by what it does: check, undo, clear, export, import, bring-back..."""
        return self.task.locator(f'[data-do="{name}"]')

    @property
    def codes(self) -> Locator:
        """The list of codes."""
        return self.task.locator(".cd-codes")

    @property
    def article(self) -> Locator:
        """The article as words."""
        return self.task.locator(".cd-article[role=toolbar]")

    @property
    def said(self) -> Locator:
        """The line that says where the answer is."""
        return self.task.locator(".cd-said")

    @property
    def voice(self) -> Locator:
        """What is read out."""
        return self.task.locator(".cd-voice")

    @property
    def feedback(self) -> Locator:
        """What the key says, after a check."""
        return self.task.locator(".cd-feedback")

    def mark(self, quote: str, code: str) -> None:
        """Mark the first place where the article says this, by mouse."""
        first, last = place(quote)
        self.word(first).hover()
        self.page.mouse.down()
        if last > first:
            self.word(last).hover()
        self.page.mouse.up()
        self.code(code).click()
        expect(self.codes).to_be_hidden()

    def stored(self, key: str = KEY) -> Any:
        """Return what stands in storage, as JSON."""
        text = self.page.evaluate("key => localStorage.getItem(key)", key)
        return text and json.loads(text)

    def marks(self) -> list[tuple[int, int, str]]:
        """Return the marks in storage."""
        return [
            tuple(mark) for mark in (self.stored() or {"answer": {"marks": []}})["answer"]["marks"]
        ]

    def shown(self) -> dict[int, str]:
        """Return the words that look marked, with their names for a screen reader."""
        pressed = self.task.locator('.cd-w[aria-pressed="true"]')
        pairs = pressed.evaluate_all("all => all.map(w => [w.dataset.word, w.ariaLabel])")
        return {int(number): name for number, name in pairs}

    def focused(self) -> str:
        """Return what has the focus: a word's number, a code, a button's name, or its tag."""
        found: str = self.page.evaluate(
            """() => { const e = document.activeElement, d = e.dataset;
            return d.word ?? d.stands ?? d.code ?? d.do ?? (e.className || e.tagName) }"""
        )
        return found

    def check(self) -> None:
        """Ask for the feedback."""
        self.do("check").click()
        expect(self.feedback).to_be_visible()

    def open_groups(self) -> None:
        """Open every group of the feedback, and wait for its cards."""
        for group in self.task.locator("details.cd-group").all():
            if group.get_attribute("open") is None:
                group.locator("> summary").click()
            expect(group.locator(".cd-card").first).to_be_visible()

    def counts(self) -> list[int]:
        """Return both counts of the feedback: loaded places found, fair places wrongly marked."""
        return [int(text) for text in self.task.locator(".cd-figure-count b").all_text_contents()]

    def export(self, folder: Path) -> Path:
        """Take the answers away as a file; return it."""
        with self.page.expect_download() as caught:
            self.do("export").click()
        path = folder / caught.value.suggested_filename
        caught.value.save_as(path)
        return path

    def bring_in(self, text: str) -> None:
        """Bring in a file with this text."""
        file: Any = {
            "name": "a.json",
            "mimeType": "application/json",
            "buffer": text.encode("utf-8", "surrogatepass"),
        }
        self.task.locator(".cd-store input[type=file]").set_input_files(file)


def painted(page: Page) -> None:
    """Wait until what a script has just done is on the screen."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
