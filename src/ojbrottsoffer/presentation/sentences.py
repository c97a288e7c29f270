"""What was found, one sentence per finding, computed and grammatical whatever the figures are."""

from __future__ import annotations

from collections import Counter

from ojbrottsoffer.analysis.edition import Edition
from ojbrottsoffer.analysis.factors.description import Described, Distribution, below, equal
from ojbrottsoffer.analysis.factors.rasch import Verdict
from ojbrottsoffer.analysis.limits import NAMED_UNITS, SIGNIFICANT
from ojbrottsoffer.analysis.units.history import NationalCourse, UnizonHistory, national_runs
from ojbrottsoffer.analysis.units.indicator import OTHER, WHOLE, Break, Point, Series
from ojbrottsoffer.analysis.units.ranking import TOP_UNIZON, Agreement, RankRange, Selection
from ojbrottsoffer.presentation import text
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK
from ojbrottsoffer.schema.model import swedish_list

NAMED_EXCEPTIONS = 6
"""Indicators that are not higher than in the nation are named up to this many."""
NO_NATION = "Rikets andelar är inte kända, så det finns inget att jämföra med"


def group(edition: Edition, is_selection: bool) -> str:
    """What the units are called in running text: `de åtta`, `de 320 enheterna`."""
    n = len(edition.units)
    if n == 1:
        return "den enda enheten"
    return text.the_units(n) if is_selection else f"{text.the_units(n)} enheterna"


def above_the_nation(found: list[Described], who: str) -> str:
    """How many indicators are higher than in the nation, and the exceptions by name."""
    known = [one for one in found if one.difference is not None]
    if not known:
        return f"{NO_NATION}."
    lower, same = below(known), equal(known)
    base = text.count(len(known), "indikator", "indikatorer")
    if not lower and not same:
        return f"Andelen ja-svar är högre bland {who} än i riket för alla {base}."
    said = [
        f"Andelen ja-svar är högre bland {who} än i riket för "
        f"{text.number(len(known) - len(lower) - len(same))} av {base}."
    ]
    for rest, how in ((lower, "Lägre"), (same, "Lika stor, så långt rikets avrundade andel visar,")):
        named = [
            f"{one.title} ({one.ja} av {one.answered} mot {text.percent(one.nation)} i riket)" for one in rest
        ]
        if named:
            listed = ": " + "; ".join(named) if len(rest) <= NAMED_EXCEPTIONS else ""
            said.append(f"{how} är den för {text.in_words(len(rest))}{listed}.")
    return " ".join(said)


def share(one: Described, who: str) -> str:
    """A factor's or area's share with its base, beside the nation."""
    if one.share is None:
        return f"Inga svar finns från {who}."
    said = (
        f"Bland {who} är {text.number(one.ja)} av {text.count(one.answered, 'svar', 'svar')} ja "
        f"({text.percent(one.share)})"
    )
    if one.difference is None:
        return f"{said}. Rikets andel är inte känd för alla indikatorer."
    return (
        f"{said}. I riket är medelvärdet av indikatorernas andelar {text.percent(one.nation)}, "
        f"en skillnad på {difference_shown(one.share, one.nation)}."
    )


def spread_of(found: Distribution) -> str:
    """The middle half of the units, and the unit in the middle."""
    low, middle, high = map(text.percent, found.quartiles)
    return (
        f"Hälften av de {text.number(found.units)} enheterna svarar ja på mellan {low} och {high} av de frågor de "
        f"har besvarat. I mitten ligger {middle}."
    )


def percentage_points(difference: float) -> str:
    """`1 procentenhet`, `12 procentenheter`; the sign is left to the sentence."""
    n = abs(text.rounded(abs(difference)))
    return text.count(n, "procentenhet", "procentenheter")


def difference_shown(a: float, b: float) -> str:
    """How far apart two shares are, in words that go with their whole percent: 35 % and 36 % can
    lie closer than half a percentage point, and two that are both shown as 35 % further apart.
    """
    if (text.rounded(a) == text.rounded(b)) != (text.rounded(abs(a - b)) == 0):
        return "mindre än en procentenhet"
    return percentage_points(a - b)


def p_value(p: float | None) -> str:
    """A p-value with as many decimals as it can bear.

    >>> p_value(0.0123), p_value(0.9), p_value(0.00002)
    ('0,012', '0,90', 'under 0,001')
    """
    if p is None:
        return "okänt"
    return "under 0,001" if p < 0.0005 else text.number(p, 3 if p < 0.0995 else 2)


def interval(v: Verdict) -> str:
    return str(v.low) if v.low == v.high else f"{v.low}–{v.high}"


def factors_above(found: list[Described], is_selection: bool) -> str:
    """Whether every factor is above the nation; expected only of a selection."""
    if all(one.difference is None for one in found):
        return NO_NATION
    if is_selection and all(one.difference is not None and one.difference > 0 for one in found):
        return "Alla faktorer ligger över riket, som väntat av ett sådant urval"
    return "Skillnaden mot riket per faktor"


