"""The course of a juried edition in a demonstration: what all of them have in common."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from kaaring.entries.models import Entry
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.jurors import Seat, jurors_of
from kaaring.jobs.demo.juried.plans import CasePlan, Voice, Wording
from kaaring.jobs.demo.roster import code_of
from kaaring.jobs.demonstration import handing_in, marking
from kaaring.jobs.demonstration.accounts import address_of
from kaaring.jobs.demonstration.diary import Diary
from kaaring.jobs.demonstration.entering import DAY, Entering, Houses
from kaaring.jobs.demonstration.jury import Conflicts, JuryRoom, set_by_organiser
from kaaring.jury.models import Stage
from kaaring.jury.sheets import Sheet
from kaaring.kernel.text import Text
from kaaring.outbox.actions import send_letters
from kaaring.outbox.models import Letter
from kaaring.people.models import User
from kaaring.planning.names import normalised
from kaaring.programmes.models import Edition


def opening(period: tuple[date, date] | None, timezone: str) -> datetime:
    """Return the midnight before the first day of a period."""
    assert period is not None
    return datetime.combine(period[0], datetime.min.time(), ZoneInfo(timezone))


class Course:
    """An edition with its cases and its jury, and the diary of what happens to them."""

    voice: Voice
    wording: Wording
    seats: Sequence[Seat]
    panels: Mapping[str, tuple[Text, tuple[str, ...]]]
    conflicts: Conflicts
    unfit: Sequence[str]
    set_by_organiser: tuple[str, str, str]

    def __init__(
        self,
        edition: Edition,
        houses: Houses,
        owner: User,
        accounts: Mapping[str, User],
        *,
        dice: Dice,
        cases: list[CasePlan],
    ) -> None:
        self.edition, self.owner, self.dice, self.cases = edition, owner, dice, cases
        self.diary = Diary()
        self.said: set[tuple[int, str]] = set()
        self.entering = Entering(edition, houses, owner, self.wording, self.diary, dice)
        jurors = jurors_of(self.seats, dice, [_mailbox(seat) for seat in self.seats])
        self.room = JuryRoom(edition, owner, accounts, jurors, self.panels, self.conflicts)

    def call_for_entries(self) -> None:
        """Put into the diary what happens until the jury begins."""
        period = self.entering.period
        self.diary.put_in(period.opens_at + DAY / 3, self.room.seat)
        self.diary.put_in(period.opens_at + DAY, self.room.accept)
        for one in self.cases:
            handing_in.plan(self.entering, one)
        closed = period.closes_at
        self.diary.put_in(closed + DAY * 2, self._send_receipts)
        self.diary.put_in(closed + DAY * 5, self.room.look_at_conflicts)
        self.diary.put_in(closed + DAY * 5.2, self._set_a_conflict)
        self.diary.put_in(closed + DAY * 6, partial(handing_in.check_declarations, self.entering))

    def _send_receipts(self, at: datetime) -> None:
        send_letters(self.edition, [Letter.Kind.RECEIVED], by=self.owner.public_id, at=at)

    def _set_a_conflict(self, at: datetime) -> None:
        name, house, note = self.set_by_organiser
        set_by_organiser(self.room, name, self.entering.houses.known[house], note, at)

    def sheets(self, stage: Stage) -> dict[int, Sheet]:
        """Return what every juror of a stage will have put on every sheet."""
        keys = [self.entering.cases[title].pk for title in self.unfit]
        unfit = frozenset(Entry.objects.filter(case__in=keys).values_list("pk", flat=True))
        qualities, severities = self.entering.qualities, self.room.severities
        marks = marking.Marking(qualities, severities, unfit, self.voice, self.dice, self.said)
        return marking.sheets_for(stage, marks)


def _mailbox(seat: Seat) -> str:
    """Return where a juror reads mail, which nobody else does."""
    if seat.account:
        return address_of(seat.account)
    return f"{latin(seat.name).replace('-', '.')}@{latin(seat.organisation)}.example"


def latin(name: str) -> str:
    """Return a name in the letters of addresses.

    >>> latin("Жан Эскизян"), latin("Вячеслав Åse")
    ('zhan-eskizian', 'viacheslav-ase')
    """
    return code_of(normalised(name))
