"""The command line speaks Swedish, also where argparse has words of its own."""

from __future__ import annotations

import re

import pytest

from ojbrottsoffer.cli.commands import main

WRONG = {
    "": "det saknas: KOMMANDO",
    "granska": "det saknas: --ar",
    "granska --ar": "--ar behöver ett värde",
    "granska --ar x": "väntat: ett heltal",
    "granska --ar 2016 --slag annat": "--slag är annat; välj bland svar, rankning, riket",
    "granska --ar 2016 --acceptera": "--acceptera behöver minst ett värde",
    "granska --ar 2016 --a": "--a kan vara flera val: ",
    "granska --ar 2016 --html=ja": "--html tar inget värde",
    "importera fil.xlsx --ar x": "är inget år och inte alla",
    "importera fil.xlsx --ar 2016 --ny": "inget som kommandot känner: --ny",
    "annat": "KOMMANDO är annat; välj bland data, ",
}
ENGLISH = re.compile(r"\b(?:usage|error|options|positional|argument \S+:|the|required|invalid|show|exit)\b")


@pytest.mark.parametrize(("command", "told"), WRONG.items())
def test_what_is_wrong_with_a_command_is_said_in_swedish(command, told, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(command.split())
    said = capsys.readouterr().err
    assert stopped.value.code == 2 and told in said and said.startswith("användning: ojbrottsoffer")
    assert not ENGLISH.search(said), said


@pytest.mark.parametrize("command", ["", "importera", "granska", "angra", "dataversion"])
def test_the_help_is_in_swedish(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*command.split(), "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0 and "visa den här hjälpen" in said and not ENGLISH.search(said), said
