"""Changing a definition: each function returns a changed copy of the right shape; none changes anything.

What is wrong or odd about the copy is found by ``checking.check``; ``new_faults`` returns what a change has
brought. What would leave something without its meaning is ``Refused``, and says the way out.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.text import said
from kaaring.programmes.definition.checking import check
from kaaring.programmes.definition.faults import Finding, Severity
from kaaring.programmes.definition.reading import restored
from kaaring.programmes.definition.schema import (
    Allocation,
    Area,
    Channel,
    CompetitionClass,
    Definition,
    Question,
    Scoring,
    Survey,
    Theme,
    Timeline,
)
from kaaring.programmes.definition.writing import document

Kind = Literal["questions", "areas", "themes", "classes"]
"""What stands in an order of its own. Channels do not: they are a map, and a map keeps no order."""


def survey_of(definition: Definition) -> Survey:
    """Return the survey part. Refused where nothing is measured."""
    if definition.survey is None:
        raise Refused(
            "no_survey", _("These rules measure nothing. Load a definition file with a survey part first.")
        )
    return definition.survey


def new_faults(before: Definition, after: Definition) -> tuple[Finding, ...]:
    """Return what stops a changed definition from being used, without what stood in the way before."""
    known = {(found.code, found.message) for found in check(before, on=None)}
    return tuple(
        found
        for found in check(after, on=None)
        if found.severity is Severity.ERROR and (found.code, found.message) not in known
    )


def with_question(definition: Definition, question: Question, *, replacing: str | None = None) -> Definition:
    """Return the definition with a question: in place of the one called ``replacing``, or as a new one.

    A new one stands after the last of its area. What names the old code names the new one from then on.
    """
    survey = survey_of(definition)
    if replacing is not None:
        changed = _replaced(survey.questions, question, replacing)
        renamed = _renamed(definition, "question", replacing, question.code)
        return _with_survey(renamed, questions=changed)
    same = [place for place, one in enumerate(survey.questions, start=1) if one.area == question.area]
    place = same[-1] if same else len(survey.questions)
    return _with_survey(
        definition, questions=(*survey.questions[:place], question, *survey.questions[place:])
    )


def without_question(definition: Definition, code: str) -> Definition:
    """Return the definition without a question. Refused for the last one and where an award hangs on it."""
    survey = survey_of(definition)
    if len(survey.questions) == 1:
        raise Refused("last_question", _("A questionnaire has at least one question. Add another one first."))
    refuse(_against_losing(definition, f"question:{code}"))
    left = tuple(one for one in survey.questions if one.code != code)
    return _with_survey(_renamed(definition, "question", code, None), questions=left)


def with_area(
    definition: Definition, area: Area, *, has_comment: bool, replacing: str | None = None
) -> Definition:
    """Return the definition with an area, and with or without a comment field in it."""
    survey = survey_of(definition)
    areas = _replaced(survey.areas, area, replacing)
    commented = {*survey.comments} - {replacing, area.code} | ({area.code} if has_comment else set())
    questions = tuple(
        one.model_copy(update={"area": area.code}) if replacing and one.area == replacing else one
        for one in survey.questions
    )
    return _with_survey(
        _renamed(definition, "area", replacing, area.code),
        areas=areas,
        questions=questions,
        comments=tuple(one.code for one in areas if one.code in commented),
    )


def without_area(definition: Definition, code: str) -> Definition:
    """Return the definition without an area. Refused while questions stand in it."""
    survey = survey_of(definition)
    refuse(
        _against_homeless(
            [one for one in survey.questions if one.area == code],
            _("Questions stand in this area. Move them to another one first."),
        )
    )
    refuse(_against_losing(definition, f"area:{code}"))
    return _with_survey(
        _renamed(definition, "area", code, None),
        areas=tuple(one for one in survey.areas if one.code != code),
        comments=tuple(one for one in survey.comments if one != code),
    )


def with_theme(definition: Definition, theme: Theme, *, replacing: str | None = None) -> Definition:
    """Return the definition with a theme."""
    survey = survey_of(definition)
    questions = tuple(
        one.model_copy(
            update={"themes": tuple(theme.code if own == replacing else own for own in one.themes)}
        )
        for one in survey.questions
    )
    return _with_survey(
        _renamed(definition, "theme", replacing, theme.code),
        themes=_replaced(survey.themes, theme, replacing),
        questions=questions,
    )


def without_theme(definition: Definition, code: str) -> Definition:
    """Return the definition without a theme; questions that stood in it keep their others."""
    survey = survey_of(definition)
    refuse(_against_losing(definition, f"theme:{code}"))
    return _with_survey(
        _renamed(definition, "theme", code, None),
        themes=tuple(one for one in survey.themes if one.code != code),
        questions=tuple(
            one.model_copy(update={"themes": tuple(own for own in one.themes if own != code)})
            for one in survey.questions
        ),
    )


def with_channel(definition: Definition, code: str, channel: Channel, *, enquiries: int | None) -> Definition:
    """Return the definition with a channel, new or changed, and with its enquiries to each participant.

    ``enquiries`` None takes it out of the key; the number of all enquiries follows the key.
    """
    survey = survey_of(definition)
    return _with_survey(
        definition,
        channels={**survey.channels, code: channel},
        allocation=_allocated(survey.allocation, code, enquiries),
    )


def without_channel(definition: Definition, code: str) -> Definition:
    """Return the definition without a channel. Refused for the last one, and while something needs it."""
    survey = survey_of(definition)
    if set(survey.channels) == {code}:
        raise Refused("last_channel", _("A survey has at least one channel. Add another one first."))
    refuse(
        _against_homeless(
            [one for one in survey.questions if one.channels == (code,)],
            _("Questions are asked on this channel only. Give them another channel, or remove them first."),
        )
    )
    stand_ins = [said(other.name) for other in survey.channels.values() if other.instead_of == code]
    if stand_ins:
        raise Refused(
            "channel_stood_in_for",
            _("Other channels stand in for this one. Change that first."),
            details=tuple(stand_ins),
        )
    refuse(_against_losing(definition, f"channel:{code}"))
    return _with_survey(
        _renamed(definition, "channel", code, None),
        channels={other: channel for other, channel in survey.channels.items() if other != code},
        allocation=_allocated(survey.allocation, code, None),
        questions=tuple(_not_asked_on(one, code) for one in survey.questions),
    )


def with_class(
    definition: Definition, competition_class: CompetitionClass, *, replacing: str | None = None
) -> Definition:
    """Return the definition with a competition class."""
    classes = _replaced(survey_of(definition).classes, competition_class, replacing)
    return _with_survey(definition, classes=classes)


def without_class(definition: Definition, code: str) -> Definition:
    """Return the definition without a class; whether it has participants is known to ``survey``."""
    left = tuple(one for one in survey_of(definition).classes if one.code != code)
    return _with_survey(definition, classes=left)


def moved(definition: Definition, kind: Kind, code: str, *, by: int) -> Definition:
    """Return the definition with a thing further up (``by`` -1) or down (1) among its own kind.

    A question moves among those of its area. What is first stays first, what is last stays last.
    """
    survey = survey_of(definition)
    things: Sequence[Any] = getattr(survey, kind)
    area = {one.code: getattr(one, "area", None) for one in things}
    places = [place for place, one in enumerate(things) if area[one.code] == area.get(code)]
    by_code = {one.code: one for one in things}
    order = [one.code for one in things]
    for place, own in zip(places, _shifted([order[place] for place in places], code, by), strict=True):
        order[place] = own
    return _with_survey(definition, **{kind: tuple(by_code[own] for own in order)})


def with_scoring(
    definition: Definition,
    scoring: Scoring,
    *,
    results: tuple[str, ...],
    publish_means: tuple[str, ...] | None,
) -> Definition:
    """Return the definition with other scoring, and with the measures and means it shows."""
    return _with_survey(definition, scoring=scoring, results=results, publish_means=publish_means)


def with_timeline(definition: Definition, timeline: Timeline) -> Definition:
    """Return the definition with other dates."""
    return _validated(definition.model_copy(update={"timeline": timeline}))


def _with_survey(definition: Definition, **changes: Any) -> Definition:
    survey = survey_of(definition).model_copy(update=changes)
    return _validated(definition.model_copy(update={"survey": survey}))


def _validated(definition: Definition) -> Definition:
    return restored(document(definition))


def _replaced[Coded: Question | Area | Theme | CompetitionClass](
    things: tuple[Coded, ...], new: Coded, code: str | None
) -> tuple[Coded, ...]:
    if code is None:
        return (*things, new)
    return tuple(new if one.code == code else one for one in things)


def _renamed(definition: Definition, kind: str, old: str | None, new: str | None) -> Definition:
    """Return the definition with a measure called by its new code wherever it is named; None takes it out."""
    if old is None or old == new:
        return definition
    survey = survey_of(definition)
    measure = f"{kind}:{old}"
    other = None if new is None else f"{kind}:{new}"

    def named(measures: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for one in measures if (name := other if one == measure else one) is not None)

    changed = survey.model_copy(
        update={
            "results": named(survey.results) or ("total",),
            "publish_means": None if survey.publish_means is None else named(survey.publish_means),
            "scoring": survey.scoring.model_copy(update={"ties": named(survey.scoring.ties)}),
        }
    )
    awards = tuple(
        award.model_copy(update={"measure": other}) if award.measure == measure else award
        for award in definition.awards
    )
    return definition.model_copy(update={"survey": changed, "awards": awards})


def _against_losing(definition: Definition, measure: str) -> Refused | None:
    """What decides an award stays."""
    awards = tuple(said(award.name) for award in definition.awards if award.measure == measure)
    if not awards:
        return None
    return Refused(
        "decides_an_award",
        _("This measure decides an award. Change the award in the definition file first."),
        details=awards,
    )


def _against_homeless(questions: Sequence[Question], reason: str) -> Refused | None:
    if not questions:
        return None
    shown = tuple(f"{one.code}: {said(one.text)}" for one in questions[:10])
    left = len(questions) - len(shown)
    more = (ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left},) if left else ()
    return Refused("questions_need_it", reason, details=(*shown, *more))


def _allocated(allocation: Allocation | None, code: str, enquiries: int | None) -> Allocation | None:
    """Return the allocation with a channel's enquiries; there is none without a key."""
    key = {other: count for other, count in (allocation.key if allocation else {}).items() if other != code}
    if enquiries is not None:
        key = {**(allocation.key if allocation else {}), code: enquiries}
    if not key:
        return allocation.model_copy(update={"key": {}}) if allocation else None
    total = max(sum(key.values()), 1)
    if allocation is None:
        return Allocation(enquiries=total, key=key)
    return allocation.model_copy(update={"key": key, "enquiries": total})


def _not_asked_on(question: Question, code: str) -> Question:
    channels = question.channels
    return question.model_copy(
        update={
            "channels": None if channels is None else tuple(one for one in channels if one != code),
            "unit": {one: unit for one, unit in question.unit.items() if one != code},
            "bands": {one: bands for one, bands in question.bands.items() if one != code},
        }
    )


def _shifted(codes: list[str], code: str, by: int) -> list[str]:
    if code not in codes:
        return codes
    place = codes.index(code)
    wanted = min(max(place + by, 0), len(codes) - 1)
    codes.insert(wanted, codes.pop(place))
    return codes
