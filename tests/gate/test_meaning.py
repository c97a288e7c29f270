"""What an id means: two that have changed places agree with everything else, and stop all the same."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from breaking import edit, stopped

from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.checks.rules.listed_rows import FILE_NAME, digests, entries
from ojbrottsoffer.project import Project


def swap(path: Path, one: str, other: str, column: str) -> None:
    """Two rows, told by the texts in them, change the values of a column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    at = rows[0].index(column)
    a, b = (next(row for row in rows[1:] if name in row) for name in (one, other))
    a[at], b[at] = b[at], a[at]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_ids_that_change_places_stop_with_both_meanings(scratch: Project):
    reference, raw = scratch.reference, scratch.raw
    swap(reference / "indikatorer.csv", "social-jour", "info-talat", "kortnamn")
    edit(reference / "indikatorer.csv", "bedomning-standardiserad,", "bedomning-standardiserad,l")
    edit(reference / "indikatorer.csv", ",vuxna,process", ",barn,struktur")
    swap(reference / "indikatorer_kolada.csv", "U28475", "U28476", "kolada_id")
    swap(raw / "kolada-2024" / "katalog.csv", "U28490", "U28476", "titel")
    swap(reference / "kommuner.csv", "Solna", "Sundbyberg", "kommun")
    edit(reference / "metoder.yml", "kalla_id: sou-2014-49", "kalla_id: solna")
    found = stopped(scratch)
    changed = {(f.table, f.row_label, f.column) for f in found if "betyder något annat" in f.what}
    assert changed >= {
        ("indikatorer", "social-jour", "kortnamn"),
        ("indikatorer", "info-talat", "kortnamn"),
        ("indikatorer_kolada", "U28475", "indikator_id"),
        ("indikatorer_kolada", "U28490", "titel"),
        ("enheter", "solna", "kommunkod"),
        ("metoder", "sodertalje-tio-steg", "kalla_id"),
    }, changed
    assert {"malgrupp", "typ"} <= {column for table, _, column in changed if table == "indikatorer"}
    solna = next(f for f in found if f.row_label == "solna" and f.column == "kommunkod")
    assert "0184" in solna.expected and solna.value == "0183"
    assert "rattelser.csv" in solna.action and "”solna, kommunkod”" in solna.action


def test_the_question_of_a_number_can_not_be_anothers(scratch: Project):
    swap(scratch.reference / "indikatorer_ar.csv", "2", "3", "indikator_id")
    assert any("betyder något annat" in finding.what for finding in stopped(scratch))


def test_a_change_that_is_decided_passes_and_english_may_be_put_in_other_words(scratch: Project):
    edit(scratch.reference / "indikatorer.csv", ",Social jour,", ",Jour,")
    edit(scratch.reference / "engelska.yml", "Elected representative", "Elected politician")
    edit(scratch.reference / "engelska.yml", "  social-jour: ", "  social-jour: The ")
    (finding,) = stopped(scratch)
    assert (finding.row_label, finding.column, finding.value) == ("social-jour", "kortnamn", "Jour")
    with (scratch.reference / "rattelser.csv").open("a", encoding="utf-8") as file:
        file.write('2026-11-30,indikatorer,"social-jour, kortnamn",Social jour,Jour,ja,Kortare.\n')
    ingest_and_check(scratch, guard=False)


def test_a_row_that_is_gone_is_told_and_may_be_decided(scratch: Project):
    checklist, links = scratch.reference / "metoder" / "sodertalje_checklista.csv", "indikatorer_kolada.csv"
    lines = checklist.read_text(encoding="utf-8").splitlines()
    checklist.write_text("\n".join([*lines[:3], *lines[4:]]) + "\n", encoding="utf-8")
    pairs = (scratch.reference / links).read_text(encoding="utf-8").splitlines()
    (scratch.reference / links).write_text("\n".join(pairs[:-1]) + "\n", encoding="utf-8")
    found = [finding for finding in stopped(scratch) if "är borta" in finding.what]
    step, place = lines[3].split(",")[:2]
    assert [finding.table for finding in found] == ["indikatorer_kolada", "sodertalje_checklista"]
    assert found[1].row_label == f"{step} / {place}" and f"vad ”{step} / {place}”" in found[1].action
    assert found[0].row_label.startswith(pairs[-1].split(",")[0])
    with (scratch.reference / "rattelser.csv").open("a", encoding="utf-8") as file:
        file.write(f"2026-11-30,sodertalje_checklista,{step} / {place},momentet,,nej,Står inte i källan.\n")
        file.write(
            f"2026-11-30,indikatorer_kolada,{pairs[-1].split(',')[0]},paret,,nej,Frågar något annat.\n"
        )
    ingest_and_check(scratch, guard=False)


def english(scratch: Project, one: str, other: str, both: bool) -> None:
    path = scratch.reference / "engelska.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    a, b = (
        next(n for n, line in enumerate(lines) if line.startswith(f"  {name}: ")) for name in (one, other)
    )
    texts = {n: lines[n].partition(": ")[2] for n in (a, b)}
    lines[a] = f"  {one}: {texts[b]}"
    if both:
        lines[b] = f"  {other}: {texts[a]}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(("both", "says"), [(True, "betyder något annat"), (False, "samma engelska text")])
def test_the_english_of_another_question_stops(both: bool, says: str, scratch: Project):
    english(scratch, "social-jour", "info-talat", both)
    assert says in stopped(scratch)[0].what


