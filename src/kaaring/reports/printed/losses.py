"""Chapters 5 and 11 in words: where the points went, and what would lift the total most."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kaaring.kernel.figures import figure
from kaaring.reports.content.chapters import Gain, Lift, LostPoints, ParticipantContent
from kaaring.reports.printed.blocks import (
    Block,
    Cell,
    column,
    in_language,
    lead,
    note,
    paragraph,
    position,
    table,
    wide,
)
from kaaring.reports.wording import gain_in_words, interval_in_words

SHOWN = 12
"""How many lifts are printed; the rest would each add next to nothing."""


def performances(content: ParticipantContent) -> list[Block]:
    """Return chapter 5."""
    chapter = content.performances
    if not chapter.questions:
        return [lead(_("No question with points was observed."))]
    blocks = [
        lead(_("What each question costs you, in points of 100 per enquiry; the costliest stands first.")),
        paragraph(
            _(
                "Beside it stands what you would lose if you performed like the best of your class, or "
                "like all participants on average. Together the losses are what your total lacks to 100."
            )
        ),
        _lost_table(chapter.questions),
        _bar_legend(),
    ]
    if chapter.unanswered > 0:
        text = _("Enquiries without an answer cost you another %(points)s points.")
        blocks.append(note(text % {"points": figure(chapter.unanswered)}))
    return blocks


def _bar_legend() -> Block:
    return {"kind": "bar_legend", "you": _("you"), "best": _("best of the class"), "all": _("mean of all")}


def _lost_table(questions: Sequence[LostPoints]) -> Block:
    longest = max(max(one.lost, one.lost_at_mean or 0, one.lost_at_best or 0) for one in questions)
    columns = [
        wide(_("Question")),
        column(_("Score")),
        column(_("Lost"), shows="strong"),
        {**column("", 42, shows="bar"), "longest": position(longest) or 1.0},
        column(_("Best")),
        column(_("All")),
    ]
    rows = [
        (
            _under(in_language(one.text), in_language(one.area_name)),
            figure(one.score),
            figure(one.lost),
            {
                "value": position(one.lost),
                "best": position(one.lost_at_best),
                "all": position(one.lost_at_mean),
            },
            figure(one.lost_at_best),
            figure(one.lost_at_mean),
        )
        for one in questions
    ]
    return table(columns, rows)


def _under(text: Cell, below: Cell) -> Block:
    return {"main": text, "below": below}


def lifts(content: ParticipantContent) -> list[Block]:
    """Return chapter 11."""
    chapter = content.lifts
    if not chapter.lifts:
        return [lead(_("Nobody in your class is ahead of you in any question. Keep it up."))]
    blocks = [
        lead(_("What your total gains if one question is raised to the level of your class's best.")),
        paragraph(
            _(
                "Each gain is an estimate from your own enquiries; the interval says how far it could be "
                "off, with 95 per cent confidence. Where it reaches below zero, chance alone could explain "
                "the gap."
            )
        ),
        _lift_table(chapter.lifts[:SHOWN]),
    ]
    if chapter.first_three is not None:
        blocks.append(paragraph(_together(chapter.first_three, min(3, len(chapter.lifts)))))
    return blocks


def _together(gain: Gain, number: int) -> str:
    values = {
        "number": number,
        "gain": gain_in_words(gain),
        "interval": interval_in_words(gain.low, gain.high),
    }
    if gain.low is None:
        return _("The first %(number)d together: about %(gain)s points.") % values
    return _("The first %(number)d together: about %(gain)s points (%(interval)s).") % values


def _lift_table(lifts: Sequence[Lift]) -> Block:
    ends = [
        end for lift in lifts for end in (lift.gain.gain, lift.gain.low, lift.gain.high) if end is not None
    ]
    scale = [min(0.0, float(min(ends))), float(max(ends))]
    columns = [
        wide(_("Question")),
        column(_("You")),
        column(_("Best")),
        column(_("Gain"), shows="strong"),
        {**column("", 38, shows="gain"), "scale": [round(end, 3) for end in scale]},
        column(_("95 per cent interval"), 24),
    ]
    rows = [
        (
            _under(in_language(one.text), in_language(one.area_name)),
            figure(one.score),
            figure(one.best),
            gain_in_words(one.gain),
            {
                "value": position(one.gain.gain),
                "low": position(one.gain.low),
                "high": position(one.gain.high),
            },
            interval_in_words(one.gain.low, one.gain.high),
        )
        for one in lifts
    ]
    return table(columns, rows)
