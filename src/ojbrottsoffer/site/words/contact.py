"""How a reader reports an error: from one setting, `KONTAKT`, which may be unset."""

from __future__ import annotations

from ojbrottsoffer.site.settings import EMAIL, checked_contact

UNSET = (
    "Den som publicerar den här utgåvan har inte angett någon adress för felanmälan. Vänd dig "
    "till den organisation som du fick länken hit av, eller som driver webbplatsen."
)


def how_to_report(contact: str) -> str:
    """A sentence of Markdown. Raises `ValueError` for what is neither address nor e-mail."""
    contact = checked_contact(contact)
    if not contact:
        return UNSET
    return f"Skriv till <{contact}>." if EMAIL.fullmatch(contact) else f"Anmäl det på <{contact}>."
