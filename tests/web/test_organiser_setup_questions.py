"""Organisers read, change, add, move and remove questions; what is refused keeps what was typed."""

from typing import Any

import pytest

from kaaring.people.models import MemberRole
from kaaring.programmes.models import Rules
from kaaring.programmes.queries import rules_in_force
from tests.build import a_measured_edition, a_member, an_organiser
from tests.measured import SMALL_DEFINITION
from tests.web.setup_pages import (
    at,
    edition_and_client,
    filled,
    question_now,
    signed_in,
    survey_now,
    text,
    versions,
)

pytestmark = pytest.mark.django_db

WITH_MANY = SMALL_DEFINITION.replace(
    "    - code: N1\n",
    "".join(
        f"    - {{code: T{number}, area: talk, text: {{en: Thing {number}?, nb: Ting {number}?}}, "
        'themes: [warmth], options: [{code: "yes", points: 1}, {code: "no"}]}\n'
        for number in range(30)
    )
    + "    - code: N1\n",
)


def opened(client: Any, edition: Any, code: str) -> dict[str, list[str]]:
    page = client.get(at(edition, f"questionnaire/questions/{code}/"))
    assert page.status_code == 200
    return filled(page, at(edition, f"questionnaire/questions/{code}/save/"))


@pytest.mark.parametrize("code", ["G1", "W1", "H1", "S1", "M1", "N1"])
def test_a_question_stored_as_it_was_opened_stays_what_it_is(code: str) -> None:
    edition, client = edition_and_client()
    before = rules_in_force(edition).document

    response = client.post(
        at(edition, f"questionnaire/questions/{code}/save/"), opened(client, edition, code)
    )

    assert response.status_code == 302
    assert response["Location"] == at(edition, f"questionnaire/#q-{code}")
    assert rules_in_force(edition).document == before


def test_words_points_area_and_channels_change() -> None:
    edition, client = edition_and_client()
    typed = opened(client, edition, "H1") | {
        "code": ["H2"],
        "text_nb": ["Ble du møtt?"],
        "guidance_en": ["Listen."],
        "not_applicable_en": ["Nobody spoke"],
        "area": ["wait"],
        "channels": ["email"],
        "options-0-points": ["1,5"],
        "options-1-text_nb": ["Nei"],
    }

    client.post(at(edition, "questionnaire/questions/H1/save/"), typed)

    changed = question_now(edition, "H2")
    assert changed["text"] == {"en": "Were you greeted?", "nb": "Ble du møtt?"}
    assert changed["guidance"] == {"en": "Listen."}
    assert changed["not_applicable"] == {"en": "Nobody spoke"}
    assert (changed["area"], changed["channels"]) == ("wait", ["email"])
    assert changed["options"][0]["points"] == 1.5
    assert changed["options"][1]["text"] == {"en": "No", "nb": "Nei"}


def test_a_question_can_be_answered_in_another_way() -> None:
    edition, client = edition_and_client()
    typed = opened(client, edition, "H1") | {
        "kind": ["scale"],
        "scale_from": ["1"],
        "scale_to": ["5"],
        "points": ["1/3"],
        "anchors-TOTAL_FORMS": ["1"],
        "anchors-0-step": ["5"],
        "anchors-0-text_en": ["Warmly"],
    }

    client.post(at(edition, "questionnaire/questions/H1/save/"), typed)

    changed = question_now(edition, "H1")
    assert (changed["scale"], changed["points"], changed["anchors"]) == (
        [1, 5],
        "1/3",
        {"5": {"en": "Warmly"}},
    )
    assert "options" not in changed


def test_a_row_more_keeps_all_that_was_typed_right_or_wrong() -> None:
    edition, client = edition_and_client()
    typed = opened(client, edition, "H1") | {
        "row": ["options"],
        "text_en": [""],
        "options-0-points": ["many"],
    }

    response = client.post(at(edition, "questionnaire/questions/H1/save/"), typed)

    assert response.status_code == 200
    again = filled(response, at(edition, "questionnaire/questions/H1/save/"))
    assert again["options-TOTAL_FORMS"] == ["3"]
    assert again["options-0-points"] == ["many"]
    assert again["text_en"] == [""]
    assert 'class="error"' not in text(response)


