"""Feedback to an entrant as a tagged PDF."""

from django.utils import translation

from kaaring.entries.models import Entry
from kaaring.reports.content.feedback import Feedback, feedback_of
from kaaring.reports.printed.feedback import feedback_document
from kaaring.reports.typesetting import typeset
from kaaring.results.models import Run


def feedback_pdf(run: Run, entry: Entry, language: str, *, shows_band: bool) -> bytes:
    """Return the feedback on an entry by a published run, in a language."""
    return feedback_pdf_of(
        feedback_of(run, entry, shows_band=shows_band),
        language,
        timezone=run.edition.timezone,
        comment_language=entry.case.language,
    )


def feedback_pdf_of(feedback: Feedback, language: str, *, timezone: str, comment_language: str) -> bytes:
    """Return feedback as a document."""
    with translation.override(language):
        data = feedback_document(feedback, language, timezone)
    data["comment_lang"] = comment_language
    return typeset("feedback.typ", data, called=f"feedback on {feedback.about.code}")