@pytest.mark.parametrize(
    ("one", "other", "column", "says"),
    [
        (
            "Kompetensutveckling om våld i nära relationer till handläggare som utreder våldsärenden (vuxna)",
            "Kompetensutveckling om våld i nära relationer till handläggare som utreder våldsärenden (barn)",
            "delmangd",
            "Etiketten säger en annan del",
        ),
        (
            "Skyddat boende till våldsutsatta kvinnor",
            "Skyddat boende till våldsutsatta män",
            "indikator_id",
            "betyder något annat",
        ),
    ],
)
def test_a_label_of_another_source_means_what_it_says(one, other, column, says, scratch: Project):
    swap(scratch.reference / "etiketter_riket.csv", one, other, column)
    assert any(says in finding.what for finding in stopped(scratch))


OTHER = "En rad i en lista säger något annat än när den antecknades"


def test_days_corrections_and_lists_that_can_not_be_right_are_told(scratch: Project):
    """A unit of another figure, days before what they are about, corrections of nothing, and rows that are gone."""
    reference, raw = scratch.reference, scratch.raw
    edit(raw / "jonkoping-2023" / "nyckeltal.csv", "socialtjänster,7,intervjuer", "socialtjänster,7,personer")
    edit(reference / "kanda_avvikelser.yml", "granskad: 2026-11-21", "granskad: 2001-01-01")
    edit(raw / "solna" / "origin.yml", "licence: Licens anges inte.", "licence: Fri för alla.")
    edit(raw / "skr-2020" / "riket.csv", "boende,21,nej,ja", "boende,21,nej,nej")
    swap(raw / "jonkoping-2023" / "svar.csv", "familjebehandlingen", "öppenvården för vuxna", "svar")
    path = reference / "rattelser.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("2026-11-22", "2001-01-01", 1)
        + '2026-11-30,riket,"social-jour 2015, andel_ja_procent",81,99,ja,Påhittat.\n'
        + '2026-11-30,metod_nyckeltal,"intervjuer, varde",70,7,ja,Påhittat.\n'
        + '2026-11-30,metod_nyckeltal,"finns-inte, varde",7,8,nej,Med ord.\n',
        encoding="utf-8",
    )
    findings = stopped(scratch)
    changed = "Id:t betyder något annat än i den senast fastställda versionen"
    other = {(f.table, f.column) for f in findings if f.what == changed}
    assert other == {
        ("metod_nyckeltal", "mattenhet"),
        ("kallor", "licens_anmarkning"),
        ("riket", "jamforbar"),
        ("valdsutovare_jonkoping", "svarstext"),
    }
    found = {(f.file, f.what, f.column, f.value) for f in findings if f.what not in (changed, OTHER)}
    corrections = "data/reference/rattelser.csv"
    assert found == {
        ("data/reference/kanda_avvikelser.yml", "Dagen är före det den gäller", "granskad", "2001-01-01"),
        (corrections, "Dagen är före det den gäller", "datum", "2001-01-01"),
        (corrections, "Rättelsens uppgift står inte i tabellen", "efter", "99"),
        (corrections, "Det som rättelsen säger har stått har inte stått där", "fore", "81"),
        (corrections, "Det som rättelsen säger har stått har inte stått där", "fore", "70"),
    }, found


def test_a_row_of_a_list_that_is_no_table_is_missed(scratch: Project):
    for path, gone in (
        (scratch.reference / "lasning.csv", 1),
        (scratch.reference / "flyttar.csv", 1),
        (scratch.expectations / "ord.csv", 10),
    ):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(lines[:-gone]) + "\n", encoding="utf-8")
    tips = scratch.reference / "tips.yml"
    text = tips.read_text(encoding="utf-8")
    start = text.index("  - id: sa-kunskap-vidare")
    tips.write_text(text[:start] + text[text.index("tackning:\n") :], encoding="utf-8")
    found = stopped(scratch)
    assert {finding.what for finding in found} == {"En rad i en lista är borta"}
    assert Counter(finding.file for finding in found) == {
        "data/reference/flyttar.csv": 1,
        "data/reference/lasning.csv": 1,
        "data/reference/tips.yml": 1,
        "expectations/ord.csv": 10,
    }


def test_a_row_of_a_list_that_says_something_else_is_told(scratch: Project):
    """A count, an exception that takes in more, a piece of advice from another page and for another role."""
    edit(scratch.reference / "lasning.csv", "skl-2016,832,", "skl-2016,823,")
    edit(scratch.expectations / "ord.csv", "räcker inte för att utesluta slumpen,", "räcker inte,")
    edit(
        scratch.reference / "tips.yml",
        "omraden: [handlaggarnas-kompetens]\n    indikatorer: [kompetensutveckling]\n    sida: 52",
        "omraden: [handlaggarnas-kompetens]\n    indikatorer: [kompetensutveckling]\n    sida: 51",
    )
    found = stopped(scratch)
    assert {finding.what for finding in found} == {OTHER}
    assert [(finding.file, finding.row, finding.row_label) for finding in found] == [
        ("data/reference/lasning.csv", 2, "skl-2016"),
        ("data/reference/tips.yml", None, "sa-kunskap-vidare"),
        ("expectations/ord.csv", 3, "enheterna är inte överens"),
    ]
    assert all("make suites" in finding.action for finding in found)


def test_the_list_of_rows_is_in_step(scratch: Project):
    text = (scratch.expectations / FILE_NAME).read_text(encoding="utf-8")
    assert json.loads(text) == digests(entries(scratch))
