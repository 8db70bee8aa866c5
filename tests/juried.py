"""A small juried edition, made of everything a definition can hold, and builders for cases and entries.

Entries are open for decades, so that tests may act now or at ``NOON``; a test of the deadline names its own
days. Of the categories, “team” asks for 5 to 50 people and a declaration, and lets the jury weigh “other
matters”; “partnership” asks for a centre or a partner; “person” nominates somebody; “large-team” has two
divisions that overlap at exactly 100 seats.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges, FigureRow
from kaaring.entries.models import Attachment, Case, Entry, Nominee
from kaaring.jury.actions import stages
from kaaring.jury.models import Assignment, Juror, Stage
from kaaring.people.models import Affiliation, Organisation, Organiser, User
from kaaring.programmes.models import Edition, Programme
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition, a_user, an_organiser

OPEN = ("2020-01-01", "2099-12-31")
SLUG = "service-awards"
TEAM, PARTNERSHIP, PERSON, LARGE_TEAM = "team", "partnership", "person", "large-team"
DECLARED = "eligibility/1"
"""The key of what has to be declared in “team”."""
_numbers = count(1)

JURIED_DEFINITION = """
kaaring: 1
programme: {slug: service-awards, name: {en: Service Awards, nb: Serviceprisene}}
edition: {slug: "2030", timezone: Europe/Oslo, languages: [en, nb]}
timeline: {entries: [ENTRIES_FROM, ENTRIES_TO], judging: [2030-03-01, 2030-04-01]}
jury:
  scale: {from: 0, to: 10, step: 1, anchors: {0: Nothing shows this, 10: Outstanding}}
  jurors_per_entry: 3
  combine: {method: mean, minimum_marks: 2, ties: ["criterion:results", jury]}
  levels: [gold, silver, highly_commended]
  stages:
    - {code: screening, name: {en: Screening}, mode: pass_fail, period: [2030-02-01, 2030-02-10],
       jurors_per_entry: 2, passes: 1, sees: {names: false, others: never, totals: never}}
    - {code: marking, name: {en: Marking}, mode: scorecard, period: [2030-02-11, 2030-03-01],
       sees: {others: when_final, totals: never}, shortlist: {top: 2, minimum_field: 3}}
    - {code: final, name: {en: Final}, mode: scorecard, period: [2030-03-02, 2030-03-20],
       sees: {others: in_meeting, totals: in_meeting}}
