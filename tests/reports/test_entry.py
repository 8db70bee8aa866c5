"""An entry on paper: whole, in the reader's language, and silent on what the reader may not see."""

import io
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from kaaring.entries import actions
from kaaring.entries.models import Case, Entry, Party
from kaaring.reports.entry import entry_pdf
from tests.build import NOON
from tests.entries.build import an_attachment
from tests.entries.test_protected import an_edition_that_asks
from tests.juried import PERSON, TEAM, a_case, a_figure, a_juried_edition, an_entry, an_organisation

pytestmark = pytest.mark.django_db


def an_entry_with_everything(**answers: str) -> Entry:
    edition = a_juried_edition()
    organiser = edition.programme.organiser
    figures = (
        a_figure(definition="From joining the queue", is_documented=True),
        a_figure("Satisfaction", code="", unit="", before=Decimal("7.25"), after=None),
    )
    case = a_case(edition, an_organisation(organiser, "Kundehuset AS"), "Faster answers", figures=figures)
    an_attachment(case, name="Kundehuset 2029.pdf")
    party = actions.name_party(
        case.pk, organisation=an_organisation(organiser, "Systemhuset AS"), by="test", at=NOON
    )
    Party.objects.filter(pk=party.pk).update(
        text="We built the system.", approved_at=NOON, approved_version=10**6
    )
    told = {
        "actions": "One.\nTwo.\n\nThree.",
        "results": "Calls < 20 seconds.",
        "other": "Nothing.",
    } | answers
    return an_entry(edition, TEAM, case=Case.objects.get(pk=case.pk), answers=told)


def read(entry: Entry, language: str = "en", *, with_names: bool = True) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(entry_pdf(entry, language, with_names=with_names)))
    text = " ".join(page.extract_text() for page in reader.pages)
    return reader, re.sub(r"\s+", " ", text)


def test_everything_that_is_judged_stands_in_it() -> None:
    reader, text = read(an_entry_with_everything())

    for said in (
        "Faster answers", "Kundehuset AS, Systemhuset AS", "We answered faster, and customers noticed.",
        "Actions (40 %)", "One. Two. Three.", "Calls < 20 seconds.", "Answer time", "45 seconds",
        "20 seconds", "From joining the queue", "can be documented", "Satisfaction", "7.25", "estimate",
        "We built the system.", "Kundehuset 2029.pdf (PDF, 48", "from 5 to 50 people", "Met",
        "A draft, not submitted.",
    ):  # fmt: skip
        assert said in text, said
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "001 Faster answers"


@pytest.mark.parametrize(
    ("language", "category"),
    [("en", "Small Team of the Year"), ("nb", "Årets lille team"), ("ru", "Small Team of the Year")],
)
def test_it_speaks_the_readers_language(language: str, category: str) -> None:
    reader, text = read(an_entry_with_everything(), language)

    assert reader.root_object["/Lang"] == language
    assert category.upper() in text


def test_without_names_nobody_is_named_by_it() -> None:
    entry = an_entry_with_everything()
    Case.objects.filter(pk=entry.case_id).update(summary="Short.")

    reader, text = read(Entry.objects.get(pk=entry.pk), with_names=False)

    for name in ("Kundehuset", "Systemhuset", "We built the system", "Kari Nordmann"):
        assert name not in text
        assert name not in str(reader.metadata)
    assert "Attachment 1 (PDF" in text
    assert "Names are hidden" in text


def test_protected_answers_and_what_rests_on_them_are_never_in_it() -> None:
    entry = an_entry(an_edition_that_asks(), PERSON)
    actions.give_protected(entry.case_id, {"born_on": "1999-12-31", "aids": ["chair"]}, by="test", at=NOON)

    _reader, text = read(Entry.objects.get(pk=entry.pk))

    assert "Ola Nordmann" in text
    for word in ("1999", "Wheelchair", "When were you born", "Which aids", "disability"):
        assert word not in text


def test_a_submitted_entry_shows_what_the_rules_said_then() -> None:
    entry = an_entry(category=TEAM, submitted=True)
    entry.eligibility[1]["reason"] = {"en": "What was said then."}
    entry.save()

    _reader, text = read(entry)

    assert "What was said then." in text
    assert "Submitted on 1 February 2030." in text


def test_a_withdrawn_entry_says_so() -> None:
    entry = an_entry(category=TEAM, submitted=True)
    withdrawn = actions.withdraw_entry(entry.pk, reason="No", by="test", at=NOON)

    assert "Withdrawn on 1 February 2030." in read(withdrawn)[1]


@pytest.mark.parametrize(
    "text",
    ["#set page(width: 1pt) $x$ *b* [c] @preview", "👍 你好 \u202e", "A" * 400, "\n\n\n", "x\n" * 3000],
)
def test_whatever_people_write_is_printed_as_text(text: str) -> None:
    _reader, shown = read(an_entry_with_everything(actions=text))

    assert ("@preview" in shown) == ("@preview" in text)


def test_a_long_entry_goes_on_over_numbered_pages() -> None:
    reader, text = read(an_entry_with_everything(actions="A sentence of some words. " * 800))

    assert len(reader.pages) > 3
    assert f"{len(reader.pages)}/{len(reader.pages)}" in text


def test_the_same_entry_gives_the_same_bytes() -> None:
    entry: Any = an_entry_with_everything()

    assert entry_pdf(entry, "nb", with_names=True) == entry_pdf(entry, "nb", with_names=True)


def test_alternatives_stand_as_one_rule_and_a_denied_one_does_not_stand() -> None:
    entry = an_entry(category=TEAM, submitted=True)

    def kept(rule: str, outcome: str, said: str, *of: Any) -> dict[str, Any]:
        return {"rule": rule, "outcome": outcome, "reason": {"en": said}, "of": of}

    entry.eligibility = [
        kept("any_of", "met", "A.", kept("does", "not_met", "Alternative one."), kept("does", "met", "Two.")),
        kept("not", "met", "No campaign.", kept("does", "not_met", "A single campaign.")),
    ]
    entry.save(update_fields=["eligibility"])

    _reader, text = read(entry)

    assert "Met. One of these is enough:" in text
    assert "Not met." not in text
    assert "Alternative one. (Not met)" in text
    assert "A single campaign." not in text


def test_while_it_is_corrected_it_is_what_was_submitted() -> None:
    entry = an_entry(category=TEAM, submitted=True)
    actions.ask_correction(entry.pk, "More.", until=NOON + timedelta(days=1), by="test", at=NOON)
    actions.write_answer(entry.pk, "results", "Unfinished", version=10**6, by="test", at=NOON)

    _reader, text = read(Entry.objects.get(pk=entry.pk))

    assert "What we say of results." in text
    assert "Unfinished" not in text
