"""Looks at every page in a browser and through the HTML checker."""
