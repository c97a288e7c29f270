"""Which pages come from data, and what each shows."""
