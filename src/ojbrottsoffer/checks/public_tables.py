"""The public tables, put together out of what the sources say: nothing is judged here."""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.schema.codes import FAKTOR
from ojbrottsoffer.schema.columns import SCB
from ojbrottsoffer.schema.csv_tables import typed
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources import computed, fetched_figures, skl2016
from ojbrottsoffer.sources.curated.english import English
from ojbrottsoffer.sources.curated.factors import doubt_table, factor_table, link_table
from ojbrottsoffer.sources.inputs import Sources
from ojbrottsoffer.sources.reference import boundaries


def assembled(
    staged: dict[str, pd.DataFrame], sources: Sources, left_out: set[str]
) -> dict[str, pd.DataFrame]:
    """Every public table except `avvikelser` and `pastaenden`, some with columns that say where a value stands.

    `staged`: the tables of every edition that is used. `left_out`: sources of the editions that wait.
    """
    frames = _of_editions(staged, sources, left_out) | sources.methods | sources.definitions | sources.told
    frames |= sources.fetched
    frames["faktorer"] = factor_table(sources.factors)
    frames["indikatorer_faktorer"] = link_table(sources.factors, frames["indikatorer_ar"])
    frames["tveksamma_kopplingar"] = doubt_table(sources.factors, frames["indikatorer_ar"])
    _name_sources(frames)
    _translate(frames, sources.english)
    return frames


def _of_editions(
    staged: dict[str, pd.DataFrame], sources: Sources, left_out: set[str]
) -> dict[str, pd.DataFrame]:
    """The tables that follow from the editions and from the figures told one by one."""
    reference, single = sources.reference, sources.single
    published = staged.pop("antal_ja_publicerat")
    unizon = staged.pop("rankning_unizon")
    answers = staged["resultat"].astype({"svar_kod": "Int64"})
    ranking = _stacked("rankning", computed.rank_by_ja(answers), unizon, single.rankning)
    order = staged["indikatorer_ar"].sort_values("ar").drop_duplicates("indikator_id", keep="last")
    rows = source_rows(sources, left_out)
    own, publishers = (
        computed.own_sources(answers),
        dict(zip(rows["kalla_id"], rows["utgivare"], strict=True)),
    )
    shares = _shares(
        pd.concat([staged["riket"], single.riket], ignore_index=True), own, publishers, single.omgangar
    )
    rounds = _rounds(single.omgangar, shares, ranking, own)
    return staged | {
        "resultat": answers,
        "enheter": reference.units(
            {
                *staged["enheter"]["enhet_id"],
                *ranking["enhet_id"].dropna(),
                *(
                    unit
                    for frame in (
                        *sources.told.values(),
                        *sources.methods.values(),
                        *sources.fetched.values(),
                    )
                    for column in ("enhet_id", "liknande_id")
                    if column in frame
                    for unit in frame[column].dropna().unique()
                ),
            }
        ),
        "omgangar": rounds,
        "undersokningar": computed.surveys(rounds, publishers),
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
        "indikatorer_mellan_ar": _with_parts(
            _links(reference.indikatorer_mellan_ar, left_out).rename(
                columns={"typ": "samband", "jamforbar": "svaren_jamforbara"}
            ),
            set(staged["indikatorer"]["indikator_id"]),
        ),
        "enheter_mellan_ar": _links(reference.enheter_mellan_ar, left_out).rename(
            columns={"typ": "enhetssamband"}
        ),
        "kallor": rows,
    }


def _rounds(
    told: pd.DataFrame, shares: pd.DataFrame, ranking: pd.DataFrame, own: dict[int, str]
) -> pd.DataFrame:
    """`omgangar`, by survey, year and source: what sources tell, and a row without numbers for each year that has
    figures and that no source tells of.
    """
    table = TABLES["omgangar"]
    known = set(zip(told["undersokning"], told["ar"], strict=True))
    figures = pd.concat([shares.assign(undersokning="oj"), ranking])
    figures = figures.sort_values(["undersokning", "ar", "kalla_id"], kind="stable")
    others = [
        {
            "undersokning": survey,
            "ar": int(year),
            "kalla_id": own.get(int(year), source) if survey == "oj" else source,
            "plats": "omgången beskrivs inte; källan har siffror ur den",
        }
        for survey, year, source in figures.drop_duplicates(["undersokning", "ar"])[
            ["undersokning", "ar", "kalla_id"]
        ].itertuples(index=False)
        if (survey, int(year)) not in known
    ]
    rounds = pd.concat([told, pd.DataFrame(others, columns=told.columns)], ignore_index=True)
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


