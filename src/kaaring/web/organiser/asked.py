"""What jurors have asked about entries, and answering them."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions.asking import answer_query
from kaaring.jury.queries.asking import asked_in, open_count
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
LONGEST = 4_000


class AnswerForm(forms.Form):
    """The answer to a juror's question."""

    answer = forms.CharField(max_length=LONGEST, required=False)


@login_required
@require_safe
def asked(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List what jurors have asked, what waits for an answer first."""
    return _page(request, edition_seen_by(request, programme, edition))


@login_required
@require_POST
def answer(request: SignedIn, programme: str, edition: str, query: str) -> HttpResponse:
    """Answer a question; all who mark the entry read it."""
    found = edition_changed_by(request, programme, edition)
    own = get_object_or_404(asked_in(found), public_id=query)
    form = AnswerForm(request.POST)
    typed = (query, request.POST.get("answer", ""))
    if not form.is_valid():
        refusal = Refused("too_long", _("The answer is too long. Shorten it."))
        return _page(request, found, refusal, typed=typed, status=respond.UNPROCESSABLE)
    try:
        answer_query(own.pk, form.cleaned_data["answer"], by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, found, refusal, typed=typed, status=respond.CONFLICT)
    said = _("Your answer is with all who mark %(entry)s.") % {"entry": own.assignment.entry.code}
    return respond.go_to(request, "organiser:asked", programme, edition, said=said)


def _page(
    request: SignedIn,
    edition: Edition,
    refusal: Refused | None = None,
    *,
    typed: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponse:
    page = Paginator(asked_in(edition), PAGE).get_page(request.GET.get("page"))
    context = {
        **shell(request, edition, "asked"),
        "page": page,
        "rows": [(one, local(one.asked_at, edition.timezone)) for one in page],
        "open_count": open_count(edition),
        "refusal": refusal,
        "typed": typed,
    }
    return render(request, "organiser/asked.html", context, status=status)


urlpatterns = [
    path("jury/questions/", asked, name="asked"),
    path("jury/questions/<slug:query>/answer/", answer, name="answer_query"),
]
