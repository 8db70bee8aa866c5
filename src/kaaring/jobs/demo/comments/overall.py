"""What shoppers are left with, what they say when nobody answers, and after 12 March 2020."""

from collections.abc import Mapping
from types import MappingProxyType

from kaaring.jobs.demo.comments.grammar import (
    CHAT,
    EMAIL,
    EVERYWHERE,
    MESSENGER,
    PHONE,
    SPOKEN,
    WRITTEN,
    Remark,
    Tone,
    Topic,
    criticism,
    praise,
)

OVERALL = Topic(
    clauses=(
        praise("TI1", "tiden ble brukt på det som var nyttig for meg", "jeg sparte tid på å ta kontakt"),
        criticism("TI1", "mye av tiden gikk bort i uviktige ting", "det tok lang tid å få ut noe nyttig"),
        praise(
            "TI3", "jeg sitter igjen med et veldig godt inntrykk av {k}", "inntrykket av {k} er svært godt"
        ),
        criticism("TI3", "inntrykket av {k} er dessverre dårlig", "jeg sitter igjen med et svakt inntrykk"),
        praise(
            "TI4", "jeg følte meg verdsatt som mulig kunde", "jeg merket at de gjerne ville ha meg som kunde"
        ),
        criticism(
            "TI4", "jeg følte meg ikke verdsatt som mulig kunde", "det virket ikke viktig om jeg ble kunde"
        ),
        praise("TI5", "jeg ville handlet her uten å nøle", "jeg kunne gjerne blitt kunde etter dette"),
        criticism("TI5", "jeg ville gått til en konkurrent", "dette ga meg ikke lyst til å bli kunde"),
        praise("TI6", "det de lovet, kom som avtalt", "oppfølgingen kom da den skulle"),
        criticism("TI6", "det jeg ble lovet, kom aldri", "jeg ventet forgjeves på oppfølgingen"),
        praise("KB14", "jeg fikk en løsning jeg kan bruke", "løsningen var bedre enn jeg hadde tenkt"),
        criticism("KB13", "jeg måtte finne resten av svaret selv", "jeg vet fortsatt ikke det jeg lurte på"),
        praise("SV2", "svaret kom raskt", "det gikk fort å få hjelp"),
        criticism("SV2", "ventetiden trekker ned", "jeg hadde nesten gitt opp før noen svarte"),
        praise("KB5", "engasjementet gjorde hele forskjellen", on=SPOKEN),
        praise("KB9", "svaret er så tydelig at jeg tar vare på det", on=(EMAIL,)),
        criticism("KB5", "alt gikk på rutine", "ingen viste interesse for hvem jeg var"),
    ),
    remarks=(
        Remark(
            Tone.GLOWING,
            EVERYWHERE,
            (
                "En opplevelse jeg kommer til å fortelle om.",
                "Kundeservice på sitt beste.",
                "Alt klaffet fra start til slutt.",
                "Jeg ble i godt humør av dette.",
                "Her føler man seg sett.",
                "Dette er de gode på.",
                "Jeg gikk derfra trygg og glad.",
                "Full pott fra meg.",
                "En sjelden god opplevelse.",
            ),
        ),
        Remark(Tone.GLOWING, SPOKEN, ("En samtale som løftet dagen min.",)),
        Remark(Tone.GLOWING, WRITTEN, ("Skriftlig kundeservice slik den skal være.",)),
        Remark(
            Tone.GOOD,
            EVERYWHERE,
            (
                "En god opplevelse alt i alt.",
                "Jeg er fornøyd.",
                "Dette fungerte bra.",
                "God hjelp og hyggelig tone.",
                "Jeg ville tatt kontakt igjen.",
                "Trygt og greit.",
                "Nesten helt i mål.",
                "Bra, med rom for litt mer varme.",
            ),
        ),
        Remark(Tone.GOOD, SPOKEN, ("En hyggelig telefonsamtale.",)),
        Remark(Tone.GOOD, WRITTEN, ("Et svar jeg kunne bruke.",)),
        Remark(
            Tone.MIXED,
            EVERYWHERE,
            (
                "Helt greit, men ikke noe jeg husker i morgen.",
                "Middels opplevelse.",
                "Her mangler det lille ekstra.",
                "Starten var bedre enn slutten.",
                "Jeg er verken fornøyd eller misfornøyd.",
                "Litt på det jevne.",
                "Jeg fikk svar, men ble ikke overbevist.",
            ),
        ),
        Remark(Tone.MIXED, SPOKEN, ("Samtalen dabbet av mot slutten.",)),
        Remark(Tone.MIXED, WRITTEN, ("Svaret var greit, tonen var tam.",)),
        Remark(
            Tone.WEAK,
            EVERYWHERE,
            (
                "En skuffende opplevelse.",
                "Jeg følte meg oversett.",
                "Dette frister ikke til gjentakelse.",
                "Her er det mye å ta tak i.",
                "Jeg satt igjen irritert.",
                "Som kunde følte jeg meg uviktig.",
                "Dårlig bruk av tiden min.",
            ),
        ),
        Remark(Tone.WEAK, SPOKEN, ("Jeg angret på at jeg ringte.",)),
        Remark(Tone.WEAK, WRITTEN, ("Jeg angret på at jeg skrev.",)),
    ),
)

