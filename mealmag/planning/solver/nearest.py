"""The nearest menu: as few other dishes as can be, then as few other servings, by CP-SAT.

HiGHS is as fast on most of these small models, but not at worst, and has no limit that holds at once.
"""

import random
from collections.abc import Callable, Collection, Mapping, Sequence

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rules import build, follows, goals_of
from mealmag.planning.solver import cpsat
from mealmag.planning.solver.shortlist import any_dishes

_DISH, _SERVING = 10, 1
# Deterministic time. Other amounts for a day or two: the most are solved to the end in that. Where a menu is
# known, what was found by then is taken.
_AMOUNTS, _BETWEEN = 0.05, 0.02
_WORK, _OFFERED = 4.0, 16


def nearest(
    instance: Instance,
    menu: Menu,
    offer: Mapping[Slot, Collection[int]],
    most: Sequence[int],
    *,
    asked: Collection[Slot] = (),
    known: Menu | None = None,
) -> Menu | None:
    """The menu nearest to `menu` whose goals but the last are `most` at the most.

    Only the slots of `offer` change, and to its dishes alone; how far those go that were `asked` to does not
    count. Where such a menu is `known`, dishes that are not of `menu` are served as there, or with less of
    what may be left out. A handful of slots and dishes is looked over in less than a tenth of a second.
    None where there is no such menu, or none was found that soon.
    """
    goals = goals_of(instance)[:-1]
    others = {slot: pick for slot, pick in menu.items() if slot not in offer}
    model = build(instance, list(offer), others, goals=goals, offer=offer)
    for goal, value in zip(goals, most, strict=True):
        model.hold(goal, value)
    if known is not None:
        _serve_as(model, known, menu)
    model.model.minimise(_moved(model, menu, asked))
    # Told the known menu as a hint, CP-SAT comes less far.
    work = _AMOUNTS if known is None else _BETWEEN
    outcome = cpsat.solve(model.model, cpsat.Limits(work, seed=instance.problem.seed))
    return None if outcome.values is None else model.decode(outcome.values)


def mended(
    instance: Instance,
    menu: Menu,
    offer: Mapping[Slot, Sequence[int]],
    *,
    locked: frozenset[Slot] = frozenset(),
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu that follows the rules, with a dish of `offer` in each of its slots, and the rest of `menu` as
    far as it can stay: for a change that local search finds no menu for.

    None where none was found; that is no proof. Slots that are `locked` never change.
    """
    free = [slot for slot in instance.open_slots if slot not in locked]
    draw = random.Random(instance.problem.seed)
    drawn = any_dishes(instance, free, menu, _OFFERED, draw)
    model = build(instance, free, menu, goals=(), offer={**drawn, **offer})
    model.model.minimise(_moved(model, menu, offer))
    outcome = cpsat.solve(
        model.model, cpsat.Limits(_WORK, workers=8, seed=instance.problem.seed), stop=stop
    )
    if outcome.values is None:
        return None
    found = model.decode(outcome.values)
    return found if follows(instance, found) else None


def _serve_as(model: MenuModel, known: Menu, menu: Menu) -> None:
    """Close the servings of dishes of `known` but those that it has, where `menu` has another dish."""
    for slot in model.free:
        pick = known[slot]
        if pick.dish == menu[slot].dish:
            continue
        for component, _, _ in model.instance.dishes[pick.dish].open:
            servings = model.serving_variables(slot, pick.dish, component)
            for index, variable in enumerate(servings):
                if index != pick.servings[component]:
                    model.model.upper[variable] = 0


def _moved(model: MenuModel, menu: Menu, asked: Collection[Slot]) -> Terms:
    """What is otherwise than in `menu`, but for the slots that were asked to be."""
    moved: Terms = []
    for slot in model.free:
        if slot in asked:
            continue
        pick, dishes = menu[slot], model.dish_variables[slot]
        moved += [(variable, _DISH) for dish, variable in dishes.items() if dish != pick.dish]
        if pick.dish not in dishes:
            continue
        for component, _, _ in model.instance.dishes[pick.dish].open:
            servings = model.serving_variables(slot, pick.dish, component)
            chosen = pick.servings[component]
            if chosen < 0:
                moved += [(variable, _SERVING) for variable in servings]
            else:  # left out is otherwise, too
                moved += [(dishes[pick.dish], _SERVING), (servings[chosen], -_SERVING)]
    return moved
