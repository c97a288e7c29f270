"""The steps of a build, in order: what each reads and what it makes.

A step is current when digests of what it reads and of what it made are those of its stamp in
`.build/stampel/`. Content alone decides, so a fresh clone or a copied folder, whose file times mean
nothing, is judged like any other. `build` runs the steps. Standard library only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ojbrottsoffer.digest import digest, names_in
from ojbrottsoffer.project import Project
from ojbrottsoffer.transaction import write_in_one_step

PACKAGE = "src/ojbrottsoffer"
LAYERS = (
    "schema",
    "sources",
    "importer",
    "checks",
    "analysis",
    "presentation",
    "notebook",
    "site",
    "fetching",
)
"""The rooms of the package, each of which uses those before it alone; what else is there, all use."""


@dataclass(frozen=True)
class Step:
    """One step: the command of the CLI that does it, what it reads, what it makes."""

    command: str
    title: str
    layer: str
    """The last layer of our code that it uses."""
    reads: tuple[str, ...]
    makes: tuple[str, ...]
    settings: tuple[str, ...] = ()
    """Environment variables that change the outcome."""

    def inputs(self, project: Project) -> str:
        """A digest of all that decides the outcome, our code included."""
        later = LAYERS[LAYERS.index(self.layer) + 1 :]
        code = [f"{PACKAGE}/{name}" for name in names_in(project.root / PACKAGE) if name not in later]
        return digest(project, ("requirements.lock", *code, *self.reads), self.settings)

    def outputs(self, project: Project) -> str:
        """A digest of what it has made."""
        return digest(project, self.makes)

    def is_current(self, project: Project) -> bool:
        """True if it last succeeded on these inputs and nobody has touched what it made."""
        try:
            saved = json.loads(self.stamp(project).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return False
        return saved == [self.inputs(project), self.outputs(project)]

    def stamp(self, project: Project) -> Path:
        return project.work / "stampel" / f"{self.command}.json"

    def write_stamp(self, project: Project, inputs: str) -> None:
        """Says that it succeeded on `inputs`."""
        self.stamp(project).parent.mkdir(exist_ok=True)
        write_in_one_step(self.stamp(project), json.dumps([inputs, self.outputs(project)]))


# The day decides too, and is in no stamp: it is only ever the last day that a date may have, so what stopped
# yesterday may pass today, and what passed yesterday never stops today.
DATA = Step(
    command="data",
    title="Läser in och kontrollerar tabellerna",
    layer="checks",
    reads=("data/raw", "data/reference", "data/versioner", "data/PAHITTAT.txt", "expectations"),
    makes=(".build/ny/clean", ".build/kvalitet.json"),
)
NOTEBOOKS = Step(
    command="anteckningsbocker",
    title="Kör anteckningsböckerna",
    layer="notebook",
    reads=("notebooks", *DATA.reads, *DATA.makes),
    makes=(".build/anteckningsbocker",),
)
WEBSITE = Step(
    command="webbplats",
    title="Bygger webbplatsen",
    layer="site",
    reads=(
        *("mkdocs.yml", "theme", "docs", "CHANGELOG.md", "CITATION.cff"),
        *("data/reference", "data/raw/geo", "data/versioner", "data/PAHITTAT.txt"),
        *(*DATA.makes, *NOTEBOOKS.makes),
    ),
    makes=(".build/ny/site",),
    settings=("SITE_URL", "KONTAKT", "UTGIVARE"),
)
STEPS = (DATA, NOTEBOOKS, WEBSITE)
