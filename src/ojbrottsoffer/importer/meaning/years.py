"""Another year than the one that is read, in a text."""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<![\d.,:/])(?:19|20)\d\d(?!\d|:\d)")
NAMED = re.compile(
    r"(?<!\d)(?P<date>(?:19|20)\d\d)-?(?:0[1-9]|1[0-2])(?:-?[0-3]\d)?(?!\d)|"
    r"(?<![\d.,:])(?P<first>(?:19|20)\d\d) ?(?:[–—/-]|till) ?(?P<last>(?:19|20)?\d\d)(?![\d:-])|"
    rf"(?P<year>{YEAR.pattern})|"
    r"(?:(?<!\w)[’'´‘]|\s[-–](?=\d\d$)|(?<![^\W_])[öo]j[ _-]?)(?P<short>[0-3]\d)(?!\w)",
    re.IGNORECASE,
)
"""A date, a span of years, a year or its last two digits, as ’15 and ÖJ15; not the number of a law or of a case."""
ISSUED = re.compile(
    r"(?:publicer|utgiv|utgåv|uppdater|revider|rättad|rättelse|version|hämta|levere|skapa|skrive|utskri|uttag|©|"
    r"copyright)\w*[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What is done with a file may be done in a later year."""
COMPARED = re.compile(
    r"(?:jämför\w* med|jämförbar\w* med|jmf|jfr|sedan|än|förändring\w* från|folkmängd\w*|befolkning\w*|invånar\w*|indelning\w*|"
    r"definition\w*|lag|lagen|sfs|sosfs|hslf-fs)\b[^.;:]{0,40}$|\benligt $",
    re.IGNORECASE,
)
DEFINED = re.compile(
    r"^ års? (?:\w+ )?(?:\w*indelning|folkmängd|befolkning|definition|lag|kodning|register|nivå|utgåva)",
    re.IGNORECASE,
)
"""What another year's answers are not: what they are compared with, or described by."""


def other_years(text: str, ar: int) -> list[str]:
    """The years that `text` gives in place of `ar`; none if it gives that one too, or has another reason."""
    text, named = text.replace("_", " "), set()
    for match in NAMED.finditer(text):
        year = int(match["date"] or match["first"] or match["year"] or f"20{match['short']}")
        last = match["last"] and int(
            match["last"] if len(match["last"]) == 4 else str(year)[:2] + match["last"]
        )
        before, after = text[: match.start()], text[match.end() :]
        if year <= ar <= (last or year):
            return []
        made_later = year > ar and (match["date"] or ISSUED.search(before))
        if not (made_later or COMPARED.search(before) or DEFINED.search(after)):
            named |= {year, last or year}
    return [str(year) for year in sorted(named)]
