"""The claims and tables of the real case are what was handed over: nothing lost, nothing added."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from copydesk.case import Case, read_case, read_folder
from copydesk.model import VERDICTS, Claim, Table

ROOT = Path(__file__).parent.parent
REAL = ROOT / "seeds" / "ain-al-asad-2023"
HANDED = Path(__file__).parent / "data" / "handed-over"
RECORDS: list[dict[str, Any]] = YAML(typ="safe").load((HANDED / "facts.yml").read_text("utf-8"))[
    "records"
]
NAMES = {
    "holds": "holds",
    "holds with a missing caveat": "caveat",
    "imprecise": "imprecise",
    "does not hold": "fails",
    "cannot be checked": "uncheckable",
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

# Column handed over -> column of ours. What else stood in a row: source, url, confidence, note.
SERIES = {
    "gaza-reported-deaths": (
        "gaza_reported_deaths.csv",
        {
            "date": "date",
            "cumulative_deaths": "killed_people",
            "children": "children_killed",
            "women": "women_killed",
            "injured": "injured_people",
            "issuer": "issuer",
        },
    ),
    "attacks-on-us-forces": (
        "attacks_on_us_forces.csv",
        {
            "date": "date",
            "cumulative_attacks": "attacks_total",
            "iraq": "attacks_iraq",
            "syria": "attacks_syria",
            "us_injured_cumulative": "us_injured_people",
            "who_gave_the_number": "issuer",
        },
    ),
    "house-bill": (
        "house_bill.csv",
        {"kind": "kind", "item": "item", "value": "value", "unit": "unit"},
    ),
    "council-votes": (
        "unsc_votes.csv",
        {
            "date": "date",
            "text": "text",
            "sponsor": "sponsor",
            "what_it_called_for": "called_for",
            "for": "votes_for",
            "against": "votes_against",
            "abstain": "abstentions",
            "who_voted_no": "who_voted_no",
            "outcome": "outcome",
            "us_veto": "us_veto",
            "other_veto": "other_veto",
        },
    ),
}


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(REAL)


def claim(case: Case, claim_id: str) -> Claim:
    (found,) = (c for c in case.claims if c.entry.id == claim_id)
    return found


# --- claims -------------------------------------------------------------------------------------


def test_there_are_the_24_claims_that_were_handed_over_and_no_others(case: Case) -> None:
    assert len(RECORDS) == 24
    assert [c.entry.id for c in case.claims] == [r["id"] for r in RECORDS]


@pytest.mark.parametrize("handed", RECORDS, ids=lambda r: r["id"])
def test_a_claim_is_the_one_that_was_handed_over(handed: dict[str, Any], case: Case) -> None:
    found = claim(case, handed["id"])
    assert (found.span.start, found.span.end) == (handed["start"], handed["end"])
    assert found.span.quote == handed["quote"]
    assert case.article[handed["start"] : handed["end"]] == handed["quote"]
    assert found.entry.verdict == NAMES[handed["verdict"]]
    assert found.entry.confidence == handed["confidence"]
    assert found.words.topic.lower() == handed["topic"].lower()
    assert found.words.claimed.lower() == handed["claimed_value"].lower()
    known = str(handed["knowable_on_2023_11_15"])
    assert found.words.knowable.rstrip(".").lower() == known.rstrip(".").lower()
    assert found.words.explanation == handed["explanation"]
    assert found.words.check == handed["student_check"]
    if known.split(":")[0].split(",")[0] in ("yes", "partly"):
        assert known.startswith(found.entry.knowable)


@pytest.mark.parametrize("handed", RECORDS, ids=lambda r: r["id"])
def test_no_reference_of_a_claim_is_lost_or_changed(handed: dict[str, Any], case: Case) -> None:
    found = claim(case, handed["id"])
    assert len(found.entry.references) == len(handed["references"])
    for entry, reference in zip(found.entry.references, handed["references"], strict=True):
        source = case.source(entry.source)
        assert source.publisher == reference["publisher"]
        assert source.title == reference["title"]
        assert source.date == reference["date"]
        assert source.url == reference["url"]
        assert source.confidence == reference["confidence"]
        assert source.from_memory == reference["from_memory"]
        assert source.reprint == reference["is_copy"]
        assert entry.computed == reference["computed"]
        value = found.words.found[entry.source]
        assert value == reference["value"]
        assert NUMBER.findall(value) == NUMBER.findall(reference["value"])


@pytest.mark.parametrize("handed", RECORDS, ids=lambda r: r["id"])
def test_the_answers_to_other_verdicts_bring_in_no_number_of_their_own(
    handed: dict[str, Any], case: Case
) -> None:
    """What we wrote around a claim uses numbers of the dossier's records, the article, or sums."""
    known = set(NUMBER.findall(case.article))
    for record in RECORDS:
        known |= set(NUMBER.findall(record["explanation"] + str(record["knowable_on_2023_11_15"])))
        for reference in record["references"]:
            known |= set(NUMBER.findall(reference["value"]))
    # 186 - 160 = 26 km; 4.4 of 14.3 billion is the bill's own line.
    known |= {"26"}
    words = claim(case, handed["id"]).words
    ours = " ".join([*words.verdicts.values(), *words.reasons.values(), words.good or ""])
    assert set(NUMBER.findall(ours.replace("20-21", "20 21"))) - known == set()


