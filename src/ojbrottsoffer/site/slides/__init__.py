"""Slides for a meeting."""
