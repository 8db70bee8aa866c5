"""The juried editions of the demonstration: what they hold, and that all of it is invented and computed."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet

from kaaring.audit.models import AuditLine
from kaaring.entries.models import (
    Attachment,
    Case,
    Correction,
    Declaration,
    Entry,
    Invoice,
    Nominee,
    ProtectedFact,
)
from kaaring.entries.queries.dossiers import dossier_of
from kaaring.entries.queries.twins import twins_in
from kaaring.entries.rules.periods import entry_period
from kaaring.entries.rules.words import words_in
from kaaring.jobs.demo import names
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried import norwegian, russian
from kaaring.jobs.demo.juried.jurors import LENIENT, STRICT
from kaaring.jobs.demo.juried.norwegian import cases as norwegian_cases
from kaaring.jobs.demo.juried.norwegian import jury as norwegian_jury
from kaaring.jobs.demo.juried.plans import CasePlan, Fate
from kaaring.jobs.demo.juried.russian import cases as russian_cases
from kaaring.jobs.demo.juried.russian import jury as russian_jury
from kaaring.jobs.demonstration import keep_going, next_year
from kaaring.jobs.demonstration.accounts import ENTRANT_RU, JUROR_RU, PARTNER, open_accounts
from kaaring.jobs.demonstration.definitions import shipped
from kaaring.jobs.demonstration.entering import Houses
from kaaring.jobs.demonstration.norwegian import make_norwegian
from kaaring.jobs.demonstration.russian import make_russian
from kaaring.jury.models import Juror, Mark, Meeting, Query, Recusal, Scorecard, Stage
from kaaring.jury.queries.recusals import recused_from
from kaaring.jury.queries.remarks import remarks_in, remarks_to, waiting
from kaaring.jury.queries.stages import is_open
from kaaring.outbox.models import Letter
from kaaring.people.models import MemberRole, Organiser, User
from kaaring.programmes.models import Edition, EditionRole
from kaaring.results.models import EntryDecision, FeedbackRelease, Run
from kaaring.results.queries.juried import entry_standings
from kaaring.results.queries.juried.severity import strictness_in
from tests.build import a_membership, an_organiser

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 5, 15, 10, tzinfo=UTC)
FEW = (
    "automation",
    "self-service",
    "insight",
    "employee-voice",
    "contact-centre",
    "employer",
    "collections-team",
    "small-team",
    "agent",
    "para-agent",
)


@pytest.fixture(scope="module", autouse=True)
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the demonstration once for this file, the Russian edition with some of its categories."""
    with django_db_blocker.unblock(), transaction.atomic():
        accounts, organiser = open_accounts(at=NOW), an_organiser("eksempel")
        a_membership(organiser, accounts[MemberRole.OWNER])
        _make(organiser, accounts)
        yield
        transaction.set_rollback(True)


def _make(organiser: Organiser, accounts: dict[str, User]) -> None:
    entrant, partner = accounts[EditionRole.ENTRANT_CONTACT], accounts[PARTNER]
    houses = Houses(organiser, "nb", {"Lysspor Bredbånd": entrant, "Ringvirkning Dialog": partner})
    decided = make_norwegian(houses, accounts, at=NOW)
    next_year.make_next_year(decided, houses, accounts, at=NOW)
    abroad = Houses(organiser, "ru", {"Аптеки «Мятный лист»": accounts[ENTRANT_RU]})
    make_russian(abroad, accounts, only=FEW, at=NOW)


def edition(slug: str) -> Edition:
    programme, _slash, name = slug.partition("/")
    return Edition.objects.select_related("programme__organiser").get(programme__slug=programme, slug=name)


def decided() -> Edition:
    return edition("kundeservice-awards/2027")


def entered() -> Edition:
    return edition("kundeservice-awards/2028")


def marked() -> Edition:
    return edition("contact-centre-awards-ru/2027")


