"""The layout's profile: what a person has said about a file, as a small YAML file.

Every key is optional. A key that does not exist, or a value that can't be, stops at once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, fields
from pathlib import Path

import yaml
from pydantic import ValidationError

from ojbrottsoffer.importer.form_parts import Part
from ojbrottsoffer.importer.read.sheet import index_of
from ojbrottsoffer.schema.codes import INDIKATORTYP, JAMFORBAR, MALGRUPP, SAKNAS_ORSAK, SAMBAND, SVARSORD
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import swedish_or
from ojbrottsoffer.sources.yaml_files import Twice, parse_yaml

KINDS = {"svar": "enheternas svar", "rankning": "Unizons rankning", "riket": "rikets andelar"}
ROLES = {
    "kommunkod",
    "lanskod",
    "stadsdel",
    "befolkningsgrupp",
    "omrade",
    "antal_ja",
    "placering",
    "andel",
    "delmangd",
    "ar",
    "ignorera",
}
LINKS = set(SAMBAND.codes) - {"utgatt"}
MAX_HEADER_ROWS = 4
TABLE_KEYS = (
    "blad",
    "enheter_i",
    "enhetskolumn",
    "rubrikrader",
    "forsta",
    "sista",
    "forsta_kolumn",
    "sista_kolumn",
)
"""What can be said of each of several tables."""
SOURCE_KEYS = ("titel", "utgivare", "publicerad", "url", "licens")
"""What can be said of the source."""
INDICATOR_KEYS = (
    "id",
    "samband",
    "fran",
    "jamforbar",
    "anmarkning",
    "kortnamn",
    "malgrupp",
    "typ",
    "indikatoromrade_id",
)
"""What can be said of a question."""
UNIT_KEYS = ("enhet_id", "typ", "enhet", "kommunkod")
"""What can be said of a unit that the register lacks."""
EXPECTED_OF_PART = (
    "nycklarna blad, enhet, fraga, svar, forsta och sista, och vid behov kod, status, ar, riket, val, bakgrund, fyll_ned, "
    "en_gang och rubrikrad; rader som nummer och kolumner som bokstäver"
)
NO_ANSWER = "ignorera"
"""What the profile calls a colour that says nothing about the answer."""
ASK = "?"
"""What a draft has where a person must answer."""


@dataclass(frozen=True)
class Profile:
    """What has been said. Rows are numbers and columns letters, as the file names them."""

    slag: str = "svar"
    blad: tuple[str, ...] = ()
    """One sheet, or several that hold a part of the answers each."""
    enheter_i: str | None = None
    """`rader` or `kolumner`: where the units stand."""
    rubrikrader: tuple[str, ...] = ()
    enhetskolumn: str | None = None
    forsta: str | None = None
    sista: str | None = None
    forsta_kolumn: str | None = None
    sista_kolumn: str | None = None
    tabeller: tuple[dict, ...] = ()
    """Where each table lies, as the keys of `TABLE_KEYS`, when the answers lie in several."""
    form: tuple[Part, ...] = ()
    """Where the units, questions and answers stand in a file with a row for each answer."""
    kolumner: dict[str, str] = field(default_factory=dict)
    """Header, its whole path (`2016 / Placering`), a heading above it or its place (`kolumn D`) -> what
    the column is, for columns that are no indicators."""
    rubriker: dict[str, str] = field(default_factory=dict)
    """Short heading -> what another place in the file says that it asks."""
    rubrikmonster: dict[str, str] = field(default_factory=dict)
    """What many headings have in common, with a star for the question (`* (fg år)`) -> svar or ignorera."""
    enhetsmonster: dict[str, str] = field(default_factory=dict)
    """The same of the units' names -> enhet or hoppa_over."""
    lamnas: tuple[str, ...] = ()
    """Sheets with answers that are not to be read."""
    kryss: bool = False
    """True if each answer is a cross in one of several columns."""
    koder: dict[str, str] = field(default_factory=dict)
    saknas: dict[str, str] = field(default_factory=dict)
    farger: dict[str, str] = field(default_factory=dict)
    enheter: dict[str, object] = field(default_factory=dict)
    """Label or row (`rad 7`) -> `enhet_id`, a new district as `{enhet_id, enhet, kommunkod}` or a
    new municipality as `{typ: kommun, enhet, kommunkod}`."""
    indikatorer: dict[str, object] = field(default_factory=dict)
    """Label -> `indikator_id`, or a mapping with `id`, `samband` and what a new one needs."""
    riket: tuple[str, ...] = ()
    hoppa_over: tuple[str, ...] = ()
    """Labels, or rows (`rad 7`, `kolumn G`), that are no units."""
    koder_per_kolumn: dict[str, dict[str, str]] = field(default_factory=dict)
    """Header -> mark -> answer, for columns that are coded in another way than the rest."""
    utan_svar: tuple[str, ...] = ()
    """Labels of units and indicators that have not one answer, so that it is no mistake."""
    sammanfogade: str | None = None
    """What merged answers mean: `samma` (every cell has the answer) or `tomma` (the first has)."""
    andel: str | None = None
    """`procent` or `brak`: how shares are written."""
    andra_ar: tuple[str, ...] = ()
    """Years that the file names although its figures are of the year that is read."""
    blandad_kodning: bool = False
    antal_rankade: int | None = None
    antal_enheter: int | None = None
    """How many units the file had when it was accepted; of profiles written before `enhetsnamn`."""
    enhetsnamn: tuple[str, ...] = ()
    """What the file's units were called when it was accepted."""
    kalla: dict[str, str] = field(default_factory=dict)


