"""What the Norwegian jury says of the winners, and of the award that nobody gets."""

from collections.abc import Mapping

from kaaring.jobs.demo.juried.plans import Verdicts

CITATIONS: Mapping[str, Mapping[str, str]] = {
    "customer-centre": {
        "nb": "Vinneren har flyttet myndigheten dit kunden er, og kan vise at det virker – i køen, i sakene "
        "og i trivselen. Slik ser et kundesenter ut når det er stolt av seg selv.",
        "en": "The winner has moved authority to where the customer is, and can show that it works – in the "
        "queue, in the cases and in how people like their work.",
    },
    "team-leader-inbound": {
        "nb": "Årets teamleder får andre til å lykkes og tåler å bli sagt imot. Teamet gjør det bedre også "
        "når lederen er borte, og bedre attest finnes ikke.",
        "en": "The team leader of the year makes others succeed and bears being contradicted. The team does "
        "well also when its leader is away; there is no better testimonial.",
    },
    "employee-inbound": {
        "nb": "Vinneren løser saken, lærer bort løsningen og skriver den ned. Kundene husker navnet, og "
        "kollegaene bruker det som verb.",
        "en": "The winner resolves the case, teaches the solution and writes it down. Customers remember the "
        "name, and colleagues use it as a verb.",
    },
    "call-centre": {
        "nb": "Vinneren viser at utgående telefoni kan bygge på tillit: færre oppringninger, flere ja og "
        "nesten ingen klager.",
        "en": "The winner shows that outbound calling can build on trust: fewer calls, more customers who "
        "say yes, and hardly any complaints.",
    },
    "team-leader-outbound": {
        "nb": "En leder som deler alt og blir rikere av det. Juryen la særlig vekt på hvordan kunnskap "
        "vandrer mellom teamene.",
        "en": "A leader who shares everything and is richer for it. The jury was struck by how knowledge "
        "travels between teams.",
    },
    "salesperson": {
        "nb": "Resultatet er årets sterkeste, og kundene er der fremdeles. Salg kan ikke gjøres "
        "ordentligere.",
        "en": "The year's strongest result, and the customers are still there. Sales cannot be done more "
        "decently.",
    },
    "outsourcing-partnership": {
        "nb": "To virksomheter som har delt planer, regninger og æren. Juryen ser et samarbeid der ingen kan "
        "se hvor den ene slutter og den andre begynner.",
        "en": "Two organisations that have shared plans, bills and the credit. The jury sees a partnership "
        "in which nobody can tell where one ends and the other begins.",
    },
    "chatbot": {
        "nb": "Årets chatbot vet hva den ikke vet. Den hjelper de fleste helt fram og setter resten over "
        "med god samvittighet.",
        "en": "The chatbot of the year knows what it does not know. It helps most people all the way and "
        "hands the others over with a good conscience.",
    },
    "innovation": {
        "nb": "En enkel idé, grundig prøvd og ærlig målt. Etter likt karaktersnitt la juryen vekt på at "
        "andre kan ta den i bruk i morgen.",
        "en": "A simple idea, tried thoroughly and measured honestly. With equal marks the jury chose the "
        "one that others can use tomorrow.",
    },
    "sustainability": {
        "nb": "Bærekraft som del av arbeidsdagen, med tall som er revidert og en plan som også viser det "
        "som gikk feil vei.",
        "en": "Sustainability as part of the working day, with audited figures and a plan that also shows "
        "what went the wrong way.",
    },
}
TIED = {"innovation": 1, "team-leader-inbound": 2}
"""Categories in which an entry and the next are marked alike, with its place. The jury parts the first."""

VERDICTS = Verdicts(
    citations=CITATIONS,
    nobody="employee-outbound",
    why_nobody="Feltet var lite, og juryen fant at ingen av bidragene dokumenterte resultatene godt nok. "
    "Alle får en utførlig tilbakemelding og oppfordres til å komme igjen.",
    parted="innovation",
    why_parted="Lik sum og like resultater. Juryen la vekt på at andre kan ta løsningen i bruk i morgen.",
    changed="customer-centre",
    why_changed="Rettet etter at juryen sammen så på kilden til tallene.",
    noted="Enighet om rekkefølgen etter gjennomgang av alle bidrag.",
)
