"""A layer imports only from layers to its left."""

from __future__ import annotations

import re

from conftest import ROOT

LAYERS = ["schema", "sources", "importer", "checks", "analysis", "presentation", "notebook", "site"]


def test_layers_import_to_the_left_only():
    package = ROOT / "src" / "ojbrottsoffer"
    wrong = []
    for position, layer in enumerate(LAYERS):
        for path in sorted((package / layer).rglob("*.py")):
            imported = re.findall(
                r"^\s*(?:from|import) ojbrottsoffer\.(\w+)", path.read_text(encoding="utf-8"), re.M
            )
            wrong += [
                (path.relative_to(package).as_posix(), name)
                for name in imported
                if name in LAYERS[position + 1 :] or name in ("cli", "build")
            ]
    assert not wrong
