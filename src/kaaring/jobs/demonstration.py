"""The demonstration: an organiser, people in every role, and two editions made through the ordinary doors.

Nothing here writes results: definitions are stored, rows imported, the rounding and the decisions made and
the run published by the same actions that an organiser uses, so the demo shows what the engine computed.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from importlib import resources
from zoneinfo import ZoneInfo

from kaaring.fieldwork import queries as fieldwork
from kaaring.fieldwork.actions import exclude_evaluation
from kaaring.jobs import imports
from kaaring.jobs.demo import GeneratedEdition, edition_2020, edition_2021
from kaaring.jobs.demo.season_2020 import CUT_OFF
from kaaring.people import actions as people
from kaaring.people.models import MemberRole, Organiser, User
from kaaring.programmes import actions as programmes
from kaaring.programmes.definition import Definition, read
from kaaring.programmes.models import Award, Edition, EditionRole
from kaaring.results import actions as results
from kaaring.results.queries.proposals import proposals_of
from kaaring.survey import actions as survey
from kaaring.survey.models import Participant

SEED = 2021
ADDRESS = "demo.example"
BY = "demonstration"
NAMES = {
    MemberRole.OWNER: "Olga Eier",
    MemberRole.MANAGER: "Mona Leder",
    MemberRole.VIEWER: "Vidar Leser",
    MemberRole.AUDITOR: "Astrid Revisor",
    EditionRole.REVIEWER: "Reidun Kontroll",
    EditionRole.JUROR: "Jon Jury",
    EditionRole.JURY_CHAIR: "Jorunn Juryleder",
    EditionRole.SHOPPER: "Siri Observatør",
    EditionRole.ENTRANT_CONTACT: "Even Innsender",
    EditionRole.PARTICIPANT_CONTACT: "Kari Kundesenter",
    EditionRole.PRESENTER: "Petter Programleder",
}
ROUNDING_UNTIL = date(2021, 1, 31)
AFTER_THE_CUT_OFF = "Gjort etter avslutningsdatoen 10. mars 2020, som gjelder likt for alle."
NAV_CITATION = {
    "nb": "NAV fikk mellom 500 000 og 700 000 nye «kunder» på ett år, de fleste i løpet av to hektiske "
    "måneder. Kundebehandlerne arbeidet med det de kaller «Empatisk kommunikasjon», og nådde det sjette "
    "beste resultatet for Kundebehandleren blant 156 deltakere.",
    "en": "NAV had between 500,000 and 700,000 new “customers” in one year, most of them within two hectic "
    "months. Its agents worked on what they call “Empathic communication” and reached the sixth best "
    "result for the agent among 156 participants.",
    "ru": "За год у NAV появилось от 500 000 до 700 000 новых «клиентов», большинство — за два напряжённых "
    "месяца. Операторы работали над тем, что называют «Эмпатичной коммуникацией», и показали шестой "
    "результат в области «Оператор» среди 156 участников.",
}
WINNER_QUOTE = {
    "nb": "Her vil jeg bli kunde!",
    "en": "Here I want to become a customer!",
    "ru": "Здесь я хочу стать клиентом!",
}


def make(*, at: datetime) -> list[Edition]:
    """Make the whole demonstration in an empty, migrated database."""
    organiser = Organiser.objects.create(slug="seeyou", name="SeeYou")
    owner = _account(MemberRole.OWNER, at=at)
    people.give_first_owner(organiser, owner, by=BY, at=at)
    for member_role in (MemberRole.MANAGER, MemberRole.VIEWER, MemberRole.AUDITOR):
        people.give_membership(organiser, _account(member_role, at=at), member_role, by=owner, at=at)
    before = _edition("kundeserviceprisen-2020", edition_2020, organiser, owner, at=at)
    _leave_out_after_the_cut_off(before, owner, at=at)
    edition = _edition("kundeserviceprisen-2021", edition_2021, organiser, owner, at=at)
    for role in EditionRole:
        if role != EditionRole.PARTICIPANT_CONTACT:
            programmes.give_part(edition, _account(role, at=at), role, by=owner, at=at)
    winner = Participant.objects.get(edition=edition, name="Sognenett")
    contact = _account(EditionRole.PARTICIPANT_CONTACT, at=at)
    survey.name_contact(winner, contact, by=owner, at=at)
    results.publish_rounding(edition, ROUNDING_UNTIL, by=owner.public_id, at=at)
    _decide(edition, owner, at=at)
    results.publish_run(edition, by=owner.public_id, at=at)
    return [before, edition]


def _account(role: MemberRole | EditionRole, *, at: datetime) -> User:
    email = f"{role.value.replace('_', '-')}@{ADDRESS}"
    return people.open_account(email, name=NAMES[role], language="nb", by=BY, at=at)


def shipped(name: str) -> Definition:
    """Return a definition that comes with Kåring."""
    file = resources.files("kaaring.programmes.definitions") / f"{name}.yaml"
    definition = read(file.read_text(encoding="utf-8"), file=file.name).definition
    assert definition is not None, f"{name} is shipped without errors"
    return definition


def _edition(
    name: str,
    generate: Callable[..., GeneratedEdition],
    organiser: Organiser,
    owner: User,
    *,
    at: datetime,
) -> Edition:
    definition = shipped(name)
    rules = survey.store_definition(definition, organiser, by=owner.public_id, at=at)
    generated = generate(definition, seed=SEED)
    for kind, rows in (
        ("participants", generated.participants),
        ("shoppers", generated.shoppers),
        ("enquiries", generated.enquiries),
        ("evaluations", generated.evaluations),
    ):
        imports.import_rows(kind, rules.edition, rows, by=owner.public_id, at=at)
    return rules.edition


def _leave_out_after_the_cut_off(edition: Edition, owner: User, *, at: datetime) -> None:
    """Leave out what was done after 10 March 2020, as the organiser did, by one rule for all."""
    end = datetime.combine(CUT_OFF, time.max, ZoneInfo(edition.timezone))
    for late in fieldwork.evaluations_of(edition).filter(at__gt=end):
        exclude_evaluation(late, AFTER_THE_CUT_OFF, by=owner.public_id, at=at)


def _decide(edition: Edition, owner: User, *, at: datetime) -> None:
    """Decide every award as computed; the appointed one goes to NAV, and the winner is quoted."""
    for proposal in proposals_of(edition):
        if not proposal.leaders:
            continue
        is_overall = proposal.award.code == "centre-of-the-year"
        results.decide_award(
            proposal.award,
            [row.participant for row in proposal.leaders],
            competition_class=proposal.competition_class,
            quote=WINNER_QUOTE if is_overall else {},
            by=owner.public_id,
            at=at,
        )
    nav = Participant.objects.get(edition=edition, name="NAV")
    appointed = Award.objects.get(edition=edition, by=Award.By.APPOINTMENT)
    results.decide_award(appointed, [nav], citation=NAV_CITATION, by=owner.public_id, at=at)
