"""What people declare where no machine can tell."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kaaring.entries.models import Attachment, Declaration, Entry
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.definition.schema.eligibility import (
    AllOfRule,
    AnyOfRule,
    AttestationRule,
    NotRule,
    Rule,
)
from kaaring.programmes.eligibility import Finding, Outcome

NOMINEE = "nominee"
"""Who declares by consenting on a page of their own."""


def attestations_of(category: Category) -> dict[str, AttestationRule]:
    """Return what is to be declared in a category, by the key of its rule."""
    pairs = ((f"eligibility/{place}", rule) for place, rule in enumerate(category.eligibility))
    return {key: rule for start, outer in pairs for key, rule in _within(start, outer)}


def needless(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the keys of what need not be declared, since another of several alternatives holds already."""
    return frozenset(key for finding in findings for key in _needless(finding))


def _needless(finding: Finding) -> Iterator[str]:
    is_settled = isinstance(finding.rule, AnyOfRule) and finding.outcome is Outcome.MET
    for inner in finding.of:
        if is_settled and inner.outcome is not Outcome.MET:
            yield from (key for key, _rule in _within(inner.key, inner.rule))
        else:
            yield from _needless(inner)


def _within(key: str, rule: Rule) -> Iterator[tuple[str, AttestationRule]]:
    if isinstance(rule, AttestationRule):
        yield key, rule
    elif isinstance(rule, NotRule):
        yield from _within(f"{key}/of", rule.of)
    elif isinstance(rule, AnyOfRule | AllOfRule):
        for place, inner in enumerate(rule.of):
            yield from _within(f"{key}/of/{place}", inner)


def against_declaring(
    entry: Entry, rule: AttestationRule | None, declared_as: str, proof: Attachment | None
) -> Refused | None:
    """A declaration is to a rule that asks for one, says who makes it, and has the proof the rule needs."""
    if rule is None:
        return Refused("nothing_to_declare", _("This category asks for no such declaration."))
    if not declared_as.strip():
        return Refused("declared_by_nobody", _("Say who declares this: name and role."))
    if proof is not None and (proof.case_id != entry.case_id or proof.removed_at is not None):
        return Refused("proof_not_here", _("Choose the proof among the attachments of this case."))
    if rule.proof == "required" and proof is None:
        return Refused("no_proof", _("This declaration needs proof. Attach the document and choose it here."))
    return None


def against_checking(declaration: Declaration, *, is_accepted: bool, reason: str) -> Refused | None:
    """A declaration is checked by a person; who does not accept it says why."""
    if is_accepted or reason.strip():
        return None
    return Refused("no_reason", _("Say why the declaration is not accepted: the entrant will read it."))
