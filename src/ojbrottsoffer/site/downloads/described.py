"""What archives read about the project, from the same fields as the citation: `.zenodo.json`,
`codemeta.json` and `CITATION.cff` with the address of a site.

`url` in `CITATION.cff`, the address of /data/, is filled in by whoever publishes; the others have theirs from it.
"""

from __future__ import annotations

import json

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.datapackage import DESCRIPTION, DESCRIPTION_EN, KEYWORDS, NAME
from ojbrottsoffer.site.words.citation import Citation, read_citation

WORDS = [word for words in KEYWORDS.values() for word in words]


def files(project: Project) -> dict[str, bytes]:
    """The files in the root of the project that `dataversion --faststall` writes: name -> content."""
    citation = read_citation(project)
    return {".zenodo.json": _json(zenodo(citation)), "codemeta.json": _json(codemeta(citation))}


def write(project: Project) -> None:
    """Writes `files`."""
    for name, content in files(project).items():
        (project.root / name).write_bytes(content)


def zenodo(citation: Citation) -> dict[str, object]:
    """The metadata of a deposit, as Zenodo's API has them; with the version's own address where it is known."""
    address = citation.address()
    placed = {"identifier": address, "scheme": "url", "relation": "isIdenticalTo", "resource_type": "dataset"}
    return {
        "title": citation.title,
        "description": f'<p>{DESCRIPTION}</p><p lang="en">{DESCRIPTION_EN}</p>',
        "upload_type": "dataset",
        "access_right": "open",
        "license": "cc-by-4.0",
        "version": citation.version,
        "publication_date": citation.date,
        "language": "swe",
        "keywords": WORDS,
        "creators": [{"name": citation.author}],
        "related_identifiers": [
            {
                "identifier": citation.report_isbn,
                "scheme": "isbn",
                "relation": "isDerivedFrom",
                "resource_type": "publication-report",
            },
            *([placed] if address else []),
        ],
    }


def codemeta(citation: Citation) -> dict[str, object]:
    """The program that makes the data, as CodeMeta 3 has it; `url` where the address of the data is known."""
    address = citation.address()
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": citation.title,
        "description": DESCRIPTION_EN,
        "version": citation.version,
        "dateModified": citation.date,
        "license": "https://spdx.org/licenses/MIT",
        "programmingLanguage": "Python",
        "keywords": WORDS,
        "author": [{"@type": "Organization", "name": citation.author}],
        "identifier": address or f"{NAME}-{citation.version}",
        **({"url": citation.url} if citation.url else {}),
    }


def cff(text: str, address: str, version: str) -> bytes:
    """`CITATION.cff` for whoever downloads it: with the address where this version stays.

    `address` is that of the version, with a slash last; empty if nobody has said where the site is.
    """
    if not address:
        return text.encode()
    lines = [line for line in text.splitlines() if not line.startswith(("url:", "# "))]
    lines += [
        f'url: "{address}"',
        "identifiers:",
        "  - type: url",
        f'    value: "{address}"',
        f'    description: "Version {version}, as it was released"',
    ]
    return ("\n".join(lines) + "\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
