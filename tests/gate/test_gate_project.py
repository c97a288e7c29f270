"""Damage beyond one cell: columns, pages, reference tables, suites, origins, review lists."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import assert_told, contents, in_runs

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.project import Project

RAW = "data/raw/skl-2016"
REFERENCE = "data/reference"
SUITES = "expectations/gx/expectations"


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text, old
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def grid(paths: list[str], change: Callable[[list[list[str]]], list[list[str]]]):
    """Applies `change` to the rows of each file."""

    def apply(root: Path) -> None:
        for path in paths:
            with (root / path).open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            with (root / path).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(change(rows))

    return apply


def moved_to_next_page(root: Path) -> None:
    """The last row of page 3, part 2, becomes the first of page 4: no row is lost."""
    here, there = (root / RAW / f"tabell-1-sida-{page}-del-2.csv" for page in (3, 4))
    lines = here.read_text(encoding="utf-8").splitlines(keepends=True)
    rest = there.read_text(encoding="utf-8").splitlines(keepends=True)
    here.write_text("".join(lines[:-1]), encoding="utf-8")
    there.write_text("".join([*rest[:2], lines[-1], *rest[2:]]), encoding="utf-8")


ALL_FIRST_PARTS = [f"{RAW}/tabell-1-sida-{page}-del-1.csv" for page in range(1, 6)]
TWICE = (
    "\n- avvikelse_id: antal-ja-2015-tyreso\n  varde_a: '49'\n  varde_b: '48'\n  beslut: Sett.\n"
    "  granskad: 2026-01-01\n  granskad_av: y\n"
)

DAMAGES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "a unit gone from every page": (
        grid(ALL_FIRST_PARTS, lambda rows: [row[:-1] for row in rows]),
        ("En enhet saknas i hela tabellen", "”Nykvarn”", "enheter_i_underlaget.csv"),
    ),
    "a part without its last column": (
        grid(ALL_FIRST_PARTS[2:3], lambda rows: [row[:-1] for row in rows]),
        ("tabell-1-sida-3-del-1.csv", "inte desamma", "väntat:     ”Nykvarn”"),
    ),
    "other units than on page 1": (
        replaced(ALL_FIRST_PARTS[2], "Höganäs,Lund", "Lund,Höganäs"),
        (
            "tabell-1-sida-3-del-1.csv",
            "inte desamma, i samma ordning, som på sida 1",
            "värde:      ”Lund”",
            "väntat:     ”Höganäs”",
        ),
    ),
    "two units with each other's names on every page": (
        grid(
            ALL_FIRST_PARTS,
            lambda rows: [
                rows[0],
                [{"Lund": "Höganäs", "Höganäs": "Lund"}.get(name, name) for name in rows[1]],
                *rows[2:],
            ],
        ),
        (
            "tabell-1-sida-1-del-1.csv",
            "inte i den ordning de är tryckta",
            "värde:      ”Lund”",
            "väntat:     ”Höganäs”",
        ),
    ),
    "a unit in both parts": (
        grid(
            [f"{RAW}/tabell-1-sida-{page}-del-2.csv" for page in range(1, 6)],
            lambda rows: [rows[0], ["", "Lund", *rows[1][2:]], *rows[2:]],
        ),
        ("En enhet står i båda delarna av sidan", "”Lund”"),
    ),
    "a row on the next page": (moved_to_next_page, ("har inte samma rader", "sida-3-del-1.csv")),
    "a background row gone": (
        grid([f"{RAW}/tabell-1-sida-1-del-2.csv"], lambda rows: rows[:3] + rows[4:]),
        ("Bakgrundsraderna är inte hela", "tabell-1-sida-1-del-2.csv"),
    ),
    "a known contradiction with other figures": (
        replaced(f"{RAW}/tabell-1-sida-1-del-2.csv", "(max 60),43,47,53,49", "(max 60),43,47,53,50"),
        ("En känd motsägelse har ändrats", "50 mot 48", "49 mot 48"),
    ),
    "a file no part accounts for": (
        lambda root: (root / RAW / "tabell-1-sida-6-del-1.csv").write_bytes(b"x\n"),
        ("tabell-1-sida-6-del-1.csv", "hör inte till rapportens tabeller"),
    ),
    "origin.yml gone": (
        lambda root: (root / RAW / "origin.yml").unlink(),
        ("skl-2016/origin.yml", "Filen saknas"),
    ),
    "origin.yml not YAML": (
        lambda root: (root / RAW / "origin.yml").write_text("kalla_id: [x\n: :", encoding="utf-8"),
        ("skl-2016/origin.yml", "inte giltig YAML", "rad:        2"),
    ),
    "origin.yml without licence": (
        replaced(f"{RAW}/origin.yml", "licence:", "license:"),
        ("skl-2016/origin.yml", "kolumn:     licence", "fältet licence"),
    ),
    "origin.yml of another source": (
        replaced(f"{RAW}/origin.yml", "kalla_id: skl-2016", "kalla_id: skl-2017"),
        ("skl-2016/origin.yml", "”skl-2017”", "”skl-2016”"),
    ),
    "a review without a decision": (
        replaced(f"{REFERENCE}/kanda_avvikelser.yml", "granskad_av: redaktionen", "granskad_av:"),
        ("kanda_avvikelser.yml", "Posten är inte hel", "granskad_av"),
    ),
    "a review twice": (
        lambda root: (root / REFERENCE / "kanda_avvikelser.yml").open("a").write(TWICE),
        ("kanda_avvikelser.yml", "står två gånger", "antal-ja-2015-tyreso"),
    ),
    "a number that is none": (
        replaced(f"{REFERENCE}/indikatorer_ar.csv", "2015,4,", "2015,x,"),
        ("indikatorer_ar.csv", "rad:        5", "”x”", "ett heltal"),
    ),
    "a number used twice": (
        replaced(f"{REFERENCE}/indikatorer_ar.csv", "2015,4,", "2015,3,"),
        ("indikatorer_ar.csv", "två rader", "ar + nr"),
    ),
    "an area that does not exist": (
        replaced(f"{REFERENCE}/indikatorer_ar.csv", "systematisk-bedomning", "systematik"),
        ("indikatorer_ar.csv", "”systematik”", "omraden.csv"),
    ),
    "a municipality code that does not exist": (
        replaced(f"{REFERENCE}/enheter.csv", "kommun,1284", "kommun,9999"),
        ("enheter.csv", "”9999”", "kommuner.csv"),
    ),
    "a type that is not on the list": (
        replaced(f"{REFERENCE}/enheter.csv", "kommun,1281", "kommn,1281"),
        ("enheter.csv", "”kommn”", "kommun (hel kommun) eller stadsdel"),
    ),
    "a short name that is too long": (
        replaced(f"{REFERENCE}/indikatorer.csv", "Social jour,", "Social jour " + "x" * 40 + ","),
        ("indikatorer.csv", "högst 40 tecken"),
    ),
    "a target group that is not on the list": (
        replaced(f"{REFERENCE}/indikatorer.csv", ",alla,", ",allla,"),
        ("indikatorer.csv", "”allla”", "vuxna"),
    ),
    "a kind of label that does not exist": (
        replaced(f"{REFERENCE}/etiketter.csv", "skl-2016,enhet,", "skl-2016,enheter,"),
        ("etiketter.csv", "”enheter”", "indikator, enhet"),
    ),
    "a suite gone": (lambda root: (root / SUITES / "riket.json").unlink(), ("riket.json", "Sviten")),
    "a suite cut off": (
        lambda root: (root / SUITES / "riket.json").write_bytes(b'{"a":'),
        ("riket.json", "Sviten"),
    ),
    "a written rule that only informs": (
        replaced(
            f"{SUITES}/resultat.json",
            '"ursprung": "handskriven",\n        "slag": "fel"',
            '"ursprung": "handskriven",\n        "slag": "upplysning"',
        ),
        ("resultat.json", "andra regler"),
    ),
    "the list of written rules gone": (
        lambda root: (root / "expectations" / "handskrivna_regler.json").unlink(),
        ("avvikelser.json", "andra regler"),
    ),
    "a claim without what it is tried with": (
        replaced(f"{REFERENCE}/pastaenden.csv", "10 | 6 | 13", "tio | 6 | 13"),
        ("pastaenden.csv", "går inte att pröva", "tio | 6 | 13", "underlag"),
    ),
    "a failing claim that points nowhere": (
        replaced(f"{REFERENCE}/pastaenden.csv", "antal-ja-2015-tyreso", "antal-ja-2015-lund"),
        ("pastaenden.csv", "pekar på en motsägelse som inte finns", "antal-ja-2015-lund"),
    ),
    "a unit of the source not on its list": (
        replaced(f"{REFERENCE}/enheter_i_underlaget.csv", "skl-2016,lund\n", ""),
        ("inte i listan över källans enheter", "Lund"),
    ),
    "a generated rule gone": (
        replaced(f"{SUITES}/riket.json", "expect_table_to_follow_declaration", "expect_nothing"),
        ("riket.json", "make suites"),
    ),
    "a written rule that Great Expectations does not know": (
        replaced(
            f"{SUITES}/resultat.json",
            '"expect_column_distinct_values_to_equal_set"',
            '"expect_column_distinct_values_to_equal_sett"',
        ),
        ("Kontrollen kunde inte köras", "equal_sett"),
    ),
}


TOGETHER = (
    (
        "an area that does not exist",
        "a municipality code that does not exist",
        "a type that is not on the list",
        "a short name that is too long",
        "a target group that is not on the list",
        "a kind of label that does not exist",
    ),
    (
        "a known contradiction with other figures",
        "a claim without what it is tried with",
        "a failing claim that points nowhere",
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("names", in_runs(DAMAGES, TOGETHER), ids=" + ".join)
def test_a_damaged_project_stops(names: tuple[str, ...], scratch: Project, capsys):
    for name in names:
        DAMAGES[name][0](scratch.root)
    if "does not know" in names[0]:  # its id follows from its type
        main(["--rot", str(scratch.root), "sviter"])
    before = contents(scratch.clean)
    code = main(["--rot", str(scratch.root), "data"])
    message = capsys.readouterr().err
    assert code == 1, message
    assert contents(scratch.clean) == before
    assert_told(message, [DAMAGES[name][1] for name in names])
    assert str(scratch.root) not in message and "Traceback" not in message
