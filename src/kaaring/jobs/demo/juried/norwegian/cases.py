"""The cases of the Norwegian edition, put together from outlines, passages and figures."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from kaaring.entries.rules.cases import FigureRow
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.figures import figures_of, told
from kaaring.jobs.demo.juried.norwegian import centres, measured, people, projects
from kaaring.jobs.demo.juried.norwegian.houses import house_called
from kaaring.jobs.demo.juried.norwegian.outlines import (
    CENTRES,
    NEVER_HANDED_IN,
    NOMINATIONS,
    Centre,
    Nomination,
)
from kaaring.jobs.demo.juried.norwegian.undertakings import TWIN, UNDERTAKINGS, Undertaking
from kaaring.jobs.demo.juried.parts import Passage, Pen, Words
from kaaring.jobs.demo.juried.plans import CasePlan, EntryPlan, Fate, Partner, Person
from kaaring.jobs.demo.juried.qualities import Qualities
from kaaring.jobs.demo.roster import code_of
from kaaring.programmes.eligibility.facts import Raw

PERIOD = "Siste hele år mot året før"
WEEKS = ("fire", "seks", "åtte", "ti", "tolv")
ACTIONS: Mapping[str, Passage] = {
    "customer-centre": centres.INBOUND_ACTIONS,
    "call-centre": centres.OUTBOUND_ACTIONS,
    "team-leader-inbound": people.LEADER_ACTIONS,
    "team-leader-outbound": (*people.LEADER_ACTIONS[:2], people.SHARING, *people.LEADER_ACTIONS[2:]),
    "employee-inbound": people.EMPLOYEE_ACTIONS,
    "employee-outbound": (*people.EMPLOYEE_ACTIONS, people.SHARING),
    "outsourcing-partnership": projects.PARTNERSHIP_ACTIONS,
    "chatbot": projects.CHATBOT_ACTIONS,
    "innovation": projects.INNOVATION_ACTIONS,
    "sustainability": projects.SUSTAINABILITY_ACTIONS,
}
RESULTS: Mapping[str, Passage] = {
    "customer-centre": centres.CENTRE_RESULTS,
    "call-centre": centres.CENTRE_RESULTS,
    "team-leader-inbound": people.LEADER_RESULTS,
    "team-leader-outbound": people.LEADER_RESULTS,
    "employee-inbound": people.EMPLOYEE_RESULTS,
    "employee-outbound": people.EMPLOYEE_RESULTS,
    "salesperson": people.SALES_RESULTS,
    "outsourcing-partnership": projects.PARTNERSHIP_RESULTS,
    "chatbot": projects.BEFORE_AFTER_RESULTS,
    "innovation": projects.BEFORE_AFTER_RESULTS,
    "sustainability": projects.SUSTAINABILITY_RESULTS,
}
SUBJECTS = {"outsourcing-partnership": "partnership", "chatbot": "product", "innovation": "project"}
CENTRE_ROLE, PARTNER_ROLE = "contact_centre", "outsourcing_partner"
DIALOG_HOUSES = frozenset(
    {"Samtaleverket", "Linjeskift Dialog", "Ordrett Kundeservice", "Ringvirkning Dialog"}
)
SUSTAINABLE = "eligibility/1"
PERSONAL = frozenset(code for one in (*NOMINATIONS, *NEVER_HANDED_IN) for code in one.categories)
FATES = {
    "Når reisen går galt, begynner jobben": Fate.LATE,
    "Robin Diktestad": Fate.WITHDRAWN,
    "Filmkompisen": Fate.CORRECTED,
    "Sindre Diktemo": Fate.CORRECTED,
    "Thea Kladdeli": Fate.NO_CONSENT,
    "Frode Kopirud": Fate.DECLINED,
    TWIN.title: Fate.MERGED,
}
"""Who or what does not simply go in on time."""

WINS = "Hilda"
"""The chatbot of the year, which its demo entrant takes along to the next edition."""

UNFIT = ("Klag her, les i morgen", "Femten personer, hele landet", "Nora Eventyrmo")
"""Cases that do not pass screening."""


class Writer:
    """Writes the cases one after the other, from one stream of chance."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._pen = Pen(dice)
        every = chain.from_iterable(one.categories for one in (*CENTRES, *NOMINATIONS))
        self._qualities = Qualities([*every, *(one.category for one in UNDERTAKINGS)], dice)
        self._best = self._qualities.take_best("chatbot")

    def cases(self) -> list[CasePlan]:
        """Return every case, those that are never handed in last."""
        return [
            *(self._centre(one) for one in CENTRES),
            *(self._nomination(one) for one in NOMINATIONS),
            *(self.undertaking(one) for one in (*UNDERTAKINGS, TWIN)),
            *(self._nomination(one) for one in NEVER_HANDED_IN),
        ]

    def _centre(self, one: Centre) -> CasePlan:
        house, words = house_called(one.house), self._words(one.house)
        quality, figures = self._start(one.categories)
        entries = tuple(self._entry(code, quality, words, figures) for code in one.categories)
        calls = "call-centre" in one.categories
        answers = "customer-centre" in one.categories
        directions = [
            *(["inbound"] if answers or not calls else []),
            *(["outbound"] if calls else []),
        ]
        facts: dict[str, Raw] = {"direction": directions, "scope": "operation"}
        if "sustainability" in one.categories:
            facts["sustainable"] = "yes"
        return CasePlan(
            key=one.title,
            house=house,
            title=one.title,
            subject="organisation",
            summary=one.summary,
            facts=facts,
            figures=figures,
            entries=entries,
            fate=FATES.get(one.title, Fate.SUBMITTED),
        )

    def _nomination(self, one: Nomination) -> CasePlan:
        house = house_called(one.house)
        words = {**self._words(one.house), **self._about(one)}
        quality, figures = self._start(one.categories)
        entries = tuple(self._entry(code, quality, words, figures) for code in one.categories)
        outbound = {"team-leader-outbound", "employee-outbound"} & {*one.categories}
        inbound = {"team-leader-inbound", "employee-inbound"} & {*one.categories}
        is_leader = any(code.startswith("team-leader") for code in one.categories)
        is_employee = any(code.startswith("employee") for code in one.categories)
        directions = [*(["inbound"] if inbound or not outbound else []), *(["outbound"] if outbound else [])]
        role = "team_leader" if is_leader else "agent" if is_employee else "other"
        mailbox = code_of(one.name).replace("-", ".")
        return CasePlan(
            key=one.name,
            house=house,
            title=f"{one.name}, {one.role.lower()} i {one.house}",
            subject="person",
            summary=one.summary,
            facts={"direction": directions, "role": role},
            figures=figures,
            entries=entries,
            nominee=Person(one.name, one.role, f"{mailbox}@{house.domain}", one.is_female),
            fate=FATES.get(one.name, Fate.SUBMITTED),
        )

    def undertaking(self, one: Undertaking) -> CasePlan:
        """Return a partnership, product or project as a case."""
        words = {**self._words(one.house), "partner": one.partner}
        quality, figures = self._start((one.category,), wins=one.title == WINS)
        entry = self._entry(one.category, quality, words, figures, did=one.did, got=one.got)
        plan = CasePlan(
            key=one.title,
            house=house_called(one.house),
            title=one.title,
            subject=SUBJECTS[one.category],
            summary=one.summary,
            facts={"scope": "project"},
            figures=figures,
            entries=(entry,),
            fate=FATES.get(one.title, Fate.SUBMITTED),
        )
        return _with_partner(plan, one) if one.partner else plan

    def _start(
        self, categories: tuple[str, ...], *, wins: bool = False
    ) -> tuple[float, tuple[FigureRow, ...]]:
        quality = self._best if wins else self._qualities.take(categories[0])
        wanted = {one.name: one for code in categories for one in measured.OF_CATEGORY[code]}
        figures = figures_of(
            tuple(wanted.values()), quality, self._dice, period=PERIOD, sources=measured.SOURCES
        )
        return quality, figures

    def _entry(
        self,
        code: str,
        quality: float,
        words: Words,
        figures: tuple[FigureRow, ...],
        *,
        did: str = "",
        got: str = "",
    ) -> EntryPlan:
        own = self._dice(20) / 100 - 0.1
        known = {one.name: one for one in measured.OF_CATEGORY[code]}
        mine = tuple(figure for figure in figures if figure.name in known)
        in_figures = told(mine, known, self._pen, self._dice, 2 if quality < 0.5 else 3)
        other = _other(code, is_undertaking=bool(did))
        answers = {
            "results": self._pen.text(RESULTS[code], words, own=[*([got] if got else []), *in_figures]),
            "other": self._pen.text(other, words),
        }
        if code in ACTIONS:
            passage = ACTIONS[code] if quality > 0.3 else ACTIONS[code][:-1]
            answers["actions"] = self._pen.text(passage, words, own=[did] if did else [])
        declares = {SUSTAINABLE: "daglig leder"} if code == "sustainability" else {}
        return EntryPlan(code, answers, min(0.98, max(0.04, quality + own)), declares)

    def _words(self, org: str) -> dict[str, object]:
        house, dice = house_called(org), self._dice
        return {
            "org": house.name,
            "by": house.city,
            "n": 18 + dice(120),
            "uker": WEEKS[dice(len(WEEKS))],
            "pst": 12 + dice(30),
            "ant": 180 + 10 * dice(60),
            "score": f"{5 + dice(6) / 10:.1f}".replace(".", ","),
            "partner": "",
        }

    def _about(self, one: Nomination) -> dict[str, object]:
        dice = self._dice
        first = one.name.partition(" ")[0]
        said = ("hun", "henne", "hennes") if one.is_female else ("han", "ham", "hans")
        pronouns = dict(zip(("hun", "henne", "hennes"), said, strict=True))
        return {
            "fornavn": first,
            "Fornavn": first,
            **pronouns,
            **{word.capitalize(): form.capitalize() for word, form in pronouns.items()},
            "n": 8 + dice(9),
            "mill": f"{2 + dice(60) / 10:.1f}".replace(".", ","),
            "dag": 3 + dice(25),
            "pst2": 78 + dice(15),
            "bakgrunn": people.BACKGROUNDS[dice(len(people.BACKGROUNDS))],
        }


def _other(category: str, *, is_undertaking: bool) -> Passage:
    if category in PERSONAL:
        return people.PERSON_OTHER
    return projects.PROJECT_OTHER if is_undertaking else centres.CENTRE_OTHER


def _with_partner(plan: CasePlan, one: Undertaking) -> CasePlan:
    """Return a case with both partners: which is the centre, and what each says of its part."""
    roles = (PARTNER_ROLE, CENTRE_ROLE) if one.house in DIALOG_HOUSES else (CENTRE_ROLE, PARTNER_ROLE)
    theirs = f"{one.partner} har hatt ansvaret for bemanning, vakter og den daglige oppfølgingen."
    return replace(
        plan,
        role=roles[0],
        part=f"{one.house} har ledet planleggingen og stått for opplæring og måling.",
        partner=Partner(house_called(one.partner), roles[1], theirs),
    )
