"""From how many units, answers or years something is shown, and at which level: one place.

A figure that needs more than there is gets left out, and the page says from when it is shown.
"""

from __future__ import annotations

SIGNIFICANT = 0.05
"""A p-value below this is called a connection or a difference."""
LEVEL = 1 - SIGNIFICANT
"""Level of every interval."""
SIGMA_GRID = tuple(n / 20 for n in range(6, 31))
"""Spreads of the units' ability in the country, in logits, that are held against the known selection."""
SIGMA = 0.7
"""The one of `SIGMA_GRID` that makes the selection likeliest (`spread.check`): for the figures on the pages."""
PLAUSIBLE = 0.15
"""A spread is called plausible if it makes the selection at least so likely as this share of the
likeliest one does: what a 95 percent interval by likelihood ratio leaves."""
SIGMAS = (0.5, 0.7, 1.0, 1.5, 2.0)
"""Spreads tried, from below the plausible ones to far above: a result that changes with them is not
shown as a finding."""
DISTRICTS = {"Stockholm": 14, "Göteborg": 10, "Malmö": 5}
"""Cities that answered district by district in 2015, and how many districts they had."""
SURPRISES = 3
"""Answers shown per direction on a profile."""
EXACT_PERMUTATIONS = 8
"""Up to this many pairs a rank correlation is tested against every permutation."""
DRAWN_PERMUTATIONS = 9_999
"""With more pairs, against this many drawn ones."""
DRAWN_UNITS = 9_999
"""So many times are units drawn that a sum of differences is compared with."""
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
AREA_SIGMAS = (1.2, 2.0)
"""How unlike themselves units are from one area to another in some of those countries, in logits.
The greater one makes units differ between areas as much as the eight of the report do."""
SIMULATED_SPREADS = (min(SIGMAS), SIGMA, max(SIGMAS))
"""Spreads assumed there; the true one is `SIGMA`."""
UNITS_FOR_MAP = 20
"""A map is drawn from this many units in the edition."""
MAP_SHARES = (25, 50, 75)
"""Limits in percent between the classes of a share on a map."""
SMALL_POPULATION = 15_000
"""A municipality with fewer inhabitants has rates that a few persons move: several years are shown together."""
YEARS_OF_SMALL = 5
"""So many years, the latest and those before it."""
SIMILAR_MUNICIPALITIES = 7
"""So many municipalities are compared with, as many as Kolada has in a group."""
VALUES_FOR_SIMILAR = 3
"""Their median is shown from this many values."""
