"""The values that templates show: one context for each edition, and functions per type of page."""
