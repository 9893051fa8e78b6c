"""The statistics of the report, against published examples and pencil and paper."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.report import stats


def test_alpha_of_krippendorffs_own_binary_example() -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A: 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    marked = [a + b for a, b in zip(meg, owen, strict=True)]
    assert stats.alpha(marked, 2) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_five_readers_by_hand() -> None:
    assert stats.alpha([0, 4, 0, 2, 2, 0, 2, 1, 0, 1, 0, 0], 5) == pytest.approx(267 / 1152)


def test_alpha_is_one_for_full_agreement_and_not_defined_without_variety() -> None:
    assert stats.alpha([5, 0, 5, 0], 5) == pytest.approx(1.0)
    assert stats.alpha([0, 0, 0], 5) is None
    assert stats.alpha([5, 5, 5], 5) is None
    assert stats.alpha([1, 0], 1) is None


@given(
    st.integers(2, 30).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n), min_size=1, max_size=60))
    )
)
def test_alpha_is_one_less_observed_over_expected_disagreement(case: tuple[int, list[int]]) -> None:
    people, marked = case
    total, ones = people * len(marked), sum(marked)
    if not 0 < ones < total:
        assert stats.alpha(marked, people) is None
        return
    observed = sum(2 * m * (people - m) / (people - 1) for m in marked) / total
    expected = 2 * ones * (total - ones) / (total * (total - 1))
    assert stats.alpha(marked, people) == pytest.approx(1 - observed / expected)


def test_the_interval_of_alpha_holds_its_value_and_is_the_same_each_time() -> None:
    rng = np.random.default_rng(1)
    marked = rng.integers(0, 31, 354).tolist()
    lines = [54, 100, 100, 100]
    found = stats.alpha_interval(marked, 30, lines, resamples=200)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert found == stats.alpha_interval(marked, 30, lines, resamples=200)


@given(st.integers(2, 9), st.lists(st.integers(0, 9), min_size=3, max_size=40))
def test_the_resamples_of_alpha_use_the_same_measure(people: int, marked: list[int]) -> None:
    marked = [min(m, people) for m in marked]
    blocks = [range(n, min(n + 4, len(marked))) for n in range(0, len(marked), 4)]
    picks = np.random.default_rng(stats.SEED).integers(0, len(blocks), (20, len(blocks)))
    drawn = [stats.alpha([marked[n] for b in row for n in blocks[b]], people) for row in picks]
    expected = [value for value in drawn if value is not None]
    assert stats._alphas(marked, people, blocks, 20).tolist() == pytest.approx(expected)


def test_a_short_text_has_alpha_without_an_interval() -> None:
    assert stats.alpha_interval([0, 4, 0, 2], 5, [4]) == stats.Estimate(
        stats.alpha([0, 4, 0, 2], 5) or 0
    )


def test_the_interval_of_a_mean_is_near_the_normal_one() -> None:
    values = np.random.default_rng(3).normal(2, 1, 400)
    found = stats.mean_interval(values)
    error = 1.96 * values.std(ddof=1) / 20
    assert found.low == pytest.approx(values.mean() - error, abs=0.02)
    assert found.high == pytest.approx(values.mean() + error, abs=0.02)


def test_a_large_class_has_the_normal_interval() -> None:
    values = np.arange(10_001) / 10_000
    found = stats.mean_interval(values)
    assert found.value == pytest.approx(0.5)
    assert found.high == pytest.approx(0.5 + 1.96 * values.std(ddof=1) / math.sqrt(10_001))


def test_one_value_has_a_mean_and_no_interval() -> None:
    assert stats.mean_interval([2.0]) == stats.Estimate(2.0)


def test_entropy_is_largest_at_half_and_zero_at_the_ends() -> None:
    assert [stats.entropy(share) for share in (0, 1, 0.5)] == [0, 0, 1]
    assert stats.entropy(0.25) == pytest.approx(0.8113, abs=1e-4)


def test_an_easier_form_cancels_out_when_each_half_counts_the_same() -> None:
    """True gain 0.5; the second form is 0.3 easier. Halves of 3 and 6 people still give 0.5."""
    found = stats.two_orders([0.8] * 3, [0.2] * 6)
    assert found.value == pytest.approx(0.5)
    assert (found.low, found.high) == (pytest.approx(0.5), pytest.approx(0.5))
