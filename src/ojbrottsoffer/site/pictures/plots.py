"""Pictures of the analysis as SVG in the page, each beside a table that says the same.

Small marks that stand in a table cell are hidden from screen readers: the row has the numbers.
A picture of its own has a text that says what it shows. Position and shape carry the meaning.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from ojbrottsoffer.analysis.factors.description import Described
from ojbrottsoffer.analysis.factors.rasch import Verdict
from ojbrottsoffer.analysis.factors.spread import SpreadCheck, SpreadChecks
from ojbrottsoffer.analysis.units.ranking import Agreement
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.pictures.scale import ticks
from ojbrottsoffer.sources.curated.example import Example

WIDTH = 340
"""Pictures that are to be readable on a phone are this wide; one unit is about one pixel there."""


def _svg(kind: str, width: float, height: float, parts: list[str], label: str = "") -> Markup:
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    return Markup(
        f'<svg class="oj-bild oj-bild--{kind}" viewBox="0 0 {width:g} {height:g}" {said}>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: object, kind: str = "", anchor: str = "start") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{escape(words)}</text>'


def _mark(x: float, y: float, outside: bool) -> str:
    """A dot; a filled diamond, larger, for what lies outside its interval."""
    if not outside:
        return f'<circle class="oj-bild__punkt" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    return f'<path class="oj-bild__utanfor" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'


def strip(verdict: Verdict) -> Markup:
    """Observed count on its interval: bar = interval, line = expected, dot = observed."""

    def x(count: float) -> float:
        return 8 + 84 * count / verdict.of

    return _svg(
        "remsa",
        100,
        14,
        [
            '<path class="oj-bild__axel" d="M8 7H92"/>',
            f'<rect class="oj-bild__intervall" x="{x(verdict.low) - 2:.1f}" y="3" '
            f'width="{x(verdict.high) - x(verdict.low) + 4:.1f}" height="8"/>',
            f'<path class="oj-bild__vantat" d="M{x(verdict.expected):.1f} 1v12"/>',
            _mark(x(verdict.observed), 7, verdict.outside),
        ],
    )


def likelihood(found: SpreadChecks, tried: tuple[float, ...], used: float) -> Markup:
    """How likely each spread makes the selection: a curve, with the tried spreads as dots."""
    left, top, bottom = 44, 12, 130
    least, most = found.checks[0].sigma, found.checks[-1].sigma

    def at(one: SpreadCheck) -> tuple[float, float]:
        x = left + (WIDTH - left - 14) * (one.sigma - least) / (most - least)
        return x, bottom - (bottom - top) * one.probability

    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, found.checks))
    parts = [
        f'<path class="oj-bild__axel" d="M{left} {bottom}H{WIDTH - 14}"/>',
        f'<polyline class="oj-bild__linje" fill="none" points="{line}"/>',
    ]
    for level in (0, 50, 100):
        y = bottom - (bottom - top) * level / 100
        parts.append(_text(left - 4, y + 4, f"{level}{' %' if level else ''}", "oj-bild__liten", "end"))
    for sigma in tried:
        x, y = at(found.by_sigma[sigma])
        parts += [
            _mark(x, y, False),
            _text(x, bottom + 15, text.number(sigma, 1), "oj-bild__liten", "middle"),
        ]
    parts.append(_text((left + WIDTH) / 2, bottom + 30, "spridning", "oj-bild__liten", "middle"))
    said = ", ".join(
        f"{text.number(sigma, 1)}: {text.percent(100 * found.by_sigma[sigma].probability)}" for sigma in tried
    )
    return _svg(
        "kurva",
        WIDTH,
        bottom + 36,
        parts,
        f"Kurva över hur troligt varje spridning gör urvalet, högst vid {text.number(used, 1)}. {said}.",
    )


def rank_strip(best: int, worst: int, rank: int, of: int) -> Markup:
    """A rank on the interval it moves in, the first place to the left."""

    def x(place: int) -> float:
        return 8 + 84 * (place - 1) / max(of - 1, 1)

    return _svg(
        "remsa",
        100,
        14,
        [
            '<path class="oj-bild__axel" d="M8 7H92"/>',
            f'<rect class="oj-bild__intervall" x="{x(best) - 2:.1f}" y="3" '
            f'width="{x(worst) - x(best) + 4:.1f}" height="8"/>',
            _mark(x(rank), 7, False),
        ],
    )


def dots(found: Described, names: dict[str, str]) -> Markup:
    """One row per unit: a dot at its share of Ja, the nation as a line through all of them."""
    left, right, top, row = 122, 52, 20, 19
    rows = sorted((unit for unit in found.units if unit[2]), key=lambda u: (-u[1] / u[2], names[u[0]]))
    if not rows:
        return Markup("<p>Inga svar.</p>")
    bottom = top + row * len(rows)

    def x(share: float) -> float:
        return left + (WIDTH - left - right - 8) * share / 100

    parts = [f'<path class="oj-bild__axel" d="M{x(0):.1f} {bottom + 2}H{x(100):.1f}"/>']
    if found.nation is not None:
        anchor = "end" if found.nation > 80 else "start" if found.nation < 20 else "middle"
        parts += [
            f'<path class="oj-bild__riket" d="M{x(found.nation):.1f} {top - 5}V{bottom + 2}"/>',
            _text(x(found.nation), 11, f"riket {text.percent(found.nation)}", "", anchor),
        ]
    for n, (unit, ja, answered) in enumerate(rows):
        y = top + row * n + row / 2
        parts += [
            f'<path class="oj-bild__hjalp" d="M{x(0):.1f} {y:.1f}H{x(100):.1f}"/>',
            _text(0, y + 4, names[unit]),
            _mark(x(100 * ja / answered), y, False),
            _text(WIDTH, y + 4, f"{ja} av {answered}", "", "end"),
        ]
    parts += [
        _text(x(share), bottom + 15, f"{share}{' %' if share else ''}", "oj-bild__liten", "middle")
        for share in (0, 50, 100)
    ]
    shares = ", ".join(f"{names[unit]} {ja} av {answered}" for unit, ja, answered in rows)
    above = (
        ""
        if found.nation is None
        else (
            f"{sum(100 * ja / answered > found.nation for _, ja, answered in rows)} av {len(rows)} "
            f"{'enhet' if len(rows) == 1 else 'enheter'} har större "
            "andel ja-svar än riket. "
        )
    )
    return _svg(
        "punkter",
        WIDTH,
        bottom + 20,
        parts,
        f"{above}Punktdiagram över {found.title}. Riket {text.nation_share(found.nation)}. "
        f"Ja-svar per enhet: {shares}.",
    )


def dumbbells(found: list[Described], group: str) -> Markup:
    """One row per area: the group's share as a dot, the nation's as a line, joined."""
    row, left, right = 32, 6, 46

    def x(share: float) -> float:
        return left + (WIDTH - left - right) * share / 100

    parts = []
    for n, one in enumerate(found):
        y = row * n + 22
        parts += [
            _text(0, y - 9, one.title),
            f'<path class="oj-bild__hjalp" d="M{x(0):.1f} {y}H{x(100):.1f}"/>',
        ]
        if one.difference is not None:
            parts.append(f'<path class="oj-bild__skillnad" d="M{x(one.nation):.1f} {y}H{x(one.share):.1f}"/>')
        if one.nation is not None:
            parts.append(f'<path class="oj-bild__riket" d="M{x(one.nation):.1f} {y - 6}v12"/>')
        if one.share is not None:
            parts.append(_mark(x(one.share), y, False))
        if one.difference is not None:
            parts.append(_text(WIDTH, y + 4, points(one.difference), "", "end"))
    bottom = row * len(found) + 16
    parts += [
        _text(x(share), bottom, f"{share}{' %' if share else ''}", "oj-bild__liten", "middle")
        for share in (0, 50, 100)
    ]
    said = "; ".join(
        f"{one.title}: {'inga svar' if one.share is None else text.percent(one.share)} mot riket "
        f"{text.nation_share(one.nation)}"
        for one in found
    )
    known = [one for one in found if one.difference is not None]
    above = (
        f"Andelen ja-svar är större än i riket i {sum(one.difference > 0 for one in known)} av {len(known)} områden. "
        if known
        else ""
    )
    return _svg("hantel", WIDTH, bottom + 5, parts, f"{above}Andel ja-svar, {group} och riket. {said}.")


def points(difference: float | None) -> str:
    """A difference in percentage points with its sign.

    >>> points(12.3), points(-0.4), points(None)
    ('+12', '0', '–')
    """
    if difference is None:
        return "–"
    shown = text.number(difference)
    return f"+{shown}" if text.rounded(difference) > 0 else shown


def scatter(found: Agreement, names: dict[str, str], named: bool) -> Markup:
    """Number of Ja along the bottom, Unizon's placing upwards with the first at the top."""
    left, right, top, height = 40, 12, 44, 280
    ja = [pair[1] for pair in found.pairs]
    low, high = min(ja) - 1, max(ja) + 1
    worst = max(pair[2] for pair in found.pairs)
    steps = ticks(0, worst, 5)
    if steps[-1] < worst:  # the axis ends at a round number too
        steps.append(2 * steps[-1] - steps[-2])
    marked, worst = [1, *(place for place in steps if place > 1)], steps[-1]

    def x(count: float) -> float:
        return left + 12 + (WIDTH - left - right - 24) * (count - low) / (high - low)

    def y(place: float) -> float:
        return top + (height - top) * (place - 1) / max(worst - 1, 1)

    parts = [
        f'<path class="oj-bild__axel" d="M{left} {top - 8}V{height + 8}H{WIDTH - right}"/>',
        _text(left - 34, 14, "Placering hos Unizon", "oj-bild__liten"),
        _text(WIDTH - right, height + 36, "Antal ja-svar i Öppna jämförelser", "oj-bild__liten", "end"),
    ]
    parts += [_text(left - 6, y(place) + 4, place, "", "end") for place in marked]
    parts += [_text(x(count), height + 22, count, "", "middle") for count in ticks(low, high)]
    taken = [(x(count) - 6, y(place) - 6, x(count) + 6, y(place) + 6) for _, count, place in found.pairs]
    for unit, count, place in found.pairs:
        parts.append(f'<circle class="oj-bild__punkt" cx="{x(count):.1f}" cy="{y(place):.1f}" r="4"/>')
        if named:
            parts.append(_free_name(x(count), y(place), names[unit], left, taken))
    said = (
        "; ".join(
            f"{names[unit]} {count} ja-svar och placering {place}" for unit, count, place in found.pairs
        )
        if named
        else f"{len(found.pairs)} enheter"
    )
    return _svg(
        "spridning",
        WIDTH,
        height + 42,
        parts,
        f"Spridningsdiagram, antal ja-svar mot placering hos Unizon. {said}.",
    )


