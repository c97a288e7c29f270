"""What the method pages show: values for their templates, computed from the public tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.codes import ANSVAR, AVLASNING, BETYG, HANDLINGSPLAN, HARKOMST
from ojbrottsoffer.schema.model import swedish_list
from ojbrottsoffer.site.downloads import method_files
from ojbrottsoffer.site.pictures.method_charts import ladder, rating

if TYPE_CHECKING:
    from ojbrottsoffer.site.pages.views import Views

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


def methods(views: Views) -> list[dict]:
    """The methods with the factors each can help with, in the order of the file."""
    links = views.tables["metoder_kopplingar"]
    return [
        row | {"factors": links.query("metod_id == @row['metod_id'] and slag == 'faktor'").to_dict("records")}
        for row in views.tables["metoder"].to_dict("records")
    ]


def method_at(views: Views, address: str) -> dict:
    """The method whose page has this address, with what it can help with."""
    rows = views.tables["metoder"]
    row = rows[rows["sida"] == address].iloc[0].to_dict()
    links = views.tables["metoder_kopplingar"]
    links = links[links["metod_id"] == row["metod_id"]]
    by_kind = {kind: group.to_dict("records") for kind, group in links.groupby("slag")}
    return row | {
        "factors": by_kind.get("faktor", []),
        "indicators": [
            views.indicator(i) for i in views.indicators if row["metod_id"] in views.methods_helping[i]
        ],
        "tips": views.guide.tips_for_method(row["metod_id"]),
        "source": views.source_name(row["kalla_id"]),
    }


def helping(views: Views) -> dict[str, set[str]]:
    """Indicator -> ids of the methods that can help with it: those linked to it or to its area,
    and those that a tip about it leads to.
    """
    links = {(row.slag, row.mal_id, row.metod_id) for row in views.tables["metoder_kopplingar"].itertuples()}
    methods = list(views.tables["metoder"]["metod_id"])
    areas = views.year.indicators["indikatoromrade_id"]
    return {
        indicator: {
            method
            for method in methods
            if ("indikator", indicator, method) in links or ("indikatoromrade", area, method) in links
        }
        | {tip.metod for item in views.guide.tips_for(indicator) for tip in item.tips if tip.metod}
        for indicator, area in areas.items()
    }


def methods_for(views: Views, indikator_id: str) -> list[dict]:
    """The methods that can help with an indicator, in the order of the file."""
    return [row for row in views.method_rows if row["metod_id"] in views.methods_helping[indikator_id]]


def methods_for_gaps(views: Views, gaps: list[str]) -> list[dict]:
    """The methods that can help with any of some gaps; `only` has the gaps of those that do not
    help with all of them.
    """
    found = []
    for row in views.method_rows:
        helped = [gap for gap in gaps if row["metod_id"] in views.methods_helping[gap]]
        if helped:
            found.append(row | {"only": helped if len(helped) < len(gaps) else []})
    return found


def methods_for_factor(views: Views, factor: str) -> list[dict]:
    """The methods that can help with a success factor."""
    links = views.tables["metoder_kopplingar"].query("slag == 'faktor' and mal_id == @factor")
    rows = views.tables["metoder"]
    return rows[rows["metod_id"].isin(links["metod_id"])].to_dict("records")


def key_figures(views: Views, metod_id: str) -> list[dict]:
    """The figures of one method's document, as a reader writes them."""
    rows = views.tables["metod_nyckeltal"].query("metod_id == @metod_id")
    return [
        row
        | {
            "shown": str(int(row["varde"])) if row["enhet"] == "år" else decimal(row["varde"]),
            "note": None if pd.isna(row["anmarkning"]) else row["anmarkning"],
        }
        for row in rows.to_dict("records")
    ]


def decimal(value: float, decimals: int | None = None) -> str:
    """A number with decimal comma: as many decimals as it has, or `decimals`."""
    written = str(value).rstrip("0").rstrip(".") if decimals is None else None
    places = len(written.partition(".")[2]) if written is not None else decimals
    return text.number(value, places)


def steps(views: Views) -> list[dict]:
    """The ten steps, each with its checklist."""
    tasks = views.tables["sodertalje_checklista"]
    return [
        row | {"tasks": list(tasks.loc[tasks["steg"] == row["steg"], "moment"])}
        for row in views.tables["sodertalje_steg"].to_dict("records")
    ]


def ratings(views: Views) -> dict:
    """The principles with both ratings and a picture each, the averages, and the finding."""
    wide = (
        views.tables["sodertalje_bedomning"]
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
        "means": views.tables["sodertalje_medelvarden"].to_dict("records"),
    }


def plan(views: Views) -> list[dict]:
    """The actions of the plan, each with the actors a reader can choose."""
    rows = views.tables["sodertalje_plan"].to_dict("records")
    for row in rows:
        partner = "" if pd.isna(row["samverkar_med"]) else row["samverkar_med"]
        said = f"{row['ansvarig']} {partner} {row['omrade']}".lower()
        row |= {
            "partner": partner,
            "part": HANDLINGSPLAN.codes[row["plan"]],
            "actors": [name for key, name in ACTORS.items() if key in said],
        }
    return rows


def variables(views: Views) -> list[dict]:
    """The variables of the form, their values as a list."""
    return [
        row
        | {
            "origin": HARKOMST.codes[row["harkomst"]],
            "values": [] if pd.isna(row["varden"]) else row["varden"].split(" | "),
        }
        for row in views.tables["uppfoljning_variabler"].to_dict("records")
    ]


def stairs(views: Views) -> dict:
    """The ladder, lowest step first, and its picture."""
    rows = views.tables["insatstrappa"].sort_values("trappsteg").to_dict("records")
    return {"rows": rows, "picture": ladder(rows)}


def answers(views: Views) -> dict:
    """The municipalities' answers per question, and how many could be read with certainty."""
    frame = views.tables["valdsutovare_jonkoping"]
    missing = frame["svar"].str.startswith(MISSING, na=False)
    questions = []
    for (fraga_id, fraga, plats), group in frame.groupby(["fraga_id", "fraga", "plats"], sort=False):
        rows = group.to_dict("records")
        for row in rows:
            given = None if pd.isna(row["svar"]) else row["svar"]
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
        "given": int(frame["svar"].notna().sum() - missing.sum()),
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


def themes(views: Views) -> list[dict]:
    """The self-assessment: its themes and their statements."""
    frame = views.tables["sjalvskattning"]
    return [
        {"nr": nr, "theme": theme, "statements": list(group["pastaende"]), "key": f"tema-{nr}"}
        for (nr, theme), group in frame.groupby(["tema_nr", "tema"], sort=False)
    ]


TEMPLATE_GLOBALS = {
    "methods": methods,
    "method_at": method_at,
    "methods_for": methods_for,
    "methods_for_gaps": methods_for_gaps,
    "methods_for_factor": methods_for_factor,
    "key_figures": key_figures,
    "decimal": decimal,
    "steps": steps,
    "ratings": ratings,
    "plan": plan,
    "variables": variables,
    "stairs": stairs,
    "jonkoping_answers": answers,
    "themes": themes,
    "responsibility": ANSVAR.codes,
    "rating_words": BETYG.codes,
    "plan_parts": HANDLINGSPLAN.codes,
    "plan_actors": ACTORS,
    "assessment_answers": method_files.ASSESSMENT,
    "unread_signs": UNREAD,
    "method_file": method_files.ADDRESSES,
}
