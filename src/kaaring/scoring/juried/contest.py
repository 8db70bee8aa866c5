"""From all scorecards of a contest (a category, or a division of one) to its lines, tie-breakers included."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from kaaring.scoring.juried.combining import Combined, Method, NoScore, combine
from kaaring.scoring.juried.scorecard import Criterion, JurorScore, Mark, Scale, juror_score, weights_of
from kaaring.scoring.standings import Place, mean, places

JURY = "jury"
"""The tie-breaker that is a recorded decision of the jury."""

CRITERION = "criterion:"
"""What the name of a tie-breaker by a criterion's mean mark starts with."""


@dataclass(frozen=True, slots=True)
class Scorecard[E: Hashable, J: Hashable]:
    """One juror's marks for one entry, by criterion."""

    entry: E
    juror: J
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a contest's scorecards become places.

    ``ties`` names tie-breakers in their order: ``criterion:CODE``, the higher mean mark, and ``jury``, a
    recorded decision. With ``shared_when_rounded_equal`` figures are equal when their one shown decimal is.

    Raises ValueError for a tie-breaker that is neither, a ``trim`` below 0, and weights that cannot be.
    """

    criteria: tuple[Criterion, ...]
    scale: Scale
    method: Method
    trim: int
    minimum_marks: int
    ties: tuple[str, ...]
    shared_when_rounded_equal: bool

    def __post_init__(self) -> None:
        if self.trim < 0:
            raise ValueError("No fewer than 0 scores can be trimmed")
        known = {JURY, *(CRITERION + code for code in weights_of(self.criteria))}
        for name in self.ties:
            if name not in known:
                raise ValueError(f"There is no tie-breaker {name!r}; there are: {', '.join(sorted(known))}")


@dataclass(frozen=True, slots=True)
class Line[E: Hashable, J: Hashable]:
    """Where an entry stands in its contest.

    ``score`` runs from 0 to 100; it and ``place`` are None where the entry is not decidable, and ``why``
    says so. ``scorecards`` counts those with a score. ``criterion_means`` are the means of the marks given,
    on 0–100, None where nobody gave one. ``parted_by`` names the last tie-breaker that parted the entry
    from an equal score. ``juror_scores`` hold the working of each scorecard, None for one without a score,
    and ``combined`` which of them counted.
    """

    entry: E
    score: Fraction | None
    place: int | None
    is_shared: bool
    why: NoScore | None
    scorecards: int
    criterion_means: Mapping[str, Fraction | None]
    parted_by: str | None
    juror_scores: Mapping[J, JurorScore | None]
    combined: Combined[J]


def contest[E: Hashable, J: Hashable](
    entries: Iterable[E],
    scorecards: Iterable[Scorecard[E, J]],
    recipe: Recipe,
    jury_ranks: Mapping[E, int],
) -> list[Line[E, J]]:
    """Return one line per entry: by place, those without one last.

    ``jury_ranks`` is the jury's recorded decision between entries with equal scores, 1 before 2; entries
    without a rank come after those with one. It is asked where the recipe names the tie-breaker ``jury``.

    Raises ValueError for a second scorecard of a juror for an entry, a scorecard for an entry that is not in
    the contest, and for marks that ``juror_score`` refuses.

    >>> recipe = Recipe((Criterion("idea", None),), Scale(Fraction(0), Fraction(10)), Method.MEAN, trim=0,
    ...                 minimum_marks=1, ties=("jury",), shared_when_rounded_equal=True)
    >>> cards = [Scorecard(entry, "J", {"idea": Mark(Fraction(mark))}) for entry, mark in ("A7", "B9", "C7")]
    >>> lines = contest("ABC", cards, recipe, {"C": 1, "A": 2})
    >>> [(line.place, line.entry, line.parted_by) for line in lines]
    [(1, 'B', None), (2, 'C', 'jury'), (3, 'A', 'jury')]
    """
    cards = cards_by_entry(entries, scorecards)
    unplaced = [_unplaced(entry, own, recipe) for entry, own in cards.items()]
    placed = places(
        {line.entry: line.score for line in unplaced if line.score is not None},
        ties=[_tie_breaker(name, unplaced, jury_ranks) for name in recipe.ties],
        shared_when_rounded_equal=recipe.shared_when_rounded_equal,
    )
    lines = [_placed(line, placed[line.entry], recipe) if line.entry in placed else line for line in unplaced]
    return sorted(lines, key=lambda line: (line.place is None, line.place or 0, -(line.score or 0)))


def cards_by_entry[E: Hashable, J: Hashable](
    entries: Iterable[E], scorecards: Iterable[Scorecard[E, J]]
) -> dict[E, dict[J, Scorecard[E, J]]]:
    """Return the scorecards of each entry by juror, in the order given; ValueError as ``contest`` says."""
    cards: dict[E, dict[J, Scorecard[E, J]]] = {entry: {} for entry in entries}
    for card in scorecards:
        if card.entry not in cards:
            raise ValueError(f"{card.entry} has a scorecard and is not in the contest")
        if card.juror in cards[card.entry]:
            raise ValueError(f"{card.juror} has two scorecards for {card.entry}")
        cards[card.entry][card.juror] = card
    return cards


def _unplaced[E: Hashable, J: Hashable](
    entry: E, cards: Mapping[J, Scorecard[E, J]], recipe: Recipe
) -> Line[E, J]:
    worked = {juror: juror_score(card.marks, recipe.criteria, recipe.scale) for juror, card in cards.items()}
    combined = combine(
        {juror: score.score if score else None for juror, score in worked.items()},
        method=recipe.method,
        trim=recipe.trim,
        minimum_marks=recipe.minimum_marks,
    )
    return Line(
        entry=entry,
        score=combined.score,
        place=None,
        is_shared=False,
        why=combined.why,
        scorecards=len(worked) - len(combined.left_out),
        criterion_means=_criterion_means(cards.values(), recipe),
        parted_by=None,
        juror_scores=worked,
        combined=combined,
    )


def _placed[E: Hashable, J: Hashable](line: Line[E, J], found: Place, recipe: Recipe) -> Line[E, J]:
    parted_by = None if found.broken_by is None else recipe.ties[found.broken_by]
    return replace(line, place=found.place, is_shared=found.is_shared, parted_by=parted_by)


def _criterion_means[E: Hashable, J: Hashable](
    cards: Iterable[Scorecard[E, J]], recipe: Recipe
) -> dict[str, Fraction | None]:
    given: dict[str, list[Fraction]] = {criterion.code: [] for criterion in recipe.criteria}
    for card in cards:
        for code, mark in card.marks.items():
            if mark.value is not None:
                given[code].append(recipe.scale.normalised(mark.value))
    return {code: mean(marks) for code, marks in given.items()}


def _tie_breaker[E: Hashable, J: Hashable](
    name: str, lines: Iterable[Line[E, J]], jury_ranks: Mapping[E, int]
) -> dict[E, Fraction]:
    if name == JURY:
        return {entry: Fraction(-rank) for entry, rank in jury_ranks.items()}
    found = {line.entry: line.criterion_means[name.removeprefix(CRITERION)] for line in lines}
    return {entry: mark for entry, mark in found.items() if mark is not None}
