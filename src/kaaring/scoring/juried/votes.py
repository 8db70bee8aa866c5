"""Other ways to a result: points to hand out, a public vote, pass or fail, and a blend of several."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kaaring.scoring.juried.tallied import Tallied, TieBreakers, tallied
from kaaring.scoring.standings import places


def points[E: Hashable, J: Hashable](
    entries: Sequence[E],
    allocations: Mapping[J, Mapping[E, int]],
    *,
    allowance: int,
    ties: TieBreakers[E],
) -> list[Tallied[E]]:
    """Return the points each entry got from jurors who each have ``allowance`` points to hand out.

    A juror may hand out fewer, and names the entries that were there to choose from: 0 gives an entry
    nothing, and an entry not named was not that juror's to judge. The score is the share of the points that
    the jurors who name the entry had; equal ones go through ``ties``. Raises ValueError for more than the
    allowance, points below 0, an entry that is not among the entries, and an allowance below 1.

    >>> given = {"J1": {"A": 3, "B": 2}, "J2": {"A": 0, "B": 5}, "J3": {"B": 1}}
    >>> [(line.entry, line.value, line.score) for line in points("AB", given, allowance=5, ties=[])]
    [('B', Fraction(8, 1), Fraction(160, 3)), ('A', Fraction(3, 1), Fraction(30, 1))]
    """
    if allowance < 1:
        raise ValueError("A juror needs a point to hand out")
    values, most = dict.fromkeys(entries, Fraction(0)), Counter[E]()
    for juror, given in allocations.items():
        if sum(given.values()) > allowance or any(value < 0 for value in given.values()):
            raise ValueError(f"{juror} can hand out 0 to {allowance} points and no more together")
        for entry, value in given.items():
            if entry not in values:
                raise ValueError(f"{entry} got points and is not among the entries")
            values[entry] += value
            most[entry] += allowance
    return tallied(values, most, ties=ties)


def public_vote[E: Hashable](counts: Mapping[E, int], *, ties: TieBreakers[E]) -> list[Tallied[E]]:
    """Return each entry's votes, and as its score its share of all votes in per cent; ``ties`` part equals.

    Shares of many entries are small numbers beside a jury's scores: the rules should say whether they, or
    something made of them, are blended. Raises ValueError for a count below 0.

    >>> [(line.entry, line.score) for line in public_vote({"A": 1, "B": 3}, ties=[])]
    [('B', Fraction(75, 1)), ('A', Fraction(25, 1))]
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("Nobody has fewer than 0 votes")
    total = sum(counts.values())
    values = {entry: Fraction(count) for entry, count in counts.items()}
    return tallied(values, dict.fromkeys(counts, total) if total else {}, ties=ties)


@dataclass(frozen=True, slots=True)
class PassFail:
    """How the votes on one entry fell, and whether it passed."""

    yes: int
    no: int
    abstained: int
    is_passed: bool


def pass_fail[J: Hashable](votes: Mapping[J, bool | None], *, needed: int) -> PassFail:
    """Return whether at least ``needed`` jurors voted yes; None is an abstention, which is no yes.

    Raises ValueError where no yes is needed.

    >>> pass_fail({"J1": True, "J2": True, "J3": False, "J4": None}, needed=2)
    PassFail(yes=2, no=1, abstained=1, is_passed=True)
    """
    if needed < 1:
        raise ValueError("At least one yes must be needed")
    cast = list(votes.values())
    yes, no = cast.count(True), cast.count(False)
    return PassFail(yes, no, len(cast) - yes - no, yes >= needed)


@dataclass(frozen=True, slots=True)
class Part[E: Hashable]:
    """One part of a blend: its weight, in any unit, and its scores, 0 to 100; None where there is none."""

    weight: Fraction
    scores: Mapping[E, Fraction | None]


@dataclass(frozen=True, slots=True)
class Blended[E: Hashable]:
    """An entry's blended score and place, both None where a part that weighs something has no score.

    ``contributions`` has for each part its points of the score, None where the part has no score for it;
    ``broken_by`` is the position of the last tie-breaker that parted it from an equal score.
    """

    entry: E
    score: Fraction | None
    place: int | None
    is_shared: bool
    contributions: tuple[Fraction | None, ...]
    broken_by: int | None = None


def blend[E: Hashable](
    parts: Sequence[Part[E]], *, ties: TieBreakers[E], shared_when_rounded_equal: bool
) -> list[Blended[E]]:
    """Return Σ weight · score ÷ Σ weight for every entry in any part: by place, those without one last.

    Equal scores go through ``ties``.

    Raises ValueError for a weight below 0, weights that are all 0, and a score outside 0 to 100.

    >>> jury, public = {"A": Fraction(80), "B": Fraction(70)}, {"A": Fraction(20), "B": Fraction(60)}
    >>> mixed = [Part(Fraction(75), jury), Part(Fraction(25), public)]
    >>> [(line.entry, line.score) for line in blend(mixed, ties=[], shared_when_rounded_equal=True)]
    [('B', Fraction(135, 2)), ('A', Fraction(65, 1))]
    """
    total = sum((part.weight for part in parts), Fraction(0))
    if any(part.weight < 0 for part in parts) or not total:
        raise ValueError("Parts weigh 0 or more each, and more than 0 together")
    given = [score for part in parts for score in part.scores.values() if score is not None]
    if given and not 0 <= min(given) <= max(given) <= 100:
        raise ValueError("Blended scores lie between 0 and 100")
    names = dict.fromkeys(entry for part in parts for entry in part.scores)
    shares = {entry: tuple(_contribution(part, entry, total) for part in parts) for entry in names}
    scores = {
        entry: sum((share for share in own if share is not None), Fraction(0))
        for entry, own in shares.items()
        if all(share is not None or not part.weight for share, part in zip(own, parts, strict=True))
    }
    placed = places(scores, ties=ties, shared_when_rounded_equal=shared_when_rounded_equal)
    lines = [
        Blended(entry, scores[entry], one.place, one.is_shared, shares[entry], one.broken_by)
        if (one := placed.get(entry))
        else Blended(entry, None, None, False, shares[entry])
        for entry in names
    ]
    return sorted(lines, key=lambda line: (line.place is None, line.place or 0, -(line.score or 0)))


def _contribution[E: Hashable](part: Part[E], entry: E, total: Fraction) -> Fraction | None:
    score = part.scores.get(entry)
    return None if score is None else part.weight * score / total
