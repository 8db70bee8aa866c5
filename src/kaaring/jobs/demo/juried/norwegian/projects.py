"""What is written about partnerships, chatbots, innovations and sustainability."""

from kaaring.jobs.demo.juried.parts import Passage

PARTNERSHIP_ACTIONS: Passage = (
    (
        "Målet var at kunden ikke skulle merke hvem som svarte. {org} ville ha jevnere svartid, og {partner} "
        "ville ha en oppdragsgiver som planla sammen med dem.",
        "Begge parter skrev ned hva de fryktet ved samarbeidet, før de skrev avtalen. {org} fryktet å miste "
        "kontakten med kundene; {partner} fryktet å bli målt på feil ting.",
        "Før kontrakten ble undertegnet, satt seks rådgivere fra {partner} i tre uker hos {org}. Det de "
        "skrev ned, ble opplæringsplanen.",
        "Prosjektet begynte med et ærlig spørsmål: Hvilke henvendelser løser dere bedre enn oss? Svaret ble "
        "delt i tre bunker, og {partner} fikk to av dem.",
    ),
    (
        "I stedet for pris per samtale ble partene enige om pris per løste sak. Det snudde alle samtaler om "
        "kvalitet.",
        "Rådgiverne har samme opplæring, samme system og samme julebord, uansett hvem som betaler lønnen.",
        "Et felles planverktøy viser begge parter hver time for neste uke. Endringer må begrunnes med én "
        "setning.",
        "Det mest oppfinnsomme er byttedagene: Hver måned arbeider to fra hver side en dag hos den andre.",
    ),
    (
        "Da et uvær tok ned nettet i fire døgn i november, flyttet partene {pst} rådgivere på to timer. "
        "Planen for det hadde de øvd på i september.",
        "Uventet var det at sykefraværet steg i oppstarten. Partene la om vaktene sammen og tok regningen "
        "likt.",
        "Det nye systemet var åtte uker forsinket. Rådgiverne brukte tiden til å skrive kunnskapsbasen på "
        "nytt.",
        "To av de første målene viste seg umulige. Det ble sagt høyt i styringsgruppen etter fem uker, og "
        "målene ble byttet.",
    ),
    (
        "Neste år skal {partner} også svare på bedriftshenvendelser, og {org} skal lære opp deres "
        "kvalitetsledere.",
        "Planen videre er felles rekruttering i {by} og en prøveordning med firedagersuke.",
        "Avtalen er forlenget med tre år, med et kapittel om hvordan den kan avsluttes pent.",
        "Vi skal dele det vi har lært, i et åpent hefte på begge nettsteder.",
    ),
)

PARTNERSHIP_RESULTS: Passage = (
    (
        "Før satsingen lå hver fjerde henvendelse hos {org} i mer enn tre dager; nå er det hver tjuende.",
        "Før visste ingen av partene hvor mange kunder som ringte om igjen. Nå vet begge det, og tallet er "
        "halvert.",
        "Før var kundene mindre fornøyde når {partner} svarte; etter ni måneder er det ingen forskjell.",
        "Kostnaden per løste sak er {pst} prosent lavere enn før, og partene deler gevinsten.",
    ),
    (
        "Hos {partner} har bare to sluttet på oppdraget siden starten.",
        "Medarbeiderne hos begge sier i undersøkelsen at de forstår hva den andre trenger: {score} av 6.",
        "Antallet saker som sendes fram og tilbake, har falt fra om lag {ant} til under femti i måneden.",
        "Oppstarten tok seks uker i stedet for de tolv som var planlagt.",
    ),
    (
        "Tallene er hentet fra begge parters systemer og stemmer overens.",
        "Målingene er dokumentert i de månedlige rapportene til styringsgruppen.",
        "Det som ikke lar seg dokumentere, er anslått forsiktig, og merket som anslag.",
        "Kundeundersøkelsen er gjort av {org} og gjelder begge parters samtaler.",
    ),
)

