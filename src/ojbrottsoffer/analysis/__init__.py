"""What the checked tables say. Reads `data/clean/` only and writes nothing."""
