"""Reports: making them all, following the work, and fetching one or all of them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaaring.jobs.actions import ask_for
from kaaring.jobs.models import Job
from kaaring.jobs.report_files import LANGUAGES, archive_name, report_of, stored_reports
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes import queries as programmes
from kaaring.programmes.models import Edition
from kaaring.reports.queries import participant_in, reported_on
from kaaring.results.models import Run
from kaaring.results.queries.runs import current_run
from kaaring.survey.models import Participant
from kaaring.web import respond
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

PAGE = "organiser/reports.html"


class Language(NamedTuple):
    """The reports in one language: how many are there, the newest work on them, and whether it goes on."""

    code: str
    name: str
    made: int
    has_archive: bool
    job: Job | None
    is_under_way: bool
    share: float


class Download(NamedTuple):
    """A participant's report in one language; ``is_made`` says whether it is waiting or made on request."""

    language: str
    name: str
    address: str
    is_made: bool


@login_required
@require_safe
def reports_page(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show how far the reports are in each language, and offer each participant's."""
    found = edition_seen_by(request, programme, edition)
    run = current_run(found)
    return render(request, PAGE, shell(request, found, "reports") | _progress(found, run) | _list(run))


@login_required
@require_safe
def reports_progress(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show only how far the work is; a plain request is sent to the whole page."""
    found = edition_seen_by(request, programme, edition)
    if not request.htmx:
        return respond.go_to(request, "organiser:reports", programme, edition)
    around = {
        "edition": found,
        "programme": found.programme,
        "may_change": programmes.may_change(request.user, found),
    }
    return respond.with_part(request, f"{PAGE}#work", around | _progress(found, current_run(found)))


@login_required
@require_POST
def make_reports(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Put the making of all reports in a language in the queue, unless that is under way."""
    found = edition_changed_by(request, programme, edition)
    run, language = current_run(found), request.POST.get("language", "")
    if run is None or language not in LANGUAGES:
        raise Http404
    if not _is_under_way(_newest_job(found, run, language)):
        arguments = {"run": run.public_id, "language": language}
        total = reported_on(run).count()
        ask_for(Job.Kind.REPORTS, found, arguments, total=total, by=request.user, at=timezone.now())
    return respond.go_to(
        request,
        "organiser:reports",
        programme,
        edition,
        said=_("The reports are being made. You can leave this page."),
    )


@login_required
@require_safe
def report_file(
    request: SignedIn, programme: str, edition: str, language: str, participant: str
) -> HttpResponseBase:
    """Send a participant's report; one that is not there yet is made for this request."""
    run = _run_of(request, programme, edition, language)
    try:
        found = participant_in(run, participant)
    except Refused as refusal:
        raise Http404 from refusal
    filename = f"{found.code}-{run.edition.slug}-{language}.pdf"
    return FileResponse(report_of(run, found, language), as_attachment=True, filename=filename)


@login_required
@require_safe
def reports_archive(request: SignedIn, programme: str, edition: str, language: str) -> HttpResponseBase:
    """Send all reports in a language as one archive."""
    run = _run_of(request, programme, edition, language)
    name = archive_name(run, language)
    if not default_storage.exists(name):
        raise Http404
    filename = f"{run.edition.programme.slug}-{run.edition.slug}-{language}.zip"
    return FileResponse(default_storage.open(name), as_attachment=True, filename=filename)


def _run_of(request: SignedIn, programme: str, edition: str, language: str) -> Run:
    run = current_run(edition_seen_by(request, programme, edition))
    if run is None or language not in LANGUAGES:
        raise Http404
    return run


def _progress(edition: Edition, run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"run": None, "languages": [], "is_under_way": False}
    languages = [_language(edition, run, code, name) for code, name in settings.LANGUAGES]
    return {
        "run": run,
        "published_at": local(run.published_at, edition.timezone),
        "languages": languages,
        "total": reported_on(run).count(),
        "is_under_way": any(language.is_under_way for language in languages),
    }


def _language(edition: Edition, run: Run, code: str, name: str) -> Language:
    job = _newest_job(edition, run, code)
    return Language(
        code=code,
        name=name,
        made=len(stored_reports(run, code)),
        has_archive=default_storage.exists(archive_name(run, code)),
        job=job,
        is_under_way=_is_under_way(job),
        share=job.done / job.total if job and job.total else 0.0,
    )


def _newest_job(edition: Edition, run: Run, language: str) -> Job | None:
    return (
        Job.objects.filter(edition=edition, kind=Job.Kind.REPORTS)
        .filter(arguments__run=run.public_id, arguments__language=language)
        .order_by("-asked_at")
        .first()
    )


def _is_under_way(job: Job | None) -> bool:
    return job is not None and job.finished_at is None


def _list(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"rows": []}
    there = {code: stored_reports(run, code) for code in LANGUAGES}
    arguments = (run.edition.programme.slug, run.edition.slug)

    def downloads(participant: Participant) -> Iterator[Download]:
        for code, name in settings.LANGUAGES:
            address = reverse("organiser:report_file", args=(*arguments, code, participant.code))
            yield Download(code, name, address, participant.code in there[code])

    rows: Sequence[tuple[Participant, list[Download]]] = [
        (participant, list(downloads(participant))) for participant in reported_on(run).order_by("name")
    ]
    return {"rows": rows}


urlpatterns = [
    path("reports/", reports_page, name="reports"),
    path("reports/progress/", reports_progress, name="reports_progress"),
    path("reports/make/", make_reports, name="make_reports"),
    path("reports/<slug:language>.zip", reports_archive, name="reports_archive"),
    path("reports/<slug:language>/<slug:participant>.pdf", report_file, name="report_file"),
]
