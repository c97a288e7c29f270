"""The command line. Messages are Swedish; exit code 0 = done, 1 = the data can't be used."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from ojbrottsoffer.cli import fetches, imports, reviews, undoing
from ojbrottsoffer.cli.arguments import Parser
from ojbrottsoffer.cli.publishing import alone
from ojbrottsoffer.cli.publishing import publish as publish_current
from ojbrottsoffer.cli.terminal import say
from ojbrottsoffer.project import Project, find_project
from ojbrottsoffer.transaction import finish, finish_files, unfinished_files


def main(argv: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    from ojbrottsoffer.schema.finding import DataError

    try:
        project = Project(arguments.rot.resolve()) if arguments.rot else find_project()
        if not arguments.avskilt:
            finish_interrupted(project)
        staged = replace(project, staged=arguments.avskilt)
        if arguments.avskilt or not _writes(arguments):  # a step of a build, which has the lock
            return arguments.run(staged, arguments)
        with alone(project):
            return arguments.run(staged, arguments)
    except DataError as error:
        if arguments.debug:
            raise
        kinds = Counter(finding.kind for finding in error.findings)
        listed = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        stopped = f"Stopp: {len(error.findings)} fynd ({listed}). Inget är ändrat; data/clean/ och site/ är som de var."
        say(f"\n{error}\n\n{stopped}", wrong=True)
        return 1
    except KeyboardInterrupt as interrupt:
        notes = getattr(interrupt, "__notes__", None) or ["Inget är halvskrivet."]
        say(f"\nAvbrutet. {notes[0]}", wrong=True)
        return 130
    except BrokenPipeError:  # whoever read the report has seen enough
        sys.stdout = None
        return 1
    except OSError as error:
        if arguments.debug:
            raise
        say(f"Stopp: {said(error)}", wrong=True)
        return 1
    except Exception as error:
        if arguments.debug:
            raise
        say(
            f"Stopp: ett oväntat fel ({type(error).__name__}: {error}). Det är ett fel i "
            "programmet, inte i dina data. Kör om med --debug och rapportera det.",
            wrong=True,
        )
        return 2


def finish_interrupted(project: Project) -> None:
    """Does what is left of an import, a decision or a publishing that was interrupted, and says so."""
    if unfinished_files(project.root):
        with alone(project):
            outcome = finish_files(project.root)
        if outcome:
            say(f"En tidigare import eller granskning avbröts. {outcome}", wrong=True)
    if project.journal.exists():
        with alone(project):
            finish([project.clean, project.site], project.journal)


def _writes(arguments: argparse.Namespace) -> bool:
    """True if the command changes what is published or kept: it then has the build lock all the while."""
    if arguments.run in (imports.import_file, reviews.review, undoing.undo):
        return any(getattr(arguments, name, False) for name in ("skriv", "godkann", "avvisa"))
    return arguments.run not in (check, publish, datadocs, slides, fetches.fetch_kolada)


def said(error: OSError) -> str:
    """An error of the file system in Swedish; one of our own says all there is to say."""
    if error.filename is None:
        return str(error)
    reasons = {
        PermissionError: "rättighet saknas",
        FileNotFoundError: "den finns inte",
        IsADirectoryError: "den är en mapp",
        NotADirectoryError: "den ligger inte i en mapp",
    }
    reason = reasons.get(type(error), str(error.strerror))
    return (
        f"filen går inte att läsa eller skriva: {error.filename} ({reason}). "
        "Kontrollera filen och dess rättigheter och kör om."
    )


def _parser() -> Parser:
    parser = Parser(
        prog="ojbrottsoffer", description="Öppna jämförelser Brottsoffer: från tabell till webbplats."
    )
    parser.add_argument("--rot", type=Path, metavar="MAPP", help="projektets mapp (annars den du står i)")
    parser.add_argument(
        "--avskilt",
        action="store_true",
        help="arbeta i .build/ny/ som make gör, inte i det som är publicerat",
    )
    parser.add_argument("--debug", action="store_true", help="visa felets hela spår")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    for name, run, text in (
        ("data", data, "läs in, kontrollera och skriv data/clean/"),
        ("kontrollera", check, "läs in och kontrollera, men skriv ingenting"),
        ("anteckningsbocker", notebooks, "kör anteckningsböckerna"),
        ("webbplats", website, "bygg webbplatsen i site/"),
        ("publicera", publish, "byt ut tabellerna och sedan webbplatsen mot dem i .build/ny/"),
        ("tackning", coverage, "pröva analysens intervall i påhittade länder"),
        ("bildspel", slides, "gör bildspelen för alla enheter i .build/bildspel/"),
        ("datadocs", datadocs, "bygg Great Expectations egna sidor i .build/ (bara lokalt)"),
        ("kontrollsummor", checksums, "skriv om data/raw/SHA256SUMS efter en rättad avskrift"),
        ("sviter", suites, "skriv om de genererade reglerna i expectations/"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
    text = "visa vad som ändrats i tabellerna sedan förra versionen, eller fastställ en ny"
    command = commands.add_parser("dataversion", help=text, description=text)
    command.add_argument(
        "--faststall", action="store_true", help="spara tabellerna som den version paketet har nu"
    )
    command.set_defaults(run=data_version)
    fetches.add_commands(commands)
    imports.add_commands(commands)
    reviews.add_commands(commands)
    undoing.add_commands(commands)
    return parser


def data(project: Project, arguments: argparse.Namespace) -> int:
    """`data`: ingest, check, publish the tables."""
    from ojbrottsoffer.checks.gate import ingest_and_check, publish_tables

    checked = ingest_and_check(project)
    changed = publish_tables(checked, project)
    checked.report.save(project.report)
    where = f"{project.relative(project.clean)}/"
    outcome = f"skrivna till {where}" if changed else f"oförändrade i {where}"
    say(
        f"{len(checked.report.rows)} tabeller, {sum(checked.report.rows.values())} rader, "
        f"{outcome}; {len(checked.report.checks)} kontroller gick igenom."
    )
    for item in checked.drafts:
        say(
            f"Utgåvan {item.kalla_id} är inte godkänd och publiceras inte. Se utkastet med "
            f"make utkast och besluta med granska --ar {item.ar}."
        )
    return 0


def check(project: Project, arguments: argparse.Namespace) -> int:
    """`kontrollera`: the checks only, as a readable report grouped by kind."""
    from ojbrottsoffer.checks.gate import ingest_and_check
    from ojbrottsoffer.checks.report import readable

    checked = ingest_and_check(project)
    say(readable(checked.report, checked.tables["avvikelser"], checked.tables["pastaenden"]))
    return 0


def coverage(project: Project, arguments: argparse.Namespace) -> int:
    """`tackning`: tries what the analysis says in invented countries and keeps what was found."""
    from ojbrottsoffer.analysis import limits
    from ojbrottsoffer.analysis.factors import simulation
    from ojbrottsoffer.checks.records.coverage_record import save_coverage
    from ojbrottsoffer.presentation.factor_analysis import Analysis
    from ojbrottsoffer.sources.parse.json_records import stamp

    analysis = Analysis.load(project)
    if analysis.design is None:
        raise OSError("utgåvan är inte ett urval med känd svarsfrekvens, så det finns inget att pröva")
    found = simulation.draw(analysis.design, range(limits.SIMULATED_COUNTRIES))
    save_coverage(project, simulation.kept(analysis.design, found, stamp()))
    for area_sigma, tried in analysis.tried.items():
        print(
            f"Områdenas egen spridning {area_sigma}, {tried.rounds} länder, olikhet {tried.apart:.2f}".replace(
                ".", ","
            )
        )
        for sigma, shares in tried.coverage.items():
            listed = ", ".join(f"{kind} {100 * share:.1f} % av {n}" for kind, (share, n) in shares.items())
            print(f"  Antagen spridning {sigma}: {listed}".replace(".", ","))
        listed = ", ".join(
            f"{kind} {mean:.2f} av {n}, minst en i {100 * some:.0f} %"
            for kind, (mean, some, n) in tried.singled_out.items()
        )
        print(f"  Utpekade: {listed}".replace(".", ","))
    return 0


def datadocs(project: Project, arguments: argparse.Namespace) -> int:
    """`datadocs`: Great Expectations' own pages, for whoever runs the checks; never published."""
    from ojbrottsoffer.checks.datadocs import build

    print(
        f"Öppna {build(project).as_uri()} i en webbläsare. Sidorna hämtar typsnitt och skript "
        "från nätet och publiceras aldrig."
    )
    return 0


