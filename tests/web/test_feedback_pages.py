"""Feedback and remarks as pages: who finds them, and when."""

import io
from html import unescape
from typing import Any

import pypdf
import pytest
from django.test import Client

from kaaring.entries.models import Entry, Party
from kaaring.jury.models import Scorecard, Stage
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from kaaring.results.actions import publish_run, release_feedback, withdraw_run
from kaaring.results.queries.feedback import release_of
from tests.build import NOON, a_member, a_user, an_organiser
from tests.juried import an_entrant, an_organisation
from tests.jury.marking import a_juror_of
from tests.reports.test_feedback import FIVE, RECORD, a_stage_of, entry
from tests.results.jury import an_idea, jury_of
from tests.web.entrant import signed_in, text

pytestmark = pytest.mark.django_db


def address(edition: Edition, rest: str, audience: str = "organiser") -> str:
    return f"/en/{audience}/{edition.programme.slug}/{edition.slug}/{rest}"


def of_entry(one: Entry, rest: str = "feedback/") -> str:
    return address(one.edition, f"entries/{one.public_id}/{rest}", "entrant")


def published(*, released: bool = True, shows_band: bool = False) -> Stage:
    """Five ideas, marked and published, with feedback let out."""
    stage = a_stage_of(FIVE)
    publish_run(stage.edition, by="test", at=NOON)
    if released:
        release_feedback(stage.edition, shows_band=shows_band, by="test", at=NOON)
    return stage


def an_owner(edition: Edition, role: str = MemberRole.OWNER) -> Client:
    return signed_in(a_member(edition.programme.organiser, role))


@pytest.mark.parametrize("rest", ["feedback/", "feedback.pdf"])
def test_an_entrant_reads_their_own_feedback_and_nobody_else_does(rest: str) -> None:
    stage = published()
    own = entry("A")
    path = of_entry(own, rest)

    assert signed_in(an_entrant(own.case.organisation)).get(path).status_code == 200
    strangers = (
        a_user(),
        an_entrant(entry("B").case.organisation),
        an_entrant(an_organisation(stage.edition.programme.organiser)),
        a_member(stage.edition.programme.organiser),
        jury_of(stage.edition, 1)[0].user,
    )
    for stranger in strangers:
        assert stranger is not None
        assert signed_in(stranger).get(path).status_code == 404
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("rest", ["feedback/", "feedback.pdf"])
def test_there_is_no_feedback_before_it_is_released_or_while_results_are_withdrawn(rest: str) -> None:
    stage = published(released=False)
    client, path = signed_in(an_entrant(entry("A").case.organisation)), of_entry(entry("A"), rest)
    assert client.get(path).status_code == 404

    release_feedback(stage.edition, shows_band=True, by="test", at=NOON)
    assert client.get(path).status_code == 200

    withdraw_run(stage.edition.runs.get(), reason="A wrong mark.", by="test", at=NOON)
    assert client.get(path).status_code == 404


def test_a_partner_of_the_case_reads_it_too() -> None:
    stage = published()
    partner = an_organisation(stage.edition.programme.organiser)
    Party.objects.create(case=entry("A").case, organisation=partner)

    assert signed_in(an_entrant(partner)).get(of_entry(entry("A"))).status_code == 200


def test_a_withdrawn_entry_has_none() -> None:
    published()
    Entry.objects.filter(code="A").update(withdrawn_at=NOON, withdrawn_reason="Sold.")

    client = signed_in(an_entrant(entry("A").case.organisation))

    assert client.get(of_entry(entry("A"))).status_code == 404


def test_the_page_shows_ones_own_marks_beside_quartiles_and_no_other_entrant() -> None:
    stage = published()
    page = text(signed_in(an_entrant(entry("A").case.organisation)).get(of_entry(entry("A"))))

    assert "the entry has the score 62.0 of 100, from 1 juror" in page
    assert "Yours: 90.0, lower quartile 30, median 50, upper quartile 70" in page
    assert "Strongest beside the others: “Idea”, with 90.0 where the median is 50." in page
    assert "Its place is in" not in page
    for code in "BCDE":
        assert f"House of {code}" not in page
    assert jury_of(stage.edition, 1)[0].name not in page


def test_the_quarter_stands_there_where_the_organiser_chose_so() -> None:
    published(shows_band=True)

    page = text(signed_in(an_entrant(entry("D").case.organisation)).get(of_entry(entry("D"))))

    assert "Its place is in the best quarter." in page


