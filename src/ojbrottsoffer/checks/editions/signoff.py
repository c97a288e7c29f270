"""Who has looked at an imported edition, and at exactly what.

`data/reference/granskade_utgavor.yml` has one entry per imported folder. An entry holds a
digest of the edition's tidy rows and of the links and areas that decide how they are compared:
if the file, its profile, the meaning of a label or a link changes, the sign-off no longer counts
and the edition is a draft again. Names for charts and remarks can be polished freely.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

import yaml

from ojbrottsoffer.importer.editions import Imported
from ojbrottsoffer.importer.reading import UNDO
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import to_csv_bytes, typed
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.memory import remembered
from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.raw import date_of, read_yaml
from ojbrottsoffer.sources.register import Reference

LIST_NAME = "granskade_utgavor.yml"
EARLIER = "tidigare"
"""Key of an entry's earlier decisions, oldest first, each with the same fields but `kalla_id`."""
FIELDS = ("kalla_id", "beslut", "innehall", "granskad", "granskad_av", "skal")
APPROVED, REFUSED = "godkand", "underkand"
EXPECTED = {
    "beslut": f"{APPROVED} eller {REFUSED}",
    "granskad": "ÅÅÅÅ-MM-DD",
    "avvisade": "en lista (rader som börjar med -)",
    EARLIER: "en lista (poster som börjar med -)",
}
TABLE_OF = {"rankning_unizon": "rankning"}
COSMETIC = ["kortnamn", "anmarkning", "ordning"]
"""Columns no figure depends on: short names in charts, remarks, the order of areas."""
HEAD = (
    "# Importerade utgåvor som någon har granskat, och vad beslutet blev. Skrivs av kommandot\n"
    "# granska. innehall är en kontrollsumma på det som granskades: ändras uppgifterna måste\n"
    "# utgåvan granskas på nytt. Beslut som ersatts står under tidigare.\n"
)


@dataclass(frozen=True)
class SignOff:
    """One decision about one imported folder."""

    kalla_id: str
    beslut: str
    innehall: str
    granskad: str
    granskad_av: str
    skal: str
    avvisade: tuple[str, ...] = ()
    """Contradictions the reviewer refused."""
    tidigare: tuple[SignOff, ...] = ()
    """Earlier decisions about the same folder, oldest first: why one was refused is not forgotten."""


def content_digest(imported: Imported) -> str:
    """A digest of every public row the folder gives, and of what decides how it is compared."""
    total = hashlib.sha256()
    for name in sorted(imported.frames):
        table, frame = TABLES.get(TABLE_OF.get(name, name)), imported.frames[name]
        if table is not None and len(frame):
            public = Table(
                table.name,
                table.title,
                table.description,
                tuple(column for column in table.columns if column.name not in COSMETIC),
                table.key,
            )
            total.update(to_csv_bytes(typed(frame[public.column_names], public), public))
        elif len(frame):
            total.update(repr(frame[["enhet_id", "antal_ja_publicerat"]].values.tolist()).encode())
    for name in sorted(imported.meaning):
        frame = imported.meaning[name].drop(columns=COSMETIC, errors="ignore")
        if len(frame):
            total.update(f"{name}: {sorted(frame.astype(str).values.tolist())}".encode())
    return total.hexdigest()


def sign_offs(project: Project) -> dict[str, SignOff]:
    """The decisions, by folder. Raises `DataError` naming an entry that is not whole."""
    path = project.reference / LIST_NAME
    file = project.relative(path)
    if not path.exists():
        return {}
    entries = read_yaml(path, file, list)
    found = {}
    for number, entry in enumerate(entries, start=1):
        decision = _decision(entry, file, f"post {number}")
        if not isinstance(entry.get(EARLIER) or [], list):
            raise _unusable(entry, EARLIER, file, f"post {number}")
        found[decision.kalla_id] = replace(
            decision,
            tidigare=tuple(
                _decision(
                    {**earlier, "kalla_id": decision.kalla_id} if isinstance(earlier, dict) else earlier,
                    file,
                    f"post {number}, {EARLIER} {n}",
                )
                for n, earlier in enumerate(entry.get(EARLIER) or (), start=1)
            ),
        )
    return found


