"""How one file is to be read: what somebody has said of it, and the file that says it."""
