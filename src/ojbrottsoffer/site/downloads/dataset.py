"""What /data/ offers: every table in every format, all of it in one file, and checksums.

Addresses do not change between editions; the version is inside the package.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ojbrottsoffer import RELEASED, __version__
from ojbrottsoffer.analysis import archive
from ojbrottsoffer.analysis.versions import TableChange, Version, changed_keys, read_versions, since_latest
from ojbrottsoffer.analysis.wide import NAME as WIDE
from ojbrottsoffer.analysis.wide import wide, wide_table
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.csv_tables import to_csv_bytes
from ojbrottsoffer.schema.datapackage import (
    DESCRIPTION,
    DESCRIPTION_EN,
    KEYWORDS,
    LICENCE,
    LICENCE_FOR_PEOPLE,
    NAME,
    TITLE,
    datapackage_bytes,
    sources_of,
    table_schema,
)
from ojbrottsoffer.schema.model import Table
from ojbrottsoffer.schema.tables import GROUPS, TABLES, Group, group_of
from ojbrottsoffer.site.downloads import described, formats
from ojbrottsoffer.site.settings import publisher, site_url
from ojbrottsoffer.site.words.citation import Citation, read_citation
from ojbrottsoffer.sources.curated.moves import read_moves

METHODS = "metoder"
"""The group of tables that are about methods."""
README = "LAS_MIG.txt"
CHECKSUMS = "SHA256SUMS"
CATALOGUE = "dcat.rdf"
"""The catalogue for data portals, made by `catalogue.py`."""
SHEET_NAME = 31
"""Excel's longest name of a sheet."""
ORGANISATION = {"@type": "Organization", "name": TITLE}
PREVIEW_ROWS = 10
PREVIEW_TEXT = 80
"""Longer texts are cut in the preview."""

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "csv": ("CSV", "{}.csv", "text/csv"),
    "excel": ("Excel", "{}.xlsx", SPREADSHEET),
    "json": ("JSON", "{}.json", "application/json"),
    "parquet": ("Parquet", "{}.parquet", "application/vnd.apache.parquet"),
    "stata": ("Stata", "{}.dta", "application/x-stata-dta"),
}
"""The formats of one table: id -> what a reader calls it, file name, media type."""
WHOLE = {
    "xlsx": (
        "Excel-arbetsbok",
        f"{NAME}.xlsx",
        SPREADSHEET,
        "Alla tabeller som blad, med kolumner och koder förklarade. Inledande nollor finns kvar.",
    ),
    "sqlite": (
        "SQLite-databas",
        f"{NAME}.sqlite",
        "application/vnd.sqlite3",
        "Alla tabeller med nycklar, och färdiga tabeller med namn i klartext.",
    ),
    "zip": ("Allt som ZIP", f"{NAME}.zip", "application/zip", "Samtliga filer på den här sidan."),
}
"""Files with all tables: id -> what a reader calls it, file name, media type, what it is for."""


@dataclass(frozen=True)
class DataTable:
    """One table as the pages show it."""

    table: Table
    frame: pd.DataFrame
    sources: list[str]

    @property
    def name(self) -> str:
        return self.table.name

    def files(self) -> list[dict[str, str]]:
        """Its formats: label and file name."""
        return [
            {"kind": kind, "label": label, "file": pattern.format(self.name)}
            for kind, (label, pattern, _) in KINDS.items()
        ]

    def about(self) -> list[str]:
        """What its workbook says first."""
        return [
            f"{self.table.title} ({self.name}), {TITLE}, version {__version__}",
            "",
            self.table.description,
            self.table.english,
            "Varje kolumn och kod förklaras på bladen Kolumner och Kodlistor. Tomt fält: värdet saknas.",
            f"Vår bearbetning: CC BY 4.0 ({LICENCE_FOR_PEOPLE}).",
        ]

    def made(self, as_csv: bytes) -> dict[str, bytes]:
        """The formats that are made of it: file name -> content."""
        names = {kind: pattern.format(self.name) for kind, (_, pattern, _) in KINDS.items()}
        return {
            names["parquet"]: formats.parquet(as_csv, self.table, __version__),
            names["stata"]: formats.stata(self.frame, self.table, RELEASED),
            names["json"]: formats.json_bytes(self.frame, self.table),
            names["excel"]: formats.workbook(
                [(self.table, self.frame)], self.about(), self.table.title, lambda n: n[:SHEET_NAME]
            ),
        }

    def preview(self) -> list[list[str]]:
        """The first rows as the CSV file has them, long texts cut."""
        lines = to_csv_bytes(self.frame.head(PREVIEW_ROWS), self.table).decode("utf-8")
        return [[_cut(cell) for cell in row] for row in list(csv.reader(io.StringIO(lines)))[1:]]


