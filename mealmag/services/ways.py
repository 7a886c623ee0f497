"""The gentlest version of one demand that leaves a menu, and that menu."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mealmag.services.case import Case
from mealmag.services.demands import Demand, Gentler
from mealmag.services.trials import Trials

if TYPE_CHECKING:
    from mealmag.planning.instance import Menu

# Rules whose rows say by how much a menu breaks them: the menu that does so least names the step.
_MEASURED = frozenset({"budget", "minutes", "repeats"})
# So many of the steps between are looked at: each look takes as long as what found the step.
_LOOKS = 3


class Step(NamedTuple):
    """A step of a ladder and a menu that it leaves. `least`: no gentler step leaves any, as is proven."""

    gentler: Gentler
    menu: "Menu"
    least: bool


def first_step(trials: Trials, demand: Demand, stop: Callable[[], bool]) -> Step | None:
    """The gentlest step of the demand's ladder of which a menu is found, or None.

    Each step allows what the one before it does. So halving finds where the proofs of impossibility end,
    and what a menu needs.
    """
    cases = [Case(step.profile) for step in demand.ladder]
    if not cases:
        return None
    found = _nearest_step(trials, demand, cases, stop) or _step_ahead(trials, cases, stop)
    if found is None:
        return None
    low, first, menu = found
    first, menu, least = _gentler(trials, cases, low, first, menu, stop)
    return Step(demand.ladder[first], menu, least)


def _nearest_step(
    trials: Trials, demand: Demand, cases: Sequence[Case], stop: Callable[[], bool]
) -> "tuple[int, int, Menu] | None":
    """By the menu that breaks the rule least, and by those near it: what `_step_ahead` gives."""
    nearest = trials.nearest(trials.case, demand.rule) if demand.rule in _MEASURED else None
    if nearest is None:
        return None
    first = bisect_left(cases, True, key=partial(trials.allows, menu=nearest))
    while 0 < first < len(cases) and not stop():
        gentler = trials.menu_near(cases[first - 1], nearest)
        if gentler is None:
            break
        first, nearest = first - 1, gentler
    if first == len(cases):
        return None
    return _first_not_out(trials, cases[:first]), first, nearest


def _step_ahead(
    trials: Trials, cases: Sequence[Case], stop: Callable[[], bool]
) -> "tuple[int, int, Menu] | None":
    """By brief looks, ever further ahead of the first step that no sum proves impossible: that step, the one
    that was found, and its menu."""
    if trials.is_out(cases[-1]):
        return None
    low = bisect_left(cases, True, key=lambda case: not trials.is_out(case))
    ahead = 0
    while not stop():
        at = min(low + ahead, len(cases) - 1)
        menu = trials.menu(cases[at])
        if menu is not None:
            return low, at, menu
        if at == len(cases) - 1:
            break
        ahead = 2 * ahead + 1
    return None


def _first_not_out(trials: Trials, cases: Sequence[Case]) -> int:
    """The first of the cases that no sum proves impossible, looked for from the last of them on."""
    low, high = len(cases) - 1, len(cases)
    while low >= 0 and not trials.is_out(cases[low]):
        high = low
        low -= len(cases) - low
    low = max(low, -1) + 1
    return low + bisect_left(cases[low:high], True, key=lambda case: not trials.is_out(case))


def _gentler(
    trials: Trials,
    cases: Sequence[Case],
    low: int,
    first: int,
    menu: "Menu",
    stop: Callable[[], bool],
) -> "tuple[int, Menu, bool]":
    """The first step from `low` on of which a closer look finds a menu, by halving; and whether it is least.

    A step of which nothing is found is taken for impossible, but then none is known to be the least.
    """
    least = True
    for _ in range(_LOOKS):
        if low >= first or stop():
            break
        middle = (low + first) // 2
        look = trials.narrow_look(cases[middle])
        if look.menu is None:
            least &= look.is_proof
            low = middle + 1
        else:
            menu = look.menu
            allows = partial(trials.allows, menu=menu)
            first = low + bisect_left(cases[low:middle], True, key=allows)
    return first, menu, least and low >= first
