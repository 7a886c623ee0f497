"""Which days of a plan are looked at together.

Windows that are spread over the plan give every day its turn. Windows that are drawn by chance, two at a time
for the two cores, let any few days trade dishes: a plan that no window of the first kind makes better is
seldom the best there is. Half of a drawn window are days on which something is still to be gained.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from mealmag.planning.instance import Instance, Menu, Slot

WEEK = 7
FEW = 3  # days that are soon solved as a whole, and have no windows
NARROW, BROAD = 5, 10  # days of the first windows drawn, and of the largest: more take much memory

Window = Sequence[int]


def dear_days(instance: Instance, menu: Menu) -> set[int]:
    """The days with servings or dishes that cost points."""
    return {
        slot.day
        for slot, pick in menu.items()
        if instance.piece(pick).points or instance.liking(slot).get(pick.dish)
    }


def spread(days: int) -> Iterator[Window]:
    """All days in windows of one day to half a week."""
    windows = max(4, 2 * _weeks(days))
    return (range(first, days, windows) for first in range(windows))


def neighbourhoods(instance: Instance) -> Iterator[list[Slot]]:
    """Single days, then a meal over all days; what is open of them."""
    free, days = instance.open_slots, instance.days
    for day in range(days):
        yield [slot for slot in free if slot.day == day]
    if days > 1:
        for meal in range(instance.meals):
            yield [slot for slot in free if slot.meal == meal]


class Width(NamedTuple):
    """Days of a window, and dishes of its slots as `Looker.window` takes them: for a whole week."""

    days: int
    dishes: int


def widths(days: int, dishes: int) -> list[Width]:
    """From the narrowest to the widest: more days up to a week, then more dishes and more days in turn."""
    ladder = [Width(size, dishes) for size in range(2, min(days, WEEK) + 1)]
    for size in range(WEEK, min(days, BROAD)):
        more = dishes + 1 + size - WEEK
        ladder += [Width(size, more), Width(size + 1, more)]
    return ladder


def times(days: int, drawn: int) -> int:
    """How often windows are drawn: `drawn`, and four more for each week."""
    return drawn + 4 * _weeks(days)


def draw_pair(
    days: int, size: int, dear: Collection[int], draw: random.Random
) -> tuple[Window, Window]:
    """Two windows that share no day where there are enough."""
    first = draw_window(range(days), size, dear, draw)
    rest = [day for day in range(days) if day not in first]
    return first, draw_window(rest if len(rest) >= size else range(days), size, dear, draw)


def draw_window(
    days: Sequence[int], size: int, dear: Collection[int], draw: random.Random
) -> Window:
    """Some of the days by chance, half of them (or all there are) from those that are `dear`."""
    wanted = sorted(set(days) & set(dear))
    aimed = draw.sample(wanted, min(len(wanted), (size + 1) // 2))
    others = [day for day in days if day not in aimed]
    return sorted([*aimed, *draw.sample(others, size - len(aimed))])


def _weeks(days: int) -> int:
    return -(-days // WEEK)
