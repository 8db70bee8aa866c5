"""What the rules said of an entry, as those who judge it read it."""

from kaaring.entries.rules.record import rules_told


def a_record(rule: str, outcome: str, **more: object) -> dict[str, object]:
    """Return what is kept of one rule."""
    return {"rule": rule, "outcome": outcome, "reason": {"en": f"{rule}: {outcome}"}, **more}


def test_that_what_a_met_rule_denies_is_not_met_is_no_fault_to_tell() -> None:
    denied = a_record("not", "met", of=[a_record("does", "not_met")])

    assert [one.outcome for one in rules_told([denied], with_names=True)] == ["met"]


def test_what_another_rule_is_made_of_is_told_beneath_it() -> None:
    either = a_record("any_of", "met", of=[a_record("does", "not_met"), a_record("size", "met")])

    assert [one.outcome for one in rules_told([either], with_names=True)] == ["met", "not_met", "met"]
