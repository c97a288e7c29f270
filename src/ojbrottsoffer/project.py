"""Where things are in the project. The only module that knows folder names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

BUILD_SETTING = "OJBROTTSOFFER_BYGGE"
"""Set in the environment of the notebooks' kernels during a build: whose tables they read."""
STAGED, DRAFT = "ny", "utkast"
"""What it says: those of the next version, or of the draft."""


@dataclass(frozen=True)
class Project:
    """The folders of one checkout.

    `clean` can be pointed elsewhere (tests, scratch editions) without touching the
    published data. `draft` points the tables, the report and the site to the draft of an
    edition that nobody has signed off on. `staged` points the tables and the site to the next
    version, which a build makes aside and publishes when all of it is done.
    """

    root: Path
    clean_override: Path | None = None
    draft: bool = False
    staged: bool = False

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def reference(self) -> Path:
        return self.root / "data" / "reference"

    @property
    def clean(self) -> Path:
        return self.clean_override or (self._aside or self.root / "data") / "clean"

    @property
    def versions(self) -> Path:
        """What the tables of each version had, to tell what has changed since."""
        return self.root / "data" / "versioner"

    @property
    def expectations(self) -> Path:
        return self.root / "expectations"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def work(self) -> Path:
        """Everything that is built but not published: stamps, reports, executed notebooks."""
        return self.root / ".build"

    def undoing(self, kalla_id: str) -> Path:
        """What an import changed, so that it can be undone."""
        return self.work / "inlasningar" / f"{kalla_id}.json"

    @property
    def report(self) -> Path:
        """The latest passed quality report."""
        return (self.work / DRAFT if self.draft else self.work) / "kvalitet.json"

    @property
    def executed_notebooks(self) -> Path:
        return (self.work / DRAFT if self.draft else self.work) / "anteckningsbocker"

    @property
    def site(self) -> Path:
        return (self._aside or self.root) / "site"

    @property
    def _aside(self) -> Path | None:
        """Where tables and site lie that are not the published ones."""
        return self.work / DRAFT if self.draft else self.work / STAGED if self.staged else None

    @property
    def synthetic_mark(self) -> Path:
        """There only if the data are invented: the text that every page then shows."""
        return self.root / "data" / "PAHITTAT.txt"

    @property
    def journal(self) -> Path:
        """What is being published right now; there only if publishing was interrupted."""
        return self.work / "publicering.json"

    def relative(self, path: Path) -> str:
        """`path` as a reader of the project would write it (POSIX, relative to the root)."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find_project(start: Path | None = None) -> Project:
    """The project that `start` (default: the working folder) lies in.

    Raises `FileNotFoundError` if no parent folder has both `mkdocs.yml` and `data/raw`.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "data" / "raw").is_dir():
            setting = os.environ.get(BUILD_SETTING)
            return Project(folder, draft=setting == DRAFT, staged=setting == STAGED)
    raise FileNotFoundError(
        f"Hittar inget projekt i {here} eller ovanför: det ska ha mkdocs.yml och data/raw/."
    )
