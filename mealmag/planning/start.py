"""A first complete menu within a second: simulated annealing over picks, in plain Python.

Linear engines need long for a first week; a menu that already follows the rules makes every later solve
a matter of improving it. Nothing is proven here, and no result leaves without the exact stages behind.
The number of moves is fixed, so the result depends on the seed alone.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence

from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.running_menu import RunningMenu

_HOT, _COLD = 400.0, 3.0


def random_menu(instance: Instance, rng: random.Random) -> Menu:
    """A menu of random dishes in random servings; it need not follow any rule."""
    return instance.whole(
        {
            slot: instance.locked.get(slot) or random_pick(instance, instance.offered(slot), rng)
            for slot in instance.slots
            if slot not in instance.copies
        }
    )


def random_pick(instance: Instance, offered: Sequence[int], rng: random.Random) -> Pick:
    """One of the offered dishes, each choice of it in a usual amount."""
    dish = rng.choice(offered)
    servings = []
    for optional, usual in instance.dishes[dish].usual:
        left_out = optional and rng.random() < 0.5
        servings.append(-1 if left_out else rng.choice(usual))
    return Pick(dish, tuple(servings))


def anneal(
    instance: Instance,
    *,
    seed: int,
    moves: int,
    start: Menu | None = None,
    offer: Mapping[Slot, Sequence[int]] | None = None,
    hot: float = _HOT,
    enough: float = -math.inf,
    stop: Callable[[], bool] = lambda: False,
) -> Menu:
    """A good menu after `moves` tries. It may break hard rules where none is easy to find.

    Where there is an `offer`, only its slots change, and only to dishes that are offered there. A menu whose
    `RunningMenu.fault` is `enough` or less ends it early.
    """
    rng = random.Random(seed)
    if offer is None:
        offer = {slot: instance.offered(slot) for slot in instance.open_slots}
    state = RunningMenu(instance, start or random_menu(instance, rng))
    slots = list(offer)
    if not slots:
        return dict(sorted(state.menu.items()))
    best, best_cost = dict(state.menu), state.cost
    cooling = (_COLD / hot) ** (1 / max(1, moves))
    heat = hot
    for move in range(moves):
        if move % 256 == 0 and stop():
            break
        heat *= cooling
        slot = rng.choice(slots)
        pick = state.menu[slot]
        open_choices = instance.dishes[pick.dish].open
        if rng.random() < 0.3 or not open_choices:
            new = random_pick(instance, offer[slot], rng)
        else:
            component, optional, pieces = rng.choice(open_choices)
            chosen = rng.randrange(-1 if optional else 0, len(pieces))
            servings = list(pick.servings)
            servings[component] = chosen
            new = Pick(pick.dish, tuple(servings))
        if new == pick:
            continue
        before = state.cost
        state.change(slot, new)
        if state.cost > before and rng.random() >= math.exp((before - state.cost) / heat):
            state.undo()
        elif state.cost < best_cost:
            best, best_cost = dict(state.menu), state.cost
            if state.fault <= enough:
                break
    return dict(sorted(best.items()))
