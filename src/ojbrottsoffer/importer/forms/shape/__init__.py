"""How other shapes become one row a unit and one column a question."""
