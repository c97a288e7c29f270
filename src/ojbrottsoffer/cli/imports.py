"""The command `importera`: a new file, from reading it to writing what it says."""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ojbrottsoffer.cli.terminal import say
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted, swedish_list

EVERY = "alla"
WITHOUT_NAME = (
    "Obs          Den här datorn säger inte vem du är, så inläsaren skrivs som ”okänd”. Ange ditt namn med --inlasare; "
    "det visas i granskningen, bredvid granskarens."
)

if TYPE_CHECKING:
    from ojbrottsoffer.importer.accepted.accept import Links
    from ojbrottsoffer.importer.meaning.known_names import KnownNames
    from ojbrottsoffer.importer.reading import Reading
    from ojbrottsoffer.importer.recipes.recipe import Profile


def add_commands(commands) -> None:
    """The command, on the parser of `cli`."""
    text = "läs in en ny fil; visar vad som förstods och skriver inget utan --skriv"
    command = commands.add_parser("importera", help=text, description=text)
    command.add_argument("fil", type=Path, help="xlsx, xlsm, xlsb, xls, ods, csv, tsv eller Koladas json")
    command.add_argument(
        "--ar",
        type=_year,
        action="append",
        required=True,
        metavar="ÅR",
        help="undersökningens år; upprepas för flera år i en fil, eller alla",
    )
    command.add_argument(
        "--slag",
        choices=("svar", "rankning", "riket"),
        help="enheternas svar (annars), Unizons rankning eller rikets andelar",
    )
    command.add_argument("--profil", type=Path, help="YAML-fil som svarar på frågorna")
    command.add_argument(
        "--blad",
        action="append",
        metavar="NAMN",
        help="bladets namn, om filen har flera; upprepas om svaren står på flera blad",
    )
    command.add_argument(
        "--profilutkast", type=Path, metavar="UT", help="skriv ett utkast till profil i den här filen"
    )
    command.add_argument(
        "--visa",
        action="store_true",
        help="skriv en sida som visar hur varje cell förstås, i .build/forhandsvisning/, och skriv inget annat",
    )
    command.add_argument("--hamtad", help="datum då filen hämtades (annars i dag), ÅÅÅÅ-MM-DD")
    command.add_argument(
        "--inlasare",
        help="ditt namn, som läser in filen (annars det du heter på den här datorn)",
        metavar="NAMN",
    )
    command.add_argument("--alla", action="store_true", help="visa vad varje etikett betyder")
    command.add_argument("--skriv", action="store_true", help="skriv importen till data/")
    command.set_defaults(run=import_file)


def _year(text: str) -> int | None:
    """A year, or None for every year of the file."""
    if text != EVERY and not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} är inget år och inte {EVERY}")
    return None if text == EVERY else int(text)


def import_file(project: Project, arguments: argparse.Namespace, tried: bool = True) -> int:
    """`importera`: the conversation, and with `--skriv` the writing; of several years all or none.

    Without `tried` the gate is not run on what would be written: for a caller that runs it itself.
    """
    from ojbrottsoffer.checks.trial import copy_of
    from ojbrottsoffer.cli.undoing import undo_record
    from ojbrottsoffer.importer.accepted.accept import folder_name
    from ojbrottsoffer.importer.recipes.recipe_file import check_file, load_profile
    from ojbrottsoffer.transaction import write_files

    alone = arguments.profil is arguments.profilutkast is None and len(arguments.ar) == 1
    beside = alone and arguments.ar != [None]
    asking = beside and not arguments.visa and sys.stdin.isatty() and sys.stdout.isatty()
    slag = arguments.slag or "svar"
    if asking or beside and arguments.visa:
        from ojbrottsoffer.cli.asking import recipe_beside, saved_answers

        profile = saved_answers(arguments.fil, arguments.ar[0], slag)
    else:
        profile = load_profile(arguments.profil, slag)
        check_file(profile, arguments.fil, arguments.profil)
    if arguments.slag and profile.slag != arguments.slag:
        profile = profile.but(slag=arguments.slag)
    if arguments.blad:
        profile = profile.but(blad=tuple(arguments.blad), tabeller=())
    if arguments.visa:
        return _show(project, arguments, profile)
    if asking:
        profile = _conversed(project, arguments, profile)
        if profile is None:
            return 1
        arguments.profil = recipe_beside(arguments.fil, arguments.ar[0])
    years = _years(project, arguments, profile)
    files: dict[str, bytes] = {}
    with TemporaryDirectory(prefix="importprov-") as folder:
        # Each year is read as if those before it were already there.
        copy = copy_of(project, Path(folder)) if len(years) > 1 else project
        for ar in years:
            drafts = {folder_name(profile.slag, year) for year in years if year <= ar}
            found = _import_year(copy, arguments, profile, ar, drafts if tried else None, len(years) > 1)
            if found is None:
                return 1
            record = copy.undoing(folder_name(profile.slag, ar))
            files |= found | {copy.relative(record): undo_record(copy.root, found)}
            if len(years) > 1:
                write_files(copy.root, found)
    if not arguments.skriv:
        say(
            "\nAllt är förstått. Inget är skrivet; kör samma kommando igen med --skriv sist för att läsa in filen."
        )
        return 0
    write_files(project.root, files)
    say("\nSkrivet:\n" + "\n".join(f"    {name}" for name in sorted(files) if name.startswith("data/")))
    say("\nGranska ändringarna i data/reference/ (git diff) och sedan utgåvan:")
    for ar in years:
        more = "" if profile.slag == "svar" else f" --slag {profile.slag}"
        say(f"    .venv/bin/ojbrottsoffer granska --ar {ar}{more}")
    return 0


