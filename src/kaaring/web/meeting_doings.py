"""What is done in a jury's meeting, and the page with everything on it that can be done there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kaaring.entries.models import Entry
from kaaring.entries.queries.submitted import put_titles
from kaaring.jury.actions import meetings as actions
from kaaring.jury.models import Juror, Meeting
from kaaring.jury.queries import meetings as queries
from kaaring.jury.queries.called import Called
from kaaring.jury.queries.stages import stages_of
from kaaring.jury.rules import meetings as may
from kaaring.kernel.refused import Refused, refuse
from kaaring.people.models import User
from kaaring.programmes.models import Award
from kaaring.results.actions.meeting import decide_in_meeting
from kaaring.results.models import EntryDecision
from kaaring.results.queries.juried import EntryProposal, due_before, entry_proposal_for
from kaaring.results.rules.juried import against_deciding_early
from kaaring.web.award_form import AwardForm
from kaaring.web.meeting_room import Room, room_of

type Doing = Callable[[Meeting, QueryDict, str, datetime], str]


def _attend(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    there = Juror.objects.filter(
        edition=meeting.stage.edition_id, public_id__in=posted.getlist("there")
    ).values_list("pk", flat=True)
    actions.note_attendance(meeting.pk, list(there), by=by, at=at)
    return _("Attendance is noted.")


def _take_up(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    (entry,) = _entries(meeting, [posted.get("entry", "")])
    actions.take_up(meeting.pk, entry, by=by, at=at)
    return ""


def _change_mark(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    scorecard, steps = posted.get("scorecard", ""), posted.get("steps", "")
    actions.change_mark_in_meeting(
        meeting.pk,
        _number(scorecard, otherwise=0),
        posted.get("criterion", ""),
        _number(steps, otherwise=-1),
        reason=posted.get("reason", "")[:2000],
        by=by,
        at=at,
    )
    return _("The mark is changed, and what it was is kept.")


def _note(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    actions.note(meeting.pk, posted.get("text", "")[:5000], by=by, at=at)
    return _("It is noted.")


def _part(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    """Part a tie: each entry's position stands under its public id; equal or missing ones part nothing."""
    typed = [(posted.get(f"position_{entry}", ""), entry) for entry in posted.getlist("entry")]
    in_order = [entry for _position, entry in sorted(typed, key=_position)]
    known = {position for position, _entry in typed}
    order = _entries(meeting, in_order) if len(known) == len(typed) else []
    actions.part_tie(meeting.pk, order, reason=posted.get("reason", "")[:2000], by=by, at=at)
    return _("The tie is parted.")


def _position(typed: tuple[str, str]) -> tuple[int, str]:
    position, entry = typed
    return (_number(position, otherwise=10_000), entry)


def _number(typed: str, *, otherwise: int) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= 9 else otherwise


def _close(meeting: Meeting, posted: QueryDict, by: str, at: datetime) -> str:
    actions.close_meeting(meeting.pk, by=by, at=at)
    return _("The meeting is closed.")


def _entries(meeting: Meeting, public_ids: Sequence[str]) -> list[int]:
    """Return the keys of entries of the edition, 0 for what is none, so that the action can say so."""
    found = Entry.objects.filter(edition=meeting.stage.edition_id, public_id__in=public_ids)
    keys = dict(found.values_list("public_id", "pk"))
    return [keys.get(one, 0) for one in public_ids]


_DOINGS: Mapping[str, Doing] = {
    "attend": _attend,
    "take-up": _take_up,
    "change": _change_mark,
    "note": _note,
    "part": _part,
    "close": _close,
}
DOINGS = (*_DOINGS, "decide", "nobody")
"""What the leader of a meeting does in it, each at an address of its own."""


class Posted(NamedTuple):
    """Something that is to be done in a meeting: what, with what was typed, by whom and when."""

    doing: str
    typed: QueryDict
    user: User
    at: datetime


def carry_out(meeting: Meeting, posted: Posted) -> tuple[str, AwardForm | None]:
    """Do it, and return what to say; or the form again, with what was wrong in it."""
    by = posted.user.public_id
    if posted.doing in _DOINGS:
        return _DOINGS[posted.doing](meeting, posted.typed, by, posted.at), None
    proposal = entry_proposal_for(_award(meeting, posted.typed.get("award", "")))
    refuse(_against_deciding(meeting, proposal, posted.user, at=posted.at))
    said = _("“%(award)s” is decided.") % {"award": proposal.award}
    if posted.doing == "nobody":
        reason = posted.typed.get("reason", "")[:2000]
        decide_in_meeting(meeting, proposal.award, [], reason=reason, by=by, at=posted.at)
        return said, None
    form = AwardForm(posted.typed, proposal=proposal)
    if not form.is_valid():
        return "", form
    decide_in_meeting(
        meeting,
        proposal.award,
        form.levels(),
        citations=form.citations(),
        reason=form.cleaned_data["reason"],
        by=by,
        at=posted.at,
    )
    return said, None


