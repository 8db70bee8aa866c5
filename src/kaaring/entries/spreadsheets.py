"""The spreadsheet of entries: one row for a case in one category, as an award run elsewhere leaves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from kaaring.entries.rules.entries import LONGEST
from kaaring.entries.rules.parties import roles_in
from kaaring.kernel.tables import Cells, Fault, Table
from kaaring.kernel.text import said
from kaaring.planning.names import normalised
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.schema import Category, Fact
from kaaring.programmes.eligibility import questions, read
from kaaring.programmes.eligibility.facts import plain

COLUMNS = ("entry", "category", "title", "organisation")
OWN = (
    "partner",
    "nominee",
    "subject",
    "division",
    "summary",
    "language",
    "organisation_role",
    "partner_role",
    "contact_email",
    "nominee_email",
)
NEEDS = {"partner_role": "partner", "nominee_email": "nominee"}
TEXT, FACT = "text_", "fact_"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as a spreadsheet gives it, or as it is stored.

    ``texts`` are by criterion, ``facts`` by their codes as plain data (None is unknown), ``protected`` by
    their codes as text; ``details`` hold the cells of ``OWN``. What has no column is in none of them.
    """

    code: str
    category: str
    title: str
    organisation: str
    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    protected: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    row: int | None = None

    def detail(self, name: str) -> str:
        """Return a cell of ``OWN``; empty where there is no such column."""
        return self.details.get(name, "")

    def over(self, other: "EntryRow") -> "EntryRow":
        """Return this row with what another says where this one has no column, or names no division."""
        division = self.detail("division") or other.detail("division")
        return replace(
            self,
            texts={**other.texts, **self.texts},
            facts={**other.facts, **self.facts},
            protected={**other.protected, **self.protected},
            details={**other.details, **self.details, "division": division},
        )


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that is stored: what it says, and whether only imports have written it so far."""

    key: int
    row: EntryRow
    is_submitted: bool
    is_withdrawn: bool
    is_imported: bool

    def says(self, row: EntryRow) -> bool:
        """Say whether the entry is submitted and says what a row says already."""
        return self.is_submitted and _told(row.over(self.row)) == _told(self.row)


def _told(row: EntryRow) -> tuple[object, ...]:
    """Return what a row says, however empty cells and names of organisations are written."""
    details = {**row.details, "partner": normalised(row.detail("partner"))}
    parts = (row.texts, row.facts, row.protected, details)
    kept = ({code: value for code, value in part.items() if value not in ("", None)} for part in parts)
    return (row.category, row.title, normalised(row.organisation), *kept)


@dataclass(frozen=True)
class EntrySurroundings:
    """What entries are checked against: the rules, and the languages in which cases can be written."""

    definition: Definition
    languages: tuple[str, ...]

    @cached_property
    def categories(self) -> dict[str, Category]:
        """The categories by their codes."""
        return {one.code: one for one in self.definition.categories}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that the rules speak of."""
        return roles_in(self.definition)

    @cached_property
    def criteria(self) -> dict[str, str]:
        """The criteria of all categories by their columns: their codes, unless a column is called so."""
        categories = self.categories.values()
        codes = dict.fromkeys(one.code for category in categories for one in category.criteria)
        return _columns(codes, {*COLUMNS, *OWN}, TEXT)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The questions of the rules by their columns: their codes, unless a column is called so."""
        known = {fact.code: fact for fact in self.definition.facts}
        columns = _columns(known, {*COLUMNS, *OWN, *self.criteria}, FACT)
        return {column: known[code] for column, code in columns.items()}

    def asked_in(self, category: Category) -> set[str]:
        """Return the codes of the questions that the rules of a category ask."""
        own = self.definition.model_copy(update={"categories": (category,)})
        return {question.code for question in questions(own)}

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a spreadsheet of entries can have, in order."""
        return (*COLUMNS, *self.criteria, *OWN, *self.facts)


def _columns(codes: Iterable[str], taken: set[str], prefix: str) -> dict[str, str]:
    return {prefix + code if code in taken else code: code for code in codes}


def read_entries(table: Table, around: EntrySurroundings) -> tuple[list[EntryRow], list[Fault]]:
    """Return the rows of the spreadsheet and everything in which they do not fit the rules of the edition."""
    cells = Cells(table, required=COLUMNS, optional=around.columns[len(COLUMNS) :])
    seen: dict[str, int] = {}
    rows = []
    for _row in cells.rows():
        rows.append(_read(cells, table, around))
        cells.once("entry", rows[-1].code, seen)
    return rows, cells.faults


