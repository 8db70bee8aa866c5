"""How feedback to an entrant is put into words, in the reader's language; page and document say the same."""

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.programmes.definition.faults import quoted
from kaaring.reports.content.feedback import CriterionFeedback, Declared, Feedback, Marked
from kaaring.scoring.juried import LEAST, Quartiles


def level_in_words(level: str) -> str:
    """Return what a level of an award is called."""
    names = {
        "winner": _("Winner"),
        "gold": _("Gold"),
        "silver": _("Silver"),
        "bronze": _("Bronze"),
        "highly_commended": _("Highly commended"),
    }
    return names[level]


def level_explained(level: str) -> str:
    """Return what a level means."""
    meanings = {
        "winner": _("gets the award. Where several win, they share it."),
        "gold": _("the highest level beside the award itself."),
        "silver": _("the second level."),
        "bronze": _("the third level."),
        "highly_commended": _("wins no award, and the jury wants it to be noticed."),
    }
    return meanings[level]


def opening(marked: Marked) -> str:
    """Say how the entry was marked as a whole."""
    if marked.score is None:
        return _("In “%(stage)s” too few jurors marked the entry for it to have a score.") % {
            "stage": said(marked.stage)
        }
    return ngettext(
        "In “%(stage)s” the entry has the score %(score)s of 100, from %(count)d juror.",
        "In “%(stage)s” the entry has the score %(score)s of 100, from %(count)d jurors.",
        marked.jurors,
    ) % {"stage": said(marked.stage), "score": figure(marked.score), "count": marked.jurors}


def final_in_words(marked: Marked) -> str:
    """Say what decided, where the marks shown here did not alone; else nothing."""
    final = marked.final
    if final is None:
        return ""
    names = {
        "stage": said(final.stage) if final.stage else "",
        "score": figure(final.score),
        "marked": said(marked.stage),
    }
    if final.stage is None and final.score is None:
        return _("The result blends several stages, and in one of them the entry has no score.")
    if final.stage is None:
        told = _(
            "The result blends several stages: in it the entry has the score %(score)s of 100. What follows "
            "is how jurors marked it in “%(marked)s”."
        )
    elif final.score is None:
        told = _(
            "“%(stage)s” decided, without scores. What follows is how jurors marked the entry before, in "
            "“%(marked)s”."
        )
    else:
        told = _(
            "“%(stage)s” decided: there the entry has the score %(score)s of 100. What follows is how jurors "
            "marked it before, in “%(marked)s”."
        )
    return told % names


def compared(marked: Marked) -> str:
    """Say beside whom the entry is shown, or why it is shown beside nobody."""
    if marked.is_small:
        return ngettext(
            "%(count)d entry with a score competed here. With fewer than %(least)d nothing is shown of the "
            "others: it would tell how each of them did.",
            "%(count)d entries with a score competed here. With fewer than %(least)d nothing is shown of the "
            "others: it would tell how each of them did.",
            marked.among,
        ) % {"count": marked.among, "least": LEAST}
    return _(
        "%(count)d entries with a score competed here, this one among them. A quarter of them lies below the "
        "lower quartile, half below the median, three quarters below the upper quartile."
    ) % {"count": marked.among}


def standing_out_in_words(marked: Marked) -> list[str]:
    """Say which criterion was the strongest and which the weakest; nothing where none stands out."""
    named = {one.code: one for one in marked.criteria}
    if marked.strongest is None or marked.weakest is None:
        return []
    return [_strongest(named[marked.strongest]), _weakest(named[marked.weakest])]


def _strongest(one: CriterionFeedback) -> str:
    words = _of(one)
    if one.quartiles is None:
        return _("Strongest: %(criterion)s, with %(own)s.") % words
    return (
        _("Strongest beside the others: %(criterion)s, with %(own)s where the median is %(median)s.") % words
    )


def _weakest(one: CriterionFeedback) -> str:
    words = _of(one)
    if one.quartiles is None:
        return _("Weakest: %(criterion)s, with %(own)s.") % words
    return _("Weakest beside the others: %(criterion)s, with %(own)s where the median is %(median)s.") % words


def _of(one: CriterionFeedback) -> Mapping[str, str]:
    median = one.quartiles.median if one.quartiles else None
    return {"criterion": quoted(said(one.name)), "own": figure(one.mean), "median": rough(median)}


def rough(other: Fraction | None) -> str:
    """Return a figure about others, without decimals: so it says how they did and not how anyone did."""
    return figure(other, decimals=0)


def band_in_words(marked: Marked) -> str:
    """Say in which quarter of the places the entry is; nothing where that is not told."""
    if marked.band is None:
        return ""
    quarters = {
        1: _("Its place is in the best quarter."),
        2: _("Its place is in the second quarter."),
        3: _("Its place is in the third quarter."),
        4: _("Its place is in the last quarter."),
    }
    return quarters[marked.band]


def summary(marked: Marked) -> list[str]:
    """Say how the entry did, the most important first: the result and its quarter, then the marks."""
    result = final_in_words(marked) or opening(marked)
    rest = opening(marked) if marked.final else ""
    return [told for told in (result, band_in_words(marked), rest, compared(marked)) if told]


def spread_in_words(own: Fraction | None, quartiles: Quartiles | None) -> str:
    """Describe a drawing of a figure beside quartiles."""
    if quartiles is None:
        return _("Yours: %(own)s") % {"own": figure(own)}
    return _("Yours: %(own)s, lower quartile %(lower)s, median %(median)s, upper quartile %(upper)s") % {
        "own": figure(own),
        "lower": rough(quartiles.lower),
        "median": rough(quartiles.median),
        "upper": rough(quartiles.upper),
    }


def weight_in_words(one: CriterionFeedback) -> str:
    """Return what a criterion weighs; a dash where all weigh the same."""
    if one.weight is None:
        return figure(None)
    return figure(one.weight, decimals=0 if one.weight.denominator == 1 else 1)


def outcome_in_words(outcome: str) -> str:
    """Return what a rule said."""
    return {
        "met": pgettext("rule", "Met"),
        "not_met": pgettext("rule", "Not met"),
        "cannot_tell": pgettext("rule", "Could not be told"),
    }[outcome]


def declared_in_words(one: Declared) -> str:
    """Say who declared something, and what the organiser found."""
    words = {"statement": one.statement, "who": one.by}
    if one.is_accepted is None:
        return _("%(statement)s Declared by %(who)s.") % words
    if one.is_accepted:
        return _("%(statement)s Declared by %(who)s, accepted by the organiser.") % words
    return _("%(statement)s Declared by %(who)s, not accepted by the organiser.") % words


def no_marks() -> str:
    """Say why nothing is said of marks."""
    return _(
        "The published results hold no marks for this entry: it was not marked criterion by criterion, for "
        "instance because it did not come through the screening."
    )


def where_from(feedback: Feedback) -> str:
    """Say what the figures rest on."""
    return _(
        "Scores are those of the published run %(number)d and never change after it. Marks are shown from 0 "
        "to 100, as the mean of what the jurors gave; nobody is told whose marks they are. Quartiles are "
        "by definition 7 of Hyndman and Fan (1996), shown without decimals."
    ) % {"number": feedback.about.run_number}
