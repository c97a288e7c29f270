"""What was published, read as it stands: one module per source. It reads and reshapes, it never judges."""
