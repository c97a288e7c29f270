"""Second layer: one module per source. It reads and reshapes; it never judges.

`raw` reads files as text, `reference` the small curated tables, `labels` turns printed
labels into ids, `skl2016` is SKL's report of 2016, `enstaka` the sources that give single
figures, `beraknad` what is computed from the rest.
"""