def _award(meeting: Meeting, code: str) -> Award:
    """Return an award for the meeting's category; there is no other to decide here (404)."""
    awards = Award.objects.select_related("edition__programme__organiser")
    category = meeting.category.code
    return get_object_or_404(
        awards, edition=meeting.stage.edition, category=category, by=Award.By.JURY, code=code
    )


def _against_deciding(
    meeting: Meeting, proposal: EntryProposal, user: User, *, at: datetime
) -> Refused | None:
    """Who leads an open meeting decides in it, without a conflict of interest with any that competes."""
    edition, competing = meeting.stage.edition, [row.entry.pk for row in proposal.rows]
    return (
        may.against_leading(queries.may_lead(edition, meeting.category, user))
        or may.against_a_closed_meeting(meeting)
        or may.against_an_earlier_stage(_is_decided_later(meeting, proposal, at=at))
        or may.against_one_who_is_out(queries.is_out(edition, competing, user))
    )


def context_of(
    meeting: Meeting, user: User, *, space: str, at: datetime, form: AwardForm | None = None
) -> dict[str, Any]:
    """Return what a page of a meeting shows; ``space`` says whose page it is: organiser or juror."""
    room = room_of(meeting, user, at=at)
    edition = meeting.stage.edition
    arguments = (edition.programme.slug, edition.slug, meeting.public_id)
    doing = {one.replace("-", "_"): reverse(f"{space}:meeting_{one}", args=arguments) for one in DOINGS}
    forms = [_form(proposal, form) for proposal in _proposals(room, at=at)] if room.is_leading else []
    awards = [
        {
            "form": one,
            "decided": _decided(one.proposal, room),
            "out": room.out_for([row.entry.pk for row in one.proposal.rows]),
            "early": against_deciding_early(award := one.proposal.award, due_before(award, at=at)),
            "decide_at": doing["decide"],
            "nobody_at": doing["nobody"],
        }
        for one in forms
    ]
    return {
        "room": room,
        "doing": doing,
        "awards": awards,
        "screen_at": reverse(f"{space}:meeting_screen", args=arguments),
    }


def _is_decided_later(meeting: Meeting, proposal: EntryProposal, *, at: datetime) -> bool:
    """Say whether a later stage decides, whose marks may not be known yet to those who meet on this one."""
    here = meeting.stage.opens_at
    stages = [table.stage for table in proposal.tables]
    if None in stages:
        return stages_of(meeting.stage.edition).filter(opens_at__gt=here, opens_at__lte=at).exists()
    return any(stage is not None and stage.opens_at > here for stage in stages)


def _proposals(room: Room, *, at: datetime) -> list[EntryProposal]:
    """Return the awards that can be decided here: those for the category, where nothing is hidden."""
    if any(line.is_hidden for line in room.lines):
        return []
    edition, category = room.meeting.stage.edition, room.meeting.category.code
    awards = Award.objects.filter(edition=edition, by=Award.By.JURY, category=category)
    found = [entry_proposal_for(one) for one in awards.select_related("edition__programme__organiser")]
    return [_as_called(one, room) for one in found if not _is_decided_later(room.meeting, one, at=at)]


def _as_called(proposal: EntryProposal, room: Room) -> EntryProposal:
    tables = tuple(replace(table, rows=room.as_called(table.rows)) for table in proposal.tables)
    return replace(proposal, tables=tables)


def _decided(proposal: EntryProposal, room: Room) -> list[tuple[Called | None, EntryDecision]]:
    """Return what is decided about an award, with what the viewer calls the entry of each decision."""
    put_titles([one.entry for one in proposal.decisions if one.entry is not None])
    return [
        (room.called(one.entry, with_names=room.sees_names) if one.entry else None, one)
        for one in proposal.decisions
    ]


def _form(proposal: EntryProposal, typed: AwardForm | None) -> AwardForm:
    if typed is not None and typed.proposal.award == proposal.award:
        typed.proposal = proposal
        return typed
    return AwardForm(proposal=proposal)
