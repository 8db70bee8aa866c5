"""Where the points went: what each question cost, beside what it costs the best of the class."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaaring.kernel.figures import difference, figure
from kaaring.kernel.text import said
from kaaring.reports.content.chapters import LostPoints
from kaaring.web.drawings import Bar
from kaaring.web.participant.shell import There, around, of_participant

FIRST = 8


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question cost, with its drawing."""

    lost: LostPoints
    bar: Bar


@of_participant
def performances(request: HttpRequest, there: There) -> HttpResponse:
    """Every question by the points it cost, the costliest first."""
    content = there.content
    questions = content.performances.questions
    most = max((one.lost for one in questions), default=Fraction(0))
    costs = [Cost(one, _bar(one, most)) for one in questions]
    total = content.summary.total.score
    together = content.lifts.first_three
    context = around(there.participant, "performances") | {
        "costs": costs,
        "first_count": min(FIRST, len(costs)),
        "first_lost": sum((one.lost for one in questions[:FIRST]), Fraction(0)),
        "all_lost": None if total is None else 100 - total,
        "unanswered": content.performances.unanswered,
        "lifts": content.lifts.lifts[:FIRST],
        "together": together,
        "gain_low": _bound(together.low) if together else "",
        "gain_high": _bound(together.high) if together else "",
        "named": content.next_steps.train,
    }
    return render(request, "participant/performances.html", context)


def _bar(one: LostPoints, most: Fraction) -> Bar:
    at_best = min(one.lost, one.lost_at_best or Fraction(0))
    words = {"name": said(one.text), "lost": figure(one.lost), "best": figure(one.lost_at_best)}
    label = _("%(name)s: lost %(lost)s, the best of the class %(best)s") % words
    if not most:
        return Bar(label, Fraction(0), Fraction(0))
    return Bar(label, at_best / most, (one.lost - at_best) / most)


def _bound(gain: float | None) -> str:
    return "" if gain is None else difference(Fraction(gain), Fraction(0))
