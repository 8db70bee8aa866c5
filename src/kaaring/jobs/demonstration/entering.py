"""Writing cases: each is begun by somebody of its house, as an entrant would."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Case, Entry, Party
from kaaring.entries.rules.nominees import NomineeDetails
from kaaring.entries.rules.periods import EntryPeriod, entry_period
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried import files
from kaaring.jobs.demo.juried.plans import CasePlan, EntryPlan, House, Wording
from kaaring.jobs.demonstration.accounts import BY
from kaaring.jobs.demonstration.diary import Diary
from kaaring.jobs.demonstration.pages import part_page
from kaaring.people import actions as people
from kaaring.people.models import Organisation, Organiser, User
from kaaring.programmes.models import Edition

DAY = timedelta(days=1)
EVERY = 8
"""So often a case comes with files."""


@dataclass
class Houses:
    """The organisations of an organiser in the demonstration, and who acts for each, by name."""

    organiser: Organiser
    language: str
    acting: dict[str, User]
    known: dict[str, Organisation] = field(default_factory=dict)

    def called(self, house: House, *, at: datetime) -> Organisation:
        """Return the organisation of a house, made known the first time with somebody who acts for it."""
        if house.name not in self.known:
            self.known[house.name] = self._made(house, at=at)
        return self.known[house.name]

    def person_at(self, house: House) -> User:
        """Return who acts for a house that is known."""
        return self.acting[house.name]

    def _made(self, house: House, *, at: datetime) -> Organisation:
        person = self.acting.get(house.name)
        if person is None:
            email = f"kontakt@{house.domain}"
            person = people.open_account(email, name=house.contact, language=self.language, by=BY, at=at)
            self.acting[house.name] = person
        details = {
            "street": house.street,
            "postcode": house.postcode,
            "city": house.city,
            "country": house.country,
            "number": house.number,
            "endpoint": f"0192:{house.number}" if house.number else "",
            "invoice_email": f"post@{house.domain}",
        }
        made = actions.add_organisation(
            self.organiser, house.name, acting=person, details=details, by=person.public_id, at=at
        )
        if house.is_member:
            Organisation.objects.filter(pk=made.pk).update(is_member=True)
        return made


@dataclass
class Entering:
    """Takes plans of cases through the ordinary doors, and remembers how good each entry is."""

    edition: Edition
    houses: Houses
    organiser: User
    wording: Wording
    diary: Diary
    dice: Dice
    qualities: dict[int, float] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language that people write in here."""
        return self.houses.language

    @property
    def period(self) -> EntryPeriod:
        """When entries are open."""
        period = entry_period(self.edition)
        assert period is not None
        return period

    def case_of(self, one: CasePlan) -> Case:
        """Return a case as it is now."""
        return Case.objects.get(pk=self.cases[one.key].pk)

    def begin(self, one: CasePlan, at: datetime) -> None:
        """Write the case, name who stands behind it and who is nominated, enter it and tell it."""
        organisation = self.houses.called(one.house, at=at)
        by = self.houses.person_at(one.house).public_id
        case = actions.start_case(self.edition, organisation, one.title, language=self.language, by=by, at=at)
        self.cases[one.key] = case
        changes = CaseChanges(
            subject=one.subject, summary=one.summary, facts=dict(one.facts), figures=one.figures
        )
        actions.change_case(case.pk, changes, version=case.version, by=by, at=at)
        self._name_parties(one, by=by, at=at)
        self._name_nominee(one, by=by, at=at)
        for plan in one.entries:
            entry = actions.enter(case.pk, plan.category, by=by, at=at)
            self.qualities[entry.pk] = plan.quality
            self._write(entry, plan, self.houses.person_at(one.house), at=at)
        if one.protected:
            actions.give_protected(case.pk, one.protected, by=by, at=at)
        if len(self.cases) % EVERY == 0:
            self._attach(one, by=by, at=at)

    def _attach(self, one: CasePlan, *, by: str, at: datetime) -> None:
        """Put a chart of the figures beside the case, and a list of them where its letters are Western."""
        case = self.cases[one.key]
        name = self.wording.chart
        actions.attach(case.pk, f"{name}.png", [files.chart(one.figures)], by=by, at=at)
        if self.wording.listed:
            lines = [f"{row.name}: {row.before} - {row.after} {row.unit}" for row in one.figures]
            listed = files.page(one.title, [self.wording.listed, *lines])
            actions.attach(case.pk, f"{self.wording.listed}.pdf", [listed], by=by, at=at)

    def _name_parties(self, one: CasePlan, *, by: str, at: datetime) -> None:
        case = self.case_of(one)
        own = Party.objects.get(case=case, organisation=case.organisation_id)
        if one.role:
            actions.change_role(own.pk, one.role, by=by, at=at)
        if one.part:
            version = self.case_of(one).version
            actions.change_part(own.pk, one.part, {}, version=version, by=by, at=at)
        if one.partner is not None:
            partner = self.houses.called(one.partner.house, at=at)
            email = self.houses.person_at(one.partner.house).email
            actions.name_party(
                case.pk,
                organisation=partner,
                email=email,
                role=one.partner.role,
                part_of=part_page,
                by=by,
                at=at,
            )

    def _name_nominee(self, one: CasePlan, *, by: str, at: datetime) -> None:
        if one.nominee is not None:
            person = one.nominee
            details = NomineeDetails(
                person.name, person.role, is_person=True, email=person.email, language=self.language
            )
            actions.name_nominee(self.cases[one.key].pk, details, by=by, at=at)

    def _write(self, entry: Entry, plan: EntryPlan, person: User, *, at: datetime) -> None:
        by = person.public_id
        for criterion, text in plan.answers.items():
            actions.write_answer(entry.pk, criterion, text, version=entry.case.version, by=by, at=at)
        for rule, role in plan.declarations.items():
            actions.declare(entry.pk, rule, f"{person}, {role}", by=by, at=at)
        if plan.division:
            actions.choose_division(entry.pk, plan.division, by=by, at=at)
