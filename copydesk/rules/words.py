"""Rules on words.<language>.yml: each sentence has its data, and each task its prompt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.case import Folder
from copydesk.document import Fault
from copydesk.model import WordsFile
from copydesk.rules import rule


def _groups(words: WordsFile) -> dict[str, Mapping[str, object]]:
    groups = (
        *("prompts", "marks", "controls", "claims", "tables", "points"),
        *("clauses", "sorts", "parts", "events"),
    )
    beside: dict[str, Mapping[str, object]] = {
        "compare": words.compare.points if words.compare else {},
        "matches": words.matches.labels if words.matches else {},
        "outlets": words.outlets,
    }
    return {group: getattr(words, group) for group in groups} | beside


@rule
def every_task_has_a_prompt(folder: Folder) -> Iterator[Fault]:
    """A task without a prompt asks nothing."""
    if folder.entry and folder.words:
        for task_id in dict.fromkeys(task.id for task in folder.entry.tasks):
            if task_id not in folder.words.prompts:
                yield folder.at(
                    folder.words_name,
                    ("prompts",),
                    f'the task "{task_id}" has no prompt',
                    f"add prompts.{task_id}",
                )


@rule
def every_prompt_has_a_task(folder: Folder) -> Iterator[Fault]:
    """A prompt that no task asks for is left over, or misspelt."""
    if folder.entry and folder.words:
        tasks = {task.id for task in folder.entry.tasks}
        for task_id in folder.words.prompts:
            if task_id not in tasks:
                yield folder.at(
                    folder.words_name,
                    ("prompts", task_id),
                    f"prompts.{task_id} belongs to no task of case.yml",
                    "remove it or mend its id",
                )


@rule
def every_sentence_has_its_entry(folder: Folder) -> Iterator[Fault]:
    """A sentence of a mark or control that marks.yml does not have is left over, or misspelt."""
    if not folder.words or ("marks.yml" in folder.documents and not folder.marks):
        return
    key = folder.marks
    have = {
        "marks": {mark.id for mark in key.marks} if key else set(),
        "controls": {control.id for control in key.controls} if key else set(),
    }
    for group, ids in have.items():
        for name in _groups(folder.words)[group]:
            if name not in ids:
                yield folder.at(
                    folder.words_name,
                    (group, name),
                    f"{group}.{name} belongs to nothing in marks.yml",
                    "remove it or mend its id",
                )


@rule
def a_translation_has_the_same_sentences(folder: Folder) -> Iterator[Fault]:
    """A translated words file has the ids of the case's own: none missing, none too many."""
    if not folder.words:
        return
    for name, translation in folder.translations.items():
        theirs = _groups(translation)
        for group, own in _groups(folder.words).items():
            for missing in (i for i in own if i not in theirs[group]):
                yield folder.at(
                    name,
                    (group,),
                    f"{group}.{missing} of {folder.words_name} is missing here",
                    "translate it",
                )
            for extra in (i for i in theirs[group] if i not in own):
                yield folder.at(
                    name,
                    (group, extra),
                    f"{group}.{extra} is not in {folder.words_name}",
                    "remove it or mend its id",
                )


@rule
def a_remark_is_not_swapped_in(folder: Folder) -> Iterator[Fault]:
    """Plain words in brackets, such as "(leave out)", are advice, and no words for the sentence."""
    names = {folder.words_name: folder.words, **folder.translations}
    for name, words in names.items():
        for mark_id, sentences in words.marks.items() if words else ():
            if sentences.plain.startswith("(") and sentences.swap is None:
                yield folder.at(
                    name,
                    ("marks", mark_id, "plain"),
                    f"marks.{mark_id}.plain is a remark, and would stand in the swapped sentence",
                    'add swap: the text that stands there instead, or ""',
                )
