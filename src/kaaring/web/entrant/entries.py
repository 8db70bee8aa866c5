"""One entry: its answers, which save themselves, its division, its declarations, and handing it in."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions
from kaaring.entries.models import Answer, Declaration, Entry
from kaaring.entries.rules.declarations import NOMINEE, attestations_of, needless
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.words import words_in
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.eligibility import rule_in_words
from kaaring.web import respond
from kaaring.web.entrant.cases import version_in
from kaaring.web.entrant.forms import DeclarationForm
from kaaring.web.entrant.shell import around, may_take_back, standing, written_entry
from kaaring.web.entrant.standing import EntryStanding, place_of
from kaaring.web.request import SignedIn


class Asked(NamedTuple):
    """A criterion with what stands there: what was typed, where it is not what is stored, and what is."""

    criterion: Criterion
    answer: Answer | None
    version: int
    typed: str | None = None
    refusal: Refused | None = None
    saved_at: datetime | None = None

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.stored if self.typed is None else self.typed

    @property
    def stored(self) -> str:
        """What is stored."""
        return self.answer.text if self.answer else ""

    @property
    def openness(self) -> str:
        """Who may read the answer later."""
        return self.answer.openness if self.answer else Answer.Openness.JURY

    @property
    def word_count(self) -> int:
        """How many words stand in the field."""
        return words_in(self.text)

    @property
    def too_many(self) -> int:
        """How many of them are too many."""
        most = self.criterion.most_words
        return 0 if most is None else max(0, self.word_count - most)

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else has stored another text meanwhile."""
        return self.refusal is not None and self.refusal.code == "changed_meanwhile"


class ToDeclare(NamedTuple):
    """Something to declare, in words, and the declaration if it has been made."""

    key: str
    sentence: str
    declaration: Declaration | None
    form: DeclarationForm | None
    needs_proof: bool


