"""Editions whose questions are linked to 2015's in more than one way: the nation's shares are of
parts of some questions in some years, whatever the file of answers asks."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pandas as pd
import pytest
from conftest import contents
from importfiler import (
    KALLA,
    UNITS,
    File,
    bring_in,
    indicators_of,
    invented_answers,
    profile_file,
    read,
    told,
)

from ojbrottsoffer.analysis.edition import edition, read_tables
from ojbrottsoffer.analysis.units.changes import edition_change
from ojbrottsoffer.checks.editions.crosswalk import check_crosswalk
from ojbrottsoffer.checks.editions.importable import _finished, check_importable
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.importer.accepted import accept

SPLIT = {2017: "kompetensplan", 2019: "brukarmedverkan", 2021: "stodsamtal-utovare"}
"""A year in which the nation's shares are of parts -> a question of 2015 that they are parts of."""
NEW = {
    "samband": "delad",
    "malgrupp": "alla",
    "typ": "struktur",
    "indikatoromrade_id": "handlaggarnas-kompetens",
}


def parts_of(reference, source: str, ar: int) -> list[str]:
    return list(
        reference.indikatorer_mellan_ar.query(
            "fran_id == @source and till_ar == @text", local_dict={"source": source, "text": str(ar)}
        )["till_id"]
    )


def read_split(project, reference, folder, ar: int, parts: dict[str, dict]):
    """2015's questions, but one of them in these parts: the reading, its links, what would be written."""
    every = indicators_of(project)
    source = SPLIT[ar]
    area = next(item[2:] for item in every if item[0] == source)
    asked = [item for item in every if item[0] != source or not parts]
    asked += [(part, f"Fråga {part}", *area) for part in parts]
    file = File(UNITS, asked, invented_answers(UNITS, asked, missing=False))
    reading = read(
        file.save(folder, "csv"),
        reference,
        folder,
        ar=ar,
        indikatorer={
            f"Fråga {part}": NEW | {"id": part, "fran": [source], "kortnamn": part[-40:]} | said
            for part, said in parts.items()
        },
    )
    followed = accept.links(reading, ar, reference)
    accept.check_complete(reading, reference)
    if reading.complete:
        check_importable(reading, ar, reference, followed)
    return reading, followed


@pytest.mark.parametrize("whole", [True, False], ids=["hel", "delad"])
@pytest.mark.parametrize("ar", SPLIT)
def test_a_question_that_the_nation_has_in_parts_may_be_whole_or_split(
    project, reference, tmp_path, ar, whole
):
    parts = {} if whole else dict.fromkeys(parts_of(reference, SPLIT[ar], ar), {})
    reading, followed = read_split(project, reference, tmp_path, ar, parts)
    assert told(reading) == []
    finished = _finished(reading, ar, reference, followed).indikatorer_mellan_ar
    ends = finished[["fran_ar", "fran_id", "till_ar", "till_id"]]
    assert not ends.duplicated().any() and len(finished) == len(reference.indikatorer_mellan_ar) + (
        60 if whole else 59
    )
    shown = [(row["fran_id"], row["till_id"]) for row in followed.rows if row["typ"] == "delad"]
    assert shown == [(SPLIT[ar], part) for part in parts], "de som redan stod där visas också"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"jamforbar": "nej"}, "finns redan, med annan innebörd"),
        ({"samband": "omformulerad"}, "finns redan, med annan innebörd"),
    ],
)
def test_a_link_that_stands_there_is_not_silently_kept(project, reference, tmp_path, said, words):
    first, second = parts_of(reference, "kompetensplan", 2017)
    reading, _ = read_split(project, reference, tmp_path, 2017, {first: said, second: {}})
    (text,) = told(reading)
    assert words in text and first in text and "delad, delvis, som i data/reference/" in text


def test_one_part_is_no_split_though_the_nation_has_both(project, reference, tmp_path):
    first, _ = parts_of(reference, "kompetensplan", 2017)
    reading, _ = read_split(project, reference, tmp_path, 2017, {first: {}})
    (text,) = told(reading)
    assert "En delad fråga har bara en del" in text


def test_only_parts_may_be_absent_from_an_edition(project, reference, tmp_path):
    """A link to a question that the edition lacks is still found, whatever its kind."""
    reading, followed = read_split(project, reference, tmp_path, 2017, {})
    finished = _finished(reading, 2017, reference, followed)
    assert check_crosswalk(finished)[1] == []
    table = finished.indikatorer_mellan_ar
    for typ, source in (("delad", "social-jour"), ("omformulerad", "kompetensplan")):
        extra = pd.DataFrame([["2015", source, "2017", "finns-inte", typ, "nej", ""]], columns=table.columns)
        bad = replace(finished, indikatorer_mellan_ar=pd.concat([table, extra], ignore_index=True))
        assert "finns-inte" in {finding.value for finding in check_crosswalk(bad)[1]}, typ


def test_parts_that_are_not_asked_are_no_change_of_the_edition(project):
    """2015's answers as those of 2017, with the links that stand there already."""
    tables = read_tables(project.clean)
    for name in ("resultat", "indikatorer_ar", "enheter_ar"):
        tables[name] = pd.concat(
            [tables[name], tables[name].query("ar == 2015").assign(ar=2017)], ignore_index=True
        )
    change = edition_change(tables, edition(tables, 2015), edition(tables, 2017))
    assert list(change.indicators["till_id"]) == []
    links = tables["indikatorer_mellan_ar"].query("till_ar == 2017")
    assert set(links["samband"]) == {"delad"} and len(links) == 2, "ett prov som ser delarna"


def test_the_commands_that_undo_an_import_undo_it(project, tmp_path, capsys, monkeypatch):
    """As the message gives them, in a checkout where the import is not committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    every = indicators_of(project)
    path = File(UNITS, every, invented_answers(UNITS, every, missing=False)).save(tmp_path, "csv")
    data = project.root / "data"

    profile = profile_file(tmp_path, kalla=KALLA)
    refused = ["--rot", str(project.root), "importera", str(path), "--ar", "2016", "--profil", str(profile)]

    def git(*arguments) -> None:
        subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
            cwd=project.root,
            check=True,
            capture_output=True,
        )

    git("init", "--quiet")
    try:
        git("add", "data/raw/SHA256SUMS", "data/reference")
        git("commit", "--quiet", "--message", "Start")
        before = contents(data)
        assert bring_in(project, path, profile) == 0
        written = contents(data)
        capsys.readouterr()
        assert main(refused) == 1
        said = capsys.readouterr().err
        commands = re.search(r"bort: (git checkout .*?) och sedan (rm -r \S+)\. ", said)
        assert "År 2016 finns redan" in said and commands
        refusal = project.reference / "granskade_utgavor.yml"
        refusal.write_text("- ett nej", encoding="utf-8")
        for command in commands.groups():
            subprocess.run(["sh", "-c", command], cwd=project.root, check=True, capture_output=True)
        assert refusal.read_text(encoding="utf-8") == "- ett nej"
        refusal.unlink()
        assert contents(data) == before != written
        assert bring_in(project, path, profile) == 0 and contents(data) == written
    finally:
        git("checkout", "--", "data")
        shutil.rmtree(project.raw / "oj-2016", ignore_errors=True)
        shutil.rmtree(project.root / ".git")
