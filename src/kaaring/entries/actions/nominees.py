"""Nominees: named, asked, consenting, declining. What they do themselves is recorded as by ``NOMINEE``."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kaaring.audit.actions import record
from kaaring.entries.actions.entries import withdraw_for
from kaaring.entries.actions.holding import entries_of, grow, held_case
from kaaring.entries.actions.protected import forget_protected
from kaaring.entries.letter_words import consent_asked
from kaaring.entries.models import Case, Nominee, ProtectedFact
from kaaring.entries.queries.dossiers import nominee_of
from kaaring.entries.rules import nominees as may
from kaaring.entries.rules.cases import against_changing
from kaaring.entries.rules.consent import against_consenting, against_deciding
from kaaring.entries.rules.nominees import NomineeDetails
from kaaring.kernel.ids import new_token
from kaaring.kernel.refused import refuse
from kaaring.outbox.actions import draft, send_letter
from kaaring.outbox.models import Letter
from kaaring.people.queries import person_called
from kaaring.programmes.queries import chain_of

NOMINEE = "nominee"
"""Who acts, in the log and as the part of a case."""
MOST_A_DAY = 3
"""How many letters about one case ask for consent in a day, however often its text changes."""

type PageOf = Callable[[Nominee, str], str]
"""Makes the whole address of a nominee's own page, in the given language."""


@transaction.atomic
def name_nominee(case_id: int, details: NomineeDetails, *, by: str, at: datetime) -> Nominee:
    """Say whom or what a case nominates.

    At another address there is another page, and consent is asked for anew; of somebody else nothing
    protected is kept, nor what others answered than who opens a page at an address.
    """
    case = held_case(case_id)
    entries = list(entries_of(case))
    refuse(
        against_changing(case, entries, at=at) or may.against_naming_nominee(details, case.edition, case=case)
    )
    nominee = nominee_of(case)
    if nominee is None:
        nominee = Nominee(case=case)
        _forget_what_others_gave(case, by=by, at=at)
    elif _is_told_already(nominee, details):
        return nominee
    elif may.is_at_another_address(nominee, details):
        refuse(may.against_another_one(nominee, entries))
        if may.is_somebody_else(nominee, details):
            forget_protected(case, by=by, at=at)
        _forget_what_others_gave(case, by=by, at=at)
        nominee.token = new_token()
        nominee.asked_at = nominee.declined_at = None
        nominee.consented_at = nominee.consented_version = None
    for name, value in _columns(details).items():
        setattr(nominee, name, value)
    nominee.save()
    grow(case, NOMINEE, at=at)
    _tell(case, "nominee_named", by=by, at=at, is_person=nominee.is_person)
    return nominee


def _forget_what_others_gave(case: Case, *, by: str, at: datetime) -> None:
    """Delete protected answers that would else be read on a page at an address of one's own choice."""
    person = person_called(by)
    kept = ProtectedFact.objects.filter(case=case).values_list("fact", "given_by")
    others = [fact for fact, giver in kept if giver != (person.pk if person else None)]
    if others:
        forget_protected(case, *others, by=by, at=at)


def _columns(details: NomineeDetails) -> dict[str, Any]:
    return {
        "name": details.name.strip(),
        "role": details.role.strip(),
        "is_person": details.is_person,
        "email": details.email.strip(),
        "language": details.language,
    }


def _is_told_already(nominee: Nominee, details: NomineeDetails) -> bool:
    return all(getattr(nominee, name) == value for name, value in _columns(details).items())


@transaction.atomic
def remove_nominee(case_id: int, *, by: str, at: datetime) -> None:
    """Nominate nobody in particular; what is protected about a person goes too."""
    case = held_case(case_id)
    entries = list(entries_of(case))
    refuse(against_changing(case, entries, at=at))
    nominee = nominee_of(case)
    if nominee is not None:
        refuse(may.against_another_one(nominee, entries))
        forget_protected(case, by=by, at=at)
        nominee.delete()
        grow(case, NOMINEE, at=at)
        _tell(case, "nominee_removed", by=by, at=at)


