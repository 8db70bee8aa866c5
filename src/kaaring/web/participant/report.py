"""The report to take along: the same content as these pages, as a document in each language."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kaaring.jobs.report_files import report_of
from kaaring.web.participant.shell import There, around, of_participant


@of_participant
def report(request: HttpRequest, there: There) -> HttpResponse:
    """What the report holds, and where to fetch it."""
    context = around(there.participant, "report") | {"run": there.run, "languages": settings.LANGUAGES}
    return render(request, "participant/report.html", context)


@of_participant
def report_pdf(request: HttpRequest, there: There, language: str) -> HttpResponseBase:
    """The report as a PDF in one language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    edition = there.participant.edition
    name = f"{edition.programme.slug}-{edition.slug}-{there.participant.code}-{language}.pdf"
    report = report_of(there.run, there.participant, language)
    return FileResponse(report, as_attachment=True, filename=name)
