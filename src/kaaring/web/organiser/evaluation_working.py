"""How an evaluation's score comes about, as its page shows it."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.fieldwork.models import Evaluation
from kaaring.fieldwork.queries import texts_in, working_of
from kaaring.kernel.text import Text, said
from kaaring.programmes.definition import Definition
from kaaring.reports.wording import number_in_words, value_in_words
from kaaring.scoring import NOT_APPLICABLE, Working

WHY = {
    "not_on_channel": gettext_lazy("not asked on this channel"),
    "not_observed": gettext_lazy("nothing observed"),
    "unanswered": gettext_lazy("nobody answered"),
    "not_applicable": gettext_lazy("not applicable"),
    "not_scored": gettext_lazy("reported, but not scored"),
    "not_asked": gettext_lazy("nobody answered, so nothing was asked"),
    "faulty": gettext_lazy("the answer cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: an area with its questions, or a question with its answer."""

    code: str
    name: Text
    answer: str
    earned: str
    possible: str
    score: Fraction | None
    why: str
    steps: tuple["Step", ...] = ()


def score_of(evaluation: Evaluation) -> Fraction | None:
    """Return an evaluation's score in total, None where it is not observed."""
    if evaluation.earned is None or not evaluation.possible:
        return None
    return Fraction(100 * evaluation.earned, evaluation.possible)


def working_shown(evaluation: Evaluation, definition: Definition) -> Step:
    """Return the working of an evaluation with texts, answers and points; ``answers`` are prefetched."""
    shower = _Shower(evaluation, definition)
    return shower.step(working_of(evaluation))


class _Shower:
    """Puts the lines of a working into words."""

    def __init__(self, evaluation: Evaluation, definition: Definition) -> None:
        self.unit = evaluation.questionnaire.unit
        self.channel = evaluation.enquiry.channel
        self.texts = texts_in(definition)
        self.values = {answer.question.code: answer.value for answer in evaluation.answers.all()}
        self.questions = {one.code: one for one in definition.survey.questions} if definition.survey else {}

    def step(self, working: Working) -> Step:
        code = working.label.partition(":")[2]
        return Step(
            code=code,
            name=self.texts.get(working.label, {}),
            answer=self.answer(code) if working.label.startswith("question:") else "",
            earned=self.points(working.earned),
            possible=self.points(working.possible),
            score=working.score,
            why=str(WHY.get(working.left_out_because or "", "")),
            steps=tuple(self.step(child) for child in working.children),
        )

    def points(self, units: int | None) -> str:
        return "" if units is None else number_in_words(Fraction(units, self.unit))

    def answer(self, code: str) -> str:
        """Return what was answered, in the reader's words; empty where nothing was."""
        value, question = self.values.get(code, ""), self.questions[code]
        if not value:
            return ""
        if value == NOT_APPLICABLE:
            return _("not applicable")
        if question.scale is not None:
            return _("%(value)s of %(highest)s") % {"value": value, "highest": question.scale[1]}
        if question.measured is not None:
            return value_in_words(Fraction(value), question.unit_on(self.channel) or "")
        texts = {option.code: said(option.text) for option in question.options or ()}
        return ", ".join(texts[chosen] for chosen in value.split())