@transaction.atomic
def ask_consent(case_id: int, *, page_of: PageOf, by: str, at: datetime) -> Letter:
    """Write to a nominee and ask for consent to the case as it is now.

    The letter goes into the outbox with the rest and is sent once this is stored; one that the mail server
    does not take stays there as a draft.
    """
    case = held_case(case_id)
    nominee = nominee_of(case)
    today = at.astimezone(ZoneInfo(case.edition.timezone)).date()
    about = f"{case.public_id}/{case.version}/{today:%Y%m%d}"
    refuse(may.against_asking(nominee, was_asked_today=_was_sent(case, nominee, about)))
    assert nominee is not None
    language = nominee.language or case.language
    wording = consent_asked(nominee, link=page_of(nominee, language), language=language)
    letter = draft(
        case.edition,
        Letter.Kind.CONSENT,
        about,
        nominee.email,
        language=language,
        subject=wording.subject,
        body=wording.body,
        at=at,
    )
    nominee.asked_at = at
    nominee.save(update_fields=["asked_at"])
    _tell(case, "consent_asked", by=by, at=at, version=case.version)
    transaction.on_commit(partial(send_letter, letter.pk, by=by, at=at), robust=True)
    return letter


def _was_sent(case: Case, nominee: Nominee | None, about: str) -> bool:
    """Say whether a letter about this text has gone today, or as many about others as are bearable."""
    if nominee is None:
        return False
    asked = Letter.objects.filter(edition=case.edition, kind=Letter.Kind.CONSENT)
    same = asked.filter(about=about, to=nominee.email)
    today = asked.filter(about__startswith=f"{case.public_id}/", about__endswith=about[about.rindex("/") :])
    others = today.exclude(pk__in=same.values("pk"))
    return same.filter(claimed_at__isnull=False).exists() or others.count() >= MOST_A_DAY


@transaction.atomic
def consent(nominee_id: int, *, version: int, announced_at: datetime | None = None, at: datetime) -> Nominee:
    """Agree, as the nominee, to the case in the version that was read.

    ``announced_at`` is when the results were published, None before.
    """
    nominee = _held(nominee_id)
    entries = list(entries_of(nominee.case))
    refuse(
        against_consenting(nominee, entries, version=version, at=at)
        or against_deciding(nominee, entries, announced_at=announced_at, at=at)
    )
    if nominee.consented_version != version:
        nominee.consented_at, nominee.consented_version, nominee.declined_at = at, version, None
        nominee.save(update_fields=["consented_at", "consented_version", "declined_at"])
        _tell(nominee.case, "nominee_consented", by=NOMINEE, at=at, version=version)
    return nominee


@transaction.atomic
def decline(nominee_id: int, *, judged_from: datetime | None, at: datetime) -> Nominee:
    """Decline, as the nominee, or withdraw a consent given before.

    What is protected about them is deleted at once, and entries that were submitted are withdrawn: nobody is
    judged who does not want to be. ``judged_from`` is when the jury begins to read, None where that is open.
    """
    nominee = _held(nominee_id)
    case = nominee.case
    entries = list(entries_of(case))
    refuse(may.against_declining(nominee, entries, judged_from=judged_from, at=at))
    if nominee.declined_at is not None:
        return nominee
    had_consented = nominee.consented_at is not None
    nominee.declined_at, nominee.consented_at, nominee.consented_version = at, None, None
    nominee.save(update_fields=["declined_at", "consented_at", "consented_version"])
    forget_protected(case, by=NOMINEE, at=at)
    with override(case.language):
        reason = _("The nominee does not agree to be nominated.")
    for entry in entries:
        if entry.submitted_at is not None and entry.withdrawn_at is None:
            entry.edition = case.edition
            withdraw_for(entry, reason, by=NOMINEE, at=at)
    _tell(case, "consent_withdrawn" if had_consented else "nominee_declined", by=NOMINEE, at=at)
    return nominee


def _held(nominee_id: int) -> Nominee:
    case = held_case(Nominee.objects.values_list("case", flat=True).get(pk=nominee_id))
    nominee = Nominee.objects.get(pk=nominee_id)
    nominee.case = case
    return nominee


def _tell(case: Case, doing: str, *, by: str, at: datetime, **details: Any) -> None:
    """Record what happened; name and address stay out of the chain, which is never erased."""
    record(chain_of(case.edition), doing, case.public_id, by=by, at=at, details=details)
