"""Adding, changing, inviting and removing jurors."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kaaring.audit.actions import record
from kaaring.jury.actions.assigning import end_unfinished, hold_juror
from kaaring.jury.actions.recusals import detect_recusals
from kaaring.jury.models import Assignment, Juror, Scorecard
from kaaring.jury.queries.jurors import surroundings_of
from kaaring.jury.rules import jurors as may
from kaaring.jury.rules.oneself import against_deciding_about_oneself
from kaaring.jury.spreadsheets import JurorRow
from kaaring.kernel.refused import refuse
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.people.models import Organisation
from kaaring.planning.names import normalised
from kaaring.programmes.models import Edition, Invitation, Part
from kaaring.programmes.queries import chain_of

OWN = ("name", "email", "organisation_name", "organisation_id", "languages", "categories", "most_entries")


def add_jurors(
    edition: Edition,
    rows: Iterable[JurorRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Take in new jurors, bring known ones up to date, and look for conflicts of interest.

    ``faults`` are those found while reading the rows: with any, nothing is written. A dry run writes nothing
    either. Jurors that are not named stay as they are.
    """
    raise_if_any(faults)
    wanted = {row.code: row for row in rows}
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        known = {one.code: one for one in Juror.objects.select_for_update().filter(edition=edition)}
        around = surroundings_of(edition)
        for code, row in wanted.items():
            if code in known:
                refuse(may.against_changing(known[code], row, around))
        houses = _houses(edition)
        own = {code: _own(row, houses) for code, row in wanted.items()}
        new = [Juror(edition=edition, code=code, **own[code]) for code in wanted if code not in known]
        changed = [known[code] for code in wanted if code in known and _take(known[code], own[code])]
        outcome = Outcome(len(new), len(changed), len(wanted) - len(new) - len(changed), is_dry_run=dry_run)
        if dry_run or not (new or changed):
            return outcome
        Juror.objects.bulk_create(new)
        Juror.objects.bulk_update(changed, OWN, batch_size=100)
        details: dict[str, Any] = {"created": len(new), "changed": sorted(one.code for one in changed)}
        details |= source.as_details()
        record(chain_of(edition), "jurors_added", str(edition), by=by, at=at, details=details)
        detect_recusals(edition, by=by, at=at)
    return outcome


@transaction.atomic
def add_juror(edition: Edition, row: JurorRow, *, by: str, at: datetime) -> Juror:
    """Take one juror into an edition, and look for conflicts of interest."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = set(Juror.objects.filter(edition=edition).values_list("code", flat=True))
    refuse(may.against_adding(row, surroundings_of(edition), known))
    juror = Juror.objects.create(edition=edition, code=row.code, **_own(row, _houses(edition)))
    record(chain_of(edition), "juror_added", juror.code, by=by, at=at)
    detect_recusals(edition, by=by, at=at)
    return juror


@transaction.atomic
def change_juror(juror_id: int, row: JurorRow, *, by: str, at: datetime) -> Juror:
    """Change what is known of a juror; the code stays. Where nothing differs, nothing happens."""
    juror = hold_juror(juror_id)
    refuse(may.against_changing(juror, row, surroundings_of(juror.edition)))
    before = {name: getattr(juror, name) for name in OWN}
    own = _own(row, _houses(juror.edition))
    if not _take(juror, own):
        return juror
    if before["email"].lower() != juror.email.lower():
        _withdraw_offers(juror, before["email"], by=by, at=at)
    juror.save(update_fields=list(own))
    changed = sorted(name.removesuffix("_id") for name in OWN if before[name] != own[name])
    record(chain_of(juror.edition), "juror_changed", juror.code, by=by, at=at, details={"changed": changed})
    detect_recusals(juror.edition, by=by, at=at)
    return juror


@transaction.atomic
def remove_juror(juror_id: int, *, reason: str, by: str, at: datetime) -> Juror:
    """Let a juror leave the jury. What is not finished ends; drafts stay, and finished scorecards count."""
    juror = hold_juror(juror_id)
    refuse(against_deciding_about_oneself(juror, by=by))
    refuse(may.against_removing(juror, reason=reason))
    juror.removed_at, juror.removed_reason = at, reason.strip()
    juror.save(update_fields=["removed_at", "removed_reason"])
    juror.panels.clear()
    ended = end_unfinished(Assignment.objects.filter(juror=juror), reason=juror.removed_reason, at=at)
    Part.objects.filter(edition=juror.edition, user=juror.user_id, role__in=may.IN_A_JURY).delete()
    _withdraw_offers(juror, juror.email, by=by, at=at)
    details = {"ended_assignments": ended}
    record(
        chain_of(juror.edition),
        "juror_removed",
        juror.code,
        by=by,
        at=at,
        why=juror.removed_reason,
        details=details,
    )
    return juror


@transaction.atomic
def exclude_scorecards(juror_id: int, *, reason: str, by: str, at: datetime) -> int:
    """Let none of a juror's final scorecards count, for everybody; return how many these are."""
    juror = hold_juror(juror_id)
    final = Scorecard.objects.filter(assignment__juror=juror, submitted_at__isnull=False)
    counting = final.filter(excluded_at=None).count()
    refuse(against_deciding_about_oneself(juror, by=by))
    refuse(may.against_excluding(counting, reason=reason))
    final.update(excluded_at=at, excluded_reason=reason.strip(), excluded_for=None)
    _tell(juror, "scorecards_excluded", counting, by=by, at=at, why=reason.strip())
    return counting


