"""What must hold when an edition is imported, compared with the one before and signed off."""
