"""Who goes on from a stage to the next: by the rules, with the reason for each, before anybody is let in."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kaaring.jury.queries.closed import closed_to
from kaaring.jury.queries.stages import entries_in, stage_after
from kaaring.kernel.figures import figure
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.results.actions.letting_on import let_on as let_shortlist_on
from kaaring.results.queries.juried import Drawn, open_tables, shortlists_in
from kaaring.web import respond
from kaaring.web.organiser.desk import address_of, go_on
from kaaring.web.organiser.juried import judged_doing, judged_page, jury_here, stage_here
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn

WHY: Mapping[str, str | Promise] = {
    "in": _("on the list"),
    "tied_in": _("equal with the last that has room: all of them go on"),
    "tied_out": _("equal with the last that has room: none of them goes on"),
    "no_score": _("has no score"),
    "below_threshold": _("below the threshold"),
    "beyond_top": _("beyond the number of places"),
    "beyond_best_share": _("beyond the best share"),
    "passed": _("passed the screening"),
    "not_passed": _("did not pass the screening"),
    "votes_to_come": _("jurors' votes are to come"),
    "everybody": _("the rules leave nobody out here"),
}


class Line(NamedTuple):
    """An entry on the list or off it, and why."""

    place: int | None
    is_shared: bool
    code: str
    title: str
    score: str
    is_in: bool
    why: str


class List(NamedTuple):
    """The shortlist of a contest."""

    name: Any
    lines: list[Line]
    chosen: int
    lead: Any
    is_second_round_due: bool
    is_too_small: bool


@judged_page
def shortlist(request: SignedIn, edition: Edition, stage: str) -> HttpResponse:
    """Show who goes on from a stage, and why everybody else does not."""
    return _page(request, edition, stage)


@judged_doing
def let_on(request: SignedIn, edition: Edition, stage: str) -> HttpResponse:
    """Let the shortlist into the next stage."""
    jury_here(edition)
    here = stage_here(edition, stage)
    try:
        following, count = let_shortlist_on(here, by=request.user.public_id, at=timezone.now())
    except Refused as refusal:
        return _page(request, edition, stage, refusal=refusal)
    done = ngettext("%(count)d entry goes on.", "%(count)d entries go on.", count) % {"count": count}
    return go_on(request, address_of(edition, "stage", following.code), done)


def _page(request: SignedIn, edition: Edition, code: str, *, refusal: Refused | None = None) -> HttpResponse:
    jury, here = jury_here(edition), stage_here(edition, code)
    everything, closed = shortlists_in(here), closed_to(request.user, edition)
    drawn = [one for one in everything if open_tables([one.table], closed)]
    following = stage_after(here, jury)
    there = set(entries_in(following).values_list("pk", flat=True)) if following else set()
    chosen = [entry for one in drawn for entry in one.entries]
    rules = {one.code: one for one in jury.stages}
    codes = list(rules)
    after = codes[codes.index(here.code) + 1] if here.code in codes[:-1] else None
    context = shell(request, edition, "scores") | {
        "stage": here,
        "rules": rules[here.code],
        "next_rules": rules.get(after or ""),
        "next_stage": following,
        "is_provisional": timezone.now() < here.closes_at,
        "lists": [_list(one) for one in drawn],
        "chosen": len(chosen),
        "count": sum(len(one.candidates) for one in drawn),
        "to_come": len([entry for entry in chosen if entry not in there]),
        "hidden": len(closed.categories),
        "is_for_another": len(drawn) < len(everything),
        "refusal": refusal,
    }
    status = respond.CONFLICT if refusal else 200
    return render(request, "organiser/shortlist.html", context, status=status)


def _list(drawn: Drawn) -> List:
    lines = [
        Line(
            one.row.place,
            one.row.is_shared,
            one.row.entry.code,
            one.row.entry.title,
            figure(one.row.score) if one.row.score is not None else "",
            one.is_in,
            ", ".join(str(WHY[reason]) for reason in one.why),
        )
        for one in drawn.candidates
    ]
    return List(
        drawn.table.contest.name,
        lines,
        len(drawn.entries),
        drawn.lead,
        drawn.is_second_round_due,
        drawn.is_too_small,
    )


urlpatterns = [
    path("shortlist/<slug:stage>/", shortlist, name="shortlist"),
    path("shortlist/<slug:stage>/let-on/", let_on, name="let_on"),
]
