"""How firm a category's result is: under other readings of its rules, without each juror, by strict ones."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaaring.jury.models import Juror, Stage
from kaaring.jury.queries.closed import closed_to
from kaaring.kernel.figures import figure
from kaaring.kernel.refused import Refused
from kaaring.kernel.text import Text
from kaaring.programmes.definition.schema import Jury
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried import (
    EntryStandings,
    open_tables,
    standings_of_category,
    steadiness_of,
    why_no_variants,
)
from kaaring.results.queries.juried.severity import Strict, Strictness, strictness_in
from kaaring.scoring.juried import (
    Count,
    Discretion,
    Method,
    OtherWinner,
    Reading,
    Recipe,
    Steadiness,
    Variants,
)
from kaaring.web.organiser.juried import judged_page, jury_here, stage_here
from kaaring.web.organiser.shell import shell
from kaaring.web.request import SignedIn

MOST = 60
"""So many variants with another winner are listed, and no more."""
DISCRETIONS: Mapping[Discretion, str | Promise] = {
    Discretion.FIXED: gettext_lazy("every weight stands"),
    Discretion.CEILING: gettext_lazy("what a juror does not grant is lost"),
    Discretion.RESCALED: gettext_lazy("what a juror does not grant goes to the other criteria"),
}
METHODS: Mapping[Method | Count, str | Promise] = {
    Method.MEAN: gettext_lazy("mean"),
    Method.MEDIAN: gettext_lazy("median"),
    Method.TRIMMED: gettext_lazy("mean without the lowest and highest"),
    Count.BORDA: gettext_lazy("points for each entry ranked below (Borda)"),
    Count.SCHULZE: gettext_lazy("every entry compared with every other (Schulze)"),
    Count.POINTS: gettext_lazy("points added up"),
}

type Way = tuple[Discretion | None, Method | Count]


class Variant(NamedTuple):
    """One way to read what jurors gave, in words, and who is first by it; ``part`` is a stage of a blend."""

    part: Text | None
    discretion: str | Promise
    method: str | Promise
    without: str
    winners: str
    is_other: bool


class Range(NamedTuple):
    """An entry's place, and the ends of its places over all variants."""

    place: int
    entry: str
    best: int | None
    worst: int | None
    first: int


class Firmness(NamedTuple):
    """What a contest's result looks like from all sides."""

    name: Text
    is_blend: bool
    is_marked: bool
    how: str
    holds: int
    variants: int
    winners: str
    others: list[Variant]
    more: int
    readings: list[Variant]
    without: list[Variant]
    ranges: list[Range]


@judged_page
def firmness(request: SignedIn, edition: Edition, stage: str, category: str) -> HttpResponse:
    """Show in how many variants a category's winners stay, which those are in which they do not, and why."""
    jury, here = jury_here(edition), stage_here(edition, stage)
    own = edition.categories.filter(code=category).first()
    if own is None:
        raise Http404
    jurors = dict(Juror.objects.filter(edition=edition).values_list("pk", "name"))
    tables = open_tables(_tables(edition, category, here.code, jury), closed_to(request.user, edition))
    if not tables:
        raise Http404
    missing = (why_no_variants(jury, one.mode, one.stage.code if one.stage else "") for one in tables)
    context = shell(request, edition, "scores") | {
        "stage": here,
        "category": own,
        "contests": [one for table in tables if (one := _firmness(table, jury, jurors)) is not None],
        "missing": list(dict.fromkeys(no_variants(why) for why in missing if why)),
        "strictness": _strictness(here, jurors),
    }
    return render(request, "organiser/firmness.html", context)


def _tables(edition: Edition, category: str, stage: str, jury: Jury) -> list[EntryStandings]:
    """Return the tables of a stage; where the result blends it with others, those of the blend before."""
    own = standings_of_category(edition, category, stage)
    if not any(one.code == stage and one.weight for one in jury.stages):
        return own
    try:
        return [*standings_of_category(edition, category), *own]
    except Refused:
        return own


def no_variants(why: str) -> str:
    """Return why there are no variants in words."""
    return {
        "adjusted": _(
            "There are no variants: the rules adjust scores for strict and lenient jurors, and variants read "
            "marks as they were given."
        ),
        "transferable": _("There are no variants of a transferable vote, which fills several seats at once."),
        "no_jurors": _("There are no variants where no juror marks, ranks or hands out points."),
    }[why]


def _firmness(table: EntryStandings, jury: Jury, jurors: Mapping[int, str]) -> Firmness | None:
    found = steadiness_of(table)
    if found is None or not found.winners:
        return None
    teller = _Teller(table, found, jury, jurors)
    listed = [teller.variant(one) for one in found.others[:MOST]]
    return Firmness(
        name=table.contest.name,
        is_blend=table.stage is None,
        is_marked=any(one.discretion is not None for one in found.readings),
        how=_how(table, found),
        holds=found.holds,
        variants=len(found.readings),
        winners=teller.names(found.winners),
        others=listed,
        more=len(found.others) - len(listed),
        readings=teller.readings(),
        without=teller.without_one(),
        ranges=[
            _range(row.place, row.entry.code, row.entry.title, found.entries[row.entry.pk])
            for row in table.rows[:10]
            if row.place is not None
        ],
    )


