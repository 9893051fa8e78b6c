"""The figure task: what a page gets, how verdicts are scored, and how tables are read."""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from broken import WITH_CLAIMS, build
from hypothesis import given
from hypothesis import strategies as st

from copydesk.answers import AnswerError, read_answer
from copydesk.case import Case, read_case
from copydesk.measure import KM_PER_MILE, Point, bearing_deg, distance_km, weekday
from copydesk.model import (
    VERDICTS,
    CaseRef,
    ClaimAnswer,
    FigureAnswer,
    FigureTask,
    SourceEntry,
    TableEntry,
    TableWords,
    TaskClaim,
    TaskReason,
    TaskReference,
    TaskVerdict,
    VerdictInfo,
)
from copydesk.scoring import AnswerDoesNotFit, first_answer, score, score_figure, stance
from copydesk.tables import read_rows, resolve_table
from copydesk.task import build_task, figure_task, verdict_infos
from copydesk.task.figure import came_later, map_shapes
from copydesk.task.words import words_of

ROOT = Path(__file__).parent.parent
REAL = ROOT / "seeds" / "ain-al-asad-2023"


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(REAL)


@pytest.fixture(scope="module")
def task(case: Case) -> FigureTask:
    built = build_task(case, "figures")
    assert isinstance(built, FigureTask)
    return built


# --- the task -----------------------------------------------------------------------------------


def test_the_claims_come_in_the_articles_order_and_name_their_words(
    case: Case, task: FigureTask
) -> None:
    words = [word for line in task.lines for word in line[1::2]]
    assert words == [word.quote for word in words_of(case.article)]
    quotes = {c.entry.id: c.span.quote for c in case.claims}
    assert len(task.claims) == 24
    places = [(claim.first, -claim.last) for claim in task.claims]
    assert places == sorted(places)
    for claim in task.claims:
        said = words[claim.first : claim.last + 1]
        assert said == [word.quote for word in words_of(quotes[claim.id])]


def test_every_verdict_on_every_claim_has_its_stance_and_its_answer(task: FigureTask) -> None:
    for claim in task.claims:
        assert tuple(v.verdict for v in claim.verdicts) == VERDICTS
        by_stance = {v.verdict: v.stance for v in claim.verdicts}
        assert by_stance[claim.verdict] == "key"
        assert list(by_stance.values()).count("key") == 1
        assert all(v.note for v in claim.verdicts if v.stance != "key")
        assert ("overconfident" in by_stance.values()) == (claim.verdict == "uncheckable")
        assert any(r.right for r in claim.reasons)
        assert not all(r.right for r in claim.reasons)
        assert claim.references


def test_whatever_a_tool_starts_with_is_in_the_task(task: FigureTask) -> None:
    tables = {table.id: table for table in task.tables}
    points = {point.id for point in task.points}
    for tool in (tool for claim in task.claims for tool in claim.tools):
        if "table" in tool.start:
            table = tables[str(tool.start["table"])]
            if "column" in tool.start:
                column = table.keys.index(str(tool.start["column"]))
                assert table.kinds[column] == "number"
        if tool.kind == "distance":
            assert {tool.start["from"], tool.start["to"]} <= points


def test_the_tables_are_rectangular_and_of_their_kinds(task: FigureTask) -> None:
    assert [table.id for table in task.tables] == [
        "gaza-reported-deaths",
        "attacks-on-us-forces",
        "house-bill",
        "council-votes",
    ]
    for table in task.tables:
        assert len(table.columns) == len(table.kinds) == len(table.keys)
        assert len(table.links) == len(table.rows)
        assert table.keys[-3:] == ("source", "confidence", "note")
        for row in table.rows:
            assert len(row) == len(table.columns)
            for value, kind in zip(row, table.kinds, strict=True):
                wanted = int | float if kind == "number" else str
                assert value is None or isinstance(value, wanted)


