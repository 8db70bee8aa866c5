"""What was done together or anew in the Norwegian edition: partnerships, chatbots, innovations."""

from typing import NamedTuple


class Undertaking(NamedTuple):
    """A partnership, product or project; ``did`` and ``got`` are told of this one alone."""

    house: str
    title: str
    summary: str
    category: str
    did: str
    got: str
    partner: str = ""


UNDERTAKINGS = (
    Undertaking(
        "Fossegløtt Kraft",
        "Strømtoppene deler vi",
        "Kraftselskapet og Samtaleverket bemanner de kaldeste ukene sammen.",
        "outsourcing-partnership",
        "I de ti kaldeste ukene av året går alle samtaler til ett felles lag med rådgivere fra begge hus.",
        "I den kaldeste uken ble ingen stående i kø i mer enn fire minutter.",
        "Samtaleverket",
    ),
    Undertaking(
        "Koffertvik Reiser",
        "Hjelp på alle klokkeslett",
        "Reisearrangøren og Linjeskift Dialog svarer døgnet rundt, fra to tidssoner.",
        "outsourcing-partnership",
        "Nattskiftet ligger hos Linjeskift, som har rådgivere i to tidssoner og samme myndighet til å "
        "bestille om.",
        "Antallet gjester som må vente til morgenen, er gått fra førti til tre i uken.",
        "Linjeskift Dialog",
    ),
    Undertaking(
        "Sparebanken Fjordglimt",
        "Bankens forlengede disk",
        "Banken lot Ordrett Kundeservice ta imot nye kunder fra første ord til første kort.",
        "outsourcing-partnership",
        "Ordrett fører kunden gjennom hele etableringen, og banken ser bare det som krever godkjenning.",
        "En ny kunde er i gang på to dager mot ni før.",
        "Ordrett Kundeservice",
    ),
    Undertaking(
        "Ringvirkning Dialog",
        "Vi lærte av hverandres køer",
        "Callsenteret og bredbåndsselskapet bytter rådgivere hver måned.",
        "outsourcing-partnership",
        "Byttedagene begynte som et forsøk med fire rådgivere og omfatter nå alle i begge hus.",
        "Feilsøkingen er elleve minutter kortere, fordi begge sider kjenner den andres halvdel.",
        "Lysspor Bredbånd",
    ),
    Undertaking(
        "Rutevik",
        "Én billett, én samtale",
        "Trafikkselskapet og Samtaleverket løser reise, billett og klage i samme samtale.",
        "outsourcing-partnership",
        "Rådgiverne hos Samtaleverket fikk rett til å gi pengene tilbake på stedet, inntil 500 kroner.",
        "Klagesakene falt fra 1 900 til 700 i kvartalet.",
        "Samtaleverket",
    ),
    Undertaking(
        "Gulrotekspressen",
        "Mellom kjøleskap og kundesenter",
        "Matleverandøren og Ordrett fant årsaken til de manglende varene sammen.",
        "outsourcing-partnership",
        "Rådgiverne hos Ordrett fotograferer og merker hver mangel, og lageret retter den samme natt.",
        "Manglende varer er nede i én av hundre leveringer.",
        "Ordrett Kundeservice",
    ),
    Undertaking(
        "Lysspor Bredbånd",
        "Hilda",
        "Chatboten som feilsøker fiberen mens kunden venter.",
        "chatbot",
        "Hilda måler linjen mens hun snakker med kunden, og viser hvilken lampe det gjelder med et bilde.",
        "Hun ordner sju av ti feil uten montør.",
    ),
    Undertaking(
        "Granfoss kommune",
        "Spør Granfoss",
        "Kommunens chatbot, som svarer på klarspråk og åtte språk.",
        "chatbot",
        "Spør Granfoss henter svaret fra vedtakene, og viser alltid hvor det står.",
        "Byggesaksavdelingen får halvparten så mange telefoner som før.",
    ),
    Undertaking(
        "Steinrøys Forsikring",
        "Skadebåten",
        "Meld skaden på tre minutter, midt på natten om du vil.",
        "chatbot",
        "Skadebåten stiller bare de spørsmålene som skaden krever, og sier når pengene kommer.",
        "Seks av ti skader meldes nå utenom kontortid.",
    ),
    Undertaking(
        "Bonusbekken",
        "Poengpia",
        "Fordelsklubbens chatbot som sier fra når poengene går ut.",
        "chatbot",
        "Poengpia tar kontakt selv, men aldri mer enn én gang i måneden.",
        "Medlemmene bruker dobbelt så mange poeng, og spør halvparten så ofte.",
    ),
    Undertaking(
        "Attestkontoret",
        "Stempelet",
        "En chatbot som fyller ut søknaden mens innbyggeren forteller.",
        "chatbot",
        "Stempelet lytter etter opplysninger i det folk skriver, og leser dem opp igjen før noe sendes.",
        "Ufullstendige søknader er gått ned fra hver tredje til hver tolvte.",
    ),
    Undertaking(
        "Seriehaugen",
        "Filmkompisen",
        "Svarer på hva som ikke virker, og foreslår noe å se imens.",
        "chatbot",
        "Filmkompisen ser hvilken enhet kunden bruker, og går rett til feilen.",
        "Kundene gir den bedre karakter enn telefonen.",
    ),
    Undertaking(
        "Trygghamna Forsikring",
        "Fraværsvarsleren",
        "Kundesenteret ser på formiddagen hvor mange som vil ringe i kveld.",
        "innovation",
        "Værvarsel, trafikkmeldinger og skadetyper settes sammen til et anslag hvert kvarter.",
        "Anslaget bommer med under seks prosent, og overtiden er borte.",
    ),
    Undertaking(
        "Bildebølgen",
        "Vis meg, ikke fortell",
        "Kunden viser feilen med kameraet, og rådgiveren tegner på skjermen.",
        "innovation",
        "Ingen app lastes ned: Kunden får en lenke, viser feilen, og ser rådgiverens pil.",
        "Hver annen montørtur ble overflødig.",
    ),
    Undertaking(
        "Nyvarde Sparebank",
        "Samtalen som skriver seg selv",
        "Referatet er ferdig når samtalen er det, og kunden får det samme.",
        "innovation",
        "Referatet skrives i tre punkter: hva vi ble enige om, hva vi gjør, hva du gjør.",
        "Etterarbeidet gikk fra fire minutter til førti sekunder.",
    ),
    Undertaking(
        "Tverrdalen Buss",
        "Stemmen på holdeplassen",
        "En knapp på holdeplassen som ringer kundesenteret med stedet alt fylt ut.",
        "innovation",
        "Knappen er stor nok for votter, og samtalen begynner med «Du står ved Tverrdalen skole».",
        "Eldre reisende ringer oftere, og reiser oftere.",
    ),
    Undertaking(
        "Urtehylla",
        "Rådgiveren i esken",
        "En kode i pakken gir svar fra den rådgiveren som pakket den.",
        "innovation",
        "Rådgiverne pakker selv to dager i uken, og svarer på spørsmål om det de pakket.",
        "Returene er nede på fire prosent, og folk skriver takkebrev.",
    ),
    Undertaking(
        "Dalvarden",
        "Klag her, les i morgen",
        "Avisen trykker leserservicens svar, og endret hele redaksjonen.",
        "innovation",
        "Ukens klage trykkes med svaret fra den det gjaldt, og redaktøren leser alle.",
        "Oppsigelsene falt, og tonen i henvendelsene ble en annen.",
    ),
    Undertaking(
        "Svingom Bilutleie",
        "Nøkkelen i lommen",
        "Utleie uten disk, med et menneske på telefonen hele veien.",
        "innovation",
        "Bilen åpnes fra telefonen, mens en rådgiver går gjennom skadene sammen med kunden på video.",
        "Hentingen tar tre minutter, og uenighet om skader er nesten borte.",
    ),
    Undertaking(
        "Kløverpoeng",
        "Stillerommet",
        "Et rom uten skjermer gjorde samtalene bedre.",
        "innovation",
        "Etter hver vanskelig samtale kan rådgiveren gå inn i et rom uten skjerm, uten å be om lov.",
        "Sykefraværet gikk ned med en tredel på ett år.",
    ),
)

TWIN = Undertaking(
    "Samtaleverket",
    "Strømtopper på deling",
    "Samtaleverket og kraftselskapet svarer sammen når det er kaldest.",
    "outsourcing-partnership",
    "Når kulden setter inn, flytter vi inntil førti rådgivere på en time, etter en plan begge har øvd på.",
    "Kundene til Fossegløtt ventet kortere i januar enn i juni.",
    "Fossegløtt Kraft",
)
"""The first partnership again, as the other side enters it."""

TWIN_OF = "Strømtoppene deler vi"