def _years(project: Project, arguments: argparse.Namespace, profile: Profile) -> list[int]:
    """The years to read, in order. Raises `DataError` if all are asked for and the file keeps none apart."""
    from ojbrottsoffer.importer.meaning.known_names import load_known_names
    from ojbrottsoffer.importer.read.sizes import stop
    from ojbrottsoffer.importer.understand import years_in

    if None not in arguments.ar:
        return sorted(set(arguments.ar))
    reference, file = load_known_names(project), str(arguments.fil)
    found = years_in(arguments.fil, file, profile, reference)
    there = {year for year in found if profile.slag == "svar" and year <= max(reference.years, default=0)}
    if there:
        shown = swedish_list([str(year) for year in sorted(there)])
        say(f"Obs          {shown} läses inte: utgåvan {max(reference.years)} finns redan.")
    years = [year for year in found if year not in there]
    if not years:
        raise stop(
            "Filen har inga år att läsa in",
            file,
            "svar för flera år, vart och ett med sitt år i en kolumn, rubrik eller ett blads namn",
            "Ange året med --ar ÅR.",
            value=", ".join(map(str, found)),
        )
    return years


def _import_year(
    project: Project,
    arguments: argparse.Namespace,
    profile: Profile,
    ar: int,
    drafts: set[str] | None,
    several: bool,
) -> dict[str, bytes] | None:
    """What the import of one year would write; None, told, if something is asked or wrong."""
    from ojbrottsoffer.checks.trial import try_import
    from ojbrottsoffer.cli.asking import recipe_beside
    from ojbrottsoffer.importer.accepted import accept
    from ojbrottsoffer.importer.accepted.edition_before import edition_before
    from ojbrottsoffer.importer.conversation import asked, draft, understood
    from ojbrottsoffer.importer.meaning.known_names import load_known_names
    from ojbrottsoffer.sources.curated.decisions import UNKNOWN

    retrieved = day_of(arguments.hamtad)
    reference = load_known_names(project)
    accept.check_year(project, reference, profile.slag, ar)
    reading, followed = _read(project, arguments.fil, profile, ar, reference, several)
    before = edition_before(project, reference, ar)
    say(understood(reading, ar, followed, before, arguments.alla))
    files = None
    if reading.complete:
        imported_by = arguments.inlasare or os.environ.get("USER") or UNKNOWN
        files = accept.plan(reading, arguments.fil, ar, reference, project, retrieved, followed, imported_by)
        if imported_by == UNKNOWN:
            say(f"\n{WITHOUT_NAME}")
        if drafts:
            say("\nPrövar det som skulle skrivas mot projektets kontroller …")
            try_import(project, reading, ar, files, drafts)
    if arguments.profilutkast and (not reading.complete or not several):
        _write_draft(arguments.profilutkast, draft(reading))
    if reading.complete:
        return files
    say(f"\n{asked(reading)}\n", wrong=True)
    hint = (
        " Ett utkast till profil får du med --profilutkast profil.yml." if not arguments.profilutkast else ""
    )
    if arguments.profil and arguments.profil.exists():
        hint = f" Profilen är {arguments.profil}."
    elif not arguments.profil and (saved := recipe_beside(arguments.fil, ar)).exists():
        hint = f" Svaren från ett tidigare samtal används med --profil {shlex.quote(str(saved))}."
    stopped = f"Stopp: {len(reading.errors)} fel och {counted(len(reading.questions), 'fråga', 'frågor')}. "
    say(f"{stopped}Inget är skrivet till data/.{hint}", wrong=True)
    return None


