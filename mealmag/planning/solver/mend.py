"""The nearest menu that follows the rules: as few dishes, then as few servings, otherwise as can be found.

For a change that local search finds no menu for. CP-SAT starts from the menu as it is.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.rules import build, follows
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.shortlist import any_dishes

_WORK, _OFFERED = 4.0, 16
_DISH, _SERVING = 10, 1


def mended(
    instance: Instance,
    menu: Menu,
    offer: Mapping[Slot, Sequence[int]],
    *,
    locked: frozenset[Slot] = frozenset(),
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu with a dish of `offer` in each of its slots, and the rest of `menu` as far as it can stay.

    None where none was found; that is no proof. Slots that are `locked` never change.
    """
    free = [slot for slot in instance.open_slots if slot not in locked]
    draw = random.Random(instance.problem.seed)
    drawn = any_dishes(instance, free, menu, _OFFERED, draw)
    model = build(instance, free, menu, goals=(), offer={**drawn, **offer})
    moved = []
    for slot in free:
        if slot in offer:
            continue
        pick = menu[slot]
        moved += [
            (variable, _DISH)
            for dish, variable in model.dish_variables[slot].items()
            if dish != pick.dish
        ]
        for component, _, _ in instance.dishes[pick.dish].open:
            for index, variable in enumerate(model.serving_variables(slot, pick.dish, component)):
                if index != pick.servings[component]:
                    moved.append((variable, _SERVING))
    model.model.minimise(moved)
    outcome = cpsat.solve(
        model.model, cpsat.Limits(_WORK, workers=8, seed=instance.problem.seed), stop=stop
    )
    if outcome.values is None:
        return None
    found = model.decode(outcome.values)
    return found if follows(instance, found) else None
