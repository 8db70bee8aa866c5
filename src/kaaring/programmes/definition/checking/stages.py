"""Stages: their periods, what fits their mode, and who goes on."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import has_no_use, never_enough_marks, same_code
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Definition, Jury, Shortlist, Stage
from kaaring.programmes.definition.schema.values import plain_number

ONLY_IN = {"passes": "pass_fail", "points": "points", "count": "ranking", "voting": "public_vote"}
SCORED = ("scorecard", "presentation", "site_visit", "ranking", "points")
HOW = ("top", "threshold", "percentile")
BY_SCORE = ("threshold", "percentile", "margin")
PLACES_ALONE = ("schulze", "stv")


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong or odd about the stages."""
    jury = definition.jury
    if jury is None:
        return
    yield from same_code([stage.code for stage in jury.stages], ("jury", "stages"))
    for position, stage in enumerate(jury.stages):
        path: Path = ("jury", "stages", position)
        yield from _mode(stage, path)
        yield from _jurors(stage, jury, path)
        yield from _period(stage, definition, path)
        if stage.shortlist is not None:
            yield from _shortlist(stage.shortlist, (*path, "shortlist"))
            yield from _without_scores(stage, stage.shortlist, (*path, "shortlist"))
    yield from _order(jury)
    yield from _last(jury)
    yield from _weights(jury)


def _mode(stage: Stage, path: Path) -> Iterator[Finding]:
    for name, mode in ONLY_IN.items():
        if getattr(stage, name) is not None and stage.mode != mode:
            yield has_no_use(name, f"mode: {mode}", path)
    if stage.mode == "points" and stage.points is None:
        yield Finding(
            path,
            "missing",
            _("“points” is missing here: jurors must know how many to distribute"),
            _("add “points:” and a number"),
        )


def _jurors(stage: Stage, jury: Jury, path: Path) -> Iterator[Finding]:
    jurors = stage.jurors_per_entry or jury.jurors_per_entry
    for name, count in (("passes", stage.passes or 0), ("seats_by_lottery", stage.seats_by_lottery)):
        if count > jurors:
            yield Finding(
                (*path, name),
                "more_than_jurors",
                _("“%(name)s” is %(count)s, but an entry has %(jurors)s in the jury")
                % {"name": name, "count": count, "jurors": jurors},
                _("write at most %(jurors)s") % {"jurors": jurors},
            )
    if stage.mode in SCORED and stage.jurors_per_entry and jurors < jury.combine.minimum_marks:
        remedy = _("write at least %(least)s") % {"least": jury.combine.minimum_marks}
        yield never_enough_marks(jurors, (*path, "jurors_per_entry"), remedy)


def _period(stage: Stage, definition: Definition, path: Path) -> Iterator[Finding]:
    if stage.period is None:
        return
    first, last = stage.period
    if last < first:
        yield Finding(
            (*path, "period", 1),
            "ends_before_it_begins",
            _("“%(name)s” ends before it begins") % {"name": stage.code},
            _("write the first day first"),
        )
    judging = definition.timeline.judging
    if judging is not None and (first < judging[0] or judging[1] < last):
        yield Finding(
            (*path, "period"),
            "outside_judging",
            _("“%(name)s” lies outside the judging announced") % {"name": stage.code},
            _("choose days between %(first)s and %(last)s") % {"first": judging[0], "last": judging[1]},
            Severity.WARNING,
        )


def _shortlist(shortlist: Shortlist, path: Path) -> Iterator[Finding]:
    given = [name for name in HOW if getattr(shortlist, name) is not None]
    if len(given) != 1:
        yield Finding(
            path,
            "shortlist",
            _("Who goes on must be said in one way: by “top”, “threshold” or “percentile”"),
            _("keep one of them"),
        )
    for name in ("threshold", "percentile"):
        value: Fraction | None = getattr(shortlist, name)
        if value is not None and value > 100:
            yield Finding(
                (*path, name),
                "too_high",
                _("“%(name)s” cannot be %(value)s") % {"name": name, "value": plain_number(value)},
                _("write %(most)s or less") % {"most": 100},
            )


def _without_scores(stage: Stage, shortlist: Shortlist, path: Path) -> Iterator[Finding]:
    """Yield what asks for scores where the count gives places alone."""
    for name in BY_SCORE:
        if stage.count in PLACES_ALONE and getattr(shortlist, name) is not None:
            yield Finding(
                (*path, name),
                "no_scores_here",
                _("“count: %(count)s” gives places and no scores, and “%(name)s” asks for scores")
                % {"count": stage.count, "name": name},
                _("say with “top” how many go on, or write “count: borda”"),
                Severity.WARNING,
                at_key=True,
            )


def _order(jury: Jury) -> Iterator[Finding]:
    dated = [(n, stage.code, stage.period) for n, stage in enumerate(jury.stages) if stage.period is not None]
    for (_n, before, earlier), (position, code, later) in pairwise(dated):
        if later[0] <= earlier[1]:
            yield Finding(
                ("jury", "stages", position, "period"),
                "stages_overlap",
                _("“%(code)s” begins before “%(before)s” is over") % {"code": code, "before": before},
                _("begin it after %(last)s") % {"last": earlier[1]},
                Severity.WARNING,
            )


def _last(jury: Jury) -> Iterator[Finding]:
    position = len(jury.stages) - 1
    last = jury.stages[position]
    if last.shortlist is not None and last.count != "stv":
        yield Finding(
            ("jury", "stages", position, "shortlist"),
            "no_next_stage",
            _("No stage comes after this one that anybody could go on to"),
            _("take “shortlist” out, or add a stage"),
            Severity.WARNING,
            at_key=True,
        )


def _weights(jury: Jury) -> Iterator[Finding]:
    weights = [stage.weight for stage in jury.stages if stage.weight is not None]
    total = sum(weights, Fraction(0))
    if weights and total != 100:
        yield Finding(
            ("jury", "stages"),
            "stage_weights",
            _("The weights of the stages add up to %(total)s, not to 100") % {"total": plain_number(total)},
            _("change them, so that together they make the final score"),
            Severity.WARNING,
        )
