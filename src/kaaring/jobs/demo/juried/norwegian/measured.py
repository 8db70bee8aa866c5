"""The key figures that Norwegian cases tell, with sentences about each."""

from collections.abc import Mapping

from kaaring.jobs.demo.juried.figures import Measured

ANSWER_TIME = Measured(
    "answer_time",
    "Svartid",
    "sekunder",
    70,
    240,
    -0.65,
    (
        "Svartiden gikk fra {before} til {after} sekunder i snitt.",
        "Kundene venter nå {after} sekunder i snitt; før ventet de {before}.",
        "Fra {before} til {after} sekunder i kø er et snitt, men det gjelder også mandager.",
    ),
)
HANDLING_TIME = Measured(
    "handling_time",
    "Gjennomsnittlig behandlingstid (AHT)",
    "sekunder",
    320,
    560,
    -0.25,
    (
        "Behandlingstiden falt fra {before} til {after} sekunder uten at noen ba om det.",
        "En sak tar nå {after} sekunder i snitt, mot {before} før.",
    ),
)
RESOLUTION = Measured(
    "resolution_rate",
    "Løsningsgrad",
    "%",
    52,
    70,
    0.35,
    (
        "Andelen som får løst saken i første samtale, steg fra {before} til {after} prosent.",
        "{after} prosent av sakene løses nå ved første kontakt; året før var det {before}.",
        "Løsningsgraden gikk fra {before} til {after} prosent.",
    ),
    most=94,
)
SATISFACTION = Measured(
    "customer_satisfaction",
    "Kundetilfredshet",
    "av 6",
    4,
    5,
    0.22,
    (
        "Kundetilfredsheten økte fra {before} til {after} på en skala fra 1 til 6.",
        "Kundene gir {after} av 6; før satsingen ga de {before}.",
        "På spørsmålet om de fikk hjelp, svarer kundene i snitt {after} av 6, opp fra {before}.",
    ),
    digits=1,
    most=6,
)
EMPLOYEES = Measured(
    "employee_satisfaction",
    "Medarbeidertilfredshet",
    "av 100",
    61,
    74,
    0.25,
    (
        "Medarbeidertilfredsheten steg fra {before} til {after} av 100.",
        "I medarbeiderundersøkelsen gikk vi fra {before} til {after} poeng.",
    ),
    most=96,
)
ADD_ON = Measured(
    "add_on_sales",
    "Mersalg",
    "kr per henvendelse",
    18,
    45,
    0.8,
    (
        "Mersalget per henvendelse gikk fra {before} til {after} kroner.",
        "Hver henvendelse gir nå {after} kroner i mersalg, mot {before} året før.",
    ),
)
RESPONSE = Measured(
    "sales_response",
    "Salgsrespons",
    "%",
    8,
    17,
    0.7,
    (
        "Andelen samtaler som ga salg, økte fra {before} til {after} prosent.",
        "Salgsresponsen gikk fra {before} til {after} prosent.",
    ),
)
CONVERSATIONS = Measured(
    "conversations",
    "Gjennomførte samtaler",
    "per måned",
    9_000,
    24_000,
    0.3,
    (
        "Vi gjennomfører nå {after} samtaler i måneden, mot {before} før, med like mange rådgivere.",
        "Antallet samtaler gikk fra {before} til {after} i måneden.",
    ),
)
ALONE = Measured(
    "",
    "Samtaler løst uten rådgiver",
    "%",
    12,
    28,
    1.6,
    (
        "Andelen samtaler den løser alene, steg fra {before} til {after} prosent.",
        "Den tar nå {after} prosent av samtalene helt til mål; i første kvartal var det {before}.",
    ),
    most=86,
)
ABSENCE = Measured(
    "",
    "Sykefravær",
    "%",
    6,
    11,
    -0.45,
    (
        "Sykefraværet gikk fra {before} til {after} prosent.",
        "Fraværet er nede i {after} prosent, fra {before}.",
    ),
    digits=1,
)
EMISSIONS = Measured(
    "",
    "Utslipp per henvendelse",
    "gram CO₂",
    140,
    320,
    -0.55,
    (
        "Utslippet per henvendelse falt fra {before} til {after} gram CO₂.",
        "Hver henvendelse koster nå {after} gram CO₂, mot {before} da planen ble laget.",
    ),
)

OF_CATEGORY: Mapping[str, tuple[Measured, ...]] = {
    "customer-centre": (ANSWER_TIME, RESOLUTION, SATISFACTION, EMPLOYEES),
    "call-centre": (RESPONSE, CONVERSATIONS, SATISFACTION, EMPLOYEES),
    "team-leader-inbound": (EMPLOYEES, RESOLUTION, SATISFACTION),
    "team-leader-outbound": (EMPLOYEES, RESPONSE, CONVERSATIONS),
    "employee-inbound": (RESOLUTION, SATISFACTION),
    "employee-outbound": (RESPONSE, SATISFACTION),
    "salesperson": (ADD_ON, RESPONSE),
    "outsourcing-partnership": (ANSWER_TIME, RESOLUTION, SATISFACTION),
    "chatbot": (ALONE, ANSWER_TIME, SATISFACTION),
    "innovation": (HANDLING_TIME, SATISFACTION, RESOLUTION),
    "sustainability": (EMISSIONS, ABSENCE, EMPLOYEES),
}
SOURCES = (
    "Køsystemet, alle henvendelser",
    "Kundeundersøkelse etter samtale",
    "Månedsrapporten til styret",
    "Kvalitetsmåling hvert kvartal",
)
