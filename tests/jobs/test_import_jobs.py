"""Imports that were asked for on a page: run by a worker, with every fault kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone, translation

from kaaring.jobs import imports, tasks
from kaaring.jobs.actions import ask_for
from kaaring.jobs.models import Job
from kaaring.kernel.tables import Outcome
from kaaring.programmes.models import Edition
from kaaring.survey.models import Participant
from tests.build import NOON, a_measured_edition, a_user

pytestmark = pytest.mark.django_db
HEADINGS = b"participant,name,class,channels\n"


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Any) -> None:
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def kept(content: bytes) -> dict[str, Any]:
    path = default_storage.save("imports/x", ContentFile(content))
    return {"kind": "participants", "file": "P.csv", "path": path, "dry_run": False}


def kept_files() -> int:
    return len(default_storage.listdir("imports")[1])


def a_job_not_begun(content: bytes) -> Job:
    edition = a_measured_edition(participants=0)
    return Job.objects.create(
        kind=Job.Kind.IMPORT, edition=edition, asked_at=NOON, arguments=kept(content), asked_by=a_user()
    )


def a_job(edition: Edition, content: bytes, *, dry_run: bool = False) -> Job:
    arguments = kept(content) | {"dry_run": dry_run}
    asked = ask_for(Job.Kind.IMPORT, edition, arguments, total=0, by=a_user(), at=timezone.now())
    return Job.objects.get(pk=asked.pk)


def test_a_good_file_is_taken_in_and_the_outcome_kept() -> None:
    job = a_job(a_measured_edition(participants=0), HEADINGS + b"north,North,banks,phone\n")

    assert job.finished_at is not None
    assert job.outcome == Outcome(created=1).as_json()
    assert Participant.objects.get().code == "north"


def test_a_trial_writes_nothing() -> None:
    job = a_job(a_measured_edition(participants=0), HEADINGS + b"north,North,banks,phone\n", dry_run=True)

    assert job.outcome["is_dry_run"]
    assert not Participant.objects.exists()


def test_faults_are_kept_with_their_cells_and_the_number_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MOST_FAULTS_KEPT", 1)
    with translation.override("ru"):
        job = a_job(
            a_measured_edition(participants=0), HEADINGS + b",North,banks,phone\nsouth,,banks,phone\n"
        )

    assert job.failure == ""
    assert job.outcome["fault_count"] == 2
    assert job.outcome["reason"].startswith("2 faults were found")
    assert [(fault["row"], fault["column"]) for fault in job.outcome["faults"]] == [(2, "participant")]


def test_a_file_that_is_gone_is_said_to_be_gone() -> None:
    edition = a_measured_edition(participants=0)
    arguments = {"kind": "participants", "file": "P.csv", "path": "imports/none", "dry_run": False}

    asked = ask_for(Job.Kind.IMPORT, edition, arguments, total=0, by=a_user(), at=timezone.now())

    assert Job.objects.get(pk=asked.pk).failure == "The file P.csv is no longer kept. Send it again."


def test_a_job_whose_worker_was_killed_finds_its_file_and_the_rows_it_has_written() -> None:
    job = a_job_not_begun(HEADINGS + b"north,North,banks,phone\n")
    imports.run_job(job, imports.tell_nobody)

    assert kept_files() == 1
    assert imports.run_job(job, imports.tell_nobody) == Outcome(unchanged=1).as_json()


def test_a_job_nobody_is_known_to_have_asked_for_runs_as_well() -> None:
    job = a_job_not_begun(HEADINGS)
    job.asked_by = None

    assert imports.run_job(job, imports.tell_nobody) == Outcome().as_json()


@pytest.mark.parametrize("row", [b"north,North,banks,phone\n", b",North,banks,phone\n"])
def test_the_file_of_an_import_that_was_done_or_refused_is_not_kept(row: bytes) -> None:
    job = a_job(a_measured_edition(participants=0), HEADINGS + row)

    assert job.finished_at is not None
    assert kept_files() == 0


def test_the_file_of_an_import_that_broke_to_the_end_is_not_kept() -> None:
    job = a_job_not_begun(HEADINGS)
    Job.objects.filter(pk=job.pk).update(attempts=tasks.ATTEMPTS)

    tasks.run_job.func(None, job.pk)

    job.refresh_from_db()
    assert job.failure
    assert kept_files() == 0


def test_the_file_of_a_trial_is_kept_until_it_is_imported_in_earnest() -> None:
    edition = a_measured_edition(participants=0)
    trial = a_job(edition, HEADINGS + b"north,North,banks,phone\n", dry_run=True)
    assert kept_files() == 1

    arguments = {**trial.arguments, "dry_run": False}
    ask_for(Job.Kind.IMPORT, edition, arguments, total=0, by=a_user(), at=NOON)

    assert Participant.objects.get().code == "north"
    assert kept_files() == 0
    trial.refresh_from_db()
    assert "path" not in trial.arguments


def test_the_file_of_a_trial_goes_with_the_next_import_of_its_kind_into_its_edition() -> None:
    edition = a_measured_edition(participants=0)
    a_job(edition, HEADINGS + b"north,North,banks,phone\n", dry_run=True)
    waiting = Job.objects.create(
        kind=Job.Kind.IMPORT, edition=edition, asked_at=NOON, arguments=kept(HEADINGS)
    )

    a_job(edition, HEADINGS + b"south,South,banks,phone\n")

    assert kept_files() == 1
    assert default_storage.exists(waiting.arguments["path"])


def test_the_file_of_a_trial_stays_when_another_kind_is_imported() -> None:
    edition = a_measured_edition(participants=0)
    a_job(edition, HEADINGS + b"north,North,banks,phone\n", dry_run=True)
    arguments = kept(b"shopper,name\nS1,Somebody\n") | {"kind": "shoppers"}

    ask_for(Job.Kind.IMPORT, edition, arguments, total=0, by=a_user(), at=NOON)

    assert kept_files() == 1


def test_a_file_that_cannot_be_deleted_fails_no_import(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(storage: FileSystemStorage, name: str) -> None:
        raise PermissionError(name)

    monkeypatch.setattr(FileSystemStorage, "delete", refuse)

    job = a_job(a_measured_edition(participants=0), HEADINGS)

    assert (job.outcome, job.failure) == (Outcome().as_json(), "")
    assert kept_files() == 1


def test_rows_in_memory_are_taken_in_like_those_of_a_file() -> None:
    edition = a_measured_edition(participants=0)
    row = {"participant": "north", "name": "North", "class": "banks", "channels": "phone"}

    assert imports.import_rows("participants", edition, [row], by="test", at=NOON) == Outcome(created=1)
    assert imports.import_rows("evaluations", edition, [], by="test", at=NOON) == Outcome()


def test_the_columns_of_a_kind_are_those_of_the_edition() -> None:
    edition = a_measured_edition(participants=0)

    assert imports.columns_of("participants", edition)[:4] == ("participant", "name", "class", "channels")
    assert imports.columns_of("shoppers", edition)[0] == "shopper"
    assert imports.columns_of("enquiries", edition)[-1] == "window_to"
    assert imports.columns_of("evaluations", edition)[7:] == (
        "G1", "W1", "H1", "S1", "M1", "N1", "comment_talk", "excluded",
    )  # fmt: skip


def test_a_file_without_a_column_is_told_of_that_column_alone() -> None:
    edition = a_measured_edition(participants=1)
    content = b"enquiry,participant,channel,shopper,at,attempts,status,G1,W1,H1,S1,M1\nE1,x,y,,z,w,,,,,,\n"

    with pytest.raises(imports.Faulty) as caught:
        imports.run_import("evaluations", edition, content, "E.csv", dry_run=False, by="test", at=NOON)

    assert [str(fault) for fault in caught.value.faults] == [
        "E.csv, row 1, column N1: The column “N1” is missing. Add it; its place does not matter."
    ]


def test_cells_that_cannot_be_read_are_told_with_the_answers_that_are_wrong() -> None:
    edition = a_measured_edition(participants=1)
    columns = b"enquiry,participant,channel,shopper,at,attempts,status,G1,W1,H1,S1,M1,N1,comment_talk\n"
    rows = (
        b"E1,centre-1,phone,,soon,,late,first,10,yes,7,solved,,\nE1,centre-1,phone,,2030-02-01,1,,no,,,,,,\n"
    )

    with pytest.raises(imports.Faulty) as caught:
        imports.run_import("evaluations", edition, columns + rows, "E.csv", dry_run=False, by="test", at=NOON)

    assert [(fault.row, fault.column, fault.value) for fault in caught.value.faults] == [
        (2, "status", "late"),
        (2, "attempts", ""),
        (2, "at", "soon"),
        (2, "S1", "7"),
        (3, "enquiry", "E1"),
    ]
