"""What must be in order before a jury's results are published."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import JuriedState


class Check(NamedTuple):
    """One thing to look at before publishing: whether it is in order, in words, and where to see to it."""

    state: str
    sentence: str
    address: str


def jury_checks(edition: Edition, jury: JuriedState) -> list[Check]:
    """Return what to look at in a jury's work before it is published."""
    arguments = (edition.programme.slug, edition.slug)
    scores, decisions, meetings = (
        reverse(f"organiser:{view}", args=arguments) for view in ("scores", "jury_decisions", "meetings")
    )
    return [
        _counts(jury.scorecards, scores),
        _drafts(jury.drafts, scores),
        _meetings(jury.open_meetings, meetings),
        _undecided(sum(one.is_open for one in jury.proposals), decisions),
        _contradicted(sum(one.is_contradicted for one in jury.proposals), decisions),
    ]


def _counts(count: int, address: str) -> Check:
    said = ngettext("%(count)d scorecard counts", "%(count)d scorecards count", count)
    return Check("good" if count else "stop", said % {"count": count}, address)


def _drafts(count: int, address: str) -> Check:
    if not count:
        return Check("good", _("No scorecard is still a draft"), address)
    said = ngettext(
        "%(count)d scorecard is still a draft and does not count",
        "%(count)d scorecards are still drafts and do not count",
        count,
    )
    return Check("wait", said % {"count": count}, address)


def _meetings(count: int, address: str) -> Check:
    if not count:
        return Check("good", _("No meeting is going on"), address)
    said = ngettext("%(count)d meeting is going on", "%(count)d meetings are going on", count)
    return Check("wait", said % {"count": count}, address)


def _undecided(count: int, address: str) -> Check:
    if not count:
        return Check("good", _("Every award of the jury is decided"), address)
    said = ngettext(
        "%(count)d award of the jury is not decided", "%(count)d awards of the jury are not decided", count
    )
    return Check("stop", said % {"count": count}, address)


def _contradicted(count: int, address: str) -> Check:
    if not count:
        return Check("good", _("No decision departs from the marks without a reason"), address)
    said = ngettext(
        "%(count)d decision departs from the marks without a reason",
        "%(count)d decisions depart from the marks without a reason",
        count,
    )
    return Check("stop", said % {"count": count}, address)
