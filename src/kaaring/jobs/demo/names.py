"""Who takes part: the names the organiser has published, and invented ones for everybody else.

Only the leaders of the half-way list of 2021 and NAV are real. Every other name is made up to sound natural in its
class and is not meant to be any existing company; the real names appear in 2021 only, since only there do the
published results say something about them.
"""

from collections.abc import Mapping
from types import MappingProxyType

LEADERS_2021: Mapping[str, str] = MappingProxyType({
    "consumer-loans": "Lendo",
    "tv": "Canal Digital",
    "courier": "Jetpak",
    "streaming": "Tv2 Sumo",
    "public-transport": "Kolumbus",
    "public-services": "Patentstyret",
    "health-shop": "Vitamail",
    "mobile": "ice mobil",
    "loyalty-clubs": "Trumf",
    "groceries-online": "Godtlevert.no",
    "debt-collection": "Lowell",
    "hotels": "Scandic Hotels",
    "insurance": "Gjensidige Forsikring",
    "power": "Tussa Energi",
    "electronics": "Eplehuset",
    "broadband": "Sognenett",
    "car-rental": "Hertz",
    "banks": "Sparebanken Møre",
    "newspapers": "Dagens Næringsliv",
    "alarm": "Sector Alarm",
})
"""The class of each half-way leader is ours; the published list gives the names only."""

NAV = "NAV"
WINNER_2021 = "Sognenett"

ENGLISH_NAMES: Mapping[str, str] = MappingProxyType({
    NAV: "NAV (Norwegian Labour and Welfare Administration)",
    "Patentstyret": "Patentstyret (Norwegian Industrial Property Office)",
})

SIZES_2021: Mapping[str, int] = MappingProxyType({
    "consumer-loans": 8, "tv": 6, "courier": 7, "streaming": 7, "public-transport": 8,
    "public-services": 9, "health-shop": 6, "mobile": 9, "loyalty-clubs": 6, "groceries-online": 7,
    "debt-collection": 7, "hotels": 9, "insurance": 11, "power": 12, "electronics": 8,
    "broadband": 9, "car-rental": 5, "banks": 12, "newspapers": 7, "alarm": 3,
})

SIZES_2020: Mapping[str, int] = MappingProxyType({
    "consumer-loans": 8, "tv": 6, "courier": 7, "streaming": 7, "public-transport": 8,
    "public-services": 9, "health-shop": 6, "mobile": 9, "loyalty-clubs": 6, "groceries-online": 7,
    "debt-collection": 7, "hotels": 9, "insurance": 11, "power": 12, "electronics": 8,
    "broadband": 9, "car-rental": 5, "banks": 13, "newspapers": 8, "alarm": 4,
    "parking": 7, "pensions": 6, "travel": 9,
})

