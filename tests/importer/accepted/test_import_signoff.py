"""A sign-off covers exactly what decides the figures, and `granska` speaks of one edition."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml
from importfiler import (
    KALLA,
    MARKS,
    File,
    bring_in,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    save_rows,
    test_units,
)

from ojbrottsoffer.checks.editions.signoff import content_digest
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.accepted.editions import read
from ojbrottsoffer.sources.reference.register import load_reference

pytestmark = pytest.mark.slow

UNITS = test_units(6)


class Scratch:
    def __init__(self, folder: Path):
        self.folder = folder / "filer"
        self.folder.mkdir()
        self.project = make_project(folder / "projekt")
        self.indicators = indicators_of(self.project)

    def run(self, *arguments) -> int:
        return main(["--rot", str(self.project.root), *map(str, arguments)])

    def bring_in(self, path, slag, **said) -> None:
        profile = profile_file(self.folder, **{"saknas": MARKS, "kalla": KALLA} | said)
        assert bring_in(self.project, path, profile, slag) == 0

    def sign(self, slag, *more) -> int:
        return self.run(
            "granska",
            "--ar",
            2016,
            "--slag",
            slag,
            "--godkann",
            "--granskare",
            "Nils Nilsson",
            "--skal",
            "Jämförd med filen",
            "--datum",
            "2017-08-01",
            *more,
        )

    def digest(self) -> str:
        return content_digest(read(self.project, load_reference(self.project), self.project.raw / "oj-2016"))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Answers of 2016 with shares of the nation, and a table that gives two shares differently."""
    made = Scratch(tmp_path_factory.mktemp("signering"))
    published = {"social-jour": "78"}  # what another source says already
    shares = [published.get(item[0], str(30 + n % 40)) for n, item in enumerate(made.indicators)]
    file = File(UNITS, made.indicators, invented_answers(UNITS, made.indicators), nation=shares)
    made.bring_in(file.save(made.folder), "svar")
    other = [["Indikator", "Andel"], *([item[1], "31"] for item in made.indicators[:3])]
    made.bring_in(save_rows(made.folder, other, "csv"), "riket", kalla={"titel": "T", "utgivare": "Ett verk"})
    return made


def edited(path: Path, change) -> bytes:
    """Changes the rows of a reference table; returns the file as it was."""
    before = path.read_bytes()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return before


def first_link(rows, **values):
    next(row for row in rows if row["till_ar"] == "2016").update(values)


ESSENTIAL = {
    "how a question is compared": (
        "indikatorer_mellan_ar",
        lambda rows: first_link(rows, jamforbar="delvis"),
    ),
    "what became of a question": ("indikatorer_mellan_ar", lambda rows: first_link(rows, typ="omformulerad")),
    "which area a question lies in": (
        "indikatorer_ar",
        lambda rows: rows[-1].update(indikatoromrade_id=rows[-30]["indikatoromrade_id"]),
    ),
    "the name of an area": ("omraden", lambda rows: rows[0].update(omrade="Något annat")),
}
COSMETIC = {
    "a short name": ("indikatorer", lambda rows: rows[0].update(kortnamn="Ett annat namn")),
    "a remark": ("indikatorer_mellan_ar", lambda rows: first_link(rows, anmarkning="En kommentar")),
}


@pytest.mark.parametrize(("table", "change"), ESSENTIAL.values(), ids=ESSENTIAL)
def test_what_decides_the_figures_revokes_a_sign_off(scratch, table, change):
    before, path = scratch.digest(), scratch.project.reference / f"{table}.csv"
    kept = edited(path, change)
    try:
        assert scratch.digest() != before
    finally:
        path.write_bytes(kept)
    assert scratch.digest() == before


def test_a_unit_that_was_renamed_revokes_a_sign_off(scratch):
    before, path = scratch.digest(), scratch.project.reference / "enheter_mellan_ar.csv"
    kept = path.read_bytes()
    try:
        path.write_bytes(kept + b"2015,lund,2016,testkommun-001,namnbyte,\n")
        assert scratch.digest() != before
        path.write_bytes(kept + b"2016,testkommun-001,2017,testkommun-002,namnbyte,\n")
        assert scratch.digest() == before, "nästa års samband hör till nästa års granskning"
    finally:
        path.write_bytes(kept)


@pytest.mark.parametrize(("table", "change"), COSMETIC.values(), ids=COSMETIC)
def test_polish_does_not_revoke_a_sign_off(scratch, table, change):
    before, path = scratch.digest(), scratch.project.reference / f"{table}.csv"
    kept = edited(path, change)
    try:
        assert path.read_bytes() != kept and scratch.digest() == before
    finally:
        path.write_bytes(kept)


