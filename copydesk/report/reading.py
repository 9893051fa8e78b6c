"""Finds the files of a class: in a folder, in a zip, in zips that lie in the folder.

Nothing is ever unpacked to the disk and no link is followed. A file that is not read comes back all
the same, with the reason: whoever handed it in shall not be lost in silence.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from copydesk.answers import LARGEST_FILE
from copydesk.document import short

# Learning platforms nest three or four folders; deeper trees are accidents or loops.
DEEPEST: Final = 20
# A sheet of our own shrinks to about a sixth. An archive that would grow more than this is a bomb.
MOST_GROWTH: Final = 100
FREE_GROWTH: Final = 50_000_000  # bytes that any archive may unpack to, however small it is
# lzma and bzip2 may ask for gigabytes of memory while they unpack; no platform uses them.
_PACKED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SYSTEM: Final = {".ds_store", "thumbs.db", "desktop.ini"}


class Unusable(ValueError):  # noqa: N818 - reads as the sentence it is
    """A file that is not read; the message is the reason, as the report prints it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the class: where it stood, what tells it from a changed one, how to read it.

    `name` is fit to print; `stamp` holds the raw name, the size and the time of change. `load`
    gives the bytes, at most LARGEST_FILE of them, or raises Unusable.
    """

    name: str
    size: int
    stamp: str
    load: Callable[[], bytes]

    @property
    def key(self) -> str:
        """A short name for exactly this state of this file, for taking up a run again."""
        raw = self.stamp.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(raw, digest_size=12).hexdigest()


def printable(name: str) -> str:
    """A file's name as the report prints it: nothing invisible in it, its middle cut if long."""
    shown = short(name, len(name))
    return shown if len(shown) <= 160 else f"{shown[:70]}...{shown[-80:]}"


def _refuse(reason: str) -> Callable[[], bytes]:
    def load() -> bytes:
        raise Unusable(reason)

    return load


def _system_file(name: str) -> bool:
    parts = name.lower().split("/")
    return "__macosx" in parts or parts[-1] in _SYSTEM or parts[-1].startswith("._")


_BY_SYSTEM = "made by the computer's system, no answer sheet"
_TOO_LARGE = "has {size:,} bytes: no answer sheet is larger than {most:,}"


# --- folders --------------------------------------------------------------------------------------


def _read(path: str) -> bytes:
    try:
        # Not blocking, should the file have become a pipe since it was listed; no link, ever.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unusable("is no ordinary file")
            if status.st_size > LARGEST_FILE:
                raise Unusable(_TOO_LARGE.format(size=status.st_size, most=LARGEST_FILE))
            parts = []
            left = LARGEST_FILE + 1
            while left > 0 and (part := file.read(left)):
                parts.append(part)
                left -= len(part)
            return b"".join(parts)
    except OSError as error:
        raise Unusable(f"cannot be read ({error.strerror})") from None


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as scan:
        return sorted(scan, key=lambda entry: entry.name)


def _in_folder(top: str, leave_out: str) -> Iterator[Found]:
    todo: list[tuple[str, str, int]] = [(top, "", 0)]
    while todo:
        folder, prefix, depth = todo.pop()
        try:
            entries = _entries(folder)
        except OSError as error:
            why = f"this folder cannot be read ({error.strerror})"
            yield Found(printable(prefix), 0, prefix, _refuse(why))
            continue
        below = []
        for entry in entries:
            name = prefix + entry.name
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError as error:
                yield Found(printable(name), 0, name, _refuse(f"cannot be read ({error.strerror})"))
                continue
            if stat.S_ISDIR(status.st_mode):
                if os.path.realpath(entry.path) == leave_out:
                    continue
                if depth + 1 > DEEPEST:
                    why = f"this folder lies more than {DEEPEST} folders deep"
                    yield Found(printable(name + "/"), 0, name, _refuse(why))
                else:
                    below.append((entry.path, name + "/", depth + 1))
                continue
            yield from _one(entry.path, name, status)
        todo += reversed(below)