def _cut(text: str) -> str:
    return text if len(text) <= PREVIEW_TEXT else f"{text[:PREVIEW_TEXT].rstrip()} …"


@dataclass(frozen=True)
class Dataset:
    """The tables of `data/clean/` and everything made of them."""

    project: Project
    frames: dict[str, pd.DataFrame]
    """Public table -> frame, as read from `data/clean/`."""
    keys_shown: int = 20
    """At most this many keys of each kind of change stand on the page; the file has all."""

    @cached_property
    def tables(self) -> list[DataTable]:
        """Every table offered: the declared ones and the matrix."""
        declared = [
            DataTable(table, self.frames[name], sources_of(table, self.frames))
            for name, table in TABLES.items()
        ]
        matrix = wide_table(self.frames)
        return [*declared, DataTable(matrix, wide(self.frames), sources_of(matrix, self.frames))]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that the tables stand in, in the order that people need them."""
        return GROUPS

    def tables_of(self, group: Group) -> list[DataTable]:
        """The tables of a group; the matrix stands with the answers that it is made of.

        Raises `ValueError` for a table that is in no group.
        """
        return [
            item
            for item in self.tables
            if group_of("resultat" if item.name == WIDE else item.name).id == group.id
        ]

    @cached_property
    def citation(self) -> Citation:
        return read_citation(self.project, site_url())

    @cached_property
    def versions(self) -> list[Version]:
        return read_versions(self.project)

    @cached_property
    def kept(self) -> dict[str, bytes]:
        """Version -> all its tables as one ZIP, the latest first."""
        return archive.kept(self.project)

    @property
    def address(self) -> str:
        """The address of /data/ where that of the site is known, else empty."""
        return f"{site_url()}data/" if site_url() else ""

    def years(self, names: Iterable[str]) -> tuple[int, int] | None:
        """The first and the last year that rows of some tables are about; None if they name none. Methods are
        examples from other years, and not counted.
        """
        columns = [
            self.frames[name][column].dropna()
            for name in names
            if group_of(name).id != METHODS
            for column in ("ar", "fran_ar", "till_ar", "kand_fran", "kand_till")
            if column in TABLES[name].column_names
        ]
        found = pd.concat(columns) if columns else pd.Series()
        return None if found.empty else (int(found.min()), int(found.max()))

    def kept_file(self, version: str) -> str:
        """The address below /data/ of a version's ZIP."""
        return f"{version}/{NAME}-{version}.zip"

    def kept_values(self, version: str) -> dict[str, object]:
        """What the page of a version shows."""
        recorded = {item.version: item for item in self.versions}
        dates = {__version__: self.citation.date} | {name: item.datum for name, item in recorded.items()}
        order = list(self.kept)
        return {
            "version": version,
            "date": dates.get(version),
            "before": next(iter(order[order.index(version) + 1 :]), ""),
            "moves": self.moves(version),
            "changes": recorded[version].andringar if version in recorded else self.unreleased,
            "is_latest": version == __version__,
            "contents": archive.contents(self.kept[version]),
            "size": len(self.kept[version]),
            "sha256": hashlib.sha256(self.kept[version]).hexdigest(),
            "data": self,
        }

    @cached_property
    def unreleased(self) -> list[TableChange]:
        return since_latest(self.project, self.frames)

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file below /data/: name -> content. The last one has the checksums."""
        files = {path.name: path.read_bytes() for path in sorted(self.project.clean.iterdir())}
        matrix = self.tables[-1]
        files[f"{WIDE}.csv"] = to_csv_bytes(matrix.frame, matrix.table)
        files[f"{WIDE}.schema.json"] = _json(table_schema(matrix.table))
        files["datapackage.json"] = datapackage_bytes(
            {t.name: files[f"{t.name}.csv"] for t in self.tables},
            {t.name: t.frame for t in self.tables},
            [matrix.table],
            self.address,
        )
        for item in self.tables:
            files |= item.made(files[f"{item.name}.csv"])
        pairs = [(item.table, item.frame) for item in self.tables]
        files[f"{NAME}.xlsx"] = formats.workbook(
            pairs, self.readme(), f"{TITLE}, version {__version__}", lambda n: n[:SHEET_NAME]
        )
        files[f"{NAME}.sqlite"] = formats.sqlite(pairs, __version__)
        cited = (self.project.root / "CITATION.cff").read_text(encoding="utf-8")
        files["CITATION.cff"] = described.cff(cited, self.citation.address(), __version__)
        files["hanvisning.bib"] = (self.citation.bibtex() + "\n").encode("utf-8")
        if self.versions:
            files["andringar.csv"] = changed_keys(self.versions, self.unreleased)
        files[README] = ("\n".join(self.readme()) + "\n").encode("utf-8")
        files[f"{NAME}.zip"] = archive.zipped(files | {CHECKSUMS: checksums(files)})
        return files | {CHECKSUMS: checksums(files)}

    def moves(self, version: str) -> list[dict[str, str]]:
        """How to move to a version from the one before, old beside new."""
        return [row for row in read_moves(self.project) if row["version"] == version]

    def size(self, name: str) -> int:
        return len(self.files[name])

    def sha256(self, name: str) -> str:
        return hashlib.sha256(self.files[name]).hexdigest()

    def whole(self) -> list[dict[str, str]]:
        """The files with all tables."""
        return [{"label": label, "file": name, "what": what} for label, name, _, what in WHOLE.values()]

    def named_in(self, source: str) -> list[str]:
        """The tables that have figures from a source."""
        return [item.name for item in self.tables if source in item.sources and item.name != WIDE]

    def readme(self) -> list[str]:
        """What the package is, in Swedish and in English; line by line."""
        return [
            f"{TITLE}, version {__version__}",
            "",
            DESCRIPTION,
            "En tabell per blad i arbetsboken och per fil i paketet. Varje kolumn och kod förklaras "
            "på bladen Kolumner och Kodlistor, i datapackage.json och på webbplatsens sida Data.",
            "Tomt fält: värdet saknas. Varför står i kolumnen saknas_orsak där den finns.",
            "svar_kod: 2 = Ja, 1 = Delvis, 0 = Nej. Kolumnen plats säger var värdet är tryckt.",
            "Går källorna isär är ingenting rättat. Båda uppgifterna står i tabellen avvikelser.",
            "",
            f"Det här har bytt namn eller form i version {__version__}:",
            *(f"{row['tabell']}: {row['forut']} → {row['nu']}" for row in self.moves(__version__)),
            "",
            f"Hänvisa så här: {self.citation.swedish()}",
            f"Vår bearbetning: CC BY 4.0 ({LICENCE_FOR_PEOPLE}). Vad som är känt om rätten att använda "
            "källornas uppgifter står i kolumnen licens_anmarkning i tabellen kallor.",
            "",
            "In English",
            DESCRIPTION_EN,
            "Texts are in Swedish; every column and code has an English description in "
            "datapackage.json and on the sheets Kolumner and Kodlistor.",
            "An empty field is a missing value. Our own work: CC BY 4.0. What is known of the right "
            "to use the sources' figures is in the column licens_anmarkning of the table kallor.",
            "",
            *(f"{item.name}: {item.table.description}" for item in self.tables),
        ]

    def _publisher(self) -> dict[str, str]:
        if not (said := publisher()):
            return ORGANISATION
        name, kind = said
        return {"@type": "Person" if kind == "privatperson" else "Organization", "name": name}

    def json_ld(self) -> dict[str, object]:
        """schema.org's description, for search engines of data. Where nobody has said where the site will
        be its own address and the files' are relative to the page, as JSON-LD allows. The files of a table are told
        of on the table's own page (`json_ld_of`).
        """
        base = self.address
        downloads = [(label, name, media) for label, name, media, _ in WHOLE.values()]
        years = self.years(TABLES)
        sources = self.frames["kallor"]
        about: dict[str, object] = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": TITLE,
            "description": f"{DESCRIPTION} {DESCRIPTION_EN}",
            "inLanguage": "sv",
            "version": __version__,
            "datePublished": self.citation.date,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "keywords": [word for words in KEYWORDS.values() for word in words],
            "identifier": self.citation.address() or NAME,
            "creator": ORGANISATION,
            "publisher": self._publisher(),
            "includedInDataCatalog": {"@type": "DataCatalog", "name": TITLE, "url": base or "./"},
            "spatialCoverage": {"@type": "Country", "name": "Sverige"},
            **({"temporalCoverage": f"{years[0]}/{years[1]}"} if years else {}),
            "citation": self.citation.swedish(),
            "isBasedOn": [
                {
                    "@type": "CreativeWork",
                    "name": row["titel"],
                    "publisher": {"@type": "Organization", "name": row["utgivare"]},
                    "usageInfo": row["licens_anmarkning"],
                }
                | ({} if pd.isna(row["url"]) else {"url": row["url"]})
                for row in sources.to_dict("records")
                if not pd.isna(row["hamtad"])
            ],
            "variableMeasured": [
                {"@type": "PropertyValue", "name": column, "description": text}
                for column, text in (
                    (column.name, column.description)
                    for name in ("resultat", "riket")
                    for column in TABLES[name].columns
                    if column.name in ("svar_kod", "andel_ja_procent")
                )
            ],
            "hasPart": [
                {"@type": "Dataset", "name": item.table.title, "url": f"{base}{item.name}/"}
                for item in self.tables
            ],
            "distribution": self._distribution(base, downloads),
        }
        return about | {"url": base or "./"}

    def json_ld_of(self, item: DataTable) -> dict[str, object]:
        """The same of one table, for its own page."""
        base = self.address or "../"
        downloads = [
            (item.table.title, pattern.format(item.name), media) for _, pattern, media in KINDS.values()
        ]
        return {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": f"{TITLE}: {item.table.title}",
            "description": f"{item.table.description} {DESCRIPTION}",
            "inLanguage": "sv",
            "version": __version__,
            "license": LICENCE,
            "creator": ORGANISATION,
            "url": f"{self.address}{item.name}/" if self.address else "./",
            "isPartOf": {"@type": "Dataset", "name": TITLE, "url": base},
            "distribution": self._distribution(base, downloads),
        }

    def _distribution(self, base: str, downloads: list[tuple[str, str, str]]) -> list[dict[str, str]]:
        """`downloads`: name, file and media type of each."""
        return [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": f"{base}{file}",
                "encodingFormat": media,
                "contentSize": f"{self.size(file)} B",
                "sha256": self.sha256(file),
            }
            for name, file, media in downloads
        ]


def checksums(files: dict[str, bytes]) -> bytes:
    """As `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode(
        "ascii"
    )


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
