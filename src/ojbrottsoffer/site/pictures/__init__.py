"""Charts and maps as SVG in the page: nothing to fetch, printable, readable without scripts."""
