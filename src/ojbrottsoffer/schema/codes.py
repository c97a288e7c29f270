"""Every closed list of codes, with what a code means in Swedish and in English."""

from __future__ import annotations

from ojbrottsoffer.schema.model import CodeList

SVAR = CodeList(
    "svar", "Svar", {"2": "Ja", "1": "Delvis", "0": "Nej"}, english={"2": "Yes", "1": "Partly", "0": "No"}
)

SVARSORD = CodeList(
    "svarsord",
    "Svar i ord",
    {"Ja": "Ja", "Delvis": "Delvis", "Nej": "Nej"},
    english={"Ja": "Yes", "Delvis": "Partly", "Nej": "No"},
)

SAKNAS_ORSAK = CodeList(
    "saknas_orsak",
    "Varför ett värde saknas",
    {
        "uppgift_saknas": "källan skriver ”saknas” utan att säga varför",
        "ej_besvarat": "frågan är inte besvarad",
        "ej_aktuellt": "frågan gäller inte enheten",
        "sekretess": "uppgiften är undertryckt",
        "ej_med_i_undersokningen": "enheten var inte med",
        "inte_avlast": "källan knyter inget svar till enheten",
    },
    english={
        "uppgift_saknas": "the source prints ”saknas” (missing) without saying why",
        "ej_besvarat": "the question was not answered",
        "ej_aktuellt": "the question does not apply to the unit",
        "sekretess": "suppressed",
        "ej_med_i_undersokningen": "the unit did not take part",
        "inte_avlast": "the source ties no answer to the unit",
    },
)

ENHETSTYP = CodeList(
    "enhetstyp",
    "Enhetens typ",
    {"kommun": "hel kommun", "stadsdel": "del av en kommun"},
    english={"kommun": "whole municipality", "stadsdel": "part of a municipality"},
)

BEFOLKNINGSGRUPP = CodeList(
    "befolkningsgrupp",
    "Befolkningsgrupp",
    {
        "1": "0–14 999 invånare",
        "2": "15 000–29 999 invånare",
        "3": "30 000–69 999 invånare",
        "4": "70 000–199 999 invånare",
        "5": "200 000 invånare eller fler",
    },
    english={
        "1": "0–14,999 inhabitants",
        "2": "15,000–29,999 inhabitants",
        "3": "30,000–69,999 inhabitants",
        "4": "70,000–199,999 inhabitants",
        "5": "200,000 inhabitants or more",
    },
)

MALGRUPP = CodeList(
    "malgrupp",
    "Vem indikatorn handlar om",
    {
        "vuxna": "våldsutsatta vuxna",
        "barn": "våldsutsatta barn och barn som bevittnat våld",
        "valdsutovare": "vuxna som utövat våld",
        "alla": "ingen särskild grupp",
    },
    english={
        "vuxna": "adults subjected to violence",
        "barn": "children subjected to or witnessing violence",
        "valdsutovare": "adults who have used violence",
        "alla": "no particular group",
    },
)

INDIKATORTYP = CodeList(
    "indikatortyp",
    "Struktur eller process",
    {
        "struktur": "förutsättningar: rutiner, överenskommelser, kompetens, information",
        "process": "det som görs: bedömning, insatser, uppföljning",
    },
    english={
        "struktur": "preconditions: routines, agreements, competence, information",
        "process": "what is done: assessment, support, follow-up",
    },
)

NIVA = CodeList(
    "niva",
    "Områdets nivå",
    {"kvalitetsomrade": "kvalitetsområde", "indikatoromrade": "indikatorområde"},
    english={"kvalitetsomrade": "quality area", "indikatoromrade": "indicator area"},
)

DEFINITION_YEAR = 2015
"""The year whose definitions the nation's other years are compared with."""

JAMFORBAR = CodeList(
    "jamforbar",
    f"Jämförbar med {DEFINITION_YEAR} års definition",
    {"ja": "ja", "delvis": "delvis", "nej": "nej", "osaker": "osäkert"},
    english={"ja": "yes", "delvis": "partly", "nej": "no", "osaker": "uncertain"},
)

SVAREN_JAMFORBARA = CodeList(
    "svaren_jamforbara", "Om svaren de två åren går att jämföra", JAMFORBAR.codes, english=JAMFORBAR.english
)

