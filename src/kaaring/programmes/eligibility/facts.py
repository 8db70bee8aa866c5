"""What is known about a case: answers read from text, who takes part, and what has been declared."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, get_args

from django.utils.translation import gettext as _

from kaaring.kernel.tables.numbers import as_plain_number, is_number
from kaaring.programmes.definition.schema import Definition, Fact
from kaaring.programmes.definition.schema.eligibility import Subject

SUBJECT = "case:subject"
PARTIES = "case:parties"
COUNTRIES_OF = "countries:"
"""What can be asked beside facts: the kind of nominee, the roles that take part, and the countries in which
the party of a role (``countries:client``) or everybody (``countries:``) does business."""

NONE = "none"
"""The answer that none of several choices holds, which is not the same as no answer."""

_SUBJECTS: tuple[str, ...] = get_args(Subject)

Answer = Fraction | date | bool | str | tuple[str, ...]
Raw = str | int | float | bool | Iterable[str] | None
"""An answer as forms, spreadsheets and stored data have it. None, nothing and an empty list are unknown."""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that takes part, in a role; ``countries`` is where it does business, None unknown."""

    role: str
    name: str = ""
    countries: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """Somebody has declared what a rule asks for; ``is_accepted`` is None until somebody has checked it."""

    by: str
    at: datetime
    has_proof: bool = False
    is_accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known. What is not here is unknown, which is not the same as “no”.

    ``parties`` is None while nobody has said who takes part, and complete once somebody has.
    ``declarations`` are those for one category, by the key of its rule: ``eligibility/2/of/0``.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    subject: str | None = None
    parties: tuple[Party, ...] | None = None
    declarations: Mapping[str, Declaration] = field(default_factory=dict)

    def number(self, code: str) -> Fraction | None:
        """Return an answer that is a number."""
        answer = self.answers.get(code)
        return answer if isinstance(answer, Fraction) else None

    def day(self, code: str) -> date | None:
        """Return an answer that is a day."""
        answer = self.answers.get(code)
        return answer if isinstance(answer, date) else None

    def chosen(self, code: str) -> tuple[str, ...] | None:
        """Return the codes that an answer chooses, one or several; yes and no are codes too."""
        answer = self.answers.get(code)
        if isinstance(answer, bool):
            return ("yes" if answer else "no",)
        if isinstance(answer, str):
            return (answer,)
        return answer if isinstance(answer, tuple) else None


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that cannot be read: which, what is wrong with it, and what is expected."""

    fact: str
    value: str
    what: str
    expected: str

    def __str__(self) -> str:
        return f"{self.what} {self.expected}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. Answers at fault are unknown in ``facts``."""

    facts: Facts
    faults: tuple[Fault, ...]


class _Unreadable(Exception):
    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what, expected)
        self.what, self.expected = what, expected


def read(raw: Mapping[str, Raw], definition: Definition) -> Reading:
    """Read answers by the code of their fact, or of another question: ``SUBJECT``, ``PARTIES`` and so on."""
    facts = {fact.code: fact for fact in definition.facts}
    answers: dict[str, Answer] = {}
    faults: list[Fault] = []
    for code, value in raw.items():
        texts = _texts(value)
        try:
            if texts:
                answers[code] = _answer(facts[code], texts) if code in facts else _of_case(code, texts)
        except _Unreadable as wrong:
            faults.append(Fault(code, " ".join(texts), wrong.what, wrong.expected))
    subject, roles = answers.pop(SUBJECT, None), answers.pop(PARTIES, None)
    return Reading(
        Facts(
            answers,
            subject if isinstance(subject, str) else None,
            tuple(Party(role) for role in roles) if isinstance(roles, tuple) else None,
        ),
        tuple(faults),
    )


def as_json(facts: Facts) -> dict[str, Any]:
    """Return facts as plain data; ``restored`` reads them back."""
    return {
        "answers": {code: plain(answer) for code, answer in facts.answers.items()},
        "subject": facts.subject,
        "parties": None
        if facts.parties is None
        else [
            {"role": party.role, "name": party.name, "countries": _listed(party.countries)}
            for party in facts.parties
        ],
        "declarations": {
            key: {
                "by": each.by,
                "at": each.at.isoformat(),
                "has_proof": each.has_proof,
                "is_accepted": each.is_accepted,
            }
            for key, each in facts.declarations.items()
        },
    }


def restored(data: Mapping[str, Any], definition: Definition) -> Facts:
    """Return facts that ``as_json`` made; answers that the definition no longer takes are unknown again."""
    parties = data.get("parties")
    return Facts(
        answers=read(data.get("answers", {}), definition).facts.answers,
        subject=data.get("subject"),
        parties=None
        if parties is None
        else tuple(Party(each["role"], each["name"], _tupled(each["countries"])) for each in parties),
        declarations={
            key: Declaration(
                each["by"], datetime.fromisoformat(each["at"]), each["has_proof"], each["is_accepted"]
            )
            for key, each in data.get("declarations", {}).items()
        },
    )


