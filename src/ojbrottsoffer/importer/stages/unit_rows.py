"""Which rows are units, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tqdm import tqdm

from ojbrottsoffer.importer.choices import Choice
from ojbrottsoffer.importer.doubts.disagreeing_columns import without_disagreeing
from ojbrottsoffer.importer.forms.rows import (
    labelled_rows,
    other_year,
    rows_without_label,
    value_columns,
    years_of_rows,
)
from ojbrottsoffer.importer.forms.table import Layout, place_name
from ojbrottsoffer.importer.found import row_ref
from ojbrottsoffer.importer.meaning.units import Unit, UnitMatcher, folded, is_share_of_ja, normal
from ojbrottsoffer.importer.meaning.values import is_summary
from ojbrottsoffer.importer.read.file_sheet import collapse
from ojbrottsoffer.importer.reading import MOST_ALIKE, Left, Reading, UnitRow, cut
from ojbrottsoffer.importer.recipes.recipe import ASK, NewUnit
from ojbrottsoffer.importer.stages import splitting
from ojbrottsoffer.importer.stages.unit_patterns import unit_patterns
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted, swedish_list, swedish_or
from ojbrottsoffer.sources.reference.register import unit_id

NO_CODE = "en av SCB:s kommunkoder"
IN_REGISTER = "en kommun eller stadsdel i registret"


def _above(layout: Layout, row: int) -> list[str]:
    """The texts before the label of a row: of its county, or the headings above it where the units are
    columns. One that stands once goes for the sums after it too."""
    cells, column = layout.sheet.cells, layout.label_column
    first = row
    while first > layout.first and not any(cells[first][:column]) and is_summary(cells[first - 1][column]):
        first -= 1
    return [text for text in cells[first][:column] if text]


def read_units(reading: Reading, units: UnitMatcher, is_question: Callable[[str], bool]) -> Reading:
    """The reading with its units, the nation's row and the rows that are left out. A column that tells two rows of
    a unit apart is no question."""
    reading = without_disagreeing(reading)
    layout, profile = reading.layout, reading.profile
    skip = {normal(label) for label in profile.hoppa_over}
    nation = {normal(label) for label in profile.riket}
    said_rows = {
        normal(label): said
        for label, said in profile.enheter.items()
        if normal(label).startswith(("rad ", "kolumn "))
    }
    rows = labelled_rows(layout)
    if layout.code_column is not None:
        rows = _with_sound_codes(reading, rows, units)
    nameless = [row for row in rows_without_label(layout, {row for row, *_ in rows})]
    left = [Left(row, "", "enligt profilen") for row in nameless if normal(row_ref(layout, row)) in skip]
    _tell_of_nameless(
        reading, [row for row in nameless if normal(row_ref(layout, row)) not in skip], len(rows)
    )
    doubtful = units.doubtful_without_diacritics([label for _, label, _ in rows])
    counties = _perhaps_counties(reading, rows, units, skip, said_rows)
    plain_names, years = unit_patterns(reading, rows, units)
    taken = {
        found.unit.enhet_id: label for _, label, code in rows if (found := units.match(label, code)).unit
    }
    taken |= {said: label for label, said in profile.enheter.items() if isinstance(said, str)}
    seen: dict[str, UnitRow] = {}
    by_row: dict[str, str] = {}
    twice: list[tuple[str, int, UnitRow, dict]] = []
    unlike: dict[str, tuple[str | None, str, dict]] = {}
    nations: list[tuple[int, str]] = []
    labels = Counter(label for _, label, _ in rows)
    for row, label, code in tqdm(rows, desc="Känner igen enheter", unit="rad", disable=None, leave=False):
        where = {"table": reading.at(row, layout.label_column), "value": label or code}
        here = row_ref(layout, row)
        said = said_rows.get(normal(here), profile.enheter.get(collapse(label) or code or ""))
        if normal(here) in skip or normal(label) in skip and normal(here) not in said_rows.keys() | nation:
            left.append(Left(row, label, "enligt profilen"))
        elif year := other_year(layout, row, reading.ar):
            left.append(Left(row, f"{label} {year}", "annat år"))
        elif (name := plain_names.get(label, label)) is None:
            left.append(Left(row, label, "annat år eller tillägg"))
        elif {normal(label), normal(here)} & nation or (
            said is None and (units.is_nation(name, code) or is_share_of_ja(label, _above(layout, row)))
        ):
            if nations:
                reading.wrong(
                    "Riket står på två rader",
                    f'Ange i profilen vilken rad som inte ska läsas, till exempel hoppa_over: ["{here}"].',
                    **where,
                    expected="en rad för riket",
                )
            nations.append((row, label if labels[label] == 1 else here))
        elif said is None and units.is_county(label, code):
            left.append(Left(row, label, "län"))
        elif said is None and is_summary(label):
            left.append(Left(row, label, "summering"))
        elif row in counties and said is None:
            _ask_about_county(reading, units.match(label).unit, row, label, where)
        elif (
            found := _unit(reading, units, row, label, name, code, said, doubtful, taken, where, unlike)
        ) is not None:
            unit, how, new = found
            if unit.enhet_id in seen:
                twice.append((unit.enhet, row, seen[unit.enhet_id], where))
                continue
            seen[unit.enhet_id] = UnitRow(row, label or code or "", unit.enhet_id, unit, how, new)
            if normal(here) in said_rows or not label:
                by_row[here if label else code or here] = unit.enhet_id
    _ask_about_unlike(reading, unlike, units, taken)
    pairs = [(row, other.row) for _, row, other, _ in twice]
    others = [
        c
        for c in layout.columns
        if c.role in (None, "ignorera", "ar") and not any(map(is_question, (c.label, *c.path)))
    ]
    if pairs and (column := splitting.of_table(reading, pairs, others)):
        reading = replace(reading, layout=layout.ignoring([column])) if column.role != "ar" else reading
    else:
        _tell_of_twice(reading, twice, len(seen))
    other_years = years | years_of_rows(layout)
    if not seen and reading.complete and any(item.why == "annat år" for item in left):
        reading.wrong(
            f"Filen har inga svar för {reading.ar}",
            "Kör om med rätt --ar, eller hämta rätt fil.",
            table=reading.table,
            value=", ".join(sorted(other_years)),
            expected=f"svar för {reading.ar}",
            priority=1,
        )
    elif not seen and reading.complete:
        reading.wrong(
            "Tabellen har inga enheter",
            "Kontrollera att det är rätt blad.",
            table=reading.table,
            expected="minst en kommun",
        )
    row, label = nations[-1] if nations else (None, "")
    return replace(
        reading,
        years=reading.years | other_years,
        units=tuple(seen.values()),
        nation=row,
        nation_label=label,
        left=(*reading.left, *left),
        said_rows=by_row,
    )


def _tell_of_twice(reading: Reading, twice: list[tuple[str, int, UnitRow, dict]], units: int) -> None:
    """Errors about units that have several rows; one if nearly all have many."""
    if len(twice) > 2 * units:
        reading.wrong(
            "Varje enhet står på många rader: filen verkar ha en rad för varje svar",
            "Gör om tabellen till en rad för varje enhet och en kolumn för varje indikator, till exempel med en "
            "pivottabell, skriv under form i profilen var enhet, fråga och svar står, eller be avsändaren om en sådan.",
            priority=1,
            table=twice[0][3]["table"],
            value=twice[0][3]["value"],
            expected="en rad för varje enhet, eller kolumner med enhet, fråga och svar",
        )
        return
    for name, row, other, where in twice:
        reading.wrong(
            "Enheten står två gånger",
            "Är den ena ett län, en rubrik eller en summa: skriv raden under hoppa_over i profilen, "
            f'till exempel hoppa_over: ["{row_ref(reading.layout, row)}"]. Är det en annan tabell under den första: '
            "ange sista. Annars: be avsändaren om en rättad fil.",
            **where,
            expected=f"varje enhet en gång; {name} står också här: "
            f"{reading.at(other.row, reading.layout.label_column)} ({show(other.label)})",
        )


def _tell_of_nameless(reading: Reading, nameless: list[int], labelled: int) -> None:
    """A row with values but no name is never left out unsaid."""
    if not nameless:
        return
    layout = reading.layout
    column = next(c for c in value_columns(layout) if layout.sheet.cells[nameless[0]][c])
    where = {
        "table": reading.at(nameless[0], column),
        "value": layout.sheet.cells[nameless[0]][column],
        "expected": f"ett namn i {reading.at(nameless[0], layout.label_column)}",
    }
    if len(nameless) > 2 * labelled:
        reading.wrong(
            f"{len(nameless)} rader med värden saknar enhet: enheten verkar stå en gång ovanför flera rader",
            "Skriv under form i profilen var enhet, fråga och svar står (fyll_ned för kolumnen med enheten), eller be "
            "avsändaren om en tabell med en rad för varje enhet.",
            priority=1,
            **where,
        )
        return
    kind = "kolumn" if layout.sheet.flipped else "rad"
    rows = ", ".join(f'"{row_ref(layout, row)}"' for row in nameless)
    one = len(nameless) == 1
    reading.wrong(
        f"En {kind} med värden saknar enhet"
        if one
        else f"{counted(len(nameless), kind, f'{kind}er')} med värden saknar enhet",
        f"Gäller {'den ingen enhet' if one else 'de inga enheter'}, som kommentarer: skriv under "
        f"hoppa_over i profilen, hoppa_over: [{rows}]. Annars: be avsändaren om en rättad fil.",
        **where,
    )


def _with_sound_codes(reading: Reading, rows: list, units: UnitMatcher) -> list:
    """The rows, without their codes if most of them belong to others than the names say; that is
    one question."""
    layout = reading.layout
    named = [
        (row, label, code, unit)
        for row, label, code in rows
        if code and not units.names_county(label) and (unit := units.match(label).unit)
    ]
    against = [(row, label, code) for row, label, code, unit in named if unit.kommunkod != code]
    if len(against) < 2 or len(against) * 2 <= len(named):
        empty = {row for row, _, code in against if layout.county_column is not None and len(code) == 2}
        return [(row, label, None if row in empty else code) for row, label, code in rows]
    row, label, code = against[0]
    columns = [c for c in layout.columns if c.role in ("lanskod", "kommunkod")]
    own = {c.role: show(layout.name_of(c)) for c in columns}
    ignored = {layout.name_of(c): "ignorera" for c in columns}
    if ignored.items() <= reading.profile.kolumner.items():  # a form has read them all the same
        return [(row, label, None) for row, label, _ in rows]
    halves = all(len(code) <= 2 for *_, code in against)
    by_code = Choice(
        {
            "enhetskolumn": layout.sheet.column_name(layout.code_column),
            "kolumner": {place_name(layout.sheet, layout.label_column): "ignorera"},
        },
        "koderna gäller, och namnen har hamnat på fel rad",
    )
    reading.ask(
        "kommunkoder",
        f"Koderna i kolumnen {own['kommunkod']} hör inte ihop med namnen på {len(against)} av {len(named)} rader",
        Choice({"kolumner": ignored}, "namnen gäller, och koderna läses inte"),
        *([by_code] if len(own) == 1 and not halves and not layout.parts and not layout.form else ()),
        even=len(against) == len(named),
        otherwise="Står länets två siffror i en annan kolumn: dess rubrik: lanskod, under kolumner. "
        * (halves and len(own) == 1)
        + "Annars: be avsändaren om en rättad fil.",
        priority=2,
        table=reading.at(row, layout.code_column),
        value=code,
        row_label=label,
        expected=f"{units.match(label).unit.kommunkod}, SCB:s kod för kommunen",
    )
    return [(row, label, None) for row, label, _ in rows]


def _perhaps_counties(reading, rows, units: UnitMatcher, skip: set[str], said_rows: dict) -> set[int]:
    """Rows with a bare name that a county and a municipality share, in a file that has counties
    written so, or the name twice. What the profile says about one row settles the other."""

    def stated(row: int) -> bool:
        return normal(row_ref(reading.layout, row)) in skip | set(said_rows)

    bare = [
        (row, normal(label))
        for row, label, code in rows
        if units.names_county(label) and (code is None or code not in units.by_code)
    ]
    only_county = any(units.is_county(label) and not normal(label).endswith(" län") for _, label, _ in rows)
    open_rows = Counter(name for row, name in bare if not stated(row))
    settled = {name for row, name in bare if stated(row)}
    return {
        row
        for row, name in bare
        if not stated(row)
        and name in units.names
        and (open_rows[name] > 1 or only_county and name not in settled)
    }


def _ask_about_county(reading: Reading, unit: Unit | None, row: int, label: str, where: dict) -> None:
    sheet, column, here = reading.layout.sheet, reading.layout.label_column, row_ref(reading.layout, row)
    around = [
        show(sheet.cells[r][column])
        for r in (row - 1, row + 1)
        if reading.layout.first <= r <= reading.layout.last and sheet.cells[r][column]
    ]
    reading.ask(
        "lan-eller-kommun",
        f"{show(label)} kan vara länet eller kommunen",
        Choice(
            {"enheter": {here: ASK}},
            "raden är kommunen",
            near=(unit.enhet_id,) if unit else (),
            called={unit.enhet_id: unit.enhet} if unit else {},
        ),
        Choice({"hoppa_over": [here]}, "raden är länet"),
        **where,
        expected=f"ett besked om raden; den står vid {swedish_list(around) or 'inga andra'}",
    )


def _unit(reading, units: UnitMatcher, row, label, name, code, said, doubtful, taken, where, unlike):
    """(unit, how, new) of one row, or None if it is skipped, asked about, or to be asked about with others that are
    like no unit (`unlike`: label -> its code, why, where, its cells and what else is known)."""
    if said is not None and said != ASK:
        if isinstance(said, NewUnit) and said.typ == "kommun":
            return _new_municipality(reading, units, said, where)
        if isinstance(said, NewUnit):
            unit = Unit(said.enhet_id, said.enhet, "stadsdel", said.kommunkod)
            if unit.kommunkod not in units.by_code:
                reading.wrong(
                    "Stadsdelens kommunkod finns inte", "Rätta koden i profilen.", **where, expected=NO_CODE
                )
                return None
            return unit, "ny stadsdel enligt profilen", unit.enhet_id not in units.by_id
        if said not in units.by_id:
            reading.wrong(
                "Profilen pekar på en enhet som inte finns",
                f"Rätta {show(said)} i profilen.",
                **where,
                expected="ett enhet_id ur registret",
            )
            return None
        return units.by_id[said], "enligt profilen", False
    found = units.match(name, code)
    if found.unit and label not in doubtful:
        return found.unit, found.how, False
    if label in doubtful:
        others = sorted(units.by_id[i].enhet for i in units.folds[folded(found.unit.enhet)])
        problem = f"filen saknar å, ä och ö, så namnet kan vara {swedish_or(others)}"
        suggestions = tuple(units.by_id[i] for i in sorted(units.folds[folded(found.unit.enhet)]))
    else:
        problem = found.problem
        suggestions = tuple(unit for unit in found.suggestions if unit.enhet_id not in taken)
    cells = reading.filled([row], [column.index for column in reading.layout.indicators])
    nearest = found.suggestions[0] if found.suggestions and not found.unit else None
    gone = nearest and taken.get(nearest.enhet_id)
    otherwise = f"Närmast är {nearest.enhet}, men det är redan svaret för {show(gone)}." if gone else ""
    if not suggestions:
        unlike.setdefault(where["value"], (code, problem, where, cells, otherwise))
    if not suggestions or any(q.id == "okand-enhet" and q.value == where["value"] for q in reading.questions):
        return None
    near = swedish_or([f"{unit.enhet} ({unit.enhet_id})" for unit in suggestions])
    reading.ask(
        "okand-enhet",
        f"Okänd enhet: {problem}",
        *_possible(where["value"], tuple(unit.enhet_id for unit in suggestions), units, taken),
        otherwise=otherwise,
        alike=tuple(unit.enhet for unit in suggestions),
        places=cells,
        **where,
        expected=f"{IN_REGISTER}; närmast: {near}",
    )
    return None


def _ask_about_unlike(
    reading: Reading,
    unlike: dict[str, tuple[str | None, str, dict, list[str], str]],
    units: UnitMatcher,
    taken: dict[str, str],
) -> None:
    """A question about each label that is like no unit of the register; of many one that all can be answered by."""
    together = len(unlike) > MOST_ALIKE
    for label, (_, problem, where, cells, otherwise) in list(unlike.items())[: 1 if together else None]:
        choices, what = _possible(label, (), units, taken), f"Okänd enhet: {problem}"
        if together:
            new = {
                name: {"typ": "kommun", "enhet": name, "kommunkod": code or ASK}
                for name, (code, *_) in unlike.items()
            }
            checks, cells = choices[-1].checks, [place for item in unlike.values() for place in item[3]]
            what = f"{len(unlike)} okända enheter, som inte liknar någon känd: {cut(list(map(show, unlike)))}"
            choices = [
                Choice({"enheter": new}, "alla är kommuner som registret inte har", checks=checks),
                Choice({"hoppa_over": list(unlike)}, "ingen av raderna är en enhet"),
                *(replace(choice, when=f"bara {show(label)}: {choice.when}") for choice in choices),
            ]
        reading.ask(
            "okand-enhet",
            what,
            *choices,
            **where,
            otherwise=otherwise,
            names=tuple(unlike),
            places=cells,
            expected=IN_REGISTER
            if otherwise
            else f"{IN_REGISTER}; ingen känd liknar {'dem' if together else 'den'}",
        )


def _possible(name: str, near: tuple[str, ...], units: UnitMatcher, taken: dict[str, str]) -> list[Choice]:
    """What a row may be that is called as no unit of the register: one that no other row is (`taken`), a new one
    or none."""
    entry = {"enhet": ASK, "kommunkod": ASK}
    names = {unit_id: unit.enhet for unit_id, unit in units.by_id.items()}
    every = sorted(names.keys() - taken.keys() - set(near), key=lambda unit_id: names[unit_id])
    return [
        Choice(
            {"enheter": {name: ASK}},
            "raden är en enhet i registret",
            near=near,
            parts={"enheter": (*near, *every)},
            called=names,
            taken={unit_id: label for unit_id, label in taken.items() if unit_id in names},
        ),
        Choice({"hoppa_over": [name]}, "raden är inte en enhet"),
        Choice({"riket": [name]}, "raden är riket"),
        Choice(
            {"enheter": {name: {"enhet_id": ASK} | entry}},
            "raden är en ny stadsdel",
            checks={"kommunkod": lambda code: "" if code in units.by_code else NO_CODE},
        ),
        Choice(
            {"enheter": {name: {"typ": "kommun"} | entry}},
            "raden är en kommun som registret inte har",
            checks={"kommunkod": lambda code: _not_new(code, units)},
        ),
    ]


def _not_new(code: str, units: UnitMatcher) -> str:
    """What is expected instead of the code of a new municipality; nothing if it can be one."""
    if code in units.by_code:
        return f"en kod som ingen har; {code} är {units.by_code[code].enhet}"
    return "" if code[:2] in units.counties else f"en kod vars två första siffror är ett län, inte {code}"


def _new_municipality(reading: Reading, units: UnitMatcher, said: NewUnit, where: dict):
    """A municipality the register lacks: its county is that of its code."""
    code = said.kommunkod
    unit = Unit(unit_id(said.enhet), said.enhet, "kommun", code)
    namesake, wrong = units.by_id.get(unit.enhet_id), _not_new(code, units)
    if namesake or wrong:
        reading.wrong(
            "Den nya kommunen går inte att lägga till i registret",
            "Rätta posten under enheter i profilen. Finns kommunen redan: ange bara dess enhet_id.",
            **where,
            expected=wrong or f"ett namn som ingen har; {namesake.enhet} har {namesake.kommunkod}",
        )
        return None
    return unit, "ny kommun enligt profilen", True
