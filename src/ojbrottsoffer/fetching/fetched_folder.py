"""The folder of one fetch, as files to write: answers as they came, the list of requests, and `origin.yml`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import yaml

from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.kolada_answers import REQUESTS, Answer, packed

KOLADA = "https://api.kolada.se/v3"
"""The address of the service itself; what comes from another is not called Kolada's."""
SUMS = "data/raw/SHA256SUMS"


def folder_name(day: str) -> str:
    """The folder of what was fetched on a day, `ÅÅÅÅ-MM-DD`."""
    return f"kolada-{day}"


def folder_files(
    project: Project, day: str, address: str, answers: Iterable[Answer]
) -> dict[str, bytes | None]:
    """Every file that a fetch writes, and None for those of the same day that it replaces: path -> bytes."""
    name = folder_name(day)
    files: dict[str, bytes | None] = {}
    listed = []
    for number, answer in enumerate(answers, start=1):
        file = None if answer.body is None else f"{number:03}-{answer.kind}.json.gz"
        listed.append({"anrop": answer.request, "fil": file})
        if file:
            files[f"data/raw/{name}/{file}"] = packed(answer.body)
    files[f"data/raw/{name}/{REQUESTS}"] = (json.dumps(listed, indent=1) + "\n").encode()
    files[f"data/raw/{name}/origin.yml"] = _origin(name, day, address)
    digests = {
        path.removeprefix("data/raw/"): hashlib.sha256(data).hexdigest() for path, data in files.items()
    }
    before = (project.root / SUMS).read_text(encoding="utf-8").splitlines()
    lines = [line for line in before if not line.split("  ")[-1].startswith(f"{name}/")]
    lines += [f"{digest}  {path}" for path, digest in digests.items()]
    old = [project.relative(path) for path in (project.raw / name).glob("*") if path.is_file()]
    return (
        dict.fromkeys(old)
        | files
        | {
            SUMS: "".join(
                f"{line}\n" for line in sorted(lines, key=lambda line: line.split("  ")[-1])
            ).encode()
        }
    )


def _origin(name: str, day: str, address: str) -> bytes:
    real = address == KOLADA
    said = {
        "kalla_id": name,
        "producer": "Rådet för främjande av kommunala analyser (RKA)" if real else "Okänd",
        "title": "Kolada, nyckeltalens värden"
        if real
        else "Svar i Koladas form från en annan adress än Koladas",
        "published": None,
        "url": f"{KOLADA}/" if real else None,
        "retrieved": day,
        "licence": "Kolada: fritt att använda om ”Källa: Kolada” anges; gäller inte egna härledda tal."
        if real
        else "Licens anges inte.",
        "encoding": "JSON som den kom, packad med gzip",
        "transcription": f"Hämtad med ojbrottsoffer hamta kolada; {REQUESTS} säger vad som frågades, i ordning.",
    }
    head = "# Provenance of the files in this folder. Field names are English, values Swedish.\n"
    return (head + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)).encode()
