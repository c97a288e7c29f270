"""The commands `importera`, `granska` and `utkast`: a new file from reading to sign-off."""

from __future__ import annotations

import argparse
import datetime
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted, swedish_list

EVERY = "alla"
PERSON = re.compile(r"\S*[^\W\d]\S*(?: \S*[^\W\d]\S*)+|[^@\s]+@[^@\s]+\.[^@\s]+")
"""A name of at least two words, or an e-mail address."""

if TYPE_CHECKING:
    import pandas as pd

    from ojbrottsoffer.importer.recipe import Profile


def add_commands(commands) -> None:
    """The three commands, on the parser of `cli`."""
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
    command.add_argument("--hamtad", help="datum då filen hämtades (annars i dag), ÅÅÅÅ-MM-DD")
    command.add_argument("--inlasare", help="vem som läser in filen (annars ditt namn på den här datorn)")
    command.add_argument("--alla", action="store_true", help="visa vad varje etikett betyder")
    command.add_argument("--skriv", action="store_true", help="skriv importen till data/")
    command.set_defaults(run=import_file)

    text = "visa vad en ny utgåva ändrar och fatta beslut om den"
    command = commands.add_parser("granska", help=text, description=text)
    command.add_argument("--ar", type=int, required=True, help="undersökningens år")
    command.add_argument("--slag", choices=("svar", "rankning", "riket"), default="svar")
    command.add_argument("--alla", action="store_true", help="visa varje svar som vänt")
    command.add_argument("--godkann", action="store_true", help="godkänn utgåvan för publicering")
    command.add_argument(
        "--acceptera", nargs="+", default=[], metavar="ID", help="nya motsägelser som godtas"
    )
    command.add_argument(
        "--avvisa",
        nargs="+",
        default=[],
        metavar="ID",
        help="nya motsägelser som inte godtas; utgåvan förblir ett utkast",
    )
    command.add_argument("--granskare", help="ditt namn")
    command.add_argument("--skal", help="varför beslutet blev så")
    command.add_argument("--datum", help="beslutets datum (annars i dag), ÅÅÅÅ-MM-DD")
    command.set_defaults(run=review)

    text = "bygg ett utkast av webbplatsen med de utgåvor som ingen har godkänt"
    command = commands.add_parser("utkast", help=text, description=text)
    command.set_defaults(run=draft)


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
    from ojbrottsoffer.importer.accept import folder_name
    from ojbrottsoffer.importer.recipe_file import load_profile
    from ojbrottsoffer.transaction import write_files

    profile = load_profile(arguments.profil, arguments.slag or "svar")
    if arguments.slag and profile.slag != arguments.slag:
        profile = profile.but(slag=arguments.slag)
    if arguments.blad:
        profile = profile.but(blad=tuple(arguments.blad), tabeller=())
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
            files |= found
            if len(years) > 1:
                write_files(copy.root, found)
    if not arguments.skriv:
        print("\nAllt är förstått. Inget är skrivet; kör om med --skriv för att läsa in filen.")
        return 0
    write_files(project.root, files)
    print("\nSkrivet:\n" + "\n".join(f"    {name}" for name in sorted(files)))
    print("\nGranska ändringarna i data/reference/ (git diff) och sedan utgåvan:")
    for ar in years:
        more = "" if profile.slag == "svar" else f" --slag {profile.slag}"
        print(f"    .venv/bin/ojbrottsoffer granska --ar {ar}{more}")
    return 0


