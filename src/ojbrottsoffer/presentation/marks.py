"""An answer as a symbol and a word."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from ojbrottsoffer.schema.codes import SAKNAS_ORSAK, SVAR


def symbol(code: object) -> Markup:
    """The symbol alone; the sheet with the symbols is put in by the macro `symbols`."""
    return Markup(
        '<svg class="oj-symbol" width="20" height="20" aria-hidden="true" focusable="false">'
        f'<use href="#oj-s{"x" if pd.isna(code) else code}"/></svg>'
    )


def word(code: object, reason: object = None) -> Markup:
    """The answer in words, with the reason why there is none."""
    if not pd.isna(code):
        return escape(SVAR.codes[str(code)])
    why = "" if pd.isna(reason) else f" ({escape(SAKNAS_ORSAK.codes[reason])})"
    return Markup(f"Uppgift saknas{why}")


def answer(code: object, reason: object = None) -> Markup:
    """Symbol and words."""
    return Markup(f'<span class="oj-svar">{symbol(code)} {word(code, reason)}</span>')
