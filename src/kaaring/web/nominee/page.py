"""A nominee's own page: what is said about them, and their say in it. The key in the address opens it."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries import actions, queries
from kaaring.entries.models import Answer, Entry, Nominee
from kaaring.entries.rules.nominees import against_declining
from kaaring.jury.queries.stages import first_reading
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Criterion
from kaaring.programmes.models import Category
from kaaring.programmes.queries import definition_in_force
from kaaring.web import respond
from kaaring.web.request import Request


class Said(NamedTuple):
    """What is said about the nominee in one category: an answer to each criterion."""

    entry: Entry
    category: Category
    answers: list[tuple[Criterion, Answer]]


@never_cache
@require_safe
def page(request: Request, token: str) -> HttpResponse:
    """Show what is said about the nominee, and what they have decided."""
    return _unlisted(render(request, "nominee/page.html", _context(_nominee(token))))


@never_cache
@require_POST
def agree(request: Request, token: str) -> HttpResponse:
    """Agree to what was read."""
    nominee = _nominee(token)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        actions.consent(nominee.pk, version=version, at=timezone.now())
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
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _context(nominee: Nominee) -> dict[str, Any]:
    case, edition = nominee.case, nominee.case.edition
    definition = definition_in_force(edition)
    entries = list(
        Entry.objects.filter(case=case, withdrawn_at=None)
        .select_related("category")
        .prefetch_related("answers", "corrections")
        .order_by("code")
    )
    lock = against_declining(nominee, entries, judged_from=first_reading(edition), at=timezone.now())
    return {
        "nominee": nominee,
        "case": case,
        "edition": edition,
        "programme": edition.programme,
        "organiser": edition.programme.organiser,
        "has_agreed": nominee.consented_version == case.version,
        "said": [_said(entry, definition) for entry in entries],
        "parties": case.parties.select_related("organisation"),
        "figures": case.figures.all(),
        "attachments": queries.attachments_of(case),
        "told": queries.told_of(case, definition),
        "decline_lock": lock,
        "decline_label": _("Withdraw my consent") if nominee.consented_at else _("I do not agree"),
    }


def _said(entry: Entry, definition: Definition) -> Said:
    answers = {answer.criterion: answer for answer in entry.answers.all()}
    rules = next((one for one in definition.categories if one.code == entry.category.code), None)
    asked = rules.criteria if rules else ()
    return Said(entry, entry.category, [(one, answers[one.code]) for one in asked if one.code in answers])


urlpatterns = [
    path("<str:token>/", page, name="page"),
    path("<str:token>/agree/", agree, name="agree"),
    path("<str:token>/decline/", decline, name="decline"),
]