def load_profile(path: Path | None, slag: str = "svar") -> Profile:
    """The profile in `path`; without one, a profile that says nothing. Raises `DataError`."""
    if path is None:
        return Profile(slag=slag)
    try:
        said = _composed(parse_yaml(path.read_text(encoding="utf-8")) or {})
    except Twice as error:
        raise _bad(
            path,
            "Profilen har samma nyckel två gånger",
            error.problem,
            "varje nyckel en gång på sin plats",
            error.problem_mark.line + 1,
        ) from error
    except OSError as error:
        what = "finns inte" if isinstance(error, FileNotFoundError) else "går inte att öppna"
        raise DataError(
            [
                Finding(
                    f"Profilen {what}",
                    file=str(path),
                    expected="en YAML-fil som går att läsa",
                    priority=1,
                    action="Kontrollera sökvägen efter --profil. Har filen mellanslag i namnet: sätt citattecken "
                    "runt den. Ett utkast till profil skriver importera med --profilutkast FIL.",
                )
            ]
        ) from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _bad(
            path,
            "Profilen går inte att läsa",
            str(error),
            "en YAML-fil i UTF-8: nyckel: värde på varje rad, med lika indrag, och datum som finns",
            mark.line + 1 if mark else None,
        ) from error
    return parse_profile(said, path, slag)