def _one(path: str, name: str, status: os.stat_result) -> Iterator[Found]:
    stamp = f"{name}\0{status.st_size}\0{status.st_mtime_ns}"
    load: Callable[[], bytes]
    if stat.S_ISLNK(status.st_mode):
        load = _refuse("is a link; links are not followed: copy the file itself here")
    elif not stat.S_ISREG(status.st_mode):
        load = _refuse("is no ordinary file")
    elif _system_file(name):
        load = _refuse(_BY_SYSTEM)
    elif name.lower().endswith(".zip"):
        yield from _in_zip(path, name + "/", stamp)
        return
    else:

        def load() -> bytes:
            return _read(path)

    yield Found(printable(name), status.st_size, stamp, load)


# --- archives -------------------------------------------------------------------------------------


def _in_zip(path: str, prefix: str, stamp: str) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:  # a bad list of files raises of many kinds; each means the same here
        why = f"is no zip that can be read ({short(str(error), 80)}): pack it again"
        yield Found(printable(prefix.rstrip("/")), 0, stamp, _refuse(why))
        return
    with archive:
        infos = archive.infolist()
        budget = FREE_GROWTH + MOST_GROWTH * os.stat(path).st_size
        overlapping = _overlapping(infos)
        # In the order of names, as in a folder, so that the same class gives the same report.
        for info in sorted(infos, key=lambda info: (info.filename, info.header_offset)):
            if info.filename.endswith("/"):  # is_dir fails on a name that is empty
                continue
            fault = _fault(info)
            if not fault and info.header_offset in overlapping:
                fault = "shares its bytes with another file of the archive: pack it again"
            if not fault:
                budget -= info.file_size
                if budget < 0:
                    fault = "the archive would grow to more than any class hands in"
            name = prefix + info.filename
            own = f"{stamp}\0{info.filename}\0{info.CRC}\0{info.file_size}\0{info.header_offset}"
            load = _refuse(fault) if fault else _unpacker(archive, info)
            yield Found(printable(name), info.file_size, own, load)


def _fault(info: zipfile.ZipInfo) -> str | None:
    """Why a file of an archive is not read, by what the archive's list says of it."""
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return "its name leads out of the archive"
    if _system_file(info.filename):
        return _BY_SYSTEM
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link; links are not followed: pack the file itself"
    if info.flag_bits & 0x1:
        return "is locked with a password: pack it without one"
    if info.compress_type not in _PACKED:
        return "is packed in a way that is not read here: pack it as an ordinary zip"
    if info.file_size > LARGEST_FILE:
        return _TOO_LARGE.format(size=info.file_size, most=LARGEST_FILE)
    if info.filename.lower().endswith(".zip"):
        return "is a zip inside a zip: unpack it first"
    return None


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """Where files of an archive begin that share bytes with another: a way to build bombs."""
    found, end = set(), -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            found.add(info.header_offset)
        # 30 bytes is the shortest head that a file has inside an archive.
        end = max(end, info.header_offset + 30 + info.compress_size)
    return found


def _unpacker(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            with archive.open(info) as file:
                return file.read(LARGEST_FILE + 1)
        except Exception as error:  # zipfile and zlib raise of many kinds; each means the same here
            why = short(str(error) or type(error).__name__, 80)
            raise Unusable(f"is damaged inside the archive ({why}): pack it again") from None

    return load


def find_files(path: Path, leave_out: Path | None = None) -> Iterator[Found]:
    """Every file of a class, in the order of names: of a folder, of a zip, or one file alone.

    A folder is searched DEEPEST folders deep; a zip in it is read as a folder; `leave_out` is a
    folder in it that is passed over. `load` of a Found works until the next one is asked for.
    Raises OSError when `path` itself cannot be read.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        os.scandir(path).close()
        yield from _in_folder(str(path), os.path.realpath(leave_out) if leave_out else "")
    elif zipfile.is_zipfile(path):
        yield from _in_zip(str(path), "", f"{status.st_size}\0{status.st_mtime_ns}")
    else:
        yield from _one(str(path), path.name, status)
