"""The demonstration: invented files through the front door, and nothing of it anywhere else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from conftest import contents

from ojbrottsoffer.checks.editions.signoff import approved
from ojbrottsoffer.importer.accepted import editions
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import read_csv
from ojbrottsoffer.schema.tables import TABLES
from ojbrottsoffer.sources.curated.decisions import read_sign_offs
from ojbrottsoffer.sources.reference.register import load_reference
from tools.nation import demo, invented

pytestmark = pytest.mark.slow

MUNICIPALITIES, DISTRICTS = 20, 3
YEARS = [2031, 2032]


@pytest.fixture(scope="module")
def copy(project: Project, tmp_path_factory) -> Project:
    """Two small years, so that both shapes of file are read."""
    folder = tmp_path_factory.mktemp("demo")
    before = contents(project.root / "data")
    made = demo.make_project(project, folder / "projekt", MUNICIPALITIES, YEARS)
    assert list(demo.import_years(project, made, folder / "filer", MUNICIPALITIES, DISTRICTS, YEARS)) == YEARS
    assert contents(project.root / "data") == before
    return made


def test_invented_files_are_read_as_they_were_drawn_and_signed_off(project: Project, copy: Project):
    reference = load_reference(copy)
    units = {unit.label: unit for unit in invented.units_of(invented.register(MUNICIPALITIES), DISTRICTS)}
    shares = demo._shares(project, list(reference.edition(demo.BASE_YEAR).index))
    signed, drafts = approved(editions.read_all(copy, reference), read_sign_offs(copy))
    assert not drafts and [item.kalla_id for item in signed] == ["oj-2031", "rankning-2031", "oj-2032"]
    answered = [item for item in signed if item.slag == "svar"]
    for item, drawn in zip(answered, invented.answers(list(units.values()), shares, YEARS), strict=True):
        wanted = {
            (units[label].enhet_id, nr): code
            for label, codes in drawn.codes.items()
            for nr, code in enumerate(codes)
        }
        order = list(reference.edition(item.ar).index)
        rows = item.frames["resultat"]
        read = {
            (row.enhet_id, order.index(row.indikator_id)): None
            if pd.isna(row.svar_kod)
            else int(row.svar_kod)
            for row in rows.itertuples()
        }
        assert read == wanted and len(read) == (MUNICIPALITIES + DISTRICTS) * 60
        assert list(item.frames["riket"]["andel_ja_procent"]) == drawn.nation
        assert set(item.frames["enheter_ar"]["landsdel"]) == set(invented.PARTS)


def test_the_margins_are_like_those_of_the_printed_table(project: Project):
    table = read_csv(project.clean / "riket.csv", TABLES["riket"]).query(
        "ar == 2015 and kalla_id == 'skl-2016'"
    )
    units = invented.units_of(invented.register(290), 30)
    assert len(units) == 320 and len({unit.enhet_id for unit in units}) == 320
    drawn = next(invented.answers(units, [float(v) for v in table["andel_ja_procent"]], [2031]))
    away = [abs(a - b) for a, b in zip(drawn.nation, table["andel_ja_procent"], strict=True)]
    assert sum(away) / len(away) < 6 and max(away) < 20


def test_the_copy_is_marked_and_the_real_project_never_is(project: Project, copy: Project):
    assert "Testkommunerna finns inte" in copy.synthetic_mark.read_text(encoding="utf-8")
    assert not project.synthetic_mark.exists()
    for path in [*(project.root / "data").rglob("*.csv"), *Path(project.site / "kommuner").glob("*")]:
        assert "testkommun" not in path.name
        assert path.is_dir() or "Testkommun" not in path.read_text(encoding="utf-8"), path
