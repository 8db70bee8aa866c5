"""When a jury's award may be decided, and what needs a reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.entries.models import Entry
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Award
from kaaring.results.models import EntryDecision


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
