"""The day that lacks least magnesium by itself, proven by HiGHS in a fraction of what all dishes take it.

The relaxation says what each dish would cost. A day over the cheapest few, of those alike the richest in
magnesium, is soon found, and nearly always the best; then all is closed with which no day can be as good,
and what is left is little to search.
"""

import math
from collections.abc import Callable

from mealmag.planning.instance import Instance
from mealmag.planning.menu import MenuModel
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import dish_costs
from mealmag.planning.solver.ruled_out import close_beyond
from mealmag.planning.solver.sifting import sifted

_FEW = 8  # dishes of each slot in the first look


def best_day(
    day: MenuModel,
    *,
    nodes: int | None = None,
    seconds: float | None = None,
    seed: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Minimise the objective, a shortfall of magnesium, of a model of one day; what cannot be in a better day
    is closed in it.

    `nodes` and `seconds` limit each of the two solves. The outcome is as HiGHS gives it, of all dishes.
    """

    def solve() -> Outcome:
        return mathopt.solve(day.model, "HiGHS", nodes=nodes, seconds=seconds, seed=seed, stop=stop)

    least = sifted(day.model, stop=stop)
    if least is None:
        return solve()
    [number] = day.days
    costs = dish_costs(day, number, least.reduced_costs)
    open_ones = list(day.model.upper)
    for slot, of_slot in zip(day.slots_of(number), costs, strict=True):
        rank = {k: (cost.least, -_mg_per_kcal(day.instance, k)) for k, cost in of_slot.items()}
        for dish in sorted(rank, key=rank.__getitem__)[_FEW:]:
            day.model.upper[day.dish_variables[slot][dish]] = 0
    first = solve()
    day.model.upper[:] = open_ones
    if first.objective is None:
        return solve()
    bound = math.ceil(least.value)
    if first.objective <= bound:
        return Outcome(Status.OPTIMAL, first.values, first.objective, bound)
    close_beyond(day, costs, float(first.objective - least.value))
    return solve()


def _mg_per_kcal(instance: Instance, dish: int) -> float:
    """The magnesium of a dish for its energy, with the most of each choice."""
    always, choices = instance.dishes[dish].always, instance.dishes[dish].open

    def most(nutrient: str) -> float:
        n = instance.nutrient(nutrient)
        whole = always.low[n] + sum(max(p.low[n] for p in pieces) for _, _, pieces in choices)
        return whole / instance.scale[n]

    return most("magnesium_mg") / max(1.0, most("energy_kcal"))
