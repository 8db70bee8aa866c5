"""Declaring what no machine can tell, and checking it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from kaaring.audit.actions import record
from kaaring.entries.actions.holding import held_entry
from kaaring.entries.models import Attachment, Declaration, Entry
from kaaring.entries.queries.dossiers import dossier_of
from kaaring.entries.rules import declarations as may
from kaaring.entries.rules.declarations import attestations_of
from kaaring.entries.rules.entries import against_changing_entry
from kaaring.kernel.refused import refuse
from kaaring.people.queries import person_called
from kaaring.programmes.eligibility import rule_in_words
from kaaring.programmes.queries import chain_of


@transaction.atomic
def declare(
    entry_id: int, rule: str, declared_as: str, *, proof_id: int | None = None, by: str, at: datetime
) -> Declaration:
    """Declare what a rule (its key in the category) asks for, and say who declares it."""
    entry = held_entry(entry_id)
    dossier = dossier_of(entry)
    asked = attestations_of(dossier.category).get(rule)
    proof = None if proof_id is None else Attachment.objects.get(pk=proof_id)
    refuse(against_changing_entry(entry, at=at) or may.against_declaring(entry, asked, declared_as, proof))
    assert asked is not None
    with override(entry.case.language):
        statement = rule_in_words(asked, dossier.definition, year=dossier.year)
    declaration, _made = Declaration.objects.update_or_create(
        entry=entry,
        rule=rule,
        defaults={
            "statement": statement,
            "declared_by": person_called(by),
            "declared_as": declared_as.strip(),
            "declared_at": at,
            "proof": proof,
            "checked_at": None,
            "checked_by": None,
            "is_accepted": None,
            "checked_reason": "",
        },
    )
    _tell(entry, "declaration_made", rule, by=by, at=at)
    return declaration


@transaction.atomic
def take_declaration_back(declaration_id: int, *, by: str, at: datetime) -> None:
    """Take a declaration back while the entry may change."""
    declaration = Declaration.objects.get(pk=declaration_id)
    entry = held_entry(declaration.entry_id)
    refuse(against_changing_entry(entry, at=at))
    declaration.delete()
    _tell(entry, "declaration_taken_back", declaration.rule, by=by, at=at)


@transaction.atomic
def check_declaration(
    declaration_id: int, *, is_accepted: bool, reason: str, by: str, at: datetime
) -> Declaration:
    """Say, as organiser, whether a declaration is accepted."""
    entry = held_entry(Declaration.objects.values_list("entry", flat=True).get(pk=declaration_id))
    declaration = Declaration.objects.get(pk=declaration_id)
    refuse(may.against_checking(declaration, is_accepted=is_accepted, reason=reason))
    declaration.checked_at, declaration.checked_by = at, person_called(by)
    declaration.is_accepted, declaration.checked_reason = is_accepted, reason.strip()
    declaration.save(update_fields=["checked_at", "checked_by", "is_accepted", "checked_reason"])
    _tell(entry, "declaration_checked", declaration.rule, by=by, at=at, why=reason, is_accepted=is_accepted)
    return declaration


def _tell(
    entry: Entry, doing: str, rule: str, *, by: str, at: datetime, why: str = "", **details: bool
) -> None:
    about = {"code": entry.code, "rule": rule, **details}
    record(chain_of(entry.edition), doing, entry.public_id, by=by, at=at, why=why, details=about)
