"""Everything that can happen to letters: drafted, sent once, withdrawn."""

import smtplib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.outbox import rules as may
from kaaring.outbox.models import AGAIN, Letter
from kaaring.outbox.queries import drafts_of, letters_of
from kaaring.outbox.sameness import without_origin
from kaaring.people.queries import person_called
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of

CHUNK = 200
NOT_TAKEN = (
    ConnectionError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
)
"""What a mail server says before it has taken a letter: such a letter surely did not go."""


class Sent(NamedTuple):
    """How sending went: taken by the server, surely not taken, and nobody knows."""

    taken: int
    not_taken: int
    unsure: int


@transaction.atomic
def draft(
    edition: Edition,
    kind: Letter.Kind,
    about: str,
    to: str,
    *,
    language: str,
    subject: str,
    body: str,
    at: datetime,
) -> Letter:
    """Write a letter, inside the transaction of what it tells of.

    There is one per kind, subject and address: a draft that is there is written anew, a letter that has gone
    stays as it went.
    """
    letter = (
        Letter.objects.select_for_update()
        .filter(edition=edition, kind=kind, about=about, to=to, withdrawn_at__isnull=True)
        .first()
    )
    if letter is None:
        letter = Letter(edition=edition, kind=kind, about=about, to=to)
    if letter.claimed_at is None:
        letter.language, letter.subject, letter.body, letter.drafted_at = language, subject, body, at
        letter.save()
    return letter


class Wanted(NamedTuple):
    """A letter that is to be written: about what (a public id), to whom, in which words."""

    about: str
    to: str
    language: str
    subject: str
    body: str


@transaction.atomic
def draft_all(edition: Edition, kind: Letter.Kind, wanted: Iterable[Wanted], *, at: datetime) -> int:
    """Write many letters of a kind, and return how many drafts are new or changed.

    A draft that is there is written anew. Where the newest letter to an address about the same thing has gone
    in the same words, at whichever host its pages were, it stays the last one; in other words there is one
    more, counted in ``about``. Whoever drafts the same at the same moment drafts it once.
    """
    asked = {(one.about, one.to): one for one in wanted}
    known: dict[tuple[str, str], list[Letter]] = {}
    for letter in _about(edition, kind, {about for about, _to in asked}):
        known.setdefault((letter.about.partition(AGAIN)[0], letter.to), []).append(letter)
    new, changed, untrue = [], 0, []
    for one in asked.values():
        there = known.get((one.about, one.to), [])
        waiting = next((letter for letter in there if letter.claimed_at is None), None)
        if _has_gone(one, there):
            untrue += [waiting.pk] if waiting else []
        elif waiting:
            changed += _write_anew(waiting, one, at=at)
        else:
            about = f"{one.about}{AGAIN}{len(there) + 1}" if there else one.about
            new.append(
                Letter(edition=edition, kind=kind, about=about, to=one.to, drafted_at=at, **_words(one))
            )
    drafts_of(edition).filter(pk__in=untrue).update(withdrawn_at=at)
    Letter.objects.bulk_create(new, batch_size=CHUNK, ignore_conflicts=True)
    return len(new) + changed


def _words(one: Wanted) -> dict[str, str]:
    return {"language": one.language, "subject": one.subject, "body": one.body}


def _has_gone(one: Wanted, there: Iterable[Letter]) -> bool:
    """Say whether the newest letter that has gone says the same."""
    gone = [letter for letter in there if letter.claimed_at is not None]
    if not gone or (gone[-1].language, gone[-1].subject) != (one.language, one.subject):
        return False
    return without_origin(gone[-1].body) == without_origin(one.body)


def _write_anew(waiting: Letter, one: Wanted, *, at: datetime) -> int:
    """Write a draft anew where it says anything else, and return whether it did: 1 or 0."""
    if all(getattr(waiting, name) == value for name, value in _words(one).items()):
        return 0
    unclaimed = Letter.objects.filter(pk=waiting.pk, claimed_at__isnull=True, withdrawn_at__isnull=True)
    return unclaimed.update(**_words(one), drafted_at=at)


def _about(edition: Edition, kind: Letter.Kind, abouts: Collection[str]) -> QuerySet[Letter]:
    """Return the letters of a kind about things, and perhaps others, in the order of their drafting."""
    found = letters_of(edition).filter(kind=kind).order_by("pk")
    return found if len(abouts) > 1 else found.filter(about__startswith="".join(abouts))


