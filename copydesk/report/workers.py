"""Scores files in worker processes, in order, a bounded number at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Final

from copydesk.model import Task
from copydesk.report.reading import Found, Unusable
from copydesk.report.sheets import Columns, Raw, Reader

# One chunk is one step of the progress bar, one transaction and what a stop loses at most.
CHUNK_FILES: Final = 250
CHUNK_BYTES: Final = 4_000_000
# Starting two processes costs as much as scoring a few thousand sheets in this one.
FEWEST_FOR_WORKERS: Final = 3_000

_reader: Reader | None = None


def _start(tasks: Sequence[Task]) -> None:
    global _reader
    # A stop is the parent's to handle; and should the parent be killed, nobody is left to wait for.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = Reader(tasks)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _score(files: Sequence[Raw]) -> Columns:
    if _reader is None:
        raise RuntimeError("a worker scores before it was given its tasks")
    return _reader.read_all(files)


def raw(number: int, found: Found) -> Raw:
    """A file with its bytes, or with the reason why it has none."""
    try:
        data, reason = found.load(), ""
    except Unusable as error:
        data, reason = None, str(error)
    return Raw(number, found.key, found.name, found.size, data, reason)


def _chunks(files: Iterable[Raw]) -> Iterator[list[Raw]]:
    chunk: list[Raw] = []
    held = 0
    for file in files:
        chunk.append(file)
        held += len(file.data or b"")
        if len(chunk) >= CHUNK_FILES or held >= CHUNK_BYTES:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def scored(files: Iterable[Raw], tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Columns]]:
    """The rows of files, chunk by chunk in the order of the files, each with its number of files.

    `jobs` processes score; with one, or with few files, this process does it.
    """
    stream = iter(files)
    few = list(islice(stream, FEWEST_FOR_WORKERS)) if jobs > 1 else []
    if jobs == 1 or len(few) < FEWEST_FOR_WORKERS:
        reader = Reader(tasks)
        for chunk in _chunks(chain(few, stream)):
            yield len(chunk), reader.read_all(chunk)
        return
    # Not forked: DuckDB's threads would be cut off in the middle of what they do.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _start, (tuple(tasks),)) as pool:
        waiting: deque[tuple[int, Future[Columns]]] = deque()
        try:
            for chunk in _chunks(chain(few, stream)):
                waiting.append((len(chunk), pool.submit(_score, chunk)))
                while len(waiting) > 2 * jobs:
                    count, future = waiting.popleft()
                    yield count, future.result()
            while waiting:
                count, future = waiting.popleft()
                yield count, future.result()
        finally:
            for _, future in waiting:
                future.cancel()
