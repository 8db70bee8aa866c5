"""The Norwegian jury: 25 invented people in three panels, and what they note."""

from collections.abc import Mapping

from kaaring.jobs.demo.juried.jurors import LENIENT, STRICT, Seat
from kaaring.jobs.demo.juried.plans import Voice, Wording

CENTRES, PEOPLE, SOLUTIONS = "centres", "people", "solutions"
PANELS: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    CENTRES: (
        {"nb": "Sentre og partnerskap", "en": "Centres and partnerships"},
        ("customer-centre", "call-centre", "outsourcing-partnership"),
    ),
    PEOPLE: (
        {"nb": "Ledere, medarbeidere og selgere", "en": "Leaders, employees and salespeople"},
        (
            "team-leader-inbound",
            "employee-inbound",
            "team-leader-outbound",
            "employee-outbound",
            "salesperson",
        ),
    ),
    SOLUTIONS: (
        {"nb": "Løsninger og bærekraft", "en": "Solutions and sustainability"},
        ("chatbot", "innovation", "sustainability"),
    ),
}
SEATS = (
    Seat("Jorunn Juryleder", "Høyskolen i Tindestad", CENTRES, 0.0, is_chair=True, account="jury_chair"),
    Seat("Jon Jury", "Kundelaboratoriet", CENTRES, -0.3, account="juror", also=PEOPLE),
    Seat("Vibeke Skisseås", "Lunvik Forsikring", CENTRES),
    Seat("Torgeir Malmdikt", "Fossegløtt Kraft AS", CENTRES),
    Seat("Birgit Utkastvoll", "Tallverkstedet", CENTRES, STRICT, also=SOLUTIONS),
    Seat("Anders Kladdevik", "Ordrett Kundeservise", PEOPLE),
    Seat("Farida Prøvedal", "Servicekompasset", CENTRES, LENIENT),
    Seat("Sverre Eksempelli", "Åpen Linje Rådgivning", PEOPLE),
    Seat("Mette Modellrud", "Holmvik høyskole", CENTRES),
    Seat("Arild Fabelstad", "Lederforum Storvidda", PEOPLE, 0.1, is_chair=True),
    Seat("Hanne Kladdebakk", "Arbeidslivstelefonen", PEOPLE),
    Seat("Kåre Liksomdal", "Skarv Inkasso", PEOPLE),
    Seat("Ylva Diktebø", "Fagskolen Svaberg", PEOPLE, STRICT),
    Seat("Geir Tenkelund", "Nordgløtt Avis", PEOPLE),
    Seat("Solveig Sagnås", "Stemmeskolen", PEOPLE, LENIENT, also=CENTRES),
    Seat("Rashid Mønsterdal", "Veilederne Ørnevik", PEOPLE, also=SOLUTIONS),
    Seat("Tone Kopivik", "Rekrutt og Ro", PEOPLE),
    Seat("Nils Eventyrli", "Salgsakademiet Elveosen", PEOPLE),
    Seat("Bente Påfunnstad", "Kundelaboratoriet", SOLUTIONS, 0.0, is_chair=True),
    Seat("Magnus Skissemo", "Trygghamna Forsikring", SOLUTIONS),
    Seat("Wenche Utkasthaug", "Klarspråksenteret", SOLUTIONS, LENIENT),
    Seat("Ivar Diktås", "Datahuset Lyngmark", SOLUTIONS, STRICT, also=PEOPLE),
    Seat("Latifa Prøvemo", "Grønn Skift Revisjon", SOLUTIONS),
    Seat("Ola Modellvik", "Granfoss Utvikling", SOLUTIONS),
    Seat("Eli Fabelmo", "Designverket Holmvik", SOLUTIONS, also=CENTRES),
)
DISMISSED = {
    "Anders Kladdevik": "Ordrett Kundeservise er et annet foretak, bekreftet av begge.",
    "Jon Jury": "Adressen demo.example deles av alle prøvekontoer.",
    "Jorunn Juryleder": "Adressen demo.example deles av alle prøvekontoer.",
}
"""Conflicts that comparing finds and that are none, by the juror's name, with the organiser's reason."""

