"""What was understood, in Swedish, and the draft of the profile that answers the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import yaml

from ojbrottsoffer.importer.accepted.accept import Links
from ojbrottsoffer.importer.accepted.source import NO_LICENCE
from ojbrottsoffer.importer.forms.table import Layout
from ojbrottsoffer.importer.meaning.values import WORD_OF, key_of
from ojbrottsoffer.importer.reading import Reading, cut
from ojbrottsoffer.importer.recipes.recipe import ASK, KINDS, NO_ANSWER, Profile
from ojbrottsoffer.schema.codes import SAKNAS_ORSAK
from ojbrottsoffer.schema.finding import report, show
from ojbrottsoffer.schema.model import counted

if TYPE_CHECKING:
    from ojbrottsoffer.importer.accepted.edition_before import Before

ORDER = ["slag", *Profile.model_fields]
COMMENTS = {
    "blad": ["# Var svaren står. Läs igenom förslaget, och ta bort det som inte stämmer."],
    "tabeller": ["# Var svaren står. Läs igenom förslaget, och ta bort det som inte stämmer."],
    "kolumner": ["# Kolumner som inte är indikatorer."],
    "koder": ["# Vad tecknen betyder: Ja, Delvis eller Nej."],
    "saknas": [
        f"# Varför svaret saknas ({', '.join(SAKNAS_ORSAK.codes)}). Är tecknet ett svar: flytta det till koder."
    ],
    "rubrikmonster": [
        "# Vad många rubriker har bredvid frågan: svar om kolumnerna ska läsas, annars ignorera. Läs igenom förslaget."
    ],
    "enhetsmonster": ["# Vad många namn har bredvid enheten: enhet om raderna ska läsas, annars hoppa_over."],
    "farger": [f"# Vad färgerna betyder: Ja, Delvis, Nej, en orsak eller {NO_ANSWER} (betyder inget)."],
    "koder_per_kolumn": [
        "# Kolumner som kan vara kodade på ett annat sätt. Är koderna desamma i hela filen: ta bort det här",
        "# och skriv dem under koder.",
    ],
    "andra_ar": [
        "# Filen nämner andra år. Gäller uppgifterna ändå det år som läses: ta bort tecknet # på nästa rad."
    ],
    "lamnas": ["# Blad med svar som inte ska läsas. Ta bort dem som ska läsas, och ange dem under blad."],
    "hoppa_over": ["# Rader som inte är enheter. Ta bort dem som är det."],
    "utan_svar": ["# Enheter och indikatorer utan ett enda svar. Ta bort dem som borde ha svar."],
    "enheter": [
        "# En enhet: enhet_id. En ny stadsdel eller kommun har fler uppgifter: se docs/om/kor-om/profilen.md. Är raden ingen",
        "# enhet: flytta etiketten till hoppa_over.",
    ],
    "indikatorer": [
        "# En indikator: indikator_id. En ny har fler uppgifter: se docs/om/kor-om/profilen.md. Är kolumnen ingen indikator:",
        "# flytta rubriken till kolumner, med betydelsen ignorera.",
    ],
    "kalla": ["# Källan, som den ska stå på webbplatsen."],
}
"""What the draft says over a key of the recipe."""
MARGIN, SHOWN_PARTS = " " * 13, 12
MOST_UNREAD = 60
"""More cells than this that are not read are cut: they are a table of its own."""


def understood(
    reading: Reading, ar: int, links: Links | None, before: Before | None = None, every: bool = False
) -> str:
    """Everything that was understood of the file, as lines for a terminal; with `every` also what
    each label means."""
    layout = reading.layout
    lines = [f"Fil          {reading.file} ({KINDS[reading.profile.slag]}, {ar})"]
    if layout is None:
        return "\n".join(lines)
    sheet = layout.sheet
    where = f"”{sheet.name}”"
    if reading.other_sheets:
        where += f"; inte läst: {cut([f'”{name}”' for name in reading.other_sheets])}"
    lines.append(f"Blad         {where}")
    for number, part in enumerate(layout.parts, start=1):
        lines += [
            f"Tabell {number}     blad ”{part.sheet.name}”, "
            f"{counted(len(part.indicators), 'kolumn', 'kolumner')} med svar",
            *_position_lines(part, reading.profile.slag),
        ]
    if not layout.parts:
        lines += _position_lines(layout, reading.profile.slag)
    if reading.profile.slag != "riket":
        lines += _unit_lines(reading)
        if before and reading.profile.slag == "svar":
            lines += _missing("okand-enhet", before.units_missing(reading), before.ar, reading)
        if every:
            lines += [
                f"{MARGIN}{u.label} = {u.unit.enhet_id} ({u.unit.kommunkod}), {u.how}" for u in reading.units
            ]
    if reading.profile.slag != "rankning":
        lines += _indicator_lines(reading, links)
        if before:
            lines += _missing(
                "okand-indikator",
                before.indicators_missing(reading),
                before.ar,
                reading,
                "; räknas som utgångna" if reading.profile.slag == "svar" else "",
            )
        if every:
            lines += [
                f"{MARGIN}{item.label} = {item.indikator_id}, {item.how}" for item in reading.indicators
            ]
    if reading.profile.slag == "svar":
        lines += _mark_lines(reading)
    if reading.shares:
        given = [value for value, _ in reading.shares.values() if value is not None]
        lines.append(
            f"Riket        {counted(len(given), 'andel', 'andelar')}"
            + (f", från {min(given):g} till {max(given):g} procent".replace(".", ",") if given else "")
        )
        names = {item.indikator_id: item.label for item in reading.indicators}
        missing = [
            f"{names[indicator]} (cell {place.ref})"
            for (indicator, _), (value, place) in reading.shares.items()
            if value is None
        ]
        if missing:
            lines.append(f"{MARGIN}saknar andel, enligt profilen: {cut(missing)}")
    if reading.profile.slag == "rankning":
        lines.append(f"Placeringar  {sum(role == 'placering' for _, role in reading.background)}")
    if layout.unread:
        shown = layout.unread if len(layout.unread) <= MOST_UNREAD else layout.unread[:SHOWN_PARTS]
        lines += [
            f"{MARGIN if number else 'Ej läst      '}{ref}: {text}"
            for number, (ref, text) in enumerate(shown)
        ]
        if rest := len(layout.unread) - len(shown):
            lines.append(f"{MARGIN}och {rest} celler till; --visa visar var och en")
    lines += [f"Ej läst      {cells.ref}{cells.said}" for cells in reading.elsewhere]
    ignored = [c.label for c in layout.columns if c.role == "ignorera" and c.label]
    if ignored:
        lines.append(f"Ej läst      kolumner: {', '.join(ignored)}")
    lines += [f"Obs          {note}" for note in reading.notes]
    return "\n".join(lines)


def _position_lines(layout: Layout, slag: str) -> list[str]:
    if layout.form:
        return _form_lines(layout)
    sheet = layout.sheet
    across = "kolumn" if sheet.flipped else "rad"
    down = "rad" if sheet.flipped else "kolumn"
    what = "indikatorer" if slag == "riket" else "enheter"
    return [
        f"Riktning     {what} i {'kolumner' if sheet.flipped else 'rader'}: {across} "
        f"{sheet.row_name(layout.first)}–{sheet.row_name(layout.last)}, namn i {down} "
        f"{sheet.column_name(layout.label_column)}",
        f"Rubriker     {cut([f'{across} {sheet.row_name(r)}' for r in layout.header_rows]) or 'inga'}",
    ]


def _form_lines(layout: Layout) -> list[str]:
    """Where each part of a file with a row for each answer has its units, questions and answers."""
    lines = []
    for number, part in enumerate(layout.form[:SHOWN_PARTS], start=1):
        svar = (
            part.svar if isinstance(part.svar, str) else ", ".join(f"{k}: {v}" for k, v in part.svar.items())
        )
        lines.append(
            f"{f'Del {number}':<13}blad ”{part.blad}”, rad {part.forsta}–{part.sista}: enhet i {part.enhet}, fråga i "
            f"{part.fraga}, svar i {svar}"
            + (f", {', '.join(part.fyll_ned)} fylls nedåt" if part.fyll_ned else "")
            + (", bara " + ", ".join(f"{c} = {v}" for c, v in part.val.items()) if part.val else "")
        )
    if len(layout.form) > SHOWN_PARTS:
        lines.append(f"{MARGIN}och {len(layout.form) - SHOWN_PARTS} delar till, alla i profilen")
    return lines


def asked(reading: Reading) -> str:
    """The errors and questions, the worst first."""
    findings = sorted(reading.findings, key=lambda f: f.priority)
    return report(findings) if findings else ""


def _unit_lines(reading: Reading) -> list[str]:
    ways = Counter(unit.how for unit in reading.units)
    lines = [
        f"Enheter      {len(reading.units)} kända"
        + (": " if ways else "")
        + "; ".join(f"{count} via {how}" for how, count in ways.most_common())
    ]
    loose = [
        f"{u.label} → {u.unit.enhet} ({u.unit.kommunkod})"
        for u in reading.units
        if "utan å" in u.how or "nästan" in u.how
    ]
    if loose:
        lines.append(f"             granska: {cut(loose)}")
    new = [u.unit.enhet for u in reading.units if u.new]
    if new:
        lines.append(f"             nya: {cut(new)}")
    if reading.nation is not None:
        lines.append(
            f"             riket: {reading.layout.sheet.row_name(reading.nation)} ”{reading.nation_label}”"
        )
    for why in dict.fromkeys(why for why, _ in reading.skipped):
        lines.append(
            f"             överhoppade ({why}): "
            + cut([label or "(utan namn)" for reason, label in reading.skipped if reason == why])
        )
    return lines


def _indicator_lines(reading: Reading, links: Links | None) -> list[str]:
    ways = Counter(item.how for item in reading.indicators)
    lines = [
        f"Indikatorer  {len(reading.indicators)} kända: "
        + "; ".join(f"{count} {how}" for how, count in ways.most_common())
    ]
    if links is not None:
        names = {
            item.indikator_id: item.said and item.said.kortnamn or item.label for item in reading.indicators
        }
        for kind, title in (
            ("omformulerad", "omformulerade"),
            ("delad", "delade"),
            ("sammanslagen", "sammanslagna"),
            ("ny", "nya"),
        ):
            found = dict.fromkeys(names[row["till_id"]] for row in links.rows if row["typ"] == kind)
            if found:
                lines.append(f"{MARGIN}{title}: {cut([show(name) for name in found])}")
    return lines


def _missing(question: str, items: list[str], year: int, reading: Reading, meaning: str = "") -> list[str]:
    """What the edition before had and the file has not: all of it, never cut."""
    apart = "; " if any("," in item for item in items) else ", "  # ”Göteborg, Askim-Frölunda-Högsbo” is one
    said = apart.join(items) + meaning if items else "inget"
    if items and reading.is_asked(question):
        said += " (eller heter något annat, se frågorna)"
    return [f"{MARGIN}saknas i filen, fanns {year}: {said}"]


def _mark_lines(reading: Reading) -> list[str]:
    if reading.by_colour:
        shown = Counter()
        for answer, _ in reading.answers.values():
            shown[WORD_OF.get(answer.code) or SAKNAS_ORSAK.codes[answer.reason]] += 1
        return [
            "Färger       " + ", ".join(f"{c}: {n}" for c, n in reading.colours.most_common()),
            f"{MARGIN}läses som " + ", ".join(f"{w}: {n}" for w, n in shown.most_common())
            if shown
            else f"{MARGIN}ingen av dem betyder något ännu: se frågorna",
        ]
    codes, missing, unknown = Counter(), Counter(), Counter()
    for text, count in reading.marks.items():
        answer = reading.coding.find(text) if reading.coding else None
        mark = key_of(text)
        if answer is None:
            unknown[mark] += count
        elif answer.code is None:
            missing[f"{mark} = {SAKNAS_ORSAK.codes[answer.reason]}"] += count
        else:
            codes[f"{mark} = {WORD_OF[answer.code]}"] += count
    lines = ["Koder        " + (", ".join(f"{mark}: {n}" for mark, n in codes.most_common()) or "inga")]
    if reading.colours:
        lines.append(
            "Färger       "
            + ", ".join(f"{c}: {n}" for c, n in reading.colours.most_common())
            + " i tomma celler"
        )
    lines.append("Saknas       " + (", ".join(f"{mark}: {n}" for mark, n in missing.most_common()) or "inga"))
    if unknown:
        lines.append("Oklara       " + ", ".join(f"{mark}: {n}" for mark, n in unknown.most_common()))
    return lines


def draft(reading: Reading) -> str:
    """The recipe as far as it is known, with `?` where a person must answer."""
    said = _merged([_known(reading), *(question.draft for question in reading.questions)])
    near = {
        label: question.choices[0].near
        for question in reading.questions
        for key in ("enheter", "indikatorer")
        for label in question.draft.get(key, ())
    }
    parts = ['# Profil för inläsningen. Svara där det står "?" och ta bort det som inte behövs.\n']
    for key, value in sorted(said.items(), key=lambda item: ORDER.index(item[0])):
        if not value:
            continue
        text = _yaml({key: value})
        if key == "andra_ar":
            text = f"# andra_ar: [{', '.join(value)}]\n"
        elif key in ("enheter", "indikatorer"):
            text = _with_near(key, value, near)
        parts.append("".join(f"{line}\n" for line in COMMENTS.get(key, ())) + text)
    return "".join(f"\n{part}" if part.startswith("#") else part for part in parts).lstrip("\n")


def _known(reading: Reading) -> dict[str, object]:
    """What is known of the file without asking: where its table lies, its other columns, its source."""
    layout, profile = reading.layout, reading.profile
    source = {"titel": ASK, "utgivare": ASK, "publicerad": ASK, "url": "", "licens": NO_LICENCE}
    said: dict[str, object] = {"slag": profile.slag}
    if layout is not None:
        asked = {name for question in reading.questions for name in question.draft.get("kolumner", ())}
        roles = {
            layout.name_of(c): c.role
            for c in layout.columns
            if c.label and c.role not in (None, "ar", "stadsdel", "delmangd") and not asked & set(c.path)
        }
        where = (
            {}
            if any({"blad", "tabeller"} & q.draft.keys() for q in reading.questions)
            else _described(layout)
        )
        said |= where | {"kolumner": roles}
    return said | {"kalla": {name: profile.kalla.get(name, default) for name, default in source.items()}}


def _merged(parts: Iterable[dict[str, object]]) -> dict[str, object]:
    """The keys of all the parts; what has entries of its own gets those of all of them."""
    whole: dict[str, object] = {}
    for part in parts:
        for key, value in part.items():
            before = whole.get(key)
            if isinstance(before, dict) and isinstance(value, dict):
                value = before | value
            elif isinstance(before, list) and isinstance(value, list):
                value = list(dict.fromkeys([*before, *value]))
            whole[key] = value
    return whole


def _with_near(key: str, value: dict[str, object], near: dict[str, tuple[str, ...]]) -> str:
    """Labels that are asked about, each with what it is like."""
    lines = [f"{key}:"]
    for label, said in value.items():
        like = f"  # liknar: {', '.join(near[label])}" if near.get(label) else ""
        lines.append(f"  {_quoted(label)}: {_quoted(said)}{like}")
    return "\n".join(lines) + "\n"


def _described(layout: Layout) -> dict[str, object]:
    """Where the table lies, with `?` where that is a question."""
    if layout.parts:
        return {"tabeller": [_described(part) for part in layout.parts]}
    open_keys = {"enhetskolumn": layout.rivals, "forsta": layout.data_above, "sista": layout.data_below}
    return layout.as_profile() | {key: ASK for key, doubt in open_keys.items() if doubt}


def _yaml(data: dict) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _quoted(said: object) -> str:
    """On one line; what JSON writes, YAML reads."""
    return json.dumps(said, ensure_ascii=False)
