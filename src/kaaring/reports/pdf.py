"""A participant's report as a tagged PDF; the same content always gives the same bytes."""

from django.utils import translation

from kaaring.reports.content import EditionContent, ParticipantContent, participant_content
from kaaring.reports.printed.document import document, mark_of
from kaaring.reports.typesetting import typeset
from kaaring.results.models import Run
from kaaring.survey.models import Participant


def participant_pdf(
    run: Run, participant: Participant, language: str, *, shared: EditionContent | None = None
) -> bytes:
    """Return a participant's report in a language.

    Reports of many participants pass the same ``shared``, read once with ``edition_content(run)``.
    """
    content = participant_content(run, participant, shared=shared)
    return pdf_of(content, language, timezone=run.edition.timezone, comment_language=run.edition.languages[0])


def pdf_of(content: ParticipantContent, language: str, *, timezone: str, comment_language: str) -> bytes:
    """Return the contents of a report as a document."""
    with translation.override(language):
        data = document(content, language, timezone)
    data["comment_lang"] = comment_language
    return typeset("report.typ", data, called=content.about.participant_code)


def is_report_of(run: Run, language: str, pdf: bytes) -> bool:
    """Say whether a file is a whole report of this run in this language."""
    return mark_of(run.public_id, language).encode() in pdf and pdf.rstrip().endswith(b"%%EOF")