def _composed(said: object) -> object:
    """Plain data with å, ä and ö as one character each, as the cells are read; but sheets are called
    just what the file calls them."""
    if isinstance(said, dict):
        return {_composed(key): value if key == "blad" else _composed(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_composed(item) for item in said]
    return unicodedata.normalize("NFC", said) if isinstance(said, str) else said


def parse_profile(said: object, path: Path, slag: str = "svar") -> Profile:
    """A profile from plain data, checked."""
    names = {item.name for item in fields(Profile)}
    if not isinstance(said, dict):
        raise _bad(path, "Profilen är inte en lista av nycklar", str(said), "nyckel: värde på varje rad")
    findings: list[Finding] = []

    def bad(key: str, value: object, expected: str) -> None:
        findings.append(
            Finding(
                "Profilen säger något som inte går att använda",
                file=str(path),
                row_label=str(key),
                value=str(value),
                expected=expected,
                action="Rätta raden i profilen.",
                priority=1,
            )
        )

    for key in said:
        if key not in names:
            bad(key, key, f"en av nycklarna {swedish_or(sorted(names))}")
    values = {key: value for key, value in said.items() if key in names and value is not None}
    _check_choice(values, "slag", set(KINDS), bad)
    _check_choice(values, "enheter_i", {"rader", "kolumner"}, bad)
    _check_choice(values, "andel", {"procent", "brak"}, bad)
    _check_choice(values, "sammanfogade", {"samma", "tomma"}, bad)
    for key, allowed in (
        ("kolumner", ROLES),
        ("koder", set(SVARSORD.codes)),
        ("saknas", set(SAKNAS_ORSAK.codes)),
        ("rubrikmonster", {"svar", "ignorera"}),
        ("enhetsmonster", {"enhet", "hoppa_over"}),
        ("farger", set(SVARSORD.codes) | set(SAKNAS_ORSAK.codes) | {NO_ANSWER}),
    ):
        _check_mapping(values, key, allowed, bad)
    for key in ("enheter", "indikatorer", "kalla", "koder_per_kolumn", "rubriker"):
        if not isinstance(values.get(key, {}), dict):
            bad(key, values.pop(key), "etikett: värde på varje rad")
    for key, item in values.get("kalla", {}).items():
        if key not in SOURCE_KEYS:
            bad(f"kalla: {key}", key, f"en av nycklarna {swedish_or(list(SOURCE_KEYS))}")
        elif isinstance(item, list | dict | bool):
            bad(f"kalla: {key}", item, "en text, inom citattecken")
    for label, item in values.get("indikatorer", {}).items():
        _check_indicator(label, item, bad)
    for label, item in values.get("enheter", {}).items():
        _check_unit(label, item, bad)
    for label in list(values.get("koder_per_kolumn", {})):
        _check_mapping(values["koder_per_kolumn"], label, set(SVARSORD.codes), bad)
    _check_tables(values, bad)
    _check_form(values, bad)
    for label, text in list(values.get("rubriker", {}).items()):
        if not isinstance(text, str):
            bad(f"rubriker: {label}", text, "en text")
    for key in ("blandad_kodning", "kryss"):
        if not isinstance(values.get(key, False), bool):
            bad(key, values.pop(key), "true eller false")
    for key in ("antal_rankade", "antal_enheter"):
        if (
            not isinstance(values.get(key, 1), int)
            or isinstance(values.get(key), bool)
            or values.get(key, 1) < 1
        ):
            bad(key, values.pop(key), "ett heltal från 1")
    for place in (values, *values.get("tabeller", ())):
        _as_text(place)
        _check_places(place, bad)
    _check_apart(values.get("tabeller", ()), bad)
    if findings:
        raise DataError(findings)
    for key in ("koder", "saknas", "farger", "kolumner", "rubriker", "rubrikmonster", "enhetsmonster"):
        if key in values:
            values[key] = {str(k): v for k, v in values[key].items()}
    for key in ("enheter", "indikatorer", "koder_per_kolumn"):
        if key in values:
            values[key] = {" ".join(str(k).split()): v for k, v in values[key].items()}
    for label, codes in values.get("koder_per_kolumn", {}).items():
        values["koder_per_kolumn"][label] = {str(k): v for k, v in codes.items()}
    if "kalla" in values:
        values["kalla"] = {k: str(v) for k, v in values["kalla"].items() if v is not None}
    return Profile(**{"slag": slag, **values})


def _as_text(values: dict) -> None:
    """Names, rows and columns as text, whatever YAML made of them."""
    for key in (
        "blad",
        "rubrikrader",
        "riket",
        "hoppa_over",
        "utan_svar",
        "enhetsnamn",
        "andra_ar",
        "lamnas",
    ):
        if key in values:
            items = values[key] if isinstance(values[key], list) else [values[key]]
            values[key] = tuple(str(item) for item in items)
    for key in ("enhetskolumn", "forsta", "sista", "forsta_kolumn", "sista_kolumn"):
        if key in values:
            values[key] = str(values[key])


def _check_places(values: dict, bad) -> None:
    """Rows are numbers from 1 and columns letters."""
    for key in ("enhetskolumn", "rubrikrader", "forsta", "sista", "forsta_kolumn", "sista_kolumn"):
        said = values.get(key, ())
        for name in (said,) if isinstance(said, str) else said:
            if not re.fullmatch(r"[1-9][0-9]{0,5}|[A-Za-z]{1,3}", name):
                bad(key, name, "ett radnummer eller en kolumns bokstäver, som i filen")
                return
    rows, columns = _span(values, ("forsta", "sista")), _span(values, ("forsta_kolumn", "sista_kolumn"))
    heads, units = values.get("rubrikrader", ()), values.get("enhetskolumn")
    along = [*heads, *rows.values()]  # rows where the units are rows, columns where they are columns
    across = [*columns.values(), *([units] if units else [])]
    if len(heads) > MAX_HEADER_ROWS:
        bad("rubrikrader", ", ".join(heads), f"högst {MAX_HEADER_ROWS} rader med rubriker")
    if {name.isdigit() for name in along} & {name.isdigit() for name in across} or any(
        len({name.isdigit() for name in names}) > 1 for names in (along, across)
    ):
        bad(
            "enhetskolumn" if units else "rubrikrader",
            ", ".join(map(str, [*along, *across])),
            "radnummer för rubrikrader, forsta och sista och bokstäver för kolumnerna; tvärtom när enheterna står i kolumner",
        )
        return
    if [index_of(name) for name in heads] != sorted({index_of(name) for name in heads}):
        bad("rubrikrader", ", ".join(heads), "varje rad en gång, uppifrån och ned")
    for span in (rows, columns):
        if len(span) == 2 and not _in_order(*span.values()):
            (first, a), (last, b) = span.items()
            bad(last, b, f"{a}, som är {first}, eller senare")
    if heads and "forsta" in rows and not _in_order(heads[-1], rows["forsta"], apart=True):
        bad("rubrikrader", ", ".join(heads), f"rader före {rows['forsta']}, där tabellen börjar (forsta)")
    if units and not all(
        _in_order(*pair)
        for pair in (
            (columns.get("forsta_kolumn", units), units),
            (units, columns.get("sista_kolumn", units)),
        )
    ):
        bad(
            "enhetskolumn",
            units,
            f"en av kolumnerna {columns.get('forsta_kolumn', '')}–{columns.get('sista_kolumn', '')}",
        )


def _check_apart(tables: tuple[dict, ...], bad) -> None:
    """No two tables of a sheet have the same rows and columns."""
    for number, table in enumerate(tables, start=1):
        for before, other in enumerate(tables[: number - 1], start=1):
            if (
                table.get("blad") == other.get("blad")
                and table.get("enheter_i") == other.get("enheter_i")
                and all("forsta" in post and "sista" in post for post in (table, other))
                and _meet(table, other, "forsta", "sista")
                and _meet(table, other, "forsta_kolumn", "sista_kolumn")
            ):
                bad(
                    f"tabeller: post {number}",
                    f"{table['forsta']}–{table['sista']}",
                    f"andra rader eller kolumner än post {before}, som har {other['forsta']}–{other['sista']}",
                )


def _meet(one: dict, other: dict, first: str, last: str) -> bool:
    """True if two spans have something in common; one that is not said goes all the way."""
    return all(
        _in_order(a[first], b[last]) for a, b in ((one, other), (other, one)) if first in a and last in b
    )


def _span(values: dict, keys: tuple[str, str]) -> dict[str, str]:
    return {key: values[key] for key in keys if key in values}


def _in_order(a: str, b: str, apart: bool = False) -> bool:
    return index_of(a) < index_of(b) if apart else index_of(a) <= index_of(b)


def _check_tables(values: dict, bad) -> None:
    tables = values.get("tabeller", [])
    if not isinstance(tables, list):
        bad("tabeller", values.pop("tabeller"), "en lista med en post för varje tabell")
        return
    for number, table in enumerate(tables, start=1):
        wrong = sorted(set(table) - set(TABLE_KEYS)) if isinstance(table, dict) else [str(table)]
        if wrong or isinstance(table.get("blad"), list):
            bad(
                f"tabeller: post {number}",
                ", ".join(wrong) or table["blad"],
                f"nycklarna {swedish_or(list(TABLE_KEYS))}, med ett blad",
            )
        else:
            _check_choice(table, "enheter_i", {"rader", "kolumner"}, bad)
    values["tabeller"] = tuple(tables)


def _check_form(values: dict, bad) -> None:
    """The parts of a file with a row for each answer, each as its model says."""
    if "form" not in values:
        return
    posts = values.pop("form")
    if not isinstance(posts, list):
        bad("form", posts, "en lista med en post för varje del av filen")
        return
    parts = []
    for number, post in enumerate(posts, start=1):
        try:
            parts.append(Part.model_validate(post))
        except ValidationError as error:
            for problem in error.errors():
                key = " ".join(str(step) for step in problem["loc"])
                bad(f"form: post {number}: {key}", problem["input"], EXPECTED_OF_PART)
    values["form"] = tuple(parts)


def _check_choice(values: dict, key: str, allowed: set[str], bad) -> None:
    if key in values and not (isinstance(values[key], str) and values[key] in allowed):
        bad(key, values.pop(key), swedish_or(sorted(allowed)))


def _check_mapping(values: dict, key: str, allowed: set[str], bad) -> None:
    mapping = values.get(key, {})
    if not isinstance(mapping, dict):
        bad(key, values.pop(key), "tecken: betydelse på varje rad")
        return
    for mark, meaning in mapping.items():
        # YAML reads an unquoted Ja as text, but No and Off as booleans; say what is meant.
        if not isinstance(meaning, str) or meaning not in allowed:
            bad(f"{key}: {mark}", meaning, swedish_or(sorted(allowed)))


def _whole_entry(name: str, item: dict, keys: tuple[str, ...], bad) -> bool:
    """True if an entry has no keys but these, and texts under them (`fran` may be a list of texts)."""
    for key, value in item.items():
        listed = value if key == "fran" and isinstance(value, list) else [value]
        if key not in keys:
            bad(f"{name}: {key}", key, f"en av nycklarna {swedish_or(list(keys))}")
        elif any(not isinstance(text, str) and text is not None for text in listed):
            bad(f"{name}: {key}", value, "en text, inom citattecken")
        else:
            continue
        return False
    return True


def _check_indicator(label: str, item: object, bad) -> None:
    if isinstance(item, str) and item != ASK:
        return
    if not isinstance(item, dict):
        bad(f"indikatorer: {label}", item, "ett indikator_id, eller id, samband och uppgifter om en ny")
        return
    if not _whole_entry(f"indikatorer: {label}", item, INDICATOR_KEYS, bad):
        return
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.get("id", "")):
        bad(f"indikatorer: {label}: id", item.get("id"), "små bokstäver a–z, siffror och bindestreck")
    for key, allowed in (
        ("samband", LINKS),
        ("jamforbar", set(JAMFORBAR.codes)),
        ("malgrupp", set(MALGRUPP.codes)),
        ("typ", set(INDIKATORTYP.codes)),
    ):
        if key in item and item[key] not in allowed:
            bad(f"indikatorer: {label}: {key}", item[key], swedish_or(sorted(allowed)))
    if item.get("samband") in ("delad", "sammanslagen") and not item.get("fran"):
        bad(f"indikatorer: {label}: fran", item.get("fran"), "en lista med de indikatorer den kommer ur")
    if len(item.get("kortnamn") or "") > 40:
        bad(f"indikatorer: {label}: kortnamn", item["kortnamn"], "högst 40 tecken")