def test_a_row_more_can_be_added_to_the_bands_of_a_channel() -> None:
    edition, client = edition_and_client()
    typed = opened(client, edition, "W1") | {"row": ["bands-email"]}

    response = client.post(at(edition, "questionnaire/questions/W1/save/"), typed)
    again = filled(response, at(edition, "questionnaire/questions/W1/save/"))

    assert again["bands-email-TOTAL_FORMS"] == ["3"]
    assert again["bands-phone-TOTAL_FORMS"] == ["2"]
    third = {"bands-email-2-bound": ["900"], "bands-email-2-points": ["0.5"]}
    client.post(at(edition, "questionnaire/questions/W1/save/"), again | third)
    assert question_now(edition, "W1")["bands"]["email"] == [[240, 4], [480, 1], [900, 0.5]]


def test_a_row_left_empty_is_passed_over() -> None:
    edition, client = edition_and_client()
    typed = opened(client, edition, "M1")
    typed |= {name: [""] for name in typed if name.startswith("options-2-")} | {"most": [""]}

    client.post(at(edition, "questionnaire/questions/M1/save/"), typed)

    assert [one["code"] for one in question_now(edition, "M1")["options"]] == ["listened", "solved"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text_en": ""}, "This field is required"),
        ({"code": "not a code"}, "begin with a letter or digit"),
        ({"channels": []}, "Choose at least one channel"),
        ({"options-0-points": "lots"}, "Write a number, such as 2"),
        ({"options-0-points": "-1"}, "Write 0 or more"),
        ({"kind": "multiple", "multiple": ""}, "Write how many may be chosen"),
        ({"kind": "scale", "scale_from": "", "scale_to": "6"}, "Write a whole number"),
        ({"code": "S1"}, "stands here for the second time"),
        ({"area": ""}, "stands in no area"),
        ({"gate": "on"}, "so it is no gate"),
        ({"metric": "nps"}, "never counts in the total"),
        ({"kind": "scale", "scale_from": "6", "scale_to": "1"}, "ends where it begins, or before"),
        ({"kind": "multiple", "multiple": "5"}, "has only 2 options"),
        ({"kind": "measured", "measured": "seconds"}, "has no bands for it"),
    ],
)
def test_what_cannot_be_a_question_is_said_and_nothing_typed_is_lost(
    typed: dict[str, Any], sentence: str
) -> None:
    edition, client = edition_and_client()
    before = rules_in_force(edition).document
    save = at(edition, "questionnaire/questions/H1/save/")
    sent = opened(client, edition, "H1") | {"guidance_en": ["Keep this"]} | typed

    response = client.post(save, sent)

    assert response.status_code == 422
    assert sentence in text(response)
    assert filled(response, save)["guidance_en"] == ["Keep this"]
    assert rules_in_force(edition).document == before


def test_a_new_question_is_added_in_its_area() -> None:
    edition, client = edition_and_client()
    save = at(edition, "questionnaire/add/question/save/")
    page = client.get(at(edition, "questionnaire/add/question/?area=wait"))
    typed = filled(page, save) | {
        "code": ["W2"],
        "text_en": ["Were you told how long?"],
        "options-0-code": ["yes"],
        "options-0-text_en": ["Yes"],
        "options-0-points": ["2"],
        "options-1-code": ["no"],
        "options-1-text_en": ["No"],
    }

    response = client.post(save, typed, follow=True)

    assert "Question W2 is stored." in text(response)
    assert [one["code"] for one in survey_now(edition)["questions"]][:3] == ["G1", "W1", "W2"]


def test_a_question_moves_up_and_down_in_its_area() -> None:
    edition, client = edition_and_client()

    up = client.post(at(edition, "questionnaire/questions/S1/up/"))

    assert up["Location"] == at(edition, "questionnaire/#q-S1")
    assert [one["code"] for one in survey_now(edition)["questions"]][2:4] == ["S1", "H1"]
    client.post(at(edition, "questionnaire/questions/S1/down/"))
    assert [one["code"] for one in survey_now(edition)["questions"]][2:4] == ["H1", "S1"]


