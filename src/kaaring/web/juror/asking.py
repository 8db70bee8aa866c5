"""Asking the organiser about an entry, and declaring conflicts of interest, there or before reading."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.asking import ask_organiser
from kaaring.jury.actions.recusals import declare_recusal
from kaaring.jury.models import Juror, Recusal
from kaaring.jury.queries.recusals import organisations_that_entered
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.juror.conflicts import conflicts_of
from kaaring.web.juror.desk import Where, around, desk_at, juror_at
from kaaring.web.juror.marking import next_open
from kaaring.web.juror.reading import again
from kaaring.web.request import SignedIn

LONGEST = 4_000


class QuestionForm(forms.Form):
    """What a juror asks."""

    text = forms.CharField(max_length=LONGEST, required=False)


class ConflictForm(forms.Form):
    """Why a juror does not mark one case."""

    kind = forms.ChoiceField(choices=Recusal.Kind.choices)
    note = forms.CharField(max_length=LONGEST, required=False)


class ConflictsForm(ConflictForm):
    """The organisations a juror has nothing to do with, and why."""

    organisation = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Choose at least one organisation.")}
    )

    def __init__(self, *args: object, organisations: list[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["organisation"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.public_id, one.name) for one in organisations]


@login_required
@require_POST
def ask(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Ask the organiser about the entry."""
    desk = desk_at(request, Where(programme, edition, stage, entry))
    form = QuestionForm(request.POST)
    if not form.is_valid():
        refusal = Refused("too_long", _("The question is too long. Shorten it."))
        return again(request, desk, desk.sheet, refusal, status=respond.UNPROCESSABLE)
    try:
        ask_organiser(
            desk.assignment.pk, form.cleaned_data["text"], by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return again(request, desk, desk.sheet, refusal)
    said = _("Your question is with the organiser. The answer shows here.")
    return respond.go_to(request, "juror:entry", *desk.arguments, said=said)


@login_required
@require_POST
def declare(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Declare a conflict of interest with the case, and go on to the next one."""
    desk = desk_at(request, Where(programme, edition, stage, entry))
    form = ConflictForm(request.POST)
    if not form.is_valid():
        refusal = Refused("no_kind", _("Say what kind of conflict of interest it is."))
        return again(request, desk, desk.sheet, refusal, status=respond.UNPROCESSABLE)
    case, name, following = desk.assignment.entry.case, desk.called, next_open(desk)
    try:
        declare_recusal(
            desk.assignment.juror_id,
            case=case,
            kind=form.cleaned_data["kind"],
            note=form.cleaned_data["note"],
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        return again(request, desk, desk.sheet, refusal)
    said = _("Noted: you do not mark “%(title)s”.") % {"title": name}
    if following is None:
        return respond.go_to(request, "juror:home", programme, edition, said=said)
    return respond.go_to(request, "juror:entry", programme, edition, stage, following, said=said)


@login_required
@require_safe
def conflicts(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List everybody who enters, so that conflicts of interest are known before reading."""
    juror = juror_at(request, programme, edition)
    return _conflicts_page(request, juror, ConflictsForm(organisations=[]))


@login_required
@require_POST
def declare_conflicts(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Declare conflicts of interest with organisations."""
    juror = juror_at(request, programme, edition)
    known = {one.public_id: one for one in organisations_that_entered(juror.edition)}
    form = ConflictsForm(request.POST, organisations=list(known.values()))
    if not form.is_valid():
        return _conflicts_page(request, juror, form, status=respond.UNPROCESSABLE)
    chosen = [known[one] for one in form.cleaned_data["organisation"]]
    try:
        with transaction.atomic():
            for organisation in chosen:
                _declare(request, juror, organisation, form)
    except Refused as refusal:
        return _conflicts_page(request, juror, form, refusal=refusal, status=respond.CONFLICT)
    said = ngettext(
        "%(count)d conflict of interest is noted.", "%(count)d conflicts of interest are noted.", len(chosen)
    )
    return respond.go_to(request, "juror:conflicts", programme, edition, said=said % {"count": len(chosen)})


def _declare(request: SignedIn, juror: Juror, organisation: Organisation, form: ConflictsForm) -> None:
    declare_recusal(
        juror.pk,
        organisation=organisation,
        kind=form.cleaned_data["kind"],
        note=form.cleaned_data["note"],
        by=request.user.public_id,
        at=timezone.now(),
    )


def _conflicts_page(
    request: SignedIn,
    juror: Juror,
    form: ConflictsForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    noted = conflicts_of(juror, definition_in_force(juror.edition))
    out = {one.organisation for one in noted}
    context = {
        **around(juror),
        "form": form,
        "noted": noted,
        "chosen": form.data.getlist("organisation") if form.is_bound else [],  # type: ignore[attr-defined]
        "organisations": [one for one in organisations_that_entered(juror.edition) if one.pk not in out],
        "kinds": Recusal.Kind.choices,
        "refusal": refusal,
    }
    return render(request, "juror/conflicts.html", context, status=status)


_OF_AN_ENTRY = "<slug:stage>/<slug:entry>/"
urlpatterns = [
    path("conflicts/", conflicts, name="conflicts"),
    path("conflicts/declare/", declare_conflicts, name="declare_conflicts"),
    path(f"{_OF_AN_ENTRY}ask/", ask, name="ask"),
    path(f"{_OF_AN_ENTRY}conflict/", declare, name="declare"),
]
