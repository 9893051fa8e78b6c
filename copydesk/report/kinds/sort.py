"""The sort task in the report: into which bin the class put each card, beside the key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from copydesk.model import SortAnswer, SortTask
from copydesk.report.kinds.base import Rows, Section, Store
from copydesk.scoring import score_sort


class SortKind:
    """Rows and section of sort tasks."""

    name = "sort"
    main = "sort_answers"
    tables: Mapping[str, Mapping[str, str]] = {
        "sort_answers": {
            "key": "INTEGER", "accepted": "INTEGER", "other": "INTEGER", "open": "INTEGER",
        },
        "sort_cards": {"card": "VARCHAR", "bin": "VARCHAR"},
    }  # fmt: skip
    columns: Mapping[str, str] = {
        "cards_as_key": "sort_answers.key",
        "cards_accepted": "accepted",
        "cards_other": "other",
        "cards_open": "sort_answers.open",
    }

    def keep(self, task: SortTask, answer: SortAnswer) -> Rows:
        """One row for each card that lies in a bin, as it lay before its feedback was seen."""
        first = answer.model_copy(update={"placed": {**answer.placed, **answer.first}})
        score = score_sort(task, first)
        return {
            "sort_answers": [(score.key, score.accepted, score.other, score.open)],
            "sort_cards": [(o.card, o.bin) for o in score.outcomes],
        }

    def section(self, store: Store, number: int, task: SortTask, people: int) -> Section:
        """For each card how many put it into each bin."""
        placed: dict[str, dict[str, int]] = defaultdict(dict)
        for card, bin_, count in store.rows(
            "SELECT card, bin, count(*) FROM current JOIN sort_cards USING (answer) "
            "WHERE task = ? GROUP BY card, bin",
            number,
        ):
            placed[card][bin_] = count
        rows = [
            {
                "text": card.text,
                "given": {b.id: placed[card.id].get(b.id, 0) for b in task.bins},
                "keys": [name for name, fits in card.fits.items() if fits == "key"],
            }
            for card in task.cards
        ]
        return Section(self.name, task, people, {"rows": rows, "bins": [b.name for b in task.bins]})
