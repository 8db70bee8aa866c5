"""A juried award from the first invitation to the entrant's feedback, page by page, in two languages."""

import io
import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core import mail
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from kaaring.entries.models import Case, Entry
from kaaring.jobs.models import Job
from kaaring.jury.actions.scorecards import submit_scorecard
from kaaring.jury.models import Assignment, Juror, Meeting, Recusal, Reopening, Scorecard, Stage
from kaaring.jury.sheets import Filled, Sheet
from kaaring.kernel.figures import figure
from kaaring.people.models import User
from kaaring.programmes.models import Edition
from tests.browser.award import WORDS, Words, an_edition_in
from tests.browser.conftest import Check
from tests.browser.journey import Walk, follow
from tests.build import a_member, a_user
from tests.juried import TEAM, a_case, a_juror, an_assignment, an_entry, an_organisation
from tests.jury.marking import a_panel

pytestmark = pytest.mark.django_db(transaction=True)
SCREENING, MARKING, FINAL = "screening", "marking", "final"


@dataclass(frozen=True)
class Cast:
    """Who takes part, each signed in with an account in the language of the journey."""

    owner: User
    chair: User
    entrant: User
    second: Juror
    third: Juror


@pytest.mark.parametrize("language", ["nb", "ru"])
def test_an_award_is_judged_from_the_first_invitation_to_the_feedback(
    page: Page, axe: Check, live_server: Any, language: str
) -> None:
    with translation.override(language):
        words = WORDS[language]
        walk = Walk(page, axe, an_edition_in(language), server=live_server.url)
        cast = _a_cast(walk.edition, language, words)

        _invite(walk, cast)
        _accept(walk, cast)
        others = _open_the_screening(walk, cast)
        entry = _enter(walk, cast, language, words)
        _confirm_a_conflict(walk, cast, entry)
        _screen(walk, cast, [entry, *others])
        _plan(walk, cast, entry)
        _mark(walk, cast, entry, words)
        _reach_the_final(walk, cast, entry, others)
        _meet(walk, cast, entry, words)
        _publish(walk, cast, words)
        _release(walk, cast, words)
        _read_feedback(walk, cast, entry, words)


def _a_cast(edition: Edition, language: str, words: Words) -> Cast:
    second, third = (
        a_juror(edition, user=a_user(language=language), organisation_name=house)
        for house in ("", words.house)
    )
    return Cast(
        owner=a_member(edition.programme.organiser),
        chair=a_user("chair@example.org", language=language),
        entrant=a_user("entrant@own-house.example", language=language),
        second=second,
        third=third,
    )


def _invite(walk: Walk, cast: Cast) -> None:
    walk.sign_in(cast.owner)
    walk.open("organiser:new_juror", looked_at=True)
    walk.do("organiser:add_juror", name="Ada", code="ada", email=cast.chair.email)
    walk.axe(walk.page)
    walk.do("organiser:invite_juror", Juror.objects.get(code="ada").public_id)


def _accept(walk: Walk, cast: Cast) -> None:
    walk.sign_in(cast.chair)
    walk.page.goto(_link_by_mail(cast.chair.email))
    walk.axe(walk.page)
    follow(walk.page.locator('form[action$="/accept/"] [type=submit]'))
    walk.sees(str(walk.edition.programme))

    walk.open("juror:home", looked_at=True)
    ada = Juror.objects.get(code="ada")
    assert ada.user == cast.chair
    a_panel(walk.edition, ada, cast.second, cast.third, category=TEAM)


def _link_by_mail(address: str) -> str:
    for _attempt in range(50):
        for message in mail.outbox:
            found = re.search(r"https?://\S+/account/invitation/\S+", str(message.body))
            if found and message.to == [address]:
                return found[0]
        time.sleep(0.1)
    raise AssertionError("no message came")


def _open_the_screening(walk: Walk, cast: Cast) -> list[Entry]:
    """Open the first stage over two entries that are there already."""
    now = timezone.now() - timedelta(hours=1)
    others = []
    for number in (1, 2):
        house = an_organisation(walk.edition.programme.organiser, f"Alfa {number}")
        case = a_case(walk.edition, house, f"Case {number}", facts={"people": 12}, at=now)
        told = {"actions": f"A {number}", "results": f"R {number}"}
        others.append(an_entry(case=case, answers=told, submitted=True, at=now))
    walk.sign_in(cast.owner)
    _give_a_period(walk, SCREENING)
    return others


def _give_a_period(walk: Walk, stage: str) -> None:
    now = timezone.now()
    walk.open("organiser:stage", stage)
    opens, closes = _typed(now - timedelta(days=1)), _typed(now + timedelta(days=10))
    walk.do("organiser:save_stage_period", stage, opens_at=opens, closes_at=closes)
    if stage == SCREENING:
        walk.axe(walk.page)
    assert Stage.objects.filter(code=stage, opens_at__lt=now, closes_at__gt=now).exists()


