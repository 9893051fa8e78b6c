"""The statistics of the report: pure functions over counts, with fixed seeds.

Each docstring says what is resampled, because that is what an interval speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Final

import krippendorff
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SEED: Final = 20231115  # the day of the course's article; any number would do, but a fixed one
RESAMPLES: Final = 2_000
# 95 of 100 resamples lie inside.
LOW, HIGH = 2.5, 97.5
# Long enough to hold a whole mark: words inside one mark are no independent evidence.
BLOCK_WORDS: Final = 10
FEWEST_BLOCKS: Final = 10
# Beyond this many people an interval is narrow, and the mean's normal error tells it as well.
MOST_RESAMPLED: Final = 5_000


@dataclass(frozen=True)
class Estimate:
    """A number with a 95 percent interval; `low` and `high` are None where none can be given."""

    value: float
    low: float | None = None
    high: float | None = None


def alpha(marked: Sequence[int], people: int) -> float | None:
    """Krippendorff's alpha of people who marked or left alone each word of a text.

    `marked`: for each word, how many of the `people` marked it. Nominal, no value missing. Range:
    1 is agreement on every word, 0 what chance would give, below 0 is agreement worse than that.
    None where it is not defined: fewer than two people, or everybody did the same with all words.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, through krippendorff.
    """
    ones = np.asarray(marked, dtype=np.float64)
    if people < 2 or not 0 < ones.sum() < people * len(ones):
        return None
    counts = np.stack([people - ones, ones], axis=1)
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def alpha_interval(
    marked: Sequence[int], people: int, lines: Sequence[int], resamples: int = RESAMPLES
) -> Estimate | None:
    """Alpha with an interval from resampled stretches of the text.

    `lines`: how many words each line has. Resampled are stretches of up to BLOCK_WORDS words of a
    line, with replacement: the interval speaks of other text of this kind and the same people. No
    interval below FEWEST_BLOCKS stretches. None where alpha is not defined.
    """
    value = alpha(marked, people)
    if value is None:
        return None
    blocks, at = [], 0
    for count in lines:
        blocks += [
            range(n, min(n + BLOCK_WORDS, at + count)) for n in range(at, at + count, BLOCK_WORDS)
        ]
        at += count
    if len(blocks) < FEWEST_BLOCKS:
        return Estimate(value)
    drawn = _alphas(marked, people, blocks, resamples)
    low, high = np.percentile(drawn, [LOW, HIGH])
    return Estimate(value, float(low), float(high))


def _alphas(marked: Sequence[int], people: int, blocks: Sequence[range], resamples: int) -> Floats:
    """Alpha of each resample; those in which it is not defined are left out.

    The same measure as `alpha`, worked out for all resamples at once: with m of n people marking a
    word, 2 m (n - m) / (n - 1) of its n values disagree. A test holds the two together.
    """
    ones = np.asarray(marked, dtype=np.float64)
    apart = 2 * ones * (people - ones) / (people - 1)
    # For each stretch: its words, its marks, its disagreement.
    sums = np.array([[len(b), ones[list(b)].sum(), apart[list(b)].sum()] for b in blocks])
    picks = np.random.default_rng(SEED).integers(0, len(blocks), (resamples, len(blocks)))
    words, one, disagreement = sums[picks].sum(axis=1).T
    values = people * words
    defined = (one > 0) & (one < values)
    values, one, disagreement = values[defined], one[defined], disagreement[defined]
    expected = 2 * one * (values - one) / (values * (values - 1))
    found: Floats = 1 - disagreement / values / expected
    return found


def _resampled(
    values: Floats, statistic: Callable[[Floats], Floats], seed: int = SEED
) -> tuple[float, float]:
    """The interval of a statistic over resampled rows of `values`, in batches to spare memory."""
    rng = np.random.default_rng(seed)
    drawn = [
        statistic(values[rng.integers(0, len(values), (100, len(values)))])
        for _ in range(RESAMPLES // 100)
    ]
    low, high = np.percentile(np.concatenate(drawn), [LOW, HIGH])
    return float(low), float(high)


def mean_interval(values: Any) -> Estimate:
    """A mean over people, with an interval: resampled are the people, with replacement.

    Above MOST_RESAMPLED people it is the mean -+ 1.96 standard errors. Needs two values or more
    for an interval, and one for a mean.
    """
    array = np.asarray(values, dtype=np.float64)
    mean = float(array.mean())
    if len(array) < 2:
        return Estimate(mean)
    if len(array) > MOST_RESAMPLED:
        error = 1.96 * float(array.std(ddof=1)) / len(array) ** 0.5
        return Estimate(mean, mean - error, mean + error)
    return Estimate(mean, *_resampled(array, lambda drawn: drawn.mean(axis=1)))


def entropy(share: float) -> float:
    """How much a yes-or-no question divides a class: 0 when all do the same, 1 at half and half.

    Unit: bits. Source: Shannon (1948), A Mathematical Theory of Communication.
    """
    if not 0 < share < 1:
        return 0.0
    return -share * log2(share) - (1 - share) * log2(1 - share)


def two_orders(first: Any, second: Any) -> Estimate:
    """The mean gain of two halves of a class that took two forms in opposite orders.

    `first`, `second`: the gains (last minus first test) of each half. Each half counts the same, so
    that a form that is easier than the other cancels out: it helps one half and hurts the other by
    as much. The interval resamples people within each half.
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    value = float(one.mean() + two.mean()) / 2
    if min(len(one), len(two)) < 2:
        return Estimate(value)
    if max(len(one), len(two)) > MOST_RESAMPLED:
        error = 1.96 * (one.var(ddof=1) / len(one) + two.var(ddof=1) / len(two)) ** 0.5 / 2
        return Estimate(value, value - float(error), value + float(error))
    rng = np.random.default_rng(SEED)
    drawn = []
    for _ in range(RESAMPLES // 100):
        means = [h[rng.integers(0, len(h), (100, len(h)))].mean(axis=1) for h in (one, two)]
        drawn.append((means[0] + means[1]) / 2)
    low, high = np.percentile(np.concatenate(drawn), [LOW, HIGH])
    return Estimate(value, float(low), float(high))
