"""The page of an entry that a lot decided about."""

import pytest
from django.test import Client

from tests.build import a_member
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, filled_in, in_stage, jury_of

pytestmark = pytest.mark.django_db


def test_an_entrys_page_says_among_which_entries_a_lot_was_drawn(client: Client) -> None:
    rules = "[{code: round, name: Round, mode: ranking, count: stv}]"
    stage = a_stage(a_judged_edition(stages=rules), "round")
    entries = {code: in_stage(stage, code) for code in "AB"}
    for juror, order in zip(jury_of(stage.edition, 2), ("AB", "BA"), strict=True):
        for rank, code in enumerate(order, 1):
            filled_in(stage, entries[code], juror, rank=rank)
    client.force_login(a_member(stage.edition.programme.organiser))

    pages = [
        client.get(f"/en/organiser/service-awards/2030/scores/round/{entry.public_id}/").content.decode()
        for entry in entries.values()
    ]

    told = ("in this order: A, B.", "in this order: B, A.")
    assert [sum(order in page for order in told) for page in pages] == [1, 1]
    assert all("How this place comes about" in page for page in pages)
