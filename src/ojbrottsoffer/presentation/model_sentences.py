"""What the comparison with the expected says, and how far it can be trusted: one sentence per finding,
computed, so that the wording follows the figures.
"""

from __future__ import annotations

from ojbrottsoffer.analysis.factors.expected import Expected
from ojbrottsoffer.analysis.factors.simulation import AREAS, FACTORS, INDICATORS, Tried
from ojbrottsoffer.analysis.factors.spread import SpreadChecks
from ojbrottsoffer.analysis.limits import LEVEL, SIGMA, SIGNIFICANT
from ojbrottsoffer.presentation import text
from ojbrottsoffer.presentation.factor_analysis import Analysis, Cell, Compared, Move
from ojbrottsoffer.presentation.sentences import NO_NATION, chance, interval, p_value, percentage_points
from ojbrottsoffer.schema.model import swedish_list

AS_EXPECTED = "än man kan vänta av enheter med så många ja i övrigt"
FURTHEST_CELLS = 4
"""So many places where the model fits badly are named in a sentence."""


def answer(
    who: str, asked: list[Compared], areas: list[Compared], factors: list[Compared], chosen_from: int
) -> str:
    """The answer in two sentences: what the selection explains, and what is left. `asked`: the indicators."""
    known = [one.what for one in asked if one.what.difference is not None]
    asked, areas, factors = ([one for one in rows if one.verdict] for rows in (asked, areas, factors))
    if not known or not asked:
        return f"{NO_NATION}."
    first = (
        f"{who.capitalize()} har större andel ja än riket på {sum(one.difference > 0 for one in known)} av "
        f"{len(known)} frågor, vilket man kan vänta sig: de valdes bland de {chosen_from} med flest ja i landet."
    )
    left = f"{_left(areas, 'område', 'områden')} och {_left(asked, 'fråga', 'frågor', named=False)}"
    held = [one.what.title for one in factors if one.holds]
    tested = f"av {text.in_words(len(factors))} prövade framgångsfaktorer"
    last = f"{tested} {swedish_list(held)}" if held else f"ingen {tested}"
    return f"{first} När det är borträknat skiljer sig {left} från det väntade, och {last}."


def answer_by_chance(
    tried: dict[float, Tried], apart: float, areas: list[Compared], asked: list[Compared]
) -> str:
    """How often chance alone leaves as much as `answer` tells of; empty if nothing is left or it has not
    been tried. `apart`: how unlike each other the units are in the areas.
    """
    found = {AREAS: sum(one.holds for one in areas), INDICATORS: sum(one.holds for one in asked)}
    if not tried or not any(found.values()):
        return ""
    alone, together = tried[0.0], tried[nearest(tried, apart)]

    def some(one: Tried) -> list[str]:
        return [share(one.singled_out[kind][1]) for kind in (AREAS, INDICATORS)]

    area, question = some(alone)
    said = (
        f"Slumpen ensam pekar ut minst ett område i {area} och minst en fråga i {question} av påhittade länder "
        f"där ingenting avviker; i {swedish_list(some(together))} om svaren hänger ihop som här."
    )
    if not all(found.values()):
        return said
    return (
        f"{said} Minst {_as_many(found)} på en gång, som här, pekas ut i {share(alone.at_least(found))} av länderna; "
        f"i {share(together.at_least(found))} om svaren hänger ihop som här."
    )


def _as_many(found: dict[str, int]) -> str:
    areas, asked = found[AREAS], found[INDICATORS]
    of_areas = "ett område" if areas == 1 else f"{text.in_words(areas)} områden"
    return f"{of_areas} och {'en fråga' if asked == 1 else f'{text.in_words(asked)} frågor'}"


def nearest(tried: dict[float, Tried], apart: float) -> float:
    """The spread between the areas whose invented countries are most like the edition."""
    return min(tried, key=lambda spread: abs(tried[spread].apart - apart))


def _left(of: list[Compared], one: str, several: str, named: bool = True) -> str:
    """`ett av 15 områden (Insatser)`: how many are called deviations, by name if few."""
    held = [row.what.title for row in of if row.holds]
    none, single = ("inget", "ett") if one == "område" else ("ingen", "en")
    number = none if not held else single if len(held) == 1 else text.in_words(len(held))
    listed = f" ({swedish_list(held)})" if held and named else ""
    return f"{number} av {text.count(len(of), one, several)}{listed}"


