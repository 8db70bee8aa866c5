"""The participants: to find, to add, to change and to remove."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text, said
from kaaring.programmes.models import Edition
from kaaring.survey import actions
from kaaring.survey.models import Participant
from kaaring.survey.queries import classes_of, participants_of
from kaaring.web import respond
from kaaring.web.organiser.desk import Desk, FormPage, desk_if_measured, desk_of, form_page, go_on
from kaaring.web.organiser.participant_forms import ParticipantForm
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 100


class Line(NamedTuple):
    """A participant in the list: its channels in words, its enquiries, and the people who see its pages."""

    participant: Participant
    channels: str
    enquiry_count: int
    contact_count: int


class ChannelCount(NamedTuple):
    """How many participants have a channel."""

    name: Text
    participant_count: int


@login_required
@require_safe
def participants(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the participants, those that are looked for or all."""
    found = edition_seen_by(request, programme, edition)
    wanted, class_code = request.GET.get("q", "").strip(), request.GET.get("class", "")
    page = Paginator(_looked_for(found, wanted, class_code), PAGE).get_page(request.GET.get("page"))
    desk = desk_if_measured(found)
    names = {code: one.name for code, one in desk.survey.channels.items()} if desk else {}
    had = list(participants_of(found).values_list("channels", flat=True))
    classes = classes_of(found).annotate(held=Count("participants"))
    context = {
        **shell(request, found, "participants"),
        "page": page,
        "lines": [_line(one, names) for one in page],
        "wanted": wanted,
        "class_code": class_code,
        "classes": [(one.code, str(one), one.held) for one in classes],
        "channel_counts": [
            ChannelCount(name, sum(code in one for one in had)) for code, name in names.items()
        ],
        "all_count": len(had),
    }
    return render(request, "organiser/participants.html", context)


@login_required
@require_safe
def participant(request: SignedIn, programme: str, edition: str, participant: str) -> HttpResponse:
    """Show everything the organiser knows of a participant."""
    desk = desk_of(edition_seen_by(request, programme, edition))
    own = _found(desk.edition, participant)
    return _page(request, desk, _form(desk, own, None), own)


@login_required
@require_safe
def new_participant(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show an empty form for one more participant."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    initial = {"competition_class": request.GET.get("class", ""), "channels": list(desk.survey.channels)}
    return _page(request, desk, _form(desk, None, None, initial=initial), None)


@login_required
@require_POST
def save_participant(request: SignedIn, programme: str, edition: str, participant: str) -> HttpResponse:
    """Change a participant."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    own = _found(desk.edition, participant)
    form = _form(desk, own, request.POST)
    if not form.is_valid():
        return _page(request, desk, form, own, status=respond.UNPROCESSABLE)
    try:
        actions.change_participant(own, form.row(own.code), by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, desk, form, own, refusal=refusal, status=respond.CONFLICT)
    said = _("%(name)s is stored.") % {"name": form.cleaned_data["name"]}
    return go_on(request, f"{desk.address('participants')}#participant-{own.code}", said)


@login_required
@require_POST
def add_participant(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Take one more participant in."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    form = _form(desk, None, request.POST)
    if not form.is_valid():
        return _page(request, desk, form, None, status=respond.UNPROCESSABLE)
    try:
        made = actions.add_participant(
            desk.edition, form.row(None), by=request.user.public_id, at=timezone.now()
        )
    except Refused as refusal:
        return _page(request, desk, form, None, refusal=refusal, status=respond.CONFLICT)
    said = _("%(name)s takes part.") % {"name": made.name}
    return go_on(request, f"{desk.address('participants')}#participant-{made.code}", said)


@login_required
@require_POST
def remove_participant(request: SignedIn, programme: str, edition: str, participant: str) -> HttpResponse:
    """Take a participant out, as long as nobody has been in touch with it."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    own = _found(desk.edition, participant)
    try:
        actions.remove_participant(own, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        form = _form(desk, own, None)
        return _page(request, desk, form, own, refusal=refusal, status=respond.CONFLICT)
    said = _("%(name)s no longer takes part.") % {"name": own.name}
    return go_on(request, desk.address("participants"), said)


def _looked_for(edition: Edition, wanted: str, class_code: str) -> QuerySet[Participant]:
    found = participants_of(edition)
    if wanted:
        found = found.filter(
            Q(name__icontains=wanted) | Q(name_en__icontains=wanted) | Q(code__icontains=wanted)
        )
    if class_code:
        found = found.filter(competition_class__code=class_code)
    return found.annotate(
        enquiry_count=Count("enquiries", distinct=True), contact_count=Count("contacts", distinct=True)
    )


def _line(participant: Any, names: Mapping[str, Text]) -> Line:
    """Return a participant with its counts, which the query has put beside it."""
    shown = [said(names[code]) if code in names else code for code in participant.channels]
    return Line(participant, ", ".join(shown), participant.enquiry_count, participant.contact_count)


def _found(edition: Edition, code: str) -> Participant:
    return get_object_or_404(participants_of(edition), code=code)


def _form(desk: Desk, own: Participant | None, posted: object, **more: Any) -> ParticipantForm:
    return ParticipantForm(posted, edition=desk.edition, survey=desk.survey, own=own, **more)


def _page(
    request: SignedIn,
    desk: Desk,
    form: ParticipantForm,
    own: Participant | None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page = FormPage(
        here="participants",
        title=own.name if own else _("New participant"),
        lede=_("A contact centre that is measured. It competes in its class, and has pages of its own."),
        form=form,
        groups=form.groups(),
        save=desk.address("save_participant", own.code) if own else desk.address("add_participant"),
        back=(_("Participants"), desk.address("participants")),
        remove=desk.address("remove_participant", own.code) if own else "",
        remove_hint=_("A participant can be removed until there are enquiries to it."),
    )
    context = {**shell(request, desk.edition, page.here), "participant": own}
    return form_page(request, context, page, refusal=refusal, status=status)


urlpatterns = [
    path("participants/", participants, name="participants"),
    path("add/participant/", new_participant, name="new_participant"),
    path("add/participant/save/", add_participant, name="add_participant"),
    path("participants/<slug:participant>/", participant, name="participant"),
    path("participants/<slug:participant>/save/", save_participant, name="save_participant"),
    path("participants/<slug:participant>/remove/", remove_participant, name="remove_participant"),
]
