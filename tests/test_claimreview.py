"""ClaimReview: what the vocabulary wants is there, off by default, and safe inside a page."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from broken import WITH_CLAIMS, build
from typer.testing import CliRunner

from copydesk import site, webpage
from copydesk.case import Case, read_case
from copydesk.claimreview import BEST, RATINGS, WORST, as_script, claim_reviews
from copydesk.cli import app
from copydesk.model import VERDICTS
from copydesk.task import build_task
from copydesk.widgets import task_html

ROOT = Path(__file__).parent.parent
REAL = ROOT / "seeds" / "ain-al-asad-2023"
PAGE = "https://desk.example.org/book/03-figures.html"


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(REAL)


# Type -> what it must have. Source: schema.org/ClaimReview, Claim and Rating, and the properties
# that the readers of the format call required or recommended.
REQUIRED = {
    "ClaimReview": {"claimReviewed", "reviewRating", "url", "author", "itemReviewed"},
    "Claim": {"appearance", "author", "datePublished"},
    "Rating": {"alternateName"},
    "Organization": {"name"},
    "Person": {"name"},
    "CreativeWork": {"url"},
}
# Every property that may stand there, by type.
KNOWN = {
    "ClaimReview": REQUIRED["ClaimReview"] | {"datePublished", "reviewBody", "inLanguage"},
    "Claim": REQUIRED["Claim"] | {"text"},
    "Rating": {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Organization": {"name", "url"},
    "Person": {"name", "url"},
    "CreativeWork": {"url"},
}


def problems(node: Any) -> list[str]:
    """What a JSON-LD object lacks or has too much, by type, all the way down."""
    if isinstance(node, list):
        return [problem for item in node for problem in problems(item)]
    if not isinstance(node, dict):
        return [] if node not in (None, "") else ["an empty value"]
    kind, keys = node.get("@type"), {key for key in node if key[0] != "@"}
    found = [problem for value in node.values() for problem in problems(value)]
    if "@graph" in node:
        return found
    if kind not in REQUIRED:
        return [*found, f"unknown type {kind}"]
    found += [f"{kind} lacks {key}" for key in sorted(REQUIRED[kind] - keys)]
    return found + [f"{kind} has {key}" for key in sorted(keys - KNOWN[kind])]


def test_the_validator_finds_what_is_wrong() -> None:
    assert problems({"@type": "Rating", "stars": 5}) == [
        "Rating lacks alternateName",
        "Rating has stars",
    ]
    assert problems({"@graph": [{"@type": "Cat"}]}) == ["unknown type Cat"]
    assert problems({"@type": "Person", "name": ""}) == ["an empty value"]


def test_every_verdict_is_a_whole_claim_review(case: Case) -> None:
    data = claim_reviews(case, author="A School", url=PAGE, published=date(2026, 1, 2))
    assert data["@context"] == "https://schema.org"
    assert problems(data) == []
    assert len(data["@graph"]) == 24
    for review, claim in zip(data["@graph"], case.claims, strict=True):
        assert review["claimReviewed"] == claim.words.claimed
        assert review["datePublished"] == "2026-01-02"
        assert review["author"] == {"@type": "Organization", "name": "A School", "url": PAGE}
        item = review["itemReviewed"]
        assert item["author"]["name"] == "Press TV"
        assert item["datePublished"] == "2023-11-15"
        assert item["appearance"]["url"] == case.entry.url
        rating = review["reviewRating"]
        if claim.entry.verdict == "uncheckable":
            assert set(rating) == {"@type", "alternateName"}
        else:
            assert (rating["worstRating"], rating["bestRating"]) == (1, 4)
            assert rating["ratingValue"] == RATINGS[claim.entry.verdict]


def test_the_scale_runs_from_does_not_hold_to_holds_and_leaves_out_what_cannot_be_checked() -> None:
    assert RATINGS["fails"] == WORST < RATINGS["imprecise"] < RATINGS["caveat"] < BEST
    assert RATINGS["holds"] == BEST
    assert set(VERDICTS) - set(RATINGS) == {"uncheckable"}


def test_the_day_is_left_out_where_nobody_gave_it_and_a_person_is_one(case: Case) -> None:
    data = claim_reviews(case, author=" Ann ", url=PAGE, kind="Person")
    assert problems(data) == []
    assert all("datePublished" not in review for review in data["@graph"])
    assert data["@graph"][0]["author"] == {"@type": "Person", "name": "Ann", "url": PAGE}


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    folder = build(None, tmp_path)
    text = (folder / "case.yml").read_text("utf-8")
    (folder / "case.yml").write_text(re.sub(r"url: .*\n", "", text), "utf-8")
    with pytest.raises(ValueError, match="claims") as caught:
        claim_reviews(read_case(folder), author=" ", url="desk.example.org")
    assert len(str(caught.value).splitlines()) == 4


@pytest.mark.parametrize("url", ["", "x", "ftp://a.b/c", "https://", "https://a b/", "https://[x"])
def test_what_is_no_web_address_is_refused(url: str, case: Case) -> None:
    with pytest.raises(ValueError, match="is no web address"):
        claim_reviews(case, author="A", url=url)


def test_no_text_can_end_the_script_element(case: Case) -> None:
    script = as_script(claim_reviews(case, author="</script><!-- &", url=PAGE))
    assert script.count("<") == 2
    assert script.endswith("</script>")
    body = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(body)["@graph"][0]["author"]["name"] == "</script><!-- &"


# --- the command line -----------------------------------------------------------------------------


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["claimreview", *words])


def test_the_command_prints_or_writes_it(tmp_path: Path) -> None:
    words = (str(REAL), "--author", "A School", "--url", PAGE)
    printed = run(*words)
    assert printed.exit_code == 0
    assert problems(json.loads(printed.stdout)) == []
    out = tmp_path / "reviews.json"
    written = run(*words, "--out", str(out), "--published", "2026-01-02", "--person")
    assert written.exit_code == 0
    assert "24 verdicts" in written.stdout
    data = json.loads(out.read_text("utf-8"))
    assert problems(data) == []
    assert data["@graph"][0]["datePublished"] == "2026-01-02"
    assert data["@graph"][0]["author"]["@type"] == "Person"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-such-case", "--author", "A", "--url", PAGE), "there is no case"),
        ((str(REAL), "--author", "A", "--url", "nowhere"), "is no web address"),
        ((str(REAL), "--author", "A", "--url", PAGE, "--published", "soon"), "is no day"),
        ((str(REAL), "--author", "A", "--url", PAGE, "--out", "/"), "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.stderr


def test_the_author_must_be_named() -> None:
    assert run(str(REAL), "--url", PAGE).exit_code == 2


def test_a_broken_case_is_refused_with_its_faults(tmp_path: Path) -> None:
    folder = build("figure-unknown-verdict", tmp_path)
    done = run(str(folder), "--author", "A", "--url", PAGE)
    assert done.exit_code == 2
    assert "unknown verdict" in done.stderr


# --- the site -------------------------------------------------------------------------------------


def config(**values: Any) -> Any:
    given = {
        "copydesk_claimreview": True,
        "copydesk_claimreview_author": "",
        "author": "The Copy Desk",
        "html_baseurl": "https://desk.example.org/",
    }
    return SimpleNamespace(**{**given, **values})


@pytest.fixture(scope="module")
def body(case: Case) -> str:
    return task_html(build_task(case, "first-impression")) + task_html(build_task(case, "figures"))


def test_the_case_of_a_task_is_found_by_its_kind(body: str) -> None:
    assert webpage.case_of_task(body, "figure") == "ain-al-asad-2023"
    assert webpage.case_of_task(body, "mark") is None
    assert webpage.case_of_task("", "figure") is None


def test_the_page_of_the_figures_carries_it_only_where_asked_for(body: str) -> None:
    name = "book/03-figures"
    assert site.reviews_of(config(copydesk_claimreview=False), name, body) == ""
    assert site.reviews_of(config(), "book/02-words", "<p>no task</p>") == ""
    script = site.reviews_of(config(), name, body)
    data = json.loads(re.sub(r"</?script[^>]*>", "", script))
    assert problems(data) == []
    assert data["@graph"][0]["url"] == PAGE
    assert data["@graph"][0]["author"]["name"] == "The Copy Desk"
    other = site.reviews_of(config(copydesk_claimreview_author="A School"), name, body)
    assert '"name":"A School"' in other


def test_without_an_address_of_the_site_it_is_left_out_and_said(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(site.logger, "warning", lambda text, *a, **_: said.append(text % a))
    assert site.reviews_of(config(html_baseurl=""), "book/03-figures", body) == ""
    assert len(said) == 1
    assert "html_baseurl" in said[0]


def test_the_book_does_not_ask_for_it() -> None:
    assert "copydesk_claimreview" not in (ROOT / "_config.yml").read_text("utf-8")


def test_the_small_case_has_its_reviews_too(tmp_path: Path) -> None:
    data = claim_reviews(read_case(build(WITH_CLAIMS, tmp_path)), author="A", url=PAGE)
    assert problems(data) == []
    assert [r["reviewRating"].get("ratingValue") for r in data["@graph"]] == [4, None]
