"""Columns that rules across rows and tables need, computed beside the public ones.

Great Expectations looks at one table at a time. What a rule has to know from another table or
from the neighbouring rows is put in a column of its own whose name begins with `_`; the rule in
`expectations/` then says in one line what must hold. None of these columns is published.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ojbrottsoffer.schema.codes import SVAR
from ojbrottsoffer.sources.computed import JA, counted_ja, own_sources

FEWEST_ANSWERS = 10
"""A unit with fewer answers than this says nothing by answering all alike."""
FEWEST_UNITS = 5
"""An indicator with fewer units than this says nothing by being answered alike."""
BIG_STEP = 15
"""Percentage points between two years that are worth a look."""


def with_helpers(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """`frames` with the helper columns; the frames themselves are left as they are."""
    done = dict(frames)
    answers = frames["resultat"].merge(_own_shares(frames), on=["ar", "indikator_id"], how="left")
    done["resultat"] = frames["resultat"].assign(**_resultat(frames, answers))
    done["enheter_ar"] = frames["enheter_ar"].assign(**_enheter_ar(frames))
    done["indikatorer_ar"] = frames["indikatorer_ar"].assign(**_indikatorer_ar(frames, answers))
    done["antal_ja"] = frames["antal_ja"].assign(
        _publicerat_minus_beraknat=frames["antal_ja"]["antal_ja_publicerat"]
        - frames["antal_ja"]["antal_ja_beraknat"]
    )
    rounds = set(_rows(frames["omgangar"], ["undersokning", "ar"]))
    done["rankning"] = frames["rankning"].assign(
        **_rankning(frames), _utan_omgang=_outside(frames["rankning"], ["undersokning", "ar"], rounds)
    )
    shares = frames["riket"].assign(undersokning="oj")
    done["riket"] = frames["riket"].assign(
        _sprang=_steps(frames["riket"]),
        _foredragna=_preferred(shares, ["ar", "indikator_id", "delmangd"]),
        _utan_omgang=_outside(shares, ["undersokning", "ar"], rounds),
    )
    pairs = frames["indikatorer_kolada"]
    done["indikatorer_kolada"] = pairs.assign(
        _fel_del=pairs["delmangd"].where(pairs["relation"].eq("del_av") == pairs["delmangd"].eq("alla"))
    )
    done["enheter"] = frames["enheter"].assign(_lan_ur_kommunkod=frames["enheter"]["kommunkod"].str[:2])
    counted = frames["nyckeltal"].set_index("nyckeltal_id")["mattenhet"]
    done["nyckeltal_varden"] = frames["nyckeltal_varden"].assign(
        _procent=frames["nyckeltal_varden"]["varde"].where(
            frames["nyckeltal_varden"]["nyckeltal_id"].map(counted) == "procent"
        )
    )
    levels = frames["omraden"].set_index("omrade_id")["niva"]
    done["omraden"] = frames["omraden"].assign(
        _overordnad_niva=frames["omraden"]["overordnat_id"].map(levels)
    )
    table = frames["avvikelser"]
    done["avvikelser"] = table.assign(
        _samma_varde=table["varde_a_text"].where(table["varde_a_text"] == table["varde_b_text"])
    )
    used = set().union(
        *(
            set(frame["kalla_id"].unique())
            for name, frame in frames.items()
            if name != "kallor" and "kalla_id" in frame.columns
        )
    )
    sources = frames["kallor"]
    elsewhere = (
        sources["_utan_rad"] if "_utan_rad" in sources else False
    )  # on the maps, or fetched anew since
    done["kallor"] = sources.assign(
        _oanvand=sources["kalla_id"].where(~(sources["kalla_id"].isin(used) | elsewhere))
    )
    return done


def _own_shares(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`ar, indikator_id, _riket`: the nation's share from the edition's own source."""
    riket = frames["riket"]
    own = riket["ar"].map(own_sources(frames["resultat"]))
    rows = riket[(riket["kalla_id"] == own) & (riket["delmangd"] == "alla")]
    return rows.drop_duplicates(["ar", "indikator_id"]).rename(columns={"andel_ja_procent": "_riket"})[
        ["ar", "indikator_id", "_riket"]
    ]


