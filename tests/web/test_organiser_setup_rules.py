"""Organisers change areas, themes, channels, classes, scoring and dates, and load definition files."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kaaring.people.models import MemberRole
from kaaring.programmes.definition import read
from kaaring.programmes.models import Rules
from kaaring.programmes.queries import rules_in_force
from kaaring.survey.models import CompetitionClass, Participant
from tests.build import a_measured_edition, a_member, an_edition, an_organiser
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
ONES = (
    "questionnaire/areas/talk/",
    "questionnaire/themes/warmth/",
    "questionnaire/channels/email/",
    "classes/banks/",
)
NEWS = ("questionnaire/add/area/", "questionnaire/add/theme/", "questionnaire/add/channel/", "add/class/")
WITH_CLASSES = SMALL_DEFINITION.replace(
    "  classes:\n",
    "  classes:\n" + "".join(f"    - {{code: c{number}, minimum_participants: 3}}\n" for number in range(30)),
)


def post_as_opened(client: Any, edition: Any, rest: str, **changes: Any) -> Any:
    """Open a form, change some fields, and send it."""
    save = at(edition, f"{rest}save/")
    page = client.get(at(edition, rest))
    assert page.status_code == 200
    return client.post(save, filled(page, save) | changes)


@pytest.mark.parametrize("rest", [*ONES, "scoring/", "dates/"])
def test_what_is_stored_as_it_was_opened_stays_what_it_is(rest: str) -> None:
    edition, client = edition_and_client()
    before = rules_in_force(edition).document

    assert post_as_opened(client, edition, rest).status_code == 302
    assert rules_in_force(edition).document == before


def test_an_area_gets_another_name_and_code() -> None:
    edition, client = edition_and_client()

    response = post_as_opened(client, edition, "questionnaire/areas/talk/", name_nb="Praten", code="chatting")

    assert response["Location"].endswith("questionnaire/#area-chatting")
    assert survey_now(edition)["areas"][1] == {
        "code": "chatting",
        "name": {"en": "Conversation", "nb": "Praten"},
    }
    assert question_now(edition, "S1")["area"] == "chatting"
    assert survey_now(edition)["comments"] == ["chatting"]


@pytest.mark.parametrize(("rest", "sort"), [(NEWS[0], "areas"), (NEWS[1], "themes")])
def test_an_area_and_a_theme_are_added_and_removed(rest: str, sort: str) -> None:
    edition, client = edition_and_client()

    post_as_opened(client, edition, rest, name_en="Endings", code="endings")
    assert survey_now(edition)[sort][-1]["code"] == "endings"

    client.post(at(edition, f"questionnaire/{sort}/endings/up/"))
    assert survey_now(edition)[sort][-2]["code"] == "endings"

    client.post(at(edition, f"questionnaire/{sort}/endings/remove/"))
    assert "endings" not in [one["code"] for one in survey_now(edition)[sort]]


def test_an_area_with_questions_is_not_removed_and_the_page_says_the_way_out() -> None:
    edition, client = edition_and_client()

    response = client.post(at(edition, "questionnaire/areas/talk/remove/"))

    assert response.status_code == 409
    assert "Move them to another one first." in text(response)
    assert "H1: Were you greeted?" in text(response)


@pytest.mark.parametrize("rest", NEWS)
def test_a_code_that_is_taken_is_refused_and_what_was_typed_stays(rest: str) -> None:
    edition, client = edition_and_client()
    taken = {NEWS[0]: "talk", NEWS[1]: "warmth", NEWS[2]: "email", NEWS[3]: "banks"}[rest]

    response = post_as_opened(client, edition, rest, name_en="Another", code=taken)

    assert response.status_code in (409, 422)
    assert filled(response, at(edition, f"{rest}save/"))["name_en"] == ["Another"]
    assert "second time" in text(response) or "already" in text(response)


@pytest.mark.parametrize("rest", [*ONES, *NEWS])
def test_a_name_is_needed_in_the_first_language(rest: str) -> None:
    edition, client = edition_and_client()

    response = post_as_opened(client, edition, rest, name_en="", name_nb="Bare norsk")

    assert response.status_code == 422
    assert filled(response, at(edition, f"{rest}save/"))["name_nb"] == ["Bare norsk"]


def test_a_channel_gets_limits_and_enquiries() -> None:
    edition, client = edition_and_client()

    post_as_opened(
        client,
        edition,
        "questionnaire/channels/email/",
        attempts="2",
        wait="8",
        wait_unit="working_hours",
        send_before="11:30",
        instead_of="phone",
        enquiries="6",
    )

    survey = survey_now(edition)
    assert survey["channels"]["email"] == {
        "name": {"nb": "E-post", "en": "E-mail", "ru": "Электронная почта"},
        "attempts": 2,
        "max_wait": "8 working hours",
        "send_before": "11:30",
        "instead_of": "phone",
    }
    assert survey["allocation"] == {"enquiries": 6, "key": {"email": 6}}
    assert "at most 8 working hours, sent before 11:30, in place of Phone" in text(
        client.get(at(edition, "questionnaire/"))
    )


def test_a_wait_needs_its_unit() -> None:
    edition, client = edition_and_client()

    response = post_as_opened(client, edition, "questionnaire/channels/email/", wait="8", wait_unit="")

    assert response.status_code == 422
    assert "Choose what the wait is counted in." in text(response)


def test_a_channel_is_added_and_removed_while_no_participant_has_it() -> None:
    edition, client = edition_and_client()

    refused = post_as_opened(client, edition, "questionnaire/add/channel/", name_en="Letter", code="letter")
    assert refused.status_code == 422
    assert "“W1” is asked on “letter”, but has no bands for it" in text(refused)

    post_as_opened(client, edition, "questionnaire/questions/W1/", channels=["phone"])
    post_as_opened(client, edition, "questionnaire/add/channel/", name_en="Letter", code="letter")
    assert list(survey_now(edition)["channels"]) == ["phone", "email", "letter"]

    assert client.post(at(edition, "questionnaire/channels/letter/remove/")).status_code == 302
    held = client.post(at(edition, "questionnaire/channels/email/remove/"))
    assert held.status_code == 409
    assert "2 participants have this channel." in text(held)


def test_a_class_gets_another_name_and_minimum_but_keeps_its_code() -> None:
    edition, client = edition_and_client()

    post_as_opened(
        client, edition, "classes/banks/", name_en="Banks and loans", minimum_participants="4", code="other"
    )

    stored = CompetitionClass.objects.get(edition=edition, code="banks")
    assert stored.name == {"en": "Banks and loans", "nb": "Banker"}
    assert stored.minimum_participants == 4
    assert "too few" in text(client.get(at(edition, "classes/")))


def test_a_class_is_added_moved_and_removed() -> None:
    edition, client = edition_and_client()

    post_as_opened(client, edition, "add/class/", name_en="Hotels", code="hotels", minimum_participants="3")
    moved = client.post(at(edition, "classes/hotels/up/"))

    assert moved["Location"] == at(edition, "classes/#class-hotels")
    ordered = CompetitionClass.objects.filter(edition=edition).order_by("position")
    assert [one.code for one in ordered] == ["banks", "hotels", "shops"]
    client.post(at(edition, "classes/hotels/remove/"))
    assert not CompetitionClass.objects.filter(edition=edition, code="hotels").exists()


def test_a_class_with_participants_is_not_removed_and_the_page_says_the_way_out() -> None:
    edition, client = edition_and_client()

    response = client.post(at(edition, "classes/banks/remove/"))

    assert response.status_code == 409
    assert "Move them to another class first." in text(response)
    assert "Banks has 1 participant." in text(response)


def test_a_class_moved_under_frozen_rules_needs_a_reason() -> None:
    edition, client = edition_and_client(evaluations=1)

    asked = client.post(at(edition, "classes/shops/up/"))

    assert asked.status_code == 409
    assert "in another order" in text(asked)


def test_an_edition_without_classes_teaches_what_they_are() -> None:
    edition, client = edition_and_client(participants=0)
    for code in ("banks", "shops"):
        client.post(at(edition, f"classes/{code}/remove/"))

    assert "No classes yet" in text(client.get(at(edition, "classes/")))


def test_scoring_changes_with_what_is_shown() -> None:
    edition, client = edition_and_client()

    post_as_opened(
        client,
        edition,
        "scoring/",
        participant="pooled",
        unanswered="leave_out",
        least_observed="62.5",
        minimum_enquiries="7",
        shared_when="equal",
        tie_1="area:talk",
        tie_2="answered",
        results=["answered", "theme:warmth", "total"],
        publish_means=["total"],
    )

    survey = survey_now(edition)
    assert survey["scoring"] == {
        "participant": "pooled",
        "unanswered": "leave_out",
        "least_observed": "62.5%",
        "minimum_enquiries": 7,
        "ties": ["area:talk", "answered"],
        "shared_when": "equal",
    }
    assert survey["results"] == ["total", "answered", "theme:warmth"]
    assert survey["publish_means"] == ["total"]


def test_scoring_needs_something_to_show() -> None:
    edition, client = edition_and_client()

    response = post_as_opened(client, edition, "scoring/", results=[], minimum_enquiries="9")

    assert response.status_code == 422
    assert "Choose at least one." in text(response)
    assert filled(response, at(edition, "scoring/save/"))["minimum_enquiries"] == ["9"]


def test_scoring_under_frozen_rules_needs_a_reason() -> None:
    edition, client = edition_and_client(evaluations=1)

    asked = post_as_opened(client, edition, "scoring/", minimum_enquiries="9")

    assert asked.status_code == 409
    assert "Standings follow it from now on; published results stay." in text(asked)


def test_dates_move_even_where_rules_are_frozen() -> None:
    edition, client = edition_and_client(evaluations=1)

    response = post_as_opened(
        client,
        edition,
        "dates/",
        fieldwork_from="2030-01-14",
        fieldwork_to="2030-03-30",
        rounding_day="2030-02-15",
        announcement_day="2030-05-02",
        announcement_time="18:30",
        ceremony_day="2030-05-03",
        ceremony_time="",
    )

    assert response.status_code == 302
    edition.refresh_from_db()
    assert edition.timeline == {
        "fieldwork": ["2030-01-14", "2030-03-30"],
        "rounding": "2030-02-15",
        "announcement": "2030-05-02T18:30",
        "ceremony": "2030-05-03",
    }
    assert versions(edition) == 1


def test_dates_that_were_moved_stay_moved_when_something_else_changes() -> None:
    edition, client = edition_and_client()
    post_as_opened(client, edition, "dates/", announcement_day="2030-06-06")

    post_as_opened(client, edition, "questionnaire/themes/warmth/", name_en="Heart")

    edition.refresh_from_db()
    assert edition.timeline["announcement"] == "2030-06-06T12:00"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"fieldwork_to": ""}, "Choose the last day too."),
        ({"fieldwork_from": ""}, "Choose the first day too."),
        ({"rounding_time": "10:00"}, "Choose the day too."),
        ({"fieldwork_from": "2030-06-01"}, "ends before it begins"),
    ],
)
def test_dates_that_cannot_be_are_said_beside_the_field(typed: dict[str, str], sentence: str) -> None:
    edition, client = edition_and_client()

    response = post_as_opened(client, edition, "dates/", **{"ceremony_day": "2030-07-01", **typed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert filled(response, at(edition, "dates/save/"))["ceremony_day"] == ["2030-07-01"]


def test_odd_dates_are_warned_of() -> None:
    edition, client = edition_and_client()

    post_as_opened(client, edition, "dates/", announcement_day="2030-02-01")

    assert "The winners are announced before the fieldwork ends." in text(client.get(at(edition, "dates/")))


def a_file(content: str | bytes, name: str = "new.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_file_with_faults_shows_each_with_file_line_and_column() -> None:
    edition, client = edition_and_client()
    wrong = SMALL_DEFINITION.replace(
        "area: wait\n      text: {en: Did", "area: wiat\n      text: {en: Did"
    ).replace("timezone: Europe/Oslo", "timezone: Europe/Olso")

    response = client.post(at(edition, "rules/check/"), {"file": a_file(wrong)})

    assert response.status_code == 422
    assert "new.yaml:4:35" in text(response)
    assert "new.yaml:16:13" in text(response)
    assert "There is no area “wiat”" in text(response)
    assert "Did you mean “wait”?" in text(response)
    assert versions(edition) == 1


def test_a_good_file_shows_what_it_would_change_and_is_loaded_then() -> None:
    edition, client = edition_and_client()
    good = SMALL_DEFINITION.replace("points: 5", "points: 9")

    checked = client.post(at(edition, "rules/check/"), {"file": a_file(good)})

    assert checked.status_code == 200
    assert "“points” is now 9, was 5" in text(checked)
    assert question_now(edition, "S1")["points"] == 5
    load = at(edition, "rules/load/")
    loaded = client.post(load, filled(checked, load), follow=True)
    assert "The rules of “new.yaml” are in force." in text(loaded)
    assert question_now(edition, "S1")["points"] == 9


def test_a_file_for_frozen_rules_is_loaded_with_a_reason_only() -> None:
    edition, client = edition_and_client(evaluations=1)
    good = SMALL_DEFINITION.replace("points: 5", "points: 9")
    load = at(edition, "rules/load/")
    checked = client.post(at(edition, "rules/check/"), {"file": a_file(good)})
    typed = filled(checked, load)

    assert "Reason for the new version" in text(checked)
    assert client.post(load, typed).status_code == 409
    assert versions(edition) == 1
    assert client.post(load, typed | {"because": "A misprint"}).status_code == 302
    assert rules_in_force(edition).reason == "A misprint"
    assert "A misprint" in text(client.get(at(edition, "rules/")))
    page = text(client.get(at(edition, "rules/2/")))
    assert "“points” is now 9, was 5" in page


def test_a_file_that_says_the_same_changes_nothing() -> None:
    edition, client = edition_and_client()

    checked = text(client.post(at(edition, "rules/check/"), {"file": a_file(SMALL_DEFINITION)}))

    assert "Nothing: the rules say the same." in checked
    assert "rules/load/" not in checked


def test_a_file_of_another_edition_is_refused() -> None:
    edition, client = edition_and_client()
    other = SMALL_DEFINITION.replace('slug: "2030"', 'slug: "2031"')

    checked = client.post(at(edition, "rules/check/"), {"file": a_file(other)})
    loaded = client.post(at(edition, "rules/load/"), {"text": other, "name": "new.yaml"})

    for response in (checked, loaded):
        assert response.status_code == 409
        assert "The file defines quality-prize/2031" in text(response)
    assert Rules.objects.count() == 1


def test_a_file_whose_classes_would_leave_participants_behind_is_refused() -> None:
    edition, client = edition_and_client()
    fewer = SMALL_DEFINITION.replace(
        "    - {code: shops, name: {en: Shops, nb: Butikker}, minimum_participants: 1}\n", ""
    )

    response = client.post(at(edition, "rules/load/"), {"text": fewer, "name": "new.yaml"})

    assert response.status_code == 409
    assert "Shops has 1 participant." in text(response)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\xff\xfe\x00", "not UTF-8 text"), (b"a" * 2_000_001, "larger than 2 MB"), (None, "required")],
)
def test_what_is_no_text_file_is_said(content: bytes | None, sentence: str) -> None:
    edition, client = edition_and_client()

    response = client.post(at(edition, "rules/check/"), {"file": a_file(content)} if content else {})

    assert response.status_code == 422
    assert sentence in text(response)


def test_loading_a_broken_text_shows_its_faults() -> None:
    edition, client = edition_and_client()

    response = client.post(at(edition, "rules/load/"), {"text": "kaaring: 2", "name": "new.yaml"})

    assert response.status_code == 422
    assert "new.yaml:1:" in text(response)


def test_a_version_can_be_downloaded_and_reads_back_to_the_same_rules() -> None:
    edition, client = edition_and_client()

    response = client.get(at(edition, "rules/1/file/"))

    assert response["Content-Disposition"] == 'attachment; filename="quality-prize-2030-1.yaml"'
    assert read(text(response), file="f").definition == read(SMALL_DEFINITION, file="f").definition
    assert client.get(at(edition, "rules/7/file/")).status_code == 404


def test_the_versions_say_who_when_and_whether_frozen() -> None:
    edition, client = edition_and_client(evaluations=1)
    Rules.objects.update(loaded_at=datetime(2030, 1, 2, 3, 4, tzinfo=UTC))

    page = text(client.get(at(edition, "rules/")))

    assert "in force" in page
    assert "frozen 1 Feb 2030" in page
    assert "2 Jan 2030, 04:04" in page
    assert "It is the first version." in text(client.get(at(edition, "rules/1/")))


@pytest.mark.parametrize(
    "rest", ["questionnaire/", "classes/", "dates/", "rules/", "scoring/", "participants/"]
)
def test_an_edition_without_rules_teaches_the_first_step(rest: str) -> None:
    edition = an_edition()

    page = signed_in(edition).get(at(edition, rest))

    assert page.status_code == 200
    assert 'class="empty"' in text(page)


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.AUDITOR])
def test_who_only_reads_sees_every_page_and_changes_nothing(role: str) -> None:
    edition = a_measured_edition()
    client = signed_in(edition, role)

    for rest in (*ONES, "scoring/", "dates/", "rules/", "classes/"):
        page = client.get(at(edition, rest))
        assert page.status_code == 200, rest
        assert 'type="submit"' not in text(page), rest
    for rest in (
        *(f"{one}{what}/" for one in ONES for what in ("save", "remove")),
        *(f"{new}save/" for new in NEWS),
    ):
        assert client.post(at(edition, rest)).status_code == 404, rest
    for rest in ("scoring/save/", "dates/save/", "rules/check/", "rules/load/", "classes/banks/up/"):
        assert client.post(at(edition, rest)).status_code == 404, rest
    for rest in NEWS:
        assert client.get(at(edition, rest)).status_code == 404, rest


def test_strangers_and_unknown_codes_find_nothing() -> None:
    edition = a_measured_edition()
    client = signed_in(edition)
    for rest in (
        "questionnaire/areas/x/",
        "questionnaire/themes/x/",
        "questionnaire/channels/x/",
        "classes/x/",
    ):
        assert client.get(at(edition, rest)).status_code == 404, rest
        assert client.post(at(edition, f"{rest}remove/")).status_code == 404, rest
        assert client.post(at(edition, f"{rest}save/")).status_code == 404, rest
    client.force_login(a_member(an_organiser()), backend="django.contrib.auth.backends.ModelBackend")
    for rest in (*ONES, "scoring/", "dates/", "rules/", "rules/1/", "rules/1/file/", "classes/"):
        assert client.get(at(edition, rest)).status_code == 404, rest


@pytest.mark.parametrize("definition", [SMALL_DEFINITION, WITH_CLASSES])
def test_the_list_of_classes_takes_as_few_queries_for_thirty_as_for_two(
    django_assert_max_num_queries: Any, definition: str
) -> None:
    edition, client = edition_and_client(definition=definition)
    client.get(at(edition, "classes/"))

    for rest in ("classes/", "rules/", "dates/", "scoring/"):
        with django_assert_max_num_queries(12):
            client.get(at(edition, rest))
    assert Participant.objects.count() == 2


@pytest.mark.parametrize("language", ["nb", "en", "ru"])
def test_the_pages_show_in_every_language(language: str) -> None:
    edition, client = edition_and_client(evaluations=1)

    for rest in (*ONES, *NEWS, "classes/", "scoring/", "dates/", "rules/", "rules/1/"):
        assert client.get(at(edition, rest, language)).status_code == 200, rest
