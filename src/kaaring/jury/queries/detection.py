"""Finding conflicts of interest: jurors compared with everybody who stands behind a case.

What is found is a reason to ask. It blocks until somebody confirms or dismisses it, and what has been
dismissed once is not found again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from kaaring.entries.models import Case, Nominee, Party
from kaaring.jury.models import Juror, Recusal
from kaaring.people.models import Affiliation, Organisation
from kaaring.planning.names import alike
from kaaring.programmes.models import Edition

ALIKE = 0.85
EMPLOYER = Recusal.Kind.EMPLOYER
MAILBOXES = """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.no live.com live.no msn.com yahoo.com yahoo.no
    icloud.com me.com mac.com proton.me protonmail.com gmx.com gmx.net online.no getmail.no broadpark.no
    mail.ru bk.ru inbox.ru list.ru yandex.ru ya.ru yandex.com rambler.ru
"""
PUBLIC = frozenset(MAILBOXES.split())
"""Where anybody can have an address, so that sharing one says nothing."""


class About(NamedTuple):
    """Whom a conflict is about: a juror, and an organisation or a case, by their keys."""

    juror: int
    organisation: int | None = None
    case: int | None = None


@dataclass(frozen=True)
class Found:
    """A conflict that comparing finds, with what it was found by."""

    about: About
    kind: str
    note: str


@dataclass(frozen=True)
class _Field:
    """Everybody in an edition who is compared: jurors, organisations behind cases, and nominated people."""

    jurors: tuple[Juror, ...]
    organisations: tuple[Organisation, ...]
    behind: Mapping[int, frozenset[int]]
    titles: Mapping[int, str]
    nominees: tuple[Nominee, ...]
    domains: Mapping[str, frozenset[int]]
    acts_for: Mapping[int, frozenset[int]]

    @property
    def names(self) -> dict[int, str]:
        return {one.pk: one.name for one in self.organisations}


def detected(edition: Edition) -> list[Found]:
    """Return the conflicts that comparing finds now and that nobody has recorded or dismissed before.

    Compared are the juror's organisation, by record and by name, the domain of the e-mail address, and the
    organisations the juror acts for, with every organisation behind a case; partners of the juror's
    organisation in joint entries; and the juror with every nominated person.
    """
    field = _field(edition)
    recorded = list(Recusal.objects.filter(juror__edition=edition))
    known = {_about(one) for one in recorded}
    employers = {one.about: one for one in reversed(list(_employers(field)))}
    standing = {_about(one) for one in recorded if one.dismissed_at is None and one.kind == EMPLOYER}
    standing |= {about for about in employers if about not in known}
    found = {one.about: one for one in (*_partners(field, standing), *_people(field))}
    return [one for about, one in (found | employers).items() if about not in known]


def _about(recusal: Recusal) -> About:
    return About(recusal.juror_id, recusal.organisation_id, recusal.case_id)


def _field(edition: Edition) -> _Field:
    cases = Case.objects.filter(edition=edition, merged_into=None)
    behind: dict[int, set[int]] = defaultdict(set)
    titles = {}
    for case, organisation, title in cases.values_list("pk", "organisation_id", "title"):
        behind[case].add(organisation)
        titles[case] = title
    parties = Party.objects.filter(case__in=cases)
    for case, organisation in parties.values_list("case_id", "organisation_id"):
        behind[case].add(organisation)
    organisations = Organisation.objects.filter(pk__in=set().union(*behind.values()))
    jurors = Juror.objects.filter(edition=edition, removed_at=None).select_related("organisation", "user")
    acting = Affiliation.objects.filter(organisation__in=organisations)
    people = list(acting.values_list("organisation_id", "user_id", "user__email"))
    contacts = parties.values_list("organisation_id", "contact_email")
    billed = ((one.pk, one.invoice_email) for one in organisations)
    return _Field(
        jurors=tuple(jurors),
        organisations=tuple(organisations),
        behind={case: frozenset(keys) for case, keys in behind.items()},
        titles=titles,
        nominees=tuple(Nominee.objects.filter(case__in=cases, is_person=True)),
        domains=_domains([*((key, email) for key, _user, email in people), *contacts, *billed]),
        acts_for=_grouped((user, key) for key, user, _email in people),
    )


def _domains(addresses: list[tuple[int, str]]) -> Mapping[str, frozenset[int]]:
    named = ((_domain(address), key) for key, address in addresses)
    return _grouped((domain, key) for domain, key in named if domain)


def _domain(address: str) -> str:
    """Return the domain of an address of somebody's own; empty for public mailboxes."""
    domain = address.rpartition("@")[2].lower()
    return "" if domain in PUBLIC else domain


