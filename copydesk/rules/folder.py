"""Rules on the folder itself and on case.yml."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.case import KNOWN_FILES, Folder, known
from copydesk.document import Fault, short, show
from copydesk.rules import repeated, rule, web_address_fault


@rule
def every_file_has_a_reader(folder: Folder) -> Iterator[Fault]:
    """No file stands in the folder that nothing reads, as a misspelt one would."""
    for name in folder.names:
        if not known(name):
            yield Fault(
                show(folder.path / name),
                1,
                "nothing reads this file",
                f"remove it, or give it one of these names: {', '.join(KNOWN_FILES)}",
            )


@rule
def the_folder_has_the_name_of_its_case(folder: Folder) -> Iterator[Fault]:
    """A case is found by its folder; the underscore before a template's name does not count."""
    name = folder.path.resolve().name
    if folder.entry and folder.entry.id != name.removeprefix("_"):
        yield folder.at(
            "case.yml",
            ("id",),
            f'id is "{folder.entry.id}", and the folder is "{short(name)}"',
            "give both one name",
        )


@rule
def task_ids_differ(folder: Folder) -> Iterator[Fault]:
    """A page asks for a task by its id."""
    tasks = folder.entry.tasks if folder.entry else ()
    for number, _ in repeated(task.id for task in tasks):
        yield folder.at(
            "case.yml",
            ("tasks", number, "id"),
            f'another task has the id "{tasks[number].id}"',
            "give each task its own",
        )


@rule
def the_article_has_a_web_address(folder: Folder) -> Iterator[Fault]:
    """The address of the article is one that a browser opens."""
    if folder.entry and folder.entry.url:
        yield from web_address_fault(folder, "case.yml", ("url",), folder.entry.url)