def chance(p: float) -> str:
    """A probability in percent, never rounded to 0 or 100.

    >>> chance(0.034), chance(0.0001), chance(0.999)
    ('3\xa0%', 'under 1\xa0%', 'över 99\xa0%')
    """
    if p < 0.005:
        return f"under 1{text.NBSP}%"
    return f"över 99{text.NBSP}%" if p > 0.995 else text.percent(100 * p)


def firmness(found: list[RankRange], names: dict[str, str]) -> str:
    """Who moves most in rank when something is left out or counted in another way."""
    if len(found) == 1:
        return "Med en enda enhet finns ingen ordning att pröva."
    widest = max(row.worst - row.best for row in found)
    if not widest:
        return "Ingen enhet byter plats hur vi än räknar."
    rows = [row for row in found if row.worst - row.best == widest]
    if len(rows) > 3:
        return f"Mest rör sig {text.number(len(rows))} enheter: {widest} platser."
    said = swedish_list([f"{names[row.enhet_id]} (plats {row.best}–{row.worst})" for row in rows])
    still = [row for row in found if row.worst == row.best]
    tail = (
        f" {text.in_words(len(still)).capitalize()} av {text.in_words(len(found))} byter aldrig plats."
        if still
        else " Ingen enhet behåller sin plats hur vi än räknar."
    )
    return f"Mest rör sig {said}.{tail}"


def on_both(found: Selection, names: dict[str, str], sources: dict[str, str], is_selection: bool) -> str:
    """Who is on both of the report's top lists, per source of the Unizon placings. Units that
    nobody has chosen are on one list only: how many of Unizon's first they are.
    """
    said = {source: found.on_both(source) for source in found.sources}
    if not said:
        return f"Ingen källa ger {'de valdas' if is_selection else 'enheternas'} placering hos Unizon."
    if not is_selection:
        return " ".join(
            f"Av Unizons {text.in_words(TOP_UNIZON)} främsta platser enligt {sources[source]} har enheterna i "
            f"underlaget {text.in_words(len(ids)) if ids else 'ingen'}. Enheterna är inte utvalda, så det "
            "säger inget om ett urval."
            for source, ids in said.items()
        )
    if len({tuple(sorted(ids)) for ids in said.values()}) == 1:
        ids = next(iter(said.values()))
        listed = swedish_list([names[i] for i in ids])
        count = text.in_words(len(ids)).capitalize() if ids else "Ingen"
        return (
            f"{count} av de valda är bland Unizons {text.in_words(TOP_UNIZON)} främsta"
            f"{f': {listed}' if ids else ''}. Det säger {'både ' if len(said) == 2 else ''}"
            f"{swedish_list([sources[s] for s in said])}."
        )
    return " ".join(
        f"Enligt {sources[s]}: {swedish_list([names[i] for i in ids]) or 'ingen'}." for s, ids in said.items()
    )


def agreeing(found: Agreement) -> str:
    """Spearman's rho with p and n, and how far it can be read."""
    n = text.units(len(found.pairs))
    if not found.pairs:
        return "Ingen enhet har båda uppgifterna, så rankningarna går inte att jämföra."
    if found.rho is None:
        return (
            f"{n.capitalize()} har båda uppgifterna. Det är för få, eller för lika, för att räkna "
            "ut hur väl rankningarna stämmer överens."
        )
    kind = "exakt" if found.exact else "permutationstest"
    said = (
        f"{n.capitalize()} har båda uppgifterna. Spearmans rangkorrelation är "
        f"{text.number(found.rho, 2)} ({kind} p-värde {p_value(found.p)}, n{text.NBSP}={text.NBSP}{len(found.pairs)})."
    )
    if found.p >= SIGNIFICANT:
        return f"{said} Det går alltså inte att se något samband, men inte heller att utesluta ett."
    way = "liknar varandra" if found.rho > 0 else "går åt var sitt håll"
    return f"{said} Rankningarna {way}."


def unplaced(found: Agreement, names: dict[str, str]) -> list[str]:
    """Who has no placing at Unizon and why: by name while units are named, else how many."""

    def reason(code: str | None) -> str:
        return SAKNAS_ORSAK.codes[code].lower() if code else "nämns inte i någon källa"

    if len(found.missing) <= NAMED_UNITS:
        return [f"{names[unit]} saknar placering hos Unizon ({reason(code)})" for unit, code in found.missing]
    reasons = Counter(reason(code) for _, code in found.missing)
    return [
        f"{text.count(n, 'enhet', 'enheter')} saknar placering hos Unizon ({why})"
        for why, n in reasons.items()
    ]


