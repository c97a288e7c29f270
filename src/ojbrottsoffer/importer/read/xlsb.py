"""How far the sheets of an xlsb file go, read from its records before anything takes memory for its cells."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ojbrottsoffer.importer.read.sizes import check_size

ROW, CELLS = 0, range(1, 12)
"""The kinds of record that begin a row and that hold a cell with content ([MS-XLSB] 2.3.2); 1 is an empty one."""


def check_extent(path: Path, file: str) -> None:
    """Raises `DataError` for a sheet with more rows or columns than a table has."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".bin"):
                height, width, cells = _extent(archive.read(name))
                check_size(name.rpartition("/")[2].removesuffix(".bin"), height, width, file, cells)


def _extent(data: bytes) -> tuple[int, int, int]:
    """(rows, columns, cells) of a sheet."""
    height = width = cells = 0
    for kind, start, length in _records(data):
        if kind == ROW and length >= 4:
            row = struct.unpack_from("<I", data, start)[0]
        elif kind in CELLS and length >= 4:
            height = max(height, row + 1)
            width = max(width, struct.unpack_from("<I", data, start)[0] + 1)
            cells += 1
    return height, width, cells


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, where its content starts, its length) of every whole record."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80 and at < len(data):
            kind, at = (kind & 0x7F) | (data[at] & 0x7F) << 7, at + 1
        length = shift = 0
        while at < len(data) and shift < 28:
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > len(data):
            return
        yield kind, at, length
        at += length
