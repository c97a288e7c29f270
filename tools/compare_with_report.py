"""Compares data/raw/skl-2016/ cell by cell with a text version of SKL's report.

    python tools/compare_with_report.py RAPPORT.txt

The text version has a tab between cells. It is not part of the project. Independent of the
package on purpose: nothing here reads through the code it is meant to verify.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

RAW = Path(__file__).resolve().parents[1] / "data" / "raw" / "skl-2016"


def printed_blocks(text: str) -> list[list[list[str]]]:
    """Runs of lines with tabs, from the heading of table 1 on, as rows of cells."""
    blocks: list[list[list[str]]] = []
    lines = text[text.index("TABELL 1.") :].splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if "\t" not in line:
            continue
        if "\t" not in before:
            blocks.append([])
        blocks[-1].append(line.split("\t"))
    return blocks


def main() -> int:
    blocks = printed_blocks(Path(sys.argv[1]).read_text(encoding="utf-8"))
    files = [RAW / f"tabell-1-sida-{p}-del-{d}.csv" for p in range(1, 6) for d in (1, 2)]
    files += [RAW / f"tabell-2-del-{n}.csv" for n in range(1, 6)]
    cells = differences = 0
    if len(blocks) != len(files):
        print(f"Rapporten har {len(blocks)} tabelldelar, data/raw har {len(files)}.")
        return 1
    for path, block in zip(files, blocks, strict=True):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if path.name.startswith("tabell-2"):
            rows = rows[1:]  # the heading stands above the block in the text
        for number, (ours, theirs) in enumerate(zip(rows, block, strict=False), start=1):
            cells += len(theirs)
            if ours != theirs:
                differences += 1
                print(f"{path.name}, rad {number}: {ours} men rapporten har {theirs}")
        if len(rows) != len(block):
            differences += 1
            print(f"{path.name}: {len(rows)} rader men rapporten har {len(block)}")
    print(f"{cells} celler i {len(files)} delar jämförda, {differences} skillnader.")
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
