"""Files of a case: examined before they are stored, locked with the case, gone when removed."""

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from kaaring.audit.models import AuditLine
from kaaring.entries import actions, files
from kaaring.entries.models import Attachment, Case
from kaaring.entries.queries import attachments_of, attachments_seen_by
from kaaring.entries.rules.attachments import MOST_BYTES, MOST_FILES
from kaaring.kernel.refused import Refused
from tests.build import NOON, a_user
from tests.entries.build import EXECUTABLE, PDF, PNG, a_docx, a_scanner
from tests.juried import TEAM, a_case, a_juried_edition, an_entrant, an_entry, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    settings.CLAMAV = ""
    return tmp_path / "files"


def attach(case: Case, content: bytes = PDF, name: str = "report.pdf", *, by: str = "test") -> Attachment:
    return actions.attach(case.pk, name, [content], by=by, at=NOON)


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_stored_under_a_name_that_tells_nothing_and_is_the_same_byte_for_byte(folder: Path) -> None:
    person = a_user()
    case = a_case()

    attachment = attach(case, PDF, "Årsrapport.pdf", by=person.public_id)

    (path,) = stored(folder)
    assert path == files.path_of(attachment.stored_as)
    assert path.read_bytes() == PDF
    assert path.parent.name == str(case.edition_id)
    assert "rapport" not in path.name
    assert path.suffix == ""
    assert (attachment.name, attachment.content_type, attachment.size) == (
        "Årsrapport.pdf",
        "application/pdf",
        len(PDF),
    )
    assert (attachment.added_by, attachment.added_at) == (person, NOON)
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_a_file_arrives_in_pieces() -> None:
    attachment = actions.attach(
        a_case().pk, "a.docx", iter([a_docx()[:100], a_docx()[100:]]), by="test", at=NOON
    )

    assert attachment.content_type.endswith("wordprocessingml.document")


def test_attaching_and_removing_change_the_case_and_stand_in_the_log() -> None:
    case = a_case()

    attachment = attach(case)
    case.refresh_from_db()
    assert case.changed_in["attachments"] == case.version
    before = case.version
    actions.remove_attachment(attachment.pk, by="test", at=NOON)

    case.refresh_from_db()
    assert case.version == before + 1
    lines = AuditLine.objects.filter(about=case.public_id, doing__startswith="attachment_").order_by("pk")
    assert [(line.doing, line.details["sha256"]) for line in lines] == [
        ("attachment_added", attachment.sha256),
        ("attachment_removed", attachment.sha256),
    ]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (EXECUTABLE, "report.pdf", "file_unknown"),
        (b"", "report.pdf", "file_empty"),
        (a_docx(**{"word/vbaProject.bin": b"x"}), "report.docx", "file_macros"),
        (a_docx(**{"word/more.gz": b"\x1f\x8b more"}), "report.docx", "file_bomb"),
        (b"PK\x03\x04 no more", "report.docx", "file_broken"),
    ],
)
def test_what_could_do_harm_is_refused_and_leaves_nothing(
    content: bytes, name: str, code: str, folder: Path
) -> None:
    with pytest.raises(Refused, match=code) as refused:
        attach(a_case(), content, name)

    assert name in str(refused.value.reason)
    assert stored(folder) == []
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_read_no_further_than_the_limit(folder: Path) -> None:
    read = []

    def endless() -> Iterator[bytes]:
        yield PDF
        while True:
            read.append(2**20)
            yield bytes(2**20)

    with pytest.raises(Refused, match="file_too_large"):
        actions.attach(a_case().pk, "film.pdf", endless(), by="test", at=NOON)

    assert sum(read) <= MOST_BYTES + 2**20
    assert stored(folder) == []


def test_a_file_of_exactly_the_largest_size_is_taken() -> None:
    assert attach(a_case(), PDF + bytes(MOST_BYTES - len(PDF))).size == MOST_BYTES


def test_an_upload_that_breaks_off_leaves_nothing(folder: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.attach(a_case().pk, "report.pdf", breaking(), by="test", at=NOON)

    assert stored(folder) == []


def test_a_file_whose_row_cannot_be_written_goes_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_fields: object) -> None:
        raise DatabaseError

    case = a_case()
    monkeypatch.setattr(Attachment.objects, "create", broken)

    with pytest.raises(DatabaseError):
        attach(case)

    assert stored(folder) == []


def test_a_case_has_room_for_so_many_files_and_no_more() -> None:
    case = a_case()
    for number in range(MOST_FILES):
        attach(case, PDF + str(number).encode())

    with pytest.raises(Refused, match="too_many_attachments"):
        attach(case, PDF)

    actions.remove_attachment(attachments_of(case)[0].pk, by="test", at=NOON)
    assert attach(case, PDF)


def test_the_same_file_is_attached_once(folder: Path) -> None:
    case = a_case()
    attach(case, PDF, "first.pdf")

    with pytest.raises(Refused, match="file_attached_already") as refused:
        attach(case, PDF, "second.pdf")

    assert "first.pdf" in str(refused.value.reason)
    assert len(stored(folder)) == 1
    assert attach(a_case(), PDF)


