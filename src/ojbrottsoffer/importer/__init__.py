"""Reads a file that nobody has shaped for us, and keeps it as an edition of the survey.

A file goes one way: `read/` makes sheets of cells with their looks; `understand.py` proposes, by `stages/` with what
`forms/` and `meaning/` know, how it is read, and asks what nobody has said (`doubts/`, `questions.py`); `apply.py`
reads it by the recipe alone (`recipes/`), without guessing; `checks/` weighs what comes out against the register, the
totals and the edition before; `accepted/` writes the file, its recipe and what its labels mean.
"""