def _read(
    project: Project, file: Path, profile: Profile, ar: int, reference: KnownNames, several: bool = False
) -> tuple[Reading, Links]:
    """The file as it is understood, and how its questions follow on from the edition before."""
    from ojbrottsoffer.checks.editions.importable import check_importable
    from ojbrottsoffer.importer.accepted import accept
    from ojbrottsoffer.importer.accepted.edition_before import shares_before
    from ojbrottsoffer.importer.understand import read_file

    reading = read_file(file, str(file), profile, reference, ar, shares_before(project, ar), several)
    followed = accept.Links(None, [])
    if reading.complete:
        if profile.slag == "svar":
            followed = accept.links(reading, ar, reference)
        accept.check_complete(reading, reference)
        if reading.complete:
            check_importable(reading, ar, reference, followed)
    return reading, followed


def _show(project: Project, arguments: argparse.Namespace, profile: Profile) -> int:
    """`--visa`: a page for each year with the file and what comes out of it; 1 if something is asked or wrong."""
    from ojbrottsoffer.importer.meaning.known_names import load_known_names
    from ojbrottsoffer.importer.read.files import read_sheets
    from ojbrottsoffer.site.importing.guide_address import guide_of
    from ojbrottsoffer.site.importing.preview import preview

    open_ones, reference = 0, load_known_names(project)
    for ar in _years(project, arguments, profile):
        reading, _ = _read(project, arguments.fil, profile, ar, reference, len(arguments.ar) > 1)
        path = project.work / "forhandsvisning" / f"{arguments.fil.stem} {ar}.html"
        page = preview(reading, read_sheets(arguments.fil, str(arguments.fil)), ar, guide_of(project, path))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
        open_ones += len(reading.findings)
        say(
            f"{counted(len(reading.findings), 'fråga eller fel', 'frågor och fel') if reading.findings else 'Inget är kvar att fråga'}. Öppna sidan i en webbläsare:\n"
            f"    {path.absolute().as_uri()}"
        )
    return 1 if open_ones else 0


def _conversed(project: Project, arguments: argparse.Namespace, profile: Profile) -> Profile | None:
    """The recipe when a person has answered all that is asked; None, told, if something is left."""
    from ojbrottsoffer.cli.asking import converse
    from ojbrottsoffer.importer.accepted.accept import check_year
    from ojbrottsoffer.importer.meaning.known_names import load_known_names

    file, ar, reference = arguments.fil, arguments.ar[0], load_known_names(project)
    check_year(project, reference, profile.slag, ar)
    return converse(
        file, ar, profile, lambda answered: _read(project, file, answered, ar, reference)[0], reference.names
    )


def _write_draft(path: Path, text: str) -> None:
    if path.exists():
        raise DataError(
            [
                Finding(
                    "Filen finns redan",
                    file=str(path),
                    expected="ett nytt filnamn",
                    action="Välj ett annat namn till --profilutkast.",
                    priority=1,
                )
            ]
        )
    path.write_text(text, encoding="utf-8")
    say(f"\nUtkast till profil: {path}")


def day_of(text: str | None) -> str:
    """A day as ÅÅÅÅ-MM-DD, today if none is said. Raises `DataError`."""
    if text is None:
        return datetime.date.today().isoformat()
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise DataError(
            [
                Finding(
                    "Datumet går inte att tolka",
                    value=text,
                    expected="ÅÅÅÅ-MM-DD",
                    action="Rätta datumet.",
                    priority=1,
                )
            ]
        ) from error
