"""What has been fetched from Kolada, from the folder to the tables: invented values of invented municipalities."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import copied
from importfiler import add_to_register, test_units

from ojbrottsoffer.checks.checksums import write_checksums
from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.curated.key_figures import load_key_figures
from ojbrottsoffer.sources.fetched_figures import read
from ojbrottsoffer.sources.inputs import read_all
from ojbrottsoffer.sources.reference.register import load_reference
from tools.nation.key_figures import write_fetched

DAY = "2026-01-01"
UNITS = test_units(6)
YEARS = (2022, 2023, 2024)


@pytest.fixture(scope="module")
def once_fetched(tmp_path_factory) -> Project:
    """A project in which three years of six invented municipalities have been fetched."""
    made = copied(tmp_path_factory.mktemp("hamtat"), "data", "expectations")
    add_to_register(made, UNITS)
    write_fetched(made, YEARS, DAY)
    return made


@pytest.fixture
def fetched(once_fetched: Project, tmp_path: Path) -> Project:
    """A copy of it, to break."""
    shutil.copytree(once_fetched.root, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def test_a_fetched_folder_becomes_tables_through_the_gate(fetched: Project):
    tables = ingest_and_check(fetched).tables
    values, groups = tables["nyckeltal_varden"], tables["kommungrupper_kolada"]
    assert len(values) == 8 * 7 * 3 * 3
    assert set(values["kommunkod"]) == {"0000", *(code for _, code in UNITS)}
    assert values["enhet_id"].isna().sum() == 8 * 3 * 3
    assert values["varde"].isna().equals(values["saknas_orsak"].notna())
    assert {"sekretess", "ej_besvarat"} == set(values["saknas_orsak"].dropna())
    assert set(values["kalla_id"]) == {f"kolada-{DAY}"} <= set(tables["kallor"]["kalla_id"])
    row = values.iloc[-1]
    raw = gzip.decompress((fetched.raw / f"kolada-{DAY}" / row["plats"].split(",")[0]).read_bytes())
    entry = json.loads(raw)["values"][int(row["plats"].split("post ")[1]) - 1]
    assert (entry["municipality"], entry["period"]) == (row["kommunkod"], row["ar"])
    assert row["varde"] in [value["value"] for value in entry["values"]]
    assert set(groups["kommungrupp"]) == set(load_key_figures(fetched).grupper)
    assert {*values["enhet_id"].dropna(), *groups["liknande_id"]} <= set(tables["enheter"]["enhet_id"])


def test_the_newest_fetch_is_read_and_the_older_stays(fetched: Project):
    shutil.copytree(fetched.raw / f"kolada-{DAY}", fetched.raw / "kolada-2025-01-01")
    origin = fetched.raw / "kolada-2025-01-01/origin.yml"
    origin.write_text(
        origin.read_text(encoding="utf-8").replace("2026-01-01", "2025-01-01"), encoding="utf-8"
    )
    write_checksums(fetched)
    tables = ingest_and_check(fetched).tables
    assert set(tables["nyckeltal_varden"]["kalla_id"]) == {f"kolada-{DAY}"}
    assert "kolada-2025-01-01" in set(tables["kallor"]["kalla_id"])


def test_without_a_fetch_there_are_no_values(fetched: Project):
    shutil.rmtree(fetched.raw / f"kolada-{DAY}")
    tables = read(fetched, load_key_figures(fetched), load_reference(fetched)).tables
    assert {name: len(frame) for name, frame in tables.items()} == {
        "nyckeltal_varden": 0,
        "kommungrupper_kolada": 0,
    }


def changed(kind: str, change: Callable[[dict], object]) -> Callable[[Path], object]:
    """A damage of the first answer of a kind."""

    def damage(folder: Path) -> None:
        path = min(folder.glob(f"*-{kind}.json.gz"))
        said = json.loads(gzip.decompress(path.read_bytes()))
        change(said)
        path.write_bytes(gzip.compress(json.dumps(said).encode()))

    return damage


def first(said: dict) -> dict:
    return said["values"][0]


def value(said: dict) -> dict:
    return first(said)["values"][0]


DAMAGES = {
    "okänt nyckeltal": (changed("data", lambda said: first(said).update(kpi="N99999")), "okänt nyckeltal"),
    "ändrad rubrik": (
        changed("kpi", lambda said: first(said).update(title="Vuxna, (Ja=1, Nej=0)")),
        "en annan rubrik än när det granskades",
    ),
    "okänd kommun": (
        changed("data", lambda said: first(said).update(municipality="9999")),
        "finns inte i registret",
    ),
    "år som inte börjat": (
        changed("data", lambda said: first(said).update(period=2999)),
        "Året har inte börjat",
    ),
    "okänt kön": (
        changed("data", lambda said: value(said).update(gender="X")),
        "T (alla), K (kvinnor) eller M (män)",
    ),
    "ändrad typ": (changed("data", lambda said: value(said).update(value="3,2")), "ett tal eller null"),
    "årtal som text": (changed("data", lambda said: first(said).update(period="2024")), "ett heltal"),
    "fält som saknas": (changed("data", lambda said: value(said).pop("value")), "ett fält med det namnet"),
    "negativt": (changed("data", lambda said: value(said).update(value=-1)), "inte är negativt"),
    "andel över 100": (
        changed(
            "data",
            lambda said: [
                v.update(value=300) for e in said["values"] if e["kpi"] == "N07634" for v in e["values"]
            ],
        ),
        "högst 100 procent",
    ),
    "samma två gånger": (changed("data", lambda said: said["values"].append(first(said))), "står två gånger"),
    "undertryckt med tal": (
        changed("data", lambda said: value(said).update(status="..", value=3)),
        "har ett tal",
    ),
    "gruppens kommun": (
        changed("municipality_groups", lambda said: first(said)["members"][0].update(member_id="9999")),
        "finns inte i registret",
    ),
    "avklippt": (
        lambda folder: [p.write_bytes(p.read_bytes()[:90]) for p in folder.glob("*-data.json.gz")],
        "packa upp",
    ),
    "svar borta": (lambda folder: min(folder.glob("*-data.json.gz")).unlink(), "listan över anrop"),
    "html": (
        lambda folder: min(folder.glob("*-data.json.gz")).write_bytes(gzip.compress(b"<!DOCTYPE html>")),
        "hel JSON",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_answer_is_told(name: str, fetched: Project):
    damage, says = DAMAGES[name]
    damage(fetched.raw / f"kolada-{DAY}")
    with pytest.raises(DataError) as error:
        if "högst" in says:  # a rule of the suite
            ingest_and_check(fetched, guard=False)
        read(fetched, load_key_figures(fetched), load_reference(fetched))
    assert says in str(error.value)
    assert all(
        finding.file.startswith(f"data/raw/kolada-{DAY}") and finding.action
        for finding in error.value.findings
    )


def test_removed_values_are_left_out_and_a_reason_nobody_knows_is_no_reason(fetched: Project):
    def change(said: dict) -> None:
        value(said).update(isdeleted=True)
        first(said)["values"][1].update(value=None, status="okänt")
        first(said)["values"][2].update(value=None, status=None)

    changed("data", change)(fetched.raw / f"kolada-{DAY}")
    values = read(fetched, load_key_figures(fetched), load_reference(fetched)).tables["nyckeltal_varden"]
    assert len(values) == 8 * 7 * 3 * 3 - 1
    assert list(values["saknas_orsak"][:2]) == ["uppgift_saknas", "uppgift_saknas"]


def test_checksums_cover_what_was_fetched(fetched: Project):
    sums = (fetched.raw / "SHA256SUMS").read_text(encoding="utf-8")
    for path in (fetched.raw / f"kolada-{DAY}").iterdir():
        assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  kolada-{DAY}/{path.name}\n" in sums
    origin = fetched.raw / f"kolada-{DAY}/origin.yml"
    origin.write_text(origin.read_text(encoding="utf-8") + "anmarkning: ny\n", encoding="utf-8")
    with pytest.raises(DataError, match="annat innehåll"):
        ingest_and_check(fetched)


SLIPS = {
    ("kolada_id: U30750", "kolada_id: 30750"): "en stor bokstav och fem siffror",
    ("kolada_id: U30751", "kolada_id: U30750"): "Samma sak står två gånger",
    ("roll: befolkning", "roll: visas"): "Kommunens invånare ska vara ett av nyckeltalen",
    ("decimaler: 0", "decimaler: 9"): "decimaler",
    ("  kodning: tal", "  kodning: 1/2"): "1/0",
    ("sedd_sist: 2026-03-23", "sedd_sist: 2999-03-23"): "Dagen kan inte vara rätt",
    ("- id: invanare", "- id: folkmangd"): "engelska.yml",
}


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_a_slip_in_the_reviewed_list_is_told(old: str, new: str, scratch: Project):
    path = scratch.reference / "kolada.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_all(scratch)
    assert SLIPS[old, new] in str(error.value)
