"""What shoppers say about reaching the centre and being received."""

from kaaring.jobs.demo.comments.grammar import (
    CHAT,
    EMAIL,
    EVERYWHERE,
    LIVE,
    PHONE,
    SPOKEN,
    TYPED_LIVE,
    WRITTEN,
    Remark,
    Tone,
    Topic,
    criticism,
    praise,
)

WELCOME = Topic(
    clauses=(
        praise("MV1", "det var lett å finne fram", "jeg kom rett til riktig sted"),
        praise("MV1", "menyen var kort og tydelig", "tastevalgene var enkle å forstå", on=SPOKEN),
        praise("MV1", "skjemaet var raskt å fylle ut", "adressen lå lett synlig på nettsiden", on=(EMAIL,)),
        praise("MV1", "samtaleruten dukket opp der jeg lette etter den", on=TYPED_LIVE),
        criticism("MV1", "det var vanskelig å finne fram", "jeg måtte lete lenge etter riktig sted"),
        criticism(
            "MV1",
            "jeg måtte gjennom altfor mange tastevalg",
            "menyen passet ikke til det jeg lurte på",
            on=SPOKEN,
        ),
        criticism(
            "MV1", "skjemaet var langt og tungvint", "adressen var godt gjemt på nettsiden", on=(EMAIL,)
        ),
        criticism("MV1", "jeg måtte svare på mange ferdige valg før jeg fikk skrive fritt", on=TYPED_LIVE),
        praise("MV2", "jeg ble hilst på med en gang", "{k} åpnet med en hyggelig hilsen"),
        praise(
            "MV2", "{k} svarte med et blidt «god dag»", "jeg hørte et smil allerede i hilsenen", on=SPOKEN
        ),
        praise("MV2", "svaret begynte med en vennlig hilsen", on=WRITTEN),
        criticism("MV2", "{k} gikk rett på sak uten å hilse", "jeg savnet en enkel hilsen"),
        criticism("MV2", "svaret begynte midt i saken, uten noen hilsen", on=WRITTEN),
        praise("MV3", "{k} presenterte seg med navn", "jeg fikk vite hvem som hjalp meg"),
        praise("MV3", "{k} sa navnet sitt tydelig og rolig", on=SPOKEN),
        praise("MV3", "svaret var signert med navn", on=(EMAIL,)),
        criticism("MV3", "jeg fikk aldri vite hvem jeg hadde kontakt med", "{k} presenterte seg ikke"),
        criticism("MV3", "navnet ble mumlet så fort at det forsvant", on=SPOKEN),
        criticism("MV3", "e-posten var bare signert med «kundeservice»", on=(EMAIL,)),
        praise("MV4", "{k} sa hvilket selskap jeg hadde kommet til", on=SPOKEN),
        criticism("MV4", "jeg lurte på om jeg hadde ringt riktig selskap", on=SPOKEN),
        praise("MV5", "velkomsten virket ekte og personlig", "åpningen føltes ikke innøvd"),
        praise("MV5", "{k} snakket til meg som et menneske fra første sekund", on=SPOKEN),
        praise("MV5", "innledningen var tydelig skrevet til akkurat meg", on=WRITTEN),
        criticism("MV5", "velkomsten hørtes ut som en innlært remse", "åpningen kom på autopilot", on=SPOKEN),
        criticism(
            "MV5",
            "åpningen var tydelig klippet og limt",
            "innledningen kunne vært sendt til hvem som helst",
            on=WRITTEN,
        ),
        praise(
            "MV6",
            "navnet mitt ble brukt på en naturlig måte",
            "{k} brukte navnet mitt uten at det virket påtatt",
        ),
        criticism(
            "MV6", "navnet mitt ble aldri brukt", "{k} brukte ikke navnet mitt, selv om jeg hadde oppgitt det"
        ),
        praise("MV7", "{k} kunne hjelpe meg selv", "jeg slapp å bli sendt videre"),
        praise("MV7", "den første som tok telefonen, kunne svare på alt", on=SPOKEN),
        criticism(
            "MV7", "{k} måtte sende meg videre", "den første jeg fikk kontakt med, kunne ikke hjelpe meg"
        ),
        praise("MV8", "jeg ble forberedt på å bli satt over og slapp å gjenta meg", on=LIVE),
        criticism(
            "MV8",
            "jeg ble satt over uten forvarsel",
            "jeg måtte fortelle hele historien en gang til",
            on=LIVE,
        ),
        praise("MV9", "jeg følte meg velkommen med en gang", "jeg følte meg virkelig velkommen"),
        praise("MV9", "stemmen var varm og imøtekommende", on=SPOKEN),
        praise("MV9", "tonen i de første linjene var varm", on=WRITTEN),
        criticism("MV9", "jeg følte meg ikke velkommen", "jeg følte at jeg forstyrret"),
        criticism("MV9", "stemmen var flat og trøtt da jeg kom fram", on=SPOKEN),
        praise(
            "SV3", "jeg fikk vite plassen min i køen", "ventetiden ble opplyst med en gang", on=(PHONE, CHAT)
        ),
        criticism(
            "SV3",
            "jeg visste aldri hvor lenge jeg måtte vente",
            "køen ble ikke nevnt med ett ord",
            on=(PHONE, CHAT),
        ),
        praise("SV5", "jeg fikk straks en kvittering med forventet svartid", on=(EMAIL,)),
        criticism("SV5", "jeg fikk ingen kvittering på at meldingen var kommet fram", on=(EMAIL,)),
        praise("SV2", "jeg fikk svar nesten med en gang", "jeg slapp å vente", on=LIVE),
        praise("SV2", "svaret kom overraskende raskt", on=(EMAIL,)),
        criticism("SV2", "ventetiden var lang", "det tok lang tid før noen svarte"),
        criticism("SV2", "jeg ble sittende lenge i telefonkø", on=SPOKEN),
    ),
    remarks=(
        Remark(
            Tone.GLOWING,
            EVERYWHERE,
            (
                "En veldig god start.",
                "Her var det lett å føle seg hjemme.",
                "Bedre kan man knapt bli tatt imot.",
                "Dette var en velkomst jeg husker.",
                "Førsteinntrykket kunne ikke vært bedre.",
                "En åpning som ga meg lyst til å fortsette.",
                "Det tente humøret mitt med en gang.",
            ),
        ),
        Remark(Tone.GLOWING, SPOKEN, ("Et smil man kunne høre.", "En stemme det var godt å møte.")),
        Remark(Tone.GLOWING, WRITTEN, ("Hyggelige ord allerede fra første linje.",)),
        Remark(
            Tone.GOOD,
            EVERYWHERE,
            (
                "God og trygg start.",
                "Hyggelig mottakelse.",
                "Jeg ble tatt godt imot.",
                "En grei og vennlig åpning.",
                "Førsteinntrykket var bra.",
                "Starten ga meg tillit.",
                "En fin velkomst, med litt å gå på.",
            ),
        ),
        Remark(Tone.GOOD, SPOKEN, ("Hyggelig stemme som tok imot.",)),
        Remark(Tone.GOOD, WRITTEN, ("Ryddig og vennlig innledning.",)),
        Remark(
            Tone.MIXED,
            EVERYWHERE,
            (
                "Starten var litt så som så.",
                "Ingen dårlig start, men heller ingen god.",
                "Velkomsten var korrekt, uten varme.",
                "Førsteinntrykket var blandet.",
                "Her er det noe å hente.",
                "Jeg ble tatt imot, men ikke mer enn det.",
            ),
        ),
        Remark(Tone.MIXED, SPOKEN, ("Det hørtes ut som en travel dag.",)),
        Remark(Tone.MIXED, WRITTEN, ("Innledningen var kort og litt kjølig.",)),
        Remark(
            Tone.WEAK,
            EVERYWHERE,
            (
                "En skuffende start.",
                "Slik vil ingen bli tatt imot.",
                "Førsteinntrykket var dårlig.",
                "Starten ødela mye.",
                "Dette innbød ikke til mer kontakt.",
                "Jeg fikk lyst til å gi opp allerede her.",
            ),
        ),
        Remark(Tone.WEAK, SPOKEN, ("Det første jeg hørte, var et sukk.",)),
        Remark(Tone.WEAK, WRITTEN, ("De første linjene virket avvisende.",)),
    ),
)
