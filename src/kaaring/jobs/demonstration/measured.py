"""The measured editions of the demonstration: stored, imported, decided and published like any other.

Nothing here writes results: the same actions do it that an organiser uses, so the demo shows what the engine
computed.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kaaring.fieldwork import queries as fieldwork
from kaaring.fieldwork.actions import exclude_evaluation
from kaaring.jobs import imports
from kaaring.jobs.demo import GeneratedEdition, edition_2020, edition_2021
from kaaring.jobs.demo.season_2020 import CUT_OFF
from kaaring.jobs.demonstration.definitions import shipped
from kaaring.people.models import MemberRole, Organiser, User
from kaaring.programmes import actions as programmes
from kaaring.programmes.models import Award, Edition, EditionRole
from kaaring.results import actions as results
from kaaring.results.queries.proposals import proposals_of
from kaaring.survey import actions as survey
from kaaring.survey.models import Participant

SEED = 2021
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


def make_measured(organiser: Organiser, accounts: Mapping[str, User], *, at: datetime) -> list[Edition]:
    """Make two editions of a measured award."""
    owner = accounts[MemberRole.OWNER]
    before = _edition("kundeserviceprisen-2020", edition_2020, organiser, owner, at=at)
    _leave_out_after_the_cut_off(before, owner, at=at)
    edition = _edition("kundeserviceprisen-2021", edition_2021, organiser, owner, at=at)
    for role in (EditionRole.REVIEWER, EditionRole.SHOPPER, EditionRole.PRESENTER):
        programmes.give_part(edition, accounts[role], role, by=owner, at=at)
    winner = Participant.objects.get(edition=edition, name="Sognenett")
    survey.name_contact(winner, accounts[EditionRole.PARTICIPANT_CONTACT], by=owner, at=at)
    results.publish_rounding(edition, ROUNDING_UNTIL, by=owner.public_id, at=at)
    _decide(edition, owner, at=at)
    results.publish_run(edition, by=owner.public_id, at=at)
    return [before, edition]


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
