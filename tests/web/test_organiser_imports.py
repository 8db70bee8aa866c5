"""The organiser's pages about imports."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kaaring.jobs.models import Job
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import Edition
from kaaring.survey.models import Participant
from kaaring.web.organiser import imports
from tests.build import NOON, a_measured_edition, a_member

pytestmark = pytest.mark.django_db
HEADINGS = "participant,name,class,channels\n"
PAGE = "/en/organiser/quality-prize/2030/imports/"


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Any) -> None:
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture
def edition() -> Edition:
    return a_measured_edition(participants=1)


@pytest.fixture
def owner(edition: Edition) -> User:
    return a_member(edition.programme.organiser)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, text: str, *, kind: str = "participants", **more: Any) -> Any:
    file = SimpleUploadedFile("P.csv", text.encode())
    return client.post(PAGE + "send/", {"kind": kind, "file": file, **more}, follow=True)


def a_job(edition: Edition, by: User | None, **changes: Any) -> Job:
    arguments = {"kind": "participants", "file": "P.csv", "path": "imports/none", "dry_run": False}
    plain = {"kind": Job.Kind.IMPORT, "arguments": arguments, "asked_at": NOON}
    return Job.objects.create(**{"edition": edition, "asked_by": by, **plain, **changes})


def test_a_good_file_is_taken_in_and_the_page_says_how_much(owner: User) -> None:
    response = send(signed_in(owner), HEADINGS + "north,North,banks,phone\n")

    assert "The whole file is in." in response.content.decode()
    assert Participant.objects.filter(code="north").exists()
    job = Job.objects.get()
    assert response.redirect_chain == [(f"{PAGE}{job.public_id}/", 302)]
    assert job.arguments["file"] == "P.csv"


def test_faults_stand_in_a_table_with_row_column_value_and_remedy(owner: User) -> None:
    page = send(signed_in(owner), HEADINGS + "north,North,bank,phone\nsouth,,banks,phone\n").content.decode()

    assert "2 faults were found" in page
    assert "“bank” is not known here." in page
    assert "Write one of: banks, shops." in page
    assert not Participant.objects.filter(code="north").exists()


def test_a_trial_writes_nothing_and_offers_to_import_in_earnest(owner: User) -> None:
    client = signed_in(owner)
    page = send(client, HEADINGS + "north,North,banks,phone\n", dry_run="on").content.decode()
    assert "Import it now" in page
    assert not Participant.objects.filter(code="north").exists()

    client.post(f"{PAGE}{Job.objects.get().public_id}/in-earnest/")

    assert Participant.objects.filter(code="north").exists()


def test_a_trial_whose_file_is_gone_offers_to_send_another(edition: Edition, owner: User) -> None:
    client = signed_in(owner)
    send(client, HEADINGS + "north,North,banks,phone\n", dry_run="on")
    trial = Job.objects.get()
    client.post(f"{PAGE}{trial.public_id}/in-earnest/")

    page = client.get(f"{PAGE}{trial.public_id}/").content.decode()
    assert "Import it now" not in page
    assert "Send another spreadsheet" in page
    again = client.post(f"{PAGE}{trial.public_id}/in-earnest/", follow=True).content.decode()
    assert "no longer kept. Send it again." in again


def test_jurors_whom_marks_make_known_are_named_by_their_codes(edition: Edition, owner: User) -> None:
    outcome = {"created": 3, "changed": 0, "unchanged": 0, "held": [], "new_jurors": ["J8", "J9"]}
    job = a_job(edition, owner, outcome=outcome, finished_at=NOON)

    page = signed_in(owner).get(f"{PAGE}{job.public_id}/").content.decode()

    assert "2 new jurors" in page
    assert "Nobody had these codes before: J8, J9" in page


def test_thin_evaluations_are_named_with_a_way_to_review_them(owner: User) -> None:
    text = "enquiry,participant,channel,shopper,at,attempts,status,G1,W1,H1,S1,M1,N1\n"
    page = send(
        signed_in(owner), text + "E1,centre-1,email,,2030-02-01,1,,first,300,yes,na,,\n", kind="evaluations"
    ).content.decode()

    assert "1 evaluation waits for a reviewer" in page
    assert "/evaluations/?review=held" in page


def test_a_form_without_a_file_or_with_one_that_is_too_large_says_so(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(owner)
    empty = client.post(PAGE + "send/", {"kind": "participants"})
    monkeypatch.setattr(imports, "MOST_BYTES", 10)
    large = send(client, HEADINGS + "north,North,banks,phone\n")

    assert empty.status_code == large.status_code == 422
    assert 'aria-invalid="true"' in empty.content.decode()
    assert "The file is too large." in large.content.decode()
    assert not Job.objects.exists()


def test_work_under_way_is_polled_until_it_is_done(edition: Edition, owner: User) -> None:
    client = signed_in(owner)
    job = a_job(edition, owner, total=10, done=4)
    page = client.get(f"{PAGE}{job.public_id}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "<b>4</b> of 10" in page

    part = client.get(f"{PAGE}{job.public_id}/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="job"')
    assert "<html" not in part

    outcome = {"created": 3, "changed": 0, "unchanged": 7, "held": [], "is_dry_run": True}
    Job.objects.update(finished_at=timezone.now(), outcome=outcome)
    part = client.get(f"{PAGE}{job.public_id}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert "Import it now" in part


def test_work_that_waits_says_so_and_work_that_failed_says_why(edition: Edition, owner: User) -> None:
    client = signed_in(owner)
    waiting = a_job(edition, owner)
    failed = a_job(edition, None, finished_at=NOON, failure="The disk is full.\nTell somebody.")

    assert "Waiting for its turn" in client.get(f"{PAGE}{waiting.public_id}/").content.decode()
    page = client.get(f"{PAGE}{failed.public_id}/").content.decode()
    assert "<p>The disk is full.</p><p>Tell somebody.</p>" in page


def test_only_the_first_of_very_many_faults_are_shown_and_the_page_says_so(
    edition: Edition, owner: User
) -> None:
    fault = {"file": "P.csv", "row": None, "column": None, "value": "", "what": "Odd.", "remedy": "Mend it."}
    outcome = {"reason": "Much is wrong.", "fault_count": 2_000, "faults": [fault]}
    job = a_job(edition, owner, finished_at=NOON, outcome=outcome)

    assert "The first 1 fault is shown." in signed_in(owner).get(f"{PAGE}{job.public_id}/").content.decode()


def test_an_empty_file_has_the_headings_of_this_edition(owner: User) -> None:
    client = signed_in(owner)

    response = client.get(PAGE + "empty/evaluations.csv")

    assert response.content.decode("utf-8-sig") == (
        "enquiry,participant,channel,shopper,at,attempts,status,G1,W1,H1,S1,M1,N1,comment_talk,excluded\r\n"
    )
    assert response["Content-Disposition"] == 'attachment; filename="evaluations.csv"'
    assert client.get(PAGE + "empty/marks.csv").status_code == 404


def test_who_only_reads_sees_the_imports_and_sends_none(edition: Edition) -> None:
    client = signed_in(a_member(edition.programme.organiser, MemberRole.VIEWER))

    assert "Send a spreadsheet" not in client.get(PAGE).content.decode()
    assert send(client, HEADINGS).status_code == 404
    assert client.post(f"{PAGE}{a_job(edition, None).public_id}/in-earnest/").status_code == 404


def test_an_import_of_another_edition_is_not_found(owner: User, edition: Edition) -> None:
    other = Edition.objects.create(
        programme=edition.programme, slug="2031", timezone="UTC", languages=["en"], created_at=NOON
    )

    assert signed_in(owner).get(f"{PAGE}{a_job(other, owner).public_id}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30, 60])
def test_the_list_takes_as_many_queries_for_many_as_for_one(
    count: int, edition: Edition, owner: User, django_assert_max_num_queries: Any
) -> None:
    outcomes: list[dict[str, Any]] = [
        {},
        {"finished_at": NOON, "failure": "Broken."},
        {"finished_at": NOON, "outcome": {"fault_count": 2}},
        {"finished_at": NOON, "outcome": {"is_dry_run": True}},
        {"finished_at": NOON, "outcome": {"is_dry_run": False}},
    ]
    for number in range(count):
        a_job(edition, owner, **outcomes[number % len(outcomes)])
    client = signed_in(owner)

    with django_assert_max_num_queries(8):
        page = client.get(PAGE).content.decode()

    assert page.count('class="badge') == min(count, 50)
    assert ("Older" in page) == (count > 50)
    assert count <= 50 or "Newer" in client.get(PAGE + "?page=2").content.decode()


def test_nothing_sent_yet_says_where_to_begin(owner: User) -> None:
    assert "Begin with the participants" in signed_in(owner).get(PAGE).content.decode()
