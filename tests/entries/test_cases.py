"""Cases: starting, changing, two windows, taking along."""

from decimal import Decimal

import pytest

from kaaring.audit.models import AuditLine
from kaaring.entries import actions
from kaaring.entries.actions import CaseChanges, FigureRow
from kaaring.entries.models import Case, Entry
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from tests.build import NOON, a_user, an_organiser
from tests.juried import (
    LARGE_TEAM,
    PERSON,
    TEAM,
    a_case,
    a_figure,
    a_juried_edition,
    an_entry,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def change(case: Case, *, version: int | None = None, **changes: object) -> Case:
    version = Case.objects.get(pk=case.pk).version if version is None else version
    return actions.change_case(case.pk, CaseChanges(**changes), version=version, by="test", at=NOON)  # type: ignore[arg-type]


def test_whose_case_it_is_stands_behind_it_from_the_first() -> None:
    person = a_user()
    edition = a_juried_edition()
    organisation = an_organisation(edition.programme.organiser)

    case = actions.start_case(edition, organisation, " Faster ", language="nb", by=person.public_id, at=NOON)

    assert (case.title, case.created_by, case.version) == ("Faster", person, 1)
    assert [party.organisation for party in case.parties.all()] == [organisation]


def test_a_case_needs_a_title_and_a_language_of_the_edition() -> None:
    edition = a_juried_edition()
    organisation = an_organisation(edition.programme.organiser)

    with pytest.raises(Refused, match="no_title"):
        actions.start_case(edition, organisation, "  ", language="en", by="test", at=NOON)
    with pytest.raises(Refused, match="unknown_language"):
        actions.start_case(edition, organisation, "Case", language="ru", by="test", at=NOON)


def test_a_case_is_never_started_for_an_organisation_of_another_organiser() -> None:
    with pytest.raises(Refused, match="organisation_of_another_organiser"):
        actions.start_case(
            a_juried_edition(), an_organisation(an_organiser()), "Case", language="en", by="test", at=NOON
        )


def test_facts_are_kept_as_their_kind_and_taken_away_by_leaving_them_empty() -> None:
    case = a_case(facts={"people": "1 200", "role": "agent"})
    assert case.facts == {"people": 1200, "role": "agent"}

    case = change(case, facts={"role": ""})

    assert case.facts == {"people": 1200}


def test_facts_that_cannot_be_read_are_refused_together_and_nothing_is_stored() -> None:
    case = a_case()

    with pytest.raises(Refused, match="facts_unreadable") as refusal:
        change(case, facts={"people": "many", "role": "king"})

    assert len(refusal.value.details) == 2
    assert Case.objects.get(pk=case.pk).facts["people"] == 12


def test_protected_answers_never_stand_among_the_others() -> None:
    with pytest.raises(Refused, match="fact_is_protected"):
        change(a_case(), facts={"health": "yes"})


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        (FigureRow("", after=Decimal(1)), "figure_incomplete"),
        (FigureRow("Answer time"), "figure_incomplete"),
        (FigureRow("Answer time", code="wait", after=Decimal(1)), "unknown_figure"),
    ],
)
def test_a_key_figure_has_a_name_a_value_and_a_known_code(figure: FigureRow, code: str) -> None:
    with pytest.raises(Refused, match=code):
        change(a_case(), figures=(figure,))


def test_unknown_kinds_of_nominee_are_refused() -> None:
    with pytest.raises(Refused, match="unknown_subject"):
        change(a_case(), subject="planet")


def test_key_figures_are_kept_exactly_in_their_order() -> None:
    case = a_case(figures=(a_figure(before=Decimal("0.000001")), a_figure("Own figure", code="")))

    assert [(one.name, one.before) for one in case.figures.all()] == [
        ("Answer time", Decimal("0.000001")),
        ("Own figure", Decimal(45)),
    ]


def test_what_changes_nothing_is_no_new_version_and_no_line_in_the_log() -> None:
    case = a_case(figures=(a_figure(),))
    lines = AuditLine.objects.count()

    again = change(case, title=case.title, facts={"people": "12"}, figures=(a_figure(),))

    assert again.version == case.version
    assert AuditLine.objects.count() == lines


def test_the_second_of_two_windows_does_not_overwrite_the_first() -> None:
    case = a_case()
    seen = case.version
    change(case, summary="From the first window", version=seen)

    with pytest.raises(Refused, match="changed_meanwhile"):
        change(case, summary="From the second window", version=seen)

    assert Case.objects.get(pk=case.pk).summary == "From the first window"


