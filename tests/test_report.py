"""The class report: numbers worked out by hand, files that share a code, order, small classes."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from class_kit import C1, FIVE, K1, K2, TASKS, entry, mark_task, marks, sheet, write, write_five

from copydesk.case import find_case, read_case
from copydesk.model import (
    CHOICES,
    VERDICTS,
    AttributeAnswer,
    FigureAnswer,
    MarkAnswer,
    SortAnswer,
    Task,
)
from copydesk.report import Summary, make_report, store, workers
from copydesk.report.kinds import KINDS
from copydesk.scoring import score_mark
from copydesk.simulate import simulate, write_folder
from copydesk.task import build_task
from tools.build import ROOT

OUTPUTS = ("report.html", "scores.csv", "marks.csv", "unused.csv")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page_of(out: Path) -> BeautifulSoup:
    return BeautifulSoup((out / "report.html").read_text("utf-8"), "html.parser")


def table(page: BeautifulSoup, name: str) -> list[list[str]]:
    """The rows of the table in the region of this name."""
    region = page.find(attrs={"role": "group", "aria-label": name})
    assert region is not None, f"no table {name}"
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        for row in region.select("tbody tr")
    ]


@pytest.fixture
def five(tmp_path: Path) -> tuple[Path, Path]:
    """The report of the five readers: the folder of their files, the folder of the report."""
    answers, out = write_five(tmp_path / "answers"), tmp_path / "out"
    make_report(answers, out, TASKS)
    return answers, out


# --- numbers worked out by hand -------------------------------------------------------------------


def test_the_agreement_of_five_readers_is_what_a_pencil_says(five: tuple[Path, Path]) -> None:
    """60 values, 12 of them marked; at each word 2 m (5 - m) / 4 disagree, 15 in all.

    Observed 15/60, expected 2 * 12 * 48 / (60 * 59), alpha = 1 - 885/1152 = 0.2318.
    """
    values = dict(map(tuple, table(page_of(five[1]), "Agreement")))
    # The text has 12 words, too few for an interval.
    assert values["Among readers: Krippendorff’s alpha"] == "0.23 (no interval)"
    # ann 2/2, ben 1/2, cem 1/2, dag 0, eva 2/2; cem and eva marked the one fair place.
    assert values["Marks of the key found"].startswith("60 % (")
    assert values["Fair places wrongly marked"].startswith("40 % (")


def test_the_heat_map_counts_people_at_each_word(five: tuple[Path, Path]) -> None:
    page = page_of(five[1])
    heat = []
    for line in page.select(".article .heat"):
        for run in line.find_all("span", recursive=False):
            for hidden in run.select(".sr"):
                hidden.decompose()
            assert run.sup is not None
            count = run.sup.extract().get_text()
            heat.append((run.get_text(), int(count), run["class"][0]))
    # One of five is 20 %: the second step; two are 40 %: the third; four are 80 %: the fifth.
    assert heat == [
        ("reckless", 4, "h5"),
        ("rammed through", 2, "h3"),
        ("On", 2, "h3"),
        ("Tuesday", 1, "h2"),
        ("objected", 1, "h2"),
    ]
    key = [span.get_text() for span in page.select(".article .key > .k, .article .key > .fair")]
    assert [text.split()[0] for text in key] == ["recklessE", "rammed", "On"]


def test_the_hardest_places_come_first_and_say_who_missed_them(five: tuple[Path, Path]) -> None:
    page = page_of(five[1])
    assert table(page, "The hardest places") == [
        ["rammed through", "1", "Verb", "40 % (2 of 5)", "ben, cem, dag"],
        ["reckless", "1", "Emotive", "80 % (4 of 5)", "dag"],
    ]
    assert table(page, "Fair places that were marked") == [
        ["On Tuesday", "2", "fair", "40 % (2 of 5)", "cem, eva"]
    ]


def test_the_most_disputed_words_are_those_nearest_to_half(five: tuple[Path, Path]) -> None:
    words = [row[0] for row in table(page_of(five[1]), "The most disputed words")]
    # 2 of 5 (two places, in reading order), then 1 of 5 and 4 of 5, which divide as much.
    assert words == ["rammed through", "On", "reckless", "Tuesday", "objected"]


def test_over_marking_is_told_against_the_size_of_the_key(five: tuple[Path, Path]) -> None:
    text = " ".join(page_of(five[1]).get_text().split())
    # The key has 3 of 12 words; the readers marked 3, 1, 3, 0 and 5.
    assert "The key marks 25 % of the article’s words." in text
    assert "Half of the class marked 25 % or less; the most that anybody marked is 42 %." in text
    assert "0 of 5 marked more than twice as many words as the key, and 2 marked more" in text


def test_scores_csv_holds_the_scores_of_the_rules(five: tuple[Path, Path]) -> None:
    rows = {row["code"]: row for row in rows_of(five[1] / "scores.csv")}
    assert list(rows) == sorted(FIVE)
    for code, stretches in FIVE.items():
        score = score_mark(mark_task(), MarkAnswer(marks=stretches))
        row = rows[code]
        assert (int(row["found"]), int(row["fair"])) == (len(score.found), len(score.fair_marked))
        assert float(row["d_marks"]) == score.marks.d_prime
        assert float(row["c_words"]) == score.words.criterion
        assert float(row["span_f1"]) == score.span_f1
        assert row["scored"] == "first check"


def test_marks_csv_has_every_mark_with_its_words(five: tuple[Path, Path]) -> None:
    rows = rows_of(five[1] / "marks.csv")
    assert len(rows) == sum(map(len, FIVE.values()))
    (row,) = (row for row in rows if row["code"] == "eva" and row["first"] == "3")
    assert row["words"] == "rammed through"
    assert (row["mark_code"], row["result"], row["found"]) == ("LABEL", "both", "k2")


def test_the_first_check_is_scored_and_not_what_came_after_it(tmp_path: Path) -> None:
    later = marks(K1, K2) | {"first_marks": [list(C1)]}
    never = marks(K1, K2) | {"first_marks": None}
    write(tmp_path / "a", "x.json", sheet("x", entry(later)))
    write(tmp_path / "a", "y.json", sheet("y", entry(never)))
    make_report(tmp_path / "a", tmp_path / "out", TASKS)
    x, y = rows_of(tmp_path / "out" / "scores.csv")
    assert (x["found"], x["fair"], x["scored"]) == ("0", "1", "first check")
    assert (y["found"], y["fair"], y["scored"]) == ("2", "0", "last state")


def test_dissents_stand_with_the_words_that_they_are_about(tmp_path: Path) -> None:
    write_five(tmp_path / "a")
    argued = marks(C1, dissent={"k1": "It is *reckless*.", "6-7": "Why Tuesday?", "9-99": "odd"})
    write(tmp_path / "a", "flo.json", sheet("flo", entry(argued)))
    make_report(tmp_path / "a", tmp_path / "out", TASKS)
    page = page_of(tmp_path / "out")
    said = {
        p.get_text(): p.find_next_sibling("ul").get_text().strip() for p in page.select(".about")
    }
    assert said == {
        "“reckless”": "flo: It is *reckless*.",
        "“On Tuesday” (an own mark)": "flo: Why Tuesday?",
        "“9-99” (an own mark)": "flo: odd",
    }
    listed = [r for r in rows_of(tmp_path / "out" / "marks.csv") if r["result"] == "dissent"]
    assert [(r["about"], r["dissent"]) for r in listed] == [
        ("6-7", "Why Tuesday?"),
        ("9-99", "odd"),
        ("k1", "It is *reckless*."),
    ]


def test_the_page_has_the_sites_own_colours_and_fonts(five: tuple[Path, Path]) -> None:
    style = page_of(five[1]).style
    assert style is not None
    sheet = (ROOT / "copydesk" / "theme" / "static" / "look.css").read_text("utf-8")
    light, dark = style.get_text().split("@media screen and (prefers-color-scheme: dark)", 1)
    wanted = set(re.findall(r"var\((--cd-[\w-]+)", style.get_text()))
    assert {"--cd-sans", "--cd-serif", "--cd-ink", "--cd-verb-bg"} <= wanted
    for name in wanted:
        assert f"{name}:" in light, name
    (paper,) = re.findall(r"--cd-paper: (#\w+)", dark)
    assert f"--cd-paper: {paper}" in sheet.split('data-theme="dark"]', 1)[1]


# --- small classes, and none ----------------------------------------------------------------------


def test_four_readers_get_a_warning_in_the_place_of_statistics(tmp_path: Path) -> None:
    write_five(tmp_path / "a")
    (tmp_path / "a" / "eva.json").unlink()
    make_report(tmp_path / "a", tmp_path / "out", TASKS)
    page = page_of(tmp_path / "out")
    warning = page.select_one("section .warning")
    assert warning is not None
    assert warning.get_text().startswith("Only 4 answered this task.")
    headings = [h.get_text() for h in page.select("h3")]
    for statistic in ("Agreement", "Over-marking", "The hardest places", "The most disputed words"):
        assert statistic not in headings
    assert not page.select("figure")


def test_five_readers_get_no_warning(five: tuple[Path, Path]) -> None:
    assert not page_of(five[1]).select(".warning")


def test_a_folder_without_a_usable_file_still_gives_a_report(tmp_path: Path) -> None:
    write(tmp_path / "a", "notes.txt", "hello")
    summary = make_report(tmp_path / "a", tmp_path / "out", TASKS)
    assert (summary.people, summary.refused) == (0, 1)
    assert "notes.txt" in (tmp_path / "out" / "report.html").read_text("utf-8")


# --- codes ----------------------------------------------------------------------------------------


def test_of_several_answers_under_one_code_the_last_by_content_counts(tmp_path: Path) -> None:
    late, early = "2026-01-12T10:00:00Z", "2026-01-12T11:00:00+02:00"
    # As texts the earlier one would sort last; its name and its time of change speak for it too.
    write(tmp_path / "a", "1.json", sheet("fox", entry(marks(K1, K2), saved=late)))
    write(tmp_path / "a", "2.json", sheet(" fox ", entry(marks(C1), saved=early)))
    summary = make_report(tmp_path / "a", tmp_path / "out", TASKS)
    (row,) = rows_of(tmp_path / "out" / "scores.csv")
    assert (row["code"], row["found"]) == ("fox", "2")
    assert (summary.people, summary.again, summary.used) == (1, 1, 2)
    page = page_of(tmp_path / "out")
    assert table(page, "Several answers under one code") == [["fox", "2", "1"]]
    assert "1 answer was left out: another to the same task" in page.get_text()


def test_two_devices_under_one_code_make_one_reader(tmp_path: Path) -> None:
    trust = entry({"trust": 2, "happened": "", "want": ""}, "first", "impression")
    write(tmp_path / "a", "phone.json", sheet("fox", trust))
    write(tmp_path / "a", "laptop.json", sheet("fox", entry(marks(K1))))
    summary = make_report(tmp_path / "a", tmp_path / "out", TASKS)
    assert (summary.people, summary.again) == (1, 0)
    assert [row["kind"] for row in rows_of(tmp_path / "out" / "scores.csv")] == [
        "impression",
        "mark",
    ]


def test_a_tie_is_broken_by_the_content_whatever_the_files_are_called(tmp_path: Path) -> None:
    found = []
    for one, two in (("a.json", "b.json"), ("b.json", "a.json")):
        folder = tmp_path / one
        write(folder, one, sheet("fox", entry(marks(K1))))
        write(folder, two, sheet("fox", entry(marks(C1))))
        make_report(folder, tmp_path / f"out-{one}", TASKS)
        found.append(rows_of(tmp_path / f"out-{one}" / "scores.csv")[0]["found"])
    assert found[0] == found[1]


def test_a_time_that_is_none_loses_against_one_that_is(tmp_path: Path) -> None:
    write(tmp_path / "a", "1.json", sheet("fox", entry(marks(K1), saved="zzzz tomorrow")))
    write(tmp_path / "a", "2.json", sheet("fox", entry(marks(K1, K2))))
    make_report(tmp_path / "a", tmp_path / "out", TASKS)
    assert rows_of(tmp_path / "out" / "scores.csv")[0]["found"] == "2"


def test_sheets_without_a_code_are_numbered_and_identical_ones_are_one(tmp_path: Path) -> None:
    same = sheet("", entry(marks(K1)))
    write(tmp_path / "a", "1.json", same)
    write(tmp_path / "a", "1 (copy).json", same)
    write(tmp_path / "a", "2.json", sheet("  ", entry(marks(K2))))
    write(tmp_path / "a", "3.json", sheet("(no code 1)", entry(marks(C1))))
    summary = make_report(tmp_path / "a", tmp_path / "out", TASKS)
    assert summary.people == 3
    codes = [row["code"] for row in rows_of(tmp_path / "out" / "scores.csv")]
    assert codes == ["(no code 1)", "(no code 1)", "(no code 2)"]


# --- first and last test --------------------------------------------------------------------------

A, B = mark_task("a"), mark_task("b")


def pair(code: str, a: Any, b: Any, *, swapped: bool = False) -> dict[str, Any]:
    times = ["2026-01-12T09:00:00Z", "2026-02-12T09:00:00Z"]
    if swapped:
        times.reverse()
    return sheet(
        code,
        entry(marks(*a), "a", saved=times[0]),
        entry(marks(*b), "b", saved=times[1]),
    )


def test_the_gain_is_of_the_last_test_less_the_first_in_each_order(tmp_path: Path) -> None:
    """d' per mark is 1.3490 with both marks found and nothing fair marked (H 5/6, F 1/4: 0.9674 +
    0.6745 = 1.6419), and 0.6745 with one found (H 1/2), so the gain is 0.9674."""
    for n in range(5):
        write(tmp_path / "c", f"ab{n}.json", pair(f"ab{n}", [K1], [K1, K2]))
        write(tmp_path / "c", f"ba{n}.json", pair(f"ba{n}", [K1, K2], [K1], swapped=True))
    make_report(tmp_path / "c", tmp_path / "out", [A, B], gain_between=(0, 1))
    page = page_of(tmp_path / "out")
    rows = {row[0]: row[1:] for row in table(page, "From the first to the last test")}
    assert rows["tiny/a first, tiny/b last"][:2] == ["5", "0.97 (0.97 to 0.97)"]
    assert rows["tiny/b first, tiny/a last"][:2] == ["5", "0.97 (0.97 to 0.97)"]
    assert rows["Mean gain"][:2] == ["10", "0.97 (0.97 to 0.97)"]
    assert "Half took the tests the other way round." in page.get_text()


def test_a_test_that_is_only_easier_is_no_gain_when_halves_swap(tmp_path: Path) -> None:
    """Everybody does better on b: half of the class seems to gain, half to lose as much."""
    for n in range(6):
        write(tmp_path / "c", f"ab{n}.json", pair(f"ab{n}", [K1], [K1, K2]))
    for n in range(5):
        write(tmp_path / "c", f"ba{n}.json", pair(f"ba{n}", [K1], [K1, K2], swapped=True))
    make_report(tmp_path / "c", tmp_path / "out", [A, B], gain_between=(0, 1))
    rows = table(page_of(tmp_path / "out"), "From the first to the last test")
    assert rows[-1][:3] == ["Mean gain", "11", "0.00 (0.00 to 0.00)"]


def test_one_order_is_said_and_unknown_orders_are_left_out(tmp_path: Path) -> None:
    for n in range(5):
        write(tmp_path / "c", f"{n}.json", pair(f"{n}", [K1], [K1, K2]))
    for n, saved in enumerate(("", "infinity", "tomorrow")):
        same = sheet(f"x{n}", *(entry(marks(K1), task, saved=saved) for task in "ab"))
        write(tmp_path / "c", f"x{n}.json", same)
    make_report(tmp_path / "c", tmp_path / "out", [A, B], gain_between=(0, 1))
    text = " ".join(page_of(tmp_path / "out").get_text().split())
    assert "8 people took both. 3 of them are left out" in text
    assert "All took the tests in the same order." in text


def test_fewer_than_five_pairs_give_a_warning(tmp_path: Path) -> None:
    for n in range(4):
        write(tmp_path / "c", f"{n}.json", pair(f"{n}", [K1], [K1, K2]))
    make_report(tmp_path / "c", tmp_path / "out", [A, B], gain_between=(0, 1))
    page = page_of(tmp_path / "out")
    assert "Only 4 took both tests" in page.select_one("#gain .warning").get_text()
    assert not page.select("#gain table")


# --- the same files, the same bytes ---------------------------------------------------------------


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def test_the_same_class_gives_the_same_bytes_in_a_folder_twice(five: tuple[Path, Path]) -> None:
    answers, out = five
    make_report(answers, out.parent / "again", TASKS)
    assert outputs(out) == outputs(out.parent / "again")
    assert sorted(path.name for path in out.iterdir()) == sorted(OUTPUTS)


def test_worker_processes_give_the_same_bytes(
    five: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, out = five
    write(answers, "bad.json", "{")
    make_report(answers, out, TASKS)
    monkeypatch.setattr(workers, "FEWEST_FOR_WORKERS", 1)
    monkeypatch.setattr(workers, "CHUNK_FILES", 2)
    make_report(answers, out.parent / "jobs", TASKS, jobs=2)
    assert outputs(out) == outputs(out.parent / "jobs")


def test_tables_written_a_few_people_at_a_time_have_the_same_bytes(
    five: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, out = five
    monkeypatch.setattr(store, "PEOPLE_AT_ONCE", 2)
    make_report(answers, out.parent / "again", TASKS)
    assert outputs(out) == outputs(out.parent / "again")
    assert sorted(path.name for path in (out.parent / "again").iterdir()) == sorted(OUTPUTS)


def test_a_zip_of_renamed_files_in_folders_gives_the_same_scores(five: tuple[Path, Path]) -> None:
    answers, out = five
    packed = out.parent / "class.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, file in enumerate(sorted(answers.iterdir())):
            data = b"\xef\xbb\xbf" + file.read_bytes()
            archive.writestr(f"Course/Group {n}/{n}_assignsubmission_file_/answers (1).txt", data)
    make_report(packed, out.parent / "zip", TASKS)
    for name in ("scores.csv", "marks.csv", "unused.csv"):
        assert (out / name).read_bytes() == (out.parent / "zip" / name).read_bytes()


def test_a_zip_in_the_folder_is_read_like_a_folder(five: tuple[Path, Path]) -> None:
    answers, out = five
    with zipfile.ZipFile(answers / "late.zip", "w") as archive:
        archive.write(answers / "eva.json", "eva.json")
    (answers / "eva.json").unlink()
    summary = make_report(answers, out.parent / "again", TASKS)
    assert (summary.people, summary.used) == (5, 5)


def test_the_date_is_the_only_thing_that_is_not_of_the_files(five: tuple[Path, Path]) -> None:
    answers, out = five
    make_report(answers, out.parent / "dated", TASKS, date="2026-02-03")
    plain, dated = ((o / "report.html").read_text("utf-8") for o in (out, out.parent / "dated"))
    assert dated.replace(" Made 2026-02-03.", "") == plain


def test_the_report_of_a_class_can_lie_among_its_files(tmp_path: Path) -> None:
    answers = write_five(tmp_path)
    first = make_report(answers, answers / "report", TASKS)
    again = make_report(answers, answers / "report", TASKS)
    assert first == again
    assert isinstance(again, Summary)
    assert again.found == 5


# --- the other kinds, on the course's own case ----------------------------------------------------


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[dict[str, Any]], list[Task], Path]:
    """Twelve simulated sheets with all tasks of the case, the tasks, and the report's folder."""
    top = tmp_path_factory.mktemp("course")
    case = read_case(find_case("ain-al-asad-2023"))
    tasks = [build_task(case, entry.id) for entry in case.entry.tasks]
    sheets = list(simulate(tasks, 12, seed=3))
    write_folder(sheets, top / "answers")
    summary = make_report(top / "answers", top / "out", tasks)
    assert (summary.used, summary.unused) == (12, 0)
    return sheets, tasks, top / "out"


