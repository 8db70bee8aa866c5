"""What is entered in the Norwegian edition that is open: a few cases in, and drafts to go on with."""

from dataclasses import replace

from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.juried.norwegian.cases import Writer
from kaaring.jobs.demo.juried.norwegian.undertakings import Undertaking
from kaaring.jobs.demo.juried.plans import CasePlan, Fate

AGAIN = {
    "Kundesenteret som ble ledergruppens beste kilde": "Ledergruppens beste kilde, ett år etter",
    "Åpent til siste kunde er svart": "Siste kunde er svart, og vaktene går opp",
    "Fast lønn, færre klager, flere ja": "Fast lønn, tredje året",
    "Skadebåten": "Skadebåten på dypt vann",
    "Stemmen på holdeplassen": "Stemmen på holdeplassen, nå også i bussen",
    "Ragnhild Fabelås": "",
}
"""Cases of the year before, by their key, that are entered again, with their new title."""

TO_CORRECT = "Skadebåten"
COPIED = "Stille i køen, høyt i taket"
HILDA = Undertaking(
    "Lysspor Bredbånd",
    "Hilda lærer samisk",
    "Vinneren fra i fjor svarer nå på nordsamisk, og har fått en sjef som har det som morsmål.",
    "chatbot",
    "Hilda er lært opp av fire reindriftsfamilier, og hvert svar er lest av en av dem før det ble tatt i "
    "bruk.",
    "I løpet av tre måneder har hun hatt 900 samtaler på samisk, og ni av ti ble fullført uten rådgiver.",
)
JOINT = Undertaking(
    "Lysspor Bredbånd",
    "Byttedagene, andre året",
    "Rådgivere fra begge hus bytter plass hver måned, og nå er kundene også med.",
    "outsourcing-partnership",
    "Annet hvert bytte har en kunde med som lytter, og som får si hva hun skjønte.",
    "Kundene fant sju steder der vi sa det samme på to måter.",
    "Ringvirkning Dialog",
)
OTHER_SIDE = Undertaking(
    "Ringvirkning Dialog",
    "Vi bytter fortsatt",
    "Ringvirkning og Lysspor fortsetter byttedagene, nå med kunder i rommet.",
    "outsourcing-partnership",
    "Rådgiverne våre har nå femten dager i året hos Lysspor, og de femten dagene er de mest etterspurte "
    "vaktene vi har.",
    "Feilsøkingen er fire minutter kortere enn i fjor.",
    "Lysspor Bredbånd",
)


def entered(dice: Dice) -> list[CasePlan]:
    """Return the cases that other houses have handed in already."""
    known = {one.key: one for one in Writer(dice).cases()}
    return [replace(known[key], title=title or known[key].title) for key, title in AGAIN.items()]


def drafts(dice: Dice) -> list[CasePlan]:
    """Return the drafts: one without its last answer, and one partnership begun by both sides."""
    writer = Writer(dice)
    hilda, joint, other = (writer.undertaking(one) for one in (HILDA, JOINT, OTHER_SIDE))
    answers = {code: text for code, text in hilda.entries[0].answers.items() if code != "other"}
    unfinished = replace(hilda, entries=(replace(hilda.entries[0], answers=answers),))
    return [replace(one, fate=Fate.DRAFT) for one in (unfinished, joint, other)]
