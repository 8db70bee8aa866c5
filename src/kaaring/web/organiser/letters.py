"""Letters to entrants: drafted, looked at, sent in one go; and those that nobody knows to have gone."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jobs.actions import ask_for
from kaaring.jobs.models import Job
from kaaring.jury.queries.stages import stages_of
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.outbox import queries
from kaaring.outbox.actions import make_draft_again, withdraw_letter
from kaaring.outbox.models import Letter
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.results.actions.letters import (
    Drafted,
    draft_feedback_letters,
    draft_other_letters,
    draft_result_letters,
    draft_shortlist_letters,
)
from kaaring.results.queries.feedback import readable_feedback
from kaaring.results.queries.letters import shortlists_of
from kaaring.results.queries.runs import run_with_entries
from kaaring.results.rules.letters import against_feedback_letters, against_result_letters
from kaaring.web import respond
from kaaring.web.entry_links import page_about
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.juried import reason_in
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
Kind = Letter.Kind
type Drafting = Callable[..., Drafted]
FOR_A_STAGE: dict[str, Drafting] = {
    Kind.SHORTLISTED: draft_shortlist_letters,
    Kind.NOT_SHORTLISTED: draft_other_letters,
}
FOR_ALL: dict[str, Drafting] = {
    Kind.RESULT: draft_result_letters,
    Kind.FEEDBACK: draft_feedback_letters,
}


class Line(NamedTuple):
    """A kind of letters in the list."""

    kind: str
    name: str
    letters: queries.Count
    languages: list[tuple[str, int]]
    job: Job | None


class Offer(NamedTuple):
    """Letters that can be drafted to many at once; ``obstacle`` says why not, where they cannot.

    ``before`` says how many have had an earlier letter of the kind, empty where nobody has.
    """

    kind: str
    stage: str
    words: str
    before: str
    obstacle: str = ""


@login_required
@require_safe
def letters(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show how many letters of each kind wait, are in doubt and have gone."""
    return _list(request, juried(edition_seen_by(request, programme, edition)))


@login_required
@require_safe
def letters_of_kind(request: SignedIn, programme: str, edition: str, kind: str) -> HttpResponse:
    """Show the letters of a kind as they are read."""
    return _page(request, juried(edition_seen_by(request, programme, edition)), _kind(kind))


