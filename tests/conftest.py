"""What every test that knows Django starts from."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import translation

from tests.processes import address as address
from tests.processes import databases as databases

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Before the test database goes, end what threads of a live server may still hold open there."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(OTHERS)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Begin in English: a page in another language leaves its language to the thread."""
    translation.activate("en")
    yield
    translation.activate("en")
