"""What everything is held against: the register, its rules, the spellings of labels, and the boundaries."""
