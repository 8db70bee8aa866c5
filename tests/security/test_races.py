"""What happens at the same moment: every line of the log has its number, and nobody meets a broken page."""

from pathlib import Path

from tests.processes import told


def test_lines_written_to_one_chain_at_once_are_numbered_one_after_the_other(
    address: str, tmp_path: Path
) -> None:
    script = """
def write():
    record("edition:a/b", "said", "x", by="test", at=timezone.now())

broken = at_once([write] * 6, times=10)
tell(broken=broken, lines=AuditLine.objects.count(), hole=first_break("edition:a/b"))
"""
    assert told(script, address, tmp_path) == {"broken": [], "lines": 60, "hole": None}


def test_two_imports_of_the_same_participants_and_shoppers_at_once_both_succeed(
    address: str, tmp_path: Path
) -> None:
    script = """
edition = a_measured_edition(participants=2)
rows = [a_participant_row(number) for number in range(10, 40)]
shoppers = [ShopperRow(f"s{number}", "Somebody") for number in range(30)]
broken = at_once([lambda: add_participants(edition, rows, by="test", at=NOON)] * 3)
broken += at_once([lambda: add_shoppers(edition, shoppers, by="test", at=NOON)] * 3)
tell(broken=broken, participants=Participant.objects.count(), hole=first_break(chain_of(edition)))
"""
    assert told(script, address, tmp_path) == {"broken": [], "participants": 32, "hole": None}


def test_who_publishes_while_others_publish_decide_or_revoke_is_refused_at_worst(
    address: str, tmp_path: Path
) -> None:
    script = """
edition = a_measured_edition(participants=4, evaluations=4)
decide_open_awards(edition, by="test", at=NOON)
def publish():
    publish_run(edition, by="test", at=NOON)
def revoke():
    one = Decision.objects.filter(revoked_at=None).order_by("pk").first()
    if one: revoke_decision(one, reason="Wrong", by="test", at=NOON)
def decide():
    decide_open_awards(edition, by="test", at=NOON)
broken = at_once([publish, publish, revoke, decide], times=4)
numbers = list(Run.objects.order_by("number").values_list("number", flat=True))
tell(
    broken=sorted({one for one in broken if not one.startswith("refused: ")}),
    in_order=numbers == list(range(1, len(numbers) + 1)),
    hole=first_break(chain_of(edition)),
)
"""
    assert told(script, address, tmp_path) == {"broken": [], "in_order": True, "hole": None}


def test_of_two_who_change_frozen_rules_at_once_one_is_told_and_nothing_is_undone(
    address: str, tmp_path: Path
) -> None:
    script = """
from kaaring.people.models import Organiser
from kaaring.programmes.definition.editing import moved
from kaaring.programmes.models import Rules
from kaaring.web.organiser.desk import _store, desk_of
edition = a_measured_edition(evaluations=1)
desk = desk_of(edition)
changed = [moved(desk.definition, "questions", code, by=1) for code in ("G1", "H1", "S1")]
broken = at_once([lambda one=one: _store(desk, one, "Better", by="test") for one in changed])
tell(broken=broken, versions=Rules.objects.count())
"""
    refused = ["refused: changed_meanwhile"] * 2
    assert told(script, address, tmp_path) == {"broken": refused, "versions": 2}


ENTRANTS = """
from kaaring.entries import actions
from kaaring.entries.models import Answer, Entry
from tests.juried import TEAM, a_case, a_juried_edition, an_entry
"""


def test_entries_made_at_once_have_a_number_each(address: str, tmp_path: Path) -> None:
    script = f"""{ENTRANTS}
edition = a_juried_edition()
cases = [a_case(edition) for _each in range(6)]
broken = at_once([lambda case=case: actions.enter(case.pk, TEAM, by="test", at=NOON) for case in cases])
tell(broken=broken, codes=sorted(Entry.objects.values_list("code", flat=True)))
"""
    codes = ["001", "002", "003", "004", "005", "006"]
    assert told(script, address, tmp_path) == {"broken": [], "codes": codes}


def test_of_two_windows_that_save_at_once_one_is_stored_and_the_other_is_told(
    address: str, tmp_path: Path
) -> None:
    script = f"""{ENTRANTS}
entry = an_entry()
seen = entry.case.version
def write(text):
    actions.write_answer(entry.pk, "results", text, version=seen, by="test", at=NOON)
broken = at_once([lambda text=text: write(text) for text in ("one", "other")])
tell(broken=broken, text=Answer.objects.get(entry=entry, criterion="results").text)
"""
    found = told(script, address, tmp_path)

    assert found["broken"] == ["refused: changed_meanwhile"]
    assert found["text"] in {"one", "other"}


def test_an_entry_that_is_submitted_twice_at_once_is_submitted_once(address: str, tmp_path: Path) -> None:
    script = f"""{ENTRANTS}
entry = an_entry()
broken = at_once([lambda: actions.submit_entry(entry.pk, by="test", at=NOON)] * 2)
lines = AuditLine.objects.filter(doing="entry_submitted").count()
tell(broken=broken, lines=lines, hole=first_break(chain_of(entry.edition)))
"""
    assert told(script, address, tmp_path) == {
        "broken": ["refused: already_submitted"],
        "lines": 1,
        "hole": None,
    }
