"""The reading page: the case, the scorecard, and what is saved of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kaaring.entries.models import Attachment, Entry, Figure, Nominee, Party, ProtectedFact
from kaaring.jury.actions.scorecards import save_draft, submit_scorecard
from kaaring.jury.models import Assignment, Recusal, Scorecard
from kaaring.jury.sheets import sheet_of
from tests.build import NOON, a_user
from tests.jury.marking import (
    a_conflict,
    a_juried_edition_of,
    a_juror_of,
    a_sheet,
    a_stage,
    an_assignment,
    an_entry_of,
    an_organisation,
    by_juror,
    stored,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
SENT = {"mark-actions": "8", "mark-results": "5", "mark-other": "10", "share-other": "50"}


def an_open_stage(edition: Any, code: str = "marking", **changes: Any) -> Any:
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    return a_stage(edition, code, **{**times, **changes})


def a_desk(code: str = "marking", **changes: Any) -> Assignment:
    return an_assignment(an_open_stage(a_juried_edition_of(), code), **changes)


def signed_in(desk: Assignment) -> Client:
    assert desk.juror.user is not None
    client = Client()
    client.force_login(desk.juror.user)
    return client


def page_of(desk: Assignment, view: str = "") -> str:
    return f"/en/juror/service-awards/2030/{desk.stage.code}/{desk.entry.public_id}/{view}"


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_the_page_shows_the_case_the_criteria_and_how_discretion_is_read() -> None:
    desk = a_desk()
    Figure.objects.create(case=desk.entry.case, name="Answer time", unit="seconds", before=1996, after="20.5")

    page = shown(signed_in(desk), page_of(desk))

    for words in (
        desk.entry.case.title,
        "What we say about actions.",
        "Training and follow-up",
        "This jury counts the weight as a ceiling",
        "20 % counts",
        "As is usual",
        "20.5",
        "1\u00a0996",
        "−1\u00a0975.5",
        "1 of 1",
        desk.entry.case.organisation.name,
    ):
        assert words in page, words


def test_strangers_the_recused_and_the_removed_find_no_page() -> None:
    desk = a_desk()
    other = an_assignment(desk.stage)
    stranger = Client()
    stranger.force_login(a_user())
    assert stranger.get(page_of(desk)).status_code == 404
    assert signed_in(other).get(page_of(desk)).status_code == 404
    assert "login" in Client().get(page_of(desk)).headers["Location"]

    a_conflict(desk)
    assert signed_in(desk).get(page_of(desk)).status_code == 404
    other.juror.removed_at, other.juror.removed_reason = NOON, "Left."
    other.juror.save()
    assert signed_in(other).get(page_of(other)).status_code == 404


def test_protected_facts_are_never_on_the_page() -> None:
    desk = a_desk()
    ProtectedFact.objects.create(case=desk.entry.case, fact="health", value="Gluten allergy", given_at=NOON)
    Entry.objects.filter(pk=desk.entry.pk).update(
        eligibility=[
            {"rule": "subject", "outcome": "met", "reason": {"en": "It is a team."}, "wording": {}},
            {
                "rule": "attestation",
                "outcome": "met",
                "reason": {"en": "Gluten allergy declared."},
                "wording": {},
                "is_protected": True,
            },
        ]
    )

    page = shown(signed_in(desk), page_of(desk))

    assert "It is a team." in page
    assert "Gluten" not in page


def test_where_names_are_hidden_nothing_that_carries_one_is_shown() -> None:
    edition = a_juried_edition_of()
    owner, partner = an_organisation(edition, "Secret Shop"), an_organisation(edition, "Hidden Partner")
    entry = an_entry_of(edition, organisation=owner)
    Party.objects.create(case=entry.case, organisation=partner, text="We, Hidden Partner, agree.")
    Nominee.objects.create(case=entry.case, name="Kari Nordmann")
    Attachment.objects.create(
        case=entry.case,
        name="Secret Shop plan.pdf",
        content_type="application/pdf",
        size=1000,
        sha256="0" * 64,
        stored_as="x",
        added_at=NOON,
    )
    record = {
        "rule": "attestation",
        "outcome": "met",
        "reason": {"en": "Declared by Kari Nordmann."},
        "wording": {"en": "The head agrees."},
    }
    Entry.objects.filter(pk=entry.pk).update(eligibility=[record])
    hidden = an_assignment(an_open_stage(edition, "screening"), entry)
    open_ = an_assignment(an_open_stage(edition, "marking"), entry, hidden.juror)
    client = signed_in(hidden)

    for view in ("", "paper/"):
        page = shown(client, page_of(hidden, view))
        for name in ("Secret Shop", "Hidden Partner", "Kari Nordmann"):
            assert name not in page, (view, name)
        assert "Attachment 1" in page
        assert "The head agrees." in page
    page = shown(client, page_of(open_))
    for name in ("Secret Shop", "Hidden Partner", "Kari Nordmann", "Secret Shop plan.pdf"):
        assert name in page, name


def test_what_is_typed_is_saved_and_the_page_says_when() -> None:
    desk = a_desk()
    client = signed_in(desk)

    answer = client.post(page_of(desk, "save/"), {"version": "0", **SENT, "comment-actions": "Rare."}, **HTMX)

    assert answer.status_code == 200
    part = answer.content.decode()
    assert "Saved" in part
    assert 'value="1" hx-swap-oob="true"' in part
    assert "Your marks make 62.0 of 100." in part
    assert sheet_of(stored(desk)).marks["actions"].comment == "Rare."


def test_without_javascript_saving_comes_back_to_the_page() -> None:
    desk = a_desk()
    client = signed_in(desk)

    answer = client.post(page_of(desk, "save/"), {"version": "0", "mark-actions": "7"}, follow=True)

    page = answer.content.decode()
    assert "Your draft is saved." in page
    assert 'value="7" checked' in page
    assert "2 criteria are open" in page


def test_a_draft_changed_in_another_window_is_refused_with_both_ways_out_and_nothing_lost() -> None:
    desk = a_desk()
    client = signed_in(desk)
    client.post(page_of(desk, "save/"), {"version": "0", "mark-actions": "1"})
    client.post(page_of(desk, "save/"), {"version": "1", "mark-actions": "2"})
    typed = {"version": "1", "mark-actions": "3", "comment": "My long thoughts."}

    part = client.post(page_of(desk, "save/"), typed, **HTMX)
    page = client.post(page_of(desk, "save/"), typed)

    assert part.status_code == page.status_code == 409
    for answer in (part, page):
        assert "was changed in another window" in answer.content.decode()
        assert 'name="over" value="2"' in answer.content.decode()
    text = page.content.decode()
    assert "My long thoughts." in text
    assert 'value="3" checked' in text
    assert 'id="version" value="1"' in text
    assert client.post(page_of(desk, "save/"), {**typed, "over": "2"}, follow=True).status_code == 200
    assert sheet_of(stored(desk)).marks["actions"].steps == 3


def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost() -> None:
    desk = a_desk()
    client = signed_in(desk)
    typed = {"version": "0", "mark-actions": "7.5", "share-other": "lots", "comment": "My thoughts."}

    part = client.post(page_of(desk, "save/"), typed, **HTMX)
    page = client.post(page_of(desk, "check/"), typed)

    assert part.status_code == page.status_code == 422
    assert "“7.5” is not a mark on the scale." in part.content.decode()
    assert "“lots” is not a whole number from 0 to 100." in page.content.decode()
    assert "My thoughts." in page.content.decode()
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize("mark", ["1e999999999", "9" * 5000, "-1", "11", "٣"])
def test_marks_that_are_no_marks_are_refused_quickly(mark: str) -> None:
    desk = a_desk()

    answer = signed_in(desk).post(page_of(desk, "save/"), {"version": "0", "mark-actions": mark}, **HTMX)

    assert answer.status_code == 422


def test_an_unfinished_scorecard_cannot_be_submitted_and_stays_as_typed() -> None:
    desk = a_desk()
    client = signed_in(desk)

    answer = client.post(page_of(desk, "check/"), {"version": "0", "mark-actions": "7"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2 criteria are still open." in page
    assert "Results: no mark yet." in page
    assert 'id="version" value="1"' in page
    assert sheet_of(stored(desk)).marks["actions"].steps == 7
    assert client.get(page_of(desk, "submit/")).status_code == 302


def test_a_complete_scorecard_is_looked_at_once_more_and_then_final() -> None:
    desk = a_desk()
    following = an_assignment(desk.stage, juror=desk.juror)
    client = signed_in(desk)

    look = client.post(page_of(desk, "check/"), {"version": "0", **SENT, "remark": "Well done."}, follow=True)
    assert look.redirect_chain[-1][0] == page_of(desk, "submit/")
    assert "Well done." in look.content.decode()
    assert not stored(desk).is_final
    answer = client.post(page_of(desk, "final/"), {"version": "1"})

    assert answer.headers["Location"] == page_of(following)
    assert stored(desk).is_final
    assert "is final." in client.get(answer.headers["Location"]).content.decode()


def test_after_the_last_one_the_juror_comes_home() -> None:
    desk = a_desk()
    client = signed_in(desk)
    client.post(page_of(desk, "save/"), {"version": "0", **SENT})

    answer = client.post(page_of(desk, "final/"), {"version": "1"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/en/juror/service-awards/2030/"
    assert "Everything here is final." in answer.content.decode()


def test_the_second_tab_is_told_that_the_scorecard_is_already_final() -> None:
    desk = a_desk()
    client = signed_in(desk)
    client.post(page_of(desk, "save/"), {"version": "0", **SENT})
    client.post(page_of(desk, "final/"), {"version": "1"})

    for view, sent in (("final/", {"version": "1"}), ("save/", {"version": "1", "mark-actions": "1"})):
        answer = client.post(page_of(desk, view), sent)
        assert answer.status_code == 409
        assert "This scorecard is already final" in answer.content.decode()
    assert stored(desk).marks.get(criterion="actions").steps == 8


def test_a_last_look_that_is_out_of_date_submits_nothing() -> None:
    desk = a_desk()
    client = signed_in(desk)
    client.post(page_of(desk, "save/"), {"version": "0", **SENT})
    client.post(page_of(desk, "save/"), {"version": "1", **SENT, "mark-actions": "1"})

    answer = client.post(page_of(desk, "final/"), {"version": "1"})

    assert answer.status_code == 409
    assert not stored(desk).is_final


def test_abstaining_takes_a_reason_and_wins_over_a_mark() -> None:
    desk = a_desk()
    client = signed_in(desk)
    sent = {"version": "0", **SENT, "abstain-other": "on", "reason-other": "Not told."}

    look = client.post(page_of(desk, "check/"), sent, follow=True)

    assert "Not told." in look.content.decode()
    assert sheet_of(stored(desk)).marks["other"].abstained == "Not told."


def test_a_reason_without_the_tick_is_kept_as_an_abstention_where_there_is_no_mark() -> None:
    desk = a_desk()

    signed_in(desk).post(page_of(desk, "save/"), {"version": "0", "reason-other": "Not told."})

    assert sheet_of(stored(desk)).marks["other"].abstained == "Not told."


def test_the_final_page_shows_what_was_given_and_the_others_without_names() -> None:
    desk = a_desk()
    other = an_assignment(desk.stage, desk.entry)
    submit_scorecard(
        other.pk, a_sheet(actions=3, comment="Thin."), version=0, by=by_juror(other), at=timezone.now()
    )
    client = signed_in(desk)
    assert "Thin." not in shown(client, page_of(desk))

    submit_scorecard(desk.pk, a_sheet(comment="Good."), version=0, by=by_juror(desk), at=timezone.now())
    page = shown(client, page_of(desk))

    assert "Thin." in page
    assert "you 8, others 3" in page
    assert other.juror.name not in page
    assert "The jury's score so far, as marks were given: 52.0." in page


def test_after_calibrating_the_juror_sees_the_spread_of_the_panel() -> None:
    edition = a_juried_edition_of()
    example = an_entry_of(edition)
    stage = an_open_stage(edition, "screening")
    stage.delete()
    stage = an_open_stage(edition, calibration=example)
    mine, theirs = an_assignment(stage, example), an_assignment(stage, example)
    real = an_assignment(stage, juror=mine.juror)
    client = signed_in(mine)
    submit_scorecard(theirs.pk, a_sheet(actions=2), version=0, by=by_juror(theirs), at=timezone.now())
    assert "calibration: counts nowhere" in shown(client, page_of(mine))

    early = client.post(page_of(real, "save/"), {"version": "0", **SENT})
    assert early.status_code == 409
    assert "Mark the calibration case first" in early.content.decode()
    submit_scorecard(mine.pk, a_sheet(), version=0, by=by_juror(mine), at=timezone.now())

    page = shown(client, page_of(mine))
    assert "How the jury marked the calibration case" in page
    assert "you 8, others 2" in page


def test_a_closed_stage_takes_no_marks_and_keeps_what_was_typed_meanwhile_as_a_draft() -> None:
    desk = a_desk()
    client = signed_in(desk)
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=timezone.now())
    desk.stage.closes_at = timezone.now() - timedelta(minutes=1)
    desk.stage.save()

    page = shown(client, page_of(desk))
    late = client.post(
        page_of(desk, "save/"), {"version": "1", **SENT, "comment": "Typed at midnight."}, **HTMX
    )

    assert "Drafts do not count." in page
    assert late.status_code == 409
    assert "This stage is closed" in late.content.decode()
    assert "kept as a draft, which does not count" in late.content.decode()
    assert 'id="version" value="2"' in late.content.decode()
    assert "Typed at midnight." in shown(client, page_of(desk))
    assert not stored(desk).is_final


def test_a_question_goes_to_the_organiser_and_shows_on_the_page() -> None:
    desk = a_desk()
    client = signed_in(desk)

    answer = client.post(page_of(desk, "ask/"), {"text": "Which year?"}, follow=True)
    empty = client.post(page_of(desk, "ask/"), {"text": " "})

    assert "Which year?" in answer.content.decode()
    assert "waits for the organiser" in answer.content.decode()
    assert empty.status_code == 409
    assert client.post(page_of(desk, "ask/"), {"text": "x" * 5000}).status_code == 422


def test_a_conflict_declared_on_the_page_ends_the_reading_at_once() -> None:
    desk = a_desk()
    following = an_assignment(desk.stage, juror=desk.juror)
    client = signed_in(desk)
    assert client.post(page_of(desk, "conflict/"), {"kind": "guess"}).status_code == 422

    answer = client.post(page_of(desk, "conflict/"), {"kind": "employer", "note": "Until 2028."})

    assert answer.headers["Location"] == page_of(following)
    assert Recusal.objects.get().note == "Until 2028."
    assert client.get(page_of(desk)).status_code == 404
    last = client.post(page_of(following, "conflict/"), {"kind": "person"})
    assert last.headers["Location"] == "/en/juror/service-awards/2030/"


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_no_more_queries_for_thirty_entries_than_for_one(
    count: int, django_assert_max_num_queries: Any
) -> None:
    desk = a_desk()
    for _turn in range(count - 1):
        an_assignment(desk.stage, juror=desk.juror)
    client = signed_in(desk)
    save_draft(desk.pk, a_sheet(), version=0, by=by_juror(desk), at=timezone.now())

    with django_assert_max_num_queries(12):
        page = shown(client, page_of(desk))

    assert f"of {count}</li>" in page


def test_the_final_page_with_others_takes_no_more_queries_either(django_assert_max_num_queries: Any) -> None:
    desk = a_desk()
    for one in (desk, *(an_assignment(desk.stage, desk.entry) for _turn in range(5))):
        submit_scorecard(one.pk, a_sheet(), version=0, by=by_juror(one), at=timezone.now())
    client = signed_in(desk)

    with django_assert_max_num_queries(14):
        shown(client, page_of(desk))


def test_saving_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    desk = a_desk()
    client = signed_in(desk)
    client.post(page_of(desk, "save/"), {"version": "0", **SENT}, **HTMX)

    with django_assert_max_num_queries(9):
        answer = client.post(page_of(desk, "save/"), {"version": "1", **SENT, "comment": "More."}, **HTMX)

    assert answer.status_code == 200


def test_previous_and_next_lead_through_the_pile() -> None:
    desk = a_desk()
    after = an_assignment(desk.stage, juror=desk.juror)
    client = signed_in(desk)

    assert f'rel="next" href="{page_of(after)}"' in shown(client, page_of(desk))
    assert f'rel="prev" href="{page_of(desk)}"' in shown(client, page_of(after))


def test_two_cases_stand_beside_each_other_on_one_criterion() -> None:
    desk = a_desk()
    other = an_assignment(desk.stage, juror=desk.juror)
    elsewhere = an_assignment(desk.stage, an_entry_of(desk.stage.edition, "bot"), desk.juror)
    other.entry.answers.filter(criterion="results").update(text="Twice as fast.")
    client = signed_in(desk)
    save_draft(desk.pk, a_sheet(results=4), version=0, by=by_juror(desk), at=timezone.now())

    page = shown(client, page_of(desk, f"compare/?on=results&with={other.entry.public_id}"))

    assert "What we say about results." in page
    assert "Twice as fast." in page
    assert "You gave 4" in page
    assert elsewhere.entry.case.title not in page
    assert "Nothing to compare with" in shown(client, page_of(elsewhere, "compare/"))


def test_the_paper_has_the_case_and_an_empty_sheet_with_the_codes_an_import_needs() -> None:
    desk = a_desk()
    save_draft(desk.pk, a_sheet(comment="Private thoughts."), version=0, by=by_juror(desk), at=timezone.now())

    page = shown(signed_in(desk), page_of(desk, "paper/"))

    assert desk.juror.code in page
    assert desk.entry.code in page
    assert "What we say about actions." in page
    assert "Private thoughts." not in page


def test_screening_asks_for_a_vote() -> None:
    desk = a_desk("screening")
    client = signed_in(desk)
    assert "Does it go on?" in shown(client, page_of(desk))

    client.post(page_of(desk, "check/"), {"version": "0", "passes": "yes"})
    client.post(page_of(desk, "final/"), {"version": "1"})

    assert stored(desk).passes is True


def test_an_attachment_is_sent_to_who_marks_the_case_only(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path
    (tmp_path / "plan").write_bytes(b"%PDF-1.7 plan")
    desk = a_desk()
    file = Attachment.objects.create(
        case=desk.entry.case,
        name="Årsplan.pdf",
        content_type="application/pdf",
        size=13,
        sha256="0" * 64,
        stored_as="plan",
        added_at=NOON,
    )
    hidden = an_assignment(an_open_stage(desk.stage.edition, "screening"), desk.entry, desk.juror)
    client = signed_in(desk)

    answer = client.get(page_of(desk, f"attachments/{file.public_id}/"))
    nameless = client.get(page_of(hidden, f"attachments/{file.public_id}/"))

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"  # type: ignore[attr-defined]
    assert "%C3%85rsplan.pdf" in answer.headers["Content-Disposition"]
    assert "rsplan" not in nameless.headers["Content-Disposition"]
    assert client.get(page_of(desk, "attachments/000000000000/")).status_code == 404
    assert (
        signed_in(an_assignment(desk.stage)).get(page_of(desk, f"attachments/{file.public_id}/")).status_code
        == 404
    )
    (tmp_path / "plan").unlink()
    assert client.get(page_of(desk, f"attachments/{file.public_id}/")).status_code == 404


def test_a_figure_says_whether_it_can_be_documented_or_is_an_estimate_in_the_entrants_words() -> None:
    desk = a_desk()
    for name, is_documented in (("Answer time", True), ("Satisfaction", False)):
        Figure.objects.create(
            case=desk.entry.case, name=name, before=1, after=2, is_documented=is_documented, source="Our log"
        )

    page = shown(signed_in(desk), page_of(desk))

    documented, estimate = page[page.index("Answer time") :].split("Satisfaction")
    assert 'Our log</small> <span class="badge badge-good">Can be documented</span>' in documented
    assert 'Our log</small> <span class="badge">Estimate</span>' in estimate


def test_half_steps_and_long_scales_are_marked_too() -> None:
    text = """
kaaring: 1
programme: {slug: service-awards, name: Service Awards}
edition: {slug: "2030", languages: [en]}
jury:
  scale: {from: 0, to: 100, step: 0.5}
  stages: [{code: marking, mode: scorecard}]
categories: [{code: bot, name: Bot, subject: product, criteria: [{code: idea, name: Idea}, {code: effect}]}]
"""
    edition = a_juried_edition_of(text)
    desk = an_assignment(an_open_stage(edition), an_entry_of(edition, "bot"), a_juror_of(edition))
    client = signed_in(desk)

    client.post(page_of(desk, "save/"), {"version": "0", "mark-idea": "62,5", "mark-effect": "100"})

    page = shown(client, page_of(desk))
    assert 'value="62.5"' in page
    assert "Your marks make 81.3 of 100." in page
