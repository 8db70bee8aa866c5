"""A nominee's own page: what is said about them, and their say in it. The key in the address opens it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.models import Answer, Attachment, Case, Entry, Figure, Nominee, Party
from kaaring.entries.queries.dossiers import dossiers_of
from kaaring.entries.queries.submitted import as_submitted, attachments_submitted
from kaaring.entries.rules.cases import has_lapsed, open_correction
from kaaring.entries.rules.consent import against_deciding, version_asked
from kaaring.entries.rules.dossier import Dossier
from kaaring.entries.rules.nominees import against_declining
from kaaring.entries.rules.record import RuleTold, rules_told
from kaaring.jury.queries.stages import first_reading
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.models import Category, Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.results.queries.runs import current_run
from kaaring.web import respond
from kaaring.web.attached import file_of
from kaaring.web.request import Request

UNLISTED = "noindex, nofollow"


class Said(NamedTuple):
    """What is said about the nominee in one category: an answer to each criterion, and what the rules say."""

    entry: Entry
    category: Category
    answers: list[tuple[Criterion, Answer]]
    rules: list[RuleTold]


class Text(NamedTuple):
    """One text of the case, with the entries that say it; there is one, unless some hold to an older one."""

    case: Case
    said: list[Said]
    parties: Sequence[Party]
    figures: Sequence[Figure]
    attachments: list[Attachment]


@never_cache
@require_safe
def page(request: Request, token: str) -> HttpResponse:
    """Show what is said about the nominee, and what they have decided."""
    return _unlisted(render(request, "nominee/page.html", _context(_nominee(token))))


@never_cache
@require_safe
def attachment(request: Request, token: str, attachment: str) -> FileResponse:
    """Send a file of the case to the nominee whom it is about."""
    nominee = _nominee(token)
    files = (
        one for text in _texts(nominee, _entries(nominee.case), timezone.now()) for one in text.attachments
    )
    found = next((one for one in files if one.public_id == attachment), None)
    if found is None:
        raise Http404
    response = file_of(found, name=found.name)
    response["X-Robots-Tag"] = UNLISTED
    return response


@never_cache
@require_POST
def agree(request: Request, token: str) -> HttpResponse:
    """Agree to what was read."""
    nominee = _nominee(token)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        announced_at = _announced_at(nominee.case.edition)
        actions.consent(nominee.pk, version=version, announced_at=announced_at, at=timezone.now())
    except Refused as refusal:
        return _refused(request, token, refusal)
    return _unlisted(redirect("nominee:page", token))


@never_cache
@require_POST
def decline(request: Request, token: str) -> HttpResponse:
    """Decline, or withdraw a consent given before."""
    nominee = _nominee(token)
    try:
        actions.decline(nominee.pk, judged_from=first_reading(nominee.case.edition), at=timezone.now())
    except Refused as refusal:
        return _refused(request, token, refusal)
    return _unlisted(redirect("nominee:page", token))


def _nominee(token: str) -> Nominee:
    found = queries.nominee_at(token)
    if found is None:
        raise Http404
    return found


def _refused(request: Request, token: str, refusal: Refused) -> HttpResponse:
    return _unlisted(respond.refused(request, "nominee/page.html", refusal, _context(_nominee(token))))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines; the header holds also where a page is only linked to."""
    response["X-Robots-Tag"] = UNLISTED
    return response


def _announced_at(edition: Edition) -> datetime | None:
    run = current_run(edition)
    return run.published_at if run else None


def _context(nominee: Nominee) -> dict[str, Any]:
    case, edition, at = nominee.case, nominee.case.edition, timezone.now()
    entries = _entries(case)
    version = version_asked(case, entries, at=at)
    return {
        "nominee": nominee,
        "case": case,
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "version": version,
        "has_agreed": (nominee.consented_version or 0) >= version,
        "over": against_deciding(nominee, entries, announced_at=_announced_at(edition), at=at),
        "has_lapsed": any(has_lapsed(one, at=at) for one in entries),
        "is_corrected": any(open_correction(one) and not has_lapsed(one, at=at) for one in entries),
        "texts": _texts(nominee, entries, at),
        "told": queries.told_of(case, definition_in_force(edition)),
        "decline_lock": against_declining(nominee, entries, judged_from=first_reading(edition), at=at),
        "decline_label": _("Withdraw my consent") if nominee.consented_at else _("I do not agree"),
    }


def _entries(case: Case) -> list[Entry]:
    found = Entry.objects.filter(case=case).select_related("category", "case__organisation", "edition")
    return list(found.prefetch_related("corrections").order_by("code"))


def _texts(nominee: Nominee, entries: Sequence[Entry], at: datetime) -> list[Text]:
    """Return what is said: the case as it is now, and where a correction has lapsed, as it was submitted."""
    case, definition = nominee.case, definition_in_force(nominee.case.edition)
    living = [one for one in entries if one.withdrawn_at is None]
    dossiers = dossiers_of(living, definition)
    found: dict[int, Text] = {}
    for dossier in dossiers:
        shown = as_submitted(dossier) if has_lapsed(dossier.entry, at=at) else dossier
        version = shown.entry.case.version
        if version not in found:
            files = attachments_submitted(dossier.entry) if shown is not dossier else _files(case)
            found[version] = Text(shown.entry.case, [], shown.parties, shown.figures, files)
        found[version].said.append(_said(shown))
    if found:
        return list(found.values())
    parties = case.parties.select_related("organisation")
    return [Text(case, [], list(parties), list(case.figures.all()), _files(case))]


def _files(case: Case) -> list[Attachment]:
    return list(queries.attachments_of(case))


def _said(dossier: Dossier) -> Said:
    entry, answers = dossier.entry, dossier.answers
    record = entry.eligibility if entry.submitted_at is not None else dossier.record
    asked = dossier.category.criteria
    return Said(
        entry,
        entry.category,
        [(one, answers[one.code]) for one in asked if one.code in answers],
        rules_told(record, with_names=True),
    )


urlpatterns = [
    path("<str:token>/", page, name="page"),
    path("<str:token>/attachments/<slug:attachment>/", attachment, name="attachment"),
    path("<str:token>/agree/", agree, name="agree"),
    path("<str:token>/decline/", decline, name="decline"),
]