def _read(cells: Cells, table: Table, around: EntrySurroundings) -> EntryRow:
    code, named = cells.code("entry"), cells.required("category")
    cells.one_of("category", named, around.categories)
    category = around.categories.get(named)
    facts, protected = _facts(cells, table, category, around)
    return EntryRow(
        code=code,
        category=named,
        title=cells.required("title", longest=160),
        organisation=cells.required("organisation", longest=160),
        texts=_texts(cells, table, category, around) if category else {},
        facts=facts,
        protected=protected,
        details=_details(cells, table, category, around),
        row=cells.number,
    )


def _texts(cells: Cells, table: Table, category: Category, around: EntrySurroundings) -> dict[str, str]:
    asked = {one.code for one in category.criteria}
    texts: dict[str, str] = {}
    for column, code in around.criteria.items():
        if column not in table.columns:
            continue
        text = cells.text(column, longest=LONGEST)
        if code in asked:
            texts[code] = text
        elif text:
            what = _("“%(category)s” has no criterion “%(criterion)s”.")
            values = {"category": said(category.name), "criterion": code}
            cells.fault(column, text, what % values, _("Empty this cell, or correct the category."))
    return texts


def _facts(
    cells: Cells, table: Table, category: Category | None, around: EntrySurroundings
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the answers as plain data, and the protected ones as text; those are repeated nowhere else."""
    here = {column: fact for column, fact in around.facts.items() if column in table.columns}
    columns = {fact.code: column for column, fact in here.items()}
    texts = {fact.code: cells.text(column) for column, fact in here.items()}
    reading = read(texts, around.definition)
    hidden = {fact.code for fact in here.values() if fact.protected}
    for fault in reading.faults:
        is_hidden = fault.fact in hidden
        what = _("This answer cannot be read.") if is_hidden else fault.what
        cells.fault(columns[fault.fact], "" if is_hidden else fault.value, what, fault.expected)
    answers = {code: plain(answer) for code, answer in reading.facts.answers.items()}
    if category is not None:
        for code in sorted(hidden.intersection(answers) - around.asked_in(category)):
            what = _("“%(category)s” does not need this answer, which is protected.")
            values = {"category": said(category.name)}
            cells.fault(columns[code], "", what % values, _("Empty the cell: what nobody needs is not kept."))
    told = {code: answers.get(code) for code in texts if code not in hidden}
    return told, {code: _cell(answers.get(code)) for code in texts if code in hidden}


def _details(
    cells: Cells, table: Table, category: Category | None, around: EntrySurroundings
) -> dict[str, str]:
    """Return the other cells that are there; a category that takes one kind of nominee says which it is."""
    found = {name: cells.text(name) for name in ("division", "organisation_role", "partner_role")}
    found |= {name: cells.text(name, longest=160) for name in ("partner", "nominee")}
    found |= {name: cells.email(name) for name in ("contact_email", "nominee_email")}
    found["summary"] = cells.text("summary", longest=LONGEST)
    found["language"] = cells.text("language") or around.languages[0]
    found["subject"] = cells.text("subject")
    cells.one_of("language", found["language"], around.languages)
    cells.one_of("organisation_role", found["organisation_role"], around.roles)
    cells.one_of("partner_role", found["partner_role"], around.roles)
    _check_partner(cells, found)
    kept = {name: value for name, value in found.items() if name in table.columns}
    return kept | (_kind(cells, category, found) if category else {})


def _kind(cells: Cells, category: Category, found: Mapping[str, str]) -> dict[str, str]:
    cells.one_of("subject", found["subject"], category.subject)
    cells.one_of("division", found["division"], [one.code for one in category.divisions])
    if found["subject"] or len(category.subject) > 1:
        return {}
    return {"subject": category.subject[0]}


def _check_partner(cells: Cells, found: Mapping[str, str]) -> None:
    for column, needed in NEEDS.items():
        if found[column] and not found[needed]:
            what = _("The cell “%(needed)s” of this row is empty.") % {"needed": needed}
            cells.fault(column, found[column], what, _("Fill in that cell, or empty this one."))
    if found["partner"] and normalised(found["partner"]) == normalised(cells.text("organisation")):
        what = _("The organisation is named as its own partner.")
        cells.fault("partner", found["partner"], what, _("Name another organisation, or empty the cell."))


def entry_cells(entry: EntryRow, around: EntrySurroundings) -> tuple[str, ...]:
    """Return an entry as the cells it is read from; protected answers stay where they are."""
    told = {"entry": entry.code, "category": entry.category, "title": entry.title, **entry.details}
    told["organisation"] = entry.organisation
    told |= {column: entry.texts.get(code, "") for column, code in around.criteria.items()}
    told |= {column: _cell(entry.facts.get(fact.code)) for column, fact in around.facts.items()}
    return tuple(told.get(column, "") for column in around.columns)


def _cell(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, list):
        return " ".join(answer)
    return "" if answer is None else str(answer)
