"""Records of runs that try the checks and the site: their schema, and whether they are of this version."""
