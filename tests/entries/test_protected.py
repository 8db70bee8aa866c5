"""Protected answers: kept encrypted, only where a rule needs them, read by few and never unseen."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from kaaring.audit.models import AuditLine
from kaaring.entries import actions
from kaaring.entries.models import Case, Entry, ProtectedFact
from kaaring.entries.queries import (
    dossier_of,
    in_words,
    may_read_protected,
    protected_facts_of,
    protected_questions,
    told_of,
)
from kaaring.kernel.refused import Refused
from kaaring.people.models import MemberRole
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition, EditionRole
from kaaring.programmes.queries import definition_in_force
from kaaring.survey.actions import store_definition
from tests.build import NOON, a_definition, a_member, a_part, a_user, an_edition, an_organiser
from tests.juried import JURIED_DEFINITION, OPEN, PERSON, TEAM, a_case, a_juried_edition, an_entrant, an_entry

pytestmark = pytest.mark.django_db
SECRET = "very-secret-condition"
FACTS = """
  - {code: condition, name: {en: Which one?}, kind: choice, protected: true,
     options: [{code: very-secret-condition, name: {en: A secret}}, {code: another, name: {en: Another}}]}
  - {code: born_on, name: {en: When were you born?}, kind: date, protected: true}
  - {code: aids, name: {en: Which aids are used?}, kind: choices, protected: true,
     options: [{code: screen, name: {en: Screen reader}}, {code: chair, name: {en: Wheelchair}}]}
"""
RULES = """
      - {rule: attestation, who: entrant, field: health, statement: {en: There is a disability.}}
      - {rule: value_on, field: born_on, date: 12-01, older_than: 18 years}
      - {rule: does, field: aids, activity: [screen, chair]}
      - {rule: does, field: condition, activity: [very-secret-condition, another]}
