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
    sources = {
        row.kalla_id: f"{row.utgivare}: {row.titel}" for row in data.frames["kallor"].itertuples(index=False)
    }
    for one in (_index(base), _metadata(data, base), *documents(data.frames)):
        named = [sources[source] for source in one.sources]
        attribution = data.citation.attribution(named)
        yield FOLDER + one.address, _json(_enveloped(one, base, attribution))
    yield FOLDER + DESCRIBED, _json(description(f"{base}{FOLDER}" if base else "./"))


def _enveloped(one: Document, base: str, attribution: str) -> dict[str, object]:
    here = FOLDER + one.address
    links = {"sjalv": _link(base, here, here), "upp": _link(base, FOLDER + one.up, here)}
    if one.page:
        links["sida"] = _link(base, one.page, here)
    return {
        "version": __version__,
        "licens": LICENCE,
        "kalla": attribution,
        "kallor": one.sources,
        "antal": one.count,
        "lankar": links,
        "data": one.data,
    }


def _link(base: str, target: str, here: str) -> str:
    """`target` from the site's root, absolute or from the document at `here`."""
    return base + target if base else get_relative_url(target, here)


def _index(base: str) -> Document:
    start = base + FOLDER if base else ""
    found = [{"adress": start + kind.address, "om": kind.says} for kind in KINDS.values()]
    found.append({"adress": start + DESCRIBED, "om": "Beskrivningen av API:et för program (OpenAPI 3.1)."})
    return Document("index.json", "index", found, "data/api/")


def _metadata(data: Dataset, base: str) -> Document:
    whole = [name for _, name, _, _ in WHOLE.values()]

    def links(names: list[str]) -> list[str]:
        return [_link(base, f"data/{name}", f"{FOLDER}metadata.json") for name in names]

    tables = [
        {
            "namn": item.name,
            "grupp": group.id,
            "titel": item.table.title,
            "beskrivning": item.table.description,
            "rader": len(item.frame),
            "filer": links([*(file["file"] for file in item.files()), *whole]),
        }
        for group in data.groups
        for item in data.tables_of(group)
    ]
    return Document("metadata.json", "metadata", tables, "data/")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode(
        "utf-8"
    )
