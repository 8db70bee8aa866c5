"""The jurors: to add, to invite, to change, to remove."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions import invitations, recusals
from kaaring.jury.actions import jurors as actions
from kaaring.jury.models import Juror, Scorecard
from kaaring.jury.queries import jurors as queries
from kaaring.jury.queries.plan_words import left_out_of
from kaaring.jury.queries.recusals import in_force, waiting
from kaaring.kernel.refused import Refused
from kaaring.programmes import roll
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.invitation_links import link_to
from kaaring.web.organiser.desk import FormPage, address_of, form_page, go_on
from kaaring.web.organiser.juried import juror_here, jury_here, reason_in
from kaaring.web.organiser.juror_forms import JurorForm
from kaaring.web.organiser.setup_fields import language_name
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

type Doing = Callable[..., object]


class Line(NamedTuple):
    """A juror in the list.

    ``state`` is accepted, invited or empty; ``waiting`` counts possible conflicts that nobody has looked at.
    ``is_left_out`` says that the juror gets nothing to read, being in no panel.
    """

    juror: Juror
    reads: str
    knows: str
    state: str
    waiting: int
    conflicts: int
    is_left_out: bool


@login_required
@require_safe
def jurors(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the jurors, with who has accepted and whose conflicts wait."""
    return _list(request, edition_seen_by(request, programme, edition))


@login_required
@require_safe
def juror(request: SignedIn, programme: str, edition: str, juror: str) -> HttpResponse:
    """Show everything the organiser knows of a juror."""
    found = edition_seen_by(request, programme, edition)
    jury_here(found)
    own = juror_here(found, juror)
    return _page(request, found, own, _form(found, own, None))