def final(stage: Stage) -> QuerySet[Scorecard]:
    return Scorecard.objects.filter(assignment__stage=stage, submitted_at__isnull=False)


def dice(seed: int) -> Dice:
    return Dice(np.random.Generator(np.random.PCG64([seed])))


def norwegian_plans(seed: int = 1) -> list[CasePlan]:
    return norwegian_cases.Writer(dice(seed)).cases()


def russian_plans(seed: int = 1) -> list[CasePlan]:
    return russian_cases.Writer(shipped("contact-centre-awards-ru"), dice(seed)).cases()


# What is written


@pytest.mark.parametrize(
    ("plans", "definition", "cases", "entries"),
    [
        (norwegian_plans(), "kundeservice-awards", 60, 70),
        (russian_plans(), "contact-centre-awards-ru", 120, 130),
    ],
    ids=["norwegian", "russian"],
)
def test_there_are_cases_in_every_category(
    plans: list[CasePlan], definition: str, cases: int, entries: int
) -> None:
    categories = Counter(entry.category for plan in plans for entry in plan.entries)

    assert len(plans) >= cases
    assert categories.total() >= entries
    assert set(categories) == {one.code for one in shipped(definition).categories}
    assert len({plan.title for plan in plans}) == len(plans)


@pytest.mark.parametrize("plans", [norwegian_plans(), russian_plans()], ids=["norwegian", "russian"])
def test_every_answer_is_a_text_of_its_own_within_the_word_limit(plans: list[CasePlan]) -> None:
    texts = [text for plan in plans for entry in plan.entries for text in entry.answers.values()]
    lengths = sorted(words_in(text) for text in texts)

    assert len(set(texts)) == len(texts)
    assert lengths[0] >= 40
    assert lengths[len(lengths) // 2] >= 65
    assert lengths[-1] <= 180
    assert not [text for text in texts if set("{}[|]") & set(text)]


@pytest.mark.parametrize("write", [norwegian_plans, russian_plans])
def test_the_same_seed_writes_the_same_and_another_seed_something_else(write: Any) -> None:
    assert write(1) == write(1)
    assert write(1) != write(2)


@pytest.mark.parametrize("plans", [norwegian_plans(), russian_plans()], ids=["norwegian", "russian"])
def test_nobody_is_real(plans: list[CasePlan]) -> None:
    real = {*names.LEADERS_2021.values(), names.NAV, "Sognenett"}
    partners = [plan.partner.house for plan in plans if plan.partner]
    houses = [*(plan.house for plan in plans), *partners]
    addresses = [house.domain for house in houses]
    addresses += [plan.nominee.email for plan in plans if plan.nominee]

    assert not real & {house.name for house in houses}
    assert all(address.endswith(".example") for address in addresses)


def test_the_juries_are_of_25_and_40_and_have_strict_and_lenient_members() -> None:
    assert (len(norwegian_jury.SEATS), len(russian_jury.SEATS)) == (25, 40)
    for jury in (norwegian_jury, russian_jury):
        known = [seat.severity for seat in jury.SEATS if seat.severity is not None]
        assert min(known) < -1 < 1 < max(known)
        assert len({seat.name for seat in jury.SEATS}) == len(jury.SEATS)


# The Norwegian edition, decided


def test_what_did_not_go_smoothly_is_there() -> None:
    fates = {plan.key: plan.fate for plan in norwegian_plans()}
    entries = Entry.objects.filter(edition=decided())
    declined = Nominee.objects.filter(case__edition=decided(), declined_at__isnull=False)

    assert {*Fate} - {Fate.DRAFT} == {*fates.values()}
    assert entries.filter(late_until__isnull=False, submitted_at__isnull=False).count() == 1
    assert entries.filter(withdrawn_at__isnull=False).count() == 2
    assert Case.objects.filter(edition=decided(), merged_into__isnull=False).count() == 1
    assert Correction.objects.filter(entry__edition=decided(), answered_at__isnull=False).count() == 2
    assert entries.filter(submitted_at=None).count() == 2
    assert declined.count() == 1


def test_whoever_is_judged_has_agreed_and_so_have_partners() -> None:
    judged = Entry.objects.filter(edition=decided(), submitted_at__isnull=False, withdrawn_at=None)
    people = judged.filter(case__nominee__is_person=True).select_related("case__nominee")
    joint = [
        party for entry in judged for party in entry.case.parties.all() if entry.case.parties.count() > 1
    ]

    assert people.count() >= 25
    assert all(entry.case.nominee.consented_version == entry.case.version for entry in people)
    assert len(joint) >= 12
    assert all(party.approved_at for party in joint)


def test_what_was_declared_has_been_checked_and_one_was_not_accepted() -> None:
    checked = Declaration.objects.filter(entry__edition=decided())

    assert Counter(checked.values_list("is_accepted", flat=True)) == {True: 5, False: 1}


def test_conflicts_are_declared_set_confirmed_dismissed_and_one_waits() -> None:
    for one in (decided(), marked()):
        found = Recusal.objects.filter(juror__edition=one)
        detected = found.filter(source=Recusal.Source.DETECTED)

        assert found.filter(source=Recusal.Source.DECLARED).count() == 1
        assert found.filter(source=Recusal.Source.ORGANISER).count() == 1
        assert detected.filter(confirmed_at__isnull=False).exists()
        assert detected.filter(dismissed_at__isnull=False).exclude(dismissed_reason="").exists()
        assert detected.filter(confirmed_at=None, dismissed_at=None).count() == 1


def test_every_stage_is_marked_to_the_end() -> None:
    for stage in Stage.objects.filter(edition=decided()):
        assert not Scorecard.objects.filter(assignment__stage=stage, submitted_at=None).exists()
        assert final(stage).count() > 200
        assert not is_open(stage, at=NOW)


def test_strict_and_lenient_jurors_stand_out() -> None:
    stage = Stage.objects.get(edition=decided(), code="shortlist")
    found = strictness_in(stage)
    known = {seat.name: seat.severity for seat in norwegian_jury.SEATS}
    people = dict(Juror.objects.filter(edition=decided()).values_list("pk", "name"))
    strictest = [known[people[one.juror]] for one in found.jurors[:3]]
    most_lenient = [known[people[one.juror]] for one in found.jurors[-3:]]

    assert strictest == [STRICT] * 3
    assert most_lenient == [LENIENT] * 3


def test_one_tie_is_parted_by_the_jury_and_another_shared() -> None:
    tables = {table.contest.category.code: table.rows for table in entry_standings(decided())}
    innovation, leaders = tables["innovation"], tables["team-leader-inbound"]

    assert innovation[0].score == innovation[1].score
    assert [row.place for row in innovation[:2]] == [1, 2]
    assert innovation[0].parted_by == "jury"
    assert [(row.place, row.is_shared) for row in leaders[1:3]] == [(2, True), (2, True)]


def test_every_award_is_decided_in_a_meeting_by_who_leads_it_and_at_working_hours() -> None:
    decisions = EntryDecision.objects.filter(award__edition=decided()).select_related("award")

    for one in decisions:
        meeting = Meeting.objects.get(stage__edition=decided(), category__code=one.award.category)
        assert meeting.closed_at is not None
        assert meeting.opened_at < one.decided_at < meeting.closed_at
        assert one.decided_by == meeting.opened_by
        local = one.decided_at.astimezone(ZoneInfo("Europe/Oslo"))
        assert local.weekday() < 5
        assert 9 <= local.hour < 18
        assert meeting.minutes.filter(kind="decided", entry=one.entry, at=one.decided_at).count() == 1


def test_who_has_a_conflict_is_minuted_as_out_while_a_tie_is_parted_and_an_award_decided() -> None:
    meetings = Meeting.objects.filter(stage__edition=decided())
    assert meetings.filter(minutes__kind="tie").exists()

    for meeting in meetings:
        there = set(meeting.attendances.values_list("juror", flat=True))
        competing = Entry.objects.filter(admissions__stage=meeting.stage, category=meeting.category)
        parted = meeting.minutes.filter(kind="tie")
        for at, concerned in (
            (parted.values_list("at", flat=True).first(), Entry.objects.filter(minutes__in=parted)),
            (meeting.minutes.filter(kind="decided").values_list("at", flat=True).first(), competing),
        ):
            out = set().union(*(recused_from(entry) for entry in concerned))
            minuted = meeting.minutes.filter(kind="recused", at=at).values_list("juror", flat=True)
            assert set(minuted) == (out & there if at else set())
    assert Meeting.objects.filter(minutes__kind="recused", minutes__text__contains=", ").exists()


def test_every_award_is_decided_and_published_and_one_is_given_to_nobody() -> None:
    decisions = EntryDecision.objects.filter(award__edition=decided())
    winners = decisions.filter(level="winner")

    assert decisions.values("award").distinct().count() == decided().awards.count() == 11
    assert winners.count() == 10
    assert all(set(one.citation) == {"nb", "en"} for one in winners)
    assert decisions.filter(entry=None).exclude(reason="").count() == 1
    assert Run.objects.get(edition=decided()).published_at < NOW
    assert Meeting.objects.filter(stage__edition=decided(), closed_at__isnull=False).count() == 11


def test_invoices_are_sent_and_most_are_paid() -> None:
    invoices = Invoice.objects.filter(edition=decided())

    assert invoices.count() > 40
    assert 3 < invoices.filter(paid_on=None).count() < invoices.count() / 4


def test_the_demo_entrant_has_won() -> None:
    won = EntryDecision.objects.get(award__edition=decided(), award__code="chatbot", level="winner")

    assert won.entry is not None
    assert won.entry.case.organisation.name == "Lysspor Bredbånd"


def test_no_entrant_reads_the_same_remark_twice() -> None:
    for entry in Entry.objects.filter(edition=decided()):
        told = remarks_to(entry)
        assert len(told) == len(set(told))


def test_letters_went_and_feedback_can_be_read() -> None:
    letters = Letter.objects.filter(edition=decided())
    sent, drafts = letters.filter(sent_at__isnull=False), letters.filter(sent_at=None)

    assert {"received", "shortlisted", "not_shortlisted", "result"} <= {one.kind for one in sent}
    assert "feedback" in {one.kind for one in drafts}
    assert all(one.to.endswith(".example") for one in letters)
    assert FeedbackRelease.objects.filter(edition=decided()).exists()
    assert not waiting(remarks_in(decided())).exists()


# The Norwegian edition that is open for entries


def test_entries_are_open_and_the_demo_entrant_has_drafts_to_go_on_with() -> None:
    period = entry_period(entered())
    mine = Case.objects.filter(edition=entered(), organisation__name="Lysspor Bredbånd")
    gaps = {
        entry.case.title: len(dossier_of(entry).gaps)
        for entry in Entry.objects.filter(edition=entered(), case__in=mine)
    }

    assert period is not None
    assert period.is_open(NOW)
    assert mine.count() == 3
    assert mine.filter(copied_from__edition=decided()).count() == 1
    assert gaps["Hilda lærer samisk"] == gaps["Byttedagene, andre året"] == 1
    assert Correction.objects.get(entry__edition=entered()).until > NOW
    assert [{one.title, other.title} for one, other, _categories in twins_in(entered())] == [
        {"Byttedagene, andre året", "Vi bytter fortsatt"}
    ]


# The Russian edition, being marked


def test_marking_is_open_and_some_are_done_some_under_way_and_some_have_not_begun() -> None:
    stage = Stage.objects.get(edition=marked(), code="marking")
    jurors = Juror.objects.filter(assignments__stage=stage, removed_at=None).distinct()
    done = {one.pk: final(stage).filter(assignment__juror=one).count() for one in jurors}
    to_do = {one.pk: one.assignments.filter(stage=stage, ended_at=None).count() for one in jurors}
    drafts = Scorecard.objects.filter(assignment__stage=stage, submitted_at=None)

    assert is_open(stage, at=NOW)
    assert stage.closes_at - NOW > timedelta(days=6)
    assert any(done[one] == 0 for one in done)
    assert any(done[one] == to_do[one] for one in done)
    assert any(0 < done[one] < to_do[one] for one in done)
    assert drafts.count() > 5
    assert not Mark.objects.filter(scorecard__in=drafts).exists()


def test_the_demo_juror_has_more_to_mark() -> None:
    juror = Juror.objects.get(edition=marked(), user__email=f"{JUROR_RU}@demo.example")
    left = juror.assignments.filter(stage__code="marking", ended_at=None, scorecard=None)

    assert left.count() >= 3


def test_everybody_who_has_begun_has_calibrated_first() -> None:
    stage = Stage.objects.get(edition=marked(), code="marking")
    begun = set(final(stage).values_list("assignment__juror", flat=True))
    calibrated = set(
        final(stage).filter(assignment__entry=stage.calibration).values_list("assignment__juror", flat=True)
    )

    assert stage.calibration is not None
    assert calibrated
    assert begun - recused_from(stage.calibration) == calibrated


def test_questions_to_the_organiser_are_answered_and_open() -> None:
    asked = Query.objects.filter(assignment__stage__edition=marked())

    assert asked.filter(answered_at__isnull=False).count() == 2
    assert asked.filter(answered_at=None).count() == 2


def test_a_centre_of_exactly_250_seats_stands_in_either_division() -> None:
    exactly = Entry.objects.filter(edition=marked(), category__code="contact-centre", case__facts__seats=250)

    assert set(exactly.values_list("division", flat=True)) == {"medium", "large"}


def test_health_is_kept_apart_and_out_of_the_record_and_the_log() -> None:
    entries = Entry.objects.filter(edition=marked(), category__code="para-agent")
    kept = ProtectedFact.objects.filter(case__entries__in=entries, fact="disability")
    lines = AuditLine.objects.filter(chain__contains="contact-centre-awards-ru")

    assert kept.count() == entries.count() == 3
    assert not any("disability" in entry.case.facts for entry in entries)
    assert not any("физически" in str(entry.eligibility) for entry in entries)
    assert not any("yes" in str(line.details) for line in lines.filter(doing="protected_facts_given"))


# All of them


def test_every_stored_score_equals_its_recomputation_and_the_logs_hold(capsys: Any) -> None:
    call_command("audit")

    assert "Every stored sum and score equals its recomputation" in capsys.readouterr().out


def test_the_log_of_each_edition_is_in_the_order_of_time() -> None:
    for one in (decided(), entered(), marked()):
        moments = list(
            AuditLine.objects.filter(chain=f"edition:{one}").order_by("number").values_list("at", flat=True)
        )
        backwards = [early for early, late in pairwise(moments) if late < early]

        assert len(backwards) < len(moments) / 20
        assert moments[-1] <= NOW


def test_cases_come_with_pictures_and_documents() -> None:
    kinds = Counter(Attachment.objects.values_list("content_type", flat=True))

    assert kinds["image/png"] >= 8
    assert kinds["application/pdf"] >= 6


def test_all_of_it_says_that_it_is_illustrative() -> None:
    assert all(one.illustrative for one in (decided(), entered(), marked()))
    assert norwegian.__doc__ != russian.__doc__


def test_starting_it_months_later_moves_on_what_would_be_over() -> None:
    later = NOW + timedelta(days=200)
    sent = len(mail.outbox)
    with transaction.atomic():
        keep_going(at=later)
        period = entry_period(entered())

        assert period is not None
        assert period.is_open(later)
        assert is_open(Stage.objects.get(edition=marked(), code="marking"), at=later)
        assert len(mail.outbox) == sent
        transaction.set_rollback(True)
