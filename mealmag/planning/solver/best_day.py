"""The best day there is by itself, proven by HiGHS, in a fraction of what the whole day takes it.

The relaxation says what each dish would cost. A day over the cheapest few is soon found, and nearly always
the best; then all is closed with which no day can be as good, and what is left is little to search.
"""

import math
from collections.abc import Callable

from mealmag.planning.menu import MenuModel
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import dish_costs
from mealmag.planning.solver.ruled_out import RuledOut
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
    """Minimise the objective of a model of one day; what cannot be in a better day is closed in it.

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
        for dish in sorted(of_slot, key=lambda k: (of_slot[k].least, k))[_FEW:]:
            day.model.upper[day.dish_variables[slot][dish]] = 0
    first = solve()
    day.model.upper[:] = open_ones
    if first.objective is None:
        return solve()
    bound = math.ceil(least.value)
    if first.objective <= bound:
        return Outcome(Status.OPTIMAL, first.values, first.objective, bound)
    out = RuledOut()
    for meal, of_meal in enumerate(costs):
        out.add(meal, of_meal, float(first.objective - least.value), [number])
    out.close(day)
    return solve()