def _decision(entry: object, file: str, where: str) -> SignOff:
    missing = [name for name in FIELDS if not (isinstance(entry, dict) and entry.get(name))]
    if missing:
        raise DataError(
            [
                Finding(
                    "Posten är inte hel",
                    file=file,
                    table=where,
                    value=str(entry),
                    expected=f"fälten {', '.join(missing)}",
                    action="Fyll i det som saknas.",
                    priority=1,
                )
            ]
        )
    wrong = [name for name in FIELDS if isinstance(entry[name], list | dict)]
    wrong += ["avvisade"] * (not isinstance(entry.get("avvisade") or [], list))
    wrong += ["beslut"] * (entry["beslut"] not in (APPROVED, REFUSED))
    wrong += ["granskad"] * (date_of(str(entry["granskad"])) is None)
    if wrong:
        raise _unusable(entry, wrong[0], file, where)
    return SignOff(**{name: str(entry[name]) for name in FIELDS}, avvisade=tuple(entry.get("avvisade") or ()))


def _unusable(entry: dict, name: str, file: str, where: str) -> DataError:
    return DataError(
        [
            Finding(
                "Posten har ett värde som inte går att använda",
                file=file,
                table=where,
                column=name,
                value=str(entry[name]),
                expected=EXPECTED.get(name, "text"),
                action="Rätta värdet, eller ta bort posten och granska utgåvan på nytt.",
                priority=1,
            )
        ]
    )


def _content(item: Imported, project: Project) -> str:
    """`content_digest`; of an edition that a build reads again it is known."""
    if not item.read_from:
        return content_digest(item)
    return remembered(
        project, "innehall", item.kalla_id, lambda: [item.read_from], lambda: content_digest(item)
    )


def approved(imported: list[Imported], project: Project) -> tuple[list[Imported], list[Imported]]:
    """(signed, drafts) among the imported folders."""
    known = sign_offs(project)
    signed, drafts = [], []
    for item in imported:
        entry = known.get(item.kalla_id)
        counts = entry and entry.beslut == APPROVED and entry.innehall == _content(item, project)
        (signed if counts else drafts).append(item)
    return signed, drafts


def before_not_there(used: list[Imported], reference: Reference) -> list[Finding]:
    """The editions among `used` whose links lead from an edition that is not: what became of its
    questions is then not stated, and everything would look new."""
    there = {skl2016.AR, *(item.ar for item in used if item.slag == "svar")}
    findings = []
    for ar in sorted(there - {skl2016.AR}):
        before = max((year for year in reference.years if year < ar), default=ar)
        if before not in there | {ar}:
            findings.append(
                Finding(
                    f"Utgåvan {ar} följer på {before}, som inte är godkänd",
                    file=f"data/reference/{LIST_NAME}",
                    table=f"oj-{before}",
                    value="inget godkännande som gäller",
                    expected=f"att {before} är granskad och godkänd",
                    action=f"Besluta om {before} först: granska --ar {before}. Går den inte att använda: ta bort den, men "
                    f"{ar} först om den är inläst, och läs in {ar} på nytt. {UNDO.format(f'oj-{before}')}",
                    priority=1,
                )
            )
    return findings


def with_decision(project: Project, decision: SignOff) -> bytes:
    """The list with `decision` in the place of any earlier one about the same folder, which it then
    tells of."""
    entries = sign_offs(project)
    if before := entries.get(decision.kalla_id):
        decision = replace(decision, tidigare=(*before.tidigare, replace(before, tidigare=())))
    entries[decision.kalla_id] = decision
    plain = [
        {
            **_plain(entry, FIELDS),
            **(
                {EARLIER: [_plain(earlier, FIELDS[1:]) for earlier in entry.tidigare]}
                if entry.tidigare
                else {}
            ),
        }
        for _, entry in sorted(entries.items())
    ]
    return (HEAD + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=95)).encode()


def _plain(decision: SignOff, fields: tuple[str, ...]) -> dict[str, object]:
    return {
        **{name: getattr(decision, name) for name in fields},
        **({"avvisade": list(decision.avvisade)} if decision.avvisade else {}),
    }


def with_known_contradictions(text: str, rows: list[dict], decision: SignOff) -> bytes:
    """The list of known contradictions with `rows` added; what stands there is left alone."""
    entries = [
        {
            "avvikelse_id": row["avvikelse_id"],
            "utgava": decision.kalla_id,
            "varde_a": row["varde_a"],
            "varde_b": row["varde_b"],
            "beslut": decision.skal,
            "granskad": decision.granskad,
            "granskad_av": decision.granskad_av,
        }
        for row in rows
    ]
    added = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=95) if entries else ""
    # Dates stand unquoted in the list, as the entries written by hand do.
    added = re.sub(r"granskad: '(\d{4}-\d{2}-\d{2})'", r"granskad: \1", added)
    return (text.rstrip("\n") + "\n" + added).encode()
