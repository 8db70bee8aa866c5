"""A jury at work while the organiser changes it: nobody meets a broken page."""

from pathlib import Path

from tests.processes import told

JURY = """
from kaaring.jury.actions.jurors import remove_juror
from kaaring.jury.actions.recusals import set_recusal
from kaaring.jury.actions.scorecards import save_draft, submit_together
from kaaring.jury.models import Assignment
from kaaring.jury.sheets import Sheet
from tests.jury.marking import a_juried_edition_of, a_juror_of, a_stage, an_assignment, an_entry_of, by_juror

edition = a_juried_edition_of()
stage = a_stage(edition, "ranking")
entries = [an_entry_of(edition) for _number in range(8)]

def a_pile():
    juror = a_juror_of(edition)
    return juror, [an_assignment(stage, entry, juror) for entry in entries]

def submitting(pile):
    ranks = {one.pk: (Sheet(rank=rank), 0) for rank, one in enumerate(reversed(pile), 1)}
    return lambda: submit_together(ranks, by=by_juror(pile[0]), at=NOON)

allowed = {"refused: assignment_ended", "refused: not_in_the_jury", "refused: conflict_of_interest"}
broken = []
"""


def test_a_juror_who_submits_a_ranking_while_being_removed_meets_no_deadlock(
    address: str, tmp_path: Path
) -> None:
    script = """
for _turn in range(20):
    juror, pile = a_pile()
    remove = lambda: remove_juror(juror.pk, reason="Left.", by="test", at=NOON)
    broken += at_once([submitting(pile), remove])
tell(broken=sorted(set(broken) - allowed))
"""
    assert told(JURY + script, address, tmp_path) == {"broken": []}


def test_a_ranking_typed_in_two_windows_in_two_orders_is_submitted_once(address: str, tmp_path: Path) -> None:
    script = """
again = {"refused: already_final"}
for _turn in range(10):
    juror, pile = a_pile()
    broken += at_once([submitting(pile), submitting(pile[::-1])])
tell(broken=sorted(set(broken) - again))
"""
    assert told(JURY + script, address, tmp_path) == {"broken": []}


def test_a_draft_saved_while_a_conflict_is_set_meets_no_deadlock(address: str, tmp_path: Path) -> None:
    script = """
for _turn in range(15):
    juror, pile = a_pile()
    save = lambda one: lambda: save_draft(one.pk, Sheet(rank=3), version=0, by=by_juror(one), at=NOON)
    conflict = lambda: set_recusal(juror.pk, case=entries[0].case, kind="other", by="test", at=NOON)
    broken += at_once([*(save(one) for one in pile[:3]), conflict])
tell(broken=sorted(set(broken) - allowed))
"""
    assert told(JURY + script, address, tmp_path) == {"broken": []}
