"""Proof by damage: break the raw files in many ways and see what the gate says."""
