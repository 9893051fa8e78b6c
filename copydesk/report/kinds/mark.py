"""The mark task in the report: heat map, agreement, hard and disputed places, over-marking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from copydesk.model import KeyControl, KeyMark, MarkAnswer, MarkTask
from copydesk.report import stats
from copydesk.report.kinds.base import SMALLEST_CLASS, Rows, Section, Store
from copydesk.report.kinds.heat import disputed, heat_lines
from copydesk.report.kinds.mark_pictures import heat_picture, spread_picture
from copydesk.report.texts import clean, line_of, words_text
from copydesk.scoring import merge, score_mark, word_count
from copydesk.task import ui_strings

# Larger lists are cut in the report, which says so; the .csv files have them whole.
MOST_PEOPLE: Final = 200
MOST_NAMED: Final = 40
MOST_PLACES: Final = 10
MOST_DISSENTS: Final = 5


class MarkKind:
    """Rows and section of mark tasks."""

    name = "mark"
    main = "mark_scores"
    tables: Mapping[str, Mapping[str, str]] = {
        "mark_scores": {
            "first": "BOOLEAN", "marks": "INTEGER", "found": "INTEGER", "fair": "INTEGER",
            "elsewhere": "INTEGER", "wide": "INTEGER", "same_code": "INTEGER",
            "key_marks": "INTEGER", "controls": "INTEGER",
            # One character, 1 or 0, for each mark of the key and each control.
            "found_each": "VARCHAR", "fair_each": "VARCHAR",
            "words": "INTEGER", "words_found": "INTEGER",
            "precision": "DOUBLE", "recall": "DOUBLE", "f1": "DOUBLE",
            "d_marks": "DOUBLE", "c_marks": "DOUBLE", "d_words": "DOUBLE", "c_words": "DOUBLE",
            "span_precision": "DOUBLE", "span_recall": "DOUBLE", "span_f1": "DOUBLE",
        },
        "mark_marks": {
            "number": "INTEGER", "first": "INTEGER", "last": "INTEGER", "code": "VARCHAR",
            "result": "VARCHAR", "found": "VARCHAR", "fair": "VARCHAR",
        },
        "mark_stretches": {"first": "INTEGER", "last": "INTEGER"},
        "mark_dissents": {"about": "VARCHAR", "text": "VARCHAR"},
    }  # fmt: skip
    columns: Mapping[str, str] = {
        "scored": "CASE WHEN first THEN 'first check' ELSE 'last state' END",
        **{
            name: name
            for name in (
                "marks", "found", "key_marks", "fair", "controls", "elsewhere", "wide", "same_code",
                "precision", "recall", "f1", "d_marks", "c_marks", "words", "words_found",
                "d_words", "c_words", "span_precision", "span_recall", "span_f1",
            )
        },
    }  # fmt: skip

    def keep(self, task: MarkTask, answer: MarkAnswer) -> Rows:
        """The scores of what stood before any feedback was seen, the marks, the dissents."""
        first = answer.first_marks is not None
        marks = answer.first_marks if answer.first_marks is not None else answer.marks
        score = score_mark(task, answer.model_copy(update={"marks": marks, "first_marks": None}))
        found, fair = set(score.found), set(score.fair_marked)
        words = score.words
        return {
            "mark_scores": [
                (
                    first, len(score.outcomes), len(found), len(fair),
                    score.elsewhere, score.wide, score.same_code, len(task.key), len(task.controls),
                    "".join("01"[k.id in found] for k in task.key),
                    "".join("01"[c.id in fair] for c in task.controls),
                    words.hits + words.false_alarms, words.hits,
                    score.marks.precision, score.marks.recall, score.marks.f1,
                    score.marks.d_prime, score.marks.criterion, words.d_prime, words.criterion,
                    score.span_precision, score.span_recall, score.span_f1,
                )
            ],
            "mark_marks": [
                (n, *o.mark, o.result, " ".join(o.found), " ".join(o.touched))
                for n, o in enumerate(score.outcomes)
            ],
            "mark_stretches": list(merge((o.mark[0], o.mark[1]) for o in score.outcomes)),
            "mark_dissents": [
                (clean(about)[:60], clean(text)) for about, text in answer.dissent.items() if text
            ],
        }  # fmt: skip

    def section(self, store: Store, number: int, task: MarkTask, people: int) -> Section:
        """The article as the class and the key marked it, and what the counts say."""
        ui = ui_strings(task.language)["report"]
        counts = word_counts(store, number, word_count(task))
        dissents = _dissents(store, number, task)
        data: dict[str, Any] = {
            "lines": heat_lines(task, counts, people),
            "first": store.rows(
                "SELECT count(*) FROM current JOIN mark_scores USING (answer) "
                "WHERE task = ? AND first", number,
            )[0][0],
            "places": _places(store, number, task, people),
            "dissents": dissents,
            "people": _people(store, number),
            "table_limit": MOST_PEOPLE,
        }  # fmt: skip
        if people < SMALLEST_CLASS:
            return Section(self.name, task, people, data)
        data |= _statistics(store, number, task, counts, people)
        data["hardest"] = sorted(
            (p for p in data["places"] if not p["control"]), key=lambda p: (p["share"], p["first"])
        )[:MOST_PLACES]
        data["fair"] = sorted(
            (p for p in data["places"] if p["control"] and p["share"] > 0),
            key=lambda p: (-p["share"], p["first"]),
        )[:MOST_PLACES]
        data["disputed"] = disputed(task, counts, people)[:MOST_PLACES]
        pictures = {
            "heat": heat_picture(number, task, counts, people, ui),
            "spread": spread_picture(store, number, task, people, ui),
        }
        return Section(self.name, task, people, data, pictures)


def word_counts(store: Store, number: int, words: int) -> list[int]:
    """For each word of the article, how many people marked it, alone or inside a longer mark."""
    steps = [0] * (words + 1)
    # A person's stretches do not overlap, so openings less closings are the people at a word.
    for at, step in store.rows(
        "SELECT spot, sum(step)::BIGINT FROM (SELECT first AS spot, 1 AS step FROM current "
        "JOIN mark_stretches USING (answer) WHERE task = $1 UNION ALL SELECT last + 1, -1 "
        "FROM current JOIN mark_stretches USING (answer) WHERE task = $1) GROUP BY spot",
        number,
    ):
        steps[at] += step
    counts, level = [], 0
    for step in steps[:words]:
        level += step
        counts.append(level)
    return counts


def _places(store: Store, number: int, task: MarkTask, people: int) -> list[dict[str, Any]]:
    """Every mark of the key and every control, with how many people marked it, and who did not."""
    names = {str(info.code): info.name for info in task.codes}
    places = []
    both: tuple[tuple[str, tuple[KeyMark | KeyControl, ...]], ...] = (
        ("found_each", task.key),
        ("fair_each", task.controls),
    )
    for column, entries in both:
        marked: dict[int, int] = dict(
            store.rows(
                f"SELECT n, count(*) FROM current JOIN mark_scores USING (answer), "  # noqa: S608
                f"range(1, ?::BIGINT) AS numbers(n) WHERE task = ? AND substr({column}, n, 1) = '1'"
                " GROUP BY n",
                len(entries) + 1, number,
            )
        )  # fmt: skip
        who: dict[int, list[str]] = defaultdict(list)
        if people <= MOST_NAMED:
            # Told are those who stand against the key: who missed a mark, who marked a control.
            against = "0" if column == "found_each" else "1"
            for n, label in store.rows(
                f"SELECT n, label FROM current JOIN mark_scores USING (answer) "  # noqa: S608
                f"JOIN people USING (person), range(1, ?::BIGINT) AS numbers(n) "
                f"WHERE task = ? AND substr({column}, n, 1) = ? ORDER BY n, place",
                len(entries) + 1, number, against,
            ):  # fmt: skip
                who[n].append(label)
        for n, entry in enumerate(entries, start=1):
            places.append(
                {
                    "id": entry.id,
                    "control": column == "fair_each",
                    "first": entry.first,
                    "words": words_text(task, entry.first, entry.last),
                    "line": line_of(task, entry.first),
                    "code": names.get(entry.code, "") if isinstance(entry, KeyMark) else "",
                    "count": marked.get(n, 0),
                    "share": marked.get(n, 0) / people if people else 0.0,
                    "who": who[n],
                }
            )
    return places


def _dissents(store: Store, number: int, task: MarkTask) -> list[dict[str, Any]]:
    """What readers argue against, by place, the most argued first; of each the first few texts."""
    entries: tuple[KeyMark | KeyControl, ...] = (*task.key, *task.controls)
    by_id = {entry.id: entry for entry in entries}
    found = []
    for about, count, texts in store.rows(
        "SELECT about, count(*), list([label, text] ORDER BY place, text)[:?] FROM current "
        "JOIN mark_dissents USING (answer) JOIN people USING (person) WHERE task = ? "
        "GROUP BY about ORDER BY count(*) DESC, about LIMIT ?",
        MOST_DISSENTS, number, 3 * MOST_PLACES,
    ):  # fmt: skip
        entry = by_id.get(about)
        stretch = (entry.first, entry.last) if entry else _stretch(about, word_count(task))
        found.append(
            {
                "words": words_text(task, *stretch) if stretch else about,
                "own": entry is None,
                "count": count,
                "texts": [{"who": who, "text": text} for who, text in texts],
            }
        )
    return found


def _stretch(about: str, words: int) -> tuple[int, int] | None:
    """The words of a dissent about an own mark, "first-last"; None when it names none."""
    first, _, last = about.partition("-")
    if not (first.isdecimal() and last.isdecimal() and first.isascii() and last.isascii()):
        return None
    if len(first) > 6 or len(last) > 6 or not int(first) <= int(last) < words:
        return None
    return int(first), int(last)


def _people(store: Store, number: int) -> list[dict[str, Any]]:
    names = ("label", "marks", "found", "key", "fair", "controls", "d", "words")
    return [
        dict(zip(names, row, strict=True))
        for row in store.rows(
            "SELECT label, marks, found, key_marks, fair, controls, d_marks, words FROM current "
            "JOIN mark_scores USING (answer) JOIN people USING (person) WHERE task = ? "
            "ORDER BY place LIMIT ?",
            number, MOST_PEOPLE,
        )
    ]  # fmt: skip


def _statistics(
    store: Store, number: int, task: MarkTask, counts: list[int], people: int
) -> dict[str, Any]:
    lines = [len(pieces) // 2 for pieces in task.lines]
    of = store.arrays(
        "SELECT d_marks, d_words, c_marks, found / greatest(key_marks, 1) AS found, "
        "fair / greatest(controls, 1) AS fair, span_f1, words FROM current "
        "JOIN mark_scores USING (answer) JOIN people USING (person) WHERE task = ? ORDER BY place",
        number,
    )
    words = max(1, sum(lines))
    in_key = len({n for k in task.key for n in range(k.first, k.last + 1)})
    return {
        "alpha": stats.alpha_interval(counts, people, lines),
        "d_marks": stats.mean_interval(of["d_marks"]),
        "d_words": stats.mean_interval(of["d_words"]),
        "criterion": stats.mean_interval(of["c_marks"]),
        "found": stats.mean_interval(of["found"]),
        "fair_marked": stats.mean_interval(of["fair"]),
        "span": stats.mean_interval(of["span_f1"]),
        "over": {
            "key": in_key / words,
            "median": float(np.median(of["words"])) / words,
            "most": int(of["words"].max()) / words,
            "twice": int((of["words"] > 2 * in_key).sum()),
            "half_fair": int((of["fair"] > 0.5).sum()),
        },
    }
