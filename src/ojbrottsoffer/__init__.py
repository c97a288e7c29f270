"""Öppna jämförelser Brottsoffer: published tables in, checked data and a Swedish site out.

Layers, left to right; a layer imports only from layers to its left::

    tables <- ingest <- quality <- analysis <- publish

`cli` and the notebooks call them; `build` decides which steps have to run.
This module stays empty of imports so that an unchanged `make` starts fast.
"""

__version__ = "0.2.0"
