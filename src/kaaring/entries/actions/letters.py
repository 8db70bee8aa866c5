"""Writing to entrants when something happens to their entry, in the transaction in which it happens."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Literal

from django.db import transaction

from kaaring.entries import letter_words
from kaaring.entries.letter_words import Wording
from kaaring.entries.models import Case, Correction, Entry, Party
from kaaring.entries.queries.recipients import acting_for, recipients_of
from kaaring.outbox.actions import Wanted, draft_all, forget_drafts, send_letter
from kaaring.outbox.models import Letter
from kaaring.outbox.queries import drafts_of
from kaaring.programmes.models import Edition

type Page = Literal["entry", "preview", "feedback", "results"]
type PageOf = Callable[[Page, Entry, str], str]
"""Makes the whole address of a page about an entry, in the given language."""

type PartOf = Callable[[Party, str], str]
"""Makes the whole address of the page on which a partner reads and approves, in the given language."""

type CaseOf = Callable[[Case, str], str]
"""Makes the whole address of the page of a case, in the given language."""


def tell_received(entry: Entry, *, page_of: PageOf, at: datetime) -> None:
    """Draft the letter that says an entry is received; it is sent with the others."""
    letters = _to_entrants(
        entry,
        lambda language: letter_words.received(
            entry, at=at, link=page_of("entry", entry, language), language=language
        ),
    )
    draft_all(entry.edition, Letter.Kind.RECEIVED, letters, at=at)


def forget_received(entry: Entry, *, at: datetime) -> None:
    """Withdraw the letter that says an entry is received, where it has not gone yet."""
    forget_drafts(entry.edition, Letter.Kind.RECEIVED, entry.public_id, at=at)


def tell_correction(entry: Entry, correction: Correction, *, page_of: PageOf, by: str, at: datetime) -> None:
    """Ask the entrant for a correction; the letter goes at once, since its time is running."""
    letters = _to_entrants(
        entry,
        lambda language: letter_words.correction_asked(
            entry, correction, link=page_of("entry", entry, language), language=language
        ),
    )
    draft_all(entry.edition, Letter.Kind.CORRECTION, letters, at=at)
    _send(entry.edition, Letter.Kind.CORRECTION, entry.public_id, by=by, at=at)


def tell_corrected(entry: Entry, *, page_of: PageOf, at: datetime) -> None:
    """Draft the letter that says a correction is received; it is sent with the others."""
    letters = _to_entrants(
        entry,
        lambda language: letter_words.corrected(
            entry, at=at, link=page_of("entry", entry, language), language=language
        ),
    )
    draft_all(entry.edition, Letter.Kind.CORRECTED, letters, at=at)


def ask_partner(party: Party, *, part_of: PartOf, by: str, at: datetime) -> None:
    """Ask those who act for a partner to read and approve; the letter goes at once: others wait for it."""
    about, case = f"{party.case.public_id}:{party.organisation.public_id}", party.case
    readers = acting_for(party.organisation)
    letters = (
        Wanted(
            about,
            one.email,
            one.language,
            *letter_words.approval_asked(party, link=part_of(party, one.language), language=one.language),
        )
        for one in readers
    )
    draft_all(case.edition, Letter.Kind.PARTY, letters, at=at)
    _send(case.edition, Letter.Kind.PARTY, about, by=by, at=at)


def ask_to_merge(case: Case, into: Case, *, case_of: CaseOf, by: str, at: datetime) -> None:
    """Ask those behind a case to take another into it; the letter goes at once: nothing else tells them."""
    letters = _to_writers(
        case,
        into,
        into,
        lambda language: letter_words.merge_asked(
            case, into, link=case_of(into, language), language=language
        ),
    )
    draft_all(case.edition, Letter.Kind.MERGE, letters, at=at)
    _send(case.edition, Letter.Kind.MERGE, _about_both(case, into), by=by, at=at)


def tell_merged(case: Case, into: Case, *, case_of: CaseOf, by: str, at: datetime) -> None:
    """Tell those who asked for it that the two cases are one, and where they go on."""
    letters = _to_writers(
        case,
        into,
        case,
        lambda language: letter_words.merged(case, into, link=case_of(into, language), language=language),
    )
    draft_all(case.edition, Letter.Kind.MERGED, letters, at=at)
    _send(case.edition, Letter.Kind.MERGED, _about_both(case, into), by=by, at=at)


def forget_merge(case: Case, into: Case, *, at: datetime) -> None:
    """Withdraw the letter that asks for merging, where it has not gone yet."""
    forget_drafts(case.edition, Letter.Kind.MERGE, _about_both(case, into), at=at)


def _about_both(case: Case, into: Case) -> str:
    return f"{case.public_id}:{into.public_id}"


def _to_writers(case: Case, into: Case, told: Case, write: Callable[[str], Wording]) -> Iterable[Wanted]:
    for one in recipients_of([told], with_partners=False)[told.pk]:
        yield Wanted(_about_both(case, into), one.email, one.language, *write(one.language))


def _to_entrants(entry: Entry, write: Callable[[str], Wording]) -> Iterable[Wanted]:
    for one in recipients_of([entry.case], with_partners=False)[entry.case_id]:
        yield Wanted(entry.public_id, one.email, one.language, *write(one.language))


def _send(edition: Edition, kind: Letter.Kind, about: str, *, by: str, at: datetime) -> None:
    waiting = drafts_of(edition).filter(kind=kind, about__startswith=about)
    for key in waiting.values_list("pk", flat=True):
        transaction.on_commit(partial(send_letter, key, by=by, at=at), robust=True)
