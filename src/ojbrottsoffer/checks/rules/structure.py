"""The printed parts against each other and against the edition: is every row where it should be?

These checks see what a table of values can't: that a row fell out of one part, that a part
has the rows of another page, that a unit stands in two columns.
"""

from __future__ import annotations

import pandas as pd

from ojbrottsoffer.checks.report import Check
from ojbrottsoffer.schema.finding import Finding, show
from ojbrottsoffer.sources.reference.register import Reference
from ojbrottsoffer.sources.skl2016 import AR, KALLA_ID, PAGES, PARTS, Printed

COMPARE = "Jämför med den tryckta tabellen och rätta filen."


def check_structure(printed: Printed, reference: Reference) -> tuple[list[Check], list[Finding]]:
    """Every structural check, with what was found (nothing, if the transcription is whole)."""
    edition = reference.edition(AR)
    checks: list[Check] = []
    findings: list[Finding] = list(printed.unknown)
    labels = sum(table.drop_duplicates(["fil", "rad"]).shape[0] for table in (printed.table1, printed.table2))
    checks.append(
        Check(
            "alla",
            "Varje tryckt etikett finns i den granskade etikettlistan",
            "En okänd etikett kan vara en ny fråga eller ett skrivfel; vi gissar inte.",
            tested=labels,
            failed=len(printed.unknown),
            origin="struktur",
        )
    )

    def run(table: str, what: str, why: str, tested: int, found: list[Finding]) -> None:
        checks.append(Check(table, what, why, tested, len(found), origin="struktur"))
        findings.extend(found)

    table1 = printed.table1
    indicators = table1[table1["slag"] == "indikator"]
    sequences: list[Finding] = []
    for part in PARTS:
        rows = indicators[indicators["del"] == part].drop_duplicates(["fil", "rad"])
        run(
            f"tabell 1, del {part}",
            "Varje indikator har en rad, en gång och i ordning",
            "En rad som fallit bort eller bytt plats flyttar svar till fel indikator.",
            len(rows),
            found := _sequence(rows, edition),
        )
        sequences += found
    in_table_2 = _sequence(printed.table2, edition)
    # What a row in the wrong place leads to is not told again.
    run(
        "tabell 1",
        "De två delarna av en sida har samma rader",
        "Delarna är samma tabell kluven på höjden.",
        len(PAGES) * len(PARTS),
        [] if sequences else _pages(indicators),
    )
    run(
        "tabell 1",
        "Samma enheter i samma ordning på alla sidor, varje enhet en gång",
        "En dubblerad eller flyttad kolumn ger en enhet någon annans svar.",
        len(PAGES) * len(PARTS),
        _units(table1, reference),
    )
    run(
        "tabell 1",
        "De fyra bakgrundsraderna finns på sida 1, en gång i varje del",
        "Utan dem går inte svaren att kontrollera mot det publicerade antalet.",
        len(PARTS),
        _background(table1),
    )
    run(
        "tabell 2",
        "Varje indikator har en rad, en gång och i ordning",
        "Rikets andel skulle annars hamna på fel indikator.",
        len(printed.table2),
        in_table_2,
    )
    run(
        "tabell 2",
        "Varje indikator står under sitt kvalitetsområde och indikatorområde",
        "Områdena är tryckta en gång och gäller nedåt; en flyttad cell ändrar många rader.",
        len(printed.table2),
        [] if in_table_2 else _areas(printed.table2, edition, reference),
    )
    return checks, findings


def _sequence(rows: pd.DataFrame, edition: pd.DataFrame) -> list[Finding]:
    """`rows` (fil, rad, tabell, etikett, id) against the indicators of the edition."""
    known = rows[rows["id"].notna()]
    findings = []
    for row in known[known["id"].duplicated()].to_dict("records"):
        findings.append(
            Finding(
                "Raden finns två gånger",
                file=row["fil"],
                table=row["tabell"],
                row=row["rad"],
                value=row["etikett"],
                expected="en rad per indikator",
                action=f"{COMPARE} Ta bort den rad som inte är tryckt.",
                priority=3,
            )
        )
    present = set(known["id"])
    unknown_in_series = len(rows) - len(known)
    missing = [indicator for indicator in edition.index if indicator not in present]
    if len(missing) > unknown_in_series:
        findings += [_missing_row(indicator, known, edition) for indicator in missing]
    if not findings and not unknown_in_series:
        for expected, row in zip(edition.index, known.to_dict("records"), strict=True):
            if row["id"] != expected:
                findings.append(
                    Finding(
                        "Raderna står i annan ordning än i den publicerade tabellen",
                        file=row["fil"],
                        table=row["tabell"],
                        row=row["rad"],
                        value=row["etikett"],
                        expected=f"indikator {edition.at[expected, 'nr']}: "
                        f"{show(edition.at[expected, 'indikator'], 120)}",
                        action=COMPARE,
                        priority=3,
                    )
                )
                break
    return findings


