"""Whether evaluations fit their edition and its questionnaire, and what their answers are worth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaaring.fieldwork.spreadsheets.answers import answer_fault
from kaaring.fieldwork.spreadsheets.rows import EnquiryRow, EvaluationRow
from kaaring.fieldwork.spreadsheets.surroundings import Surroundings
from kaaring.kernel.tables import Fault
from kaaring.scoring import ScoredEvaluation, score_evaluation


@dataclass(frozen=True, slots=True)
class Examined:
    """An evaluation as it was sent, with its points."""

    sent: EvaluationRow
    scored: ScoredEvaluation


def examine_evaluations(
    rows: Iterable[EvaluationRow], around: Surroundings, *, file: str
) -> Iterator[Examined | list[Fault]]:
    """Yield each row with its points, or everything that is wrong with it."""
    for row in rows:
        faults = list(_misfits(row, around, file))
        if row.channel not in around.channels:
            yield faults
            continue
        most = around.channels[row.channel]
        if row.attempts > most:
            what = _("%(count)d attempts are more than %(channel)s allows.")
            values = {"count": row.attempts, "channel": row.channel}
            remedy = _("Write a number from 1 to %(most)d.") % {"most": most}
            faults.append(Fault(file, row.row, "attempts", str(row.attempts), what % values, remedy))
        scored = score_evaluation(around.questionnaire, row.channel, row.answers)
        faults += [answer_fault(fault, row, around.questionnaire, file) for fault in scored.faults]
        yield faults or Examined(row, scored)


def _misfits(row: EvaluationRow, around: Surroundings, file: str) -> Iterator[Fault]:
    yield from participant_misfits(row, around, file)
    if row.shopper and row.shopper not in around.shoppers:
        yield unknown_shopper(row, file)
    known = around.enquiries.get(row.enquiry)
    if known is None:
        return
    if known.participant != row.participant:
        what = _("The enquiry %(enquiry)s is planned with %(participant)s.")
        values = {"enquiry": row.enquiry, "participant": known.participant}
        remedy = _("Correct the participant, or the enquiry's code.")
        yield Fault(file, row.row, "participant", row.participant, what % values, remedy)
    if known.channel != row.channel:
        what = _("The enquiry %(enquiry)s is planned on %(channel)s.")
        values = {"enquiry": row.enquiry, "channel": known.channel}
        remedy = _("Correct the channel, or the enquiry's code.")
        yield Fault(file, row.row, "channel", row.channel, what % values, remedy)


def participant_misfits(row: EvaluationRow | EnquiryRow, around: Surroundings, file: str) -> Iterator[Fault]:
    """Yield a fault where the edition lacks the participant or the channel, or this participant lacks it."""
    participant = around.participants.get(row.participant)
    if participant is None:
        what = _("There is no participant “%(value)s” in this edition.")
        remedy = _("Correct the code, or import the participant first.")
        yield Fault(file, row.row, "participant", row.participant, _said(what, row.participant), remedy)
    if row.channel not in around.channels:
        what = _("There is no channel “%(value)s” in this edition.")
        remedy = _("Write one of: %(names)s.") % {"names": ", ".join(around.channels)}
        yield Fault(file, row.row, "channel", row.channel, _said(what, row.channel), remedy)
    elif participant is not None and row.channel not in participant.channels:
        what = _("%(participant)s does not have the channel %(channel)s.")
        values = {"participant": row.participant, "channel": row.channel}
        remedy = _("Correct the channel, or add it to the participant first.")
        yield Fault(file, row.row, "channel", row.channel, what % values, remedy)


def _said(what: str, value: str) -> str:
    return what % {"value": value} if value else _("The cell is empty.")


def unknown_shopper(row: EvaluationRow | EnquiryRow, file: str) -> Fault:
    """Return the fault that the edition has no such shopper."""
    what = _("There is no shopper “%(value)s” in this edition.") % {"value": row.shopper}
    remedy = _("Correct the code, import the shopper first, or leave the cell empty.")
    return Fault(file, row.row, "shopper", row.shopper, what, remedy)
