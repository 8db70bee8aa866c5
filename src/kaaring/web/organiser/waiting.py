"""What waits for the organiser on the home of an edition, and what to do next: per part of the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Declaration, Entry
from kaaring.entries.queries.nominees import entries_without_consent
from kaaring.fieldwork import queries as fieldwork
from kaaring.jury.models import Assignment, Juror, Stage
from kaaring.jury.queries import asking, recusals
from kaaring.jury.queries.stages import first_reading, jury_of
from kaaring.kernel.figures import local
from kaaring.outbox.queries import drafts_of, unsure_of
from kaaring.programmes.models import Award, Edition
from kaaring.results.models import EntryDecision, Run
from kaaring.results.queries.feedback import release_of
from kaaring.results.queries.proposals import proposals_of
from kaaring.results.queries.runs import is_outdated


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that needs the organiser: how many, of what, and the page that it leads to."""

    count: int
    what: str
    view: str
    query: str = ""


class Step(NamedTuple):
    """Something to do: whether it is due, a sentence, the button's words, and the page it leads to."""

    is_due: bool
    sentence: str
    button: str
    view: str


def address(edition: Edition, view: str, query: str = "") -> str:
    """Return the address of one of the organiser's pages about an edition."""
    return reverse(f"organiser:{view}", args=(edition.programme.slug, edition.slug)) + query


def measured_waiting(edition: Edition) -> Iterator[Waiting]:
    """Yield what waits about enquiries and measured awards."""
    held = fieldwork.held_count(edition)
    yield Waiting(
        held,
        ngettext("evaluation is held for review", "evaluations are held for review", held),
        "evaluations",
        "?review=held",
    )
    undecided = sum(proposal.is_open for proposal in proposals_of(edition))
    yield Waiting(undecided, _undecided(undecided), "decisions")


def juried_waiting(edition: Edition, *, at: datetime) -> Iterator[Waiting]:
    """Yield what waits about entries and the jury."""
    declared = Declaration.objects.filter(
        entry__edition=edition, entry__submitted_at__isnull=False, entry__withdrawn_at=None, checked_at=None
    ).count()
    yield Waiting(
        declared,
        ngettext("declaration is to be checked", "declarations are to be checked", declared),
        "entries",
        "?state=declaration",
    )
    silent = entries_without_consent(edition).count()
    yield Waiting(
        silent,
        ngettext("entry lacks its nominee’s consent", "entries lack their nominees’ consent", silent),
        "entries",
        "?state=consent",
    )
    conflicts = recusals.waiting(edition).count()
    yield Waiting(
        conflicts,
        ngettext(
            "conflict of interest is to be confirmed", "conflicts of interest are to be confirmed", conflicts
        ),
        "recusals",
    )
    asked = asking.open_count(edition)
    yield Waiting(
        asked,
        ngettext("question from a juror is open", "questions from jurors are open", asked),
        "asked",
    )
    yield from _letters_waiting(edition)
    undecided = _undecided_by_jury(edition)
    if _is_last_stage_over(edition, at=at):
        yield Waiting(undecided, _undecided(undecided), "jury_decisions")


def _letters_waiting(edition: Edition) -> Iterator[Waiting]:
    drafts, unsure = drafts_of(edition).count(), unsure_of(edition).count()
    yield Waiting(drafts, ngettext("letter waits to be sent", "letters wait to be sent", drafts), "letters")
    yield Waiting(unsure, ngettext("letter is in doubt", "letters are in doubt", unsure), "letters")


def _undecided(count: int) -> str:
    return ngettext("award is not decided", "awards are not decided", count)


def _is_last_stage_over(edition: Edition, *, at: datetime) -> bool:
    """Say whether the last stage of the rules has ended: until then no award waits to be decided."""
    jury = jury_of(edition)
    last = jury.stages[-1].code if jury else ""
    return Stage.objects.filter(edition=edition, code=last, closes_at__lte=at).exists()


