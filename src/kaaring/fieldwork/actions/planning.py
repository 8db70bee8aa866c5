"""Taking shoppers and planned enquiries into an edition."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.fieldwork.models import Enquiry, Shopper
from kaaring.fieldwork.queries import surroundings_of
from kaaring.fieldwork.spreadsheets import EnquiryRow, ShopperRow, Surroundings, examine_enquiries
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of

SHOPPER = ("name", "email", "languages", "max_per_week")
ENQUIRY = ("participant_id", "channel", "shopper_id", "scenario", "window_from", "window_to")
CHUNK = 200


def add_shoppers(
    edition: Edition,
    rows: Iterable[ShopperRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Take in new shoppers and bring known ones up to date; those that are not named stay as they are."""
    raise_if_any(faults)
    wanted = {row.code: row for row in rows}
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        shoppers = Shopper.objects.select_for_update().filter(edition=edition)
        known = {one.code: one for one in shoppers.prefetch_related("conflicts")}
        new = [
            Shopper(edition=edition, code=code, **_own(row))
            for code, row in wanted.items()
            if code not in known
        ]
        changed = [known[code] for code, row in wanted.items() if code in known and _take(known[code], row)]
        outcome = Outcome(len(new), len(changed), len(wanted) - len(new) - len(changed), is_dry_run=dry_run)
        if dry_run or not (new or changed):
            return outcome
        Shopper.objects.bulk_create(new)
        Shopper.objects.bulk_update(changed, SHOPPER, batch_size=CHUNK)
        _set_conflicts(edition, [*new, *changed], wanted)
        _record(edition, "shoppers_added", len(new), [one.code for one in changed], source, by=by, at=at)
    return outcome


def _own(row: ShopperRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "email": row.email,
        "languages": list(row.languages),
        "max_per_week": row.max_per_week,
    }


def _take(shopper: Shopper, row: ShopperRow) -> bool:
    """Give a shopper the row's values and say whether any of them is another than before."""
    own = _own(row)
    conflicts = {participant.code for participant in shopper.conflicts.all()}
    differs = conflicts != set(row.conflicts) or any(getattr(shopper, name) != own[name] for name in own)
    for name, value in own.items():
        setattr(shopper, name, value)
    return differs


def _set_conflicts(edition: Edition, shoppers: Sequence[Shopper], wanted: Mapping[str, ShopperRow]) -> None:
    participants = dict(edition.participants.values_list("code", "pk"))
    pairs = Shopper.conflicts.through
    pairs.objects.filter(shopper__in=shoppers).delete()
    pairs.objects.bulk_create(
        pairs(shopper_id=shopper.pk, participant_id=participants[code])
        for shopper in shoppers
        for code in wanted[shopper.code].conflicts
    )


def plan_enquiries(
    edition: Edition,
    rows: Iterable[EnquiryRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Plan new enquiries and change known ones; an evaluated one keeps its participant and its channel."""
    sent = list(rows)
    wanted = {row.code: row for row in sent}
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        around = surroundings_of(edition)
        raise_if_any([*faults, *examine_enquiries(sent, around, file=source.file)])
        known = {one.code: one for one in Enquiry.objects.filter(edition=edition)}
        own = {code: _planned(row, around) for code, row in wanted.items()}
        new = [Enquiry(edition=edition, code=code, **own[code]) for code in wanted if code not in known]
        changed = [known[code] for code in wanted if code in known and _replan(known[code], own[code])]
        outcome = Outcome(len(new), len(changed), len(wanted) - len(new) - len(changed), is_dry_run=dry_run)
        if dry_run or not (new or changed):
            return outcome
        Enquiry.objects.bulk_create(new, batch_size=CHUNK)
        Enquiry.objects.bulk_update(changed, ENQUIRY, batch_size=CHUNK)
        _record(edition, "enquiries_planned", len(new), [one.code for one in changed], source, by=by, at=at)
    return outcome


def _planned(row: EnquiryRow, around: Surroundings) -> dict[str, Any]:
    return {
        "participant_id": around.participants[row.participant].key,
        "channel": row.channel,
        "shopper_id": around.shoppers.get(row.shopper),
        "scenario": row.scenario,
        "window_from": row.window_from,
        "window_to": row.window_to,
    }


def _replan(enquiry: Enquiry, own: Mapping[str, Any]) -> bool:
    differs = any(getattr(enquiry, name) != value for name, value in own.items())
    for name, value in own.items():
        setattr(enquiry, name, value)
    return differs


def _record(
    edition: Edition,
    doing: str,
    created: int,
    changed: Sequence[str],
    source: Source,
    *,
    by: str,
    at: datetime,
) -> None:
    details: dict[str, Any] = {"created": created, "changed": sorted(changed)}
    details |= source.as_details()
    record(chain_of(edition), doing, str(edition), by=by, at=at, details=details)
