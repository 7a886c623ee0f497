"""Which days of a plan are looked at together.

First every day has its turn, in windows that are spread over the plan. Then windows are drawn by chance, so
that any few days may trade dishes: a plan that no window of the first kind makes better is seldom the best
there is. Half of a drawn window are days on which something is still to be gained. A few days are soon solved
exactly where a whole week takes long.
"""

import random
from collections.abc import Callable, Collection, Iterator, Sequence

from mealmag.planning.instance import Instance, Menu

WEEK = 7
LEAST_DAYS = 4  # fewer are soon solved as a whole
_MOST_DRAWN = 8  # days

Window = Sequence[int]


def windows(
    days: int, drawn: int, dear: Callable[[], Collection[int]], draw: random.Random
) -> Iterator[Window]:
    """One after the other; `dear` is asked before each that is drawn. None for a few days."""
    if days >= LEAST_DAYS:
        yield from spread(days)
        for _ in range(times(days, drawn)):
            yield draw_window(days, dear(), draw)


def dear_days(instance: Instance, menu: Menu) -> set[int]:
    """The days with servings or dishes that cost points."""
    return {
        slot.day
        for slot, pick in menu.items()
        if instance.piece(pick).points or instance.liking(slot).get(pick.dish)
    }


def spread(days: int) -> Iterator[Window]:
    """All days in windows of two days to half a week."""
    windows = max(4, 2 * _weeks(days))
    return (range(first, days, windows) for first in range(windows))


def times(days: int, drawn: int) -> int:
    """How many windows are drawn: `drawn`, and four more for each week."""
    return drawn + 4 * _weeks(days)


def draw_window(days: int, dear: Collection[int], draw: random.Random) -> Window:
    """Some days by chance, half of them (or all there are) from those that are `dear`."""
    size = min(_MOST_DRAWN, (days + 2) // 3)
    aimed = draw.sample(sorted(dear), min(len(dear), (size + 1) // 2))
    others = [day for day in range(days) if day not in aimed]
    return sorted([*aimed, *draw.sample(others, size - len(aimed))])


def _weeks(days: int) -> int:
    return -(-days // WEEK)
