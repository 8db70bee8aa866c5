"""The form of a question: its words, where it stands, how it is answered, and what each answer gives."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.kernel.text import said
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.definition.schema import Definition, Question, Survey
from kaaring.web.organiser.setup_fields import (
    MOST_ROWS,
    PointsField,
    Rows,
    WordedForm,
    Wording,
    code_field,
    laid_out,
    languages_for,
    offer,
    rows_of,
    words_of,
)
from kaaring.web.organiser.setup_words import METRICS, UNITS

CHOICE, MULTIPLE, SCALE, MEASURED = "choice", "multiple", "scale", "measured"
KINDS = (
    (CHOICE, gettext_lazy("Choose one answer")),
    (MULTIPLE, gettext_lazy("Choose several answers")),
    (SCALE, gettext_lazy("Mark on a scale")),
    (MEASURED, gettext_lazy("Measure a value")),
)
AT_FIRST = {CHOICE: 2}
FIELD_OF = {
    "text": "text",
    "scale": "scale_from",
    "measured": "measured",
    "multiple": "multiple",
    "not_applicable": "not_applicable",
}


class OptionForm(WordedForm):
    """An answer to choose."""

    code = code_field()
    points = PointsField(label=gettext_lazy("Points"), required=False)
    stops = forms.BooleanField(label=gettext_lazy("Makes the enquiry unanswered"), required=False)
    worded: ClassVar[Mapping[str, Wording]] = {"text": Wording(gettext_lazy("Answer"), is_needed=True)}
    order = ("code", "text", "points", "stops")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = ""


class AnchorForm(WordedForm):
    """What a step of a scale means."""

    step = forms.IntegerField(label=gettext_lazy("Step"))
    worded: ClassVar[Mapping[str, Wording]] = {"text": Wording(gettext_lazy("What it means"), is_needed=True)}
    order = ("step", "text")


class BandForm(forms.Form):
    """Values up to and including a bound, and the points they give."""

    bound = PointsField(label=gettext_lazy("Up to"))
    points = PointsField(label=gettext_lazy("Points"))


OptionRows, AnchorRows, BandRows = rows_of(OptionForm), rows_of(AnchorForm), rows_of(BandForm)


class QuestionForm(WordedForm):
    """Everything about a question but its rows of answers."""

    code = code_field()
    area = forms.ChoiceField(
        label=gettext_lazy("Area"),
        help_text=gettext_lazy(
            "The one area it counts in. Only a question that is not scored may stand in none."
        ),
        required=False,
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("It counts in these as well; none or any number."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Asked on"),
        error_messages={"required": gettext_lazy("Choose at least one channel.")},
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How it is answered"), choices=KINDS, widget=forms.RadioSelect, initial=CHOICE
    )
    multiple = forms.IntegerField(
        label=gettext_lazy("How many answers may be chosen"), min_value=2, max_value=MOST_ROWS, required=False
    )
    most = PointsField(
        label=gettext_lazy("Points at the most"),
        help_text=gettext_lazy("What is chosen adds up to no more than this. Empty: no limit."),
        required=False,
    )
    scale_from = forms.IntegerField(
        label=gettext_lazy("Lowest step"), min_value=-1000, max_value=1000, required=False
    )
    scale_to = forms.IntegerField(
        label=gettext_lazy("Highest step"), min_value=-1000, max_value=1000, required=False
    )
    points = PointsField(
        label=gettext_lazy("Points for the highest step"),
        help_text=gettext_lazy("The lowest step gives 0, and those between give their share."),
        required=False,
    )
    measured = forms.ChoiceField(label=gettext_lazy("Measured in"), choices=UNITS, required=False)
    scored = forms.BooleanField(
        label=gettext_lazy("Counts in the score"),
        help_text=gettext_lazy("Without it the answers are reported, but give no points anywhere."),
        required=False,
    )
    gate = forms.BooleanField(
        label=gettext_lazy("Decides whether the enquiry was answered"),
        help_text=gettext_lazy("One of its answers then has to make the enquiry unanswered."),
        required=False,
    )
    metric = forms.ChoiceField(
        label=gettext_lazy("Reported as"),
        help_text=gettext_lazy(
            "A metric of its own, beside the score: it asks on its own scale and is not scored."
        ),
        choices=METRICS,
        required=False,
    )
    worded: ClassVar[Mapping[str, Wording]] = {
        "text": Wording(gettext_lazy("Question"), rows=2, is_needed=True),
        "guidance": Wording(gettext_lazy("Help for the shopper"), rows=2),
        "not_applicable": Wording(
            gettext_lazy("When “not applicable” may be answered"),
            gettext_lazy("Empty: it may not."),
        ),
    }

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey
        areas = [(area.code, said(area.name)) for area in survey.areas]
        offer(self, "area", [("", _("in no area")), *areas])
        offer(self, "themes", [(theme.code, said(theme.name)) for theme in survey.themes])
        names = [(code, said(channel.name)) for code, channel in survey.channels.items()]
        offer(self, "channels", names)
        for code, name in names:
            self.fields[f"unit_{code}"] = forms.ChoiceField(
                label=_("Measured on %(channel)s in") % {"channel": name},
                choices=[("", _("the same")), *UNITS],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind of answer needs."""
        typed = dict(self.cleaned_data)
        if typed.get("kind") == MULTIPLE and typed.get("multiple") is None and "multiple" not in self.errors:
            self.add_error("multiple", _("Write how many may be chosen, 2 or more."))
        if typed.get("kind") == SCALE:
            for name in ("scale_from", "scale_to"):
                if typed.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Write a whole number, such as 1 or 6."))
        return typed


