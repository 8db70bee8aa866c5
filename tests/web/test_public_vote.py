"""The page on which the public votes: choosing, the message, the button that counts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kaaring.entries.models import Nominee, Party
from kaaring.jury.models import Stage, Vote
from kaaring.jury.queries.votes import Counted, votes_in
from kaaring.jury.voters import HOLDS, token_of
from kaaring.programmes.models import Edition
from kaaring.web.public import voting
from tests.build import NOON
from tests.jury.marking import an_organisation
from tests.jury.voting import a_choice, a_voted_edition, now_open, voted_on, withdraw
from tests.web.setup_pages import text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KARI = "kari@example.org"


@pytest.fixture
def edition() -> Edition:
    return a_voted_edition()


@pytest.fixture
def stage(edition: Edition) -> Stage:
    return now_open(edition)


@pytest.fixture
def client() -> Client:
    return Client()


def at(edition: Edition, path: str = "", language: str = "en") -> str:
    return f"/{language}/{edition.programme.slug}/{edition.slug}/vote/{path}"


def asked(client: Client, stage: Stage, *, language: str = "en", email: str = KARI, **chosen: str) -> Any:
    sent = {f"in-{category}": value for category, value in chosen.items()}
    return client.post(at(stage.edition, "ask/", language), {"email": email, **sent})


def link_in(message: Any) -> str:
    """Return the path of the link in a message."""
    found = re.search(r"http://testserver(\S+)", str(message.body))
    assert found is not None
    return found[1]


def test_entries_of_the_stage_are_shown_by_category_with_who_is_behind_them(
    stage: Stage, client: Client
) -> None:
    entry = voted_on(stage, "A1")
    partner = an_organisation(stage.edition, "The partner")
    Party.objects.create(case=entry.case, organisation=partner)
    withdrawn = voted_on(stage, "A2")
    withdraw(withdrawn)
    voted_on(stage, "B1", "bot")

    page = text(client.get(at(stage.edition)))

    assert page.index("Centre of the Year") < page.index("Chatbot of the Year")
    assert entry.case.title in page
    assert f"{entry.case.organisation.name} · The partner" in page
    assert withdrawn.public_id not in page
    assert "What we say about" not in page
    assert page.count('type="radio"') == 4


def test_a_person_is_named_only_with_consent_and_a_product_always(stage: Stage, client: Client) -> None:
    silent, agreed, product = (voted_on(stage, code) for code in ("A1", "A2", "A3"))
    Nominee.objects.create(case=silent.case, name="Silent Person", is_person=True)
    Nominee.objects.create(
        case=agreed.case, name="Glad Person", is_person=True, consented_at=NOON, consented_version=1
    )
    Nominee.objects.create(case=product.case, name="Robot One")

    page = text(client.get(at(stage.edition)))

    assert "Silent Person" not in page
    assert "Glad Person" in page
    assert "Robot One" in page


def test_where_names_are_hidden_only_titles_are_shown(client: Client) -> None:
    edition = a_voted_edition(("voting: confirmed_email", "voting: confirmed_email, sees: {names: false}"))
    entry = voted_on(now_open(edition), "A1")
    Nominee.objects.create(case=entry.case, name="Robot One")

    page = text(client.get(at(edition)))

    assert entry.case.title in page
    assert entry.case.organisation.name not in page
    assert "Robot One" not in page


def test_the_message_says_what_was_chosen_and_its_link_counts_only_by_the_button(
    stage: Stage, client: Client
) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "B1", "bot")

    response = asked(client, stage, centre=a.public_id, bot=b.public_id)

    assert response["Location"] == at(stage.edition, "sent/")
    assert "Look into your mailbox" in text(client.get(response["Location"]))
    (message,) = mail.outbox
    assert message.to == [KARI]
    assert message.subject == f"Confirm your votes in {stage.edition.title}"
    assert f"- Centre of the Year: {a.case.title}" in message.body
    assert "(Europe/Oslo)" in message.body
    link = link_in(message)
    for _time in range(3):
        opened = text(client.get(link))
        client.head(link)
    assert "Are these your votes?" in opened
    assert a.case.title in opened
    assert not Vote.objects.exists()
    assert client.get(link + "count/").status_code == 405

    done = client.post(link + "count/", follow=True)

    assert "Your votes are counted" in text(done)
    assert votes_in(stage) == {a.pk: Counted(None, 1), b.pk: Counted(None, 1)}
    client.post(link + "count/")
    assert Vote.objects.count() == 2


def test_the_message_is_in_the_language_of_the_page(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")

    asked(client, stage, language="nb", centre=a.public_id)

    assert "Årets Kundesenter" in mail.outbox[0].body
    assert link_in(mail.outbox[0]).startswith("/nb/")


def test_a_later_choice_replaces_the_first_and_says_so_beforehand(
    stage: Stage, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    a, other = voted_on(stage, "A1"), voted_on(stage, "A2")
    for entry in (a, other):
        asked(client, stage, centre=entry.public_id, email=f" {KARI.upper()} ")
    first, second = map(link_in, mail.outbox)
    client.post(first + "count/")

    assert "replace a vote that you may have given before" in text(client.get(second))
    client.post(second + "count/")

    assert votes_in(stage) == {other.pk: Counted(None, 1)}
    assert "Are these your votes?" in text(client.get(first))
    assert "Your votes are counted" in text(client.get(second))


def test_the_answer_is_the_same_whether_or_not_an_address_has_voted(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    first = asked(client, stage, centre=a.public_id)
    client.post(link_in(mail.outbox[0]) + "count/")

    again = asked(client, stage, centre=a.public_id, email="Kari+x@example.org")
    stranger = asked(client, stage, centre=a.public_id, email="ola@example.org")

    answers = {(one.status_code, one["Location"], one.content) for one in (first, again, stranger)}
    assert len(answers) == 1
    assert [message.to for message in mail.outbox] == [[KARI], ["ola@example.org"]]


def test_six_messages_at_most_go_to_one_address(stage: Stage, client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"vote_mailed": "6/30d/key"}
    a = voted_on(stage, "A1")

    for _time in range(8):
        asked(client, stage, centre=a.public_id)

    assert len(mail.outbox) == 6


def test_one_network_cannot_ask_for_any_number_of_messages(
    stage: Stage, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"vote_asked": "2/10m/ip"}
    a = voted_on(stage, "A1")
    for number in range(2):
        asked(client, stage, centre=a.public_id, email=f"{number}@example.org")

    refused = asked(client, stage, centre=a.public_id)

    assert refused.status_code == 429
    assert "Many links were asked for from your network" in text(refused)
    assert KARI in text(refused)
    assert len(mail.outbox) == 2


def test_the_limits_of_the_installation_are_those_the_page_tells(settings: Any) -> None:
    assert settings.ACCOUNT_RATE_LIMITS["vote_mailed"] == "1/5m/key,6/30d/key"


def test_a_message_that_cannot_be_sent_is_told_and_may_be_asked_for_again(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = voted_on(stage, "A1")

    def broken(*_given: Any, **_named: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(voting, "send_link", broken)
        refused = asked(client, stage, centre=a.public_id)

    assert refused.status_code == 503
    assert "could not be sent, so nothing is counted yet" in text(refused)
    assert re.search(rf'value="{a.public_id}"\s+checked', text(refused))
    assert not Vote.objects.exists()
    asked(client, stage, centre=a.public_id)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "email", ["", "kari", "kari@", "kari@example.org\nBcc: all@example.org", "a" * 250 + "@example.org"]
)
def test_what_is_no_address_is_marked_and_the_choice_is_kept(
    stage: Stage, client: Client, email: str
) -> None:
    a = voted_on(stage, "A1")

    refused = asked(client, stage, email=email, centre=a.public_id)

    assert refused.status_code == 422
    assert "Nothing was sent yet" in text(refused)
    assert re.search(rf'value="{a.public_id}"\s+checked', text(refused))
    assert not mail.outbox


def test_a_choice_has_to_be_made_and_be_one_of_those_offered(stage: Stage, client: Client) -> None:
    voted_on(stage, "A1")
    bot = voted_on(stage, "B1", "bot")
    gone = voted_on(stage, "A2")
    withdraw(gone)

    nothing = asked(client, stage)
    in_another = asked(client, stage, centre=bot.public_id)
    withdrawn = asked(client, stage, centre=gone.public_id)

    assert "Choose an entry in at least one category." in text(nothing)
    for refused in (in_another, withdrawn):
        assert refused.status_code == 422
        assert "This entry is no longer in the vote. Choose another one." in text(refused)
    assert not mail.outbox


def test_before_the_vote_opens_and_after_it_closes_the_page_says_when(
    edition: Edition, client: Client
) -> None:
    stage = now_open(edition, opens_at=timezone.now() + DAY)
    a = voted_on(stage, "A1")
    assert "The vote opens on" in text(client.get(at(edition)))
    assert a.case.title not in text(client.get(at(edition)))
    early = asked(client, stage, centre=a.public_id)
    assert (early.status_code, "The vote opens on" in text(early)) == (409, True)

    stage.opens_at, stage.closes_at = timezone.now() - 2 * DAY, timezone.now() - DAY
    stage.save()

    assert "The vote closed on" in text(client.get(at(edition)))
    late = asked(client, stage, centre=a.public_id)
    assert late.status_code == 409
    assert "What was not confirmed before that does not count." in text(late)
    assert not mail.outbox


def test_a_vote_confirmed_after_the_end_does_not_count_and_says_so(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    asked(client, stage, centre=a.public_id)
    link = link_in(mail.outbox[0])
    stage.closes_at = timezone.now()
    stage.save()

    opened, refused = client.get(link), client.post(link + "count/")

    assert (opened.status_code, refused.status_code) == (410, 409)
    for answer in (opened, refused):
        assert "Nothing was counted" in text(answer)
        assert "What was not confirmed before that does not count." in text(answer)
        assert "Count my votes" not in text(answer)
    assert not Vote.objects.exists()


def test_an_old_link_a_broken_one_and_one_of_another_vote_count_nothing(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    other = now_open(a_voted_edition(("service-awards", "other")))
    there = voted_on(other, "X1")
    now = timezone.now()
    old = token_of(a_choice(stage, a, asked_at=now - HOLDS))
    foreign = token_of(a_choice(other, there, asked_at=now))
    whole = token_of(a_choice(stage, a, asked_at=now))

    for token, words in (
        (old, "This link was good for two days."),
        (foreign, "This link belongs to another vote"),
        (whole[:-2], "This link is not whole or not ours."),
        ("nonsense", "This link is not whole or not ours."),
    ):
        link = at(stage.edition, f"{token}/")
        assert words in text(client.get(link))
        assert words in text(client.post(link + "count/"))
    assert not Vote.objects.exists()


def test_what_has_left_the_vote_meanwhile_is_told_and_the_rest_counts(stage: Stage, client: Client) -> None:
    a, b = voted_on(stage, "A1"), voted_on(stage, "B1", "bot")
    asked(client, stage, centre=a.public_id, bot=b.public_id)
    link = link_in(mail.outbox[0])
    withdraw(a)

    assert "1 entry you chose is no longer in the vote." in text(client.get(link))
    client.post(link + "count/")
    assert votes_in(stage) == {b.pk: Counted(None, 1)}

    withdraw(b)
    assert "Nothing is left to count" in text(client.get(link))
    refused = client.post(link + "count/")
    assert (refused.status_code, "What you chose is no longer" in text(refused)) == (409, True)


def test_votes_are_nowhere_counted_up_for_the_public(stage: Stage, client: Client) -> None:
    a = voted_on(stage, "A1")
    for number in range(17):
        Vote.objects.create(
            stage=stage, category=a.category, entry=a, voter=f"v{number}", confirmed_at=timezone.now()
        )

    page = text(client.get(at(stage.edition)))

    assert not re.search(r"\b17\b", re.sub(r"<time.*?</time>|\b\d+:\d+\b|\d+ \w+ 20\d\d", "", page))


def test_only_a_vote_held_here_with_dates_has_the_page(edition: Edition, client: Client) -> None:
    now_open(edition, "readers")

    for path in ("", "sent/", "nonsense/"):
        assert client.get(at(edition, path)).status_code == 404
    assert client.post(at(edition, "ask/")).status_code == 404
    assert client.post(at(edition, "nonsense/count/")).status_code == 404


def test_pages_of_a_vote_are_kept_by_nobody_and_links_found_by_no_search(
    stage: Stage, client: Client
) -> None:
    a = voted_on(stage, "A1")
    token = token_of(a_choice(stage, a, asked_at=timezone.now()))

    page, link = client.get(at(stage.edition)), client.get(at(stage.edition, f"{token}/"))

    assert "no-store" in page["Cache-Control"]
    assert "no-store" in link["Cache-Control"]
    assert link["X-Robots-Tag"] == "noindex, nofollow"


def test_a_form_sent_from_another_site_is_turned_away(stage: Stage) -> None:
    a = voted_on(stage, "A1")
    strict = Client(enforce_csrf_checks=True)
    token = token_of(a_choice(stage, a, asked_at=timezone.now()))

    assert asked(strict, stage, centre=a.public_id).status_code == 403
    assert strict.post(at(stage.edition, f"{token}/count/")).status_code == 403
    page = text(strict.get(at(stage.edition)))
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    sent = {"email": KARI, "in-centre": a.public_id, "csrfmiddlewaretoken": found[1]}
    assert strict.post(at(stage.edition, "ask/"), sent).status_code == 302


def test_the_edition_and_its_rulebook_lead_to_the_vote_and_say_how_one_votes(
    stage: Stage, client: Client
) -> None:
    where = at(stage.edition)
    home, rules = where.removesuffix("vote/"), where.removesuffix("vote/") + "rules/"

    assert f'btn-primary" href="{where}"' in text(client.get(home))
    page = text(client.get(rules))
    assert page.count(f'href="{where}"') == 2
    assert "one vote for each e-mail address in each category" in page
    assert "The public votes, and the votes are counted elsewhere." in page
    assert "its share, in per cent, of all votes" in page


def test_the_page_takes_no_more_queries_for_thirty_entries_than_for_one(
    stage: Stage, client: Client, django_assert_max_num_queries: Any
) -> None:
    voted_on(stage, "A0")
    voted_on(stage, "B0", "bot")
    client.get(at(stage.edition))
    with django_assert_max_num_queries(10) as few:
        client.get(at(stage.edition))
    for number in range(1, 30):
        voted_on(stage, f"A{number}", "bot" if number % 2 else "centre")

    with django_assert_max_num_queries(len(few)):
        client.get(at(stage.edition))
