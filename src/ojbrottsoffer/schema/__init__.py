"""What the public tables are: every table and column declared once, and what follows from that."""
