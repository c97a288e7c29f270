"""A broken raw file stops with a message a person can act on, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import assert_told, contents, in_runs

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.project import Project

PART = "tabell-1-sida-3-del-2.csv"
LABEL = "Aktuell rutin för intern samordning mellan utredning våldsutsatta vuxna och familjerätten"


@dataclass(frozen=True)
class Damage:
    """One way to break a file, and what the message must contain."""

    name: str
    file: str
    change: Callable[[bytes], bytes]
    expected: tuple[str, ...]


def replace(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return change


def without_line(number: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        return b"".join(lines[: number - 1] + lines[number:])

    return change


def swapped_lines(a: int, b: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        lines[a - 1], lines[b - 1] = lines[b - 1], lines[a - 1]
        return b"".join(lines)

    return change


DAMAGES = [
    Damage(
        "wrong code",
        PART,
        replace(f"{LABEL},2,2,2,2", f"{LABEL},2,2,3,2"),
        (
            PART,
            "tabell 1, sida 3, del 2",
            "rad:        5",
            "Trollhättan",
            "”3”",
            "2 (Ja), 1 (Delvis) eller 0 (Nej)",
            "gör så här",
        ),
    ),
    Damage(
        "not a code",
        PART,
        replace(f"{LABEL},2,2,2,2", f"{LABEL},2,2,Ja,2"),
        (PART, "rad:        5", "Trollhättan", "”Ja”", "2 (Ja), 1 (Delvis) eller 0 (Nej)"),
    ),
    Damage(
        "empty cell",
        PART,
        replace(f"{LABEL},2,2,2,2", f"{LABEL},2,,2,2"),
        (PART, "rad:        5", "Skellefteå", "Cellen är tom"),
    ),
    Damage(
        "invisible space",
        PART,
        replace(f"{LABEL},2,2,2,2", f"{LABEL},2,2\u00a0,2,2"),
        (PART, "Skellefteå", "NO-BREAK SPACE"),
    ),
    Damage(
        "missing row", PART, without_line(5), (PART, "En rad saknas", LABEL, "rad:        5", "efter rad 4")
    ),
    Damage(
        "row twice",
        PART,
        lambda data: data + data.splitlines(keepends=True)[4],
        (PART, "Raden finns två gånger", LABEL),
    ),
    Damage("rows swapped", PART, swapped_lines(4, 5), (PART, "annan ordning", "indikator 29")),
    Damage(
        "unit twice",
        PART,
        replace(",Ronneby,Skellefteå,", ",Ronneby,Ronneby,"),
        (PART, "En enhet står i två kolumner", "Ronneby"),
    ),
    Damage(
        "unknown unit",
        PART,
        replace("Skellefteå", "Skeleftå"),
        (PART, "Okänd etikett för enhet", "”Skeleftå”", "Skellefteå", "etiketter.csv"),
    ),
    Damage(
        "unknown label",
        PART,
        replace("familjerätten,", "familjeräten,"),
        (PART, "Okänd etikett för indikator", "familjeräten", "närmast"),
    ),
    Damage("truncated", PART, lambda data: data[: len(data) - 60], (PART, "avklippt")),
    Damage(
        "cut to the header",
        PART,
        lambda data: b"".join(data.splitlines(keepends=True)[:2]),
        (PART, "Delen har inga rader"),
    ),
    Damage("empty file", PART, lambda data: b"", (PART, "Filen är tom")),
    Damage(
        "wrong encoding", PART, lambda data: data.decode().encode("latin-1"), (PART, "UTF-8", "Skellefte")
    ),
    Damage(
        "another part in its place",
        PART,
        replace("Tabell 1, sida 3, del 2", "Tabell 1, sida 3, del 1"),
        (PART, "fel del"),
    ),
    Damage(
        "share over 100",
        "tabell-2-del-1.csv",
        replace("69 %", "169 %"),
        ("tabell-2-del-1.csv", "tabell 2, del 1 av 5", "”169 %”", "0 till 100"),
    ),
    Damage(
        "share with decimals",
        "tabell-2-del-1.csv",
        replace("69 %", '"69,5 %"'),
        ("tabell-2-del-1.csv", "”69,5 %”", "hela procent"),
    ),
    Damage(
        "unknown area",
        "tabell-2-del-2.csv",
        replace("Trygghet och", "Tryghet och"),
        ("tabell-2-del-2.csv", "Okänd etikett för kvalitetsområde", "Trygghet och säkerhet"),
    ),
    Damage(
        "area moved",
        "tabell-2-del-2.csv",
        lambda data: data.replace("Trygghet och säkerhet,".encode(), b",").replace(
            "\n,,Aktuell rutin vid indikation på att en vuxen utsatts för våld inom sociala".encode(),
            "\nTrygghet och säkerhet,,Aktuell rutin vid indikation på att en vuxen utsatts för "
            "våld inom sociala".encode(),
        ),
        ("tabell-2-del-2.csv", "fel kvalitetsområde"),
    ),
    Damage(
        "published total",
        "tabell-1-sida-1-del-1.csv",
        replace("(max 60),53,44", "(max 60),53,45"),
        (
            "AVVIKELSE",
            "tabell-1-sida-1-del-1.csv",
            "Höganäs",
            "”45”",
            "44",
            "antal-ja-2015-hoganas",
            "kanda_avvikelser.yml",
        ),
    ),
    Damage(
        "answer flipped",
        PART,
        replace(f"{LABEL},2,2,2,2", f"{LABEL},0,2,2,2"),
        ("AVVIKELSE", "Ronneby har 43 ja-svar", "antal-ja-2015-ronneby"),
    ),
    Damage(
        "known contradiction gone",
        "tabell-1-sida-1-del-2.csv",
        replace("(max 60),43,47,53,49", "(max 60),43,47,53,48"),
        ("AVVIKELSE", "finns inte längre", "antal-ja-2015-tyreso"),
    ),
]


TOGETHER = (
    ("wrong code", "share over 100"),
    ("published total", "answer flipped", "known contradiction gone"),
)


@pytest.mark.parametrize("names", in_runs((damage.name for damage in DAMAGES), TOGETHER), ids=" + ".join)
def test_damage_stops_with_a_message(names: tuple[str, ...], scratch: Project, capsys):
    damages = [damage for damage in DAMAGES if damage.name in names]
    for damage in damages:
        path = scratch.raw / "skl-2016" / damage.file
        path.write_bytes(damage.change(path.read_bytes()))
    before = contents(scratch.clean)
    code = main(["--rot", str(scratch.root), "data"])
    message = capsys.readouterr().err
    assert code == 1
    assert contents(scratch.clean) == before
    assert not scratch.report.exists()
    assert_told(message, [damage.expected for damage in damages])
    assert "Traceback" not in message
    assert "data/clean/ och site/ är som de var" in message
    assert str(scratch.root) not in message
    if "wrong code" in names:
        assert "AVVIKELSE" not in message, "en felskriven kod är ingen motsägelse att godta"


def test_harmless_differences_are_accepted(scratch: Project, capsys):
    """A byte order mark, the line ends of Windows, an empty last line, each in a file of its own."""
    for file, change in {
        PART: lambda data: b"\xef\xbb\xbf" + data,
        "tabell-1-sida-4-del-1.csv": lambda data: data.replace(b"\n", b"\r\n"),
        "tabell-2-del-2.csv": lambda data: data + b"\n",
    }.items():
        path = scratch.raw / "skl-2016" / file
        path.write_bytes(change(path.read_bytes()))
    before = contents(scratch.clean)
    assert main(["--rot", str(scratch.root), "data"]) == 0, capsys.readouterr().err
    assert contents(scratch.clean) == before


def test_a_missing_file_is_named(scratch: Project, capsys):
    (scratch.raw / "skl-2016" / PART).unlink()
    assert main(["--rot", str(scratch.root), "data"]) == 1
    assert PART in capsys.readouterr().err


def test_an_incomplete_review_entry_is_named(scratch: Project, capsys):
    path: Path = scratch.reference / "kanda_avvikelser.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  granskad_av: redaktionen\n", ""), encoding="utf-8"
    )
    assert main(["--rot", str(scratch.root), "data"]) == 1
    assert "granskad_av" in capsys.readouterr().err
