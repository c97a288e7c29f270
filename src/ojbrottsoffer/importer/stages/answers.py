"""What each cell answers: by its text, or by its colour."""

from __future__ import annotations

from collections import Counter, defaultdict

from ojbrottsoffer.importer.doubts import answer_cells, codings
from ojbrottsoffer.importer.meaning.legend import meaning
from ojbrottsoffer.importer.meaning.values import (
    ABSENT,
    MARKS,
    REASONS,
    coding,
    colour_answer,
    key_of,
    shown_mark,
    style_of,
    without_footnote,
)
from ojbrottsoffer.importer.reading import Reading, place_of
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted


def read_answers(reading: Reading) -> None:
    answer_cells.check_own_codes(reading)
    cells = answer_cells.answer_cells(reading)
    if answer_cells.is_empty_table(reading, cells):
        return
    filled = sum(answer_cells.fill_of(reading, unit, column) != "" for unit, column, _ in cells)
    with_text = sum(1 for _, _, text in cells if text)
    reading.by_colour = bool(cells) and filled * 2 > len(cells) and with_text * 20 < len(cells)
    if reading.by_colour:
        _colour_answers(reading, cells)
    else:
        _text_answers(reading, cells)
    answer_cells.colours_against_text(reading, cells)
    answer_cells.without_answers(reading, cells)


def _text_answers(reading: Reading, cells: list) -> None:
    """The answers of marks; before that those of columns and colours the profile explains."""
    coloured = answer_cells.coloured_empties(reading, cells)
    plain_cells = []
    for unit, column, text in cells:
        place = (unit.row, column.column.index)
        answer = coloured.get(place) or answer_cells.own_codes(reading, column).get(key_of(text))
        if answer is not None:
            reading.answers[unit.unit.enhet_id, column.indikator_id] = (
                answer,
                place_of(reading, unit, column.column),
            )
        elif place not in coloured:
            plain_cells.append((unit, column, text))
    reading.marks = Counter(text for _, _, text in plain_cells)
    noted = Counter({text: n for text, n in reading.marks.items() if without_footnote(text) != text})
    if noted:
        reading.notes.append(
            f"Fotnotstecken och skiljetecken efter {noted.total()} svar är inte lästa ("
            + ", ".join(f"”{text}”" for text, _ in noted.most_common(5))
            + "). Läs noterna i filen: de kan ändra vad svaren betyder."
        )
    reading.coding = codings.as_explained(reading, coding(set(reading.marks), reading.profile))
    _ask_about_marks(reading, plain_cells)
    _mixed_columns(reading, plain_cells)
    codings.ask_about_columns_without_a_code(reading, plain_cells)
    for unit, column, text in plain_cells:
        answer = reading.coding.find(text)
        if answer is not None:
            reading.answers[unit.unit.enhet_id, column.indikator_id] = (
                answer,
                place_of(reading, unit, column.column),
            )


def _ask_about_marks(reading: Reading, cells) -> None:
    counts: Counter = Counter()
    first: dict[str, tuple] = {}
    for unit, column, text in cells:
        counts[key_of(text)] += 1
        first.setdefault(key_of(text), (unit, column, text))
    asked = codings.asked_about(reading)
    open_marks = tuple(mark for mark in reading.coding.open if mark not in asked)
    numbers = [mark for mark in open_marks if mark.isdigit()]
    if set(numbers) and set(numbers) <= {"0", "1"}:
        unit, column, _ = first[numbers[-1]]
        reading.ask(
            "bara-ett-och-noll",
            "Filen har bara koderna 1 och 0" if len(numbers) == 2 else f"Filen har bara koden {numbers[0]}",
            "koder",
            '"1": Ja och "0": Nej, om det är så (i den vanliga kodningen är 2 Ja, 1 Delvis och 0 Nej)',
            table=reading.at(unit.row, column.column.index),
            priority=3,
            value=", ".join(f"{m} ({counted(counts[m], 'cell', 'celler')})" for m in numbers),
            expected="2 = Ja, 1 = Delvis, 0 = Nej, eller ett besked i profilen",
        )
        open_marks = tuple(mark for mark in open_marks if mark not in numbers)
    elif set(numbers) == {"1", "2"} and "0" not in counts:
        codings.only_one_and_two(reading, counts, first["1"])
        open_marks = tuple(mark for mark in open_marks if mark not in numbers)
    for mark in open_marks:
        unit, column, text = first[mark]
        where = {
            "table": reading.at(unit.row, column.column.index),
            "value": text,
            "row_label": unit.label,
            "column": column.label,
        }
        if mark == ABSENT:
            reading.ask(
                "saknar-rad",
                f"En enhet finns inte i alla tabeller; {counts[mark]} svar saknar rad",
                "saknas",
                f'"{ABSENT}": {REASONS}',
                **where,
                expected="varje enhet i varje tabell, eller ett besked",
            )
        elif mark in MARKS or mark == "tom":
            reading.ask(
                "marke",
                f"Vad betyder {shown_mark(text)}? Den finns i {counted(counts[mark], 'cell', 'celler')}",
                "saknas",
                f'"{mark}": {REASONS}. Betyder tecknet ett svar: skriv det under koder.',
                **where,
                expected="ett besked: i svensk statistik kan – betyda noll och .. eller X "
                "att uppgiften är dold",
            )
        else:
            explained = (
                "Tecken som inte syns hör inte till svaret. "
                if show(mark) != f"”{mark}”"
                else f'Ange i profilen vad den betyder: koder: {{"{mark}": {meaning(mark) or "…"}}} (Ja, Delvis eller Nej), '
                f'eller saknas: {{"{mark}": …}} med en orsak. '
            )
            reading.wrong(
                f"Okänd kod {shown_mark(text)} i {counted(counts[mark], 'cell', 'celler')}",
                f"{explained}Är den ett skrivfel: be avsändaren om en rättad fil.",
                **where,
                expected="2 (Ja), 1 (Delvis), 0 (Nej), Ja, Delvis eller Nej",
            )


