"""The panels of a jury: who judges which categories, and who leads."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jury.actions import panels as actions
from kaaring.jury.models import Panel
from kaaring.jury.queries.jurors import jurors_of, panels_of
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.desk import FormPage, address_of, form_page, go_on
from kaaring.web.organiser.juried import jury_here
from kaaring.web.organiser.juror_forms import PanelForm
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn


@login_required
@require_safe
def panels(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the panels, and the categories that the whole jury judges."""
    found = edition_seen_by(request, programme, edition)
    jury_here(found)
    formed = list(panels_of(found))
    judged = {category.pk for panel in formed for category in panel.categories.all()}
    context = {
        **shell(request, found, "panels"),
        "panels": formed,
        "others": [one for one in found.categories.all() if one.pk not in judged],
        "juror_count": jurors_of(found).count(),
    }
    return render(request, "organiser/panels.html", context)


@login_required
@require_safe
def panel(request: SignedIn, programme: str, edition: str, panel: str) -> HttpResponse:
    """Show a panel."""
    found = edition_seen_by(request, programme, edition)
    own = _found(found, panel)
    return _page(request, found, PanelForm(edition=found, own=own), own)


@login_required
@require_safe
def new_panel(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show an empty form for one more panel."""
    found = edition_changed_by(request, programme, edition)
    jury_here(found)
    return _page(request, found, PanelForm(edition=found, own=None), None)


@login_required
@require_POST
def form_panel(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Form a panel."""
    return _save(request, edition_changed_by(request, programme, edition), None)


@login_required
@require_POST
def save_panel(request: SignedIn, programme: str, edition: str, panel: str) -> HttpResponse:
    """Change a panel."""
    found = edition_changed_by(request, programme, edition)
    return _save(request, found, _found(found, panel))


@login_required
@require_POST
def dissolve_panel(request: SignedIn, programme: str, edition: str, panel: str) -> HttpResponse:
    """Dissolve a panel."""
    found = edition_changed_by(request, programme, edition)
    own = _found(found, panel)
    actions.dissolve_panel(own.pk, **_now(request))
    done = _("“%(panel)s” is dissolved: the whole jury judges its categories.") % {"panel": own}
    return go_on(request, address_of(found, "panels"), done)


def _save(request: SignedIn, edition: Edition, own: Panel | None) -> HttpResponse:
    form = PanelForm(request.POST, edition=edition, own=own)
    if not form.is_valid():
        return _page(request, edition, form, own, status=respond.UNPROCESSABLE)
    name, members = form.text("name"), form.members()
    try:
        if own is None:
            actions.form_panel(edition, name, members, **_now(request))
        else:
            actions.change_panel(own.pk, name, members, **_now(request))
    except Refused as refusal:
        return _page(request, edition, form, own, refusal=refusal, status=respond.CONFLICT)
    done = _("“%(panel)s” is stored.") % {"panel": said(name)}
    return go_on(request, address_of(edition, "panels"), done)


def _now(request: SignedIn) -> dict[str, Any]:
    return {"by": request.user.public_id, "at": timezone.now()}


def _found(edition: Edition, code: str) -> Panel:
    jury_here(edition)
    return get_object_or_404(panels_of(edition), code=code)


def _page(
    request: SignedIn,
    edition: Edition,
    form: PanelForm,
    own: Panel | None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page = FormPage(
        here="panels",
        title=str(own) if own else _("New panel"),
        lede=_("Its jurors read the entries of its categories, and nobody else does."),
        form=form,
        groups=form.groups(),
        save=address_of(edition, "save_panel", own.code) if own else address_of(edition, "form_panel"),
        back=(_("Panels"), address_of(edition, "panels")),
        remove=address_of(edition, "dissolve_panel", own.code) if own else "",
        remove_hint=_("Without the panel the whole jury judges its categories. Who reads what stays."),
    )
    return form_page(request, shell(request, edition, "panels"), page, refusal=refusal, status=status)


urlpatterns = [
    path("panels/", panels, name="panels"),
    path("add/panel/", new_panel, name="new_panel"),
    path("add/panel/save/", form_panel, name="form_panel"),
    path("panels/<slug:panel>/", panel, name="panel"),
    path("panels/<slug:panel>/save/", save_panel, name="save_panel"),
    path("panels/<slug:panel>/dissolve/", dissolve_panel, name="dissolve_panel"),
]
