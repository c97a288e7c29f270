"""How a reader reports an error: from one setting, `KONTAKT`, which may be unset."""

from __future__ import annotations

import re

EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
ADDRESS = re.compile(r"https?://[^\s<>]+")
UNSET = (
    "Den som publicerar den här utgåvan har inte angett någon adress för felanmälan. Vänd dig "
    "till den organisation som du fick länken hit av, eller som driver webbplatsen."
)


def how_to_report(contact: str) -> str:
    """A sentence of Markdown. Raises `ValueError` for what is neither address nor e-mail."""
    contact = contact.strip()
    if not contact:
        return UNSET
    if EMAIL.fullmatch(contact):
        return f"Skriv till <{contact}>."
    if ADDRESS.fullmatch(contact):
        return f"Anmäl det på <{contact}>."
    raise ValueError(
        f"KONTAKT är ”{contact}”. Ange en e-postadress (namn@example.se) eller en "
        "webbadress som börjar med https://, eller lämna inställningen tom."
    )