def test_a_source_of_the_day_itself_is_not_later() -> None:
    published = "2023-11-15"
    assert came_later("2023-11-16", published)
    assert came_later("2023-12", published)
    assert came_later("2024", published)
    for day in ("2023-11-15", "2023-11-14", "2023-11", "2023", "2020-01", None):
        assert not came_later(day, published)


def test_later_findings_are_marked_as_such(task: FigureTask) -> None:
    later = {r.publisher for c in task.claims for r in c.references if r.later}
    assert "Haaretz" in later
    assert "The Fiscal Times" not in later


def test_the_numbers_of_the_distance_claim_are_what_the_package_computes(task: FigureTask) -> None:
    points = {p.id: Point(p.lat, p.lon) for p in task.points}
    km = distance_km(points["baghdad"], points["ain-al-asad"])
    assert km == pytest.approx(186.2, abs=0.05)
    assert km / KM_PER_MILE == pytest.approx(115.7, abs=0.05)
    assert bearing_deg(points["baghdad"], points["ain-al-asad"]) == pytest.approx(287, abs=0.5)


def test_the_weekday_of_the_article_is_the_claimed_one(case: Case) -> None:
    assert weekday(case.entry.published) == "Wednesday"


def test_the_map_is_iraq_and_its_six_neighbours_and_stays_small() -> None:
    shapes = map_shapes()
    assert {shape.name for shape in shapes} == {
        "Iraq",
        "Iran",
        "Jordan",
        "Kuwait",
        "Saudi Arabia",
        "Syria",
        "Turkey",
    }
    for ring in (ring for shape in shapes for ring in shape.rings):
        assert ring[0] == ring[-1]
        assert all(37.5 <= lon <= 49.8 and 28.0 <= lat <= 38.3 for lon, lat in ring)
    text = json.dumps([shape.model_dump() for shape in shapes], separators=(",", ":"))
    assert len(text) <= 15_000
    file = ROOT / "copydesk" / "data" / "iraq-and-neighbours.geojson"
    assert file.stat().st_size <= 40_000
    assert "Natural Earth" in json.loads(file.read_text("utf-8"))["source"]


def inside(ring: Any, lon: float, lat: float) -> bool:
    """Whether a point lies in a ring, by the even-odd rule."""
    odd = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def test_the_places_lie_in_iraq_on_the_map(task: FigureTask) -> None:
    (iraq,) = (shape for shape in task.shapes if shape.name == "Iraq")
    for point in task.points:
        assert inside(iraq.rings[0], point.lon, point.lat), point.id
    assert not inside(iraq.rings[0], 40.0, 36.9)  # in Syria


def test_a_case_without_a_distance_gets_no_map(tmp_path: Path) -> None:
    folder = build(WITH_CLAIMS, tmp_path)
    text = (folder / "claims.yml").read_text("utf-8")
    start, end = text.index("      - kind: distance"), text.index("    reasons: [calendar")
    (folder / "claims.yml").write_text(text[:start] + text[end:], "utf-8")
    small = build_task(read_case(folder), "figures")
    assert isinstance(small, FigureTask)
    assert small.shapes == ()
    assert [p.id for p in small.points] == ["pool", "own"]


def test_a_claim_without_a_word_stops_the_task(tmp_path: Path) -> None:
    fault_case = read_case(build("figure-quote-without-a-word", tmp_path))
    with pytest.raises(ValueError, match="has no word: quote at least one"):
        figure_task(fault_case, fault_case.entry.tasks[-1])


def test_the_task_comes_back_from_its_json(task: FigureTask) -> None:
    assert FigureTask.model_validate_json(task.model_dump_json(by_alias=True)) == task


def test_every_verdict_has_a_name_and_a_meaning() -> None:
    infos = verdict_infos()
    assert tuple(info.verdict for info in infos) == VERDICTS
    assert len({info.name for info in infos}) == len(VERDICTS)
    assert all(info.what for info in infos)