def _missing_row(indicator: str, known: pd.DataFrame, edition: pd.DataFrame) -> Finding:
    """A missing row, located just after the last row before it that is there."""
    number = edition.at[indicator, "nr"]
    before = known[known["id"].map(edition["nr"]) < number]
    neighbour = before.iloc[-1] if len(before) else known.iloc[0]
    row = int(neighbour["rad"]) + (1 if len(before) else 0)
    return Finding(
        "En rad saknas",
        file=neighbour["fil"],
        table=neighbour["tabell"],
        row=row,
        expected=f"indikator {number}: {show(edition.at[indicator, 'indikator'], 120)}",
        action=f"Lägg tillbaka raden efter rad {row - 1} "
        f"({show(neighbour['etikett'], 60)}), eller först i nästa del av tabellen. {COMPARE}",
        priority=3,
    )


def _pages(indicators: pd.DataFrame) -> list[Finding]:
    findings = []
    for page, cells in indicators.groupby("sida"):
        first, second = (cells[cells["del"] == part].drop_duplicates("rad") for part in PARTS)
        if list(first["id"]) == list(second["id"]):
            continue
        longer, other = (first, second) if len(first) >= len(second) else (second, first)
        extra = longer[~longer["id"].isin(set(other["id"]))]
        row = (extra if len(extra) else longer).iloc[0]
        findings.append(
            Finding(
                f"De två delarna av sida {page} har inte samma rader",
                file=row["fil"],
                table=row["tabell"],
                row=int(row["rad"]),
                value=row["etikett"],
                expected=f"samma rader som i {show(other.iloc[0]['fil'])}",
                action=COMPARE,
                priority=4,
            )
        )
    return findings


def _units(table1: pd.DataFrame, reference: Reference) -> list[Finding]:
    if table1["enhet_id"].isna().any():
        return []  # unknown units are reported as such; comparing them says nothing more
    findings = []
    first_header: dict[int, list[str]] = {}
    seen: dict[str, str] = {}
    for (page, part), cells in table1.groupby(["sida", "del"], sort=True):
        row = cells.iloc[0]
        header = cells[cells["rad"] == row["rad"]]
        names = list(header["kolumn"])
        where = {"file": row["fil"], "table": row["tabell"], "row": 2}
        ids = list(header["enhet_id"])
        twice = [name for name, unit in zip(names, ids, strict=True) if ids.count(unit) > 1]
        if twice:
            findings.append(
                Finding(
                    "En enhet står i två kolumner",
                    **where,
                    column=twice[0],
                    value=twice[0],
                    expected="varje enhet i en kolumn",
                    action=COMPARE,
                    priority=2,
                )
            )
            continue
        if page == PAGES[0]:
            first_header[part] = names
            for name, unit in zip(names, ids, strict=True):
                if unit in seen:
                    findings.append(
                        Finding(
                            "En enhet står i båda delarna av sidan",
                            **where,
                            column=name,
                            value=name,
                            expected=f"enheten bara i {show(seen[unit])}",
                            action=COMPARE,
                            priority=2,
                        )
                    )
                seen[unit] = row["fil"]
        elif part in first_header and names != first_header[part]:
            findings.append(_other_units(names, first_header[part], where))
    if findings:
        return findings
    source = reference.enheter_i_underlaget
    wanted = source.loc[source["kalla_id"] == KALLA_ID, "enhet_id"]
    called = dict(zip(reference.enheter["enhet_id"], reference.enheter["enhet"], strict=True))
    unlisted = [
        Finding(
            "En enhet finns i tabellen men inte i listan över källans enheter",
            file=file,
            table="tabell 1",
            row=2,
            column=called[unit],
            value=called[unit],
            expected="en enhet i data/reference/enheter_i_underlaget.csv",
            action="Jämför med den tryckta tabellen. Ska enheten vara med: lägg till den i listan.",
            priority=2,
        )
        for unit, file in seen.items()
        if unit not in set(wanted)
    ]
    return (
        unlisted
        + _not_as_printed(first_header, list(seen), list(wanted), called)
        + [
            Finding(
                "En enhet saknas i hela tabellen",
                file="data/raw/skl-2016/tabell-1-sida-*",
                table="tabell 1",
                row=2,
                expected=f"en kolumn för {show(called[unit])} på varje sida",
                action="Lägg tillbaka kolumnen på alla sidor, efter den tryckta tabellen. Ska "
                "enheten inte vara med: ta bort den ur data/reference/enheter_i_underlaget.csv.",
                priority=2,
            )
            for unit in wanted
            if unit not in seen
        ]
    )


