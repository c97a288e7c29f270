"""A share between others: a band from the lowest to the highest, a line for the nation, a dot for
the unit. Places are in percent of the width, so the drawing fits any column without being bent.
"""

from __future__ import annotations

from markupsafe import Markup

HEIGHT = 26
MIDDLE = HEIGHT / 2
SCALE = ((0, "0"), (50, "50"), (100, "100\u00a0%"))
"""Where the scale is marked, and what stands there; assets/js/diagram.js draws the same."""


def spine(share: float | None, nation: float | None, low: float | None, high: float | None) -> Markup:
    """One row. Shares in percent; what is None is not drawn. The numbers stand beside it."""
    parts = [f'<line class="oj-rygg__axel" x1="0" x2="100%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"/>']
    parts += [
        f'<line class="oj-rygg__axel" x1="{step}%" x2="{step}%" y1="{MIDDLE - 4:g}" y2="{MIDDLE + 4:g}"/>'
        for step, _ in SCALE
    ]
    if low is not None and high is not None:
        parts.append(
            f'<rect class="oj-rygg__band" x="{low:.1f}%" width="{high - low:.1f}%" y="{MIDDLE - 6:g}" height="12" rx="6"/>'
        )
    if nation is not None:
        at = f'x1="{nation:.1f}%" x2="{nation:.1f}%" y1="0" y2="{HEIGHT}"'
        parts.append(f'<line class="oj-rygg__ljus" {at}/><line class="oj-rygg__riket" {at}/>')
    if share is not None:
        parts.append(f'<circle class="oj-rygg__egen" cx="{share:.1f}%" cy="{MIDDLE:g}" r="6"/>')
    return Markup(
        f'<svg class="oj-rygg" width="100%" height="{HEIGHT}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )
