"""What must hold in the small curated tables before anything is read with their help.

They are edited by hand, so a slip is answered with the file and the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.schema.published_text import says_something
from ojbrottsoffer.schema.tables import TABLES

TRANSLITERATION = str.maketrans("åäöéèüæø", "aaoeeuao")
UNIQUE = {
    "enheter": [["enhet_id"], ["enhet"]],
    "enheter_i_underlaget": [["kalla_id", "enhet_id"]],
    "kommuner": [["kommunkod"], ["kommun"]],
    "indikatorer": [["indikator_id"], ["kortnamn"]],
    "indikatorer_ar": [["ar", "nr"], ["ar", "indikator_id"], ["ar", "indikator"]],
    "omraden": [["omrade_id"], ["niva", "omrade"]],
    "etiketter": [["kalla_id", "slag", "etikett"]],
    "etiketter_riket": [["etikett"]],
    "indikatorer_kolada": [["kolada_id", "indikator_id"]],
}
"""Table -> sets of columns that no two rows may share."""

INTEGERS = {"indikatorer_ar": ["ar", "nr"], "omraden": ["ordning"]}
"""Table -> columns that hold whole numbers."""

REFERS = {
    "enheter": [("kommunkod", "kommuner", "kommunkod")],
    "enheter_i_underlaget": [("enhet_id", "enheter", "enhet_id")],
    "indikatorer_ar": [
        ("indikator_id", "indikatorer", "indikator_id"),
        ("indikatoromrade_id", "omraden", "omrade_id"),
    ],
    "omraden": [("overordnat_id", "omraden", "omrade_id")],
    "etiketter_riket": [("indikator_id", "indikatorer", "indikator_id")],
    "indikatorer_kolada": [("indikator_id", "indikatorer", "indikator_id")],
}
"""Table -> (column, other table, its column)."""
MAY_BE_EMPTY = {("omraden", "overordnat_id")}
"""Where an empty value refers to nothing."""
LABELLED = {
    "indikator": ("indikatorer", "indikator_id"),
    "enhet": ("enheter", "enhet_id"),
    "kvalitetsomrade": ("omraden", "omrade_id"),
    "indikatoromrade": ("omraden", "omrade_id"),
}
"""Kind of label -> where its id is found."""

KINDS = {
    "indikator": "indikator",
    "enhet": "enhet",
    "kvalitetsomrade": "kvalitetsområde",
    "indikatoromrade": "indikatorområde",
    "bakgrund": "bakgrundsrad",
    "landsomrade": "område i Sverige",
}
"""Kinds of label (column `slag` of `etiketter.csv`) -> what a reader calls them."""

DECLARED = {
    "enheter": ("enheter", ["enhet_id", "enhet", "typ", "kommunkod"]),
    "indikatorer": ("indikatorer", ["indikator_id", "kortnamn", "malgrupp", "typ"]),
    "indikatorer_ar": ("indikatorer_ar", ["indikator_id", "indikator"]),
    "omraden": ("omraden", ["omrade_id", "niva", "omrade"]),
    "etiketter_riket": ("riket", ["delmangd"]),
    "indikatorer_kolada": ("indikatorer_kolada", ["kolada_id", "kodning", "relation", "delmangd", "skal"]),
}
"""Table -> the public table whose declared codes, patterns and lengths its columns follow."""


SWEDEN = {"lat": (55.0, 69.2), "lon": (10.5, 24.3)}
"""Where a municipality can lie, in degrees."""
KM_PER_DEGREE, APART = 111.2, 150
"""Kilometres of latitude in a degree, and to the nearest other municipality of the county: at most 101 today."""
INVENTED = "Testkommun"
"""What invented municipalities are called; they may share a place."""
COUNTIES = {
    "01": "Stockholm",
    "03": "Uppsala",
    "04": "Södermanland",
    "05": "Östergötland",
    "06": "Jönköping",
    "07": "Kronoberg",
    "08": "Kalmar",
    "09": "Gotland",
    "10": "Blekinge",
    "12": "Skåne",
    "13": "Halland",
    "14": "Västra Götaland",
    "17": "Värmland",
    "18": "Örebro",
    "19": "Västmanland",
    "20": "Dalarna",
    "21": "Gävleborg",
    "22": "Västernorrland",
    "23": "Jämtland",
    "24": "Västerbotten",
    "25": "Norrbotten",
}
"""SCB's codes of the counties, so that two that change names everywhere are told."""
MUNICIPALITIES = 290
"""Sweden's municipalities since 2003. More may be added; one that is gone has fallen out."""


def broken_rules(frames: dict[str, pd.DataFrame], files: dict[str, str]) -> list[Finding]:
    """What does not hold. `frames` are text frames in file order; `files` how to name them."""
    return [
        Finding(
            what,
            file=files[name],
            row=index + 2,
            column=column,
            value=frames[name].at[index, column] if column in frames[name] else None,
            expected=expected,
            action="Rätta raden i referensfilen.",
            priority=1,
        )
        for name in frames
        for what, index, column, expected in (
            *_unique(name, frames[name]),
            *_integers(name, frames[name]),
            *_refers(name, frames),
            *_declared(name, frames[name]),
            *_counties(name, frames[name]),
            *_names(name, frames),
            *_levels(name, frames),
            *_labelled(name, frames),
            *_coordinates(name, frames[name]),
            *_parts(name, frames[name]),
            *_numbering(name, frames[name]),
        )
    ] + _few_municipalities(frames["kommuner"], files["kommuner"])


