"""What the pages about methods show, computed from the public tables."""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.codes import AVLASNING, HANDLINGSPLAN, HARKOMST
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.context.site_tables import SiteTables
from ojbrottsoffer.site.pictures.method_charts import ladder, rating

ACTORS = {
    "polis": "Polisen",
    "åklag": "Åklagarna",
    "sjukvård": "Hälso- och sjukvården",
    "socialtjänst": "Socialtjänsten",
    "avc": "Anti Våld Center (AVC)",
    "bou": "Barn- och ungdomsenheten (BoU)",
    "kvinnojour": "Kvinnojouren",
    "framgår": "Framgår inte",
}
"""What a row of the plan mentions -> the actor that a reader can choose."""
UNREAD = {
    "etikett_lossnad": ("?", "går inte att avläsa"),
    "inte_namngiven": ("·", "inte namngiven"),
    "inte_upptagen": ("–", "finns inte i tabellen"),
}
"""Why an answer is not shown -> sign and words in the matrix."""
READ = {"namn_pa_raden": "namn på raden", "namn_i_texten": "namn i löpande text"}
"""How an answer was tied to its municipality, shortly."""
MISSING = "svar saknas"
"""How an answer begins that the source says is missing."""


def methods_values(edition: EditionContext) -> dict[str, object]:
    """The methods in the order of the file: the factors each can help with, and a square for each question, full
    where it can help. `helped`: how many questions some method can help with.
    """
    links, helping = edition.site.tables["metoder_kopplingar"], edition.methods_helping
    rows = []
    for row in edition.site.tables["metoder"].to_dict("records"):
        method = row["metod_id"]
        helped = [indicator for indicator, methods in helping.items() if method in methods]
        factors = links.query("metod_id == @method and malslag == 'faktor'").to_dict("records")
        rows.append(row | {"factors": factors, "codes": edition.chosen(helped), "number": len(helped)})
    return {"methods": rows, "helped": sum(map(bool, helping.values()))}


def method_at(edition: EditionContext, address: str) -> dict:
    """The method whose page, or a page below it, has this address, with what it can help with."""
    rows = edition.site.tables["metoder"].to_dict("records")
    row = next(row for row in rows if address.startswith(row["adress"]))
    links = edition.site.tables["metoder_kopplingar"]
    links = links[links["metod_id"] == row["metod_id"]]
    helped = edition.methods_helping
    rests_on = edition.site.tables["metoder_kallor"].query("metod_id == @row['metod_id']")["kalla_id"]
    return row | {
        "factors": links[links["malslag"] == "faktor"].to_dict("records"),
        "indicators": [r for i, r in edition.indicators.items() if row["metod_id"] in helped[i]],
        "tips": edition.guide.tips_for_method(row["metod_id"]),
        "source": edition.site.source_name(row["kalla_id"]),
        "sources": [edition.site.source_name(name) for name in rests_on],
    }


def contradictions_in(site: SiteTables, kalla_id: str) -> list[tuple[dict, dict | None]]:
    """The contradictions of one document, each with the claim that it is about, if any."""
    claims = site.tables["pastaenden"].dropna(subset=["avvikelse_id"]).set_index("avvikelse_id")
    known = claims.to_dict("index")
    rows = site.tables["avvikelser"]
    rows = rows[rows["kalla_id_a"] == kalla_id].to_dict("records")
    return [(row, known.get(row["avvikelse_id"])) for row in rows]


def mean_contradictions(site: SiteTables) -> list[dict]:
    """The printed averages that are not those of the printed ratings."""
    rows = site.tables["avvikelser"]
    return rows[rows["avvikelsetyp"] == "medelvarde"].to_dict("records")


def methods_for(edition: EditionContext, indikator_id: str) -> list[dict]:
    """The methods that can help with an indicator, in the order of the file."""
    rows, helped = edition.site.tables["metoder"].to_dict("records"), edition.methods_helping[indikator_id]
    return [row for row in rows if row["metod_id"] in helped]


def methods_for_gaps(edition: EditionContext, gaps: list[str]) -> list[dict]:
    """The methods that can help with any of some gaps; `only` has the gaps of those that do not
    help with all of them.
    """
    found = []
    for row in edition.site.tables["metoder"].to_dict("records"):
        helped = [gap for gap in gaps if row["metod_id"] in edition.methods_helping[gap]]
        if helped:
            found.append(row | {"only": helped if len(helped) < len(gaps) else []})
    return found


def methods_for_factor(edition: EditionContext, factor: str) -> list[dict]:
    """The methods that can help with a success factor."""
    links = edition.site.tables["metoder_kopplingar"]
    helped = set(links.loc[links["faktor_id"] == factor, "metod_id"])
    return [row for row in edition.site.tables["metoder"].to_dict("records") if row["metod_id"] in helped]


def key_figures(site: SiteTables, metod_id: str) -> list[dict]:
    """The figures of one method's document, as a reader writes them."""
    rows = site.tables["metod_nyckeltal"].query("metod_id == @metod_id")
    return [
        row
        | {
            "shown": str(int(row["varde"])) if row["mattenhet"] == "år" else decimal(row["varde"]),
            "note": None if pd.isna(row["anmarkning"]) else row["anmarkning"],
        }
        for row in rows.to_dict("records")
    ]


