"""The key figures that Russian cases tell, with sentences about each. The rules name none, so all are own."""

from kaaring.jobs.demo.juried.figures import Measured

WAIT = Measured(
    "",
    "Среднее время ожидания",
    "секунд",
    60,
    210,
    -0.65,
    (
        "Среднее время ожидания сократилось с {before} до {after} секунд.",
        "Ждать ответа приходится в среднем {after} секунд, а было {before}.",
    ),
)
FIRST_CONTACT = Measured(
    "",
    "Доля решённых с первого обращения",
    "%",
    51,
    69,
    0.36,
    (
        "Доля вопросов, решённых с первого обращения, выросла с {before} до {after} %.",
        "С первого обращения решаем {after} % вопросов вместо {before} %.",
        "Показатель решения с первого раза поднялся с {before} до {after} %.",
    ),
    most=95,
)
SATISFACTION = Measured(
    "",
    "Удовлетворённость клиентов (CSAT)",
    "из 5",
    3,
    4,
    0.24,
    (
        "Оценка клиентов выросла с {before} до {after} из 5.",
        "Клиенты ставят нам {after} из 5; до начала работы ставили {before}.",
    ),
    digits=1,
    most=5,
)
LOYALTY = Measured(
    "",
    "Индекс готовности рекомендовать (NPS)",
    "пунктов",
    18,
    41,
    0.7,
    (
        "Индекс готовности рекомендовать вырос с {before} до {after} пунктов.",
        "NPS поднялся с {before} до {after}.",
    ),
    most=88,
)
TURNOVER = Measured(
    "",
    "Текучесть персонала за год",
    "%",
    28,
    55,
    -0.55,
    (
        "Текучесть за год снизилась с {before} до {after} %.",
        "За год уходят {after} % сотрудников, а уходили {before} %.",
    ),
)
ENGAGEMENT = Measured(
    "",
    "Вовлечённость персонала (eNPS)",
    "пунктов",
    12,
    35,
    0.9,
    (
        "Вовлечённость сотрудников выросла с {before} до {after} пунктов.",
        "eNPS поднялся с {before} до {after}.",
    ),
    most=90,
)
QUALITY = Measured(
    "",
    "Оценка качества диалогов",
    "из 100",
    64,
    79,
    0.22,
    (
        "Оценка качества диалогов выросла с {before} до {after} из 100.",
        "Контроль качества оценивает работу на {after} из 100 вместо {before}.",
    ),
    most=98,
)
SALES = Measured(
    "",
    "Доля разговоров, завершившихся продажей",
    "%",
    7,
    16,
    0.8,
    (
        "Продажей завершаются {after} % разговоров вместо {before} %.",
        "Доля удачных разговоров выросла с {before} до {after} %.",
    ),
)
RECOVERED = Measured(
    "",
    "Доля погашенной задолженности",
    "%",
    31,
    48,
    0.5,
    (
        "Доля погашенной задолженности выросла с {before} до {after} %.",
        "Погашается {after} % долгов, а погашалось {before} %.",
    ),
    most=92,
)

PROJECT = (WAIT, FIRST_CONTACT, SATISFACTION, LOYALTY)
STAFF = (ENGAGEMENT, TURNOVER, QUALITY)
TEAM = (FIRST_CONTACT, SATISFACTION, QUALITY)
PERSON = (FIRST_CONTACT, SATISFACTION, QUALITY)
CENTRE = (WAIT, FIRST_CONTACT, SATISFACTION, TURNOVER)
SELLING = (SALES, SATISFACTION)
COLLECTING = (RECOVERED, SATISFACTION)
SOURCES = (
    "Отчёт службы качества",
    "Система управления очередью",
    "Опрос после обращения",
    "Управленческий отчёт за год",
)
