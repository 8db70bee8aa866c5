"""What may be done to organisations, and if not, why."""

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation


def against_merging_organisations(one: Organisation, into: Organisation) -> Refused | None:
    """Two organisations of one organiser become one."""
    if one.pk == into.pk or one.organiser_id != into.organiser_id:
        return Refused(
            "not_two_organisations", _("Choose two different organisations of the same organiser.")
        )
    return None