def answers_to(sheets: list[dict[str, Any]], task: Task) -> list[dict[str, Any]]:
    return [e["answer"] for sheet in sheets for e in sheet["answers"] if e["task"] == task.id]


def task_of(tasks: list[Task], kind: str) -> Any:
    return next(task for task in tasks if task.kind == kind)


def test_every_kind_of_task_has_a_place_in_the_report(course: Any) -> None:
    _, tasks, out = course
    of = [p.get_text().split(" ")[0] for p in page_of(out).select("section > p.of")]
    assert of == [f"{task.case.id}/{task.id}" for task in tasks if task.kind in KINDS]
    assert set(KINDS) <= {task.kind for task in tasks}


def test_a_kind_without_figures_is_counted_and_no_fault_of_the_pupil(
    course: Any, tmp_path: Path
) -> None:
    _, tasks, _ = course
    (task,) = (task for task in tasks if task.kind == "compare")
    over = {"case": task.case.id, "sha256": task.case.sha256}
    write(tmp_path / "a", "x.json", sheet("x", entry({}, task.id, "compare", **over)))
    write(tmp_path / "a", "y.json", sheet("y", entry({"points": 1}, task.id, "compare", **over)))
    summary = make_report(tmp_path / "a", tmp_path / "out", tasks)
    assert (summary.used, summary.refused) == (1, 1)
    assert "has no figures for this kind" in page_of(tmp_path / "out").get_text()
    (row,) = rows_of(tmp_path / "out" / "scores.csv")
    assert (row["kind"], row["answered"]) == ("compare", "true")


