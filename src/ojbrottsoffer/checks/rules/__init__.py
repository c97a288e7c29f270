"""Rules over sources and tables that are not a suite of Great Expectations: between rows, between versions, of texts."""
