"""Third layer: what stops, what is shown. Nothing is published except through `gate`.

`structure` compares the printed parts with each other and with the reference,
`suites` keeps the Great Expectations suites in step with the declarations,
`validate` runs them, `contradictions` is where the sources disagree, `gate` puts it together.
"""
