"""How an organiser's pages look: its accent colour and its logo, seen before they are stored."""

import base64
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.people import actions
from kaaring.people.contrast import DARK_PAPER, ENOUGH, LIGHT_PAPER, contrast
from kaaring.people.logo import LARGEST, cleaned_logo
from kaaring.people.rules import ACCENT
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE, PREVIEW = "organiser/look.html", "organiser/look.html#preview"


class LookForm(forms.Form):
    """A colour, and a logo as a file or as text; a file wins."""

    accent = forms.RegexField(
        label=gettext_lazy("Accent colour"),
        regex=ACCENT,
        error_messages={
            "invalid": gettext_lazy("Write # and six digits or letters from a to f, like #0b5563.")
        },
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Logo as a file"),
        help_text=gettext_lazy("SVG, at most 20 kB; square logos work best."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/svg+xml,.svg"}),
    )
    logo = forms.CharField(
        label=gettext_lazy("Logo as SVG text"),
        help_text=gettext_lazy("Empty for Kåring's own. A file chosen above takes its place."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file, and clean the drawing."""
        given = dict(self.cleaned_data)
        try:
            source = _text(given["file"]) if given.get("file") else given.get("logo", "")
            given["logo"] = cleaned_logo(source) if source else ""
        except Refused as refusal:
            self.add_error("logo", str(refusal.reason))
        return given


@login_required
@require_safe
def look(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show colour and logo as they are."""
    found = edition_seen_by(request, programme, edition)
    organiser = found.programme.organiser
    form = LookForm(initial={"accent": organiser.accent, "logo": organiser.logo})
    return respond.with_part(request, PAGE, _context(request, found, form, organiser.accent, organiser.logo))


@login_required
@require_POST
def preview(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show how another colour and logo would look, without storing them."""
    found = edition_changed_by(request, programme, edition)
    form = LookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, found, form, PREVIEW)
    accent, logo = form.cleaned_data["accent"], form.cleaned_data["logo"]
    filled = LookForm(initial={"accent": accent, "logo": logo})
    context = {**_context(request, found, filled, accent, logo), "is_unsaved": True}
    return respond.with_part(request, PREVIEW, context)


@login_required
@require_POST
def save(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Store colour and logo."""
    found = edition_changed_by(request, programme, edition)
    form = LookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, found, form, PAGE)
    accent, logo = form.cleaned_data["accent"], form.cleaned_data["logo"]
    actions.change_look(
        found.programme.organiser, accent=accent, logo=logo, by=request.user, at=timezone.now()
    )
    said = _("Colour and logo are stored. Readers have them within five minutes.")
    return respond.go_to(request, "organiser:look", programme, edition, said=said)


@login_required
@require_safe
def accent_stylesheet(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Return the stylesheet of a colour that is only tried."""
    edition_seen_by(request, programme, edition)
    accent = request.GET.get("accent", "")
    if not ACCENT.fullmatch(accent):
        raise Http404
    return HttpResponse(f":root {{ --accent: {accent}; }}\n", content_type="text/css; charset=utf-8")


def _text(upload: UploadedFile[Any]) -> str:
    """Return an uploaded drawing as text; what is far too large is not read at all."""
    if upload.size is None or upload.size > LARGEST:
        raise Refused(
            "logo_too_large",
            _("The file is larger than %(largest)d bytes. Save it as plain or optimised SVG.")
            % {"largest": LARGEST},
        )
    content: bytes = upload.read()
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Refused("logo_not_svg", _("The file is not SVG text. Save the logo as SVG.")) from error


def _again(request: SignedIn, edition: Edition, form: LookForm, template: str) -> HttpResponse:
    """Show the form with its faults beside the look as it is stored."""
    organiser = edition.programme.organiser
    context = _context(request, edition, form, organiser.accent, organiser.logo)
    return respond.with_part(request, template, context, status=respond.UNPROCESSABLE)


def _context(request: SignedIn, edition: Edition, form: LookForm, accent: str, logo: str) -> dict[str, Any]:
    return {
        **shell(request, edition, "look"),
        "form": form,
        "accent": accent,
        "logo_address": _data_address(logo),
        "readings": [
            (paper, round(ratio, 1), ratio >= ENOUGH)
            for paper, ratio in (
                (_("on light pages"), contrast(accent, LIGHT_PAPER)),
                (_("on dark pages"), contrast(accent, DARK_PAPER)),
            )
        ],
    }


def _data_address(logo: str) -> str:
    if not logo:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(logo.encode()).decode()}"


urlpatterns = [
    path("look/", look, name="look"),
    path("look/preview/", preview, name="look_preview"),
    path("look/save/", save, name="look_save"),
    path("look/accent.css", accent_stylesheet, name="look_accent"),
]
