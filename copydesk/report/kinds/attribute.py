"""The attribution task in the report: the class's matrix of clauses and voices, beside the key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from copydesk.model import AttributeAnswer, AttributeTask
from copydesk.report.kinds.base import Rows, Section, Store
from copydesk.scoring.attribute import score_attribute

# The question whose answers make the matrix; of the others the share with the key's answer stands.
MATRIX = "voice"


class AttributeKind:
    """Rows and section of attribution tasks."""

    name = "attribute"
    main = "attribute_answers"
    tables: Mapping[str, Mapping[str, str]] = {
        "attribute_answers": {"answered": "INTEGER", "same": "INTEGER", "differs": "INTEGER"},
        "attribute_clauses": {
            "clause": "VARCHAR", "field": "VARCHAR", "given": "VARCHAR", "same": "BOOLEAN",
        },
    }  # fmt: skip
    columns: Mapping[str, str] = {
        "clauses_answered": "answered",
        "questions_as_key": "same",
        "questions_not_as_key": "differs",
    }

    def keep(self, task: AttributeTask, answer: AttributeAnswer) -> Rows:
        """One row for each answered question, as it stood before it was compared with the key."""
        first = answer.model_copy(update={"clauses": {**answer.clauses, **answer.first}})
        score = score_attribute(task, first)
        same = sum(field.same for field in score.fields)
        differs = sum(field.differs for field in score.fields)
        return {
            "attribute_answers": [(score.answered, same, differs)],
            "attribute_clauses": [(o.clause, o.field, o.given, o.same) for o in score.outcomes],
        }

    def section(self, store: Store, number: int, task: AttributeTask, people: int) -> Section:
        """For each clause who the class says is speaking, and how the other answers agree."""
        given: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        same: dict[tuple[str, str], int] = defaultdict(int)
        for clause, field, choice, count, as_key in store.rows(
            "SELECT clause, field, given, count(*), count(*) FILTER (WHERE same) FROM current "
            "JOIN attribute_clauses USING (answer) WHERE task = ? GROUP BY clause, field, given",
            number,
        ):
            given[clause, field][choice] = count
            same[clause, field] += as_key
        voices = next(q for q in task.questions if q.field == MATRIX)
        others = [q for q in task.questions if q.field != MATRIX]
        rows: list[dict[str, Any]] = []
        for clause in task.clauses:
            voice = given[clause.id, MATRIX]
            answered = sum(voice.values())
            rows.append(
                {
                    "claim": clause.claim,
                    "line": clause.line,
                    "key": clause.key["voice"],
                    "answered": answered,
                    "given": {c.id: voice.get(c.id, 0) for c in voices.choices},
                    "shares": [
                        _share(same[clause.id, q.field], given[clause.id, q.field]) for q in others
                    ],
                }
            )
        data = {
            "rows": rows,
            "voices": [choice.name for choice in voices.choices],
            "others": [question.short for question in others],
        }
        return Section(self.name, task, people, data)


def _share(same: int, given: Mapping[str, int]) -> float | None:
    answered = sum(given.values())
    return same / answered if answered else None