def _resultat(frames: dict[str, pd.DataFrame], answers: pd.DataFrame) -> dict[str, object]:
    asked = set(_rows(frames["indikatorer_ar"], ["ar", "indikator_id"]))
    units = set(_rows(frames["enheter_ar"].query("med_i_underlaget"), ["ar", "enhet_id"]))
    number = answers.groupby("ar")["enhet_id"].transform("nunique")
    yes = answers["svar_kod"].eq(JA)
    like = answers["_riket"].where(yes, 100 - answers["_riket"])
    rare = (number >= FEWEST_UNITS) & (number * like / 100 < 1) & answers["svar_kod"].notna()
    rare = rare.fillna(False).astype(bool)
    words = answers["svar_kod"].map({int(code): word for code, word in SVAR.codes.items()})
    text = (
        words.astype("str").fillna("")
        + ", i riket svarar "
        + answers["_riket"].astype("Int64").astype("str")
        + " % ja"
    )
    return {
        "_ej_stalld": _outside(frames["resultat"], ["ar", "indikator_id"], asked),
        "_ej_i_underlaget": _outside(frames["resultat"], ["ar", "enhet_id"], units),
        "_osannolikt": text.where(rare).to_numpy(),
        "_svar_ur_koden": words.to_numpy(),
    }


def _preferred(frame: pd.DataFrame, of: list[str]) -> pd.Series:
    """How many of the rows about the same thing are preferred."""
    return frame["foredragen"].astype(int).groupby([frame[name] for name in of]).transform("sum")


def _outside(frame: pd.DataFrame, columns: list[str], known: set[tuple]) -> list[str | None]:
    """What `columns` say on the rows whose combination is not among `known`, else None."""
    return [None if row in known else " ".join(map(str, row)) for row in _rows(frame, columns)]


def _rows(frame: pd.DataFrame, columns: list[str]) -> Iterator[tuple]:
    """What `itertuples` gives, without the time pandas takes to hand out one value."""
    return zip(*(frame[name].to_numpy(dtype=object).tolist() for name in columns), strict=True)


def _enheter_ar(frames: dict[str, pd.DataFrame]) -> dict[str, object]:
    """Units whose answers are all alike, units that answer exactly as another does, and units
    without a population group among others that have one."""
    names = dict(zip(frames["enheter"]["enhet_id"], frames["enheter"]["enhet"], strict=True))
    alike: dict[tuple, str] = {}
    twins: dict[tuple, str] = {}
    for ar, rows in frames["resultat"].groupby("ar"):
        wide = rows.pivot_table(
            index="indikator_id", columns="enhet_id", values="svar_kod", aggfunc="first", dropna=False
        )
        first_with: dict[bytes, str] = {}
        for unit, column in zip(wide.columns, wide.to_numpy(dtype=float, na_value=np.nan).T, strict=True):
            given = column[~np.isnan(column)]
            if len(given) < FEWEST_ANSWERS:
                continue
            if given.min() == given.max():
                alike[ar, unit] = SVAR.codes.get(str(int(given[0])), "")
            pattern = np.nan_to_num(column, nan=-1).tobytes()
            if pattern in first_with:
                twins[ar, unit] = names[first_with[pattern]]
            first_with.setdefault(pattern, unit)
    keys = list(frames["enheter_ar"][["ar", "enhet_id"]].itertuples(index=False, name=None))
    groups = frames["enheter_ar"]["befolkningsgrupp"]
    having = groups.notna().groupby(frames["enheter_ar"]["ar"]).transform("sum")
    return {
        "_enda_svar": [alike.get(key) for key in keys],
        "_svarar_som": [twins.get(key) for key in keys],
        "_utan_grupp": (having.astype("str") + " andra enheter har en").where(
            groups.isna() & having.gt(0), None
        ),
    }


