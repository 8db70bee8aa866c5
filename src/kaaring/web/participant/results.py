"""A participant's results: the overview, the areas and themes, the channels."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import figure
from kaaring.kernel.text import Text, said
from kaaring.reports.content.chapters import AreaScore, Channel, Distribution, ParticipantContent, Result
from kaaring.reports.wording import place_in_words, why_in_words
from kaaring.web.drawings import Mark
from kaaring.web.participant.shell import There, around, of_participant


@dataclass(frozen=True, slots=True)
class Shown:
    """A result with its drawing, its place in the class in words, and why anything is missing."""

    result: Result
    mark: Mark | None
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class OptionShown:
    """How often an option was chosen, in per cent of the answers, here and among all."""

    text: Text
    share: str
    share_of_all: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a question that gives no points."""

    text: Text
    count: int
    options: tuple[OptionShown, ...]


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """A channel with its result, how many enquiries were answered, and the areas on it."""

    channel: Channel
    shown: Shown
    areas: tuple[AreaScore, ...]


def shown_of(results: Iterable[Result]) -> list[Shown]:
    """Return results as the pages show them."""
    return [_shown(result) for result in results]


def _shown(result: Result) -> Shown:
    mark = None
    if result.score is not None:
        mark = Mark(
            name=said(result.name),
            score=result.score,
            low=result.low,
            high=result.high,
            class_mean=result.class_mean,
            mean=result.mean,
            best=None if result.is_best else result.best,
            is_winner=result.is_best,
        )
    return Shown(result, mark, place_in_words(result.class_place), why_in_words(result))


@of_participant
def overview(request: HttpRequest, there: There) -> HttpResponse:
    """Where the participant stands, what it is good at, and what would lift it."""
    content = there.content
    answered = content.summary.total.enquiries - content.summary.unanswered
    context = around(there.participant, "overview") | {
        "content": content,
        "lede": lede(content),
        "total": content.summary.total,
        "results": shown_of(content.results.results),
        "metrics": shown_of(content.results.metrics),
        "areas": shown_of(content.areas.areas),
        "answered": answered,
        "over_all": place_in_words(content.summary.total.place),
        "train": content.next_steps.train[:2],
        "previous": content.next_steps.previous,
    }
    return render(request, "participant/overview.html", context)


def lede(content: ParticipantContent) -> str:
    """Say in a few sentences who cannot be told apart, and which area stands out on either side."""
    sentences = []
    alike = content.summary.class_alike
    if alike is not None and alike[0] != alike[1]:
        enquiries = content.summary.total.enquiries
        sentences.append(
            ngettext(
                "Places %(first)d to %(last)d in the class cannot be told apart with %(count)d enquiry.",
                "Places %(first)d to %(last)d in the class cannot be told apart with %(count)d enquiries.",
                enquiries,
            )
            % {"first": alike[0], "last": alike[1], "count": enquiries}
        )
    ahead, behind = _farthest(content.areas.areas)
    if ahead is not None:
        sentences.append(_("%(area)s is above the class.") % {"area": said(ahead.name)})
    if behind is not None:
        pulls = _("%(area)s is below the class and pulls the total down.")
        sentences.append(pulls % {"area": said(behind.name)})
    return " ".join(sentences)


def _farthest(areas: Iterable[Result]) -> tuple[Result | None, Result | None]:
    """Return the areas farthest above and below the class, None where there is none on that side."""
    distances = [
        (one.score - one.class_mean, one)
        for one in areas
        if one.score is not None and one.class_mean is not None
    ]
    above = max(distances, key=lambda found: found[0], default=None)
    below = min(distances, key=lambda found: found[0], default=None)
    return (
        above[1] if above and above[0] > 0 else None,
        below[1] if below and below[0] < 0 else None,
    )


@of_participant
def areas(request: HttpRequest, there: There) -> HttpResponse:
    """Every area and theme against the class, all and the best of the class."""
    content = there.content
    start = content.start_to_end
    context = around(there.participant, "areas") | {
        "areas": shown_of(content.areas.areas),
        "themes": shown_of(content.themes.themes),
        "start": start if start.start is not None else None,
        "feelings": content.feelings,
        "answers": [_answers(one) for one in content.feelings.distributions],
    }
    return render(request, "participant/areas.html", context)


def _answers(one: Distribution) -> Answers:
    return Answers(
        one.text,
        one.answers,
        tuple(
            OptionShown(
                option.text,
                figure(option.share * 100, decimals=0),
                figure(option.share_of_all * 100, decimals=0),
            )
            for option in one.options
        ),
    )


@of_participant
def channels(request: HttpRequest, there: There) -> HttpResponse:
    """Every channel the participant was contacted on."""
    content = there.content
    context = around(there.participant, "channels") | {
        "channels": [ChannelShown(one, _shown(one.result), one.areas) for one in content.channels.channels],
        "area_names": [area.name for area in content.areas.areas],
    }
    return render(request, "participant/channels.html", context)
