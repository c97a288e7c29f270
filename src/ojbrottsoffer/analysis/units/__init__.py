"""What the figures say about one unit or one indicator."""