Broken = Iterator[tuple[str, int, str, str]]
"""What is wrong, row index, column, what was expected."""


def _folded(text: str) -> str:
    """A text without what a reader would not tell it from another by: case, and kinds and numbers of blanks."""
    return " ".join(text.casefold().split())


def _unique(name: str, frame: pd.DataFrame) -> Broken:
    for columns in UNIQUE.get(name, []):
        alike = pd.DataFrame({column: frame[column].map(_folded) for column in columns})
        for index in frame.index[alike.duplicated()]:
            listed = " + ".join(columns)
            yield "Samma sak står på två rader", index, columns[-1], f"{listed} en gång i filen"


def _integers(name: str, frame: pd.DataFrame) -> Broken:
    for column in INTEGERS.get(name, []):
        for index in frame.index[~frame[column].str.fullmatch(r"[1-9][0-9]*")]:
            yield "Värdet är inte ett heltal", index, column, "ett heltal, minst 1"


def _refers(name: str, frames: dict[str, pd.DataFrame]) -> Broken:
    frame = frames[name]
    for column, other, target in REFERS.get(name, []):
        known = {*frames[other][target], *([""] if (name, column) in MAY_BE_EMPTY else [])}
        for index in frame.index[~frame[column].isin(known)]:
            yield (
                "Raden pekar på något som inte finns",
                index,
                column,
                f"ett värde i kolumnen {target} i {other}.csv",
            )


def _counties(name: str, frame: pd.DataFrame) -> Broken:
    """The county code opens the municipality's code, and goes with one name."""
    if name != "kommuner":
        return
    for index in frame.index[~frame["kommunkod"].str.fullmatch(r"[0-9]{4}")]:
        yield "Otillåtet värde", index, "kommunkod", "fyra siffror"
    for index in frame.index[frame["lanskod"] != frame["kommunkod"].str[:2]]:
        yield (
            "Länskoden är inte kommunkodens två första siffror",
            index,
            "lanskod",
            frame.at[index, "kommunkod"][:2],
        )
    for index in frame.index[frame["kommun"].str.strip().eq("") | frame["lan"].str.strip().eq("")]:
        yield "Kommunen saknar namn eller län", index, "kommun", "kommunens och länets namn"
    for one, other, known in (
        ("lanskod", "lan", COUNTIES),
        ("lan", "lanskod", {name: code for code, name in COUNTIES.items()}),
    ):
        usual = frame.groupby(one)[other].agg(lambda values: values.mode().iloc[0]).to_dict()
        for index in frame.index[frame[other] != frame[one].map(usual | known)]:
            key = frame.at[index, one]
            wanted = known.get(key, usual[key])
            rest = ", som på de andra raderna" if usual[key] == wanted else ", som i SCB:s lista"
            yield "Länets kod och namn hör inte ihop", index, other, f"{wanted}{rest}"


def _names(name: str, frames: dict[str, pd.DataFrame]) -> Broken:
    """A whole municipality has the register's name for its code, and a code is one municipality's;
    a district has its city's code and begins with the city's name.
    """
    if name != "enheter":
        return
    register = frames["kommuner"].drop_duplicates("kommunkod").set_index("kommunkod")["kommun"]
    units = frames["enheter"]
    whole = units["typ"].eq("kommun")
    codes = units.loc[whole, "kommunkod"]
    for index in codes.index[codes.duplicated()]:
        yield "Två kommuner har samma kod", index, "kommunkod", "varje kommuns egen kod"
    for index, (unit, code) in units[["enhet", "kommunkod"]].iterrows():
        city = register.get(code)
        if city is None or unit == city and whole[index]:
            continue
        if whole[index]:
            yield "Namnet och koden är olika kommuners", index, "enhet", f"{city}, som har koden {code}"
        elif not unit.startswith(f"{city}, "):
            yield (
                "Stadsdelen har en annan stads kod",
                index,
                "kommunkod",
                f"koden för den stad som namnet börjar med; {code} är {city}",
            )


