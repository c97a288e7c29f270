"""The command `angra`: takes away an import that is not published, and only that."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from ojbrottsoffer.cli.terminal import say
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted
from ojbrottsoffer.transaction import OURS, write_files


@dataclass(frozen=True)
class Change:
    """One file: its length before, None for a new one, and its SHA-256 after."""

    fore: Annotated[int, Field(ge=0)] | None
    efter: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


RECORD = TypeAdapter(dict[str, Change])


def add_commands(commands) -> None:
    """The command, on the parser of `cli`."""
    text = "ta bort en inläst fil som inte är godkänd; visar vad som tas bort och ändrar inget utan --skriv"
    command = commands.add_parser("angra", help=text, description=text)
    command.add_argument("--ar", type=int, required=True, help="undersökningens år")
    command.add_argument("--slag", choices=("svar", "rankning", "riket"), default="svar")
    command.add_argument("--skriv", action="store_true", help="ta bort filen ur data/")
    command.set_defaults(run=undo)


def undo_record(root: Path, files: dict[str, bytes]) -> bytes:
    """What an import is about to change: for each path the length before, None for a new file, and the SHA-256
    after. An import only adds to the end of a file, so that the length says what was there."""
    record = {}
    for name, data in sorted(files.items()):
        path = root / name
        before = path.stat().st_size if path.exists() else None
        record[name] = {"fore": before, "efter": hashlib.sha256(data).hexdigest()}
    return json.dumps(record, indent=1).encode()


def undo(project: Project, arguments: argparse.Namespace) -> int:
    """`angra`: what it would remove, and with `--skriv` the removing. Raises `DataError` if something else would
    be lost or it is published."""
    from ojbrottsoffer.importer.accepted.accept import folder_name

    kalla_id = folder_name(arguments.slag, arguments.ar)
    record = _record(project, kalla_id)
    files: dict[str, bytes | None] = {project.relative(project.undoing(kalla_id)): None}
    say(f"Det här läste importen av {kalla_id} in, och det tas bort:")
    for name, said in record.items():
        data = (project.root / name).read_bytes()
        if said.fore is None:
            files[name] = None
            say(f"    {name} ({len(data)} byte)")
        else:
            files[name] = data[: said.fore]
            rows = data[said.fore :].count(b"\n")
            say(f"    {name}: {counted(rows, 'rad', 'rader')} i slutet")
    if not arguments.skriv:
        say("\nInget är ändrat; kör samma kommando igen med --skriv sist för att ta bort det.")
        return 0
    write_files(project.root, files)
    say(f"\nInläsningen av {kalla_id} är ångrad: data/ är som före den.")
    return 0


def _record(project: Project, kalla_id: str) -> dict[str, Change]:
    """What the import changed, if it can be undone. Raises `DataError`."""
    from ojbrottsoffer.importer.found import UNDO
    from ojbrottsoffer.sources.curated import decisions

    folder, path = project.raw / kalla_id, project.undoing(kalla_id)
    by_hand = UNDO.format(kalla_id)
    if not folder.exists():
        there = sorted(item.stem for item in path.parent.glob("*.json") if (project.raw / item.stem).exists())
        raise _refused(
            "Det finns ingen inläsning att ångra",
            project.relative(folder),
            ", ".join(there) or "en fil som importera har läst in",
            "Kontrollera --ar och --slag.",
        )
    decision = decisions.read_sign_offs(project).get(kalla_id)
    if decision and decision.beslut == decisions.APPROVED:
        raise _refused(
            "Utgåvan är godkänd och går inte att ångra",
            f"data/reference/{decisions.SIGN_OFFS}",
            "en inläsning som ingen har godkänt",
            f"Är godkännandet inte incheckat: ta bort posten om {kalla_id} i data/reference/{decisions.SIGN_OFFS}, och de "
            f"motsägelser som godtogs med den i data/reference/{decisions.KNOWN_CONTRADICTIONS} (git diff visar vad som är "
            "nytt i dem), och kör angra igen. Är det incheckat: git revert på det som läste in och godkände utgåvan, så "
            "att det syns.",
        )
    if not path.exists():
        raise _refused(
            "Det finns ingen anteckning om vad inläsningen ändrade",
            project.relative(path),
            "en fil som importera skrev i samma kopia av projektet",
            f"Den försvinner med make clean, och följer inte med i git. {by_hand}",
        )
    try:
        record = RECORD.validate_json(path.read_bytes(), strict=True)
        if not all(map(OURS.fullmatch, record)):
            raise ValueError("a path that no import writes")
    except ValueError as error:  # also what pydantic raises
        raise _refused(
            "Anteckningen om vad inläsningen ändrade går inte att läsa",
            project.relative(path),
            "det som importera skrev: sökväg, längd före och SHA-256 efter för varje fil",
            by_hand,
        ) from error
    changed = [name for name, said in record.items() if _digest(project.root / name) != said.efter]
    new = [
        name
        for item in sorted(folder.rglob("*"))
        if item.is_file() and (name := project.relative(item)) not in record
    ]
    if changed or new:
        raise DataError(
            [
                Finding(
                    "Något annat har ändrats sedan filen lästes in",
                    file=name,
                    expected="filen som importen lämnade den"
                    if name in record
                    else "bara det som importen skrev",
                    action="Ändra tillbaka det. Är en senare fil inläst: ångra den först. Går inget av det: ta bort "
                    f"inläsningen för hand. {by_hand}",
                    priority=1,
                )
                for name in (*changed, *new)
            ]
        )
    if left := list(_mentions(project, record, kalla_id)):
        raise DataError(left)
    return record


def _mentions(project: Project, record: dict[str, Change], kalla_id: str) -> Iterator[Finding]:
    """Rows of `data/reference/` that somebody has written since, about what the import brought."""
    from ojbrottsoffer.sources.curated import decisions

    brought = []
    for name in ("enheter", "indikatorer"):
        path = project.reference / f"{name}.csv"
        if said := record.get(project.relative(path)):
            added = path.read_bytes()[said.fore or 0 :].decode().splitlines()
            brought += [line.split(",")[0] for line in added]
    edition = kalla_id.removeprefix("oj-")
    patterns = {"*": rf"(?<![\w-])(?:{'|'.join(map(re.escape, [kalla_id, *brought]))})(?![\w-])"}
    if edition.isdigit():
        patterns["enheter_mellan_ar.csv"] = rf"^{edition},|^[^,]*,[^,]*,{edition},"
    for path in sorted(project.reference.glob("*.[cy][sm][vl]")):
        if project.relative(path) in record or path.name == decisions.SIGN_OFFS:
            continue
        pattern = re.compile(patterns.get(path.name, patterns["*"]))
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                yield Finding(
                    "En rad handlar om det som filen förde med sig",
                    file=project.relative(path),
                    row=row,
                    value=line.strip(),
                    expected="inget som bara gäller utgåvan som ska bort",
                    action="Ta bort raden, eller posten som den hör till, och kör angra igen. Ska en rättad fil läsas in: "
                    "skriv den på nytt efter det.",
                    priority=1,
                )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _refused(what: str, file: str, expected: str, action: str) -> DataError:
    return DataError([Finding(what, file=file, expected=expected, action=action, priority=1)])
