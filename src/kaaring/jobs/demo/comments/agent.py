"""What shoppers say about the agent: interest, tone, knowledge, solution, closing."""

from kaaring.jobs.demo.comments.grammar import (
    EMAIL,
    EVERYWHERE,
    LIVE,
    SPOKEN,
    TYPED_LIVE,
    WRITTEN,
    Remark,
    Tone,
    Topic,
    criticism,
    praise,
)

AGENT = Topic(
    clauses=(
        praise("KB1", "{k} stilte gode spørsmål om behovet mitt", "{k} spurte seg fram til hva jeg trengte"),
        praise("KB1", "{k} ville vite hvordan jeg skulle bruke det, før rådet kom"),
        praise("KB1", "svaret hadde to konkrete spørsmål tilbake til meg", on=(EMAIL,)),
        criticism(
            "KB1", "{k} stilte ingen spørsmål til meg", "jeg ble ikke spurt om hva jeg egentlig trengte"
        ),
        praise("KB2", "spørsmålene traff situasjonen min", "spørsmålene viste at {k} fulgte med"),
        criticism(
            "KB2", "spørsmålene hadde lite med saken min å gjøre", "spørsmålene kom fra en ferdig liste"
        ),
        praise("KB3", "jeg fikk snakke ferdig", "{k} lyttet til jeg var ferdig", on=SPOKEN),
        criticism("KB3", "jeg ble avbrutt flere ganger", "{k} snakket i munnen på meg", on=SPOKEN),
        praise("KB4", "{k} oppsummerte behovet mitt med egne ord", "jeg merket at behovet mitt var forstått"),
        praise("KB4", "{k} gjentok det viktigste, så jeg visste at vi snakket om det samme", on=SPOKEN),
        criticism(
            "KB4",
            "{k} viste ikke at behovet mitt var forstått",
            "jeg ble usikker på om spørsmålet mitt var forstått",
        ),
        criticism("KB4", "svaret var så generelt at jeg ikke vet om jeg ble forstått", on=WRITTEN),
        praise("KB5", "{k} var oppriktig engasjert i saken min", "engasjementet smittet over på meg"),
        praise("KB5", "{k} hørtes ut til å like jobben sin", "jeg hørte at {k} ville hjelpe", on=SPOKEN),
        praise("KB5", "{k} skrev som om jeg var dagens eneste kunde", on=WRITTEN),
        criticism("KB5", "{k} virket uinteressert", "engasjementet manglet helt"),
        criticism("KB5", "{k} hørtes ut til å kjede seg", "stemmen var monoton hele veien", on=SPOKEN),
        criticism("KB5", "svarene kom i stikkordsform", on=TYPED_LIVE),
        praise("KB6", "{k} tok hensyn til det jeg fortalte om meg selv", "rådet var tilpasset hverdagen min"),
        criticism(
            "KB6", "det jeg fortalte om meg selv, ble ikke brukt til noe", "{k} overså det jeg hadde fortalt"
        ),
        praise("KB7", "samtalen hadde god framdrift", "{k} holdt god orden i samtalen", on=SPOKEN),
        praise("KB7", "svarene kom jevnt og i riktig rekkefølge", on=TYPED_LIVE),
        criticism(
            "KB7", "samtalen hoppet fram og tilbake", "jeg måtte selv drive samtalen videre", on=SPOKEN
        ),
        criticism("KB7", "det gikk flere minutter mellom hvert svar", on=TYPED_LIVE),
        praise("KB8", "tonen var vennlig hele veien", "{k} var blid og høflig"),
        praise("KB8", "stemmen var rolig og vennlig", on=SPOKEN),
        praise("KB8", "tonen i teksten var varm uten å bli for mye", on=WRITTEN),
        criticism("KB8", "tonen var kort og litt avvisende", "{k} virket irritert"),
        criticism("KB8", "teksten virket kald", on=WRITTEN),
        praise("KB9", "forklaringen var lett å forstå", "{k} forklarte uten vanskelige ord"),
        praise("KB9", "svaret var delt opp så det ble lett å lese", on=WRITTEN),
        criticism(
            "KB9", "forklaringen var vanskelig å følge", "{k} brukte mange faguttrykk uten å forklare dem"
        ),
        criticism("KB9", "svaret var én lang tekstblokk", on=(EMAIL,)),
        praise("KB10", "språket var godt og uten feil", "teksten var ryddig og riktig skrevet", on=WRITTEN),
        criticism("KB10", "det var mange skrivefeil i svaret", "språket var slurvete", on=WRITTEN),
        praise("KB11", "{k} kunne faget sitt", "{k} virket trygg og kunnskapsrik"),
        praise("KB11", "svarene kom uten nøling", on=LIVE),
        criticism("KB11", "{k} virket usikker på svarene", "jeg ble i tvil om opplysningene stemte"),
        criticism("KB11", "det ble mange «jeg tror» og «kanskje»", on=LIVE),
        praise("KB12", "{k} ga meg råd og ikke bare svar", "jeg fikk hjelp til å velge mellom to muligheter"),
        praise("KB12", "{k} forklarte hvorfor det ene alternativet passet best for meg"),
        criticism("KB12", "jeg fikk svar, men ingen råd", "{k} ville ikke anbefale noe"),
        praise("KB13", "jeg fikk svar på alt jeg spurte om", "ingen av spørsmålene mine ble glemt"),
        criticism("KB13", "jeg fikk ikke svar på det jeg spurte om", "spørsmålet mitt ble hengende i luften"),
        praise("KB14", "løsningen passet meg godt", "forslaget traff det jeg var ute etter"),
        criticism("KB14", "forslaget passet ikke til behovet mitt", "jeg fikk ingen løsning jeg kunne bruke"),
        praise(
            "KB15", "{k} tipset meg om noe nyttig jeg ikke hadde tenkt på", "jeg fikk et godt tips på kjøpet"
        ),
        criticism("KB15", "{k} kom ikke med noe ut over det jeg spurte om"),
        praise(
            "KB16", "{k} forsikret seg om at jeg var fornøyd", "jeg ble spurt om det var mer jeg lurte på"
        ),
        criticism(
            "KB16", "{k} sjekket ikke om jeg hadde forstått", "ingen spurte om jeg var fornøyd med svaret"
        ),
        praise("KB17", "vi ble enige om hva som skulle skje videre", "neste steg var helt klart for meg"),
        criticism(
            "KB17",
            "jeg satt igjen uten å vite hva jeg skulle gjøre videre",
            "det ble aldri avtalt noe videre",
        ),
        praise("KB18", "avslutningen var hyggelig og personlig", "{k} ønsket meg en fin dag på en ekte måte"),
        criticism("KB18", "avslutningen var brå", "dialogen tok bare slutt"),
        criticism("KB18", "{k} la på før jeg rakk å takke", on=SPOKEN),
        criticism("KB18", "vinduet ble lukket før jeg rakk å takke", on=TYPED_LIVE),
    ),
    remarks=(
        Remark(
            Tone.GLOWING,
            EVERYWHERE,
            (
                "Imponerende kundebehandling.",
                "Her satt alt.",
                "En kundebehandler man får tillit til.",
                "Kunnskap og varme i samme person.",
                "Jeg følte meg som den eneste kunden.",
                "Akkurat slik jeg ønsker å bli hjulpet.",
                "Et eksempel til etterfølgelse.",
                "Jeg lærte noe nytt også.",
            ),
        ),
        Remark(Tone.GLOWING, SPOKEN, ("Samtalen var en fornøyelse.", "Jeg smilte da jeg la på.")),
        Remark(Tone.GLOWING, (EMAIL,), ("En e-post det var en glede å lese.",)),
        Remark(Tone.GLOWING, TYPED_LIVE, ("Så bra kan det gjøres skriftlig.",)),
        Remark(
            Tone.GOOD,
            EVERYWHERE,
            (
                "God hjelp.",
                "En hyggelig og dyktig kundebehandler.",
                "Jeg fikk det jeg trengte.",
                "Solid arbeid.",
                "Ryddig og vennlig.",
                "Jeg følte meg godt ivaretatt.",
                "Litt mer nysgjerrighet hadde gjort det enda bedre.",
            ),
        ),
        Remark(Tone.GOOD, SPOKEN, ("En behagelig samtale.",)),
        Remark(Tone.GOOD, (EMAIL,), ("Et godt og fyldig svar.",)),
        Remark(Tone.GOOD, TYPED_LIVE, ("Effektiv og grei dialog.",)),
        Remark(
            Tone.MIXED,
            EVERYWHERE,
            (
                "Greit nok, uten å imponere.",
                "Korrekt, men lite personlig.",
                "Det ble litt rutine over det.",
                "Høflig, men passivt.",
                "Jeg måtte selv dra informasjonen ut.",
                "Hjelpen stoppet halvveis.",
            ),
        ),
        Remark(Tone.MIXED, SPOKEN, ("Samtalen gikk litt på tomgang.",)),
        Remark(Tone.MIXED, (EMAIL,), ("Svaret var kort i forhold til det jeg spurte om.",)),
        Remark(Tone.MIXED, TYPED_LIVE, ("Dialogen føltes som et spørreskjema.",)),
        Remark(
            Tone.WEAK,
            EVERYWHERE,
            (
                "Dette var svakt.",
                "Jeg følte meg til bry.",
                "Lite hjelp å få.",
                "Jeg ble ikke lyttet til.",
                "Behovet mitt ble aldri tatt på alvor.",
                "Jeg ville heller funnet ut av det selv.",
            ),
        ),
        Remark(Tone.WEAK, SPOKEN, ("Jeg la på og var like klok.",)),
        Remark(Tone.WEAK, (EMAIL,), ("Svaret kunne vært skrevet av en maskin.",)),
        Remark(Tone.WEAK, TYPED_LIVE, ("Det meste av svaret var lenker.",)),
    ),
)
