"""The cases of the Russian edition, put together from outlines, passages and figures."""

from collections.abc import Mapping, Sequence

from kaaring.entries.rules.cases import FigureRow
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.figures import Measured, figures_of, told
from kaaring.jobs.demo.juried.parts import Pen, Words
from kaaring.jobs.demo.juried.plans import CasePlan, EntryPlan, Fate, Partner, Person
from kaaring.jobs.demo.juried.qualities import Qualities
from kaaring.jobs.demo.juried.russian import measured
from kaaring.jobs.demo.juried.russian.facets import passage_for
from kaaring.jobs.demo.juried.russian.facts import (
    RECOMMENDED,
    ROLES,
    facts_of_a_person,
    facts_of_a_project,
    facts_of_a_team,
    protected_of,
)
from kaaring.jobs.demo.juried.russian.houses import UNDERTAKINGS, house_called
from kaaring.jobs.demo.juried.russian.nominees import CENTRES, NOMINATIONS, Centre, Nomination
from kaaring.jobs.demo.juried.russian.teams_entered import TEAMS, Team
from kaaring.jobs.demo.juried.russian.undertakings import Undertaking
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category

PERIOD = "Последние 12 месяцев к предыдущим"
WEEKS, MONTHS = ("шесть", "восемь", "десять", "двенадцать"), ("девять", "одиннадцать", "двенадцать")
TENTHS, SMALL = ("третье", "четвёртое", "пятое"), ("три", "четыре")
FATES = {
    "Почта с человеческим лицом": Fate.LATE,
    "Мягкое напоминание": Fate.WITHDRAWN,
    "Киоск, который не торопит": Fate.CORRECTED,
    "Роман Пробный": Fate.NO_CONSENT,
    "Денис Сказкин": Fate.DECLINED,
    "Ночные провизоры": Fate.DRAFT,
}
UNFIT = ("Ящик без дна", "Голос рецепта")
"""Cases that do not pass screening; the first serves for calibration."""