def test_a_question_is_removed() -> None:
    edition, client = edition_and_client()

    response = client.post(at(edition, "questionnaire/questions/M1/remove/"), follow=True)

    assert "Question M1 is taken out." in text(response)
    assert "M1" not in [one["code"] for one in survey_now(edition)["questions"]]


def test_a_question_that_decides_an_award_is_not_removed_and_the_page_says_why() -> None:
    edition, client = edition_and_client(
        definition=SMALL_DEFINITION.replace(
            "by: measure, measure: total, among: all", 'by: measure, measure: "question:H1", among: all'
        )
    )

    response = client.post(at(edition, "questionnaire/questions/H1/remove/"))

    assert response.status_code == 409
    assert "This measure decides an award" in text(response)
    assert question_now(edition, "H1")


def test_a_gate_whose_removal_breaks_nothing_can_go_but_unknown_questions_are_not_found() -> None:
    edition, client = edition_and_client()

    assert client.post(at(edition, "questionnaire/questions/G1/remove/")).status_code == 302
    for rest in ("", "save/", "remove/", "up/"):
        address = at(edition, f"questionnaire/questions/nobody/{rest}")
        response = client.post(address) if rest else client.get(address)
        assert response.status_code == 404, rest


def test_frozen_rules_show_what_a_change_does_and_ask_for_the_reason_first() -> None:
    edition, client = edition_and_client(evaluations=1)
    save = at(edition, "questionnaire/questions/S1/save/")
    typed = opened(client, edition, "S1") | {"points": ["7"]}

    asked = client.post(save, typed)

    assert asked.status_code == 409
    assert "This makes version 2 of the rules" in text(asked)
    assert "“points” is now 7, was 5" in text(asked)
    assert "keep the points of the version they were given under" in text(asked)
    assert versions(edition) == 1
    echoed = filled(asked, save)
    assert echoed["points"] == ["7"]

    without_reason = client.post(save, echoed | {"because": ["  "]})
    assert without_reason.status_code == 409
    assert "Give the reason." in text(without_reason)

    done = client.post(save, filled(without_reason, save) | {"because": ["Misprint"]})
    assert done.status_code == 302
    newest = rules_in_force(edition)
    assert (newest.number, newest.reason) == (2, "Misprint")
    assert question_now(edition, "S1")["points"] == 7


def test_one_can_go_on_editing_before_giving_the_reason() -> None:
    edition, client = edition_and_client(evaluations=1)
    save = at(edition, "questionnaire/questions/S1/save/")
    typed = opened(client, edition, "S1") | {"points": ["7"]}

    echoed = filled(client.post(save, typed), save)
    again = client.post(save, echoed | {"again": ["1"]})

    assert again.status_code == 200
    assert filled(again, save) == typed
    assert versions(edition) == 1


def test_frozen_rules_are_said_to_be_frozen_on_top_of_the_page() -> None:
    edition, client = edition_and_client(evaluations=1)

    assert "Version 1 of the rules is frozen" in text(client.get(at(edition, "questionnaire/")))
    assert "Version 1 of the rules is frozen" in text(client.get(at(edition, "questionnaire/questions/S1/")))


@pytest.mark.parametrize("rest", ["up/", "remove/"])
def test_moving_and_removing_ask_for_the_reason_too_where_rules_are_frozen(rest: str) -> None:
    edition, client = edition_and_client(evaluations=1)
    address = at(edition, f"questionnaire/questions/S1/{rest}")

    asked = client.post(address)

    assert asked.status_code == 409
    assert client.post(address, {"because": "Better"}).status_code == 302
    assert versions(edition) == 2


def test_a_version_that_is_not_frozen_keeps_its_reason_when_it_is_changed_further() -> None:
    edition, client = edition_and_client(evaluations=1)

    client.post(at(edition, "questionnaire/questions/S1/up/"), {"because": "Better"})
    client.post(at(edition, "questionnaire/questions/M1/up/"))

    assert (rules_in_force(edition).number, rules_in_force(edition).reason) == (2, "Better")


