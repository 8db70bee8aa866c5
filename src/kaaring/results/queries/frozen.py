"""Which evaluations a run counted and which it left out, as it froze them when it was published."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kaaring.audit.queries import lines_of
from kaaring.programmes.queries import chain_of
from kaaring.results.models import Line, Run
from kaaring.results.queries.measures import TOTAL
from kaaring.scoring import NoPlace

type Sum = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Omission:
    """Why a run left an enquiry out: ``excluded`` (with the reason), ``held`` or ``rejected``."""

    why: str
    reason: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a participant's results of a run rest on, by the code of the enquiry.

    ``counted`` are the points earned and possible in the total, both None where nothing was observed in it.
    """

    counted: Mapping[str, Sum] = field(default_factory=dict)
    left_out: Mapping[str, Omission] = field(default_factory=dict)


NOTHING = Basis()


def bases_of(run: Run, *, only_class: int | None = None) -> dict[int, Basis]:
    """Return what the results of a run rest on, by participant; those with no enquiry have none."""
    lines = Line.objects.filter(run=run, measure=TOTAL)
    if only_class is not None:
        lines = lines.filter(participant__competition_class=only_class)
    rows = lines.values_list("participant", "working")
    return {participant: _basis(working) for participant, working in rows if working is not None}


def _basis(working: Mapping[str, Any]) -> Basis:
    counted: dict[str, Sum] = {
        code: (earned, possible) for code, _channel, _rules, earned, possible in working["enquiries"]
    }
    left_out = {}
    for code, why, reason in working["left_out"]:
        if why == NoPlace.NOT_OBSERVED:
            counted[code] = (None, None)
        else:
            left_out[code] = Omission(why, reason)
    return Basis(counted, left_out)


def sent_again_since(run: Run) -> frozenset[str]:
    """Return the codes of the enquiries whose evaluation was replaced after a run was published."""
    chain = lines_of(chain_of(run.edition))
    published = chain.filter(doing="run_published", about=str(run)).values("number")[:1]
    later = chain.filter(doing="evaluations_submitted", number__gt=published)
    return frozenset(_changed(later.values_list("details", flat=True)))


def _changed(submissions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for details in submissions:
        yield from details.get("changed", ())