def slides(project: Project, arguments: argparse.Namespace) -> int:
    """`bildspel`: the slides of every unit, also of editions with too many units for a build."""
    from ojbrottsoffer.site.pages.site_pages import SitePages
    from ojbrottsoffer.site.paper.shared_files import printer_of
    from ojbrottsoffer.site.slides.unit_slides import all_files

    made, folder = SitePages.load(project), project.work / "bildspel"
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for address, content in all_files(made.editions, printer_of(made.latest), every=True):
        (folder / Path(address).name).write_bytes(content)
        number += 1
    print(f"{number} bildspel i {project.relative(folder)}/.")
    return 0


def notebooks(project: Project, arguments: argparse.Namespace) -> int:
    """`anteckningsbocker`: executes every notebook."""
    from ojbrottsoffer.notebook.execute import execute_all

    return execute_all(project)


def website(project: Project, arguments: argparse.Namespace) -> int:
    """`webbplats`: builds the site beside the old one and swaps."""
    from ojbrottsoffer.site.assemble import build_site

    return build_site(project)


def publish(project: Project, arguments: argparse.Namespace) -> int:
    """`publicera`: puts the staged tables and then the staged site in place."""
    published = replace(project, staged=False)
    with alone(published):
        return publish_current(published)


def checksums(project: Project, arguments: argparse.Namespace) -> int:
    """`kontrollsummor`: the list of raw files as they are now."""
    from ojbrottsoffer.checks.checksums import write_checksums

    changed = write_checksums(project)
    print("Ändrade rader i data/raw/SHA256SUMS: " + (", ".join(changed) or "inga"))
    return 0


