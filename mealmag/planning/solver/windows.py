"""Which days of a plan are looked at together.

First every day has its turn, in windows that are spread over the plan. Then windows are drawn by chance, so
that any few days may trade dishes: a plan that no window of the first kind makes better is seldom the best
there is. A few days are soon solved exactly where a whole week takes long.
"""

import random
from collections.abc import Iterator, Sequence

WEEK = 7
LEAST_DAYS = 4  # fewer are soon solved as a whole
_MOST_DRAWN = 8  # days

Window = Sequence[int]


def windows(days: int, drawn: int, draw: random.Random) -> Iterator[Window]:
    """All days in windows of two days to half a week, then `drawn` windows and two for each week."""
    weeks = -(-days // WEEK)
    spread = max(4, 2 * weeks)
    yield from (range(first, days, spread) for first in range(spread))
    for _ in range(drawn + 2 * weeks):
        yield sorted(draw.sample(range(days), min(_MOST_DRAWN, (days + 2) // 3)))
