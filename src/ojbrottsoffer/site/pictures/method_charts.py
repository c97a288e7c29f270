"""Pictures for the method pages, as SVG in the page. A table beside each says the same."""

from __future__ import annotations

from markupsafe import Markup, escape

SCALE = (1, 5)
"""Lowest and highest rating."""
WIDTH, STEP, INDENT, TOP = 380, 54, 14, 34
"""The ladder: its width, the height of a step, how far each is pushed in, room for the heads."""
LETTER = 8
"""About how wide a letter is."""
COLUMNS = (288, 344)
"""Where the two actors stand."""
MARKS = {
    "ansvarar": '<rect class="oj-ansvar" x="{x}" y="{y}" width="16" height="16"/>',
    "delvis": '<rect class="oj-ansvar oj-ansvar--tom" x="{x}" y="{y}" width="16" height="16"/>'
    '<rect class="oj-ansvar" x="{x}" y="{y}" width="8" height="16"/>',
    "inte": '<rect class="oj-ansvar oj-ansvar--tom" x="{x}" y="{y}" width="16" height="16"/>',
    "inte_namnt": '<text class="oj-ansvar__fraga" x="{middle}" y="{base}">?</text>',
    "gar_isar": '<text class="oj-ansvar__fraga" x="{middle}" y="{base}">≠</text>',
}


def rating(weight: float, quality: float) -> Markup:
    """Two ratings on a line from 1 to 5: filled for weight, hollow for quality."""

    def x(value: float) -> float:
        low, high = SCALE
        return 6 + 148 * (value - low) / (high - low)

    ticks = "".join(f'<path d="M{x(n):.0f} 8v6"/>' for n in range(SCALE[0], SCALE[1] + 1))
    return Markup(
        '<svg class="oj-betyg" viewBox="0 0 160 22" width="160" height="22" aria-hidden="true" '
        f'focusable="false"><g class="oj-betyg__axel"><path d="M6 11H154"/>{ticks}</g>'
        f'<path class="oj-betyg__mellan" d="M{x(quality):.1f} 11H{x(weight):.1f}"/>'
        f'<circle class="oj-betyg__kvalitet" cx="{x(quality):.1f}" cy="11" r="5"/>'
        f'<circle class="oj-betyg__vikt" cx="{x(weight):.1f}" cy="11" r="5"/></svg>'
    )


def ladder(steps: list[dict]) -> Markup:
    """The steps as a staircase, lowest at the bottom, with who answers for each.

    Expects `trappsteg, namn, socialtjansten, atv`, lowest first.
    """
    height = TOP + STEP * len(steps) + 6
    parts = [
        f'<text class="oj-trappa__rubrik" x="{x}" y="22">{name}</text>'
        for x, name in zip(COLUMNS, ("Soc.tj.", "ATV"), strict=True)
    ]
    for step in steps:
        number = step["trappsteg"]
        x, y = INDENT * (number - 1), height - 4 - STEP * number
        parts.append(
            f'<rect class="oj-trappa__steg" x="{x + 2}" y="{y}" '
            f'width="{WIDTH - x - 4}" height="{STEP - 6}" rx="3"/>'
        )
        room = COLUMNS[0] - 24 - (x + 12)
        lines = _lines(f"{number}. {step['namn']}", int(room / LETTER))
        first = y + 30 - 8 * (len(lines) - 1)
        parts += [
            f'<text x="{x + 12}" y="{first + 17 * i}">{escape(line)}</text>' for i, line in enumerate(lines)
        ]
        for column, actor in zip(COLUMNS, ("socialtjansten", "atv"), strict=True):
            parts.append(MARKS[step[actor]].format(x=column - 8, y=y + 16, middle=column, base=y + 31))
    title = "Trappa med sex steg. Vem som ansvarar för varje steg står i tabellen efter bilden."
    return Markup(
        f'<svg class="oj-trappa" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{title}" focusable="false">{"".join(parts)}</svg>'
    )


def _lines(words: str, longest: int) -> list[str]:
    """Words on lines of about this length."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > longest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
