"""Chapters 6 to 8 in words: by channel, over time, from start to end."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import difference, figure
from kaaring.kernel.text import said
from kaaring.reports.content.chapters import (
    FEWEST,
    TOP,
    AreaScore,
    Channel,
    ParticipantContent,
    Slot,
    StartToEnd,
    Week,
)
from kaaring.reports.printed.blocks import (
    Block,
    column,
    heading,
    in_language,
    lead,
    note,
    paragraph,
    position,
    scale_for,
    table,
    wide,
)
from kaaring.reports.printed.standing import legend, missing, result_table
from kaaring.reports.wording import hour_in_words, weekday_in_words

NOTHING: Block = dict.fromkeys(("score", "low", "high", "class", "all", "best"))


def channels(content: ParticipantContent) -> list[Block]:
    """Return chapter 6."""
    found = content.channels.channels
    if not found:
        return [lead(_("No enquiry counts yet."))]
    blocks = [
        lead(_("How you were met, channel by channel.")),
        result_table([one.result for one in found], first=_("Channel")),
        legend(),
        *missing([one.result for one in found]),
        heading(_("Answers and areas on each channel")),
        _areas_on(found),
        note(_few()),
    ]
    return blocks


def _few() -> str:
    return ngettext(
        "A mean of fewer than %(count)d enquiry is not shown.",
        "A mean of fewer than %(count)d enquiries is not shown.",
        FEWEST,
    ) % {"count": FEWEST}


def _areas_on(found: Sequence[Channel]) -> Block:
    columns = [
        wide(_("Channel")),
        column(_("Enquiries"), 19),
        column(_("Answered"), 19),
        *(column(said(area.name), 23) for area in found[0].areas),
    ]
    rows = [
        (
            in_language(one.name),
            str(one.enquiries),
            str(one.answered),
            *(figure(area.score) for area in one.areas),
        )
        for one in found
    ]
    return table(columns, rows)


def over_time(content: ParticipantContent) -> list[Block]:
    """Return chapter 7."""
    chapter = content.over_time
    if not chapter.weeks:
        return [lead(_("No enquiry counts yet."))]
    blocks = [lead(_("Was it the same in every week, on every day and at every hour?"))]
    if any(week.moving is not None for week in chapter.weeks):
        blocks.append(_line(chapter.weeks))
    blocks += [
        _week_table(chapter.weeks),
        note(_few()),
        heading(_("By day of the week")),
        _slot_table(_("Day"), chapter.weekdays, weekday_in_words, chapter.few_by_weekday),
        heading(_("By hour of the day")),
        _slot_table(_("Hour"), chapter.hours, hour_in_words, chapter.few_by_hour),
    ]
    return blocks


def _line(weeks: Sequence[Week]) -> Block:
    known = [week for week in weeks if week.moving is not None]
    said_weeks = "; ".join(
        _("week %(week)d: %(score)s") % {"week": week.week, "score": figure(week.moving)} for week in known
    )
    return {
        "kind": "line",
        "caption": _("Mean over three weeks: each week with the one before and the one after."),
        "alt": _("Line of the mean over three weeks. %(weeks)s.") % {"weeks": said_weeks},
        "scale": scale_for(week.moving for week in known),
        "points": [{"label": str(week.week), "value": position(week.moving)} for week in weeks],
    }


def _week_table(weeks: Sequence[Week]) -> Block:
    columns = [wide(_("Week")), column(_("Enquiries"), 20), column(_("Three weeks"), 22)]
    rows = [(str(week.week), str(week.enquiries), figure(week.moving)) for week in weeks]
    if all(week.score is None for week in weeks):
        return table(columns, rows, is_even=True, folds=True)
    columns.insert(2, column(_("Score")))
    rows_with_score = [(*row[:2], figure(week.score), row[2]) for row, week in zip(rows, weeks, strict=True)]
    return table(columns, rows_with_score, is_even=True, folds=True)


def _slot_table(title: str, slots: Sequence[Slot], name: Callable[[int], str], few: int) -> Block:
    columns = [
        wide(title),
        column(_("Enquiries"), 20),
        column(_("Score"), shows="strong"),
        {**column("", 70, shows="dots"), "scale": scale_for(slot.score for slot in slots)},
    ]
    rows = [
        (
            name(slot.number),
            str(slot.enquiries),
            figure(slot.score),
            {**NOTHING, "score": position(slot.score)},
        )
        for slot in slots
    ]
    if few:
        rows.append((_("Others, too few to show"), str(few), figure(None), NOTHING))
    return table(columns, rows, is_even=True)


def start_to_end(content: ParticipantContent) -> list[Block]:
    """Return chapter 8."""
    chapter = content.start_to_end
    if chapter.start is None:
        return [lead(_("The questionnaire has no areas that follow one another."))]
    blocks = [
        lead(_("Does a top start lead to a good end?")),
        paragraph(
            _("A start is top when “%(area)s” scores at least %(top)s of 100. This is how the rest went:")
            % {"area": said(chapter.start), "top": figure(TOP, decimals=0)}
        ),
        _start_table(chapter),
        note(_few()),
    ]
    top, other = chapter.after_top.later, chapter.after_other.later
    if top is not None and other is not None:
        text = _("After a top start the rest differed by %(difference)s points from other starts.")
        blocks.insert(3, paragraph(text % {"difference": difference(top, other)}))
    return blocks


def _start_table(chapter: StartToEnd) -> Block:
    columns = [
        wide(""),
        column(_("After a top start"), 26),
        column(_("After other starts"), 26),
        column(_("Difference"), 22, shows="strong"),
    ]
    top, other = chapter.after_top, chapter.after_other
    rows = [
        (_("Enquiries"), str(top.enquiries), str(other.enquiries), ""),
        (
            _("All that came after"),
            figure(top.later),
            figure(other.later),
            difference(top.later, other.later),
        ),
        *(
            (in_language(one.name), figure(one.score), figure(two.score), difference(one.score, two.score))
            for one, two in _pairs(top.areas, other.areas)
        ),
    ]
    return table(columns, rows)


def _pairs(top: Sequence[AreaScore], other: Sequence[AreaScore]) -> list[tuple[AreaScore, AreaScore]]:
    return list(zip(top, other, strict=True))
