"""A juror's home: what is mine to do, how long it takes, how long is left, and where to go on."""

from collections.abc import Set
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaaring.jury.models import Juror, Stage
from kaaring.jury.queries.jurors import duties_of
from kaaring.jury.queries.marking import closed_cases
from kaaring.jury.queries.reading import Reading, State, pile_of
from kaaring.jury.queries.scorecards import news_for
from kaaring.jury.queries.stages import is_open, stages_of
from kaaring.kernel.figures import local
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.queries import definition_in_force
from kaaring.web.juror.conflicts import conflicts_of
from kaaring.web.juror.desk import around, juror_at
from kaaring.web.juror.words import duration, time_left
from kaaring.web.request import SignedIn


class OfCategory(NamedTuple):
    """What a juror reads of one category."""

    name: Text
    code: str
    readings: list[Reading]

    @property
    def competes(self) -> bool:
        """Whether there is more than the calibration case."""
        return any(not one.is_calibration for one in self.readings)


class OfStage(NamedTuple):
    """What a juror reads in one stage, and how far that has come."""

    code: str
    name: Text
    mode: str
    is_open: bool
    closes_at: Any
    time_left: str
    categories: list[OfCategory]
    to_do: int
    done: int
    out: int
    minutes_left: str
    next: Reading | None

    @property
    def of(self) -> int:
        """How many entries the juror marks in the stage."""
        return self.to_do + self.done

    @property
    def share(self) -> float:
        """The share that is final, of one."""
        return self.done / self.of if self.of else 0.0

    def among(self, assignments: Set[int]) -> list[Reading]:
        """Return what is read of some assignments, by their keys."""
        everything = (one for group in self.categories for one in group.readings)
        return [one for one in everything if one.assignment in assignments]


@login_required
@require_safe
def home(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show what the juror has to do in each stage, and what comes next."""
    juror = juror_at(request, programme, edition)
    at = timezone.now()
    definition = definition_in_force(juror.edition)
    known = list(stages_of(juror.edition))
    stages = _stages(juror, known, definition, at)
    now, news = [one for one in stages if one.is_open], news_for(juror)
    context = {
        **around(juror),
        "now": now,
        "reopened": [one for part in now for one in part.among(news.reopened)],
        "answered": [one for part in now for one in part.among(news.answered)],
        "past": [one for one in stages if not one.is_open],
        "coming": _coming(juror, known, definition, at),
        "conflicts": conflicts_of(juror, definition),
        "duties": duties_of(juror),
    }
    return render(request, "juror/home.html", context)


def _stages(juror: Juror, known: list[Stage], definition: Definition, at: datetime) -> list[OfStage]:
    opened = {one.code: one for one in known if one.opens_at <= at}
    rules = {one.code: one for one in definition.jury.stages} if definition.jury else {}
    pile = pile_of(juror, definition, at=at, closed=closed_cases(juror.pk))
    piles = groupby(pile, key=lambda one: one.stage)
    return [
        _of_stage(opened[code], rules[code].name, rules[code].mode, list(pile), at)
        for code, pile in piles
        if code in opened and code in rules
    ]


def _of_stage(stage: Stage, name: Text, mode: str, pile: list[Reading], at: datetime) -> OfStage:
    mine = sorted((one for one in pile if one.state is not State.OUT), key=lambda one: not one.is_calibration)
    waiting = [one for one in mine if one.is_open]
    begun = [one for one in waiting if one.state is State.DRAFT or one.is_calibration]
    return OfStage(
        code=stage.code,
        name=name,
        mode=mode,
        is_open=is_open(stage, at=at),
        closes_at=local(stage.closes_at, stage.edition.timezone),
        time_left=time_left(stage.closes_at, at),
        categories=_by_category(mine),
        to_do=len(waiting),
        done=len(mine) - len(waiting),
        out=len(pile) - len(mine),
        minutes_left=duration(sum(one.minutes for one in waiting)),
        next=next(iter([*begun, *waiting]), None),
    )


def _by_category(pile: list[Reading]) -> list[OfCategory]:
    found: dict[str, OfCategory] = {}
    for one in pile:
        group = found.setdefault(one.category, OfCategory(one.category_name, one.category, []))
        group.readings.append(one)
    return list(found.values())


def _coming(juror: Juror, known: list[Stage], definition: Definition, at: datetime) -> list[tuple[Text, Any]]:
    """Return the stages that have a period and have not opened."""
    names = {one.code: one.name for one in definition.jury.stages} if definition.jury else {}
    return [
        (names[one.code], local(one.opens_at, juror.edition.timezone))
        for one in known
        if one.opens_at > at and one.code in names
    ]


urlpatterns = [path("", home, name="home")]
