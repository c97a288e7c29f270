"""A definition in running text."""

from __future__ import annotations

from ojbrottsoffer.analysis.what_a_ja_requires import Definition

OTHERWISE = {"nej": "2015 frågades det annorlunda", "okant": "om det gällde 2015 är inte känt"}
"""What is added where 2015 asked something else, or may have."""


def years(definition: Definition) -> str:
    """The years it is known for: `2015`, `omkring 2016–2023`, `senare år, till och med 2021`, `från 2023`; or empty."""
    first, last = definition.first, definition.last
    if first is None:
        return f"senare år, till och med {last}" if last else ""
    if last is None:
        return f"från {first}"
    span = str(first) if first == last else f"{first}–{last}"
    return f"omkring {span}" if definition.roughly else span


def english_years(definition: Definition) -> str:
    """The same in English: `2015`, `about 2016–2023`, `later years, until 2021`, `from 2023`; a dash where it is not known."""
    said = years(definition)
    for swedish, english in (
        ("omkring ", "about "),
        ("senare år, till och med ", "later years, until "),
        ("från ", "from "),
    ):
        said = said.replace(swedish, english)
    return said or "–"


def needed(definition: Definition) -> str:
    """What a Ja requires, with the years that it is known for, and if 2015 asked or may have asked something else."""
    whole = f"{definition.short[:1].upper()}{definition.short[1:]}"
    if definition.yes is None:
        return f"{whole}."
    known = years(definition)
    from_where = "liknande frågor" if definition.scope == "liknande" else "frågan"
    said = [f"enligt {from_where} {known}"] if known else []
    said += [OTHERWISE[definition.holds]] if definition.holds in OTHERWISE else []
    beside = f" ({'; '.join(said)})" if said else ""
    return f"{whole}{beside}."


def required(definition: Definition) -> str:
    """The same as a sentence of its own."""
    said = needed(definition)
    return said if definition.yes is None else f"Ett Ja kräver: {said[:1].lower()}{said[1:]}"
