"""How a jury judges, in words for those who enter: scale, weights, stages, and who sees what."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.models import Stage
from kaaring.jury.queries.stages import Period, announced_period, stages_of
from kaaring.jury.sheets import MARKED
from kaaring.kernel.figures import local
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.faults import quoted
from kaaring.programmes.definition.schema import Category, Criterion, Jury, Shortlist
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.web.public.ways import passes_in_words, points_in_words, ranked_in_words, vote_in_words
from kaaring.web.public.wording import listed, points
from kaaring.web.stage_words import seen_in


class Anchor(NamedTuple):
    """A mark and what it means."""

    mark: int
    meaning: Text


class StageShown(NamedTuple):
    """A stage of judging: when it is, what happens in it, and who sees what; whether one votes in it here."""

    name: Text
    period: str
    happens: list[str]
    seen: list[str]
    is_voted: bool


def anchors_of(jury: Jury) -> list[Anchor]:
    """Return what single marks mean, the lowest first."""
    return [Anchor(mark, meaning) for mark, meaning in sorted(jury.scale.anchors.items())]


def weight_of(criterion: Criterion) -> str:
    """Return a criterion's weight in per cent; nothing where no criterion has one: they weigh the same."""
    return "" if criterion.weight is None else _("%(weight)s %%") % {"weight": points(criterion.weight)}


def discretion_of(criterion: Criterion) -> str:
    """Say how far a juror may decide what a criterion weighs, where that is left to the juror."""
    if criterion.discretion == "fixed":
        return ""
    most = _(
        "%(weight)s is the most it can weigh. Each juror first decides how much of that is relevant, from 0 "
        "to 100 %%, and then gives the mark."
    )
    weight = weight_of(criterion) or _("An equal share")
    return f"{most % {'weight': weight}} {_LEFT[criterion.discretion]()}"


_LEFT: dict[str, Callable[[], str]] = {
    "ceiling": lambda: _(
        "What a juror does not let count is lost: it goes to no other criterion, so the highest possible "
        "score falls below 100."
    ),
    "rescaled": lambda: _(
        "What a juror does not let count goes to the other criteria in proportion to their weights, so 100 "
        "can always be reached."
    ),
}


def weights_in_words(category: Category) -> str:
    """Say what fixed weights mean, where all or some of a category's are; equal ones are said to be equal."""
    if all(one.weight is None for one in category.criteria):
        return _equal(len(category.criteria))
    fixed = [one for one in category.criteria if one.discretion == "fixed"]
    if len(fixed) == len(category.criteria):
        return _(
            "All weights are fixed. The jury is free in which mark it gives, not in how much a criterion "
            "counts: it counts alike for every entry in the category."
        )
    if not fixed:
        return ""
    return _("Fixed is the weight of %(names)s: it counts alike for every entry in the category.") % {
        "names": listed([quoted(said(one.name)) for one in fixed])
    }


def _equal(count: int) -> str:
    if count == 1:
        return _("The mark on this criterion is the whole score.")
    return _("All criteria weigh the same, for every entry in the category.")


def left_to_jurors(category: Category) -> list[str]:
    """Say of each criterion of a category whose weight is left to the jurors how far it is."""
    return [f"{quoted(said(one.name))}: {told}" for one in category.criteria if (told := discretion_of(one))]


def is_anything_marked(definition: Definition) -> bool:
    """Say whether the jury marks criteria in any of its stages."""
    return definition.jury is not None and any(one.mode in MARKED for one in definition.jury.stages)


def levels_in_words(jury: Jury) -> str:
    """Say what the jury can give beside the award."""
    names = {
        "gold": _("gold"),
        "silver": _("silver"),
        "bronze": _("bronze"),
        "highly_commended": _("highly commended"),
    }
    if not jury.levels:
        return ""
    return _("Beside the winner the jury can name: %(levels)s.") % {
        "levels": listed([names[level] for level in jury.levels])
    }


def stages_shown(edition: Edition, definition: Definition) -> list[StageShown]:
    """Return the stages of judging in their order, each with its dates as they stand; one query."""
    if definition.jury is None:
        return []
    opened = {stage.code: stage for stage in stages_of(edition)}
    dates = {one.code: _dates(edition, one, opened.get(one.code)) for one in definition.jury.stages}
    return [
        StageShown(
            one.name,
            _period(dates[one.code], edition.timezone),
            list(_happens(one, definition.jury)),
            seen_in(one.sees) if one.mode != "public_vote" else [],
            one.voting is not None and dates[one.code] is not None,
        )
        for one in definition.jury.stages
    ]


