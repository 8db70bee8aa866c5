"""The invented organisations of the Norwegian edition, and invented places."""

from kaaring.jobs.demo.juried.norwegian.outlines import CENTRES, NEVER_HANDED_IN, NOMINATIONS
from kaaring.jobs.demo.juried.norwegian.undertakings import TWIN, UNDERTAKINGS
from kaaring.jobs.demo.juried.plans import House
from kaaring.jobs.demo.roster import code_of

CITIES = ("Ørnevik", "Granfoss", "Lyngmark", "Holmvik", "Svaberg", "Tindestad", "Storvidda", "Elveosen")
FIRST = (
    "Anne",
    "Bjørn",
    "Cathrine",
    "Dagfinn",
    "Ellen",
    "Frank",
    "Grete",
    "Henrik",
    "Inger",
    "Jens",
    "Karin",
)
LAST = ("Prøvestad", "Skisselund", "Mønsterås", "Kladdemo", "Utkastli", "Eksempelrud", "Liksomhaug")


WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def _number(start: int) -> str:
    """Return a number with its check digit, from eight digits on; none that begins with 1 is ever given."""
    rest = sum(int(digit) * weight for digit, weight in zip(str(start), WEIGHTS, strict=True)) % 11
    return _number(start + 1) if rest == 1 else f"{start}{(11 - rest) % 11}"


def _houses() -> dict[str, House]:
    enter = [one.house for one in (*CENTRES, *NOMINATIONS, *UNDERTAKINGS, TWIN, *NEVER_HANDED_IN)]
    names = dict.fromkeys([*enter, *(one.partner for one in UNDERTAKINGS if one.partner)])
    return {
        name: House(
            code=code_of(name),
            name=name,
            city=CITIES[place % len(CITIES)],
            contact=f"{FIRST[place % len(FIRST)]} {LAST[place % len(LAST)]}",
            country="NO",
            street=f"Oppdiktede vei {3 + 7 * place}",
            postcode=f"{place + 1:04}",
            number=_number(10_000_000 + 41 * place),
            is_member=place % 3 == 0,
        )
        for place, name in enumerate(names)
    }


_HOUSES = _houses()


def house_called(name: str) -> House:
    """Return the house of a name."""
    return _HOUSES[name]
