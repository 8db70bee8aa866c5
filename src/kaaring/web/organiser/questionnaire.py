"""The questionnaire at a glance: areas with their questions, points per channel, themes, channels."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.kernel.figures import figure
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition.checking import check
from kaaring.programmes.definition.faults import Severity
from kaaring.programmes.definition.schema import Question, Survey
from kaaring.programmes.models import Edition
from kaaring.web.organiser.desk import Desk, around, desk_if_measured, in_words
from kaaring.web.organiser.setup_words import answered_how, channels_in_words, length, points, worth
from kaaring.web.organiser.shell import edition_seen_by, shell
from kaaring.web.request import SignedIn


class Line(NamedTuple):
    """A question in the list: what it asks, how, where, and what it gives at the most."""

    question: Question
    how: str
    channels: str
    themes: str
    worth: str


class Group(NamedTuple):
    """An area with its questions; those in none stand in a last one without a code."""

    code: str
    name: Text
    has_comment: bool
    lines: tuple[Line, ...]


class Share(NamedTuple):
    """What an area gives on a channel, and its share of all."""

    channel: Text
    points: str
    share: str


class ThemeLine(NamedTuple):
    """A theme and how many questions stand in it."""

    code: str
    name: Text
    question_count: int


class ChannelLine(NamedTuple):
    """A channel with its limits, how much is asked on it, and its enquiries to each participant."""

    code: str
    name: Text
    limits: str
    question_count: int
    points: str
    enquiries: str


@login_required
@require_safe
def questionnaire(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show everything that is asked and what it gives."""
    return questionnaire_page(request, edition_seen_by(request, programme, edition))


def questionnaire_page(
    request: SignedIn, edition: Edition, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    """Show the questionnaire, with what was refused on top."""
    desk = desk_if_measured(edition)
    if desk is None:
        context = {**shell(request, edition, "questionnaire"), "survey": None}
    else:
        context = {**around(request, desk, "questionnaire"), **_laid_out(desk), "refusal": refusal}
    return render(request, "organiser/questionnaire.html", context, status=status)


def _laid_out(desk: Desk) -> dict[str, object]:
    survey = desk.survey
    odd = check(desk.definition, on=None)
    return {
        "groups": tuple(_groups(survey)),
        "themes": tuple(
            ThemeLine(one.code, one.name, sum(one.code in question.themes for question in survey.questions))
            for one in survey.themes
        ),
        "channels": tuple(_channel(survey, code) for code in survey.channels),
        "shares": tuple(_shares(survey)),
        "in_all": [
            (channel.name, points(survey.possible(code))) for code, channel in survey.channels.items()
        ],
        "question_count": len(survey.questions),
        "errors": [in_words(one) for one in odd if one.severity is Severity.ERROR],
        "warnings": [in_words(one) for one in odd if one.severity is Severity.WARNING],
    }


def _groups(survey: Survey) -> Iterator[Group]:
    for area in survey.areas:
        yield Group(area.code, area.name, area.code in survey.comments, _lines(survey, area.code))
    if outside := _lines(survey, None):
        yield Group("", {}, False, outside)


def _lines(survey: Survey, area: str | None) -> tuple[Line, ...]:
    names = {theme.code: said(theme.name) for theme in survey.themes}
    return tuple(
        Line(
            one,
            answered_how(one),
            channels_in_words(survey, survey.channels_of(one)),
            ", ".join(names.get(code, code) for code in one.themes),
            worth(survey, one),
        )
        for one in survey.questions
        if one.area == area
    )


def _shares(survey: Survey) -> Iterator[tuple[Text, str, list[Share]]]:
    """Yield each area with what it gives on each channel."""
    for area in survey.areas:
        shares = []
        for code, channel in survey.channels.items():
            own = sum((one.possible(code) for one in survey.questions if one.area == area.code), Fraction(0))
            whole = survey.possible(code)
            shares.append(Share(channel.name, points(own), figure(100 * own / whole if whole else None)))
        yield area.name, area.code, shares


def _channel(survey: Survey, code: str) -> ChannelLine:
    channel = survey.channels[code]
    key = survey.allocation.key if survey.allocation else {}
    limits = [
        _("at most %(length)s") % {"length": length(channel.max_wait)} if channel.max_wait else "",
        _("sent before %(time)s") % {"time": f"{channel.send_before:%H:%M}"} if channel.send_before else "",
        _("in place of %(channel)s") % {"channel": said(survey.channels[channel.instead_of].name)}
        if channel.instead_of in survey.channels
        else "",
    ]
    return ChannelLine(
        code,
        channel.name,
        ", ".join(limit for limit in limits if limit),
        len(survey.asked_on(code)),
        points(survey.possible(code)),
        str(key[code]) if code in key else "–",
    )


urlpatterns = [path("questionnaire/", questionnaire, name="questionnaire")]
