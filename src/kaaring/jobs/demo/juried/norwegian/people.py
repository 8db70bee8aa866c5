"""What is said about leaders, employees and salespeople who are nominated."""

from kaaring.jobs.demo.juried.parts import Passage

LEADER_ACTIONS: Passage = (
    (
        "{fornavn} tok over et team på {n} som hadde hatt fire ledere på to år. Det første {hun} gjorde, "
        "var å spørre hver og en hva de ville slippe.",
        "{fornavn} leder {n} rådgivere og begynner hver dag på gulvet. {Hun} kjenner ikke bare tallene "
        "deres, men vet hvem som har hatt en tung natt.",
        "Det {fornavn} er best på, er å få andre til å lykkes. {Hun} har {n} medarbeidere og klarer å "
        "gi hver av dem én tydelig ting å arbeide med om gangen.",
        "Da {fornavn} ble teamleder, skrev {hun} en side om hva teamet på {n} kunne vente seg av {henne}. "
        "Den henger fremdeles på veggen, med teamets merknader i margen.",
        "«Du får lov til å prøve», er det {fornavn} sier oftest. De {n} på teamet sier at det har gjort dem "
        "modigere i samtalene.",
    ),
    (
        "{Hun} har innført en halvtime på tirsdager der teamet hører én samtale sammen. Den som hadde den, "
        "sier selv hva som var bra, før noen andre får ordet.",
        "Nye på teamet får to faddere: en som kan faget, og en som nettopp har lært det. Det var {hennes} "
        "idé, og nå gjør hele senteret det slik.",
        "{Hun} deler ut oppgaver etter hva folk vil lære, ikke bare etter hva de kan fra før. Tre av teamet "
        "har fått nye stillinger i løpet av året.",
        "Kulturen på teamet kjennes på at folk ler. Den kjennes også på at feil blir meldt samme dag, fordi "
        "ingen er redd for det.",
        "{Hun} holder korte møter med tydelige avtaler. Hver fredag leser teamet opp hva som ble gjort, og "
        "hva som ble strøket, og hvorfor.",
    ),
    (
        "Oppover er {hun} like tydelig. {Hennes} leder får én side i måneden: hva som går bra, hva som ikke "
        "gjør det, og hva {hun} trenger.",
        "{Hennes} egen leder sier at {fornavn} kommer med problemet, tre mulige svar og sin egen "
        "anbefaling, og at {hun} tåler å få nei.",
        "{Hun} har sagt fra når mål har virket mot hensikten. Takket være {henne} måles ikke lenger "
        "samtaletid for hver enkelt.",
        "Til ledergruppen tar {hun} med seg en medarbeider hver gang. Da hører de det fra dem det gjelder.",
    ),
    (
        "Rutinene {hun} lager, er korte og har en dato de skal prøves på nytt. En tredel av dem er tatt bort "
        "igjen.",
        "Planen for uken ligger åpen for alle, og teamet bytter selv vakter innenfor den. {Hun} griper inn "
        "bare når noen alltid får det verste.",
        "{Hun} laget en enkel tavle for vanskelige saker, der den som kan hjelpe, setter navnet sitt. "
        "Sakene ligger nå én dag i stedet for fire.",
        "Sammen med planleggerne fant {hun} tid til opplæring hver uke, uten at ventetiden økte.",
    ),
)

SHARING: tuple[str, ...] = (
    "Det {hun} kan, gir {hun} videre: {Hennes} korte lydklipp om innvendinger brukes i dag av alle teamene.",
    "{Hun} har holdt åpen time for andre team hver torsdag. De fleste kommer for å låne, og går med noe de "
    "har lært bort selv.",
    "Kunnskapen samles i et felles hefte som teamet skriver sammen. {Hun} passer på at det aldri blir lengre "
    "enn tolv sider.",
    "Hver måned bytter to team rådgivere i en uke. Ordningen er {hennes}, og den har jevnet ut forskjellene.",
)

LEADER_RESULTS: Passage = (
    (
        "Teamet gikk fra å være blant de svakeste til å ligge blant de tre beste av senterets team.",
        "Ingen har sluttet på teamet det siste året, mot fem året før.",
        "Sykefraværet på teamet er halvert, og ligger nå lavest på huset.",
        "Teamet har nådd alle de fire målene sine i ti av tolv måneder.",
    ),
    (
        "For sin egen del har {fornavn} fullført lederutdanning ved siden av jobben, og ble bedt om å lede "
        "innføringen av det nye køsystemet.",
        "{Fornavn} fikk selv den høyeste tilbakemeldingen av alle lederne i den årlige undersøkelsen: "
        "{score} av 6.",
        "To av {hennes} tidligere medarbeidere er i dag teamledere, og begge sier at de lærte det av "
        "{henne}.",
        "{Fornavn} har ansvaret for opplæringen av nye teamledere ved siden av sitt eget team.",
    ),
    (
        "Målingene er de samme for alle team og gjort av kvalitetsavdelingen.",
        "Tallene gjelder tolv hele måneder og kan legges fram.",
        "Svarene i undersøkelsen er anonyme, og alle på teamet svarte.",
        "Kundene er spurt etter hver tiende samtale, uten at teamet vet hvilken.",
    ),
    (
        "Det som har gitt mest, er at teamet selv velger månedens forbedring. Ni av tolv forbedringer er "
        "i bruk i dag, og tre er tatt inn av resten av senteret.",
        "Vi ser det også på det som ikke skjer: færre saker sendes videre, færre kunder ber om å få "
        "snakke med lederen, og ingen vakter står tomme.",
        "Resultatene holdt seg da {hun} var borte i seks uker i vår. Det regner vi som det beste tegnet "
        "på god ledelse.",
        "Oppdragene teamet får, er blitt vanskeligere i samme periode, siden de enkle er flyttet til "
        "selvbetjening. Framgangen er altså større enn tallene viser.",
    ),
)

