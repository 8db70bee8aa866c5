"""Forms that save themselves while people type: what such a save is answered with."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.request import SignedIn


def state_of(
    request: SignedIn,
    page: str,
    edition: Edition,
    context: dict[str, Any],
    *,
    wrong: Iterable[BaseForm] = (),
    refusal: Refused | None = None,
) -> HttpResponse:
    """Answer with the part of a page that says whether it is saved, and if not, why; the fields stay."""
    faults = [
        (field.label, " ".join(map(str, field.errors))) for form in wrong for field in form if field.errors
    ]
    status = respond.CONFLICT if refusal else respond.UNPROCESSABLE if faults else 200
    told = {
        "is_beside": True,
        "refusal": refusal,
        "faults": faults,
        "saved_at": local(timezone.now(), edition.timezone) if status == 200 else None,
    }
    return render(request, f"{page}#state", {**context, **told}, status=status)
