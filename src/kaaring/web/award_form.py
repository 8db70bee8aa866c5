"""The form in which a jury's award is decided, on the organiser's page and in the meeting alike."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.entries.models import Entry
from kaaring.results.models import EntryDecision
from kaaring.results.queries.juried import EntryProposal, EntryRow, levels_of

LISTED = 12
"""So many entries stand in the form by their places; any other is named by its code."""
CHOOSE = gettext_lazy("Choose a level for at least one entry, or decide that nobody wins.")


class Candidate(NamedTuple):
    """An entry in the form: its line, the field for its level and those for its citation."""

    row: EntryRow
    level: Any
    citations: list[Any]


class AwardForm(forms.Form):
    """Which entry gets an award at which level, what is said of it in each language, and why."""

    other = forms.CharField(
        label=gettext_lazy("Another entry, by its code"), required=False, max_length=60, strip=True
    )
    other_level = forms.ChoiceField(label=gettext_lazy("Level of that entry"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason, if the levels do not follow the places"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, proposal: EntryProposal, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{proposal.award.code}_%s", **kwargs})
        self.proposal = proposal
        edition = proposal.award.edition
        self.languages = [(code, settings.LANGUAGE_NAMES.get(code, code)) for code in edition.languages]
        labels = dict(EntryDecision.Level.choices)
        choices = [("", "–"), *((level, labels[level]) for level in levels_of(edition))]
        for row in listed(proposal):
            key = row.entry.public_id
            self.fields[f"level_{key}"] = forms.ChoiceField(label=_("Level"), choices=choices, required=False)
            for code, name in self.languages:
                self.fields[f"citation_{key}_{code}"] = _citation(code, name)
        self.fields["other_level"].choices = choices  # type: ignore[attr-defined]
        for code, name in self.languages:
            self.fields[f"citation_other_{code}"] = _citation(code, name)

    @property
    def candidates(self) -> list[Candidate]:
        """The listed entries with their fields."""
        return [
            Candidate(row, self[f"level_{row.entry.public_id}"], self._citation_fields(row.entry.public_id))
            for row in listed(self.proposal)
        ]

    @property
    def other_citations(self) -> list[Any]:
        """The fields for the citation of an entry that is not listed."""
        return self._citation_fields("other")

    def _citation_fields(self, key: str) -> list[Any]:
        return [self[f"citation_{key}_{code}"] for code, _name in self.languages]

    def clean(self) -> dict[str, Any]:
        """Find the entry that is named by its code, and see that somebody is chosen."""
        cleaned = super().clean() or self.cleaned_data
        named, level = cleaned.get("other", ""), cleaned.get("other_level", "")
        if bool(named) != bool(level):
            self.add_error("other", _("Name an entry by its code, and its level beside it."))
        elif named and self._called(named) is None:
            self.add_error(
                "other", _("No entry that competes for this award has the code “%(code)s”.") % {"code": named}
            )
        elif not self.chosen():
            self.add_error(None, CHOOSE)
        return cleaned

    def chosen(self) -> list[tuple[EntryRow, str]]:
        """Return the entries with the levels they were given."""
        rows = [
            (row, level)
            for row in listed(self.proposal)
            if (level := self.cleaned_data.get(f"level_{row.entry.public_id}"))
        ]
        other = self._called(self.cleaned_data.get("other", ""))
        return [*rows, (other, self.cleaned_data["other_level"])] if other else rows

    def levels(self) -> list[tuple[Entry, str]]:
        """Return the entries with their levels, ready to be decided."""
        chosen = self.chosen()
        found = Entry.objects.select_related("case").in_bulk([row.entry.pk for row, _level in chosen])
        return [(found[row.entry.pk], level) for row, level in chosen]

    def citations(self) -> dict[int, dict[str, str]]:
        """Return what is said of each chosen entry, by its key and language."""
        shown = {row.entry.pk for row in listed(self.proposal)}
        return {
            row.entry.pk: {
                code: self.cleaned_data[
                    f"citation_{row.entry.public_id if row.entry.pk in shown else 'other'}_{code}"
                ]
                for code, _name in self.languages
            }
            for row, _level in self.chosen()
        }

    def _called(self, code: str) -> EntryRow | None:
        named = code.casefold()
        return next((row for row in self.proposal.rows if row.entry.code.casefold() == named), None)


def _citation(code: str, name: str) -> forms.CharField:
    return forms.CharField(
        label=_("Citation (%(language)s)") % {"language": name},
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
    )


def listed(proposal: EntryProposal) -> Sequence[EntryRow]:
    """Return the entries that stand in the form: the best of each contest for the award."""
    each = max(LISTED // max(len(proposal.tables), 1), 1)
    return [row for table in proposal.tables for row in table.rows[:each]]
