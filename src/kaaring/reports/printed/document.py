"""The whole report as data: cover, chapters and the words around them."""

from collections.abc import Callable, Sequence

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaaring.kernel.figures import figure, local
from kaaring.kernel.text import said
from kaaring.reports.content.chapters import ParticipantContent
from kaaring.reports.printed import conditions, ground, losses, standing, voices
from kaaring.reports.printed.blocks import Block, position, scale_for
from kaaring.reports.wording import interval_in_words, place_in_words, why_in_words

type Chapter = tuple[str | Promise, Callable[[ParticipantContent], list[Block]], bool]

CHAPTERS: Sequence[Chapter] = (
    (gettext_lazy("Summary"), standing.summary, True),
    (gettext_lazy("Results"), standing.results, True),
    (gettext_lazy("Performance areas"), standing.areas, False),
    (gettext_lazy("Themes"), standing.themes, False),
    (gettext_lazy("Where the points went"), losses.performances, True),
    (gettext_lazy("By channel"), conditions.channels, False),
    (gettext_lazy("Over time"), conditions.over_time, False),
    (gettext_lazy("From start to end"), conditions.start_to_end, False),
    (gettext_lazy("Feelings and words"), voices.feelings, True),
    (gettext_lazy("Every enquiry"), voices.enquiries, False),
    (gettext_lazy("What lifts you most"), losses.lifts, True),
    (gettext_lazy("Method and sample"), ground.method, False),
    (gettext_lazy("Next steps"), ground.next_steps, True),
)
"""The 13 chapters: title, contents, and whether it begins on a page of its own."""


def mark_of(run: str, language: str) -> str:
    """Return what a report carries in its properties: of which publication it is, and in which language."""
    return f"kaaring-{run}-{language}"


def document(content: ParticipantContent, language: str, timezone: str) -> Block:
    """Return a report in the language that is active, ready for the template."""
    about = content.about
    edition = f"{said(about.programme)} {about.edition}"
    return {
        "lang": language,
        "edition_mark": mark_of(about.run, language),
        "accent": about.accent,
        "title": _("%(participant)s: report, %(edition)s")
        % {"participant": about.participant, "edition": edition},
        "participant": about.participant,
        "edition": edition,
        "organiser": about.organiser,
        "cover": _cover(content, timezone),
        "contents": _("Contents"),
        "illustrative": said(about.illustrative),
        "illustrative_title": _("What is illustration"),
        "chapters": [
            {"title": str(title), "blocks": chapter(content), "new_page": new_page}
            for title, chapter, new_page in CHAPTERS
        ],
    }


def _cover(content: ParticipantContent, timezone: str) -> Block:
    total = content.summary.total
    marks = (total.score, total.low, total.class_mean, total.mean, total.best)
    return {
        "kicker": _("Report to the participant"),
        "class": said(content.about.class_name),
        "class_name": _("Class"),
        "score": figure(total.score),
        "score_name": _("Total result"),
        "why": why_in_words(total) if total.score is None else "",
        "places": _places(content),
        "interval": _("95 per cent interval: %(interval)s")
        % {"interval": interval_in_words(total.low, total.high)}
        if total.low is not None
        else "",
        "dots": standing.dots(total),
        "scale": scale_for(marks),
        "alt": _alt(content),
        "legend": standing.legend(),
        "basis": _basis(content),
        "published": _("Published %(date)s")
        % {"date": date_format(local(content.about.published_at, timezone), "DATE_FORMAT")},
        "best": position(total.best),
    }


def _places(content: ParticipantContent) -> list[Block]:
    total = content.summary.total
    return [
        {"name": _("In the class"), "value": place_in_words(total.class_place)},
        {"name": _("Among all"), "value": place_in_words(total.place)},
    ]


def _alt(content: ParticipantContent) -> str:
    total = content.summary.total
    return _(
        "Score %(score)s, class mean %(class_mean)s, mean of all %(mean)s, best of the class %(best)s."
    ) % {
        "score": figure(total.score),
        "class_mean": figure(total.class_mean),
        "mean": figure(total.mean),
        "best": figure(total.best),
    }


def _basis(content: ParticipantContent) -> str:
    number = content.summary.total.enquiries
    return ngettext("%(count)d enquiry", "%(count)d enquiries", number) % {"count": number}
