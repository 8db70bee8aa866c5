"""Questions: what they refer to, how they are answered, and the points they can give."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.programmes.definition.checking.references import all_known, same_code, unknown
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Question, Survey
from kaaring.programmes.definition.schema.values import plain_number

COLUMNS = ("enquiry", "participant", "channel", "shopper", "at", "attempts", "status", "excluded")
"""Columns of the spreadsheet of evaluations, beside one for each question."""
NOT_APPLICABLE = "na"
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "ves": (1, 7)}


def findings(survey: Survey) -> Iterator[Finding]:
    """Yield what is wrong or odd about the questions of a survey."""
    yield from same_code([question.code for question in survey.questions], ("survey", "questions"))
    for position, question in enumerate(survey.questions):
        path: Path = ("survey", "questions", position)
        yield from _names(question, survey, path)
        yield from _kind(question, path)
        yield from _options(question, path)
        yield from _scale(question, path)
        yield from _bands(question, survey, path)
        yield from _points(question, path)
        yield from _standing(question, survey, path)


def _names(question: Question, survey: Survey, path: Path) -> Iterator[Finding]:
    areas = [area.code for area in survey.areas]
    if question.code.lower() in COLUMNS or question.code.lower().startswith("comment_"):
        yield Finding(
            (*path, "code"),
            "reserved_code",
            _("“%(code)s” is a column of the spreadsheet of evaluations") % {"code": question.code},
            _("give the question another code"),
        )
    if question.area is not None:
        yield from unknown("area", question.area, areas, (*path, "area"))
    elif areas and question.scored and question.metric is None:
        yield Finding(
            path,
            "area_missing",
            _("“%(code)s” is scored but stands in no area") % {"code": question.code},
            _("add “area:”, or write “scored: false”"),
        )
    yield from all_known("theme", question.themes, [theme.code for theme in survey.themes], (*path, "themes"))
    yield from all_known("channel", question.channels or (), survey.channels, (*path, "channels"))


def _kind(question: Question, path: Path) -> Iterator[Finding]:
    kinds = [name for name in ("options", "scale", "measured") if getattr(question, name) is not None]
    if len(kinds) != 1:
        message = (
            _("“%(code)s” is answered in several ways: %(kinds)s")
            if kinds
            else _("“%(code)s” cannot be answered")
        )
        yield Finding(
            path,
            "how_answered",
            message % {"code": question.code, "kinds": ", ".join(kinds)},
            _("give it either “options” or a “scale” or “measured”"),
        )
    for name, needs in (
        ("multiple", "options"),
        ("anchors", "scale"),
        ("bands", "measured"),
        ("unit", "measured"),
    ):
        if getattr(question, name) and needs not in kinds:
            yield Finding(
                (*path, name),
                "has_no_use",
                _("“%(name)s” has no use without “%(needs)s”") % {"name": name, "needs": needs},
                _("take it out, or add “%(needs)s:”") % {"needs": needs},
                at_key=True,
            )


def _options(question: Question, path: Path) -> Iterator[Finding]:
    options = question.options or ()
    yield from same_code([option.code for option in options], (*path, "options"))
    for position, option in enumerate(options):
        if option.code == NOT_APPLICABLE:
            yield Finding(
                (*path, "options", position, "code"),
                "reserved_code",
                _("“na” means “not applicable”"),
                _("give the option another code"),
            )
        if option.stops and question.gate is None:
            yield Finding(
                (*path, "options", position, "stops"),
                "stops_without_gate",
                _("“%(code)s” stops, but its question is no gate") % {"code": option.code},
                _("add “gate: unanswered” to the question"),
            )
    if question.gate is not None and not any(option.stops for option in options):
        yield Finding(
            (*path, "gate"),
            "gate_without_stop",
            _("No option of “%(code)s” stops, so it is no gate") % {"code": question.code},
            _("add “stops: true” to the option that means unanswered"),
        )
    if question.multiple is not None and options and question.multiple > len(options):
        yield Finding(
            (*path, "multiple"),
            "too_many_options",
            ngettext(
                "“%(code)s” has only %(count)s option", "“%(code)s” has only %(count)s options", len(options)
            )
            % {"code": question.code, "count": len(options)},
            _("write at most %(count)s") % {"count": len(options)},
        )


def _scale(question: Question, path: Path) -> Iterator[Finding]:
    if question.scale is None:
        return
    lowest, highest = question.scale
    if lowest >= highest:
        yield Finding(
            (*path, "scale"),
            "scale_backwards",
            _("The scale ends where it begins, or before"),
            _("write the lowest value first, such as [1, 6]"),
        )
    for step in question.anchors:
        if not lowest <= step <= highest:
            yield Finding(
                (*path, "anchors", step),
                "anchor_off_scale",
                _("%(step)s is not on the scale from %(lowest)s to %(highest)s")
                % {"step": step, "lowest": lowest, "highest": highest},
                _("take the anchor out, or change the scale"),
                at_key=True,
            )
    if question.metric is not None and question.scale != SCALES[question.metric]:
        yield Finding(
            (*path, "scale"),
            "metric_scale",
            _("%(metric)s is asked on a scale from %(lowest)s to %(highest)s")
            % {
                "metric": question.metric.upper(),
                "lowest": SCALES[question.metric][0],
                "highest": SCALES[question.metric][1],
            },
            _("write “scale: [%(lowest)s, %(highest)s]”")
            % {"lowest": SCALES[question.metric][0], "highest": SCALES[question.metric][1]},
        )


def _bands(question: Question, survey: Survey, path: Path) -> Iterator[Finding]:
    for name in ("unit", "bands"):
        for code in getattr(question, name):
            yield from unknown("channel", code, survey.channels, (*path, name, code), at_key=True)
    for code, bands in question.bands.items():
        yield from _unsorted([bound for bound, _points in bands], (*path, "bands", code))
    if question.measured is None or not question.scored:
        return
    for code in survey.channels_of(question):
        if code in survey.channels and code not in question.bands:
            yield Finding(
                (*path, "bands") if question.bands else path,
                "bands_missing",
                _("“%(code)s” is asked on “%(channel)s”, but has no bands for it")
                % {"code": question.code, "channel": code},
                _("add “%(channel)s: [[bound, points], …]” to “bands”") % {"channel": code},
            )


def _unsorted(bounds: Sequence[Fraction], path: Path) -> Iterator[Finding]:
    for position, (before, bound) in enumerate(pairwise(bounds), start=1):
        if bound <= before:
            yield Finding(
                (*path, position),
                "bands_unsorted",
                _("The bound %(bound)s does not lie above the one before it, %(before)s")
                % {"bound": plain_number(bound), "before": plain_number(before)},
                _("sort the bands by their bound, each once"),
            )


def _points(question: Question, path: Path) -> Iterator[Finding]:
    given = _most_given(question)
    if question.points is None or given is None:
        return
    too_much = question.points > given
    too_little = question.points < given and question.multiple is None
    if too_much or too_little:
        yield _cannot_be_given(question, (*path, "points"), given)
    for position, option in enumerate(question.options or ()):
        if question.multiple is not None and (option.points or 0) > question.points:
            yield Finding(
                (*path, "options", position, "points"),
                "points_cannot_be_given",
                _("“%(option)s” gives more points than the question can give, %(points)s")
                % {"option": option.code, "points": plain_number(question.points)},
                _("lower the points of the option, or raise those of the question"),
            )


def _most_given(question: Question) -> Fraction | None:
    """Return the most that options or bands give; None for a scale, whose points are what it gives."""
    if question.options is not None:
        return question.most_from_options()
    if question.measured is not None:
        return max(
            (points for bands in question.bands.values() for _bound, points in bands), default=Fraction(0)
        )
    return None


def _cannot_be_given(question: Question, path: Path, given: Fraction) -> Finding:
    return Finding(
        path,
        "points_cannot_be_given",
        _("“%(code)s” is worth %(points)s points, but the most its answers give is %(given)s")
        % {
            "code": question.code,
            "points": plain_number(question.points or Fraction(0)),
            "given": plain_number(given),
        },
        _("write %(given)s, or change the points of the answers") % {"given": plain_number(given)},
    )


def _standing(question: Question, survey: Survey, path: Path) -> Iterator[Finding]:
    """Yield what is odd about the part a question has in the score."""
    if question.metric is not None and question.scored:
        yield Finding(
            (*path, "metric"),
            "metric_scored",
            _("“%(code)s” is a metric, which never counts in the total") % {"code": question.code},
            _("add “scored: false”"),
        )
    if not question.scored or question.gate is not None or question.metric is not None:
        return
    if not any(question.possible(code) for code in survey.channels_of(question)):
        yield Finding(
            path,
            "nothing_to_gain",
            _("“%(code)s” is scored but gives no points") % {"code": question.code},
            _("give points, or write “scored: false”"),
            Severity.WARNING,
        )
    if survey.themes and not question.themes:
        yield Finding(
            path,
            "in_no_theme",
            _("“%(code)s” stands in no theme") % {"code": question.code},
            _("add “themes:”, unless that is meant"),
            Severity.WARNING,
        )