@transaction.atomic
def include_scorecards(juror_id: int, *, reason: str, by: str, at: datetime) -> int:
    """Let the scorecards of a juror count again, save those about conflicts of interest."""
    juror = hold_juror(juror_id)
    excluded = Scorecard.objects.filter(assignment__juror=juror, excluded_at__isnull=False, excluded_for=None)
    count = excluded.count()
    refuse(against_deciding_about_oneself(juror, by=by))
    refuse(may.against_including(count, reason=reason))
    excluded.update(excluded_at=None, excluded_reason="")
    _tell(juror, "scorecards_included", count, by=by, at=at, why=reason.strip())
    return count


def _withdraw_offers(juror: Juror, email: str, *, by: str, at: datetime) -> None:
    """Take back what an address has been offered in the jury and not taken up."""
    offered = Invitation.objects.select_for_update().filter(
        edition=juror.edition,
        email__iexact=email,
        role__in=may.IN_A_JURY,
        accepted_at=None,
        withdrawn_at=None,
    )
    for invitation in offered:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        details = {"role": invitation.role}
        chain = chain_of(juror.edition)
        record(chain, "invitation_withdrawn", invitation.public_id, by=by, at=at, details=details)


def _houses(edition: Edition) -> Mapping[str, int]:
    """Return the organisations that the organiser knows, by name as names are compared."""
    known = Organisation.objects.filter(organiser=edition.programme.organiser_id).order_by("-pk")
    return {normalised(name): key for key, name in known.values_list("pk", "name")}


def _own(row: JurorRow, houses: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": row.name,
        "email": row.email,
        "organisation_name": row.organisation,
        "organisation_id": houses.get(normalised(row.organisation)) if row.organisation else None,
        "languages": list(row.languages),
        "categories": list(row.categories),
        "most_entries": row.most_entries,
    }


def _take(juror: Juror, own: Mapping[str, Any]) -> bool:
    """Give a juror new values and say whether any of them is another than before."""
    differs = any(getattr(juror, name) != value for name, value in own.items())
    for name, value in own.items():
        setattr(juror, name, value)
    return differs


def _tell(juror: Juror, doing: str, count: int, *, by: str, at: datetime, why: str) -> None:
    chain = chain_of(juror.edition)
    record(chain, doing, juror.code, by=by, at=at, why=why, details={"scorecards": count})