class Sheet:
    """A question as it lies on the page: the form, and rows for options, anchors and bands."""

    def __init__(self, form: QuestionForm, options: Rows, anchors: Rows, bands: Mapping[str, Rows]) -> None:
        self.form = form
        self.options = options
        self.anchors = anchors
        self.bands = bands

    @property
    def rows(self) -> dict[str, Rows]:
        """All rows by the prefix of their fields."""
        return {str(rows.prefix): rows for rows in (self.options, self.anchors, *self.bands.values())}

    @property
    def measuring(self) -> list[tuple[str, BoundField, Rows]]:
        """For each channel: its name, its unit, and its bands."""
        channels = self.form.survey.channels
        return [
            (said(channels[code].name), self.form[f"unit_{code}"], rows) for code, rows in self.bands.items()
        ]

    def is_valid(self) -> bool:
        """Say whether everything has the right shape that the chosen kind of answer uses."""
        parts: list[QuestionForm | Rows] = [self.form]
        if self.form.is_valid() or "kind" in self.form.cleaned_data:
            parts += self._used()
        return [part.is_valid() for part in parts].count(False) == 0

    def _used(self) -> Sequence[Rows]:
        kind = self.form.cleaned_data.get("kind")
        if kind in (CHOICE, MULTIPLE):
            return [self.options]
        if kind == SCALE:
            return [self.anchors]
        return list(self.bands.values()) if kind == MEASURED else []

    def question(self) -> Question:
        """Return the question that a valid sheet describes."""
        typed = self.form.cleaned_data
        survey = self.form.survey
        chosen = tuple(code for code in survey.channels if code in typed["channels"])
        plain: dict[str, Any] = {
            "code": typed["code"],
            "text": self.form.text("text"),
            "area": typed["area"] or None,
            "themes": tuple(theme.code for theme in survey.themes if theme.code in typed["themes"]),
            "channels": None if len(chosen) == len(survey.channels) else chosen,
            "gate": "unanswered" if typed["gate"] else None,
            "not_applicable": self.form.text("not_applicable") or None,
            "scored": typed["scored"],
            "metric": typed["metric"] or None,
            "guidance": self.form.text("guidance") or None,
        }
        return Question.model_validate({**plain, **self._answers(chosen)})

    def _answers(self, channels: Sequence[str]) -> dict[str, Any]:
        typed = self.form.cleaned_data
        if typed["kind"] == SCALE:
            return {
                "scale": (typed["scale_from"], typed["scale_to"]),
                "points": typed["points"],
                "anchors": {row.cleaned_data["step"]: _text(row) for row in self.anchors.filled()},
            }
        if typed["kind"] == MEASURED:
            bands = {code: _bands(rows) for code, rows in self.bands.items() if code in channels}
            units = {code: typed[f"unit_{code}"] for code in channels}
            return {
                "measured": typed["measured"],
                "unit": {code: unit for code, unit in units.items() if unit and unit != typed["measured"]},
                "bands": {code: rows for code, rows in bands.items() if rows},
            }
        several = typed["kind"] == MULTIPLE
        return {
            "options": tuple(_option(row) for row in self.options.filled()) or None,
            "multiple": typed["multiple"] if several else None,
            "points": typed["most"] if several else None,
        }