CHATBOT_ACTIONS: Passage = (
    (
        "Behovet kom fra kundene: {pst} prosent av dem ville ha svar etter stengetid, og de fleste spurte om "
        "det samme.",
        "{org} fikk tre ganger så mange henvendelser den første i måneden som ellers. Chatboten skulle ta "
        "toppene, ikke erstatte folk.",
        "Vi satte opp ett krav før prosjektet begynte: Kunden skal aldri måtte be om å få snakke med et "
        "menneske mer enn én gang.",
        "Rådgiverne ønsket seg boten før ledelsen gjorde det. De var lei av å svare på det samme hundre "
        "ganger om dagen.",
    ),
    (
        "Den er bygget av to tidligere rådgivere og én utvikler. Hvert svar har en forfatter med navn, som "
        "får vite når kunder ikke er fornøyd.",
        "Oppfinnsomheten ligger i det den ikke gjør: Er den i tvil, sier den det, og setter over med hele "
        "samtalen vedlagt.",
        "Språket er testet med elever ved norskopplæringen i {by}. Setninger over femten ord ble skrevet om.",
        "Boten slår opp i kundens egne avtaler etter innlogging, så svaret gjelder kunden og ikke "
        "gjennomsnittet.",
    ),
    (
        "Den ble tatt i bruk én avdeling av gangen, med fjorten dager til å angre. To avdelinger angret, og "
        "fikk en bedre utgave senere.",
        "De første ukene leste rådgiverne alle samtaler samme dag. Slik ble {ant} svar rettet før påske.",
        "Opplæringen av boten er blitt en stilling på {by}-kontoret, besatt på rundgang.",
        "Prosjektet holdt budsjettet, og ble ferdig tre uker før fristen.",
    ),
    (
        "Videre skal den kunne endre avtaler, ikke bare forklare dem, og svare på samisk.",
        "Neste steg er tale: De samme svarene skal virke på telefon for dem som ikke skriver.",
        "Vi åpner samtaledataene, uten personopplysninger, for studentene ved høyskolen.",
        "Til høsten skal kundene selv kunne foreslå svar.",
    ),
    (
        "Hver uke leser to rådgivere tjue samtaler der kunden ga opp. De skriver om ett svar hver, og "
        "ser uken etter om det hjalp. Slik er over hundre svar blitt til to hundre bedre.",
        "Chatboten har en tydelig stillingsbeskrivelse: hva den gjør, hva den aldri gjør, og hvem som er "
        "sjefen dens. Den henger i kundesenteret og revideres som alle andres.",
        "Vi testet den først på oss selv. I tre uker måtte alle ansatte bruke den for å bestille ferie, "
        "og deretter var den atskillig høfligere.",
    ),
)

INNOVATION_ACTIONS: Passage = (
    (
        "Planen hadde tre steg og en stoppregel: Virket ikke steg to innen jul, skulle pengene tilbake.",
        "Vi begynte med {ant} klager som vi leste fra ende til annen. Planen er svaret på dem.",
        "Et lag på fem fikk åtte uker fri fra drift. Kravet var at noe skulle virke for ekte kunder på "
        "slutten.",
        "Planen ble laget sammen med kundene, tre kvelder på biblioteket i {by}.",
    ),
    (
        "Nytt er det ikke hver for seg, men ingen i bransjen hadde satt delene sammen før.",
        "Ideen er lånt fra et sykehus og tilpasset et kundesenter. Det var rådgiverne som så likheten.",
        "Det oppfinnsomme er enkelheten: Ingen ny programvare ble kjøpt.",
        "Vi snudde spørsmålet: ikke hvordan svare fortere, men hvordan slippe at kunden må spørre.",
    ),
    (
        "Gjennomføringen gikk i to ukers sprang, og hvert sprang endte med at ti kunder prøvde.",
        "To ganger måtte vi begynne på nytt. Begge ganger var det rådgiverne som sa fra.",
        "IT-avdelingen satt i kundesenteret i hele perioden. Det sparte oss for møter og misforståelser.",
        "Innføringen tok {uker} uker og var frivillig for teamene. Etter to måneder hadde alle meldt seg.",
    ),
    (
        "Vi skal ta det i bruk i butikkene og gi oppskriften til andre som spør.",
        "Neste år skal kundene selv se det samme som rådgiveren ser.",
        "Videre arbeider vi med å måle det kunden slapp å gjøre.",
        "Vi har søkt midler sammen med høyskolen for å undersøke hva det gjør med arbeidsmiljøet.",
    ),
    (
        "Rådgiverne ble med fra første skisse, ikke som testere, men som de som eide problemet. Derfor "
        "ble det de ba om, og ikke det som var lettest å lage.",
        "Vi holdt prosjektet lite med vilje. Da noen foreslo å gjøre det større, spurte vi hva kunden "
        "ville merke, og svaret var som regel: ingenting.",
        "Risikoen ble skrevet på en plakat i kantinen. Fire av ni risikoer slo til, og alle fire var "
        "forberedt.",
    ),
)

BEFORE_AFTER_RESULTS: Passage = (
    (
        "Før løsningen måtte kunden i snitt ta kontakt 2,4 ganger om en sak; nå er det 1,3.",
        "Før ventet kvelden over på neste morgen. Nå er to av tre saker ferdige når kontoret åpner.",
        "Før gikk {pst} prosent av tiden til å lete. Rådgiverne anslår at det nå er en fjerdedel av det.",
        "Før hadde vi ingen tall. Det første resultatet er at vi vet hva kundene spør om.",
    ),
    (
        "Henvendelsene gikk ned med {pst} prosent uten at noen kanal ble stengt.",
        "Rådgiverne har fått tid til de vanskelige sakene, og sier i undersøkelsen at jobben er blitt bedre.",
        "Besparelsen dekket kostnaden på sju måneder, regnet forsiktig.",
        "Kundene bruker det uten opplæring. Åtte av ti kommer tilbake til det.",
    ),
    (
        "Tallene er fra driftssystemene; det som er anslag, er merket.",
        "Effekten er målt mot to team som ikke hadde løsningen det første halvåret.",
        "Internrevisjonen har gått gjennom målingene.",
        "Før og etter er målt i de samme ukene av året.",
    ),
    (
        "Det vi ikke hadde ventet, var virkningen på resten av huset. To fagavdelinger har lagt om "
        "rutinene sine fordi de for første gang så hva kundene faktisk spurte om.",
        "Vi spurte femti kunder som hadde opplevd både før og etter. Førtifire ville ikke tilbake, fem "
        "var likeglade, og én savnet musikken i køen.",
        "Virkningen kom ikke straks. De første åtte ukene var tallene dårligere enn før, og hadde vi "
        "stoppet der, slik planen ga adgang til, hadde vi aldri visst det vi vet nå.",
        "Nytten er størst for dem som hadde det vanskeligst fra før: kunder som ikke skriver norsk, og "
        "kunder som aldri rekker å ringe i arbeidstiden.",
    ),
)

SUSTAINABILITY_ACTIONS: Passage = (
    (
        "Planen for bærekraft i {org} ble skrevet av et utvalg der halvparten aldri hadde sittet i et "
        "utvalg. Den fikk elleve tiltak og elleve eiere.",
        "Bærekraft står i stillingsbeskrivelsen til alle ledere i {org}, med egne mål på linje med økonomi.",
        "Vi begynte med å telle: strøm, reiser, avfall, fravær. Først da tallene lå på bordet, skrev vi "
        "planen.",
        "Ideen i planen er at hvert tiltak skal gjøre en vanlig arbeidsdag enklere. Ellers blir det ikke "
        "gjort.",
    ),
    (
        "Hvert år tar kundesenteret i {by} inn seks lærlinger. Fem av seks har fått fagbrev og tilbud om "
        "jobb.",
        "Sammen med det lokale arbeidskontoret har vi laget en inngang for folk med hull i arbeidslivet: "
        "tre dager i uken, fadder og vanlig lønn.",
        "Alt utstyr kjøpes brukt eller selges videre. En ansatt reparerer hodesett på fredager og lærer det "
        "bort.",
        "Rådgiverne snakker til sammen elleve språk, og det er sagt høyt at det er en kompetanse med "
        "lønnstillegg.",
    ),
    (
        "Arbeidet er knyttet til FNs bærekraftsmål 8 om anstendig arbeid og 12 om ansvarlig forbruk, med ett "
        "måltall for hvert.",
        "Vi har valgt mål 4, 5 og 13 og latt de andre ligge. Tre mål er det plass til på en tavle.",
        "Målene rapporteres i årsberetningen etter samme mal som økonomien, og revideres.",
        "Knytningen til bærekraftsmålene er gjort av elevene ved videregående skole i {by}, som en "
        "prosjektoppgave vi fulgte.",
    ),
    (
        "Mangfold er ikke et eget kapittel hos oss. Det står i bemanningsplanen: Minst to på hver vakt "
        "skal kunne et annet språk enn norsk, og minst én skal være over femti år.",
        "Vi gjorde om på innkjøpene: Hver leverandør må svare på fem spørsmål, og svarene ligger åpent. "
        "Tre leverandører er byttet ut, og to har blitt med på planen vår.",
        "Arbeidet ledes av en kundekonsulent som har en dag i uken til det. At hun ikke sitter i "
        "ledelsen, har vist seg å være grunnen til at folk kommer med forslag.",
        "Hvert kvartal velger de ansatte ett tiltak til og ett bort. Slik holder planen seg levende, og "
        "ingen behøver å late som om alt er like viktig.",
    ),
)

