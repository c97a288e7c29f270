"""Every layout of a file gives the same answers, cell by cell. Fictional units only."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importfiler import (
    ENCODINGS,
    FORMATS,
    MARKS,
    NUMBERS,
    ODD_WORDS,
    ONE_ZERO,
    SPREADSHEETS,
    WORDS,
    File,
    indicators_of,
    invented_answers,
    make_project,
    profile_file,
    save_rows,
    test_units,
)

from ojbrottsoffer.importer.meaning.known_names import load_known_names
from ojbrottsoffer.importer.recipes.recipe_file import load_profile
from ojbrottsoffer.importer.understand import read_file

UNITS = test_units(12)


@pytest.fixture(scope="module")
def setting(tmp_path_factory):
    """(reference with the invented municipalities, all indicators, answers)."""
    project = make_project(tmp_path_factory.mktemp("projekt"))
    indicators = indicators_of(project)
    return load_known_names(project), indicators, invented_answers(UNITS, indicators)


def read(path: Path, reference, folder: Path, ar: int | None = None, **said):
    profile = load_profile(profile_file(folder, saknas=MARKS, **said))
    reading = read_file(path, path.name, profile, reference, ar=ar)
    assert [f.lines() for f in (*reading.errors, *reading.questions)] == []
    return reading


OWN_CODES = {"2": "Ja", "1": "Delvis", "0": "Nej"}


def compare(reading, file: File) -> None:
    """Every answer and its place, cell by cell."""
    names = {unit.unit.enhet: unit.unit.enhet_id for unit in reading.units}
    assert set(names) == {name for name, _ in file.units}
    expected = {
        (names[name], indicator): answer
        for (name, indicator), answer in file.answers.items()
        if name in names and indicator in {i[0] for i in file.indicators}
    }
    found = {
        key: answer.reason if answer.code is None else answer.code
        for key, (answer, _) in reading.answers.items()
    }
    assert found == expected
    refs = {place.ref for _, place in reading.answers.values()}
    assert len(refs) == len(expected)


@pytest.mark.parametrize("columns", [False, True], ids=["enheter i rader", "enheter i kolumner"])
@pytest.mark.parametrize(
    ("kind", "levels"), [*((kind, 3) for kind in FORMATS), *(("xlsx", levels) for levels in (1, 2, 4))]
)
def test_formats_directions_and_headings(setting, tmp_path, kind, columns, levels):
    reference, indicators, answers = setting
    file = File(
        UNITS,
        indicators,
        answers,
        levels=levels,
        columns=columns,
        above=2,
        below=2,
        codes="tal" if levels % 2 else "text",
        counties=True,
        nation=[str(20 + i) for i in range(60)],
        total=levels == 3,
    )
    reading = read(file.save(tmp_path, kind, extra_sheets=("Läs mig",)), reference, tmp_path)
    compare(reading, file)
    assert reading.layout.orientation == ("kolumner" if columns else "rader")
    assert [value for value, _ in reading.shares.values()] == [20.0 + i for i in range(60)]
    assert ("län", "Testlandets län") in reading.skipped
    if levels == 3:
        totals = {
            unit.unit.enhet: int(reading.background[unit.unit.enhet_id, "antal_ja"].text)
            for unit in reading.units
        }
        assert totals == {name: sum(answers[name, i[0]] == 2 for i in indicators) for name, _ in UNITS}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_in_every_encoding(setting, tmp_path, encoding, separator):
    reference, indicators, answers = setting
    file = File(UNITS, indicators, answers, levels=3, above=1)
    path = file.save(tmp_path, "csv", encoding=encoding, separator=separator)
    compare(read(path, reference, tmp_path), file)


@pytest.mark.parametrize("words", [WORDS, ODD_WORDS, NUMBERS], ids=["ord", "ord i olika form", "koder"])
def test_codings(setting, tmp_path, words):
    reference, indicators, answers = setting
    file = File(UNITS, indicators, answers, coding=words)
    said = {"koder": OWN_CODES} if words is NUMBERS else {}
    compare(read(file.save(tmp_path), reference, tmp_path, **said), file)


def test_one_and_zero_are_read_only_when_the_profile_says_what_they_mean(setting, tmp_path):
    reference, indicators, answers = setting
    binary = {key: 0 if answer == 1 else answer for key, answer in answers.items()}
    file = File(UNITS, indicators, binary, coding=ONE_ZERO)
    path = file.save(tmp_path)
    silent = read_file(path, path.name, load_profile(profile_file(tmp_path, saknas=MARKS)), reference)
    assert "Filen säger inte vad koderna 0 och 1 betyder" in silent.questions[0].what and not silent.complete
    compare(read(path, reference, tmp_path, koder={"1": "Ja", "0": "Nej"}), file)


@pytest.mark.parametrize("columns", [False, True])
@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_answers_as_colour_only_come_with_a_warning(setting, tmp_path, kind, columns):
    reference, indicators, answers = setting
    only = {key: "ej_besvarat" if answer == "sekretess" else answer for key, answer in answers.items()}
    file = File(UNITS, indicators, only, colours=True, columns=columns)
    reading = read(file.save(tmp_path, kind), reference, tmp_path)
    compare(reading, file)
    assert any("VARNING" in note for note in reading.notes)


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_a_colour_nobody_can_name_is_a_question(setting, tmp_path, kind):
    reference, indicators, answers = setting
    file = File(UNITS, indicators, {k: 2 for k in answers}, colours=True)
    rows, fills, merged = file.grid()
    path = save_rows(tmp_path, rows, kind, fills | {next(iter(fills)): "7030A0"}, merged)
    reading = read_file(path, path.name, load_profile(None), reference)
    assert [q.value for q in reading.questions] == ["7030A0"]


def test_the_same_mark_can_be_an_answer_or_missing_as_the_profile_says(setting, tmp_path):
    reference, indicators, answers = setting
    file = File(UNITS, indicators, answers, coding=NUMBERS | {0: "–", "ej_besvarat": ".."})
    reading = read_file(
        file.save(tmp_path),
        "fil",
        load_profile(
            profile_file(
                tmp_path,
                koder={"2": "Ja", "1": "Delvis", "–": "Nej"},
                saknas={"..": "ej_besvarat", "X": "sekretess"},
            )
        ),
        reference,
    )
    compare(reading, file)


def test_known_spelling_variants_of_indicators_are_known(setting, tmp_path):
    reference, indicators, answers = setting
    variants = dict(
        reference.etiketter.query("slag == 'indikator'")[["id", "etikett"]].itertuples(index=False, name=None)
    )
    file = File(UNITS, indicators, answers, labels=variants | {indicators[0][0]: indicators[0][1].upper()})
    compare(read(file.save(tmp_path), reference, tmp_path), file)


@pytest.mark.parametrize(
    ("andel", "texts"),
    [(None, ["69", "70 %", "71,4", "72.5 %"]), ("brak", ["0,69", "0.7", "0,714", "0,725"])],
)
def test_a_table_of_the_nations_shares(setting, tmp_path, andel, texts):
    reference, indicators, _ = setting
    rows = [["Tabell över riket", None], [None, None], ["Indikator", "Andel ja, procent"]]
    rows += [[item[1], text] for item, text in zip(indicators, texts, strict=False)]
    path = save_rows(tmp_path, rows, "csv")
    profile = load_profile(profile_file(tmp_path, **({"andel": andel} if andel else {})), "riket")
    reading = read_file(path, path.name, profile, reference)
    assert reading.complete
    assert [(key, value) for key, (value, _) in reading.shares.items()] == [
        ((item[0], "alla"), value) for item, value in zip(indicators, [69.0, 70.0, 71.4, 72.5], strict=False)
    ]


@pytest.mark.parametrize(
    ("first", "what"),
    [
        ("0,5", "Rikets andelar är alla högst 1"),
        ("69 %", "4 andelar utan procenttecken är högst 1, bland andra med procenttecken"),
        ("69", "Rikets andelar utan procenttecken är både över och under 1"),
        ("69 procent", "4 andelar utan procenttecken är högst 1, bland andra med procenttecken"),
    ],
)
def test_fractions_are_a_question(setting, tmp_path, first, what):
    reference, indicators, _ = setting
    rows = [["Indikator", "Andel"]] + [
        [item[1], "0,5" if n else first] for n, item in enumerate(indicators[:5])
    ]
    path = save_rows(tmp_path, rows, "csv")
    reading = read_file(path, "fil", load_profile(None, "riket"), reference)
    assert [q.what for q in reading.questions] == [what]
    reading = read_file(path, "fil", load_profile(profile_file(tmp_path, andel="brak"), "riket"), reference)
    assert reading.complete and [value for value, _ in reading.shares.values()] == [
        50.0 if first == "0,5" else 69.0,
        *[50.0] * 4,
    ]


LAYOUTS = st.fixed_dictionaries(
    {
        "units": st.integers(2, 12),
        "first": st.integers(0, 40),
        "count": st.integers(4, 20),
        "levels": st.integers(1, 4),
        "columns": st.booleans(),
        "codes": st.sampled_from([None, "text", "tal", "delad"]),
        "at": st.sampled_from(["först", "mitt", "sist"]),
        "title": st.sampled_from([None, UNITS[3][0]]),
        "before": st.booleans(),
        "above": st.integers(0, 4),
        "below": st.integers(0, 3),
        "gap": st.integers(0, 1),
        "apart": st.integers(0, 2),
        "new": st.integers(0, 2),
        "counties": st.booleans(),
        "nation": st.booleans(),
        "total": st.booleans(),
        "coding": st.sampled_from([WORDS, ODD_WORDS, NUMBERS]),
        "seed": st.integers(1, 500),
        "kind": st.sampled_from(["csv", "tsv", "xlsx"]),
        "encoding": st.sampled_from(ENCODINGS),
        "separator": st.sampled_from([",", ";", "\t"]),
    }
)


@pytest.mark.slow
@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=LAYOUTS)
def test_layouts_at_random(setting, made):
    reference, every, _ = setting
    indicators = every[made["first"] : made["first"] + made["count"]]
    units = UNITS[: made["units"]]
    answers = invented_answers(units, indicators, made["seed"])
    for i, item in enumerate(indicators):  # every code occurs, so that 1/0 files are a test of their own
        answers[units[i % len(units)][0], item[0]] = 2
        if len(units) > 9:  # nor is a question with ten 1 and not one 0 in doubt
            answers[units[(i + 1) % len(units)][0], item[0]] = 0
    answers[units[1][0], indicators[0][0]], answers[units[0][0], indicators[1][0]] = 1, 0
    file = File(
        units,
        indicators,
        answers,
        nation=[f"{30 + i} %" for i in range(len(indicators))] if made["nation"] else None,
        **{
            name: made[name]
            for name in (
                "levels",
                "columns",
                "codes",
                "above",
                "below",
                "gap",
                "apart",
                "new",
                "counties",
                "total",
                "coding",
                "at",
                "title",
                "before",
            )
        },
    )
    file = replace(file, gap=0, title=None) if file.columns else file
    file = replace(file, before=file.before and file.levels < 4)
    file = file if file.nation or file.counties or file.new else replace(file, apart=0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = file.save(folder, made["kind"], made["encoding"], made["separator"])
        silent = [
            name for name, _ in units if all(isinstance(answers[name, item[0]], str) for item in indicators)
        ]
        said = {"koder": OWN_CODES} if file.coding == NUMBERS else {}
        said |= {"utan_svar": silent, "hoppa_over": [f"Nybildad {n + 1}" for n in range(file.new)]}
        if (
            file.new and file.apart and not (file.nation or file.counties)
        ):  # nothing says that the rows belong together
            asked = read_file(
                path, path.name, load_profile(profile_file(folder, saknas=MARKS, **said)), reference
            )
            assert "Det finns rader ovanför tabellen som ser ut som svar" in [q.what for q in asked.questions]
            said["forsta"] = asked.layout.as_profile()["forsta"]
        if file.before:
            asked = read_file(
                path, path.name, load_profile(profile_file(folder, saknas=MARKS, **said)), reference, ar=2016
            )
            assert [q.action for q in asked.questions] == [
                'Svara i profilen: kolumner: {"2015": ignorera} (svaren under 2016 ska läsas); eller kolumner: {"2016": '
                "ignorera} (svaren under 2015 ska läsas)."
            ]
            said["kolumner"] = {"2015": "ignorera"}
        reading = read(path, reference, folder, 2016, **said)
    compare(reading, file)
    assert len(reading.shares) == (len(indicators) if made["nation"] else 0)
