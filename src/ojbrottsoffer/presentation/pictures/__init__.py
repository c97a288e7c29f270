"""The site's drawings as SVG: one of each, for a page, a card and paper alike."""
