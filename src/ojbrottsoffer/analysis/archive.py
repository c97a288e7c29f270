"""The released versions of the tables, whole: one ZIP each in `data/versioner/`, kept for ever."""

from __future__ import annotations

import io
import re
import zipfile

from ojbrottsoffer import __version__
from ojbrottsoffer.project import Project

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP file can hold."""
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as one ZIP, in order of name and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return out.getvalue()


def as_published(project: Project) -> bytes:
    """`data/clean/` as it is now, as one ZIP."""
    return zipped({path.name: path.read_bytes() for path in project.clean.iterdir() if path.is_file()})


def kept(project: Project) -> dict[str, bytes]:
    """Version -> its ZIP, the latest first: every released one, and the present one as it is being made."""
    found = {path.stem: path.read_bytes() for path in project.versions.glob("*.zip")}
    found.setdefault(__version__, as_published(project))
    order = sorted(found, key=lambda version: [int(part) for part in version.split(".")], reverse=True)
    return {version: found[version] for version in order}


def contents(archive: bytes) -> list[tuple[str, int]]:
    """What a ZIP holds: name and size in bytes."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return [(item.filename, item.file_size) for item in opened.infolist()]
