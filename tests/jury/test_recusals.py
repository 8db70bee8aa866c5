"""Conflicts of interest: found, declared, set, confirmed, dismissed, and what they keep jurors from."""

from datetime import timedelta
from typing import Any

import pytest

from kaaring.audit.models import AuditLine
from kaaring.entries.models import Party
from kaaring.jury.actions import jurors, recusals
from kaaring.jury.models import Assignment, Juror, Recusal, Scorecard
from kaaring.jury.queries import recusals as queries
from kaaring.jury.queries.detection import detected
from kaaring.jury.spreadsheets import JurorRow
from kaaring.kernel.refused import Refused
from kaaring.people.models import Organisation
from kaaring.programmes.models import Edition
from tests.build import NOON, a_user
from tests.juried import (
    PERSON,
    a_juried_edition,
    a_juror,
    a_nominee,
    a_stage,
    an_affiliation,
    an_assignment,
    an_organisation,
)
from tests.jury.build import a_card, bare_entry

pytestmark = pytest.mark.django_db
BY: Any = {"by": "test", "at": NOON}
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def bank(edition: Edition) -> Organisation:
    return an_organisation(edition.programme.organiser, "Nordbank AS")


def refusal_of(doing: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refused:
        doing(*args, **options)
    return refused.value.code


def found_in(edition: Edition) -> list[tuple[str, str, str]]:
    """Return what comparing finds: juror, whom about, and why."""
    names = dict(Juror.objects.values_list("pk", "name"))
    houses = dict(Organisation.objects.values_list("pk", "name"))
    return sorted(
        (names[one.about.juror], houses.get(one.about.organisation or 0, "case"), one.kind)
        for one in detected(edition)
    )


def a_conflict(juror: Juror, organisation: Organisation, **changes: Any) -> Recusal:
    plain = {"organisation": organisation, "kind": "client", **BY}
    return recusals.set_recusal(juror.pk, **{**plain, **changes})


def test_a_juror_from_an_organisation_of_like_name_is_found(edition: Edition, bank: Organisation) -> None:
    bare_entry(edition, organisation=bank)
    bare_entry(edition, organisation=an_organisation(edition.programme.organiser, "Fjordkraft"))
    a_juror(edition, "Kari", organisation_name="NORDBANK Norge")
    a_juror(edition, "Ola", organisation_name="Sykehuset Innlandet")
    a_juror(edition, "Per")

    assert found_in(edition) == [("Kari", "Nordbank AS", "employer")]
    assert detected(edition)[0].note == "Comes from “NORDBANK Norge”, which may be “Nordbank AS”."


def test_a_name_in_another_alphabet_is_found(edition: Edition) -> None:
    bank = an_organisation(edition.programme.organiser, "ПАО «Сбербанк»")
    bare_entry(edition, organisation=bank)
    a_juror(edition, "Ivan", organisation_name="Sberbank")

    assert found_in(edition) == [("Ivan", "ПАО «Сбербанк»", "employer")]


def test_a_juror_from_an_organisation_of_the_same_name_is_said_to_come_from_it(
    edition: Edition, bank: Organisation
) -> None:
    bare_entry(edition, organisation=bank)
    a_juror(edition, "Kari", organisation_name="NORDBANK AS")

    assert detected(edition)[0].note == "Comes from “Nordbank AS”."


def test_a_juror_tied_to_the_organisation_or_acting_for_it_is_found(
    edition: Edition, bank: Organisation
) -> None:
    bare_entry(edition, organisation=bank)
    a_juror(edition, "Kari", organisation=bank)
    a_juror(edition, "Ola", user=an_affiliation(bank).user)

    assert found_in(edition) == [("Kari", "Nordbank AS", "employer"), ("Ola", "Nordbank AS", "employer")]
    notes = {one.note for one in detected(edition)}
    assert notes == {"Comes from “Nordbank AS”.", "Acts for “Nordbank AS” in Kåring."}


def test_an_address_at_the_organisations_domain_is_a_hint_and_a_public_mailbox_is_none(
    edition: Edition, bank: Organisation
) -> None:
    bare_entry(edition, organisation=bank)
    an_affiliation(bank, a_user("kunde@nordbank.example"))
    an_affiliation(bank, a_user("somebody@gmail.com"))
    a_juror(edition, "Kari", email="kari@NORDBANK.example")
    a_juror(edition, "Ola", email="ola@gmail.com")

    assert found_in(edition) == [("Kari", "Nordbank AS", "employer")]
    assert detected(edition)[0].note == (
        "Has an e-mail address at nordbank.example, as people of “Nordbank AS” have."
    )


def test_parties_of_a_joint_entry_and_their_partners_are_found(edition: Edition, bank: Organisation) -> None:
    partner = an_organisation(edition.programme.organiser, "Ringesentralen")
    joint = bare_entry(edition, organisation=bank)
    Party.objects.create(
        case=joint.case, organisation=partner, role="partner", contact_email="a@ring.example"
    )
    a_juror(edition, "Kari", organisation_name="Ringesentralen AS")
    a_juror(edition, "Ola", email="ola@ring.example")

    assert found_in(edition) == [
        ("Kari", "Nordbank AS", "partner"),
        ("Kari", "Ringesentralen", "employer"),
        ("Ola", "Nordbank AS", "partner"),
        ("Ola", "Ringesentralen", "employer"),
    ]
    assert any(
        one.note
        == f"“Ringesentralen”, where the juror comes from, enters “{joint.case.title}” with “Nordbank AS”."
        for one in detected(edition)
    )


def test_partners_of_a_declared_employer_are_found_and_of_a_dismissed_one_are_not(
    edition: Edition, bank: Organisation
) -> None:
    partner = an_organisation(edition.programme.organiser, "Ringesentralen")
    joint = bare_entry(edition, organisation=bank)
    Party.objects.create(case=joint.case, organisation=partner)
    kari = a_juror(edition, "Kari")
    told = recusals.declare_recusal(kari.pk, organisation=partner, kind="employer", **BY)

    assert found_in(edition) == [("Kari", "Nordbank AS", "partner")]
    recusals.dismiss_recusal(told.pk, reason="Left years ago", **BY)
    assert found_in(edition) == []


def test_a_juror_of_the_nominees_name_or_address_is_found(edition: Edition) -> None:
    case = bare_entry(edition, PERSON).case
    a_nominee(case, "Ola Nordmann", email="ola@example.org")
    a_juror(edition, "Nordmann, Ola")
    a_juror(edition, "O. N.", email="Ola@example.org")
    a_juror(edition, "Kari Berg")
    a_nominee(bare_entry(edition).case, "Team Nord", is_person=False, email="")

    assert found_in(edition) == [("Nordmann, Ola", "case", "person"), ("O. N.", "case", "person")]
    assert {one.about.case for one in detected(edition)} == {case.pk}


def test_a_nominee_without_an_address_is_nobodys_and_a_merged_case_is_not_compared(
    edition: Edition, bank: Organisation
) -> None:
    kept, merged = bare_entry(edition).case, bare_entry(edition, organisation=bank).case
    merged.merged_into = kept
    merged.save()
    a_nominee(kept, "Per Olsen", email="")
    a_juror(edition, "Kari", email="", organisation_name="Nordbank")

    assert found_in(edition) == []


def test_what_is_found_is_kept_blocks_at_once_and_is_found_only_once(
    edition: Edition, bank: Organisation
) -> None:
    entry = bare_entry(edition, organisation=bank)
    juror = a_juror(edition, organisation_name="Nordbank")

    assert recusals.detect_recusals(edition, **BY) == 1
    assert recusals.detect_recusals(edition, **BY) == 0

    assert queries.waiting(edition).get().juror == juror
    assert queries.blocked_pairs(edition) == {(juror.pk, entry.pk)}
    assert AuditLine.objects.get(doing="recusals_detected").details["jurors"] == [juror.code]


def test_what_was_dismissed_is_never_found_again(edition: Edition, bank: Organisation) -> None:
    bare_entry(edition, organisation=bank)
    a_juror(edition, organisation_name="Nordbank")
    recusals.detect_recusals(edition, **BY)

    recusals.dismiss_recusal(Recusal.objects.get().pk, reason="Another bank of that name", **BY)

    assert queries.blocked_pairs(edition) == set()
    assert recusals.detect_recusals(edition, **BY) == 0
    assert Recusal.objects.get().dismissed_reason == "Another bank of that name"


def test_adding_and_changing_a_juror_looks_for_conflicts(edition: Edition, bank: Organisation) -> None:
    bare_entry(edition, organisation=bank)
    juror = jurors.add_juror(edition, JurorRow("kari", "Kari Berg"), **BY)
    assert not Recusal.objects.exists()

    jurors.change_juror(juror.pk, JurorRow("kari", "Kari Berg", organisation="Nordbank"), **BY)

    assert queries.waiting(edition).count() == 1


def test_a_conflict_with_an_organisation_blocks_its_cases_and_those_it_is_a_party_of(
    edition: Edition, bank: Organisation
) -> None:
    own, joint, other = bare_entry(edition, organisation=bank), bare_entry(edition), bare_entry(edition)
    Party.objects.create(case=joint.case, organisation=bank)
    elsewhere = bare_entry(a_juried_edition(edition.programme.organiser, edition="2031"), organisation=bank)
    juror = a_juror(edition)

    conflict = a_conflict(juror, bank)

    assert queries.blocked_entries(juror) == {own.pk, joint.pk}
    assert queries.recused_from(own) == {juror.pk}
    assert queries.recused_from(other) == set()
    assert queries.pairs_of(conflict) == {(juror.pk, own.pk), (juror.pk, joint.pk)}
    assert queries.recused_from(elsewhere) == set()


def test_a_conflict_with_one_case_blocks_that_alone(edition: Edition, bank: Organisation) -> None:
    one, _other = bare_entry(edition, organisation=bank), bare_entry(edition, organisation=bank)
    juror = a_juror(edition)

    recusals.declare_recusal(juror.pk, case=one.case, kind="person", note=" My sister ", **BY)

    assert queries.blocked_pairs(edition) == {(juror.pk, one.pk)}
    told = Recusal.objects.get()
    assert (told.note, told.source, told.confirmed_by) == ("My sister", "declared", "test")
    assert "sister" not in str(AuditLine.objects.get(doing="recusal_declared").details)


def test_blocked_pairs_take_one_query_however_many_there_are(
    edition: Edition, django_assert_num_queries: Any
) -> None:
    for _turn in range(5):
        a_conflict(a_juror(edition), bare_entry(edition).case.organisation)

    with django_assert_num_queries(1):
        assert len(queries.blocked_pairs(edition)) == 5


def test_a_conflict_set_later_ends_what_is_not_finished_and_excludes_what_is(
    edition: Edition, bank: Organisation
) -> None:
    first, second = bare_entry(edition, organisation=bank), bare_entry(edition, organisation=bank)
    stage, juror = a_stage(edition), a_juror(edition)
    draft, done = an_assignment(stage, first, juror), an_assignment(stage, second, juror)
    a_card(draft)
    card = a_card(done, is_final=True)
    other = a_card(an_assignment(stage, second), is_final=True)

    conflict = a_conflict(juror, bank)

    draft.refresh_from_db()
    done.refresh_from_db()
    card.refresh_from_db()
    assert (draft.ended_at, draft.ended_reason) == (NOON, "Conflict of interest.")
    assert done.ended_at is None
    assert (card.excluded_at, card.excluded_reason, card.excluded_for) == (
        NOON,
        "Conflict of interest.",
        conflict,
    )
    assert Scorecard.objects.get(pk=other.pk).excluded_at is None


def test_what_is_only_found_excludes_nothing_until_it_is_confirmed(
    edition: Edition, bank: Organisation
) -> None:
    entry = bare_entry(edition, organisation=bank)
    stage = a_stage(edition)
    juror = a_juror(edition, organisation_name="Nordbank")
    card = a_card(an_assignment(stage, entry, juror), is_final=True)
    recusals.detect_recusals(edition, **BY)
    assert Scorecard.objects.filter(excluded_at=None).exists()

    recusals.confirm_recusal(Recusal.objects.get().pk, by="owner", at=LATER)

    card.refresh_from_db()
    assert card.excluded_at == LATER
    assert Recusal.objects.get().confirmed_by == "owner"
    assert not queries.waiting(edition).exists()


def test_a_dismissed_conflict_counts_its_scorecards_again_unless_another_stands(
    edition: Edition, bank: Organisation
) -> None:
    entry = bare_entry(edition, organisation=bank)
    stage, juror = a_stage(edition), a_juror(edition)
    card = a_card(an_assignment(stage, entry, juror), is_final=True)
    by_house = a_conflict(juror, bank)
    by_case = recusals.set_recusal(juror.pk, case=entry.case, kind="other", **BY)

    recusals.dismiss_recusal(by_house.pk, reason="A client of long ago", **BY)
    card.refresh_from_db()
    assert card.excluded_at is not None

    recusals.dismiss_recusal(by_case.pk, reason="Nor that", **BY)
    card.refresh_from_db()
    assert (card.excluded_at, card.excluded_reason, card.excluded_for) == (None, "", None)


def test_scorecards_excluded_for_everybody_stay_so_when_a_conflict_is_dismissed(
    edition: Edition, bank: Organisation
) -> None:
    entry = bare_entry(edition, organisation=bank)
    stage, juror = a_stage(edition), a_juror(edition)
    card = a_card(an_assignment(stage, entry, juror), is_final=True)
    conflict = a_conflict(juror, bank)
    a_card(an_assignment(stage, bare_entry(edition), juror), is_final=True)
    jurors.exclude_scorecards(juror.pk, reason="Marked by a colleague", **BY)

    recusals.dismiss_recusal(conflict.pk, reason="Was none", **BY)

    card.refresh_from_db()
    assert card.excluded_reason == "Marked by a colleague"


def test_declaring_what_was_found_confirms_it(edition: Edition, bank: Organisation) -> None:
    bare_entry(edition, organisation=bank)
    juror = a_juror(edition, organisation_name="Nordbank")
    recusals.detect_recusals(edition, **BY)

    recusals.declare_recusal(juror.pk, organisation=bank, kind="employer", note="Until May", **BY)

    assert Recusal.objects.get().note == "Until May"
    assert not queries.waiting(edition).exists()


def test_a_conflict_is_recorded_once_about_one_thing_of_the_edition(
    edition: Edition, bank: Organisation
) -> None:
    entry = bare_entry(edition, organisation=bank)
    juror = a_juror(edition)
    gone = a_juror(edition, removed_at=NOON, removed_reason="Moved")
    foreign = bare_entry(a_juried_edition(slug="other-awards"))
    a_conflict(juror, bank)

    def record(who: Juror, **about: Any) -> str:
        return refusal_of(recusals.set_recusal, who.pk, **{"kind": "client", **about}, **BY)

    assert record(juror, organisation=bank) == "recorded_already"
    assert record(gone, organisation=bank) == "removed_already"
    assert record(juror, organisation=bank, kind="enemy") == "unknown_kind"
    assert record(juror) == "about_what"
    assert record(juror, organisation=bank, case=entry.case) == "about_what"
    assert record(juror, case=foreign.case) == "about_what"
    assert record(juror, organisation=foreign.case.organisation) == "about_what"


def test_looking_twice_is_refused_and_dismissing_needs_a_reason(edition: Edition, bank: Organisation) -> None:
    bare_entry(edition, organisation=bank)
    a_juror(edition, organisation_name="Nordbank")
    recusals.detect_recusals(edition, **BY)
    key = Recusal.objects.get().pk

    assert refusal_of(recusals.dismiss_recusal, key, reason=" ", **BY) == "reason_missing"
    recusals.confirm_recusal(key, **BY)
    assert refusal_of(recusals.confirm_recusal, key, **BY) == "looked_at_already"
    recusals.dismiss_recusal(key, reason="No", **BY)
    assert refusal_of(recusals.dismiss_recusal, key, reason="No", **BY) == "dismissed_already"
    assert Assignment.objects.count() == 0
