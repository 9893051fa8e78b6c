"""The mark widget as a notebook runs it: one module, a stand-in for the model, a blank page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from copydesk import open_case
from copydesk.model import CaseRef, KeyControl, KeyMark, MarkTask, Swap
from copydesk.scoring import reach
from copydesk.task import code_infos, cut, ui_strings
from copydesk.widgets import module_text, style_text, task_json

TEXT = "The reckless council rammed its deeply flawed plan through.\nNobody in the room objected."
RUN = """async ([module, style, task, answer]) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  const url = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const heard = new Map();
  const data = { task, answer };
  window.saved = [];
  window.model = {
    get: (name) => data[name],
    set(name, value) {
      data[name] = value;
      for (const call of heard.get(`change:${name}`) ?? []) call();
    },
    save_changes: () => window.saved.push(structuredClone(data.answer)),
    on: (event, call) => heard.set(event, [...(heard.get(event) ?? []), call]),
    off: (event, call) => heard.set(event, (heard.get(event) ?? []).filter((c) => c !== call)),
  };
  const root = document.querySelector("#root");
  window.stop = await widget.render({ model: window.model, el: root });
}"""


def three_readings() -> MarkTask:
    """Return a task with three readings behind its key, and with swaps that overlap."""
    strings = ui_strings("en")

    def mark(number: int, first: int, last: int, readings: str, swap: Swap) -> KeyMark:
        return KeyMark(
            id=f"k{number}",
            first=first,
            last=last,
            reach=reach(first, last, 0, 8),
            code="EMOTIVE",
            strength=2,
            readings=tuple(readings),
            why=f"why {number}",
            plain=f"plain {number}",
            against=f"against {number}",
            swap=swap,
        )

    return MarkTask(
        id="t",
        case=CaseRef(
            id="c", sha256="ab" * 32, title="T", publisher="P", published="2026-01-01", url=None
        ),
        language="en",
        prompt="Mark what is loaded.",
        lines=cut(TEXT),
        ui={**strings["common"], **strings["mark"]},
        codes=code_infos(),
        readings=("A", "B", "C"),
        key=(
            mark(1, 1, 1, "ABC", Swap(first=0, last=2, text="Councillors")),
            mark(2, 3, 3, "B", Swap(first=2, last=4, text="pushed their")),
            mark(3, 5, 6, "AC", Swap(first=5, last=6, text="")),
        ),
        controls=(KeyControl(id="c1", first=10, last=12, readings=("A", "C"), why_fair="fair"),),
    )


@pytest.fixture
def alone(page: Page) -> Callable[..., Page]:
    """Return a function that runs a task in a blank page."""

    def run(task: MarkTask, answer: Any = None) -> Page:
        page.set_content('<!doctype html><html lang="en"><title>x</title><div id="root"></div>')
        parts = [module_text(task.kind), style_text(task.kind), json.loads(task_json(task))]
        page.evaluate(RUN, [*parts, answer or {}])
        return page

    return run


def test_the_answer_goes_to_the_model_and_comes_from_it(alone: Callable[..., Page]) -> None:
    page = alone(open_case("ain-al-asad-2023").task("loaded-language").source)
    page.locator('[data-word="1"]').click()
    page.locator('[data-code="EMOTIVE"]').click()
    wanted = {"marks": [[1, 1, "EMOTIVE"]], "first_marks": None, "dissent": {}}
    assert page.evaluate("saved") == [wanted]
    page.evaluate("""model.set("answer", { marks: [[3, 4, "VERB"]] })""")
    expect(page.locator('[aria-pressed="true"]')).to_have_text(["rockets", "has"])
    assert page.evaluate("saved.length") == 1, "what came from Python is not sent back"
    # After that, nothing is heard any more.
    page.evaluate("stop()")
    page.evaluate("""model.set("answer", { marks: [] })""")
    expect(page.locator('[aria-pressed="true"]')).to_have_count(2)


@pytest.mark.parametrize(
    "answer",
    [
        {"marks": [[0, 99999, "LABEL"]]},
        {"marks": "x"},
        {"marks": [[0, 0, "FACT"]]},
        {"marks": [], "dissent": None},
        {"more": 1},
    ],
)
def test_an_answer_that_does_not_fit_is_passed_over(
    alone: Callable[..., Page], answer: dict[str, Any]
) -> None:
    page = alone(three_readings(), answer)
    expect(page.locator(".cd-w")).to_have_count(14)
    expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
    page.evaluate("answer => model.set('answer', answer)", answer | {"marks": [[0, -1, "LABEL"]]})
    page.locator('[data-word="1"]').click()
    page.locator('[data-code="EMOTIVE"]').click()
    assert page.evaluate("saved.at(-1).marks") == [[1, 1, "EMOTIVE"]]


def test_three_readings_are_told_apart(alone: Callable[..., Page]) -> None:
    page = alone(three_readings(), {"marks": [[1, 1, "LABEL"], [11, 11, "VERB"]]})
    page.locator('[data-do="check"]').click()
    for group in page.locator("details.cd-group > summary").all():
        group.click()
    said = page.locator(".cd-card .cd-small").filter(has_text="independent").all_text_contents()
    assert said == [
        "3 of 3 independent readings marked it.",
        "1 of 3 independent readings marked it.",
        "2 of 3 independent readings marked it.",
        "2 of 3 independent readings left it alone.",
    ]
    chips = page.locator(".cd-group.both .cd-chip").all_text_contents()
    assert chips == ["You: Label", "Key: Emotive"]


def test_swaps_that_overlap_give_way_and_the_text_comes_back(alone: Callable[..., Page]) -> None:
    page = alone(three_readings(), {"marks": [], "first_marks": []})
    article = page.locator(".cd-article")
    page.locator(".cd-group.key > summary").click()
    first, second, third = (page.locator(f'.cd-group [data-swap="k{n}"]') for n in (1, 2, 3))

    def shown() -> str:
        return article.inner_text().split("\n")[0]

    first.click()
    assert shown() == "Councillors rammed its deeply flawed plan through."
    second.click()
    assert shown() == "The reckless pushed their deeply flawed plan through."
    expect(first).to_have_attribute("aria-pressed", "false")
    third.click()
    assert shown() == "The reckless pushed their (left out) plan through."
    first.click()
    expect(second).to_have_text("Try the plain words in the article")
    third.click()
    first.click()
    assert article.evaluate("a => a.textContent") == TEXT.replace("\n", "")
    page.get_by_role("button", name="Read it all plain").click()
    page.get_by_role("button", name="Read it as published").click()
    assert article.evaluate("a => a.textContent") == TEXT.replace("\n", "")


def test_a_mark_across_plain_words_and_lines_is_painted_whole(alone: Callable[..., Page]) -> None:
    page = alone(three_readings(), {"marks": [[5, 10, "VERDICT"]], "first_marks": []})
    assert page.locator(".cd-w.own").count() == 6
    assert page.locator(".cd-g.own").count() == 5
    page.locator(".cd-group.key > summary").click()
    page.locator('.cd-group [data-swap="k3"]').click()
    page.locator('[data-do="clear"]').click()
    page.locator('[data-do="undo"]').click()
    page.locator('.cd-group [data-swap="k3"]').click()
    assert page.locator(".cd-w.own").count() == 6
    assert page.locator(".cd-g.own").count() == 5


def test_no_text_of_a_task_becomes_markup(alone: Callable[..., Page]) -> None:
    task = three_readings()
    evil = '<img src=x onerror="window.hacked=1">'
    key = tuple(
        k.model_copy(
            update={"why": evil, "plain": evil, "against": evil}
            | {"swap": k.swap.model_copy(update={"text": evil})}
        )
        for k in task.key
    )
    changed = {"lines": (("", evil, " ", "word", "."), *task.lines[1:]), "prompt": evil, "key": key}
    page = alone(task.model_copy(update=changed), {"marks": [], "first_marks": []})
    page.locator(".cd-group.key > summary").click()
    expect(page.locator(".cd-group.key .cd-card")).to_have_count(3)
    page.locator('.cd-group [data-swap="k3"]').click()
    assert page.locator("#root img").count() == 0
    assert page.locator(".cd-prompt").inner_text() == evil
    assert page.evaluate("window.hacked") is None


def test_a_notebook_in_the_dark_has_colours_of_its_own(alone: Callable[..., Page]) -> None:
    page = alone(three_readings())
    ground = "getComputedStyle(document.querySelector('.cd-button.cd-primary')).backgroundColor"
    light = page.evaluate(ground)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert page.evaluate(ground) != light


def test_the_notebook_around_it_gets_none_of_its_keys(alone: Callable[..., Page]) -> None:
    page = alone(three_readings(), {"marks": [], "first_marks": []})
    # JupyterLab looks for this in the capture phase, and listens around the cell in the other one.
    expect(page.locator("#root")).to_have_attribute("data-lm-suppress-shortcuts", "true")
    expect(page.locator("#root")).to_have_class("cd-root cd-mark")
    page.evaluate("heard = []; document.body.addEventListener('keydown', (e) => heard.push(e.key))")
    page.locator('[data-word="1"]').focus()
    for key in ("d", "d", "Enter", "Enter", "Control+k"):
        page.keyboard.press(key)
    page.locator(".cd-group.key > summary").click()
    page.locator(".cd-group.key .cd-dissent summary").first.click()
    page.locator(".cd-group.key textarea").first.press_sequentially("a\nb")
    assert page.evaluate("heard") == ["Control", "k"]
    assert page.evaluate("saved.at(-1).dissent.k1") == "a\nb"
