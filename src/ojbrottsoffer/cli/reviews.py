"""The commands `granska` and `utkast`: what a new edition changes, the decision about it, and a site to look at."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ojbrottsoffer.cli.imports import day_of
from ojbrottsoffer.cli.terminal import say
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError, Finding
from ojbrottsoffer.schema.model import counted

if TYPE_CHECKING:
    import pandas as pd

NAME, ADDRESS = re.compile(r"(?:[^\W\d_]\W?){2,}"), re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
"""What counts as a word of a name, which has at least two, and an e-mail address in its place."""


def add_commands(commands) -> None:
    """The two commands, on the parser of `cli`."""
    text = "visa vad en ny utgåva ändrar och fatta beslut om den"
    command = commands.add_parser("granska", help=text, description=text)
    command.add_argument("--ar", type=int, required=True, help="undersökningens år")
    command.add_argument("--slag", choices=("svar", "rankning", "riket"), default="svar")
    command.add_argument("--alla", action="store_true", help="visa varje svar som vänt")
    command.add_argument(
        "--html", action="store_true", help="skriv det som en sida också, i .build/granskning/"
    )
    command.add_argument("--godkann", action="store_true", help="godkänn utgåvan för publicering")
    command.add_argument(
        "--acceptera", nargs="+", default=[], metavar="ID", help="nya motsägelser som godtas"
    )
    command.add_argument(
        "--acceptera-alla",
        nargs="+",
        default=[],
        metavar="TYP",
        help="alla nya motsägelser av den typen godtas, med ett skäl; var och en skrivs i listan",
    )
    command.add_argument(
        "--avvisa",
        nargs="*",
        metavar="ID",
        help="avvisa utgåvan, med de nya motsägelser som inte godtas om det finns några; den förblir ett utkast",
    )
    command.add_argument("--granskare", help="ditt namn")
    command.add_argument("--skal", help="varför beslutet blev så")
    command.add_argument("--datum", help="beslutets datum (annars i dag), ÅÅÅÅ-MM-DD")
    command.set_defaults(run=review)

    text = "bygg ett utkast av webbplatsen med de utgåvor som ingen har godkänt"
    command = commands.add_parser("utkast", help=text, description=text)
    command.set_defaults(run=draft)


def review(project: Project, arguments: argparse.Namespace) -> int:
    """`granska`: what changes on the site, and the decision if one is given."""
    from ojbrottsoffer.analysis.edition_review import changed_answers, summary
    from ojbrottsoffer.checks.editions import signoff
    from ojbrottsoffer.checks.gate import ingest_and_check
    from ojbrottsoffer.importer.accepted import editions
    from ojbrottsoffer.importer.accepted.accept import folder_name
    from ojbrottsoffer.sources.curated import decisions
    from ojbrottsoffer.sources.origins import read_origin
    from ojbrottsoffer.transaction import write_files

    refused = arguments.avvisa is not None
    if arguments.godkann or refused:
        _check_reviewer(arguments)
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
    say(summary(checked.tables, item.slag, item.ar, kalla_id))
    changed = changed_answers(checked.tables, item.ar) if item.slag == "svar" else None
    if changed is not None:
        show_changed(project, changed, kalla_id, arguments.alla)
    new = checked.tables["avvikelser"].query("status == 'ny'").to_dict("records")
    if not new:
        say("\nInga nya motsägelser.")
    for row in new:
        say(f"\nNy motsägelse {row['avvikelse_id']}\n    {row['beskrivning']}")
    notices = [found for found in checked.report.notices if found.file.startswith(f"data/raw/{kalla_id}/")]
    _show_notices(notices)
    last = decisions.read_sign_offs(project).get(kalla_id)
    earlier = (*last.tidigare, last) if last else ()
    for decision in earlier:
        say(
            f"\nTidigare beslut {decision.granskad}: {decision.beslut} av {decision.granskad_av}. "
            f"{decision.skal}"
        )
    origin = read_origin(project, project.raw / kalla_id)
    imported_by = origin.imported_by or decisions.UNKNOWN
    if imported_by == decisions.UNKNOWN:
        say(
            f"\nVem som läste in filen är inte sagt. Skriv namnet efter imported_by i data/raw/{kalla_id}/origin.yml och "
            "kör make kontrollsummor innan du beslutar, så står det i beslutet."
        )
    if arguments.html:
        from ojbrottsoffer.analysis.units.changes import previous_year
        from ojbrottsoffer.site.importing.guide_address import guide_of
        from ojbrottsoffer.site.importing.preview import preview
        from ojbrottsoffer.site.importing.review import review_page

        path = project.work / "granskning" / f"{kalla_id}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        read = editions.read_again(project, project.raw / kalla_id, item.ar)
        guide, shown = guide_of(project, path), path.with_name(f"{kalla_id}-filen.html")
        shown.write_text(preview(*read, item.ar, guide), encoding="utf-8")
        year = previous_year(checked.tables, item.ar) if item.slag == "svar" else None
        folder = project.raw / folder_name("svar", year or 0)
        before = editions.read_again(project, folder, year)[0] if folder.exists() else None
        page = review_page(
            *(checked.tables, item.slag, item.ar, kalla_id, notices, earlier, read),
            before=before,
            shown=shown.name,
            guide=guide,
        )
        path.write_text(page, encoding="utf-8")
        say(f"\nÖppna sidan i en webbläsare:\n    {path.absolute().as_uri()}")
    if not (arguments.godkann or refused):
        say(
            f"\nInget beslut är fattat. Se utkastet med make utkast och godkänn sedan med\n"
            f"    .venv/bin/ojbrottsoffer granska --ar {arguments.ar}"
            + ("" if item.slag == "svar" else f" --slag {item.slag}")
            + ' --godkann --granskare NAMN --skal "…"'
            + (_accepting(new) if new else "")
        )
        return 0
    accepted = [
        row
        for row in new
        if row["avvikelse_id"] in arguments.acceptera
        or row["avvikelsetyp"] in arguments.acceptera_alla
        and row["avvikelse_id"] not in (arguments.avvisa or ())
    ]
    _check_decision(arguments, new, {row["avvikelse_id"] for row in accepted}, origin.retrieved or "")
    say(f"\nInläst av {imported_by}, granskad av {arguments.granskare}.")
    decision = decisions.SignOff(
        kalla_id=kalla_id,
        beslut=decisions.REFUSED if refused else decisions.APPROVED,
        innehall=signoff.content_digest(item),
        granskad=day_of(arguments.datum),
        granskad_av=arguments.granskare,
        skal=arguments.skal,
        avvisade=tuple(arguments.avvisa or ()),
        fil=item.fil,
        profil=item.profil,
        inlast_av=imported_by,
    )
    files = {f"data/reference/{decisions.SIGN_OFFS}": signoff.with_decision(project, decision)}
    if accepted and not refused:
        known = (project.reference / decisions.KNOWN_CONTRADICTIONS).read_text(encoding="utf-8")
        files[f"data/reference/{decisions.KNOWN_CONTRADICTIONS}"] = signoff.with_known_contradictions(
            known, accepted, decision
        )
    write_files(project.root, files)
    if accepted and not refused:
        say(f"\nGodtagna, var och en med skälet i {decisions.KNOWN_CONTRADICTIONS}:")
        say("\n".join(f"    {row['avvikelse_id']}" for row in accepted))
    if refused:
        say(f"\nBeslutet är sparat: {kalla_id} är underkänd och publiceras inte.")
    else:
        say(f"\nBeslutet är sparat: {kalla_id} är godkänd. Bygg webbplatsen med make.")
    return 0


def _accepting(new: list[dict]) -> str:
    """How new contradictions are accepted: one by one, or all of a kind of which there are many."""
    many = [kind for kind, n in Counter(row["avvikelsetyp"] for row in new).items() if n > 1]
    whole = f", eller alla av en typ: --acceptera-alla {' '.join(many)}" if many else ""
    return f" --acceptera ID …{whole}"


def _show_notices(notices: list[Finding]) -> None:
    """What is worth a look in the file: the first of each kind, and how many there are."""
    kinds: dict[str, list[Finding]] = {}
    for notice in notices:
        kinds.setdefault(notice.expected, []).append(notice)
    if kinds:
        say("\nVärt att jämföra med filen (stoppar inget):")
    for alike in kinds.values():
        first, more = alike[0], f"; och {len(alike) - 1} till" if len(alike) > 1 else ""
        say(f"    {first.what} ({', '.join(filter(None, (first.row_label, first.table)))}{more})")


def show_changed(project: Project, changed: pd.DataFrame, kalla_id: str, every: bool) -> None:
    """The answers that flipped: all of them in a file of the analyst's own, and printed if asked."""
    path = project.work / "granskning" / f"{kalla_id}.csv"
    if changed.empty:
        path.unlink(missing_ok=True)
        say("\nInget svar har vänt.")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    changed.to_csv(path, index=False, lineterminator="\n")
    if every:
        say(
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
            say(
                "\nTill exempel:\n"
                + "\n".join(f"    {row.enhet}: {row.indikator}: {row.fore} till {row.efter}" for row in shown)
            )
    say(
        f"\n{counted(len(changed), 'svar har vänt och står', 'svar har vänt. Alla står')} i "
        f"{project.relative(path)}, med cellerna i filerna"
        + ("." if every else "; --alla skriver ut dem här.")
    )


def _tell(findings: list[Finding], what: str, value: str, expected: str, action: str) -> None:
    findings.append(Finding(what, value=value, expected=expected, action=action, priority=1))


def _check_reviewer(arguments: argparse.Namespace) -> None:
    """Raises `DataError` if the decision says too little of who decides, why and when, or both yes and no."""
    findings: list[Finding] = []
    if not arguments.granskare or not arguments.skal:
        _tell(
            findings,
            "Beslutet saknar granskare eller skäl",
            f"{arguments.granskare or ''} {arguments.skal or ''}".strip(),
            "båda",
            "Ange --granskare och --skal.",
        )
    said = (arguments.granskare or "").strip()
    if said and not ADDRESS.fullmatch(said) and sum(map(bool, map(NAME.match, said.split()))) < 2:
        _tell(
            findings,
            "Granskaren är inte ett namn",
            arguments.granskare,
            "för- och efternamn, minst två bokstäver i varje, eller en e-postadress",
            "Rätta --granskare.",
        )
    if arguments.skal and len(arguments.skal.split()) < 3:
        _tell(
            findings,
            "Skälet är ingen mening",
            arguments.skal,
            "vad som kontrollerades, med minst tre ord",
            "Rätta --skal.",
        )
    if day_of(arguments.datum) > day_of(None):
        _tell(
            findings,
            "Beslutets datum har inte varit",
            arguments.datum,
            f"ett datum till och med i dag, {day_of(None)}",
            "Rätta --datum.",
        )
    if arguments.godkann and arguments.avvisa is not None:
        _tell(
            findings,
            "Beslutet säger emot sig självt",
            ", ".join(arguments.avvisa) or "--avvisa",
            "--godkann eller --avvisa",
            "En utgåva med en avvisad motsägelse kan inte godkännas. Be avsändaren om en rättad fil.",
        )
    if findings:
        raise DataError(findings)


def _check_decision(
    arguments: argparse.Namespace, rows: list[dict], accepted: set[str], retrieved: str
) -> None:
    """Raises `DataError` if the decision about the new contradictions is not whole. `retrieved`: when the file was."""
    findings: list[Finding] = []
    new, kinds = {row["avvikelse_id"] for row in rows}, {row["avvikelsetyp"] for row in rows}

    if day_of(arguments.datum) < retrieved:
        _tell(
            findings,
            "Beslutets datum är före filens",
            arguments.datum,
            f"ett datum från {retrieved}, då filen hämtades",
            "Rätta --datum.",
        )
    for given in [*arguments.acceptera, *(arguments.avvisa or ())]:
        if given not in new:
            _tell(
                findings,
                "Okänd motsägelse",
                given,
                ", ".join(sorted(new)) or "det finns inga nya motsägelser",
                "Kontrollera id:t.",
            )
    for given in arguments.acceptera_alla:
        if given not in kinds:
            _tell(
                findings,
                "Okänd motsägelse",
                given,
                ", ".join(sorted(kinds)) or "det finns inga nya motsägelser",
                "Kontrollera typen efter --acceptera-alla.",
            )
    undecided = sorted(new - accepted - set(arguments.avvisa or ()))
    if arguments.godkann and undecided:
        _tell(
            findings,
            "Nya motsägelser saknar beslut",
            ", ".join(undecided),
            "alla accepterade eller avvisade",
            "Ange dem under --acceptera eller --avvisa, eller alla av en typ med --acceptera-alla.",
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
        say("Ingen utgåva väntar på granskning; det finns inget utkast att bygga.")
        return 0
    aside = replace(project, draft=True)
    publish_tables(checked, aside)
    checked.report.save(aside.report)
    code = execute_all(aside) or build_site(aside)
    if code == 0:
        folder = project.relative(aside.site)
        say(
            f"Utkastet ligger i {folder}/. Det publiceras inte. Visa det på http://localhost:8000 med\n"
            f"    .venv/bin/python -m http.server --bind 127.0.0.1 --directory {folder}"
        )
    return code
