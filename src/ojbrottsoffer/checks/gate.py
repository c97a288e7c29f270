"""The gate: raw files in, checked public tables out, or a message and nothing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from ojbrottsoffer.checks import contradictions
from ojbrottsoffer.checks.checksums import changed_files, raw_files_check
from ojbrottsoffer.checks.claims.claims_file import checked_claims
from ojbrottsoffer.checks.claims.trying import pointing_nowhere, try_claims
from ojbrottsoffer.checks.declared_places import check_places, missing_records
from ojbrottsoffer.checks.editions.crosswalk import check_crosswalk
from ojbrottsoffer.checks.editions.signoff import approved, before_not_there, unfit_decisions
from ojbrottsoffer.checks.editions.twice import editions_twice
from ojbrottsoffer.checks.expectations.suites import suites_out_of_step
from ojbrottsoffer.checks.expectations.validate import validate
from ojbrottsoffer.checks.public_tables import assembled
from ojbrottsoffer.checks.report import Check, Report
from ojbrottsoffer.checks.rules.between_rows import contradicting_rows
from ojbrottsoffer.checks.rules.corrections_hold import corrections_that_do_not_hold
from ojbrottsoffer.checks.rules.days import decided_too_early, tried_too_early
from ojbrottsoffer.checks.rules.listed_rows import rows_changed
from ojbrottsoffer.checks.rules.meaning import as_text, changed_meanings
from ojbrottsoffer.checks.rules.publishable import unfit_columns, unfit_texts, years_to_come
from ojbrottsoffer.checks.rules.structure import check_structure
from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import to_csv_bytes, typed
from ojbrottsoffer.schema.datapackage import datapackage_bytes
from ojbrottsoffer.schema.finding import AVVIKELSE, UPPLYSNING, DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import computed, skl2016
from ojbrottsoffer.sources.curated.moves import read_moves
from ojbrottsoffer.sources.inputs import Sources, read_all
from ojbrottsoffer.sources.recorded_versions import read_versions
from ojbrottsoffer.transaction import fresh, publish, recover

RATED_IN = 2014
"""The year of the ratings in `sodertalje_medelvarden`."""


@dataclass(frozen=True)
class Checked:
    """Tables that passed every check, and the record of it."""

    tables: dict[str, pd.DataFrame]
    """Public table -> frame typed as declared."""
    report: Report
    drafts: list[editions.Imported]
    """Imported editions that nobody has signed off on."""

    def files(self) -> dict[str, bytes]:
        """What `data/clean/` holds: file name -> bytes."""
        tables = {name: to_csv_bytes(self.tables[name], TABLES[name]) for name in TABLES}
        return {f"{name}.csv": data for name, data in tables.items()} | {
            "datapackage.json": datapackage_bytes(tables, self.tables)
        }


def ingest_and_check(project: Project, with_drafts: bool | set[str] = False, guard: bool = True) -> Checked:
    """Reads `data/raw/`, runs every check and returns the tables.

    Raises `DataError` as soon as a stage has found something that stops: unreadable files,
    labels and rows, values, contradictions nobody has reviewed. Writes nothing.
    Imported editions without a sign-off are left out unless
    `with_drafts` (all of them, or those named); their new contradictions are then shown instead
    of stopping. Without `guard` the checksums of the raw files don't count,
    nor whether the records of quality are there: only the rules do.
    """
    check_places(project)
    _stop_if(missing_records(project) if guard else [])
    changed = changed_files(project) if guard else []
    try:
        checked = _ingest_and_check(project, with_drafts)
    except DataError as error:
        raise DataError([*error.findings, *_not_told(changed, error.findings)]) from error
    _stop_if(changed)
    return (
        checked
        if not guard
        else replace(
            checked, report=replace(checked.report, checks=[raw_files_check(project), *checked.report.checks])
        )
    )


def _not_told(changed: list[Finding], findings: list[Finding]) -> list[Finding]:
    """The changed files that no finding points out already."""
    told = {finding.file for finding in findings}
    return [finding for finding in changed if finding.file not in told]


def _ingest_and_check(project: Project, with_drafts: bool | set[str]) -> Checked:
    _stop_if(suites_out_of_step(project))
    versions = read_versions(project)
    _stop_if(tried_too_early(project, versions))
    read_moves(project)
    sources = read_all(project)
    reference = sources.reference
    checks, findings = check_structure(sources.printed, reference)
    link_checks, link_findings = check_crosswalk(reference)
    _stop_if(findings + link_findings)
    imported = editions.read_all(project, reference)
    _stop_if(unfit_decisions(imported, sources.sign_offs, sources.origins))
    signed, drafts = approved(imported, sources.sign_offs)
    waiting = {item.kalla_id for item in drafts}
    left_out = waiting - (with_drafts if isinstance(with_drafts, set) else waiting if with_drafts else set())
    used = signed + [item for item in drafts if item.kalla_id not in left_out]
    _stop_if(before_not_there(used, reference))
    staged = editions.combined(skl2016.tidy(sources.printed, reference), used)
    frames = assembled(staged, sources, left_out)
    shown = {item.kalla_id for item in drafts} - left_out
    comparisons, unreviewed = _compare(frames, sources, project, left_out, shown)
    _stop_if(unfit_columns(frames))
    text_checks, unfit = unfit_texts(frames)
    unfit += editions_twice(frames["resultat"])
    if not project.synthetic_mark.exists():
        unfit += years_to_come(frames) + contradicting_rows(frames, sources.single.omgangar)
    # A wrong code explains a wrong total, so contradictions are told only when no value is wrong.
    value_checks, findings = validate(project, frames)
    findings += unfit
    _stop_if([f for f in findings if f.kind != UPPLYSNING])
    known = sources.known_contradictions
    findings += decided_too_early(project, frames, known, sources.corrections, versions)
    rows = as_text(frames)
    _stop_if(
        [f for f in findings if f.kind != UPPLYSNING]
        + changed_meanings(project, rows, sources.corrections, reference.years, versions)
        + rows_changed(project)
        + corrections_that_do_not_hold(project, sources.corrections, rows, versions)
        + unreviewed
    )
    tables = {name: typed(frames[name][table.column_names], table) for name, table in TABLES.items()}
    report = Report(
        [*checks, *link_checks, *text_checks, *value_checks, *comparisons],
        {name: len(frame) for name, frame in tables.items()},
        [f for f in findings if f.kind == UPPLYSNING],
    )
    return Checked(tables, report, drafts)


def _compare(
    frames: dict[str, pd.DataFrame], sources: Sources, project: Project, left_out: set[str], drafts: set[str]
) -> tuple[list[Check], list[Finding]]:
    """The sources against themselves and each other. Fills `avvikelser` and `pastaenden`."""
    own = computed.own_sources(frames["resultat"])
    labels = frames["indikatorer_ar"].sort_values("ar").set_index("indikator_id")["indikator"]
    names = frames["enheter"].set_index("enhet_id")["enhet"]
    called = {
        row.kalla_id: row.utgivare.split(",")[0]
        + ("" if pd.isna(row.publicerad) else f" {row.publicerad[:4]}")
        for row in frames["kallor"].itertuples()
    }
    stated = checked_claims(sources.claim_rows)
    claims, failing, findings = try_claims(stated, frames, sources.single.omgangar, own)
    totals = contradictions.of_totals(frames["antal_ja"], frames["enheter"])
    shares, share_pairs = contradictions.of_shares(frames["riket"], labels.to_dict(), called, own)
    placings, placing_pairs = contradictions.of_placings(frames["rankning"], names.to_dict(), called, own)
    rounds, round_pairs = contradictions.of_rounds(sources.single.omgangar, called)
    averages = contradictions.of_averages(frames["sodertalje_medelvarden"], RATED_IN)
    found = [totals, shares, placings, rounds, averages, failing]
    frames["avvikelser"], unreviewed = contradictions.reviewed(
        pd.concat([frame for frame in found if len(frame)], ignore_index=True)
        if any(map(len, found))
        else totals,
        sources.known_contradictions,
        left_out,
        drafts,
        {kalla_id: decided.inlast_av for kalla_id, decided in sources.sign_offs.items()},
    )
    ids = {i for frame in found for i in frame["avvikelse_id"]}
    findings += pointing_nowhere(claims, ids, project)
    listed = claims["avvikelse_id"].isin(frames["avvikelser"]["avvikelse_id"])
    frames["pastaenden"] = claims.assign(avvikelse_id=claims["avvikelse_id"].where(listed))

    def check(table: str, what: str, why: str, tested: int, failed: int) -> Check:
        return Check(table, what, why, tested, failed, AVVIKELSE, "motsägelser")

    reviewed = "eller så är motsägelsen granskad"
    return [
        check(
            "antal_ja",
            f"Det publicerade antalet ja-svar är lika med det räknade, {reviewed}",
            "Källan ska gå att kontrollera mot sig själv.",
            len(frames["antal_ja"]),
            len(totals),
        ),
        check(
            "riket",
            f"Källor som ger samma andel är överens, {reviewed}",
            "Två källor säger mer än en.",
            share_pairs,
            len(shares),
        ),
        check(
            "rankning",
            f"Källor som ger samma placering är överens, {reviewed}",
            "Två källor säger mer än en.",
            placing_pairs,
            len(placings),
        ),
        check(
            "omgangar",
            f"Källor som ger samma antal för en omgång är överens, {reviewed}",
            "Två källor säger mer än en.",
            round_pairs,
            len(rounds),
        ),
        check(
            "sodertalje_medelvarden",
            f"Det tryckta genomsnittet är det beräknade, {reviewed}",
            "Källan ska gå att kontrollera mot sig själv.",
            len(frames["sodertalje_medelvarden"]),
            len(averages),
        ),
        check(
            "pastaenden",
            f"Det källorna påstår om sina siffror stämmer, {reviewed}",
            "Löpande text och tabell ska säga samma sak.",
            int(claims["beraknat_varde"].notna().sum()),
            int(claims["utfall"].eq("stammer_inte").sum()),
        ),
    ], findings + unreviewed


def publish_tables(checked: Checked, project: Project) -> bool:
    """Writes the tables to `data/clean/`, all or nothing. True if anything changed."""
    recover(project.clean)
    files = checked.files()
    present = {path.name: path.read_bytes() for path in sorted(project.clean.glob("*")) if path.is_file()}
    if present == files:
        return False
    folder = fresh(project.clean)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    publish(project.clean)
    return True


def _stop_if(findings: list[Finding]) -> None:
    if findings:
        raise DataError(findings)
