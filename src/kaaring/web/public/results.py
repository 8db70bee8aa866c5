"""A published run class by class and participant by participant."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Award, Edition
from kaaring.programmes.queries import definition_of
from kaaring.results.models import Decision, Run
from kaaring.results.queries.measures import name_of
from kaaring.results.queries.runs import current_run, decisions_of, means_of, results_of, runs_of
from kaaring.results.queries.tables import Means, Row
from kaaring.survey.models import CompetitionClass, Participant
from kaaring.survey.queries import classes_of, participants_of
from kaaring.web.drawings import Mark
from kaaring.web.public.awards import won_by
from kaaring.web.public.kept import kept
from kaaring.web.public.shell import around, edition_at, shown
from kaaring.web.public.tables import table_of

GONE = 410


@dataclass(frozen=True, slots=True)
class Published:
    """An edition with the run that counts and the rules that run was made under."""

    edition: Edition
    run: Run
    definition: Definition


@dataclass(frozen=True, slots=True)
class ResultShown:
    """A participant's result in one of the measures the edition shows, with its drawing."""

    name: str
    row: Row
    mark: Mark | None
    class_mean: object
    mean: object


def published(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the published run; without one there is no such page, and a withdrawn one says so (410)."""

    @wraps(view)
    def with_run(request: HttpRequest, programme: str, edition: str, **where: Any) -> HttpResponse:
        found = edition_at(programme, edition)
        run = current_run(found)
        if run is None:
            return _without_run(request, found)
        return view(request, Published(found, run, definition_of(run.rules)), **where)

    return with_run


def _without_run(request: HttpRequest, edition: Edition) -> HttpResponse:
    withdrawn = list(runs_of(edition))
    if not withdrawn:
        raise Http404
    context = around(edition, "edition", is_published=False) | {"withdrawn": withdrawn}
    return shown(
        request,
        "public/withdrawn.html",
        context,
        title=_("Results withdrawn"),
        description=_("The results of %(edition)s have been withdrawn.") % {"edition": edition.title},
        status=GONE,
    )


@require_safe
@kept
@published
def competition_class(request: HttpRequest, there: Published, code: str) -> HttpResponse:
    """One class: its places, who cannot be told apart, and the ways to the classes beside it."""
    classes = list(classes_of(there.edition))
    here = next((one for one in classes if one.code == code), None)
    if here is None:
        raise Http404
    before, after = _beside(classes, here)
    winners = _winners(there.run, here)
    context = around(there.edition, "edition", is_published=True) | {
        "run": there.run,
        "competition_class": here,
        "number": classes.index(here) + 1,
        "class_count": len(classes),
        "table": table_of(there.run, there.definition, winners=winners, class_code=code),
        "scoring": there.definition.survey.scoring if there.definition.survey else None,
        "before": before,
        "after": after,
    }
    return shown(
        request,
        "public/class.html",
        context,
        title=str(here),
        description=_("Places and scores in the class %(class)s of %(edition)s, with how sure they are.")
        % {"class": here, "edition": there.edition.title},
    )


def _beside(
    classes: list[CompetitionClass], here: CompetitionClass
) -> tuple[CompetitionClass | None, CompetitionClass | None]:
    before = next((one for one, following in pairwise(classes) if following == here), None)
    after = next((following for one, following in pairwise(classes) if one == here), None)
    return before, after


def _winners(run: Run, competition_class: CompetitionClass | None) -> set[int]:
    """Return who won the class; without one, who won over all by measurement."""
    return {
        decision.participant_id
        for decision in decisions_of(run)
        if decision.competition_class_id == (competition_class.pk if competition_class else None)
        and decision.award.by == Award.By.MEASURE
        and not decision.award.measure.startswith("channel:")
    }


@require_safe
@kept
@published
def participants(request: HttpRequest, there: Published) -> HttpResponse:
    """Every participant by its place over all."""
    table = table_of(there.run, there.definition, winners=_winners(there.run, None))
    context = around(there.edition, "participants", is_published=True) | {
        "run": there.run,
        "table": table,
        "participant_count": sum(len(group.lines) for group in table.groups),
    }
    return shown(
        request,
        "public/participants.html",
        context,
        title=_("All participants"),
        description=_("Every participant of %(edition)s by its place over all.")
        % {"edition": there.edition.title},
    )


@require_safe
@kept
@published
def participant(request: HttpRequest, there: Published, code: str) -> HttpResponse:
    """One participant's results against its class and all; nothing about single enquiries."""
    found = participants_of(there.edition).filter(code=code).first()
    if found is None:
        raise Http404
    rows = results_of(there.run, found)
    if not rows:
        raise Http404
    members = there.run.lines.filter(measure="total", place__isnull=False)
    context = around(there.edition, "participants", is_published=True) | {
        "run": there.run,
        "participant": found,
        "results": list(_results_shown(there, found, rows, means_of(there.run))),
        "total": rows.get("total"),
        "among": members.count(),
        "among_class": members.filter(participant__competition_class=found.competition_class).count(),
        "awards": won_by(there.run, found),
        "quotes": _quotes(won_by(there.run, found)),
    }
    return shown(
        request,
        "public/participant.html",
        context,
        title=found.name,
        description=_("The results of %(participant)s in %(edition)s, against its class and all.")
        % {"participant": found, "edition": there.edition.title},
    )


def _quotes(decisions: list[Decision]) -> list[Decision]:
    return [decision for decision in decisions if decision.quote or decision.citation]


def _results_shown(there: Published, participant: Participant, rows: dict[str, Row], means: Means) -> Any:
    for measure in there.definition.survey.results if there.definition.survey else ():
        row = rows.get(measure)
        if row is None:
            continue
        name = said(name_of(there.definition, measure))
        class_mean = means.of_class(measure, participant.competition_class_id)
        mean = means.overall(measure)
        mark = None if row.score is None else Mark(name, row.score, row.low, row.high, class_mean, mean)
        yield ResultShown(name, row, mark, class_mean, mean)
