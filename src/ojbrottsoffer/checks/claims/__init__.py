"""The sources' own statements about their figures, held against what can be computed."""