def test_the_verdicts_of_the_class_are_counted_by_claim(course: Any) -> None:
    sheets, tasks, out = course
    task = task_of(tasks, "figure")
    rows = table(page_of(out), "Claim")
    assert len(rows) == len(task.claims)
    for row, claim in zip(rows, task.claims, strict=True):
        given = [a["claims"][claim.id]["first"] for a in answers_to(sheets, task)]
        assert row[1:7] == ["12", *(str(given.count(info.verdict)) for info in task.verdicts)]
        assert row[7] == f"{100 * given.count(claim.verdict) / 12:.0f} %"
    bold = page_of(out).select('[aria-label="Claim"] tbody tr:first-child b')
    assert len(bold) == 1


def test_the_attribution_matrix_counts_who_says_so(course: Any) -> None:
    sheets, tasks, out = course
    task = task_of(tasks, "attribute")
    rows = table(page_of(out), f"Clause: {task.id}")
    assert len(rows) == len(task.clauses)
    for row, clause in zip(rows, task.clauses, strict=True):
        given = [a["first"][clause.id] for a in answers_to(sheets, task)]
        voices = [str(sum(g["voice"] == c for g in given)) for c in CHOICES["voice"]]
        assert row[2:7] == voices
        party = sum(g["party"] in clause.same["party"] for g in given)
        assert row[8] == f"{100 * party / 12:.0f} %"