def test_with_five_entries_a_quartile_is_anothers_figure_and_the_pages_do_not_deny_it() -> None:
    stage = published()
    own, upper = signed_in(an_entrant(entry("A").case.organisation)), "46"  # the score of B and of E

    page = text(own.get(of_entry(entry("A"))))
    organisers = text(an_owner(stage.edition).get(address(stage.edition, "feedback/")))

    assert f"{upper}</td>" in page
    assert "A quartile or the median can be exactly the figure of one of the entries." in page
    assert "a quartile can be exactly another entry's figure" in unescape(organisers)
    assert "Never another entrant" not in organisers


def test_what_a_rule_says_stands_between_the_quotation_marks_of_the_reader() -> None:
    published()
    own = entry("A")
    own.eligibility = [RECORD]
    own.save()

    page = text(signed_in(an_entrant(own.case.organisation)).get(of_entry(own).replace("/en/", "/nb/")))

    assert "«<span lang" in page or "«at most 50»" in page
    assert "“" not in page.partition("<main")[2]


def test_an_entrants_home_leads_to_the_feedback_once_there_is_some() -> None:
    stage = published(released=False)
    client = signed_in(an_entrant(entry("A").case.organisation))
    home = address(stage.edition, "", "entrant")
    assert of_entry(entry("A")) not in text(client.get(home))

    release_feedback(stage.edition, shows_band=False, by="test", at=NOON)

    page = text(client.get(home))
    assert "How your entries did" in page
    assert of_entry(entry("A")) in page
    assert entry("B").public_id not in page


def test_the_document_has_a_name_and_the_language_of_the_page() -> None:
    published()
    client = signed_in(an_entrant(entry("A").case.organisation))

    response = client.get(of_entry(entry("A"), "feedback.pdf").replace("/en/", "/ru/"))

    assert response["Content-Type"] == "application/pdf"
    assert 'filename="service-awards-2030-A-feedback-ru.pdf"' in response["Content-Disposition"]
    assert pypdf.PdfReader(io.BytesIO(response.content)).trailer["/Root"]["/Lang"] == "ru"


def test_the_organiser_looks_at_any_entry_before_letting_it_out() -> None:
    stage = published(released=False)
    client = an_owner(stage.edition)

    page = text(client.get(address(stage.edition, "feedback/")))
    preview = client.get(address(stage.edition, f"feedback/entries/{entry('A').public_id}/"))
    pdf = client.get(address(stage.edition, f"feedback/entries/{entry('A').public_id}/feedback.pdf"))

    assert "Not released: nobody but you can read it." in page
    assert "Case A" in page
    assert "the entry has the score 62.0 of 100" in text(preview)
    assert pdf["Content-Type"] == "application/pdf"


def test_before_the_results_are_published_the_page_leads_to_publishing() -> None:
    stage = a_stage_of()
    client = an_owner(stage.edition)

    page = text(client.get(address(stage.edition, "feedback/")))

    assert "First the results" in page
    assert client.get(address(stage.edition, f"feedback/entries/{entry('A').public_id}/")).status_code == 404


def test_feedback_is_released_changed_and_withdrawn_from_the_page() -> None:
    stage = published(released=False)
    client = an_owner(stage.edition)

    client.post(address(stage.edition, "feedback/release/"), {"shows_band": "on"})
    release = release_of(stage.edition)
    assert release is not None
    assert release.shows_band
    assert "Entrants learn in which quarter" in text(client.get(address(stage.edition, "feedback/")))

    again = client.post(address(stage.edition, "feedback/release/"), {"shows_band": "on"})
    assert (again.status_code, "Feedback is released already, and" in text(again)) == (409, True)

    unsaid = client.post(address(stage.edition, "feedback/withdraw/"), {"reason": ""})
    assert unsaid.status_code == 409
    client.post(address(stage.edition, "feedback/withdraw/"), {"reason": "Too early."})
    assert release_of(stage.edition) is None


def a_remark(stage: Stage, code: str = "A", remark: str = "A clear case.") -> Scorecard:
    """A remark that waits."""
    card = Scorecard.objects.get(assignment__entry__code=code)
    card.remark = remark
    card.save()
    return card


def test_remarks_wait_for_the_organiser_with_the_juror_s_name() -> None:
    stage = a_stage_of()
    a_remark(stage)

    page = text(an_owner(stage.edition).get(address(stage.edition, "jury/remarks/")))

    assert "A clear case." in page
    assert jury_of(stage.edition, 1)[0].name in page
    assert "1 remark to look at." in page


