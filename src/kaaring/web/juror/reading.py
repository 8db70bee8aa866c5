"""The reading page: the case on the left, the scorecard on the right, and where one is on the pile."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kaaring.entries.content import kind_called
from kaaring.entries.models import Attachment, Figure
from kaaring.entries.rules.record import rules_told
from kaaring.jury.models import Recusal, Scorecard
from kaaring.jury.queries.called import Called
from kaaring.jury.queries.reading import CaseToRead, Reading, State
from kaaring.jury.sheets import Blank, Sheet, worked_score
from kaaring.kernel.figures import amount, local
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Criterion
from kaaring.web import respond
from kaaring.web.juror.desk import Desk, Where, address, around, desk_with_case
from kaaring.web.juror.final import final_context
from kaaring.web.juror.sheet_form import fields_of, fixed_in_words, keys_of, set_in, version_from
from kaaring.web.juror.words import duration, time_left
from kaaring.web.request import SignedIn

TEMPLATE = "juror/entry.html"
ELSEWHERE = "changed_elsewhere"


class Answer(NamedTuple):
    """What the entry says about one criterion, and whether key figures belong under it."""

    criterion: Criterion
    text: str
    has_figures: bool


class Row(NamedTuple):
    """A key figure as it is shown: before, after, and the difference with its sign."""

    figure: Figure
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the pile in the strip that shows how far one has come; places are per cent."""

    x: str
    end: str
    width: str
    look: str


@login_required
@require_safe
def entry_page(request: SignedIn, programme: str, edition: str, stage: str, entry: str) -> HttpResponse:
    """Show the case and its scorecard; once final, what the juror gave, and of others what may be seen."""
    desk = desk_with_case(request, Where(programme, edition, stage, entry))
    return render(request, TEMPLATE, page_context(desk, desk.sheet, desk.version))


def again(
    request: SignedIn, desk: Desk, sheet: Sheet, refusal: Refused, *, status: int = respond.CONFLICT
) -> HttpResponse:
    """Show the reading page with why something was refused, and everything that was typed.

    Where another window has stored something meanwhile, the form keeps the version it was filled in on, so
    that only a decision replaces what is stored.
    """
    is_elsewhere = refusal.code == ELSEWHERE
    version = version_from(request.POST) if is_elsewhere else desk.version
    context = page_context(desk, sheet, version) | {"refusal": refusal, "is_elsewhere": is_elsewhere}
    return render(request, TEMPLATE, context, status=status)


def page_context(desk: Desk, sheet: Sheet, version: int) -> dict[str, Any]:
    """Return everything the reading page shows, with the sheet as it was typed."""
    return {
        **around(desk.assignment.juror),
        **case_context(desk, desk.case),
        **sheet_context(desk, sheet, version),
        **_pile_context(desk),
        **(final_context(desk) if desk.is_final else {}),
        **_writing(desk),
        "reopened": desk.reopened,
        "asked": desk.asked,
        "kinds": Recusal.Kind.choices,
    }


def _writing(desk: Desk) -> dict[str, Any]:
    """Return whether there is a form to fill in, and the calibration case where that stands before it."""
    due = desk.calibration_due if desk.is_open else None
    return {"is_writable": desk.is_open and due is None, "due": due}


def case_context(desk: Desk, case: CaseToRead) -> dict[str, Any]:
    """Return what is shown of the case; where names are hidden, nothing that carries one."""
    entry, names = desk.assignment.entry, desk.blank.stage.sees.names
    divisions = {one.code: one.name for one in desk.blank.category.divisions}
    return {
        "desk": desk,
        "entry": entry,
        "case": case.case,
        "category": desk.blank.category,
        "division": divisions.get(entry.division),
        "stage": desk.blank.stage,
        "with_names": names,
        "nominee": case.nominee,
        "parties": case.parties,
        "answers": _answers(desk, case),
        "figures": [_figure(one) for one in case.figures],
        "attachments": [(number, one, kind_of(one)) for number, one in enumerate(case.attachments, start=1)],
        "facts": rules_told(entry.eligibility, with_names=names),
        "arguments": desk.arguments,
    }


