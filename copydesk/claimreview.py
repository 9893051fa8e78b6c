"""The verdicts of a case as schema.org ClaimReview, for an instructor who stands by them.

Off unless asked for: whoever publishes it puts their name to each verdict, and search engines may
show it as theirs. Format: https://schema.org/ClaimReview.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit

from copydesk.case import Case
from copydesk.model import Claim, Verdict
from copydesk.task import verdict_infos

# The scale that the format wants, worst to best. A claim that cannot be checked has no place on
# it: its rating has a name and no number, which the format allows.
RATINGS: dict[Verdict, int] = {"fails": 1, "imprecise": 2, "caveat": 3, "holds": 4}
WORST, BEST = min(RATINGS.values()), max(RATINGS.values())

AuthorKind = Literal["Organization", "Person"]


def is_web_address(url: str) -> bool:
    """Whether a text is a whole web address."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
        return whole and not any(char.isspace() for char in url)
    except ValueError:
        return False


def claim_reviews(
    case: Case,
    *,
    author: str,
    url: str,
    kind: AuthorKind = "Organization",
    published: date | None = None,
) -> dict[str, Any]:
    """A JSON-LD object with one ClaimReview for each claim of the case, in the order of its file.

    `author` is whoever answers for the verdicts, `url` the page that holds them, `published` the
    day on which they were published there. Raises ValueError, naming every fault, when the case has
    no claims or no address of its article, or when author or url cannot stand there.
    """
    faults = []
    if not case.claims:
        faults.append(f"case {case.id} has no claims: give it a claims.yml")
    if not case.entry.url:
        faults.append(f"case {case.id} does not say where its article is: add url to case.yml")
    if not author.strip():
        faults.append("the author is empty: name whoever answers for the verdicts")
    if not is_web_address(url):
        faults.append(f'the url "{url}" is no web address: write it whole, from https:// on')
    if faults:
        raise ValueError("\n".join(faults))
    by = {"@type": kind, "name": author.strip(), "url": url}
    reviews = [_review(case, claim, by, url, published) for claim in case.claims]
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(
    case: Case, claim: Claim, author: dict[str, str], url: str, published: date | None
) -> dict[str, Any]:
    names = {info.verdict: info.name for info in verdict_infos(case.entry.language)}
    verdict = claim.entry.verdict
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": names[verdict]}
    if verdict in RATINGS:
        rating |= {"ratingValue": RATINGS[verdict], "worstRating": WORST, "bestRating": BEST}
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "url": url,
        "author": author,
        "inLanguage": case.entry.language,
        "claimReviewed": claim.words.claimed,
        "reviewRating": rating,
        "reviewBody": claim.words.explanation,
        "itemReviewed": {
            "@type": "Claim",
            "text": claim.span.quote,
            "author": {"@type": "Organization", "name": case.entry.publisher},
            "datePublished": case.entry.published.isoformat(),
            "appearance": {"@type": "CreativeWork", "url": case.entry.url},
        },
    }
    return review | ({"datePublished": published.isoformat()} if published else {})


def as_script(reviews: dict[str, Any]) -> str:
    """The script element that carries the reviews in a page; the page asks nobody for anything."""
    # JSON inside a script element must not be able to end it, nor to open a comment in it.
    safe = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
    text = json.dumps(reviews, ensure_ascii=False, separators=(",", ":")).translate(safe)
    return f'<script type="application/ld+json">{text}</script>'
