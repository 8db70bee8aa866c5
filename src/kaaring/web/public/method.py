"""The method, generated from the rules: how a score comes about, in words for those who do no statistics."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.kernel.text import Text, said
from kaaring.programmes.definition.schema import Channel, Question, Survey
from kaaring.programmes.models import Edition, Rules
from kaaring.programmes.queries import definition_of
from kaaring.results.models import Run
from kaaring.results.queries.frozen import bases_of
from kaaring.results.queries.measures import name_of
from kaaring.results.queries.runs import current_run, runs_of
from kaaring.survey.queries import classes_of
from kaaring.web.public.editions import in_fours
from kaaring.web.public.kept import kept
from kaaring.web.public.questions import Waiting, waiting_of
from kaaring.web.public.shell import around, edition_at, shown
from kaaring.web.public.wording import length, listed, points, share, weekdays


@dataclass(frozen=True, slots=True)
class Limits:
    """A channel: how often one tries, how long one waits, and what each wait gives."""

    name: Text
    attempts: int
    max_wait: str
    send_before: object
    instead_of: Text | None
    most: str
    waiting: list[Waiting]


@dataclass(frozen=True, slots=True)
class OnChannel:
    """A share of the possible points on one channel, in per cent."""

    name: Text
    share: str


@dataclass(frozen=True, slots=True)
class Part:
    """An area or theme: how many questions count in it, and its share of the points on each channel."""

    name: Text
    questions: int
    by_channel: tuple[OnChannel, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One question with a scale, worked out: what the step in the middle gives."""

    text: Text
    lowest: int
    highest: int
    step: int
    worth: str
    gives: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A reason why evaluations do not count, and how many there are."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the rules: when it was taken into use, why, and its fingerprint."""

    rules: Rules
    digest: str


@require_safe
@kept
def method(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """How the edition is measured and scored, as its rules say."""
    found = edition_at(programme, edition)
    run = current_run(found)
    rules = run.rules if run else Rules.objects.filter(edition=found).order_by("-number").first()
    definition = definition_of(rules) if rules else None
    if rules is None or definition is None or definition.survey is None:
        raise Http404
    survey = definition.survey
    context = around(found, "method", is_published=run is not None) | {
        "run": run,
        "survey": survey,
        "scoring": survey.scoring,
        "example": example_of(survey),
        "not_applicable_count": sum(question.not_applicable is not None for question in survey.questions),
        "least_observed": points(survey.scoring.least_observed * 100),
        "channels": survey.channels.values(),
        "limits": [limits_of(survey, code, channel) for code, channel in survey.channels.items()],
        "areas": list(_parts(survey, "area")),
        "themes": list(_parts(survey, "theme")),
        "ties": listed([said(name_of(definition, measure)) for measure in survey.scoring.ties]),
        "results": listed([said(name_of(definition, measure)) for measure in survey.results]),
        "days": weekdays(survey.hours.days) if survey.hours else "",
        "classes": list(classes_of(found).annotate(participant_count=Count("participants"))),
        "left_out": left_out_of(run) if run else [],
        "versions": [Version(one, in_fours(one.digest[:16])) for one in _versions(found, rules)],
        "withdrawn": [one for one in runs_of(found) if one.withdrawn_at],
    }
    return shown(
        request,
        "public/method.html",
        context,
        title=_("Method"),
        description=_("How %(edition)s is measured and how a score comes about, step by step.")
        % {"edition": found.title},
    )


def _versions(edition: Edition, newest: Rules) -> Any:
    """Return the versions up to the one shown: later ones say nothing of these results."""
    return Rules.objects.filter(edition=edition, number__lte=newest.number).defer("document")


def limits_of(survey: Survey, code: str, channel: Channel) -> Limits:
    """Return how long a channel may keep one waiting, with the bands of every question about waiting."""
    return Limits(
        name=channel.name,
        attempts=channel.attempts,
        max_wait=length(*channel.max_wait) if channel.max_wait else "",
        send_before=channel.send_before,
        instead_of=survey.channels[channel.instead_of].name if channel.instead_of else None,
        most=points(survey.possible(code)),
        waiting=[
            waiting_of(question, code) for question in survey.asked_on(code) if question.bands.get(code)
        ],
    )


def _parts(survey: Survey, kind: str) -> Iterator[Part]:
    for part in survey.areas if kind == "area" else survey.themes:
        own = [question for question in survey.questions if _is_in(question, kind, part.code)]
        shares = tuple(
            OnChannel(channel.name, _share(survey, own, code)) for code, channel in survey.channels.items()
        )
        scored = sum(any(one.possible(code) for code in survey.channels_of(one)) for one in own)
        yield Part(part.name, scored, shares)


def _share(survey: Survey, questions: list[Question], channel: str) -> str:
    asked = (one.possible(channel) for one in questions if channel in survey.channels_of(one))
    return share(sum(asked, Fraction(0)), survey.possible(channel))


def _is_in(question: Question, kind: str, code: str) -> bool:
    return question.area == code if kind == "area" else code in question.themes


def example_of(survey: Survey) -> Example | None:
    """Return the first scored question with a scale, worked out for one step, if there is one."""
    for question in survey.questions:
        if question.scored and question.scale and question.points:
            lowest, highest = question.scale
            step = (lowest + highest + 1) // 2
            gives = question.points * Fraction(step - lowest, highest - lowest)
            return Example(question.text, lowest, highest, step, points(question.points), points(gives))
    return None


def left_out_of(run: Run) -> list[LeftOut]:
    """Return why a run left evaluations out, each reason with its number, the most frequent first."""
    omissions = (one for basis in bases_of(run).values() for one in basis.left_out.values())
    counted = Counter(one.reason for one in omissions if one.why == "excluded")
    return sorted((LeftOut(*found) for found in counted.items()), key=lambda one: (-one.count, one.reason))