def _not_as_printed(
    headers: dict[int, list[str]], units: list[str], listed: list[str], called: dict[str, str]
) -> list[Finding]:
    """The first unit of page 1 that does not stand where it is printed.

    Two names that change places on every page would otherwise change the answers of two units.
    """
    if set(units) != set(listed):
        return []  # told as a unit that is missing or not listed
    names = [(part, name) for part, header in sorted(headers.items()) for name in header]
    return [
        Finding(
            "Enheterna står inte i den ordning de är tryckta",
            file=f"data/raw/{KALLA_ID}/tabell-1-sida-{PAGES[0]}-del-{part}.csv",
            table=f"tabell 1, sida {PAGES[0]}, del {part}",
            row=2,
            column=name,
            value=name,
            expected=f"{show(called[wanted])}, i samma ordning som i data/reference/enheter_i_underlaget.csv",
            action=f"{COMPARE} Har namnen bytt plats på alla sidor: rätta varje sida.",
            priority=2,
        )
        for (part, name), unit, wanted in zip(names, units, listed, strict=True)
        if unit != wanted
    ][:1]


def _other_units(names: list[str], first: list[str], where: dict) -> Finding:
    """The first place where a page's units are not those of page 1, in the printed names."""
    position = next(
        (i for i, (name, wanted) in enumerate(zip(names, first, strict=False)) if name != wanted),
        min(len(names), len(first)),
    )
    found = names[position] if position < len(names) else ""
    wanted = show(first[position]) if position < len(first) else "ingen fler enhet"
    return Finding(
        "Enheterna är inte desamma, i samma ordning, som på sida 1",
        **where,
        column=found or f"efter {names[-1]}",
        value=found,
        expected=wanted,
        action=COMPARE,
        priority=2,
    )


def _background(table1: pd.DataFrame) -> list[Finding]:
    findings = []
    background = table1[table1["slag"] == "bakgrund"].drop_duplicates(["fil", "rad"])
    wanted = ["befolkningsgrupp", "omrade", "antal_ja_publicerat", "placering"]
    for (page, part), cells in table1.groupby(["sida", "del"], sort=True):
        rows = background[(background["sida"] == page) & (background["del"] == part)]
        expected = wanted if page == PAGES[0] else []
        if list(rows["id"]) != expected:
            findings.append(
                Finding(
                    "Bakgrundsraderna är inte hela",
                    file=cells.iloc[0]["fil"],
                    table=cells.iloc[0]["tabell"],
                    row=3,
                    value=", ".join(rows["id"]) or "inga",
                    expected=", ".join(expected) or "inga bakgrundsrader på den här sidan",
                    action=COMPARE,
                    priority=3,
                )
            )
    return findings


def _areas(table2: pd.DataFrame, edition: pd.DataFrame, reference: Reference) -> list[Finding]:
    """The first row of each run of rows under the wrong area: one moved cell, one finding."""
    findings = []
    before: dict[str, tuple] = {}
    names = dict(zip(reference.omraden["omrade_id"], reference.omraden["omrade"], strict=True))
    for row in table2[table2["id"].isin(set(edition.index))].to_dict("records"):
        area = edition.at[row["id"], "indikatoromrade_id"]
        for column, title, found, expected in (
            ("indikatoromrade", "Indikatorområde", row["indikatoromrade"], area),
            ("kvalitetsomrade", "Kvalitetsområde", row["kvalitetsomrade"], reference.parent_area[area]),
        ):
            wrong = (found, expected) if found != expected else ()
            same_run, before[column] = wrong == before.get(column), wrong
            if wrong and not same_run:
                findings.append(
                    Finding(
                        f"Indikatorn står under fel {column.replace('omrade', 'område')}",
                        file=row["fil"],
                        table=row["tabell"],
                        row=row["rad"],
                        row_label=row["etikett"],
                        column=title,
                        value="" if pd.isna(found) else names.get(found, found),
                        expected=names[expected],
                        action=f"{COMPARE} Området gäller från den rad det står på och nedåt.",
                        priority=4,
                    )
                )
    return findings