DELMANGD = CodeList(
    "delmangd",
    "Del av frågan",
    {
        "alla": "Hela frågan",
        "vuxna": "Vuxna",
        "barn": "Barn",
        "myndighetsutovning-vuxna": "Myndighetsutövning, vuxna",
        "utforarverksamhet-vuxna": "Utförarverksamhet, vuxna",
        "bistandsbeslut-kvinnor": "Biståndsbeslut, kvinnor",
        "bistandsbeslut-man": "Biståndsbeslut, män",
        "bistandsbeslut": "Biståndsbeslut",
        "utan-bistandsbeslut": "Utan biståndsbeslut",
        "utan-bistandsbeslut-kvinnor": "Utan biståndsbeslut, kvinnor",
        "utan-bistandsbeslut-man": "Utan biståndsbeslut, män",
        "kvinnor": "Kvinnor",
        "man": "Män",
        "bevittnat-vald": "De som bevittnat våld",
        "utsatta-for-vald": "De som utsatts för våld",
        "bistandsbeslut-bevittnat-vald": "Biståndsbeslut, de som bevittnat våld",
        "bistandsbeslut-utsatta-for-vald": "Biståndsbeslut, de som utsatts för våld",
        "fortbildning-vuxna": "Fortbildning, vuxna",
        "fortbildning-barn": "Fortbildning, barn",
        "vidareutbildning-vuxna": "Vidareutbildning, vuxna",
        "vidareutbildning-barn": "Vidareutbildning, barn",
    },
    english={
        "alla": "the whole question",
        "vuxna": "adults",
        "barn": "children",
        "myndighetsutovning-vuxna": "exercise of authority, adults",
        "utforarverksamhet-vuxna": "provision of services, adults",
        "bistandsbeslut-kvinnor": "decisions on assistance, women",
        "bistandsbeslut-man": "decisions on assistance, men",
        "bistandsbeslut": "decisions on assistance",
        "utan-bistandsbeslut": "without a decision on assistance",
        "utan-bistandsbeslut-kvinnor": "without a decision on assistance, women",
        "utan-bistandsbeslut-man": "without a decision on assistance, men",
        "kvinnor": "women",
        "man": "men",
        "bevittnat-vald": "those who have witnessed violence",
        "utsatta-for-vald": "those subjected to violence",
        "bistandsbeslut-bevittnat-vald": "decisions on assistance, those who have witnessed violence",
        "bistandsbeslut-utsatta-for-vald": "decisions on assistance, those subjected to violence",
        "fortbildning-vuxna": "further training, adults",
        "fortbildning-barn": "further training, children",
        "vidareutbildning-vuxna": "higher education, adults",
        "vidareutbildning-barn": "higher education, children",
    },
)

FAKTOR = CodeList(
    "faktor",
    "Framgångsfaktor",
    {
        "manga-vagar-in": "Många vägar in",
        "direkt-adekvat-stod": "Direkt och adekvat stöd och hjälp",
        "ordinarie-strukturer": "Integrera kvinnofridsarbetet i ordinarie strukturer",
        "samverkan": "Samverkan med andra samhällsaktörer",
        "nationellt-stod": "Nationellt stöd",
    },
    english={
        "manga-vagar-in": "many ways in",
        "direkt-adekvat-stod": "direct and adequate support and help",
        "ordinarie-strukturer": "the work made part of ordinary structures",
        "samverkan": "cooperation with other actors in society",
        "nationellt-stod": "national support",
    },
)

UNDERSOKNING = CodeList(
    "undersokning",
    "Undersökning",
    {"oj": "Öppna jämförelser, antal ja-svar", "unizon": "Unizons Kvinnofridsbarometern"},
    english={
        "oj": "Öppna jämförelser (Open Comparisons), number of yes answers",
        "unizon": "Unizon's Kvinnofridsbarometern",
    },
)

AVVIKELSESTATUS = CodeList(
    "avvikelsestatus",
    "Avvikelsens status",
    {"kand": "granskad och känd", "ny": "ny, inte granskad"},
    english={"kand": "reviewed and known", "ny": "new, not reviewed"},
)

