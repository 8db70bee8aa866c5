"""Bringing in marks that a jury gave on paper or elsewhere: all rows or none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from kaaring.audit.actions import record
from kaaring.jury.actions.assigning import assign
from kaaring.jury.actions.recusals import detect_recusals
from kaaring.jury.actions.scorecards import empty_out, fill_out, keep_before
from kaaring.jury.actions.stages import let_in_brought, stage_for_import
from kaaring.jury.mark_rows import MarkRow, MarkSurroundings, names_told
from kaaring.jury.models import Assignment, Juror, Mark, Scorecard, Stage
from kaaring.jury.queries.mark_rows import mark_surroundings_of
from kaaring.jury.rules.mark_rows import blank_for, examine_marks
from kaaring.jury.rules.oneself import against_deciding_about_oneself
from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.tables import Fault, Outcome, Source, raise_if_any
from kaaring.programmes.actions import freeze_rules
from kaaring.programmes.definition.schema.jury import Stage as StageRules
from kaaring.programmes.models import Edition
from kaaring.programmes.queries import chain_of, rules_in_force

CHUNK = 500
type Pair = tuple[str, str]


class Difference(NamedTuple):
    """What of the rows is new, what replaces marks that were brought in before, and what is there already."""

    new: list[MarkRow]
    changed: list[MarkRow]
    unchanged: int

    @property
    def written(self) -> list[MarkRow]:
        """The rows that are written."""
        return [*self.new, *self.changed]


class Doing(NamedTuple):
    """Who brings marks in, when, and from where."""

    by: str
    at: datetime
    source: Source


def import_marks(
    edition: Edition,
    stage: StageRules,
    rows: Iterable[MarkRow],
    *,
    by: str,
    at: datetime,
    source: Source = Source(),
    faults: Sequence[Fault] = (),
    dry_run: bool = False,
) -> Outcome:
    """Store scorecards as final, with the stage, jurors and assignments that they need and that are missing.

    All or nothing: with any fault, found here or before in reading (``faults``), nothing is written and all
    are raised together. A row that was sent before is left as it is; one that differs replaces what an
    import brought in, and what it was before is kept. What a juror filled in is never replaced.
    """
    sent = list(rows)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        around = mark_surroundings_of(edition, stage)
        raise_if_any([*faults, *examine_marks(sent, around, file=source.file)])
        difference = _difference(sent, around)
        refuse(_against_own_rows(edition, difference, by=by))
        outcome = Outcome(
            len(difference.new),
            len(difference.changed),
            difference.unchanged,
            is_dry_run=dry_run,
            new_jurors=_new_jurors(difference, around),
        )
        if not dry_run and difference.written:
            _write(edition, difference, around, Doing(by, at, source))
    return outcome


def _difference(sent: Sequence[MarkRow], around: MarkSurroundings) -> Difference:
    difference = Difference([], [], sum(_is_stored(row, around) for row in sent))
    for row in sent:
        if (row.juror, row.entry) not in around.cards:
            difference.new.append(row)
        elif not _is_stored(row, around):
            difference.changed.append(row)
    return difference


def _against_own_rows(edition: Edition, difference: Difference, *, by: str) -> Refused | None:
    brought = {row.juror for row in difference.written}
    own = Juror.objects.filter(edition=edition, code__in=brought, user__public_id=by).select_related("user")
    return against_deciding_about_oneself(own.first(), by=by)


def _is_stored(row: MarkRow, around: MarkSurroundings) -> bool:
    card = around.cards.get((row.juror, row.entry))
    return card is not None and card.is_final and card.sheet == row.sheet


def _write(edition: Edition, difference: Difference, around: MarkSurroundings, doing: Doing) -> None:
    rules = rules_in_force(edition)
    freeze_rules(rules, by=doing.by, at=doing.at, why=_("The first marks have been brought in."))
    stage = stage_for_import(edition, around.stage, by=doing.by, at=doing.at)
    jurors = {**around.jurors, **_add_jurors(edition, difference.new, around)}
    entries = {around.entries[row.entry].key for row in difference.written}
    let_in_brought(stage, entries, by=doing.by, at=doing.at)
    pairs = {(jurors[row.juror], around.entries[row.entry].key) for row in difference.new}
    assign(stage, pairs - _assigned(stage), is_manual=True, at=doing.at)
    cards = _cards(stage, difference, around, doing)
    _fill_out(cards, difference.written, around, at=doing.at)
    if _new_jurors(difference, around):
        detect_recusals(edition, by=doing.by, at=doing.at)
    _record(edition, difference, around, doing)


def _new_jurors(difference: Difference, around: MarkSurroundings) -> tuple[str, ...]:
    return tuple(sorted({row.juror for row in difference.new} - around.jurors.keys()))


def _add_jurors(edition: Edition, new: Sequence[MarkRow], around: MarkSurroundings) -> dict[str, int]:
    named = {row.juror: row.juror for row in new if row.juror not in around.jurors}
    named |= {code: name for code, name in names_told(new).items() if code in named}
    Juror.objects.bulk_create(Juror(edition=edition, code=code, name=name) for code, name in named.items())
    return dict(Juror.objects.filter(edition=edition, code__in=named).values_list("code", "pk"))


def _assigned(stage: Stage) -> set[tuple[int, int]]:
    return set(Assignment.objects.filter(stage=stage, ended_at=None).values_list("juror_id", "entry_id"))


def _cards(
    stage: Stage, difference: Difference, around: MarkSurroundings, doing: Doing
) -> dict[Pair, Scorecard]:
    """Return an empty scorecard for each row that is written; what stood on one is kept beside it."""
    keys = {
        (juror, entry): key
        for juror, entry, key in Assignment.objects.filter(stage=stage).values_list(
            "juror__code", "entry__code", "pk"
        )
    }
    new = [
        Scorecard(
            assignment_id=keys[row.juror, row.entry],
            version=0,
            started_at=doing.at,
            changed_at=doing.at,
            entered_by=doing.by,
        )
        for row in difference.new
    ]
    made = Scorecard.objects.bulk_create(new, batch_size=CHUNK)
    cards = {(row.juror, row.entry): card for row, card in zip(difference.new, made, strict=True)}
    reason = _("Brought in anew: %(file)s") % {"file": doing.source.file or _("a spreadsheet")}
    for row in difference.changed:
        card = Scorecard.objects.select_related("assignment__stage").get(
            assignment=keys[row.juror, row.entry]
        )
        if card.is_final:
            keep_before(card, reason=reason, by=doing.by, at=doing.at)
        empty_out(card)
        cards[row.juror, row.entry] = card
    return cards


def _fill_out(
    cards: Mapping[Pair, Scorecard], rows: Sequence[MarkRow], around: MarkSurroundings, *, at: datetime
) -> None:
    marks: list[Mark] = []
    for row in rows:
        blank = blank_for(row, around)
        assert blank is not None
        marks += fill_out(cards[row.juror, row.entry], row.sheet, blank, at=at)
    Scorecard.objects.bulk_update(cards.values(), WRITTEN, batch_size=CHUNK)
    Mark.objects.bulk_create(marks, batch_size=CHUNK)


def _record(edition: Edition, difference: Difference, around: MarkSurroundings, doing: Doing) -> None:
    details = {
        "stage": around.stage.code,
        "created": len(difference.new),
        "changed": sorted(f"{row.entry}, {row.juror}" for row in difference.changed),
        "unchanged": difference.unchanged,
        "jurors_added": list(_new_jurors(difference, around)),
        **doing.source.as_details(),
    }
    record(chain_of(edition), "marks_imported", str(edition), by=doing.by, at=doing.at, details=details)


WRITTEN = (
    "version",
    "changed_at",
    "submitted_at",
    "draft",
    "score_of",
    "score_in",
    "abstained",
    "comment",
    "remark",
    "moderated",
    "passes",
    "rank",
    "points",
)