def _years(project: Project, arguments: argparse.Namespace, profile: Profile) -> list[int]:
    """The years to read, in order. Raises `DataError` if all are asked for and the file keeps none apart."""
    from ojbrottsoffer.importer.read.sizes import stop
    from ojbrottsoffer.importer.understand import years_in
    from ojbrottsoffer.sources.register import load_reference

    if None not in arguments.ar:
        return sorted(set(arguments.ar))
    reference, file = load_reference(project), str(arguments.fil)
    found = years_in(arguments.fil, file, profile, reference)
    there = {year for year in found if profile.slag == "svar" and year <= max(reference.years, default=0)}
    if there:
        shown = swedish_list([str(year) for year in sorted(there)])
        print(f"Obs          {shown} läses inte: utgåvan {max(reference.years)} finns redan.")
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
    from ojbrottsoffer.checks.editions.importable import check_importable
    from ojbrottsoffer.checks.trial import try_import
    from ojbrottsoffer.importer import accept
    from ojbrottsoffer.importer.conversation import asked, draft, understood
    from ojbrottsoffer.importer.edition_before import edition_before, shares_before
    from ojbrottsoffer.importer.understand import read_file
    from ojbrottsoffer.sources.register import load_reference

    retrieved = _date(arguments.hamtad)
    reference = load_reference(project)
    accept.check_year(project, reference, profile.slag, ar)
    reading = read_file(
        arguments.fil, str(arguments.fil), profile, reference, ar, shares_before(project, ar), several
    )
    followed = accept.Links(None, [])
    if reading.complete:
        if profile.slag == "svar":
            followed = accept.links(reading, ar, reference)
        accept.check_complete(reading, reference)
        if reading.complete:
            check_importable(reading, ar, reference, followed)
    before = edition_before(project, reference, ar)
    print(understood(reading, ar, followed, before, arguments.alla))
    files = None
    if reading.complete:
        imported_by = arguments.inlasare or os.environ.get("USER") or "okänd"
        files = accept.plan(reading, arguments.fil, ar, reference, project, retrieved, followed, imported_by)
        if drafts:
            print("\nPrövar det som skulle skrivas mot projektets kontroller …", flush=True)
            try_import(project, reading, ar, files, drafts)
    if arguments.profilutkast and (not reading.complete or not several):
        _write_draft(arguments.profilutkast, draft(reading))
    if reading.complete:
        return files
    print(f"\n{asked(reading)}\n", file=sys.stderr)
    asked_for = arguments.profil or arguments.profilutkast
    hint = "" if asked_for else " Ett utkast till profil får du med --profilutkast profil.yml."
    print(
        f"Stopp: {len(reading.errors)} fel och {counted(len(reading.questions), 'fråga', 'frågor')}. Inget är "
        f"skrivet till data/.{hint}",
        file=sys.stderr,
    )
    return None


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
    print(f"\nUtkast till profil: {path}")


def _date(text: str | None) -> str:
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