@login_required
@require_safe
def new_juror(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show an empty form for one more juror."""
    found = edition_changed_by(request, programme, edition)
    jury_here(found)
    return _new(request, found, _form(found, None, None))


@login_required
@require_POST
def add_juror(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Take one more juror in."""
    found = edition_changed_by(request, programme, edition)
    form = _form(found, None, request.POST)
    if not form.is_valid():
        return _new(request, found, form, status=respond.UNPROCESSABLE)
    try:
        made = actions.add_juror(found, form.row(None), **_now(request))
    except Refused as refusal:
        return _new(request, found, form, refusal=refusal, status=respond.CONFLICT)
    sentences = [_("%(name)s is in the jury.") % {"name": made.name}]
    sentences.append(left_out_of(queries.without_panel(found).filter(pk=made.pk)))
    return _done(request, found, " ".join(filter(None, sentences)))


@login_required
@require_POST
def save_juror(request: SignedIn, programme: str, edition: str, juror: str) -> HttpResponse:
    """Change a juror."""
    found = edition_changed_by(request, programme, edition)
    own = juror_here(found, juror)
    form = _form(found, own, request.POST)
    if not form.is_valid():
        return _page(request, found, own, form, status=respond.UNPROCESSABLE)
    try:
        actions.change_juror(own.pk, form.row(own.code), **_now(request))
    except Refused as refusal:
        return _page(request, found, own, form, refusal=refusal, status=respond.CONFLICT)
    return _done(request, found, _("%(name)s is stored.") % {"name": form.cleaned_data["name"]})


@login_required
@require_POST
def remove_juror(request: SignedIn, programme: str, edition: str, juror: str) -> HttpResponse:
    """Let a juror leave the jury."""
    found = edition_changed_by(request, programme, edition)
    done = _("%(name)s is removed from the jury.")
    return _do(request, found, juror_here(found, juror), actions.remove_juror, done)


@login_required
@require_POST
def exclude_scorecards(request: SignedIn, programme: str, edition: str, juror: str) -> HttpResponse:
    """Let no scorecard of a juror count, for everybody."""
    found = edition_changed_by(request, programme, edition)
    done = _("The scorecards of %(name)s no longer count.")
    return _do(request, found, juror_here(found, juror), actions.exclude_scorecards, done)


@login_required
@require_POST
def include_scorecards(request: SignedIn, programme: str, edition: str, juror: str) -> HttpResponse:
    """Let the scorecards of a juror count again."""
    found = edition_changed_by(request, programme, edition)
    done = _("The scorecards of %(name)s count again.")
    return _do(request, found, juror_here(found, juror), actions.include_scorecards, done)


def _do(request: SignedIn, edition: Edition, own: Juror, doing: Doing, said: str) -> HttpResponse:
    """Do something about a juror that needs a reason."""
    try:
        doing(own.pk, reason=reason_in(request), **_now(request))
    except Refused as refusal:
        form = _form(edition, own, None)
        return _page(request, edition, own, form, refusal=refusal, status=respond.CONFLICT)
    address = address_of(edition, "juror", own.public_id)
    return go_on(request, address, said % {"name": own.name})


@login_required
@require_POST
def invite_juror(request: SignedIn, programme: str, edition: str, juror: str) -> HttpResponse:
    """Invite a juror by e-mail, after looking for conflicts once more."""
    found = edition_changed_by(request, programme, edition)
    own = juror_here(found, juror)
    recusals.detect_recusals(found, **_now(request))
    try:
        _invite(request, found, own)
    except Refused as refusal:
        return _list(request, found, refusal=refusal)
    return _done(request, found, _("The invitation to %(email)s is on its way.") % {"email": own.email})


@login_required
@require_POST
def invite_all(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Invite every juror who can be invited; say how many cannot yet."""
    found = edition_changed_by(request, programme, edition)
    recusals.detect_recusals(found, **_now(request))
    sent, left = 0, 0
    for line in _lines(found):
        if line.state:
            continue
        try:
            _invite(request, found, line.juror)
        except Refused:
            left += 1
        else:
            sent += 1
    said = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", sent)
    not_yet = ngettext(
        "%(count)d juror cannot be invited yet: an address is missing, or a conflict of interest waits.",
        "%(count)d jurors cannot be invited yet: an address is missing, or a conflict of interest waits.",
        left,
    )
    sentences = [said % {"count": sent}, *([not_yet % {"count": left}] if left else [])]
    return _done(request, found, " ".join(sentences))


def _invite(request: SignedIn, edition: Edition, juror: Juror) -> None:
    invitations.invite_juror(
        juror.pk,
        language=edition.languages[0],
        link_to=link_to(request),
        by=request.user,
        at=timezone.now(),
    )


def _now(request: SignedIn) -> dict[str, Any]:
    return {"by": request.user.public_id, "at": timezone.now()}


def _done(request: SignedIn, edition: Edition, said: str) -> HttpResponse:
    return go_on(request, address_of(edition, "jurors"), said)


def _lines(edition: Edition) -> list[Line]:
    names = {one.code: str(one) for one in edition.categories.all()}
    invited = {
        one.email.lower()
        for one in roll.open_invitations(edition, at=timezone.now())
        if invitations.is_for_a_juror(one)
    }
    left_out = set(queries.without_panel(edition).values_list("pk", flat=True))
    looked_for, standing = _counted(waiting(edition)), _counted(in_force(edition))
    return [
        Line(
            juror=one,
            reads=", ".join(language_name(code) for code in one.languages),
            knows=", ".join(names.get(code, code) for code in one.categories),
            state="accepted" if one.user_id else "invited" if one.email.lower() in invited else "",
            waiting=looked_for.get(one.pk, 0),
            conflicts=standing.get(one.pk, 0),
            is_left_out=one.pk in left_out,
        )
        for one in queries.jurors_of(edition).prefetch_related("panels")
    ]


def _counted(found: QuerySet[Any]) -> Mapping[int, int]:
    return dict(found.select_related(None).order_by().values_list("juror").annotate(Count("pk")))


def _list(request: SignedIn, edition: Edition, *, refusal: Refused | None = None) -> HttpResponse:
    jury_here(edition)
    lines = _lines(edition)
    context = {
        **shell(request, edition, "jurors"),
        "lines": lines,
        "accepted": sum(line.state == "accepted" for line in lines),
        "not_invited": sum(not line.state for line in lines),
        "waiting": sum(line.waiting for line in lines),
        "left_out": left_out_of(line.juror for line in lines if line.is_left_out),
        "removed": queries.removed_from(edition),
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else 200
    return render(request, "organiser/jurors.html", context, status=status)


def _form(edition: Edition, own: Juror | None, posted: object) -> JurorForm:
    return JurorForm(posted, edition=edition, own=own)


def _new(
    request: SignedIn,
    edition: Edition,
    form: JurorForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page = FormPage(
        here="jurors",
        title=_("New juror"),
        lede=_("Somebody who reads entries and marks them. You invite the juror afterwards, from the list."),
        form=form,
        groups=form.groups(),
        save=address_of(edition, "add_juror"),
        back=(_("Jurors"), address_of(edition, "jurors")),
    )
    return form_page(request, shell(request, edition, "jurors"), page, refusal=refusal, status=status)


def _page(
    request: SignedIn,
    edition: Edition,
    own: Juror,
    form: JurorForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    final = Q(submitted_at__isnull=False)
    cards = Scorecard.objects.filter(assignment__juror=own).aggregate(
        finished=Count("pk", filter=final),
        drafts=Count("pk", filter=~final),
        counting=Count("pk", filter=final & Q(excluded_at=None)),
        excluded=Count("pk", filter=final & Q(excluded_at__isnull=False, excluded_for=None)),
    )
    context = {
        **shell(request, edition, "jurors"),
        "juror": own,
        "form": form,
        "groups": form.groups(),
        "cards": cards,
        "was_invited": queries.was_invited(own),
        "is_oneself": own.user_id == request.user.pk,
        "panels": own.panels.all(),
        "conflicts": own.recusals.filter(dismissed_at=None).select_related("organisation", "case"),
        "refusal": refusal,
    }
    return render(request, "organiser/juror.html", context, status=status)


urlpatterns = [
    path("jurors/", jurors, name="jurors"),
    path("jurors/invite-all/", invite_all, name="invite_jurors"),
    path("add/juror/", new_juror, name="new_juror"),
    path("add/juror/save/", add_juror, name="add_juror"),
    path("jurors/<slug:juror>/", juror, name="juror"),
    path("jurors/<slug:juror>/save/", save_juror, name="save_juror"),
    path("jurors/<slug:juror>/invite/", invite_juror, name="invite_juror"),
    path("jurors/<slug:juror>/remove/", remove_juror, name="remove_juror"),
    path("jurors/<slug:juror>/exclude/", exclude_scorecards, name="exclude_scorecards"),
    path("jurors/<slug:juror>/include/", include_scorecards, name="include_scorecards"),
]
