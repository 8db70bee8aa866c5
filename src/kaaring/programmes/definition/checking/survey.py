"""Channels, allocation, hours, areas, classes and results of a survey."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.programmes.definition.checking.references import (
    all_known,
    same_code,
    unknown,
    unknown_measures,
)
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Survey
from kaaring.programmes.definition.schema.values import plain_number

MOST_QUESTIONS = 40
LEAST_OF_A_CLASS = 3
LOWEST_SHARE_OF_POINTS = Fraction(4, 5)
"""A channel that gives less than this share of the points of another is odd."""


def findings(survey: Survey) -> Iterator[Finding]:
    """Yield what is wrong or odd about a survey, its questions apart."""
    for name, things in (("areas", survey.areas), ("themes", survey.themes), ("classes", survey.classes)):
        yield from same_code([thing.code for thing in things], ("survey", name))
    yield from all_known(
        "area", survey.comments, [area.code for area in survey.areas], ("survey", "comments")
    )
    yield from unknown_measures(survey.results, survey, ("survey", "results"))
    yield from unknown_measures(survey.publish_means or (), survey, ("survey", "publish_means"))
    yield from unknown_measures(survey.scoring.ties, survey, ("survey", "scoring", "ties"))
    yield from _stand_ins(survey)
    yield from _allocation(survey)
    yield from _hours(survey)
    yield from _classes(survey)
    yield from _long_forms(survey)
    yield from _uneven_points(survey)


def _stand_ins(survey: Survey) -> Iterator[Finding]:
    for code, channel in survey.channels.items():
        if channel.instead_of is None:
            continue
        path: Path = ("survey", "channels", code, "instead_of")
        yield from unknown("channel", channel.instead_of, survey.channels, path)
        if code in _stood_in_for(survey, code):
            yield Finding(
                path,
                "stands_in_for_itself",
                _("“%(code)s” ends up standing in for itself") % {"code": code},
                _("take one “instead_of” out of the circle"),
            )


def _stood_in_for(survey: Survey, code: str) -> list[str]:
    """Return the channels that one stands in for, directly or through others."""
    found: list[str] = []
    current = survey.channels[code].instead_of
    while current in survey.channels and current not in found:
        found.append(current)
        current = survey.channels[current].instead_of
    return found


def _allocation(survey: Survey) -> Iterator[Finding]:
    allocation = survey.allocation
    if allocation is None or not allocation.key:
        return
    path: Path = ("survey", "allocation", "key")
    for code in allocation.key:
        yield from unknown("channel", code, survey.channels, (*path, code), at_key=True)
    total = sum(allocation.key.values())
    if total != allocation.enquiries:
        yield Finding(
            path,
            "allocation_sum",
            _("The key adds up to %(total)s, but there are %(enquiries)s enquiries")
            % {"total": total, "enquiries": allocation.enquiries},
            _("change the key or “enquiries” so that they agree"),
        )
    for code in survey.channels:
        if code not in allocation.key and not set(_stood_in_for(survey, code)) & set(allocation.key):
            yield Finding(
                ("survey", "channels", code),
                "channel_without_enquiries",
                _("“%(code)s” gets no enquiries") % {"code": code},
                _("add it to the key, or say with “instead_of” what it stands in for"),
                Severity.WARNING,
                at_key=True,
            )


def _hours(survey: Survey) -> Iterator[Finding]:
    hours = survey.hours
    if hours is None:
        return
    if hours.closes <= hours.opens:
        yield Finding(
            ("survey", "hours", "to"),
            "ends_before_it_begins",
            _("The hours end before they begin"),
            _("write the earlier time under “from”"),
        )
    for code, channel in survey.channels.items():
        if channel.send_before is not None and channel.send_before <= hours.opens:
            yield Finding(
                ("survey", "channels", code, "send_before"),
                "never_sent",
                _("“%(code)s” could never be sent: the hours begin later") % {"code": code},
                _("choose a time after %(opens)s") % {"opens": hours.opens.strftime("%H:%M")},
            )


def _classes(survey: Survey) -> Iterator[Finding]:
    for position, each in enumerate(survey.classes):
        if each.minimum_participants < LEAST_OF_A_CLASS:
            yield Finding(
                ("survey", "classes", position, "minimum_participants"),
                "small_class",
                ngettext(
                    "“%(code)s” has a winner with only %(least)s participant",
                    "“%(code)s” has a winner with only %(least)s participants",
                    each.minimum_participants,
                )
                % {"code": each.code, "least": each.minimum_participants},
                _("write “minimum_participants: 3” or more"),
                Severity.WARNING,
            )


def _long_forms(survey: Survey) -> Iterator[Finding]:
    for code in survey.channels:
        count = len(survey.asked_on(code))
        if count > MOST_QUESTIONS:
            yield Finding(
                ("survey", "channels", code),
                "long_form",
                _("“%(code)s” asks %(count)s questions") % {"code": code, "count": count},
                _("leave some out on this channel, so that %(most)s remain") % {"most": MOST_QUESTIONS},
                Severity.WARNING,
                at_key=True,
            )


def _uneven_points(survey: Survey) -> Iterator[Finding]:
    points = {code: survey.possible(code) for code in survey.channels}
    highest = max(points, key=lambda code: points[code])
    for code, possible in points.items():
        if possible < points[highest] * LOWEST_SHARE_OF_POINTS:
            yield Finding(
                ("survey", "channels", code),
                "uneven_points",
                _("“%(code)s” gives %(points)s points, but “%(other)s” gives %(most)s")
                % {
                    "code": code,
                    "points": plain_number(possible),
                    "other": highest,
                    "most": plain_number(points[highest]),
                },
                _("make them more alike, so that a question weighs about the same on both"),
                Severity.WARNING,
                at_key=True,
            )
