"""Who enters what in the Norwegian edition: invented houses and people, real-sounding work."""

from typing import NamedTuple


class Centre(NamedTuple):
    """A centre that competes as a whole, in one category or in several."""

    house: str
    title: str
    summary: str
    categories: tuple[str, ...]


class Nomination(NamedTuple):
    """A person who is nominated; the surname is recognisably invented."""

    house: str
    name: str
    is_female: bool
    role: str
    summary: str
    categories: tuple[str, ...]


CENTRES = (
    Centre(
        "Lunvik Forsikring",
        "Ett menneske, hele saken",
        "Skadesentralen i Lunvik Forsikring lot én rådgiver følge kunden fra melding til oppgjør.",
        ("customer-centre", "sustainability"),
    ),
    Centre(
        "Fossegløtt Kraft",
        "Kundesenteret som ble ledergruppens beste kilde",
        "Fossegløtt Kraft bruker henvendelsene til å rette feil der de oppstår, ikke der de merkes.",
        ("customer-centre",),
    ),
    Centre(
        "Sparebanken Fjordglimt",
        "Åpent til siste kunde er svart",
        "Banken gikk bort fra åpningstider og til vakter som medarbeiderne fordeler selv.",
        ("customer-centre",),
    ),
    Centre(
        "Granfoss kommune",
        "Kommunen som ringer tilbake",
        "Innbyggertorget i Granfoss samlet ni telefonnumre i ett og lovet svar samme dag.",
        ("customer-centre", "sustainability"),
    ),
    Centre(
        "Lysspor Bredbånd",
        "Stille i køen, høyt i taket",
        "Lysspor halverte ventetiden ved å la montører og rådgivere dele skjermbilde.",
        ("customer-centre", "call-centre"),
    ),
    Centre(
        "Snakkevik",
        "Kundesenteret uten manus",
        "Mobilselskapet Snakkevik byttet ut 140 rutiner med fem spørsmål.",
        ("customer-centre", "call-centre"),
    ),
    Centre(
        "Koffertvik Reiser",
        "Når reisen går galt, begynner jobben",
        "Koffertviks kundesenter ble bygd om for de dagene da alt er innstilt.",
        ("customer-centre",),
    ),
    Centre(
        "Havtind Helsekost",
        "Femten personer, hele landet",
        "Et lite kundesenter som slår de store ved å kjenne kundene sine ved navn.",
        ("customer-centre",),
    ),
    Centre(
        "Rutevik",
        "Fra skjerm til holdeplass",
        "Trafikkselskapets kundesenter tok over informasjonen i sanntid.",
        ("customer-centre",),
    ),
    Centre(
        "Skarv Inkasso",
        "Inkasso med menneskestemme",
        "Skarv ringer før brevet går ut, og finner en løsning i to av tre samtaler.",
        ("call-centre",),
    ),
    Centre(
        "Ringvirkning Dialog",
        "Fast lønn, færre klager, flere ja",
        "Callsenteret avskaffet provisjon og økte salget.",
        ("call-centre",),
    ),
    Centre(
        "Ordrett Kundeservice",
        "Ring færre, snakk mer",
        "Ordrett kuttet ringelistene med en tredel og nådde flere.",
        ("call-centre",),
    ),
    Centre(
        "Tusenord Mobil",
        "Vinn kunden tilbake med ett spørsmål",
        "Gjenvinningsteamet i Tusenord spør hvorfor kunden gikk, og gjør noe med svaret.",
        ("call-centre",),
    ),
    Centre(
        "Grytelokket",
        "Matkassen uten svinn",
        "Grytelokkets kundesenter driver kampanjen som fikk matsvinnet hos kundene ned.",
        ("sustainability",),
    ),
    Centre(
        "Vindhjul Kraft",
        "Grønn strøm er ikke nok",
        "Vindhjul lar kundene se forbruket sitt i sanntid og belønner den strømmen de ikke bruker.",
        ("sustainability",),
    ),
    Centre(
        "Hotell Sølvfuru",
        "Sesongarbeid som varer",
        "Hotellet gjorde sesongjobber i kundesenteret om til hele årsverk med fagbrev.",
        ("sustainability",),
    ),
    Centre(
        "Pilegods",
        "Siste kilometer på to hjul",
        "Budselskapet lar kunden velge langsomt og billig, og halvparten gjør det.",
        ("sustainability",),
    ),
)