def _typed(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def _enter(walk: Walk, cast: Cast, language: str, words: Words) -> Entry:
    walk.sign_in(cast.entrant)
    walk.open("entrant:new_case", looked_at=True)
    walk.do("entrant:start_case", title=words.title, name=words.house, language=language)
    case = Case.objects.get(title=words.title).public_id
    walk.save("entrant:save_about", case, subject="team", summary=words.text)
    walk.axe(walk.page)
    walk.open("entrant:facts", case, looked_at=True)
    walk.save("entrant:save_facts", case, people="12")
    walk.open("entrant:categories", case, looked_at=True)
    walk.do("entrant:enter", case, TEAM)
    entry = Entry.objects.select_related("case", "edition__programme").get(case__public_id=case)
    walk.open("entrant:entry", entry.public_id)
    for criterion in ("actions", "results"):
        walk.page.locator(f"#text-{criterion}").fill(words.text)
        expect(walk.page.locator(f"#state-{criterion} .saved")).to_be_visible()
    walk.axe(walk.page)
    walk.do("entrant:declare", entry.public_id, declared_as=words.head)
    walk.send("entrant:submit", entry.public_id)
    assert {one.text for one in entry.answers.all()} == {words.text}
    return Entry.objects.select_related("case").get(pk=entry.pk, submitted_at__isnull=False)


def _confirm_a_conflict(walk: Walk, cast: Cast, entry: Entry) -> None:
    """The entry is let in and given to a juror from a house of that name, until somebody looks."""
    assert cast.third.user is not None
    walk.sign_in(cast.owner)
    walk.open("organiser:stage", SCREENING)
    walk.do("organiser:admit_entries", SCREENING)
    reading = an_assignment(Stage.objects.get(code=SCREENING), entry, cast.third)
    walk.sign_in(cast.third.user)
    walk.open("juror:entry", SCREENING, entry.public_id, looked_at=True)

    walk.sign_in(cast.owner)
    walk.open("organiser:recusals")
    walk.do("organiser:detect_recusals")
    walk.axe(walk.page)
    found = Recusal.objects.get()
    walk.do("organiser:confirm_recusal", found.public_id)

    walk.sign_in(cast.third.user)
    assert walk.status("juror:entry", SCREENING, entry.public_id) == 404
    assert Assignment.objects.get(pk=reading.pk).ended_at is not None


def _screen(walk: Walk, cast: Cast, entries: list[Entry]) -> None:
    stage, ada = Stage.objects.get(code=SCREENING), Juror.objects.get(code="ada")
    for entry in entries:
        an_assignment(stage, entry, ada)
    walk.sign_in(cast.chair)
    walk.open("juror:home")
    follow(walk.page.locator(f'.next a[href^="{walk.at("juror:home")}"]'))
    for entry in entries:
        walk.open("juror:entry", SCREENING, entry.public_id)
        walk.page.locator("label:has([name=passes][value=yes])").click()
        walk.send("juror:check", SCREENING, entry.public_id)
        walk.do("juror:final", SCREENING, entry.public_id)


def _plan(walk: Walk, cast: Cast, entry: Entry) -> None:
    """Everybody who passed goes on, and a plan says who reads what; the conflict is kept to."""
    walk.sign_in(cast.owner)
    _give_a_period(walk, MARKING)
    walk.page.goto(walk.at("organiser:scores") + f"?stage={SCREENING}")
    follow(walk.page.locator(f'.next a[href="{walk.at("organiser:shortlist", SCREENING)}"]'))
    walk.axe(walk.page)
    walk.do("organiser:let_on", SCREENING)
    walk.page.goto(walk.at("organiser:assignments") + f"?stage={MARKING}")
    walk.send("organiser:make_plan", MARKING)
    walk.axe(walk.page)
    walk.do("organiser:take_plan", Job.objects.get().public_id)
    walk.axe(walk.page)

    planned = Assignment.objects.filter(stage__code=MARKING, ended_at=None)
    assert planned.count() == 6
    assert set(planned.filter(entry=entry).values_list("juror__code", flat=True)) == {"ada", cast.second.code}


def _mark(walk: Walk, cast: Cast, entry: Entry, words: Words) -> None:
    """Ours gets 9 from everybody, the first of the others 6, the second 3."""
    walk.sign_in(cast.chair)
    mine = list(_readings(MARKING).filter(juror__code="ada"))
    for reading in mine:
        ours = reading.entry_id == entry.pk
        _mark_by_keyboard(walk, reading, _worth(reading, entry), remark=words.remark if ours else "")
    for reading in _readings(MARKING).exclude(juror__code="ada"):
        _mark_as_juror(reading, _worth(reading, entry))


def _worth(reading: Assignment, ours: Entry) -> int:
    if reading.entry_id == ours.pk:
        return 9
    return 6 if reading.entry.case.title.endswith("1") else 3


def _readings(stage: str) -> Any:
    """Return who reads what in a stage, without what has ended."""
    found = Assignment.objects.filter(stage__code=stage, ended_at=None).order_by("pk")
    return found.select_related("entry__case", "juror__user")


def _mark_by_keyboard(walk: Walk, reading: Assignment, mark: int, *, remark: str = "") -> None:
    page, where = walk.page, (reading.stage.code, reading.entry.public_id)
    walk.open("juror:entry", *where, looked_at=bool(remark))
    for _criterion in ("actions", "results"):
        page.keyboard.press(str(mark))
        page.evaluate("document.activeElement.blur()")
    if remark:
        page.locator("#remark").fill(remark)
    expect(page.locator("#score")).to_contain_text(figure(Fraction(10 * mark)))
    for name in ("juror:check", "juror:final"):
        with page.expect_navigation():
            walk.form(name, *where).locator("[type=submit]").first.press("Enter")
    assert Scorecard.objects.get(assignment=reading).submitted_at is not None


def _mark_as_juror(reading: Assignment, actions: int, results: int | None = None) -> None:
    assert reading.juror.user is not None
    marks = {"actions": Filled(actions), "results": Filled(actions if results is None else results)}
    by = reading.juror.user.public_id
    submit_scorecard(reading.pk, Sheet(marks=marks), version=0, by=by, at=timezone.now())


def _reach_the_final(walk: Walk, cast: Cast, entry: Entry, others: list[Entry]) -> None:
    """Two of three go on. Both get 8 in the final, but for one 7 that ours gets from the second juror."""
    walk.sign_in(cast.owner)
    walk.open("organiser:scores", looked_at=True)
    _give_a_period(walk, FINAL)
    walk.open("organiser:shortlist", MARKING)
    walk.do("organiser:let_on", MARKING)
    stage = Stage.objects.get(code=FINAL)
    assert set(stage.admissions.values_list("entry", flat=True)) == {entry.pk, others[0].pk}

    for one in (entry, others[0]):
        an_assignment(stage, one, Juror.objects.get(code="ada"))
        _mark_as_juror(an_assignment(stage, one, cast.second), 8, 7 if one == entry else 8)
    walk.sign_in(cast.chair)
    for reading in _readings(FINAL).filter(juror__code="ada"):
        _mark_by_keyboard(walk, reading, 8)


def _meet(walk: Walk, cast: Cast, entry: Entry, words: Words) -> None:
    """The chair corrects the 7, which makes a tie, parts it, and decides."""
    page, other = walk.page, _readings(FINAL).exclude(entry=entry).first().entry
    walk.sign_in(cast.chair)
    walk.open("juror:meetings", looked_at=True)
    walk.do("juror:open_meeting", FINAL, TEAM)
    meeting = Meeting.objects.get().public_id
    follow(page.locator(f'form:has([name=entry][value="{entry.public_id}"]) [type=submit]').first)
    walk.sees(f"{entry.code} {words.title}")
    walk.axe(page)

    card = str(
        Scorecard.objects.get(
            assignment__entry=entry, assignment__juror=cast.second, assignment__stage__code=FINAL
        ).pk
    )
    change = {"scorecard": card, "criterion": "results", "steps": "8", "reason": words.reason}
    walk.do("juror:meeting_change", meeting, **change)
    order = {f"position_{one.public_id}": str(at) for at, one in enumerate((entry, other), 1)}
    walk.do("juror:meeting_part", meeting, reason=words.reason, **order)
    language = walk.edition.languages[0]
    given = {f"level_{entry.public_id}": "winner", f"citation_{entry.public_id}_{language}": words.citation}
    walk.do("juror:meeting_decide", meeting, **given)
    walk.axe(page)
    walk.do("juror:meeting_close", meeting)
    assert Reopening.objects.get().reason == words.reason


def _publish(walk: Walk, cast: Cast, words: Words) -> None:
    walk.sign_in(cast.owner)
    walk.open("organiser:stage", FINAL)
    walk.do("organiser:close_stage", FINAL)
    assert walk.status("public:category_results", TEAM) == 404
    walk.open("organiser:runs", looked_at=True)
    walk.do("organiser:publish_run")
    walk.page.context.clear_cookies()
    walk.open("public:edition")
    walk.sees(words.title)
    walk.open("public:category_results", TEAM, looked_at=True)
    walk.sees(words.title, words.house, words.citation)


def _release(walk: Walk, cast: Cast, words: Words) -> None:
    walk.sign_in(cast.owner)
    walk.open("organiser:remarks", looked_at=True)
    card = Scorecard.objects.exclude(remark="").get()
    walk.do("organiser:release_remark", card.public_id, text=words.remark)
    walk.open("organiser:feedback", looked_at=True)
    walk.do("organiser:release_feedback")


def _read_feedback(walk: Walk, cast: Cast, entry: Entry, words: Words) -> None:
    walk.sign_in(cast.entrant)
    walk.open("entrant:feedback", entry.public_id, looked_at=True)
    walk.sees(words.remark, words.citation)
    with walk.page.expect_download() as download:
        walk.page.locator(f'a[href="{walk.at("entrant:feedback_pdf", entry.public_id)}"]').click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF")
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert words.title in " ".join(text.split())
    assert words.remark in " ".join(text.split())
