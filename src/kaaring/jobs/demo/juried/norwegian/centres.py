"""What customer centres and call centres write about themselves."""

from kaaring.jobs.demo.juried.parts import Passage

INBOUND_ACTIONS: Passage = (
    (
        "Hos oss er det medarbeiderne som eier kundeløftet. {org} har {n} ansatte i kundesenteret i {by}, "
        "og ingen av dem måles på samtaletid alene.",
        "For tre år siden bestemte vi oss for at kundesenteret skulle være et sted folk ble, ikke et sted de "
        "var innom. Det har styrt alt fra rekruttering til lønnstrinn for de {n} som arbeider her.",
        "Kundesenteret i {by} er ikke en kostnad vi holder nede, men stedet der {org} lærer hva kundene "
        "trenger. Derfor sitter senterlederen i ledergruppen.",
        "Planen vår er kort: færre spørsmål, bedre svar, tryggere folk. De {n} medarbeiderne i {by} skrev "
        "den selv, og hver avdeling gjør den opp to ganger i året.",
        "Vi ansetter etter holdning og lærer bort resten. Av de {n} som svarer kundene våre, kom over "
        "halvparten fra helt andre yrker.",
        "{org} lover kundene ett svar fra ett menneske. For å kunne holde det løftet måtte vi først gi de "
        "{n} medarbeiderne myndighet til å avslutte sakene sine selv.",
    ),
    (
        "Nye medarbeidere følges av en fadder i {uker} uker før de er alene på linjen, og av teamlederen "
        "hver fjortende dag det første halvåret.",
        "Opplæringen er lagt om fra kurs til øving: To halvtimer i uken lytter kollegaer på hverandres "
        "samtaler og velger én ting å prøve før neste gang.",
        "Vi lærer av ekte samtaler, med kundens samtykke. Hver måned tar vi fram fem som gikk bra og fem som "
        "ikke gjorde det, og den som hadde samtalen, leder diskusjonen.",
        "Alle har en utviklingsplan på én side. Den skrives i januar og leses i mai og september, og det som "
        "ikke ble noe av, strykes uten at noen må forklare seg.",
        "Hver medarbeider har fire timer i måneden til læring. De timene flyttes ikke, heller ikke når køen "
        "er lang, og bemanningen er regnet ut etter det.",
        "Etter {uker} uker tar alle en praktisk prøve som kollegaene har laget. Ni av ti består på første "
        "forsøk; de andre får en ny fadder og en ny sjanse.",
    ),
    (
        "Teamlederne har gått et løp over ti måneder med veiledning i par. Halve arbeidstiden deres er satt "
        "av til folkene, ikke til rapporter.",
        "Teamlederne sitter på linjen én dag i måneden. Det har gjort flere rutiner kortere enn noen "
        "konsulent har klart.",
        "Vi halverte antallet rapporter til teamlederne og doblet antallet samtaler med dem. En leder hos "
        "oss har aldri mer enn tolv medarbeidere.",
        "Nye teamledere velges av sitt eget team etter en prøvetid, og de kan gå tilbake til linjen uten å "
        "tape verken lønn eller ansikt. To har gjort det, og begge er fagansvarlige i dag.",
        "Hver mandag møtes teamlederne i en time uten dagsorden. Der løses det meste som før ble en e-post "
        "med syv mottakere.",
    ),
    (
        "Teknologien skal ta det kjedelige. En assistent foreslår svar og fyller ut etterarbeidet, og "
        "medarbeideren avgjør om det stemmer.",
        "Vi slo sammen fem skjermbilder til ett. Det tok ni måneder, og forslagene til hva som skulle bort, "
        "kom fra dem som klikket.",
        "Alle henvendelser merkes automatisk etter årsak. Hver fredag får fagavdelingene de tre årsakene som "
        "vokser mest, og svarer innen en uke på hva de gjør med dem.",
        "Bemanningen planlegges i intervaller på femten minutter, men medarbeiderne bytter vakter selv på "
        "mobilen. Bare hver tiende vakt må fylles av en leder.",
        "Telefon, chat og e-post går i én kø og vises som én samtale. Kunden slipper å fortelle historien "
        "sin to ganger, og vi slipper å lete etter den.",
    ),
)

