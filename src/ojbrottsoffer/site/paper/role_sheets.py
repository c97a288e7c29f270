"""The tip sheets on paper: one A4 for each role, in general and for what a unit lacks."""

from __future__ import annotations

from collections.abc import Iterator

from ojbrottsoffer.analysis.units.guide import Advice
from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.site.context.edition_context import EditionContext
from ojbrottsoffer.site.downloads.unit_files import names
from ojbrottsoffer.site.paper.parts import ADVICE, FOOTNOTE, NAME, SHORT_NAME, Texts, frame, leading
from ojbrottsoffer.site.paper.printer import Printer
from ojbrottsoffer.sources.curated.tips import Role, Tip

TEMPLATE = "role_sheets.typ"
SOURCE = "SKL, Framgångsfaktorer i kvinnofridsarbetet (2016)"
OWN_PAGE = "Hela profilen, med källa vid varje svar:"
ROLE_PAGE = "Rollens sida, med mer om varje råd:"
NO_GAPS = "Inget av råden till den här rollen rör det som saknas i svaren. Alla råd finns på rollens sida."


def of_role(role: str) -> str:
    """The address of a role's sheet."""
    return f"roller/{role}/rollblad-{role}.pdf"


def all_files(editions: dict[int, EditionContext], printer: Printer) -> Iterator[tuple[str, bytes]]:
    """Every sheet: address and content. The roles are those of the latest edition."""
    latest = next(iter(editions.values()))
    for role in latest.guide.tips.roles.values():
        yield of_role(role.id), printer.pdf(TEMPLATE, general(latest, role))
    for edition in editions.values():
        for unit in edition.own_units:
            yield names(unit)["rollblad"], printed_for_unit(edition, unit, printer)


def general(edition: EditionContext, role: Role) -> dict[str, object]:
    """All the advice to a role, under the success factors."""
    fit = Texts()
    groups = [
        {"title": factor.namn, "tips": [_tip(tip, fit) for tip in tips]}
        for factor, tips in edition.guide.tips_of_role(role.id)
    ]
    path = edition.address.role(role.id)
    return _sheets(edition, f"Rollblad: {role.namn}", role.namn, [_sheet(role, "", groups)], fit, False, path)


def printed_for_unit(edition: EditionContext, unit: str, printer: Printer) -> bytes:
    """The PDF of a unit's sheets. Raises `DataError` for what can't be set or has no room."""
    content = for_unit(edition, unit)
    try:
        return printer.pdf(TEMPLATE, content)
    except DataError:  # more had no room than the template guessed: only then it is measured
        return printer.pdf(TEMPLATE, content | {"measured": True})


def for_unit(edition: EditionContext, unit: str) -> dict[str, object]:
    """A sheet for each role with the advice that touches what the unit lacks, the most gaps first."""
    name = edition.year.units.at[unit, "enhet"]
    advice = {item.role.id: item for item in edition.guide.advice(edition.profiles[unit].gaps)}
    fit = Texts()
    shown = fit.fit(name, NAME)
    sheets = [
        _own_sheet(edition, role, advice.get(role.id), fit) for role in edition.guide.tips.roles.values()
    ]
    path = edition.address.unit(unit)
    return _sheets(edition, f"Rollblad för {name}", shown, sheets, fit, True, path)


def _own_sheet(edition: EditionContext, role: Role, advice: Advice | None, fit: Texts) -> dict[str, object]:
    if advice is None:
        return _sheet(role, NO_GAPS, [])
    tips = [
        _tip(tip, fit)
        | {
            "touches": text.count(len(gaps), "lucka", "luckor"),
            "gaps": [fit.fit(edition.indicators[gap]["kortnamn"], SHORT_NAME) for gap in gaps],
        }
        for tip, gaps in advice.tips
    ]
    said = "Råden som rör något av det som svaren saknar, de som rör flest luckor först."
    return _sheet(role, said, [{"title": "", "tips": tips}])


def _tip(tip: Tip, fit: Texts) -> dict[str, str]:
    return {"tip": fit.fit(tip.tips, ADVICE), "page": f"s. {tip.sida}"}


def _sheet(role: Role, said: str, groups: list[dict[str, object]]) -> dict[str, object]:
    return {
        "name": role.namn,
        "lead": role.kort,
        "said": said,
        "groups": groups,
        "owns": list(role.ager),
        "others": list(role.ager_inte),
        "asks": list(role.fragor),
    }


def _sheets(
    edition: EditionContext,
    title: str,
    name: str,
    sheets: list[dict[str, object]],
    fit: Texts,
    own: bool,
    path: str,
) -> dict[str, object]:
    return frame(edition, title) | {
        "name": name,
        "source": fit.fit(SOURCE, FOOTNOTE),
        "own": own,
        "measured": False,
        "sheets": sheets,
        **leading(path, OWN_PAGE if own else ROLE_PAGE, fit.cut),
    }
