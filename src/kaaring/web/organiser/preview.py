"""The form of one channel as a shopper sees it: one page, no points, in each language of the edition."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Question, Survey
from kaaring.web.organiser.desk import around, desk_of
from kaaring.web.organiser.question_forms import kind_of
from kaaring.web.organiser.setup_fields import language_name
from kaaring.web.organiser.setup_words import unit_name
from kaaring.web.organiser.shell import edition_seen_by
from kaaring.web.request import SignedIn

MOST_STEPS = 21


class Asked(NamedTuple):
    """A question as the form asks it. A scale of few steps has them to choose from, a long one a field."""

    question: Question
    kind: str
    steps: tuple[tuple[int, Text | None], ...]
    unit: str

    @property
    def anchors(self) -> list[tuple[int, Text]]:
        """The steps whose meaning is said."""
        return [(step, text) for step, text in self.steps if text]


class Part(NamedTuple):
    """An area with its questions on the channel, and whether shoppers comment on it."""

    code: str
    name: Text
    asked: tuple[Asked, ...]
    has_comment: bool


@login_required
@require_safe
def preview(request: SignedIn, programme: str, edition: str, channel: str) -> HttpResponse:
    """Show the form of a channel in one of the edition's languages."""
    desk = desk_of(edition_seen_by(request, programme, edition))
    if channel not in desk.survey.channels:
        raise Http404
    languages = desk.definition.edition.languages
    reader = get_language() or languages[0]
    language = request.GET.get("language", reader)
    context = {
        **around(request, desk, "questionnaire"),
        "channel": channel,
        "channel_name": desk.survey.channels[channel].name,
        "channels": [(code, one.name) for code, one in desk.survey.channels.items()],
        "languages": [(code, language_name(code)) for code in languages],
        "language": language if language in languages else languages[0],
        "parts": tuple(_parts(desk.survey, channel)),
        "question_count": len(desk.survey.asked_on(channel)),
    }
    return render(request, "organiser/preview.html", context)


def _parts(survey: Survey, channel: str) -> Iterator[Part]:
    asked = survey.asked_on(channel)
    for area in survey.areas:
        own = tuple(_asked(one, channel) for one in asked if one.area == area.code)
        if own:
            yield Part(area.code, area.name, own, area.code in survey.comments)
    if outside := tuple(_asked(one, channel) for one in asked if one.area is None):
        yield Part("", {}, outside, False)


def _asked(question: Question, channel: str) -> Asked:
    lowest, highest = question.scale or (1, 0)
    is_short = highest - lowest < MOST_STEPS
    steps = (
        tuple((step, question.anchors.get(step)) for step in range(lowest, highest + 1)) if is_short else ()
    )
    unit = question.unit_on(channel)
    return Asked(question, kind_of(question), steps, unit_name(unit) if unit else "")


urlpatterns = [path("questionnaire/preview/<slug:channel>/", preview, name="preview")]