def blank_sheet(definition: Definition, survey: Survey, area: str) -> Sheet:
    """Return a sheet for a new question, in an area and on all channels."""
    initial = {"area": area, "channels": list(survey.channels), "scored": True, "kind": CHOICE}
    return _sheet(definition, survey, initial, {"options": [{}, {}], "anchors": [{}, {}]})


def sheet_of(definition: Definition, survey: Survey, question: Question) -> Sheet:
    """Return the sheet of a question as it is."""
    lowest, highest = question.scale or (None, None)
    initial = {
        **words_of("text", question.text),
        **words_of("guidance", question.guidance),
        **words_of("not_applicable", question.not_applicable),
        **{f"unit_{code}": unit for code, unit in question.unit.items()},
        "code": question.code,
        "area": question.area,
        "themes": list(question.themes),
        "channels": list(survey.channels_of(question)),
        "kind": kind_of(question),
        "multiple": question.multiple,
        "most": question.points,
        "points": question.points,
        "scale_from": lowest,
        "scale_to": highest,
        "measured": question.measured,
        "scored": question.scored,
        "gate": question.gate is not None,
        "metric": question.metric,
    }
    rows: dict[str, Sequence[Mapping[str, Any]]] = {
        "options": [
            {"code": one.code, "points": one.points, "stops": one.stops, **words_of("text", one.text)}
            for one in question.options or ()
        ],
        "anchors": [{"step": step, **words_of("text", text)} for step, text in question.anchors.items()],
    }
    for code, bands in question.bands.items():
        rows[f"bands-{code}"] = [{"bound": bound, "points": points} for bound, points in bands]
    return _sheet(definition, survey, initial, rows, question)


def posted_sheet(
    definition: Definition, survey: Survey, posted: QueryDict, question: Question | None
) -> Sheet:
    """Return the sheet as it was filled in."""
    languages = languages_for(definition, question)
    worded = {"languages": languages}
    return Sheet(
        QuestionForm(posted, survey=survey, languages=languages),
        OptionRows(posted, prefix="options", form_kwargs=worded),
        AnchorRows(posted, prefix="anchors", form_kwargs=worded),
        {code: BandRows(posted, prefix=f"bands-{code}") for code in survey.channels},
    )


def sheet_with_row(definition: Definition, sheet: Sheet, question: Question | None, prefix: str) -> Sheet:
    """Return a sheet as it was filled in, right or wrong, with an empty row more of one kind."""
    typed = {field.name: field.value() for field in sheet.form}
    rows = {name: one.typed() for name, one in sheet.rows.items()}
    return _sheet(definition, sheet.form.survey, typed, rows, question, spare=prefix)


def kind_of(question: Question) -> str:
    """Return how a question is answered, as the form calls it."""
    if question.scale is not None:
        return SCALE
    if question.measured is not None:
        return MEASURED
    return CHOICE if question.multiple is None else MULTIPLE


def field_of(fault: Finding) -> str | None:
    """Return the field that a fault of a question is about, or None for the question as a whole."""
    inside = [str(step) for step in fault.path[3:]]
    return FIELD_OF.get(inside[0], inside[0]) if inside else None


def _sheet(
    definition: Definition,
    survey: Survey,
    initial: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    question: Question | None = None,
    *,
    spare: str = "",
) -> Sheet:
    languages = languages_for(definition, question)

    def made(kind: type[Rows], prefix: str, **of_form: Any) -> Rows:
        return laid_out(kind, rows.get(prefix, ()), prefix, spare=int(prefix == spare), **of_form)

    return Sheet(
        QuestionForm(initial=initial, survey=survey, languages=languages),
        made(OptionRows, "options", languages=languages),
        made(AnchorRows, "anchors", languages=languages),
        {code: made(BandRows, f"bands-{code}") for code in survey.channels},
    )


def _text(row: forms.Form) -> dict[str, str]:
    assert isinstance(row, WordedForm)
    return row.text("text")


def _option(row: forms.Form) -> dict[str, Any]:
    typed = row.cleaned_data
    return {"code": typed["code"], "text": _text(row), "points": typed["points"], "stops": typed["stops"]}


def _bands(rows: Rows) -> tuple[tuple[Any, Any], ...]:
    return tuple((row.cleaned_data["bound"], row.cleaned_data["points"]) for row in rows.filled())
