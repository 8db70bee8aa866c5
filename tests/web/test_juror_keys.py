"""The keys that the reading page promises: those that give a mark of the scale it has."""

import pytest

from tests.jury.marking import a_juried_edition_of, a_juror_of, an_assignment, an_entry_of
from tests.web.test_juror_reading import an_open_stage, page_of, shown, signed_in

pytestmark = pytest.mark.django_db
RULES = """
kaaring: 1
programme: {slug: service-awards, name: Service Awards}
edition: {slug: "2030", languages: [en]}
jury:
  scale: SCALE
  stages: [{code: marking, mode: scorecard}]
categories: [{code: bot, name: Bot, subject: product, criteria: [{code: idea, name: Idea}, {code: effect}]}]
"""
TO_NINE = "<kbd>{}</kbd>–<kbd>9</kbd> mark, <kbd>T</kbd> ten, <kbd>Tab</kbd> next criterion"


@pytest.mark.parametrize(
    ("scale", "promised"),
    [
        ("{from: 0, to: 10, step: 1}", TO_NINE.format(0)),
        ("{from: 1, to: 10, step: 1}", TO_NINE.format(1)),
        ("{from: 1, to: 5, step: 0.5}", "<kbd>1</kbd>–<kbd>5</kbd> mark, <kbd>Tab</kbd> next criterion"),
        ("{from: 0, to: 4, step: 2}", "<kbd>0</kbd>, <kbd>2</kbd>, <kbd>4</kbd> mark, <kbd>Tab</kbd> next"),
        ("{from: 0, to: 100, step: 1}", ""),
    ],
)
def test_the_page_promises_the_digits_that_the_scale_has(scale: str, promised: str) -> None:
    edition = a_juried_edition_of(RULES.replace("SCALE", scale))
    stage, juror = an_open_stage(edition), a_juror_of(edition)
    desk, _after = (an_assignment(stage, an_entry_of(edition, "bot"), juror) for _turn in range(2))
    page = shown(signed_in(desk), page_of(desk))

    assert promised in page
    assert ("</kbd> mark" in page) is bool(promised)
    assert "<kbd>J</kbd> and <kbd>K</kbd> next and previous entry." in page