AVVIKELSESLAG = CodeList(
    "avvikelseslag",
    "Om båda uppgifterna kan vara riktiga",
    {"motsager": "Motsäger varandra", "flera-lasningar": "Går att läsa på flera sätt"},
    english={"motsager": "contradict each other", "flera-lasningar": "can be read in more than one way"},
)
AVVIKELSETYP = CodeList(
    "avvikelsetyp",
    "Vilken sorts motsägelse",
    {
        "antal-ja": "Publicerat antal ja-svar mot räknat",
        "andel-riket": "Rikets andel i två källor",
        "rankning": "Placering i två källor",
        "medelvarde": "Tryckt medelvärde mot beräknat",
        "omgang": "En omgångs antal i två källor",
        "pastaende": "Påstående i en källa mot uppgifterna",
    },
    english={
        "antal-ja": "published number of yes answers against the counted one",
        "andel-riket": "national share in two sources",
        "rankning": "placing in two sources",
        "medelvarde": "printed mean against the computed one",
        "omgang": "number of a round in two sources",
        "pastaende": "claim in a source against the figures",
    },
)

JAMFORELSE = CodeList(
    "jamforelse",
    "Hur påståendet jämförs",
    {"lika": "lika med", "hogst": "högst", "minst": "minst"},
    english={"lika": "equal to", "hogst": "at most", "minst": "at least"},
)

PASTAENDEUTFALL = CodeList(
    "pastaendeutfall",
    "Om påståendet stämmer",
    {
        "stammer": "stämmer",
        "stammer_inte": "stämmer inte",
        "gar_inte_att_prova": "går inte att pröva med tillgängliga data",
    },
    english={
        "stammer": "holds",
        "stammer_inte": "does not hold",
        "gar_inte_att_prova": "can't be tried with the available data",
    },
)

SAMBAND = CodeList(
    "samband",
    "Hur indikatorn hänger ihop med ett tidigare år",
    {
        "samma": "samma fråga",
        "omformulerad": "samma fråga med andra ord",
        "delad": "delad i flera",
        "sammanslagen": "sammanslagen av flera",
        "ny": "ny",
        "utgatt": "utgången",
    },
    english={
        "samma": "same question",
        "omformulerad": "same question in other words",
        "delad": "split into several",
        "sammanslagen": "merged from several",
        "ny": "new",
        "utgatt": "ended",
    },
)

ENHETSSAMBAND = CodeList(
    "enhetssamband",
    "Vad som har hänt med enheten",
    {
        "namnbyte": "nytt namn",
        "sammanslagen": "sammanslagen av flera",
        "delad": "delad i flera",
        "ny": "ny",
        "utgatt": "upphörd",
    },
    english={
        "namnbyte": "new name",
        "sammanslagen": "merged from several",
        "delad": "split into several",
        "ny": "new",
        "utgatt": "ended",
    },
)

KOPPLING = CodeList(
    "koppling",
    "Vad metoden hör ihop med",
    {"faktor": "framgångsfaktor", "indikatoromrade": "indikatorområde", "indikator": "indikator"},
    english={"faktor": "success factor", "indikatoromrade": "indicator area", "indikator": "indicator"},
)

BETYG = CodeList(
    "betyg",
    "Vad betyget gäller",
    {"vikt": "hur viktig principen är", "kvalitet": "hur väl principen följdes"},
    english={"vikt": "how important the principle is", "kvalitet": "how well the principle was followed"},
)

HANDLINGSPLAN = CodeList(
    "handlingsplan",
    "Del av handlingsplanen",
    {
        "polis-aklagare": "polis och åklagare",
        "halso-sjukvard": "hälso- och sjukvård",
        "socialtjanst-kvinnojour": "socialtjänst och kvinnojour",
    },
    english={
        "polis-aklagare": "police and prosecutors",
        "halso-sjukvard": "health care",
        "socialtjanst-kvinnojour": "social services and women's shelters",
    },
)

HARKOMST = CodeList(
    "harkomst",
    "Varifrån förslaget kommer",
    {"kallan": "nämns i källan", "forslag": "vårt förslag"},
    english={"kallan": "mentioned in the source", "forslag": "our proposal"},
)

