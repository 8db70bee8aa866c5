"""Taking participants into an edition, one by one or from a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.kernel.refused import refuse
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.survey import rules as may
from kaaring.survey.models import Participant
from kaaring.survey.queries import surroundings_of
from kaaring.survey.spreadsheets import ParticipantRow

OWN = ("name", "name_en", "channels", "phone", "email", "chat_url", "contact_email", "competition_class_id")


def add_participants(
    edition: Edition,
    rows: Iterable[ParticipantRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Take in new participants and bring known ones up to date; those that are not named stay as they are.

    ``faults`` are those found while reading the rows: with any, nothing is written. A dry run writes nothing
    either. One audit line tells what was done; where nothing changes there is none.
    """
    raise_if_any(faults)
    classes = surroundings_of(edition).classes
    wanted = {row.code: _own(row, classes) for row in rows}
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        known = {one.code: one for one in Participant.objects.select_for_update().filter(edition=edition)}
        new = [
            Participant(edition=edition, code=code, **own)
            for code, own in wanted.items()
            if code not in known
        ]
        refuse(may.against_moving(_moved(known, wanted)))
        changed = [known[code] for code, own in wanted.items() if code in known and _take(known[code], own)]
        outcome = Outcome(len(new), len(changed), len(wanted) - len(new) - len(changed), is_dry_run=dry_run)
        if dry_run or not (new or changed):
            return outcome
        Participant.objects.bulk_create(new)
        Participant.objects.bulk_update(changed, OWN, batch_size=200)
        details = {"created": len(new), "changed": sorted(one.code for one in changed)}
        details |= source.as_details()
        record(chain_of(edition), "participants_added", str(edition), by=by, at=at, details=details)
    return outcome


def _moved(known: Mapping[str, Participant], wanted: Mapping[str, Mapping[str, Any]]) -> list[Participant]:
    """Return the known participants that are to stand in another class."""
    both = ((known[code], own) for code, own in wanted.items() if code in known)
    return [one for one, own in both if one.competition_class_id != own["competition_class_id"]]


def _own(row: ParticipantRow, classes: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": row.name,
        "name_en": row.name_en,
        "channels": list(row.channels),
        "phone": row.phone,
        "email": row.email,
        "chat_url": row.chat_url,
        "contact_email": row.contact_email,
        "competition_class_id": classes[row.class_code],
    }


def _take(participant: Participant, own: Mapping[str, Any]) -> bool:
    """Give a participant its new values and say whether any of them is another than before."""
    differs = any(getattr(participant, name) != value for name, value in own.items())
    for name, value in own.items():
        setattr(participant, name, value)
    return differs


@transaction.atomic
def add_participant(edition: Edition, row: ParticipantRow, *, by: str, at: datetime) -> Participant:
    """Take one participant into an edition."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    around = surroundings_of(edition)
    refuse(may.against_adding_participant(edition, row, around))
    participant = Participant.objects.create(edition=edition, code=row.code, **_own(row, around.classes))
    record(chain_of(edition), "participant_added", row.code, by=by, at=at, details={"name": row.name})
    return participant


@transaction.atomic
def change_participant(
    participant: Participant, row: ParticipantRow, *, by: str, at: datetime
) -> Participant:
    """Change what is known of a participant; its code stays. Where nothing differs, nothing happens."""
    around = surroundings_of(participant.edition)
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    refuse(may.against_changing_participant(locked, row, around))
    before = {name: getattr(locked, name) for name in OWN}
    own = _own(row, around.classes)
    if not _take(locked, own):
        return locked
    locked.save(update_fields=list(own))
    changed = sorted(name.removesuffix("_id") for name, value in own.items() if before[name] != value)
    record(
        chain_of(participant.edition),
        "participant_changed",
        locked.code,
        by=by,
        at=at,
        details={"changed": changed},
    )
    return locked


@transaction.atomic
def remove_participant(participant: Participant, *, by: str, at: datetime) -> None:
    """Take a participant out of an edition, as long as nobody has been in touch with it."""
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    refuse(may.against_removing_participant(locked))
    chain = chain_of(participant.edition)
    locked.contacts.all().delete()
    locked.delete()
    record(chain, "participant_removed", participant.code, by=by, at=at, details={"name": participant.name})
