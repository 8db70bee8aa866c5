"""What may be decided, published and withdrawn, and if not, why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Entry
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.programmes.models import Award
from kaaring.results.models import Decided, Decision, EntryDecision, FeedbackRelease, Rounding, Run
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


def against_publishing(
    *, counted: int, undecided: Sequence[str], contradicted: Sequence[str]
) -> Refused | None:
    """Something counts, and every award is decided: as measured or marked, or with a reason."""
    if counted == 0:
        return Refused(
            "nothing_to_publish",
            _("There is nothing to publish: no evaluation and no scorecard counts yet. Bring them in first."),
        )
    if undecided:
        return Refused(
            "awards_undecided",
            _("Not every award is decided. Decide these first, then publish."),
            details=tuple(undecided),
        )
    if contradicted:
        return Refused(
            "decisions_contradict",
            _(
                "Some decisions name others than the measurement or the marks do, and give no reason. "
                "Revoke them and decide anew: as measured or marked, or with a reason."
            ),
            details=tuple(contradicted),
        )
    return None


def against_publishing_what_changed(before: int, now: int) -> Refused | None:
    """What is frozen must be what was computed: nothing may have happened in the edition meanwhile."""
    if before == now:
        return None
    return Refused(
        "changed_meanwhile",
        _(
            "Something changed in this edition while the results were computed. "
            "Nothing was published; look at the log, then publish again."
        ),
    )


def against_withdrawing(run: Run, *, reason: str) -> Refused | None:
    """A run is withdrawn once, with a reason that stays visible."""
    if run.withdrawn_at is not None:
        return Refused("already_withdrawn", _("This run is withdrawn already."))
    if not reason.strip():
        return Refused(
            "reason_missing", _("Say why the run is withdrawn. The reason stays visible to everybody.")
        )
    return None


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


def against_publishing_rounding(
    published: Rounding | None, *, until: date, today: date, leading: int, because: str
) -> Refused | None:
    """A rounding looks back on days that are over, has a leader, and is replaced only with a reason."""
    if until >= today:
        return Refused(
            "day_not_over",
            _("%(day)s is not over yet. Choose a day up to yesterday, so that all its enquiries are in.")
            % {"day": until.isoformat()},
        )
    if leading == 0:
        return Refused(
            "nobody_leads",
            _("No class has a leader at the end of %(day)s: too few enquiries count yet. Choose a later day.")
            % {"day": until.isoformat()},
        )
    if published is not None and not because.strip():
        return Refused(
            "reason_missing",
            _("A rounding is published already. Say why it is replaced; the reason stays in the log."),
        )
    return None


def against_withdrawing_rounding(published: Rounding | None, *, reason: str) -> Refused | None:
    """Only a published rounding is withdrawn, with a reason."""
    if published is None:
        return Refused("not_published", _("No rounding is published."))
    if not reason.strip():
        return Refused("reason_missing", _("Say why the rounding is withdrawn. The reason stays in the log."))
    return None


def against_deciding_entries(
    award: Award, levels: Sequence[tuple[Entry, str]], *, known: Collection[str], rows: Collection[int]
) -> Refused | None:
    """A jury's award goes to entries that compete for it, at levels of the rules, each entry once.

    ``known`` are the levels that can be given; ``rows`` the entries in the stage that decides.
    """
    if award.by != Award.By.JURY:
        return Refused("not_by_jury", _("“%(award)s” is not given by a jury.") % {"award": award})
    if not levels:
        return Refused("nobody_chosen", _("Choose at least one entry for “%(award)s”.") % {"award": award})
    strange = sorted({level for _entry, level in levels if level not in known})
    if strange:
        return Refused(
            "level_unknown",
            _("“%(award)s” is not given at the level “%(levels)s”. The rules name: %(known)s.")
            % {"award": award, "levels": ", ".join(strange), "known": ", ".join(known)},
        )
    if len({entry.pk for entry, _level in levels}) < len(levels):
        return Refused("twice", _("An entry is chosen twice. Give each one level."))
    outside = [str(entry) for entry, _level in levels if entry.pk not in rows]
    if outside:
        return Refused(
            "not_competing",
            _(
                "Not every entry competes for “%(award)s”: it must be submitted, in its category, and in "
                "the stage that decides."
            )
            % {"award": award},
            details=tuple(outside),
        )
    return None


def against_deciding_early(award: Award, due: Sequence[tuple[str, datetime, int]]) -> Refused | None:
    """A jury's award is decided when nothing can change the places any more.

    ``due`` are the stages that are not over: their name, end, and scorecards to come, 0 in a public vote.
    """
    if not due:
        return None
    return Refused(
        "not_over",
        _(
            "“%(award)s” cannot be decided yet: its places can still change. Wait until that is over, move "
            "the end of the stage under Stages, or take back under Assignment what nobody will mark."
        )
        % {"award": award},
        details=tuple(_to_come(*one, award.edition.timezone) for one in due),
    )


def _to_come(stage: str, closes_at: datetime, scorecards: int, timezone: str) -> str:
    until = date_format(local(closes_at, timezone), "SHORT_DATETIME_FORMAT")
    if not scorecards:
        return _("%(stage)s: the public votes until %(until)s") % {"stage": stage, "until": until}
    said = ngettext(
        "%(stage)s: %(count)d scorecard is not final, and can be until %(until)s",
        "%(stage)s: %(count)d scorecards are not final, and can be until %(until)s",
        scorecards,
    )
    return said % {"stage": stage, "count": scorecards, "until": until}


def against_deciding_twice(award: Award, in_force: Sequence[EntryDecision], timezone: str) -> Refused | None:
    """A jury's award is decided once; who comes second is told by whom and when it was."""
    if not in_force:
        return None
    first = in_force[0]
    return Refused(
        "already_decided",
        _(
            "“%(award)s” is decided already, by %(who)s on %(when)s. "
            "Revoke that decision with a reason, then decide anew."
        )
        % {
            "award": award,
            "who": first.decided_by or _("a command"),
            "when": date_format(local(first.decided_at, timezone), "SHORT_DATETIME_FORMAT"),
        },
    )