def plain(answer: Answer) -> str | int | bool | list[str]:
    """Return an answer as plain data, numbers exactly.

    >>> plain(Fraction(64)), plain(Fraction(25, 2)), plain(date(2026, 8, 1)), plain(("chat", "phone"))
    (64, '12.5', '2026-08-01', ['chat', 'phone'])
    """
    if isinstance(answer, Fraction):
        return answer.numerator if answer.denominator == 1 else _decimal(answer)
    if isinstance(answer, date):
        return answer.isoformat()
    return (list(answer) or [NONE]) if isinstance(answer, tuple) else answer


def _decimal(number: Fraction) -> str:
    with localcontext(prec=40):
        return format(Decimal(number.numerator) / number.denominator, "f")


def _listed(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _tupled(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _texts(value: Raw) -> list[str]:
    """Return the texts of an answer; none where it is unknown."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    values = [str(value)] if isinstance(value, str | int | float) else [str(each) for each in value]
    return [text for text in (each.strip() for each in values) if text]


def _one(texts: list[str]) -> str:
    return " ".join(texts)


def _several(texts: list[str]) -> tuple[str, ...]:
    """Return each of several codes once, whether they came apart or in one text.

    >>> _several(["chat, phone", "chat"])
    ('chat', 'phone')
    """
    return tuple(dict.fromkeys(code for text in texts for code in re.split(r"[\s,;]+", text) if code))


def _number(_fact: Fact, texts: list[str]) -> Answer:
    text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", _one(texts))
    if not is_number(text) or text.startswith("-"):
        raise _Unreadable(
            _("“%(value)s” is not a number from 0 up.") % {"value": text}, _("Write a number such as 25.")
        )
    return Fraction(as_plain_number(text))


def _date(_fact: Fact, texts: list[str]) -> Answer:
    text = _one(texts)
    try:
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise _Unreadable(
            _("“%(value)s” is not a date.") % {"value": text}, _("Write it as 2021-01-31.")
        ) from error


def _choice(fact: Fact, texts: list[str]) -> Answer:
    return _known(_one(texts), fact)


def _choices(fact: Fact, texts: list[str]) -> Answer:
    if texts == [NONE] and NONE not in {option.code for option in fact.options}:
        return ()
    return tuple(_known(code, fact) for code in _several(texts))


def _known(code: str, fact: Fact) -> str:
    codes = [option.code for option in fact.options]
    if codes and code not in codes:
        raise _unknown(code, codes)
    return code


def _unknown(code: str, codes: Iterable[str]) -> _Unreadable:
    return _Unreadable(
        _("“%(value)s” is not known here.") % {"value": code},
        _("Write one of: %(names)s.") % {"names": ", ".join(codes)},
    )


_YES_NO = {
    **dict.fromkeys(("yes", "ja", "да", "true", "1"), True),
    **dict.fromkeys(("no", "nei", "нет", "false", "0"), False),
}


def _yes_no(_fact: Fact, texts: list[str]) -> Answer:
    text = _one(texts)
    if text.lower() not in _YES_NO:
        raise _Unreadable(
            _("“%(value)s” is neither yes nor no.") % {"value": text},
            _("Write yes or no, in English, Norwegian (ja, nei) or Russian (да, нет)."),
        )
    return _YES_NO[text.lower()]


def _countries(_fact: Fact | None, texts: list[str]) -> tuple[str, ...]:
    for text in _several(texts):
        if not re.fullmatch("[A-Za-z]{2}", text):
            raise _Unreadable(
                _("“%(value)s” is no country.") % {"value": text}, _("Write two letters, such as NO.")
            )
    return tuple(dict.fromkeys(code.upper() for code in _several(texts)))


def _text(_fact: Fact, texts: list[str]) -> Answer:
    return _one(texts)


_READERS: dict[str, Callable[[Fact, list[str]], Answer]] = {
    "number": _number,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "countries": _countries,
    "text": _text,
}


def _answer(fact: Fact, texts: list[str]) -> Answer:
    return _READERS[fact.kind](fact, texts)


def _of_case(code: str, texts: list[str]) -> Answer:
    """Return the answer to a question that is not a fact."""
    if code == SUBJECT:
        if _one(texts) not in _SUBJECTS:
            raise _unknown(_one(texts), _SUBJECTS)
        return _one(texts)
    if code == PARTIES:
        return _several(texts)
    if code.startswith(COUNTRIES_OF):
        return _countries(None, texts)
    raise _Unreadable(
        _("Nobody asks for “%(value)s” here.") % {"value": code}, _("Leave it out, or correct its name.")
    )
