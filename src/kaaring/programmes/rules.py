"""What may be done to programmes, editions and their rules, and if not, why."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.people.models import Organiser
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.comparing import changes
from kaaring.programmes.models import Award, Programme, Rules


def against_storing_for(programme: Programme, organiser: Organiser) -> Refused | None:
    """A programme belongs to the organiser that made it."""
    if programme.organiser_id == organiser.pk:
        return None
    return Refused(
        "not_your_programme",
        _("The programme “%(slug)s” belongs to another organiser. Choose another slug for yours.")
        % {"slug": programme.slug},
    )


def against_changing_rules(newest: Rules | None, wanted: Definition, *, because: str) -> Refused | None:
    """Frozen rules never change; a new version needs a reason, and is told what it would change."""
    if newest is None or newest.frozen_at is None or because.strip():
        return None
    would_change = changes(Definition.model_validate(newest.document), wanted)
    return Refused(
        "rules_frozen",
        _(
            "These rules are frozen, since evaluations have been made under them. "
            "To change them, make a new version and give the reason."
        ),
        details=tuple(f"{change.what} {change.effect}".strip() for change in would_change),
    )


def against_removing_awards(awards: QuerySet[Award]) -> Refused | None:
    """An award that has been given stays."""
    given = [str(award) for award in awards.filter(decisions__isnull=False).distinct()]
    if not given:
        return None
    return Refused(
        "award_given",
        _("Already given, and therefore to be kept in the file: %(awards)s.") % {"awards": ", ".join(given)},
    )
