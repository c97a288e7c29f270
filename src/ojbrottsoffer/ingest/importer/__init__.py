"""Reads a spreadsheet that nobody has shaped for us: one small module per question.

`grid`: what is in the file? `units`: which municipality is this label? `indicators`: which
question? `values`: what does this cell answer? `layout`: where is the table? `profile`: what
has a person said about it? `reading` puts them together, `conversation` says what was
understood, `accept` writes what was accepted. Nothing here guesses silently: what can't be
known becomes a question, and the profile is where it is answered.
"""