# --- scoring ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "defensible", "verdict", "wanted"),
    [
        ("holds", (), "holds", "key"),
        ("holds", ("caveat",), "caveat", "defensible"),
        ("holds", ("caveat",), "imprecise", "off"),
        ("holds", (), "uncheckable", "off"),
        ("fails", ("imprecise",), "holds", "off"),
        ("uncheckable", (), "uncheckable", "key"),
        ("uncheckable", (), "holds", "overconfident"),
        ("uncheckable", (), "fails", "overconfident"),
        ("uncheckable", ("caveat",), "caveat", "defensible"),
        ("uncheckable", ("caveat",), "imprecise", "overconfident"),
        # The key's own verdict stays the key's, whatever else is defensible.
        ("caveat", ("holds", "uncheckable"), "caveat", "key"),
        ("caveat", ("holds", "uncheckable"), "uncheckable", "defensible"),
    ],
)
def test_a_stance_worked_out_by_hand(key: Any, defensible: Any, verdict: Any, wanted: str) -> None:
    assert stance(key, defensible, verdict) == wanted


def make_claim(claim_id: str, key: Any, defensible: Any = ()) -> TaskClaim:
    reference = TaskReference(
        publisher="P",
        title=None,
        date=None,
        url=None,
        value="v",
        confidence="high",
        from_memory=False,
        copy_of=None,
        reprint=False,
        computed=False,
    )
    return TaskClaim(
        id=claim_id,
        first=0,
        last=0,
        topic="t",
        claimed="c",
        verdict=key,
        confidence="high",
        knowable="yes",
        knowable_words="Yes.",
        explanation="e",
        check="c",
        good=None,
        tools=(),
        verdicts=tuple(
            TaskVerdict(verdict=v, stance=stance(key, defensible, v), note="n") for v in VERDICTS
        ),
        reasons=(
            TaskReason(id="right", text="r", right=True),
            TaskReason(id="also-right", text="r", right=True),
            TaskReason(id="wrong", text="w", right=False),
        ),
        references=(reference,),
    )


SMALL = FigureTask(
    id="figures",
    case=CaseRef(
        id="tiny", sha256="ab" * 32, title="T", publisher="P", published="2023-11-15", url=None
    ),
    language="en",
    prompt="p",
    lines=(("", "Word", "."),),
    ui={},
    verdicts=tuple(VerdictInfo(verdict=v, name=v, what=v) for v in VERDICTS),
    claims=(
        make_claim("q1", "holds", ("caveat",)),
        make_claim("q2", "uncheckable", ("imprecise",)),
        make_claim("q3", "fails"),
    ),
    tables=(),
    points=(),
    shapes=(),
)

ANSWERS: list[tuple[str, dict[str, dict[str, Any]], dict[str, int]]] = [
    ("nothing", {}, {"open": 3}),
    ("no verdict yet", {"q1": {"own_reason": "let me see"}}, {"open": 3}),
    (
        "the key, right reasons",
        {
            "q1": {"verdict": "holds", "reason": "right"},
            "q2": {"verdict": "uncheckable", "reason": "also-right"},
            "q3": {"verdict": "fails", "reason": "right"},
        },
        {"key": 3, "right_reason": 3},
    ),
    (
        "the key, for wrong, own or no reasons",
        {
            "q1": {"verdict": "holds", "reason": "wrong"},
            "q2": {"verdict": "uncheckable", "own_reason": "nobody saw it"},
            "q3": {"verdict": "fails"},
        },
        {"key": 3},
    ),
    (
        "defensible, overconfident, off; right reasons do not count",
        {
            "q1": {"verdict": "caveat", "reason": "right"},
            "q2": {"verdict": "fails", "reason": "right"},
            "q3": {"verdict": "uncheckable", "reason": "right"},
        },
        {"defensible": 1, "overconfident": 1, "off": 1},
    ),
    (
        "a first verdict alone is none now",
        {"q1": {"first": "holds", "first_reason": "right"}},
        {"open": 3},
    ),
]


