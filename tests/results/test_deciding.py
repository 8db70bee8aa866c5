"""Awards: proposed by measurement, decided by people, taken back with a reason."""

from typing import Any

import pytest

from kaaring.audit.queries import lines_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Award, Edition
from kaaring.programmes.queries import chain_of
from kaaring.results import actions
from kaaring.results.models import Decision
from kaaring.results.queries import Proposal, decisions_in_force, decisions_made, proposals_of
from kaaring.survey.models import CompetitionClass, Participant
from tests.results.build import AWARDS, LATER, a_member, a_participant, an_edition, by_phone

pytestmark = pytest.mark.django_db


def an_edition_with_scores(**changes: Any) -> Edition:
    """Ann leads the banks before Bo; Cy is alone in the alarm class; Dee has no place."""
    edition = an_edition(**changes)
    by_phone(a_participant(edition, "ann"), 20, 18)
    by_phone(a_participant(edition, "bo"), 18, 18)
    by_phone(a_participant(edition, "cy", "alarm"), 1, 2)
    by_phone(a_participant(edition, "dee", "alarm"), 20)
    return edition


def an_award(code: str) -> Award:
    return Award.objects.select_related("edition__programme").get(code=code)


def somebody(code: str) -> Participant:
    return Participant.objects.get(code=code)


def the_banks(edition: Edition) -> CompetitionClass:
    return CompetitionClass.objects.get(code="banks", edition=edition)


def decide(code: str, *participants: str, **more: Any) -> list[Decision]:
    who = [somebody(one) for one in participants]
    return actions.decide_award(an_award(code), who, by="command", at=LATER, **more)


def proposed(edition: Edition) -> dict[str, Proposal]:
    return {proposal.name: proposal for proposal in proposals_of(edition)}


def codes(proposal: Proposal) -> list[str]:
    return [row.participant.code for row in proposal.leaders]


def test_who_leads_is_proposed_over_all_and_in_each_class() -> None:
    proposals = proposed(an_edition_with_scores())

    assert {name: codes(one) for name, one in proposals.items()} == {
        "Best of all": ["ann"],
        "Class winner, Banks": ["ann"],
        "Class winner, alarm": ["cy"],
        "Feat of the year": [],
    }
    assert [one.is_open for one in proposals.values()] == [True, True, True, False]


def test_those_who_cannot_be_told_apart_from_the_leader_are_named() -> None:
    proposal = proposed(an_edition_with_scores())["Best of all"]

    assert [row.participant.code for row in proposal.close] == ["bo"]


def test_a_shared_lead_is_proposed_to_all_who_share_it() -> None:
    edition = an_edition()
    by_phone(a_participant(edition, "ann"), 20, 10)
    by_phone(a_participant(edition, "bo"), 15, 15)

    assert codes(proposed(edition)["Best of all"]) == ["ann", "bo"]


def test_an_award_of_a_jury_is_not_proposed_here() -> None:
    award = {"code": "case", "name": "Best case", "by": "jury", "category": "cases"}
    edition = an_edition_with_scores(awards=[*AWARDS[:1], award])

    assert list(proposed(edition)) == ["Best of all"]
    with pytest.raises(Refused, match="by_jury"):
        decide("case", "ann")


def test_a_decision_says_who_when_and_why() -> None:
    edition = an_edition_with_scores()
    owner = a_member()
    (decision,) = actions.decide_award(
        an_award("best"),
        [somebody("bo")],
        reason=" Ann has withdrawn. ",
        quote={"en": " So kind! ", "nb": ""},
        by=owner.public_id,
        at=LATER,
    )
    line = lines_of(chain_of(edition))[0]

    assert (decision.decided_by, decision.decided_at, decision.reason) == (owner, LATER, "Ann has withdrawn.")
    assert decision.quote == {"en": "So kind!"}
    assert (line.doing, line.about, line.why) == ("award_decided", "Best of all", "Ann has withdrawn.")
    assert line.details == {"participants": ["bo"]}


