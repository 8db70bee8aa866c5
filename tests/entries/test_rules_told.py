"""What the rules said of an entry, as those who judge it read it."""

from kaaring.entries.rules.record import SEALED, Protected, rules_told


def a_record(rule: str, outcome: str, **more: object) -> dict[str, object]:
    """Return what is kept of one rule."""
    return {"rule": rule, "outcome": outcome, "reason": {"en": f"{rule}: {outcome}"}, **more}


def test_that_what_a_met_rule_denies_is_not_met_is_no_fault_to_tell() -> None:
    denied = a_record("not", "met", of=[a_record("does", "not_met")])

    assert [one.outcome for one in rules_told([denied], with_names=True)] == ["met"]


def test_alternatives_stand_beneath_the_one_rule_that_they_make() -> None:
    either = a_record("any_of", "met", of=[a_record("does", "not_met"), a_record("size", "met")])

    for with_names in (True, False):
        (told,) = rules_told([either], with_names=with_names)
        assert (told.outcome, told.reason) == ("met", {})
        assert [one.outcome for one in told.of] == ["not_met", "met"]


def test_rules_that_must_all_hold_stand_one_by_one() -> None:
    both = a_record("all_of", "not_met", of=[a_record("does", "not_met"), a_record("size", "met")])

    told = rules_told([both], with_names=True)

    assert [(one.outcome, one.of) for one in told] == [("not_met", ()), ("met", ())]


def test_an_alternative_of_several_rules_is_one_alternative() -> None:
    both = a_record("all_of", "met", of=[a_record("does", "met"), a_record("size", "met")])
    either = a_record("any_of", "met", of=[both, a_record("attestation", "cannot_tell")])

    (told,) = rules_told([either], with_names=True)
    (nameless,) = rules_told([either], with_names=False)

    assert [one.reason for one in told.of] == [both["reason"], {"en": "attestation: cannot_tell"}]
    assert [one.reason for one in nameless.of] == [both["reason"]]


def test_how_rules_about_protected_answers_came_out_is_told_only_to_who_opened_them() -> None:
    record = a_record("does", "met", is_protected=True)

    assert rules_told([record], with_names=True) == []
    (sealed,) = rules_told([record], with_names=True, protected=Protected.SEALED)
    (opened,) = rules_told([record], with_names=True, protected=Protected.OPENED)

    assert (sealed.outcome, opened.outcome) == (SEALED, "met")
