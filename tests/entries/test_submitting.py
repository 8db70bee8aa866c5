"""What an entry needs before it goes to the jury, and what happens to it there."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kaaring.audit.models import AuditLine
from kaaring.audit.queries import first_break
from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges
from kaaring.entries.models import Answer, Case, Correction, Declaration, Entry, ProtectedFact
from kaaring.entries.queries import dossier_of
from kaaring.entries.rules.words import words_in
from kaaring.kernel.refused import Refused
from kaaring.programmes.queries import chain_of
from tests.build import NOON, a_user
from tests.juried import (
    DECLARED,
    LARGE_TEAM,
    PARTNERSHIP,
    PERSON,
    TEAM,
    a_case,
    a_nominee,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def submit(entry: Entry) -> Entry:
    return actions.submit_entry(entry.pk, by="test", at=NOON)


def lacks(entry: Entry) -> list[str]:
    fresh = Entry.objects.select_related("case", "category", "edition__programme").get(pk=entry.pk)
    return [gap.code for gap in dossier_of(fresh).gaps]


def write(entry: Entry, criterion: str, text: str, *, version: int = 10**6, openness: str = "jury") -> Answer:
    return actions.write_answer(
        entry.pk, criterion, text, openness=openness, version=version, by="test", at=NOON
    )


def tell(case: Case, **facts: object) -> None:
    changes = CaseChanges(facts=facts)  # type: ignore[arg-type]
    actions.change_case(case.pk, changes, version=10**6, by="test", at=NOON)


@pytest.mark.parametrize("category", [TEAM, PARTNERSHIP, PERSON, LARGE_TEAM])
def test_a_complete_entry_is_submitted_with_who_and_when(category: str) -> None:
    person, entry = a_user(), an_entry(category=category)
    assert lacks(entry) == []

    actions.submit_entry(entry.pk, by=person.public_id, at=NOON)

    stored = Entry.objects.get(pk=entry.pk)
    assert (stored.submitted_at, stored.submitted_by) == (NOON, person)
    assert entry.case.parties.get().approved_by == person


def test_what_was_submitted_is_locked_and_is_not_submitted_twice() -> None:
    entry = an_entry(submitted=True)

    with pytest.raises(Refused, match="already_submitted"):
        submit(entry)
    with pytest.raises(Refused, match="entry_submitted"):
        write(entry, "actions", "More")
    with pytest.raises(Refused, match="entry_submitted"):
        actions.leave_category(entry.pk, by="test", at=NOON)
    with pytest.raises(Refused, match="entry_submitted"):
        actions.declare(entry.pk, DECLARED, "Kari, head", by="test", at=NOON)


def test_an_empty_answer_is_missing_and_named() -> None:
    entry = an_entry()
    write(entry, "results", " \n ")

    with pytest.raises(Refused, match="not_ready") as refusal:
        submit(entry)

    assert refusal.value.details == ("“Results” has no text yet.",)


def test_exactly_as_many_words_as_allowed_are_taken_and_one_more_is_not() -> None:
    entry = an_entry()
    write(entry, "actions", " ".join(["word"] * 20))
    assert lacks(entry) == []

    write(entry, "actions", " ".join(["word"] * 21))

    with pytest.raises(Refused, match="not_ready") as refusal:
        submit(entry)
    assert refusal.value.details == ("“Actions” is 1 word too long: it has 21; 20 are allowed.",)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two  three\nfour", 4),
        ("– & – …", 0),
        ("24/7 e-post", 2),
        ("«Привет», мир!", 2),
        ("It's", 1),
    ],
)
def test_words_are_what_stands_between_spaces_and_says_something(text: str, count: int) -> None:
    assert words_in(text) == count


def test_a_draft_may_be_too_long_as_long_as_it_is_a_draft() -> None:
    answer = write(an_entry(), "actions", "word " * 500)

    assert words_in(answer.text) == 500


def test_a_text_without_end_is_not_stored() -> None:
    with pytest.raises(Refused, match="text_too_long"):
        write(an_entry(), "actions", "x" * 100_001)


def test_only_what_the_category_asks_is_answered() -> None:
    with pytest.raises(Refused, match="unknown_criterion"):
        write(an_entry(), "beauty", "Text")
    with pytest.raises(Refused, match="unknown_openness"):
        write(an_entry(), "actions", "Text", openness="everybody")


def test_the_second_of_two_windows_does_not_overwrite_an_answer() -> None:
    entry = an_entry()
    seen = Case.objects.get(pk=entry.case_id).version
    write(entry, "actions", "From the first window", version=seen)

    with pytest.raises(Refused, match="changed_meanwhile"):
        write(entry, "actions", "From the second window", version=seen)
    write(entry, "results", "Another answer", version=seen)

    assert Answer.objects.get(entry=entry, criterion="actions").text == "From the first window"


def test_a_team_that_is_too_large_is_told_why_and_where_to_go() -> None:
    entry = an_entry()
    tell(entry.case, people=51)

    with pytest.raises(Refused, match="not_eligible") as refusal:
        submit(entry)

    told = " ".join(refusal.value.details)
    assert "51 people" in told
    assert "Large Centre of the Year" in told


@pytest.mark.parametrize("people", [5, 50])
def test_the_ends_of_a_bracket_belong_to_it(people: int) -> None:
    entry = an_entry()
    tell(entry.case, people=people)

    assert submit(entry).submitted_at == NOON


def test_a_missing_fact_is_named() -> None:
    entry = an_entry()
    tell(entry.case, people="")

    with pytest.raises(Refused, match="not_ready") as refusal:
        submit(entry)

    assert "How many people are in the team?" in refusal.value.details[0]


def test_what_the_rules_said_is_kept_as_it_was_said() -> None:
    entry = submit(an_entry())

    size = next(one for one in entry.eligibility if one["rule"] == "size")
    assert size["outcome"] == "met"
    assert size["wording"] == {"en": "from 5 to 50 people"}
    assert "12 people" in size["reason"]["en"]


def test_protected_answers_are_in_no_record_of_an_entry() -> None:
    entry = an_entry()
    ProtectedFact.objects.create(case=entry.case, fact="health", value="yes", given_at=NOON)

    submit(entry)

    stored = Entry.objects.get(pk=entry.pk)
    assert "health" not in str(stored.eligibility)
    assert "health" not in str(AuditLine.objects.latest("pk").details)


def test_what_has_to_be_declared_is_missing_until_somebody_declares_it() -> None:
    entry = an_entry()
    Declaration.objects.all().delete()
    assert lacks(entry) == ["cannot_tell"]

    actions.declare(entry.pk, DECLARED, "Kari Nordmann, head", by="test", at=NOON)

    declaration = Declaration.objects.get()
    assert "Everybody in the team has read this" in declaration.statement
    assert submit(entry).submitted_at == NOON


def test_a_declaration_says_who_declares_and_is_to_a_rule_that_asks() -> None:
    entry = an_entry()

    with pytest.raises(Refused, match="declared_by_nobody"):
        actions.declare(entry.pk, DECLARED, " ", by="test", at=NOON)
    with pytest.raises(Refused, match="nothing_to_declare"):
        actions.declare(entry.pk, "eligibility/0", "Kari, head", by="test", at=NOON)


def test_a_declaration_that_is_not_accepted_stands_in_the_way_until_it_is_made_again() -> None:
    entry = an_entry()
    declaration = Declaration.objects.get()
    with pytest.raises(Refused, match="no_reason"):
        actions.check_declaration(declaration.pk, is_accepted=False, reason="", by="test", at=NOON)
    actions.check_declaration(
        declaration.pk, is_accepted=False, reason="Kari is not the head.", by="test", at=NOON
    )
    with pytest.raises(Refused, match="not_eligible"):
        submit(entry)

    again = actions.declare(entry.pk, DECLARED, "Per Hansen, head", by="test", at=NOON)

    assert (again.is_accepted, again.checked_reason) == (None, "")
    assert submit(entry).submitted_at == NOON


def test_a_declaration_is_taken_back_while_the_entry_is_a_draft() -> None:
    entry = an_entry()
    declaration = Declaration.objects.get()

    actions.take_declaration_back(declaration.pk, by="test", at=NOON)

    assert lacks(entry) == ["cannot_tell"]


def test_consent_that_is_missing_is_listed_once_until_the_person_agreed_to_the_case_as_it_is() -> None:
    case = a_case(subject="person")
    entry = actions.enter(case.pk, PERSON, by="test", at=NOON)
    for criterion in ("results", "other"):
        write(entry, criterion, "Text")
    assert lacks(entry) == ["no_nominee"]

    nominee = a_nominee(case)
    assert lacks(entry) == ["no_consent"]
    a_nominee(case, consented_at=NOON, consented_version=1)
    assert lacks(entry) == ["consent_outdated"]
    a_nominee(case, consented_at=None, consented_version=None, declined_at=NOON)
    assert lacks(entry) == ["nominee_declined"]
    a_nominee(Case.objects.get(pk=case.pk), consented_at=NOON, declined_at=None)
    assert lacks(entry) == []
    assert nominee.name == "Ola Nordmann"


def test_a_product_or_team_with_a_name_needs_no_consent() -> None:
    entry = an_entry()
    a_nominee(entry.case, "Team North", is_person=False)

    assert lacks(entry) == []


def test_every_partner_approves_the_case_as_it_is() -> None:
    entry = an_entry(category=PARTNERSHIP)
    partner = an_organisation(entry.edition.programme.organiser, "Partner AS")
    party = actions.name_party(entry.case_id, organisation=partner, role="partner", by="test", at=NOON)
    assert lacks(entry) == ["not_approved"]

    actions.approve_part(party.pk, by="test", at=NOON)
    assert lacks(entry) == []
    write(entry, "actions", "One more thing.")

    with pytest.raises(Refused, match="not_ready") as refusal:
        submit(entry)
    assert refusal.value.details == (
        "The case has changed since Partner AS approved it. Ask for approval again.",
    )


def test_a_size_that_fits_one_division_puts_the_entry_into_it() -> None:
    assert an_entry(category=LARGE_TEAM, submitted=True).division == "medium"


def test_where_two_divisions_fit_the_entrant_chooses() -> None:
    entry = an_entry(category=LARGE_TEAM)
    tell(entry.case, seats=100)
    with pytest.raises(Refused, match="not_ready"):
        submit(entry)

    with pytest.raises(Refused, match="division_does_not_fit"):
        actions.choose_division(entry.pk, "tiny", by="test", at=NOON)
    actions.choose_division(entry.pk, "large", by="test", at=NOON)

    assert submit(entry).division == "large"


def test_a_division_that_no_longer_fits_does_not_count() -> None:
    entry = an_entry(category=LARGE_TEAM)
    tell(entry.case, seats=100)
    actions.choose_division(entry.pk, "large", by="test", at=NOON)
    tell(entry.case, seats=60)

    assert submit(entry).division == "medium"


def test_the_organiser_may_put_an_entry_into_another_division_that_fits() -> None:
    entry = an_entry(category=LARGE_TEAM)
    tell(entry.case, seats=100)
    actions.choose_division(entry.pk, "large", by="test", at=NOON)
    submit(entry)

    assert actions.assign_division(entry.pk, "medium", by="test", at=NOON).division == "medium"
    with pytest.raises(Refused, match="division_does_not_fit"):
        actions.assign_division(entry.pk, "tiny", by="test", at=NOON)


def test_a_size_outside_all_divisions_keeps_the_entry_out() -> None:
    entry = an_entry(category=LARGE_TEAM)
    tell(entry.case, seats=19)

    with pytest.raises(Refused, match="not_eligible"):
        submit(entry)


def test_an_entry_is_withdrawn_with_a_reason_and_once() -> None:
    entry = an_entry(submitted=True)

    with pytest.raises(Refused, match="no_reason"):
        actions.withdraw_entry(entry.pk, reason=" ", by="test", at=NOON)
    actions.withdraw_entry(entry.pk, reason="A partner left.", by="test", at=NOON)
    with pytest.raises(Refused, match="already_withdrawn"):
        actions.withdraw_entry(entry.pk, reason="Again", by="test", at=NOON)

    with pytest.raises(Refused, match="entry_withdrawn"):
        submit(entry)
    with pytest.raises(Refused, match="entry_withdrawn"):
        write(entry, "actions", "More")
    assert Answer.objects.filter(entry=entry).count() == 3


def test_a_draft_leaves_its_category_with_its_answers() -> None:
    entry = an_entry()

    actions.leave_category(entry.pk, by="test", at=NOON)

    assert not Entry.objects.exists()
    assert not Answer.objects.exists()


def test_the_log_tells_the_life_of_an_entry_and_holds() -> None:
    entry = an_entry()
    submit(entry)
    actions.take_back(entry.pk, by="test", at=NOON)
    submit(entry)
    actions.withdraw_entry(entry.pk, reason="Enough", by="test", at=NOON)

    chain = chain_of(entry.edition)
    about = AuditLine.objects.filter(chain=chain, about=entry.public_id).order_by("number")
    assert [line.doing for line in about] == [
        "category_entered",
        "declaration_made",
        "entry_submitted",
        "entry_taken_back",
        "entry_submitted",
        "entry_withdrawn",
    ]
    digests = [line.details["digest"] for line in about if line.doing == "entry_submitted"]
    assert digests[0] == digests[1]
    assert first_break(chain) is None


def test_the_digest_of_what_was_submitted_differs_where_a_word_differs() -> None:
    entry = an_entry()
    submit(entry)
    actions.take_back(entry.pk, by="test", at=NOON)
    write(entry, "actions", "Another word.")
    submit(entry)

    lines = AuditLine.objects.filter(doing="entry_submitted")
    assert len({line.details["digest"] for line in lines}) == 2


def ask(entry: Entry, wanted: str = "Correct the period.", hours: int = 24) -> None:
    actions.ask_correction(entry.pk, wanted, until=NOON + timedelta(hours=hours), by="test", at=NOON)


def test_a_correction_opens_the_entry_and_its_case_until_it_is_answered() -> None:
    entry = an_entry(submitted=True)
    ask(entry)

    write(entry, "actions", "Corrected.")
    tell(entry.case, people=13)
    correction = actions.answer_correction(entry.pk, "Done.", by="test", at=NOON)

    assert (correction.answered_at, correction.answer) == (NOON, "Done.")
    with pytest.raises(Refused, match="entry_submitted"):
        write(entry, "actions", "More")
    stored = Entry.objects.get(pk=entry.pk)
    assert stored.submitted_at is not None
    assert "13 people" in str(stored.eligibility)
    assert AuditLine.objects.filter(doing="answer_corrected").count() == 1


def test_a_correction_ends_before_the_winners_are_announced() -> None:
    entry = an_entry(submitted=True)
    announced = NOON + timedelta(days=30)
    local = announced.astimezone(ZoneInfo(entry.edition.timezone))
    entry.edition.timeline["announcement"] = f"{local:%Y-%m-%dT%H:%M}"
    entry.edition.save()

    ask(entry, hours=30 * 24)
    with pytest.raises(Refused, match="after_the_announcement"):
        ask(entry, hours=30 * 24 + 1)

    assert Correction.objects.get().until == announced


def test_a_correction_takes_a_year_at_most_where_no_announcement_is_set() -> None:
    entry = an_entry(submitted=True)

    ask(entry, hours=366 * 24)
    with pytest.raises(Refused, match="too_long"):
        ask(entry, hours=366 * 24 + 1)


def test_a_correction_of_one_entry_does_not_open_a_case_that_another_holds() -> None:
    entry = an_entry(submitted=True)
    other = an_entry(category=LARGE_TEAM, case=entry.case)
    submit(other)
    ask(entry)

    write(entry, "actions", "Corrected.")
    with pytest.raises(Refused, match="case_locked") as refusal:
        tell(entry.case, people=13)
    assert other.code in str(refusal.value.reason)


def test_a_correction_is_answered_in_time_and_with_a_complete_entry() -> None:
    entry = an_entry(submitted=True)
    with pytest.raises(Refused, match="no_correction"):
        actions.answer_correction(entry.pk, "Done.", by="test", at=NOON)
    ask(entry)
    write(entry, "actions", "")

    with pytest.raises(Refused, match="no_answer"):
        actions.answer_correction(entry.pk, " ", by="test", at=NOON)
    with pytest.raises(Refused, match="not_ready"):
        actions.answer_correction(entry.pk, "Done.", by="test", at=NOON)
    late = NOON + timedelta(hours=24)
    with pytest.raises(Refused, match="correction_over"):
        actions.answer_correction(entry.pk, "Done.", by="test", at=late)
    with pytest.raises(Refused, match="correction_over"):
        actions.write_answer(entry.pk, "actions", "Text", version=10**6, by="test", at=late)


def test_asking_again_moves_the_time_of_the_correction_that_is_open() -> None:
    entry = an_entry(submitted=True)
    ask(entry, "First", hours=1)
    ask(entry, "Second", hours=48)

    assert [(one.wanted, one.until) for one in Correction.objects.filter(entry=entry)] == [
        ("Second", NOON + timedelta(hours=48))
    ]


def test_a_correction_is_asked_of_what_was_submitted_with_words_and_time() -> None:
    with pytest.raises(Refused, match="not_submitted"):
        ask(an_entry())
    entry = an_entry(submitted=True)
    with pytest.raises(Refused, match="nothing_wanted"):
        ask(entry, " ")
    with pytest.raises(Refused, match="already_over"):
        ask(entry, hours=0)
