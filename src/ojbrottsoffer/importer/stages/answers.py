"""What each cell answers: by its text, or by its colour."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from ojbrottsoffer.importer.choices import NOTHING, Choice
from ojbrottsoffer.importer.doubts import answer_cells, code_groups, codings, unknown_words
from ojbrottsoffer.importer.doubts.answer_cells import Cell
from ojbrottsoffer.importer.found import answers_of
from ojbrottsoffer.importer.meaning.values import (
    ABSENT,
    ANSWERS,
    COLOURS,
    EMPTY,
    MISSING,
    MISSING_CODES,
    NOT_COUNTED,
    NUMBERS,
    USUAL_SIGNS,
    WORDS,
    Answer,
    coding,
    colour_answer,
    is_mark,
    key_of,
    likely_answer,
    reasons_of,
    said_key,
    says_none,
    shown_mark,
    sign_of,
    style_of,
    without_footnote,
)
from ojbrottsoffer.importer.reading import Reading
from ojbrottsoffer.importer.recipes.recipe import ASK
from ojbrottsoffer.schema.finding import show
from ojbrottsoffer.schema.model import counted

BASES = (("2", "1", "0"), ("1", "2", "3"))
"""Codes that are those of the three answers, whatever other codes there are."""
ONE_CROSS = "ett kryss under ett av svaren, eller ett besked"
MINUS = ("-", "–", "—", "−")
MOST_CODES = 4
"""Codes that nobody has explained are asked about together if they are so few."""


def read_answers(reading: Reading) -> Reading:
    """The reading with its answers: what is understood of marks and colours, the rest asked about."""
    answer_cells.check_own_codes(reading)
    cells = answer_cells.answer_cells(reading)
    if answer_cells.is_empty_table(reading, cells):
        return reading
    filled = sum(cell.fill != "" for cell in cells)
    with_text = sum(cell.text != "" for cell in cells)
    if cells and filled * 2 > len(cells) and with_text * 20 < len(cells):
        reading = _by_colour(reading, cells)
    else:
        reading = _by_text(reading, cells)
    apart = reading.open("koder_per_kolumn")  # their codes may be others than the file's
    known = [question for question in reading.indicators if question.label not in apart]
    reading = replace(reading, answers=answers_of(reading.layout, reading.units, known, reading.key))
    answer_cells.colours_against_text(reading, cells)
    answer_cells.without_answers(reading, cells)
    return reading


def _by_text(reading: Reading, cells: list[Cell]) -> Reading:
    """Answers of marks, but for those of columns and colours that the recipe explains."""
    coloured = answer_cells.coloured_empties(reading, cells)
    own = reading.key.own
    plain = [
        cell
        for cell in cells
        if not (cell.fill and not cell.text) and key_of(cell.text) not in own.get(cell.question.label, ())
    ]
    apart = code_groups.ask_about_groups(reading, [cell for cell in cells if cell.text])
    plain = [cell for cell in plain if key_of(cell.text) not in apart.get(cell.question.label, ())]
    marked: dict[str, list[str]] = defaultdict(list)
    for cell in plain:
        marked[cell.text].append(cell.where(reading))
    noted = Counter({text: len(n) for text, n in marked.items() if without_footnote(text) != text})
    for text in [
        text
        for text in noted
        if said_key(text) in map(said_key, reading.profile.koder | reading.profile.saknas)
    ]:
        del noted[text]
    _ask_about_signs(reading, [cell for cell in plain if cell.text in noted])
    if noted:
        reading.notes.append(
            f"Fotnotstecken och skiljetecken efter {noted.total()} svar är inte lästa ("
            + ", ".join(f"”{text}”" for text, _ in noted.most_common(5))
            + "). Läs noterna i filen: de kan ändra vad svaren betyder."
        )
    reading = replace(
        reading, marked=dict(marked), colours=coloured, coding=coding(set(marked), reading.profile)
    )
    reading = codings.as_explained(reading)
    _ask_about_marks(reading, plain)
    _mixed_columns(reading, plain)
    return reading


def _ask_about_marks(reading: Reading, cells: list[Cell]) -> None:
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        found[key_of(cell.text)].append(cell)
    asked = codings.asked_about(reading)
    open_marks = _ask_about_codes(reading, [mark for mark in reading.coding.open if mark not in asked], found)
    open_marks = unknown_words.without_ditto(reading, open_marks, found)
    open_marks = unknown_words.ask_about_texts(reading, open_marks, found)
    words = [mark for mark in open_marks if unknown_words.is_word(mark)]
    unknown_words.ask_about(reading, words, found)
    first_of_all = _only_answer(reading, found)
    for mark in open_marks:
        if mark not in words:
            even = (first_of_all or mark in MINUS and "+" in found) and mark != first_of_all
            _ask_about_mark(reading, mark, found[mark], mark == first_of_all, bool(even))


def _only_answer(reading: Reading, found: dict[str, list[Cell]]) -> str:
    """The commonest mark where nothing else can be the answers, as a cross among empty cells; else nothing."""
    apart = reading.key.own or reading.open("koder_per_kolumn")
    if apart or not all(is_mark(key) or key == EMPTY for key in found):
        return ""
    return max(found.keys() - {EMPTY}, key=lambda mark: len(found[mark]), default="")


def _ask_about_codes(reading: Reading, marks: list[str], found: dict[str, list[Cell]]) -> list[str]:
    """Asks once about the numbers of the three answers, or about a few codes that are most of what the cells say, or about
    the only number that the profile does not explain; the marks that are left."""
    counts = Counter({mark: len(same) for mark, same in found.items()})
    said = {key_of(mark): word for mark, word in reading.profile.koder.items()}
    codes = [] if any(map(str.isdigit, said)) else _numbers(marks, counts)
    ways = code_groups.ways(reading, codes)[:2] if codes else []
    if not codes:
        codes = [
            m
            for m in marks
            if not (is_mark(m) or says_none(m) or m in (EMPTY, *MISSING_CODES)) and unknown_words.is_seen(m)
        ]
        if likely_words := [m for m in codes if m.isdigit() or likely_answer(m)]:
            codes = likely_words  # what is like none of the answers may be missing
        rest = [word for word in ANSWERS if word not in said.values()]
        last = len(codes) == len(rest) == 1 and codes[0].isdigit() and any(map(str.isdigit, said))
        few = 1 < len(codes) <= MOST_CODES and sum(counts[mark] for mark in codes) * 2 > counts.total()
        if not last and not few:
            return marks
        likely = dict(zip(codes, rest, strict=True)) if last else {m: likely_answer(m) for m in codes}
        ways = [likely] if len(set(likely.values()) - {None}) == len(codes) else []
    places = {code: [cell.where(reading) for cell in found[code]] for code in codes}
    codings.ask_what_they_mean(reading, codes, ways, places, places[codes[0]][0])
    return [mark for mark in marks if mark not in codes]


def _numbers(marks: list[str], counts: Counter) -> list[str]:
    """The open numbers that may be the three answers, or all that are answered of them."""
    numbers = {mark for mark in marks if mark.isdigit()} - set(MISSING_CODES)
    whole = next((base for base in BASES if set(base) <= numbers), ())
    if sum(counts[code] for code in whole) * 2 > counts.total() or whole and codings.are_mixed(counts):
        return list(whole)
    parts = any(re.fullmatch(r"\d+[.,]\d+", mark) for mark in marks)
    few = numbers and not parts and (numbers <= {"0", "1"} or numbers == {"1", "2"} and "0" not in counts)
    return sorted(numbers) if few and not whole else []


def _ask_about_signs(reading: Reading, cells: list[Cell]) -> None:
    """One question for each sign after answers that the file says is an answer itself, as ”* = delvis”, or something that
    may change the answer."""
    by_sign: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        if (sign := sign_of(cell.text)) in reading.said_marks:
            by_sign[sign].append(cell)
    for sign, same in by_sign.items():
        word, where = reading.said_marks[sign]
        keys = {said_key(cell.text): WORDS[key_of(cell.text)] for cell in same if key_of(cell.text) in WORDS}
        if not keys:
            continue
        as_told = {"koder" if word in ANSWERS else "saknas": dict.fromkeys(keys, word or ASK)}
        among = () if word else MISSING
        said = f"att {show(sign)} är {word} ({where})" if word else f"om {show(sign)} i {where}"
        reading.ask(
            "marke",
            f"Vad betyder {show(same[0].text)}? Filen säger {said}, och "
            f"{counted(len(same), 'svar har', 'svar har')} det tecknet",
            Choice(as_told, "tecknet ändrar svaret" if word else "svaret saknas", among, together=not word),
            Choice({"koder": keys}, "tecknet är bara en not till svaret"),
            *(
                []
                if word
                else [
                    Choice({"koder": dict.fromkeys(keys, ASK)}, "det ändrar svaret", ANSWERS, together=True)
                ]
            ),
            even=not word and not NOT_COUNTED.search(where),
            places=[cell.where(reading) for cell in same],
            **reading.cell(same[0].unit, same[0].question) | {"value": same[0].text},
            expected="ett besked om vad tecknet gör med svaret",
        )


def _ask_about_mark(reading: Reading, mark: str, cells: list[Cell], is_answer: bool, even: bool) -> None:
    """The question about a mark. `is_answer` if nothing else can be the answers; `even` if it may as well be one as none."""
    cell, count = cells[0], len(cells)
    where = reading.cell(cell.unit, cell.question) | {"value": cell.text}
    many = counted(count, "cell", "celler")
    missing = Choice({"saknas": {mark: ASK}}, "svaret saknas", reasons_of(mark))
    word, where_said = reading.said_marks.get(mark, ("", ""))
    answer = Choice({"koder": {mark: ASK}}, "tecknet är ett svar", ANSWERS)
    as_told = Choice(
        {"koder" if word in ANSWERS else "saknas": {mark: word}}, f"som filen säger i {where_said}"
    )
    if mark == ABSENT:
        in_rows = bool(reading.layout.form)  # a row for each answer: the unit has others
        reasons = ("ej_besvarat", *(reason for reason in reasons_of(mark) if reason != "ej_besvarat"))
        reading.ask(
            "saknar-rad",
            f"{counted(count, 'svar', 'svar')} har ingen rad i filen"
            if in_rows
            else f"En enhet finns inte i alla tabeller; {count} svar saknar rad",
            replace(missing, among=reasons) if in_rows else missing,
            places=[cell.where(reading) for cell in cells],
            **where,
            expected="en rad för varje enhet och fråga, eller ett besked"
            if in_rows
            else "varje enhet i varje tabell, eller ett besked",
        )
    elif is_mark(mark) or mark == "tom" or mark in MISSING_CODES and count > 1:
        reading.ask(
            "marke",
            f"Vad betyder {shown_mark(cell.text)}? Den finns i {many}",
            *([as_told] if word else []),
            *((answer, missing) if is_answer else (missing, answer)),
            even=even and not word,
            places=[cell.where(reading) for cell in cells],
            **where,
            expected=ONE_CROSS if "kryss" in mark else USUAL_SIGNS,
        )
    else:
        explained = (
            f'Ange i profilen vad den betyder: koder: {{"{mark}": …}} (Ja, Delvis eller Nej), '
            f'eller saknas: {{"{mark}": …}} med en orsak. '
            if unknown_words.is_seen(mark)
            else "Tecken som inte syns hör inte till svaret. "
        )
        reading.wrong(
            f"Okänd kod {shown_mark(cell.text)} i {many}, {unknown_words.places_of(cells, reading)}",
            f"{explained}Är den ett skrivfel: be avsändaren om en rättad fil.",
            **where,
            expected=f"{_known_codes(reading)}, Ja, Delvis eller Nej",
        )


def _known_codes(reading: Reading) -> str:
    said = {mark: word for mark, word in reading.profile.koder.items() if mark.isdigit()} or NUMBERS
    return ", ".join(f"{code} ({word})" for code, word in said.items())


def _mixed_columns(reading: Reading, cells: list[Cell]) -> None:
    counts = Counter(key_of(cell.text) for cell in cells)
    if reading.profile.blandad_kodning or reading.is_asked("obekraftade-koder") and codings.are_mixed(counts):
        return
    styles: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        if style := style_of(cell.text):
            styles[cell.question.id].setdefault(style, cell)
    mixed = [found for found in styles.values() if len(found) > 1]
    if mixed:
        word, code = mixed[0]["ord"], mixed[0]["kod"]
        more = f" (och i {counted(len(mixed) - 1, 'kolumn', 'kolumner')} till)" if len(mixed) > 1 else ""
        reading.wrong(
            f"Blandad kodning: både ord och siffror i samma kolumn{more}",
            "Be avsändaren om en rättad fil. Betyder siffrorna detsamma som orden: skriv "
            "blandad_kodning: true i profilen och koderna under koder.",
            table=code.where(reading),
            value=code.text,
            column=code.question.label,
            expected=f"samma slags svar i hela kolumnen, som ”{word.text}” i cell "
            f"{reading.layout.sheet.ref(word.unit.row, word.question.index)}",
        )


def _by_colour(reading: Reading, cells: list[Cell]) -> Reading:
    """Answers of colours: as the recipe says, else by hue if it is clearly one of three."""
    found = coding({cell.text for cell in cells if cell.text or not cell.fill}, reading.profile)
    answers: dict[str, Answer] = {}
    shown: Counter = Counter()
    unclear: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_text = cell.text or not cell.fill
        answer = found.find(cell.text) if by_text else colour_answer(cell.fill, reading.profile)
        shown[cell.text and f"”{cell.text}”" or cell.fill or "ingen färg"] += 1
        if answer is None:
            unclear[cell.text or cell.fill].append(cell)
        elif not by_text:
            answers[cell.fill] = answer
    for mark, same in unclear.items():
        _ask_about_colour(reading, mark, same)
    reading.notes.append(
        "VARNING: svaren är lästa ur cellernas färg. Kontrollera några enheter mot filen; "
        "en färg som bara är villkorsstyrd formatering syns inte för läsaren."
    )
    return replace(reading, by_colour=True, colours=shown, colour_answers=answers, coding=found)


def _ask_about_colour(reading: Reading, mark: str, cells: list[Cell]) -> None:
    cell = cells[0]
    if mark and not cell.text:
        choices = [Choice({"farger": {mark: ASK}}, "färgen betyder", COLOURS, called=NOTHING)]
    else:
        choices = [Choice({"saknas": {key_of(mark): ASK}}, "svaret saknas", reasons_of(mark))]
        choices += [Choice({"koder": {mark: ASK}}, "tecknet är svaret", ANSWERS)] * bool(mark)
    reading.ask(
        "farg",
        f"Vad betyder färgen {mark}?"
        if mark and not cell.text
        else f"Vad betyder {shown_mark(cell.text)} utan färg?",
        *choices,
        **reading.cell(cell.unit, cell.question),
        places=[cell.where(reading) for cell in cells],
        value=mark,
        expected="grön, gul eller röd fyllning, eller ett besked",
    )
