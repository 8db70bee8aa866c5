"""The minutes of a jury's meeting in words: what was noted and which marks were changed, in order of time."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from kaaring.jury.models import Meeting, Minute
from kaaring.jury.queries.meetings import MarkChange, changes_in, minutes_of
from kaaring.jury.sheets import Blank, mark_at
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema.values import plain_number
from kaaring.results.models import EntryDecision


class Noted(NamedTuple):
    """A line of the minutes: when, about the entry of which code, and what happened, in words."""

    at: datetime
    code: str
    said: str


def minutes_seen(meeting: Meeting, hidden: Collection[int]) -> list[Minute]:
    """Return what a meeting noted, without what is about entries that are hidden from the reader.

    A tie with such an entry is one of them as a whole, and so is every decision.
    """
    found = list(minutes_of(meeting))
    ties = {one.at for one in found if one.kind == Minute.Kind.TIE and one.entry_id in hidden}
    return [
        one
        for one in found
        if one.entry_id not in hidden
        and not (one.kind == Minute.Kind.TIE and one.at in ties)
        and not (one.kind == Minute.Kind.DECIDED and hidden)
    ]


def in_words(minutes: Iterable[Minute], changes: Iterable[MarkChange], blank: Blank) -> list[Noted]:
    """Return what was noted and which marks were changed, in order of time."""
    lines = [*map(_noted, minutes), *(_changed(one, blank) for one in changes)]
    return sorted(lines, key=lambda one: one.at)


def changes_seen(meeting: Meeting, hidden: Collection[int]) -> Iterator[MarkChange]:
    """Return the marks changed in a meeting, for entries that are not hidden from the reader."""
    return (one for one in changes_in(meeting) if one.kept.scorecard.assignment.entry_id not in hidden)


def _noted(minute: Minute) -> Noted:
    about, kind = _about(minute), minute.get_kind_display()
    if minute.juror is not None:
        told = f"{kind}: {minute.juror} ({about})" if about else f"{kind}: {minute.juror}"
    else:
        told = ": ".join(str(part) for part in (kind, minute.position, about) if part)
    return Noted(minute.at, minute.entry.code if minute.entry else "", told)


def _about(minute: Minute) -> str:
    if minute.award is None:
        return minute.text
    level = str(dict(EntryDecision.Level.choices).get(minute.level, minute.level))
    told = f"{minute.award}: {level}" if level else str(minute.award)
    return f"{told}. {minute.text}" if minute.text else told


def _changed(change: MarkChange, blank: Blank) -> Noted:
    kept, assignment = change.kept, change.kept.scorecard.assignment
    names = {one.code: said(one.name) for one in blank.criteria}
    told = _(
        "mark of %(juror)s on “%(criterion)s” changed from %(before)s to %(after)s by %(who)s: %(reason)s"
    )
    words = {
        "juror": assignment.juror.name,
        "criterion": names.get(change.criterion, change.criterion),
        "before": mark_in_words(blank, change.before),
        "after": mark_in_words(blank, change.after),
        "who": str(kept.by or _("a command")),
        "reason": kept.reason,
    }
    return Noted(kept.at, assignment.entry.code, told % words)


def mark_in_words(blank: Blank, steps: int | None) -> str:
    """Return the mark that lies so many steps above the lowest, a dash for none."""
    return "–" if steps is None else str(plain_number(mark_at(blank.scale, steps)))
