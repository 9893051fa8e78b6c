"""The widgets in Python: the module's text, the task as HTML, traits, files, a live notebook."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient

from copydesk import open_case, widgets
from copydesk.answers import AnswerError, check_entry, read_answer, read_sheet
from copydesk.model import CODES, ImpressionTask, MarkTask
from copydesk.scoring import score
from copydesk.widgets import LONG, TaskWidget, module_text, style_text, task_html, task_json
from copydesk.widgets.inline import CannotInlineError
from tools.build import ROOT
from tools.outside import find_node

CASE = "ain-al-asad-2023"
KINDS = {"mark": "loaded-language", "impression": "first-impression"}
HOSTILE = (
    "</script><script>alert(1)</script> <!-- & \"double\" 'single' <b>bold</b> ${x} {{ y }} \u2028"
)


def widget(kind: str) -> TaskWidget:
    return open_case(CASE).task(KINDS[kind])


def run_node(code: str, *arguments: Path | str) -> Any:
    """Run a module in node; return what it prints as JSON."""
    command = [find_node(), "--input-type=module", "--eval", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- one text for a notebook ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_module_is_one_text_that_imports_nothing_and_renders(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.mjs"
    file.write_text(module_text(kind), "utf-8")
    checked = subprocess.run(
        [find_node(), "--check", file], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert " from " not in "".join(
        line for line in module_text(kind).splitlines() if line.startswith(("import", "export {"))
    )
    code = """
    const module = await import(process.argv[1]);
    console.log(JSON.stringify([typeof module.default.render, typeof module.fault]));
    """
    assert run_node(code, file.as_uri()) == ["function", "function"]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Put these texts in the place of the widgets' files."""
    texts: dict[str, str] = {}
    monkeypatch.setattr(widgets, "widget_file", texts.__getitem__)
    module_text.cache_clear()
    return texts


def test_a_file_that_two_need_is_there_once_and_before_both(files: dict[str, str]) -> None:
    files["kit.js"] = "export const kit = 1;\n"
    files["a/one.js"] = 'import { kit } from "../kit.js";\nexport const one = kit;\n'
    files["a/a.js"] = (
        'import {\n\tkit,\n} from "../kit.js";\nimport { one } from "./one.js";\n'
        'export { one } from "./one.js";\nexport default { kit, one };\n'
    )
    lines = [line for line in module_text("a").splitlines() if line]
    assert lines == [
        "export const kit = 1;",
        "export const one = kit;",
        "export default { kit, one };",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'import kit from "../kit.js";',
        'import * as kit from "../kit.js";',
        'import "../kit.js";',
        'import { kit } from "https://example.org/kit.js";',
        'export * from "../kit.js";',
        'export { kit } from "package";',
    ],
)
def test_another_way_to_import_is_refused_with_the_cure(files: dict[str, str], line: str) -> None:
    files["a/a.js"] = f"{line}\nexport default {{}};\n"
    with pytest.raises(CannotInlineError, match=r"a/a\.js: .*write import \{ name \}"):
        module_text("a")


@pytest.mark.parametrize("kind", KINDS)
def test_the_styles_of_a_kind_come_after_those_of_all(kind: str) -> None:
    folder = ROOT / "copydesk" / "widgets"
    own = (folder / kind / f"{kind}.css").read_text("utf-8")
    assert style_text(kind) == (folder / "kit.css").read_text("utf-8") + own


# --- the page counts as the rules do -------------------------------------------------------------


