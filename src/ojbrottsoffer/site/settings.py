"""The two settings of a build: `SITE_URL`, where the site will be, and `KONTAKT`, who answers for it.

Both may be unset. Standard library only: a build asks before it starts.
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
ADDRESS = re.compile(r"https?://[^\s<>]+")


def site_url() -> str:
    """The site's address with a slash last; empty if it is not set.

    Raises `ValueError`, in Swedish, for what is no address of a folder on the web.
    """
    said = os.environ.get("SITE_URL", "").strip()
    if not said:
        return ""
    parts = urlsplit(said)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>?#]", said):
        raise ValueError(
            f"SITE_URL är ”{said}”. Ange webbplatsens hela adress med https:// först och utan ? och #, till "
            "exempel https://exempel.se/oj/, eller lämna inställningen tom."
        )
    return f"{said.rstrip('/')}/"


def checked_contact(said: str) -> str:
    """An e-mail address or a web address; empty if it is not set. Raises `ValueError` for anything else."""
    said = said.strip()
    if said and not (EMAIL.fullmatch(said) or ADDRESS.fullmatch(said)):
        raise ValueError(
            f"KONTAKT är ”{said}”. Ange en e-postadress (namn@example.se) eller en "
            "webbadress som börjar med https://, eller lämna inställningen tom."
        )
    return said


def check() -> None:
    """Raises `ValueError` if either is set to what it can't be."""
    site_url()
    checked_contact(os.environ.get("KONTAKT", ""))
