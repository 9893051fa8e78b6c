"""The article as a class marked it: shades, the key beside it, and the places that divide."""

from __future__ import annotations

from typing import Any, Final

from copydesk.model import MarkTask
from copydesk.report import stats
from copydesk.report.texts import line_of, words_text

# Five steps of shade: shares of the class from which each begins.
HEAT: Final = (0.0001, 0.1, 0.25, 0.5, 0.75)
# Neighbours that about the same share marked are one place.
SAME_SHARE: Final = 0.1


def level(share: float) -> int:
    """The step of shade, 0 to 5, of a share of the class."""
    return sum(share >= start for start in HEAT)


def heat_lines(task: MarkTask, counts: list[int], people: int) -> list[dict[str, Any]]:
    """The article's lines as runs of equal shade, and as runs of the key beside it."""
    codes: dict[int, tuple[str, str, str]] = {}
    letters = {info.code: (info.letter, info.name) for info in task.codes}
    for control in task.controls:
        codes.update(dict.fromkeys(range(control.first, control.last + 1), ("fair", "", "")))
    for mark in sorted(task.key, key=lambda m: m.strength):
        letter, name = letters.get(mark.code, ("", mark.code))
        sign = (mark.code.lower(), letter, name)
        codes.update(dict.fromkeys(range(mark.first, mark.last + 1), sign))
    lines, at = [], 0
    for pieces in task.lines:
        words = list(range(at, at + len(pieces) // 2))
        at += len(words)
        lines.append(
            {
                "heat": _runs(pieces, words, lambda n: counts[n]),
                "key": _runs(pieces, words, lambda n: codes.get(n)),
            }
        )
    for line in lines:
        for run in line["heat"]:
            run["count"] = run.pop("what") or 0
            run["level"] = level(run["count"] / people if people else 0)
            run["percent"] = round(100 * run["count"] / people) if people else 0
    return lines


def _runs(pieces: tuple[str, ...], words: list[int], what: Any) -> list[dict[str, Any]]:
    """Stretches of words of which the same holds; `gap` is the text before a stretch."""
    runs: list[dict[str, Any]] = []
    for place, n in enumerate(words):
        gap, text = pieces[2 * place], pieces[2 * place + 1]
        if runs and runs[-1]["what"] == what(n):
            runs[-1]["text"] += gap + text
        else:
            runs.append({"gap": gap, "text": text, "what": what(n)})
    runs.append({"gap": pieces[-1], "text": "", "what": None})
    return runs


def disputed(task: MarkTask, counts: list[int], people: int) -> list[dict[str, Any]]:
    """The places that divide the class most: about half marked them, and half did not."""
    runs: list[list[int]] = []
    at = 0
    for pieces in task.lines:
        for n in range(at, at + len(pieces) // 2):
            near = runs and n > at and runs[-1][-1] == n - 1
            if near and abs(counts[n] - counts[runs[-1][0]]) <= SAME_SHARE * people:
                runs[-1].append(n)
            else:
                runs.append([n])
        at += len(pieces) // 2
    found = []
    for run in runs:
        share = sum(counts[n] for n in run) / len(run) / people
        if stats.entropy(share) > 0:
            marks = [k.id for k in task.key if k.first <= run[-1] and run[0] <= k.last]
            found.append(
                {
                    "first": run[0],
                    "words": words_text(task, run[0], run[-1]),
                    "line": line_of(task, run[0]),
                    "share": share,
                    "entropy": stats.entropy(share),
                    "key": bool(marks),
                }
            )
    return sorted(found, key=lambda f: (-f["entropy"], f["first"]))