def _grouped[Key](pairs: Iterator[tuple[Key, int]]) -> Mapping[Key, frozenset[int]]:
    groups: dict[Key, set[int]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: frozenset(values) for key, values in groups.items()}


def _employers(field: _Field) -> Iterator[Found]:
    """Yield the organisations that jurors seem to come from, the surest reasons first."""
    names = field.names
    for juror in field.jurors:
        if juror.organisation_id in names:
            name = names[juror.organisation_id]
            yield Found(About(juror.pk, juror.organisation_id), EMPLOYER, _comes_from(name, name))
        for key in field.acts_for.get(juror.user_id or 0, ()):
            note = _("Acts for “%(organisation)s” in Kåring.") % {"organisation": names[key]}
            yield Found(About(juror.pk, key), EMPLOYER, note)
    yield from _alike_organisations(field)
    for juror in field.jurors:
        domain = _domain(juror.email)
        for key in field.domains.get(domain, ()):
            note = _("Has an e-mail address at %(domain)s, as people of “%(organisation)s” have.")
            yield Found(About(juror.pk, key), EMPLOYER, note % {"domain": domain, "organisation": names[key]})


def _alike_organisations(field: _Field) -> Iterator[Found]:
    with_name = [juror for juror in field.jurors if juror.organisation_name]
    if not (with_name and field.organisations):
        return
    mine, theirs = [one.organisation_name for one in with_name], [one.name for one in field.organisations]
    for here, there, _likeness in alike(mine, theirs, at_least=ALIKE):
        about = About(with_name[here].pk, field.organisations[there].pk)
        yield Found(about, EMPLOYER, _comes_from(mine[here], theirs[there]))


def _comes_from(mine: str, theirs: str) -> str:
    if mine.casefold() == theirs.casefold():
        return _("Comes from “%(organisation)s”.") % {"organisation": theirs}
    return _("Comes from “%(mine)s”, which may be “%(theirs)s”.") % {"mine": mine, "theirs": theirs}


def _partners(field: _Field, employers: set[About]) -> Iterator[Found]:
    """Yield the organisations that enter jointly with one that a juror seems to come from."""
    names = field.names
    jurors_of = _grouped((about.organisation or 0, about.juror) for about in employers)
    for case, organisations in field.behind.items():
        for mine in organisations:
            for juror in jurors_of.get(mine, ()):
                for partner in organisations - {mine}:
                    note = _("“%(mine)s”, where the juror comes from, enters “%(case)s” with “%(partner)s”.")
                    values = {"mine": names[mine], "case": field.titles[case], "partner": names[partner]}
                    yield Found(About(juror, partner), Recusal.Kind.PARTNER, note % values)


def _people(field: _Field) -> Iterator[Found]:
    """Yield the cases that nominate somebody who may be the juror."""
    if not (field.jurors and field.nominees):
        return
    mine, theirs = [one.name for one in field.jurors], [one.name for one in field.nominees]
    for here, there, _likeness in alike(mine, theirs, at_least=ALIKE):
        note = _("Has a name like that of the nominee, “%(name)s”.") % {"name": theirs[there]}
        about = About(field.jurors[here].pk, case=field.nominees[there].case_id)
        yield Found(about, Recusal.Kind.PERSON, note)
    reads = {one.email.lower(): one.pk for one in field.jurors if one.email}
    for nominee in field.nominees:
        if juror := reads.get(nominee.email.lower()):
            note = _("Has the same e-mail address as the nominee.")
            yield Found(About(juror, case=nominee.case_id), Recusal.Kind.PERSON, note)


def pairs_found(edition: Edition, found: list[Found]) -> set[tuple[int, int]]:
    """Return (juror, entry), by their keys, that conflicts found would stand between."""
    if not found:
        return set()
    cases: dict[int, set[int]] = defaultdict(set)
    rows = Case.objects.filter(edition=edition).values_list("pk", "organisation_id", "parties__organisation")
    for case, own, party in rows:
        cases[own].add(case)
        cases[party or own].add(case)
    entries = _grouped(
        Case.objects.filter(edition=edition, entries__isnull=False).values_list("pk", "entries").iterator()
    )
    return {
        (one.about.juror, entry)
        for one in found
        for case in ({one.about.case} if one.about.case else cases[one.about.organisation or 0])
        for entry in entries.get(case, ())
    }
