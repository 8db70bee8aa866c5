"""Who leads and who wins: bringing scores into the published order, with a margin that no rounding can close.

A contest knows the sheet and which rows belong to the first half. The order at half-way is made with
first-half answers, everything about the end with second-half answers, so that neither undoes the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kaaring.jobs.demo.sheet import Aim, Flags, Sheet, fixed
from kaaring.jobs.demo.steering import POINT, settle

MARGIN = 0.6
"""Points by which a leader is kept ahead: so far apart, scores differ at one decimal however rounded."""

EXACT = 0.02
"""Points by which a published figure may be missed before it is rounded to one decimal."""


@dataclass
class Contest:
    """A sheet with its halves and classes. ``classes`` holds every participant's class as a number."""

    sheet: Sheet
    first_half: Flags
    classes: np.ndarray[tuple[int], np.dtype[np.int64]]

    @property
    def everything(self) -> Flags:
        return np.ones_like(self.first_half)

    def of(self, participant: int, rows: Flags) -> Flags:
        flags: Flags = rows & (self.sheet.participants == participant)
        return flags

    def score(self, participant: int, measure: str, rows: Flags) -> float:
        """Return one participant's mean over the rows in points."""
        mean = self.sheet.mean(measure, self.of(participant, rows))
        return self.sheet.value(mean) / POINT

    def bring(
        self,
        participant: int,
        aims: Sequence[tuple[str, float]],
        counted: Flags,
        movable: Flags,
        *,
        within: float,
    ) -> bool:
        """Bring a participant's measures over the counted rows to the given points by the movable ones."""
        counted = self.of(participant, counted)
        wanted = [Aim(self.sheet.mean(measure, counted), fixed(points)) for measure, points in aims]
        return settle(self.sheet, wanted, self.of(participant, movable), within=within)

    def put_ahead(self, ahead: int, counted: Flags, movable: Flags, *, most: float) -> None:
        """Make a participant lead its class alone: lift it as far as ``most``, then hold the others back."""
        scores = self.sheet.scores("total", counted) / POINT
        rivals = [one for one in np.flatnonzero(self.classes == self.classes[ahead]).tolist() if one != ahead]
        best = max(float(scores[one]) for one in rivals)
        leading = float(scores[ahead])
        if leading < best + MARGIN and leading < most:
            self.bring(ahead, [("total", min(best + 1.5 * MARGIN, most))], counted, movable, within=0.1)
            leading = self.score(ahead, "total", counted)
        for step, one in enumerate(sorted(rivals, key=lambda rival: -float(scores[rival]))):
            if float(scores[one]) > leading - MARGIN:
                self.bring(
                    one, [("total", leading - (1.4 + 0.4 * step) * MARGIN)], counted, movable, within=0.1
                )

    def leads(self, ahead: int, counted: Flags) -> bool:
        """Say whether a participant is ahead of all others of its class by nearly the margin."""
        scores = self.sheet.scores("total", counted) / POINT
        rivals = (self.classes == self.classes[ahead]) & (np.arange(self.classes.size) != ahead)
        return bool((scores[rivals] < scores[ahead] - MARGIN / 2).all())

    def hold_below(self, participants: Iterable[int], measure: str, most: float) -> None:
        """Lower whoever scores more than ``most`` at the end, each to its own score below it."""
        scores = self.sheet.scores(measure, self.everything) / POINT
        above = [one for one in participants if scores[one] > most]
        for step, one in enumerate(sorted(above, key=lambda each: -float(scores[each]))):
            self.bring(
                one, [(measure, most - 0.15 - 0.2 * step)], self.everything, ~self.first_half, within=0.1
            )