def judgement(one: Compared) -> str:
    """Whether a count is what one can expect of units with as many Ja in all."""
    v = one.verdict
    if v is None:
        return "Det går inte att räkna ut hur många ja man kan vänta."
    said = (
        f"{v.observed} ja-svar mot väntade {text.number(v.expected, 1)} "
        f"({text.number(100 * LEVEL)}-procentigt intervall {interval(v)})"
    )
    if not one.outside_under:
        return f"{said}: ungefär vad man kan vänta av enheter med så många ja i övrigt."
    if not v.outside:
        return (
            f"{said}: ungefär vad man kan vänta av enheter med så många ja i övrigt, men utanför intervallet "
            f"under andra antaganden ({swedish_list(list(one.outside_under))})."
        )
    said = f"{said}: {'fler' if v.surplus > 0 else 'färre'} {AS_EXPECTED}"
    if one.holds:
        return f"{said}, i alla prövningar.{carried(one)}"
    apart = (
        ""
        if one.units_agree
        else f"{text.units(one.units)} räcker inte för att utesluta slumpen (p mellan enheter {p_value(one.between_units)})"
    )
    if one.everywhere:
        return f"{said} under alla antaganden, men {apart}.{carried(one)}"
    return f"{said}, men inte under alla antaganden{f', och {apart}' if apart else ''}."


def carried(one: Compared) -> str:
    """Which unit a finding leans on most, or nothing if no unit can be left out."""
    if one.heaviest is None:
        return ""
    name, without = one.heaviest
    still = "fortfarande utanför" if without.outside else "inom"
    return (
        f" Mest väger {name}: utan den hamnar antalet {still} intervallet "
        f"(p-värdet går från {p_value(one.verdict.p)} till {p_value(without.p)})."
    )


def outcome(one: Compared) -> str:
    """The same in the cell of a table: what is found, or which check does not bear it."""
    way = "fler" if one.verdict.surplus > 0 else "färre"
    if one.holds:
        return way
    if one.everywhere:
        return f"{way}, men slumpen går inte att utesluta"
    return f"{way}, men bara under vissa antaganden" if one.outside_under else "inom intervallet"


def areas_that_hold(found: list[Compared]) -> str:
    """How many of the indicator areas can be called deviations, as the beginning of their list."""
    areas = text.count(len(found), "indikatorområde", "indikatorområden")
    n = sum(one.holds for one in found)
    if not n:
        return f"Inget av {areas} skiljer sig i alla prövningar."
    return f"Av {areas} skiljer sig {'ett' if n == 1 else text.in_words(n)} i alla prövningar:"


def deviating(analysis: Analysis, names: dict[str, str], who: str) -> str:
    """Which indicators are higher or lower than one can expect, whatever spread is assumed."""
    found = analysis.sensitivity
    if not found.main.indicators:
        return f"{NO_NATION}."
    above, below = found.holds(1), found.holds(-1)
    said = []
    for ids, word in ((below, "färre"), (above, "fler")):
        if ids:
            listed = swedish_list(
                [
                    f"”{names[i]}” ({(v := found.main.indicators[i]).observed} av {v.of}, "
                    f"väntat {text.number(v.expected, 1)})"
                    for i in ids
                ]
            )
            said.append(f"{word} ja {AS_EXPECTED} på {listed}")
    if not said:
        return (
            f"På ingen fråga har {who} fler eller färre ja {AS_EXPECTED} under alla antaganden vi har prövat."
        )
    none = (
        []
        if above and below
        else [f"På ingen fråga har de {'fler' if not above else 'färre'} under alla antaganden."]
    )
    first = f"Under alla antaganden har {who} {' och '.join(said)}."
    return " ".join([first, *none])


def by_chance(analysis: Analysis) -> str:
    """How many of the tried lie outside, and how many would by chance."""
    main = analysis.sensitivity.main
    if not main.indicators:
        return "Ingen indikator är prövad."
    outside = len(main.outside)
    word = "ligger ingen" if not outside else f"ligger {text.in_words(outside)}"
    return (
        f"Av {text.count(len(main.indicators), 'prövad indikator', 'prövade indikatorer')} {word} "
        f"utanför sitt intervall. Om modellen stämmer väntas i genomsnitt "
        f"{text.number(main.outside_by_chance, 1)} hamna där av en slump."
    )


def singled_out(tried: dict[float, Tried]) -> str:
    """How often the rule for what is called a deviation picks something where nothing deviates."""
    if not tried:
        return "Hur ofta slumpen ensam ger ett utslag har vi inte prövat för det här underlaget."
    kinds = sorted(tried[0.0].singled_out, key=lambda kind: (kind == INDICATORS, kind != AREAS))

    def some(one: Tried) -> list[float]:
        return [one.singled_out[kind][1] for kind in kinds]

    said = swedish_list(
        [
            f"minst {'ett' if kind == AREAS else 'en'} av {tried[0.0].singled_out[kind][2]} {kind} i "
            f"{share(part)}"
            for kind, part in zip(kinds, some(tried[0.0]), strict=True)
        ]
    )
    most = max(tried)
    together = swedish_list([share(part) for part in some(tried[most])])
    return (
        f"Med många prov pekar slumpen ensam ut några. I {text.number(tried[0.0].rounds)} påhittade länder där ingenting "
        f"avviker pekar samma regel ut {said}. Hänger svaren inom ett område ihop (spridning "
        f"{text.number(most, 1)}) blir det {together}."
    )