def _free_name(x: float, y: float, name: str, left: float, taken: list[tuple[float, ...]]) -> str:
    """A name beside its point where nothing else is `taken`: above, below, to the right or the left."""
    wide = 6.6 * len(name)
    places = (
        (x - wide / 2, y - 9, "middle", x),
        (x - wide / 2, y + 18, "middle", x),
        (x + 9, y + 4, "start", x + 9),
        (x - 9 - wide, y + 4, "end", x - 9),
    )
    boxes = [(start, base - 11, start + wide, base + 3) for start, base, _, _ in places]
    free = [
        n
        for n, box in enumerate(boxes)
        if box[0] >= left
        and box[2] <= WIDTH
        and not any(a < box[2] and c > box[0] and b < box[3] and d > box[1] for a, b, c, d in taken)
    ]
    chosen = free[0] if free else 0
    taken.append(boxes[chosen])
    _, base, anchor, at = places[chosen]
    return _text(at, base, name, "oj-bild__namn", anchor)


def routine(example: Example, factors: dict[str, str]) -> Markup:
    """The steps of the handling routine from the top, in order, each with its factor."""
    height, gap, inset = 42, 16, 30
    parts = []
    for n, part in enumerate(example.handlaggning):
        y = 4 + n * (height + gap)
        middle = y + height / 2
        parts += [
            f'<rect class="oj-bild__ruta" x="{inset}" y="{y}" width="{WIDTH - inset - 1}" '
            f'height="{height}" rx="5"/>',
            _text(11, middle + 5, n + 1, "oj-bild__rubrik", "middle"),
            _text(inset + 10, y + 18, part.namn, "oj-bild__rubrik"),
            _text(inset + 10, y + 34, factors[part.faktor], "oj-bild__liten"),
        ]
        if n:
            x = inset + (WIDTH - inset) / 2
            parts.append(f'<path class="oj-bild__flode" d="M{x:.0f} {y - gap}V{y - 2}m-4 -5l4 5l4 -5"/>')
    said = " ".join(
        f"{n}. {part.namn} ({factors[part.faktor]})." for n, part in enumerate(example.handlaggning, start=1)
    )
    return _svg(
        "rutin",
        WIDTH,
        len(example.handlaggning) * (height + gap) - gap + 8,
        parts,
        f"Handläggningsrutinens steg i ordning, med framgångsfaktorn. {said}",
    )


