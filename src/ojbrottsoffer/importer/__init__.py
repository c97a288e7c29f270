"""Reads a file that nobody has shaped for us, and keeps it as an edition of the survey."""