class Writer:
    """Writes the cases one after the other, from one stream of chance."""

    def __init__(self, definition: Definition, dice: Dice) -> None:
        self._dice = dice
        self._pen = Pen(dice)
        self._categories = {one.code: one for one in definition.categories}
        several = (*UNDERTAKINGS, *TEAMS, *CENTRES)
        codes = [code for one in several for code in one.categories]
        self._qualities = Qualities([*codes, *(one.category for one in NOMINATIONS)], dice)

    def cases(self) -> list[CasePlan]:
        """Return every case."""
        return [
            *(self._undertaking(one) for one in UNDERTAKINGS),
            *(self._team(one) for one in TEAMS),
            *(self._nomination(one) for one in NOMINATIONS),
            *(self._centre(one) for one in CENTRES),
        ]

    def _undertaking(self, one: Undertaking) -> CasePlan:
        quality = self._qualities.take(one.categories[0])
        about_staff = self._categories[one.categories[0]].group == "people"
        figures = self._figures(measured.STAFF if about_staff else measured.PROJECT, quality)
        own = {"why": one.need, "how": one.did, "good": one.got, "impact": one.did, "effectiveness": one.got}
        words = self._words(one.house)
        roles = ROLES.get(one.categories[0])
        partner = None
        if roles and one.partner:
            theirs = f"Со своей стороны {one.partner} отвечает за людей и сроки на этом проекте."
            partner = Partner(house_called(one.partner), roles[1], theirs)
        return CasePlan(
            key=one.title,
            house=house_called(one.house),
            title=one.title,
            subject=self._subject(one.categories),
            summary=one.summary,
            facts=facts_of_a_project(one.categories, self._dice),
            figures=figures,
            entries=self._entries(one.categories, quality, words, figures, own),
            role=roles[0] if roles else "",
            part=f"{one.house} определяет цели проекта и измеряет результат." if partner else "",
            partner=partner,
            fate=FATES.get(one.title, Fate.SUBMITTED),
        )

    def _team(self, one: Team) -> CasePlan:
        quality = self._qualities.take(one.categories[0])
        kinds = {"sales-team": measured.SELLING, "collections-team": measured.COLLECTING}
        figures = self._figures(kinds.get(one.categories[0], measured.TEAM), quality)
        return CasePlan(
            key=one.title,
            house=house_called(one.house),
            title=one.title,
            subject="team",
            summary=one.summary,
            facts=facts_of_a_team(one),
            figures=figures,
            entries=self._entries(
                one.categories, quality, self._words(one.house), figures, {"impact": one.told}
            ),
            fate=FATES.get(one.title, Fate.SUBMITTED),
        )

    def _nomination(self, one: Nomination) -> CasePlan:
        quality = self._qualities.take(one.category)
        sells = one.category == "salesperson"
        figures = self._figures(measured.SELLING if sells else measured.PERSON, quality)
        house, first = house_called(one.house), one.name.partition(" ")[0]
        words = {**self._words(one.house), "name": first}
        is_recommended = one.category == "agent" and self._dice(2) == 0
        declarations = {RECOMMENDED: "руководитель контактного центра"} if is_recommended else {}
        entry = self._entry(
            self._categories[one.category],
            quality,
            words,
            figures,
            {"impact": one.told},
            female=one.is_female,
            declarations=declarations,
        )
        place = NOMINATIONS.index(one) + 1
        return CasePlan(
            key=one.name,
            house=house,
            title=f"{one.name}, {one.role.lower()}",
            subject="person",
            summary=one.told,
            facts=facts_of_a_person(one, place, is_recommended=is_recommended),
            figures=figures,
            entries=(entry,),
            nominee=Person(one.name, one.role, f"nominant{place:02}@{house.domain}", one.is_female),
            protected=protected_of(one, place),
            fate=FATES.get(one.name, Fate.SUBMITTED),
        )

    def _centre(self, one: Centre) -> CasePlan:
        quality = self._qualities.take(one.categories[0])
        figures = self._figures(measured.CENTRE, quality)
        words = {**self._words(one.house), "seats": one.seats}
        return CasePlan(
            key=one.title,
            house=house_called(one.house),
            title=one.title,
            subject="organisation",
            summary=one.summary,
            facts={"seats": one.seats},
            figures=figures,
            entries=self._entries(one.categories, quality, words, figures, {}, division=one.division),
            fate=FATES.get(one.title, Fate.SUBMITTED),
        )

    def _subject(self, categories: Sequence[str]) -> str:
        """Return a kind of nominee that all categories take."""
        kinds = [self._categories[code].subject for code in categories]
        return next(kind for kind in kinds[0] if all(kind in others for others in kinds))

    def _figures(self, kinds: tuple[Measured, ...], quality: float) -> tuple[FigureRow, ...]:
        return figures_of(kinds, quality, self._dice, period=PERIOD, sources=measured.SOURCES)

    def _entries(
        self,
        categories: Sequence[str],
        quality: float,
        words: Words,
        figures: tuple[FigureRow, ...],
        own: Mapping[str, str],
        *,
        division: str = "",
    ) -> tuple[EntryPlan, ...]:
        return tuple(
            self._entry(
                self._categories[code],
                quality,
                words,
                figures,
                own,
                division=division if code == "contact-centre" else "",
            )
            for code in categories
        )

    def _entry(
        self,
        category: Category,
        quality: float,
        words: Words,
        figures: tuple[FigureRow, ...],
        own: Mapping[str, str],
        *,
        female: bool = False,
        declarations: Mapping[str, str] | None = None,
        division: str = "",
    ) -> EntryPlan:
        """Return a case in a category; what is told of it alone is told once, where it belongs."""
        left, answers = dict(own), {}
        for criterion in category.criteria:
            facet, passage = passage_for(category.group or "", category.code, criterion.code)
            sentences = [sentence for sentence in [left.pop(facet, "")] if sentence]
            if facet in ("figures", "effectiveness", "engagement"):
                sentences += told(figures, KNOWN, self._pen, self._dice, 1 if quality < 0.4 else 2)
            answers[criterion.code] = self._pen.text(passage, words, own=sentences, female=female)
        own_quality = min(0.98, max(0.04, quality + self._dice(20) / 100 - 0.1))
        return EntryPlan(category.code, answers, own_quality, declarations or {}, division)

    def _words(self, org: str) -> dict[str, object]:
        dice = self._dice
        return {
            "org": org,
            "pct": 12 + dice(28),
            "pct2": 78 + dice(19),
            "tens": 10 * (2 + dice(6)),
            "hundreds": 100 * (2 + dice(8)),
            "weeks": WEEKS[dice(len(WEEKS))],
            "months": MONTHS[dice(len(MONTHS))],
            "tenth": TENTHS[dice(len(TENTHS))],
            "small": SMALL[dice(len(SMALL))],
            "score": f"{4 + dice(9) / 10:.1f}".replace(".", ","),
            "seats": 40 + 10 * dice(12),
        }


KNOWN: Mapping[str, Measured] = {
    one.name: one
    for one in (
        *measured.PROJECT,
        *measured.STAFF,
        *measured.TEAM,
        *measured.CENTRE,
        *measured.SELLING,
        *measured.COLLECTING,
    )
}
