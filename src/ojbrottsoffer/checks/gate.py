"""The gate: raw files in, checked public tables out, or a message and nothing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from ojbrottsoffer.checks import contradictions
from ojbrottsoffer.checks.audit_record import load_audit
from ojbrottsoffer.checks.checksums import changed_files, raw_files_check
from ojbrottsoffer.checks.claims.claims_file import checked_claims, unpinned
from ojbrottsoffer.checks.claims.trying import pointing_nowhere, try_claims
from ojbrottsoffer.checks.damage_record import load_results
from ojbrottsoffer.checks.editions.crosswalk import check_crosswalk
from ojbrottsoffer.checks.editions.signoff import approved, before_not_there, unfit_decisions
from ojbrottsoffer.checks.editions.twice import editions_twice
from ojbrottsoffer.checks.expectations.suites import suites_out_of_step
from ojbrottsoffer.checks.expectations.validate import validate
from ojbrottsoffer.checks.publishable import unfit_columns, unfit_texts, years_to_come
from ojbrottsoffer.checks.report import Check, Report
from ojbrottsoffer.checks.structure import check_structure
from ojbrottsoffer.importer import editions
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import to_csv_bytes, typed
from ojbrottsoffer.schema.datapackage import datapackage_bytes
from ojbrottsoffer.schema.finding import AVVIKELSE, UPPLYSNING, DataError, Finding
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import boundaries, computed, skl2016
from ojbrottsoffer.sources.curated.factors import doubt_table, factor_table
from ojbrottsoffer.sources.inputs import Sources, read_all
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
    of stopping. Without `guard` the checksums of the raw files don't count: only the rules do.
    """
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
    load_results(project)
    load_audit(project)
    sources = read_all(project)
    reference = sources.reference
    checks, findings = check_structure(sources.printed, reference)
    link_checks, link_findings = check_crosswalk(reference)
    _stop_if(findings + link_findings)
    imported = editions.read_all(project, reference)
    _stop_if(unfit_decisions(imported, sources.sign_offs))
    signed, drafts = approved(imported, sources.sign_offs)
    waiting = {item.kalla_id for item in drafts}
    left_out = waiting - (with_drafts if isinstance(with_drafts, set) else waiting if with_drafts else set())
    used = signed + [item for item in drafts if item.kalla_id not in left_out]
    _stop_if(before_not_there(used, reference))
    staged = editions.combined(skl2016.tidy(sources.printed, reference), used)
    frames = _assemble(staged, sources, left_out) | sources.methods | sources.definitions | sources.told
    frames["indikatorer_faktorer"] = factor_table(sources.factors, frames["indikatorer_ar"])
    frames["tveksamma_kopplingar"] = doubt_table(sources.factors, frames["indikatorer_ar"])
    shown = {item.kalla_id for item in drafts} - left_out
    comparisons, unreviewed = _compare(frames, sources, project, left_out, shown)
    _stop_if(unfit_columns(frames))
    text_checks, unfit = unfit_texts(frames)
    unfit += editions_twice(frames["resultat"])
    if not project.synthetic_mark.exists():
        unfit += years_to_come(frames)
    # A wrong code explains a wrong total, so contradictions are told only when no value is wrong.
    value_checks, findings = validate(project, frames)
    _stop_if([f for f in findings if f.kind != UPPLYSNING] + unfit)
    _stop_if(unreviewed)
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
    findings += unpinned(stated, project)
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
        {kalla_id: decided.inlast_av or "" for kalla_id, decided in sources.sign_offs.items()},
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
            int(claims["varde"].notna().sum()),
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


