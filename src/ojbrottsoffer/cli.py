"""The command line. Messages are Swedish; exit code 0 = done, 1 = the data can't be used."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ojbrottsoffer import importera
from ojbrottsoffer.paths import Project, find_project


def main(argv: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    from ojbrottsoffer.ingest.importer.accept import recover
    from ojbrottsoffer.tables.findings import DataError

    try:
        project = Project(arguments.rot.resolve()) if arguments.rot else find_project()
        recover(project)
        return arguments.run(project, arguments)
    except DataError as error:
        if arguments.debug:
            raise
        count = len(error.findings)
        print(f"\n{error}\n", file=sys.stderr)
        print(
            f"Stopp: {count} fynd. Inget är ändrat; data/clean/ och site/ är som de var.",
            file=sys.stderr,
        )
        return 1
    except FileNotFoundError as error:
        if arguments.debug:
            raise
        print(f"Stopp: {error}", file=sys.stderr)
        return 1
    except Exception as error:
        if arguments.debug:
            raise
        print(f"Stopp: ett oväntat fel ({type(error).__name__}: {error}). Det är ett fel i "
              "programmet, inte i dina data. Kör om med --debug och rapportera det.",
              file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ojbrottsoffer", description="Öppna jämförelser Brottsoffer: från tabell till webbplats."
    )
    parser.add_argument("--rot", type=Path, help="projektets mapp (annars den du står i)")
    parser.add_argument("--debug", action="store_true", help="visa felets hela spår")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    for name, run, text in (
        ("data", data, "läs in, kontrollera och skriv data/clean/"),
        ("kontrollera", check, "läs in och kontrollera, men skriv ingenting"),
        ("anteckningsbocker", notebooks, "kör anteckningsböckerna"),
        ("webbplats", website, "bygg webbplatsen i site/"),
        ("sviter", suites, "skriv om de genererade reglerna i expectations/"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
    importera.add_commands(commands)
    return parser


def data(project: Project, arguments: argparse.Namespace) -> int:
    """`data`: ingest, check, publish the tables."""
    from ojbrottsoffer.quality.gate import ingest_and_check, publish_tables

    checked = ingest_and_check(project)
    changed = publish_tables(checked, project)
    checked.report.save(project.report)
    outcome = "skrivna till data/clean/" if changed else "oförändrade i data/clean/"
    print(f"{len(checked.report.rows)} tabeller, {sum(checked.report.rows.values())} rader, "
          f"{outcome}; {len(checked.report.checks)} kontroller gick igenom.")
    for item in checked.drafts:
        print(f"Utgåvan {item.kalla_id} är inte godkänd och publiceras inte. Se utkastet med "
              f"make utkast och besluta med granska --ar {item.ar}.")
    return 0


def check(project: Project, arguments: argparse.Namespace) -> int:
    """`kontrollera`: the checks only, as a readable report."""
    from ojbrottsoffer.quality.gate import ingest_and_check

    checked = ingest_and_check(project)
    for item in checked.report.checks:
        outcome = "ok" if not item.failed else f"{item.failed} {item.kind}"
        print(f"{outcome:>12}  {item.table}: {item.what} ({item.tested} prövade)")
    for row in checked.tables["avvikelser"].itertuples():
        print(f"   avvikelse  {row.beskrivning} Beslut: {row.beslut}")
    return 0


def notebooks(project: Project, arguments: argparse.Namespace) -> int:
    """`anteckningsbocker`: executes every notebook."""
    from ojbrottsoffer.publish.notebooks import execute_all

    return execute_all(project)


def website(project: Project, arguments: argparse.Namespace) -> int:
    """`webbplats`: builds the site beside the old one and swaps."""
    from ojbrottsoffer.publish.site import build_site

    return build_site(project)


def suites(project: Project, arguments: argparse.Namespace) -> int:
    """`sviter`: brings the generated expectations in step with the declarations."""
    from ojbrottsoffer.quality.suites import sync

    changed = sync(project)
    print("Ändrade sviter: " + (", ".join(changed) or "inga"))
    return 0