OUTBOUND_ACTIONS: Passage = (
    (
        "Vi ringer bare til folk som har grunn til å høre fra oss. {org} har {n} rådgivere i {by}, og de har "
        "lov til å avslutte en samtale uten salg når det er det riktige.",
        "{org} bygger på fast lønn. De {n} rådgiverne våre har bonus for fornøyde kunder etter tre måneder, "
        "ikke for underskrifter samme dag.",
        "Langsiktig for oss betyr at en kunde skal kunne ringes igjen om to år og bli glad for det. De {n} "
        "medarbeiderne i {by} lærer det før de lærer produktene.",
        "Vi ville vise at utgående telefoni kan være et yrke. Derfor har de {n} hos oss fagbrev som mål, "
        "faste arbeidstider og en leder som kan jobben.",
        "Halve staben i {by} har vært her i mer enn fire år. Det er uvanlig i bransjen, og det er resultatet "
        "av en plan som snart er ti år gammel.",
    ),
    (
        "Opplæringen varer i {uker} uker og slutter med to dager hos oppdragsgiveren, slik at rådgiveren har "
        "sett det hun skal snakke om.",
        "Hver rådgiver lytter til én egen samtale om dagen og noterer én ting. Teamlederen leser notatene, "
        "ikke samtaleloggen.",
        "Vi øver på det vanskelige: å bli avvist, å møte sorg, å høre at noen ikke forstår. Det gir tryggere "
        "folk og færre klager.",
        "Manus er byttet ut med fem spørsmål. Resten av samtalen tilhører kunden og rådgiveren.",
        "Kompetansen måles hver måned i en kort fagprøve. De som består tre ganger på rad, kan veilede andre "
        "og får betalt for det.",
    ),
    (
        "Teamlederne leder ti personer hver og har egne mål for trivsel og sykefravær ved siden av salget.",
        "Lederne går i samme opplæring som oppdragsgiverens ledere. Da snakker de samme språk når noe må "
        "endres midt i en kampanje.",
        "Vi fylte tre av fire lederstillinger med egne folk det siste året, etter et internt lederkurs på et "
        "halvt år.",
        "En teamleder hos oss begynner dagen med å ringe tre kunder selv. Det gir respekt på gulvet og bedre "
        "lister utpå dagen.",
    ),
    (
        "Med oppdragsgiverne har vi faste møter hver uke der begge parter ser de samme tallene. Blir listene "
        "dårlige, stopper vi heller en dag enn å ringe dem ferdig.",
        "Oppdragsgiveren har en kontaktperson hos oss og vi en hos dem. Avtalen er på fire sider og gjøres "
        "opp etter hvor mange kunder som blir, ikke hvor mange som blir ringt.",
        "Før en kampanje begynner, ringer oppdragsgiverens produktsjef tjue kunder sammen med oss. Det har "
        "endret tilbudet to ganger, til det bedre.",
        "Tilbakemeldingene fra samtalene går samme ettermiddag til oppdragsgiveren, sortert etter hva "
        "kundene sier nei til.",
    ),
    (
        "Et verktøy foreslår når det passer å ringe, ut fra hva kunden har svart før. Det ga flere samtaler "
        "med færre oppringninger.",
        "Alle samtaler skrives ut automatisk, og rådgiveren får tilbake det hun lovet kunden, som en liste "
        "hun kan krysse av.",
        "Reservasjoner sjekkes i sanntid, og et nei i dag gjelder for alle oppdragsgiverne våre i et halvt "
        "år.",
        "Vi prøvde ut samtaleanalyse i ett team før alle fikk den. Teamet beholdt veto mot å bruke den til "
        "kontroll, og har den fremdeles.",
    ),
)