VARIABELTYP = CodeList(
    "variabeltyp",
    "Vad som fylls i",
    {
        "lista": "ett värde ur listan",
        "antal": "ett heltal, minst 0",
        "kvartal": "kvartal, till exempel 2025-K1",
    },
    english={
        "lista": "a value from the list",
        "antal": "a whole number, at least 0",
        "kvartal": "a quarter, such as 2025-K1",
    },
)

ANSVAR = CodeList(
    "ansvar",
    "Vem som ansvarar för trappsteget",
    {
        "ansvarar": "ansvarar",
        "delvis": "ansvarar delvis",
        "inte": "ansvarar inte",
        "inte_namnt": "nämns inte",
        "gar_isar": "källans uppgifter går isär",
    },
    english={
        "ansvarar": "responsible",
        "delvis": "partly responsible",
        "inte": "not responsible",
        "inte_namnt": "not mentioned",
        "gar_isar": "the source contradicts itself",
    },
)

AVLASNING = CodeList(
    "avlasning",
    "Hur säkert svaret hör till kommunen",
    {
        "namn_pa_raden": "kommunens namn står vid svaret i tabellen",
        "namn_i_texten": "kommunen namnges i löpande text",
        "etikett_lossnad": "namnen har lossnat från svaren i textversionen; svaret återges inte",
        "inte_namngiven": "texten namnger inte kommunen; svaret återges inte",
        "inte_upptagen": "kommunen finns inte i tabellen",
    },
    english={
        "namn_pa_raden": "the municipality's name stands by the answer in the table",
        "namn_i_texten": "the municipality is named in running text",
        "etikett_lossnad": "the names have come off the answers in the text version; the answer is not given",
        "inte_namngiven": "the text does not name the municipality; the answer is not given",
        "inte_upptagen": "the municipality is not in the table",
    },
)

OMFATTNING = CodeList(
    "omfattning",
    "Definitionens omfattning",
    {
        "egen": "skriven för just frågan",
        "familj": "delas av en familj av likadana frågor",
        "liknande": "lånad från en liknande fråga",
        "ej_funnen": "inte funnen",
    },
    english={
        "egen": "written for the question itself",
        "familj": "shared by a family of similar questions",
        "liknande": "borrowed from a similar question",
        "ej_funnen": "not found",
    },
)

GALLER = CodeList(
    "galler",
    f"Om {DEFINITION_YEAR} frågade efter detsamma",
    {"samma": "ja", "troligen": "troligen", "delvis": "delvis", "nej": "nej", "okant": "inte känt"},
    english={"samma": "yes", "troligen": "probably", "delvis": "partly", "nej": "no", "okant": "not known"},
)

RELATION = CodeList(
    "relation",
    "Nyckeltalets förhållande till indikatorn",
    {"samma": "samma fråga", "del_av": "en del av frågan", "liknar": "liknar frågan"},
    english={"samma": "same question", "del_av": "part of the question", "liknar": "similar question"},
)

KODNING = CodeList(
    "kodning",
    "Kodning i Kolada",
    {"1/0": "1 = Ja, 0 = Nej", "2/1/0": "2 = Ja, 1 = Delvis, 0 = Nej"},
    english={"1/0": "1 = Yes, 0 = No", "2/1/0": "2 = Yes, 1 = Partly, 0 = No"},
)

VARDEKODNING = CodeList(
    "vardekodning",
    "Vad ett värde i Kolada är",
    {"tal": "talet som det är", **KODNING.codes},
    english={"tal": "the number as it is", **KODNING.english},
)

NYCKELTALSROLL = CodeList(
    "nyckeltalsroll",
    "Vad ett nyckeltal är till för",
    {"visas": "visas för sin egen skull", "befolkning": "kommunens invånare, som sammanhang"},
    english={"visas": "shown for its own sake", "befolkning": "inhabitants of the municipality, as context"},
)

KON = CodeList(
    "kon",
    "Kön",
    {"alla": "alla", "kvinnor": "kvinnor", "man": "män"},
    english={"alla": "all", "kvinnor": "women", "man": "men"},
)

SAKERHET = CodeList(
    "sakerhet",
    "Hur säker läsningen är",
    {"saker": "säker", "ganska_saker": "ganska säker", "osaker": "osäker"},
    english={"saker": "sure", "ganska_saker": "fairly sure", "osaker": "unsure"},
)
