"""Points fit the columns they are stored in, or the rules are refused in words."""

import pytest

from kaaring.kernel.refused import Refused
from kaaring.survey.actions import store_definition
from tests import measured
from tests.build import NOON, a_definition, an_organiser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("points", ["1/999999937", "123456789.1"])
def test_points_that_no_column_holds_are_refused(points: str) -> None:
    text = measured.SMALL_DEFINITION.replace("points: 5", f'points: "{points}"', 1)

    with pytest.raises(Refused, match="points_too_fine"):
        store_definition(a_definition(text), an_organiser(), by="test", at=NOON)
