"""Codes that nothing has, and codes that two things have."""

from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaaring.programmes.definition.faults import Finding, Path, meant
from kaaring.programmes.definition.schema import Question, Survey

_NOTHING_LIKE: dict[str, object] = {
    "area": gettext_lazy("There is no area “%(code)s”"),
    "theme": gettext_lazy("There is no theme “%(code)s”"),
    "channel": gettext_lazy("There is no channel “%(code)s”"),
    "question": gettext_lazy("There is no question “%(code)s”"),
    "metric": gettext_lazy("There is no metric “%(code)s”"),
    "class": gettext_lazy("There is no class “%(code)s”"),
    "category": gettext_lazy("There is no category “%(code)s”"),
    "group": gettext_lazy("There is no category group “%(code)s”"),
    "criterion": gettext_lazy("No category has a criterion “%(code)s”"),
    "territory": gettext_lazy("There is no territory “%(code)s”"),
    "fact": gettext_lazy("There is no fact “%(code)s”"),
    "option": gettext_lazy("There is no option “%(code)s”"),
    "role": gettext_lazy("Nobody takes part as “%(code)s”"),
    "division": gettext_lazy("There is no division “%(code)s”"),
    "key_figure": gettext_lazy("There is no key figure “%(code)s”"),
}


def unknown(
    kind: str, code: str, known: Collection[str], path: Path, *, at_key: bool = False
) -> Iterator[Finding]:
    """Yield a finding if the code is not among those known."""
    if code not in known:
        message = str(_NOTHING_LIKE[kind]) % {"code": code}
        yield Finding(path, f"unknown_{kind}", message, meant(code, known), at_key=at_key, about=code)


def all_known(kind: str, codes: Sequence[str], known: Collection[str], path: Path) -> Iterator[Finding]:
    """Yield a finding for each code of a list that is not known, and for each that stands in it twice."""
    for position, code in enumerate(codes):
        yield from unknown(kind, code, known, (*path, position))
    yield from repeated(codes, path)


def repeated(codes: Sequence[str], path: Path) -> Iterator[Finding]:
    """Yield a finding for each code that stands in a list for the second time."""
    for position, code in enumerate(codes):
        if code in codes[:position]:
            yield _twice(code, (*path, position))


def same_code(codes: Sequence[str], path: Path) -> Iterator[Finding]:
    """Yield a finding for each thing of a list that has the code of one before it."""
    for position, code in enumerate(codes):
        if code in codes[:position]:
            yield _twice(code, (*path, position, "code"))


def _twice(code: str, path: Path) -> Finding:
    message = _("“%(code)s” stands here for the second time") % {"code": code}
    return Finding(path, "duplicate_code", message, _("take one out, or give it another code"), about=code)


def has_no_use(name: str, needed: str, path: Path) -> Finding:
    """Return a finding about a part that is of use only beside another, such as “by: jury”."""
    return Finding(
        (*path, name),
        "has_no_use",
        _("“%(name)s” has no use without “%(needed)s”") % {"name": name, "needed": needed},
        _("take it out, or write “%(needed)s”") % {"needed": needed},
        at_key=True,
    )


def never_enough_marks(jurors: int, path: Path, remedy: str) -> Finding:
    """Return a finding about a jury too small for the marks that an entry needs."""
    return Finding(
        path,
        "never_enough_marks",
        ngettext(
            "An entry never gets so many scorecards: it has %(jurors)s juror",
            "An entry never gets so many scorecards: it has %(jurors)s jurors",
            jurors,
        )
        % {"jurors": jurors},
        remedy,
    )


def unknown_measures(measures: Sequence[str], survey: Survey, path: Path) -> Iterator[Finding]:
    """Yield a finding for each measure that the survey does not give."""
    for position, measure in enumerate(measures):
        yield from unknown_measure(measure, survey, (*path, position))
    yield from repeated(measures, path)


def unknown_measure(measure: str, survey: Survey, path: Path) -> Iterator[Finding]:
    """Yield a finding if the survey does not give the measure."""
    kind, _colon, code = measure.partition(":")
    if code:
        yield from unknown(kind, code, _codes(kind, survey), path)
    for question in survey.questions:
        if kind == "question" and question.code == code and not _gives_points(question, survey):
            yield Finding(
                path,
                "no_such_score",
                _("“%(code)s” gives no points, so it has no score") % {"code": code},
                _("take it out, or give points in the question"),
            )


def _gives_points(question: Question, survey: Survey) -> bool:
    return any(question.possible(channel) for channel in survey.channels_of(question))


def _codes(kind: str, survey: Survey) -> Collection[str]:
    if kind == "area":
        return [area.code for area in survey.areas]
    if kind == "theme":
        return [theme.code for theme in survey.themes]
    if kind == "channel":
        return list(survey.channels)
    if kind == "question":
        return [question.code for question in survey.questions]
    return [question.metric for question in survey.questions if question.metric is not None]
