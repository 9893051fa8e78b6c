"""scores.csv and marks.csv: a row for each answer, and one for each mark, fit for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from copydesk.model import Task
from copydesk.report.kinds import kind_of
from copydesk.report.kinds.base import Kind
from copydesk.report.store import Store
from copydesk.report.texts import words_text


def defused(column: str) -> str:
    """SQL: a text that no spreadsheet takes for a formula, with an apostrophe before it if need be.

    Spreadsheets start a formula at = + - @, some after white space, some at the wide signs of East
    Asian keyboards. Source: OWASP, CSV Injection.
    """
    signs = r"'^[\s\x{FEFF}]*[=+\-@\t\r\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]'"
    return f"CASE WHEN regexp_matches({column}, {signs}) THEN '''' || {column} ELSE {column} END"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _tasks(tasks: Sequence[Task]) -> str:
    rows = ", ".join(
        f"({n}, {_quoted(t.case.id)}, {_quoted(t.id)}, {_quoted(t.kind)})"
        for n, t in enumerate(tasks)
    )
    return f"(VALUES {rows}) AS tasks(task, case_id, task_id, kind)"


def _text_columns(kind: Kind) -> set[str]:
    texts = kind.tables[kind.main]
    return {name for name, of in kind.columns.items() if texts.get(of) == "VARCHAR"}


def write_scores(store: Store, tasks: Sequence[Task], path: Path) -> None:
    """scores.csv: one row for each answer that counts; columns of other kinds are empty."""
    parts = []
    for of in dict.fromkeys(kind_of(task.kind) for task in tasks):
        texts = _text_columns(of)
        columns = ", ".join(
            f'{defused(sql) if name in texts else sql} AS "{name}"'
            for name, sql in of.columns.items()
        )
        parts.append(
            f'SELECT place, task, {defused("label")} AS code, case_id AS "case", '  # noqa: S608
            f"task_id AS task_id, kind, {defused('saved')} AS saved, {columns} "
            f"FROM current JOIN people USING (person) JOIN {_tasks(tasks)} USING (task) "
            f"JOIN {of.main} USING (answer) WHERE {{people}}"
        )
    union = " UNION ALL BY NAME ".join(parts)
    store.copy_by_people(
        f"SELECT * EXCLUDE (place, task) FROM ({union}) ORDER BY place, task",  # noqa: S608
        path,
    )


def write_marks(store: Store, tasks: Sequence[Task], path: Path) -> None:
    """marks.csv: one row for each mark of each answer that counts, and one for each dissent.

    `first` and `last` are word numbers, counted from 0; `found` and `fair` name what of the key
    the mark finds or wrongly covers. A dissent's row has the result "dissent" and what it is about.
    """
    store.rows("CREATE OR REPLACE TEMP TABLE quotes (task INTEGER, word INTEGER, text VARCHAR)")
    values = [
        (n, word, words_text(task, word, word))
        for n, task in enumerate(tasks)
        if task.kind == "mark"
        for word in range(sum(len(line) // 2 for line in task.lines))
    ]
    if values:
        numbers, words, texts = zip(*values, strict=True)
        store.rows(
            "INSERT INTO quotes SELECT unnest(?), unnest(?), unnest(?)",
            list(numbers), list(words), list(texts),
        )  # fmt: skip
    # One text for each stretch that anybody marked, not one for each mark.
    store.rows(
        "CREATE OR REPLACE TEMP TABLE stretches AS SELECT s.task, s.first, s.last, "
        "string_agg(q.text, ' ' ORDER BY q.word) AS words FROM "
        "(SELECT DISTINCT task, first, last FROM mark_marks JOIN current USING (answer)) s "
        "JOIN quotes q ON q.task = s.task AND q.word BETWEEN s.first AND s.last "
        "GROUP BY s.task, s.first, s.last"
    )
    store.copy_by_people(
        f"""
        SELECT {defused("label")} AS code, case_id AS "case", task_id AS task, first, last,
            {defused("words")} AS words, mark_code, result, found, fair,
            {defused("about")} AS about, {defused("dissent")} AS dissent
        FROM (
            SELECT person, task, number, first, last, words, code AS mark_code, result, found, fair,
                '' AS about, '' AS dissent
            FROM current JOIN mark_marks USING (answer) JOIN stretches USING (task, first, last)
            UNION ALL BY NAME
            SELECT person, task, NULL AS number, 'dissent' AS result, about, text AS dissent
            FROM current JOIN mark_dissents USING (answer)
        ) JOIN people USING (person) JOIN {_tasks(tasks)} USING (task)
        WHERE {{people}}
        ORDER BY place, tasks.task, number NULLS LAST, about
        """,  # noqa: S608
        path,
    )
