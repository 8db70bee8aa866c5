"""Who is nominated, their consent, and protected answers about them."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.actions import NomineeDetails
from kaaring.entries.actions.nominees import PageOf
from kaaring.entries.models import Case, Nominee
from kaaring.entries.queries.dossiers import nominee_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.entrant.fact_forms import FactsForm
from kaaring.web.entrant.forms import languages_of
from kaaring.web.entrant.shell import around, standing, written_case
from kaaring.web.entrant.standing import place_of
from kaaring.web.request import SignedIn


class NomineeForm(forms.Form):
    """Whom or what the case nominates."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    role = forms.CharField(
        label=gettext_lazy("Role"),
        help_text=gettext_lazy("As it should be read out: agent, team for business customers …"),
        max_length=120,
        required=False,
    )
    is_person = forms.BooleanField(label=gettext_lazy("This is a person"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("The person's own e-mail address"),
        help_text=gettext_lazy("We write there to ask for consent."),
        max_length=254,
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language that the person reads"), required=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = languages_of(languages)

    def details(self) -> NomineeDetails:
        """Return what was typed."""
        return NomineeDetails(**self.cleaned_data)


@login_required
@require_safe
def nominee(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Show who is nominated, whether they agree, and what is asked about them that is protected."""
    return _page(request, written_case(request, programme, edition, case))


@login_required
@require_POST
def save(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Take who is nominated."""
    found = written_case(request, programme, edition, case)
    form = NomineeForm(request.POST, languages=found.edition.languages)
    if not form.is_valid():
        return _page(request, found, form=form, status=respond.UNPROCESSABLE)
    try:
        actions.name_nominee(found.pk, form.details(), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, form=form, refusal=refusal)
    return _done(request, found, _("Saved."))


@login_required
@require_POST
def remove(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Nominate nobody in particular."""
    found = written_case(request, programme, edition, case)
    try:
        actions.remove_nominee(found.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("The case nominates nobody in particular now."))


@login_required
@require_POST
def ask(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Write to the nominee."""
    found = written_case(request, programme, edition, case)
    by, at = request.user.public_id, timezone.now()
    try:
        letter = actions.ask_consent(found.pk, page_of=page_of(request), by=by, at=at)
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("A letter to %(email)s is on its way.") % {"email": letter.to})


def page_of(request: SignedIn) -> PageOf:
    """Return what makes the whole address of a nominee's own page."""

    def page(nominee: Nominee, language: str) -> str:
        with translation.override(language):
            return request.build_absolute_uri(reverse("nominee:page", args=[nominee.token]))

    return page


@login_required
@require_POST
def give(request: SignedIn, programme: str, edition: str, case: str) -> HttpResponse:
    """Keep protected answers."""
    found = written_case(request, programme, edition, case)
    form = _protected_form(found, definition_in_force(found.edition), request.POST)
    if not form.is_valid():
        return _page(request, found, protected=form, status=respond.UNPROCESSABLE)
    try:
        kept = actions.give_protected(found.pk, form.facts(), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, protected=form, refusal=refusal)
    return _done(request, found, _("Stored, encrypted.") if kept else "")


@login_required
@require_POST
def forget(request: SignedIn, programme: str, edition: str, case: str, fact: str) -> HttpResponse:
    """Delete a protected answer."""
    found = written_case(request, programme, edition, case)
    try:
        actions.remove_protected(found.pk, fact, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal=refusal)
    return _done(request, found, _("The answer is deleted."))


def _done(request: SignedIn, case: Case, said: str) -> HttpResponse:
    return respond.go_to(request, "entrant:nominee", *place_of(case), said=said)


def _protected_form(case: Case, definition: Definition, typed: Any = None) -> FactsForm:
    asked = queries.protected_questions(case, definition)
    return FactsForm(typed, asked=asked, definition=definition, case=case, prefix="protected")


def _page(
    request: SignedIn,
    case: Case,
    *,
    form: NomineeForm | None = None,
    protected: FactsForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    definition, found = definition_in_force(case.edition), nominee_of(case)
    names = Names(definition)
    context = {
        **around(standing(case, definition), "nominee"),
        "nominee": found,
        "form": form or NomineeForm(initial=_initial(case, found), languages=case.edition.languages),
        "protected": protected or _protected_form(case, definition),
        "kept": [(one, names.fact(one.fact)) for one in queries.protected_facts_of(case)],
        "is_typed": form is not None or protected is not None,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/nominee.html", refusal, context)
    return render(request, "entrant/nominee.html", context, status=status)


def _initial(case: Case, nominee: Nominee | None) -> dict[str, Any]:
    if nominee is None:
        return {"is_person": case.subject == "person", "language": case.language}
    return {name: getattr(nominee, name) for name in ("name", "role", "is_person", "email", "language")}


urlpatterns = [
    path("cases/<slug:case>/nominee/", nominee, name="nominee"),
    path("cases/<slug:case>/nominee/save/", save, name="save_nominee"),
    path("cases/<slug:case>/nominee/remove/", remove, name="remove_nominee"),
    path("cases/<slug:case>/nominee/ask/", ask, name="ask_consent"),
    path("cases/<slug:case>/nominee/protected/", give, name="give_protected"),
    path("cases/<slug:case>/nominee/protected/<slug:fact>/forget/", forget, name="forget_protected"),
]