def test_a_remark_is_released_edited_or_held_back_from_the_page() -> None:
    stage = a_stage_of()
    card = a_remark(stage)
    client, path = an_owner(stage.edition), address(stage.edition, f"jury/remarks/{card.public_id}/")

    client.post(f"{path}release/", {"text": "Said otherwise."})
    card.refresh_from_db()
    assert card.moderated == "Said otherwise."
    assert "Said otherwise." in text(client.get(address(stage.edition, "jury/remarks/?state=released")))

    client.post(f"{path}hold-back/")
    card.refresh_from_db()
    assert card.moderated == ""
    assert "A clear case." in text(client.get(address(stage.edition, "jury/remarks/?state=held")))

    empty = client.post(f"{path}release/", {"text": " "})
    assert (empty.status_code, "Nothing is left of the remark" in text(empty)) == (409, True)


def test_what_was_typed_stays_where_it_could_not_be_released() -> None:
    stage = a_stage_of()
    card = a_remark(stage)

    page = an_owner(stage.edition).post(
        address(stage.edition, f"jury/remarks/{card.public_id}/release/"), {"text": "x" * 20_001}
    )

    assert page.status_code == 409
    assert "x" * 20_001 in text(page)


def test_all_waiting_remarks_are_released_with_one_button() -> None:
    stage = a_stage_of()
    for code in FIVE:
        a_remark(stage, code)

    response = an_owner(stage.edition).post(address(stage.edition, "jury/remarks/release/"), follow=True)

    assert "5 remarks are released." in text(response)
    assert set(Scorecard.objects.values_list("moderated", flat=True)) == {"A clear case."}


PAGES = ("feedback/", "jury/remarks/")
DOINGS = ("feedback/release/", "feedback/withdraw/", "jury/remarks/release/")


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_sees_the_pages_and_does_nothing(role: str) -> None:
    stage = published(released=False)
    card = a_remark(stage)
    client = an_owner(stage.edition, role)

    for page in PAGES:
        response = client.get(address(stage.edition, page))
        assert response.status_code == 200
        assert "<form" not in text(response).partition("<main")[2]
    for doing in (*DOINGS, *(f"jury/remarks/{card.public_id}/{what}/" for what in ("release", "hold-back"))):
        assert client.post(address(stage.edition, doing), {"text": "x", "reason": "x"}).status_code == 404
    assert release_of(stage.edition) is None


def test_strangers_find_none_of_it() -> None:
    stage = published()
    card = a_remark(stage)
    strangers = (
        a_member(an_organiser("elsewhere")),
        an_entrant(entry("A").case.organisation),
        a_juror_of(stage.edition).user,
    )
    for stranger in strangers:
        assert stranger is not None
        client = signed_in(stranger)
        for page in (*PAGES, f"feedback/entries/{entry('A').public_id}/"):
            assert client.get(address(stage.edition, page)).status_code == 404
        for doing in (*DOINGS, f"jury/remarks/{card.public_id}/release/"):
            assert client.post(address(stage.edition, doing), {"text": "x"}).status_code == 404


def test_a_remark_of_another_edition_is_not_found() -> None:
    stage, other = a_stage_of(), a_stage_of({"X": (5, 5)}, slug="other-awards")
    card = a_remark(other, "X")

    response = an_owner(stage.edition).post(
        address(stage.edition, f"jury/remarks/{card.public_id}/release/"), {"text": "x"}
    )

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("page", "most"), [("feedback/", 14), ("jury/remarks/", 11)])
def test_the_number_of_queries_does_not_grow_with_the_entries(
    count: int, page: str, most: int, django_assert_max_num_queries: Any
) -> None:
    stage = a_stage_of({})
    for number in range(count):
        an_idea(stage, f"N{number:02}", (5, 5))
    Scorecard.objects.update(remark="A clear case.")
    publish_run(stage.edition, by="test", at=NOON)
    client = an_owner(stage.edition)

    with django_assert_max_num_queries(most):
        assert client.get(address(stage.edition, page)).status_code == 200


def test_the_feedback_of_one_among_thirty_takes_no_more_queries(django_assert_max_num_queries: Any) -> None:
    for count, slug in ((1, "few-awards"), (30, "many-awards")):
        stage = a_stage_of({f"{slug}{number:02}": (5, 5) for number in range(count)}, slug=slug)
        publish_run(stage.edition, by="test", at=NOON)
        release_feedback(stage.edition, shows_band=True, by="test", at=NOON)
        own = entry(f"{slug}00")
        client = signed_in(an_entrant(own.case.organisation))

        with django_assert_max_num_queries(16):
            client.get(of_entry(own))
