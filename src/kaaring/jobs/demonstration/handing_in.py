"""Handing cases in: partners approve, nominees agree, entrants submit; and what does not go smoothly."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from kaaring.entries import actions
from kaaring.entries.models import Answer, Case, Declaration, Entry, Party
from kaaring.jobs.demo.juried.plans import CasePlan, Fate
from kaaring.jobs.demonstration.entering import DAY, Entering
from kaaring.jobs.demonstration.pages import entry_page, nominee_page


def plan(entering: Entering, one: CasePlan) -> None:
    """Put a case into the diary: begun early, ready some days later, handed in towards the end."""
    period, dice = entering.period, entering.dice
    length = (period.closes_at - period.opens_at) // DAY
    begun = period.opens_at + DAY * dice(length * 2 // 3) + _office_hour(entering)
    handed_in = period.closes_at - DAY * (1 + dice(length // 6)) + _office_hour(entering)
    ready = begun + (handed_in - begun) * (0.3 + dice(50) / 100)
    plan_for(entering, one, begun=begun, ready=ready, handed_in=handed_in)


def plan_for(
    entering: Entering, one: CasePlan, *, begun: datetime, ready: datetime, handed_in: datetime
) -> None:
    """Put a case into the diary at these moments."""
    entering.diary.put_in(begun, partial(entering.begin, one))
    entering.diary.put_in(ready, partial(_make_ready, entering, one))
    entering.diary.put_in(handed_in, partial(_hand_in, entering, one))


def _office_hour(entering: Entering) -> timedelta:
    return timedelta(hours=8 + entering.dice(9), minutes=entering.dice(60))


def _make_ready(entering: Entering, one: CasePlan, at: datetime) -> None:
    """Let the partner tell its part, and ask the nominee."""
    case = entering.case_of(one)
    if one.partner is not None:
        party = Party.objects.get(case=case, organisation=entering.houses.known[one.partner.house.name])
        by = entering.houses.person_at(one.partner.house).public_id
        actions.change_part(party.pk, one.partner.text, {}, version=case.version, by=by, at=at)
    if one.nominee is not None:
        by = entering.houses.person_at(one.house).public_id
        actions.ask_consent(case.pk, page_of=nominee_page, by=by, at=at)


def _hand_in(entering: Entering, one: CasePlan, at: datetime) -> None:
    """Submit a case that everybody agrees to, and let happen what happens to it later."""
    if one.fate in {Fate.DRAFT, Fate.NO_CONSENT}:
        return
    if one.fate is Fate.DECLINED:
        actions.decline(entering.case_of(one).nominee.pk, judged_from=None, at=at)
        return
    _agree(entering, one, at=at)
    closes_at = entering.period.closes_at
    if one.fate is Fate.LATE:
        entering.diary.put_in(closes_at + DAY * 0.4, partial(_allow_late, entering, one))
        entering.diary.put_in(closes_at + DAY * 1.6, partial(_submit, entering, one))
        return
    _submit(entering, one, at)
    if one.fate is Fate.CORRECTED:
        entering.diary.put_in(closes_at + DAY * 2.4, partial(ask_correction, entering, one))
        entering.diary.put_in(closes_at + DAY * 4.6, partial(_correct, entering, one))


def _agree(entering: Entering, one: CasePlan, *, at: datetime) -> None:
    """Let partner and nominee agree to the case as it is now."""
    case = entering.case_of(one)
    if one.partner is not None:
        party = Party.objects.get(case=case, organisation=entering.houses.known[one.partner.house.name])
        actions.approve_part(party.pk, by=entering.houses.person_at(one.partner.house).public_id, at=at)
    if one.nominee is not None:
        actions.consent(case.nominee.pk, version=case.version, at=at)


def _submit(entering: Entering, one: CasePlan, at: datetime) -> None:
    for entry in _entries(entering.case_of(one)):
        by = entering.houses.person_at(one.house).public_id
        actions.submit_entry(entry.pk, page_of=entry_page, by=by, at=at)


def _entries(case: Case) -> Iterator[Entry]:
    yield from Entry.objects.filter(case=case, withdrawn_at=None).order_by("pk")


def _allow_late(entering: Entering, one: CasePlan, at: datetime) -> None:
    for entry in _entries(entering.case_of(one)):
        actions.allow_late(
            entry.pk,
            until=at + DAY * 2,
            reason=entering.wording.late,
            by=entering.organiser.public_id,
            at=at,
        )


def ask_correction(entering: Entering, one: CasePlan, at: datetime) -> None:
    for entry in _entries(entering.case_of(one)):
        actions.ask_correction(
            entry.pk,
            entering.wording.wanted,
            until=at + DAY * 5,
            page_of=entry_page,
            by=entering.organiser.public_id,
            at=at,
        )


def _correct(entering: Entering, one: CasePlan, at: datetime) -> None:
    """Add what was asked for, let everybody agree once more, and answer."""
    by = entering.houses.person_at(one.house).public_id
    for entry in _entries(entering.case_of(one)):
        last = Answer.objects.filter(entry=entry).order_by("pk").last()
        assert last is not None
        version = entering.case_of(one).version
        told = f"{last.text} {entering.wording.addition}"
        actions.write_answer(entry.pk, last.criterion, told, version=version, by=by, at=at)
        _agree(entering, one, at=at)
        actions.answer_correction(entry.pk, entering.wording.corrected, page_of=entry_page, by=by, at=at)


def merge(entering: Entering, going: str, staying: str, at: datetime) -> None:
    """Merge a case into another, by the keys of their plans."""
    actions.merge_cases(
        entering.cases[going].pk, entering.cases[staying].pk, by=entering.organiser.public_id, at=at
    )


def withdraw(entering: Entering, key: str, at: datetime) -> None:
    """Withdraw the entries of a case, by the key of its plan."""
    case = Case.objects.select_related("created_by").get(pk=entering.cases[key].pk)
    assert case.created_by is not None
    for entry in _entries(case):
        actions.withdraw_entry(
            entry.pk, reason=entering.wording.withdrawn, by=case.created_by.public_id, at=at
        )


def check_declarations(entering: Entering, at: datetime) -> None:
    """Check what was declared: everything is accepted but the last, of which the organiser says why not."""
    declared = Declaration.objects.filter(entry__edition=entering.edition, checked_at=None)
    *accepted, last = declared.order_by("pk")
    for one in accepted:
        actions.check_declaration(
            one.pk,
            is_accepted=True,
            reason=entering.wording.accepted,
            by=entering.organiser.public_id,
            at=at,
        )
    actions.check_declaration(
        last.pk,
        is_accepted=False,
        reason=entering.wording.not_accepted,
        by=entering.organiser.public_id,
        at=at,
    )