def _with_parts(links: pd.DataFrame, asked: set[str]) -> pd.DataFrame:
    """`indikatorer_mellan_ar`: a part that is no question of its own (`kompetensplan-vuxna`) is the question
    it was split from and a code of `DELMANGD`, as in `riket`. A link comes from a whole question.
    """
    ends = links["till_id"].notna()
    parts = ends & links["samband"].eq("delad") & ~links["till_id"].isin(asked)
    names = [
        row.till_id.removeprefix(f"{row.fran_id}-") if part else "alla" if goes_on else None
        for row, part, goes_on in zip(links.itertuples(), parts, ends, strict=True)
    ]
    return links.assign(
        till_delmangd=names,
        till_id=links["till_id"].where(~parts, links["fran_id"]),
        fran_delmangd=links["fran_id"].map(lambda name: "alla", na_action="ignore"),
    )


def _shares(
    rows: pd.DataFrame, own: dict[int, str], publishers: dict[str, str], rounds: pd.DataFrame
) -> pd.DataFrame:
    """`riket` of all sources, with the row that counts where several say the same thing."""
    return _stacked(
        "riket",
        rows.assign(
            foredragen=computed.preferred(rows, own, publishers),
            antal_svarande=rows["ar"].map(computed.respondents(rounds)),
        ),
    )


def _name_sources(frames: dict[str, pd.DataFrame]) -> None:
    """Fills `kalla_id` in the tables whose rows follow from the editions: that of the edition, or of the first."""
    answers, asked = frames["resultat"], frames["indikatorer_ar"]
    own = computed.own_sources(answers)
    for name in ("enheter_ar", "indikatorer_ar"):
        frames[name] = frames[name].assign(kalla_id=frames[name]["ar"].astype(int).map(own))
    first = asked.astype({"ar": int}).sort_values("ar", kind="stable")
    years = {
        key: int(ar)
        for column in ("indikatoromrade_id", "kvalitetsomrade_id", "indikator_id")
        for key, ar in first.drop_duplicates(column).set_index(column)["ar"].items()
    }
    for name, key in (("indikatorer", "indikator_id"), ("omraden", "omrade_id")):
        frames[name] = frames[name].assign(kalla_id=frames[name][key].map(years).map(own))
    places = pd.concat([answers, frames["rankning"]]).drop_duplicates("enhet_id").set_index("enhet_id")
    units = frames["enheter"]
    frames["enheter"] = units.assign(
        kalla_id=units["enhet_id"].map(places["kalla_id"]).where(units["typ"] != "kommun", SCB)
    )


def _translate(frames: dict[str, pd.DataFrame], english: English) -> None:
    """Fills the English columns, with the words of `engelska.yml`."""
    for name, key, column, words in (
        ("indikatorer", "indikator_id", "indikator_en", english.indikatorer),
        ("omraden", "omrade_id", "omrade_en", english.omraden),
        ("definitioner", "definition_id", "kort_en", english.definitioner),
        ("faktorer", "faktor_id", "faktor_en", FAKTOR.english),
        ("indikatorer_faktorer", "faktor_id", "faktor_en", FAKTOR.english),
        ("nyckeltal", "nyckeltal_id", "nyckeltal_en", english.nyckeltal),
    ):
        frames[name] = frames[name].assign(**{column: frames[name][key].map(words)})


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


def source_rows(sources: Sources, left_out: set[str]) -> pd.DataFrame:
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
                "_utan_rad": folder == boundaries.FOLDER
                and bool(sources.boundaries)
                or fetched_figures.is_fetched(folder),
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
            "_utan_rad": False,
        }
    )
    return pd.DataFrame(sorted(rows, key=lambda row: row["kalla_id"]))