def review(project: Project, arguments: argparse.Namespace) -> int:
    """`granska`: what changes on the site, and the decision if one is given."""
    from ojbrottsoffer.analysis.edition_review import changed_answers, summary
    from ojbrottsoffer.checks.editions import signoff
    from ojbrottsoffer.checks.gate import ingest_and_check
    from ojbrottsoffer.importer.accept import folder_name
    from ojbrottsoffer.sources.curated import decisions
    from ojbrottsoffer.transaction import write_files

    kalla_id = folder_name(arguments.slag, arguments.ar)
    # Alone beside what is signed: a contradiction with another draft is decided with that one.
    checked = ingest_and_check(project, with_drafts={kalla_id})
    waiting = {item.kalla_id: item for item in checked.drafts}
    if kalla_id not in waiting:
        raise DataError(
            [
                Finding(
                    "Det finns inget att granska",
                    value=kalla_id,
                    priority=1,
                    expected=", ".join(waiting) or "en importerad utgåva som väntar på beslut",
                    action="Importera filen först, eller kontrollera --ar och --slag. En utgåva "
                    "som redan är godkänd behöver inte granskas igen.",
                )
            ]
        )
    item = waiting[kalla_id]
    print(summary(checked.tables, item.slag, item.ar, kalla_id))
    changed = changed_answers(checked.tables, item.ar) if item.slag == "svar" else None
    if changed is not None:
        _show_changed(project, changed, kalla_id, arguments.alla)
    new = checked.tables["avvikelser"].query("status == 'ny'").to_dict("records")
    if not new:
        print("\nInga nya motsägelser.")
    for row in new:
        print(f"\nNy motsägelse {row['avvikelse_id']}\n    {row['beskrivning']}")
    _show_notices([item for item in checked.report.notices if item.file.startswith(f"data/raw/{kalla_id}/")])
    earlier = decisions.read_sign_offs(project).get(kalla_id)
    for decision in (*earlier.tidigare, earlier) if earlier else ():
        print(
            f"\nTidigare beslut {decision.granskad}: {decision.beslut} av {decision.granskad_av}. "
            f"{decision.skal}"
        )
    if not (arguments.godkann or arguments.avvisa):
        print(
            f"\nInget beslut är fattat. Se utkastet med make utkast och godkänn sedan med\n"
            f"    .venv/bin/ojbrottsoffer granska --ar {arguments.ar}"
            + ("" if item.slag == "svar" else f" --slag {item.slag}")
            + ' --godkann --granskare NAMN --skal "…"'
            + (" --acceptera ID …" if new else "")
        )
        return 0
    _check_decision(arguments, {row["avvikelse_id"] for row in new})
    imported_by = _imported_by(project, kalla_id)
    print(f"\nInläst av {imported_by}, granskad av {arguments.granskare}.")
    decision = decisions.SignOff(
        kalla_id=kalla_id,
        beslut=decisions.REFUSED if arguments.avvisa else decisions.APPROVED,
        innehall=signoff.content_digest(item),
        granskad=_date(arguments.datum),
        granskad_av=arguments.granskare,
        skal=arguments.skal,
        avvisade=tuple(arguments.avvisa),
        fil=item.fil,
        profil=item.profil,
        inlast_av=imported_by,
    )
    files = {f"data/reference/{decisions.SIGN_OFFS}": signoff.with_decision(project, decision)}
    accepted = [row for row in new if row["avvikelse_id"] in arguments.acceptera]
    if accepted and not arguments.avvisa:
        known = (project.reference / decisions.KNOWN_CONTRADICTIONS).read_text(encoding="utf-8")
        files[f"data/reference/{decisions.KNOWN_CONTRADICTIONS}"] = signoff.with_known_contradictions(
            known, accepted, decision
        )
    write_files(project.root, files)
    if arguments.avvisa:
        print(f"\nBeslutet är sparat: {kalla_id} är underkänd och publiceras inte.")
    else:
        print(f"\nBeslutet är sparat: {kalla_id} är godkänd. Bygg webbplatsen med make.")
    return 0


def _imported_by(project: Project, kalla_id: str) -> str:
    """Who imported the edition, as its `origin.yml` says."""
    said = yaml.safe_load((project.raw / kalla_id / "origin.yml").read_text(encoding="utf-8"))
    return str(said.get("imported_by") or "okänd")


def _show_notices(notices: list[Finding]) -> None:
    """What is worth a look in the file: the first of each kind, and how many there are."""
    kinds: dict[str, list[Finding]] = {}
    for notice in notices:
        kinds.setdefault(notice.expected, []).append(notice)
    if kinds:
        print("\nVärt att jämföra med filen (stoppar inget):")
    for alike in kinds.values():
        first, more = alike[0], f"; och {len(alike) - 1} till" if len(alike) > 1 else ""
        print(f"    {first.what} ({', '.join(filter(None, (first.row_label, first.table)))}{more})")


