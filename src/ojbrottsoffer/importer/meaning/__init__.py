"""What a label, a code or a mark stands for."""