def forget_drafts(edition: Edition, kind: Letter.Kind, about: str, *, at: datetime) -> int:
    """Withdraw the drafts about a thing that no longer holds, in the transaction of what decided it."""
    drafts = drafts_of(edition).filter(kind=kind)
    return drafts.filter(Q(about=about) | Q(about__startswith=about + AGAIN)).update(withdrawn_at=at)


def forget_kinds(edition: Edition, kinds: Iterable[str], *, at: datetime) -> int:
    """Withdraw every draft of these kinds, in the transaction of what makes them untrue."""
    return drafts_of(edition).filter(kind__in=list(kinds)).update(withdrawn_at=at)


def send_letters(
    edition: Edition,
    kinds: Iterable[str],
    *,
    by: str,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Sent:
    """Send every draft of these kinds, each once, however often and from wherever this is asked for.

    Each is claimed before it is handed over; one that the server surely did not take becomes a draft again.
    """
    keys = list(drafts_of(edition).filter(kind__in=list(kinds)).values_list("pk", flat=True))
    refuse(may.against_sending_nothing(len(keys)))
    went = []
    for done, key in enumerate(keys, 1):
        if _claim(key, by=by, at=at):
            went.append(_hand_over(Letter.objects.get(pk=key), at=at))
        progress(done, len(keys))
    outcome = Sent(went.count("taken"), went.count("not_taken"), went.count("unsure"))
    record(chain_of(edition), "letters_sent", str(edition), by=by, at=at, details=outcome._asdict())
    return outcome


def send_letter(letter_id: int, *, by: str, at: datetime) -> str:
    """Send one draft that somebody waits for, once, after the transaction that drafted it.

    Says ``taken``, ``not_taken`` (a draft again), ``unsure``, or ``gone`` where it was no draft any more.
    """
    if not _claim(letter_id, by=by, at=at):
        return "gone"
    letter = _with_edition(Letter.objects.all()).get(pk=letter_id)
    outcome = _hand_over(letter, at=at)
    details = {"kind": letter.kind, "about": letter.about, "outcome": outcome}
    record(chain_of(letter.edition), "letter_sent", letter.public_id, by=by, at=at, details=details)
    return outcome


def _claim(key: int, *, by: str, at: datetime) -> bool:
    unclaimed = Letter.objects.filter(pk=key, claimed_at__isnull=True, withdrawn_at__isnull=True)
    return bool(unclaimed.update(claimed_at=at, claimed_by=person_called(by)))


def _hand_over(letter: Letter, *, at: datetime) -> str:
    try:
        send_mail(" ".join(letter.subject.split()), letter.body, None, [letter.to])
    except NOT_TAKEN:
        Letter.objects.filter(pk=letter.pk).update(claimed_at=None, claimed_by=None)
        return "not_taken"
    except (OSError, smtplib.SMTPException):
        return "unsure"
    Letter.objects.filter(pk=letter.pk).update(sent_at=at)
    return "taken"


@transaction.atomic
def withdraw_letter(letter_id: int, *, by: str, at: datetime) -> Letter:
    """Take a draft out of the outbox; the same letter can be drafted again."""
    letter = _held(letter_id)
    refuse(may.against_withdrawing(letter))
    letter.withdrawn_at = at
    letter.save(update_fields=["withdrawn_at"])
    details = {"kind": letter.kind, "about": letter.about}
    record(chain_of(letter.edition), "letter_withdrawn", letter.public_id, by=by, at=at, details=details)
    return letter


@transaction.atomic
def make_draft_again(letter_id: int, *, reason: str, by: str, at: datetime) -> Letter:
    """Say that a letter in doubt did not arrive, so that it can be sent again."""
    letter = _held(letter_id)
    refuse(may.against_sending_again(letter, reason=reason))
    letter.claimed_at = letter.claimed_by = None
    letter.save(update_fields=["claimed_at", "claimed_by"])
    details = {"kind": letter.kind, "about": letter.about}
    record(
        chain_of(letter.edition),
        "letter_in_doubt_released",
        letter.public_id,
        by=by,
        at=at,
        why=reason,
        details=details,
    )
    return letter


def _held(letter_id: int) -> Letter:
    return _with_edition(Letter.objects.select_for_update(of=("self",))).get(pk=letter_id)


def _with_edition(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    return letters.select_related("edition__programme")
