"""Which editions a person may see or change, and the rules in force."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole, Membership, User
from kaaring.programmes.definition import Definition, restored
from kaaring.programmes.models import Edition, EditionRole, Part, Rules

SEE = tuple(MemberRole.values)
CHANGE = (MemberRole.OWNER, MemberRole.MANAGER)
KEPT = 64
_PARSED: dict[tuple[int, str, str], Definition] = {}


def _editions() -> QuerySet[Edition]:
    return Edition.objects.select_related("programme__organiser")


def _run_by(user: User | AnonymousUser, roles: tuple[str, ...]) -> QuerySet[Edition]:
    if not user.is_authenticated:
        return _editions().none()
    mine = Membership.objects.filter(user=user)
    seen = _editions().filter(programme__organiser__in=mine.filter(role__in=roles).values("organiser"))
    changed = mine.filter(role__in=CHANGE, organiser=OuterRef("programme__organiser"))
    return seen.annotate(reader_may_change=Exists(changed))


def editions_seen_by(user: User | AnonymousUser) -> QuerySet[Edition]:
    """Return the editions a person may see as organiser, in whatever role."""
    return _run_by(user, SEE)


def editions_changed_by(user: User | AnonymousUser) -> QuerySet[Edition]:
    """Return the editions a person may change as organiser: owners and managers."""
    return _run_by(user, CHANGE)


def may_change(user: User | AnonymousUser, edition: Edition) -> bool:
    """Say whether a person may change this edition as organiser.

    An edition that was asked for by what the same person sees or changes has the answer with it.
    """
    if not user.is_authenticated:
        return False
    if (known := getattr(edition, "reader_may_change", None)) is not None:
        return bool(known)
    return Membership.objects.filter(
        user=user, role__in=CHANGE, organiser_id=edition.programme.organiser_id
    ).exists()


def edition_at(path: str) -> Edition:
    """Return the edition that commands call ``programme/edition``; refuses an unknown one."""
    programme, _slash, slug = path.partition("/")
    found = _editions().filter(programme__slug=programme, slug=slug).first()
    if found is None:
        known = ", ".join(sorted(str(edition) for edition in _editions())) or _("none")
        raise Refused(
            "unknown_edition",
            _("There is no edition “%(path)s”. Known: %(known)s.") % {"path": path, "known": known},
        )
    return found


def chain_of(edition: Edition) -> str:
    """Return the name of an edition's audit chain."""
    return f"edition:{edition.programme.slug}/{edition.slug}"


def rules_in_force(edition: Edition) -> Rules:
    """Return the newest version of an edition's rules."""
    newest = Rules.objects.filter(edition=edition).order_by("-number").first()
    if newest is None:
        raise Refused(
            "no_rules",
            _("%(edition)s has no rules yet. Load a definition file first.") % {"edition": edition},
        )
    return newest


def definition_of(rules: Rules) -> Definition:
    """Return a version of the rules as typed data; parsed once per version and process."""
    return _parsed(rules, rules.document["timeline"], rules.document["edition"].get("illustrative"))


def _parsed(rules: Rules, dates: Any, notes: Any) -> Definition:
    """Return the rules as typed data; dates and notes change without a new version, so they tell it too."""
    key = (rules.pk, rules.digest, repr((dates, notes or None)))
    if key not in _PARSED:
        if len(_PARSED) >= KEPT:
            _PARSED.clear()
        _PARSED[key] = restored(rules.document)
    return _PARSED[key]


def definition_with_rules(edition: Edition) -> tuple[Definition, Rules]:
    """Return the definition in force and its version, without reading the document again once it is parsed.

    The edition must be as it stands in the database: its dates and notes are those of the document.
    """
    rules = Rules.objects.filter(edition=edition).order_by("-number").defer("document").first()
    if rules is None:
        rules = rules_in_force(edition)
    return _parsed(rules, edition.timeline, edition.illustrative), rules


def definition_in_force(edition: Edition) -> Definition:
    """Return the definition of the newest version of an edition's rules."""
    return definition_with_rules(edition)[0]


def parts_of(user: User | AnonymousUser) -> QuerySet[Part]:
    """Return the parts a person has in editions."""
    if not user.is_authenticated:
        return Part.objects.none()
    return Part.objects.filter(user=user).select_related("edition__programme__organiser")


def is_in_a_jury(user: User, edition: Edition) -> bool:
    """Say whether a person is a juror of an edition, or chairs a panel of it."""
    roles = (EditionRole.JUROR, EditionRole.JURY_CHAIR)
    return Part.objects.filter(edition=edition, user=user, role__in=roles).exists()
