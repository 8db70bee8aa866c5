"""Moments as each language writes them."""

from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

EARLY = datetime(2026, 10, 6, 3, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "short", "time"),
    [
        ("en", "6 October 2026, 03:32", "6 Oct 2026, 03:32", "03:32"),
        ("nb", "6. oktober 2026 kl. 03:32", "06.10.2026 03:32", "03:32"),
        ("ru", "6 октября 2026 г. в 03:32", "06.10.2026 03:32", "03:32"),
    ],
)
def test_a_moment_is_written_as_its_language_does_with_two_digits_for_the_hour(
    language: str, moment: str, short: str, time: str
) -> None:
    with override(language):
        assert date_format(EARLY, "DATETIME_FORMAT") == moment
        assert date_format(EARLY, "SHORT_DATETIME_FORMAT") == short
        assert date_format(EARLY, "TIME_FORMAT") == time