def test_the_cards_of_the_class_are_counted_by_bin(course: Any) -> None:
    sheets, tasks, out = course
    task = task_of(tasks, "sort")
    rows = table(page_of(out), f"Card: {task.id}")
    for row, card in zip(rows, task.cards, strict=True):
        placed = [a["first"][card.id] for a in answers_to(sheets, task)]
        assert row[1:] == [str(placed.count(bin_.id)) for bin_ in task.bins]


def test_what_was_said_before_the_feedback_counts_in_every_kind(course: Any) -> None:
    _, tasks, _ = course
    figure, clauses, cards = (task_of(tasks, kind) for kind in ("figure", "attribute", "sort"))
    claim = figure.claims[0]
    wrong = next(v for v in VERDICTS if v != claim.verdict)
    given = {"verdict": claim.verdict, "first": wrong, "own_reason": "x\u202ey"}
    kept = KINDS["figure"].keep(figure, FigureAnswer.model_validate({"claims": {claim.id: given}}))
    assert kept["figure_claims"][0][:2] == (claim.id, wrong)
    assert kept["figure_claims"][0][-1] == "x\ufffdy"
    clause = clauses.clauses[0]
    first = next(c for c in CHOICES["voice"] if c != clause.key["voice"])
    answer = AttributeAnswer.model_validate(
        {
            "clauses": {clause.id: {"voice": clause.key["voice"]}},
            "first": {clause.id: {"voice": first}},
        }
    )
    kept = KINDS["attribute"].keep(clauses, answer)
    assert kept["attribute_clauses"] == [(clause.id, "voice", first, False)]
    card, (one, two, *_) = cards.cards[0].id, [bin_.id for bin_ in cards.bins]
    placed = SortAnswer.model_validate({"placed": {card: one}, "first": {card: two}})
    assert KINDS["sort"].keep(cards, placed)["sort_cards"] == [(card, two)]


def test_an_answer_to_another_version_of_the_task_is_refused_with_the_reason(
    course: Any, tmp_path: Path
) -> None:
    sheets, tasks, _ = course
    figure = task_of(tasks, "figure")
    (mine,) = (dict(e) for e in sheets[0]["answers"] if e["task"] == figure.id)
    mine["answer"] = {"claims": {"no-such-claim": {"verdict": "holds"}}}
    write(tmp_path / "a", "x.json", sheet("x", mine))
    summary = make_report(tmp_path / "a", tmp_path / "out", tasks)
    ((_, state, reason),) = summary.unused_files
    assert state == "refused"
    assert "no-such-claim" in reason