NOMINATIONS = (
    Nomination(
        "Trygghamna Forsikring",
        "Ingrid Prøvehaug",
        True,
        "Teamleder",
        "Fikk et oppgitt team til å bli det andre vil til.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Nordavind Strøm",
        "Kjetil Mønsterli",
        False,
        "Teamleder",
        "Leder det teamet som tar de sinte samtalene, og som ingen slutter i.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Snakkevik",
        "Amina Skisserud",
        True,
        "Teamleder",
        "Bygde opp chatteamet fra tre til sytten uten å miste en eneste.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Lyngmark Sparebank",
        "Trond Utkastnes",
        False,
        "Teamleder",
        "Gjorde ukens kjedeligste møte til ukens viktigste.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Bærkraft Helse",
        "Silje Dikteli",
        True,
        "Teamleder",
        "Innførte faddere, åpne vakter og latter.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Holmfjord Trafikk",
        "Bjarne Tenkerud",
        False,
        "Teamleder",
        "Tretti år på linjen, to som leder, og allerede den andre spør.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Ringvirkning Dialog",
        "Leila Modellnes",
        True,
        "Teamleder, inn og ut",
        "Leder rådgivere som både ringer og svarer, og får begge deler til å henge sammen.",
        ("team-leader-inbound", "team-leader-outbound"),
    ),
    Nomination(
        "Skarv Inkasso",
        "Øyvind Påfunnlien",
        False,
        "Teamleder",
        "Lærte inkassatorer å lytte først.",
        ("team-leader-outbound",),
    ),
    Nomination(
        "Ordrett Kundeservice",
        "Hanne Kladdebakk",
        True,
        "Teamleder",
        "Beviste at korte dager gir lange kundeforhold.",
        ("team-leader-outbound",),
    ),
    Nomination(
        "Tusenord Mobil",
        "Emil Skissevik",
        False,
        "Teamleder",
        "Tok over midt i kampanjen og snudde den på tre uker.",
        ("team-leader-outbound",),
    ),
    Nomination(
        "Samtaleverket",
        "Gro Eksempelstad",
        True,
        "Teamleder",
        "Alle hennes rådgivere kan navnet på kundene sine.",
        ("team-leader-outbound",),
    ),
    Nomination(
        "Linjeskift Dialog",
        "Hassan Prøvestad",
        False,
        "Teamleder",
        "Delte alt han kunne, og ble selv bedre av det.",
        ("team-leader-outbound",),
    ),
    Nomination(
        "Fjordskjold Forsikring",
        "Marte Liksomrud",
        True,
        "Kunderådgiver",
        "Løser flere saker enn noen, og har tid til de andre.",
        ("employee-inbound", "salesperson"),
    ),
    Nomination(
        "Elvesus Energi",
        "Jonas Sagnli",
        False,
        "Kunderådgiver",
        "Den kundene ber om, og den kollegaene spør.",
        ("employee-inbound",),
    ),
    Nomination(
        "Granfoss kommune",
        "Ragnhild Fabelås",
        True,
        "Veileder på innbyggertorget",
        "Kan hele kommunen, og sier det på et språk man forstår.",
        ("employee-inbound",),
    ),
    Nomination(
        "Vadefiber",
        "Petter Kopiås",
        False,
        "Teknisk rådgiver",
        "Forklarer fiber slik at bestemor kobler den opp selv.",
        ("employee-inbound",),
    ),
    Nomination(
        "Rypestua Hotell",
        "Nora Eventyrmo",
        True,
        "Booking",
        "Husker alle gjester, også dem som ikke fikk rom.",
        ("employee-inbound",),
    ),
    Nomination(
        "Attestkontoret",
        "Sindre Diktemo",
        False,
        "Saksveileder",
        "Gjorde et skjema på ni sider til en samtale på ni minutter.",
        ("employee-inbound",),
    ),
    Nomination(
        "Havtind Helsekost",
        "Yasmin Prøvelund",
        True,
        "Kunderådgiver",
        "Svarer på fire språk, og med samme varme på alle.",
        ("employee-inbound",),
    ),
    Nomination(
        "Reiselykta",
        "Ola Utkastmo",
        False,
        "Reiserådgiver",
        "Fikk hundre strandede gjester hjem på én natt.",
        ("employee-inbound",),
    ),
    Nomination(
        "Ordrett Kundeservice",
        "Kine Mønsterhaug",
        True,
        "Rådgiver",
        "Ringer alltid tilbake, også når svaret er nei.",
        ("employee-outbound", "salesperson"),
    ),
    Nomination(
        "Skarv Inkasso",
        "Dag Skisselund",
        False,
        "Rådgiver",
        "Finner løsningen i samtalen og ikke i brevet.",
        ("employee-outbound",),
    ),
    Nomination(
        "Samtaleverket",
        "Tuva Eksempelmo",
        True,
        "Rådgiver",
        "Halvparten av kampanjene bruker hennes åpningsspørsmål.",
        ("employee-outbound",),
    ),
    Nomination(
        "Linjeskift Dialog",
        "Marius Tenkevold",
        False,
        "Rådgiver",
        "Rolig, presis og umulig å få til å love for mye.",
        ("employee-outbound",),
    ),
    Nomination(
        "Veivalg Bilutleie",
        "Cecilie Påfunnsrud",
        True,
        "Selger",
        "Mersalg uten at kunden merker annet enn god hjelp.",
        ("salesperson",),
    ),
    Nomination(
        "Nordgløtt Avis",
        "Robin Diktestad",
        False,
        "Abonnementsselger",
        "Solgte flere abonnementer på stand enn resten av huset på nett.",
        ("salesperson",),
    ),
    Nomination(
        "Vaktravnen",
        "Eirik Fabellund",
        False,
        "Selger",
        "Fra null til flest kunder på fjorten måneder.",
        ("salesperson",),
    ),
    Nomination(
        "Kanalparken",
        "Sara Liksomås",
        True,
        "Selger",
        "Kundene hennes blir, og anbefaler henne videre.",
        ("salesperson",),
    ),
)

NEVER_HANDED_IN = (
    Nomination(
        "Mobilrypa",
        "Thea Kladdeli",
        True,
        "Teamleder",
        "Samlet tre små team til ett stort.",
        ("team-leader-inbound",),
    ),
    Nomination(
        "Luken P-hus",
        "Frode Kopirud",
        False,
        "Kunderådgiver",
        "Får folk til å le av parkeringsgebyrer.",
        ("employee-inbound",),
    ),
)