def decimal(value: float, decimals: int | None = None) -> str:
    """A number with decimal comma: as many decimals as it has, or `decimals`."""
    written = str(value).rstrip("0").rstrip(".") if decimals is None else None
    places = len(written.partition(".")[2]) if written is not None else decimals
    return text.number(value, places)


def steps(site: SiteTables) -> list[dict]:
    """The ten steps, each with its checklist."""
    tasks = site.tables["sodertalje_checklista"]
    return [
        row | {"tasks": list(tasks.loc[tasks["steg"] == row["steg"], "moment"])}
        for row in site.tables["sodertalje_steg"].to_dict("records")
    ]


def ratings(site: SiteTables) -> dict:
    """The principles with both ratings and a picture each, the averages, and the finding."""
    wide = (
        site.tables["sodertalje_bedomning"]
        .pivot(index=["princip_nr", "princip"], columns="betyg", values="varde")
        .reset_index()
    )
    rows = [
        {
            "nr": row["princip_nr"],
            "principle": row["princip"],
            "vikt": row["vikt"],
            "kvalitet": row["kvalitet"],
            "picture": rating(row["vikt"], row["kvalitet"]),
        }
        for row in wide.to_dict("records")
    ]
    lowest = min(rows, key=lambda row: row["kvalitet"])
    return {
        "rows": rows,
        "lowest": lowest,
        "least": min(row["vikt"] for row in rows),
        "means": site.tables["sodertalje_medelvarden"].to_dict("records"),
    }


def plan(site: SiteTables) -> list[dict]:
    """The actions of the plan, each with the actors a reader can choose."""
    rows = site.tables["sodertalje_plan"].to_dict("records")
    for row in rows:
        partner = "" if pd.isna(row["samverkar_med"]) else row["samverkar_med"]
        said = f"{row['ansvarig']} {partner} {row['forbattrar']}".lower()
        row |= {
            "partner": partner,
            "part": HANDLINGSPLAN.codes[row["plan"]],
            "actors": [name for key, name in ACTORS.items() if key in said],
        }
    return rows


def variables(site: SiteTables) -> list[dict]:
    """The variables of the form, their values as a list."""
    return [
        row
        | {
            "origin": HARKOMST.codes[row["harkomst"]],
            "values": [] if pd.isna(row["varden"]) else row["varden"].split(" | "),
        }
        for row in site.tables["uppfoljning_variabler"].to_dict("records")
    ]


def stairs(site: SiteTables) -> dict:
    """The ladder, lowest step first, and its picture."""
    rows = site.tables["insatstrappa"].sort_values("trappsteg").to_dict("records")
    return {"rows": rows, "picture": ladder(rows)}


def answers(site: SiteTables) -> dict:
    """The municipalities' answers per question, and how many could be read with certainty."""
    frame = site.tables["valdsutovare_jonkoping"]
    missing = frame["saknas_orsak"].eq("uppgift_saknas").fillna(False)
    questions = []
    for (fraga_id, fraga, plats), group in frame.groupby(["fraga_id", "fraga", "plats"], sort=False):
        rows = group.to_dict("records")
        for row in rows:
            told = [MISSING] if row["saknas_orsak"] == "uppgift_saknas" else []
            given = (
                "; ".join([*told, *(row[n] for n in ("svarstext", "anmarkning") if not pd.isna(row[n]))])
                or None
            )
            row["given"] = given
            row["read"] = READ.get(row["sakerhet_i_avlasningen"], "")
            row["how"] = AVLASNING.codes[row["sakerhet_i_avlasningen"]]
            row["sign"], row["word"] = (
                UNREAD[row["sakerhet_i_avlasningen"]]
                if given is None
                else ("○", MISSING)
                if given.startswith(MISSING)
                else ("●", "svar finns")
            )
        questions.append(
            {
                "id": fraga_id,
                "question": fraga,
                "place": plats,
                "rows": rows,
                "shown": [row for row in rows if row["given"]],
                "unread": _unread(rows),
            }
        )
    return {
        "questions": questions,
        "municipalities": list(dict.fromkeys(frame["kommun"])),
        "total": len(frame),
        "given": int(frame["svarstext"].notna().sum()),
        "missing": int(missing.sum()),
    }


def _unread(rows: list[dict]) -> list[dict]:
    """The municipalities without an answer, under the reason why."""
    reasons = dict.fromkeys(row["how"] for row in rows if row["given"] is None)
    return [
        {
            "why": why,
            "names": swedish_list(
                [row["kommun"] for row in rows if row["given"] is None and row["how"] == why]
            ),
        }
        for why in reasons
    ]


def themes(site: SiteTables) -> list[dict]:
    """The self-assessment: its themes and their statements."""
    frame = site.tables["sjalvskattning"]
    return [
        {"nr": nr, "theme": theme, "statements": list(group["skattas"]), "key": f"tema-{nr}"}
        for (nr, theme), group in frame.groupby(["tema_nr", "tema"], sort=False)
    ]
