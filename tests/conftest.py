"""What every test that knows Django starts from."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Begin in English: a page in another language leaves its language to the thread."""
    translation.activate("en")
    yield
    translation.activate("en")
