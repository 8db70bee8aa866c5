"""Imports: sending a spreadsheet, following the work, reading what came of it."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.jobs.actions import ask_for
from kaaring.jobs.import_kinds import columns_of, imports_of, kinds_of
from kaaring.jobs.models import Job
from kaaring.kernel.figures import local
from kaaring.kernel.ids import new_public_id
from kaaring.kernel.tables import MOST_BYTES, as_csv
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.web import respond
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = 50
NAMES = {
    "participants": gettext_lazy("Participants"),
    "shoppers": gettext_lazy("Mystery shoppers"),
    "enquiries": gettext_lazy("Planned enquiries"),
    "evaluations": gettext_lazy("Evaluations"),
    "jurors": gettext_lazy("Jurors"),
    "entries": gettext_lazy("Entries"),
    "marks": gettext_lazy("Marks"),
    "votes": gettext_lazy("Votes"),
    "payments": gettext_lazy("Payments"),
}


class SendForm(forms.Form):
    """A spreadsheet, what it holds, and whether it is only tried."""

    kind = forms.ChoiceField(label=gettext_lazy("Content"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV in UTF-8, at most 64 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Only try: say what would be done, and do nothing"), required=False
    )

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = [(kind, NAMES[kind]) for kind in kinds_of(edition)]
        cast(forms.ChoiceField, self.fields["kind"]).choices = self.kinds

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is larger than any spreadsheet of ours."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Divide it, and send the parts one by one."))
        return file


@login_required
@require_safe
def imports_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Offer to send a spreadsheet, and list those that were sent."""
    found = edition_seen_by(request, programme, edition)
    return _page(request, found, SendForm(edition=found))


@login_required
@require_POST
def send_import(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Keep the file and put the import in the queue."""
    found = edition_changed_by(request, programme, edition)
    form = SendForm(request.POST, request.FILES, edition=found)
    if not form.is_valid():
        return _page(request, found, form, status=respond.UNPROCESSABLE)
    file = form.cleaned_data["file"]
    arguments = {
        "kind": form.cleaned_data["kind"],
        "file": file.name,
        "path": default_storage.save(f"imports/{new_public_id()}", file),
        "dry_run": form.cleaned_data["dry_run"],
    }
    return _follow(request, found, arguments)


@login_required
@require_POST
def repeat_import(request: SignedIn, programme: str, edition: str, job: str) -> HttpResponse:
    """Import the file of a trial in earnest."""
    found = edition_changed_by(request, programme, edition)
    tried = get_object_or_404(imports_of(found), public_id=job)
    return _follow(request, found, {**tried.arguments, "dry_run": False})


@login_required
@require_safe
def import_job(request: SignedIn, programme: str, edition: str, job: str) -> HttpResponse:
    """Show how far an import has come, and then what came of it."""
    found = edition_seen_by(request, programme, edition)
    followed = get_object_or_404(imports_of(found), public_id=job)
    context = {
        "job": followed,
        "asked_at": local(followed.asked_at, found.timezone),
        "kind": _holds(followed),
        "share": followed.done / followed.total if followed.total else 0,
        "failure": followed.failure.splitlines(),
    }
    return respond.with_part(request, "organiser/import_job.html#job", _around(request, found) | context)


def _around(request: SignedIn, edition: Edition) -> dict[str, Any]:
    """Return the context of the whole page, or what its polled part alone needs."""
    if not request.htmx:
        return shell(request, edition, "imports")
    may_change = programmes.may_change(request.user, edition)
    return {"edition": edition, "programme": edition.programme, "may_change": may_change}


@login_required
@require_safe
def empty_file(request: SignedIn, programme: str, edition: str, kind: str) -> HttpResponse:
    """Send a CSV file that holds nothing but the headings."""
    found = edition_seen_by(request, programme, edition)
    if kind not in kinds_of(found):
        raise Http404
    response = HttpResponse(as_csv(columns_of(kind, found), []), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response


def _holds(job: Job) -> str:
    return str(NAMES.get(job.arguments.get("kind", ""), ""))


def _follow(request: SignedIn, edition: Edition, arguments: dict[str, Any]) -> HttpResponse:
    job = ask_for(Job.Kind.IMPORT, edition, arguments, total=0, by=request.user, at=timezone.now())
    return respond.go_to(request, "organiser:import", edition.programme.slug, edition.slug, job.public_id)


def _page(request: SignedIn, edition: Edition, form: SendForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(imports_of(edition), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "kinds": form.kinds,
        "page": page,
        "rows": [(job, _holds(job), local(job.asked_at, edition.timezone)) for job in page],
    }
    return render(
        request, "organiser/imports.html", shell(request, edition, "imports") | context, status=status
    )


urlpatterns = [
    path("imports/", imports_page, name="imports"),
    path("imports/send/", send_import, name="send_import"),
    path("imports/empty/<slug:kind>.csv", empty_file, name="empty_import"),
    path("imports/<slug:job>/", import_job, name="import"),
    path("imports/<slug:job>/in-earnest/", repeat_import, name="repeat_import"),
]
