"""What the form of a scorecard says of a weight that its juror decides over."""

import pytest

from kaaring.jury.sheets import UNTOUCHED
from kaaring.programmes.definition.schema import Criterion
from kaaring.web.juror.sheet_form import CriterionFields


@pytest.mark.parametrize(
    ("discretion", "weight", "beginning", "end"),
    [
        ("fixed", 20, "", ""),
        ("fixed", None, "", ""),
        ("ceiling", 20, "This jury counts the weight as a ceiling", "to no other criterion."),
        ("ceiling", None, "This jury lets you decide", "to no other criterion."),
        ("rescaled", 20, "This jury lets you decide", "fill what you do not grant."),
        ("rescaled", None, "This jury lets you decide", "fill what you do not grant."),
    ],
)
def test_a_criterion_says_how_much_of_its_weight_or_of_its_equal_share_the_juror_may_grant(
    discretion: str, weight: int | None, beginning: str, end: str
) -> None:
    criterion = Criterion.model_validate(
        {"code": "actions", "name": "Actions", "weight": weight, "discretion": discretion}
    )

    said = CriterionFields(criterion, UNTOUCHED, "", (), (), "1", "10", "1").reading

    assert (said.startswith(beginning), said.endswith(end)) == (True, True)
    assert ("its 20 %" in said, "its equal share" in said) == (
        bool(said) and weight is not None,
        bool(said) and weight is None,
    )
