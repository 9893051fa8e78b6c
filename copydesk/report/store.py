"""The rows of a run in a DuckDB file, which is also what a stopped run is taken up from."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb

from copydesk.report.sheets import TABLES, Columns

FILE_NAME: Final = ".copydesk-report.duckdb"
PEOPLE_AT_ONCE: Final = 50_000
MEMORY: Final = "384MB"  # the workers and Python need the rest of a gigabyte

# The answers that count: of several of one code to one task the one saved last; ties by hash, so
# that the order of the files decides nothing. A sheet without a code is a person of its own, and
# two that are the same to the byte are one.
_CURRENT: Final = """
CREATE TABLE current AS
SELECT answer, task, person, saved FROM (
    SELECT answer, task, entries.saved AS saved, name,
        CASE WHEN code != '' THEN 'c' || code ELSE 'h' || hash END AS person_key,
        row_number() OVER (
            PARTITION BY person_key, task
            ORDER BY try_cast(entries.saved AS TIMESTAMPTZ) DESC NULLS LAST, entries.saved DESC,
                hash DESC, answer
        ) AS nth
    FROM entries JOIN files USING (file)
) JOIN people USING (person_key) WHERE nth = 1
"""
_PEOPLE: Final = """
CREATE TABLE people AS
SELECT row_number() OVER (ORDER BY (code = ''), code, name) AS person,
    row_number() OVER (ORDER BY (code = ''), code, name) AS place, person_key,
    CASE WHEN code != '' THEN code
        ELSE '(no code ' || row_number() OVER (PARTITION BY code = '' ORDER BY name) || ')'
    END AS label
FROM (
    SELECT CASE WHEN code != '' THEN 'c' || code ELSE 'h' || hash END AS person_key,
        any_value(code) AS code, min(name) AS name
    FROM files WHERE state != 'refused' GROUP BY person_key
)
"""


class Store:
    """A DuckDB file with the rows of a run; a context, which closes it."""

    def __init__(self, path: Path, run: str, jobs: int) -> None:
        self.path = path
        self._db = self._open(jobs)
        self.resumed = self._is_of(run)
        if not self.resumed:
            self._db.close()
            self.remove()
            self._db = self._open(jobs)
            self._create(run)
        # It would draw a bar of its own into ours.
        self._db.execute("SET enable_progress_bar = false")
        # Every query that is shown sorts its rows itself; to keep their order as well costs memory.
        self._db.execute("SET preserve_insertion_order = false")

    def _open(self, jobs: int) -> duckdb.DuckDBPyConnection:
        # Nothing is ever fetched from anywhere: no extension, no update.
        config: dict[str, Any] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY,
            "threads": str(jobs),
        }
        try:
            return duckdb.connect(str(self.path), config=config)
        except duckdb.Error as error:
            if "lock" in str(error).lower():
                why = "another report is being made there: wait for it, or name another --out"
                raise BlockingIOError(errno.EAGAIN, why, str(self.path.parent)) from None
            # Damaged, or of another program: the files of the class are all still there.
            self.remove()
            return duckdb.connect(str(self.path), config=config)

    def _is_of(self, run: str) -> bool:
        try:
            return self._db.execute("SELECT key FROM run").fetchall() == [(run,)]
        except duckdb.Error:
            return False

    def _create(self, run: str) -> None:
        for table, columns in TABLES.items():
            listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            self._db.execute(f"CREATE TABLE {table} ({listed})")
        self._db.execute("CREATE TABLE run (key VARCHAR)")
        self._db.execute("INSERT INTO run VALUES (?)", [run])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def remove(self) -> None:
        """Delete the file, and what DuckDB keeps beside it."""
        for path in (self.path, self.path.with_name(self.path.name + ".wal")):
            path.unlink(missing_ok=True)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._db.execute(sql, list(values)).fetchall()

    def arrays(self, sql: str, *values: Any) -> dict[str, Any]:
        """The columns of a query by name, as NumPy arrays: for a million rows."""
        return self._db.execute(sql, list(values)).fetchnumpy()

    def keys(self) -> dict[str, int]:
        """The files that are done, by key, with their numbers."""
        return dict(self.rows("SELECT key, file FROM files"))

    def add(self, columns: Columns) -> None:
        """Add the rows of some files: all, or, should the run be stopped here, none."""
        self._db.execute("BEGIN")
        for table, arrays in columns.items():
            # DuckDB finds `arrays` by its name in this frame.
            listed = ", ".join(f'"{name}"' for name in arrays)
            self._db.execute(f"INSERT INTO {table} ({listed}) SELECT * FROM arrays")  # noqa: S608
        self._db.execute("COMMIT")

    def drop(self, files: Iterable[int]) -> None:
        """Forget files that are no longer there."""
        gone = list(files)
        if not gone:
            return
        self._db.execute("BEGIN")
        self._db.execute("CREATE TEMP TABLE gone AS SELECT unnest(?::BIGINT[]) AS file", [gone])
        for table, columns in TABLES.items():
            if "file" not in columns:
                self._db.execute(
                    f"DELETE FROM {table} WHERE answer IN (SELECT answer FROM entries "  # noqa: S608
                    "JOIN gone USING (file))"
                )
        for table in ("entries", "files"):
            self._db.execute(f"DELETE FROM {table} WHERE file IN (FROM gone)")  # noqa: S608
        self._db.execute("DROP TABLE gone")
        self._db.execute("COMMIT")

    def settle(self) -> None:
        """Decide which answers count; to be called when all files are in."""
        for table in ("current", "people"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        self._db.execute(_PEOPLE)
        self._db.execute(_CURRENT)

    def copy(self, sql: str, path: Path) -> None:
        """Write the rows of a query to a CSV file with a head."""
        self._copy(sql, path, head=True)

    def copy_by_people(self, sql: str, path: Path) -> None:
        """Write the rows of a query to a CSV file, some thousand people after the other.

        The query has `{people}` where a condition on `place`, the order of people, is to stand, and
        sorts by `place` first. To sort a million people's rows at once takes gigabytes.
        """
        ((last,),) = self.rows("SELECT coalesce(max(place), 0) FROM people")
        part = path.with_name(path.name + "-more")
        for first in range(1, max(last, 1) + 1, PEOPLE_AT_ONCE):
            people = f"place BETWEEN {first} AND {first + PEOPLE_AT_ONCE - 1}"
            # Not format: the query has braces of its own.
            mine = sql.replace("{people}", people)
            self._copy(mine, path if first == 1 else part, head=first == 1)
            if first > 1:
                with part.open("rb") as more, path.open("ab") as whole:
                    shutil.copyfileobj(more, whole)
        part.unlink(missing_ok=True)

    def _copy(self, sql: str, path: Path, head: bool) -> None:
        target = str(path).replace("'", "''")
        self._db.execute(f"COPY ({sql}) TO '{target}' (FORMAT csv, HEADER {head})")
