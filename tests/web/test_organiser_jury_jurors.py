"""The organiser's pages about jurors, panels and conflicts of interest."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kaaring.jury.actions import recusals
from kaaring.jury.actions.panels import Members, form_panel
from kaaring.jury.models import Juror, Panel, Recusal, Scorecard
from kaaring.people.models import MemberRole, Organisation
from kaaring.programmes.models import Edition, Invitation
from tests.build import NOON, a_measured_edition, a_member, a_user
from tests.juried import a_juried_edition, a_juror, a_stage, an_assignment, an_organisation
from tests.jury.build import a_card, bare_entry
from tests.web.setup_pages import at, filled, signed_in, text

pytestmark = pytest.mark.django_db
BY: Any = {"by": "test", "at": NOON}


@pytest.fixture
def edition() -> Edition:
    return a_juried_edition()


@pytest.fixture
def client(edition: Edition) -> Client:
    return signed_in(edition)


@pytest.fixture
def bank(edition: Edition) -> Organisation:
    return an_organisation(edition.programme.organiser, "Nordbank AS")


KARI = {
    "name": "Kari Berg",
    "code": "kari",
    "email": "kari@example.org",
    "organisation": "Nordbank",
    "languages": ["nb"],
    "categories": ["team", "person"],
    "most_entries": "12",
}


def test_without_jurors_the_page_says_how_to_get_some(edition: Edition, client: Client) -> None:
    page = text(client.get(at(edition, "jurors/")))

    assert "No jurors yet" in page
    assert at(edition, "imports/") in page
    assert at(edition, "add/juror/") in page


def test_a_juror_is_added_and_changed_in_a_form(edition: Edition, client: Client) -> None:
    assert 'name="most_entries"' in text(client.get(at(edition, "add/juror/")))
    response = client.post(at(edition, "add/juror/save/"), KARI, follow=True)
    assert "Kari Berg is in the jury." in text(response)
    juror = Juror.objects.get()
    assert (juror.languages, juror.categories, juror.most_entries) == (["nb"], ["team", "person"], 12)

    address = at(edition, f"jurors/{juror.public_id}/save/")
    form = filled(client.get(at(edition, f"jurors/{juror.public_id}/")), address)
    assert form["categories"] == ["team", "person"]
    client.post(address, {**form, "name": "Kari Moe", "code": "other"})

    juror.refresh_from_db()
    assert (juror.name, juror.code) == ("Kari Moe", "kari")


def test_a_form_that_cannot_be_stored_comes_back_with_what_was_typed(
    edition: Edition, client: Client
) -> None:
    juror = a_juror(edition, code="kari", email="other@example.org")

    known = client.post(at(edition, "add/juror/save/"), KARI)
    assert known.status_code == 409
    assert "There is a juror with the code “kari” already." in text(known)
    assert 'value="Kari Berg"' in text(known)
    assert client.post(at(edition, "add/juror/save/"), {**KARI, "name": ""}).status_code == 422
    a_juror(edition, email="kari@example.org")
    address = at(edition, f"jurors/{juror.public_id}/save/")
    assert client.post(address, {**KARI, "email": "nobody"}).status_code == 422
    assert client.post(address, KARI).status_code == 409


def test_the_list_says_who_has_accepted_who_is_invited_and_whose_conflicts_wait(
    edition: Edition, client: Client, bank: Organisation
) -> None:
    bare_entry(edition, organisation=bank)
    a_juror(edition, "Accepted", user=a_user())
    invited = a_juror(edition, "Invited")
    a_juror(edition, "Without address", email="")
    a_juror(edition, "In conflict", organisation_name="Nordbank")
    a_juror(edition, "Gone", removed_at=NOON, removed_reason="Moved")
    recusals.detect_recusals(edition, **BY)
    client.post(at(edition, f"jurors/{invited.public_id}/invite/"))

    page = text(client.get(at(edition, "jurors/")))

    assert "4 jurors. 1 has accepted the invitation." in page
    assert ">accepted</span>" in page
    assert ">invited</span>" in page
    assert ">no address</span>" in page
    assert "1 waits</span>" in page
    assert "1 possible conflict of interest waits for a look." in page
    assert "1 juror was removed from the jury" in page


def test_inviting_looks_for_conflicts_first_and_refuses_while_one_waits(
    edition: Edition, client: Client, bank: Organisation
) -> None:
    bare_entry(edition, organisation=bank)
    juror = a_juror(edition, organisation_name="Nordbank")

    refused = client.post(at(edition, f"jurors/{juror.public_id}/invite/"))

    assert refused.status_code == 409
    assert "Confirm or dismiss it, then invite." in text(refused)
    assert Recusal.objects.count() == 1
    assert not Invitation.objects.exists()


def test_everybody_who_can_be_invited_is_invited_at_once(
    edition: Edition, client: Client, bank: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    bare_entry(edition, organisation=bank)
    for _turn in range(2):
        a_juror(edition)
    a_juror(edition, organisation_name="Nordbank")
    a_juror(edition, user=a_user())

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(at(edition, "jurors/invite-all/"), follow=True)

    assert "2 invitations are on their way. 1 juror cannot be invited yet" in text(response)
    assert len(mail.outbox) == 2
    assert "/account/invitation" in mail.outbox[0].body


def test_a_juror_leaves_with_a_reason_and_the_page_still_shows_what_there_was(
    edition: Edition, client: Client
) -> None:
    entry = bare_entry(edition)
    juror = a_juror(edition, "Kari")
    a_card(an_assignment(a_stage(edition), entry, juror))
    address = at(edition, f"jurors/{juror.public_id}/remove/")

    assert client.post(address, {"reason": ""}).status_code == 409
    page = text(client.post(address, {"reason": "Has moved"}, follow=True))

    assert "Kari is removed from the jury." in page
    assert "Has moved" in page
    assert "drafts: 1." in page
    assert "Remove the juror" not in page


def test_scorecards_are_excluded_and_counted_again_with_reasons(edition: Edition, client: Client) -> None:
    entry = bare_entry(edition)
    juror = a_juror(edition)
    a_card(an_assignment(a_stage(edition), entry, juror), is_final=True)
    address = at(edition, f"jurors/{juror.public_id}/")

    page = text(client.post(f"{address}exclude/", {"reason": "By a colleague"}, follow=True))
    assert "0 of 1 finished scorecards count." in page
    assert Scorecard.objects.get().excluded_reason == "By a colleague"
    assert client.post(f"{address}exclude/", {"reason": "Again"}).status_code == 409
    client.post(f"{address}include/", {"reason": "It was not so"})
    assert Scorecard.objects.get().excluded_at is None


def test_a_panel_is_formed_changed_and_dissolved(edition: Edition, client: Client) -> None:
    assert "Add the jurors first" in text(client.get(at(edition, "panels/")))
    kari = a_juror(edition, "Kari", organisation_name="Nordbank")
    assert "Kari (Nordbank)" in text(client.get(at(edition, "add/panel/")))

    sent = {"name_en": "Teams", "categories": ["team"], "jurors": [str(kari.pk)], "chair": str(kari.pk)}
    response = client.post(at(edition, "add/panel/save/"), sent, follow=True)
    assert "“Teams” is stored." in text(response)
    assert "Agent of the Year" in text(response)
    panel = Panel.objects.get()
    assert panel.chair == kari

    address = at(edition, "panels/teams/save/")
    form = filled(client.get(at(edition, "panels/teams/")), address)
    assert form["chair"] == [str(kari.pk)]
    client.post(address, {**form, "name_nb": "Lag", "chair": ""})
    panel.refresh_from_db()
    assert (panel.name, panel.chair) == ({"en": "Teams", "nb": "Lag"}, None)
    assert "no chair" in text(client.get(at(edition, "panels/")))

    client.post(at(edition, "panels/teams/dissolve/"))
    assert not Panel.objects.exists()


def test_a_panel_that_cannot_be_is_refused_with_nothing_lost(edition: Edition, client: Client) -> None:
    kari, ola = a_juror(edition, "Kari"), a_juror(edition, "Ola")
    sent = {"name_en": "Teams", "categories": ["team"], "jurors": [str(kari.pk)], "chair": str(ola.pk)}

    refused = client.post(at(edition, "add/panel/save/"), sent)
    assert refused.status_code == 409
    assert "Ola is not in the panel." in text(refused)
    assert 'value="Teams"' in text(refused)
    assert client.post(at(edition, "add/panel/save/"), {**sent, "jurors": []}).status_code == 422
    assert client.get(at(edition, "panels/none/")).status_code == 404


def test_conflicts_that_were_found_are_confirmed_or_dismissed_with_a_reason(
    edition: Edition, client: Client, bank: Organisation
) -> None:
    bare_entry(edition, organisation=bank)
    a_juror(edition, "Kari", organisation_name="Nordbank")
    a_juror(edition, "Ola", organisation_name="Nordbanken")
    client.post(at(edition, "recusals/detect/"))
    one, other = Recusal.objects.order_by("juror__name")

    page = text(client.get(at(edition, "recusals/")))
    assert "<b>2</b> possible conflicts wait for a look." in page
    assert "Comes from “Nordbank”, which may be “Nordbank AS”." in page
    client.post(at(edition, f"recusals/{one.public_id}/confirm/"))
    assert client.post(at(edition, f"recusals/{one.public_id}/confirm/")).status_code == 409
    dismiss = at(edition, f"recusals/{other.public_id}/dismiss/")
    assert client.post(dismiss, {"reason": " "}).status_code == 409
    client.post(dismiss, {"reason": "A Swedish bank"})

    page = text(client.get(at(edition, "recusals/")))
    assert "Nothing waits for a look." in page
    assert "1 was dismissed" in page
    assert "A Swedish bank" in page
    assert "Nothing new was found." in text(client.post(at(edition, "recusals/detect/"), follow=True))


def test_a_conflict_the_organiser_knows_of_is_recorded(
    edition: Edition, client: Client, bank: Organisation
) -> None:
    entry = bare_entry(edition, organisation=bank)
    kari = a_juror(edition, "Kari")
    sent = {"juror": kari.public_id, "kind": "client", "note": "Their auditor"}
    address = at(edition, "recusals/set/")

    client.post(address, {**sent, "organisation": bank.public_id})
    client.post(address, {**sent, "entry": entry.code, "kind": "person"})

    assert set(Recusal.objects.values_list("organisation", "case")) == {
        (bank.pk, None),
        (None, entry.case.pk),
    }
    page = text(client.get(at(edition, "recusals/")))
    assert "Their auditor" in page
    both = client.post(address, {**sent, "organisation": bank.public_id, "entry": entry.code})
    assert both.status_code == 422
    assert "Choose either the organisation or the entry, not both." in text(both)
    assert client.post(address, {**sent, "entry": "999"}).status_code == 422


def test_fields_that_choose_among_people_say_choose(edition: Edition, client: Client) -> None:
    a_juror(edition)
    stage = a_stage(edition)
    bare_entry(edition)

    for address in ("recusals/", f"assignments/?stage={stage.code}", "people/"):
        page = text(client.get(at(edition, address)))
        assert "Select an option" not in page


def test_what_was_found_about_oneself_is_looked_at_by_another_member(edition: Edition) -> None:
    member = a_member(edition.programme.organiser)
    own = a_juror(edition, "Kari", user=member)
    plain: Any = {"juror": own, "kind": "employer", "noted_at": NOON, "noted_by": "test"}
    houses = [an_organisation(edition.programme.organiser) for _turn in range(2)]
    found = Recusal.objects.create(organisation=houses[0], source="detected", **plain)
    Recusal.objects.create(organisation=houses[1], source="declared", **plain)
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")

    page = text(client.get(at(edition, "recusals/")))
    refused = client.post(at(edition, f"recusals/{found.public_id}/dismiss/"), {"reason": "No."})

    assert page.count("Your own: another member of the organiser looks at it.") == 2
    assert "Dismiss it" not in page
    assert refused.status_code == 409
    assert "This is about your own judging." in text(refused)
    assert "Dismiss it" in text(signed_in(edition).get(at(edition, "recusals/")))


def test_a_juror_reads_whether_one_was_invited_at_all(edition: Edition, client: Client) -> None:
    kari = a_juror(edition, "Kari")
    address = at(edition, f"jurors/{kari.public_id}/")
    assert "Not invited yet." in text(client.get(address))

    client.post(at(edition, f"jurors/{kari.public_id}/invite/"))

    assert "Has not accepted an invitation yet." in text(client.get(address))


def test_a_juror_in_no_panel_is_told_of_where_panels_judge_everything(
    edition: Edition, client: Client
) -> None:
    everything = list(edition.categories.values_list("code", flat=True))
    form_panel(edition, {"en": "All"}, Members(everything, [a_juror(edition).pk]), **BY)

    page = text(client.post(at(edition, "add/juror/save/"), KARI, follow=True))

    assert "Kari Berg is in the jury. Kari Berg belongs to no panel, so no entry is assigned." in page
    assert page.count(f'href="{at(edition, "panels/")}"><span class="badge badge-wait">none') == 1
    assert "See the panels" in page
    Panel.objects.get().jurors.add(Juror.objects.get(code="kari"))
    assert "belongs to no panel" not in text(client.get(at(edition, "jurors/")))


def test_without_jurors_there_is_nothing_to_compare(edition: Edition, client: Client) -> None:
    assert "No jurors to compare yet" in text(client.get(at(edition, "recusals/")))


def test_who_only_reads_sees_the_jury_and_changes_nothing(edition: Edition, bank: Organisation) -> None:
    bare_entry(edition, organisation=bank)
    juror = a_juror(edition, organisation_name="Nordbank")
    recusals.detect_recusals(edition, **BY)
    form_panel(edition, {"en": "Teams"}, Members(["team"], [juror.pk]), **BY)
    viewer = signed_in(edition, MemberRole.VIEWER)

    for address in ("jurors/", f"jurors/{juror.public_id}/", "panels/", "panels/teams/", "recusals/"):
        page = viewer.get(at(edition, address))
        assert page.status_code == 200
        assert 'class="btn' not in text(page)
    for address in ("add/juror/", "add/panel/"):
        assert viewer.get(at(edition, address)).status_code == 404
    one = Recusal.objects.get().public_id
    for address in (
        "add/juror/save/",
        "jurors/invite-all/",
        *(
            f"jurors/{juror.public_id}/{doing}/"
            for doing in ("save", "invite", "remove", "exclude", "include")
        ),
        "add/panel/save/",
        "panels/teams/save/",
        "panels/teams/dissolve/",
        "recusals/detect/",
        "recusals/set/",
        f"recusals/{one}/confirm/",
        f"recusals/{one}/dismiss/",
    ):
        assert viewer.post(at(edition, address)).status_code == 404, address


def test_a_juror_or_conflict_of_another_edition_is_not_found(edition: Edition, client: Client) -> None:
    other = a_juried_edition(edition.programme.organiser, edition="2031")
    juror, case = a_juror(other), bare_entry(other).case
    conflict = recusals.set_recusal(juror.pk, case=case, kind="other", **BY)

    assert client.get(at(edition, f"jurors/{juror.public_id}/")).status_code == 404
    assert client.post(at(edition, f"recusals/{conflict.public_id}/confirm/")).status_code == 404
    measured = a_measured_edition()
    for address in ("jurors/", "panels/", "recusals/", "assignments/"):
        assert signed_in(measured).get(at(measured, address)).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_many_jurors_as_for_one(
    count: int, edition: Edition, client: Client, bank: Organisation, django_assert_max_num_queries: Any
) -> None:
    bare_entry(edition, organisation=bank)
    jurors = [a_juror(edition, organisation_name="Nordbank") for _turn in range(count)]
    recusals.detect_recusals(edition, **BY)
    for juror in jurors[: count // 2]:
        recusals.confirm_recusal(juror.recusals.get().pk, **BY)
    form_panel(edition, {"en": "Teams"}, Members(["team"], [one.pk for one in jurors]), **BY)
    Invitation.objects.create(
        organiser=edition.programme.organiser,
        edition=edition,
        email=jurors[0].email,
        role="juror",
        invited_at=timezone.now() - timedelta(days=1),
        invited_by=a_user(),
    )
    client.get(at(edition, "jurors/"))

    for address in ("jurors/", "panels/", "recusals/"):
        with django_assert_max_num_queries(16):
            client.get(at(edition, address))
