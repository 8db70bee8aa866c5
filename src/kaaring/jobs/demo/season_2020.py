"""The 2020 edition: 181 participants in 23 classes, and 12 March 2020 in the middle of the last enquiries.

From the sources: the numbers, over 95 per cent done by 10 March, extreme waits at some participants and
scenarios that no longer made sense at others from 12 March, and the pause. Everything else is illustrative.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaaring.jobs.demo import names, profile, roster
from kaaring.jobs.demo.comments.grammar import Pick
from kaaring.jobs.demo.comments.overall import SHOCK_SCENARIO, SHOCK_WAIT
from kaaring.jobs.demo.contest import Contest
from kaaring.jobs.demo.experience import Conditions, bell, draw_sheet, unanswered_flags
from kaaring.jobs.demo.ground import Ground
from kaaring.jobs.demo.scales import Real, Whole, scales_of
from kaaring.jobs.demo.schedule import Contact, contacts_of, spread_days
from kaaring.jobs.demo.sheet import Flags, Sheet
from kaaring.jobs.demo.working_days import working_days

FIRST_DAY, CUT_OFF, SHOCK = date(2019, 11, 27), date(2020, 3, 10), date(2020, 3, 12)
PAUSED_AFTER, PLANNED_END = date(2020, 3, 13), date(2020, 3, 27)
SHOPPERS = 98

LEFT_AFTER_CUT_OFF = 195
"""Of all planned enquiries, how many are still to be made after 10 March."""

MADE_LATE = 76
"""How many of those are made on 11 to 13 March, before the pause."""

TURNING_CLASS = "travel"
"""The class whose leader of 10 March is no longer leader on 13 March."""

LOST_TO_THE_SHOCK = 2
"""How many enquiries that leader leaves unanswered on 12 and 13 March."""

QUEUES_GROW = frozenset(
    {"travel", "insurance", "banks", "public-services", "mobile", "broadband", "pensions", "debt-collection"}
    | {"groceries-online", "health-shop"}
)
SCENARIOS_FAIL = frozenset({"hotels", "car-rental", "public-transport", "parking"})
SLOW_OF_FIVE, UNANSWERED_OF_FIVE = 4, 2
QUALITY_SPREAD = 0.047
LEAD, LEAST_LEAD = 1.5, 0.8


@dataclass(frozen=True)
class Plan:
    """The centres, all contacts in the order of the days, and the first two of the turning class."""

    centres: tuple[roster.Centre, ...]
    classes: Whole
    contacts: list[Contact]
    leader: int
    follower: int

    @property
    def made(self) -> list[Contact]:
        return [contact for contact in self.contacts if contact.day <= PAUSED_AFTER]


def play(ground: Ground, rng: np.random.Generator) -> tuple[Plan, Contest]:
    """Return the plan and the answers of what was made.

    Raises ValueError when the turning class cannot be made to turn.
    """
    plan = _plan(ground, rng)
    by_cut_off = np.array([contact.day <= CUT_OFF for contact in plan.made])
    contest = Contest(_sheet(ground, plan, rng), by_cut_off, plan.classes)
    lead_at_cut_off(plan, contest)
    if not turns(plan, contest):
        raise ValueError("With this seed no class changes its leader after 10 March 2020; take another seed.")
    return plan, contest


def lead_at_cut_off(plan: Plan, contest: Contest) -> None:
    """Give every class one leader on 10 March.

    In the turning class it is ahead by so little that two unanswered enquiries are too many, and everybody
    but its follower is too far behind to come first.
    """
    before = contest.first_half
    scores = contest.sheet.scores("total", before)
    for members in (np.flatnonzero(plan.classes == number) for number in range(len(names.SIZES_2020))):
        best = int(members[np.argmax(scores[members])])
        contest.put_ahead(plan.leader if plan.leader in members else best, before, before, most=91.0)
    leading = contest.score(plan.leader, "total", before)
    contest.bring(plan.follower, [("total", leading - LEAD)], before, before, within=0.1)
    others = np.flatnonzero(plan.classes == plan.classes[plan.leader]).tolist()
    for step, one in enumerate(each for each in others if each not in (plan.leader, plan.follower)):
        most = leading - LEAD - 1.5 - 0.4 * step
        if contest.score(one, "total", before) > most:
            contest.bring(one, [("total", most)], before, before, within=0.1)


def turns(plan: Plan, contest: Contest) -> bool:
    """Say whether the leader leads on 10 March and is behind its follower on 13 March."""
    scores = {
        (participant, name): contest.score(participant, "total", rows)
        for participant in (plan.leader, plan.follower)
        for name, rows in (("cut_off", contest.first_half), ("pause", contest.everything))
    }
    return contest.leads(plan.leader, contest.first_half) and (
        scores[plan.follower, "pause"] > scores[plan.leader, "pause"] + LEAST_LEAD
    )


def shock_remarks(plan: Plan, sheet: Sheet, pick: Pick) -> dict[int, str]:
    """Return what shoppers write about 12 and 13 March, by row."""
    remarks: dict[int, str] = {}
    wait = sheet.scales.column(profile.WAIT)
    for row, contact in enumerate(plan.made):
        if contact.day < SHOCK or not sheet.answered[row]:
            continue
        waited_long = wait is not None and sheet.levels[row, wait] == 0
        class_code = plan.centres[contact.participant].class_code
        if class_code in SCENARIOS_FAIL:
            remarks[row] = SHOCK_SCENARIO[pick(len(SHOCK_SCENARIO))]
        elif class_code in QUEUES_GROW and contact.channel != "email" and waited_long:
            remarks[row] = SHOCK_WAIT[pick(len(SHOCK_WAIT))]
    return remarks


def _plan(ground: Ground, rng: np.random.Generator) -> Plan:
    centres = roster.centres_of(roster.named_2020(), ground.key, ground.stands_in, ground.enquiries, rng)
    class_codes = list(names.SIZES_2020)
    classes = np.array([class_codes.index(centre.class_code) for centre in centres], dtype=np.int64)
    first, second = np.flatnonzero(classes == class_codes.index(TURNING_CLASS))[:2].tolist()
    late = _late_counts(len(centres), first, second, rng)
    late_days = _late_days(late, first, second, rng)
    before = working_days(FIRST_DAY, CUT_OFF)
    days = [[*spread_days(before, ground.enquiries - len(own), rng), *sorted(own)] for own in late_days]
    return Plan(centres, classes, contacts_of(centres, days, SHOPPERS, rng), first, second)


def _late_counts(count: int, leader: int, follower: int, rng: np.random.Generator) -> list[int]:
    """Share what is left after 10 March: one enquiry for most centres, none or two for some."""
    counts = [1] * count
    order = [one for one in rng.permutation(count).tolist() if one not in (leader, follower)]
    counts[leader], counts[follower] = LOST_TO_THE_SHOCK, 0
    none = order[: 2 * count // 15]
    for one in none:
        counts[one] = 0
    missing = LEFT_AFTER_CUT_OFF - sum(counts)
    for one in order[len(none) : len(none) + missing]:
        counts[one] += 1
    return counts


def _late_days(
    counts: Sequence[int], leader: int, follower: int, rng: np.random.Generator
) -> list[list[date]]:
    """Draw the days after 10 March; the first ``MADE_LATE`` fall before the pause, the rest is never made."""
    soon = working_days(date(2020, 3, 11), PAUSED_AFTER)
    later = working_days(date(2020, 3, 16), PLANNED_END)
    days: list[list[date]] = [[] for _ in counts]
    days[leader] = [soon[-2], soon[-1]]
    owing = [one for one, count in enumerate(counts) if one not in (leader, follower) for _ in range(count)]
    mixed = [owing[place] for place in rng.permutation(len(owing)).tolist()]
    for turn, one in enumerate(mixed):
        pool = [
            day for day in (soon if turn < MADE_LATE - LOST_TO_THE_SHOCK else later) if day not in days[one]
        ]
        days[one].append(pool[int(rng.integers(len(pool)))])
    return days


def _sheet(ground: Ground, plan: Plan, rng: np.random.Generator) -> Sheet:
    made = plan.made
    participants = np.array([contact.participant for contact in made], dtype=np.int64)
    channels = [contact.channel for contact in made]
    quality = _quality(plan, rng)
    shocked = np.array([contact.day >= SHOCK for contact in made])
    queues = shocked & _in_classes(plan, made, QUEUES_GROW) & np.array([code != "email" for code in channels])
    senseless = shocked & _in_classes(plan, made, SCENARIOS_FAIL)
    own = profile.UNANSWERED_RATE * (0.6 + 0.8 * rng.random(len(plan.centres)))
    rates = (own * np.clip(1.0 - 6.0 * quality, 0.1, 3.0))[participants]
    answered = ~unanswered_flags(channels, rates, rng)
    answered &= ~(queues & (rng.integers(5, size=len(made)) < UNANSWERED_OF_FIVE))
    answered[shocked & (participants == plan.leader)] = False
    conditions = Conditions(
        participants=participants,
        channels=np.array([ground.questionnaire.channels.index(code) for code in channels], dtype=np.int64),
        answered=answered,
        quality=quality[participants] - np.where(senseless, 0.15, 0.0),
        steadiness=np.ones(len(made)),
        readiness=-np.where(queues & (rng.integers(5, size=len(made)) < SLOW_OF_FIVE), 2.0, 0.0),
        sells=~_in_classes(plan, made, frozenset({profile.NOTHING_TO_BUY})),
    )
    return draw_sheet(scales_of(ground.questionnaire), conditions, rng)


def _quality(plan: Plan, rng: np.random.Generator) -> Real:
    """Return every participant's quality; the turning class has two clearly ahead of the others."""
    quality = QUALITY_SPREAD * bell(rng, len(plan.centres))
    rivals = plan.classes == plan.classes[plan.leader]
    quality[rivals] = np.minimum(quality[rivals], 0.03)
    quality[plan.leader], quality[plan.follower] = 0.10, 0.08
    return quality


def _in_classes(plan: Plan, made: Sequence[Contact], codes: frozenset[str]) -> Flags:
    return np.array([plan.centres[contact.participant].class_code in codes for contact in made])
