"""Kolada's answer as JSON (its API, versions 2 and 3) as one long table: a row for each value.

Columns: kpi, municipality (or ou), period, gender, status and value. The rows are numbered as the values
come in the file, so a place is `blad ”(json)”, cell F14` with the header as row 1.
"""

from __future__ import annotations

import json
from pathlib import Path

from ojbrottsoffer.importer.read.file_sheet import Sheet, text_cells
from ojbrottsoffer.importer.read.sizes import check_size, stop
from ojbrottsoffer.importer.read.texts import decode

JSON_SHEET = "(json)"
HEADER = ["kpi", "municipality", "period", "gender", "status", "value"]
SHAPE = (
    'Koladas svar: {"values": [{"kpi": …, "municipality": …, "period": …, "values": [{"gender": …, "status": …, '
    '"value": …}]}]}'
)


def kolada_sheets(path: Path, file: str) -> list[Sheet]:
    """The values as one sheet. Raises `DataError` for JSON of any other shape, or with more to fetch."""
    text, _ = decode(path.read_bytes(), file)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise stop(
            "Filen går inte att läsa som JSON",
            file,
            f"hel JSON (läsaren säger: {error})",
            "Hämta filen på nytt.",
            row=line,
        ) from error
    if isinstance(said, dict) and said.get("values") == []:
        raise stop(
            "Koladas svar är tomt",
            file,
            "minst ett värde",
            "Nyckeltalet har inga värden, eller finns inte längre i Kolada. Sök på kolada.se efter det som har ersatt det, och "
            "importera de andra nyckeltalen utan det.",
        )
    if not isinstance(said, dict) or not isinstance(said.get("values"), list):
        raise stop(
            "Filen är JSON, men inte Koladas",
            file,
            SHAPE,
            "Kontrollera att det är rätt fil. Går tabellen att få som xlsx eller csv: importera den.",
            value=text[:120],
        )
    if said.get("next_url"):
        raise stop(
            "Filen är bara en sida av Koladas svar",
            file,
            "alla sidor i en fil, med next_url som är null",
            f"Hämta resten ({said['next_url']}) och lägg alla poster under values i en fil, eller hämta med större "
            "per_page.",
        )
    rows: list[list[object]] = [HEADER]
    removed = 0
    empty: dict[str, bool] = {}
    for number, post in enumerate(said["values"], start=1):
        values = _values(post, number, file)
        empty.setdefault(str(post["kpi"]), True)
        for value in values:
            if value.get("isdeleted"):
                removed += 1
                continue
            empty[str(post["kpi"])] &= value.get("value") is None
            rows.append(
                [
                    post["kpi"],
                    post.get("municipality", post.get("ou", "")),
                    post["period"],
                    value.get("gender", ""),
                    value.get("status") or "",
                    "" if value.get("value") is None else value["value"],
                ]
            )
    check_size(JSON_SHEET, len(rows), len(HEADER), file)
    gone = [kpi for kpi, without in empty.items() if without]
    notes = [f"{removed} värden är märkta som borttagna (isdeleted) och lästes inte."] if removed else []
    notes += [f"Nyckeltal utan ett enda värde i filen: {', '.join(gone)}."] if gone else []
    return [Sheet(JSON_SHEET, text_cells(rows), shows_fills=False, notes=tuple(notes))]


def _values(post: object, number: int, file: str) -> list[dict]:
    """The values of one entry, each a mapping."""
    whole = (
        isinstance(post, dict)
        and {"kpi", "period"} <= post.keys()
        and ("municipality" in post or "ou" in post)
        and isinstance(post.get("values"), list)
        and all(isinstance(value, dict) for value in post["values"])
    )
    if not whole:
        raise stop(
            "En post i filen har inte Koladas form",
            file,
            SHAPE,
            "Hämta filen på nytt.",
            table=f"values, post {number}",
            value=str(post)[:120],
        )
    return post["values"]