def test_a_removed_file_is_deleted_and_its_row_stays(
    folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    attachment = attach(a_case())

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(attachment.pk, by="test", at=NOON)

    assert stored(folder) == []
    assert Attachment.objects.get().removed_at == NOON
    with pytest.raises(Refused, match="attachment_removed"):
        actions.remove_attachment(attachment.pk, by="test", at=NOON)


def test_files_of_a_locked_case_stay_as_they_are() -> None:
    entry = an_entry(category=TEAM)
    attachment = attach(entry.case)
    actions.submit_entry(entry.pk, by="test", at=NOON)

    with pytest.raises(Refused, match="case_locked"):
        attach(entry.case, PNG, "more.png")
    with pytest.raises(Refused, match="case_locked"):
        actions.remove_attachment(attachment.pk, by="test", at=NOON)


def test_files_are_attached_while_entries_are_open() -> None:
    case = a_case(a_juried_edition(entries=("2030-01-01", "2030-02-10")))

    with pytest.raises(Refused, match="entries_closed"):
        actions.attach(case.pk, "a.pdf", [PDF], by="test", at=NOON + timedelta(days=30))


def test_the_proof_of_a_declaration_is_not_removed() -> None:
    entry = an_entry(category=TEAM)
    attachment = attach(entry.case)
    actions.declare(entry.pk, "eligibility/1", "Kari", proof_id=attachment.pk, by="test", at=NOON)

    with pytest.raises(Refused, match="attachment_is_proof"):
        actions.remove_attachment(attachment.pk, by="test", at=NOON)


def test_with_a_scanner_only_what_it_calls_clean_is_stored(settings: Settings) -> None:
    with a_scanner() as scanner:
        settings.CLAMAV = scanner.address
        attachment = attach(a_case(), PDF)

    assert (scanner.commands, scanner.received) == (b"zINSTREAM\0", PDF)
    assert attachment.scanned_at == NOON


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: Eicar-Test-Signature FOUND\0", "file_infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "scanner_unreachable"),
        (b"", "scanner_unreachable"),
        (b"stream: OK FOUND\0", "file_infected"),
        (b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0", "scanner_unreachable"),
    ],
)
def test_nothing_is_stored_that_a_scanner_does_not_call_clean(
    answer: bytes, code: str, folder: Path, settings: Settings
) -> None:
    with a_scanner(answer) as scanner:
        settings.CLAMAV = scanner.address
        with pytest.raises(Refused, match=code):
            attach(a_case())

    assert stored(folder) == []


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "nonsense", "127.0.0.1:port"])
def test_a_scanner_that_cannot_be_reached_keeps_files_out_and_says_try_later(
    address: str, folder: Path, settings: Settings
) -> None:
    settings.CLAMAV = address

    with pytest.raises(Refused, match="scanner_unreachable") as refused:
        attach(a_case())

    assert "Try again" in str(refused.value.reason)
    assert stored(folder) == []


def test_files_without_a_row_are_swept_once_they_are_a_day_old(folder: Path) -> None:
    case = a_case()
    kept = attach(case)
    removed = attach(case, PNG, "a.png")
    Attachment.objects.filter(pk=removed.pk).update(removed_at=NOON)
    place = folder / str(case.edition_id)
    orphan, passing, young = (
        place / (letter * 32 + end) for letter, end in (("a", ""), ("b", ".part"), ("c", ""))
    )
    foreign = folder / "imports" / ("d" * 32)
    foreign.parent.mkdir()
    for path in (orphan, passing, young, foreign, place / "notes.txt"):
        path.write_bytes(b"x")
    for path in stored(folder):
        os.utime(path, (NOON.timestamp() - 90_000,) * 2)
    os.utime(young, (NOON.timestamp() - 80_000,) * 2)

    swept = actions.sweep_files(at=NOON)

    assert sorted(swept) == sorted(
        [f"{place.name}/{orphan.name}", f"{place.name}/{passing.name}", removed.stored_as]
    )
    assert set(stored(folder)) == {files.path_of(kept.stored_as), young, foreign, place / "notes.txt"}


def test_files_are_seen_by_the_people_of_the_organisations_behind_the_case() -> None:
    case = a_case()
    attachment = attach(case)
    partner = actions.name_party(
        case.pk, organisation=an_organisation(case.edition.programme.organiser), by="test", at=NOON
    )
    own, other = an_entrant(case.organisation), an_entrant(partner.organisation)
    stranger = an_entrant(an_organisation(case.edition.programme.organiser))

    assert list(attachments_seen_by(own)) == list(attachments_seen_by(other)) == [attachment]
    assert list(attachments_seen_by(stranger)) == []
    actions.remove_attachment(attachment.pk, by="test", at=NOON)
    assert list(attachments_seen_by(own)) == []


def test_the_command_that_sweeps_says_first_what_it_would_delete(folder: Path) -> None:
    attachment = attach(a_case())
    orphan = files.path_of(attachment.stored_as).with_name("a" * 32)
    orphan.write_bytes(b"x")
    os.utime(orphan, (0, 0))
    said = io.StringIO()

    call_command("sweep", "--dry-run", stdout=said)
    assert orphan.exists()
    assert "1 file" in said.getvalue()

    call_command("sweep", stdout=said)
    assert stored(folder) == [files.path_of(attachment.stored_as)]
