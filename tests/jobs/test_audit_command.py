"""What the audit says about a log that does not hold."""

from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from kaaring.audit.models import AuditLine
from kaaring.programmes.queries import chain_of
from tests.build import a_measured_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda lines: lines.filter(number=2).delete(), "line 2 is missing."),
        (
            lambda lines: lines.filter(number=2).update(why="forged"),
            "line 2 was changed after it was written.",
        ),
        (
            lambda lines: lines.filter(number=2).update(digest_before="f" * 64),
            "line 2 does not follow the line before it.",
        ),
    ],
)
def test_the_audit_says_what_is_wrong_with_the_log(
    harm: Any, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = a_measured_edition(participants=1, evaluations=1)
    harm(AuditLine.objects.filter(chain=chain_of(edition)))

    with translation.override("en"), pytest.raises(SystemExit):
        call_command("audit", str(edition))

    said = capsys.readouterr().out
    assert said.strip() == f"The log {chain_of(edition)} does not hold: {sentence}"