def test_two_people_work_on_different_parts_of_a_case_at_once() -> None:
    case = a_case()
    seen = case.version
    change(case, summary="Text", version=seen)

    change(case, facts={"people": 20}, version=seen)
    entry = actions.enter(case.pk, TEAM, by="test", at=NOON)
    actions.write_answer(entry.pk, "actions", "Answer", version=seen, by="test", at=NOON)

    now = Case.objects.get(pk=case.pk)
    assert (now.summary, now.facts["people"]) == ("Text", 20)


def test_a_case_is_locked_while_an_entry_of_it_is_submitted() -> None:
    entry = an_entry(submitted=True)

    with pytest.raises(Refused, match="case_locked") as refusal:
        change(entry.case, title="Another")

    assert entry.code in str(refusal.value.reason)
    actions.take_back(entry.pk, by="test", at=NOON)
    assert change(entry.case, title="Another").title == "Another"


def test_a_withdrawn_entry_no_longer_locks_its_case() -> None:
    entry = an_entry(submitted=True)
    actions.withdraw_entry(entry.pk, reason="We moved on", by="test", at=NOON)

    assert change(entry.case, title="Another").title == "Another"


def test_a_case_in_no_category_is_thrown_away_and_another_is_not() -> None:
    empty, entered = a_case(), an_entry().case

    actions.discard_case(empty.pk, by="test", at=NOON)
    with pytest.raises(Refused, match="case_has_entries"):
        actions.discard_case(entered.pk, by="test", at=NOON)

    assert list(Case.objects.all()) == [entered]


def next_year(edition: Edition) -> Edition:
    return a_juried_edition(edition.programme.organiser, edition="2031")


def test_last_years_case_comes_along_with_words_facts_figures_and_answers() -> None:
    entry = an_entry(case=a_case(figures=(a_figure(),)), submitted=True)
    edition = next_year(entry.edition)

    copy = actions.duplicate_case(entry.case_id, edition, by="test", at=NOON)

    draft = Entry.objects.get(case=copy)
    assert (copy.edition, copy.copied_from, copy.summary) == (edition, entry.case, entry.case.summary)
    assert copy.facts == entry.case.facts
    assert [figure.name for figure in copy.figures.all()] == ["Answer time"]
    assert {one.criterion: one.text for one in draft.answers.all()} == {
        one.criterion: one.text for one in entry.answers.all()
    }
    assert draft.submitted_at is None
    assert not draft.declarations.exists()


def test_partners_and_the_nominee_stay_with_last_year() -> None:
    entry = an_entry(category=PERSON)
    actions.name_party(
        entry.case_id, organisation=an_organisation(entry.edition.programme.organiser), by="test", at=NOON
    )

    copy = actions.duplicate_case(entry.case_id, next_year(entry.edition), by="test", at=NOON)

    assert not hasattr(copy, "nominee")
    assert [party.organisation for party in copy.parties.all()] == [entry.case.organisation]


def test_a_case_is_not_taken_along_to_another_organiser() -> None:
    with pytest.raises(Refused, match="organisation_of_another_organiser"):
        actions.duplicate_case(an_entry().case_id, a_juried_edition(slug="other-awards"), by="test", at=NOON)


def test_a_case_stands_in_several_categories_up_to_the_limit_and_once_in_each() -> None:
    case = a_case()
    codes = [actions.enter(case.pk, one, by="test", at=NOON).code for one in (TEAM, LARGE_TEAM, PERSON)]
    assert codes == ["001", "002", "003"]

    with pytest.raises(Refused, match="already_entered"):
        actions.enter(case.pk, TEAM, by="test", at=NOON)
    with pytest.raises(Refused, match="too_many_categories"):
        actions.enter(case.pk, "partnership", by="test", at=NOON)
    with pytest.raises(Refused, match="unknown_category"):
        actions.enter(case.pk, "nonsense", by="test", at=NOON)


def test_a_withdrawn_entry_makes_room_for_another_try() -> None:
    entry = an_entry(submitted=True)
    actions.withdraw_entry(entry.pk, reason="Wrong text", by="test", at=NOON)

    assert actions.enter(entry.case_id, TEAM, by="test", at=NOON).code == "002"


def test_codes_run_on_after_those_that_were_imported() -> None:
    entry = an_entry()
    Entry.objects.filter(pk=entry.pk).update(code="A-7")
    assert an_entry(entry.edition).code == "001"
    Entry.objects.filter(code="001").update(code="0999")

    assert an_entry(entry.edition).code == "1000"