def _show_changed(project: Project, changed: pd.DataFrame, kalla_id: str, every: bool) -> None:
    """The answers that flipped: all of them in a file of the analyst's own, and printed if asked."""
    path = project.work / "granskning" / f"{kalla_id}.csv"
    if changed.empty:
        path.unlink(missing_ok=True)
        print("\nInget svar har vänt.")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    changed.to_csv(path, index=False, lineterminator="\n")
    if every:
        print(
            "\nSvar som vänt:\n"
            + "\n".join(
                f"    {row.enhet}: {row.indikator}: {row.fore} till {row.efter}"
                for row in changed.itertuples()
            )
        )
    else:
        shown = [
            row
            for way in (("Ja", "Nej"), ("Nej", "Ja"))
            for row in changed[(changed["fore"] == way[0]) & (changed["efter"] == way[1])]
            .head(3)
            .itertuples()
        ]
        if shown:
            print(
                "\nTill exempel:\n"
                + "\n".join(f"    {row.enhet}: {row.indikator}: {row.fore} till {row.efter}" for row in shown)
            )
    print(
        f"\n{counted(len(changed), 'svar har vänt och står', 'svar har vänt. Alla står')} i "
        f"{project.relative(path)}, med cellerna i filerna"
        + ("." if every else "; --alla skriver ut dem här.")
    )


def _check_decision(arguments: argparse.Namespace, new: set[str]) -> None:
    findings = []

    def stop(what: str, value: str, expected: str, action: str) -> None:
        findings.append(Finding(what, value=value, expected=expected, action=action, priority=1))

    if not arguments.granskare or not arguments.skal:
        stop(
            "Beslutet saknar granskare eller skäl",
            f"{arguments.granskare or ''} {arguments.skal or ''}".strip(),
            "båda",
            "Ange --granskare och --skal.",
        )
    if arguments.granskare and not PERSON.fullmatch(arguments.granskare.strip()):
        stop(
            "Granskaren är inte ett namn",
            arguments.granskare,
            "för- och efternamn, eller en e-postadress",
            "Rätta --granskare.",
        )
    if arguments.skal and len(arguments.skal.split()) < 3:
        stop(
            "Skälet är ingen mening",
            arguments.skal,
            "vad som kontrollerades, med minst tre ord",
            "Rätta --skal.",
        )
    if _date(arguments.datum) > _date(None):
        stop(
            "Beslutets datum har inte varit",
            arguments.datum,
            f"ett datum till och med i dag, {_date(None)}",
            "Rätta --datum.",
        )
    if arguments.godkann and arguments.avvisa:
        stop(
            "Beslutet säger emot sig självt",
            ", ".join(arguments.avvisa),
            "--godkann eller --avvisa",
            "En utgåva med en avvisad motsägelse kan inte godkännas. Be avsändaren om en rättad fil.",
        )
    for given in [*arguments.acceptera, *arguments.avvisa]:
        if given not in new:
            stop(
                "Okänd motsägelse",
                given,
                ", ".join(sorted(new)) or "det finns inga nya motsägelser",
                "Kontrollera id:t.",
            )
    undecided = sorted(new - set(arguments.acceptera) - set(arguments.avvisa))
    if arguments.godkann and undecided:
        stop(
            "Nya motsägelser saknar beslut",
            ", ".join(undecided),
            "alla accepterade eller avvisade",
            "Ange dem under --acceptera eller --avvisa.",
        )
    if findings:
        raise DataError(findings)


def draft(project: Project, arguments: argparse.Namespace) -> int:
    """`utkast`: the site with every edition that waits, marked on every page, outside `site/`."""
    from ojbrottsoffer.checks.gate import ingest_and_check, publish_tables
    from ojbrottsoffer.notebook.execute import execute_all
    from ojbrottsoffer.site.assemble import build_site

    checked = ingest_and_check(project, with_drafts=True)
    if not checked.drafts:
        print("Ingen utgåva väntar på granskning; det finns inget utkast att bygga.")
        return 0
    aside = replace(project, draft=True)
    publish_tables(checked, aside)
    checked.report.save(aside.report)
    code = execute_all(aside) or build_site(aside)
    if code == 0:
        print(f"Utkastet ligger i {project.relative(aside.site)}/. Det publiceras inte.")
    return code
