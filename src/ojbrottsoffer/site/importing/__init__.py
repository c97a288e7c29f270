"""Pages for the analyst alone, each one file that needs no other: how a file is understood, what an edition changes."""