@login_required
@require_safe
def entry(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Show an entry: to be written while it is a draft, to be read once it is submitted."""
    return page_of(request, written_entry(request, programme, edition, entry))


def page_of(
    request: SignedIn,
    entry: Entry,
    *,
    refusal: Refused | None = None,
    asked: Asked | None = None,
    declaring: DeclarationForm | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of an entry, and with what was typed where it could not be stored."""
    stands = standing(entry.case)
    one = next(each for each in stands.entries if each.entry.pk == entry.pk)
    typed = {} if asked is None else {asked.criterion.code: asked}
    version = entry.case.version
    context = {
        **around(stands, "categories"),
        "one": one,
        "entry": one.entry,
        "category": one.dossier.category,
        "lock": one.lock,
        "asked": [
            typed.get(each.code, Asked(each, one.dossier.answers.get(each.code), version))
            for each in one.dossier.category.criteria
        ],
        "openness": Answer.Openness.choices,
        "declared": _to_declare(one.dossier, declaring),
        "divisions": one.dossier.verdict.divisions,
        "may_take_back": may_take_back(one.entry),
        "reason": reason,
    }
    if refusal is not None:
        return respond.refused(request, "entrant/entry.html", refusal, context)
    return render(request, "entrant/entry.html", context, status=status)


def _to_declare(dossier: Dossier, declaring: DeclarationForm | None) -> list[ToDeclare]:
    """Return what the entrant declares; who is nominated declares on a page of their own.

    What another alternative has settled is not asked, unless it has been declared.
    """
    attachments = dossier.entry.case.attachments.filter(removed_at=None)
    proofs = [(one.public_id, one.name) for one in attachments]
    settled = needless(dossier.verdict.findings)
    found = []
    for key, rule in attestations_of(dossier.category).items():
        is_needless = key in settled and key not in dossier.declarations
        if is_needless or (rule.who == NOMINEE and rule.proof == "none"):
            continue
        form = DeclarationForm(initial={"rule": key}, proofs=proofs if rule.proof != "none" else ())
        if declaring is not None and declaring["rule"].value() == key:
            form = declaring
        sentence = rule_in_words(rule, dossier.definition, year=dossier.year)
        needs_proof = rule.proof == "required"
        found.append(ToDeclare(key, sentence, dossier.declarations.get(key), form, needs_proof))
    return found


@login_required
@require_POST
def save_answer(request: SignedIn, programme: str, edition: str, entry: str, criterion: str) -> HttpResponse:
    """Store an answer, by the button or by itself; what cannot be stored stays on the page."""
    found = written_entry(request, programme, edition, entry)
    text, openness = request.POST.get("text", ""), request.POST.get("openness", Answer.Openness.JURY)
    text = text.replace("\r\n", "\n")
    at = timezone.now()
    try:
        actions.write_answer(
            found.pk,
            criterion,
            text,
            openness=openness,
            version=version_in(request),
            by=request.user.public_id,
            at=at,
        )
    except Refused as refusal:
        return _not_saved(request, found, criterion, text, refusal)
    if not request.htmx:
        return respond.go_to(
            request, "entrant:entry", *place_of(found.case)[:2], found.public_id, said=_("Saved.")
        )
    fresh = written_entry(request, programme, edition, entry)
    one = standing_of_entry(fresh)
    asked = _asked(one, criterion)._replace(saved_at=local(at, fresh.edition.timezone))
    return _state(request, one, asked)


def _asked(one: EntryStanding, criterion: str) -> Asked:
    found = next(each for each in one.dossier.category.criteria if each.code == criterion)
    return Asked(found, one.dossier.answers.get(criterion), one.entry.case.version)


def _not_saved(request: SignedIn, entry: Entry, criterion: str, text: str, refusal: Refused) -> HttpResponse:
    """Say why a text is not stored, beside the text and what is stored instead."""
    if refusal.code == "unknown_criterion":
        return page_of(request, entry, refusal=refusal)
    one = standing_of_entry(entry)
    asked = _asked(one, criterion)._replace(typed=text, refusal=refusal)
    if request.htmx:
        return _state(request, one, asked, status=respond.CONFLICT)
    return page_of(request, entry, refusal=refusal, asked=asked)


def _state(request: SignedIn, one: EntryStanding, asked: Asked, *, status: int = 200) -> HttpResponse:
    """Answer with the state beside a text, and with what is missing now, which stands further down."""
    context = {"ask": asked, "entry": one.entry, "one": one, "lock": one.lock, "is_beside": True}
    return render(request, "entrant/entry.html#state", context, status=status)


@login_required
@require_POST
def choose_division(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Choose the part of the category in which the entry competes."""
    found = written_entry(request, programme, edition, entry)
    division = request.POST.get("division", "")
    try:
        actions.choose_division(found.pk, division, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return page_of(request, found, refusal=refusal)
    return _done(request, found, _("Saved."), "division")


@login_required
@require_POST
def declare(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Declare what a rule asks for."""
    found = written_entry(request, programme, edition, entry)
    attachments = found.case.attachments.filter(removed_at=None)
    proofs = {one.public_id: one for one in attachments}
    form = DeclarationForm(request.POST, proofs=[(key, one.name) for key, one in proofs.items()])
    if not form.is_valid():
        return page_of(request, found, declaring=form, status=respond.UNPROCESSABLE)
    typed = form.cleaned_data
    proof = proofs.get(typed.get("proof", ""))
    try:
        actions.declare(
            found.pk,
            typed["rule"],
            typed["declared_as"],
            proof_id=proof.pk if proof else None,
            by=request.user.public_id,
            at=timezone.now(),
        )
    except Refused as refusal:
        return page_of(request, found, refusal=refusal, declaring=form)
    return _done(request, found, _("Declared."), "declarations")


@login_required
@require_POST
def undeclare(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Take a declaration back."""
    found = written_entry(request, programme, edition, entry)
    declaration = found.declarations.filter(rule=request.POST.get("rule", "")).first()
    try:
        if declaration is not None:
            actions.take_declaration_back(declaration.pk, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return page_of(request, found, refusal=refusal)
    return _done(request, found, _("The declaration is taken back."), "declarations")


def _done(request: SignedIn, entry: Entry, said: str, anchor: str) -> HttpResponse:
    place = [*place_of(entry.case)[:2], entry.public_id]
    response = respond.go_to(request, "entrant:entry", *place, said=said)
    response["Location"] += f"#{anchor}"
    return response


def standing_of_entry(entry: Entry) -> EntryStanding:
    """Return how one entry stands now."""
    stands = standing(entry.case)
    return next(each for each in stands.entries if each.entry.pk == entry.pk)


urlpatterns = [
    path("entries/<slug:entry>/", entry, name="entry"),
    path("entries/<slug:entry>/answers/<slug:criterion>/save/", save_answer, name="save_answer"),
    path("entries/<slug:entry>/division/", choose_division, name="choose_division"),
    path("entries/<slug:entry>/declare/", declare, name="declare"),
    path("entries/<slug:entry>/undeclare/", undeclare, name="undeclare"),
]
