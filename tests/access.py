"""Who may open what: every address of the project, asked for in every role.

``python -m tests.access > docs/access.md`` writes the table that people read; ``tests/test_access.py``
compares it with what the pages answer.
"""

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

import django

if not os.environ.get("DJANGO_SETTINGS_MODULE"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

from django.db import transaction
from django.test import Client, override_settings
from django.test.runner import DiscoverRunner
from django.urls import URLResolver, get_resolver
from django.utils import timezone, translation

from kaaring.entries.models import Declaration, Entry, LateLeave
from kaaring.fieldwork.models import Evaluation
from kaaring.jobs.models import Job
from kaaring.jury.actions.asking import ask_organiser
from kaaring.jury.actions.panels import Members, form_panel
from kaaring.jury.actions.recusals import set_recusal
from kaaring.jury.actions.scorecards import save_draft
from kaaring.jury.actions.stages import open_stage
from kaaring.jury.models import Meeting
from kaaring.jury.sheets import Sheet
from kaaring.jury.voters import Choice, token_of, voter_of
from kaaring.outbox.actions import Wanted, draft_all
from kaaring.outbox.models import Letter
from kaaring.people.models import MemberRole, User
from kaaring.programmes import links
from kaaring.programmes.models import Award, Edition, EditionRole
from kaaring.results.actions import decide_nobody, decide_open_awards, publish_run
from kaaring.survey.models import Participant
from tests import measured
from tests.build import (
    NOON,
    a_contact,
    a_measured_edition,
    a_member,
    a_part,
    a_user,
    an_invitation,
    an_organiser,
)
from tests.entries.build import a_stored_invoice, an_attachment
from tests.juried import a_juror, a_nominee, an_affiliation, an_assignment
from tests.jury.build import bare_entry

NOBODY = "anonymous"
ELSEWHERE = "owner elsewhere"
OTHER_CONTACT = "other participant's contact"
PARTS = {
    "reviewer": EditionRole.REVIEWER,
    "juror": EditionRole.JUROR,
    "jury chair": EditionRole.JURY_CHAIR,
    "shopper": EditionRole.SHOPPER,
    "entrant's contact": EditionRole.ENTRANT_CONTACT,
    "presenter": EditionRole.PRESENTER,
}
ROLES = (
    NOBODY,
    *MemberRole.values,
    "participant's contact",
    OTHER_CONTACT,
    *PARTS,
    ELSEWHERE,
)
PAGE, GOES_ON, SIGN_IN, NO_PAGE, MAY, REFUSED = "page", "goes on", "sign in", "–", "may", "refused"
FORBIDDEN, BROKEN, WRONG_METHOD = "forbidden", "broken", "wrong method"
ASKED = {"organiser:look_accent": "?accent=%23aa0000"}
SENT = {"organiser:make_reports": {"language": "en"}}
ENGLISH = "en"
JURY = """
jury:
  scale: {from: 0, to: 10, step: 1}
  jurors_per_entry: 1
  stages:
    - {code: screening, name: Screening, mode: scorecard}
    - {code: public, name: Public, mode: public_vote, voting: confirmed_email}
    - {code: final, name: Final, mode: scorecard}
categories:
  - {code: team, name: Team of the Year, subject: team, criteria: [{code: results, name: Results}]}
"""
"""What makes the small measured edition a juried one as well."""


@dataclass
class World:
    """A published edition with somebody in every role, and what stands in addresses."""

    edition: Edition
    people: dict[str, User | None]
    filled: dict[tuple[str, str], Any]


class Address(NamedTuple):
    """One address: its name and its pattern."""

    name: str
    route: str


class Answers(NamedTuple):
    """What an address answers, by role; ``method`` is POST where nothing can be read there."""

    address: Address
    method: str
    by_role: Mapping[str, str]


class CannotFillError(Exception):
    """An address holds something that this module does not know how to fill in."""


def a_world() -> World:
    """Build the world that the walk goes through."""
    house = an_organiser("house", logo='<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    edition = a_measured_edition(
        participants=4, evaluations=10, definition=measured.SMALL_DEFINITION + JURY, organiser=house
    )
    people: dict[str, User | None] = {NOBODY: None, ELSEWHERE: a_member(an_organiser("elsewhere"))}
    people |= {role: a_member(house, role) for role in MemberRole.values}
    people |= {name: a_part(edition, role=role).user for name, role in PARTS.items()}
    first, second = Participant.objects.filter(edition=edition).order_by("code")[:2]
    contact = a_contact(first).user
    people |= {"participant's contact": contact, OTHER_CONTACT: a_contact(second).user}
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)
    filled = _of_a_jury(edition, people) | _filled(edition, first, contact)
    filled |= _of_letters(edition, filled[("", "entry")])
    entrant = people["entrant's contact"]
    assert entrant is not None
    return World(edition, people, _of_entrants(filled[("", "entry")], entrant) | filled)