def example(example: Example, factors: dict[str, str]) -> Markup:
    """The groups as boxes from the top, arrows for what is handed on, a line for who is led."""
    top, height, gap, inset, spine = 6, 78, 24, 26, 11
    y = {group.id: top + n * (height + gap) for n, group in enumerate(example.grupper)}
    parts = [
        '<defs><marker id="oj-pil" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="oj-bild__pil" d="M0 0l8 4l-8 4z"/></marker></defs>'
    ]
    for group in example.grupper:
        box = y[group.id]
        parts += [
            f'<rect class="oj-bild__ruta" x="{inset}" y="{box}" width="{WIDTH - inset - 1}" '
            f'height="{height}" rx="5"/>',
            _text(inset + 10, box + 18, group.namn, "oj-bild__rubrik"),
            _text(inset + 10, box + 34, group.roll),
            _text(inset + 10, box + 49, group.rytm),
            _text(inset + 10, box + 67, factors[group.faktor], "oj-bild__liten"),
        ]
        for target in group.till:
            up = y[target] < box
            start, end = (box, y[target] + height) if up else (box + height, y[target])
            parts += [
                f'<path class="oj-bild__flode" marker-end="url(#oj-pil)" '
                f'd="M{WIDTH / 2:.0f} {start}V{end}"/>',
                _text(WIDTH / 2 + 8, (start + end) / 2 + 4, "lämnar förslag", "oj-bild__liten"),
            ]
        for target in group.leder:
            middle, other = box + height / 2, y[target] + height / 2
            parts += [
                f'<path class="oj-bild__flode oj-bild__flode--leder" marker-end="url(#oj-pil)" '
                f'd="M{inset} {middle:.0f}H{spine}V{other:.0f}H{inset}"/>'
            ]
    names = {group.id: group.namn for group in example.grupper}
    said = " ".join(
        f"{g.namn}: {g.roll.lower()}, {g.rytm.lower()}. Framgångsfaktor: {factors[g.faktor]}."
        + "".join(f" Lämnar förslag till {names[t].lower()}en." for t in g.till)
        + (f" Leder {' och '.join(names[t].lower() + 'en' for t in g.leder)}." if g.leder else "")
        for g in example.grupper
    )
    return _svg("organisation", WIDTH, top + len(y) * (height + gap) - gap + 6, parts, said)
