"""How a file in `data/` is read: its text, its rows, its days, and the place of what is wrong in it."""