def _filled(edition: Edition, participant: Participant, contact: User) -> dict[tuple[str, str], Any]:
    """Return what to put into addresses, by the word before it ("" for any) and its name."""
    invitation = an_invitation(edition, invited_at=timezone.now(), email="invited@example.org")
    member = a_member(edition.programme.organiser, MemberRole.VIEWER)
    reviewer = a_part(edition).user
    evaluation = Evaluation.objects.filter(enquiry__participant=participant).order_by("pk")[0]
    run = edition.runs.get()
    sent = {"kind": "shoppers", "file": "shoppers.csv", "dry_run": False}
    job = Job.objects.create(kind=Job.Kind.IMPORT, edition=edition, asked_at=NOON, arguments=sent)
    return {
        ("", "programme"): edition.programme.slug,
        ("", "edition"): edition.slug,
        ("theme", "slug"): edition.programme.organiser.slug,
        ("", "participant"): participant.code,
        ("participants", "code"): participant.code,
        ("classes", "code"): participant.competition_class.code,
        ("areas", "code"): "talk",
        ("themes", "code"): "warmth",
        ("channels", "code"): "email",
        ("", "channel"): "phone",
        ("questions", "code"): "S1",
        ("", "token"): links.token_of(invitation),
        ("", "invitation"): invitation.public_id,
        ("demo", "person"): a_user("walker@demo.example").public_id,
        ("members", "person"): member.public_id,
        ("parts", "person"): reviewer.public_id,
        ("contacts", "person"): contact.public_id,
        ("", "role"): EditionRole.REVIEWER,
        ("", "evaluation"): evaluation.public_id,
        ("", "run"): run.public_id,
        ("", "number"): 1,
        ("", "award"): "best",
        ("revoke", "decision"): edition.awards.get(code="best").decisions.get().pk,
        ("", "in_class"): participant.competition_class.code,
        ("", "question"): "S1",
        ("enquiries", "public_id"): evaluation.public_id,
        ("imports", "job"): job.public_id,
        ("", "kind"): "participants",
        ("", "language"): "en",
        ("", "uidb36"): "1",
        ("", "key"): "not-a-key",
        ("", "provider_id"): "sso",
        ("keys", "pk"): 1,
    }


def _of_a_jury(edition: Edition, people: Mapping[str, User | None]) -> dict[tuple[str, str], Any]:
    """Return what to put into addresses of a jury: an entry in a stage, who reads it, and a conflict.

    The juror reads the entry, the chair leads the panel.
    """
    opened = timezone.now()
    entry = bare_entry(edition, submitted_at=opened)
    times = {"opens_at": opened - timedelta(days=1), "closes_at": opened + timedelta(days=9)}
    stage = open_stage(edition, "screening", **times, by="test", at=opened - timedelta(days=1))
    vote = open_stage(edition, "public", **times, by="test", at=opened - timedelta(days=1))
    choice = Choice(vote.pk, voter_of(vote, "voter@example.org"), (entry.public_id,), opened)
    juror, other = a_juror(edition, user=people["juror"]), a_juror(edition)
    chair = a_juror(edition, user=people["jury chair"])
    led = Members(["team"], [juror.pk, chair.pk], chair.pk)
    panel = form_panel(edition, {"en": "Teams"}, led, by="test", at=NOON)
    conflict = set_recusal(other.pk, case=entry.case, kind="other", by="test", at=NOON)
    reading = an_assignment(stage, entry, juror)
    by = {"by": juror.user.public_id, "at": opened}
    query = ask_organiser(reading.pk, "Which year?", **by)
    card = save_draft(reading.pk, Sheet(), version=0, **by)
    asked = {"stage": stage.code, "seed": 1}
    job = Job.objects.create(kind=Job.Kind.ASSIGNMENT, edition=edition, asked_at=NOON, arguments=asked)
    meeting = Meeting.objects.create(stage=stage, category=entry.category, opened_at=opened)
    award = Award.objects.create(
        edition=edition, code="best-team", name={"en": "Best team"}, by="jury", category="team", position=9
    )
    settled = vote.closes_at
    decision = decide_nobody(award, reason="None was good enough.", by="test", at=settled)
    return {
        ("", "meeting"): meeting.public_id,
        ("jury-decisions", "award"): award.code,
        ("", "entry_decision"): decision.pk,
        ("", "stage"): stage.code,
        ("votes", "stage"): vote.code,
        ("vote", "token"): token_of(choice),
        ("", "entry"): entry.public_id,
        ("", "case"): entry.case.public_id,
        ("", "juror"): juror.public_id,
        ("", "panel"): panel.code,
        ("", "recusal"): conflict.public_id,
        ("", "query"): query.public_id,
        ("", "scorecard"): card.public_id,
        ("plans", "job"): job.public_id,
    }


