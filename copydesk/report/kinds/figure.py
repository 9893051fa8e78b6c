"""The figure task in the report: what the class said of each claim, beside the key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from copydesk.model import FigureAnswer, FigureTask
from copydesk.report.kinds.base import Rows, Section, Store
from copydesk.report.texts import clean
from copydesk.scoring.figure import first_answer, score_figure


class FigureKind:
    """Rows and section of figure tasks."""

    name = "figure"
    main = "figure_answers"
    tables: Mapping[str, Mapping[str, str]] = {
        "figure_answers": {
            "key": "INTEGER", "right_reason": "INTEGER", "defensible": "INTEGER", "off": "INTEGER",
            "overconfident": "INTEGER", "open": "INTEGER",
        },
        "figure_claims": {
            "claim": "VARCHAR", "verdict": "VARCHAR", "stance": "VARCHAR",
            "right_reason": "BOOLEAN", "own_reason": "VARCHAR",
        },
    }  # fmt: skip
    columns: Mapping[str, str] = {
        "verdicts_as_key": "figure_answers.key",
        "with_right_reason": "figure_answers.right_reason",
        "defensible": "defensible",
        "off": "off",
        "overconfident": "overconfident",
        "claims_open": "figure_answers.open",
    }

    def keep(self, task: FigureTask, answer: FigureAnswer) -> Rows:
        """The counts and one row for each verdict, as it stood before any reference was seen."""
        score = score_figure(task, first_answer(answer))
        own = {claim: given.own_reason for claim, given in answer.claims.items()}
        return {
            "figure_answers": [
                (
                    score.key, score.right_reason, score.defensible, score.off,
                    score.overconfident, score.open,
                )
            ],
            "figure_claims": [
                (o.claim, o.verdict, o.stance, o.right_reason, clean(own[o.claim].strip()))
                for o in score.outcomes
            ],
        }  # fmt: skip

    def section(self, store: Store, number: int, task: FigureTask, people: int) -> Section:
        """For each claim how many gave each verdict, how many as the key, how many with reason."""
        given: dict[str, dict[str, int]] = defaultdict(dict)
        reasons: dict[str, int] = defaultdict(int)
        for claim, verdict, count, right in store.rows(
            "SELECT claim, verdict, count(*), count(*) FILTER (WHERE right_reason) FROM current "
            "JOIN figure_claims USING (answer) WHERE task = ? GROUP BY claim, verdict",
            number,
        ):
            given[claim][verdict] = count
            reasons[claim] += right
        claims: list[dict[str, Any]] = []
        for claim in task.claims:
            counts = given[claim.id]
            answered = sum(counts.values())
            claims.append(
                {
                    "topic": claim.topic,
                    "claimed": claim.claimed,
                    "key": claim.verdict,
                    "answered": answered,
                    "given": {v.verdict: counts.get(v.verdict, 0) for v in task.verdicts},
                    "share": counts.get(claim.verdict, 0) / answered if answered else 0.0,
                    "right_reason": reasons[claim.id],
                }
            )
        names = {info.verdict: info.name for info in task.verdicts}
        return Section(self.name, task, people, {"claims": claims, "names": names})
