"""mealmag: a food magnesium intake calculator with a meal planner.

Food first: real composition data, a real optimiser, and a supplement only for the gap that food
cannot close. The faces are `mealmag.cli` and `mealmag.tui`; programs call `mealmag.services`.
"""

__version__ = "0.1.0"
