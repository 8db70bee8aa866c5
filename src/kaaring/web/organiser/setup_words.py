"""What the pages that set an edition up call things: units, metrics, lengths of time, kinds of answers."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.programmes.definition.schema import Question, Span, Survey

DECIMALS = 3
UNITS = (
    ("seconds", gettext_lazy("seconds")),
    ("minutes", gettext_lazy("minutes")),
    ("hours", gettext_lazy("hours")),
    ("days", gettext_lazy("days")),
    ("working_minutes", gettext_lazy("working minutes")),
    ("working_hours", gettext_lazy("working hours")),
    ("working_days", gettext_lazy("working days")),
    ("count", gettext_lazy("number")),
)
METRICS = (
    ("", gettext_lazy("nothing else")),
    ("nps", gettext_lazy("Recommendation (NPS), scale 0 to 10")),
    ("csat", gettext_lazy("Satisfaction (CSAT), scale 1 to 5")),
    ("ces", gettext_lazy("Effort (CES), scale 1 to 7")),
    ("ves", gettext_lazy("Added value (VES), scale 1 to 7")),
)


def points(amount: Fraction) -> str:
    """Return points exactly: with as many decimals as it takes, or as a fraction where none will do."""
    for decimals in range(DECIMALS + 1):
        if (amount * 10**decimals).denominator == 1:
            return figure(amount, decimals=decimals)
    return str(amount)


def unit_name(unit: str) -> str:
    """Return what a unit is called."""
    return str(dict(UNITS)[unit])


def answered_how(question: Question) -> str:
    """Return how a question is answered, in a few words."""
    if question.scale is not None:
        return _("scale %(lowest)d to %(highest)d") % {
            "lowest": question.scale[0],
            "highest": question.scale[1],
        }
    if question.measured is not None:
        return _("measured: %(unit)s") % {"unit": unit_name(question.measured)}
    count = len(question.options or ())
    if question.multiple is not None:
        return _("up to %(most)d of %(count)d answers") % {"most": question.multiple, "count": count}
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


def channels_in_words(survey: Survey, codes: Sequence[str]) -> str:
    """Return the names of channels; “all” where it is all there are."""
    if len(codes) == len(survey.channels):
        return _("all")
    return ", ".join(said(survey.channels[code].name) for code in codes if code in survey.channels)


def worth(survey: Survey, question: Question) -> str:
    """Return what a question gives at the most: one figure, or one for each channel where they differ."""
    by_channel = {code: question.possible(code) for code in survey.channels_of(question)}
    if not any(by_channel.values()):
        return ""
    if len(set(by_channel.values())) == 1:
        return points(next(iter(by_channel.values())))
    return ", ".join(f"{said(survey.channels[code].name)} {points(one)}" for code, one in by_channel.items())


def length(span: Span) -> str:
    """Return a length of time as people say it: 5 minutes, 3 working days."""
    words = {
        "seconds": ngettext("%(count)d second", "%(count)d seconds", span.amount),
        "minutes": ngettext("%(count)d minute", "%(count)d minutes", span.amount),
        "hours": ngettext("%(count)d hour", "%(count)d hours", span.amount),
        "days": ngettext("%(count)d day", "%(count)d days", span.amount),
        "weeks": ngettext("%(count)d week", "%(count)d weeks", span.amount),
        "months": ngettext("%(count)d month", "%(count)d months", span.amount),
        "years": ngettext("%(count)d year", "%(count)d years", span.amount),
        "working_minutes": ngettext("%(count)d working minute", "%(count)d working minutes", span.amount),
        "working_hours": ngettext("%(count)d working hour", "%(count)d working hours", span.amount),
        "working_days": ngettext("%(count)d working day", "%(count)d working days", span.amount),
    }
    return words[span.unit] % {"count": span.amount}
