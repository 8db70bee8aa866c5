"""A participant's report as a tagged PDF; the same content always gives the same bytes."""

import json
import os
import threading
from pathlib import Path

import typst
from django.utils import translation

from kaaring.reports.content import EditionContent, ParticipantContent, participant_content
from kaaring.reports.printed.document import document, mark_of
from kaaring.results.models import Run
from kaaring.survey.models import Participant

TEMPLATES = Path(__file__).with_name("typst")
REMEMBERED, FORGET_AFTER = 10, 4
_own = threading.local()


def participant_pdf(
    run: Run, participant: Participant, language: str, *, shared: EditionContent | None = None
) -> bytes:
    """Return a participant's report in a language.

    Reports of many participants pass the same ``shared``, read once with ``edition_content(run)``.
    """
    content = participant_content(run, participant, shared=shared)
    return pdf_of(content, language, timezone=run.edition.timezone, comment_language=run.edition.languages[0])


def pdf_of(content: ParticipantContent, language: str, *, timezone: str, comment_language: str) -> bytes:
    """Return the contents of a report as PDF/UA-1; a warning of the typesetter means wrong output."""
    with translation.override(language):
        data = document(content, language, timezone)
    data["comment_lang"] = comment_language
    pdf, warnings = _compiler().compile_with_warnings(
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_standards=["ua-1"]
    )
    _forget()
    if warnings:
        raise ValueError(f"{content.about.participant_code}: {warnings[0].diagnostic}")
    if not isinstance(pdf, bytes):
        raise TypeError(f"{content.about.participant_code}: the typesetter gave no document")
    return pdf


def is_report_of(run: Run, language: str, pdf: bytes) -> bool:
    """Say whether a file is a whole report of this run in this language."""
    return mark_of(run.public_id, language).encode() in pdf and pdf.rstrip().endswith(b"%%EOF")


def _forget() -> None:
    """Make the typesetter drop what it remembers of reports: each compilation ages it by one of ten steps.

    Kept for the next reports it would be half a gigabyte that none of them can use; some 35 MB a report for a
    few of them cost less than forgetting after each.
    """
    _own.made += 1
    if _own.made % FORGET_AFTER == 0:
        for _step in range(REMEMBERED):
            _own.blank.compile(format="svg")


def _compiler() -> typst.Compiler:
    """Return this thread's own compiler: one cannot serve two threads.

    It sets on one core, which costs less in all: who wants more reports a second runs more workers.
    """
    if not hasattr(_own, "compiler"):
        os.environ.setdefault("RAYON_NUM_THREADS", "1")
        _own.made = 0
        _own.compiler = typst.Compiler(TEMPLATES / "report.typ", root=TEMPLATES, ignore_system_fonts=True)
        _own.blank = typst.Compiler(TEMPLATES / "blank.typ", root=TEMPLATES, ignore_system_fonts=True)
    compiler: typst.Compiler = _own.compiler
    return compiler
