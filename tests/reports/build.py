"""A published edition small enough to calculate every chapter by hand.

On the phone an enquiry can give 18 points (W1 4, H1 1, S1 5, M1 3, C1 5), by e-mail 15 (M1 is not asked).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO

from ruamel.yaml import YAML

from kaaring.fieldwork.actions import EvaluationRow, ShopperRow, add_shoppers, submit_evaluations
from kaaring.people.models import Organiser
from kaaring.programmes.models import Edition
from kaaring.results.actions import decide_open_awards, publish_run
from kaaring.results.models import Run
from kaaring.survey.actions import add_participants, store_definition
from kaaring.survey.models import Participant
from tests import build
from tests.measured import SMALL_DEFINITION

SHOPPER = ShopperRow("obs-77", "Sigrid Hemmelig", "sigrid@hemmelig.example")
CLOSE = "{code: close, name: {en: Ending, nb: Avslutning}}"
MORE = """
- code: C1
  area: close
  text: {en: How did it end?, nb: Hvordan endte det?}
  scale: [1, 6]
  points: 5
- code: F1
  area: close
  text: {en: What did you feel?, nb: Hva følte du?}
  multiple: 2
  options: [{code: glad, text: Glad}, {code: seen, text: Seen}, {code: cross, text: Cross}]
  scored: false
"""


def _definition() -> str:
    """Return the small definition with one more area and two more questions, one class and one award."""
    yaml, text = YAML(), StringIO()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes, yaml.width = True, 200
    rules = yaml.load(SMALL_DEFINITION)
    survey = rules["survey"]
    survey["areas"].append(yaml.load(CLOSE))
    for question in yaml.load(MORE):
        survey["questions"].insert(-1, question)
    survey["comments"].append("close")
    survey["classes"], rules["awards"] = survey["classes"][:1], rules["awards"][:1]
    yaml.dump(rules, text)
    return text.getvalue()


DEFINITION = _definition()
UNANSWERED = {"G1": "no"}
"""Nothing of 18 points on the phone, of 15 by e-mail."""
BEST = {
    "G1": "first",
    "W1": "45",
    "H1": "yes",
    "S1": "6",
    "M1": "listened solved",
    "C1": "6",
    "F1": "glad seen",
}
"""18 of 18 points on the phone."""
BY_EMAIL = {"G1": "first", "W1": "300", "H1": "yes", "S1": "3", "C1": "1", "F1": "cross"}
"""4 of 15 points by e-mail: 1 + 1 + 2 + 0."""


def on(week: int, hour: int = 10, weekday: int = 3) -> datetime:
    """Return an hour in Oslo on a day of a week of early 2030."""
    return datetime.fromisocalendar(2030, week, weekday).replace(hour=hour - 1, tzinfo=UTC)


def made(
    number: int,
    at: datetime,
    answers: dict[str, str],
    *,
    participant: str = "own",
    channel: str = "phone",
    **changes: object,
) -> EvaluationRow:
    """An evaluation by the one shopper there is."""
    values = {"shopper": SHOPPER.code, "comments": {}, **changes}
    return EvaluationRow(f"{participant}-{number}", participant, channel, at, answers=answers, **values)  # type: ignore[arg-type]


def of_the_best(count: int = 3) -> list[EvaluationRow]:
    """Faultless enquiries to the best of the class."""
    return [made(number, on(number + 1), BEST, participant="best") for number in range(1, count + 1)]


def an_edition_with(
    rows: Sequence[EvaluationRow],
    *,
    definition: str = DEFINITION,
    channels: tuple[str, ...] = ("phone", "email"),
    organiser: Organiser | None = None,
) -> Edition:
    """An edition with two participants in one class, not published yet."""
    whose = organiser or build.an_organiser()
    rules = store_definition(build.a_definition(definition), whose, by="test", at=build.NOON)
    edition = rules.edition
    add_participants(
        edition,
        [
            build.a_participant_row(1, code="own", name="Vårt Senter", class_code="banks", channels=channels),
            build.a_participant_row(2, code="best", name="The Best", class_code="banks", channels=channels),
        ],
        by="test",
        at=build.NOON,
    )
    add_shoppers(edition, [SHOPPER], by="test", at=build.NOON)
    submit_evaluations(edition, rows, by="test", at=build.NOON)
    return edition


def published(rows: Sequence[EvaluationRow], **how: object) -> tuple[Run, Participant]:
    """The run of such an edition, and the participant reported on."""
    edition = an_edition_with(rows, **how)  # type: ignore[arg-type]
    return publish(edition), Participant.objects.select_related("competition_class", "edition").get(
        edition=edition, code="own"
    )


def publish(edition: Edition) -> Run:
    """Decide what is open and publish."""
    decide_open_awards(edition, by="test", at=build.NOON)
    return publish_run(edition, by="test", at=build.NOON)