def _undecided_by_jury(edition: Edition) -> int:
    decided = EntryDecision.objects.filter(award__edition=edition, revoked_at=None).values("award")
    return Award.objects.filter(edition=edition, by=Award.By.JURY).exclude(pk__in=decided).count()


def measured_steps(edition: Edition, published: Run | None) -> Iterator[Step]:
    """Yield what there is to do about a measured award, in order."""
    yield Step(
        not edition.participants.exists(), _("Add the participants."), _("Import participants"), "imports"
    )
    yield Step(
        not fieldwork.evaluations_of(edition).exists(),
        _("Bring in the evaluations as they are made."),
        _("Import evaluations"),
        "imports",
    )
    undecided = any(proposal.is_open for proposal in proposals_of(edition))
    yield Step(undecided, _("Decide the awards."), _("See the proposals"), "decisions")
    yield from _publishing(
        published, _("Evaluations have changed since the results were published. Look, and publish again.")
    )


def juried_steps(edition: Edition, published: Run | None, *, at: datetime) -> Iterator[Step]:
    """Yield what there is to do about a juried award, in order."""
    submitted = Entry.objects.filter(edition=edition, submitted_at__isnull=False, withdrawn_at=None)
    yield Step(
        not submitted.exists(),
        _("Entries come in as entrants submit them. Those collected elsewhere can be imported."),
        _("See the entries"),
        "entries",
    )
    jurors = Juror.objects.filter(edition=edition, removed_at=None)
    yield Step(not jurors.exists(), _("Add the jurors."), _("To the jurors"), "jurors")
    stages = Stage.objects.filter(edition=edition)
    yield Step(not stages.exists(), _("Say when the first stage is open."), _("To the stages"), "stages")
    assigned = Assignment.objects.filter(stage__edition=edition, ended_at=None)
    yield Step(not assigned.exists(), _("Assign entries to jurors."), _("To the assignment"), "assignments")
    first = first_reading(edition)
    yield Step(first is not None and at < first, _not_begun(edition, first), _("To the stages"), "stages")
    yield Step(
        assigned.filter(scorecard__submitted_at=None).exists() and _undecided_by_jury(edition) > 0,
        _("Jurors are marking. See who has come how far."),
        _("To the stages"),
        "stages",
    )
    yield Step(
        _undecided_by_jury(edition) > 0, _("Decide the awards."), _("To the decisions"), "jury_decisions"
    )
    yield from _publishing(
        published, _("Something the jury did has changed since the results were published. Publish again.")
    )
    yield Step(
        release_of(edition) is None,
        _("The results are published. Give the entrants their feedback."),
        _("To the feedback"),
        "feedback",
    )
    yield from _letters_to_send(edition)


def _not_begun(edition: Edition, first: datetime | None) -> str:
    day = date_format(local(first, edition.timezone), "DATE_FORMAT") if first else ""
    return _("Judging has not begun: the first stage opens on %(day)s.") % {"day": day}


def _letters_to_send(edition: Edition) -> Iterator[Step]:
    """Yield what is left when feedback is released: letters to send, and those in doubt."""
    drafts, unsure = drafts_of(edition).count(), unsure_of(edition).count()
    sent = ngettext(
        "The feedback is released, and %(count)d letter waits to be sent. Send it.",
        "The feedback is released, and %(count)d letters wait to be sent. Send them.",
        drafts,
    )
    yield Step(drafts > 0, sent % {"count": drafts}, _("To the letters"), "letters")
    doubted = ngettext(
        "The feedback is released, and %(count)d letter is in doubt: nobody knows whether it went. "
        "Look at it.",
        "The feedback is released, and %(count)d letters are in doubt: nobody knows whether they went. "
        "Look at them.",
        unsure,
    )
    yield Step(unsure > 0, doubted % {"count": unsure}, _("To the letters"), "letters")


def _publishing(published: Run | None, outdated: str) -> Iterator[Step]:
    yield Step(published is None, _("Publish the results."), _("Check and publish"), "runs")
    yield Step(
        published is not None and is_outdated(published),
        outdated,
        _("Check and publish"),
        "runs",
    )
