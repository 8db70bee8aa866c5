"""The organisations that enter: their address, the price they pay, their entries, and which two are one."""

from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions
from kaaring.entries.actions.organisations import set_member
from kaaring.entries.queries import colleagues_in
from kaaring.entries.queries.invoices import day_of
from kaaring.entries.queries.organisations import (
    acting_counts,
    entries_behind,
    entry_counts,
    organisations_alike,
    organisations_known,
)
from kaaring.entries.rules.fees import fee_on
from kaaring.jury.actions.organisations import merge_organisations
from kaaring.kernel.figures import money
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.invitation_links import link_to
from kaaring.web.organiser.desk import address_of
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

MOST_PAIRS = 20


class Line(NamedTuple):
    """An organisation in the list."""

    address: str
    entries: str
    name: str
    is_member: bool
    entry_count: int
    person_count: int


class OrganisationForm(forms.ModelForm[Organisation]):
    """Name, number and address of an organisation, and the price it pays."""

    class Meta:
        model = Organisation
        fields = (
            "name",
            "number",
            "is_member",
            "street",
            "postcode",
            "city",
            "country",
            "invoice_email",
            "endpoint",
        )
        labels = {
            "name": gettext_lazy("Name of the organisation"),
            "number": gettext_lazy("Number in the register"),
            "is_member": gettext_lazy("Pays the members' price"),
            "street": gettext_lazy("Street"),
            "postcode": gettext_lazy("Postcode"),
            "city": gettext_lazy("City"),
            "country": gettext_lazy("Country, two letters"),
            "invoice_email": gettext_lazy("E-mail address for invoices"),
            "endpoint": gettext_lazy("Electronic address for invoices"),
        }
        help_texts = {
            "number": "",
            "is_member": gettext_lazy("For what is submitted from now on."),
            "endpoint": gettext_lazy("Such as 0192:123456785."),
        }

    def clean_country(self) -> str:
        """Return the country in capital letters."""
        return str(self.cleaned_data["country"]).upper()


class InviteForm(forms.Form):
    """Whom to invite to act for an organisation."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


@login_required
@require_safe
def organisations(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the organisations, and those that may be the same."""
    return _list(request, juried(edition_seen_by(request, programme, edition)))


@login_required
@require_safe
def organisation(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Show an organisation with its people and entries."""
    found = juried(edition_seen_by(request, programme, edition))
    return _page(request, found, _organisation(found, organisation))


@login_required
@require_POST
def save_organisation(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Change an organisation's name, address or price."""
    found = juried(edition_changed_by(request, programme, edition))
    own = _organisation(found, organisation)
    form = OrganisationForm(request.POST, instance=_organisation(found, organisation))
    if not form.is_valid():
        return _page(request, found, own, form=form, status=respond.UNPROCESSABLE)
    typed, by, at = form.cleaned_data, request.user.public_id, timezone.now()
    is_member = typed.pop("is_member")
    try:
        actions.change_organisation(own.pk, typed, by=by, at=at)
        set_member(own.pk, is_member=is_member, by=by, at=at)
    except Refused as refusal:
        return _page(request, found, own, form=form, refusal=refusal)
    said = _("%(name)s is stored.") % {"name": typed["name"]}
    return respond.go_to(request, "organiser:organisation", programme, edition, own.public_id, said=said)


@login_required
@require_POST
def invite_colleague(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Invite somebody to act for an organisation: to see its cases and change them."""
    found = juried(edition_changed_by(request, programme, edition))
    own = _organisation(found, organisation)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, own, inviting=form, status=respond.UNPROCESSABLE)
    email, language = form.cleaned_data["email"], found.languages[0]
    links = link_to(request)
    try:
        actions.invite_colleague(
            own, found, email, language=language, link_to=links, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _page(request, found, own, inviting=form, refusal=refusal)
    said = _("The invitation to %(email)s is on its way.") % {"email": email}
    return respond.go_to(request, "organiser:organisation", programme, edition, own.public_id, said=said)


@login_required
@require_POST
def merge(request: SignedIn, programme: str, edition: str, organisation: str) -> HttpResponse:
    """Merge an organisation into another; ``into`` names the one that stays."""
    found = juried(edition_changed_by(request, programme, edition))
    own = _organisation(found, organisation)
    into = _organisation(found, request.POST.get("into", ""))
    try:
        merge_organisations(own.pk, into.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, own, refusal=refusal)
    said = _("%(one)s and %(other)s are one organisation now.") % {"one": own, "other": into}
    return respond.go_to(request, "organiser:organisations", programme, edition, said=said)


def _organisation(edition: Edition, public_id: str) -> Organisation:
    known = Organisation.objects.filter(organiser=edition.programme.organiser)
    return get_object_or_404(known, public_id=public_id)


def _list(request: SignedIn, edition: Edition) -> HttpResponse:
    organiser = edition.programme.organiser
    known, wanted = organisations_known(organiser), request.GET.get("q", "").strip()
    entered, acting = entry_counts(edition), acting_counts(organiser)
    base, entries = address_of(edition, "organisations"), address_of(edition, "entries")
    lines = [
        Line(
            f"{base}{one.public_id}/",
            f"{entries}?organisation={one.public_id}",
            one.name,
            one.is_member,
            entered.get(one.pk, 0),
            acting.get(one.pk, 0),
        )
        for one in known
    ]
    is_asked = "alike" in request.GET
    context = {
        **shell(request, edition, "organisations"),
        "wanted": wanted,
        "lines": [line for line in lines if wanted.casefold() in line.name.casefold()],
        "all_count": len(lines),
        "here_count": sum(line.entry_count > 0 for line in lines),
        "is_asked": is_asked,
        "alike": organisations_alike(known)[:MOST_PAIRS] if is_asked else [],
        "prices": _prices(edition),
    }
    return render(request, "organiser/organisations.html", context)


def _prices(edition: Edition) -> list[str]:
    """Return what an entry costs today, for members and for others; nothing where all is free."""
    fees = definition_in_force(edition).fees
    if fees is None:
        return []
    today = day_of(edition, timezone.now())
    found = [fee_on(fees, today, is_member=is_member) for is_member in (True, False)]
    return [money(fee.amount, fee.currency) for fee in found]


def _page(
    request: SignedIn,
    edition: Edition,
    own: Organisation,
    *,
    form: OrganisationForm | None = None,
    inviting: InviteForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    others = [one for one in organisations_known(edition.programme.organiser) if one.pk != own.pk]
    context: dict[str, Any] = {
        **shell(request, edition, "organisations"),
        "organisation": own,
        "form": form or OrganisationForm(instance=own),
        "inviting": inviting or InviteForm(),
        "people": colleagues_in(own),
        "entries": entries_behind(edition, own),
        "others": others,
        "refusal": refusal,
    }
    code = respond.CONFLICT if refusal is not None else status
    return render(request, "organiser/organisation.html", context, status=code)


urlpatterns = [
    path("organisations/", organisations, name="organisations"),
    path("organisations/<slug:organisation>/", organisation, name="organisation"),
    path("organisations/<slug:organisation>/save/", save_organisation, name="save_organisation"),
    path("organisations/<slug:organisation>/invite/", invite_colleague, name="invite_colleague"),
    path("organisations/<slug:organisation>/merge/", merge, name="merge_organisations"),
]
