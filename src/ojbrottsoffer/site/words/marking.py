"""What every page and every PDF says when its figures are not to be relied on."""

from __future__ import annotations

from ojbrottsoffer.project import Project


def marking(project: Project) -> tuple[str, str] | None:
    """A heading and a text for a draft or for invented data; None for a published edition."""
    if project.synthetic_mark.exists():
        return "Påhittade uppgifter", project.synthetic_mark.read_text(encoding="utf-8").strip()
    if project.draft:
        return "Utkast", "Utgåvan är inte granskad. Siffrorna kan ändras och ska inte spridas."
    return None
