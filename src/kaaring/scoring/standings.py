"""From enquiry points to participants' scores, places and standings, exactly.

Scores run from 0 to 100 and are Fractions: one division at the end, rounded once, where they are shown.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby


@dataclass(frozen=True, slots=True)
class EnquiryScore[K: Hashable]:
    """What an enquiry of a participant earned of what was possible, in units.

    Enquiries of one participant with the same ``possible`` may come summed: ``earned`` is then their sum
    and ``count`` their number.
    """

    participant: K
    earned: int
    possible: int
    count: int = 1


class ParticipantScore(StrEnum):
    """How a participant's enquiries combine: every enquiry weighs the same, or every point does."""

    MEAN_OF_ENQUIRIES = "mean_of_enquiries"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True)
class Tally:
    """A participant's score, 0 to 100, and the number of enquiries it rests on."""

    score: Fraction
    enquiries: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place, counted 1, 2, 2, 4.

    ``broken_by`` is the position of the last tie-breaker that parted it from an equal score, None where
    none was needed or none helped.
    """

    place: int
    is_shared: bool
    broken_by: int | None


class NoPlace(StrEnum):
    """Why there is no place, or no place in the class."""

    NOT_OBSERVED = "not_observed"
    TOO_FEW_ENQUIRIES = "too_few_enquiries"
    CLASS_TOO_SMALL = "class_too_small"


@dataclass(frozen=True, slots=True)
class Standing[K: Hashable]:
    """One line of the standings: where a participant stands over all and in its competition class."""

    participant: K
    competition_class: str | None
    score: Fraction | None
    place: int | None
    is_shared: bool
    class_place: int | None
    class_is_shared: bool
    why: NoPlace | None
    enquiries: int


def participant_scores[K: Hashable](
    enquiries: Iterable[EnquiryScore[K]], *, method: ParticipantScore
) -> dict[K, Tally]:
    """Return each participant's score.

    ``MEAN_OF_ENQUIRIES`` is 100 · mean(earned ÷ possible); ``POOLED`` is 100 · Σ earned ÷ Σ possible.
    Raises ValueError for points that cannot be: nothing possible, or earned outside 0 to possible.

    >>> uneven = [EnquiryScore("A", 10, 10), EnquiryScore("A", 0, 30)]
    >>> participant_scores(uneven, method=ParticipantScore.MEAN_OF_ENQUIRIES)["A"].score
    Fraction(50, 1)
    >>> participant_scores(uneven, method=ParticipantScore.POOLED)["A"].score
    Fraction(25, 1)
    """
    sums: dict[K, dict[int, list[int]]] = {}
    for enquiry in enquiries:
        earned, possible, count = enquiry.earned, enquiry.possible, enquiry.count
        if possible < 1 or count < 1 or not 0 <= earned <= possible * count:
            raise ValueError(
                f"{enquiry.participant}: {earned} of {possible} points in {count} enquiries cannot be"
            )
        entry = sums.setdefault(enquiry.participant, {}).setdefault(possible, [0, 0])
        entry[0] += earned
        entry[1] += count
    combine = _pooled if method is ParticipantScore.POOLED else _mean_of_enquiries
    return {participant: combine(by_possible) for participant, by_possible in sums.items()}


def _mean_of_enquiries(by_possible: Mapping[int, Sequence[int]]) -> Tally:
    common = math.lcm(*by_possible)
    earned = sum(common // possible * earned for possible, (earned, _) in by_possible.items())
    count = sum(count for _, count in by_possible.values())
    return Tally(Fraction(100 * earned, common * count), count)


def _pooled(by_possible: Mapping[int, Sequence[int]]) -> Tally:
    earned = sum(earned for earned, _ in by_possible.values())
    possible = sum(possible * count for possible, (_, count) in by_possible.items())
    return Tally(Fraction(100 * earned, possible), sum(count for _, count in by_possible.values()))


def mean(scores: Iterable[Fraction]) -> Fraction | None:
    """Return the mean, None of nothing. Class and overall means are means of participants' scores.

    >>> mean([Fraction(50), Fraction(75, 2)])
    Fraction(175, 4)
    """
    counted = list(scores)
    if not counted:
        return None
    common = math.lcm(*(score.denominator for score in counted))
    total = sum(common // score.denominator * score.numerator for score in counted)
    return Fraction(total, common * len(counted))


def rounded(score: Fraction, decimals: int = 1) -> Decimal:
    """Return the score rounded half up, away from zero, as it is shown.

    >>> rounded(Fraction(1251, 20)), rounded(Fraction(95)), rounded(Fraction(-49, 4))
    (Decimal('62.6'), Decimal('95.0'), Decimal('-12.3'))
    """
    doubled = 2 * 10**decimals * abs(score.numerator)
    shown = (doubled + score.denominator) // (2 * score.denominator)
    return Decimal(-shown if score < 0 else shown).scaleb(-decimals)


def places[K: Hashable](
    scores: Mapping[K, Fraction], *, ties: Sequence[Mapping[K, Fraction]], shared_when_rounded_equal: bool
) -> dict[K, Place]:
    """Return the place of each score, the highest first.

    Equal scores go through the tie-breakers in their order, the higher value first and no value last, and
    share a place when none parts them. With ``shared_when_rounded_equal`` scores, and the values of
    tie-breakers, are equal when their one shown decimal is; otherwise only when they are exactly equal.

    >>> close = {"A": Fraction(9001, 100), "B": Fraction(90), "C": Fraction(80)}
    >>> [place.place for place in places(close, ties=[], shared_when_rounded_equal=True).values()]
    [1, 1, 3]
    """
    levels = [_levels(values, shared_when_rounded_equal) for values in (scores, *ties)]
    placed: dict[K, Place] = {}
    _place_group(list(scores), levels, 0, None, placed)
    return {participant: placed[participant] for participant in scores}


def _levels[K: Hashable](values: Mapping[K, Fraction], is_rounded: bool) -> dict[K, Decimal | int]:
    """Return what the values are ordered by: as shown, or in whole numbers over one denominator."""
    if is_rounded:
        return {key: rounded(value) for key, value in values.items()}
    common = math.lcm(*(value.denominator for value in values.values()))
    return {key: common // value.denominator * value.numerator for key, value in values.items()}


def _place_group[K: Hashable](
    group: list[K],
    levels: Sequence[Mapping[K, Decimal | int]],
    criterion: int,
    broken_by: int | None,
    placed: dict[K, Place],
) -> None:
    """Give the group the places from ``len(placed) + 1`` on, by the criteria from this one on."""
    if len(group) == 1 or criterion == len(levels):
        place = Place(len(placed) + 1, len(group) > 1, broken_by)
        placed.update(dict.fromkeys(group, place))
        return
    level = levels[criterion]
    lowest_last = sorted(group, key=lambda key: (key in level, level.get(key, 0)), reverse=True)
    parts = [list(part) for _, part in groupby(lowest_last, key=level.get)]
    if len(parts) > 1 and criterion > 0:
        broken_by = criterion - 1
    for part in parts:
        _place_group(part, levels, criterion + 1, broken_by, placed)


def standings[K: Hashable](
    tallies: Mapping[K, Tally],
    classes: Mapping[K, str | None],
    *,
    ties: Sequence[Mapping[K, Fraction]],
    shared_when_rounded_equal: bool,
    minimum_enquiries: int,
    minimum_participants: Mapping[str, int],
) -> list[Standing[K]]:
    """Return one line per participant in ``classes``: by place, those without one last.

    With fewer than ``minimum_enquiries`` there is neither score nor place. A class in which fewer than its
    ``minimum_participants`` (none where not named) have a score gives no class places; its participants
    keep their score and their place over all.
    """
    scores = {
        participant: tallies[participant].score
        for participant in classes
        if participant in tallies and tallies[participant].enquiries >= minimum_enquiries
    }
    overall = places(scores, ties=ties, shared_when_rounded_equal=shared_when_rounded_equal)
    in_class: dict[K, Place] = {}
    for name, members in _members(scores, classes).items():
        if len(members) >= minimum_participants.get(name, 0):
            in_class |= places(members, ties=ties, shared_when_rounded_equal=shared_when_rounded_equal)
    lines = [
        _line(
            participant, name, tallies.get(participant), overall.get(participant), in_class.get(participant)
        )
        for participant, name in classes.items()
    ]
    return sorted(lines, key=lambda line: (line.place is None, line.place or 0, -(line.score or 0)))


def _members[K: Hashable](
    scores: Mapping[K, Fraction], classes: Mapping[K, str | None]
) -> dict[str, dict[K, Fraction]]:
    members: defaultdict[str, dict[K, Fraction]] = defaultdict(dict)
    for participant, score in scores.items():
        name = classes[participant]
        if name is not None:
            members[name][participant] = score
    return members


def _line[K: Hashable](
    participant: K, name: str | None, tally: Tally | None, place: Place | None, class_place: Place | None
) -> Standing[K]:
    if tally is None:
        return Standing(participant, name, None, None, False, None, False, NoPlace.NOT_OBSERVED, 0)
    if place is None:
        why = NoPlace.TOO_FEW_ENQUIRIES
        return Standing(participant, name, None, None, False, None, False, why, tally.enquiries)
    return Standing(
        participant=participant,
        competition_class=name,
        score=tally.score,
        place=place.place,
        is_shared=place.is_shared,
        class_place=class_place.place if class_place else None,
        class_is_shared=class_place is not None and class_place.is_shared,
        why=NoPlace.CLASS_TOO_SMALL if name is not None and class_place is None else None,
        enquiries=tally.enquiries,
    )
