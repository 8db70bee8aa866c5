"""What every page of a participant shows around its content, and who may see it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kaaring.programmes import queries as programmes
from kaaring.programmes.definition.schema import Timeline
from kaaring.reports.content import ParticipantContent, participant_content
from kaaring.results.models import Run
from kaaring.results.queries.runs import current_run, runs_of
from kaaring.survey import queries as survey
from kaaring.survey.models import Participant
from kaaring.web.request import SignedIn


class Tab(NamedTuple):
    """One of the pages about a participant."""

    name: str | Promise
    address: str
    is_here: bool


class There(NamedTuple):
    """A participant whose pages the reader may see, and the published run they are made from."""

    participant: Participant
    run: Run

    @property
    def content(self) -> ParticipantContent:
        """Everything the pages say, made anew at each call."""
        return participant_content(self.run, self.participant)


TABS: tuple[tuple[str | Promise, str], ...] = (
    (_("Overview"), "overview"),
    (_("Areas and themes"), "areas"),
    (_("Performances"), "performances"),
    (_("Over time"), "weeks"),
    (_("Channels"), "channels"),
    (_("Enquiries"), "enquiries"),
    (_("Report"), "report"),
)


def participant_seen_by(request: SignedIn, programme: str, edition: str, code: str) -> Participant:
    """Return a participant to its contacts and the edition's organisers; others find none (404)."""
    where = {"edition__programme__slug": programme, "edition__slug": edition, "code": code}
    own = survey.participants_shown_to(request.user).filter(**where).first()
    if own is not None:
        return own
    run_by = programmes.editions_seen_by(request.user).filter(programme__slug=programme, slug=edition).first()
    found = survey.participants_of(run_by).filter(code=code).first() if run_by else None
    if run_by is None or found is None:
        raise Http404
    found.edition = run_by
    return found


def arguments_of(participant: Participant) -> list[str]:
    """Return where a participant's pages are, for making addresses."""
    return [participant.edition.programme.slug, participant.edition.slug, participant.code]


def around(participant: Participant, here: str) -> dict[str, Any]:
    """Return the shell's context for one of the tabs."""
    edition = participant.edition
    return {
        "participant": participant,
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "tabs": [
            Tab(name, reverse(f"participant:{view}", args=arguments_of(participant)), view == here)
            for name, view in TABS
        ],
    }


def of_participant(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a view the participant and the published run; before there is one, say when results come."""

    @require_safe
    @login_required
    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def shown(
        request: HttpRequest, programme: str, edition: str, participant: str, **where: Any
    ) -> HttpResponseBase:
        found = participant_seen_by(cast("SignedIn", request), programme, edition, participant)
        run = current_run(found.edition)
        if run is None:
            return _before_publishing(request, found)
        return view(request, There(found, run), **where)

    return shown


def _before_publishing(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = around(participant, "overview") | {
        "tabs": [],
        "timeline": Timeline.model_validate(participant.edition.timeline),
        "withdrawn": list(runs_of(participant.edition)),
    }
    return render(request, "participant/waiting.html", context)
