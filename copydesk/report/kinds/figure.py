"""The figure task in the report: what the class said of each claim, beside the key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from copydesk.model import FigureAnswer, FigureTask
from copydesk.report import stats
from copydesk.report.kinds.base import Rows, Section, Store
from copydesk.report.texts import clean


class FigureKind:
    """Rows and section of figure tasks."""

    name = "figure"
    main = "figure_answers"
    tables: Mapping[str, Mapping[str, str]] = {
        "figure_answers": {"claims": "INTEGER", "as_key": "INTEGER"},
        "figure_claims": {
            "claim": "VARCHAR", "verdict": "VARCHAR", "last": "VARCHAR", "right_reason": "BOOLEAN",
            "own_reason": "VARCHAR",
        },
    }  # fmt: skip
    columns: Mapping[str, str] = {"claims": "claims", "claims_as_key": "as_key"}

    def keep(self, task: FigureTask, answer: FigureAnswer) -> Rows:
        """One row for each claim with a verdict: the one before any reference was seen counts."""
        rows = []
        as_key = 0
        for claim in task.claims:
            given = answer.claims.get(claim.id)
            verdict = (given.first or given.verdict) if given else None
            if given is None or verdict is None:
                continue
            # The reason that was given with the verdict that counts.
            reason = given.first_reason if given.first else given.reason
            right = any(r.right and r.id == reason for r in claim.reasons)
            as_key += verdict == claim.verdict
            own = clean(given.own_reason.strip())
            rows.append((claim.id, verdict, given.verdict or verdict, right, own))
        return {"figure_answers": [(len(rows), as_key)], "figure_claims": rows}

    def section(self, store: Store, number: int, task: FigureTask, people: int) -> Section:
        """For each claim how many gave each verdict; the claims that divide the class first."""
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        reasons: dict[str, int] = {}
        for claim, verdict, count in store.rows(
            "SELECT claim, verdict, count(*) FROM current JOIN figure_claims USING (answer) "
            "WHERE task = ? GROUP BY claim, verdict",
            number,
        ):
            counts[claim][verdict] = count
        for claim, count in store.rows(
            "SELECT claim, count(*) FROM current JOIN figure_claims USING (answer) "
            "WHERE task = ? AND right_reason GROUP BY claim",
            number,
        ):
            reasons[claim] = count
        claims: list[dict[str, Any]] = []
        for claim in task.claims:
            given = counts[claim.id]
            answered = sum(given.values())
            share = given.get(claim.verdict, 0) / answered if answered else 0.0
            claims.append(
                {
                    "topic": claim.topic,
                    "claimed": claim.claimed,
                    "key": claim.verdict,
                    "answered": answered,
                    "given": {v.verdict: given.get(v.verdict, 0) for v in task.verdicts},
                    "share": share,
                    "right_reason": reasons.get(claim.id, 0),
                    "entropy": stats.entropy(share),
                }
            )
        names = {info.verdict: info.name for info in task.verdicts}
        return Section(self.name, task, people, {"claims": claims, "names": names})
