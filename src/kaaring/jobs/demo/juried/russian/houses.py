"""The invented organisations of the Russian edition, and invented places."""

from kaaring.jobs.demo.juried.plans import House
from kaaring.jobs.demo.juried.russian.experience import EXPERIENCE, STAFF
from kaaring.jobs.demo.juried.russian.nominees import CENTRES, NOMINATIONS
from kaaring.jobs.demo.juried.russian.teams_entered import TEAMS
from kaaring.jobs.demo.juried.russian.undertakings import OPERATIONS, TECHNOLOGY

UNDERTAKINGS = (*TECHNOLOGY, *OPERATIONS, *EXPERIENCE, *STAFF)
CITIES = ("Снегирёвск", "Кедроград", "Ветрогорск", "Тихореченск", "Яблоневск", "Маякск", "Рябинск")
CONTACTS = (
    "Анна Примерова",
    "Борис Набросков",
    "Валентина Эскизова",
    "Григорий Образчиков",
    "Диана Выдумкина",
    "Евгений Черновиков",
    "Жанна Пробникова",
    "Захар Макетов",
    "Ирина Сказкина",
    "Константин Вымыслов",
    "Людмила Фантазёрова",
)


def _houses() -> dict[str, House]:
    enter = [one.house for one in (*UNDERTAKINGS, *TEAMS, *NOMINATIONS, *CENTRES)]
    names = dict.fromkeys([*enter, *(one.partner for one in UNDERTAKINGS if one.partner)])
    return {
        name: House(
            code=f"dom-{place:02}",
            name=name,
            city=CITIES[place % len(CITIES)],
            contact=CONTACTS[place % len(CONTACTS)],
            country="RU",
            street=f"ул. Придуманная, {2 + 5 * place}",
            postcode=f"{place:06}",
        )
        for place, name in enumerate(names, 1)
    }


_HOUSES = _houses()


def house_called(name: str) -> House:
    """Return the house of a name."""
    return _HOUSES[name]
