"""Fourth layer: what the checked tables say. Reads `data/clean/` only; writes nothing.

`edition` is one year's tables joined for use, `profile` what is said about one unit.
"""
