"""`importera` in a terminal asks one question at a time: driven by a pseudo-terminal. Fictional units only."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from importfiler import NUMBERS, UNITS, WORDS, File, indicators_of, invented_answers, save_rows, told

from ojbrottsoffer.cli.asking import recipe_beside, saved_answers
from ojbrottsoffer.cli.prompts import CHOOSE, KEYS
from ojbrottsoffer.importer.choices import with_answer
from ojbrottsoffer.importer.conversation import understood
from ojbrottsoffer.importer.meaning.known_names import load_known_names
from ojbrottsoffer.importer.recipes.recipe_file import check_file, load_profile
from ojbrottsoffer.importer.understand import read_file
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.reference.register import load_reference

pytestmark = pytest.mark.slow
UP, DOWN, ENTER, INTERRUPT = "\x1b[A", "\x1b[B", "\r", "\x03"
SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-7]|38;|9[0-7])[0-9;]*m")


class Terminal:
    """`importera` of a file in a pseudo-terminal with so many columns."""

    def __init__(self, project: Project, file: Path, columns: int):
        self.seen, self.place = "", 0
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        env = os.environ | {"TERM": "xterm", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
        for name in ("COLUMNS", "LINES"):
            env.pop(name, None)
        command = ["--rot", str(project.root), "importera", str(file), "--ar", "2016"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ojbrottsoffer", *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=env,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def expect(self, text: str, seconds: float = 90) -> str:
        """What is shown until `text` is, without how it is moved about."""
        until = time.monotonic() + seconds
        while True:
            plain = SEQUENCE.sub("", self.seen)
            found = plain.find(text, self.place)
            if found >= 0:
                shown = plain[self.place : found + len(text)]
                self.place = found + len(text)
                return shown
            assert time.monotonic() < until, f"”{text}” kom inte:\n{plain[self.place :]}"
            if select.select([self.ours], [], [], 1)[0]:
                try:
                    self.seen += os.read(self.ours, 65536).decode(errors="replace")
                except OSError:
                    raise AssertionError(f"slut utan ”{text}”:\n{plain[self.place :]}") from None

    def press(self, keys: str) -> None:
        os.write(self.ours, keys.encode())

    def end(self) -> int:
        """The exit code, when the program has said its last."""
        while True:
            try:
                if not os.read(self.ours, 65536):
                    break
            except OSError:
                break
        os.close(self.ours)
        return self.process.wait(30)


@pytest.fixture
def file(project, tmp_path) -> Path:
    """Codes that the file explains, another year in the title, a misspelt unit and a mark."""
    asked = indicators_of(project)
    table = File(UNITS, asked, invented_answers(UNITS, asked, missing=False), coding=NUMBERS)
    rows = table.grid()[0]
    rows[3][0], rows[4][2] = "Testkomun 003", "*"
    return save_rows(tmp_path, [["Svar från 2014"], [], *rows, [], ["0 = Ja, 1 = Delvis, 2 = Nej"]])


def saved(file: Path) -> dict:
    return yaml.safe_load(recipe_beside(file, 2016).read_text(encoding="utf-8"))


def test_a_file_is_understood_question_by_question(project, file):
    recipe_beside(file, 2016).write_text('koder: {"2": Ja}\n', encoding="utf-8")
    first = Terminal(project, file, 100)
    shown = first.expect("Filen säger själv vad koderna betyder: 0 = Ja, 1 = Delvis, 2 = Nej")
    assert "Svaren sparas efter hand" in shown and "frågor kvar" in shown
    first.expect("Avsluta")
    first.press(ENTER)
    first.expect('Svaret säger emot ett tidigare svar: koder: {"2": Ja}')
    first.expect("byt ut")
    first.press(f"2{ENTER}")
    shown = first.expect("Filen nämner 2014")
    assert saved(file)["koder"] == {"0": "Ja", "1": "Delvis", "2": "Nej"}
    first.expect("Avsluta")
    first.press(DOWN + UP + ENTER)
    first.expect("Okänd enhet")
    first.expect("Avsluta")
    first.press(UP + UP + UP + ENTER)
    first.expect("1 fråga kvar och 1 till avsändaren. Vad betyder ”*”?")
    first.expect("Avsluta")
    first.press(UP + UP + ENTER)
    first.expect("Vilket svar?")
    first.expect("Vet inte, fråga avsändaren: Okänd enhet")
    first.expect("Tillbaka")
    first.press(UP + UP + ENTER)
    first.expect("2 frågor kvar. Okänd enhet")
    first.expect("Avsluta")
    first.press(INTERRUPT)
    first.expect("Kör samma kommando igen")
    assert first.end() == 1 and saved(file)["andra_ar"] == ["2014"]
    assert not COLOUR.search(first.seen)

    narrow = Terminal(project, file, 34)
    shown = narrow.expect("Avsluta")
    assert "Okänd enhet" in shown and "2014" not in shown
    assert max(map(len, shown[shown.index("Okänd enhet") :].splitlines())) <= 34
    narrow.press(f"1{ENTER}")
    narrow.expect("Vad betyder ”*”?")
    narrow.expect("Avsluta")
    narrow.press(UP + UP + ENTER)
    narrow.expect("Vilket svar?")
    narrow.expect("Tillbaka")
    narrow.press(f"3{ENTER}")  # the year is asked about anew, and answered as before
    narrow.expect("Filen nämner 2014")
    narrow.expect("Avsluta")
    assert saved(file)["andra_ar"] == ["2014"], "the old answer stands until there is a new one"
    narrow.press(ENTER)
    narrow.expect("Vad betyder ”*”?")
    narrow.expect("Avsluta")
    narrow.press(UP + UP + UP + ENTER)
    narrow.expect("Hej!")
    narrow.expect("Tack!")
    assert max(map(len, SEQUENCE.sub("", narrow.seen).split("Hej!")[1].split("Tack!")[0].splitlines())) <= 34
    assert narrow.end() == 1 and saved(file)["enheter"] == {"Testkomun 003": "testkommun-003"}
    mail = file.with_name(f"{file.stem} 2016.fragor.txt").read_text(encoding="utf-8")
    assert "1. Vad betyder ”*”?" in mail and "blad ”" in mail and "cell C7" in mail and "2. " not in mail
    assert "   [ ] Uppgiften är dold" in mail and "   [ ] Det är ett svar, nämligen:" in mail

    last = Terminal(project, file, 100)
    last.expect("Vad betyder ”*”?")
    last.expect("Avsluta")
    last.press(f"1{ENTER}")
    for title in ("=Påhittad enkät", "Påhittad enkät"):
        last.expect("Källan saknar uppgifter")
        last.expect("Avsluta")
        last.press(ENTER)
        last.expect("Källans titel:")
        last.press(f"{title}{ENTER}")
        last.expect("Vem som gett ut den:")
        last.press(f"Testaren{ENTER}")
        if title.startswith("="):
            last.expect("Svaret leder till ett fel")
            last.expect("Behåll svaret")
            last.press(ENTER)
    last.expect("Allt är besvarat")
    last.expect("borttagen")
    last.expect("Prövar det som skulle skrivas")
    assert not file.with_name(f"{file.stem} 2016.fragor.txt").exists()
    assert saved(file)["kalla"] == {"titel": "Påhittad enkät", "utgivare": "Testaren"}
    last.press(INTERRUPT)
    assert last.end() == 130

    again = Terminal(project, file, 100)
    again.expect("Inget är kvar att fråga.")
    again.expect("Ändra ett tidigare svar")
    again.press(DOWN + ENTER)
    shown = again.expect("Tillbaka")
    assert "Vad koderna betyder: 2 = Nej, 0 = Ja, 1 = Delvis" in shown
    assert "Vilken enhet ”Testkomun 003” är: Testkommun 003" in shown
    again.press(f"2{ENTER}")
    again.expect("Vad betyder ”*”?")
    again.expect("Avsluta")
    again.press(f"2{ENTER}")
    again.expect("Inget är kvar att fråga.")
    assert len(saved(file)["saknas"]) == 1
    again.press(INTERRUPT)
    assert again.end() == 1


def test_columns_are_picked_from_a_list(project, tmp_path):
    asked = indicators_of(project)[:6]
    table = File(UNITS, asked, invented_answers(UNITS, asked, missing=False), coding=NUMBERS)
    rows = table.grid()[0]
    rows += [[f"Drakköping {sign}", *rows[-1][1:]] for sign in "abcd"]
    path = save_rows(tmp_path, [*rows, [], ["OBS! Fråga 2 har omvänd kodning."]])
    terminal = Terminal(project, path, 100)
    terminal.expect("Filen säger att något är omvänt kodat")
    terminal.expect("Avsluta")
    terminal.press(ENTER)
    terminal.expect("Vilka kolumner:")
    terminal.expect(asked[5][1][:20])
    terminal.press(f"{ENTER}{DOWN} {ENTER}")  # none is not enough
    terminal.expect("kvar. ")
    assert saved(path) == {
        "fil": saved(path)["fil"],
        "slag": "svar",
        "koder_per_kolumn": {asked[1][1]: {"2": "Nej", "1": "Delvis", "0": "Ja"}},
    }
    terminal.expect("Avsluta")
    terminal.press(UP + UP + UP + ENTER)
    terminal.expect("kvar och 1 till avsändaren. ")
    shown = terminal.expect("Avsluta")
    assert "4 okända enheter" in shown and "Gäller: 24 celler" in shown
    terminal.press(f"1{ENTER}")
    terminal.expect("”Drakköping a”. Kommunkod, fyra siffror:")
    terminal.press(f"9999{ENTER}")
    terminal.expect("Väntat: en kod vars två första siffror är ett län, inte 9999")
    terminal.press(INTERRUPT)
    assert terminal.end() == 1


def test_several_are_picked_from_a_long_list_by_words_with_swedish_letters(project, tmp_path):
    asked = indicators_of(project)[:20]
    table = File(UNITS, asked, invented_answers(UNITS, asked, missing=False), coding=NUMBERS)
    path = save_rows(tmp_path, [*table.grid()[0], [], ["OBS! Fråga 2 har omvänd kodning."]])
    one, two = [label for _, label, *_ in asked if set("åäö") & set(label.casefold())][:2]
    terminal = Terminal(project, path, 100)
    terminal.expect("Filen säger att något är omvänt kodat")
    terminal.expect("Avsluta")
    terminal.press(ENTER)
    for label, chosen in ((one, [one]), (two, [one, two]), (one, [two])):
        terminal.expect("skriv för att söka")
        terminal.press(f"{label.upper()}{ENTER}")
        assert " ".join(terminal.expect(f"Valda: {chosen[0][:20]}").split())
    terminal.expect("bara Enter: klar")
    terminal.press(ENTER)
    terminal.expect("kvar. ")
    assert saved(path)["koder_per_kolumn"].keys() == {two}
    terminal.press(INTERRUPT)
    assert terminal.end() == 1


def test_a_long_list_of_answers_is_picked_from_by_number_or_by_words(project, tmp_path):
    asked = indicators_of(project)[:4]
    rounds = [f"Omgång {sign}" for sign in "abcdefghåäö"]
    answers = invented_answers(UNITS, asked, missing=False)
    head, *rows = File(UNITS, asked, answers, coding=WORDS).grid()[0]
    rows = [[row[0], which, *row[1:]] for row in rows for which in rounds]
    path = save_rows(tmp_path, [[head[0], "Omgång", *head[1:]], *rows])
    for typed, answer in ((f"10{ENTER}", "ä"), (f"OMGÅNG Ö{ENTER}", "ö")):
        recipe_beside(path, 2016).unlink(missing_ok=True)
        terminal = Terminal(project, path, 100)
        terminal.expect("11) Bara raderna med ”Omgång ö” ska läsas (9 rader)")
        terminal.expect("bara Enter: vet inte")  # no round says that it is the one that counts
        terminal.press(typed)
        terminal.expect(f"? Svar: {rounds.index(f'Omgång {answer}') + 1}) Bara raderna med ”Omgång {answer}”")
        terminal.expect("kvar. ")
        assert f"rad {rounds.index('Omgång a') + 2}" in saved(path)["hoppa_over"]
        terminal.press(INTERRUPT)
        assert terminal.end() == 1


def test_typing_narrows_a_long_list(project, tmp_path):
    asked = indicators_of(project)
    table = File(UNITS, asked[:6], invented_answers(UNITS, asked[:6], missing=False), coding=WORDS)
    rows = table.grid()[0]
    rows[0][3] = "Finns det en drake?"
    path = save_rows(tmp_path, rows)
    terminal = Terminal(project, path, 60)
    terminal.expect("Okänd indikator")
    shown = terminal.expect("Avsluta")
    offered = re.findall(r"([1-9a-c])\) (.+(?:\n      .+)*)", shown)
    assert [key for key, _ in offered] == list(KEYS[: len(offered)])
    assert len({text for _, text in offered}) == len(offered) and "…" not in shown
    assert max(map(len, shown.splitlines())) <= 60
    terminal.press(f"2{ENTER}")
    terminal.expect("Vilken tidigare fråga det är:")
    terminal.expect("skriv för att söka")
    terminal.press(ENTER)  # nothing is typed, so Enter alone picks nothing
    terminal.expect("Avsluta")
    terminal.press(f"1{ENTER}")
    terminal.expect("Vilken fråga ”Finns det en drake?” är:")
    terminal.expect("skriv för att söka")
    name = load_reference(project).names[asked[0][0]]
    terminal.press(f"{name.upper()}{ENTER}")  # another column is that already
    terminal.expect("är redan svar för")
    terminal.press("\x15social jour")
    terminal.expect("Social jourverksamhet")
    terminal.press(ENTER)
    terminal.expect("kvar. ")
    assert saved(path)["indikatorer"] == {rows[0][3]: "social-jour"}
    terminal.press(INTERRUPT)
    assert terminal.end() == 1
    recipe_beside(path, 2016).unlink()
    rows[2][1] = "Ja?"
    careless = Terminal(project, save_rows(tmp_path, rows), 60)
    for _ in ("Okänd indikator", "Vad betyder ”Ja?”"):
        careless.expect("Avsluta")
        careless.press(ENTER)
        careless.expect("? Svar: Vet inte, fråga avsändaren")
    shown = careless.expect("--ar 2016")
    assert "Tack!" in shown and ".fragor.txt, att mejla" in shown and "Svaren: inga ännu" in shown
    assert "ingenting är skrivet till data/" in shown and "När avsändaren har svarat" in shown
    assert careless.end() == 1 and not recipe_beside(path, 2016).exists()


def test_the_guide_s_example_asks_what_the_guide_says():
    guide = (ROOT / "docs/om/kor-om.md").read_text(encoding="utf-8")
    file = ROOT / "docs/om/kor-om/exempel/Svar.xlsx"
    assert "(kor-om/exempel/Svar.xlsx)" in guide and f"`{recipe_beside(file, 2016).name}`" in guide
    profile, reference = saved_answers(file, 2016, "svar"), load_known_names(Project(ROOT))
    reading = read_file(file, file.name, profile, reference, ar=2016)
    (question,) = reading.questions
    assert reading.errors == [] and question.what in guide and question.table in guide
    assert all(choice.in_words in guide for choice in question.choices)
    assert CHOOSE in guide and f"Gäller: {question.cells} celler" in guide
    answered = with_answer(profile, question.choices[0].sets)
    reading = read_file(file, file.name, answered, reference, ar=2016)
    assert told(reading) == [] and {unit.label for unit in reading.units if unit.new} == {
        f"Testkommun 00{n}" for n in range(1, 7)
    }
    koder = next(line for line in understood(reading, 2016, None).splitlines() if line.startswith("Koder"))
    assert f"”{' '.join(koder.split())}”" in guide


def test_answers_about_another_file_are_refused(file, tmp_path):
    path = recipe_beside(file, 2016)
    path.write_text(yaml.safe_dump({"fil": saved_answers(file, 2016, "svar").fil, "andra_ar": ["2014"]}))
    assert saved_answers(file, 2016, "svar").andra_ar == ("2014",)
    file.write_bytes(file.read_bytes() + b"\n")
    for refused in (
        lambda: saved_answers(file, 2016, "svar"),
        lambda: check_file(load_profile(path), file, path),
    ):
        with pytest.raises(DataError, match="Profilen har svar om en annan fil") as told:
            refused()
        assert "ta bort raden fil" in told.value.findings[0].action
    path.write_text("andra_ar: [2014]\n")
    assert saved_answers(file, 2016, "svar").andra_ar == ("2014",)
