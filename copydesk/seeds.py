"""Where the cases are: the folder that holds them, and a case by its name."""

from __future__ import annotations

import os
from pathlib import Path

from copydesk.document import short

# Where setup.py puts the cases into a wheel; in a checkout there is no such folder.
PACKAGED = "_seeds"


class CaseNotFoundError(LookupError):
    """A name or path that leads to no case, or no folder of cases at all."""


def seeds_folder() -> Path:
    """The folder of the cases.

    It is the one that COPYDESK_SEEDS names; else seeds/ of the nearest folder, from the working
    folder upwards, that has a _config.yml too; else seeds/ beside the package, as in a checkout;
    else the copy in the package, as installed from a wheel.
    Raises CaseNotFoundError when there is none.
    """
    named = os.environ.get("COPYDESK_SEEDS")
    if named:
        if not Path(named).is_dir():
            raise CaseNotFoundError(f'COPYDESK_SEEDS names "{named}", which is no folder: mend it')
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "seeds").is_dir() and (folder / "_config.yml").is_file():
            return folder / "seeds"
    package = Path(__file__).resolve().parent
    for folder in (package.parent / "seeds", package / PACKAGED):
        if folder.is_dir():
            return folder
    raise CaseNotFoundError("no folder seeds/ was found: work in the course's folder")


def case_folders(seeds: Path) -> list[Path]:
    """The cases of a folder by name, without templates, whose names start with an underscore."""
    return sorted(p for p in seeds.iterdir() if p.is_dir() and p.name[0] not in "._")


def find_case(name_or_path: str | Path) -> Path:
    """The folder of a case, by its id or by a path.

    Raises CaseNotFoundError, naming the cases there are, when there is no such folder.
    """
    path = Path(name_or_path)
    have = ""
    if isinstance(name_or_path, str) and path.name == name_or_path != "..":
        seeds = seeds_folder()
        if os.path.isdir(seeds / path):
            return seeds / path
        have = ", ".join(case.name for case in case_folders(seeds))
    # Unlike Path.is_dir, it does not raise for a name that is too long.
    if os.path.isdir(path):
        return path
    cure = f"use one of {have}" if have else "give the path of a case folder"
    raise CaseNotFoundError(f'there is no case "{short(str(name_or_path))}": {cure}')
