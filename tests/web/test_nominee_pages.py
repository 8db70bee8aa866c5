"""The entrant's page about a nominee, and the nominee's own page, opened by nothing but its key."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kaaring.entries import actions
from kaaring.entries.models import Case, Correction, Entry, Nominee, ProtectedFact
from kaaring.jury.models import Stage
from kaaring.outbox.models import Letter
from kaaring.people.models import MemberRole
from kaaring.programmes.models import Edition
from kaaring.results.models import Run
from tests.build import a_member, a_user
from tests.entries.build import an_attachment
from tests.entries.test_protected import an_edition_that_asks
from tests.juried import PERSON, a_case, a_figure, a_nominee, an_entrant, an_entry, an_organisation

pytestmark = pytest.mark.django_db
OLA = {
    "name": "Ola Nordmann",
    "role": "Agent",
    "is_person": "on",
    "email": "ola@example.org",
    "language": "nb",
}


def client_of(case: Case) -> Client:
    client = Client()
    client.force_login(an_entrant(case.organisation))
    return client


def at(case: Case, rest: str = "") -> str:
    edition = case.edition
    return f"/en/entrant/{edition.programme.slug}/{edition.slug}/cases/{case.public_id}/nominee/{rest}"


def own(nominee: Nominee, rest: str = "", language: str = "en") -> str:
    return f"/{language}/nominee/{nominee.token}/{rest}"


def text(response: Any) -> str:
    return str(response.content.decode())


def agree(nominee: Nominee, client: Client | None = None) -> Any:
    version = Case.objects.get(pk=nominee.case_id).version
    return (client or Client()).post(own(nominee, "agree/"), {"version": version})


@pytest.mark.django_db(transaction=True)
def test_from_the_entrants_form_over_the_letter_to_the_nominees_consent() -> None:
    entry = an_entry(category=PERSON)
    Nominee.objects.filter(case=entry.case).delete()
    case = Case.objects.get(pk=entry.case_id)
    client = client_of(case)
    assert "has not been asked" not in text(client.get(at(case)))

    assert client.post(at(case, "save/"), OLA).status_code == 302
    assert "Ola Nordmann has not been asked yet" in text(client.get(at(case)))
    assert client.post(at(case, "ask/")).status_code == 302
    assert "was asked on" in text(client.get(at(case)))
    nominee = Nominee.objects.get()
    (letter,) = mail.outbox
    assert f"http://testserver{own(nominee, language='nb')}" in letter.body

    assert "Ola Nordmann, you are nominated" in text(Client().get(own(nominee)))
    assert agree(nominee).headers["Location"] == own(nominee)
    assert "You agreed on" in text(Client().get(own(nominee)))
    assert "Ola Nordmann agreed on" in text(client.get(at(case)))
    actions.submit_entry(entry.pk, by="test", at=timezone.now())


def test_the_entrant_never_sees_the_key() -> None:
    case = a_case()
    nominee = a_nominee(case)

    assert nominee.token not in text(client_of(case).get(at(case)))


@pytest.mark.parametrize("is_sent", [False, True])
def test_the_outbox_of_the_organiser_shows_the_letter_without_the_key(is_sent: bool) -> None:
    case = a_case()
    nominee = a_nominee(case)
    client_of(case).post(at(case, "ask/"))
    if is_sent:
        Letter.objects.update(claimed_at=timezone.now(), sent_at=timezone.now())
    client = Client()
    client.force_login(a_member(case.edition.programme.organiser, MemberRole.VIEWER))
    edition = case.edition

    page = text(client.get(f"/en/organiser/{edition.programme.slug}/{edition.slug}/letters/consent/"))

    assert nominee.token in Letter.objects.get().body
    assert "/nominee/…" in page
    assert nominee.token not in page


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ({**OLA, "name": ""}, 422, "This field is required"),
        ({**OLA, "email": "ola"}, 422, "Enter a valid email address"),
        ({**OLA, "email": ""}, 409, "a person who is nominated is asked for consent"),
    ],
)
def test_a_nominee_that_lacks_something_is_asked_for_again(
    typed: dict[str, str], status: int, says: str
) -> None:
    case = a_case()

    response = client_of(case).post(at(case, "save/"), typed)

    assert response.status_code == status
    assert says in text(response)
    assert not Nominee.objects.exists()


def test_a_nominee_is_removed() -> None:
    case = a_case()
    a_nominee(case)

    assert client_of(case).post(at(case, "remove/")).status_code == 302
    assert not Nominee.objects.exists()


def test_a_refusal_to_ask_stands_on_the_page() -> None:
    case = a_case()

    response = client_of(case).post(at(case, "ask/"))

    assert response.status_code == 409
    assert "Only a person who is nominated is asked for consent" in text(response)


def test_strangers_find_no_such_page() -> None:
    case = a_case()
    stranger = Client()
    stranger.force_login(an_entrant(an_organisation(case.edition.programme.organiser)))

    assert stranger.get(at(case)).status_code == 404
    for rest in ("save/", "remove/", "ask/", "protected/", "protected/health/forget/"):
        assert stranger.post(at(case, rest)).status_code == 404
        assert Client().post(at(case, rest)).status_code == 302


def test_protected_answers_are_stored_and_never_shown_to_the_entrant_again() -> None:
    case = an_entry(an_edition_that_asks(), PERSON).case
    client = client_of(case)

    response = client.post(at(case, "protected/"), {"protected-born_on": "1999-12-31"})
    assert response.status_code == 302
    page = text(client.get(at(case)))

    assert "When were you born?" in page
    assert "answered on" in page
    assert "1999" not in page
    assert client.post(at(case, "protected/born_on/forget/")).status_code == 302
    assert not ProtectedFact.objects.exists()


def test_a_protected_answer_that_cannot_be_read_is_asked_for_again() -> None:
    case = an_entry(an_edition_that_asks(), PERSON).case

    response = client_of(case).post(at(case, "protected/"), {"protected-born_on": "long ago"})

    assert response.status_code == 422
    assert "is not a date" in text(response)


def test_a_case_whose_categories_ask_nothing_protected_shows_no_such_form() -> None:
    case = an_entry(an_edition_that_asks(), "team").case

    assert "Protected answers" not in text(client_of(case).get(at(case)))


def test_a_missing_protected_answer_leads_to_the_page_that_asks_for_it() -> None:
    entry = an_entry(an_edition_that_asks(), PERSON)
    case = Case.objects.get(pk=entry.case_id)

    page = text(client_of(case).get(at(case).replace("nominee/", "")))

    assert f'href="{at(case)}"' in page


def test_a_nominee_reads_all_that_is_said_and_kept() -> None:
    entry = an_entry(an_edition_that_asks(), PERSON, answers={"results": "Answers everybody."})
    case = Case.objects.get(pk=entry.case_id)
    actions.give_protected(case.pk, {"born_on": "1999-12-31"}, by="test", at=timezone.now())
    figures = actions.CaseChanges(figures=(a_figure(),))
    actions.change_case(case.pk, figures, version=10**6, by="test", at=timezone.now())

    response = Client().get(own(Nominee.objects.get(case=case)))

    page = text(response)
    for said in ("Answers everybody.", case.summary, "Agent of the Year", "Answer time", "31 December 1999"):
        assert said in page
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in page


def test_the_page_speaks_the_nominees_language() -> None:
    nominee = a_nominee(a_case())

    assert '<html lang="nb">' in text(Client().get(own(nominee, language="nb")))
    assert '<html lang="ru">' in text(Client().get(own(nominee, language="ru")))


def test_other_keys_open_nothing() -> None:
    nominee = a_nominee(a_case())
    for token in (nominee.token[:-1], nominee.token + "A", "x" * 43, nominee.case.public_id):
        address = f"/en/nominee/{token}/"
        assert Client().get(address).status_code == 404
        assert Client().post(f"{address}agree/", {"version": 1}).status_code == 404
        assert Client().post(f"{address}decline/").status_code == 404


def test_a_decision_takes_a_form_of_ours() -> None:
    nominee = a_nominee(a_case())
    client = Client(enforce_csrf_checks=True)

    assert agree(nominee, client).status_code == 403
    assert client.post(own(nominee, "decline/")).status_code == 403
    assert client.get(own(nominee, "agree/")).status_code == 405
    assert Nominee.objects.get().consented_at is None


def test_who_read_an_older_case_reads_the_new_one_first() -> None:
    nominee = a_nominee(a_case())

    for version in ("0", "", "many", "9" * 50):
        response = Client().post(own(nominee, "agree/"), {"version": version})
        assert response.status_code == 409
        assert "has changed since you opened this page" in text(response)


def test_a_changed_case_is_said_to_have_changed() -> None:
    nominee = a_nominee(a_case(), consented_at=timezone.now())
    Case.objects.filter(pk=nominee.case_id).update(version=100)

    assert "has changed since you agreed" in text(Client().get(own(nominee)))


def test_a_nominee_declines_and_may_come_back() -> None:
    nominee = a_nominee(a_case())

    assert Client().post(own(nominee, "decline/")).status_code == 302
    page = text(Client().get(own(nominee)))
    assert "You declined on" in page
    assert own(nominee, "decline/") not in page
    assert agree(nominee).status_code == 302
    assert "Withdraw my consent" in text(Client().get(own(nominee)))


def test_once_the_jury_reads_the_page_says_who_can_help() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    nominee = Nominee.objects.get(case=entry.case)
    now = timezone.now()
    Stage.objects.create(
        edition=entry.edition,
        code="screening",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
    )

    page = text(Client().get(own(nominee)))
    assert "Good Service" in page
    assert own(nominee, "decline/") not in page
    assert Client().post(own(nominee, "decline/")).status_code == 409
    assert Entry.objects.get(pk=entry.pk).withdrawn_at is None


def test_a_signed_in_stranger_needs_the_key_as_well() -> None:
    nominee = a_nominee(a_case())
    client = Client()
    client.force_login(a_user())

    assert client.get(f"/en/nominee/{nominee.pk}/").status_code == 404


def test_the_nominee_opens_the_files_that_the_jury_gets(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path
    entry = an_entry(category=PERSON)
    file, removed = an_attachment(entry.case), an_attachment(entry.case, removed_at=timezone.now())
    other = an_attachment(a_case(entry.edition))
    nominee = Nominee.objects.get(case=entry.case)

    address = own(nominee, f"attachments/{file.public_id}/")
    response = Client().get(address)

    assert address in text(Client().get(own(nominee)))
    assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]
    for public_id in (removed.public_id, other.public_id, "nothing"):
        assert Client().get(own(nominee, f"attachments/{public_id}/")).status_code == 404
    assert Client().get(address.replace(nominee.token, "x" * 43)).status_code == 404


def test_the_nominee_reads_what_the_rules_said_as_the_jury_does() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    withheld = {"rule": "does", "outcome": "met", "reason": {"en": "Withheld"}, "is_protected": True}
    Entry.objects.filter(pk=entry.pk).update(eligibility=[*entry.eligibility, withheld])

    page = text(Client().get(own(Nominee.objects.get(case=entry.case))))

    assert "What the rules say in “Agent of the Year”" in page
    assert "“Nominee”: a person. This fits: a person." in page
    assert "Withheld" not in page


def test_once_entries_have_closed_a_nominee_of_a_draft_is_asked_nothing() -> None:
    entry = an_entry(category=PERSON)
    nominee = Nominee.objects.get(case=entry.case)
    Nominee.objects.update(consented_at=None, consented_version=None)
    Edition.objects.update(timeline={"entries": ["2020-01-01", "2020-02-01"]})

    page = text(Client().get(own(nominee)))

    assert "No entry about you was submitted in time." in page
    assert own(nominee, "agree/") not in page
    response = agree(nominee)
    assert response.status_code == 409
    assert "No entry about you was submitted in time." in text(response)
    assert Client().post(own(nominee, "decline/")).status_code == 302


def test_once_the_results_are_published_the_nominee_is_told_what_holds() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    nominee = Nominee.objects.get(case=entry.case)
    Case.objects.update(version=100)
    Run.objects.create(
        edition=entry.edition,
        number=1,
        rules=entry.edition.rules.get(),
        method={},
        evaluation_count=0,
        published_at=timezone.now(),
    )

    page = text(Client().get(own(nominee)))

    assert "The results were published on" in page
    assert "Good Service" in page
    assert own(nominee, "agree/") not in page
    assert agree(nominee).status_code == 409


def test_of_an_entry_that_was_withdrawn_nothing_is_asked() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    actions.withdraw_entry(entry.pk, reason="We changed our mind.", by="test", at=timezone.now())
    nominee = Nominee.objects.get(case=entry.case)
    Nominee.objects.update(consented_at=None, consented_version=None)

    page = text(Client().get(own(nominee)))

    assert "The entry was withdrawn." in page
    assert own(nominee, "agree/") not in page


def test_the_nominee_reads_what_holds_while_a_correction_is_open_and_when_it_lapses() -> None:
    entry = an_entry(category=PERSON, submitted=True)
    nominee = Nominee.objects.get(case=entry.case)
    until = timezone.now() + timedelta(hours=1)
    actions.ask_correction(entry.pk, "More.", until=until, by="test", at=timezone.now())
    actions.write_answer(entry.pk, "results", "Unfinished", version=10**6, by="test", at=timezone.now())

    page = text(Client().get(own(nominee)))
    assert "Unfinished" in page
    assert "the jury reads the text that you agreed to" in page
    assert own(nominee, "agree/") in page

    Correction.objects.update(until=timezone.now())
    page = text(Client().get(own(nominee)))
    assert "Unfinished" not in page
    assert "What we say of results." in page
    assert "the text that you agreed to holds" in page
    assert own(nominee, "agree/") not in page


def test_the_form_refuses_a_person_who_is_not_called_one() -> None:
    case = a_case(subject="person")
    plain = {name: value for name, value in OLA.items() if name != "is_person"}

    response = client_of(case).post(at(case, "save/"), plain)

    assert response.status_code == 409
    assert "has to be asked for consent" in text(response)
    assert not Nominee.objects.exists()
