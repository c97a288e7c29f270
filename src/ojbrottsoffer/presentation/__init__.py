"""How a figure is written and coloured, in notebooks and on pages alike."""
