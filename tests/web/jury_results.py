"""What tests of pages about a jury's results start from."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kaaring.jury.models import Stage
from kaaring.people.models import MemberRole, User
from tests.build import a_member
from tests.jury.marking import a_stage
from tests.results.jury import a_judged_edition, an_idea, in_stage

TWO_STAGES = (
    "[{code: marking, name: Marking, mode: scorecard, shortlist: {top: 2}},"
    " {code: final, name: Final, mode: scorecard}]"
)
COMBINE = '{method: mean, minimum_marks: 2, ties: ["criterion:effect", jury]}'


def a_marked_stage(**rules: str) -> Stage:
    """A stage that is open now.

    Ideas A (70, 70), B (90, 68, 66), C with one scorecard, D as A, E unread; two centres share a place.
    """
    stage = a_stage(a_judged_edition(**{"combine": COMBINE, "stages": TWO_STAGES, **rules}))
    an_idea(stage, "A", (7, 7), (7, 7))
    an_idea(stage, "B", (9, 9), (6, 8), (7, 6))
    an_idea(stage, "C", (10, 10))
    an_idea(stage, "D", (7, 7), (7, 7))
    for code in "ST":
        an_idea(stage, code, (5, 5), (6, 6), category="centre", division="small")
    in_stage(stage, "E")
    stage.opens_at = timezone.now() - timedelta(days=1)
    stage.save()
    return stage


def signed_in(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def a_reader(stage: Stage, role: str = MemberRole.OWNER) -> Client:
    """Somebody who belongs to the stage's organiser."""
    return signed_in(a_member(stage.edition.programme.organiser, role))


def path(page: str, space: str = "organiser") -> str:
    return f"/en/{space}/service-awards/2030/{page}"