def _of_letters(edition: Edition, entry: str) -> dict[tuple[str, str], Any]:
    """Return what to put into addresses of letters, and of a declaration about an entry."""
    about = Entry.objects.get(public_id=entry)
    declared = {"rule": "eligibility/0", "declared_as": "Kari Nordmann", "declared_at": NOON}
    declaration = Declaration.objects.create(entry=about, **declared)
    given = {"until": NOON, "reason": "Illness", "given_at": NOON}
    leave = LateLeave.objects.create(edition=edition, organisation=about.case.organisation, **given)
    draft_all(
        edition, Letter.Kind.RESULT, [Wanted(entry, "x@example.org", ENGLISH, "Result", "Well.")], at=NOON
    )
    asked = {"kinds": ["result"]}
    job = Job.objects.create(kind=Job.Kind.LETTERS, edition=edition, asked_at=NOON, arguments=asked)
    return {
        ("declarations", "declaration"): declaration.pk,
        ("late-entries", "leave"): leave.pk,
        ("letters", "kind"): "result",
        ("one", "letter"): Letter.objects.get(edition=edition).public_id,
        ("sending", "job"): job.public_id,
    }


def _of_entrants(entry: str, entrant: User) -> dict[tuple[str, str], Any]:
    """Let a person act for the organisation of an entry; return what to put into entrants' addresses."""
    case = Entry.objects.select_related("case__organisation").get(public_id=entry).case
    colleague = an_affiliation(case.organisation)
    an_affiliation(case.organisation, entrant)
    return {
        ("", "organisation"): case.organisation.public_id,
        ("", "criterion"): "results",
        ("", "category"): "team",
        ("merge", "other"): case.public_id,
        ("colleagues", "person"): colleague.user.public_id,
        ("nominee", "token"): a_nominee(case).token,
        ("attachments", "attachment"): an_attachment(case).public_id,
        ("protected", "fact"): "health",
        ("invoices", "invoice"): a_stored_invoice(case).public_id,
    }


def addresses(
    resolver: URLResolver | None = None, before: str = "", names: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Return every address of the project."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from addresses(pattern, route, inner)
        else:
            yield Address(":".join((*names, pattern.name or "")), _readable(route))


def _readable(route: str) -> str:
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route)
    return "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", route).rstrip("$")


def path_of(address: Address, world: World) -> str:
    """Return an address with everything in it filled in."""
    path, before = address.route, ""
    for part in re.findall(r"<\w+>|[\w-]+", address.route):
        if not part.startswith("<"):
            before = part
            continue
        key = part.strip("<>")
        known = world.filled.get((before, key), world.filled.get(("", key)))
        if known is None:
            raise CannotFillError(
                f"The address {address.route} ({address.name}) holds <{key}> after “{before}”, and "
                f"tests/access.py does not know what to put there. Add ({before!r}, {key!r}) to _filled."
            )
        path = path.replace(part, str(known), 1)
    return path


