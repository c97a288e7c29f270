"""Measures a fetch from Kolada: 290 invented municipalities, 8 key figures, 20 years, from a service on this machine.

Requests, seconds and memory of the command `hamta kolada`, and of the gate with and without what was fetched.
Run: `python -m tools.bench.bench_fetch`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ojbrottsoffer.checks.gate import ingest_and_check
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources.curated.key_figures import load_key_figures
from ojbrottsoffer.sources.reference.register import load_reference
from tools.bench.measuring import RUNS, forked, measured, row
from tools.nation.demo import write_register
from tools.nation.invented import register
from tools.nation.key_figures import InventedKolada
from tools.nation.kolada_server import KoladaServer, serving_kolada

ROOT = Path(__file__).resolve().parents[2]
MUNICIPALITIES = 290


def main() -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for name in ("data/raw", "data/reference", "expectations"):
            shutil.copytree(ROOT / name, project.root / name)
        write_register(project, register(MUNICIPALITIES))
        project.synthetic_mark.write_text("Påhittade värden för en mätning.\n", encoding="utf-8")

        def gate() -> None:
            ingest_and_check(project, guard=False)

        row("kontrollerna utan hämtade värden", [forked(gate) for _ in range(RUNS)])
        kolada = InventedKolada(load_reference(project), load_key_figures(project))
        command = [
            sys.executable, "-m", "ojbrottsoffer", "--rot", str(project.root), "hamta", "kolada", "--om",
        ]  # fmt: skip
        with serving_kolada(KoladaServer(kolada)) as server:
            os.environ["KOLADA_URL"] = server.address
            runs = [measured(command, ROOT) for _ in range(RUNS)]
            subprocess.run(command, cwd=ROOT, check=True)
            number = len(server.asked) // (RUNS + 1)
        written = [path.stat().st_size for path in project.raw.glob("kolada-????-??-??/*")]
        row("hamta kolada", runs, f", {number} anrop, {len(written)} filer, {sum(written) / 1e6:.1f} MB")
        row("kontrollerna med hämtade värden", [forked(gate) for _ in range(RUNS)])


if __name__ == "__main__":
    main()