NO_ANSWER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PHONE: (
            "Ventet i fem minutter begge gangene uten at noen svarte.",
            "Ingen tok telefonen, verken første eller andre forsøk.",
            "Jeg sto i kø til fristen gikk ut, to dager på rad.",
            "Køen ble brutt etter noen minutter, og andre forsøk gikk like dårlig.",
            "Bare musikk i øret. Ingen svarte innen fristen.",
            "To forsøk, null svar.",
            "Jeg fikk tilbud om å bli oppringt, men ingen svarte innen fem minutter.",
            "Linjen var opptatt første gang, og andre gang ventet jeg til tiden var ute.",
        ),
        EMAIL: (
            "Etter tre virkedager hadde jeg fortsatt ikke fått svar.",
            "Jeg fikk en automatisk kvittering, men aldri noe svar.",
            "Ingen svarte på e-posten innen fristen.",
            "Skjemaet ble sendt, men svaret uteble.",
            "Fristen gikk ut uten et ord tilbake.",
            "Helt stille. Som mulig kunde hadde jeg gått videre til noen andre.",
            "E-posten min forsvant tydeligvis i mengden.",
        ),
        CHAT: (
            "Ingen kundebehandler kom inn i chatten innen fem minutter.",
            "Chatten var stengt begge gangene, enda det var midt på dagen.",
            "Chatboten tok imot, men ingen mennesker svarte.",
            "Jeg sto i chattekø til fristen gikk ut, også på andre forsøk.",
            "Chatten sa «straks ledig», men ingen kom.",
            "To forsøk på chat, og ingen svar.",
        ),
        MESSENGER: (
            "Meldingen ble lest, men ikke besvart innen en halv time.",
            "Ingen svarte på meldingen, heller ikke dagen etter.",
            "Det kom et automatisk svar, og deretter ble det stille.",
            "To meldinger og ingen svar innen fristen.",
        ),
    }
)

SHOCK_WAIT = (
    "Køen var mye lengre enn før. Alle ringte visst samtidig i dag.",
    "Ventetiden var ekstrem. Kundebehandleren beklaget og sa at hele landet ringte.",
    "En telefonsvarer varslet om svært stor pågang.",
    "Uvanlig lang kø. Det merkes at noe helt spesielt skjer i landet.",
    "Jeg måtte vente lenge, men har forståelse for det denne uken.",
)

SHOCK_SCENARIO = (
    "Rollespillet ga ikke lenger mening: Ingen planlegger dette nå.",
    "Det føltes feil å spørre om et nytt kundeforhold i dag.",
    "Kundebehandleren skjønte ikke hvorfor jeg spurte om dette akkurat nå.",
    "Alt handlet om avbestillinger. Spørsmålet mitt passet ikke inn.",
    "Rollespillet passet ikke til situasjonen. Det bør tas opp med prosjektlederen.",
)

BECOME_A_CUSTOMER = "Her vil jeg bli kunde!"