"""


def an_edition_that_asks() -> Edition:
    """An edition whose “person” asks for health, day of birth, aids and a text, all protected."""
    text = JURIED_DEFINITION.replace("ENTRIES_FROM", OPEN[0]).replace("ENTRIES_TO", OPEN[1])
    text = text.replace("terms:\n", FACTS.strip("\n") + "\nterms:\n", 1)
    at = text.index("      - {rule: attestation, who: nominee")
    rules = store_definition(
        a_definition(text[:at].rstrip() + RULES + text[at:]), an_organiser(), by="test", at=NOON
    )
    return Edition.objects.select_related("programme__organiser").get(pk=rules.edition_id)


def an_entry_of_a_person() -> Entry:
    return an_entry(an_edition_that_asks(), PERSON)


def give(case: Case, **facts: str | list[str]) -> list[str]:
    return actions.give_protected(case.pk, facts, by="test", at=NOON)


def rules_of(case: Case) -> Definition:
    return definition_in_force(case.edition)


def test_the_database_holds_nothing_that_can_be_read() -> None:
    case = an_entry_of_a_person().case

    give(case, health="yes", condition=SECRET, born_on="1999-12-31")

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM entries_protectedfact ORDER BY id")
        stored = [value for (value,) in cursor.fetchall()]
        tables = [name for name in connection.introspection.table_names() if name != "entries_protectedfact"]
        everything = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            everything += [str(row) for row in cursor.fetchall()]
    assert len(stored) == 3
    assert all(value.startswith("gAAAA") for value in stored)
    assert not any(told in value for value in stored for told in (SECRET, "1999", "yes"))
    assert not any("1999-12-31" in row or f"'{SECRET}'" in row for row in everything)


def test_the_same_answer_never_looks_the_same() -> None:
    edition = an_edition_that_asks()
    for _number in range(2):
        give(an_entry(edition, PERSON).case, health="yes")

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT value FROM entries_protectedfact")
        assert len(cursor.fetchall()) == 2


def test_keys_are_changed_without_losing_what_older_ones_encrypted(settings: Settings) -> None:
    case = an_entry_of_a_person().case
    settings.FIELD_KEYS = ["old"]
    give(case, health="yes")
    settings.FIELD_KEYS = ["new", "old"]
    give(case, condition=SECRET)

    assert {one.fact: one.value for one in ProtectedFact.objects.all()} == {
        "health": "yes",
        "condition": SECRET,
    }
    settings.FIELD_KEYS = ["new"]
    assert ProtectedFact.objects.get(fact="condition").value == SECRET


def test_after_encrypting_again_the_old_key_can_go(settings: Settings) -> None:
    case = an_entry_of_a_person().case
    settings.FIELD_KEYS = ["old"]
    give(case, health="yes", condition=SECRET)
    settings.FIELD_KEYS = ["new", "old"]
    said = io.StringIO()

    call_command("rekey", stdout=said)

    settings.FIELD_KEYS = ["new"]
    assert "2 answers" in said.getvalue()
    assert {one.value for one in ProtectedFact.objects.all()} == {"yes", SECRET}


def test_rules_go_by_protected_answers_and_tell_none_of_them() -> None:
    entry = an_entry_of_a_person()
    give(entry.case, health="yes", born_on="1999-12-31", aids=["screen"])

    dossier = dossier_of(Entry.objects.get(pk=entry.pk))

    found = {finding.key: finding for finding in dossier.verdict.findings}
    age, aids = found["eligibility/2"], found["eligibility/3"]
    assert [age.outcome.name, aids.outcome.name] == ["MET", "MET"]
    told = " ".join([age.reason, aids.reason, str(dossier.record)])
    assert "the answer fits" in age.reason
    assert "Screen reader" not in told.replace("Screen reader” or “Wheelchair", "")
    assert "31 December" not in told
    assert "1999" not in told


@pytest.mark.parametrize("fact", ["condition", "health", "people", "nonsense"])
def test_only_what_a_category_of_the_case_needs_is_kept(fact: str) -> None:
    edition = an_edition_that_asks()
    case = an_entry(edition, TEAM).case

    assert protected_questions(case, rules_of(case)) == []
    with pytest.raises(Refused, match="fact_not_needed"):
        give(case, **{fact: "yes"})
    assert not ProtectedFact.objects.exists()


def test_a_case_is_asked_what_its_categories_need() -> None:
    case = an_entry_of_a_person().case

    assert [one.code for one in protected_questions(case, rules_of(case))] == [
        "health",
        "condition",
        "born_on",
        "aids",
    ]


def test_an_answer_that_cannot_be_read_is_refused_and_not_repeated() -> None:
    case = an_entry_of_a_person().case

    with pytest.raises(Refused, match="facts_unreadable") as refused:
        give(case, born_on="31st of May", health="perhaps")

    said = f"{refused.value} {refused.value.details}"
    assert "perhaps" not in said
    assert "31st" not in said
    assert not ProtectedFact.objects.exists()


def test_protected_answers_change_with_the_case_and_not_when_it_is_locked() -> None:
    case = an_entry(category=TEAM, submitted=True).case

    with pytest.raises(Refused, match="case_locked"):
        give(case, health="yes")
    with pytest.raises(Refused, match="case_locked"):
        actions.remove_protected(case.pk, "health", by="test", at=NOON)


def test_an_empty_answer_leaves_what_was_there_and_another_takes_its_place() -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes")
    case.refresh_from_db()
    version = case.version

    assert give(case, health="") == []
    case.refresh_from_db()
    assert case.version == version
    give(case, health="no")

    case.refresh_from_db()
    assert ProtectedFact.objects.get().value == "no"
    assert case.version == version + 1


def test_a_removed_answer_is_gone() -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes", condition=SECRET)

    actions.remove_protected(case.pk, "health", by="test", at=NOON)
    actions.remove_protected(case.pk, "health", by="test", at=NOON)

    assert [one.fact for one in protected_facts_of(case)] == ["condition"]
    assert AuditLine.objects.filter(doing="protected_facts_removed").count() == 1


@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.MANAGER])
def test_an_owner_or_manager_reads_them_with_a_reason_that_stays_in_the_log(role: str) -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes", condition=SECRET)
    person = a_member(case.edition.programme.organiser, role)

    told = actions.read_protected(case.pk, reason=" An appeal. ", by=person.public_id, at=NOON)

    assert told == {"health": "yes", "condition": SECRET}
    line = AuditLine.objects.get(doing="protected_fact_read")
    assert (line.by, line.why, line.about) == (person.public_id, "An appeal.", case.public_id)
    assert line.details == {"facts": ["condition", "health"]}


def test_who_gives_no_reason_reads_nothing() -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes")
    owner = a_member(case.edition.programme.organiser)

    with pytest.raises(Refused, match="no_reason"):
        actions.read_protected(case.pk, reason="  ", by=owner.public_id, at=NOON)


def test_nobody_else_reads_them() -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes")
    organiser = case.edition.programme.organiser
    others = (
        a_member(organiser, MemberRole.VIEWER),
        a_member(organiser, MemberRole.AUDITOR),
        a_member(an_organiser()),
        an_entrant(case.organisation),
        a_user(),
    )

    for by in (*(one.public_id for one in others), "command", ""):
        with pytest.raises(Refused, match="protected"):
            actions.read_protected(case.pk, reason="I want to.", by=by, at=NOON)
    assert not AuditLine.objects.filter(doing="protected_fact_read").exists()


@pytest.mark.parametrize("part", [EditionRole.JUROR, EditionRole.JURY_CHAIR])
def test_an_owner_who_is_in_the_jury_of_the_edition_reads_nothing(part: str) -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes")
    owner = a_member(case.edition.programme.organiser)
    other = an_edition(case.edition.programme, "2031")
    a_part(other, owner, part)
    assert may_read_protected(case, owner)

    a_part(case.edition, owner, part)

    with pytest.raises(Refused, match="protected"):
        actions.read_protected(case.pk, reason="I want to.", by=owner.public_id, at=NOON)
    assert not AuditLine.objects.filter(doing="protected_fact_read").exists()


def test_answers_are_said_in_words() -> None:
    case = an_entry_of_a_person().case
    give(case, health="yes", born_on="1999-12-31", aids=["screen", "chair"], condition=SECRET)

    assert [(one.question, one.answer) for one in told_of(case, rules_of(case))] == [
        ("Is there a disability?", "yes"),
        ("When were you born?", "31 December 1999"),
        ("Which aids are used?", "“Screen reader” and “Wheelchair”"),
        ("Which one?", "“A secret”"),
    ]


def test_an_answer_that_the_rules_no_longer_know_is_shown_as_it_was_given() -> None:
    definition = rules_of(a_case(a_juried_edition()))

    assert in_words({"gone": "left"}, definition)[0].answer == "left"
