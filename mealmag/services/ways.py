"""The gentlest version of one demand that leaves a menu, and that menu."""

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mealmag.services.demands import Case, Demand, Gentler
from mealmag.services.trials import Trials

if TYPE_CHECKING:
    from mealmag.planning.instance import Menu

# Rules whose rows say by how much a menu breaks them: the menu that does so least names the step.
_MEASURED = frozenset({"budget", "minutes", "repeats"})


def first_step(
    trials: Trials, demand: Demand, stop: Callable[[], bool]
) -> "tuple[Gentler, Menu] | None":
    """A step of the demand's ladder that leaves a menu, the first that a brief look finds; or None.

    Each step allows what the one before it does. So halving finds where the proofs of impossibility end,
    and what a menu needs.
    """
    cases = [Case(step.profile) for step in demand.ladder]
    if not cases:
        return None
    nearest = trials.nearest(trials.case, demand.rule) if demand.rule in _MEASURED else None
    if nearest is not None:
        first = bisect_left(cases, True, key=partial(trials.allows, menu=nearest))
        while 0 < first < len(cases) and not stop():
            gentler = trials.menu_near(cases[first - 1], nearest)
            if gentler is None:
                break
            first, nearest = first - 1, gentler
        if first < len(cases):
            return demand.ladder[first], nearest
    if trials.is_out(cases[-1]):
        return None
    low = bisect_left(cases, True, key=lambda case: not trials.is_out(case))
    ahead = 0
    while not stop():
        at = min(low + ahead, len(cases) - 1)
        menu = trials.menu(cases[at])
        if menu is not None:
            return demand.ladder[at], menu
        if at == len(cases) - 1:
            break
        ahead = 2 * ahead + 1
    return None
