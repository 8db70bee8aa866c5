"""Feedback to an entrant as data for its document."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.kernel.figures import figure, local
from kaaring.kernel.text import said
from kaaring.reports import feedback_words as words
from kaaring.reports.content.feedback import Check, CriterionFeedback, Feedback, Marked
from kaaring.reports.printed.blocks import (
    Block,
    Cell,
    bullets,
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
from kaaring.scoring.juried import Quartiles

SPREAD = 48
"""The width of the drawing beside a figure, in millimetres."""
WHOLE = [0.0, 100.0]


def feedback_document(feedback: Feedback, language: str, timezone: str) -> Block:
    """Return feedback in the language that is active, ready for the template."""
    about = feedback.about
    edition = f"{said(about.programme)} {about.edition}"
    category = said(about.category) + (f", {said(about.division)}" if about.division else "")
    return {
        "lang": language,
        "accent": about.accent,
        "title": _("Feedback on “%(case)s”, %(edition)s") % {"case": about.title, "edition": edition},
        "kicker": _("Feedback to the entrant"),
        "case": about.title,
        "entry": f"{about.code} · {category}",
        "organisation": about.organisation,
        "edition": edition,
        "organiser": about.organiser,
        "published": _("Published %(date)s")
        % {"date": date_format(local(about.published_at, timezone), "DATE_FORMAT")},
        "illustrative": said(about.illustrative),
        "illustrative_title": _("What is illustration"),
        "chapters": [
            {"title": title, "blocks": blocks}
            for title, blocks in (
                (_("How the jury marked the entry"), _marks(feedback)),
                (_("What the jury gave"), _given(feedback)),
                (_("What jurors want to tell you"), _remarks(feedback)),
                (_("What the marks mean"), _anchors(feedback)),
                (_("What the rules said"), _rules(feedback)),
                (_("What this rests on"), _ground(feedback)),
            )
            if blocks
        ],
    }


def _marks(feedback: Feedback) -> list[Block]:
    marked = feedback.marked
    if marked is None:
        return [paragraph(words.no_marks())]
    first, *rest = words.summary(marked)
    blocks = [lead(first), *map(paragraph, rest), _table(marked)]
    if not marked.is_small:
        blocks.append(_legend())
    out = words.standing_out_in_words(marked)
    return [*blocks, bullets(out)] if out else blocks


def _table(marked: Marked) -> Block:
    columns = [wide(_("Criterion")), column(_("Weight")), column(_("Yours"), shows="strong")]
    if not marked.is_small:
        columns += [
            {**column("", SPREAD, shows="spread"), "scale": WHOLE},
            column(_("Lower quartile")),
            column(_("Median")),
            column(_("Upper quartile")),
        ]
    rows = [_row(one, is_small=marked.is_small) for one in marked.criteria]
    name = _("The whole entry, by these marks") if marked.final else _("The whole entry")
    whole = [name, "", figure(marked.score)]
    return table(
        columns, [*rows, whole + ([] if marked.is_small else _beside(marked.score, marked.quartiles))]
    )


def _row(one: CriterionFeedback, *, is_small: bool) -> list[object]:
    own = [in_language(one.name), words.weight_in_words(one), figure(one.mean)]
    return own + ([] if is_small else _beside(one.mean, one.quartiles))


def _beside(own: Fraction | None, quartiles: Quartiles | None) -> list[object]:
    figures = quartiles or (None, None, None)
    lower, median, upper = figures
    drawn = {
        "own": position(own),
        "lower": position(lower),
        "median": position(median),
        "upper": position(upper),
    }
    return [drawn, *(words.rough(one) for one in figures)]


def _legend() -> Block:
    return {
        "kind": "spread_legend",
        "own": _("yours"),
        "middle": _("the middle half of the entries"),
        "median": _("median"),
    }


def _given(feedback: Feedback) -> list[Block]:
    blocks: list[Block] = []
    for one in feedback.given:
        level = words.level_in_words(one.level)
        blocks.append(paragraph(f"{said(one.award)}: {level}."))
        if one.citation:
            blocks.append(paragraph(said(one.citation)))
    if not blocks:
        blocks.append(paragraph(_("No award or level was given to this entry.")))
    levels = ("winner", *feedback.levels)
    meanings = [f"{words.level_in_words(one)}: {words.level_explained(one)}" for one in levels]
    return [*blocks, heading(_("What the levels mean")), bullets(meanings)]


def _remarks(feedback: Feedback) -> list[Block]:
    if not feedback.remarks:
        return [paragraph(_("No remarks were released to you."))]
    items = [{"text": remark, "from": _("A juror")} for remark in feedback.remarks]
    return [{"kind": "quotes", "items": items}]


def _anchors(feedback: Feedback) -> list[Block]:
    if not feedback.anchors:
        return []
    columns = [column(_("Mark")), wide(_("Meaning"))]
    return [table(columns, [(str(mark), in_language(meaning)) for mark, meaning in feedback.anchors])]


def _rules(feedback: Feedback) -> list[Block]:
    blocks = [bullets(_checked(feedback.checks))] if feedback.checks else []
    if feedback.declarations:
        declared = (words.declared_in_words(one) for one in feedback.declarations)
        blocks += [heading(_("Declared")), bullets(declared)]
    return blocks


def _checked(checks: Iterable[Check]) -> list[Cell]:
    return [f"{words.outcome_in_words(one.outcome)}: {said(one.reason)}" for one in checks]


def _ground(feedback: Feedback) -> list[Block]:
    digest = {"kind": "digest", "name": _("Fingerprint of the run"), "text": feedback.about.digest}
    return [note(words.where_from(feedback)), digest]