def answer_of(client: Client, method: str, path: str, sent: Mapping[str, str]) -> str:
    """Ask once, undo everything it did, and return the answer in a word."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.get(path) if method == "GET" else client.post(path, sent)
        transaction.set_rollback(True)
    if response.streaming:
        b"".join(response)
    client.cookies = cookies
    return _in_a_word(method, response.status_code, response.headers.get("Location", ""))


def _in_a_word(method: str, status: int, location: str) -> str:
    if status in (301, 302, 303):
        if "/account/login/" in location and "next=" in location:
            return SIGN_IN
        return GOES_ON if method == "GET" else MAY
    reading = method == "GET"
    if status in (400, 409, 410, 422):
        return REFUSED if reading else MAY
    words = {200: PAGE if reading else MAY, 401: FORBIDDEN, 403: FORBIDDEN, 404: NO_PAGE, 405: WRONG_METHOD}
    return words.get(status, BROKEN)


def walk(world: World, wanted: Callable[[Address], bool] = lambda address: True) -> list[Answers]:
    """Ask for every address in every role, with GET and, where there is nothing to read, with POST."""
    clients = {}
    for role in ROLES:
        clients[role] = Client(raise_request_exception=False, headers={"Accept-Language": ENGLISH})
        user = world.people[role]
        if user is not None:
            clients[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with override_settings(ACCOUNT_RATE_LIMITS=False, DEMO=True), translation.override(ENGLISH):
        found = []
        for address in filter(wanted, addresses()):
            path = path_of(address, world) + ASKED.get(address.name, "")
            reads = answer_of(clients[MemberRole.OWNER], "GET", path, {}) != WRONG_METHOD
            method, sent = "GET" if reads else "POST", SENT.get(address.name, {})
            by_role = {role: answer_of(client, method, path, sent) for role, client in clients.items()}
            found.append(Answers(address, method, by_role))
    return found


HEAD = """# Who may open what

Every address of the project, asked for in every role by a program (`tests/access.py`); a test compares
this table with what the pages really answer. After adding pages write it anew, read the difference, and
commit it:

    python -m tests.access > docs/access.md

| word | means |
|---|---|
| page | the page is shown |
| goes on | the reader is sent on to another page |
| sign in | the reader is asked to sign in first |
| may | POST only: this person may do it (an empty form is done, refused with a reason or asked for again) |
| refused | the page says why it cannot be shown |
| forbidden | sign-in pages of django-allauth that need another step first |
| – | there is no such page for this reader: the same answer as for an address that does not exist |

“Owner” to “auditor” belong to the organiser of the edition asked for; “owner elsewhere” owns another
organiser. Addresses begin with the language (`/en`, `/nb`, `/ru`), save those without one.
"""
SECTIONS = (
    ("organiser:", "Organisers"),
    ("participant:", "Participants"),
    ("public:", "The public"),
    ("account:", "One's own account"),
    ("", "Sign-in (django-allauth) and the rest"),
)


def section_of(name: str) -> str:
    """Return the heading that an address stands under."""
    return next(title for prefix, title in SECTIONS if name.startswith(prefix))


def document(answers: list[Answers]) -> str:
    """Return the table as Markdown."""
    parts = [HEAD]
    for _prefix, title in SECTIONS:
        rows = [one for one in answers if section_of(one.address.name) == title]
        if rows:
            parts.append(f"\n## {title}\n\n" + "\n".join(_table(rows)) + "\n")
    return "".join(parts)


def _table(rows: list[Answers]) -> Iterator[str]:
    yield f"| address | | {' | '.join(ROLES)} |"
    yield "|---" * (len(ROLES) + 2) + "|"
    for one in sorted(rows, key=lambda row: row.address.route):
        route = one.address.route.removeprefix(f"/{ENGLISH}") or "/"
        yield f"| `{route}` | {one.method} | {' | '.join(one.by_role[role] for role in ROLES)} |"


def table() -> list[Answers]:
    """Build the world, walk it and leave nothing behind."""
    with transaction.atomic():
        answers = walk(a_world())
        transaction.set_rollback(True)
    return answers


def main() -> None:
    """Write the table to standard output, from a database of its own."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    logging.disable(logging.ERROR)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        sys.stdout.write(document(table()))
    finally:
        runner.teardown_databases(databases)
        runner.teardown_test_environment()


if __name__ == "__main__":
    main()