def _mixed_columns(reading: Reading, cells) -> None:
    if reading.profile.blandad_kodning:
        return
    styles: dict[str, dict[str, tuple]] = defaultdict(dict)
    for unit, column, text in cells:
        style = style_of(text)
        if style:
            styles[column.indikator_id].setdefault(style, (unit, column, text))
    mixed = [found for found in styles.values() if len(found) > 1]
    if mixed:
        word, code = mixed[0]["ord"], mixed[0]["kod"]
        unit, column, text = code
        reading.wrong(
            "Blandad kodning: både ord och siffror i samma kolumn"
            + (f" (och i {counted(len(mixed) - 1, 'kolumn', 'kolumner')} till)" if len(mixed) > 1 else ""),
            "Be avsändaren om en rättad fil. Betyder siffrorna detsamma som orden: skriv "
            "blandad_kodning: true i profilen och koderna under koder.",
            table=reading.at(unit.row, column.column.index),
            value=text,
            column=column.label,
            expected=f"samma slags svar i hela kolumnen, som ”{word[2]}” i cell "
            f"{reading.layout.sheet.ref(word[0].row, column.column.index)}",
        )


def _colour_answers(reading: Reading, cells) -> None:
    unclear: dict[str, tuple] = {}
    for unit, column, text in cells:
        colour = answer_cells.fill_of(reading, unit, column)
        if text:
            answer = coding({text}, reading.profile).find(text)
        elif not colour:
            answer = coding({""}, reading.profile).find("")
        else:
            answer = colour_answer(colour, reading.profile)
        reading.colours[text and f"”{text}”" or colour or "ingen färg"] += 1
        if answer is None:
            unclear.setdefault(text or colour, (unit, column, text))
            if colour and not text and colour not in reading.open_colours:
                reading.open_colours.append(colour)
            continue
        reading.answers[unit.unit.enhet_id, column.indikator_id] = (
            answer,
            place_of(reading, unit, column.column),
        )
    for mark, (unit, column, text) in unclear.items():
        key, example = (
            ("koder eller saknas", f'"{text}": Ja, Delvis eller Nej, eller {REASONS}')
            if text
            else (
                ("farger", f'"{mark}": Ja, Delvis, Nej eller en orsak; ignorera om cellen är tom')
                if mark
                else ("saknas", f'"tom": {REASONS}')
            )
        )
        reading.ask(
            "farg",
            f"Vad betyder färgen {mark}?"
            if mark and not text
            else f"Vad betyder {shown_mark(text)} utan färg?",
            key,
            example,
            table=reading.at(unit.row, column.column.index),
            row_label=unit.label,
            column=column.label,
            value=mark,
            expected="grön, gul eller röd fyllning, eller ett besked",
        )
    reading.notes.append(
        "VARNING: svaren är lästa ur cellernas färg. Kontrollera några enheter mot filen; "
        "en färg som bara är villkorsstyrd formatering syns inte för läsaren."
    )
