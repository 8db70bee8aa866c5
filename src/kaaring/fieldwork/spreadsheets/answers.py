"""What is wrong with an answer, in words, with the answers that would be right."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.fieldwork.spreadsheets.rows import EvaluationRow
from kaaring.kernel.tables import Fault
from kaaring.scoring import NOT_APPLICABLE, FaultCode, Kind, Question, Questionnaire
from kaaring.scoring import Fault as AnswerFault


def answer_fault(fault: AnswerFault, row: EvaluationRow, questionnaire: Questionnaire, file: str) -> Fault:
    """Return what the scoring found wrong with an answer as a fault of its cell."""
    question = questionnaire.by_code.get(fault.question)
    if question is None:
        what = _("There is no question “%(code)s”.") % {"code": fault.question}
        return Fault(file, row.row, fault.question, fault.value, what, _("Remove the answer."))
    remedy = _("Leave the cell empty.")
    if fault.code not in (FaultCode.NOT_ASKED_ON_CHANNEL, FaultCode.AFTER_STOP):
        remedy = _remedy(question)
    return Fault(file, row.row, fault.question, fault.value, _what(fault, question, row), remedy)


def _what(fault: AnswerFault, question: Question, row: EvaluationRow) -> str:
    said = {
        FaultCode.NOT_ASKED_ON_CHANNEL: _(
            "“%(value)s” is given, but %(question)s is not asked on %(channel)s."
        ),
        FaultCode.AFTER_STOP: _("“%(value)s” is given, but nobody answered the enquiry."),
        FaultCode.MISSING: _("%(question)s has no answer."),
        FaultCode.UNKNOWN_OPTION: _("“%(value)s” is not one of the answers to %(question)s."),
        FaultCode.TOO_MANY_OPTIONS: _("“%(value)s” names more answers than %(question)s takes."),
        FaultCode.NOT_A_NUMBER: _("“%(value)s” is not a number."),
        FaultCode.OUTSIDE_SCALE: _("“%(value)s” is not on the scale %(lowest)s to %(highest)s.")
        if question.kind is Kind.SCALE
        else _("“%(value)s” is below 0."),
        FaultCode.NOT_APPLICABLE_REFUSED: _("“%(value)s” is not allowed for %(question)s."),
    }[fault.code]
    return said % {
        "value": fault.value,
        "question": question.code,
        "channel": row.channel,
        "lowest": question.lowest,
        "highest": question.highest,
    }


def _remedy(question: Question) -> str:
    """Say what would be right: the answers, “na” where that is allowed, nothing where nothing is needed."""
    right = _right_answers(question)
    if question.may_be_not_applicable:
        right = _("%(right)s, or “%(na)s” where it does not apply") % {"right": right, "na": NOT_APPLICABLE}
    if not question.scored:
        right = _("%(right)s, or leave it empty") % {"right": right}
    return f"{right}."


def _right_answers(question: Question) -> str:
    if question.kind is Kind.SCALE:
        values = {"lowest": question.lowest, "highest": question.highest}
        return _("Write a whole number from %(lowest)s to %(highest)s") % values
    if question.kind is Kind.MEASURED:
        return _("Write a number such as 0, 12 or 74.5")
    codes = ", ".join(option.code for option in question.options)
    if question.kind is Kind.CHOICE:
        return _("Write one of: %(codes)s") % {"codes": codes}
    said = ngettext(
        "Write at most %(count)d of these, with a space between: %(codes)s",
        "Write at most %(count)d of these, with a space between: %(codes)s",
        question.most_options,
    )
    return said % {"count": question.most_options, "codes": codes}
