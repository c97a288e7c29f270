"""The Great Expectations suites: rules in JSON, run over the tables about to be published."""
