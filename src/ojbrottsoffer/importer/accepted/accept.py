"""What an accepted import writes: the file as published, its profile and origin, and the harmonisation entries.
`transaction.write_files` puts all of it in place or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml

from ojbrottsoffer.importer.accepted.source import check_source, origin_of
from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.forms.table import place_name
from ojbrottsoffer.importer.found import UNDO, row_ref
from ojbrottsoffer.importer.meaning.values import WORD_OF, said_key
from ojbrottsoffer.importer.read.sizes import stop
from ojbrottsoffer.importer.reading import IndicatorColumn, Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, NEW_FIELDS, Profile, SaidIndicator
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.reference.register import COLUMNS, Reference, unit_id

FOLDERS = {"svar": "oj", "rankning": "rankning", "riket": "riket"}
PROFILE_NAME = "profil.yml"
SURVEY = {
    "svar": "Öppna jämförelser",
    "rankning": "Unizons Kvinnofridsbarometern",
    "riket": "Öppna jämförelser, riket",
}
UNSAID = SaidIndicator.model_construct(id="")
"""A question that nobody has said anything of."""


def folder_name(slag: str, ar: int) -> str:
    """The folder in `data/raw/` and the `kalla_id`: `oj-2016`."""
    return f"{FOLDERS[slag]}-{ar}"


def check_year(project: Project, reference: Reference, slag: str, ar: int) -> None:
    """Raises `DataError` if the year can't be, is already there, or lies before the last edition."""
    possible, where = TABLES["resultat"].column("ar"), {"value": str(ar)}
    if not possible.minimum <= ar <= possible.maximum:
        raise stop("Året går inte att använda", "", possible.expected(), "Kontrollera --ar.", **where)
    folder = project.raw / folder_name(slag, ar)
    if folder.exists() or slag == "svar" and ar in reference.years:
        there = project.relative(folder) if folder.exists() else "data/reference/indikatorer_ar.csv"
        raise stop(
            f"År {ar} finns redan",
            there,
            "ett år som inte är inläst",
            "Kontrollera --ar. Ska filen ersätta den som finns: ta bort den med angra --ar ÅR och kör om. "
            f"{UNDO.format(folder.name)}",
            **where,
        )
    if slag == "svar" and reference.years and ar < max(reference.years):
        raise stop(
            f"År {ar} ligger före den senaste utgåvan ({max(reference.years)})",
            "",
            "ett senare år",
            "Utgåvor läses in i tidsordning, för att sambanden mellan åren ska gå att följa. Kontrollera --ar.",
            **where,
        )


class Described(Protocol):
    """A question of the file, and what the recipe says of it."""

    id: str
    label: str
    said: SaidIndicator | None


@dataclass(frozen=True)
class Links:
    """Rows of `indikatorer_mellan_ar` from the edition `before` to the one being read, also those
    that stand there already."""

    before: int | None
    rows: list[dict[str, str]]


def links(reading: Reading, ar: int, reference: Reference) -> Links:
    """How the file's indicators follow on from the edition before: stated, never inferred from
    likeness. What the file lacks is `utgatt`, what it has for the first time `ny`.
    """
    earlier = [year for year in reference.years if year < ar]
    if not earlier:
        return Links(None, [])
    before = max(earlier)
    old = list(reference.edition(before).index)
    stated = {_ends(row): row for row in reference.indikatorer_mellan_ar.to_dict("records")}
    rows, used = [], set()
    for item in reading.indicators:
        said = item.said or UNSAID
        kind = said.samband or ("samma" if item.indikator_id in old else "ny")
        default_from = [item.indikator_id] if kind in ("samma", "omformulerad") else []
        sources = sources_of(said) or default_from
        comparable = said.jamforbar or {"samma": "ja", "omformulerad": "delvis"}.get(kind, "nej")
        for source in sources or [""]:
            if source and source not in old:
                reading.wrong(
                    "Profilen pekar på en indikator som inte fanns i utgåvan före",
                    f"Rätta fran för {item.indikator_id} i profilen.",
                    value=source,
                    expected=f"ett indikator_id ur {before} års utgåva",
                )
            used.add(source)
            row = {
                "fran_ar": str(before),
                "fran_id": source,
                "till_ar": str(ar),
                "till_id": item.indikator_id,
                "typ": kind,
                "jamforbar": comparable,
                "anmarkning": said.anmarkning or "",
            }
            there = stated.get(_ends(row), row)
            if there["typ"] != kind or (said.jamforbar or there["jamforbar"]) != there["jamforbar"]:
                reading.ask(
                    "samband-finns",
                    f"Sambandet mellan {source} och {item.indikator_id} finns redan, med annan innebörd",
                    said_as(
                        item, samband=there["typ"], jamforbar=there["jamforbar"], when="som det står där"
                    ),
                    said_as(item, id=source, samband="omformulerad", when="det är hela frågan i ny lydelse"),
                    row_label=item.label,
                    value=f"{kind}, {comparable}",
                    expected=f"{there['typ']}, "
                    f"{there['jamforbar']}, som i data/reference/indikatorer_mellan_ar.csv",
                )
            rows.append(there)
    rows += [
        {
            "fran_ar": str(before),
            "fran_id": gone,
            "till_ar": str(ar),
            "till_id": "",
            "typ": "utgatt",
            "jamforbar": "nej",
            "anmarkning": "",
        }
        for gone in old
        if gone not in used
    ]
    return Links(before, rows)


def said_as(item: Described, when: str = "", **changes: object) -> Choice:
    """The answer that says the same of a question but for these; one that is None is not said."""
    said = (item.said or UNSAID).model_dump(mode="json", exclude_defaults=True) | {"id": item.id} | changes
    return Choice(
        {"indikatorer": {item.label: {name: value for name, value in said.items() if value is not None}}},
        when,
    )


def _ends(row: dict) -> tuple[str, ...]:
    """What no two links may have in common."""
    return row["fran_ar"], row["fran_id"], row["till_ar"], row["till_id"]


def sources_of(said: SaidIndicator) -> list[str]:
    """The indicators that a question is said to come from."""
    return list(dict.fromkeys(said.fran))


def check_complete(reading: Reading, reference: Reference) -> None:
    """Adds what the register must know about new indicators, and a source that says who."""
    known = set(reference.indikatorer["indikator_id"])
    areas = set(reference.omraden.query("niva == 'indikatoromrade'")["omrade_id"])
    for item in reading.indicators:
        said = item.said or UNSAID
        if item.indikator_id not in known:
            missing = [
                name
                for name in NEW_FIELDS
                if not getattr(said, name)
                and not (name == "indikatoromrade_id" and _printed_area(item, reference))
            ]
            if missing:
                reading.ask(
                    "ny-indikator",
                    f"Indikatorn {item.indikator_id} är ny; det som hör till den saknas",
                    said_as(item, when="fyll i uppgifterna", **dict.fromkeys(missing, ASK)),
                    value=item.label,
                    expected="id, samband, kortnamn, malgrupp, typ och indikatoromrade_id",
                )
        if said.indikatoromrade_id and said.indikatoromrade_id not in areas:
            reading.wrong(
                "Profilen pekar på ett indikatorområde som inte finns",
                "Rätta profilen, eller lägg till området i data/reference/omraden.csv.",
                row_label=item.label,
                value=said.indikatoromrade_id,
                expected=", ".join(sorted(areas)),
            )
    check_source(reading)


def _printed_area(item: IndicatorColumn, reference: Reference) -> str | None:
    """The indicator area named in the headings above the column, if it is a known one."""
    known = dict(zip(reference.omraden["omrade"], reference.omraden["omrade_id"], strict=True))
    level = dict(zip(reference.omraden["omrade_id"], reference.omraden["niva"], strict=True))
    found = [
        known[text] for text in item.column.path if text in known and level[known[text]] == "indikatoromrade"
    ]
    return found[-1] if found else None


def recipe_of(reading: Reading) -> Profile:
    """Everything that decided the reading, labels too: `apply` reads the file by this alone."""
    return Profile.model_validate(frozen_profile(reading)).but(
        enheter={item.label: item.id for item in reading.units} | reading.said_rows,
        indikatorer={item.label: item.id for item in reading.indicators},
    )


def frozen_profile(reading: Reading) -> dict[str, object]:
    """The same as the folder's profile has it; what labels mean stands in `data/reference/`."""
    profile, layout = reading.profile, reading.layout
    units = {item.label for item in reading.units}
    named = [item.label for item in reading.left if item.label and item.label not in units]
    rows = [
        row_ref(layout, item.row)
        for item in reading.left
        if item.row is not None and (not item.label or item.label in units)
    ]
    roles = {
        layout.name_of(c) if c.label else place_name(layout.sheet, c.index): c.role
        for c in layout.columns
        if c.role
    }
    codes = {
        mark: WORD_OF[a.code] for mark, a in sorted(reading.coding.answers.items()) if a.code is not None
    }
    reasons = {mark: a.reason for mark, a in sorted(reading.coding.answers.items()) if a.code is None}
    colours = {
        colour: WORD_OF.get(answer.code, answer.reason)
        for colour, answer in sorted(reading.colour_answers.items())
    }
    recipe = profile.but(
        fil="",
        fullstandig=True,
        enhetsnamn=tuple(item.label for item in reading.units),
        kolumner=reading.ignored_places | roles,
        kryss=layout.crosses,
        koder={said_key(mark): word for mark, word in profile.koder.items()} | codes,
        saknas={said_key(mark): reason for mark, reason in profile.saknas.items()} | reasons,
        farger=colours | {key.upper().lstrip("#"): said for key, said in profile.farger.items()},
        enheter=reading.said_rows,
        indikatorer={},
        riket=() if reading.nation is None else (reading.nation_label,),
        hoppa_over=tuple(dict.fromkeys([*named, *rows])),
        delmangder=reading.parts,
    )
    return {"slag": profile.slag} | recipe.plain() | layout.as_profile(whole=True)


def plan(
    reading: Reading,
    source: Path,
    ar: int,
    reference: Reference,
    project: Project,
    retrieved: str,
    followed: Links,
    imported_by: str,
) -> dict[str, bytes]:
    """Every file an accepted import writes: path relative to the project -> bytes."""
    slag = reading.profile.slag
    kalla_id = folder_name(slag, ar)
    folder = f"data/raw/{kalla_id}"
    name = f"{unit_id(source.stem) or 'tabell'}{source.suffix.lower()}"
    files = {
        f"{folder}/{name}": source.read_bytes(),
        f"{folder}/{PROFILE_NAME}": _profile_bytes(reading),
        f"{folder}/origin.yml": _origin_bytes(
            reading, kalla_id, ar, name, source.name, retrieved, imported_by
        ),
    }
    sums = (project.raw / "SHA256SUMS").read_text(encoding="utf-8")
    sums += "".join(
        f"{hashlib.sha256(data).hexdigest()}  {path.removeprefix('data/raw/')}\n"
        for path, data in sorted(files.items())
    )
    rows = reference_rows(reading, ar, reference, followed)
    for table, added in rows.items():
        if added:
            path = project.reference / f"{table}.csv"
            files[f"data/reference/{table}.csv"] = _appended(path.read_bytes(), added, COLUMNS[table])
    return files | {"data/raw/SHA256SUMS": sums.encode()}


def _profile_bytes(reading: Reading) -> bytes:
    head = (
        "# Hur filen i den här mappen läses. Skriven av importen; ändras bara om filen byts ut.\n"
        "# Etiketterna står i data/reference/etiketter.csv.\n"
    )
    return (
        head + yaml.safe_dump(frozen_profile(reading), allow_unicode=True, sort_keys=False, width=1000)
    ).encode()


def _origin_bytes(
    reading: Reading, kalla_id: str, ar: int, name: str, original: str, retrieved: str, imported_by: str
) -> bytes:
    said = dict(origin_of(reading.profile.kalla).values())
    origin = {
        "kalla_id": kalla_id,
        "producer": said["producer"],
        "title": said["title"],
        "year": ar,
        "published": said["published"],
        "url": said["url"],
        "retrieved": retrieved,
        "imported_by": imported_by,
        "licence": said["licence"],
        "tables": [
            {
                "files": name,
                "original_name": original,
                "layout": PROFILE_NAME,
                "survey": f"{SURVEY[reading.profile.slag]} {ar}",
            }
        ],
    }
    head = "# Provenance of the files in this folder. Field names are English, values Swedish.\n"
    return (head + yaml.safe_dump(origin, allow_unicode=True, sort_keys=False, width=1000)).encode()


def _appended(before: bytes, rows: list[dict[str, str]], columns: list[str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writerows(rows)
    return before + (b"" if before.endswith(b"\n") else b"\n") + out.getvalue().encode()


def reference_rows(
    reading: Reading, ar: int, reference: Reference, followed: Links
) -> dict[str, list[dict[str, str]]]:
    """The rows each reference table gets."""
    kalla_id = folder_name(reading.profile.slag, ar)
    listed = set(reference.enheter["enhet_id"])
    names = dict(zip(reference.enheter["enhet"], reference.enheter["enhet_id"], strict=True))
    municipal = set(reference.kommuner["kommunkod"])
    counties = dict(zip(reference.kommuner["lanskod"], reference.kommuner["lan"], strict=True))
    rows: dict[str, list[dict[str, str]]] = {
        "kommuner": [],
        "enheter": [],
        "etiketter": [],
        "indikatorer": [],
        "indikatorer_ar": [],
        "indikatorer_mellan_ar": [],
    }
    for item in sorted(reading.units, key=lambda u: u.unit.enhet_id):
        unit = item.unit
        if unit.kommunkod not in municipal:
            county = unit.kommunkod[:2]
            rows["kommuner"].append(
                {
                    "kommunkod": unit.kommunkod,
                    "kommun": unit.enhet,
                    "lanskod": county,
                    "lan": counties[county],
                    "lat": "",
                    "lon": "",
                }
            )
        if unit.enhet_id not in listed:
            rows["enheter"].append(
                {"enhet_id": unit.enhet_id, "enhet": unit.enhet, "typ": unit.typ, "kommunkod": unit.kommunkod}
            )
            names[unit.enhet] = unit.enhet_id
    by_row = set(reading.said_rows.values())
    for item in reading.units:
        if names.get(item.label) != item.unit.enhet_id and item.unit.enhet_id not in by_row:
            rows["etiketter"].append(_label_row(kalla_id, "enhet", item.label, item.unit.enhet_id, item.how))
    if reading.profile.slag == "svar":
        harmonised = _edition_rows(reading, ar, reference, rows)
        stated = {_ends(row) for row in reference.indikatorer_mellan_ar.to_dict("records")}
        rows["indikatorer_mellan_ar"] = [row for row in followed.rows if _ends(row) not in stated]
    else:
        latest = reference.edition(max(reference.years)) if reference.years else None
        harmonised = {} if latest is None else dict(latest["indikator"])
    for item in reading.indicators:
        if harmonised.get(item.indikator_id) != item.label:
            row = _label_row(kalla_id, "indikator", item.label, item.indikator_id, item.how)
            if row not in rows["etiketter"]:
                rows["etiketter"].append(row)
    return rows


def _label_row(kalla_id: str, kind: str, label: str, id_: str, how: str) -> dict[str, str]:
    return {"kalla_id": kalla_id, "slag": kind, "etikett": label, "id": id_, "anmarkning": how}


def _edition_rows(reading: Reading, ar: int, reference: Reference, rows) -> dict[str, str]:
    """Fills `indikatorer` and `indikatorer_ar`; returns the harmonised labels by id."""
    known = set(reference.indikatorer["indikator_id"])
    latest = reference.indikatorer_ar.assign(ar=reference.indikatorer_ar["ar"].astype(int))
    latest = latest.sort_values("ar").drop_duplicates("indikator_id", keep="last").set_index("indikator_id")
    labels: dict[str, str] = {}
    for nr, item in enumerate(reading.indicators, start=1):
        said = item.said or UNSAID
        same = (said.samband or "samma") == "samma" and item.indikator_id in latest.index
        labels[item.indikator_id] = latest.at[item.indikator_id, "indikator"] if same else item.label
        area = (
            said.indikatoromrade_id
            or _printed_area(item, reference)
            or latest.at[item.indikator_id, "indikatoromrade_id"]
        )
        rows["indikatorer_ar"].append(
            {
                "ar": str(ar),
                "nr": str(nr),
                "indikator_id": item.indikator_id,
                "indikator": labels[item.indikator_id],
                "indikatoromrade_id": area,
            }
        )
        if item.indikator_id not in known:
            rows["indikatorer"].append(
                {
                    "indikator_id": item.indikator_id,
                    "kortnamn": said.kortnamn,
                    "malgrupp": said.malgrupp,
                    "typ": said.typ,
                }
            )
    return labels