def _check_unit(label: str, item: object, bad) -> None:
    if isinstance(item, str) and item != ASK:
        return
    needed = (
        {"enhet", "kommunkod"}
        if isinstance(item, dict) and item.get("typ") == "kommun"
        else {"enhet_id", "enhet", "kommunkod"}
    )
    if not isinstance(item, dict) or not needed <= set(item):
        bad(
            f"enheter: {label}",
            item,
            "ett enhet_id; enhet_id, enhet och kommunkod för en ny stadsdel; "
            "eller typ: kommun, enhet och kommunkod för en ny kommun",
        )
    elif not _whole_entry(f"enheter: {label}", item | {"kommunkod": str(item["kommunkod"])}, UNIT_KEYS, bad):
        return
    # YAML reads an unquoted 0175 as another number.
    elif not re.fullmatch(r"[0-9]{4}", str(item["kommunkod"])):
        bad(f"enheter: {label}: kommunkod", item["kommunkod"], 'fyra siffror inom citattecken, som "0114"')


def _bad(path: Path, what: str, value: str, expected: str, row: int | None = None) -> DataError:
    return DataError(
        [
            Finding(
                what,
                file=str(path),
                row=row,
                value=value,
                expected=expected,
                action="Rätta profilen.",
                priority=1,
            )
        ]
    )
