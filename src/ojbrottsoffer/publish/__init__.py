"""Rightmost layer: the Swedish site.

`text` writes numbers and sentences, `views` shapes what a template shows, `hook` is called
by MkDocs, `notebooks` executes and converts the notebooks, `site` builds and swaps.
"""
