"""From levels to the cells of the ``enquiries`` and ``evaluations`` spreadsheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaaring.jobs.demo import profile
from kaaring.jobs.demo.comments.fields import comment
from kaaring.jobs.demo.comments.grammar import PRONOUNS, Pick
from kaaring.jobs.demo.ground import Ground
from kaaring.jobs.demo.roster import Centre
from kaaring.jobs.demo.scales import Rung
from kaaring.jobs.demo.schedule import OPENS_AT, Contact
from kaaring.jobs.demo.sheet import Sheet
from kaaring.jobs.demo.unscored import unscored_answer
from kaaring.scoring.questionnaire import NOT_APPLICABLE, Kind, Question


@dataclass(frozen=True)
class Marks:
    """One row of the sheet in plain numbers: the rung, earned and possible units of every scored question."""

    rungs: Mapping[str, Rung | None]
    shares: Mapping[str, float]
    areas: Mapping[str, float]
    score: float


def enquiry_rows(
    year: int, opens: date, centres: Sequence[Centre], contacts: Sequence[Contact]
) -> list[dict[str, str]]:
    """Return all planned enquiries. A window is the week of the contact, from the day fieldwork opens."""
    rows: list[dict[str, str]] = []
    for number, contact in enumerate(contacts):
        monday, friday = contact.week
        rows.append(
            {
                "enquiry": enquiry_code(year, number),
                "participant": centres[contact.participant].code,
                "channel": contact.channel,
                "shopper": shopper_code(contact),
                "scenario": contact.scenario,
                "window_from": max(monday, opens).isoformat(),
                "window_to": friday.isoformat(),
            }
        )
    return rows


def enquiry_code(year: int, number: int) -> str:
    return f"{year}-{number + 1:04d}"


def shopper_code(contact: Contact) -> str:
    return f"S{contact.shopper + 1:03d}"


def evaluation_rows(
    ground: Ground,
    enquiries: Sequence[Mapping[str, str]],
    contacts: Sequence[Contact],
    sheet: Sheet,
    *,
    remarks: Mapping[int, str],
    pick: Pick,
) -> list[dict[str, str]]:
    """Return the evaluations, one per row of the sheet; ``remarks`` replace some rows' overall comment."""
    every_mark = _all_marks(sheet)
    rows: list[dict[str, str]] = []
    for number, (enquiry, contact, marks) in enumerate(zip(enquiries, contacts, every_mark, strict=True)):
        answers, attempts = _answers(ground, contact, marks, pick)
        comments = _comments(ground, contact, marks, pick)
        if number in remarks:
            comments["comment_overall"] = remarks[number]
        rows.append(
            {
                **{column: enquiry[column] for column in ("enquiry", "participant", "channel", "shopper")},
                "at": contact.at.isoformat(timespec="minutes"),
                "attempts": str(attempts),
                "status": "approved",
                **answers,
                **comments,
                "excluded": "",
            }
        )
    return rows


def _comments(ground: Ground, contact: Contact, marks: Marks | None, pick: Pick) -> dict[str, str]:
    """Return the comment fields; one agent keeps one pronoun through all of them."""
    shares = marks.shares if marks else {}
    pronoun = PRONOUNS[pick(len(PRONOUNS))]
    return {
        f"comment_{area}": comment(
            area, contact.channel, shares, marks.areas.get(area) if marks else None, pick, pronoun=pronoun
        )
        for area in ground.comment_areas
    }


def _all_marks(sheet: Sheet) -> list[Marks | None]:
    """Return the marks of every row, None where nobody answered."""
    scales = sheet.scales
    everything = np.ones(len(scales.questions), dtype=np.bool_)
    earned, levels = sheet.earned, sheet.levels
    shares = np.where(levels >= 0, earned / np.maximum(sheet.full, 1), -1.0)
    area_scores = {
        area: 100 * np.where(fed, earned, 0).sum(axis=1) / np.maximum(sheet.possible(fed), 1)
        for area in scales.questionnaire.areas
        for fed in [scales.feeding(f"area:{area}")]
    }
    totals = 100 * earned.sum(axis=1) / np.maximum(sheet.possible(everything), 1)
    marks: list[Marks | None] = []
    for row in range(levels.shape[0]):
        ladders = scales.ladders[int(sheet.channels[row])]
        if not sheet.answered[row]:
            marks.append(None)
            continue
        rungs = {
            code: ladder.rungs[level] if level >= 0 else None
            for code, ladder, level in zip(scales.codes, ladders, levels[row].tolist(), strict=True)
            if ladder is not None
        }
        own = zip(scales.codes, shares[row].tolist(), strict=True)
        areas = {area: float(scores[row]) for area, scores in area_scores.items()}
        marks.append(
            Marks(rungs, {code: share for code, share in own if share >= 0}, areas, float(totals[row]))
        )
    return marks


def _answers(ground: Ground, contact: Contact, marks: Marks | None, pick: Pick) -> tuple[dict[str, str], int]:
    """Return a cell for every question, empty where it was not asked, and the number of attempts."""
    most = ground.attempts.get(contact.channel, 1)
    answers = {question.code: "" for question in ground.questionnaire.questions}
    if marks is None:
        for question in ground.questionnaire.asked_on(contact.channel):
            if question.is_gate:
                answers[question.code] = next(option.code for option in question.options if option.stops)
        return answers, most
    attempts = 1 if most == 1 or pick(100) < 92 else 2
    wait = _wait(ground, contact, marks, pick)
    for question in ground.questionnaire.asked_on(contact.channel):
        answers[question.code] = _answer(question, contact.channel, marks, pick, wait=wait, attempts=attempts)
    return answers, attempts


def _answer(question: Question, channel: str, marks: Marks, pick: Pick, *, wait: int, attempts: int) -> str:
    if question.is_gate:
        going_on = [option.code for option in question.options if not option.stops]
        return going_on[min(attempts, len(going_on)) - 1]
    if question.code not in marks.rungs:
        return unscored_answer(question, channel, marks.score, wait, pick)
    rung = marks.rungs[question.code]
    if rung is None:
        return NOT_APPLICABLE
    return str(wait) if question.kind is Kind.MEASURED else rung.text


def _wait(ground: Ground, contact: Contact, marks: Marks, pick: Pick) -> int:
    """Draw a wait from its band that agrees with whether the shopper was asked about the queue.

    E-mail is answered before the last working day ends, which is nearer the later in the day it was sent.
    """
    rung = marks.rungs.get(profile.WAIT)
    if rung is None:
        return 0
    shortest, longest = max(rung.above + 1, 4 if contact.channel != "email" else 6), rung.upto
    if profile.QUEUE in marks.rungs:
        if marks.rungs[profile.QUEUE] is None:
            longest = min(longest, profile.SHORT_WAIT - 1)
        else:
            shortest = max(shortest, profile.SHORT_WAIT)
    if contact.channel == "email":
        bands = next(q for q in ground.questionnaire.questions if q.code == profile.WAIT).bands["email"]
        longest = min(longest, int(bands[-1].bound) - (contact.minute - OPENS_AT))
    return shortest + pick(longest - shortest + 1)
