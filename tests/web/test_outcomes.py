"""What entrants read of how their entries did: from publishing on, and no more than the public reads."""

from typing import Any

import pytest
from django.test import Client

from kaaring.entries.models import Entry, Party
from kaaring.jury.models import Stage
from kaaring.programmes.models import Edition
from kaaring.results.actions import decide_nobody, publish_run, release_feedback, withdraw_run
from kaaring.results.queries.outcomes import outcomes_of
from tests.build import NOON
from tests.juried import an_entrant, an_organisation
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_award, an_idea, decide_for, in_stage
from tests.web.entrant import signed_in, text

pytestmark = pytest.mark.django_db
MINE = "/en/account/me/"
RESULT = "/en/service-awards/2030/results/idea/"
TWO_STAGES = "[{code: first, name: First, mode: pass_fail}, {code: marking, name: Marking, mode: scorecard}]"


def decided() -> Edition:
    """The jury has decided that A wins among A and B, and nothing is published."""
    edition = a_judged_edition()
    edition.awards.exclude(code="best-idea").delete()
    stage = a_stage(edition, "marking")
    winner = an_idea(stage, "A", (9, 9))
    an_idea(stage, "B", (5, 5))
    decide_for(winner)
    return edition


def pages(entry: Entry) -> list[str]:
    """The entrant's home, the case and my pages."""
    home = f"/en/entrant/{entry.edition.programme.slug}/{entry.edition.slug}/"
    return [home, f"{home}cases/{entry.case.public_id}/", MINE]


def an_owner_of(code: str) -> tuple[Client, Entry]:
    entry = Entry.objects.get(code=code)
    return signed_in(an_entrant(entry.case.organisation)), entry


@pytest.mark.parametrize("which", [0, 1, 2])
def test_nobody_reads_an_outcome_before_it_is_published_or_once_it_is_withdrawn(which: int) -> None:
    edition = decided()
    client, entry = an_owner_of("A")
    page = pages(entry)[which]

    def told() -> bool:
        return "Best idea: Winner" in text(client.get(page))

    assert not told()
    assert "entries did" not in text(client.get(page))
    run = publish_run(edition, by="test", at=NOON)
    assert told()
    withdraw_run(run, reason="A slip.", by="test", at=NOON)
    assert not told()
    assert "entries did" not in text(client.get(page))


@pytest.mark.parametrize("which", [0, 1, 2])
def test_winners_and_others_read_what_they_got_with_the_result_and_the_feedback(which: int) -> None:
    edition = decided()
    publish_run(edition, by="test", at=NOON)
    winner, won = an_owner_of("A")
    other, lost = an_owner_of("B")

    page = text(winner.get(pages(won)[which]))
    assert "Best idea: Winner" in page
    assert f'href="{RESULT}"' in page
    assert f"entries/{won.public_id}/feedback/" not in page
    page = text(other.get(pages(lost)[which]))
    assert "No award this time" in page
    assert "Winner" not in page
    assert f'href="{RESULT}"' in page

    release_feedback(edition, shows_band=True, by="test", at=NOON)

    page = text(winner.get(pages(won)[which]))
    assert f"entries/{won.public_id}/feedback/" in page
    assert lost.public_id not in page


def test_a_partner_reads_it_and_a_stranger_reads_nothing() -> None:
    edition = decided()
    _client, entry = an_owner_of("A")
    partner = an_organisation(edition.programme.organiser)
    Party.objects.create(case=entry.case, organisation=partner)
    publish_run(edition, by="test", at=NOON)
    stranger = signed_in(an_entrant(an_organisation(edition.programme.organiser)))

    for page in (pages(entry)[0], MINE):
        assert "Best idea: Winner" in text(signed_in(an_entrant(partner)).get(page))
        assert "Best idea" not in text(stranger.get(page))


def test_who_withdrew_or_never_submitted_reads_of_no_outcome() -> None:
    edition = decided()
    publish_run(edition, by="test", at=NOON)
    Entry.objects.filter(code="B").update(withdrawn_at=NOON, withdrawn_reason="Sold.")
    Entry.objects.filter(code="A").update(submitted_at=None)

    assert outcomes_of(Entry.objects.filter(edition=edition)) == []


def test_where_nothing_was_judged_or_decided_the_link_leads_to_all_results() -> None:
    edition = decided()
    entry = in_stage(Stage.objects.get(edition=edition), "C", category="centre")
    entry.admissions.all().delete()
    publish_run(edition, by="test", at=NOON)
    client, _entry = an_owner_of("C")

    page = text(client.get(pages(entry)[0]))

    assert 'href="/en/service-awards/2030/"' in page.partition("How your entries did")[2]
    assert client.get("/en/service-awards/2030/results/centre/").status_code == 404


def test_a_category_in_which_nobody_won_has_a_page_too() -> None:
    edition = a_judged_edition()
    edition.awards.exclude(code="best-idea").delete()
    an_idea(a_stage(edition, "marking"), "A", (2, 2))
    decide_nobody(an_award(edition), reason="None was good enough.", by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)

    (outcome,) = outcomes_of(Entry.objects.filter(edition=edition))

    assert (outcome.given, outcome.has_page) == ([], True)


@pytest.mark.parametrize("count", [1, 20])
def test_outcomes_take_the_same_queries_for_many_as_for_one(
    count: int, django_assert_max_num_queries: Any
) -> None:
    entries = []
    for number in range(2):
        edition = a_judged_edition(slug=f"awards-{number}", awards=False)
        stage = a_stage(edition, "marking")
        entries += [an_idea(stage, f"N{each}", (5, 5)) for each in range(count)]
        publish_run(edition, by="test", at=NOON)
    mine = Entry.objects.select_related("category").filter(pk__in=[one.pk for one in entries])

    with django_assert_max_num_queries(5):
        assert len(outcomes_of(mine)) == 2 * count