@login_required
@require_POST
def draft_letters(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Draft letters of a kind to many at once."""
    found = juried(edition_changed_by(request, programme, edition))
    kind, doing = request.POST.get("kind", ""), {"by": request.user.public_id, "at": timezone.now()}
    try:
        if kind in FOR_A_STAGE:
            stage = get_object_or_404(stages_of(found), code=request.POST.get("stage", ""))
            drafted = FOR_A_STAGE[kind](stage, page_of=page_about(request), **doing)
        elif kind in FOR_ALL:
            drafted = FOR_ALL[kind](found, page_of=page_about(request), **doing)
        else:
            raise Http404
    except Refused as refusal:
        return _list(request, found, refusal=refusal)
    return respond.go_to(request, "organiser:letters_of_kind", programme, edition, kind, said=_said(drafted))


@login_required
@require_POST
def send_letters(request: SignedIn, programme: str, edition: str, kind: str) -> HttpResponse:
    """Put the sending of every draft of a kind in the queue, unless it is under way."""
    found = juried(edition_changed_by(request, programme, edition))
    total = queries.drafts_of(found).filter(kind=_kind(kind)).count()
    job = _under_way(found).get(kind)
    if job is None:
        arguments = {"kinds": [kind]}
        job = ask_for(Job.Kind.LETTERS, found, arguments, total=total, by=request.user, at=timezone.now())
    return respond.go_to(request, "organiser:sending", programme, edition, job.public_id)


@login_required
@require_safe
def sending(request: SignedIn, programme: str, edition: str, job: str) -> HttpResponse:
    """Show how far the sending has come, and then what came of it."""
    found = juried(edition_seen_by(request, programme, edition))
    sent = Job.objects.filter(edition=found, kind=Job.Kind.LETTERS)
    followed = get_object_or_404(sent.select_related("asked_by"), public_id=job)
    context = {
        "job": followed,
        "kind": followed.arguments["kinds"][0],
        "name": Kind(followed.arguments["kinds"][0]).label,
        "share": followed.done / followed.total if followed.total else 0,
        "failure": followed.failure.splitlines(),
    }
    return respond.with_part(request, "organiser/sending.html#job", _around(request, found) | context)


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str, letter: str) -> HttpResponse:
    """Take a draft out of the outbox."""
    found = juried(edition_changed_by(request, programme, edition))
    own = _letter(found, letter)
    try:
        withdraw_letter(own.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, Kind(own.kind), refusal=refusal)
    told = _("The letter to %(address)s is withdrawn.") % {"address": own.to}
    return respond.go_to(request, "organiser:letters_of_kind", programme, edition, own.kind, said=told)


@login_required
@require_POST
def again(request: SignedIn, programme: str, edition: str, letter: str) -> HttpResponse:
    """Make a letter in doubt a draft again, since it did not arrive."""
    found = juried(edition_changed_by(request, programme, edition))
    own = _letter(found, letter)
    try:
        make_draft_again(own.pk, reason=reason_in(request), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, Kind(own.kind), refusal=refusal)
    told = _("The letter to %(address)s is a draft again.") % {"address": own.to}
    return respond.go_to(request, "organiser:letters_of_kind", programme, edition, own.kind, said=told)


def _kind(kind: str) -> Letter.Kind:
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)


def _letter(edition: Edition, public_id: str) -> Letter:
    return get_object_or_404(queries.letters_of(edition), public_id=public_id)


def _around(request: SignedIn, edition: Edition) -> dict[str, Any]:
    """Return the context of the whole page, or what its polled part alone needs."""
    if not request.htmx:
        return shell(request, edition, "letters")
    may_change = programmes.may_change(request.user, edition)
    return {"edition": edition, "programme": edition.programme, "may_change": may_change}


def _said(drafted: Drafted) -> str:
    """Say how many drafts there are, and about which entries nobody can be written to."""
    told = ngettext(
        "%(count)d letter is drafted or written anew.",
        "%(count)d letters are drafted or written anew.",
        drafted.letters,
    ) % {"count": drafted.letters}
    if not drafted.unreachable:
        return told
    lost = _("Nobody can be written to about these entries, since no address is known: %(codes)s.")
    return f"{told} {lost % {'codes': ', '.join(drafted.unreachable)}}"


def _under_way(edition: Edition) -> dict[str, Job]:
    """Return the sending that goes on now, by the kind of letters."""
    jobs = Job.objects.filter(edition=edition, kind=Job.Kind.LETTERS, finished_at__isnull=True)
    return {kind: job for job in jobs for kind in job.arguments["kinds"]}


def _list(request: SignedIn, edition: Edition, *, refusal: Refused | None = None) -> HttpResponse:
    jobs = _under_way(edition)
    counts = queries.counts_of(edition)
    lines = [
        Line(one.kind, str(Kind(one.kind).label), one, _languages(one), jobs.get(one.kind)) for one in counts
    ]
    context = {
        **shell(request, edition, "letters"),
        "lines": lines,
        "drafts": sum(one.drafts for one in counts),
        "unsure": sum(one.unsure for one in counts),
        "sent": sum(one.sent for one in counts),
        "offers": _offers(edition),
    }
    if refusal is not None:
        return respond.refused(request, "organiser/letters.html", refusal, context)
    return render(request, "organiser/letters.html", context)


def _languages(count: queries.Count) -> list[tuple[str, int]]:
    return [(str(settings.LANGUAGE_NAMES.get(code, code)), number) for code, number in count.waiting.items()]


def _offers(edition: Edition) -> list[Offer]:
    """Return what can be drafted to many at once, in the order in which an edition comes to it."""
    had = queries.gone_before(edition, [*FOR_A_STAGE, *FOR_ALL])
    offers = []
    for one in shortlists_of(edition):
        code, stage = one.stage.code, said(one.move.stage) or one.stage.code
        on, off = len(one.on), len(one.off)
        goes_on, stays = _on(on) % {"stage": stage, "count": on}, _off(off) % {"stage": stage, "count": off}
        offers.append(Offer(Kind.SHORTLISTED, code, goes_on, _before(had[Kind.SHORTLISTED, code])))
        offers.append(Offer(Kind.NOT_SHORTLISTED, code, stays, _before(had[Kind.NOT_SHORTLISTED, code])))
    results = _why(against_result_letters(edition, is_published=run_with_entries(edition) is not None))
    feedback = _why(against_feedback_letters(edition, is_readable=readable_feedback(edition) is not None))
    for_result, for_feedback = _before(had[Kind.RESULT, ""]), _before(had[Kind.FEEDBACK, ""])
    offers.append(Offer(Kind.RESULT, "", _("Results, to everybody who competed"), for_result, results))
    offers.append(Offer(Kind.FEEDBACK, "", _("Feedback, to everybody who competed"), for_feedback, feedback))
    return offers


def _before(count: int) -> str:
    """Say how many have had an earlier letter of a kind, empty where nobody has."""
    if not count:
        return ""
    return ngettext(
        "%(count)d reader has had an earlier letter of this kind; it goes again only in other words.",
        "%(count)d readers have had an earlier letter of this kind; it goes again only in other words.",
        count,
    ) % {"count": count}


def _on(count: int) -> str:
    return ngettext(
        "%(count)d entry that goes on to “%(stage)s”", "%(count)d entries that go on to “%(stage)s”", count
    )


def _off(count: int) -> str:
    return ngettext(
        "%(count)d entry that does not go on to “%(stage)s”",
        "%(count)d entries that do not go on to “%(stage)s”",
        count,
    )


def _why(refusal: Refused | None) -> str:
    return "" if refusal is None else str(refusal.reason)


def _page(
    request: SignedIn, edition: Edition, kind: Letter.Kind, *, refusal: Refused | None = None
) -> HttpResponse:
    drafts = queries.drafts_of(edition).filter(kind=kind)
    sent = queries.sent_of(edition).filter(kind=kind)
    context = {
        **shell(request, edition, "letters"),
        "kind": kind,
        "name": kind.label,
        "page": Paginator(drafts, PAGE).get_page(request.GET.get("page")),
        "others": queries.others_in(drafts).count(),
        "unsure": queries.unsure_of(edition).filter(kind=kind),
        "sent_page": Paginator(sent, PAGE).get_page(request.GET.get("sent")),
        "job": _under_way(edition).get(kind),
    }
    if refusal is not None:
        return respond.refused(request, "organiser/letters_of_kind.html", refusal, context)
    return render(request, "organiser/letters_of_kind.html", context)


urlpatterns = [
    path("letters/", letters, name="letters"),
    path("letters/draft/", draft_letters, name="draft_letters"),
    path("letters/sending/<slug:job>/", sending, name="sending"),
    path("letters/one/<slug:letter>/withdraw/", withdraw, name="withdraw_letter"),
    path("letters/one/<slug:letter>/again/", again, name="letter_again"),
    path("letters/<slug:kind>/", letters_of_kind, name="letters_of_kind"),
    path("letters/<slug:kind>/send/", send_letters, name="send_letters"),
]
