"""The versions of the rules: when, by whom and why; the file of each; and a new file, checked before use."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused, refuse
from kaaring.people.queries import names_of
from kaaring.programmes.definition import Definition, Reading, changes, dump, read, restored
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.models import Edition, Rules
from kaaring.web import respond
from kaaring.web.organiser.desk import (
    Change,
    Desk,
    address_of,
    around,
    carry_out,
    desk_if_any,
    needs_a_reason,
    refused_for,
)
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

LARGEST = 300_000


class Version(NamedTuple):
    """A version of the rules as the page lists it."""

    rules: Rules
    loaded_at: datetime
    frozen_at: datetime | None
    who: str


class FileForm(forms.Form):
    """A definition file, or its text."""

    file = forms.FileField(
        label=gettext_lazy("Definition file"),
        help_text=gettext_lazy("YAML, at most 2 MB. It is checked first; nothing is stored yet."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )

    def clean_file(self) -> tuple[str, str]:
        """Return the text and the name of the file."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 2 MB. Take out what does not belong in a definition.")
            )
        try:
            return upload.read().decode("utf-8-sig"), upload.name
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not UTF-8 text. Save it as UTF-8.")) from error


@login_required
@require_safe
def rules(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """List the versions, newest first."""
    return _page(request, edition_seen_by(request, programme, edition), FileForm())


@login_required
@require_safe
def version(request: SignedIn, programme: str, edition: str, number: int) -> HttpResponse:
    """Show what a version changed."""
    found = edition_seen_by(request, programme, edition)
    one = get_object_or_404(Rules, edition=found, number=number)
    before = Rules.objects.filter(edition=found, number=number - 1).first()
    context = {
        **shell(request, found, "rules"),
        "version": _versions([one], found)[0],
        "before": before,
        "changes": changes(restored(before.document), restored(one.document)) if before else (),
    }
    return render(request, "organiser/rules_version.html", context)


@login_required
@require_safe
def rules_file(request: SignedIn, programme: str, edition: str, number: int) -> HttpResponse:
    """Return a version as the file that it can be loaded from."""
    found = edition_seen_by(request, programme, edition)
    one = get_object_or_404(Rules, edition=found, number=number)
    response = HttpResponse(dump(restored(one.document)), content_type="application/yaml; charset=utf-8")
    name = f"{found.programme.slug}-{found.slug}-{number}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def check_rules(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Check a file and show every fault, or what it would change."""
    found = edition_changed_by(request, programme, edition)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, status=respond.UNPROCESSABLE)
    return _checked(request, found, *form.cleaned_data["file"])


@login_required
@require_POST
def load_rules(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Take a checked file into use."""
    found = edition_changed_by(request, programme, edition)
    text, name = request.POST.get("text", ""), request.POST.get("name", "definition.yaml")
    reading = read(text, file=name)
    desk = desk_if_any(found)
    if reading.definition is None or desk is None:
        return _checked(request, found, text, name)
    wanted = reading.definition

    def make(definition: Definition) -> Definition:
        refuse(_against_another_edition(wanted, found))
        return wanted

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        return _checked(request, found, text, name, refusal=refusal or refused_for(faults), status=status)

    listed = address_of(found, "rules")
    said = _("The rules of “%(file)s” are in force.") % {"file": name}
    return carry_out(request, desk, Change(make, said, listed, listed, again))


def _checked(
    request: SignedIn,
    edition: Edition,
    text: str,
    name: str,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show what is wrong with a file, or what it would change."""
    reading = read(text, file=name, on=local(timezone.now(), edition.timezone).date())
    desk = desk_if_any(edition)
    if desk is None:
        raise Http404
    wanted = reading.definition
    if refusal is None and wanted is not None:
        refusal = _against_another_edition(wanted, edition)
    context = {
        **around(request, desk, "rules"),
        **_difference(desk, wanted),
        "errors": reading.errors,
        "warnings": reading.warnings,
        "text": text,
        "name": name,
        "can_load": wanted is not None and (refusal is None or refusal.code != "another_edition"),
        "refusal": refusal,
    }
    return render(request, "organiser/rules_check.html", context, status=_status(reading, refusal, status))


def _status(reading: Reading, refusal: Refused | None, status: int) -> int:
    if reading.errors:
        return respond.UNPROCESSABLE
    return respond.CONFLICT if refusal else status


def _difference(desk: Desk, wanted: Definition | None) -> dict[str, Any]:
    if wanted is None:
        return {"changes": (), "needs_a_reason": False}
    return {
        "changes": changes(desk.definition, wanted),
        "needs_a_reason": needs_a_reason(desk, wanted),
    }


def _against_another_edition(wanted: Definition, edition: Edition) -> Refused | None:
    """A file loaded here defines this edition and no other."""
    other = f"{wanted.programme.slug}/{wanted.edition.slug}"
    if other == str(edition):
        return None
    return Refused(
        "another_edition",
        _(
            "The file defines %(other)s, and this is %(own)s. "
            "Change “slug” in the file, or load it with “kaaring definition load”."
        )
        % {"other": other, "own": edition},
    )


def _versions(found: Sequence[Rules], edition: Edition) -> list[Version]:
    names = names_of({one.loaded_by for one in found})
    return [
        Version(
            one,
            local(one.loaded_at, edition.timezone),
            local(one.frozen_at, edition.timezone) if one.frozen_at else None,
            names.get(one.loaded_by, one.loaded_by),
        )
        for one in found
    ]


def _page(request: SignedIn, edition: Edition, form: FileForm, status: int = 200) -> HttpResponse:
    found = list(Rules.objects.filter(edition=edition).order_by("-number").defer("document"))
    context = {
        **shell(request, edition, "rules"),
        "versions": _versions(found, edition),
        "rules": found[0] if found else None,
        "form": form,
    }
    return render(request, "organiser/rules.html", context, status=status)


urlpatterns = [
    path("rules/", rules, name="rules"),
    path("rules/check/", check_rules, name="check_rules"),
    path("rules/load/", load_rules, name="load_rules"),
    path("rules/<int:number>/", version, name="rules_version"),
    path("rules/<int:number>/file/", rules_file, name="rules_file"),
]