def _dates(edition: Edition, rules: StageRules, stage: Stage | None) -> Period | None:
    return announced_period(edition, rules) if stage is None else Period(stage.opens_at, stage.closes_at)


def _period(period: Period | None, timezone: str) -> str:
    """Return the days of a stage, with the hour where it does not begin or end at midnight."""
    if period is None:
        return _("Dates to come")
    first, end = local(period.opens_at, timezone), local(period.closes_at, timezone)
    last = end - timedelta(seconds=1) if end.time() == time() else end
    return f"{_moment(first, first.time() == time())} – {_moment(last, end.time() == time())}"


def _moment(at: datetime, is_whole_day: bool) -> str:
    return date_format(at, "DATE_FORMAT" if is_whole_day else "DATETIME_FORMAT")


def _happens(stage: StageRules, jury: Jury) -> Iterator[str]:
    yield _MODES[stage.mode](stage, stage.jurors_per_entry or jury.jurors_per_entry)
    if stage.weight is not None:
        yield _("It makes %(weight)s %% of the final score.") % {"weight": points(stage.weight)}
    if stage.shortlist is not None:
        yield from _goes_on(stage.shortlist)


def _pass_fail(stage: StageRules, jurors: int) -> str:
    told = ngettext(
        "%(count)d juror reads each entry and says whether it goes on.",
        "%(count)d jurors read each entry and say whether it goes on.",
        jurors,
    ) % {"count": jurors}
    return f"{told} {passes_in_words(stage)}"


def _scorecard(_stage: StageRules, jurors: int) -> str:
    return ngettext(
        "%(count)d juror marks each entry, criterion by criterion.",
        "%(count)d jurors mark each entry, criterion by criterion.",
        jurors,
    ) % {"count": jurors}


def _presentation(_stage: StageRules, jurors: int) -> str:
    return ngettext(
        "Entrants present their case to %(count)d juror, who marks it criterion by criterion.",
        "Entrants present their case to %(count)d jurors, who mark it criterion by criterion.",
        jurors,
    ) % {"count": jurors}


def _site_visit(_stage: StageRules, jurors: int) -> str:
    return ngettext(
        "%(count)d juror visits the entrant and marks the entry criterion by criterion.",
        "%(count)d jurors visit the entrant and mark the entry criterion by criterion.",
        jurors,
    ) % {"count": jurors}


_MODES: dict[str, Callable[[StageRules, int], str]] = {
    "pass_fail": _pass_fail,
    "scorecard": _scorecard,
    "ranking": lambda stage, _jurors: ranked_in_words(stage),
    "points": lambda stage, _jurors: points_in_words(stage),
    "public_vote": lambda stage, _jurors: vote_in_words(stage),
    "presentation": _presentation,
    "site_visit": _site_visit,
}


def _best(count: int) -> str:
    if count == 1:
        return _("The best entry of each category goes on.")
    return ngettext(
        "The %(count)d best entry of each category goes on.",
        "The %(count)d best entries of each category go on.",
        count,
    ) % {"count": count}


def _goes_on(shortlist: Shortlist) -> Iterator[str]:
    if shortlist.top is not None:
        yield _best(shortlist.top)
    if shortlist.percentile is not None:
        yield _("The best %(share)s %% of the entries of each category go on.") % {
            "share": points(shortlist.percentile)
        }
    if shortlist.threshold is not None:
        yield _("It takes a score of at least %(score)s to go on.") % {"score": points(shortlist.threshold)}
    if shortlist.minimum_field is not None:
        yield ngettext(
            "Where a category has fewer than %(count)d entry, nobody is left out.",
            "Where a category has fewer than %(count)d entries, nobody is left out.",
            shortlist.minimum_field,
        ) % {"count": shortlist.minimum_field}
    if shortlist.ties == "all_in":
        yield _("Those who share the last place all go on.")
    else:
        yield _("Of those who share the last place none goes on, where there is not room for all.")
    if shortlist.margin is not None:
        yield _("A lead of less than %(points)s points asks for a second round.") % {
            "points": points(shortlist.margin)
        }
