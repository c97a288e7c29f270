"""The steps from the sheets of a file to its answers; each fills a part of a `Reading`."""