def random_answers(task: MarkTask, how_many: int) -> list[list[tuple[int, int, str]]]:
    """Answers that hit, brush against and miss the key, with overlaps and repetitions."""
    dice = random.Random(20231115)
    words = sum(len(line) // 2 for line in task.lines)
    places = [(k.first, k.last) for k in (*task.key, *task.controls)]
    answers = []
    for _ in range(how_many):
        marks: list[tuple[int, int, str]] = []
        for _ in range(dice.randrange(0, 40)):
            if marks and dice.random() < 0.1:
                marks.append(dice.choice(marks))
                continue
            first, last = (
                dice.choice(places) if dice.random() < 0.7 else (dice.randrange(words),) * 2
            )
            first = max(0, first - dice.choice([0, 0, 0, 1, 2, 4, 5, 9]))
            last = min(words - 1, last + dice.choice([0, 0, 0, 1, 2, 4, 5, 30]))
            marks.append((first, last, dice.choice(CODES)))
        answers.append(marks)
    return answers


def test_the_page_counts_what_the_rules_score_on_300_random_answers(tmp_path: Path) -> None:
    task = widget("mark").source
    assert isinstance(task, MarkTask)
    answers = random_answers(task, 300)
    expected = []
    for marks in answers:
        scored = score(task, read_answer(task, {"marks": marks}))
        assert scored is not None
        expected.append(
            {
                "results": [outcome.result for outcome in scored.outcomes],
                "found": list(scored.found),
                "missed": list(scored.missed),
                "fair": list(scored.fair_marked),
                "elsewhere": scored.elsewhere,
                "wide": scored.wide,
            }
        )
    assert {result for line in expected for result in line["results"]} == {
        "both",
        "fair",
        "wide",
        "elsewhere",
    }
    module = tmp_path / "mark.mjs"
    module.write_text(module_text("mark"), "utf-8")
    data = tmp_path / "answers.json"
    data.write_text(json.dumps({"task": json.loads(task_json(task)), "answers": answers}), "utf-8")
    code = """
    import { readFileSync } from "node:fs";
    const { feedback, fault } = await import(process.argv[1]);
    const { task, answers } = JSON.parse(readFileSync(process.argv[2], "utf-8"));
    const ids = (list) => list.map((one) => one.id);
    console.log(JSON.stringify(answers.map((marks) => {
      if (fault(task, { marks })) throw new Error(fault(task, { marks }));
      const { outcomes, found, missed, fair, elsewhere, wide } = feedback(task, marks);
      return { results: outcomes.map((o) => o.result), found: ids(found), missed: ids(missed),
        fair: ids(fair), elsewhere, wide };
    })));
    """
    assert run_node(code, module.as_uri(), data) == expected


# --- the task as HTML ----------------------------------------------------------------------------


def hostile(task: Any) -> Any:
    """The task with markup wherever an author can write."""
    ui = dict.fromkeys(task.ui, HOSTILE)
    changed = {
        "prompt": HOSTILE,
        "lines": (("", HOSTILE, "."), ("<!--", "<script>", "-->")),
        "ui": ui,
        "case": task.case.model_copy(update={"title": HOSTILE, "publisher": HOSTILE}),
    }
    if isinstance(task, MarkTask):
        changed["codes"] = tuple(c.model_copy(update={"name": HOSTILE}) for c in task.codes)
    return task.model_copy(update=changed)


@pytest.mark.parametrize("kind", KINDS)
def test_the_html_holds_the_articles_every_line_and_the_whole_task(kind: str) -> None:
    live = widget(kind)
    soup = BeautifulSoup(task_html(live.source), "html.parser")
    lines = [p.get_text() for p in soup.select(".cd-article > .cd-line")]
    assert "\n".join(lines) == open_case(CASE).article.rstrip("\n")
    (data,) = soup.select('script[type="application/json"]')
    assert json.loads(data.get_text()) == live.source.model_dump(mode="json", by_alias=True)
    section = soup.section
    assert section is not None
    assert (section["data-kind"], section["data-case"]) == (kind, CASE)
    assert live.source.prompt in soup.get_text()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_an_author_writes_becomes_markup(kind: str) -> None:
    plain, evil = widget(kind).source, hostile(widget(kind).source)
    tags = [tag.name for tag in BeautifulSoup(task_html(plain), "html.parser").find_all(True)]
    soup = BeautifulSoup(task_html(evil), "html.parser")
    lines = tags.count("p") - len(plain.lines) + len(evil.lines)
    found = [tag.name for tag in soup.find_all(True)]
    assert found.count("p") == lines
    assert set(found) == set(tags)
    assert found.count("script") == 1
    assert [p.get_text() for p in soup.select(".cd-line")] == [HOSTILE + ".", "<!--<script>-->"]
    (data,) = soup.select("script")
    assert json.loads(data.get_text())["prompt"] == HOSTILE
    assert not any(sign in data.get_text() for sign in "<>&")


def test_only_a_long_article_is_laid_out_in_parts() -> None:
    task = widget("mark").source
    line = ("", *(["word", " "] * 100))
    for words, is_long in ((LONG, False), (LONG + 100, True)):
        html = task_html(task.model_copy(update={"lines": (line,) * (words // 100)}))
        assert ("cd-long" in html) is is_long
    assert f"const LONG = {LONG};" in (ROOT / "copydesk/widgets/mark/paper.js").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_is_shown_live_as_html_and_as_plain_text(kind: str) -> None:
    data, metadata = widget(kind)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"].startswith('<section class="copydesk-task"')
    assert data["text/plain"] == f"Task {KINDS[kind]} of case {CASE}"
    assert isinstance(metadata, dict)


# --- traits: the task goes in, the answer comes out ----------------------------------------------


def test_the_traits_that_travel_are_the_task_and_the_answer() -> None:
    live = widget("mark")
    state = live.get_state()
    assert {"task", "answer", "_esm", "_css"} <= state.keys()
    assert state["task"] == json.loads(json.dumps(state["task"])), "plain JSON"
    assert (state["answer"], state["task"]["schema"]) == ({}, "copydesk.task/1")
    # What the browser sends back.
    live.set_state({"answer": {"marks": [[1, 1, "EMOTIVE"]], "first_marks": None, "dissent": {}}})
    scored = live.score()
    assert scored is not None
    assert (scored.found, scored.marks.false_alarms) == (("m01",), 0)


def test_an_answer_set_in_python_is_scored() -> None:
    live = widget("mark")
    assert live.score() is not None, "no answer yet is an empty answer"
    live.answer = {"marks": [[1, 1, "EMOTIVE"], [2, 350, "VERB"]]}
    scored = live.score()
    assert scored is not None
    assert (scored.wide, scored.same_code) == (1, 1)
    impression = widget("impression")
    impression.answer = {"trust": 4, "happened": "x", "want": ""}
    assert impression.score() is None


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        ("mark", {"marks": [[0, 0, "FACT"]]}, r"answer\.marks\.0\.2"),
        ("mark", {"marks": [[3, 1, "LABEL"]]}, r"answer\.marks\.0 .*before it starts"),
        ("mark", {"marks": [[-1, 1, "LABEL"]]}, r"answer\.marks\.0\.0"),
        (
            "mark",
            {"marks": [["0", True, "LABEL"]]},
            r"answer\.marks\.0\.0(.|\n)*answer\.marks\.0\.1",
        ),
        ("mark", {"marks": [[0, 9999, "LABEL"]]}, r"words 0-9999 \(LABEL\)"),
        ("mark", {"marks": [], "first_marks": [[0, 9999, "LABEL"]]}, r"first_marks: words 0-9999"),
        ("mark", {"dissent": {"m01": "x" * 2001}}, r"answer\.dissent\.m01"),
        ("mark", {"tags": []}, r"answer\.tags"),
        ("impression", {"trust": 6}, r"answer\.trust"),
        ("impression", {"trust": "3"}, r"answer\.trust"),
        ("impression", {"happened": None, "want": 5}, r"answer\.happened(.|\n)*answer\.want"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_where_it_is_set(
    kind: str, answer: dict[str, Any], said: str
) -> None:
    live = widget(kind)
    before = live.answer
    with pytest.raises(ValueError, match=said):
        live.answer = answer
    assert live.answer == before
    with pytest.raises(ValueError, match=said):
        TaskWidget(live.source, answer=answer)


# --- files ---------------------------------------------------------------------------------------


def sheet(**changes: Any) -> dict[str, Any]:
    live = widget("mark")
    live.answer = {"marks": [[1, 1, "EMOTIVE"]]}
    data: dict[str, Any] = json.loads(live.sheet("fox 7").model_dump_json(by_alias=True))
    return data | changes


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_file_is_an_answer_sheet(kind: str, tmp_path: Path) -> None:
    live = widget(kind)
    live.answer = {"mark": {"marks": [[1, 1, "EMOTIVE"]]}, "impression": {"trust": 2}}[kind]
    path = live.save(tmp_path / "mine.json", code="fox 7")
    read = read_sheet("\ufeff" + path.read_text("utf-8"))
    (entry,) = read.answers
    check_entry(live.source, entry)
    assert read.code == "fox 7"
    assert read_answer(live.source, entry.answer) == read_answer(live.source, live.answer)


def test_a_sheet_saved_before_anything_was_done_is_one_too(tmp_path: Path) -> None:
    (entry,) = read_sheet(widget("mark").save(tmp_path / "x.json").read_text("utf-8")).answers
    assert entry.answer == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: "{", r"the file  not valid JSON .*: export it again"),
        (lambda data: "[" * 100_000, r"the file  nests too deep"),
        (lambda data: [data], r"schema  not an answer sheet"),
        (lambda data: data | {"schema": ["copydesk.answers/1"]}, r"schema  not an answer sheet"),
        (lambda data: data | {"schema": "copydesk.answers/2"}, r"read it with the version"),
        (lambda data: data | {"answers": {}}, r"the file\.answers"),
        (lambda data: data | {"answers": [1]}, r"the file\.answers\.0"),
        (lambda data: data | {"code": "x" * 41}, r"the file\.code"),
        (lambda data: data | {"more": 1}, r"the file\.more"),
        (lambda data: data | {"answers": data["answers"] * 2}, r"stands there twice: keep one"),
    ],
)
def test_a_file_that_is_no_answer_sheet_is_refused_with_place_and_cure(
    change: Callable[[Any], Any], said: str
) -> None:
    data = change(sheet())
    with pytest.raises(AnswerError, match=said):
        read_sheet(data if isinstance(data, str) else json.dumps(data))


def test_every_fault_of_an_entry_is_named() -> None:
    data = sheet()
    data["answers"][0] |= {"sha256": "x", "kind": 5, "answer": []}
    with pytest.raises(AnswerError) as caught:
        read_sheet(json.dumps(data))
    assert len(caught.value.faults) == 3
    assert all(": export the answer again" in fault for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"case": "other"}, "case  the answer is of case other"),
        ({"sha256": "0" * 64}, "sha256  the answer was given to another version"),
        ({"task": "other"}, "task  the answer is to task other"),
        ({"case": "other", "task": "far"}, "case(.|\n)*task"),
    ],
)
def test_an_entry_of_another_case_text_or_task_is_refused(
    change: dict[str, str], said: str
) -> None:
    data = sheet()
    data["answers"][0] |= change
    (entry,) = read_sheet(json.dumps(data)).answers
    with pytest.raises(AnswerError, match=said):
        check_entry(widget("mark").source, entry)


# --- in a kernel ---------------------------------------------------------------------------------


def test_a_notebook_shows_a_task_and_scores_an_answer(tmp_path: Path) -> None:
    cells = [
        f'from copydesk import open_case\ntask = open_case("{CASE}").task("loaded-language")\ntask',
        'task.answer = {"marks": [[1, 1, "EMOTIVE"]]}\nprint(task.score().found)',
        'task.answer = {"marks": [[1, 1, "NONE"]]}',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    NotebookClient(
        notebook, allow_errors=True, resources={"metadata": {"path": tmp_path}}
    ).execute()
    shown, scored, refused = (cell.outputs[0] for cell in notebook.cells)
    assert {"text/html", "text/plain", "application/vnd.jupyter.widget-view+json"} <= set(
        shown.data
    )
    assert scored.text == "('m01',)\n"
    assert (refused.ename, "answer.marks.0.2" in refused.evalue) == ("AnswerError", True)


def test_an_impression_is_a_task_of_its_own_kind() -> None:
    assert isinstance(widget("impression").source, ImpressionTask)