def followed(found: UnizonHistory, names: dict[str, str], who: str) -> str:
    """Which of the edition's units can be followed over the years."""
    if not found.followed:
        if who.startswith("den "):
            return f"{who.capitalize()} går inte att följa över åren."
        return f"Ingen av {who} går att följa över åren."
    if len(found.followed) > NAMED_UNITS:
        return f"Av {who} går {len(found.followed)} att följa över åren; de står i tabellen."
    listed = swedish_list([names[unit] for unit in found.followed])
    if len(found.followed) == 1:
        return f"Av {who} går bara {listed} att följa över åren."
    return f"Av {who} går {listed} att följa över åren."


BREAKS = {
    "omformulerad": "frågan omformulerad {}",
    "delad": "frågan delad {}",
    "sammanslagen": "frågor sammanslagna {}",
    "samma": "inte fullt jämförbar från {}",
}
"""What a link between two editions did to a series, and when."""


def broken(found: Break) -> str:
    """What happened where a series breaks, in few words: they stand in the picture too.

    >>> broken(Break(2015, 2017, "delad", 2017)), broken(Break(2013, 2014, OTHER, 2014, "osaker", False))
    ('frågan delad 2017', 'osäker definition före 2014')
    """
    if found.kind != OTHER:
        return BREAKS[found.kind].format(found.ar)
    if found.comparable != "nej":
        said = "osäker definition" if found.comparable == "osaker" else "inte fullt jämförbar"
        return f"{said} {'från' if found.later else 'före'} {found.ar}"
    return f"definitionen ändrad {found.ar}" if found.later else f"annan definition före {found.ar}"


def published(found: list[Series]) -> list[tuple[Point, str]]:
    """Every point of some series once, with what happened to the question since the year before."""
    points: dict[Point, str] = {}
    for series in found:
        after = {one.after: broken(one) for one in series.breaks}
        for point in series.points:
            points.setdefault(point, after.get(point.ar, ""))
    return list(points.items())


def stretches(found: Series) -> list[tuple[str, list[Point]]]:
    """The points between the breaks: how what happened before them is said (nothing, for the
    first), and the first and the last of them, or the only one.
    """
    said = [
        ("", -1),
        *((f"{broken(one)}{': ' if one.later else ', sedan '}", one.before) for one in found.breaks),
    ]
    ends = [*(before for _, before in said[1:]), found.points[-1].ar]
    parts = [
        (words, [p for p in found.points if after < p.ar <= until])
        for (words, after), until in zip(said, ends, strict=True)
    ]
    return [(words, [points[0]] + [points[-1]] * (points[-1].ar > points[0].ar)) for words, points in parts]


def course(found: NationalCourse) -> str:
    """First and last share of a series, for each stretch between its breaks, as what follows a name and a
    colon.
    """
    said = []
    for words, points in stretches(found.series):
        before, between = moves(points)
        said.append(words + before + between.join(f"{text.percent(p.share)} {p.ar}" for p in points))
    return f"andelen ja {'gick' if said[0].startswith('från') else 'var'} {'; '.join(said)}."


def moves(points: list[Point]) -> tuple[str, str]:
    """What stands before the first of a stretch's ends, and between the two."""
    moved = len({text.percent(point.share) for point in points}) > 1
    return ("från ", " till ") if moved else ("", " och ")


def question(found: Series, indikator_id: str, names: dict[str, str]) -> str:
    """What a series is about, seen from one of its indicators: the part, or what the question is
    called in the later or earlier editions where it is another. `names`: by indicator.
    """
    others = [each for each in found.indicators if each != indikator_id]
    if not others:
        return text.part(found.part)
    when = "senare" if found.indicators[0] == indikator_id else "tidigare"
    part = "" if found.part == WHOLE else f" ({text.part(found.part).lower()})"
    return f"{when.capitalize()}: {swedish_list([names[each] for each in others])}{part}"


def direction(found: list[NationalCourse]) -> str:
    """In how many comparable series the share rises, falls or stays, first year to last."""
    runs = national_runs(found)
    if not runs:
        return "Ingen serie har två år som går att jämföra."
    steps = [run[-1].share - run[0].share for run in runs]
    up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    if len(runs) > 1 and len(runs) in (up, down):
        return (
            f"I alla {text.number(len(runs))} serier med jämförbara år har andelen ja "
            f"{'ökat' if up else 'minskat'}, från första till sista jämförbara år."
        )
    return (
        f"Av {text.count(len(runs), 'serie', 'serier')} med jämförbara år har andelen ja ökat i "
        f"{text.number(up)}, minskat i {text.number(down)} och är oförändrad i "
        f"{text.number(len(runs) - up - down)}, från första till sista jämförbara år."
    )


def moved(found: list[NationalCourse]) -> str:
    """The same in one short sentence; empty where no series can be followed."""
    runs = national_runs(found)
    up = sum(run[-1].share > run[0].share for run in runs)
    many = text.count(len(runs), "serie", "serier")
    if not runs:
        return ""
    return f"Andelen ja har ökat i {f'alla {many}' if up == len(runs) else f'{text.number(up)} av {many}'} som går att följa."
