"""An invented nation, built with the same code as the published site but never beside it.

Every unit is called Testkommun, every answer is drawn with a fixed seed, and every page says so.
"""