def _assemble(
    staged: dict[str, pd.DataFrame], sources: Sources, left_out: set[str]
) -> dict[str, pd.DataFrame]:
    """Every public table except `avvikelser` and `pastaenden`."""
    reference, single = sources.reference, sources.single
    published = staged.pop("antal_ja_publicerat")
    unizon = staged.pop("rankning_unizon")
    answers = staged["resultat"].astype({"svar_kod": "Int64"})
    ranking = _stacked("rankning", computed.rank_by_ja(answers), unizon, single.rankning)
    order = staged["indikatorer_ar"].sort_values("ar").drop_duplicates("indikator_id", keep="last")
    shares = _stacked("riket", staged["riket"], single.riket)
    return staged | {
        "resultat": answers,
        "enheter": reference.units(
            {
                *staged["enheter"]["enhet_id"],
                *ranking["enhet_id"].dropna(),
                *(
                    unit
                    for frame in sources.told.values()
                    if "enhet_id" in frame
                    for unit in frame["enhet_id"]
                ),
            }
        ),
        "omgangar": _rounds(single.omgangar),
        "riket": shares.sort_values(
            ["ar", "indikator_id", "delmangd", "kalla_id"],
            kind="stable",
            key=lambda column: (
                column.map(order.set_index("indikator_id")["nr"]) if column.name == "indikator_id" else column
            ),
        ).reset_index(drop=True),
        "omraden": reference.omraden.assign(
            ordning=reference.omraden["ordning"].astype(int),
            overordnat_id=reference.omraden["overordnat_id"].replace("", None),
        ),
        "antal_ja": computed.antal_ja(published, answers),
        "rankning": ranking.sort_values(list(TABLES["rankning"].key)).reset_index(drop=True),
        "indikatorer_mellan_ar": _links(reference.indikatorer_mellan_ar, left_out),
        "enheter_mellan_ar": _links(reference.enheter_mellan_ar, left_out),
        "kallor": _sources(sources, left_out),
    }


def _rounds(rounds: pd.DataFrame) -> pd.DataFrame:
    """`omgangar`, by survey, year and source."""
    table = TABLES["omgangar"]
    return rounds.sort_values(list(table.key), kind="stable")[table.column_names].reset_index(drop=True)


def _links(rows: pd.DataFrame, left_out: set[str]) -> pd.DataFrame:
    """A table of links without those of the editions that are left out."""
    waiting = [name.removeprefix("oj-") for name in left_out]
    rows = rows[~rows["fran_ar"].isin(waiting) & ~rows["till_ar"].isin(waiting)]
    ids = [
        "-".join(part or "ingen" for part in parts)
        for parts in rows[["fran_ar", "fran_id", "till_ar", "till_id"]].itertuples(index=False)
    ]
    years = {name: rows[name].astype(int) for name in ("fran_ar", "till_ar")}
    return rows.replace("", None).assign(samband_id=ids, **years).reset_index(drop=True)


def _stacked(name: str, *frames: pd.DataFrame) -> pd.DataFrame:
    """Frames of one public table on top of each other, with provenance where there is any."""
    table = TABLES[name]
    return pd.concat(
        [
            typed(frame[table.column_names], table).join(
                frame.reindex(columns=skl2016.PROVENANCE).astype(object).reset_index(drop=True)
            )
            for frame in frames
        ],
        ignore_index=True,
    )


def _sources(sources: Sources, left_out: set[str]) -> pd.DataFrame:
    """`kallor`: one row per folder of raw data, from its `origin.yml`, and `beraknad`."""
    rows = []
    for folder, origin in sources.origins.items():
        if origin.kalla_id in left_out:
            continue
        rows.append(
            {
                "kalla_id": origin.kalla_id,
                "titel": origin.title,
                "utgivare": origin.producer,
                "publicerad": origin.published,
                "url": origin.url,
                "hamtad": origin.retrieved,
                "licens_anmarkning": origin.licence,
                "_ritad": folder == boundaries.FOLDER and bool(sources.boundaries),
            }
        )
    rows.append(
        {
            "kalla_id": computed.KALLA_ID,
            "titel": "Beräknat av projektet ur de andra tabellerna",
            "utgivare": "Öppna jämförelser Brottsoffer",
            "publicerad": None,
            "url": None,
            "hamtad": None,
            "licens_anmarkning": "Fritt att använda med källhänvisning (Creative Commons Erkännande 4.0).",
            "_ritad": False,
        }
    )
    return pd.DataFrame(sorted(rows, key=lambda row: row["kalla_id"]))