@pytest.mark.parametrize(("name", "answer", "wanted"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_an_answer_worked_out_by_hand(
    name: str, answer: dict[str, Any], wanted: dict[str, int]
) -> None:
    got = score(SMALL, FigureAnswer.model_validate({"claims": answer}))
    assert got is not None
    counts = got.model_dump(exclude={"case", "task", "outcomes"})
    all_wanted = {"open": 0, **wanted}
    assert counts == {n: all_wanted.get(n, 0) for n in counts}, name


def test_outcomes_come_in_the_order_of_the_task() -> None:
    answer = FigureAnswer(
        claims={i: ClaimAnswer(verdict="holds", reason="right") for i in ("q3", "q1")}
    )
    got = score_figure(SMALL, answer)
    assert [(o.claim, o.stance, o.right_reason) for o in got.outcomes] == [
        ("q1", "key", True),
        ("q3", "off", False),
    ]


def test_the_first_verdict_is_what_a_report_scores() -> None:
    answer = FigureAnswer(
        claims={
            "q1": ClaimAnswer(verdict="holds", reason="right", first="fails", first_reason="wrong"),
            "q2": ClaimAnswer(verdict="uncheckable", reason="right"),
            "q3": ClaimAnswer(verdict="holds", reason="wrong", first="fails", first_reason="right"),
        }
    )
    now, first = score_figure(SMALL, answer), score_figure(SMALL, first_answer(answer))
    assert [o.stance for o in now.outcomes] == ["key", "key", "off"]
    assert [o.stance for o in first.outcomes] == ["off", "key", "key"]
    assert (now.right_reason, first.right_reason) == (2, 2)


def test_an_unknown_claim_or_reason_does_not_fit_and_all_are_named() -> None:
    answer = FigureAnswer(
        claims={
            "z9": ClaimAnswer(verdict="holds"),
            "q1": ClaimAnswer(verdict="holds", reason="luck", first_reason="whim"),
        }
    )
    with pytest.raises(AnswerDoesNotFit) as caught:
        score_figure(SMALL, answer)
    for part in ("no claim 'z9'", "no reason 'luck' of claim 'q1'", "no reason 'whim'", "version"):
        assert part in str(caught.value)


def test_an_answer_of_another_kind_is_refused() -> None:
    with pytest.raises(AnswerError, match=r"answer\.claims\.q1\.verdict"):
        read_answer(SMALL, {"claims": {"q1": {"verdict": "true"}}})


claim_answers = st.builds(
    ClaimAnswer,
    verdict=st.none() | st.sampled_from(VERDICTS),
    reason=st.none() | st.sampled_from(["right", "also-right", "wrong"]),
    own_reason=st.text(max_size=20),
    first=st.none() | st.sampled_from(VERDICTS),
    first_reason=st.none() | st.sampled_from(["right", "wrong"]),
)
answers = st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), claim_answers)


@given(answers)
def test_the_counts_add_up_to_the_claims(claims: dict[str, ClaimAnswer]) -> None:
    for answer in (FigureAnswer(claims=claims), first_answer(FigureAnswer(claims=claims))):
        got = score_figure(SMALL, answer)
        assert got.key + got.defensible + got.off + got.overconfident + got.open == 3
        assert got.right_reason <= got.key
        assert len(got.outcomes) == 3 - got.open


@given(answers, st.randoms())
def test_the_order_of_an_answer_does_not_matter(
    claims: dict[str, ClaimAnswer], random: Any
) -> None:
    shuffled = list(claims.items())
    random.shuffle(shuffled)
    assert score_figure(SMALL, FigureAnswer(claims=dict(shuffled))) == score_figure(
        SMALL, FigureAnswer(claims=claims)
    )


@given(st.text(min_size=1).filter(lambda t: t not in {"q1", "q2", "q3"}), claim_answers)
def test_any_unknown_claim_is_refused(claim_id: str, given_answer: ClaimAnswer) -> None:
    with pytest.raises(AnswerDoesNotFit, match="no claim"):
        score_figure(SMALL, FigureAnswer(claims={claim_id: given_answer}))