EMPLOYEE_ACTIONS: Passage = (
    (
        "{fornavn} er den kollegaene snur seg mot når noe er vanskelig. {Hun} legger fra seg sitt eget og "
        "spør først: «Hva har du prøvd?»",
        "Det merkes i rommet når {fornavn} er på vakt. {Hun} heier høyt på andre og snakker lavt om seg "
        "selv.",
        "{fornavn} har vært fadder for åtte nye det siste året. Alle åtte er her fremdeles.",
        "En kollega sier det slik: «{fornavn} gjør meg bedre uten at jeg merker det før etterpå.»",
        "{fornavn} tar de sakene andre gruer seg til, og forteller etterpå hvordan {hun} gjorde det.",
    ),
    (
        "Til teamlederen sier {hun} fra tidlig og med forslag. Tre rutiner er endret etter {hennes} "
        "merknader.",
        "{Hun} ber om tilbakemelding hver uke, og skriver ned hva {hun} gjorde med den forrige.",
        "Når mål og virkelighet skurrer, sier {hun} det til lederen, ikke på pauserommet.",
        "Teamlederen beskriver {henne} som ærlig, forberedt og lett å be om noe.",
    ),
    (
        "Planer og rutiner følger {hun} når de hjelper kunden, og foreslår nye når de ikke gjør det.",
        "{Hun} skrev om de femti vanligste svarene i kunnskapsbasen, på kveldstid og på eget initiativ.",
        "Kalenderen {hennes} er åpen for alle, og en time om dagen står det «spør meg».",
        "{Hun} var den første som tok i bruk det nye saksverktøyet, og laget en plakat med ti snarveier som "
        "nå henger over hver pult.",
    ),
    (
        "I travle uker foreslår {hun} rekkefølgen for teamet: først de som har ventet lengst, så de som "
        "er mest urolige. Det er blitt en regel, og køen er blitt kortere av den.",
        "Når noen nye er usikre, setter {hun} seg ved siden av uten hodesett og sier ingenting før "
        "etterpå. Det er krevende å tie, sier {hun}, men det er da de lærer.",
        "{Hun} samler på gode formuleringer fra hele avdelingen. Hver fredag sender {hun} ut ukens tre, "
        "med navnet på den som sa dem, og aldri sine egne.",
        "Etter hver vanskelig samtale skriver {hun} to linjer: hva kunden trengte, og hva vi manglet. "
        "Linjene er blitt til fem endringer i systemet og én i vilkårene.",
    ),
)

EMPLOYEE_RESULTS: Passage = (
    (
        "{Fornavn} har senterets høyeste andel saker som løses i første samtale, og har hatt det åtte "
        "måneder på rad.",
        "Av {ant} kunder som har vurdert {henne}, har ni av ti gitt beste karakter.",
        "{Hun} hadde flest henvendelser på teamet og færrest som kom tilbake.",
        "Ingen klager er registrert på {hennes} saker det siste året.",
    ),
    (
        "Kundene skriver navnet {hennes} i fritekstfeltet uten å bli bedt om det. Vi har talt {pst} slike "
        "hilsener.",
        "En kunde som ringte for å si opp, ble, og sendte kake. Det er ikke et måltall, men det forteller "
        "noe.",
        "Rutinen {hun} foreslo for adresseendring, sparer teamet for om lag {pst} henvendelser i uken.",
        "Da {hun} lærte opp chatteamet, økte også deres resultater.",
    ),
    (
        "Tallene kommer fra kvalitetsmålingen og gjelder hele året.",
        "Målingen er den samme for alle medarbeidere og kan dokumenteres.",
        "Kilden er kundeundersøkelsen etter samtale, med svar fra hver sjette kunde.",
        "Resultatene er kontrollert av teamlederen og bemanningsplanleggeren hver for seg.",
    ),
    (
        "Sammenlignet med seg selv for to år siden bruker {hun} like lang tid på hver samtale, men "
        "halvparten så mange må følges opp. Det er en utvikling vi gjerne vil ha mer av.",
        "Det mest slående er jevnheten: {Hennes} svakeste måned er bedre enn avdelingens snitt, også i "
        "de ukene da systemene sviktet.",
        "To ganger i året bytter vi saker blindt mellom rådgiverne. Begge gangene var det {hennes} saker "
        "kollegaene helst ville ta over, fordi alt var skrevet ned.",
        "{Hun} har fått ansvaret for kunnskapsbasen på sitt felt, og søkene som ikke gir treff, er mer "
        "enn halvert siden da.",
    ),
)

