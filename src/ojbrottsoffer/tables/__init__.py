"""Leftmost layer: the declaration of every public table and what follows from it.

`model` says what a column can declare, `declarations` lists the tables, `codes` the code
lists, `csvio` reads and writes them, `datapackage` describes them, `findings` is how the
layers to the right tell a person what is wrong.
"""