def test_deciding_against_the_measurement_needs_a_reason() -> None:
    an_edition_with_scores()
    with pytest.raises(Refused, match="reason_missing"):
        decide("best", "bo")
    with pytest.raises(Refused, match="reason_missing"):
        decide("best", "ann", "bo")
    assert not Decision.objects.exists()


def test_an_award_is_decided_once_until_the_decision_is_revoked() -> None:
    edition = an_edition_with_scores()
    (decision,) = decide("best", "ann")
    with pytest.raises(Refused, match="already_decided"):
        decide("best", "ann")
    actions.revoke_decision(decision, reason="Look again.", by="command", at=LATER)
    decide("best", "ann")

    assert [one.participant.code for one in decisions_in_force(edition)] == ["ann"]
    assert [one.revoked_reason for one in decisions_made(edition)] == ["", "Look again."]


def test_a_decision_is_revoked_once_and_never_without_a_reason() -> None:
    edition = an_edition_with_scores()
    owner = a_member()
    (decision,) = decide("best", "ann")
    with pytest.raises(Refused, match="reason_missing"):
        actions.revoke_decision(decision, reason="", by="command", at=LATER)
    revoked = actions.revoke_decision(decision, reason="Look again.", by=owner.public_id, at=LATER)
    with pytest.raises(Refused, match="already_revoked"):
        actions.revoke_decision(decision, reason="Look again.", by="command", at=LATER)

    assert (revoked.revoked_by, revoked.revoked_at) == (owner, LATER)
    assert lines_of(chain_of(edition))[0].doing == "decision_revoked"
    assert proposed(edition)["Best of all"].is_open


def test_an_award_in_each_class_names_the_class_and_one_among_all_names_none() -> None:
    edition = an_edition_with_scores()
    with pytest.raises(Refused, match="class_does_not_fit") as missing:
        decide("class-winner", "ann")
    with pytest.raises(Refused, match="class_does_not_fit") as needless:
        decide("best", "ann", competition_class=the_banks(edition))
    assert missing.value.reason != needless.value.reason


def test_an_award_goes_to_members_of_its_class_and_edition() -> None:
    edition = an_edition_with_scores()
    with pytest.raises(Refused, match="not_in_class"):
        decide("class-winner", "cy", competition_class=the_banks(edition))
    best = an_award("best")
    stranger = a_participant(an_edition(slug="2022"), "zoe")
    with pytest.raises(Refused, match="not_in_edition"):
        actions.decide_award(best, [stranger], by="command", at=LATER)


def test_an_award_goes_to_somebody() -> None:
    an_edition_with_scores()
    with pytest.raises(Refused, match="nobody_chosen"):
        decide("best")


def test_an_appointed_award_needs_a_citation_and_no_measurement() -> None:
    edition = an_edition_with_scores()
    with pytest.raises(Refused, match="citation_missing"):
        decide("feat", "dee", citation={"en": " "})
    (decision,) = decide("feat", "dee", citation={"en": "For calm in the storm."})

    assert decision.citation == {"en": "For calm in the storm."}
    proposal = proposed(edition)["Feat of the year"]
    assert proposal.decisions == (decision,)
    assert not proposal.is_contradicted


def test_several_can_share_an_award_with_a_reason() -> None:
    edition = an_edition_with_scores()
    decide("best", "ann", "bo", reason="Too close to tell.")

    assert len(proposed(edition)["Best of all"].decisions) == 2
    assert not proposed(edition)["Best of all"].is_contradicted


def test_a_decision_overtaken_by_the_measurement_is_contradicted() -> None:
    edition = an_edition_with_scores()
    decide("best", "ann")
    by_phone(somebody("ann"), 0, 0)

    assert proposed(edition)["Best of all"].is_contradicted


def test_all_open_awards_are_decided_as_measured_at_once() -> None:
    edition = an_edition_with_scores()
    decide("best", "bo", reason="Ann has withdrawn.")
    decided = actions.decide_open_awards(edition, by="command", at=LATER)

    assert [(one.award.code, one.participant.code) for one in decided] == [
        ("class-winner", "ann"),
        ("class-winner", "cy"),
    ]
    with pytest.raises(Refused, match="nothing_open"):
        actions.decide_open_awards(edition, by="command", at=LATER)
