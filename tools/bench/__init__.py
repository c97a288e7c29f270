"""Measures builds, checks, imports, pages and the analysis."""