def _how(table: EntryStandings, found: Variants[int, int]) -> str:
    """Say what the variants of a contest are."""
    if table.stage is None:
        told = _(
            "%(count)d variants of all stages together: each stage with a jury in turn is read in its other "
            "ways, and without each juror, while the other stages stay as they are."
        )
    elif table.mode == "ranking":
        told = _("%(count)d variants: both ways to count ranks, all jurors and all but each of them.")
    elif table.mode == "points":
        told = _("%(count)d variants: all jurors and all but each of them.")
    elif len({one.discretion for one in found.readings}) > 1:
        told = _(
            "%(count)d variants: three readings of weights at the jurors' discretion, each way to combine, "
            "all jurors and all but each of them."
        )
    else:
        told = _("%(count)d variants: each way to combine, all jurors and all but each of them.")
    return told % {"count": len(found.readings)}


def _range(place: int, code: str, title: str, steady: Steadiness) -> Range:
    return Range(place, f"{code} {title}", steady.best, steady.worst, steady.first)


class _Teller:
    """Puts variants of one contest into words."""

    def __init__(
        self, table: EntryStandings, found: Variants[int, int], jury: Jury, jurors: Mapping[int, str]
    ) -> None:
        self._found = found
        self._jurors = jurors
        self._parts = {one.code: one.name for one in jury.stages}
        self._ruled = _as_ruled(table, jury)
        self._entries = {row.entry.pk: f"{row.entry.code} {row.entry.title}" for row in table.rows}
        self._others = {one.reading: one.winners for one in found.others}

    def names(self, entries: Sequence[int]) -> str:
        """Return entries as a list; nobody where there is none."""
        return ", ".join(self._entries[one] for one in entries) or _("nobody")

    def variant(self, one: OtherWinner[int, int]) -> Variant:
        """Return a variant with another winner."""
        return self._told(one.reading)

    def readings(self) -> list[Variant]:
        """Return who is first by every reading of the rules, with all jurors."""
        return [self._told(one) for one in self._found.readings if one.without is None]

    def without_one(self) -> list[Variant]:
        """Return the jurors without whom somebody else is first, by the rules as they stand."""
        return [
            self._told(one)
            for one in self._found.readings
            if one.without is not None
            and one in self._others
            and (one.discretion, one.method) == self._ruled[one.part]
        ]

    def _told(self, reading: Reading[int]) -> Variant:
        winners = self._others.get(reading, self._found.winners)
        return Variant(
            self._parts[reading.part] if reading.part else None,
            "–" if reading.discretion is None else DISCRETIONS[reading.discretion],
            METHODS[reading.method],
            "" if reading.without is None else self._jurors[reading.without],
            self.names(winners),
            reading in self._others,
        )


def _as_ruled(table: EntryStandings, jury: Jury) -> dict[str, Way]:
    """Return the reading that the rules have: of each part by its code, under no code where there is one."""
    recipe = table.contest.recipe
    if table.stage is None:
        return {one.code: _way(recipe, one) for one in jury.stages}
    return {"": _way(recipe, next(one for one in jury.stages if one.code == table.stage.code))}


def _way(recipe: Recipe, rules: StageRules) -> Way:
    if rules.mode == "ranking":
        return None, Count.SCHULZE if rules.count == "schulze" else Count.BORDA
    return (None, Count.POINTS) if rules.mode == "points" else (_discretion(recipe), recipe.method)


def _discretion(recipe: Recipe) -> Discretion | None:
    """Return the reading of granted weight that the rules have; None where criteria differ in it."""
    kinds = {one.discretion for one in recipe.criteria} - {Discretion.FIXED}
    if len(kinds) > 1:
        return None
    return kinds.pop() if kinds else Discretion.FIXED


def _strictness(stage: Stage, jurors: Mapping[int, str]) -> dict[str, Any]:
    """Return what can be said of strict and lenient jurors, in sentences."""
    found = strictness_in(stage)
    sure = [one for one in found.jurors if one.is_sure]
    return {
        "sentences": [_sentence(one, jurors[one.juror]) for one in sure],
        "is_known": not found.why,
        "why": _why(found),
        "agreement": None if found.agreement is None else round(100 * found.agreement),
    }


def _sentence(one: Strict, name: str) -> str:
    points, error = figure(Fraction(abs(one.points))), figure(Fraction(one.error))
    values = {"juror": name, "points": points, "error": error, "count": one.readings}
    if one.points > 0:
        told = ngettext(
            "%(juror)s is strict: %(points)s points (± %(error)s) below an average juror, "
            "on %(count)d entry.",
            "%(juror)s is strict: %(points)s points (± %(error)s) below an average juror, "
            "on %(count)d entries.",
            one.readings,
        )
    else:
        told = ngettext(
            "%(juror)s is lenient: %(points)s points (± %(error)s) above an average juror, "
            "on %(count)d entry.",
            "%(juror)s is lenient: %(points)s points (± %(error)s) above an average juror, "
            "on %(count)d entries.",
            one.readings,
        )
    return told % values


def _why(found: Strictness) -> str:
    sentences = {
        "not_connected": ngettext(
            "Strict and lenient jurors cannot be told apart here: the entries fall into %(count)d group "
            "that no juror connects.",
            "Strict and lenient jurors cannot be told apart here: the entries fall into %(count)d groups "
            "that no juror connects.",
            found.parts,
        )
        % {"count": found.parts},
        "too_few": _(
            "Nothing can be said of strict and lenient jurors yet: it takes three jurors, and entries "
            "that more than one has read."
        ),
    }
    return sentences.get(found.why, "")


urlpatterns = [path("scores/<slug:stage>/firmness/<slug:category>/", firmness, name="firmness")]
