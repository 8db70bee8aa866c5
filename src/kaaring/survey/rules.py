"""What may be done to classes and participants, and if not, why."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.refused import Refused
from kaaring.survey.models import CompetitionClass, Participant


def against_removing_classes(classes: list[CompetitionClass]) -> Refused | None:
    """A class with participants stays until they have moved to another one."""
    counted = CompetitionClass.objects.filter(pk__in=[gone.pk for gone in classes]).annotate(
        held=Count("participants")
    )
    details = tuple(
        ngettext(
            "%(name)s has %(count)d participant.", "%(name)s has %(count)d participants.", gone.held
        )
        % {"name": gone, "count": gone.held}
        for gone in counted
        if gone.held
    )
    if not details:
        return None
    return Refused(
        "class_has_participants",
        _("A class with participants cannot be removed. Move them to another class first."),
        details=details,
    )


def against_removing_participant(participant: Participant) -> Refused | None:
    """A participant that has been contacted stays; before that it may go."""
    if not participant.enquiries.exists():
        return None
    return Refused(
        "participant_has_enquiries",
        _("%(name)s has enquiries and stays in the edition. Exclude its evaluations with a reason instead.")
        % {"name": participant.name},
    )
