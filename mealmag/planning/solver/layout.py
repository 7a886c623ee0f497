"""A plan of several weeks, laid out one week after the other.

A week is solved as if the plan ended with it, which leaves the last weeks what the first did not want. So
all but the last pay the prices of the folded relaxation in place of their own points: a dish, or room
under a ceiling, that later weeks will miss costs what it is worth to them.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from mealmag.planning.instance import Instance, Menu, Slot
from mealmag.planning.menu import MenuModel, Terms
from mealmag.planning.rules import build
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.relaxation import Relaxation
from mealmag.planning.solver.shortlist import shortlist

_PARTS = 1000  # prices are counted in such parts of a point
_WIDER = (1, 2)  # times the size of the shortlist, where the first holds no menu


def lay_out(
    instance: Instance,
    goal: str,
    held: Mapping[str, int],
    relaxation: Relaxation,
    weeks: Sequence[Sequence[int]],
    *,
    size: int,
    nodes: int,
    draw: random.Random,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Menu | None:
    """A menu for the days of all `weeks`, good in `goal`, with the goals before it held; or None.

    `size` is that of a slot's shortlist, `nodes` limits HiGHS in each week. Nothing is proven here.
    """
    menu: Menu = {}
    for number, week in enumerate(weeks):
        free = [slot for slot in instance.open_slots if slot.day in week]
        last = number == len(weeks) - 1
        for wider in _WIDER:
            if stop():
                return None
            short = shortlist(instance, free, menu, relaxation, wider * size, draw)
            model = build(instance, free, menu, goals=(*held, goal), offer=short.offer)
            for name, value in held.items():
                model.hold(name, value)
            short.narrow(model, {})
            model.model.minimise(
                model.goals[goal] if last else _priced(model, free, goal, relaxation)
            )
            outcome = mathopt.solve(
                model.model,
                "HiGHS",
                nodes=nodes,
                seconds=seconds,
                seed=instance.problem.seed,
                stop=stop,
            )
            if outcome.values is not None:
                menu = model.decode(outcome.values)
                break
        else:
            return None
    return menu


def _priced(model: MenuModel, free: Sequence[Slot], goal: str, relaxation: Relaxation) -> Terms:
    """What the dishes and servings of a week cost the whole plan, and the week's own repetitions."""
    servings = {atom.variable for slot in free for atom in model.atoms[slot]}
    terms = [(v, _PARTS * points) for v, points in model.goals[goal] if v not in servings]
    for slot in free:
        costs = relaxation.cost(slot)
        for dish, variable in model.dish_variables[slot].items():
            cost = costs[dish]
            terms.append((variable, round(_PARTS * cost.least)))
            for component, extra in cost.servings.items():
                each = model.serving_variables(slot, dish, component)
                terms += [(v, round(_PARTS * e)) for v, e in zip(each, extra, strict=True)]
    return terms