def test_each_edition_of_a_year_is_reviewed_by_itself(scratch, capsys):
    """The answers come first; the contradiction is decided with the table that brings it."""
    shares, clash = "andel-riket-2016", f"{scratch.indicators[0][0]}-alla-oj-2016-riket-2016"
    assert scratch.sign("svar", "--html") == 0
    pages = scratch.project.work / "granskning"
    page, shown = ((pages / f"oj-2016{name}.html").read_text(encoding="utf-8") for name in ("", "-filen"))
    came = re.findall(r'<li>(Testkommun \d+) \(<a href="oj-2016-filen.html#(\w+)">', page)
    assert len(came) == len(UNITS), "varje enhet leder till cellen med sitt namn"
    assert all(re.search(rf"<td class=enhet id={cell}>{name}<", shown) for name, cell in came)
    said = capsys.readouterr().out
    assert shares not in said, "motsägelsen hör till den andra filen"
    assert f"Rikets andelar i samma fil: {len(scratch.indicators)}\n  Jämfört med 2015:" in said
    assert scratch.run("granska", "--ar", 2016, "--slag", "riket", "--html") == 0
    page = (scratch.project.work / "granskning/riket-2016.html").read_text(encoding="utf-8")
    assert (
        "<h1>Granska riket-2016</h1>" in page and f"{shares}-{clash}" in page and "2 nya motsägelser" in page
    )
    left = page[page.index('<h2 id="lamnat">') :]
    assert "Lämnade: 0 celler" in left and "Inte använda: 0 celler" in left
    said = capsys.readouterr().out
    assert f"Ny motsägelse {shares}-{clash}" in said
    with (scratch.project.clean / "riket.csv").open(encoding="utf-8", newline="") as file:
        before = next(
            int(row["andel_ja_procent"])
            for row in csv.DictReader(file)
            if (row["ar"], row["indikator_id"], row["delmangd"]) == ("2015", scratch.indicators[0][0], "alla")
        )
    step = 31 - before
    assert f"{scratch.indicators[0][1]} {'+' if step > 0 else '−'}{abs(step)} procentenheter" in " ".join(
        said.split()
    )
    assert "enligt Ett verk." in said, "en källa utan datum heter som sin utgivare"
    other = f"{shares}-{clash}".replace(scratch.indicators[0][0], scratch.indicators[2][0])
    assert "--acceptera-alla andel-riket" in said
    for part, told in (
        (("--acceptera", f"{shares}-{clash}"), other),
        (("--acceptera-alla", "antal-ja"), "Kontrollera typen"),
    ):
        assert scratch.sign("riket", *part) == 1 and told in capsys.readouterr().err
    assert scratch.sign("riket", "--acceptera-alla", "andel-riket") == 0
    listed = yaml.safe_load((scratch.project.reference / "kanda_avvikelser.yml").read_text(encoding="utf-8"))
    added = {
        entry["avvikelse_id"]: entry["beslut"] for entry in listed if entry.get("utgava") == "riket-2016"
    }
    assert added == dict.fromkeys((f"{shares}-{clash}", other), "Jämförd med filen")
    assert set(added) <= set(capsys.readouterr().out.split())
    assert scratch.run("data") == 0
    assert_who_imported_is_said(scratch, capsys)


def assert_who_imported_is_said(scratch: Scratch, capsys) -> None:
    """Left out of the decision, or of the origin, it stops; said to be unknown in both, readers are told."""
    decided = scratch.project.reference / "granskade_utgavor.yml"
    origin = scratch.project.raw / "riket-2016" / "origin.yml"
    name, said_by = "Vera Tall", re.compile(r"(?<=inlast_av: |ported_by: ).*")
    decision, source = (said_by.sub(name, path.read_text(encoding="utf-8")) for path in (decided, origin))

    def told(new_decision: str, new_source: str, code: int) -> str:
        decided.write_text(new_decision, encoding="utf-8")
        origin.write_text(new_source, encoding="utf-8")
        assert scratch.run("kontrollsummor") == 0
        capsys.readouterr()
        assert scratch.run("kontrollera") == code
        said = capsys.readouterr()
        return said.out + said.err

    without = re.sub(r"  inlast_av: .*\n", "", decision)
    unsaid = re.sub(r"imported_by: .*\n", "", source)
    for new_source in (source, unsaid):
        said = told(without, new_source, 1)
        assert said.count("fältet inlast_av") == 2 and "granskade_utgavor.yml" in said
    said = told(decision, unsaid, 1)
    assert (
        "någon annan läste in filen" in said
        and f"”{name}”" in said
        and "okänd, som data/raw/riket-2016" in said
    )
    riket = decision.index("kalla_id: riket-2016")
    answers = scratch.project.raw / "oj-2016" / "origin.yml"
    answers.write_text(said_by.sub(name, answers.read_text(encoding="utf-8")), encoding="utf-8")
    unknown = decision[:riket] + decision[riket:].replace(f"inlast_av: {name}", "inlast_av: okänd")
    assert "Vem som tog in utgåvan är inte sagt." in told(unknown, unsaid, 0)
