"""Who publishes, and how a reader reports an error: from two settings, `UTGIVARE` and `KONTAKT`, which may
be unset.
"""

from __future__ import annotations

import re

from ojbrottsoffer.site.settings import EMAIL, checked_contact, publisher

UNSET = (
    "Den som publicerar den här utgåvan har inte angett någon adress för felanmälan. Vänd dig "
    "till den organisation som du fick länken hit av, eller som driver webbplatsen."
)
MAKER = "Webbplatsen är gjord av projektet Öppna jämförelser Brottsoffer"


def how_to_report(contact: str) -> str:
    """A sentence of Markdown. Raises `ValueError` for what is neither address nor e-mail."""
    contact = checked_contact(contact)
    if not contact:
        return UNSET
    return f"Skriv till <{contact}>." if EMAIL.fullmatch(contact) else f"Anmäl det på <{contact}>."


def who_publishes() -> str:
    """A sentence or two of Markdown, where a name is only text. Raises `ValueError` for a publisher that is not written as it should be."""
    if found := publisher():
        name = re.sub(r"[^\w\s]", lambda sign: f"&#{ord(sign[0])};", found[0])
        return f"{MAKER} och publiceras av {name}."
    return f"{MAKER}. Den som har lagt ut den har inte angett sitt namn."