def data_version(project: Project, arguments: argparse.Namespace) -> int:
    """`dataversion`: what has changed since the latest version; with `--faststall`, a new one."""
    from ojbrottsoffer.analysis import versions
    from ojbrottsoffer.analysis.edition import read_tables
    from ojbrottsoffer.site.downloads import described

    tables = read_tables(project.clean)
    changes = versions.since_latest(project, tables)
    before = versions.read_versions(project)
    known = f"version {before[0].version}" if before else "ingen tidigare version"
    for change in changes:
        print(
            f"{change.tabell}.csv: {change.nya} nya, {change.andrade} ändrade och "
            f"{change.borttagna} borttagna rader"
        )
    print(f"{len(changes)} tabeller har ändrats. Jämfört med: {known}.")
    if arguments.faststall:
        made = versions.record(project, tables)
        described.write(project)
        print(
            f"Version {made.version} är sparad i {project.relative(project.versions)}/."
            if made
            else "Versionen är redan fastställd med de här tabellerna."
        )
    return 0


def suites(project: Project, arguments: argparse.Namespace) -> int:
    """`sviter`: brings the generated expectations in step with the declarations."""
    from ojbrottsoffer.checks.expectations.suites import sync
    from ojbrottsoffer.checks.rules.listed_rows import write_listed

    changed = sync(project) + ["rader"] * write_listed(project)
    print("Ändrade sviter: " + (", ".join(changed) or "inga"))
    return 0
