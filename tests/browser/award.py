"""The small award that the journey goes through, and what people type on their way, in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from kaaring.programmes.models import Edition
from kaaring.survey.actions import store_definition
from tests.build import a_definition, an_organiser

DEFINITION = """
kaaring: 1
programme: {slug: service-awards, name: {nb: Serviceprisene, ru: Премия сервиса}}
edition: {slug: "2030", timezone: Europe/Oslo, languages: LANGUAGES}
timeline: {entries: [2020-01-01, 2099-12-31]}
jury:
  scale: {from: 0, to: 10, step: 1, anchors: {10: {nb: Fremragende, ru: Превосходно}}}
  jurors_per_entry: 2
  combine: {method: mean, minimum_marks: 2, ties: [jury]}
  levels: [gold]
  stages:
    - {code: screening, name: {nb: Siling, ru: Отбор}, mode: pass_fail, passes: 1, jurors_per_entry: 1}
    - {code: marking, name: {nb: Vurdering, ru: Оценка}, mode: scorecard, shortlist: {top: 2}}
    - {code: final, name: {nb: Finale, ru: Финал}, mode: scorecard}
facts:
  - {code: people, name: {nb: Hvor mange er dere?, ru: Сколько вас человек?}, kind: number, unit: people}
terms: [{code: people, name: {nb: personer, ru: человек}}]
categories:
  - code: team
    name: {nb: Årets lille team, ru: Малая команда года}
    subject: [team]
    criteria:
      - {code: actions, name: {nb: Tiltak, ru: Действия}, weight: 60, most_words: 40}
      - {code: results, name: {nb: Resultater, ru: Результаты}, weight: 40}
    eligibility:
      - {rule: size, what: people, unit: people, min: 5, max: 50}
      - {rule: attestation, who: head, statement: {nb: Alle har lest dette., ru: Все это прочитали.}}
awards:
  - {code: best-team, name: {nb: Årets team, ru: Команда года}, by: jury, category: team}
"""


@dataclass(frozen=True)
class Words:
    """What people in the journey type."""

    house: str
    title: str
    text: str
    head: str
    remark: str
    citation: str
    reason: str


WORDS: Mapping[str, Words] = {
    "nb": Words(
        house="Kundehuset Bærum AS",
        title="Køen som forsvant på våren",
        text="Vi svarer på under ett minutt.",
        head="Kari Nordmann, leder",
        remark="Vis gjerne tallene måned for måned.",
        citation="Et team som gjorde ventetid til samtale.",
        reason="Tallene ble oppklart i møtet.",
    ),
    "ru": Words(
        house="Клиентский дом «Ёлка»",
        title="Очередь, которая исчезла весной",
        text="Мы отвечаем быстрее чем за минуту.",
        head="Анна Иванова, руководитель",
        remark="Покажите цифры по месяцам.",
        citation="Команда, превратившая ожидание в разговор.",
        reason="Цифры прояснились на заседании.",
    ),
}


def an_edition_in(language: str) -> Edition:
    """Return the edition without anybody in it; its first language is the one asked for."""
    other = {"nb": "ru", "ru": "nb"}[language]
    definition = a_definition(DEFINITION.replace("LANGUAGES", f"[{language}, {other}]"))
    rules = store_definition(definition, an_organiser(), by="test", at=timezone.now())
    return Edition.objects.select_related("programme__organiser").get(pk=rules.edition_id)
