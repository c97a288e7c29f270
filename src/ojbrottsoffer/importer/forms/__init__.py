"""The forms that a table comes in: where it is on a sheet, and how other shapes become the plain one."""