LEFT_OPEN = frozenset({"Hanne Kladdebakk"})
"""Whose conflict nobody has looked at yet: the juror is called as a nominee is."""

DECLARED = (
    "Mette Modellrud",
    "Kundesenteret uten manus",
    "Jeg har undervist senterlederen og veiledet henne.",
)
"""Who declares a conflict with a case while marking."""

ORGANISER_SET = ("Nils Eventyrli", "Vaktravnen", "Har hatt oppdrag for selskapet det siste året.")
"""A conflict with a house that the organiser knows of."""

VOICE = Voice(
    praise=(
        "Klart fortalt, og tallene henger sammen med tiltakene. Vis gjerne enda tydeligere hva som var "
        "vanskelig.",
        "Et forbilledlig bidrag: konkret, ærlig og lett å lære av. Kildene til tallene er godt oppgitt.",
        "Særlig sterkt at dere forteller hva som ikke virket. Det gjør resten troverdig.",
        "Menneskene kommer fram i teksten. Fint om dere neste gang også viser hvordan dere målte det.",
        "Godt bygd opp. Sammenhengen fra mål til resultat er lett å følge hele veien.",
        "Imponerende utvikling på kort tid. Jeg savner bare én setning om hva den kostet.",
        "Originalt tenkt og nøkternt fortalt. Hold på den stilen.",
        "Det merkes at de ansatte har vært med på dette. Resultatene er dokumentert på en god måte.",
    ),
    mixed=(
        "Mye bra arbeid, men resultatene kunne vært knyttet tettere til det dere gjorde.",
        "Teksten sier hva, men sjelden hvordan. Ett eksempel til hadde løftet bidraget.",
        "Tallene er gode. Oppgi også hvor mange som svarte, og når det ble målt.",
        "Tiltakene er fornuftige, om enn vanlige i bransjen. Fortell mer om det som er deres eget.",
        "Jeg skulle gjerne lest mer om hva dere lærte underveis.",
        "Solid, men litt generelt. Hvem gjorde hva, og hva sa kundene?",
        "Fin utvikling. Skill tydeligere mellom det som er målt, og det som er anslått.",
    ),
    doubt=(
        "Beskrivelsen er kort, og jeg finner lite om virkningen for kundene. Ta med tall neste gang.",
        "Det er vanskelig å se hva som er gjort i perioden, og hva som var der fra før.",
        "Påstandene trenger støtte: en kilde, en måling eller et konkret eksempel.",
        "Her ligger det nok mer enn teksten viser. Bruk ordgrensen, og la en utenfor huset lese gjennom.",
        "Målene er uklare, så det er vanskelig å si om de ble nådd.",
    ),
    to_the_jury=(
        "Nær toppen i min bunke.",
        "Jeg er usikker på om tallene kan sammenlignes.",
        "Verdt å ta opp i møtet: Er dette drift eller prosjekt?",
        "Sterkere på handlinger enn på resultater.",
        "Les dette sammen med det andre bidraget fra samme virksomhet.",
    ),
    fails="Jeg finner ikke det kategorien spør etter.",
    questions=(
        (
            "Gjelder tallene hele senteret eller bare avdelingen?",
            "Hele senteret; innsender har bekreftet det.",
        ),
        (
            "Er partneren den samme som i det andre bidraget?",
            "Ja. Bidragene er vurdert hver for seg, som reglene sier.",
        ),
    ),
)
WORDING = Wording(
    late="Innsenderen lå på sykehus da fristen gikk ut, og ga beskjed samme dag.",
    withdrawn="Kandidaten har begynt hos en annen arbeidsgiver og ønsker ikke lenger å være med.",
    wanted="Oppgi hvor tallene under «Resultater» er hentet fra, og hvilken periode de gjelder.",
    corrected="Kilde og periode er lagt til i siste avsnitt under «Resultater».",
    addition="Tallene er hentet fra kvalitetsmålingen og gjelder tolv hele måneder.",
    chart="Før og etter",
    listed="Nøkkeltall",
    accepted="Miljørapport og årsberetning er gjennomgått.",
    not_accepted="Vi finner ikke bærekraft omtalt i årsberetningen, og ingenting er lagt ved.",
)
