"""One entry whole: the case, its texts and figures, what the rules say, what was declared, what happened."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.audit.queries import lines_of
from kaaring.entries import actions
from kaaring.entries.content import kind_called
from kaaring.entries.models import Attachment, Declaration, Entry, InvoiceLine, Nominee, Party
from kaaring.entries.queries import (
    dossier_of,
    in_words,
    may_read_protected,
    protected_facts_of,
)
from kaaring.entries.queries.lists import entry_line
from kaaring.entries.queries.protected import Told
from kaaring.entries.queries.recipients import recipients_of
from kaaring.entries.queries.submitted import as_submitted, attachments_submitted
from kaaring.entries.rules.cases import has_lapsed, open_correction
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.record import Protected, RuleTold, rules_told
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text, said
from kaaring.programmes.eligibility import answer_in_words, read, rule_in_words
from kaaring.programmes.eligibility.names import Names
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.web import respond
from kaaring.web.attached import file_of
from kaaring.web.entry_links import page_about
from kaaring.web.organiser.entries import juried
from kaaring.web.organiser.entry_forms import (
    CorrectionForm,
    DivisionForm,
    LateForm,
    ProtectedForm,
    WithdrawForm,
    in_a_week,
)
from kaaring.web.organiser.entry_words import badges
from kaaring.web.organiser.juried import not_out
from kaaring.web.organiser.log import in_log
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

MOST_LINES = 200
FORMS = ("correction", "late", "withdraw", "division", "protected")
type Doing = Callable[[Entry, dict[str, Any], str, datetime], str]
"""What is to be done with an entry: what was typed, by whom and when; returns a sentence that says it."""


class File(NamedTuple):
    """An attachment with what people call its kind."""

    attachment: Attachment
    kind: str


@login_required
@require_safe
def entry(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Show an entry."""
    found = juried(edition_seen_by(request, programme, edition))
    return _page(request, found, _entry(request, found, entry))


@login_required
@require_safe
def entry_file(request: SignedIn, programme: str, edition: str, entry: str, attachment: str) -> FileResponse:
    """Send a file of the case."""
    found = juried(edition_seen_by(request, programme, edition))
    files = attachments_submitted(_entry(request, found, entry))
    file = next((one for one in files if one.public_id == attachment), None)
    if file is None:
        raise Http404
    return file_of(file, name=file.name)


