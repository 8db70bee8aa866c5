"""What a production installation is like, checked by Django itself in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kaaring.config.database import database


def manage(*arguments: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "kaaring", *arguments],
        env={**kept, "KAARING_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_production_installation_passes_the_deployment_check(tmp_path: Path) -> None:
    result = manage(
        "check", "--deploy", "--fail-level", "WARNING", var=tmp_path, KAARING_MAIL_HOST="mail.example"
    )

    assert result.returncode == 0, result.stderr


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    manage("check", var=tmp_path)
    first = (tmp_path / "secret-key").read_text()
    manage("check", var=tmp_path)

    assert (tmp_path / "secret-key").read_text() == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_wrong_usage_exits_with_two(tmp_path: Path) -> None:
    assert manage("standings", var=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql:///kaaring?host=/run/postgresql&user=web", {"HOST": "/run/postgresql", "USER": "web"}),
        (
            "postgresql://a:p%40ss@db.example:6543/kaaring",
            {"PASSWORD": "p@ss", "PORT": "6543", "NAME": "kaaring"},
        ),
        ("sqlite:////srv/kaaring/my%20file.sqlite3", {"NAME": "/srv/kaaring/my file.sqlite3"}),
    ],
)
def test_database_addresses_are_read_as_libpq_reads_them(url: str, expected: dict[str, str]) -> None:
    settings = database(url)

    assert {name: settings[name] for name in expected} == expected


def test_a_form_may_lead_to_the_identity_provider_and_nowhere_else(tmp_path: Path) -> None:
    provider = {
        "KAARING_OIDC_CLIENT_ID": "kaaring",
        "KAARING_OIDC_SERVER": "https://id.example/realms/awards",
    }
    asked = "from django.conf import settings; print(settings.SECURE_CSP['form-action'])"

    told = manage("shell", "--no-imports", "-c", asked, var=tmp_path, **provider).stdout
    silent = manage("shell", "--no-imports", "-c", asked, var=tmp_path).stdout

    assert "https://id.example" in told
    assert "realms" not in told
    assert "'self'" in silent
    assert "https" not in silent


def test_a_newcomers_first_command_sets_the_database_up(tmp_path: Path) -> None:
    result = manage("standings", "nothing/2021", var=tmp_path)

    assert result.returncode == 1
    assert "There is no edition" in result.stderr
    assert manage("audit", var=tmp_path).returncode == 0