INVENTED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "consumer-loans": (
        "Rognkreditt", "Lånebroen", "Tindelån", "Havgløtt Finans", "Blåklokke Lån", "Ekornlån", "Siljelånet",
        "Morgenkreditt",
    ),
    "tv": (
        "Nordhimmel TV", "Skjermglede", "Stuekino TV", "Kanalparken", "Åtteblikk TV", "Bildebølgen",
    ),
    "courier": (
        "Pilegods", "Rypebud", "Lynvarp Bud", "Skarvfrakt", "Kolliekornet", "Tiurtransport", "Pakkehauken",
    ),
    "streaming": (
        "Filmlykta", "Seriehaugen", "Skumringsfilm", "Kveldslerretet", "Popkornhylla", "Lydfossen", "Bingevik",
    ),
    "public-transport": (
        "Skjærgårdsruta", "Tverrdalen Buss", "Rutevik", "Nordlia Kollektiv", "Holmfjord Trafikk",
        "Svaberg Båt og Buss", "Innsjøruta", "Fjellringen Trafikk",
    ),
    "public-services": (
        "Granfoss kommune", "Lysefjell kommune", "Attestkontoret", "Skogvang kommune", "Bevillingssenteret",
        "Vestmarka fylkesservice", "Tinghallen servicetorg", "Register- og skiltetaten", "Ytre Holmvik kommune",
    ),
    "health-shop": (
        "Urtehylla", "Havtind Helsekost", "Vitaminskrinet", "Bærkraft Helse", "Nypehagen Helsekost", "Grønnrota",
    ),
    "mobile": (
        "Ringetind", "Snakkevik", "Mobilrypa", "Sjøsignal", "Tusenord Mobil", "Gaupetelefoni", "Havørn Mobil",
        "Prateløvet", "Lommefjell",
    ),
    "loyalty-clubs": (
        "Bonusbekken", "Fordelshagen", "Poengsanken", "Kløverpoeng", "Medlemsløa", "Tussefordel",
    ),
    "groceries-online": (
        "Grytelokket", "Kjøkkenvogna", "Tallerkenposten", "Gulrotekspressen", "Potetkista", "Middagskurven Hjem",
        "Rosmarin og Røre",
    ),
    "debt-collection": (
        "Oppgjørsgården", "Skarv Inkasso", "Regndråpe Inkasso", "Fordringsloftet", "Balansevik Inkasso",
        "Furuknatt Inkasso", "Kravstua",
    ),
    "hotels": (
        "Tindeheim Hotell", "Rypestua Hotell", "Hotell Sølvfuru", "Brygghus Hotell Ørnevik",
        "Skogstjerna Hotell", "Multemyra Høyfjellshotell", "Hotell Tollerlykta", "Blåtind Hotell",
        "Svaneholmen Hotell",
    ),
    "insurance": (
        "Lunvik Forsikring", "Trygghamna Forsikring", "Furukrona Forsikring", "Steinrøys Forsikring",
        "Løvtak Forsikring", "Redningsringen Forsikring", "Ekelundvik Forsikring", "Regnskjermen Forsikring",
        "Vardeholm Forsikring", "Fjordskjold Forsikring", "Stormlykta Forsikring",
    ),
    "power": (
        "Fossegløtt Kraft", "Elvesus Energi", "Nordavind Strøm", "Gnistvik Kraft", "Skyfri Strøm",
        "Vindhjul Kraft", "Mørkelva Energi", "Kveldslys Kraft", "Isbre Strøm", "Lyspæra Energi",
        "Tretopp Kraft", "Turbinvik Energi",
    ),
    "electronics": (
        "Kabelhjørnet", "Pikselbua", "Ladestua", "Datakroken Ørnevik", "Mikrohylla", "Bryterhuset Elektro",
        "Lyd og Ledning", "Skruboksen",
    ),
    "broadband": (
        "Lysspor Bredbånd", "Vadefiber", "Dalsiden Fiber", "Gigafossen", "Svalestrek Bredbånd", "Havlinje Fiber",
        "Bregnenett", "Småvik Fiber", "Tindetråd Bredbånd",
    ),
    "car-rental": (
        "Veivalg Bilutleie", "Svingom Bilutleie", "Kilometeren Leiebil", "Rattvik Bilutleie",
        "Landeveien Leiebil",
    ),
    "banks": (
        "Sparebanken Fjordglimt", "Furumo Sparebank", "Elveosen Sparebank", "Skjelvik Sparebank",
        "Lyngmark Sparebank", "Kornblad Bank", "Tindebanken", "Sparebanken Storvidda", "Holmslett Sparebank",
        "Morgenrøde Bank", "Nyvarde Sparebank", "Ekornbanken", "Tverrelva Sparebank",
    ),
    "newspapers": (
        "Ørnevik Tidende", "Dalvarden", "Skjærgårdsnytt", "Granfoss Blad", "Lyngmark Dagblad", "Holmviksposten",
        "Nordgløtt Avis", "Storvidda Folkeblad",
    ),
    "alarm": ("Vaktravnen", "Nattugla Alarm", "Bjellesau Sikkerhet", "Låsvik Alarm"),
    "parking": (
        "Luken P-hus", "Skiltvik Parkering", "Bomløs Parkering", "P-plassen Nord", "Rutefelt Parkering",
        "Timeglasset Parkering", "Hjulspor Parkering",
    ),
    "pensions": (
        "Otium Nord Pensjon", "Høstløv Pensjon", "Gyngestolen Pensjon", "Seniorvik Pensjon",
        "Ekelunden Pensjonskasse", "Kveldssol Pensjon",
    ),
    "travel": (
        "Koffertvik Reiser", "Palmesus Ferie", "Reiselykta", "Sørpila Reiser", "Kartrommet Reisebyrå",
        "Solsiden Ferieturer", "Jordklotten", "Bagasjebandet", "Måkeskrik Ferie",
    ),
})
"""Names that belong to nobody, at least as many per class as the larger of the two editions needs."""
