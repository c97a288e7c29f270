"""Words and addresses around the figures: links, citations, where a number comes from."""
