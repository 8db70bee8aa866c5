"""How pages change the rules: a changed copy of the definition in force, checked, and stored with its reason.

Rules that are not frozen are replaced. Where they are frozen the reader first sees what a new version would
change, and gives the reason; nothing typed is lost on the way there or back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm, BoundField
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.programmes.actions import digest_of
from kaaring.programmes.definition import Definition, changes, document, restored
from kaaring.programmes.definition.editing import new_faults, survey_of
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.definition.schema import Survey
from kaaring.programmes.models import Edition, Rules
from kaaring.survey.actions import store_definition
from kaaring.web import respond
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn

NOT_ECHOED = ("csrfmiddlewaretoken", "because", "again")


@dataclass(frozen=True)
class Desk:
    """The rules of an edition laid out for reading and changing."""

    edition: Edition
    rules: Rules
    definition: Definition

    @property
    def survey(self) -> Survey:
        """What is measured. Refused where nothing is."""
        return survey_of(self.definition)

    def address(self, view: str, *further: object) -> str:
        """Return the address of one of the edition's pages."""
        return address_of(self.edition, view, *further)


class Change(NamedTuple):
    """A change somebody asks for: how it is made, what to say and where to go when it is done.

    ``again`` shows the page it was asked for on once more, with a refusal or with the faults it would bring.
    """

    make: Callable[[Definition], Definition]
    said: str
    then: str
    back: str
    again: Callable[[Refused | None, Sequence[Finding], int], HttpResponse]


class Group(NamedTuple):
    """Fields that belong together under a heading."""

    title: str
    hint: str
    fields: Iterable[BoundField]


class FormPage(NamedTuple):
    """A page with one form: what it is called, where it is stored, and the way back."""

    here: str
    title: str
    lede: str
    form: BaseForm
    groups: Sequence[Group]
    save: str
    back: tuple[str, str]
    remove: str = ""
    remove_hint: str = ""
    kicker: str = ""


def address_of(edition: Edition, view: str, *further: object) -> str:
    """Return the address of one of an edition's pages."""
    return reverse(f"organiser:{view}", args=(edition.programme.slug, edition.slug, *further))


def desk_if_any(edition: Edition) -> Desk | None:
    """Return the rules of an edition laid out, or None where none are loaded yet."""
    rules = Rules.objects.filter(edition=edition).order_by("-number").first()
    return Desk(edition, rules, restored(rules.document)) if rules else None


def desk_if_measured(edition: Edition) -> Desk | None:
    """Return the rules of an edition laid out, or None where there are none or they measure nothing."""
    desk = desk_if_any(edition)
    return desk if desk and desk.definition.survey else None


def desk_of(edition: Edition) -> Desk:
    """Return the rules of an edition laid out; where nothing is measured there is no such page (404)."""
    desk = desk_if_measured(edition)
    if desk is None:
        raise Http404
    return desk


def around(request: SignedIn, desk: Desk, here: str) -> dict[str, Any]:
    """Return the context of a page about the rules."""
    return {
        **shell(request, desk.edition, here),
        "rules": desk.rules,
        "survey": desk.definition.survey,
        "next_version": desk.rules.number + 1,
    }


def carry_out(request: SignedIn, desk: Desk, change: Change) -> HttpResponse:
    """Make a change, check it, and store it; ask for the reason first where the rules are frozen."""
    if "again" in request.POST:
        return change.again(None, (), 200)
    try:
        after = change.make(desk.definition)
    except Refused as refusal:
        return change.again(refusal, (), respond.CONFLICT)
    if faults := new_faults(desk.definition, after):
        return change.again(None, faults, respond.UNPROCESSABLE)
    reason = request.POST.get("because", "").strip()
    if needs_a_reason(desk, after) and not reason:
        return _ask_why(request, desk, after, change)
    try:
        _store(desk, after, reason or desk.rules.reason, by=request.user.public_id)
    except Refused as refusal:
        return change.again(refusal, (), respond.CONFLICT)
    return go_on(request, change.then, change.said)


def needs_a_reason(desk: Desk, after: Definition) -> bool:
    """Say whether a change makes a new version: the rules are frozen, and more than the dates differs."""
    return desk.rules.frozen_at is not None and digest_of(document(after)) != desk.rules.digest


def go_on(request: SignedIn, address: str, said: str = "") -> HttpResponse:
    """Send the reader on to an address, with a sentence that says what was done."""
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(address)


def form_page(
    request: SignedIn,
    around_it: dict[str, Any],
    page: FormPage,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a page with one form; for those who may only read, everything in it is locked."""
    return render(
        request, "organiser/setup_form.html", {**around_it, "page": page, "refusal": refusal}, status=status
    )


def tell(form: BaseForm, faults: Sequence[Finding], field_of: Callable[[Finding], str | None]) -> None:
    """Put faults beside the fields they are about, or on top of the form."""
    for fault in faults:
        name = field_of(fault)
        form.add_error(name if name in form.fields else None, in_words(fault))


def refused_for(faults: Sequence[Finding]) -> Refused | None:
    """Return faults as one refusal, for pages that have no form to put them in."""
    if not faults:
        return None
    reason = _("This cannot be stored, since the rules would no longer hold together.")
    return Refused("faults", reason, details=tuple(in_words(fault) for fault in faults))


def in_words(fault: Finding) -> str:
    """Return a fault as sentences: what is wrong, and what to do."""
    return f"{fault.message}. {fault.remedy[:1].upper()}{fault.remedy[1:]}."


@transaction.atomic
def _store(desk: Desk, after: Definition, reason: str, *, by: str) -> None:
    """Store a changed definition, unless somebody else has changed the rules since the desk was laid out."""
    Edition.objects.select_for_update().get(pk=desk.edition.pk)
    newest = Rules.objects.select_for_update().filter(edition=desk.edition).order_by("-number").first()
    if newest is None or (newest.pk, newest.document) != (desk.rules.pk, desk.rules.document):
        raise Refused(
            "changed_meanwhile",
            _("Somebody else changed the rules at the same moment. Look at them once more, and store again."),
        )
    organiser = desk.edition.programme.organiser
    store_definition(after, organiser, new_version_because=reason, by=by, at=timezone.now())


def _ask_why(request: SignedIn, desk: Desk, after: Definition, change: Change) -> HttpResponse:
    echoed = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in NOT_ECHOED
    ]
    context = {
        **around(request, desk, "rules"),
        "changes": changes(desk.definition, after),
        "echoed": echoed,
        "address": request.path,
        "back": change.back,
        "error": _("Give the reason. It is shown wherever the versions are listed.")
        if "because" in request.POST
        else "",
    }
    return render(request, "organiser/new_version.html", context, status=respond.CONFLICT)
