"""Provisional standings and means, from the stored points of the evaluations that count; nothing is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from kaaring.fieldwork.queries import counted
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.queries.contests import Contest, contest_of
from kaaring.results.queries.measures import MeasureName, measure_named, measures_of
from kaaring.results.queries.observed import Observed, observed
from kaaring.results.queries.sums import counted_until
from kaaring.results.queries.tables import Means, Row, Standings, in_order
from kaaring.results.queries.uncertainty import UNKNOWN, bands_of, intervals_of
from kaaring.scoring import Standing, mean
from kaaring.scoring import standings as placed


def standings(
    edition: Edition, measure: str = "total", *, until: date | None = None, class_code: str | None = None
) -> Standings:
    """Return the standings in a measure as they are now, or counting enquiries up to and including a day."""
    return standings_in(contest_of(edition), measure, until=until, class_code=class_code)


def standings_in(
    contest: Contest, measure: str = "total", *, until: date | None = None, class_code: str | None = None
) -> Standings:
    """The same where the contest has been read already; refuses an unknown measure or class."""
    measure_named(contest.definition, measure)
    refuse_unknown_class(contest, class_code)
    wanted = (measure, *contest.scoring.ties)
    found = observed(counted_until(contest.edition, until), contest.definition, wanted)
    return narrowed(table(contest, found, measure), found[measure], class_code)


def refuse_unknown_class(contest: Contest, class_code: str | None) -> None:
    """Refuse a class that the edition does not have, naming those it has."""
    if class_code is None or contest.class_coded(class_code) is not None:
        return
    raise Refused(
        "unknown_class",
        _("There is no class “%(code)s” here. Known: %(known)s.")
        % {"code": class_code, "known": ", ".join(one.code for one in contest.classes.values()) or _("none")},
    )


def table(contest: Contest, found: Mapping[str, Observed], measure: str) -> Standings:
    """Return the standings over all in one of the measures that were observed, without bands."""
    lines = places_in(contest, found, measure)
    scores = {line.participant: line.score for line in lines if line.score is not None}
    is_per_cent = not measure.startswith("metric:")
    intervals = intervals_of(scores, found[measure].errors, is_per_cent=is_per_cent)
    rows = [_row(contest, line, intervals.get(line.participant, UNKNOWN)) for line in lines]
    overall, in_classes = means_over(contest, scores)
    return Standings(contest.edition, measure, None, in_order(rows, None), overall, in_classes, ())


def narrowed(standings: Standings, found: Observed, class_code: str | None) -> Standings:
    """Return the standings of one class, or all, with the bands of those who cannot be told apart."""
    rows = standings.rows if class_code is None else in_order(standings.rows, class_code)
    bands = bands_of(rows, found.errors, in_class=class_code is not None)
    return replace(standings, class_code=class_code, rows=rows, bands=bands)


def places_in(contest: Contest, found: Mapping[str, Observed], measure: str) -> list[Standing[int]]:
    """Return scores and places in one of the measures, as the rules in force say."""
    scoring = contest.scoring
    return placed(
        found[measure].tallies,
        {key: one.competition_class.code for key, one in contest.participants.items()},
        ties=[scores_in(contest, found[tie]) for tie in scoring.ties],
        shared_when_rounded_equal=scoring.shared_when == "rounded_equal",
        minimum_enquiries=scoring.minimum_enquiries,
        minimum_participants={one.code: one.minimum_participants for one in contest.classes.values()},
    )


def _row(contest: Contest, line: Standing[int], interval: tuple[float | None, float | None]) -> Row:
    return Row(
        participant=contest.participants[line.participant],
        score=line.score,
        low=interval[0],
        high=interval[1],
        enquiries=line.enquiries,
        place=line.place,
        is_shared=line.is_shared,
        class_place=line.class_place,
        class_is_shared=line.class_is_shared,
        why=line.why or "",
    )


def means_over(
    contest: Contest, scores: Mapping[int, Fraction]
) -> tuple[Fraction | None, dict[int, Fraction]]:
    """Return the mean of participants' scores, and that of each class with any, by primary key."""
    members: defaultdict[int, list[Fraction]] = defaultdict(list)
    for participant, score in scores.items():
        members[contest.participants[participant].competition_class_id].append(score)
    in_classes = {class_id: found for class_id, own in members.items() if (found := mean(own)) is not None}
    return mean(scores.values()), in_classes


def means(edition: Edition) -> Means:
    """Return the means over all and in each class, in every measure, as they are now."""
    contest = contest_of(edition)
    return means_in(contest, measures_of(contest.definition))


def means_in(contest: Contest, measures: Iterable[MeasureName]) -> Means:
    """Return these means where the contest has been read already."""
    codes = [measure.code for measure in measures]
    everywhere: dict[str, Fraction] = {}
    in_classes: dict[tuple[str, int], Fraction] = {}
    for measure, found in observed(counted(contest.edition), contest.definition, codes).items():
        overall, by_class = means_over(contest, scores_in(contest, found))
        if overall is not None:
            everywhere[measure] = overall
        in_classes |= {(measure, class_id): score for class_id, score in by_class.items()}
    return Means(everywhere, in_classes)


def scores_in(contest: Contest, found: Observed) -> dict[int, Fraction]:
    """Return the scores of those with enough enquiries."""
    minimum = contest.scoring.minimum_enquiries
    return {key: tally.score for key, tally in found.tallies.items() if tally.enquiries >= minimum}
