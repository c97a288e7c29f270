"""Öppna jämförelser Brottsoffer: published tables in, checked data and a Swedish site out.

Layers, left to right; a layer imports only from layers to its left::

    schema <- sources <- importer <- checks <- analysis <- presentation <- notebook <- site <- cli

`cli.commands` has the commands, `cli.steps` what a build does, `cli.build` does it.
This module stays empty of imports so that an unchanged `make` starts fast.
"""

__version__ = "0.5.0"
RELEASED = "2026-11-30"
"""The day of this version, as in `CITATION.cff`."""
