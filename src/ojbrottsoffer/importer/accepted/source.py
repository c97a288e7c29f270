"""What is said of the source of a file: what the file says itself, and what a person must say."""

from __future__ import annotations

import re

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK, SOURCE_KEYS
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.sources.origins import unfit_for_origin

NO_LICENCE = "Licens anges inte."
SOURCE = re.compile(r"(?:data)?källa(?: ?: ?|$)(.*)", re.IGNORECASE)
"""What stands before, or above, the name of whoever published a table."""
ON_TOP = re.compile(r".*?[A-Z]+[1-3]$")
"""A cell where a table's title may stand."""
LONGEST_NAME = 6
"""A publisher's name has no more words than this."""


def check_source(reading: Reading) -> None:
    """Asks for what the recipe does not say of the source; an error for what is said and can't be used."""
    source = reading.profile.kalla
    absent = [
        key for key in SOURCE_KEYS if source.get(key, ASK if key in ("titel", "utgivare") else "") == ASK
    ]
    if absent:
        reading.ask(
            "kalla",
            "Källan saknar uppgifter",
            *_as_the_file_says(reading, absent),
            Choice({"kalla": dict.fromkeys(absent, ASK)}, "fyll i uppgifterna"),
            expected="uppgifterna så som de ska stå på webbplatsen; utom titel och utgivare får de vara tomma",
            priority=8,
        )
    for key, (name, value) in origin_of(source).items():
        expected = None if key in absent else unfit_for_origin(name, value)
        if expected:
            reading.wrong(
                "Uppgiften om källan går inte att använda",
                f"Rätta kalla: {key} i profilen.",
                row_label=f"kalla: {key}",
                value=str(value),
                expected=expected,
            )


def _as_the_file_says(reading: Reading, absent: list[str]) -> list[Choice]:
    """The answer that a table has itself, as PxWeb writes it: its title on top, and its source below."""
    texts = list(reading.layout.unread) if reading.layout else []
    title = next((text for ref, text in texts if ON_TOP.fullmatch(ref) and not SOURCE.match(text)), ASK)
    below = [text for _, text in texts[1:]] + [""]
    named = [
        match[1] or after
        for (_, text), after in zip(texts, below, strict=False)
        if (match := SOURCE.match(text))
    ]
    publisher = next((name for name in named if 0 < len(name.split()) <= LONGEST_NAME), None)
    if publisher is None or "utgivare" not in absent:
        return []
    said = {"titel": title, "utgivare": publisher}
    words = [
        f"{key} {show(said[key], 200)}" for key in ("titel", "utgivare") if key in absent and said[key] != ASK
    ]
    return [
        Choice(
            {"kalla": {key: said.get(key, ASK) for key in absent}}, f"som filen säger, {' och '.join(words)}"
        )
    ]


def origin_of(source: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    """What `origin.yml` gets of the profile's `kalla`: key -> field and value."""
    return {
        "titel": ("title", source.get("titel")),
        "utgivare": ("producer", source.get("utgivare")),
        "publicerad": ("published", source.get("publicerad") or None),
        "url": ("url", source.get("url") or None),
        "licens": ("licence", source.get("licens") or NO_LICENCE),
    }
