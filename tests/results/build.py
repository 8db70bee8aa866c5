"""An edition small enough to calculate by hand: 20 points on the phone, 10 by e-mail, one unit a point.

``wait`` has the gate and no points of its own. ``agent`` has both questions: KB1 gives what it is answered,
0 to 10, KB2 gives 10 or 0, on the phone only, and may be not applicable.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kaaring.fieldwork.models import Answer, Enquiry, Evaluation, Points
from kaaring.people.models import MemberRole, Membership, Organiser, User
from kaaring.programmes.definition import Definition, questionnaire
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import definition_of
from kaaring.scoring import score_evaluation
from kaaring.survey.actions import store_definition
from kaaring.survey.models import CompetitionClass, Participant
from kaaring.survey.queries import questionnaire_in_force

NOON = datetime(2021, 1, 15, 12, tzinfo=UTC)
LATER = datetime(2021, 4, 20, 12, tzinfo=UTC)
QUESTIONS: list[dict[str, Any]] = [
    {
        "code": "SV1",
        "area": "wait",
        "gate": "unanswered",
        "options": [{"code": "first"}, {"code": "no", "stops": True}],
    },
    {"code": "KB1", "area": "agent", "themes": ["interest"], "scale": [0, 10], "points": 10},
    {
        "code": "KB2",
        "area": "agent",
        "channels": ["phone"],
        "options": [{"code": "yes", "points": 10}, {"code": "no", "points": 0}],
        "not_applicable": "The customer needed nothing.",
    },
    {"code": "CX1", "scale": [0, 10], "scored": False, "metric": "nps"},
]
AWARDS: list[dict[str, Any]] = [
    {"code": "best", "name": "Best of all", "by": "measure", "measure": "total", "among": "all"},
    {
        "code": "class-winner",
        "name": "Class winner",
        "by": "measure",
        "measure": "total",
        "among": "each_class",
    },
    {"code": "feat", "name": "Feat of the year", "by": "appointment"},
]


def a_definition(
    *,
    scoring: Mapping[str, Any] | None = None,
    questions: list[dict[str, Any]] | None = None,
    classes: list[dict[str, Any]] | None = None,
    awards: list[dict[str, Any]] | None = None,
    slug: str = "2021",
) -> Definition:
    return Definition.model_validate(
        {
            "kaaring": 1,
            "programme": {"slug": "prisen", "name": "Prisen"},
            "edition": {"slug": slug, "timezone": "Europe/Oslo", "languages": ["en"]},
            "survey": {
                "channels": {"phone": {}, "email": {}},
                "areas": [{"code": "wait"}, {"code": "agent", "name": "The agent"}],
                "themes": [{"code": "interest"}],
                "questions": QUESTIONS if questions is None else questions,
                "scoring": {"minimum_enquiries": 2, **(scoring or {})},
                "classes": [{"code": "banks", "name": "Banks", "minimum_participants": 2}, {"code": "alarm"}]
                if classes is None
                else classes,
            },
            "awards": AWARDS if awards is None else awards,
        }
    )


def an_organiser() -> Organiser:
    return Organiser.objects.get_or_create(slug="arr", defaults={"name": "Arr"})[0]


def an_edition(**changes: Any) -> Edition:
    return store_definition(a_definition(**changes), an_organiser(), by="command", at=NOON).edition


def a_new_version(edition: Edition, **changes: Any) -> None:
    definition = a_definition(slug=edition.slug, **changes)
    store_definition(
        definition, an_organiser(), new_version_because="A question was wrong.", by="command", at=NOON
    )


def a_participant(edition: Edition, code: str, in_class: str = "banks") -> Participant:
    return Participant.objects.create(
        edition=edition,
        competition_class=CompetitionClass.objects.get(edition=edition, code=in_class),
        code=code,
        name=code.title(),
        channels=["phone", "email"],
    )


def an_evaluation(
    participant: Participant,
    channel: str = "phone",
    *,
    at: datetime = NOON,
    review: str = "approved",
    excluded: str = "",
    **answers: str,
) -> Evaluation:
    """Store an evaluation as fieldwork does; SV1 is answered at the first attempt unless said otherwise."""
    asked = questionnaire_in_force(participant.edition)
    given = {"SV1": "first"} | answers
    scored = score_evaluation(questionnaire(definition_of(asked.rules)), channel, given)
    assert not scored.faults
    number = Enquiry.objects.count() + 1
    enquiry = Enquiry.objects.create(
        edition=participant.edition, code=f"E{number:03}", participant=participant, channel=channel
    )
    earned, possible = scored.points.get("total", (None, None))
    evaluation = Evaluation.objects.create(
        enquiry=enquiry,
        questionnaire=asked,
        at=at,
        attempts=1,
        is_answered=scored.is_answered,
        is_thin=scored.is_thin,
        earned=earned,
        possible=possible,
        review=review,
        excluded=excluded,
    )
    questions = {question.code: question for question in asked.questions.all()}
    Answer.objects.bulk_create(
        Answer(
            evaluation=evaluation,
            question=questions[answer.code],
            value=answer.value,
            earned=answer.earned,
            possible=answer.possible,
        )
        for answer in scored.answers
        if answer.value or answer.possible is not None
    )
    Points.objects.bulk_create(
        Points(evaluation=evaluation, measure=measure, earned=earned, possible=possible)
        for measure, (earned, possible) in scored.points.items()
        if measure != "total"
    )
    return evaluation


def by_phone(participant: Participant, *scores: int, **more: Any) -> None:
    """Store phone enquiries that earn these points of 20: KB2 gives 10 where they are more than 10."""
    for score in scores:
        helped = "yes" if score > 10 else "no"
        an_evaluation(participant, KB1=str(score - 10 if score > 10 else score), KB2=helped, **more)


def a_member(role: MemberRole = MemberRole.OWNER, organiser: Organiser | None = None) -> User:
    user = User.objects.create_user(f"{role}@example.org", name=role.label)
    Membership.objects.create(organiser=organiser or an_organiser(), user=user, role=role)
    return user
