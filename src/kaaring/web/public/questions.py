"""The questions measured: every performance by area, and what it gives on each channel."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.kernel.text import Text, said
from kaaring.programmes.definition.schema import Option, Question, Survey
from kaaring.programmes.models import Rules
from kaaring.programmes.queries import definition_of
from kaaring.results.queries.runs import current_run
from kaaring.web.public.kept import kept
from kaaring.web.public.shell import around, edition_at, shown
from kaaring.web.public.wording import length, listed, points, unit_name

OTHER = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose: its words, its points, and whether it makes the enquiry unanswered."""

    text: Text
    points: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Values up to and including a bound give these points."""

    bound: str
    points: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The bands of a measured value on one channel."""

    channel: Text
    text: Text
    unit: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Performance:
    """A question as the public reads it."""

    code: str
    text: Text
    channels: str
    themes: str
    worth: str
    is_scored: bool
    choices: tuple[Choice, ...]
    multiple: int | None
    scale: tuple[int, int] | None
    anchors: tuple[tuple[int, Text], ...]
    waiting: tuple[Waiting, ...]
    not_applicable: Text | None


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its performances; those in none stand under a heading of their own."""

    code: str
    name: Text
    performances: list[Performance]


@require_safe
@kept
def questions(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Every performance measured in the edition."""
    found = edition_at(programme, edition)
    run = current_run(found)
    rules = run.rules if run else Rules.objects.filter(edition=found).order_by("-number").first()
    survey = definition_of(rules).survey if rules else None
    if survey is None:
        raise Http404
    areas = list(_areas(survey))
    context = around(found, "questions", is_published=run is not None) | {
        "survey": survey,
        "areas": areas,
        "question_count": len(survey.questions),
        "scored_count": sum(one.is_scored for area in areas for one in area.performances),
        "comments": listed([said(area.name) for area in survey.areas if area.code in survey.comments]),
    }
    return shown(
        request,
        "public/questions.html",
        context,
        title=_("Performances measured"),
        description=_("Every question that %(edition)s asks, and what each answer gives.")
        % {"edition": found.title},
    )


def _areas(survey: Survey) -> Iterator[Area]:
    named = [(area.code, area.name) for area in survey.areas]
    for code, name in [*named, (OTHER, {})]:
        own = [performance_of(survey, one) for one in survey.questions if (one.area or OTHER) == code]
        if own:
            yield Area(code, name, own)


def performance_of(survey: Survey, question: Question) -> Performance:
    """Return a question in the public's words."""
    channels = survey.channels_of(question)
    names = {theme.code: said(theme.name) for theme in survey.themes}
    return Performance(
        code=question.code,
        text=question.text,
        channels=_("all channels")
        if len(channels) == len(survey.channels)
        else listed([said(survey.channels[code].name) for code in channels]),
        themes=listed([names[code] for code in question.themes if code in names]),
        worth=_worth(survey, question),
        is_scored=any(question.possible(code) for code in channels),
        choices=tuple(_choice(option) for option in question.options or ()),
        multiple=question.multiple,
        scale=question.scale,
        anchors=tuple(sorted(question.anchors.items())),
        waiting=tuple(waiting_of(question, code, survey) for code in channels if question.bands.get(code)),
        not_applicable=question.not_applicable,
    )


def _choice(option: Option) -> Choice:
    return Choice(option.text, points(option.points or Fraction(0)), option.stops)


def _worth(survey: Survey, question: Question) -> str:
    """Return the most points: one figure, or one for each channel where they differ."""
    by_channel = {code: question.possible(code) for code in survey.channels_of(question)}
    if len(set(by_channel.values())) == 1:
        return points(next(iter(by_channel.values())))
    return ", ".join(
        f"{said(survey.channels[code].name)} {points(worth)}" for code, worth in by_channel.items()
    )


def waiting_of(question: Question, code: str, survey: Survey | None = None) -> Waiting:
    """Return what each wait gives on a channel."""
    unit = question.unit_on(code) or "count"
    bands = tuple(Band(_bound(bound, unit), points(worth)) for bound, worth in question.bands[code])
    return Waiting(survey.channels[code].name if survey else {}, question.text, unit_name(unit), bands)


def _bound(bound: Fraction, unit: str) -> str:
    return length(int(bound), unit) if bound.denominator == 1 else points(bound)