def as_many_by_chance(tried: dict[float, Tried], areas: list[Compared], indicators: list[Compared]) -> str:
    """How often chance alone singles out at least as many areas and indicators as were found; empty if
    none were, or if it has not been tried."""
    found = {AREAS: sum(one.holds for one in areas), INDICATORS: sum(one.holds for one in indicators)}
    if not tried or not all(found.values()):
        return ""
    spread_out = [
        f"med spridningen {text.number(spread, 1)} i {share(one.at_least(found))}"
        for spread, one in sorted(tried.items())
        if spread
    ]
    return (
        f"Så många som här eller fler, {_as_many(found)} på en gång, pekas ut i "
        f"{share(tried[0.0].at_least(found))} av länderna, {swedish_list(spread_out)}."
    )


def share(part: float) -> str:
    """A share of invented countries in percent, never rounded to 0 or 100."""
    return chance(part).replace(f"{text.NBSP}%", " procent")


def coverage(tried: dict[float, Tried]) -> str:
    """How often the intervals cover in invented countries where the model is true."""
    if not tried:
        return "Intervallen är inte prövade i påhittade länder för det här underlaget."
    shares = tried[0.0].coverage[SIGMA]
    said = swedish_list(
        [
            f"{text.number(100 * share, 1)} procent av {text.number(n)} intervall för {kind}"
            for kind, (share, n) in shares.items()
        ]
    )
    kind, (_, fewest) = min(shares.items(), key=lambda item: item[1][1])
    margin = 200 * (LEVEL * SIGNIFICANT / fewest) ** 0.5
    return (
        f"Vi har prövat intervallen i {text.number(tried[0.0].rounds)} påhittade länder där modellen stämmer "
        f"och enheterna valts som i rapporten. Utfallet hamnade inom {said}. Nivån är "
        f"{text.number(100 * LEVEL)} procent. Små antal gör att intervallen ofta täcker mer, och för "
        f"{kind} kan slumpen i prövningen flytta talet med omkring {percentage_points(margin)}."
    )


def too_narrow(tried: dict[float, Tried], apart: float) -> str:
    """How much the intervals promise too much where answers in an area go together. `apart`: how
    unlike each other the edition's units are in the areas."""
    if not tried:
        return "Hur mycket för smala intervallen är har vi inte prövat för det här underlaget."
    said = [
        f"{_covers(one)} när spridningen mellan en enhets områden är {text.number(area, 1)}"
        for area, one in tried.items()
        if area
    ]
    like = nearest(tried, apart)
    return (
        f"I påhittade länder där varje enhet har sin egen styrka i varje område täcker intervallen "
        f"{'; '.join(said)}. I underlaget är variansen mellan en enhets områden {text.number(apart, 1)} gånger den "
        f"som modellen ger; i länderna med spridningen {text.number(like, 1)} mellan områdena är den "
        f"{text.number(tried[like].apart, 1)} gånger."
    )


def _covers(one: Tried) -> str:
    shares = one.coverage[SIGMA]
    return " och ".join(
        f"{text.number(100 * shares[kind][0])} procent för {kind}" for kind in shares if kind != INDICATORS
    )


def spread(found: SpreadChecks | None) -> str:
    """What the selection says of the spread, or that it says nothing."""
    if found is None:
        return (
            "Utgåvan är inte ett urval med känd svarsfrekvens, så den säger inget om vilken "
            "spridning som är troligast."
        )
    return (
        f"Den lägsta av de valda har {found.limit} ja-svar och {text.in_words(found.known)} av dem har fler. "
        f"Svarande i landet: omkring {text.number(found.respondents)} av {found.surveyed}. "
        f"{likeliest_spread(found)}"
    )


def likeliest_spread(found: SpreadChecks) -> str:
    """Which spread makes the selection likeliest, and which come near."""
    low, high = found.plausible
    best = found.likeliest
    ends = " till ".join(
        f"{decimals(one)} ({chance(found.by_sigma[one].probability)})" for one in (low, high)
    )
    return (
        f"Spridningen {decimals(best.sigma)} gör urvalet troligast: {chance(best.probability)} sannolikhet. "
        f"Rimliga är alla spridningar från {ends}. Spridningen är vald med samma svar som den sedan "
        f"används på; därför prövar vi också spridningar långt utanför."
    )


def decimals(sigma: float) -> str:
    """A spread with as many decimals as it has.

    >>> decimals(0.7), decimals(0.55)
    ('0,7', '0,55')
    """
    return text.number(sigma, 1 if round(sigma, 1) == round(sigma, 2) else 2)


