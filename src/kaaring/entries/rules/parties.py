"""Who stands behind a case, in which role."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kaaring.entries.models import Case, Party
from kaaring.kernel.refused import Refused
from kaaring.planning.names import is_same_name
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema.eligibility import (
    MayNotEnterAloneRule,
    PartnershipRule,
    TerritoryRule,
)
from kaaring.programmes.eligibility.questions import rules_of


def roles_in(definition: Definition) -> tuple[str, ...]:
    """Return the roles that the rules of an edition speak of, each once."""
    found: dict[str, None] = {}
    for rule in (rule for category in definition.categories for rule in rules_of(category)):
        if isinstance(rule, PartnershipRule | MayNotEnterAloneRule):
            found |= dict.fromkeys(rule.roles)
        elif isinstance(rule, TerritoryRule) and rule.party is not None:
            found[rule.party] = None
    found |= {fact.party: None for fact in definition.facts if fact.party is not None}
    return tuple(found)


def against_naming(
    case: Case, parties: Iterable[Party], organisation_id: int | None, role: str, definition: Definition
) -> Refused | None:
    """An organisation stands behind a case once, in a role that the rules know."""
    if any(party.organisation_id == organisation_id for party in parties if organisation_id is not None):
        return Refused(
            "party_already", _("This organisation stands behind “%(case)s” already.") % {"case": case}
        )
    return against_role(role, definition)


def against_role(role: str, definition: Definition) -> Refused | None:
    """A role is one of those that the rules speak of, or left open."""
    if not role or role in roles_in(definition):
        return None
    return Refused(
        "unknown_role", _("The rules know no role “%(role)s”. Choose one of the list.") % {"role": role}
    )


def against_the_name(case: Case, name: str, email: str) -> Refused | None:
    """A partner has a name, not that of who enters the case, and somebody there who can approve."""
    if not name.strip() or not email.strip():
        return Refused(
            "party_unnamed",
            _("Give the name of the organisation, and the e-mail address of somebody there who can approve."),
        )
    if not is_same_name(case.organisation.name, name):
        return None
    return Refused("own_organisation", _("That is your own organisation. Invite a colleague instead."))


def against_removing(party: Party) -> Refused | None:
    """The organisation that enters a case always stands behind it."""
    if party.organisation_id != party.case.organisation_id:
        return None
    return Refused("own_party", _("The organisation that enters the case stands behind it always."))


def against_approving(party: Party, *, version: int) -> Refused | None:
    """A party approves what it has read: the case as it is now."""
    if party.case.version == version:
        return None
    return Refused(
        "changed_meanwhile",
        _("The case has changed since you opened this page. Read what is new, and then approve it."),
    )
