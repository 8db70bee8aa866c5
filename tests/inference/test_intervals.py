import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kaaring.inference import intervals, quantile, standard_errors


def test_the_standard_error_is_that_of_the_formula() -> None:
    # Participant 0: phone 60, 80, 70 (squares 200, 2 degrees), e-mail 50, 90 (800, 1).
    # Participant 1: phone 40, 60 (200, 1), e-mail 70 (0, 0).
    # Pooled: phone 400/3, e-mail 800/1. With 20 degrees of pooling:
    #   0 phone (20 · 400/3 + 200)/22 = 8600/66, e-mail (20 · 800 + 800)/21 = 800
    #   1 phone (20 · 400/3 + 200)/21 = 8600/63, e-mail 800 as pooled
    # SE² = Σ n_h s_h² / n²: 0: (3 · 8600/66 + 2 · 800)/25; 1: (2 · 8600/63 + 1 · 800)/9.
    scores = [60, 80, 70, 50, 90, 40, 60, 70]
    errors = standard_errors(
        scores, [0, 0, 0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0, 1], participants=2, pooling=20
    )

    expected = [((3 * 8600 / 66 + 1600) / 25) ** 0.5, ((2 * 8600 / 63 + 800) / 9) ** 0.5]
    assert errors == pytest.approx(expected)


def test_with_hardly_any_pooling_one_stratum_gives_the_textbook_standard_error() -> None:
    scores = [60.0, 80.0, 70.0, 55.0]

    (error,) = standard_errors(scores, [0] * 4, [0] * 4, participants=1, pooling=1e-9)

    assert error == pytest.approx(stats.sem(scores))


def test_differences_between_channels_are_no_chance() -> None:
    errors = standard_errors([50, 50, 90, 90], [0] * 4, [0, 0, 1, 1], participants=1, pooling=20)

    assert errors.tolist() == [0.0]


def test_a_stratum_of_single_enquiries_borrows_from_all_strata() -> None:
    # Phone: squares 200 + 200 with 2 degrees, pooled 200 = the own variances; e-mail borrows the same 200.
    errors = standard_errors(
        [60, 80, 50, 60, 80, 50], [0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 0, 1], participants=2, pooling=20
    )

    assert errors == pytest.approx([(3 * 200 / 9) ** 0.5] * 2)


def test_nothing_is_known_without_repeated_enquiries() -> None:
    assert np.isnan(standard_errors([60, 80], [0, 1], [0, 0], participants=3, pooling=20)).all()


def test_a_participant_without_enquiries_has_no_standard_error() -> None:
    errors = standard_errors([60, 80], [1, 1], [0, 0], participants=2, pooling=20)

    assert np.isnan(errors[0])
    assert errors[1] == pytest.approx(10)


def test_no_enquiries_at_all_give_no_standard_errors() -> None:
    assert np.isnan(standard_errors([], [], [], participants=2, pooling=20)).all()


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=30)
)
def test_the_order_of_the_enquiries_hardly_matters(rows: list[tuple[int, int, int]]) -> None:
    there, back = (
        standard_errors(*zip(*order, strict=True), participants=4, pooling=20) for order in (rows, rows[::-1])
    )

    assert there == pytest.approx(back, nan_ok=True)


@pytest.mark.parametrize(
    ("scores", "participant", "stratum", "pooling", "message"),
    [
        ([1, 2], [0], [0, 0], 20, "one length"),
        ([[1, 2]], [[0, 0]], [[0, 0]], 20, "one length"),
        ([1, 2], [0, 1], [0, 0], 20, "out of range"),
        ([1, 2], [0, -1], [0, 0], 20, "out of range"),
        ([1, 2], [0, 0], [0, -1], 20, "out of range"),
        ([1, 2], [0, 0], [0, 0], 0, "some weight"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    scores: list[int], participant: list[int], stratum: list[int], pooling: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        standard_errors(scores, participant, stratum, participants=1, pooling=pooling)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
def test_the_quantile_is_that_of_the_normal_distribution(level: float) -> None:
    assert quantile(level) == pytest.approx(stats.norm.ppf((1 + level) / 2))


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_outside_nothing_and_certainty_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        intervals([50.0], [1.0], level=level)


def test_an_interval_reaches_196_hundredths_of_the_error_and_stays_within_the_scale() -> None:
    low, high = intervals([50.0, 1.0, 99.5, 60.0], [2.0, 1.0, 1.0, np.nan], level=0.95)

    assert low[:3] == pytest.approx([46.08, 0.0, 97.54], abs=0.01)
    assert high[:3] == pytest.approx([53.92, 2.96, 100.0], abs=0.01)
    assert np.isnan([low[3], high[3]]).all()


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    # 4,000 participants with a true mean of 60, 13 phone and 12 e-mail enquiries with standard deviation 14.
    dice, participants = np.random.default_rng(1), 4000
    scores = dice.normal(60, 14, participants * 25)
    who = np.repeat(np.arange(participants), 25)
    channel = np.tile(np.repeat([0, 1], [13, 12]), participants)
    errors = standard_errors(scores, who, channel, participants=participants, pooling=20)
    low, high = intervals(scores.reshape(participants, 25).mean(axis=1), errors, level=0.95)

    assert np.mean((low <= 60) & (high >= 60)) == pytest.approx(0.95, abs=0.01)
