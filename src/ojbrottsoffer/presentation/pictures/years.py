"""Which years there are figures of: a line from the first year to the last, and a dot for each that has some.
Places are in percent of the width, as the spine's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from ojbrottsoffer.presentation.pictures.spine import HEIGHT, MIDDLE


def years(found: Collection[int], of: Sequence[int]) -> Markup:
    """One row. `found`: the years with a dot; `of`: the first year and the last."""
    first, last = of
    dots = "".join(
        f'<circle class="oj-plats__punkt" cx="{100 * (year - first) / max(1, last - first):.1f}%" cy="{MIDDLE:g}" r="6"/>'
        for year in sorted(found)
    )
    return Markup(
        f'<svg class="oj-rygg" width="100%" height="{HEIGHT}" aria-hidden="true" focusable="false">'
        f'<line class="oj-rygg__axel" x1="0" x2="100%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"/>{dots}</svg>'
    )