SUSTAINABILITY_RESULTS: Passage = (
    (
        "Av planens elleve tiltak er åtte gjennomført, to i gang og ett droppet med begrunnelse.",
        "Utslippene fra reiser er {pst} prosent lavere enn i året planen ble laget.",
        "Avfallet per ansatt er halvert, og det meste av det som er igjen, gjenvinnes.",
        "Energibruken i lokalene gikk ned med {pst} prosent, uten at det ble kaldere.",
    ),
    (
        "Kundene merker det også: Papirfakturaene er borte for ni av ti, og ingen måtte betale for å beholde "
        "dem.",
        "Fraværet er lavere enn bransjens, og flere over seksti blir hos oss.",
        "Vi kåres ikke til noe for dette, men søkerne nevner det først når de begrunner valget.",
        "Leverandørene våre måler nå det samme, fordi avtalene ber om det.",
    ),
    (
        "Tallene er ført etter anerkjente regler og kontrollert av revisor.",
        "Regnskapet ligger åpent på nettsidene våre.",
        "Beregningene er gjort sammen med høyskolen og kan etterprøves.",
        "Grunnlaget kan legges fram for juryen på kort varsel.",
    ),
    (
        "Samfunnsregnskapet viser at lærlingene står for hver tiende løste sak, og at de som gikk inn på "
        "arbeidstrening, i snitt har vært her i to år og en måned.",
        "Vi måler også det som gikk feil vei: Emballasjen økte da netthandelen vokste, og der er "
        "tiltaket skrevet om og målet flyttet til neste år.",
        "Tiltakene har spart mer enn de kostet fra og med det andre året. Pengene er satt av til de tre "
        "tiltakene som ikke lønner seg, men som er riktige.",
        "Av de ansatte sier åtte av ti at de vet hva de selv kan gjøre. I den første undersøkelsen var "
        "det to av ti.",
    ),
)

PROJECT_OTHER: Passage = (
    (
        "Den beste rosen kom fra en kunde som skrev: «Jeg merket ikke at noe var nytt. Det bare virket.»",
        "Arbeidet har gjort noe med stoltheten. Folk viser det fram til familien sin.",
        "Vi lærte mest av det som gikk galt, og har skrevet det ned slik at andre slipper.",
        "Prosjektet ble gjort ved siden av full drift, med {n} ansatte og ett nytt kaffeanlegg.",
        "Tre andre virksomheter har alt tatt ideen i bruk. Det er vi glade for.",
    ),
    (
        "Tillitsvalgte var med fra første dag, og har medunderskrevet dette bidraget.",
        "Personvernet var på plass før første linje ble skrevet, og er gjennomgått to ganger siden.",
        "Vi har latt være å bruke store ord her. Spør gjerne dem som gjorde jobben.",
        "Løsningen er tilgjengelig for alle: testet med skjermleser, med tastatur og med dårlig nett.",
        "Vi ville gjort det igjen, og begynt et halvt år tidligere.",
    ),
    (
        "Det var ikke gitt at dette skulle lykkes. Et tidligere forsøk ble stanset etter fire måneder, "
        "og de som var med den gangen, ble bedt om å lede det nye, nettopp fordi de visste hvor det gikk "
        "galt.",
        "En prosjektdagbok ble skrevet underveis og er åpen for alle ansatte. Der står også kranglene, "
        "og hva de kostet. Nye prosjekter i huset begynner nå med å lese den.",
        "Det er lett å glemme hvem det gjelder. Derfor hang det et bilde av fem ekte kunder i "
        "prosjektrommet, med deres samtykke, og hver beslutning ble lest høyt for bildet.",
        "Vi inviterte en konkurrent til å se på løsningen før den ble lansert. Merknadene deres var de "
        "nyttigste vi fikk, og vi har gjort dem samme tjeneste siden.",
    ),
)