@login_required
@require_POST
def ask_correction(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Open a submitted entry for its entrant until a moment."""

    def do(about: Entry, typed: dict[str, Any], by: str, at: datetime) -> str:
        wanted, until = typed["wanted"], typed["until"]
        actions.ask_correction(about.pk, wanted, until=until, page_of=page_about(request), by=by, at=at)
        if recipients_of([about.case], with_partners=False)[about.case_id]:
            return _("The entrant can correct it now, and is written to.")
        words = {"organisation": about.case.organisation}
        return _("It is open, but nobody acts for %(organisation)s yet: invite somebody there.") % words

    return _do(request, edition_changed_by(request, programme, edition), entry, "correction", do)


@login_required
@require_POST
def allow_late(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Let a draft be submitted after the deadline."""

    def do(about: Entry, typed: dict[str, Any], by: str, at: datetime) -> str:
        actions.allow_late(about.pk, until=typed["until"], reason=typed["reason"], by=by, at=at)
        return _("The entry is allowed to be late. The reason is kept in the log.")

    return _do(request, edition_changed_by(request, programme, edition), entry, "late", do)


@login_required
@require_POST
def withdraw(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Take an entry out of the competition."""

    def do(about: Entry, typed: dict[str, Any], by: str, at: datetime) -> str:
        actions.withdraw_entry(about.pk, reason=typed["reason"], by=by, at=at)
        return _("Entry %(code)s is withdrawn.") % {"code": about.code}

    return _do(request, edition_changed_by(request, programme, edition), entry, "withdraw", do)


@login_required
@require_POST
def assign_division(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Say in which part of its category an entry competes."""

    def do(about: Entry, typed: dict[str, Any], by: str, at: datetime) -> str:
        actions.assign_division(about.pk, typed["division"], by=by, at=at)
        return _("Stored.")

    return _do(request, edition_changed_by(request, programme, edition), entry, "division", do)


@login_required
@require_POST
def check_declaration(
    request: SignedIn, programme: str, edition: str, entry: str, declaration: int
) -> HttpResponse:
    """Say whether a declaration is accepted."""
    found = juried(edition_changed_by(request, programme, edition))
    about = _entry(request, found, entry)
    asked = get_object_or_404(Declaration, entry=about, pk=declaration)
    is_accepted, reason = request.POST.get("decision") == "accept", request.POST.get("reason", "")[:2000]
    try:
        actions.check_declaration(
            asked.pk, is_accepted=is_accepted, reason=reason, by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return _page(request, found, about, refusal=refusal)
    words = _("The declaration is accepted.") if is_accepted else _("The declaration is not accepted.")
    return _back(request, about, words)


@login_required
@require_POST
def read_protected(request: SignedIn, programme: str, edition: str, entry: str) -> HttpResponse:
    """Show protected answers once, to an owner or manager who says why."""
    found = juried(edition_changed_by(request, programme, edition))
    about = _entry(request, found, entry)
    form = ProtectedForm(request.POST, prefix="protected")
    if not form.is_valid():
        return _page(request, found, about, typed={"protected": form}, status=respond.UNPROCESSABLE)
    reason, by = form.cleaned_data["reason"], request.user.public_id
    try:
        values = actions.read_protected(about.case_id, reason=reason, by=by, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, about, refusal=refusal, typed={"protected": form})
    response = _page(request, found, about, protected=values)
    response["Cache-Control"] = "private, no-store"
    return response


def _do(request: SignedIn, edition: Edition, public_id: str, name: str, do: Doing) -> HttpResponse:
    """Carry out what a form asks for, or show the entry again with what was typed and what is wrong."""
    about = _entry(request, juried(edition), public_id)
    with timezone.override(ZoneInfo(edition.timezone)):
        form = _forms(about, dossier_of(about), request)[name]
        is_valid = form.is_valid()
    if not is_valid:
        return _page(request, edition, about, typed={name: form}, status=respond.UNPROCESSABLE)
    try:
        words = do(about, form.cleaned_data, request.user.public_id, timezone.now())
    except Refused as refusal:
        return _page(request, edition, about, refusal=refusal, typed={name: form})
    return _back(request, about, words)


def _forms(entry: Entry, dossier: Dossier, request: SignedIn | None = None) -> dict[str, forms.Form]:
    """Return every form of the page, each with names of its own."""
    posted = request.POST if request else None
    divisions = dossier.verdict.divisions
    soon = {"until": in_a_week()}
    correction = open_correction(entry)
    asked = {"wanted": correction.wanted, "until": correction.until} if correction else soon
    return {
        "correction": CorrectionForm(posted, prefix="correction", initial=asked),
        "late": LateForm(posted, prefix="late", initial=soon),
        "withdraw": WithdrawForm(posted, prefix="withdraw"),
        "division": DivisionForm(
            posted,
            prefix="division",
            divisions=divisions.fitting if divisions else (),
            initial={"division": entry.division},
        ),
        "protected": ProtectedForm(posted, prefix="protected"),
    }


def _back(request: SignedIn, entry: Entry, words: str) -> HttpResponse:
    edition = entry.edition
    where = (edition.programme.slug, edition.slug, entry.public_id)
    return respond.go_to(request, "organiser:entry", *where, said=words)


def _entry(request: SignedIn, edition: Edition, public_id: str) -> Entry:
    whole = Entry.objects.select_related(
        "edition__programme__organiser",
        "case__edition__programme__organiser",
        "case__organisation",
        "case__merged_into",
        "case__created_by",
        "category",
        "submitted_by",
    ).prefetch_related("corrections")
    found = get_object_or_404(whole, edition=edition, public_id=public_id)
    not_out(request.user, edition, found.pk)
    return found


def _page(
    request: SignedIn,
    edition: Edition,
    about: Entry,
    *,
    refusal: Refused | None = None,
    typed: dict[str, forms.Form] | None = None,
    protected: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    dossier, is_reader = dossier_of(about), may_read_protected(about.case, request.user)
    with timezone.override(ZoneInfo(edition.timezone)):
        context = {
            **shell(request, edition, "entries"),
            **_told(as_submitted(dossier), dossier.nominee),
            **_around(about, dossier),
            "record": _record(about, dossier, Protected.SEALED if protected is None else Protected.OPENED),
            "declarations": _declared(dossier, is_reader=is_reader),
            "forms": _forms(about, dossier) | (typed or {}),
            "open_form": next(iter(typed), "") if typed else "",
            "may_read_protected": is_reader,
            "protected": in_words(protected, dossier.definition) if protected is not None else None,
            "protected_count": protected_facts_of(about.case).count(),
            "refusal": refusal,
        }
        code = respond.CONFLICT if refusal is not None else status
        return render(request, "organiser/entry.html", context, status=code)


def _told(dossier: Dossier, nominee: Nominee | None) -> dict[str, Any]:
    """Return what the entry says to the jury; ``nominee`` is the one who is asked."""
    entry = dossier.entry
    open_facts = read(entry.case.facts, dossier.definition).facts.answers
    return {
        "entry": entry,
        "case": entry.case,
        "dossier": dossier,
        "category": dossier.category,
        "parties": dossier.parties,
        "roles": _behind(dossier),
        "nominee": nominee,
        "has_consent": nominee is None or (nominee.consented_version or 0) >= entry.case.version,
        "answers": [(one, dossier.answers.get(one.code)) for one in dossier.category.criteria],
        "facts": [
            Told(
                fact.code,
                said(fact.name),
                answer_in_words(fact.code, open_facts[fact.code], dossier.definition),
            )
            for fact in dossier.definition.facts
            if fact.code in open_facts
        ],
        "divisions": dossier.verdict.divisions,
        "division": next(
            (said(one.name) for one in dossier.category.divisions if one.code == entry.division), ""
        ),
    }


def _behind(dossier: Dossier) -> list[tuple[Party, str, Party]]:
    """Return every party with its role in words, and as it stands now: what it has approved."""
    case, names = dossier.entry.case, Names(dossier.definition)
    now = {party.organisation_id: party for party in case.parties.select_related("organisation")}
    return [
        (party, names.term(party.role), now.get(party.organisation_id, party)) for party in dossier.parties
    ]


def _around(entry: Entry, dossier: Dossier) -> dict[str, Any]:
    """Return what is known about the entry: what the rules say, what was declared, what happened."""
    at = timezone.now()
    looks, line = badges(), entry_line(entry, dossier.definition, at=at)
    ids = [entry.public_id, entry.case.public_id]
    lines = lines_of(chain_of(entry.edition)).filter(about__in=ids)[:MOST_LINES]
    return {
        "badges": [looks[state] for state in (line.state, *line.matters)],
        "line": line,
        "correction": open_correction(entry),
        "has_lapsed": has_lapsed(entry, at=at),
        "corrections": [one for one in entry.corrections.all() if one.answered_at is not None],
        "gaps": [gap for gap in dossier.gaps if not gap.is_protected] if line.state == "draft" else (),
        "files": [File(one, _kind(one)) for one in attachments_submitted(entry)],
        "other_entries": Entry.objects.filter(case=entry.case)
        .exclude(pk=entry.pk)
        .select_related("category"),
        "invoice_lines": InvoiceLine.objects.filter(entry=entry).select_related("invoice"),
        "history": in_log(list(lines), entry.edition),
    }


def _declared(dossier: Dossier, *, is_reader: bool) -> list[Declaration]:
    """Return what was declared; what goes by protected answers only to who may read those."""
    hidden = [one.key for one in dossier.verdict.findings if one.is_protected and not is_reader]
    return [
        one
        for key, one in dossier.declarations.items()
        if not any(f"{key}/".startswith(f"{rule}/") for rule in hidden)
    ]


def _record(entry: Entry, dossier: Dossier, protected: Protected) -> list[RuleTold]:
    """Return what the rules said; of those about protected answers, of which only that is kept, the rule."""
    rules = {one.key: one.rule for one in dossier.verdict.findings if one.is_protected}
    language = get_language() or "en"

    def words(key: str) -> Text:
        said_so = rule_in_words(rules[key], dossier.definition, year=dossier.year)
        return rules[key].wording or {language: said_so}

    record = entry.eligibility if entry.submitted_at else dossier.record
    worded = [
        {**one, "wording": words(one["key"])} if one["is_protected"] and one["key"] in rules else one
        for one in record
    ]
    return rules_told(worded, with_names=True, protected=protected)


def _kind(attachment: Attachment) -> str:
    kind = kind_called(attachment.content_type)
    return kind.ending.removeprefix(".").upper() if kind else ""


urlpatterns = [
    path("entries/<slug:entry>/", entry, name="entry"),
    path("entries/<slug:entry>/attachments/<slug:attachment>/", entry_file, name="entry_file"),
    path("entries/<slug:entry>/correction/", ask_correction, name="ask_correction"),
    path("entries/<slug:entry>/late/", allow_late, name="allow_late"),
    path("entries/<slug:entry>/withdraw/", withdraw, name="withdraw_entry"),
    path("entries/<slug:entry>/division/", assign_division, name="assign_division"),
    path("entries/<slug:entry>/declarations/<int:declaration>/", check_declaration, name="check_declaration"),
    path("entries/<slug:entry>/protected/", read_protected, name="read_protected"),
]
