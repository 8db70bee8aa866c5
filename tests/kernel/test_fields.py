"""JSON that keeps its order."""

import pytest

from kaaring.programmes.models import Rules
from kaaring.programmes.queries import rules_in_force
from tests.build import a_measured_edition

pytestmark = pytest.mark.django_db


def test_a_document_comes_back_with_its_keys_in_the_order_they_were_written() -> None:
    rules = rules_in_force(a_measured_edition())
    Rules.objects.filter(pk=rules.pk).update(document={"zebra": 1, "b": {"å": [1, None], "a": "x"}, "aa": 2})

    document = Rules.objects.get(pk=rules.pk).document

    assert list(document) == ["zebra", "b", "aa"]
    assert document["b"] == {"å": [1, None], "a": "x"}