def _answers(desk: Desk, case: CaseToRead) -> list[Answer]:
    criteria = desk.blank.category.criteria
    proof = next((one.code for one in criteria if one.evidence == "before_after"), criteria[-1].code)
    return [
        Answer(one, case.answers.get(one.code, ""), bool(case.figures) and one.code == proof)
        for one in criteria
    ]


def kind_of(attachment: Attachment) -> str:
    """Return what kind of file an attachment is, as people call it."""
    kind = kind_called(attachment.content_type)
    return kind.ending.removeprefix(".").upper() if kind else ""


def _figure(one: Figure) -> Row:
    change = one.after - one.before if one.before is not None and one.after is not None else None
    sign = "+" if change is not None and change > 0 else ""
    return Row(one, amount(one.before), amount(one.after), sign + amount(change))


def sheet_context(desk: Desk, sheet: Sheet, version: int) -> dict[str, Any]:
    """Return what the form of the scorecard shows."""
    fields = fields_of(desk.blank, sheet)
    return {
        **saved_context(desk.blank, sheet, desk.scorecard),
        "desk": desk,
        "arguments": desk.arguments,
        "version": version,
        "sheet": sheet,
        "fields": fields,
        "keys": keys_of(fields),
        "fixed": fixed_in_words(desk.blank.criteria),
    }


def saved_context(blank: Blank, sheet: Sheet, scorecard: Scorecard | None) -> dict[str, Any]:
    """Return how far a scorecard has come: what is set, what is open, the score, and when it was saved."""
    count = len(blank.criteria)
    set_count = set_in(blank, sheet)
    worked = worked_score(sheet, blank) if count and set_count == count else None
    return {
        "criterion_count": count,
        "set_count": set_count,
        "open_count": count - set_count,
        "score": worked.score if worked else None,
        "version": scorecard.version if scorecard else 0,
        "saved_at": _saved_at(scorecard),
    }


def _saved_at(scorecard: Scorecard | None) -> datetime | None:
    if scorecard is None:
        return None
    return local(scorecard.changed_at, scorecard.assignment.stage.edition.timezone)


def _pile_context(desk: Desk) -> dict[str, Any]:
    pile, stage = desk.pile, desk.assignment.stage
    mine = [one for one in pile if one.state is not State.OUT]
    here = next(at for at, one in enumerate(mine) if one.assignment == desk.assignment.pk)
    left = sum(one.minutes for one in mine if one.is_open)
    before, after = mine[here - 1] if here else None, mine[here + 1] if here + 1 < len(mine) else None
    return {
        "number": here + 1,
        "count": len(mine),
        "done_count": sum(one.state is State.FINAL for one in mine),
        "draft_count": sum(one.state is State.DRAFT for one in mine),
        "out_count": len(pile) - len(mine),
        "strip": _strip(pile, desk.assignment.pk),
        "minutes": mine[here].minutes,
        "minutes_left": duration(left),
        "time_left": time_left(stage.closes_at, desk.at),
        "closes_at": local(stage.closes_at, desk.edition.timezone),
        "before": _link(desk, before),
        "after": _link(desk, after),
        "comparable": [one for one in mine if one.category == mine[here].category and one is not mine[here]],
    }


class Link(NamedTuple):
    """Another entry of the pile: what it is called and where it is."""

    called: Called
    address: str


def _link(desk: Desk, one: Reading | None) -> Link | None:
    return Link(one.called, address(desk, one)) if one else None


LOOKS = {State.FINAL: "done", State.DRAFT: "draft", State.TO_READ: "todo-mark", State.OUT: "out"}


def _strip(pile: list[Reading], here: int) -> list[Step]:
    share = Fraction(100, len(pile))
    return [
        Step(
            x=f"{float(at * share):.2f}%",
            end=f"{float((at + Fraction(3, 4)) * share):.2f}%",
            width=f"{float(share * 3 / 4):.2f}%",
            look=LOOKS[one.state] + (" here" if one.assignment == here else ""),
        )
        for at, one in enumerate(pile)
    ]


urlpatterns = [path("<slug:stage>/<slug:entry>/", entry_page, name="entry")]