facts:
  - {code: people, name: {en: How many people are in the team?}, kind: number, unit: people}
  - {code: seats, name: {en: How many seats has the centre?}, kind: number, unit: seats}
  - code: role
    name: {en: What is the nominee's role?}
    kind: choice
    options: [{code: agent, name: {en: Agent}}, {code: leader, name: {en: Team leader}}]
  - {code: partner_countries, name: {en: Where does the partner do business?}, kind: countries,
     party: partner}
  - {code: health, name: {en: Is there a disability?}, kind: yes_no, protected: true}
terms:
  - {code: people, name: {en: people}}
  - {code: seats, name: {en: seats}}
  - {code: centre, name: {en: contact centre}}
  - {code: partner, name: {en: outsourcing partner}}
key_figures:
  - {code: answer_time, name: {en: Answer time}, unit: {en: seconds}, better: lower,
     definition: {en: From joining the queue until a human answers}}
  - {code: satisfaction, name: {en: Customer satisfaction}, better: higher}
fees:
  currency: NOK
  vat: 25%
  prices:
    - {code: early, name: {en: Early}, until: 2025-12-31, price: 3000, member: 2000}
    - {code: normal, name: {en: Normal}, price: 4000, member: 3000}
  seller: {name: Good Service AS, number: "123456785", vat_number: NO123456785MVA, street: Main street 1,
           postcode: "0001", city: Oslo, country: "NO", account: NO9386011117947, endpoint: "0192:123456785"}
most_entries_per_case: 3
category_groups: [{code: teams, name: {en: Teams}}, {code: others, name: {en: Others}}]
categories:
  - code: team
    name: {en: Small Team of the Year, nb: Årets lille team}
    group: teams
    subject: [team, department]
    criteria:
      - {code: actions, name: {en: Actions}, weight: 40, most_words: 20,
         guidance: [{en: How people are trained}, {en: What is new}]}
      - {code: results, name: {en: Results}, weight: 40, evidence: before_after, kpis: [answer_time]}
      - {code: other, name: {en: Other matters}, weight: 20, discretion: ceiling}
    eligibility:
      - {rule: size, what: people, unit: people, min: 5, max: 50, redirect: large-team,
         wording: {en: "from 5 to 50 people"}}
      - {rule: attestation, who: head, statement: {en: Everybody in the team has read this.}, proof: optional}
  - code: partnership
    name: {en: Partnership of the Year}
    group: others
    subject: partnership
    criteria:
      - {code: actions, name: {en: Actions}, weight: 50}
      - {code: results, name: {en: Results}, weight: 50}
    eligibility:
      - {rule: partnership, roles: [centre, partner]}
  - code: person
    name: {en: Agent of the Year}
    group: others
    subject: person
    criteria:
      - {code: results, name: {en: Results}, weight: 90}
      - {code: other, name: {en: Other matters}, weight: 10, discretion: rescaled}
    eligibility:
      - {rule: subject, kinds: person, roles: [agent]}
      - {rule: attestation, who: nominee, statement: {en: I have seen what is said about me and agree.}}
  - code: large-team
    name: {en: Large Centre of the Year}
    group: teams
    subject: [team, organisation]
    overlap: entrant_chooses
    divisions:
      - {code: medium, name: {en: Medium}, rule: {rule: size, what: seats, min: 20, max: 100}}
      - {code: large, name: {en: Large}, rule: {rule: size, what: seats, min: 100}}
    criteria:
      - {code: actions, name: {en: Actions}, weight: 60}
      - {code: results, name: {en: Results}, weight: 40}
awards:
  - {code: best-team, name: {en: Small Team of the Year}, by: jury, category: team}
  - {code: best-partnership, name: {en: Partnership of the Year}, by: jury, category: partnership}
  - {code: best-person, name: {en: Agent of the Year}, by: jury, category: person}
  - {code: best-medium, name: {en: Medium Centre of the Year}, by: jury, category: large-team,
     division: medium}
  - {code: best-large, name: {en: Large Centre of the Year}, by: jury, category: large-team,
     division: large}
"""


def a_juried_definition(*, entries: tuple[str, str] = OPEN, slug: str = SLUG, edition: str = "2030") -> Any:
    """Return the small juried definition, open for entries on the days given."""
    text = JURIED_DEFINITION.replace("ENTRIES_FROM", entries[0]).replace("ENTRIES_TO", entries[1])
    text = text.replace("slug: service-awards", f"slug: {slug}").replace('slug: "2030"', f'slug: "{edition}"')
    return a_definition(text)


def a_juried_edition(
    organiser: Organiser | None = None,
    *,
    entries: tuple[str, str] = OPEN,
    slug: str = "",
    edition: str = "2030",
) -> Edition:
    """Return a small juried edition without cases; a programme of its own unless slug and organiser say."""
    if not slug:
        ours = Programme.objects.filter(slug=SLUG).exclude(organiser=organiser)
        slug = f"{SLUG}-{next(_numbers)}" if ours.exists() else SLUG
    definition = a_juried_definition(entries=entries, slug=slug, edition=edition)
    rules = store_definition(definition, organiser or an_organiser(), by="test", at=NOON)
    return Edition.objects.select_related("programme__organiser").get(pk=rules.edition_id)


def an_organisation(organiser: Organiser | None = None, name: str = "", **fields: Any) -> Organisation:
    """An organisation for which nobody acts yet."""
    return Organisation.objects.create(
        organiser=organiser or an_organiser(),
        name=name or f"Organisation {next(_numbers)}",
        created_at=NOON,
        **fields,
    )


def an_affiliation(organisation: Organisation | None = None, user: User | None = None) -> Affiliation:
    """Somebody who acts for an organisation."""
    return Affiliation.objects.create(
        organisation=organisation or an_organisation(), user=user or a_user(), since=NOON
    )


def an_entrant(organisation: Organisation) -> User:
    """A new person who acts for an organisation."""
    return an_affiliation(organisation).user


def a_case(
    edition: Edition | None = None,
    organisation: Organisation | None = None,
    title: str = "",
    *,
    subject: str = "team",
    summary: str = "We answered faster, and customers noticed.",
    facts: Mapping[str, Any] | None = None,
    figures: tuple[FigureRow, ...] = (),
    by: str = "test",
    at: datetime = NOON,
) -> Case:
    """A case of a team of 12 that stands in no category yet."""
    edition = edition or a_juried_edition()
    organisation = organisation or an_organisation(edition.programme.organiser)
    title = title or f"Case {next(_numbers)}"
    case = actions.start_case(edition, organisation, title, language=edition.languages[0], by=by, at=at)
    told = {"people": 12, "seats": 60, "role": "agent"} if facts is None else facts
    changes = CaseChanges(subject=subject, summary=summary, facts=told, figures=figures)
    return actions.change_case(case.pk, changes, version=case.version, by=by, at=at)


def a_figure(name: str = "Answer time", **fields: Any) -> FigureRow:
    """A key figure that went from 45 to 20."""
    plain = {"code": "answer_time", "unit": "seconds", "period": "2029", "source": "The switchboard"}
    return FigureRow(name, **{**plain, "before": Decimal(45), "after": Decimal(20), **fields})


def an_entry(
    edition: Edition | None = None,
    category: str = TEAM,
    *,
    case: Case | None = None,
    organisation: Organisation | None = None,
    title: str = "",
    submitted: bool = False,
    answers: Mapping[str, str] | None = None,
    by: str = "test",
    at: datetime = NOON,
) -> Entry:
    """An entry with a text for every criterion: a draft, or submitted with everything that this needs."""
    if case is None:
        case = a_case(edition, organisation, title, subject=SUBJECTS[category], at=at, by=by)
    entry = actions.enter(case.pk, category, by=by, at=at)
    told = answers if answers is not None else {code: f"What we say of {code}." for code in ASKED[category]}
    for criterion, text in told.items():
        actions.write_answer(entry.pk, criterion, text, version=10**6, by=by, at=at)
    _make_eligible(entry, by=by, at=at)
    if submitted:
        return actions.submit_entry(entry.pk, by=by, at=at + timedelta(minutes=1))
    return Entry.objects.select_related("case", "category", "edition__programme__organiser").get(pk=entry.pk)


SUBJECTS = {TEAM: "team", PARTNERSHIP: "partnership", PERSON: "person", LARGE_TEAM: "team"}
ASKED = {
    TEAM: ("actions", "results", "other"),
    PARTNERSHIP: ("actions", "results"),
    PERSON: ("results", "other"),
    LARGE_TEAM: ("actions", "results"),
}


def _make_eligible(entry: Entry, *, by: str, at: datetime) -> None:
    """Do what the rules of the category want: declare, say the role, name a nominee who consents."""
    code, case = entry.category.code, entry.case
    if code == TEAM:
        actions.declare(entry.pk, DECLARED, "Kari Nordmann, head", by=by, at=at)
    elif code == PARTNERSHIP:
        own = case.parties.get(organisation=case.organisation_id)
        actions.change_role(own.pk, "centre", by=by, at=at)
    elif code == PERSON:
        a_nominee(Case.objects.get(pk=case.pk), consented_at=at)


def an_attachment(case: Case, name: str = "proof.pdf", **fields: Any) -> Attachment:
    """A file of a case as a row, without its content."""
    plain = {"content_type": "application/pdf", "size": 1000, "sha256": "0" * 64, "stored_as": "nowhere"}
    return Attachment.objects.create(case=case, name=name, added_at=NOON, **{**plain, **fields})


def a_nominee(case: Case, name: str = "Ola Nordmann", **fields: Any) -> Nominee:
    """A person who is nominated; with ``consented_at``, one who agreed to the case as it is."""
    if fields.get("consented_at"):
        fields.setdefault("consented_version", case.version)
    nominee, _made = Nominee.objects.update_or_create(
        case=case, defaults={"name": name, "is_person": True, "email": "ola@example.org", **fields}
    )
    return nominee


def a_stage(
    edition: Edition,
    code: str = "screening",
    *,
    opens_at: datetime = NOON - timedelta(days=1),
    closes_at: datetime = NOON + timedelta(days=9),
) -> Stage:
    """A stage with a period, open at noon; what is submitted is in it if it is the first."""
    return stages.open_stage(
        edition, code, opens_at=opens_at, closes_at=closes_at, by="test", at=NOON - timedelta(days=2)
    )


def a_juror(edition: Edition, name: str = "", **fields: Any) -> Juror:
    """A juror who has not been invited yet."""
    number = next(_numbers)
    plain = {"code": f"J{number}", "name": name or f"Juror {number}", "email": f"juror{number}@example.org"}
    return Juror.objects.create(edition=edition, **{**plain, **fields})


def an_assignment(stage: Stage, entry: Entry, juror: Juror | None = None, **fields: Any) -> Assignment:
    """An entry that a juror reads in a stage, as a plan gave it."""
    juror = juror or a_juror(stage.edition)
    return Assignment.objects.create(stage=stage, entry=entry, juror=juror, assigned_at=NOON, **fields)
