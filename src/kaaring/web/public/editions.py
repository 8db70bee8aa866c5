"""An edition's own page: what it is and when, and once a run is published, its results."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kaaring.jury.queries.voting import vote_on, votes_held
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Timeline
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force, definition_of
from kaaring.results.models import Run
from kaaring.results.queries.juried import judged_categories
from kaaring.results.queries.measures import measures_of
from kaaring.results.queries.roundings import rounding_of
from kaaring.results.queries.runs import current_run, means_of, runs_of
from kaaring.survey.models import CompetitionClass, Participant
from kaaring.survey.queries import classes_of, participants_of
from kaaring.web.drawings import Mark
from kaaring.web.public.awards import Given, given_in
from kaaring.web.public.entering import deadline_of
from kaaring.web.public.jury_results import groups_of, jury_page
from kaaring.web.public.kept import kept
from kaaring.web.public.programmes import state_of
from kaaring.web.public.shell import around, edition_at, shown
from kaaring.web.public.wording import kind_of, listed


@dataclass(frozen=True, slots=True)
class MeanShown:
    """The mean over all participants in one measure, with its drawing."""

    name: str
    kind: str
    is_question: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: classes and participants whose name has the words in it."""

    words: str
    classes: list[CompetitionClass]
    participants: list[Participant]

    @property
    def count(self) -> int:
        """How many there are of both."""
        return len(self.classes) + len(self.participants)


