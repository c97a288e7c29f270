"""Where the table is on a sheet, and which way it lies."""
