"""Every enquiry that counts, with its ticks and comments; who made it, and on which day, is never shown."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kaaring.kernel.text import Text
from kaaring.reports.content.chapters import Enquiry, Remark, Tick
from kaaring.reports.wording import answer_in_words, changed_since, moment_in_words, points_in_words
from kaaring.web.participant.shell import There, around, of_participant


@dataclass(frozen=True, slots=True)
class Listed:
    """An enquiry in the list, with when it was made in words."""

    enquiry: Enquiry
    moment: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """An answer in words, its points, and whether it earned any."""

    tick: Tick
    answer: str
    points: str
    is_counted: bool
    has_earned: bool


@dataclass(frozen=True, slots=True)
class Part:
    """An area of one enquiry: its score, what the shopper wrote, and the answers."""

    name: Text
    score: object
    remark: Remark | None
    ticks: tuple[Ticked, ...]


@of_participant
def enquiries(request: HttpRequest, there: There) -> HttpResponse:
    """Every enquiry that counts."""
    content = there.content
    listed = [Listed(one, moment_in_words(one.moment)) for one in content.enquiries.enquiries]
    context = around(there.participant, "enquiries") | {
        "enquiries": listed,
        "changed": changed_since(content.method),
        "area_names": [area.name for area in content.areas.areas],
        "left_out": [(moment_in_words(one.moment), one) for one in content.method.left_out],
    }
    return render(request, "participant/enquiries.html", context)


@of_participant
def enquiry(request: HttpRequest, there: There, public_id: str) -> HttpResponse:
    """One enquiry: every question with its tick and points, and the comments."""
    all_of_them = there.content.enquiries.enquiries
    found = next((one for one in all_of_them if one.public_id == public_id), None)
    if found is None:
        raise Http404
    beside = list(pairwise(all_of_them))
    context = around(there.participant, "enquiries") | {
        "enquiry": found,
        "changed": changed_since(there.content.method),
        "enquiry_count": len(all_of_them),
        "moment": moment_in_words(found.moment),
        "parts": list(_parts(found)),
        "before": next((one for one, two in beside if two is found), None),
        "after": next((two for one, two in beside if one is found), None),
    }
    return render(request, "participant/enquiry.html", context)


def _parts(enquiry: Enquiry) -> list[Part]:
    remarks = {remark.area: remark for remark in enquiry.remarks}
    areas = [(area.area, area.name, area.score) for area in enquiry.areas]
    parts = [
        Part(
            name,
            score,
            remarks.get(code),
            tuple(_ticked(tick) for tick in enquiry.ticks if tick.area == code),
        )
        for code, name, score in [*areas, ("", {}, None)]
    ]
    return [part for part in parts if part.ticks or part.remark]


def _ticked(tick: Tick) -> Ticked:
    return Ticked(
        tick, answer_in_words(tick), points_in_words(tick), tick.possible is not None, bool(tick.earned)
    )
