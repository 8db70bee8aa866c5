import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from kaaring.inference import (
    Correlations,
    Measurement,
    intraclass_correlations,
    kendall_w,
    krippendorff_alpha,
    severity,
)

# Six targets by four judges: Shrout & Fleiss 1979, table 2.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

# Twelve units by four observers, with gaps: Krippendorff 2011, section C.
GAP = float("nan")
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T


def test_the_six_intraclass_correlations_are_the_published_ones() -> None:
    found = intraclass_correlations(SHROUT_FLEISS)

    assert [found.one_way, found.agreement, found.consistency] == pytest.approx(
        [0.165742, 0.289764, 0.714841], abs=1e-6
    )
    assert [found.one_way_mean, found.agreement_mean, found.consistency_mean] == pytest.approx(
        [0.442797, 0.620051, 0.909316], abs=1e-6
    )


def test_the_variance_components_give_the_same_agreement_where_there_is_no_gap() -> None:
    entry, juror = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    found = severity(np.ravel(SHROUT_FLEISS), entry, juror, entries=6, jurors=4)

    assert found.agreement == pytest.approx(0.289764, abs=1e-5)


def test_jurors_who_give_the_same_scores_agree_fully() -> None:
    found = intraclass_correlations([[1, 1], [2, 2], [5, 5]])

    assert found == Correlations(1, 1, 1, 1, 1, 1)


def test_severity_costs_agreement_and_not_consistency() -> None:
    found = intraclass_correlations([[1, 3], [2, 4], [5, 7]])

    assert found.consistency == pytest.approx(1)
    assert found.agreement < 0.8


def test_without_any_difference_there_is_nothing_to_correlate() -> None:
    assert np.isnan(intraclass_correlations([[1, 1], [1, 1]]).agreement)
    assert np.isnan(kendall_w([[1, 1], [1, 1]]))


@pytest.mark.parametrize(
    ("scores", "message"),
    [([[1, 2]], "two entries and two jurors"), ([1, 2], "two entries"), ([[1, GAP], [1, 2]], "every entry")],
)
def test_scores_with_gaps_or_of_too_few_are_refused(scores: list[list[float]], message: str) -> None:
    for measure in (intraclass_correlations, kendall_w):
        with pytest.raises(ValueError, match=message):
            measure(scores)


def test_kendalls_w_by_hand() -> None:
    # Ranks 1 2 3, 1 3 2 and 2 1 3: sums 4, 6 and 8 around 6, S = 8, W = 12 · 8 ÷ (9 · 24).
    assert kendall_w([[1, 1, 2], [2, 3, 1], [3, 2, 3]]) == pytest.approx(96 / 216)


@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=3, max_size=6)
    )
)
def test_kendalls_w_corrects_for_ties_as_friedmans_test_does(columns: list[list[int]]) -> None:
    jurors, entries = np.array(columns).shape
    assume(entries > 2 and any(len(set(column)) > 1 for column in columns))

    chi_square = friedmanchisquare(*np.array(columns).T).statistic

    assert kendall_w(np.array(columns).T) == pytest.approx(chi_square / (jurors * (entries - 1)))


@pytest.mark.parametrize(
    ("measurement", "alpha"),
    [
        (Measurement.NOMINAL, 0.743421),
        (Measurement.ORDINAL, 0.815388),
        (Measurement.INTERVAL, 0.849107),
        (Measurement.RATIO, 0.797403),
    ],
)
def test_krippendorffs_alpha_is_the_published_one(measurement: Measurement, alpha: float) -> None:
    assert krippendorff_alpha(KRIPPENDORFF, measurement=measurement) == pytest.approx(alpha, abs=1e-6)


def test_alpha_passes_over_entries_with_one_mark() -> None:
    more = np.vstack([KRIPPENDORFF, [GAP, GAP, 9, GAP], [GAP] * 4])

    assert krippendorff_alpha(more, measurement=Measurement.INTERVAL) == pytest.approx(0.849107, abs=1e-6)


@pytest.mark.parametrize("marks", [[[1, 1], [1, 1]], [[1, GAP], [GAP, 2]], np.zeros((0, 3))])
def test_alpha_is_unknown_where_nothing_could_disagree(marks: list[list[float]]) -> None:
    assert np.isnan(krippendorff_alpha(marks, measurement=Measurement.NOMINAL))


def test_ratios_need_marks_of_0_or_more() -> None:
    assert krippendorff_alpha([[0, 0], [3, 3]], measurement=Measurement.RATIO) == 1
    with pytest.raises(ValueError, match="0 or more"):
        krippendorff_alpha([[-1, 1], [3, 3]], measurement=Measurement.RATIO)


def test_alpha_needs_a_matrix() -> None:
    with pytest.raises(ValueError, match="matrix"):
        krippendorff_alpha([1, 2], measurement=Measurement.NOMINAL)
