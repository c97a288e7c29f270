"""The settings of a build: `SITE_URL`, where the site will be, `KONTAKT`, where errors are reported, and
`UTGIVARE`, who publishes it.

All may be unset. Standard library only: a build asks before it starts.
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

HOST = r"[^\W_][\w-]*(?:\.[^\W_][\w-]*)*"
EMAIL = re.compile(rf"[\w.+-]+@{HOST}\.[^\W\d_]{{2,}}")
ADDRESS = re.compile(rf"https?://{HOST}(?::\d+)?(?:[/?#](?:[\w.~!$&()*+,;=:@/?#-]|%[0-9a-f]{{2}})*)?", re.I)

PUBLISHERS = {
    "kommun": "LocalAuthority",
    "region": "RegionalAuthority",
    "myndighet": "NationalAuthority",
    "förening": "NonProfitOrganisation",
    "företag": "Company",
    "lärosäte": "Academia-ScientificOrganisation",
    "privatperson": "PrivateIndividual(s)",
}
"""Kind of publisher -> its name in the vocabulary of data portals (ADMS)."""
PUBLISHER = re.compile(rf"(\S.*?)\s*\(({'|'.join(PUBLISHERS)})\)")


def site_url() -> str:
    """The site's address with a slash last; empty if it is not set.

    Raises `ValueError`, in Swedish, for what is no address of a folder on the web.
    """
    said = os.environ.get("SITE_URL", "").strip()
    if not said:
        return ""
    address = web_address(said)
    if not address or "?" in said or "#" in said:
        raise ValueError(
            f"SITE_URL är ”{said}”. Ange webbplatsens hela adress med https:// först och utan ? och #, till "
            "exempel https://exempel.se/oj/, eller lämna inställningen tom."
        )
    return f"{address.rstrip('/')}/"


def web_address(said: str) -> str:
    """An address on the web with its scheme in small letters; empty for anything else: no user's name,
    a port that there is, and no sign that means something where addresses are written.
    """
    try:
        parts = urlsplit(said)
        known = parts.port is None or parts.port > 0
    except ValueError:  # no port that there is, or half an address in brackets
        return ""
    return parts.geturl() if known and ADDRESS.fullmatch(said) else ""


def checked_contact(said: str) -> str:
    """An e-mail address or a web address; empty if it is not set. Raises `ValueError` for anything else."""
    said = said.strip()
    if not said or EMAIL.fullmatch(said):
        return said
    if not (address := web_address(said)):
        raise ValueError(
            f"KONTAKT är ”{said}”. Ange en e-postadress (namn@example.se) eller en "
            "webbadress (https://example.se/kontakt), eller lämna inställningen tom."
        )
    return address


def publisher() -> tuple[str, str] | None:
    """The name of whoever publishes and its kind (a key of `PUBLISHERS`); None if it is not set. Raises
    `ValueError` for anything else.
    """
    said = os.environ.get("UTGIVARE", "").strip()
    if not said:
        return None
    if not (found := PUBLISHER.fullmatch(said)):
        raise ValueError(
            f"UTGIVARE är ”{said}”. Ange namnet och inom parentes vad det är ({', '.join(PUBLISHERS)}), till exempel "
            "Exempelstads kommun (kommun), eller lämna inställningen tom."
        )
    return found[1], found[2]


def check() -> None:
    """Raises `ValueError` if any is set to what it can't be."""
    site_url()
    publisher()
    checked_contact(os.environ.get("KONTAKT", ""))
