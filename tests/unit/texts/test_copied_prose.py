"""Our prose is our own: no run of seven words stands in a source, whatever their endings."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import ROOT

from tools.copied_prose import BYTES, WORDS, found, read_hashes, runs

PROSE = (
    "*.md",
    "docs/**/*.md",
    "theme/**/*.html",
    "src/**/*.html",
    "src/**/*.py",
    "data/reference/*.yml",
    "data/reference/indikatorer_kolada.csv",
    "data/reference/metoder/*.csv",
    "data/reference/pastaenden.csv",
    "data/reference/rattelser.csv",
    "docs/assets/js/**/*.js",
    "data/raw/*/nyckeltal.csv",
    "data/raw/jonkoping-2023/*.csv",
    "data/raw/sou-2014-49/handlingsplan.csv",
    "notebooks/*.ipynb",
)
"""What we have written. Labels, titles and figures are transcribed, and are the sources' own."""
ALLOWED = (
    "Socialstyrelsens föreskrifter och allmänna råd om våld i nära relationer",
    "Framgångsfaktorer i kvinnofridsarbetet. En undersökning av utvecklingen av arbetet mot våld i nära relationer",
    "Vilka förändringar gjordes till följd av ny kunskap",
    "Mentors in Violence Prevention (MVP) och Bringing in the Bystander (BITB",
    "Många vägar in | Direkt och adekvat stöd och hjälp | Integrera kvinnofridsarbetet i ordinarie strukturer | "
    "Samverkan med andra samhällsaktörer | Nationellt stöd",
    "Mäta kvalitet och resultat | Verksamheter för våldsutövare | Full finansiering och förtydligade krav",
)
"""Names of documents and programmes, and headings that a source is pointed at with or that are counted."""


def prose(path: Path) -> str:
    """The words of a file, without tags and what a template computes."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return "\n\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    if path.suffix == ".html":
        return re.sub(r"<[^>]*>|\{[{%#].*?[}%#]\}", " ", text, flags=re.DOTALL)
    return text


def test_no_run_of_words_is_a_sources():
    hashes = read_hashes()
    files = sorted({path for pattern in PROSE for path in ROOT.glob(pattern)})
    assert len(hashes) > 40_000 and len(files) > 200
    copied = [
        f"{path.relative_to(ROOT)}: {stretch}"
        for path in files
        for stretch in found(prose(path), hashes)
        if not any(stretch in allowed for allowed in ALLOWED)
    ]
    assert not copied, "\n".join(copied)


def test_a_copied_sentence_is_found_also_as_a_scanner_reads_it():
    said = "Testkommunens rutin säger att ingen får lämnas ensam innan någon annan har tagit över ärendet."
    scanned = "Testkommunens rutin sager att ingen far lamnas ensam innan nagon annan har tagit 6ver arendet."
    hashes = frozenset(digest for digest, _, _ in runs(scanned))
    assert all(len(digest) == BYTES for digest in hashes)
    assert found(f"Först något eget. {said} Sedan något eget till.", hashes) == [said.rstrip(".")]
    assert found("Testkommunernas rutiner säger att ingen får lämna kvar någon.", hashes)
    words = said.split()
    assert not found(" ".join(words[: WORDS - 1]), hashes)
    assert not found(" ".join(reversed(words)), hashes)