def test_a_change_made_by_somebody_else_at_the_same_moment_is_not_overwritten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition, client = edition_and_client()
    save = at(edition, "questionnaire/questions/S1/save/")
    typed = opened(client, edition, "S1") | {"points": ["7"]}
    now = rules_in_force(edition)
    others = {**now.document, "awards": []}

    def meanwhile(*_definitions: object) -> tuple[()]:
        Rules.objects.filter(pk=now.pk).update(document=others)
        return ()

    monkeypatch.setattr("kaaring.web.organiser.desk.new_faults", meanwhile)
    response = client.post(save, typed)

    assert response.status_code == 409
    assert "Somebody else changed the rules at the same moment." in text(response)
    assert filled(response, save)["points"] == ["7"]
    assert rules_in_force(edition).document == others


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_sees_all_and_changes_nothing(role: str) -> None:
    edition = a_measured_edition()
    client = signed_in(edition, role)

    listed = text(client.get(at(edition, "questionnaire/")))
    page = text(client.get(at(edition, "questionnaire/questions/S1/")))

    assert "How interested was the agent?" in listed
    assert "btn-primary" not in listed
    assert "formaction" not in listed
    assert "<fieldset disabled>" in page
    assert "btn-primary" not in page
    assert client.get(at(edition, "questionnaire/add/question/")).status_code == 404
    for rest in ("questions/S1/save/", "questions/S1/remove/", "questions/S1/up/", "add/question/save/"):
        assert client.post(at(edition, f"questionnaire/{rest}")).status_code == 404, rest


def test_strangers_find_nothing() -> None:
    edition = a_measured_edition()
    client = signed_in(edition)
    client.force_login(a_member(an_organiser()), backend="django.contrib.auth.backends.ModelBackend")

    for rest in ("", "questions/S1/", "preview/phone/"):
        assert client.get(at(edition, f"questionnaire/{rest}")).status_code == 404, rest


@pytest.mark.parametrize("rest", ["", "preview/phone/", "questions/S1/"])
@pytest.mark.parametrize("definition", [SMALL_DEFINITION, WITH_MANY])
def test_the_questionnaire_and_its_preview_take_few_queries_whatever_is_asked(
    django_assert_max_num_queries: Any, rest: str, definition: str
) -> None:
    edition, client = edition_and_client(definition=definition)
    client.get(at(edition, "questionnaire/"))

    with django_assert_max_num_queries(12):
        assert client.get(at(edition, f"questionnaire/{rest}")).status_code == 200


def test_the_preview_asks_what_the_channel_asks_and_shows_no_points() -> None:
    edition, client = edition_and_client()

    phone = text(client.get(at(edition, "questionnaire/preview/phone/")))
    email = text(client.get(at(edition, "questionnaire/preview/email/")))

    assert "What did the agent do?" in phone
    assert "Choose up to 2." in phone
    assert "What did the agent do?" not in email
    assert "Unit: working minutes" in email
    assert "Comment on Conversation" in phone
    assert "Not applicable:" in phone
    main = phone[phone.index('class="preview"') :]
    assert "oint" not in main
    assert "<form" not in main


def test_the_preview_is_shown_in_each_language_of_the_edition() -> None:
    edition, client = edition_and_client()

    norwegian = text(client.get(at(edition, "questionnaire/preview/phone/?language=nb")))
    other = text(client.get(at(edition, "questionnaire/preview/phone/?language=xx")))

    assert '<div class="preview" lang="nb">' in norwegian
    assert "Ble du hilst på?" in norwegian
    assert '<div class="preview" lang="en">' in other
    assert client.get(at(edition, "questionnaire/preview/pigeon/")).status_code == 404


def test_a_scale_of_many_steps_is_a_field_in_the_preview() -> None:
    long = SMALL_DEFINITION.replace(
        "      scale: [1, 6]\n      points: 5", "      scale: [0, 1000]\n      points: 5"
    )
    edition, client = edition_and_client(definition=long)

    assert "A whole number from 0 to 1000" in text(client.get(at(edition, "questionnaire/preview/phone/")))


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
@pytest.mark.parametrize("rest", ["", "questions/W1/", "add/question/", "preview/email/", "areas/talk/"])
def test_the_pages_show_in_every_language(language: str, rest: str) -> None:
    edition, client = edition_and_client()

    assert client.get(at(edition, f"questionnaire/{rest}", language)).status_code == 200
