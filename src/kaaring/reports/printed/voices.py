"""Chapters 9 and 10 in words: feelings and words, and every enquiry."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.reports.content.chapters import Distribution, Enquiry, ParticipantContent, Quote, Tick, WordCount
from kaaring.reports.printed.blocks import (
    Block,
    column,
    heading,
    in_language,
    lead,
    note,
    paragraph,
    position,
    table,
    wide,
)
from kaaring.reports.wording import answer_in_words, moment_in_words, points_in_words

type SaidTicks = dict[tuple[object, ...], Block]


def feelings(content: ParticipantContent) -> list[Block]:
    """Return chapter 9."""
    chapter = content.feelings
    blocks = [lead(_("What those who contacted you felt, and the words they used."))]
    for distribution in chapter.distributions:
        blocks += _distribution(distribution)
    if chapter.words:
        blocks += [heading(_("Words in many comments")), _words(chapter.words)]
    if chapter.quotes:
        blocks += list(_quotes(chapter.quotes))
    if not chapter.comments:
        blocks.append(paragraph(_("Nobody left a comment.")))
    return blocks


def _distribution(distribution: Distribution) -> Iterator[Block]:
    yield {"kind": "heading", "text": in_language(distribution.text)}
    columns = [
        wide(_("Answer")),
        column(_("Times")),
        column(_("You"), shows="strong"),
        {**column("", 70, shows="bar"), "longest": _longest(distribution)},
        column(_("All")),
    ]
    rows = [
        (
            in_language(one.text),
            str(one.count),
            _share(one.share * 100),
            {"value": position(one.share * 100), "best": None, "all": position(one.share_of_all * 100)},
            _share(one.share_of_all * 100),
        )
        for one in distribution.options
    ]
    yield table(columns, rows)
    yield note(
        ngettext(
            "%(count)d answer; several could be chosen, so the shares can add up to more than one hundred.",
            "%(count)d answers; several could be chosen, so the shares can add up to more than one hundred.",
            distribution.answers,
        )
        % {"count": distribution.answers}
    )


def _longest(distribution: Distribution) -> float:
    return (
        max((100 * float(max(one.share, one.share_of_all)) for one in distribution.options), default=0) or 1.0
    )


def _share(per_cent: Fraction) -> str:
    return f"{figure(per_cent, decimals=0)} %"


def _words(counts: Sequence[WordCount]) -> Block:
    most = counts[0].count
    return {
        "kind": "words",
        "note": _("The number says in how many comments the word stands."),
        "items": [{"word": one.word, "count": str(one.count), "weight": one.count / most} for one in counts],
    }


def _quotes(quotes: Sequence[Quote]) -> Iterator[Block]:
    for is_from_best, title in (
        (True, _("From the best enquiries")),
        (False, _("From the weakest enquiries")),
    ):
        chosen = [quote for quote in quotes if quote.is_from_best is is_from_best]
        if chosen:
            yield heading(title)
            yield {"kind": "quotes", "items": [{"text": one.text, "from": _source(one)} for one in chosen]}


def _source(quote: Quote) -> str:
    return f"{said(quote.area)} · {said(quote.channel)} · {moment_in_words(quote.moment)}"


def enquiries(content: ParticipantContent) -> list[Block]:
    """Return chapter 10."""
    found = content.enquiries.enquiries
    if not found:
        return [lead(_("No enquiry counts yet."))]
    text = _(
        "Every enquiry that counts, with its ticks and comments. Who made it, and on which day, stays hidden."
    )
    said_ticks: SaidTicks = {}
    return [
        lead(text),
        _overview(found),
        {
            "kind": "enquiries",
            "items": [_enquiry(one, said_ticks) for one in found],
        },
    ]


def _overview(found: Sequence[Enquiry]) -> Block:
    columns = [
        column(_("No."), 9),
        wide(_("When")),
        column(_("Channel"), 25, shows="text"),
        column(_("Score"), 12, shows="strong"),
    ]
    rows = [
        (str(one.number), moment_in_words(one.moment), in_language(one.channel_name), figure(one.score))
        for one in found
    ]
    return table(columns, rows, folds=True)


def _enquiry(enquiry: Enquiry, said_ticks: SaidTicks) -> Block:
    return {
        "title": _("Enquiry %(number)d") % {"number": enquiry.number},
        "when": f"{moment_in_words(enquiry.moment)} · {said(enquiry.channel_name)}",
        "score": figure(enquiry.score),
        "remark": _remark(enquiry),
        "areas": list(_areas(enquiry, said_ticks)),
        "comments": [{"area": in_language(one.name), "text": one.text} for one in enquiry.remarks],
    }


def _remark(enquiry: Enquiry) -> str:
    if not enquiry.is_answered:
        return ngettext(
            "No answer after %(count)d attempt.", "No answer after %(count)d attempts.", enquiry.attempts
        ) % {"count": enquiry.attempts}
    if enquiry.is_thin:
        return _("Little could be observed; a reviewer decided that it counts.")
    return ""


def _areas(enquiry: Enquiry, said_ticks: SaidTicks) -> Iterator[Block]:
    for area in enquiry.areas:
        rows = [_tick(tick, said_ticks) for tick in enquiry.ticks if tick.area == area.area]
        if rows:
            yield {"name": in_language(area.name), "score": figure(area.score), "rows": rows}
    others = [_tick(tick, said_ticks) for tick in enquiry.ticks if not tick.area]
    if others:
        yield {"name": _("Besides"), "score": "", "rows": others}


def _tick(tick: Tick, said_ticks: SaidTicks) -> Block:
    """Return a tick in words; the same answer to the same question is put into words once a report."""
    key = (tick.question, tick.given, tick.unit, tick.earned, tick.possible)
    if key not in said_ticks:
        said_ticks[key] = {
            "question": in_language(tick.text),
            "answer": answer_in_words(tick),
            "points": points_in_words(tick),
            "lost": tick.earned is not None and tick.earned != tick.possible,
        }
    return said_ticks[key]
