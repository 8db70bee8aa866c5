"""What gets a score in an edition, and what each is called."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Definition, Survey
from kaaring.scoring import METRICS

TOTAL, ANSWERED = "total", "answered"
_NAMES: dict[str, Text] = {
    TOTAL: {"en": "Total result", "nb": "Totalresultat", "ru": "Общий результат"},
    ANSWERED: {"en": "Answered enquiries", "nb": "Besvarte", "ru": "Отвеченные обращения"},
}
_METRICS: dict[str, Text] = {
    "nps": {
        "en": "Net Promoter Score (NPS)",
        "nb": "Anbefaling (NPS)",
        "ru": "Готовность рекомендовать (NPS)",
    },
    "csat": {
        "en": "Customer satisfaction (CSAT)",
        "nb": "Tilfredshet (CSAT)",
        "ru": "Удовлетворённость (CSAT)",
    },
    "ces": {"en": "Customer effort (CES)", "nb": "Kundeinnsats (CES)", "ru": "Усилия клиента (CES)"},
    "ves": {"en": "Value enhancement (VES)", "nb": "Verdiøkning (VES)", "ru": "Прирост ценности (VES)"},
}


class MeasureKind(StrEnum):
    """What a measure is taken over."""

    TOTAL = "total"
    ANSWERED = "answered"
    AREA = "area"
    THEME = "theme"
    CHANNEL = "channel"
    QUESTION = "question"
    METRIC = "metric"


class MeasureName(NamedTuple):
    """A measure by its code (``area:agent``), its name for people, and its kind."""

    code: str
    name: Text
    kind: MeasureKind


def measures_of(definition: Definition) -> tuple[MeasureName, ...]:
    """Return every measure of an edition: total, answered, areas, themes, channels, questions, metrics.

    Of the questions only those that give points: the others are reported but have no score.
    """
    return tuple(_measures(definition))


def _measures(definition: Definition) -> Iterator[MeasureName]:
    if definition.survey is not None:
        yield from _rolled_up(definition.survey)
        yield from _asked(definition.survey)


def _rolled_up(survey: Survey) -> Iterator[MeasureName]:
    yield MeasureName(TOTAL, _NAMES[TOTAL], MeasureKind.TOTAL)
    yield MeasureName(ANSWERED, _NAMES[ANSWERED], MeasureKind.ANSWERED)
    for area in survey.areas:
        yield MeasureName(f"area:{area.code}", area.name, MeasureKind.AREA)
    for theme in survey.themes:
        yield MeasureName(f"theme:{theme.code}", theme.name, MeasureKind.THEME)
    for code, channel in survey.channels.items():
        yield MeasureName(f"channel:{code}", channel.name, MeasureKind.CHANNEL)


def _asked(survey: Survey) -> Iterator[MeasureName]:
    for question in survey.questions:
        if any(question.possible(channel) for channel in survey.channels_of(question)):
            yield MeasureName(f"question:{question.code}", question.text, MeasureKind.QUESTION)
    named = {question.metric for question in survey.questions}
    for metric in METRICS:
        if metric in named:
            yield MeasureName(f"metric:{metric}", _METRICS[metric], MeasureKind.METRIC)


def measure_named(definition: Definition, measure: str) -> MeasureName:
    """Return a measure by its code; refuses one that the edition does not have, naming those it has."""
    known = measures_of(definition)
    for one in known:
        if one.code == measure:
            return one
    raise Refused(
        "unknown_measure",
        _("There is no measure “%(measure)s” here. Known: %(known)s.")
        % {"measure": measure, "known": ", ".join(one.code for one in known) or _("none")},
    )


def name_of(definition: Definition, measure: str) -> Text:
    """Return what a measure is called, per language."""
    return measure_named(definition, measure).name
