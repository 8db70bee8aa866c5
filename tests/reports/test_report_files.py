"""Making all reports: stored whole, never twice, and taken up again where a killed worker stopped."""

import io
import json
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.core.management import call_command
from django.utils import translation

from kaaring.jobs import report_files
from kaaring.jobs.models import Job
from kaaring.jobs.report_files import archive_name, make_reports, report_name, stored_reports, tell_nobody
from kaaring.kernel.refused import Refused
from kaaring.programmes.models import Edition
from kaaring.reports.pdf import is_report_of
from kaaring.results.actions import withdraw_run
from kaaring.results.models import Run
from tests import build

pytestmark = pytest.mark.django_db


class Remote(Storage):
    """A storage that is not on this machine's disk."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def exists(self, name: str) -> bool:
        return name in self.files

    def delete(self, name: str) -> None:
        del self.files[name]

    def _save(self, name: str, content: File[Any]) -> str:
        self.files[name] = content.read()
        return name


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class KilledError(Exception):
    """The worker is gone."""


@pytest.fixture
def edition() -> Edition:
    return build.a_published_edition(participants=3, evaluations=4)


@pytest.fixture
def run(edition: Edition) -> Run:
    return Run.objects.select_related("edition__programme__organiser", "rules").get(edition=edition)


def a_job(run: Run, language: str = "en") -> Job:
    arguments = {"run": run.public_id, "language": language}
    return Job.objects.create(
        kind=Job.Kind.REPORTS, edition=run.edition, asked_at=build.NOON, arguments=arguments, total=3
    )


def made_with(pdf: bytes, *, killed_after: int | None = None) -> Any:
    """Return what stands in for the typesetter, and the codes it was asked for."""
    asked: list[str] = []

    def make(run: Run, participant: Any, language: str, **_shared: object) -> bytes:
        if killed_after is not None and len(asked) == killed_after:
            raise KilledError
        asked.append(participant.code)
        return pdf + participant.code.encode()

    return make, asked


def test_every_participant_gets_a_report_and_all_stand_in_the_archive(run: Run) -> None:
    told: list[tuple[int, int]] = []

    outcome = make_reports(a_job(run), lambda done, total: told.append((done, total)))

    assert outcome == {"made": 3, "reports": 3, "archive": archive_name(run, "en")}
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with default_storage.open(archive_name(run, "en")) as file, zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["centre-1.pdf", "centre-2.pdf", "centre-3.pdf"]
        assert is_report_of(run, "en", archive.read("centre-2.pdf"))


def test_a_job_that_was_killed_goes_on_where_it_was(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    killed, first = made_with(b"first ", killed_after=2)
    monkeypatch.setattr("kaaring.reports.pdf.participant_pdf", killed)
    with pytest.raises(KilledError):
        make_reports(a_job(run), tell_nobody)
    again, second = made_with(b"second ")
    monkeypatch.setattr("kaaring.reports.pdf.participant_pdf", again)

    outcome = make_reports(a_job(run), tell_nobody)

    assert (first, second) == (["centre-1", "centre-2"], ["centre-3"])
    assert (outcome["made"], outcome["reports"]) == (1, 3)
    with default_storage.open(report_name(run, "en", "centre-1")) as kept:
        assert kept.read() == b"first centre-1"


def test_a_job_killed_before_the_archive_makes_only_that(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    make, asked = made_with(b"pdf ")
    monkeypatch.setattr("kaaring.reports.pdf.participant_pdf", make)
    make_reports(a_job(run), tell_nobody)
    default_storage.delete(archive_name(run, "en"))

    outcome = make_reports(a_job(run), tell_nobody)

    assert (outcome["made"], len(asked)) == (0, 3)
    assert default_storage.exists(archive_name(run, "en"))


def test_a_file_that_was_broken_off_never_takes_a_reports_name(run: Run) -> None:
    def broken() -> Iterator[bytes]:
        yield b"%PDF"
        raise KilledError

    target = Path(default_storage.path(report_name(run, "en", "centre-1")))
    with pytest.raises(KilledError):
        report_files.replace(target, broken())

    assert stored_reports(run, "en") == frozenset()
    assert list(target.parent.iterdir()) == []


def test_a_storage_without_a_disk_keeps_reports_as_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = Remote()
    monkeypatch.setattr(report_files, "default_storage", elsewhere)

    report_files.keep("reports/a.pdf", ContentFile(b"one"))
    report_files.keep("reports/a.pdf", ContentFile(b"two"))

    assert elsewhere.files == {"reports/a.pdf": b"two"}


def test_the_same_reports_give_the_same_archive(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    make, _asked = made_with(b"pdf ")
    monkeypatch.setattr("kaaring.reports.pdf.participant_pdf", make)
    archives = []
    for _time in range(2):
        make_reports(a_job(run), tell_nobody)
        with default_storage.open(archive_name(run, "en")) as file:
            archives.append(file.read())
        default_storage.delete(archive_name(run, "en"))

    assert archives[0] == archives[1]


def test_reports_of_a_withdrawn_publication_are_refused(run: Run) -> None:
    withdraw_run(run, reason="A mistake.", by="test", at=build.NOON)

    with pytest.raises(Refused, match="run_withdrawn"):
        make_reports(a_job(run), tell_nobody)


def test_the_command_writes_one_report(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "report.pdf"

    call_command("report", str(run.edition), "centre-1", output=file, language="ru")

    assert is_report_of(run, "ru", file.read_bytes())
    assert "Centre 1" in capsys.readouterr().out


def test_the_command_refuses_an_unknown_participant(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("report", str(run.edition), "nobody", output=tmp_path / "report.pdf", as_json=True)

    assert left.value.code == 1
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "unknown_participant"


def test_the_command_refuses_before_anything_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = build.a_measured_edition(evaluations=1)

    with pytest.raises(SystemExit):
        call_command("reports", str(edition), output=tmp_path)

    assert "not published yet" in capsys.readouterr().err


def test_the_command_refuses_a_place_it_cannot_write_to(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SystemExit):
        call_command("report", str(run.edition), "centre-1", output=tmp_path / "file" / "report.pdf")

    assert "cannot be written" in capsys.readouterr().err


def test_the_command_for_all_keeps_whole_reports_of_this_publication_and_makes_the_rest(
    run: Run, tmp_path: Path
) -> None:
    answer = io.StringIO()
    call_command("reports", str(run.edition), output=tmp_path, language="en", as_json=True, stdout=answer)
    kept = (tmp_path / "centre-1.pdf").stat().st_mtime_ns
    (tmp_path / "centre-2.pdf").write_bytes(b"%PDF-1.7 broken off")
    again = io.StringIO()

    call_command("reports", str(run.edition), output=tmp_path, language="en", as_json=True, stdout=again)

    assert (json.loads(answer.getvalue())["made"], json.loads(again.getvalue())["made"]) == (3, 1)
    assert (tmp_path / "centre-1.pdf").stat().st_mtime_ns == kept
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "centre-1.pdf",
        "centre-2.pdf",
        "centre-3.pdf",
    ]


def test_a_stored_report_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        report_files.replace(tmp_path / "new" / "one.pdf", [b"%PDF"])
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "new" / "one.pdf").stat().st_mode) == 0o600
