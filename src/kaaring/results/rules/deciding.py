"""When a measured award may be decided, and when any decision may be revoked."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.programmes.models import Award
from kaaring.results.models import Decided, Decision
from kaaring.survey.models import CompetitionClass, Participant


def named(award: Award, competition_class: CompetitionClass | None) -> str:
    """Return what is given, in words: the award, and the class where there is one in each."""
    return str(award) if competition_class is None else f"{award}, {competition_class}"


def agree(leaders: Collection[int], decisions: Sequence[Decision]) -> bool:
    """Say whether decisions follow the measurement, or depart from it with a reason.

    They follow it when they name just the leaders. Otherwise each that names another needs its reason, and
    where a leader is left out at least one decision gives a reason.
    """
    decided = {decision.participant_id for decision in decisions}
    if decided == set(leaders):
        return True
    others = [decision for decision in decisions if decision.participant_id not in leaders]
    return all(decision.reason for decision in others) and any(decision.reason for decision in decisions)


def against_deciding(
    award: Award,
    competition_class: CompetitionClass | None,
    participants: Sequence[Participant],
    *,
    in_force: Sequence[Decision],
    citation: Text,
) -> Refused | None:
    """An award is given once, in the class it belongs to, and an appointed one with a citation."""
    if award.by == Award.By.JURY:
        return Refused("by_jury", _("“%(award)s” is decided by its jury, not here.") % {"award": award})
    if not participants:
        return Refused(
            "nobody_chosen", _("Choose at least one participant for “%(award)s”.") % {"award": award}
        )
    if in_force:
        return Refused(
            "already_decided",
            _("“%(award)s” is decided already. Revoke that decision with a reason, then decide anew.")
            % {"award": named(award, competition_class)},
        )
    if award.by == Award.By.APPOINTMENT and not any(words.strip() for words in citation.values()):
        return Refused(
            "citation_missing",
            _("“%(award)s” is given by appointment: write why this participant gets it.") % {"award": award},
        )
    return against_wrong_class(award, competition_class, participants)


def against_wrong_class(
    award: Award, competition_class: CompetitionClass | None, participants: Sequence[Participant]
) -> Refused | None:
    """An award in each class goes to members of that class; one among all names no class."""
    if (award.among == Award.Among.EACH_CLASS) != (competition_class is not None):
        return Refused(
            "class_does_not_fit",
            _("“%(award)s” is given in each class: name the class.") % {"award": award}
            if competition_class is None
            else _("“%(award)s” is given among all: name no class.") % {"award": award},
        )
    for participant in participants:
        if participant.edition_id != award.edition_id:
            return Refused(
                "not_in_edition", _("%(name)s does not take part in this edition.") % {"name": participant}
            )
        if competition_class is not None and participant.competition_class_id != competition_class.pk:
            return Refused(
                "not_in_class",
                _("%(name)s does not compete in the class %(class)s.")
                % {"name": participant, "class": competition_class},
            )
    return None


def against_deciding_otherwise(
    award: Award, leaders: Collection[int], participants: Sequence[Participant], *, reason: str
) -> Refused | None:
    """An award by measurement goes to those who lead; to others, or not to all of them, with a reason."""
    follows = {participant.pk for participant in participants} == set(leaders)
    if award.by != Award.By.MEASURE or follows or reason.strip():
        return None
    return Refused(
        "reason_missing",
        _("This is not what the measurement says. Give the reason, or choose just those who lead."),
    )


def against_deciding_open_awards(open_count: int) -> Refused | None:
    """There must be an open award that somebody leads for."""
    if open_count:
        return None
    return Refused(
        "nothing_open",
        _("No award by measurement is open: each is decided, or nobody has a place for it yet."),
    )


def against_revoking(decision: Decided, *, reason: str) -> Refused | None:
    """A decision is revoked once, with a reason."""
    if decision.revoked_at is not None:
        return Refused("already_revoked", _("This decision is revoked already."))
    if not reason.strip():
        return Refused("reason_missing", _("Say why the decision is revoked. The reason stays in the log."))
    return None
