"""A file as sheets of cells, with what each cell looks like."""
