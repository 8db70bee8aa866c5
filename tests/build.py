"""Builders: plain typed functions, each makes one valid thing, and the test names only what matters to it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from kaaring.fieldwork.actions import EvaluationRow, submit_evaluations
from kaaring.people.models import MemberRole, Membership, Organiser, User
from kaaring.programmes.definition import read
from kaaring.programmes.models import Edition, EditionRole, Invitation, Part, Programme
from kaaring.results.actions import decide_open_awards, publish_run
from kaaring.survey.actions import add_participants, store_definition
from kaaring.survey.models import CompetitionClass, Contact, Participant
from kaaring.survey.spreadsheets import ParticipantRow
from tests import measured

NOON = datetime(2030, 2, 1, 12, tzinfo=UTC)
_numbers = count(1)


def an_organiser(slug: str = "", **changes: Any) -> Organiser:
    slug = slug or f"organiser-{next(_numbers)}"
    return Organiser.objects.create(**{"slug": slug, "name": "Good Service", **changes})


def a_definition(text: str = measured.SMALL_DEFINITION) -> Any:
    """Return the definition that a YAML text is."""
    reading = read(text, file="test.yaml")
    assert reading.definition is not None, "\n".join(str(fault) for fault in reading.faults)
    return reading.definition


def a_participant_row(number: int = 1, **changes: Any) -> ParticipantRow:
    values = {
        "code": f"centre-{number}",
        "name": f"Centre {number}",
        "class_code": ("banks", "shops")[number % 2],
        "channels": ("phone", "email"),
    }
    return ParticipantRow(**{**values, **changes})


def an_evaluation_row(enquiry: str = "E1", **changes: Any) -> EvaluationRow:
    """Return a faultless evaluation on the phone: 13 of 13 points."""
    values: dict[str, Any] = {
        "enquiry": enquiry,
        "participant": "centre-1",
        "channel": "phone",
        "at": NOON,
        "answers": measured.BY_PHONE,
        "comments": {"talk": "Took the time it needed."},
    }
    return EvaluationRow(**{**values, **changes})


def a_measured_edition(
    *,
    participants: int = 2,
    evaluations: int = 0,
    definition: str = measured.SMALL_DEFINITION,
    organiser: Organiser | None = None,
) -> Edition:
    """Return a small edition with participants, and with as many evaluations for each as asked for.

    The answers differ: a participant with a higher number loses more points on the scale; every fourth
    enquiry is by e-mail, every tenth nobody answered.
    """
    rules = store_definition(a_definition(definition), organiser or an_organiser(), by="test", at=NOON)
    rows = [a_participant_row(number) for number in range(1, participants + 1)]
    add_participants(rules.edition, rows, by="test", at=NOON)
    submit_evaluations(
        rules.edition,
        (
            _some_evaluation(row.code, who, turn)
            for who, row in enumerate(rows)
            for turn in range(evaluations)
        ),
        by="test",
        at=NOON,
    )
    return rules.edition


def _some_evaluation(participant: str, who: int, turn: int) -> EvaluationRow:
    channel = "email" if turn % 4 == 3 else "phone"
    return an_evaluation_row(
        f"{participant}-{turn + 1}",
        participant=participant,
        channel=channel,
        at=NOON + timedelta(days=turn, minutes=who),
        answers=_some_answers(channel, who, turn),
    )


def _some_answers(channel: str, who: int, turn: int) -> Mapping[str, str]:
    if turn % 10 == 9:
        return measured.UNANSWERED
    usual = measured.BY_EMAIL if channel == "email" else measured.BY_PHONE
    return {**usual, "S1": str(6 - (who + turn) % 6)}


def a_user(email: str = "", *, name: str = "", language: str = "en", is_verified: bool = True) -> User:
    """A person with an account, whose address is proved unless the test says otherwise."""
    number = next(_numbers)
    user = User.objects.create_user(
        email or f"person{number}@example.org", name=name or f"Person {number}", language=language
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=is_verified, primary=True)
    return user


def a_membership(
    organiser: Organiser | None = None, user: User | None = None, role: str = MemberRole.OWNER
) -> Membership:
    """Somebody who belongs to an organiser."""
    return Membership.objects.create(organiser=organiser or an_organiser(), user=user or a_user(), role=role)


def a_member(organiser: Organiser, role: str = MemberRole.OWNER) -> User:
    """A new person who belongs to an organiser."""
    return a_membership(organiser, role=role).user


def a_programme(organiser: Organiser | None = None, slug: str = "", **fields: Any) -> Programme:
    """A programme without editions."""
    fields.setdefault("name", {"nb": "Prisen", "en": "The Award"})
    return Programme.objects.create(
        organiser=organiser or an_organiser(), slug=slug or f"programme-{next(_numbers)}", **fields
    )


def an_edition(programme: Programme | None = None, slug: str = "2021", **fields: Any) -> Edition:
    """An edition without rules, in Oslo's time."""
    plain = {"timezone": "Europe/Oslo", "languages": ["nb", "en"], "created_at": NOON}
    return Edition.objects.create(programme=programme or a_programme(), slug=slug, **{**plain, **fields})


def a_part(edition: Edition, user: User | None = None, role: str = EditionRole.REVIEWER) -> Part:
    """Somebody who has a part in an edition."""
    return Part.objects.create(edition=edition, user=user or a_user(), role=role)


def a_class(edition: Edition, code: str = "", **fields: Any) -> CompetitionClass:
    """A class without participants."""
    number = next(_numbers)
    fields.setdefault("name", {"en": f"Class {number}"})
    fields.setdefault("position", number)
    fields.setdefault("minimum_participants", 1)
    return CompetitionClass.objects.create(edition=edition, code=code or f"class-{number}", **fields)


def a_participant(
    edition: Edition, code: str = "", competition_class: CompetitionClass | None = None, **fields: Any
) -> Participant:
    """A participant that is reached by phone."""
    number = next(_numbers)
    plain = {"name": f"Participant {number}", "channels": ["phone"], "phone": "22 22 22 22"}
    return Participant.objects.create(
        edition=edition,
        competition_class=competition_class or a_class(edition),
        code=code or f"participant-{number}",
        **{**plain, **fields},
    )


def a_contact(participant: Participant, user: User | None = None) -> Contact:
    """A participant's contact, with the part that goes with it."""
    person = user or a_user()
    role = EditionRole.PARTICIPANT_CONTACT
    Part.objects.get_or_create(edition=participant.edition, user=person, role=role)
    return Contact.objects.create(participant=participant, user=person)


def an_invitation(to: Edition | None = None, **fields: Any) -> Invitation:
    """An open invitation to an edition, as reviewer; ``edition=None`` makes it one to the organiser."""
    to = to or an_edition()
    plain = {
        "organiser": to.programme.organiser,
        "edition": to,
        "email": f"invited{next(_numbers)}@example.org",
        "role": EditionRole.REVIEWER,
        "invited_at": NOON,
    }
    given = {**plain, **fields}
    if "invited_by" not in given:
        given["invited_by"] = a_member(given["organiser"])
    return Invitation.objects.create(**given)


def a_published_edition(
    *, participants: int = 2, evaluations: int = 4, definition: str = measured.SMALL_DEFINITION
) -> Edition:
    """Return a measured edition whose awards went to those who lead, with its results published."""
    edition = a_measured_edition(participants=participants, evaluations=evaluations, definition=definition)
    decide_open_awards(edition, by="test", at=NOON)
    publish_run(edition, by="test", at=NOON)
    return edition
