"""What must be in order before a jury's results are published."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaaring.jury.queries.recusals import waiting_pairs
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import JuriedState
from kaaring.results.queries.juried.inputs import counted_in_edition
from kaaring.web.organiser.checks import Check, needed, unwanted


def jury_checks(edition: Edition, jury: JuriedState) -> list[Check]:
    """Return what to look at in a jury's work before it is published."""
    arguments = (edition.programme.slug, edition.slug)
    scores, recusals, decisions, meetings = (
        reverse(f"organiser:{view}", args=arguments)
        for view in ("scores", "recusals", "jury_decisions", "meetings")
    )
    count = jury.scorecards
    return [
        needed(count, ngettext("%(count)d scorecard counts", "%(count)d scorecards count", count), scores),
        _drafts(jury.drafts, scores),
        *_in_doubt(_doubtful(edition), recusals),
        _meetings(jury.open_meetings, meetings),
        _undecided(sum(one.is_open for one in jury.proposals), decisions),
        _contradicted(sum(one.is_contradicted for one in jury.proposals), decisions),
    ]


def _doubtful(edition: Edition) -> int:
    """Return how many scorecards count whose juror has a conflict that was found and nobody has looked at."""
    pairs = waiting_pairs(edition)
    if not pairs:
        return 0
    counted = counted_in_edition(edition).values_list("assignment__juror", "assignment__entry")
    return sum(pair in pairs for pair in counted)


def _drafts(count: int, address: str) -> Check:
    found = ngettext(
        "%(count)d scorecard is still a draft and does not count",
        "%(count)d scorecards are still drafts and do not count",
        count,
    )
    return unwanted("wait", count, _("No scorecard is still a draft"), found, address)


def _in_doubt(count: int, address: str) -> list[Check]:
    found = ngettext(
        "%(count)d scorecard counts whose juror has a conflict of interest that nobody has looked at yet",
        "%(count)d scorecards count whose juror has a conflict of interest that nobody has looked at yet",
        count,
    )
    return [Check("wait", found % {"count": count}, address)] if count else []


def _meetings(count: int, address: str) -> Check:
    found = ngettext("%(count)d meeting is going on", "%(count)d meetings are going on", count)
    return unwanted("wait", count, _("No meeting is going on"), found, address)


def _undecided(count: int, address: str) -> Check:
    found = ngettext(
        "%(count)d award of the jury is not decided", "%(count)d awards of the jury are not decided", count
    )
    return unwanted("stop", count, _("Every award of the jury is decided"), found, address)


def _contradicted(count: int, address: str) -> Check:
    found = ngettext(
        "%(count)d decision departs from the marks without a reason",
        "%(count)d decisions depart from the marks without a reason",
        count,
    )
    return unwanted("stop", count, _("No decision departs from the marks without a reason"), found, address)
