"""Who gets the awards: what the measurement proposes, what is decided, and why."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Award, Edition
from kaaring.results import actions, queries
from kaaring.survey.models import CompetitionClass, Participant
from kaaring.survey.queries import participants_of
from kaaring.web import respond
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = "organiser/decisions.html"


class DecisionForm(forms.Form):
    """Who gets an award; for an appointed one why, in each language; otherwise why not as measured."""

    participants = forms.ModelMultipleChoiceField(
        queryset=Participant.objects.none(),
        to_field_name="code",
        error_messages={
            "required": gettext_lazy("Choose at least one participant."),
            "invalid_choice": gettext_lazy("“%(value)s” does not take part in this edition."),
        },
    )
    reason = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages: list[str] = edition.languages
        self.fields["participants"] = self._among(edition)
        for language in self.languages:
            self.fields[f"citation_{language}"] = forms.CharField(required=False, max_length=5000)
            self.fields[f"quote_{language}"] = forms.CharField(required=False, max_length=1000)

    def _among(self, edition: Edition) -> forms.Field:
        field = self.fields["participants"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = participants_of(edition)
        return field

    def said(self, what: str) -> dict[str, str]:
        """Return the citation or the quote, per language."""
        return {language: self.cleaned_data[f"{what}_{language}"] for language in self.languages}


@login_required
@require_safe
def decisions_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show each award: who leads, who cannot be told apart, what is decided."""
    found = edition_seen_by(request, programme, edition)
    return render(request, PAGE, _context(request, found))


def _context(request: SignedIn, edition: Edition, form: DecisionForm | None = None) -> dict[str, Any]:
    proposals = queries.proposals_of(edition)
    return shell(request, edition, "decisions") | {
        "form": form,
        "proposals": proposals,
        "open_count": sum(one.is_open for one in proposals),
        "decided_count": sum(bool(one.decisions) for one in proposals),
        "contradicted_count": sum(one.is_contradicted for one in proposals),
        "participants": list(participants_of(edition)),
        "revoked": [one for one in queries.decisions_made(edition) if one.revoked_at is not None],
        "languages": [(code, settings.LANGUAGE_NAMES.get(code, code)) for code in edition.languages],
    }


@login_required
@require_POST
def decide(
    request: SignedIn, programme: str, edition: str, award: str, in_class: str | None = None
) -> HttpResponse:
    """Give one award, in one class where it is given in each."""
    found = edition_changed_by(request, programme, edition)
    wanted = get_object_or_404(Award.objects.select_related("edition__programme"), edition=found, code=award)
    one_class = (
        None if in_class is None else get_object_or_404(CompetitionClass, edition=found, code=in_class)
    )
    form = DecisionForm(request.POST, edition=found)
    if not form.is_valid():
        return respond.with_part(request, PAGE, _context(request, found, form), status=respond.UNPROCESSABLE)
    try:
        actions.decide_award(
            wanted,
            list(form.cleaned_data["participants"]),
            competition_class=one_class,
            citation=form.said("citation"),
            quote=form.said("quote"),
            reason=form.cleaned_data["reason"],
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        return respond.refused(request, PAGE, refusal, _context(request, found, form))
    return respond.go_to(
        request,
        "organiser:decisions",
        programme,
        edition,
        said=_("“%(award)s” is decided.") % {"award": wanted},
    )


@login_required
@require_POST
def decide_open(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Give every open award by measurement to those who lead for it."""
    found = edition_changed_by(request, programme, edition)
    try:
        decided = actions.decide_open_awards(found, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, PAGE, refusal, _context(request, found))
    said = ngettext("%(count)d decision is made.", "%(count)d decisions are made.", len(decided))
    return respond.go_to(
        request, "organiser:decisions", programme, edition, said=said % {"count": len(decided)}
    )


@login_required
@require_POST
def revoke(request: SignedIn, programme: str, edition: str, decision: int) -> HttpResponse:
    """Take a decision back."""
    found = edition_changed_by(request, programme, edition)
    wanted = get_object_or_404(queries.decisions_made(found), pk=decision)
    reason = request.POST.get("reason", "")
    try:
        actions.revoke_decision(wanted, reason=reason, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return respond.refused(request, PAGE, refusal, _context(request, found))
    return respond.go_to(
        request, "organiser:decisions", programme, edition, said=_("The decision is revoked.")
    )


urlpatterns = [
    path("decisions/", decisions_page, name="decisions"),
    path("decisions/open/", decide_open, name="decide_open_awards"),
    path("decisions/revoke/<int:decision>/", revoke, name="revoke_decision"),
    path("decisions/award/<slug:award>/", decide, name="decide_award"),
    path("decisions/award/<slug:award>/<slug:in_class>/", decide, name="decide_award_in_class"),
]
