"""The rounding: who leads each class half-way, without scores."""

from datetime import UTC, date, datetime

import pytest

from kaaring.audit.queries import lines_of
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of
from kaaring.results import actions
from kaaring.results.models import Rounding
from kaaring.results.queries import leaders_at, rounding_of
from tests.results.build import LATER, a_member, a_participant, an_edition, by_phone

pytestmark = pytest.mark.django_db
HALFWAY = date(2021, 1, 31)
AFTERWARDS = datetime(2021, 3, 1, 12, tzinfo=UTC)


def an_edition_half_way() -> Edition:
    """Bo leads the banks until Ann's good days after half-way; Cy is alone in its class."""
    edition = an_edition()
    ann, bo = a_participant(edition, "ann"), a_participant(edition, "bo")
    by_phone(ann, 10, 10)
    by_phone(ann, 20, 20, 20, 20, at=AFTERWARDS)
    by_phone(bo, 15, 15)
    by_phone(a_participant(edition, "cy", "alarm"), 3, 4)
    return edition


def leaders(edition: Edition) -> list[str]:
    rounding = rounding_of(edition)
    return [] if rounding is None else [leader.participant.code for leader in rounding.leaders.all()]


def publish(edition: Edition, until: date = HALFWAY, because: str = "") -> Rounding:
    return actions.publish_rounding(edition, until, because=because, by="command", at=LATER)


def test_the_leader_of_each_class_at_the_end_of_the_day_is_published() -> None:
    edition = an_edition_half_way()
    owner = a_member()
    rounding = actions.publish_rounding(edition, HALFWAY, by=owner.public_id, at=LATER)

    assert leaders(edition) == ["bo", "cy"]
    assert (rounding.until, rounding.published_by, rounding.published_at) == (HALFWAY, owner, LATER)
    assert lines_of(chain_of(edition))[0].doing == "rounding_published"
    assert str(rounding) == "prisen/2021, rounding"
    assert [str(leader) for leader in rounding.leaders.all()] == ["Bo", "Cy"]


def test_those_who_share_the_lead_are_all_published() -> None:
    edition = an_edition_half_way()
    by_phone(a_participant(edition, "dee"), 10, 20)

    assert [row.participant.code for row in leaders_at(edition, HALFWAY)] == ["bo", "dee", "cy"]


def test_a_rounding_is_replaced_only_with_a_reason() -> None:
    edition = an_edition_half_way()
    publish(edition)
    with pytest.raises(Refused, match="reason_missing"):
        publish(edition, AFTERWARDS.date())
    publish(edition, AFTERWARDS.date(), because="The wrong day was chosen.")

    assert leaders(edition) == ["ann", "cy"]
    assert lines_of(chain_of(edition))[0].doing == "rounding_replaced"
    assert lines_of(chain_of(edition))[0].why == "The wrong day was chosen."


def test_a_rounding_looks_back_on_days_that_are_over_in_the_edition() -> None:
    edition = an_edition_half_way()
    late_in_oslo = datetime(2021, 1, 31, 23, 30, tzinfo=UTC)
    with pytest.raises(Refused, match="day_not_over"):
        actions.publish_rounding(edition, date(2021, 2, 1), by="command", at=late_in_oslo)
    actions.publish_rounding(edition, HALFWAY, by="command", at=late_in_oslo)

    assert leaders(edition) == ["bo", "cy"]


def test_without_a_leader_there_is_no_rounding() -> None:
    with pytest.raises(Refused, match="nobody_leads"):
        publish(an_edition_half_way(), date(2021, 1, 1))


def test_a_withdrawn_rounding_is_gone_but_the_log_remembers_why() -> None:
    edition = an_edition_half_way()
    publish(edition)
    with pytest.raises(Refused, match="reason_missing"):
        actions.withdraw_rounding(edition, reason="", by="command", at=LATER)
    actions.withdraw_rounding(edition, reason="Bo has left.", by="command", at=LATER)

    assert rounding_of(edition) is None
    assert lines_of(chain_of(edition))[0].why == "Bo has left."
    with pytest.raises(Refused, match="not_published"):
        actions.withdraw_rounding(edition, reason="Bo has left.", by="command", at=LATER)
