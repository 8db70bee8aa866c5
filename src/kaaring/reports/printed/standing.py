"""Chapters 1 to 4 in words: the summary, the results, the areas and the themes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.kernel.figures import figure
from kaaring.kernel.text import said
from kaaring.reports.content.chapters import Highlight, ParticipantContent, Result, Summary
from kaaring.reports.printed.blocks import (
    Block,
    bullets,
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
from kaaring.reports.wording import interval_in_words, place_in_words, why_in_words


def summary(content: ParticipantContent) -> list[Block]:
    """Return chapter 1."""
    chapter = content.summary
    blocks = [lead(_opening(content)), _figures(chapter)]
    blocks += [paragraph(sentence) for sentence in _sentences(chapter) if sentence]
    if chapter.awards:
        blocks += [heading(_("Won")), bullets(in_language(award) for award in chapter.awards)]
    if chapter.strengths:
        blocks += [heading(_("Farthest above the mean of all")), _highlights(chapter.strengths)]
    if chapter.weaknesses:
        blocks += [heading(_("Farthest below the mean of all")), _highlights(chapter.weaknesses)]
    return blocks


def _opening(content: ParticipantContent) -> str:
    total = content.summary.total
    values = {
        "participant": content.about.participant,
        "class": said(content.about.class_name),
        "score": figure(total.score),
        "count": total.enquiries,
    }
    if total.score is None:
        return _("%(participant)s has no total result: %(why)s") % {**values, "why": why_in_words(total)}
    return (
        ngettext(
            "%(participant)s got %(score)s of 100 points in %(count)d enquiry, in the class %(class)s.",
            "%(participant)s got %(score)s of 100 points in %(count)d enquiries, in the class %(class)s.",
            total.enquiries,
        )
        % values
    )


def _figures(chapter: Summary) -> Block:
    total = chapter.total
    return {
        "kind": "figures",
        "items": [
            {"name": _("Total result"), "value": figure(total.score)},
            {"name": _("Place in the class"), "value": place_in_words(total.class_place)},
            {"name": _("Place among all"), "value": place_in_words(total.place)},
            {"name": _("95 per cent interval"), "value": interval_in_words(total.low, total.high)},
        ],
    }


def _sentences(chapter: Summary) -> list[str]:
    total = chapter.total
    sentences = []
    if chapter.class_alike:
        first, last = chapter.class_alike
        sentences.append(
            _("Places %(first)d to %(last)d in the class cannot be told apart with so many enquiries each.")
            % {"first": first, "last": last}
        )
    if chapter.alike:
        first, last = chapter.alike
        sentences.append(
            _("Among all, places %(first)d to %(last)d cannot be told apart.")
            % {"first": first, "last": last}
        )
    if total.score is not None and total.why:
        sentences.append(why_in_words(total))
    if chapter.unanswered:
        sentences.append(
            ngettext(
                "%(count)d enquiry got no answer.", "%(count)d enquiries got no answer.", chapter.unanswered
            )
            % {"count": chapter.unanswered}
        )
    return sentences


def _highlights(highlights: Sequence[Highlight]) -> Block:
    columns = [
        wide(_("Question")),
        column(_("You"), shows="strong"),
        column(_("All")),
    ]
    rows = [(in_language(one.text), figure(one.score), figure(one.mean)) for one in highlights]
    return table(columns, rows)


def results(content: ParticipantContent) -> list[Block]:
    """Return chapter 2."""
    blocks = [
        lead(_("What counts, beside the class, all participants and the best of the class.")),
        result_table(content.results.results),
        legend(),
    ]
    if content.results.metrics:
        blocks += [
            heading(_("Customer-experience metrics")),
            paragraph(_("They are asked for on their own and count nowhere in the result.")),
            _metrics(content.results.metrics),
        ]
    return blocks


def areas(content: ParticipantContent) -> list[Block]:
    """Return chapter 3."""
    text = _("Every question with points stands in exactly one area. Together the areas make the total.")
    return [lead(text), result_table(content.areas.areas), legend()]


def themes(content: ParticipantContent) -> list[Block]:
    """Return chapter 4."""
    if not content.themes.themes:
        return [lead(_("This edition has no themes."))]
    text = _("Themes gather questions across areas; a question may stand in several themes.")
    return [lead(text), result_table(content.themes.themes), legend()]


def result_table(results: Sequence[Result], *, first: str = "") -> Block:
    """Return results as a table with a dot and whisker for each."""
    scale = scale_for(score for one in results for score in (one.score, one.class_mean, one.mean, one.best))
    columns = [
        wide(first or _("Measure")),
        column(_("You"), shows="strong"),
        {**column("", 58, shows="dots"), "scale": scale},
        column(_("Class")),
        column(_("All")),
        column(_("Best")),
        column(_("Place in class"), 18),
    ]
    rows = [
        (
            in_language(one.name),
            figure(one.score),
            dots(one),
            figure(one.class_mean),
            figure(one.mean),
            figure(one.best),
            short_place(one),
        )
        for one in results
    ]
    return table(columns, rows)


def dots(result: Result) -> Block:
    """Return a result as a dot with its whisker, the means as marks, the best as a ring."""
    return {
        "score": position(result.score),
        "low": position(result.low),
        "high": position(result.high),
        "class": position(result.class_mean),
        "all": position(result.mean),
        "best": position(result.best),
    }


def short_place(result: Result) -> str:
    """Return the place in the class as a table shows it: 3 / 8, with «=» where it is shared."""
    place = result.class_place
    if place.place is None:
        return "–"
    return f"{place.place}{'=' if place.is_shared else ''} / {place.among}"


def legend() -> Block:
    """Return what the marks of a dot chart mean."""
    return {
        "kind": "legend",
        "you": _("you, with 95 per cent interval"),
        "class": _("mean of the class"),
        "all": _("mean of all"),
        "best": _("best of the class"),
    }


def _metrics(metrics: Sequence[Result]) -> Block:
    columns = [
        wide(_("Metric")),
        column(_("You"), shows="strong"),
        column(_("Class")),
        column(_("All")),
        column(_("Best")),
        column(_("Answers")),
    ]
    rows = [
        (
            in_language(one.name),
            figure(one.score),
            figure(one.class_mean),
            figure(one.mean),
            figure(one.best),
            str(one.enquiries),
        )
        for one in metrics
    ]
    return table(columns, rows)


def missing(results: Sequence[Result]) -> list[Block]:
    """Return a remark for every result without a score."""
    return [
        note(f"{said(one.name)}: {why_in_words(one)}") for one in results if one.score is None and one.why
    ]
