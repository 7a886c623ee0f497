"""Small changes of a menu, and how a menu that breaks rules is repaired by them.

Shared by the simple engines (greedy, random, genetic), so that they differ in their idea alone.
"""

import random
from collections.abc import Callable, Iterator

from benchmarks.counting import Count, MenuCounter
from mealmag.planning.instance import Instance, Menu, Pick, Slot

_DISHES_TRIED = 12
_MOST_REPAIRS = 400


def usual(instance: Instance, dish: int, *, leave_out: bool) -> Pick:
    """The dish as it is usually served: the first food of each choice in its usual amount."""
    servings = []
    for component in instance.problem.dishes[dish].components:
        if leave_out and component.optional:
            servings.append(-1)
        else:
            steps = [serving.steps for serving in component.servings]
            servings.append(steps.index(min(steps)))
    return Pick(dish, tuple(servings))


def other_serving(instance: Instance, pick: Pick, rng: random.Random) -> Pick:
    """The same dish with one of its choices changed; the pick itself where it has none."""
    choices = instance.dishes[pick.dish].open
    if not choices:
        return pick
    component, optional, pieces = rng.choice(choices)
    servings = list(pick.servings)
    servings[component] = rng.randrange(-1 if optional else 0, len(pieces))
    return Pick(pick.dish, tuple(servings))


def other_dish(instance: Instance, slot: Slot, rng: random.Random) -> Pick:
    """Another dish for the slot, as it is usually served."""
    dish = rng.choice(instance.offered(slot))
    return usual(instance, dish, leave_out=rng.random() < 0.5)


def neighbours(instance: Instance, slot: Slot, pick: Pick, rng: random.Random) -> Iterator[Pick]:
    """Every single change of the servings, and some other dishes drawn at random."""
    for component, optional, pieces in instance.dishes[pick.dish].open:
        for chosen in range(-1 if optional else 0, len(pieces)):
            servings = list(pick.servings)
            servings[component] = chosen
            yield Pick(pick.dish, tuple(servings))
    for _ in range(_DISHES_TRIED):
        yield other_dish(instance, slot, rng)


def repair(
    counter: MenuCounter,
    menu: Menu,
    rng: random.Random,
    *,
    rank: Callable[[Count, Pick], tuple[float, float]],
    out_of_time: Callable[[], bool],
) -> Menu:
    """Change one slot after the other to what `rank` likes best, until no rule is broken.

    `rank` says how good a menu with this pick would be; lower is better, and what is broken comes first.
    Where nothing helps, another dish is put in, so that the next round sees something new.
    """
    instance = counter.instance
    menu = dict(menu)
    for _ in range(_MOST_REPAIRS):
        if counter.count(menu).broken == 0 or out_of_time():
            break
        slot = rng.choice(instance.slots)
        before = menu[slot]
        tries = {
            pick: rank(counter.count(menu | {slot: pick}), pick)
            for pick in neighbours(instance, slot, before, rng)
        }
        best = min(tries, key=lambda pick: tries[pick], default=before)
        menu[slot] = best if best != before else other_dish(instance, slot, rng)
    return menu