def test_whoever_repeats_the_key_agrees_with_all_of_it(task: FigureTask) -> None:
    answer = FigureAnswer(
        claims={
            c.id: ClaimAnswer(verdict=c.verdict, reason=next(r.id for r in c.reasons if r.right))
            for c in task.claims
        }
    )
    got = score_figure(task, answer)
    assert (got.key, got.right_reason, got.open) == (24, 24, 0)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_one_verdict_for_all_claims_does_not_pay(verdict: Any, task: FigureTask) -> None:
    answer = FigureAnswer(claims={c.id: ClaimAnswer(verdict=verdict) for c in task.claims})
    got = score_figure(task, answer)
    assert got.key == sum(c.verdict == verdict for c in task.claims)
    assert got.key < 8
    assert got.off + got.overconfident > 0


# --- tables -------------------------------------------------------------------------------------

VISITS = TableEntry.model_validate(
    {
        "id": "visits",
        "columns": [
            {"id": "date", "kind": "date"},
            {"id": "visits", "kind": "number"},
            {"id": "counted_by", "kind": "text"},
        ],
        "issuer": "counted_by",
    }
)
PAPER = SourceEntry(
    id="paper", publisher="A Paper", url="https://example.org/p", kind="report", confidence="high"
)
OWN = SourceEntry(id="own", publisher="own sum", kind="computation", confidence="high")


def write(folder: Path, text: str) -> Path:
    (folder / "data").mkdir()
    (folder / "data" / "visits.csv").write_text(text, "utf-8")
    return folder


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        "note,source,confidence,visits,counted_by,date\n"
        '"two\nlines",own paper,high,12,pool,2024-03-01\n'
        "\n"
        ",own,low,,council,2024-03-02\n"
        ",paper,low,12.5,council,2024-03-03\n",
    )
    rows = read_rows(folder, VISITS)
    assert rows.faults == []
    assert rows.lines == [2, 5, 6]
    assert [row["visits"] for row in rows.rows] == [12, None, 12.5]
    words = TableWords(title="Visits", columns={"date": "Day", "visits": "Visits (people)"})
    table = resolve_table(rows, words, [PAPER, OWN])
    assert table.keys == ("date", "visits", "counted_by", "source", "confidence", "note")
    assert table.columns[:3] == ("Day", "Visits (people)", "counted_by")
    assert table.kinds == ("date", "number", "text", "text", "text", "text")
    assert table.rows[0] == ("2024-03-01", 12, "pool", "own sum; A Paper", "high", "two\nlines")
    assert table.links == ("https://example.org/p", None, "https://example.org/p")
    assert table.breaks == (1,)


def test_a_fault_after_a_cell_of_two_lines_names_the_line_of_its_row(tmp_path: Path) -> None:
    head = "date,visits,counted_by,source,confidence,note\n"
    folder = write(
        tmp_path,
        head + '2024-03-01,1,pool,own,high,"two\nlines"\n2024-03-02,one,pool,own,high,\n',
    )
    (fault,) = read_rows(folder, VISITS).faults
    assert fault.line == 4
    assert 'visits is "one"' in fault.what


@pytest.mark.parametrize("number", ["1e3", "1,5", "0x10", "nan", "inf", "١٢", "12 ", "+5", "."])
def test_what_is_no_plain_number_is_refused(number: str, tmp_path: Path) -> None:
    head = "date,visits,counted_by,source,confidence,note\n"
    folder = write(tmp_path, f'{head}2024-03-01,"{number}",pool,own,high,\n')
    (fault,) = read_rows(folder, VISITS).faults
    assert "no number" in fault.what


@pytest.mark.parametrize("text", ["", "\n\n", '"', "a", "\ufeff", '"a"b,"', "a\r\n", "\x00"])
def test_no_text_makes_the_reader_raise(text: str, tmp_path: Path) -> None:
    assert read_rows(write(tmp_path, text), VISITS).faults


@given(st.text(max_size=300))
def test_no_random_text_makes_the_reader_raise(text: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), text.encode("utf-8", "replace").decode("utf-8"))
        assert read_rows(folder, VISITS).faults
