"""From how many units, answers or years something is shown, and at which level: one place.

A figure that needs more than there is gets left out, and the page says from when it is shown.
"""

from __future__ import annotations

SIGNIFICANT = 0.05
"""A p-value below this is called a connection or a difference."""
LEVEL = 1 - SIGNIFICANT
"""Level of every interval."""
SIGMA = 0.8
"""Assumed spread of the units' ability in the country, in logits, for the figures on the pages:
the one of `SIGMAS` that makes the known selection likeliest (`expected.spread_check`)."""
SIGMAS = (0.5, 0.8, 1.0, 1.5, 2.0)
"""Spreads tried: a result that changes with them is not shown as a finding."""
SURPRISES = 3
"""Answers shown per direction on a profile."""
EXACT_PERMUTATIONS = 8
"""Up to this many pairs a rank correlation is tested against every permutation."""
EXACT_FLIPS = 12
"""Up to this many units a sum of residuals is tested against every pattern of signs."""
DRAWN_PERMUTATIONS = 9_999
"""With more pairs or units, against this many drawn ones."""
PAIRS_FOR_AGREEMENT = 5
"""A rank correlation is shown from this many pairs: with four, no result can have a p-value
below `SIGNIFICANT`."""
UNITS_FOR_RELIABILITY = 50
"""KR-20, and the factor scores that rest on it, need this many units with all answers."""
INDICATORS_FOR_RELIABILITY = 3
"""… and this many indicators in the factor."""
UNITS_FOR_SIMILAR = 20
"""Similar units are shown from this many units in the edition."""
SIMILAR_SHOWN = 5
UNITS_IN_GROUP = 10
"""A population group or a region is shown from this many units."""
NAMED_UNITS = 16
"""A picture names its units one by one up to this many, and the matrix of all answers is one table;
with more units it becomes one per indicator area."""
NAMED_COURSES = 40
"""The picture of placings over the years names every municipality up to this many; with more it
shows those that can be followed, without names."""
SIMULATED_COUNTRIES = 500
"""Invented countries in which the intervals are tried."""
SIMULATED_SPREADS = (min(SIGMAS), SIGMA, max(SIGMAS))
"""Spreads assumed there; the true one is `SIGMA`."""
UNITS_FOR_MAP = 20
"""A map is drawn from this many units in the edition."""
MAP_SHARES = (25, 50, 75)
"""Limits in percent between the classes of a share on a map."""