def test_the_verdicts_are_as_many_as_the_dossier_counts(case: Case) -> None:
    verdicts = [c.entry.verdict for c in case.claims]
    assert {v: verdicts.count(v) for v in VERDICTS} == {
        "holds": 6,
        "caveat": 7,
        "imprecise": 5,
        "fails": 3,
        "uncheckable": 3,
    }


def test_the_article_gets_its_due(case: Case) -> None:
    """The dossier says what the article does right; at least where a claim holds we say so."""
    for found in case.claims:
        if found.entry.verdict in ("holds", "caveat"):
            assert found.words.good, found.entry.id


def test_each_claim_has_the_tool_that_fits_it(case: Case) -> None:
    first = {c.entry.id: c.entry.tools[0].kind for c in case.claims}
    special = {
        "a1": "convert",
        "a2": "distance",
        "i1": "calendar",
        "c1": "calendar",
        "g3": "share",
        "d1": "share",
        "g1": "series",
        "g2": "series",
        "b3": "series",
        "b1": "series",
        "e1": "votes",
        "e2": "votes",
    }
    assert first == {c.entry.id: special.get(c.entry.id, "sources") for c in case.claims}


# --- tables -------------------------------------------------------------------------------------


def rows_of(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.keys, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("name", SERIES)
def test_a_table_has_every_row_and_value_that_was_handed_over(name: str, case: Case) -> None:
    file, columns = SERIES[name]
    with (HANDED / file).open(encoding="utf-8", newline="") as stream:
        handed = list(csv.DictReader(stream))
    table = case.table(name)
    ours = rows_of(table)
    assert len(ours) == len(handed) > 8
    assert set(handed[0]) - set(columns) <= {"source", "url", "confidence", "note"}
    for row, theirs in zip(ours, handed, strict=True):
        for old, new in columns.items():
            value = row[new]
            if isinstance(value, int | float):
                assert value == pytest.approx(float(theirs[old]), abs=1e-12)
            else:
                assert (value or "") == theirs[old]
        assert row["confidence"] == theirs["confidence"]
        assert theirs.get("note", "") in (row["note"] or "")


@pytest.mark.parametrize("name", SERIES)
def test_each_row_leads_to_the_address_that_was_handed_over(name: str, case: Case) -> None:
    file, _ = SERIES[name]
    with (HANDED / file).open(encoding="utf-8", newline="") as stream:
        handed = list(csv.DictReader(stream))
    rows = read_folder(REAL).tables[name]
    for number, theirs in enumerate(handed):
        sources = [case.source(i) for i in rows.source_ids(number)]
        assert sources
        assert theirs["url"] in {source.url or "" for source in sources}
        assert (case.table(name).links[number] or "") in {source.url or "" for source in sources}
        # Every name that the row gave for its source stands with a source or in the note.
        said = " ".join(f"{s.publisher} {s.title} {s.url}" for s in sources).lower()
        said += str(rows.rows[number]["note"]).lower()
        for word in re.findall(r"[A-Z]\w{3,}", theirs["source"]):
            assert word.lower() in said, (number, word)


def test_every_number_from_memory_says_so_in_its_row(case: Case) -> None:
    rows = rows_of(case.table("council-votes"))
    assert sum("from memory" in f"{row['note']} {row['text']}" for row in rows) == 4


def test_the_series_breaks_where_the_issuer_changes(case: Case) -> None:
    table = case.table("gaza-reported-deaths")
    rows = rows_of(table)
    assert table.breaks
    for number in range(1, len(rows)):
        changed = rows[number]["issuer"] != rows[number - 1]["issuer"]
        assert (number in table.breaks) == changed
    assert rows[table.breaks[0]]["date"] == "2023-11-12"


def test_the_parts_of_the_bill_add_up(case: Case) -> None:
    rows = rows_of(case.table("house-bill"))
    parts = sum(row["value"] for row in rows if row["kind"] == "amount")
    (total,) = (row["value"] for row in rows if row["item"].startswith("total"))
    assert parts == pytest.approx(total, abs=1e-9) == pytest.approx(14.3, abs=1e-9)