def _indikatorer_ar(frames: dict[str, pd.DataFrame], answers: pd.DataFrame) -> dict[str, object]:
    table = frames["indikatorer_ar"]
    parents = frames["omraden"].set_index("omrade_id")["overordnat_id"]
    by_indicator = answers.groupby(["ar", "indikator_id"])
    alike = by_indicator.agg(
        antal=("svar_kod", "count"),
        olika=("svar_kod", "nunique"),
        svar=("svar_kod", "first"),
        riket=("_riket", "first"),
    )
    against = (alike["svar"].eq(JA) & (alike["riket"] <= 50)) | (
        alike["svar"].ne(JA) & (alike["riket"] >= 50)
    )
    odd = alike[(alike["antal"] >= FEWEST_UNITS) & (alike["olika"] == 1) & against.fillna(False).astype(bool)]
    texts = {
        key: f"alla svarar {SVAR.codes.get(str(row.svar), '')}, i riket svarar {int(row.riket)} % ja"
        for key, row in zip(odd.index, odd.itertuples(), strict=True)
    }
    keys = table[["ar", "indikator_id"]].itertuples(index=False, name=None)
    return {
        "_overordnat_omrade": table["indikatoromrade_id"].map(parents),
        "_plats_i_ordningen": table.sort_values("nr").groupby("ar").cumcount() + 1,
        "_alla_lika": [texts.get(key) for key in keys],
    }


def _rankning(frames: dict[str, pd.DataFrame]) -> dict[str, object]:
    """What each placing should be: from the counted Ja (ÖJ), and from its own list."""
    table = frames["rankning"]
    counted = counted_ja(frames["resultat"])
    by_count = counted.groupby(level="ar").rank(method="min", ascending=False).to_dict()
    expected = [
        by_count.get((row.ar, row.enhet_id)) if row.undersokning == "oj" else row.placering
        for row in table.itertuples()
    ]
    of_list = table[table["placering"].notna()].groupby(["undersokning", "ar", "kalla_id"])
    wrongly_single, too_early = {}, {}
    for _, rows in of_list:
        rows = rows.sort_values("placering")
        same = rows.groupby("placering")["placering"].transform("size")
        for index, row in rows[(same > 1) & rows["delad"].eq(False)].iterrows():
            wrongly_single[index] = f"placering {row['placering']} finns flera gånger i listan"
        shared = rows.groupby("placering")["delad"].any()
        places = rows.groupby("placering").size().clip(lower=1 + shared.astype(int))
        for (earlier, size), later in zip(places.items(), places.index[1:], strict=False):
            if later < earlier + size:
                for index in rows.index[rows["placering"] == later]:
                    too_early[index] = f"placering {later} efter {size} på placering {earlier}"
    return {
        "_raknad_placering": pd.Series(expected, index=table.index, dtype="Int64"),
        "_delad_i_listan": [wrongly_single.get(index) for index in table.index],
        "_for_tidig": [too_early.get(index) for index in table.index],
    }


def _steps(riket: pd.DataFrame) -> list[str | None]:
    """Big changes between one year and the next for the same question and definition."""
    rows = riket[riket["jamforbar"] == "ja"].drop_duplicates(["ar", "indikator_id", "delmangd"])
    steps = {}
    for _, series in rows.sort_values("ar").groupby(["indikator_id", "delmangd"]):
        years, shares = list(series["ar"]), list(series["andel_ja_procent"])
        for i in range(1, len(years)):
            change = shares[i] - shares[i - 1]
            if years[i] - years[i - 1] == 1 and abs(change) > BIG_STEP:
                steps[series.index[i]] = f"{change:+d} procentenheter sedan {years[i - 1]}"
    return [steps.get(index) for index in riket.index]