LEVELS = {level: rank for rank, level in enumerate(EntryDecision.Level.values)}
"""The levels a jury gives, the highest first; nobody's is the last."""
WINNER, NOTHING = LEVELS["winner"], LEVELS["none"]


def follows_marks(contests: Iterable[Mapping[int, int | None]], levels: Mapping[int, str]) -> bool:
    """Say whether levels follow the places in each contest; entries stand by their keys.

    They do where only the first win, nobody gets less than one who stands lower, all on one place get the
    same, and those without a place get nothing.
    """
    return all(_falls(contest, levels) for contest in contests)


def _falls(contest: Mapping[int, int | None], levels: Mapping[int, str]) -> bool:
    unplaced = len(contest) + 1
    given: dict[int, set[int]] = {}
    for entry, place in contest.items():
        given.setdefault(place or unplaced, set()).add(LEVELS[levels.get(entry, "none")])
    in_order = [rank for place in sorted(given) for rank in given[place]]
    return (
        all(len(own) == 1 for own in given.values())
        and in_order == sorted(in_order)
        and given.get(unplaced, {NOTHING}) == {NOTHING}
        and all(place == 1 for place, own in given.items() if WINNER in own)
    )


def against_deciding_otherwise_than_marked(
    contests: Iterable[Mapping[int, int | None]], levels: Mapping[int, str], *, reason: str
) -> Refused | None:
    """Who wins without being first, or gets more than one who stands as high, does so with a reason."""
    if reason.strip() or follows_marks(contests, levels):
        return None
    return Refused(
        "reason_missing",
        _(
            "This is not the order of the marks: somebody who stands higher, or as high, would get less. "
            "Give the reason, or choose by the places."
        ),
    )


def against_deciding_nobody(award: Award, *, reason: str) -> Refused | None:
    """That nobody gets a jury's award needs a reason."""
    if award.by != Award.By.JURY:
        return Refused("not_by_jury", _("“%(award)s” is not given by a jury.") % {"award": award})
    if not reason.strip():
        return Refused(
            "reason_missing",
            _("Say why nobody gets “%(award)s”. It is shown with the results.") % {"award": award},
        )
    return None


def against_releasing_feedback(
    released: FeedbackRelease | None, *, is_published: bool, shows_band: bool
) -> Refused | None:
    """Feedback is about published results of a jury, and is released once or with another choice."""
    if not is_published:
        return Refused(
            "not_published",
            _("There are no published results to give feedback on. Publish the results first."),
        )
    if released is not None and released.shows_band == shows_band:
        return Refused(
            "already_released",
            _("Feedback is released already, and tells in which quarter the place is.")
            if shows_band
            else _("Feedback is released already, and does not tell where the place is."),
        )
    return None


def against_withdrawing_feedback(released: FeedbackRelease | None, *, reason: str) -> Refused | None:
    """Only released feedback is withdrawn, with a reason."""
    if released is None:
        return Refused("not_released", _("Feedback is not released, so nobody can read it."))
    if not reason.strip():
        return Refused("reason_missing", _("Say why feedback is withdrawn. The reason stays in the log."))
    return None
