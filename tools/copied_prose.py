"""Holds our prose against the sources' own words: no run of seven words may be the same, whatever their endings.

The sources are not in the repository, only hashes of their runs (`tests/filer/kallornas_ord.bin`), made with

    python -m tools.copied_prose FILE …

where each FILE is a text version of a source, or a CSV whose column `description` holds texts. The texts are
read from scans: vowels, accents, digits and signs come out wrong, so a word is known by its consonants alone,
and only by those of its first letters: one that is inflected otherwise is the same.
A run is hashed and cut to five bytes: no text can be made out of them, and two runs that differ are taken for
the same about once in ten million times that one is looked up.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

WORDS = 7
LETTERS = 5
BYTES = 5
HASHES = Path(__file__).parents[1] / "tests" / "filer" / "kallornas_ord.bin"
VOWELS = re.compile(r"[aeiouy0-9]")
WORD = re.compile(r"\w+")


def skeleton(word: str) -> str:
    """The consonants of a word's first letters without accents; empty for a word of vowels or digits.

    >>> skeleton("Våldsutövare"), skeleton("valdsutévaren"), skeleton("i")
    ('vlds', 'vlds', '')
    """
    plain = (
        unicodedata.normalize("NFKD", unicodedata.normalize("NFC", word.casefold())[:LETTERS])
        .encode("ascii", "ignore")
        .decode()
    )
    return VOWELS.sub("", plain)


def runs(text: str) -> Iterator[tuple[bytes, int, int]]:
    """Every run of `WORDS` words that have consonants: its hash, and where it begins and ends in the text."""
    words = [(skeleton(word[0]), *word.span()) for word in WORD.finditer(text)]
    words = [word for word in words if word[0]]
    for first in range(len(words) - WORDS + 1):
        run = words[first : first + WORDS]
        key = " ".join(word for word, _, _ in run)
        yield hashlib.sha256(key.encode()).digest()[:BYTES], run[0][1], run[-1][2]


def read_hashes(path: Path = HASHES) -> frozenset[bytes]:
    """The hashes of the sources' runs."""
    data = path.read_bytes()
    return frozenset(data[i : i + BYTES] for i in range(0, len(data), BYTES))


def found(text: str, hashes: frozenset[bytes]) -> list[str]:
    """The stretches of a text that stand in a source too, the overlapping ones as one."""
    stretches: list[list[int]] = []
    for digest, start, end in runs(text):
        if digest not in hashes:
            continue
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = end
        else:
            stretches.append([start, end])
    return [" ".join(text[start:end].split()) for start, end in stretches]


def source_texts(path: Path) -> Iterable[str]:
    """The running text of a source. Tables are left out: their labels are what we show."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row.get("description") or "" for row in csv.DictReader(file))
        return
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    yield re.sub(r"-\n(?=[a-zåäöé])", "", "\n".join(line for line in lines if "\t" not in line))


def main() -> None:
    made = {
        digest for name in sys.argv[1:] for text in source_texts(Path(name)) for digest, _, _ in runs(text)
    }
    HASHES.write_bytes(b"".join(sorted(made)))
    print(f"{len(made)} löp, {HASHES.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
