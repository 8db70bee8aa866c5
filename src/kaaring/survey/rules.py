"""What may be done to classes and participants, and if not, why."""

from collections.abc import Collection

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.scoring import Questionnaire
from kaaring.survey.models import CompetitionClass, Participant
from kaaring.survey.spreadsheets import ParticipantRow, ParticipantSurroundings

MOST_UNITS = 2**31 - 1
"""What a database column for points holds."""


def against_points_too_fine(asked: Questionnaire) -> Refused | None:
    """Points are stored as whole parts of a point; fractions with nothing in common make too many parts."""
    most = max(
        (sum(asked.possible(one, channel) for one in asked.questions) for channel in asked.channels),
        default=0,
    )
    if max(asked.unit, most) <= MOST_UNITS:
        return None
    return Refused(
        "points_too_fine",
        _("The points are too fine: each would have %(count)d parts. Use whole points, halves or thirds.")
        % {"count": asked.unit},
    )


def against_removing_classes(classes: list[CompetitionClass]) -> Refused | None:
    """A class with participants stays until they have moved to another one."""
    counted = CompetitionClass.objects.filter(pk__in=[gone.pk for gone in classes]).annotate(
        held=Count("participants")
    )
    details = tuple(
        ngettext("%(name)s has %(count)d participant.", "%(name)s has %(count)d participants.", gone.held)
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


def against_adding_participant(
    edition: Edition, row: ParticipantRow, around: ParticipantSurroundings
) -> Refused | None:
    """A participant's code names it alone, and its class and channels are the edition's."""
    if Participant.objects.filter(edition=edition, code=row.code).exists():
        return Refused(
            "participant_known",
            _("There is a participant with the code “%(code)s” already. Choose another code.")
            % {"code": row.code},
        )
    return _against_place(row, around)


def against_changing_participant(
    participant: Participant, row: ParticipantRow, around: ParticipantSurroundings
) -> Refused | None:
    """A channel stays as long as there are enquiries on it, and a class as long as it is published."""
    if lost := sorted(around.enquired_on.get(participant.code, frozenset()) - set(row.channels)):
        return Refused(
            "channel_has_enquiries",
            _("%(name)s has enquiries on %(channels)s already. Keep these channels.")
            % {"name": participant.name, "channels": ", ".join(lost)},
        )
    stays = around.classes.get(row.class_code) in {None, participant.competition_class_id}
    return _against_place(row, around) or (None if stays else against_moving([participant]))


def against_moving(participants: Collection[Participant]) -> Refused | None:
    """A participant whose result is published stays in the class it was published in."""
    held = Participant.objects.filter(pk__in=[one.pk for one in participants])
    published = held.filter(lines__run__withdrawn_at__isnull=True, lines__isnull=False).distinct()
    if not published:
        return None
    return Refused(
        "class_is_published",
        _("The class of these participants is published. Withdraw the results first: %(names)s.")
        % {"names": ", ".join(sorted(one.name for one in published))},
    )


def _against_place(row: ParticipantRow, around: ParticipantSurroundings) -> Refused | None:
    if row.class_code not in around.classes:
        return Refused(
            "unknown_class",
            _("There is no class “%(code)s” in this edition. Make it first, or choose another one.")
            % {"code": row.class_code},
        )
    if not row.channels:
        return Refused("no_channel", _("A participant has at least one channel. Choose those it has."))
    if unknown := sorted(set(row.channels) - set(around.channels)):
        return Refused(
            "unknown_channel",
            _("This edition has no channel called %(channels)s. Choose among its own.")
            % {"channels": ", ".join(unknown)},
        )
    return None
