"""Every kind of question is raised by a file, and each of its listed answers is one: the recipe takes it, and the
question is gone, or another takes its place. Fictional units only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from importfiler import (
    CODES,
    GREEN,
    KALLA,
    MARKS,
    NUMBERS,
    UNITS,
    WORDS,
    File,
    indicators_of,
    invented_answers,
    save_rows,
    sheets,
)

from ojbrottsoffer.checks.editions.importable import check_importable
from ojbrottsoffer.importer.accepted import accept
from ojbrottsoffer.importer.choices import Choice, against, found, with_answer
from ojbrottsoffer.importer.conversation import draft
from ojbrottsoffer.importer.letter import ASKED, letter
from ojbrottsoffer.importer.questions import GUIDE, KINDS, Question
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, Profile
from ojbrottsoffer.importer.recipes.recipe_file import parse_profile
from ojbrottsoffer.importer.understand import read_file

NEW = {"malgrupp": "alla", "typ": "struktur", "indikatoromrade_id": "handlaggarnas-kompetens"}
SAID = NEW | {
    "id": "en-ny-fraga",
    "kortnamn": "En ny fråga",
    "enhet_id": "testkommun-001-norr",
    "enhet": "Nya Testkommun",
    "kommunkod": "9001",
    **dict.fromkeys(("titel", "utgivare", "publicerad", "url", "licens"), "2017"),
}
"""What a person says where nothing is proposed."""
PART = "kompetensplan-vuxna"
LATE = KINDS.keys() & {
    "delad-med-en-del",
    "sammanslagen-ur-en",
    "id-av-annan-fraga",
    "ny-med-fran",
    "samma-med-annat-id",
    "kortnamn-upptaget",
}
"""Those that the reference tables raise, as they would become."""
Rows = list[list[object]]
Case = tuple[Rows | Path, dict[str, object]]
CASES: dict[str, Callable[[File, Path], Case]] = {}
"""Kind -> a file that raises it, as rows or as a path, and what the recipe says already."""


def case(kind: str) -> Callable:
    def keep(make: Callable[[File, Path], Case]) -> Callable:
        CASES[kind] = make
        return make

    return keep


def grid(file: File, **more: object) -> Rows:
    return replace(file, **more).grid()[0]


def changed(rows: Rows, *cells: tuple[int, int, object]) -> Rows:
    for row, column, value in cells:
        rows[row][column] = value
    return rows


def coded(counts: dict[int, tuple[int, ...]], units: int = 9) -> Callable[[File, Path], Case]:
    """A file of codes; the columns of `counts` have only those."""

    def make(file: File, folder: Path) -> Case:
        labels = [item[1] for item in file.indicators]
        rows = [["Kommun", *labels]]
        for n in range(units):
            row = [counts[c][n % len(counts[c])] if c in counts else (n + c) % 3 for c in range(12)]
            rows.append([f"Testkommun {n + 1:03}", *row])
        return rows, {}

    return make


def shares(*texts: str, head: tuple[str, ...] = ("Indikator", "Andel ja")) -> Callable[[File, Path], Case]:
    def make(file: File, folder: Path) -> Case:
        labels = [item[1] for item in file.indicators]
        return [list(head), *([a, *[b] * (len(head) - 1)] for a, b in zip(labels, texts, strict=False))], {
            "slag": "riket"
        }

    return make


def placings(*head: str, last: str = "9") -> Callable[[File, Path], Case]:
    def make(file: File, folder: Path) -> Case:
        rows = [[name, *[n + 1] * (len(head) - 1)] for n, (name, _) in enumerate(UNITS)]
        return changed([list(head), *rows], (9, 1, last)), {"slag": "rankning"}

    return make


def split(entry: dict[str, object], every: bool = True) -> Callable[[File, Path], Case]:
    """A file with one new question in place of another, and what the recipe says about it."""

    def make(file: File, folder: Path) -> Case:
        rows = grid(file)
        rows[0][1] = "Fråga som ingen har ställt"
        said = {"id": "delen-ett", "kortnamn": "Del ett"} | NEW | {"fran": [file.indicators[0][0]]} | entry
        return rows, {"indikatorer": {rows[0][1]: {k: v for k, v in said.items() if v is not None}}}

    return make


CASES |= {
    "koder-per-fraga": coded({3: (1, 0), 7: (1, 0)}),
    "obekraftade-koder": coded({}),
    "filens-koder": lambda file, _: ([*grid(file, coding=NUMBERS), [], ["0 = Ja, 1 = Delvis, 2 = Nej"]], {}),
    "omvant-kodat": lambda file, _: (
        [*grid(file, coding=NUMBERS), [], ["OBS! Fråga 3 har omvänd kodning."]],
        {},
    ),
    "antal-ja-stammer-inte": lambda file, _: (grid(file, coding=NUMBERS | {2: 0, 0: 2}, total=True), {}),
    "riket-som-svar": lambda file, _: (grid(file, nation=[0, 1, 2] * 4), {}),
    "andelar-hogst-ett": shares(*["0,5"] * 6),
    "andelar-over-och-under-ett": shares("69", *["0,5"] * 5),
    "annan-andel": lambda file, folder: (
        [
            ["Andel kommuner som svarat nej"],
            *shares(*["50 %"] * 5, head=("Indikator", "Andel"))(file, folder)[0],
        ],
        {"slag": "riket"},
    ),
    "andelskolumn": shares(*["50 %"] * 5, head=("Indikator", "Andel ja", "Andel ja, procent")),
    "andel-annat-ar": shares(*["50 %"] * 5, head=("Indikator", "Andel ja 2014")),
    "placeringskolumn": placings("Kommun", "Plats 2022", "Antal platser"),
    "placering": placings("Kommun", "Placering", last="deltog ej"),
    "delad-med-en-del": split({"samband": "delad"}),
    "sammanslagen-ur-en": split({"samband": "sammanslagen"}),
    "ny-med-fran": split({"samband": "ny"}),
    "samma-med-annat-id": split({"samband": "samma"}),
    "kortnamn-upptaget": split({"samband": "omformulerad", "kortnamn": "Social jour"}),
    "ny-indikator": split({"samband": "omformulerad", "kortnamn": None}),
    "kalla": lambda file, _: (grid(file), {"kalla": {}}),
    "marke": lambda file, _: (changed(grid(file), (3, 2, "*")), {}),
    "okant-svar": lambda file, _: (
        changed(grid(file), (3, 2, "Ja, sedan 2000"), (4, 2, "Ja, sedan 2015")),
        {},
    ),
    "ar-over-fragor": lambda file, _: ([[None, "2015"], *grid(file)], {}),
    "annat-ar": lambda file, _: ([["Svar från 2014"], [], *grid(file)], {}),
    "okand-enhet": lambda file, _: (changed(grid(file), (3, 0, "Testkomun 3")), {}),
    "okand-indikator": lambda file, _: (changed(grid(file), (0, 3, "Finns det en drake?")), {}),
    "utan-rubrik": lambda file, _: (changed(grid(file), (0, 12, None)), {}),
    "utan-svar": lambda file, _: (changed(grid(file), *((3, c, "Ej svar") for c in range(1, 13))), {}),
    "lan-eller-kommun": lambda file, _: (
        [*grid(file), ["Skåne", *["44 %"] * 12], ["Örebro", *["Ja"] * 12]],
        {},
    ),
    "kommunkoder": lambda file, _: (
        changed(grid(file, codes="text"), *((n + 1, 1, UNITS[(n + 1) % 9][1]) for n in range(9))),
        {},
    ),
    "antal-ja-saknas": lambda file, _: (
        changed(grid(file, total=True), (3, 13, None)),
        {"saknas": {"X": "sekretess"}},
    ),
    "marke-bredvid": lambda file, _: (changed(grid(file, total=True), (3, 13, "*")), {}),
    "enhetskolumn": lambda file, _: (
        [[*row[:1], UNITS[n % 9][0] if n else "Namn", *row[1:]] for n, row in enumerate(grid(file))],
        {},
    ),
    "rader-ovanfor": lambda file, _: ([(g := grid(file))[0], ["Nybildad", *g[1][1:]], [], *g[1:]], {}),
    "tva-tabeller": lambda file, _: ([*grid(file), [], ["Året före"], *grid(file)], {}),
    "ar-i-rubriker": lambda file, _: (
        [[grid(file)[0][0], *(f"{label} 2014" for label in grid(file)[0][1:])], *grid(file)[1:]],
        {},
    ),
    "ar-i-namn": lambda file, _: (
        [grid(file)[0], *([f"{row[0]} 2014", *row[1:]] for row in grid(file)[1:])],
        {},
    ),
    "enhetsmonster": lambda file, _: (
        [grid(file)[0], *([f"{row[0]} (prel.)", *row[1:]] for row in grid(file)[1:])],
        {},
    ),
    "rubrikrader": lambda file, _: (
        [*([f"Rad {n}", *(f"Del {n}.{c}" for c in range(12))] for n in range(4)), *grid(file)],
        {},
    ),
    "flera-blad": lambda file, folder: (
        sheets(folder, A=[row[:7] for row in grid(file)], B=[row[:1] + row[7:] for row in grid(file)]),
        {},
    ),
    "vilket-blad": lambda file, folder: (sheets(folder, A=grid(file), B=grid(file)), {}),
    "saknar-rad": lambda file, folder: (
        sheets(folder, A=[row[:7] for row in grid(file)], B=[row[:1] + row[7:] for row in grid(file)][:-1]),
        {"blad": ["A", "B"]},
    ),
}


@case("riket-som-antal")
def _(file: File, folder: Path) -> Case:
    yes = [sum(file.answers[name, item[0]] == 2 for name, _ in UNITS) for item in file.indicators]
    return grid(file, nation=yes), {}


@case("rubrikmonster")
def _(file: File, folder: Path) -> Case:
    head, *rows = grid(file)
    wide = [[row[0], *(cell for answer in row[1:] for cell in (answer, "Se rutin"))] for row in rows]
    return [[head[0], *(f"{label} / {k}" for label in head[1:] for k in ("Svar", "Kommentar"))], *wide], {}


@case("flera-ar")
def _(file: File, folder: Path) -> Case:
    return grid(file, before=True), {}


@case("sammanfogade")
def _(file: File, folder: Path) -> Case:
    rows = changed(grid(file), (2, 1, "Ja"), (3, 1, None), (4, 1, None))
    return save_rows(folder, rows, merged=[(2, 1, 4, 1)]), {}


@case("fargade-tomma")
def _(file: File, folder: Path) -> Case:
    rows = changed(grid(file), *((r, c, None) for r in (1, 2) for c in (1, 2)))
    return save_rows(folder, rows, fills={(r, c): GREEN for r in (1, 2) for c in (1, 2)}), {}


@case("farg")
def _(file: File, folder: Path) -> Case:
    rows, fills, _ = replace(file, colours=True).grid()
    fills[1, 1] = "4472C4"
    return save_rows(folder, rows, fills=fills), {}


@case("olasta-svar")
def _(file: File, folder: Path) -> Case:
    rows = [[f"Okänd {n}", *row[1:]] for n, row in enumerate(grid(file))]
    other = [["", *("Påstående " + "abcdefghijkl"[c] for c in range(12))], *rows[1:]]
    return sheets(folder, Svar=grid(file), Annat=other), {}


@case("olasta-kolumner")
def _(file: File, folder: Path) -> Case:
    head, *rows = grid(file)
    answers = [[row[0], head[c], row[c], row[c]] for row in rows for c in range(1, len(head))]
    return [["Kommun", "Fråga", "Preliminärt svar", "Slutligt svar"], *answers], {}


@case("delar-svaren")
def _(file: File, folder: Path) -> Case:
    head, *rows = grid(file)
    rounds = [[row[0], which, *row[1:]] for row in rows for which in ("Vår", "Höst")]
    return [[head[0], "Omgång", *head[1:]], *rounds], {}


@case("radens-lage")
def _(file: File, folder: Path) -> Case:
    head, *rows = grid(file)
    answers = [
        [row[0], head[c], row[c], "Makulerad" if n == c == 1 else "Klar"]
        for n, row in enumerate(rows)
        for c in range(1, len(head))
    ]
    return [["Kommun", "Fråga", "Svar", "Status"], *answers], {}


@case("fragenummer")
def _(file: File, folder: Path) -> Case:
    head, *rows = grid(file)
    answers = [
        [row[0], c, head[3 - c if n == 4 and c < 3 else c], row[c]]
        for n, row in enumerate(rows)
        for c in range(1, len(head))
    ]
    return [["Kommun", "Nr", "Fråga", "Svar"], *answers], {}


@case("tva-namn")
def _(file: File, folder: Path) -> Case:
    head, *rows = grid(file)
    titles = {row[0]: f"Kommun: {rows[0 if n == 1 else n][0]}" for n, row in enumerate(rows)}
    book = {
        row[0]: [[titles[row[0]]], [], ["Fråga", "Svar"], *map(list, zip(head[1:], row[1:], strict=True))]
        for row in rows
    }
    return sheets(folder, **book), {}


@case("rader-under")
def _(file: File, folder: Path) -> Case:
    rows = grid(file)
    return [*rows, [], [], [], ["Okänd by", *rows[2][1:]], ["Okänd stad", *rows[3][1:]]], {}


@case("koder-i-rubriker")
def _(file: File, folder: Path) -> Case:
    rows = coded({})(file, folder)[0]
    rows[0][3] = f"{rows[0][3]} (0 = Ja, 1 = Delvis, 2 = Nej)"
    return rows, {"indikatorer": {rows[0][3]: file.indicators[2][0]}, **CODES}


@case("id-av-annan-fraga")
def _(file: File, folder: Path) -> Case:
    return split({"samband": "ny", "fran": None, "id": "social-jour"})(file, folder)


@case("samband-finns")
def _(file: File, folder: Path) -> Case:
    rows, said = split({"samband": "delad"})(file, folder)
    said["indikatorer"][rows[0][1]] |= {"jamforbar": "nej", "fran": ["kompetensplan"], "id": PART}
    return rows, said | {"ar": 2017}


@pytest.fixture(scope="module")
def file(project) -> File:
    """Twelve questions; every one has a Ja, so that the codes of a column are never in doubt."""
    asked = indicators_of(project)[:12]
    answers = invented_answers(UNITS, asked)
    for n, item in enumerate(asked):
        answers[UNITS[n % len(UNITS)][0], item[0]] = 2
    return File(UNITS, asked, answers, coding=WORDS)


def every_answer(choice: Choice) -> list[dict[str, object]]:
    """What the choice may put into the recipe: the likeliest values that a `?` may have, and what is said where none is
    given."""
    near = {"enheter": "testkommun-024", "indikatorer": "kompetensplan"}
    free = {slot: SAID.get(slot[-1]) or near.get(slot[0], "2") for slot in choice.slots}
    values = {slot: (*choice.near, *choice.values_of(slot))[:3] or (free[slot],) for slot in free}
    several = {slot: choice.several.get(slot[0] if slot[-1] == ASK else slot[-1], 0) for slot in free}
    values |= {slot: [list(choice.values_of(slot)[:n])] for slot, n in several.items() if n}
    number = max(map(len, values.values()), default=1)
    return [
        choice.filled({slot: said[n % len(said)] for slot, said in values.items()}) for n in range(number)
    ]


def test_the_guide_has_a_place_for_each_kind():
    places = re.findall(r'<span id="([a-z-]+)"></span>', (ROOT / GUIDE).read_text(encoding="utf-8"))
    assert sorted(places) == sorted(KINDS)


def test_the_sender_is_asked_in_words_of_a_file_and_is_told_the_possible_answers():
    assert ASKED.keys() == KINDS.keys()
    for kind in KINDS:
        question = Question(
            "",
            id=kind,
            table="blad ”Svar”, cell C7",
            row_label="Testkommun 001",
            value="*",
            places=tuple("abcd"),
        )
        text = "\n".join(letter("Nya filen.xlsx", 2016, [question]))
        assert "blad ”Svar”, cell C7; raden ”Testkommun 001”; det gäller 4 celler" in text
        assert "Nya filen.xlsx" in text and len(re.findall(r"^   \[ \] ", text, re.MULTILINE)) > 1
        assert not re.search(r"[{}_]|--|profil|regist|indikator|ignorera|\?\?", text), text
    names = tuple(f"Testkommun 0{n}" for n in range(10, 40))
    group = Question("", id="okand-enhet", table="blad ”Svar”, cell A3", value=names[0], names=names)
    text = "\n".join(letter("Nya filen.xlsx", 2016, [group]))
    assert all(f"   ”{name}”:\n" in text for name in names) and "de här 30? Skriv ett svar efter" in text


@pytest.mark.parametrize("kind", KINDS)
def test_each_answer_to_a_question_is_an_answer(kind, file, reference, tmp_path):
    made, said = CASES[kind](file, tmp_path)
    ar = said.pop("ar", 2016)
    path = save_rows(tmp_path, made) if isinstance(made, list) else made
    usual = {"saknas": MARKS}

    def again(profile: Profile) -> Reading:
        reading = read_file(path, path.name, profile, reference, ar=ar)
        if profile.slag == "svar":
            followed = accept.links(reading, ar, reference)
            accept.check_complete(reading, reference)
            if reading.complete and kind in LATE:
                check_importable(reading, ar, reference, followed)
        return reading

    profile = parse_profile({"kalla": KALLA} | usual | said, path)
    reading = again(profile)
    question = next((q for q in reading.questions if q.id == kind), None)
    assert question is not None, [finding.what for finding in reading.findings]
    assert question.lines()[-1].endswith(f"{GUIDE}#{kind}")
    assert question.choices and str(question.choices[0]) in question.action
    assert set(question.draft) <= set(Profile.model_fields) and draft(reading)
    assert {key for choice in question.choices for key in choice.sets} <= set(question.keys)
    assert len({choice.in_words for choice in question.choices}) == len(question.choices)
    for choice in question.choices:
        assert all(re.fullmatch("[a-z0-9-]+", value) for value in choice.near), "ett id, inget mer"
        assert choice.in_words and not re.search(r"[{}_]|ignorera|\bid =|^(Om|Så) ", choice.in_words)
        answers = every_answer(choice)
        assert all(against(with_answer(profile, sets), sets) == [] for sets in answers)
        left = [(q.id, q.value, q.table) for q in again(with_answer(profile, answers[0])).questions]
        assert (kind, question.value, question.table) not in left, (answers[0], left)


@pytest.mark.parametrize("below", [["Källa:", "Testmyndigheten"], ["Källa: Testmyndigheten"]])
def test_the_source_that_a_table_names_itself_is_the_first_answer(file, reference, tmp_path, below):
    rows = [["Påhittade svar efter kommun"], [], *grid(file), [], *([text] for text in below)]
    profile = parse_profile({"saknas": MARKS}, tmp_path)
    reading = read_file(save_rows(tmp_path, rows), "fil.xlsx", profile, reference, ar=2016)
    accept.check_complete(reading, reference)
    (question,) = reading.questions
    named, other = question.choices
    assert named.sets == {"kalla": {"titel": "Påhittade svar efter kommun", "utgivare": "Testmyndigheten"}}
    assert "titel ”Påhittade svar efter kommun” och utgivare ”Testmyndigheten”" in named.in_words
    assert len(other.slots) == 2


def test_the_name_itself_is_found_before_those_it_is_a_part_of():
    names = ["Göteborg, Askim-Frölunda-Högsbo", "Norra Lund", "Lundby", "Lund", "Östersund"]
    assert found("lund", names) == ["Lund", "Lundby", "Norra Lund", "Göteborg, Askim-Frölunda-Högsbo"]
    assert found(" ÖSTER", names) == ["Östersund"] and found("x", names) == []


def test_the_likeliest_answer_stands_first_and_what_is_taken_is_not_offered(
    file, project, reference, tmp_path
):
    rows = grid(file)
    taken, label = file.indicators[1][:2]
    area = file.indicators[1][2]
    rows = [
        [*row, f"{label} xx" if n == 0 else "Ja", area if n == 0 else "Nej"] for n, row in enumerate(rows)
    ]
    rows[4][0] = "Testkomun 3"
    reading = read_file(
        save_rows(tmp_path, rows), "fil.xlsx", Profile(saknas=MARKS, kalla=KALLA), reference, ar=2016
    )
    unit, like, summary = reading.questions
    assert unit.choices[0].near == (), "003 är läst, och ingen annan föreslås för sitt nummer"
    offered = {value for choice in like.choices for values in choice.parts.values() for value in values}
    assert like.otherwise.endswith(f", men det är redan svaret för ”{label}”.") and like.cells == len(UNITS)
    assert like.choices[0].taken[taken] == label and unit.cells == sum(map(bool, rows[4][1:]))
    assert taken not in like.choices[0].near and taken not in like.choices[0].parts["indikatorer"] and offered
    assert summary.value == area and summary.choices[0].sets == {"kolumner": {area: "ignorera"}}
    assert "sammanfattar området" in summary.choices[0].in_words


def test_a_question_that_another_label_resembles_more_is_not_the_first_answer(project, reference, tmp_path):
    label = "Aktuell information på de vanligaste språken"
    rows = File(
        UNITS, indicators_of(project)[:3], invented_answers(UNITS, indicators_of(project)[:3])
    ).grid()[0]
    more = (f"{label} xx", "Aktuell information på drakspråken")
    rows = [[*row, *(more if n == 0 else ("Ja", "Nej"))] for n, row in enumerate(rows)]
    reading = read_file(
        save_rows(tmp_path, rows), "fil.xlsx", Profile(saknas=MARKS, kalla=KALLA), reference, ar=2016
    )
    first, second = (q for q in reading.questions if q.id == "okand-indikator")
    nearest = first.choices[0].near[0]
    assert nearest not in second.choices[0].near and f"men ”{more[0]}” liknar den mer" in second.otherwise
    assert nearest in second.choices[0].parts["indikatorer"], "den går att välja ändå"