@require_safe
@kept
def edition(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Show an edition: its results where they are published, else what is going on and when they come."""
    found = edition_at(programme, edition)
    run = current_run(found)
    if run is None:
        return _before_publishing(request, found)
    return _results(request, found, run)


def definition_of_edition(edition: Edition) -> Definition | None:
    """Return the rules in force, None where none are loaded yet."""
    try:
        return definition_in_force(edition)
    except Refused:
        return None


def _before_publishing(request: HttpRequest, edition: Edition) -> HttpResponse:
    definition = definition_of_edition(edition)
    classes = list(classes_of(edition).annotate(participant_count=Count("participants")))
    count = sum(one.participant_count for one in classes)
    timeline = Timeline.model_validate(edition.timeline)
    now = local(timezone.now(), edition.timezone).replace(tzinfo=None)
    is_measured = definition is not None and definition.survey is not None
    votes = votes_held(edition, definition) if definition else []
    on = vote_on(votes, at=timezone.now())
    context = {
        **around(edition, "edition", is_published=False, is_measured=is_measured, is_voted=bool(votes)),
        "vote": on if on and on.state(timezone.now()) == "now" else None,
        "state": state_of(edition, at=timezone.now()),
        "survey": definition.survey if definition else None,
        "classes": classes,
        "participant_count": count,
        "jury": definition.jury if definition else None,
        "categories": definition.categories if definition else (),
        "groups": definition.category_groups if definition else (),
        "deadline": deadline_of(edition, at=timezone.now(), is_over=False),
        "rounding": rounding_of(edition),
        "withdrawn": [run for run in runs_of(edition) if run.withdrawn_at],
        "lede": lede(definition, count, len(classes), is_over=_is_over(timeline, now)),
        "is_overdue": timeline.announcement is not None and timeline.announcement < now,
    }
    return shown(request, "public/edition.html", context, title=edition.title, description=context["lede"])


def _results(request: HttpRequest, edition: Edition, run: Run) -> HttpResponse:
    definition = definition_of(run.rules)
    if definition.survey is None and definition.jury is not None:
        return jury_page(request, edition, run, definition)
    awards = given_in(run, definition)
    classes = list(classes_of(edition))
    participants = list(participants_of(edition))
    winner = headline(awards, definition)
    runs = list(runs_of(edition))
    context = around(edition, "edition", is_published=True) | {
        "run": run,
        "runs": runs,
        "withdrawn": [one for one in runs if one.withdrawn_at],
        "winner": winner,
        "by_class": [given for given in awards if given.is_by_class],
        "appointed": [given for given in awards if given.is_appointed],
        "others": [
            given
            for given in awards
            if given is not winner and not given.is_by_class and not given.is_appointed
        ],
        "classes": classes,
        "participant_count": len(participants),
        "hits": hits(request.GET.get("q", ""), classes, participants),
        "means": means_shown(run, definition),
        "rounding": rounding_of(edition),
        "groups": groups_of(definition, judged_categories(run, definition)) if definition.jury else [],
        "digest": in_fours(run.digest),
        "lede": lede(definition, len(participants), len(classes), is_over=True),
    }
    return shown(
        request, "public/results.html", context, title=_("Results"), description=_summary(edition, winner)
    )


def headline(awards: list[Given], definition: Definition) -> Given | None:
    """Return the award that the page opens with: over all, by the edition's first result if one is."""
    first = definition.survey.results[0] if definition.survey else ""
    over_all = [given for given in awards if not given.is_by_class and not given.is_appointed]
    return min(over_all, key=lambda given: given.award.measure != first, default=None)


def _summary(edition: Edition, winner: Given | None) -> str:
    """Say in one sentence who won, for search engines and shared links."""
    if winner is None or not winner.winners:
        return _("The results of %(edition)s, class by class.") % {"edition": edition.title}
    return _(
        "%(winner)s won %(award)s in %(edition)s. Results class by class, with the method behind them."
    ) % {
        "winner": listed([one.participant.name for one in winner.winners]),
        "award": said(winner.award.name),
        "edition": edition.title,
    }


def hits(words: str, classes: list[CompetitionClass], participants: list[Participant]) -> Hits | None:
    """Return what a search finds, None where nothing is searched for; capital letters make no difference."""
    sought = words.strip().casefold()
    if not sought:
        return None
    found_classes = [one for one in classes if any(sought in name.casefold() for name in one.name.values())]
    in_classes = {one.pk for one in found_classes}
    found = [
        one
        for one in participants
        if sought in one.name.casefold()
        or sought in one.name_en.casefold()
        or one.competition_class_id in in_classes
    ]
    return Hits(words.strip(), found_classes, found)


def means_shown(run: Run, definition: Definition) -> list[MeanShown]:
    """Return the means over all participants that the edition publishes, in the order of the measures."""
    if definition.survey is None:
        return []
    means, public = means_of(run), definition.survey.public_means()
    return [
        _mean_shown(said(measure.name), measure.kind, mean)
        for measure in measures_of(definition)
        if measure.code in public and (mean := means.overall(measure.code)) is not None
    ]


def _mean_shown(name: str, kind: str, mean: Fraction) -> MeanShown:
    return MeanShown(
        name, kind_of(kind), kind == "question", Mark(_("All participants, %(name)s") % {"name": name}, mean)
    )


def in_fours(digest: str) -> str:
    """Return a digest in groups of four, so that people can compare it.

    >>> in_fours("7c1e94ab03")
    '7c1e 94ab 03'
    """
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _is_over(timeline: Timeline, now: datetime) -> bool:
    return timeline.fieldwork is not None and timeline.fieldwork[1] < now.date()


def lede(definition: Definition | None, participants: int, classes: int, *, is_over: bool) -> str:
    """Say in two sentences what an edition measures, or measured where its fieldwork is over."""
    if definition is None or definition.survey is None or not participants:
        return ""
    words = {
        "centres": ngettext("%(count)d contact centre", "%(count)d contact centres", participants)
        % {"count": participants},
        "classes": ngettext("%(count)d class", "%(count)d classes", classes) % {"count": classes},
    }
    if is_over:
        said_first = _("Mystery shoppers have been in touch with %(centres)s in %(classes)s.") % words
    else:
        said_first = _("Mystery shoppers are in touch with %(centres)s in %(classes)s.") % words
    return " ".join([said_first, _each(definition)]).strip()


def _each(definition: Definition) -> str:
    survey = definition.survey
    if survey is None or survey.allocation is None:
        return ""
    channels = survey.allocation.most_channels or len(survey.channels)
    enquiries = ngettext("%(count)d enquiry", "%(count)d enquiries", survey.allocation.enquiries)
    return ngettext(
        "%(enquiries)s to each, on %(channels)d channel.",
        "%(enquiries)s to each, on up to %(channels)d channels.",
        channels,
    ) % {"enquiries": enquiries % {"count": survey.allocation.enquiries}, "channels": channels}