CENTRE_RESULTS: Passage = (
    (
        "Tallene er hentet fra køsystemet og fra kundeundersøkelsen som går ut etter hver femte henvendelse.",
        "Målingene er gjort på samme måte begge årene, og kontrollert av økonomiavdelingen.",
        "Vi viser hele år mot hele år, slik at sesonger ikke pynter på bildet.",
        "Kilden er de månedlige rapportene som også styret får; de kan legges fram for juryen.",
        "Undersøkelsen er gjort av et eksternt byrå med {ant} svar i snitt per kvartal.",
    ),
    (
        "Like viktig for oss er at sykefraværet falt til under fem prosent, og at {pst} prosent færre "
        "sluttet enn året før.",
        "Klagene til ledelsen gikk ned med {pst} prosent i samme tid, uten at vi gjorde det vanskeligere å "
        "klage.",
        "Antallet kunder som måtte ta kontakt igjen om det samme, falt med {pst} prosent. Det er det tallet "
        "vi selv ser på først.",
        "Andelen som svarer at de vil anbefale oss, er den høyeste siden målingene begynte.",
        "Kostnaden per løst sak gikk ned med {pst} prosent, selv om lønningene økte.",
    ),
    (
        "Resultatene kom ikke jevnt: Våren var tung, og først da vi sluttet å måle samtaletid, snudde det.",
        "Ett mål nådde vi ikke: E-post tar fremdeles over et døgn i ferieukene. Det er årets oppgave.",
        "To av målene vi satte oss, var for lave. Vi har hevet dem for året som kommer.",
        "Bedringen holdt seg gjennom høytrafikken i desember, og det regner vi som beviset.",
        "Framgangen er størst i de teamene som begynte først. Det gjør oss trygge på at den skyldes arbeidet "
        "og ikke markedet.",
    ),
)

CENTRE_OTHER: Passage = (
    (
        "Vi er stolte av at tre av dem som kom til oss gjennom arbeidstrening, i dag har fast jobb og egne "
        "nykommere å ta seg av.",
        "Hver sommer holder skoleelever fra {by} kundesenteret åpent en hel lørdag, med rådgiverne som "
        "veiledere. Flere av dem har søkt jobb siden.",
        "Vi deler gjerne: Andre kundesentre har vært på besøk tolv ganger det siste året, og har fått med "
        "seg både rutinene og det som gikk galt.",
        "Kundesenteret svarer på seks språk. Det begynte som et tilfelle og er blitt en plan.",
        "Da strømmen var borte i {by} i to døgn i februar, svarte de fra hytter, kjøkken og en kirkestue. "
        "Ingen ba dem om det.",
    ),
    (
        "Kundene har gitt oss et ord vi bruker internt: «de som ringer tilbake». Det vil vi gjerne fortsette "
        "å hete.",
        "Ledelsen i {org} leser ti kundesamtaler hver i måneden. Det merkes på beslutningene.",
        "Vi tror det beste ved oss er det som ikke vises i tallene: at folk tør å si fra, og at det blir "
        "gjort noe med det.",
        "Et besøk sier mer enn en søknad. Juryen er velkommen på medlytt hvilken dag som helst.",
        "Prisen ville først og fremst være en anerkjennelse av de {n} som møter kundene, ikke av planene "
        "bak.",
    ),
    (
        "Vi vil også nevne at verneombudet og de tillitsvalgte leser kundetallene sammen med oss hver "
        "måned. Det gjør at tiltak mot sykefravær og tiltak mot kø stadig oftere er de samme tiltakene.",
        "Årets mest leste interne tekst var ikke fra ledelsen, men fra en rådgiver som skrev om samtalen "
        "hun aldri glemmer. Den brukes nå i opplæringen, og tre andre har skrevet sin.",
        "Noe av det vi er gladest for, koster ingenting: Den som har hatt en tung samtale, rekker opp et "
        "gult kort, og nærmeste kollega tar neste anrop. Kortene brukes hver dag.",
        "Siden i vår kan kundene se hvem de snakket med, og skrive en hilsen. To av tre som skriver, "
        "takker. Resten forteller hva vi kan gjøre bedre, og får svar innen uken er omme.",
        "Bygget er gammelt og lokalene trange. Likevel er det hit resten av huset kommer for å spise "
        "lunsj, og det sier vel noe om stemningen.",
    ),
)
