"""The first impression in the report: how far the class trusts the text, and what it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from copydesk.model import ImpressionAnswer, ImpressionTask
from copydesk.picture import Picture, Table
from copydesk.plots import report as plots
from copydesk.report.kinds.base import SMALLEST_CLASS, Rows, Section, Store
from copydesk.report.texts import clean
from copydesk.task import ui_strings

MOST_TEXTS: Final = 60
TRUST: Final = (1, 2, 3, 4, 5)


class ImpressionKind:
    """Rows and section of first impressions. They have no score: they are the reader's own."""

    name = "impression"
    main = "impressions"
    tables: Mapping[str, Mapping[str, str]] = {
        "impressions": {"trust": "INTEGER", "happened": "VARCHAR", "want": "VARCHAR"}
    }
    columns: Mapping[str, str] = {
        "trust": "nullif(trust, 0)",
        "happened": "happened",
        "want": "want",
    }

    def keep(self, task: ImpressionTask, answer: ImpressionAnswer) -> Rows:
        """One row; trust is 0 where the question was left open."""
        row = (answer.trust or 0, clean(answer.happened.strip()), clean(answer.want.strip()))
        return {"impressions": [row]}

    def section(self, store: Store, number: int, task: ImpressionTask, people: int) -> Section:
        """The distribution of trust, and the texts as they were written."""
        ui = ui_strings(task.language)
        counts: dict[int, int] = dict(
            store.rows(
                "SELECT trust, count(*) FROM current JOIN impressions USING (answer) "
                "WHERE task = ? GROUP BY trust",
                number,
            )
        )
        texts = store.rows(
            "SELECT label, happened, want FROM current JOIN impressions USING (answer) "
            "JOIN people USING (person) WHERE task = ? AND (happened != '' OR want != '') "
            "ORDER BY place LIMIT ?",
            number, MOST_TEXTS,
        )  # fmt: skip
        (written,) = store.rows(
            "SELECT count(*) FROM current JOIN impressions USING (answer) "
            "WHERE task = ? AND (happened != '' OR want != '')",
            number,
        )
        data: dict[str, Any] = {
            "texts": [{"who": who, "happened": a, "want": b} for who, a, b in texts],
            "written": written[0],
            "open": counts.get(0, 0),
        }
        if people < SMALLEST_CLASS:
            return Section(self.name, task, people, data)
        picture = _trust(number, task, counts, people, ui["report"], ui["impression"])
        return Section(self.name, task, people, data, {"trust": picture})


def _trust(
    number: int, task: ImpressionTask, counts: dict[int, int], people: int,
    ui: Mapping[str, str], names: Mapping[str, str],
) -> Picture:  # fmt: skip
    labels = [names[f"trust-{n}"] for n in TRUST]
    values = [counts.get(n, 0) for n in TRUST]
    parts = ", ".join(f"{label} {value}" for label, value in zip(labels, values, strict=True))
    return Picture(
        id=f"trust-{number}",
        figure=plots.bars(
            labels,
            values,
            x_label=ui["people"],
            note=ui["note"].format(people=people, case=task.case.id, task=task.id),
        ),
        caption=ui["trust.caption"],
        alt=ui["trust.alt"].format(parts=parts),
        table=Table(
            heads=[names["trust"], ui["people"]],
            rows=[[label, str(value)] for label, value in zip(labels, values, strict=True)],
        ),
        table_title=ui["numbers"],
    )