def _coordinates(name: str, frame: pd.DataFrame) -> Broken:
    if name != "kommuner":
        return
    for column, (least, most) in SWEDEN.items():
        degrees = pd.to_numeric(frame[column], errors="coerce")
        unknown = frame[list(SWEDEN)].eq("").all(axis=1)  # a municipality that is newer than the list
        for index in frame.index[~degrees.between(least, most) & ~unknown]:
            yield (
                "Läget är inte i Sverige",
                index,
                column,
                f"ett tal med decimalpunkt från {least:g} till {most:g}",
            )
    real = frame[~frame["kommun"].str.startswith(INVENTED)]
    if len(real) < MUNICIPALITIES:
        return  # of some of them, the nearest may be far away
    places = real[list(SWEDEN)].apply(pd.to_numeric, errors="coerce").dropna()
    for index in places.index[places.duplicated(keep=False)]:
        yield "Två kommuner har samma läge", index, "lat", "varje kommun på en plats för sig"
    for code, county in places.groupby(real["lanskod"]):
        lat, lon = county["lat"].to_numpy(), county["lon"].to_numpy()
        north, east = lat - lat[:, None], (lon - lon[:, None]) * np.cos(np.radians(lat))[:, None]
        apart = KM_PER_DEGREE * np.hypot(north, east)
        np.fill_diagonal(apart, np.inf)
        for index in county.index[(len(county) > 1) & (apart.min(axis=1) > APART)]:
            expected = f"högst {APART} km till närmaste kommun i län {code}"
            yield "Kommunen ligger inte i sitt län", index, "lat", expected


def _levels(name: str, frames: dict[str, pd.DataFrame]) -> Broken:
    """Quality areas lie at the top, indicator areas under one of them, indicators under those."""
    areas = frames["omraden"]
    level = dict(zip(areas["omrade_id"], areas["niva"], strict=True))
    if name == "omraden":
        for row in areas.itertuples():
            wanted = "" if row.niva == "kvalitetsomrade" else "kvalitetsomrade"
            if level.get(row.overordnat_id, "") != wanted:
                yield (
                    "Området ligger på fel plats i trädet",
                    row.Index,
                    "overordnat_id",
                    "ett kvalitetsområdes id" if wanted else "tomt för ett kvalitetsområde",
                )
    if name == "indikatorer_ar":
        for row in frames[name].itertuples():
            if level.get(row.indikatoromrade_id) == "kvalitetsomrade":
                yield (
                    "Indikatorn ligger på fel plats i trädet",
                    row.Index,
                    "indikatoromrade_id",
                    "ett indikatorområdes id",
                )


def _labelled(name: str, frames: dict[str, pd.DataFrame]) -> Broken:
    """Labels of something that does not exist. A municipality need not be among the units."""
    if name != "etiketter":
        return
    for row in frames[name].itertuples():
        other, column = LABELLED.get(row.slag, ("", ""))
        if other and row.id not in set(frames[other][column]):
            yield (
                "Etiketten pekar på något som inte finns",
                row.Index,
                "id",
                f"ett värde i kolumnen {column} i {other}.csv",
            )


def _numbering(name: str, frame: pd.DataFrame) -> Broken:
    """The first number of each edition that leaves a gap behind it."""
    if name != "indikatorer_ar":
        return
    numbers = pd.to_numeric(frame["nr"], errors="coerce")
    for _, group in numbers.dropna().groupby(frame["ar"]):
        ordered = group.sort_values()
        gaps = ordered.index[ordered.to_numpy() > range(1, len(ordered) + 1)]
        if len(gaps):
            place = list(ordered.index).index(gaps[0]) + 1
            yield "Numreringen har en lucka", gaps[0], "nr", f"{place}; ett nummer per indikator, från 1"


def _parts(name: str, frame: pd.DataFrame) -> Broken:
    """A label that ends with which part it is about, in brackets, is about that part; any other about all.

    A word that the label has already said (LSS) may stand first in the brackets.
    """
    if name != "etiketter_riket":
        return
    for row in frame.itertuples():
        written = re.fullmatch(r"(.*) \(([^()]*)\)", row.etikett)
        said = written[2].lower().replace("vuxen", "vuxna").translate(TRANSLITERATION) if written else "alla"
        words = re.findall("[a-z]+", said)
        if written and len(words) > 1 and words[0] in written[1].lower():
            words = words[1:]
        if row.delmangd != "-".join(words):
            yield "Etiketten säger en annan del", row.Index, "delmangd", "-".join(words)


def _few_municipalities(frame: pd.DataFrame, file: str) -> list[Finding]:
    if len(frame) >= MUNICIPALITIES:
        return []
    return [
        Finding(
            "En kommun saknas i registret",
            file=file,
            value=f"{len(frame)} kommuner",
            expected=f"minst {MUNICIPALITIES} kommuner",
            action=f"Hämta tillbaka raden ur git (git diff -- {file}).",
            priority=2,
        )
    ]


def _declared(name: str, frame: pd.DataFrame) -> Broken:
    if name == "etiketter":
        for index in frame.index[~frame["slag"].isin(list(KINDS))]:
            yield "Otillåtet värde", index, "slag", swedish_or(list(KINDS))
    public, columns = DECLARED.get(name, ("", []))
    for column in columns:
        declared = TABLES[public].column(column)
        wrong = frame[column].eq("")
        if declared.codes:
            wrong |= ~frame[column].isin(list(declared.codes.codes))
        if declared.pattern:
            wrong |= ~frame[column].str.contains(declared.pattern)
        if declared.max_length:
            wrong |= frame[column].str.len() > declared.max_length
        for index in frame.index[wrong]:
            yield "Otillåtet värde", index, column, declared.expected()
        if not (declared.codes or declared.pattern):
            for index in frame.index[~frame[column].map(says_something) & ~wrong]:
                yield "Texten säger ingenting", index, column, "minst ett ord"