def sums_agree(model: Expected) -> str:
    """That the expected numbers sum to each unit's total, and what was left out."""
    without = text.count(len(model.without_share), "indikator", "indikatorer")
    tail = f" Utan känd andel för riket och därför inte med: {without}." if model.without_share else ""
    if not model.units:
        return f"Ingen enhet går att pröva.{tail}"
    return (
        f"För {text.count(len(model.units), 'enhet', 'enheter')} summerar de väntade ja-svaren till "
        f"enhetens egen total.{tail}"
    )


def moved(found: list[Move]) -> str:
    """Whether what is said of the factors depends on where the doubtful questions are counted."""
    first, *others = found
    changed = [
        move.what
        for move in others
        if any(
            (one := move.factors.get(factor)) is None or outcome(one) != outcome(before)
            for factor, before in first.factors.items()
            if before.verdict
        )
    ]
    who = (
        "Vilken faktor en fråga hör till har en kodare bedömt, och för "
        f"{others[-1].indicators if others else 0} av frågorna är en annan faktor tänkbar."
    )
    if not changed:
        return f"{who} Inget av utfallen ändras om de flyttas."
    listed = swedish_list([f"”{what}”" for what in changed])
    return f"{who} Minst ett utfall ändras om de flyttas: {listed}."


def caution(one: Compared, tested: int, moves: list[Move], tried: dict[float, Tried], apart: float) -> str:
    """What a factor's outcome does not bear: how often chance singles one out of as many, how much too narrow
    its interval is, and what becomes of it when the doubtful questions move. Empty if it could not be tested.
    """
    if not one.verdict:
        return ""
    said = (
        f"{text.in_words(tested).capitalize()} faktorer är prövade på en gång{_factor_by_chance(tried, apart)}. "
        "Intervallen är för smala, eftersom svar på frågor som liknar varandra hänger ihop"
        f"{_factor_coverage(tried, apart)}"
    )
    changed: dict[str, list[str]] = {}
    for move in moves[1:]:
        after = move.factors.get(one.what.id)
        became = f"”{outcome(after)}”" if after and after.verdict else "utan frågor"
        if became != f"”{outcome(one)}”":
            changed.setdefault(became, []).append(f"”{move.what}” ({move.indicators})")
    if not changed:
        return f"{said} Utfallet är detsamma om de tveksamma frågorna flyttas till en annan faktor."
    listed = "; ".join(f"till {became} med {swedish_list(what)}" for became, what in changed.items())
    return (
        f"{said} Flyttas tveksamma frågor till en annan faktor går utfallet från ”{outcome(one)}” {listed}."
    )


def _factor_by_chance(tried: dict[float, Tried], apart: float) -> str:
    if not tried:
        return ""
    alone, together = (
        share(one.singled_out[FACTORS][1]) for one in (tried[0.0], tried[nearest(tried, apart)])
    )
    return (
        f", och slumpen ensam pekar ut minst en i {alone} av påhittade länder där ingenting avviker, i {together} "
        "om svaren hänger ihop som här"
    )


def _factor_coverage(tried: dict[float, Tried], apart: float) -> str:
    if not tried:
        return f". {too_narrow(tried, apart)}"
    covers, _ = tried[nearest(tried, apart)].coverage[SIGMA][FACTORS]
    return f": då täcker de {text.number(100 * covers)} procent, inte {text.number(100 * LEVEL)}."


def one_dimension(cells: list[Cell]) -> str:
    """Where the model's only dimension fails: units whose number of Ja in an area it does not explain."""
    if not cells:
        return "Ingen enhet går att pröva område för område."
    outside = [one for one in cells if one.verdict.outside]
    by_chance = sum(one.verdict.by_chance for one in cells)
    first = (
        "Modellen räknar med en enda sak per enhet: hur mycket den har på plats överlag. Då borde varje enhet "
        "ligga ungefär lika högt i alla områden. "
        f"Av {text.number(len(cells))} par av enhet och kvalitetsområde ligger "
        f"{text.in_words(len(outside)) if outside else 'inget'} utanför sitt intervall, mot "
        f"{text.number(by_chance, 1)} väntade om modellen stämde."
    )
    if not outside:
        return first
    furthest = sorted(outside, key=lambda one: one.verdict.p)[:FURTHEST_CELLS]
    listed = swedish_list(
        [
            f"{one.unit} ({one.area.lower()}: {one.verdict.observed} av {one.verdict.of}, väntat "
            f"{text.number(one.verdict.expected, 1)})"
            for one in furthest
        ]
    )
    return f"{first} Sämst passar den för {listed}. En enhet kan alltså vara stark i ett område och svag i ett annat."
