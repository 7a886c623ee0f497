"""One number for engines that take one objective, and what our goal bounds prove about it.

The weights rank the goals in practice: 1 mg of magnesium weighs as much as 100 % of a reference of any
other nutrient, and 0.1 % of a reference as much as 200 points. They are small enough to keep the objective
below 2^31 for a week of any person.
"""

import math
from collections.abc import Mapping

from mealmag.planning.instance import Instance
from mealmag.planning.linear import ROW_LIMIT
from mealmag.planning.menu import MenuModel
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM
from mealmag.planning.rules import build

# Per unit of the model: 0.001 mg, 0.1 % of a reference, 1 point.
WEIGHTS = {MAGNESIUM.name: 200, BALANCE.name: 200, ENJOYMENT.name: 1}


def weigh(values: Mapping[str, int]) -> int:
    """The weighted sum at the values of all goals, in the model's units."""
    return sum(weight * values[goal] for goal, weight in WEIGHTS.items())


def whole_model(instance: Instance) -> MenuModel:
    """All slots free, all rules, all goals, and the weighted sum to minimise.

    Raises OverflowError when the sum could leave 31 bits.
    """
    menu_model = build(instance, instance.slots, {})
    model = menu_model.model
    model.minimise(
        (variable, weight * coefficient)
        for goal, weight in WEIGHTS.items()
        for variable, coefficient in menu_model.goals[goal]
    )
    span = sum(weight * model.upper[variable] for variable, weight in model.objective.items())
    if span > ROW_LIMIT:
        raise OverflowError(f"the weighted sum reaches {span}, beyond {ROW_LIMIT}")
    return menu_model


def proven(values: Mapping[str, int], bounds: Mapping[str, float]) -> int:
    """What bounds on goals, each proven with the goals before it held, prove about the sum.

    The bound on goal k says nothing of menus that are worse in an earlier goal. So split all menus: those
    as good as ours in every goal but the last cost at least the sum of all bounds; those that are worse
    than ours first in goal k cost at least the bounds before k and one unit more than our value of k.
    The cheapest of these cases holds for every menu.
    """
    names = list(WEIGHTS)
    sure = 0
    cases = []
    for goal in names[:-1]:
        cases.append(sure + WEIGHTS[goal] * (values[goal] + 1))
        sure += WEIGHTS[goal] * whole(bounds[goal])
    return min(*cases, sure + WEIGHTS[names[-1]] * whole(bounds[names[-1]]))


def whole(bound: float) -> int:
    """A bound on a whole number, rounded up; the margin is for an engine's tolerances."""
    return math.ceil(bound - 1e-6 * max(1.0, abs(bound)))
