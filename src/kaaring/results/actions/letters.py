"""Drafting letters to many entrants at once: who goes on, the results, the feedback."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.entries import letter_words
from kaaring.entries.actions.letters import PageOf
from kaaring.entries.letter_words import Wording
from kaaring.entries.models import Entry
from kaaring.entries.queries.recipients import recipients_of
from kaaring.jury.models import Stage
from kaaring.kernel.refused import refuse
from kaaring.outbox.actions import Wanted, draft_all
from kaaring.outbox.models import Letter
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results.queries.feedback import readable_feedback
from kaaring.results.queries.letters import competing, given_in, shortlist_of
from kaaring.results.queries.runs import run_with_entries
from kaaring.results.rules import letters as may

type Write = Callable[[Entry, str], Wording]
"""Writes the letter about an entry in a language."""


class Drafted(NamedTuple):
    """How many drafts are new or changed, and the entries about which nobody can be written to."""

    letters: int
    unreachable: list[str]


@transaction.atomic
def draft_shortlist_letters(stage: Stage, *, page_of: PageOf, by: str, at: datetime) -> Drafted:
    """Draft a letter to everybody whose entry goes on to a stage."""
    shortlist = shortlist_of(stage)
    refuse(may.against_shortlist_letters(is_drawn_up=shortlist is not None))
    assert shortlist is not None

    def write(entry: Entry, language: str) -> Wording:
        link = page_of("preview", entry, language)
        return letter_words.goes_on(entry, shortlist.move, link=link, language=language)

    kind = Letter.Kind.SHORTLISTED
    return _draft(stage.edition, kind, shortlist.on, write, suffix=f":{stage.code}", by=by, at=at)


@transaction.atomic
def draft_other_letters(stage: Stage, *, page_of: PageOf, by: str, at: datetime) -> Drafted:
    """Draft a letter to everybody whose entry was in the stage before and does not go on."""
    shortlist = shortlist_of(stage)
    refuse(may.against_shortlist_letters(is_drawn_up=shortlist is not None))
    assert shortlist is not None

    def write(entry: Entry, language: str) -> Wording:
        link = page_of("preview", entry, language)
        return letter_words.does_not_go_on(entry, shortlist.move, link=link, language=language)

    kind = Letter.Kind.NOT_SHORTLISTED
    return _draft(stage.edition, kind, shortlist.off, write, suffix=f":{stage.code}", by=by, at=at)


@transaction.atomic
def draft_result_letters(edition: Edition, *, page_of: PageOf, by: str, at: datetime) -> Drafted:
    """Draft a letter to everybody who competed, with what the published results say."""
    run = run_with_entries(edition)
    refuse(may.against_result_letters(edition, is_published=run is not None))
    assert run is not None
    given = given_in(run)

    def write(entry: Entry, language: str) -> Wording:
        link, results = page_of("preview", entry, language), page_of("results", entry, language)
        won = given.get(entry.pk, [])
        return letter_words.result(entry, won, link=link, results=results, language=language)

    return _draft(edition, Letter.Kind.RESULT, competing(edition), write, by=by, at=at)


@transaction.atomic
def draft_feedback_letters(edition: Edition, *, page_of: PageOf, by: str, at: datetime) -> Drafted:
    """Draft a letter to everybody who competed that leads to the report on their entry."""
    refuse(may.against_feedback_letters(edition, is_readable=readable_feedback(edition) is not None))

    def write(entry: Entry, language: str) -> Wording:
        return letter_words.feedback(entry, link=page_of("feedback", entry, language), language=language)

    return _draft(edition, Letter.Kind.FEEDBACK, competing(edition), write, by=by, at=at)


def _draft(
    edition: Edition,
    kind: Letter.Kind,
    entries: Iterable[Entry],
    write: Write,
    *,
    suffix: str = "",
    by: str,
    at: datetime,
) -> Drafted:
    """Draft the letters about entries to everybody who acts for an organisation behind one."""
    about = list(entries)
    readers = recipients_of([entry.case for entry in about], with_partners=True)
    count = draft_all(
        edition,
        kind,
        (
            Wanted(entry.public_id + suffix, one.email, one.language, *write(entry, one.language))
            for entry in about
            for one in readers[entry.case_id]
        ),
        at=at,
    )
    if count:
        details = {"kind": kind.value, "count": count}
        record(chain_of(edition), "letters_drafted", str(edition), by=by, at=at, details=details)
    return Drafted(count, [entry.code for entry in about if not readers[entry.case_id]])
