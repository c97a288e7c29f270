"""The hand-written reference files in `data/reference/`, one module per kind."""
