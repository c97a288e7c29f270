"""The files of the static API, below `api/v1/`. Same tables in, same bytes out."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mkdocs.utils import get_relative_url

from ojbrottsoffer import __version__
from ojbrottsoffer.schema.datapackage import LICENCE
from ojbrottsoffer.site.downloads.api.documents import Document, documents
from ojbrottsoffer.site.downloads.api.openapi import KINDS, description
from ojbrottsoffer.site.downloads.dataset import WHOLE, Dataset

FOLDER = "api/v1/"
DESCRIBED = "openapi.json"


def all_files(data: Dataset, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Address from the site's root, and content. Links are absolute where `site_url` is set, else
    relative to the document that has them.
    """
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    attribution = data.citation.swedish()
    for one in (_index(), _metadata(data), *documents(data.frames)):
        yield FOLDER + one.address, _json(_enveloped(one, base, attribution))
    yield FOLDER + DESCRIBED, _json(description(f"{base}{FOLDER}" if base else "./"))


def _enveloped(one: Document, base: str, attribution: str) -> dict[str, object]:
    here = FOLDER + one.address

    def link(target: str) -> str:
        return base + target if base else get_relative_url(target, here)

    links = {"sjalv": link(here), "upp": link(FOLDER + one.up)}
    if one.page:
        links["sida"] = link(one.page)
    return {
        "version": __version__,
        "licens": LICENCE,
        "kalla": attribution,
        "kallor": one.sources,
        "antal": one.count,
        "lankar": links,
        "data": one.data,
    }


def _index() -> Document:
    found = [{"adress": kind.address, "om": kind.says} for kind in KINDS.values()]
    found.append({"adress": DESCRIBED, "om": "Beskrivningen av API:et för program (OpenAPI 3.1)."})
    return Document("index.json", "index", found, "data/api/")


def _metadata(data: Dataset) -> Document:
    whole = [name for _, name, _, _ in WHOLE.values()]
    tables = [
        {
            "namn": item.name,
            "grupp": group.id,
            "titel": item.table.title,
            "beskrivning": item.table.description,
            "rader": len(item.frame),
            "filer": [*(file["file"] for file in item.files()), *whole],
        }
        for group in data.groups
        for item in data.tables_of(group)
    ]
    return Document("metadata.json", "metadata", tables, "data/")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode(
        "utf-8"
    )
