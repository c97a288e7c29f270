"""Who has looked at an imported edition, and at exactly what.

`data/reference/granskade_utgavor.yml` has one entry per imported folder. An entry holds a
digest of the edition's tidy rows and of the links and areas that decide how they are compared:
if the file, its profile, the meaning of a label or a link changes, the sign-off no longer counts
and the edition is a draft again. Names for charts and remarks can be polished freely.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise

import yaml

from ojbrottsoffer.importer.accepted.editions import Imported
from ojbrottsoffer.importer.found import UNDO
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import to_csv_bytes, typed
from ojbrottsoffer.schema.finding import Finding
from ojbrottsoffer.schema.model import Table, swedish_or
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import skl2016
from ojbrottsoffer.sources.curated.decisions import (
    APPROVED,
    SIGN_OFFS,
    UNKNOWN,
    Decision,
    SignOff,
    read_sign_offs,
)
from ojbrottsoffer.sources.origins import Origin
from ojbrottsoffer.sources.reference.register import Reference

FIELDS = ("kalla_id", "beslut", "innehall", "granskad", "granskad_av", "skal")
"""The fields of an entry, in the order they are written."""
BOUND = ("fil", "profil", "inlast_av")
"""What an entry says of the file itself: its SHA-256, its profile's, and who imported it."""
TABLE_OF = {"rankning_unizon": "rankning"}
COSMETIC = ["kortnamn", "anmarkning", "ordning"]
"""Columns no figure depends on: short names in charts, remarks, the order of areas."""
HEAD = (
    "# Importerade utgåvor som någon har granskat, och vad beslutet blev. Skrivs av kommandot\n"
    "# granska. innehall är en kontrollsumma på det som granskades: ändras uppgifterna måste\n"
    "# utgåvan granskas på nytt. Beslut som ersatts står under tidigare.\n"
)


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
                tuple(
                    column for column in table.columns if column.name in frame and column.name not in COSMETIC
                ),
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


def approved(imported: list[Imported], known: dict[str, SignOff]) -> tuple[list[Imported], list[Imported]]:
    """(signed, drafts) among the imported folders."""
    signed, drafts = [], []
    for item in imported:
        entry = known.get(item.kalla_id)
        counts = (
            entry
            and entry.beslut == APPROVED
            and (entry.fil, entry.profil) == (item.fil, item.profil)
            and entry.innehall == content_digest(item)
        )
        (signed if counts else drafts).append(item)
    return signed, drafts


def unfit_decisions(
    imported: list[Imported], known: dict[str, SignOff], origins: dict[str, Origin]
) -> list[Finding]:
    """Decisions about an edition that is not there, of a day to come, before the file was retrieved or before the decision
    that they replace, and those that say that somebody else imported it than its origin does.
    """
    there, today = {item.kalla_id for item in imported}, datetime.date.today().isoformat()
    files = {(item.kalla_id, item.fil) for item in imported}
    findings = []
    for entry in known.values():
        if entry.kalla_id not in there:
            findings.append(
                _unfit(
                    entry,
                    "Beslutet gäller en utgåva som inte finns",
                    entry.kalla_id,
                    swedish_or(sorted(there)) or "en inläst utgåva; det finns ingen",
                    "Ta bort posten, eller återställ utgåvans mapp ur git (git checkout).",
                )
            )
        origin = origins.get(entry.kalla_id)
        if origin is not None and (entry.kalla_id, entry.fil) in files:  # else it is about an earlier file
            findings += _unlike_origin(entry, origin)
        for earlier, later in pairwise((*entry.tidigare, entry)):
            if later.granskad < earlier.granskad:
                first = f"en dag från {earlier.granskad}"
                what = "Beslutet är äldre än det som det ersätter"
                findings.append(_unfit(entry, what, later.granskad, first, "Rätta datumet."))
        for decision in (entry, *entry.tidigare):
            if decision.granskad > today:
                last = f"ett datum till och med i dag, {today}"
                what = "Beslutet har ett datum som inte har varit"
                findings.append(_unfit(entry, what, decision.granskad, last, "Rätta datumet."))
    return findings


def _unlike_origin(entry: SignOff, origin: Origin) -> Iterator[Finding]:
    as_said = f"som data/raw/{entry.kalla_id}/origin.yml säger"
    again = f"Rätta posten, eller ta bort den och granska på nytt: granska --ar {entry.kalla_id[-4:]}."
    imported_by = origin.imported_by or UNKNOWN
    if entry.inlast_av != imported_by:
        what = "Beslutet säger att någon annan läste in filen än källbeskrivningen gör"
        yield _unfit(entry, what, entry.inlast_av, f"{imported_by}, {as_said}", again)
    if entry.granskad < (origin.retrieved or ""):
        first = f"en dag från {origin.retrieved}, {as_said}"
        yield _unfit(entry, "Beslutet är äldre än filen", entry.granskad, first, again)


def _unfit(entry: SignOff, what: str, value: str, expected: str, action: str) -> Finding:
    return Finding(
        what,
        file=f"data/reference/{SIGN_OFFS}",
        row_label=entry.kalla_id,
        value=value,
        expected=expected,
        action=action,
        priority=1,
    )


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
                    file=f"data/reference/{SIGN_OFFS}",
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
    entries = read_sign_offs(project)
    if before := entries.get(decision.kalla_id):
        replaced = Decision(**before.model_dump(exclude={"kalla_id", "tidigare"}))
        decision = decision.model_copy(update={"tidigare": (*before.tidigare, replaced)})
    entries[decision.kalla_id] = decision
    plain = [
        {
            **_plain(entry, FIELDS),
            **(
                {"tidigare": [_plain(earlier, FIELDS[1:]) for earlier in entry.tidigare]}
                if entry.tidigare
                else {}
            ),
        }
        for _, entry in sorted(entries.items())
    ]
    return (HEAD + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=95)).encode()


def _plain(decision: Decision, fields: tuple[str, ...]) -> dict[str, object]:
    return {
        **{name: getattr(decision, name) for name in fields},
        **{name: value for name in BOUND if (value := getattr(decision, name))},
        **({"avvisade": list(decision.avvisade)} if decision.avvisade else {}),
    }


def with_known_contradictions(text: str, rows: list[dict], decision: SignOff) -> bytes:
    """The list of known contradictions with `rows` added; what stands there is left alone."""
    entries = [
        {
            "avvikelse_id": row["avvikelse_id"],
            "utgava": decision.kalla_id,
            "varde_a": row["varde_a_text"],
            "varde_b": row["varde_b_text"],
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
