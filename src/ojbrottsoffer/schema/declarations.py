"""Every public table and column, declared once.

Types in memory, the CSV headers, the column rules of the Great Expectations suites, the
codebook page and `datapackage.json` all follow from this module.
"""

from __future__ import annotations

from dataclasses import replace

from ojbrottsoffer.schema.model import CodeList, Column, ForeignKey, Table

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
    },
    english={
        "uppgift_saknas": "the source prints ”saknas” (missing) without saying why",
        "ej_besvarat": "the question was not answered",
        "ej_aktuellt": "the question does not apply to the unit",
        "sekretess": "suppressed",
        "ej_med_i_undersokningen": "the unit did not take part",
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
    },
    english={
        "alla": "the whole question",
        "vuxna": "adults",
        "barn": "children",
        "myndighetsutovning-vuxna": "exercise of authority, adults",
        "utforarverksamhet-vuxna": "provision of services, adults",
        "bistandsbeslut-kvinnor": "decisions on assistance, women",
        "bistandsbeslut-man": "decisions on assistance, men",
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

AVVIKELSETYP = CodeList(
    "avvikelsetyp",
    "Vilken sorts motsägelse",
    {
        "antal-ja": "Publicerat antal ja-svar mot räknat",
        "andel-riket": "Rikets andel i två källor",
        "rankning": "Placering i två källor",
        "medelvarde": "Tryckt medelvärde mot beräknat",
        "pastaende": "Påstående i en källa mot uppgifterna",
    },
    english={
        "antal-ja": "published number of yes answers against the counted one",
        "andel-riket": "national share in two sources",
        "rankning": "placing in two sources",
        "medelvarde": "printed mean against the computed one",
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
        "gar_isar": "källan säger emot sig själv",
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

ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""Ids: lower-case ASCII words joined by hyphens."""

ORDINAL = "ordningsnummer"
"""Unit of a number that only says which one in order."""
AS_CLAIMED = "enligt påståendet"
"""Unit of a number that counts different things on different rows: units, indicators, percent."""

AR = Column(
    "ar",
    "integer",
    "År",
    "Undersökningens år.",
    minimum=2000,
    maximum=2100,
    unit="år",
    english="Year of the survey.",
)
ENHET_ID = Column(
    "enhet_id",
    "string",
    "Enhetens id",
    "Ändras aldrig mellan år.",
    pattern=ID,
    english="Id of the unit; never changes between years.",
)
INDIKATOR_ID = Column(
    "indikator_id",
    "string",
    "Indikatorns id",
    "Ändras aldrig mellan år.",
    pattern=ID,
    english="Id of the indicator; never changes between years.",
)
KALLA_ID = Column(
    "kalla_id",
    "string",
    "Källans id",
    "Källan beskrivs i kallor.csv.",
    pattern=ID,
    english="Id of the source, which is described in kallor.csv.",
)
PLATS = Column(
    "plats",
    "string",
    "Plats i källan",
    "Var värdet står tryckt, i ord. Rad räknas bland indikatorerna i den delen av tabellen.",
    english=(
        "Where the value is printed, in words. Rows are counted among the indicators in that "
        "part of the table."
    ),
)
SAKNAS = Column(
    "saknas_orsak",
    "string",
    "Varför värdet saknas",
    "Ifylld när värdet är tomt, annars tom.",
    required=False,
    codes=SAKNAS_ORSAK,
    english="Why the value is missing; filled in when the value is empty, otherwise empty.",
)

FRAN_AR = Column(
    "fran_ar",
    "integer",
    "Från år",
    "Det tidigare året.",
    minimum=2000,
    maximum=2100,
    unit="år",
    english="The earlier year.",
)
TILL_AR = Column(
    "till_ar",
    "integer",
    "Till år",
    "Det senare året.",
    minimum=2000,
    maximum=2100,
    unit="år",
    english="The later year.",
)
FRAN_ID = Column(
    "fran_id",
    "string",
    "Från id",
    "Id det tidigare året; tomt för det som är nytt.",
    required=False,
    pattern=ID,
    english="Id in the earlier year; empty for what is new.",
)
TILL_ID = Column(
    "till_id",
    "string",
    "Till id",
    "Id det senare året; tomt för det som utgått.",
    required=False,
    pattern=ID,
    english="Id in the later year; empty for what has ended.",
)
SAMBAND_ID = Column(
    "samband_id",
    "string",
    "Sambandets id",
    "Bildas av åren och id:na; ”ingen” där ett id saknas.",
    pattern=ID,
    english="Made of the years and the ids; ”ingen” (none) where an id is empty.",
)
ANMARKNING = Column("anmarkning", "string", "Anmärkning", "Fri text.", required=False, english="Free text.")

SCB = "scb-kommuner"
"""The source of the municipalities' codes, names and counties."""

TO_ENHET = ForeignKey("enhet_id", "enheter", "enhet_id")
TO_INDIKATOR = ForeignKey("indikator_id", "indikatorer", "indikator_id")
TO_KALLA = ForeignKey("kalla_id", "kallor", "kalla_id")

METOD_ID = Column(
    "metod_id",
    "string",
    "Metodens id",
    "Sista delen av sidans adress.",
    pattern=ID,
    english="Id of the method: the last part of the page's address.",
)
STEG = Column(
    "steg",
    "integer",
    "Steg",
    "Stegets nummer.",
    unit=ORDINAL,
    minimum=1,
    maximum=10,
    english="Number of the step.",
)
STALLE = Column(
    "plats",
    "string",
    "Plats i källan",
    "Avsnitt, tabell eller steg i dokumentet.",
    english="Section, table or step in the document.",
)
TO_METOD = ForeignKey("metod_id", "metoder", "metod_id")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "enheter",
            "Enheter",
            "Kommuner och stadsdelar som förekommer i någon av tabellerna. En rad per enhet.",
            (
                ENHET_ID,
                Column("enhet", "string", "Enhet", "Namnet som det visas.", english="Name as displayed."),
                Column(
                    "typ",
                    "string",
                    "Typ",
                    "Hel kommun eller stadsdel.",
                    codes=ENHETSTYP,
                    english="A whole municipality or a city district.",
                ),
                Column(
                    "kommunkod",
                    "string",
                    "Kommunkod",
                    "SCB:s kommunkod, fyra siffror som text. Inte unik: en stadsdel har sin kommuns kod.",
                    pattern=r"^[0-9]{4}$",
                    english=(
                        "Statistics Sweden's municipality code, four digits as text. Not unique: "
                        "a district has its city's code."
                    ),
                ),
                Column(
                    "kommun",
                    "string",
                    "Kommun",
                    "Kommunens namn enligt SCB.",
                    english="Name of the municipality according to Statistics Sweden.",
                ),
                Column(
                    "lanskod",
                    "string",
                    "Länskod",
                    "SCB:s länskod, två siffror som text.",
                    pattern=r"^[0-9]{2}$",
                    english="Statistics Sweden's county code, two digits as text.",
                ),
                Column(
                    "lan",
                    "string",
                    "Län",
                    "Länets namn utan ”län”.",
                    english="Name of the county, without the word ”län”.",
                ),
            ),
            ("enhet_id",),
            english=("Municipalities and city districts that occur in any of the tables. One row per unit."),
            origin=(
                "Koder, län och namn enligt SCB; stadsdelar och vilka enheter som finns med följer källorna."
            ),
            sources_of=("resultat", "rankning"),
            sources=(SCB,),
        ),
        Table(
            "enheter_ar",
            "Enheter per år",
            "Bakgrundsuppgifter som gäller ett visst år. En rad per år och enhet.",
            (
                AR,
                ENHET_ID,
                Column(
                    "med_i_underlaget",
                    "boolean",
                    "Med i underlaget",
                    "true om enhetens svar finns i resultat.csv det året.",
                    english="true if the unit's answers are in resultat.csv that year.",
                ),
                Column(
                    "omrade",
                    "string",
                    "Område i Sverige",
                    "Så som det är tryckt i källan; tomt om källan inte ger det.",
                    required=False,
                    english=(
                        "Part of Sweden as printed in the source; empty if the source does not give it."
                    ),
                ),
                Column(
                    "befolkningsgrupp",
                    "integer",
                    "Befolkningsgrupp",
                    "Grupp efter antal invånare i kommunen; tom om källan inte ger den.",
                    required=False,
                    codes=BEFOLKNINGSGRUPP,
                    minimum=1,
                    maximum=5,
                    english=(
                        "Group by number of inhabitants of the municipality; empty if the source "
                        "does not give it."
                    ),
                ),
            ),
            ("ar", "enhet_id"),
            (TO_ENHET,),
            english="Background facts that hold for one year. One row per year and unit.",
            origin="Avskriven ur tabellen med enheternas svar, som trycker bakgrunden överst.",
            sources_of=("resultat",),
        ),
        Table(
            "indikatorer",
            "Indikatorer",
            "Det som inte ändras mellan år. En rad per indikator.",
            (
                INDIKATOR_ID,
                Column(
                    "kortnamn",
                    "string",
                    "Kortnamn",
                    "För diagram och smala tabeller. Vårt eget.",
                    max_length=40,
                    english="Short name for charts and narrow tables. Our own.",
                ),
                Column(
                    "malgrupp",
                    "string",
                    "Målgrupp",
                    "Vem indikatorn handlar om. Vår egen kodning.",
                    codes=MALGRUPP,
                    english="Whom the indicator is about. Our own coding.",
                ),
                Column(
                    "typ",
                    "string",
                    "Typ",
                    "Struktur eller process. Vår egen kodning; källan säger bara att båda slagen finns.",
                    codes=INDIKATORTYP,
                    english=(
                        "Structure or process. Our own coding; the source only says that both kinds occur."
                    ),
                ),
            ),
            ("indikator_id",),
            english="What does not change between years. One row per indicator.",
            origin="Id, kortnamn och kodning är projektets egna; indikatorerna är källornas.",
            sources_of=("resultat",),
        ),
        Table(
            "indikatorer_ar",
            "Indikatorer per år",
            "Indikatorns ordning, etikett och område ett visst år, i publicerad ordning.",
            (
                AR,
                INDIKATOR_ID,
                Column(
                    "nr",
                    "integer",
                    "Nummer",
                    "Plats i den publicerade ordningen.",
                    unit=ORDINAL,
                    minimum=1,
                    english="Place in the published order.",
                ),
                Column(
                    "indikator",
                    "string",
                    "Indikator",
                    "Harmoniserad etikett. Varje tryckt stavning finns kvar i data/raw/.",
                    english="Harmonised label. Every printed spelling remains in data/raw/.",
                ),
                Column(
                    "kvalitetsomrade_id",
                    "string",
                    "Kvalitetsområde",
                    "Se omraden.csv.",
                    pattern=ID,
                    english="Quality area; see omraden.csv.",
                ),
                Column(
                    "indikatoromrade_id",
                    "string",
                    "Indikatorområde",
                    "Se omraden.csv.",
                    pattern=ID,
                    english="Indicator area; see omraden.csv.",
                ),
            ),
            ("ar", "indikator_id"),
            (
                TO_INDIKATOR,
                ForeignKey("kvalitetsomrade_id", "omraden", "omrade_id"),
                ForeignKey("indikatoromrade_id", "omraden", "omrade_id"),
            ),
            english="The indicator's order, label and area in one year, in published order.",
            origin=(
                "Ordning och område enligt källans tabeller; etiketten är harmoniserad när "
                "stavningen skiljer."
            ),
            sources_of=("resultat",),
        ),
        Table(
            "indikatorer_faktorer",
            "Indikatorernas framgångsfaktorer",
            "Vilken framgångsfaktor varje indikator har som sin närmaste. Kopplingen är vår egen "
            "bedömning. En rad per år och indikator.",
            (
                AR,
                INDIKATOR_ID,
                Column(
                    "faktor_id",
                    "string",
                    "Faktorns id",
                    "Ändras aldrig mellan år.",
                    codes=FAKTOR,
                    english="Id of the factor; never changes between years.",
                ),
                Column(
                    "faktor",
                    "string",
                    "Framgångsfaktor",
                    "Faktorns namn, förkortat.",
                    english="Name of the factor, shortened.",
                ),
                Column(
                    "egen_koppling",
                    "boolean",
                    "Egen koppling",
                    "false om indikatorn följer sitt indikatorområde.",
                    english="false if the indicator follows its indicator area.",
                ),
                Column(
                    "skal",
                    "string",
                    "Skäl",
                    "Varför indikatorn hör till faktorn.",
                    english="Why the indicator belongs to the factor.",
                ),
                KALLA_ID,
                Column(
                    "plats",
                    "string",
                    "Plats i källan",
                    "Sidan där rapporten tar upp saken.",
                    english="The page on which the report discusses it.",
                ),
            ),
            ("ar", "indikator_id"),
            (TO_INDIKATOR, TO_KALLA),
            english=(
                "The success factor nearest to each indicator. The links are our own judgement. "
                "One row per year and indicator."
            ),
            origin="Projektets egen bedömning, med rapportens sida för varje koppling.",
        ),
        Table(
            "omraden",
            "Områden",
            "Kvalitetsområden och deras indikatorområden.",
            (
                Column(
                    "omrade_id",
                    "string",
                    "Områdets id",
                    "Ändras aldrig mellan år.",
                    pattern=ID,
                    english="Id of the area; never changes between years.",
                ),
                Column(
                    "niva",
                    "string",
                    "Nivå",
                    "Kvalitetsområde eller indikatorområde.",
                    codes=NIVA,
                    english="Quality area or indicator area.",
                ),
                Column("omrade", "string", "Område", "Namnet som det är tryckt.", english="Name as printed."),
                Column(
                    "overordnat_id",
                    "string",
                    "Överordnat område",
                    "Indikatorområdets kvalitetsområde; tomt för kvalitetsområden.",
                    required=False,
                    pattern=ID,
                    english="The quality area of an indicator area; empty for quality areas.",
                ),
                Column(
                    "ordning",
                    "integer",
                    "Ordning",
                    "Publicerad ordning inom nivån.",
                    unit=ORDINAL,
                    minimum=1,
                    english="Published order within the level.",
                ),
            ),
            ("omrade_id",),
            (ForeignKey("overordnat_id", "omraden", "omrade_id"),),
            english="Quality areas and the indicator areas within them.",
            origin="Avskriven ur tabellen med rikets andelar.",
            sources_of=("resultat",),
        ),
        Table(
            "resultat",
            "Resultat",
            "Enheternas svar. En rad per år, enhet och indikator.",
            (
                AR,
                ENHET_ID,
                INDIKATOR_ID,
                Column(
                    "svar_kod",
                    "integer",
                    "Svarskod",
                    "2 = Ja, 1 = Delvis, 0 = Nej.",
                    required=False,
                    codes=SVAR,
                    minimum=0,
                    maximum=2,
                    english="Answer as a code: 2 = yes, 1 = partly, 0 = no.",
                ),
                Column(
                    "svar",
                    "string",
                    "Svar",
                    "Svaret i ord.",
                    required=False,
                    codes=SVARSORD,
                    english="The answer in words.",
                ),
                SAKNAS,
                KALLA_ID,
                PLATS,
            ),
            ("ar", "enhet_id", "indikator_id"),
            (TO_ENHET, TO_INDIKATOR, TO_KALLA),
            english="The units' answers. One row per year, unit and indicator.",
        ),
        Table(
            "riket",
            "Riket",
            "Andelen ja-svar bland de kommuner och stadsdelar som svarade.",
            (
                AR,
                INDIKATOR_ID,
                Column(
                    "delmangd",
                    "string",
                    "Delmängd",
                    "”alla”, eller den del av frågan som andelen gäller.",
                    codes=DELMANGD,
                    english="”alla” (all), or the part of the question that the share is about.",
                ),
                Column(
                    "andel_ja_procent",
                    "integer",
                    "Andel ja-svar",
                    "Avrundad till hela procent i källan.",
                    minimum=0,
                    maximum=100,
                    unit="procent",
                    english="Share of yes answers, rounded to whole percent in the source.",
                ),
                Column(
                    "harledd",
                    "boolean",
                    "Härledd",
                    "true om andelen räknats fram ur en annan publicerad uppgift.",
                    english="true if the share was derived from another published figure.",
                ),
                Column(
                    "jamforbar",
                    "string",
                    "Jämförbar",
                    "Om definitionen går att jämföra med 2015 års.",
                    codes=JAMFORBAR,
                    english="Whether the definition is comparable with that of 2015.",
                ),
                Column(
                    "anmarkning", "string", "Anmärkning", "Fri text.", required=False, english="Free text."
                ),
                KALLA_ID,
                PLATS,
            ),
            ("ar", "indikator_id", "delmangd", "kalla_id"),
            (TO_INDIKATOR, TO_KALLA),
            english=("National share of yes answers among the municipalities and districts that answered."),
        ),
        Table(
            "antal_ja",
            "Antal ja-svar",
            "Det publicerade antalet ja-svar mot det antal som går att räkna i tabellen.",
            (
                AR,
                ENHET_ID,
                Column(
                    "antal_ja_publicerat",
                    "integer",
                    "Publicerat antal ja",
                    "Så som det är tryckt.",
                    minimum=0,
                    unit="antal",
                    english="Number of yes answers as printed.",
                ),
                Column(
                    "antal_ja_beraknat",
                    "integer",
                    "Beräknat antal ja",
                    "Antal svar med kod 2 i resultat.csv.",
                    minimum=0,
                    unit="antal",
                    english="Number of answers with code 2 in resultat.csv.",
                ),
                Column(
                    "differens",
                    "integer",
                    "Differens",
                    "Publicerat minus beräknat.",
                    unit="antal",
                    english="Published minus counted.",
                ),
                KALLA_ID,
                PLATS,
            ),
            ("ar", "enhet_id"),
            (TO_ENHET, TO_KALLA),
            english=(
                "The published number of yes answers beside the number that can be counted in the table."
            ),
        ),
        Table(
            "rankning",
            "Rankning",
            "Placering enligt antal ja-svar (beräknad) och enligt Unizon (publicerad).",
            (
                Column(
                    "undersokning",
                    "string",
                    "Undersökning",
                    "Vilken rankning.",
                    codes=UNDERSOKNING,
                    english="Which ranking.",
                ),
                AR,
                ENHET_ID,
                Column(
                    "placering",
                    "integer",
                    "Placering",
                    "1 är högst. Lika resultat får samma placering (1, 1, 3 …).",
                    required=False,
                    minimum=1,
                    unit="placering",
                    english="1 is the highest. Equal results share a placing (1, 1, 3 …).",
                ),
                Column(
                    "antal_rankade",
                    "integer",
                    "Antal placeringar",
                    "Hur många platser rankningen har; tom om källan inte säger det.",
                    required=False,
                    minimum=1,
                    unit="antal",
                    english="Number of places in the ranking; empty if the source does not say.",
                ),
                Column(
                    "delad",
                    "boolean",
                    "Delad placering",
                    "true om fler har samma placering; tom om källan inte säger det.",
                    required=False,
                    english=("true if several units share the placing; empty if the source does not say."),
                ),
                SAKNAS,
                KALLA_ID,
                PLATS,
            ),
            ("undersokning", "ar", "enhet_id", "kalla_id"),
            (TO_ENHET, TO_KALLA),
            english="Placings of units in two surveys. One row per survey, year, unit and source.",
        ),
        Table(
            "avvikelser",
            "Avvikelser",
            "Där källorna säger emot sig själva eller varandra. Inget är rättat.",
            (
                Column(
                    "avvikelse_id",
                    "string",
                    "Avvikelsens id",
                    "Bildas av typ, år och nycklar.",
                    pattern=ID,
                    english="Made of the type, the year and the keys.",
                ),
                Column(
                    "typ",
                    "string",
                    "Typ",
                    "Vilken sorts motsägelse.",
                    codes=AVVIKELSETYP,
                    english="What kind of contradiction.",
                ),
                AR,
                Column(
                    "enhet_id",
                    "string",
                    "Enhetens id",
                    "Tom om ingen enhet berörs.",
                    required=False,
                    pattern=ID,
                    english="Unit concerned; empty if none.",
                ),
                Column(
                    "indikator_id",
                    "string",
                    "Indikatorns id",
                    "Tom om ingen indikator berörs.",
                    required=False,
                    pattern=ID,
                    english="Indicator concerned; empty if none.",
                ),
                Column("varde_a", "string", "Värde A", "Den ena uppgiften.", english="One of the figures."),
                Column(
                    "kalla_a",
                    "string",
                    "Källa A",
                    "Var den ena uppgiften står.",
                    english="Where the one figure stands.",
                ),
                Column("varde_b", "string", "Värde B", "Den andra uppgiften.", english="The other figure."),
                Column(
                    "kalla_b",
                    "string",
                    "Källa B",
                    "Var den andra uppgiften står.",
                    english="Where the other figure stands.",
                ),
                Column(
                    "beskrivning",
                    "string",
                    "Beskrivning",
                    "Vad som inte stämmer.",
                    english="What does not agree.",
                ),
                Column(
                    "status",
                    "string",
                    "Status",
                    "Om någon har granskat den.",
                    codes=AVVIKELSESTATUS,
                    english="Whether somebody has reviewed it.",
                ),
                Column(
                    "beslut",
                    "string",
                    "Beslut",
                    "Vilken uppgift webbplatsen använder och varför.",
                    english="Which figure the website uses, and why.",
                ),
            ),
            ("avvikelse_id",),
            (TO_ENHET, TO_INDIKATOR),
            english="Where sources contradict themselves or each other. Nothing is corrected.",
            origin=("Bildas när källorna jämförs med sig själva och varandra; besluten är granskarens."),
            sources_of=("resultat", "riket", "rankning", "pastaenden"),
        ),
        Table(
            "pastaenden",
            "Påståenden",
            "Vad källorna säger om sina egna siffror i löpande text, prövat mot uppgifterna.",
            (
                Column(
                    "pastaende_id",
                    "string",
                    "Påståendets id",
                    "Ändras inte.",
                    pattern=ID,
                    english="Id of the claim; does not change.",
                ),
                AR,
                KALLA_ID,
                Column(
                    "sida",
                    "string",
                    "Sida",
                    "Var påståendet står. Ett intervall är avsnittets sidor.",
                    english="Page of the claim. A range is the pages of the section.",
                ),
                Column(
                    "pastaende",
                    "string",
                    "Påstående",
                    "Återgivet med våra ord.",
                    english="The claim, in our own words.",
                ),
                Column(
                    "uppgift",
                    "integer",
                    "Påstådd uppgift",
                    "Talet i påståendet.",
                    minimum=0,
                    unit=AS_CLAIMED,
                    english="The number in the claim.",
                ),
                Column(
                    "jamforelse",
                    "string",
                    "Jämförelse",
                    "Hur det beräknade värdet ska förhålla sig till det påstådda.",
                    codes=JAMFORELSE,
                    english="How the computed value should relate to the claimed one.",
                ),
                Column(
                    "kontroll",
                    "string",
                    "Kontroll",
                    "Hur påståendet prövas.",
                    english="How the claim is tried.",
                ),
                Column(
                    "varde",
                    "integer",
                    "Beräknat värde",
                    "Det prövade värdet; tomt om påståendet inte går att pröva.",
                    required=False,
                    minimum=0,
                    unit=AS_CLAIMED,
                    english="The computed value; empty if the claim can't be tried.",
                ),
                Column(
                    "utfall",
                    "string",
                    "Utfall",
                    "Beräknat ur de två värdena.",
                    codes=PASTAENDEUTFALL,
                    english="Computed from the two values.",
                ),
                Column(
                    "avvikelse_id",
                    "string",
                    "Avvikelsens id",
                    "Raden i avvikelser.csv om påståendet inte stämmer.",
                    required=False,
                    pattern=ID,
                    english="The row of avvikelser.csv if the claim does not hold.",
                ),
                Column(
                    "kommentar",
                    "string",
                    "Kommentar",
                    "Vad man bör veta om prövningen.",
                    required=False,
                    english="What to know about the trial.",
                ),
            ),
            ("pastaende_id",),
            (TO_KALLA, ForeignKey("avvikelse_id", "avvikelser", "avvikelse_id")),
            english=("What the sources say about their own figures in running text, tried against the data."),
        ),
        Table(
            "indikatorer_mellan_ar",
            "Indikatorer mellan år",
            "Hur indikatorerna ett år hänger ihop med ett tidigare. En rad per samband.",
            (
                SAMBAND_ID,
                FRAN_AR,
                FRAN_ID,
                TILL_AR,
                replace(
                    TILL_ID,
                    description="Id det senare året; tomt för det som utgått. En del av en delad fråga har "
                    "ett eget id här. I riket.csv står delen under frågans tidigare id (fran_id), med delens "
                    "namn i delmangd.",
                    english="Id in the later year; empty for what has ended. A part of a split question has an id of "
                    "its own here. In riket.csv the part stands under the question's earlier id (fran_id), with "
                    "the part named in delmangd.",
                ),
                Column(
                    "typ",
                    "string",
                    "Samband",
                    "Vad som har hänt med frågan.",
                    codes=SAMBAND,
                    english="What has happened to the question.",
                ),
                Column(
                    "jamforbar",
                    "string",
                    "Jämförbar",
                    "Om svaren går att jämföra.",
                    codes=JAMFORBAR,
                    english="Whether the answers can be compared.",
                ),
                ANMARKNING,
            ),
            ("samband_id",),
            (ForeignKey("fran_id", "indikatorer", "indikator_id"),),
            english=(
                "How the indicators of one year follow on from those of an earlier one. One row per link."
            ),
            origin="Projektets bedömning av frågornas lydelse i de källor som anges i riket.csv.",
            sources_of=("riket",),
        ),
        Table(
            "enheter_mellan_ar",
            "Enheter mellan år",
            "Enheter som bytt namn, slagits samman eller delats. Enheter som är oförändrade står inte här.",
            (
                SAMBAND_ID,
                FRAN_AR,
                FRAN_ID,
                TILL_AR,
                TILL_ID,
                Column(
                    "typ",
                    "string",
                    "Samband",
                    "Vad som har hänt med enheten.",
                    codes=ENHETSSAMBAND,
                    english="What has happened to the unit.",
                ),
                ANMARKNING,
            ),
            ("samband_id",),
            english=("Units that were renamed, merged or split. Units without change are not listed."),
            origin="Projektets förteckning, skriven för hand.",
        ),
        Table(
            "metoder",
            "Metoder",
            "Exempel på hur andra har gjort. En rad per metod. Inte uppgifter ur Öppna jämförelser.",
            (
                METOD_ID,
                Column("titel", "string", "Titel", "Sidans rubrik.", english="Heading of the page."),
                Column(
                    "kort",
                    "string",
                    "Kort",
                    "Vad metoden hjälper till med.",
                    max_length=160,
                    english="What the method helps with.",
                ),
                KALLA_ID,
                Column(
                    "sida",
                    "string",
                    "Sida",
                    "Adressen på webbplatsen.",
                    pattern=r"^metoder/[a-z0-9-]+/$",
                    english="Address on the site.",
                ),
            ),
            ("metod_id",),
            (TO_KALLA,),
            english=(
                "Examples of how others have done. One row per method. Not data from Öppna jämförelser."
            ),
        ),
        Table(
            "metoder_kopplingar",
            "Metodernas kopplingar",
            "Vilka framgångsfaktorer och indikatorer en metod kan vara till hjälp för. "
            "Kopplingen är vår egen.",
            (
                METOD_ID,
                Column(
                    "slag",
                    "string",
                    "Slag",
                    "Vad metoden kopplas till.",
                    codes=KOPPLING,
                    english="What the method is linked to.",
                ),
                Column(
                    "mal_id",
                    "string",
                    "Målets id",
                    "Vad det pekar på följer av slag: faktor = en kod i kodlistan faktor, "
                    "indikatoromrade = omrade_id i omraden.csv, indikator = indikator_id i "
                    "indikatorer.csv.",
                    pattern=ID,
                    english=(
                        "What it refers to follows from slag: faktor = a code of the list "
                        "faktor, indikatoromrade = omrade_id in omraden.csv, indikator = "
                        "indikator_id in indikatorer.csv."
                    ),
                ),
                Column(
                    "mal",
                    "string",
                    "Mål",
                    "Faktorns, områdets eller indikatorns namn.",
                    english="Name of the factor, the area or the indicator.",
                ),
            ),
            ("metod_id", "slag", "mal_id"),
            (TO_METOD,),
            english=("Which success factors and indicators a method can help with. The links are our own."),
            origin="Projektets egna kopplingar, skrivna för hand.",
        ),
        Table(
            "metod_nyckeltal",
            "Metodernas nyckeltal",
            "Enstaka tal ur dokumenten bakom metoderna.",
            (
                METOD_ID,
                Column(
                    "nyckeltal_id",
                    "string",
                    "Nyckeltalets id",
                    "Unikt inom metoden.",
                    pattern=ID,
                    english="Unique within the method.",
                ),
                Column(
                    "nyckeltal", "string", "Nyckeltal", "Vad talet anger.", english="What the figure tells."
                ),
                Column(
                    "varde",
                    "number",
                    "Värde",
                    "Tryckt, eller räknat ur det som är tryckt; se anmärkningen.",
                    minimum=0,
                    unit="enligt kolumnen enhet",
                    english="As printed, or computed from what is printed; see the remark.",
                ),
                Column("enhet", "string", "Enhet", "Vad som räknas.", english="What is counted."),
                ANMARKNING,
                KALLA_ID,
                STALLE,
            ),
            ("metod_id", "nyckeltal_id"),
            (TO_METOD, TO_KALLA),
            english="Single figures from the documents behind the methods.",
        ),
        Table(
            "sodertalje_steg",
            "Södertälje: tio steg",
            "Vägledningens steg, återgivna med våra ord.",
            (
                STEG,
                Column(
                    "rubrik",
                    "string",
                    "Rubrik",
                    "Stegets namn, förkortat.",
                    english="Name of the step, shortened.",
                ),
                Column(
                    "syfte",
                    "string",
                    "Syfte",
                    "Vad steget ska leda till.",
                    english="What the step should lead to.",
                ),
                Column(
                    "genomforande",
                    "string",
                    "Så går det till",
                    "Hur steget genomförs.",
                    english="How the step is carried out.",
                ),
                Column(
                    "resultat",
                    "string",
                    "Resultat",
                    "Vad som finns när steget är klart.",
                    english="What there is when the step is done.",
                ),
                Column(
                    "lardom",
                    "string",
                    "Lärdom",
                    "Vad man lärde sig i Södertälje.",
                    english="What was learned in Södertälje.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("steg",),
            (TO_KALLA,),
            english="The steps of the guide, retold in our words.",
        ),
        Table(
            "sodertalje_checklista",
            "Södertälje: checklista",
            "Det som ska vara gjort i varje steg, med våra ord.",
            (
                STEG,
                Column(
                    "nr",
                    "integer",
                    "Nummer",
                    "Ordning inom steget.",
                    unit=ORDINAL,
                    minimum=1,
                    english="Order within the step.",
                ),
                Column(
                    "moment",
                    "string",
                    "Moment",
                    "Det som ska vara gjort.",
                    english="What should have been done.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("steg", "nr"),
            (ForeignKey("steg", "sodertalje_steg", "steg"), TO_KALLA),
            english="What should be done in each step, in our words.",
        ),
        Table(
            "sodertalje_bedomning",
            "Södertälje: betyg på principerna",
            "Deltagarnas medelbetyg, 1 till 5, på sex principer. Källan anger inte hur många som svarade.",
            (
                Column(
                    "princip_nr",
                    "integer",
                    "Principens nummer",
                    "Ordning i källans tabell 2.",
                    unit=ORDINAL,
                    minimum=1,
                    maximum=6,
                    english="Order in table 2 of the source.",
                ),
                Column("princip", "string", "Princip", "Så som den är tryckt.", english="As printed."),
                Column(
                    "nummer_i_bilaga_1",
                    "integer",
                    "Nummer i bilaga 1",
                    "Principens nummer där den beskrivs.",
                    unit=ORDINAL,
                    minimum=1,
                    maximum=6,
                    english="Number of the principle where it is described.",
                ),
                Column(
                    "betyg",
                    "string",
                    "Betyg",
                    "Vad betyget gäller.",
                    codes=BETYG,
                    english="What the rating is about.",
                ),
                Column(
                    "varde",
                    "number",
                    "Värde",
                    "Medelbetyg med en decimal.",
                    minimum=1,
                    maximum=5,
                    unit="betyg 1–5",
                    english="Mean rating with one decimal.",
                ),
                Column(
                    "tryckt_i_tabellen",
                    "string",
                    "Tryckt i tabellen",
                    "Så som talet står i textversionens tabell, där decimaltecken kan ha fallit bort.",
                    english=(
                        "As it stands in the table of the text version, where decimal marks may be lost."
                    ),
                ),
                KALLA_ID,
                STALLE,
            ),
            ("princip_nr", "betyg"),
            (TO_KALLA,),
            english=(
                "The participants' mean ratings, 1 to 5, of six principles. The source does "
                "not say how many answered."
            ),
        ),
        Table(
            "sodertalje_medelvarden",
            "Södertälje: medelvärden",
            "Källans tryckta genomsnitt av betygen mot det som går att räkna ur dem.",
            (
                Column(
                    "betyg",
                    "string",
                    "Betyg",
                    "Vad betyget gäller.",
                    codes=BETYG,
                    english="What the rating is about.",
                ),
                Column(
                    "tryckt",
                    "number",
                    "Tryckt genomsnitt",
                    "Så som det är tryckt.",
                    minimum=1,
                    maximum=5,
                    unit="betyg 1–5",
                    english="As printed.",
                ),
                Column(
                    "beraknat",
                    "number",
                    "Beräknat genomsnitt",
                    "Medelvärdet av de sex tryckta betygen, två decimaler.",
                    minimum=1,
                    maximum=5,
                    unit="betyg 1–5",
                    english="Mean of the six printed ratings, two decimals.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("betyg",),
            (TO_KALLA,),
            english="The printed averages of the ratings against what can be computed from them.",
        ),
        Table(
            "sodertalje_plan",
            "Södertälje: preliminär handlingsplan",
            "Planens åtgärder, återgivna med våra ord. Den tryckta planen är förenklad.",
            (
                Column(
                    "atgard_nr",
                    "integer",
                    "Åtgärdens nummer",
                    "Ordning i källan.",
                    unit=ORDINAL,
                    minimum=1,
                    english="Order in the source.",
                ),
                Column(
                    "plan",
                    "string",
                    "Del av planen",
                    "Vilka aktörer delen gäller.",
                    codes=HANDLINGSPLAN,
                    english="The actors this part of the plan is about.",
                ),
                Column(
                    "omrade",
                    "string",
                    "Område",
                    "Vad åtgärden ska förbättra.",
                    english="What the action should improve.",
                ),
                Column("atgard", "string", "Åtgärd", "Vad som ska göras.", english="What is to be done."),
                Column(
                    "ansvarig",
                    "string",
                    "Ansvarig",
                    "Den eller de som åtgärden är skriven för.",
                    english="Whom the action is written for.",
                ),
                Column(
                    "samverkar_med",
                    "string",
                    "Samverkar med",
                    "Andra aktörer som nämns.",
                    required=False,
                    english="Other actors that are named.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("atgard_nr",),
            (TO_KALLA,),
            english=("The actions of the plan, retold in our words. The printed plan is simplified."),
        ),
        Table(
            "verksamhetslogik",
            "Verksamhetslogik",
            "Leden i en verksamhetslogik, med exempel från Operation Kvinnofrid. Placeringen av "
            "exemplen i kedjan är vår.",
            (
                Column(
                    "led_nr",
                    "integer",
                    "Ledets nummer",
                    "Ordning i kedjan.",
                    unit=ORDINAL,
                    minimum=1,
                    maximum=5,
                    english="Order in the chain.",
                ),
                Column("led", "string", "Led", "Ledets namn.", english="Name of the link."),
                Column("fraga", "string", "Fråga", "Det ni fyller i.", english="What you fill in."),
                Column(
                    "exempel",
                    "string",
                    "Exempel",
                    "Ur källan, med våra ord.",
                    english="From the source, in our words.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("led_nr",),
            (TO_KALLA,),
            english=(
                "The links of a logic model, with examples from Operation Kvinnofrid. Where "
                "the examples are placed in the chain is our choice."
            ),
        ),
        Table(
            "uppfoljning_variabler",
            "Variabler för egen uppföljning",
            "En liten uppsättning variabler att börja med, utan personuppgifter.",
            (
                Column(
                    "variabel_nr",
                    "integer",
                    "Nummer",
                    "Ordning i formuläret.",
                    unit=ORDINAL,
                    minimum=1,
                    english="Order in the form.",
                ),
                Column(
                    "variabel",
                    "string",
                    "Variabel",
                    "Kolumnens namn i formuläret.",
                    pattern=r"^[a-z]+(?:_[a-z]+)*$",
                    english="Name of the column in the form.",
                ),
                Column(
                    "fraga",
                    "string",
                    "Fråga",
                    "Vad variabeln svarar på.",
                    english="What the variable answers.",
                ),
                Column(
                    "typ",
                    "string",
                    "Typ",
                    "Vad som fylls i.",
                    codes=VARIABELTYP,
                    english="What is filled in.",
                ),
                Column(
                    "varden",
                    "string",
                    "Tillåtna värden",
                    "Skilda åt med lodstreck; tomt om det inte är en lista.",
                    required=False,
                    english="Separated by vertical bars; empty if it is not a list.",
                ),
                Column(
                    "varfor",
                    "string",
                    "Varför",
                    "Vad svaret används till.",
                    english="What the answer is used for.",
                ),
                Column(
                    "harkomst",
                    "string",
                    "Härkomst",
                    "Om källan nämner det.",
                    codes=HARKOMST,
                    english="Whether the source mentions it.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("variabel_nr",),
            (TO_KALLA,),
            english="A small set of variables to begin with, without personal data.",
        ),
        Table(
            "insatstrappa",
            "Insatstrappan",
            "Stegen i arbetet med våldsutövare i Jönköpings län 2023 och vem som ser sig som ansvarig.",
            (
                Column(
                    "trappsteg",
                    "integer",
                    "Trappsteg",
                    "Nedifrån och upp.",
                    unit=ORDINAL,
                    minimum=1,
                    maximum=6,
                    english="From the bottom up.",
                ),
                Column(
                    "namn",
                    "string",
                    "Namn",
                    "Så som steget heter i källan.",
                    english="What the step is called in the source.",
                ),
                Column("innebord", "string", "Innebörd", "Med våra ord.", english="In our words."),
                Column(
                    "socialtjansten",
                    "string",
                    "Socialtjänsterna",
                    "Socialtjänsternas ansvar.",
                    codes=ANSVAR,
                    english="Responsibility of the social services.",
                ),
                Column(
                    "atv",
                    "string",
                    "ATV",
                    "Ansvaret hos regionens mottagning Alternativ till våld.",
                    codes=ANSVAR,
                    english="Responsibility of the region's clinic Alternativ till våld.",
                ),
                Column(
                    "kommentar",
                    "string",
                    "Kommentar",
                    "Hur säker fördelningen är.",
                    english="How certain the division is.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("trappsteg",),
            (TO_KALLA,),
            english=(
                "The steps of the work with perpetrators in Jönköping county in 2023, and who "
                "sees itself as responsible."
            ),
        ),
        Table(
            "valdsutovare_jonkoping",
            "Våldsutövare, Jönköpings län",
            "Socialtjänsternas svar i en förstudie 2023, med våra ord. Bara det som texten säkert "
            "knyter till en namngiven kommun. Inte uppgifter ur Öppna jämförelser.",
            (
                Column(
                    "kommun",
                    "string",
                    "Kommun",
                    "Kommunens namn enligt SCB.",
                    english="Name of the municipality according to Statistics Sweden.",
                ),
                Column(
                    "kommunkod",
                    "string",
                    "Kommunkod",
                    "SCB:s kommunkod, fyra siffror som text.",
                    pattern=r"^[0-9]{4}$",
                    english="Statistics Sweden's municipality code, four digits as text.",
                ),
                Column("fraga_id", "string", "Frågans id", "Vårt eget.", pattern=ID, english="Our own."),
                Column("fraga", "string", "Fråga", "Med våra ord.", english="In our words."),
                Column(
                    "svar",
                    "string",
                    "Svar",
                    "Med våra ord; tomt om svaret inte säkert hör till kommunen. Börjar det med "
                    "”svar saknas” är det källan som säger det.",
                    required=False,
                    english=(
                        "In our words; empty if the answer is not tied to the municipality "
                        "with certainty. One that begins with ”svar saknas” (answer missing) says "
                        "what the source says."
                    ),
                ),
                Column(
                    "sakerhet_i_avlasningen",
                    "string",
                    "Säkerhet i avläsningen",
                    "Hur svaret är knutet till kommunen.",
                    codes=AVLASNING,
                    english="How the answer is tied to the municipality.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("kommunkod", "fraga_id"),
            (TO_KALLA,),
            sources=(SCB,),
            english=(
                "The social services' answers in a pre-study of 2023, in our words. Only what "
                "the text ties to a named municipality with certainty. Not data from Öppna "
                "jämförelser."
            ),
        ),
        Table(
            "sjalvskattning",
            "Självskattning",
            "Intervjuguidens teman som påståenden att ta ställning till. Påståendena är våra.",
            (
                Column(
                    "tema_nr",
                    "integer",
                    "Tema",
                    "Temats nummer i guiden.",
                    unit=ORDINAL,
                    minimum=1,
                    maximum=10,
                    english="Number of the theme in the guide.",
                ),
                Column("tema", "string", "Temats namn", "Förkortat.", english="Shortened."),
                Column(
                    "nr",
                    "integer",
                    "Nummer",
                    "Ordning inom temat.",
                    unit=ORDINAL,
                    minimum=1,
                    english="Order within the theme.",
                ),
                Column(
                    "pastaende",
                    "string",
                    "Påstående",
                    "Det ni tar ställning till.",
                    english="What you consider.",
                ),
                KALLA_ID,
                STALLE,
            ),
            ("tema_nr", "nr"),
            (TO_KALLA,),
            english=("The themes of the interview guide as statements to consider. The statements are ours."),
        ),
        Table(
            "kallor",
            "Källor",
            "Varifrån uppgifterna kommer.",
            (
                KALLA_ID,
                Column("titel", "string", "Titel", "Källans titel.", english="Title of the source."),
                Column("utgivare", "string", "Utgivare", "Vem som gett ut den.", english="Who published it."),
                Column(
                    "publicerad",
                    "string",
                    "Publicerad",
                    "Datum, månad eller år.",
                    required=False,
                    pattern=r"^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$",
                    english="Date, month or year of publication.",
                ),
                Column(
                    "url",
                    "string",
                    "Adress",
                    "Adress som källan anger.",
                    required=False,
                    english="Address stated by the source.",
                ),
                Column(
                    "hamtad",
                    "string",
                    "Hämtad",
                    "När uppgifterna hämtades eller skrevs av.",
                    required=False,
                    pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                    english="When the figures were retrieved or transcribed.",
                ),
                Column(
                    "licens_anmarkning",
                    "string",
                    "Rätt att använda",
                    "Vad som är känt om rätten att använda uppgifterna.",
                    english="What is known about the right to use the figures.",
                ),
            ),
            ("kalla_id",),
            english="Where the figures come from.",
            origin="Uppgifter om varje källa, från filen origin.yml intill källans filer.",
        ),
    )
}
