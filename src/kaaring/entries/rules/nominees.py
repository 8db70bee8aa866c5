"""Who is nominated, and their own say in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaaring.entries.models import Case, Entry, Nominee
from kaaring.entries.rules.cases import against_a_merged_case
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused
from kaaring.programmes.definition.schema import Category
from kaaring.programmes.models import Edition


@dataclass(frozen=True, slots=True)
class NomineeDetails:
    """Whom or what a case nominates. A person is asked for consent, at the address and in the language."""

    name: str
    role: str = ""
    is_person: bool = False
    email: str = ""
    language: str = ""


PERSON = "person"


def is_about_a_person(case: Case, category: Category | None = None) -> bool:
    """Say whether a person is judged: the case says so, or its category takes nobody else."""
    return case.subject == PERSON or (category is not None and tuple(category.subject) == (PERSON,))


def consent_is_needed(name: str) -> str:
    """Return the sentence that says why a nominee has to be named as a person."""
    return _(
        "%(name)s is nominated as a person and has to be asked for consent. Choose “This is a person”, and "
        "give an e-mail address."
    ) % {"name": name}


def against_naming_nominee(
    details: NomineeDetails, edition: Edition, *, case: Case | None = None
) -> Refused | None:
    """A nominee has a name; a person also an address, since nobody is judged without knowing of it.

    Where the case is about a person, its nominee is one.
    """
    if not details.name.strip():
        return Refused("no_nominee_name", _("Say who or what is nominated."))
    if case is not None and is_about_a_person(case) and not details.is_person:
        return Refused("nominee_no_person", consent_is_needed(details.name.strip()))
    if details.is_person and not details.email.strip():
        return Refused(
            "no_nominee_email",
            _("Give an e-mail address of %(name)s: a person who is nominated is asked for consent.")
            % {"name": details.name.strip()},
        )
    if details.language and details.language not in edition.languages:
        return Refused(
            "unknown_language",
            _("%(edition)s is not held in that language. The codes of its languages: %(languages)s.")
            % {"edition": edition.title, "languages": ", ".join(edition.languages)},
        )
    return None


def is_at_another_address(nominee: Nominee, details: NomineeDetails) -> bool:
    """Say whether the old link must no longer open the page."""
    return (nominee.email.lower(), nominee.is_person) != (details.email.strip().lower(), details.is_person)


def is_somebody_else(nominee: Nominee, details: NomineeDetails) -> bool:
    """Say whether another one is nominated, to whom nothing protected about the former may be shown."""
    return is_at_another_address(nominee, details) and nominee.name != details.name.strip()


def against_another_one(nominee: Nominee, entries: Iterable[Entry]) -> Refused | None:
    """Whoever agreed to what was submitted stays the nominee while it is corrected: the jury reads it."""
    is_in = any(one.submitted_at is not None and one.withdrawn_at is None for one in entries)
    if not is_in or nominee.consented_at is None:
        return None
    return Refused(
        "nominee_is_judged",
        _(
            "%(name)s agreed to the entry that was submitted and stays its nominee, at the address that was "
            "written to. To nominate somebody else, withdraw the entry."
        )
        % {"name": nominee.name},
    )


def against_asking(nominee: Nominee | None, *, was_asked_today: bool) -> Refused | None:
    """A person is asked for consent as long as there is something to ask, at most once a day for one text."""
    if nominee is None or not nominee.is_person:
        return Refused("nobody_to_ask", _("Only a person who is nominated is asked for consent."))
    words = {"name": nominee.name}
    if refusal := against_a_merged_case(nominee.case):
        return refusal
    if nominee.declined_at is not None:
        return Refused(
            "nominee_declined",
            _(
                "%(name)s has declined and is not asked again. Whoever has changed their mind can agree on "
                "the page that the letter led to."
            )
            % words,
        )
    if nominee.consented_version == nominee.case.version:
        return Refused("consent_given", _("%(name)s has agreed to the case as it is now.") % words)
    if was_asked_today:
        return Refused(
            "asked_today", _("%(name)s was written to today. You can send another letter tomorrow.") % words
        )
    return None


def against_declining(
    nominee: Nominee, entries: Iterable[Entry], *, judged_from: datetime | None, at: datetime
) -> Refused | None:
    """A person says no at any time before the jury begins to read; then only the organiser can help."""
    is_in = any(one.submitted_at is not None and one.withdrawn_at is None for one in entries)
    if judged_from is None or at < judged_from or not is_in:
        return None
    edition = nominee.case.edition
    return Refused(
        "judging_began",
        _(
            "The jury has been reading since %(day)s, so this page can no longer take the entry out. Write "
            "to the organiser, %(organiser)s, who can."
        )
        % {
            "day": date_format(local(judged_from, edition.timezone), "DATE_FORMAT"),
            "organiser": edition.programme.organiser.name,
        },
    )