SALES_RESULTS: Passage = (
    (
        "{Fornavn} solgte for {mill} millioner kroner i perioden. Neste på listen hadde to tredeler av det.",
        "I snitt førte hver femte kundesamtale til salg; i avdelingen er det hver niende.",
        "{Hun} nådde årsmålet sitt den {dag}. august og solgte resten av året på toppen.",
        "Av kundene {hun} tegnet, er {pst2} prosent fremdeles kunder etter tolv måneder. Snittet er 71.",
    ),
    (
        "Det meste av salget er tilleggssalg til kunder som ringte om noe annet, og som ble spurt om lov før "
        "{hun} fortalte om tilbudet.",
        "{Hun} selger både på telefon, på messer og i avtalte møter, og resultatet er sterkt på alle tre.",
        "Ingen av salgene er omgjort etter klage, og bare to er angret innen fristen.",
        "{Hun} begynte uten kundeliste. Halvparten av årets salg kom fra anbefalinger.",
    ),
    (
        "Metoden er enkel å forklare og vanskelig å gjøre etter: {Hun} stiller fire spørsmål og tier etter "
        "hvert av dem.",
        "{Hun} ringer tilbake når {hun} har sagt det, også når svaret er at det ikke lønner seg for kunden.",
        "{Hun} forbereder fem samtaler hver kveld. «Resten må jeg være frisk til», sier {hun}.",
        "{Hun} skriver ned hvorfor kunder sier nei, og endret halvparten av argumentene sine etter det.",
    ),
    (
        "Salgstallene er fra provisjonsregnskapet og attestert av økonomi.",
        "Alle tall gjelder tolv hele måneder og er fratrukket angrede kjøp.",
        "Revisor har kontrollert tallene sammen med lønnsgrunnlaget.",
        "Utskrift fra salgssystemet kan legges fram for juryen.",
    ),
)

PERSON_OTHER: Passage = (
    (
        "{fornavn} kom til yrket fra {bakgrunn}. Det hører man: {Hun} er vant til at det haster, og til at "
        "folk er redde.",
        "På fritiden trener {fornavn} jentelaget i bydelen. Teamet påstår at det er derfor de varmer opp før "
        "mandagskøen.",
        "Vi vil også nevne at {fornavn} har lært seg tegnspråk for å kunne svare kunder på video.",
        "Det som ikke står i noe skjema, er humøret. {Fornavn} har et eget talent for å gjøre en klage til "
        "en samtale.",
        "{Fornavn} tok på seg julaften tre år på rad, slik at de med små barn slapp.",
    ),
    (
        "Kollegaene har skrevet under på denne innstillingen, alle sammen.",
        "Vi melder {henne} på fordi {hun} aldri ville gjort det selv.",
        "{Hun} vet om innstillingen og ba oss stryke to setninger som {hun} mente var for rosende.",
        "Vinner {hun}, blir det teamet som får premien. Det har {hun} alt lovet bort.",
        "Om vi skulle ansette ti til i morgen, ville vi valgt ti som {henne}.",
    ),
    (
        "{Hun} viser at dette er et yrke det går an å bli god i.",
        "For oss er {hun} beviset på at ro og tempo ikke er motsetninger.",
        "Juryen kan gjerne ringe inn og prøve selv.",
        "Det er slike folk kundene husker, og slike vi bygger senteret rundt.",
    ),
    (
        "Et eksempel til: Da en eldre kunde ringte for fjerde gang samme dag, satte {fornavn} av en "
        "halvtime, fant ut at det var ensomhet og ikke faktura det gjaldt, og fikk kommunen til å ta "
        "kontakt.",
        "Et eksempel: Under ombyggingen i vår satt halve avdelingen hjemme. {Fornavn} laget en fast "
        "kaffepause på skjerm klokken ti, og den finnes fremdeles, med fullt oppmøte.",
        "En liten historie: En kunde truet med avisen. {Fornavn} spurte hva som skulle stått i en god "
        "sak, skrev det ned, og ordnet det. Kunden sendte utklippet likevel, med smilefjes.",
        "Vi kunne fortalt om mye. Det siste er at {hun} på eget initiativ gikk gjennom alle brevene vi "
        "sender til etterlatte, og skrev dem om sammen med en prest og en jurist.",
        "I fjor høst ble to avdelinger slått sammen. Det var {fornavn} som spurte hva de andre var redde "
        "for å miste, og som sørget for at det ble med på lasset.",
    ),
)

BACKGROUNDS = (
    "legevakten",
    "barnehage",
    "fiskemottaket",
    "reiselivet",
    "hjemmesykepleien",
    "bilverksted",
    "skolekjøkkenet",
    "en fjellstue",
)
