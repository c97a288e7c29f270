"""A build reuses what it has read and checked before only if nothing that decides it has changed."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from ojbrottsoffer.analysis.factors import expected
from ojbrottsoffer.digest import CHECKING, SHOWING
from ojbrottsoffer.importer import editions
from ojbrottsoffer.presentation import factor_analysis
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema import memory
from ojbrottsoffer.schema.memory import Kept, folder_for, frame_digest, remembered
from ojbrottsoffer.sources.register import load_reference


@pytest.fixture
def staged(tmp_path: Path) -> Project:
    return Project(tmp_path, staged=True)


def remade(project: Project, about: str = "a", **kwargs) -> bool:
    made = []
    assert (
        remembered(project, "prov", "ett", lambda: [about], lambda: made.append(1) or "gjort", **kwargs)
        == "gjort"
    )
    return bool(made)


def test_it_is_made_anew_when_something_that_decides_it_differs(staged: Project, monkeypatch):
    assert remade(staged) and not remade(staged)
    assert remade(staged, "b") and not remade(staged, "b") and remade(staged, "a")
    monkeypatch.setattr(memory, "_code", lambda: "en annan version")
    assert remade(staged) and not remade(staged)
    assert remade(replace(staged, staged=False)), "bara ett bygge minns"


def test_a_damaged_memory_and_a_refused_outcome_are_not_used(staged: Project):
    assert remade(staged, keep=lambda made: False) and remade(staged)
    path = staged.memory / "prov" / "ett"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert remade(staged) and not remade(staged)

    def fails() -> str:
        raise ValueError

    with pytest.raises(ValueError):
        remembered(staged, "prov", "två", lambda: [], fails)
    assert remembered(staged, "prov", "två", lambda: [], lambda: "rätt") == "rätt"


def test_our_code_and_the_libraries_decide(tmp_path: Path, monkeypatch):
    package = tmp_path / "ojbrottsoffer"
    shutil.copytree(ROOT / "src" / "ojbrottsoffer", package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(memory, "__file__", str(package / "schema" / "memory.py"))

    def code(packages: tuple[str, ...] = CHECKING) -> str:
        memory._code.cache_clear()
        return memory._code(packages)

    seen = [code()]
    assert code() == seen[0]
    shown = code(SHOWING)
    for name in ("schema/codes.py", "importer/meaning/values.py", "checks/gate.py", "project.py"):
        with (package / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        seen.append(code())
    for name in ("site/templates/profil.html", "analysis/units/unit_profile.py", "site/downloads/plan.py"):
        before = code(SHOWING)
        with (package / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert code() == seen[-1] and code(SHOWING) not in (shown, before)
    libraries = tmp_path / "bibliotek"
    (libraries / "great_expectations-99.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(libraries)])
    seen.append(code())
    assert "great_expectations-" in seen[0] and len(set(seen)) == len(seen)
    memory._code.cache_clear()


def test_a_digest_tells_values_types_and_columns_apart():
    texts = pd.DataFrame({"a": ["1", None, ""]}, dtype="str")
    frames = [
        texts,
        texts.rename(columns={"a": "b"}),
        texts.iloc[::-1],
        texts.iloc[:2],
        pd.DataFrame({"a": ["1", "", ""]}, dtype="str"),
        pd.DataFrame({"a": ["1", None, ""]}, dtype=object),
        pd.DataFrame({"a": [1, None]}, dtype="Int64"),
        pd.DataFrame({"a": [1, 0]}, dtype="Int64"),
        pd.DataFrame({"a": [1, 0]}, dtype="int64"),
    ]
    assert len({frame_digest(frame) for frame in frames}) == len(frames)
    assert frame_digest(texts) == frame_digest(texts.copy())


def test_an_imported_folder_is_read_again_when_it_or_a_label_differs(scratch: Project, monkeypatch):
    read = []
    monkeypatch.setattr(
        editions,
        "read",
        lambda project, reference, folder: (
            read.append(folder.name) or editions.Imported(folder.name, 2031, "svar", {}, {})
        ),
    )
    for name in ("oj-2031", "oj-2032"):
        (scratch.raw / name).mkdir()
        (scratch.raw / name / "profil.yml").write_text(name, encoding="utf-8")
    staged = replace(scratch, staged=True)

    def reads() -> list[str]:
        read.clear()
        editions.read_all(staged, load_reference(staged))
        return list(read)

    assert reads() == ["oj-2031", "oj-2032"] and reads() == []
    (scratch.raw / "oj-2032" / "svar.xlsx").write_bytes(b"x")
    assert reads() == ["oj-2032"]
    with (scratch.reference / "etiketter.csv").open("a", encoding="utf-8") as file:
        file.write("oj-2031,enhet,Lunds kommun,lund,\n")
    assert reads() == ["oj-2031", "oj-2032"]


def test_the_model_is_made_anew_when_an_answer_or_the_code_differs(
    project: Project, tmp_path: Path, monkeypatch
):
    made, model = [], expected.sensitivity
    monkeypatch.setattr(expected, "sensitivity", lambda year: made.append(1) or model(year))

    def told(analysis: factor_analysis.Analysis) -> tuple[int, list]:
        """How many times it has been made, and all that is said."""
        one = replace(analysis)  # without what it has computed
        said = [vars(one) for one in (*one.compared_factors, *one.compared_areas, *one.compared_indicators)]
        return len(made), [said, one.model.probabilities.to_numpy().tolist()]

    published = factor_analysis.Analysis.load(project)
    staged = replace(published, project=Project(tmp_path, staged=True))
    count, first = told(staged)
    assert count == 1 and told(staged) == (1, first) and told(published) == (2, first)
    answers = published.year.answers.copy()
    answers.iloc[0, 0] = 2 - answers.iloc[0, 0]
    changed = replace(staged, year=replace(published.year, answers=answers))
    count, other = told(changed)
    assert count == 3 and other != first and told(replace(changed, project=project)) == (4, other)
    monkeypatch.setattr(factor_analysis, "_code", lambda: "ett annat program")
    assert told(changed) == (5, other)


def test_many_small_things_are_made_anew_one_by_one(staged: Project, monkeypatch):
    def made(project: Project = staged, **about: str) -> list[str]:
        new: list[str] = []
        kept: Kept[str] = Kept(project, "filer", SHOWING)
        for name, said in about.items():
            assert (
                kept.get(name, lambda said=said: [said], lambda said=said: new.append(said) or f"om {said}")
                == f"om {said}"
            )
        kept.save()
        return new

    assert made(a="1", b="2") == ["1", "2"] and made(a="1", b="2") == []
    assert made(a="1", b="3") == ["3"] and made(b="3") == []
    assert made(a="1", b="3") == ["1"], "det som inte behövdes är glömt"
    path = staged.memory / "filer"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert made(a="1", b="3") == ["1", "3"]
    assert made(replace(staged, staged=False), a="1") == ["1"], "bara ett bygge minns"
    folder = folder_for(staged, "mallar", SHOWING)
    assert folder_for(staged, "mallar", SHOWING) == folder and folder.is_dir()
    monkeypatch.setattr(memory, "_code", lambda packages: "en annan version")
    assert made(a="1", b="3") == ["1", "3"] and made(a="1", b="3") == []
    assert folder_for(staged, "mallar", SHOWING) != folder and not folder.exists()
    assert folder_for(replace(staged, staged=False), "mallar", SHOWING) is None
