"""Classes, participants, questionnaires: every non-trivial read."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_in_force
from kaaring.survey.models import CompetitionClass, Participant, Questionnaire
from kaaring.survey.spreadsheets import ParticipantSurroundings


def counts_of(edition: Edition) -> dict[str, int]:
    """Return how many participants, classes and categories an edition has, under the names of their pages."""
    counted = Edition.objects.filter(pk=edition.pk).aggregate(
        participants=Count("participants", distinct=True),
        classes=Count("classes", distinct=True),
        categories=Count("categories", distinct=True),
    )
    return dict(counted)


def classes_of(edition: Edition) -> QuerySet[CompetitionClass]:
    """Return the classes of an edition in their order."""
    return CompetitionClass.objects.filter(edition=edition).order_by("position")


def participants_of(edition: Edition) -> QuerySet[Participant]:
    """Return the participants of an edition by name, each with its class."""
    return (
        Participant.objects.filter(edition=edition).select_related("competition_class").order_by("name", "pk")
    )


def participants_shown_to(user: User | AnonymousUser) -> QuerySet[Participant]:
    """Return the participants whose own pages a person may see: as contact of just these."""
    if not user.is_authenticated:
        return Participant.objects.none()
    return (
        Participant.objects.filter(contacts__user=user)
        .select_related("competition_class", "edition__programme__organiser")
        .order_by("-edition__created_at", "name")
    )


def questionnaire_in_force(edition: Edition) -> Questionnaire:
    """Return the questionnaire of the newest version of an edition's rules."""
    newest = (
        Questionnaire.objects.filter(rules__edition=edition)
        .select_related("rules")
        .order_by("-rules__number")
        .first()
    )
    if newest is None:
        raise Refused(
            "no_questionnaire",
            _("%(edition)s has no questionnaire: its rules hold no survey part.") % {"edition": edition},
        )
    return newest


def surroundings_of(edition: Edition) -> ParticipantSurroundings:
    """Return what participants of an edition are checked against."""
    survey = definition_in_force(edition).survey
    used: dict[str, set[str]] = {}
    pairs = Participant.objects.filter(edition=edition, enquiries__isnull=False)
    for code, channel in pairs.values_list("code", "enquiries__channel").distinct():
        used.setdefault(code, set()).add(channel)
    return ParticipantSurroundings(
        classes=dict(classes_of(edition).values_list("code", "pk")),
        channels=tuple(survey.channels) if survey else (),
        enquired_on={code: frozenset(channels) for code, channels in used.items()},
    )
