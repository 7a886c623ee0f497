"""One number for a menu: what engines with one objective minimise, and what all are measured by.

The number reads in three parts: 100 000 for each mg of magnesium short, 1 000 for each percent of a reference
of any other nutrient, 1 for each point; so 1 203 045 is 12 mg, 3 % and 45 points. No engine with one
objective can take "first this, then that" exactly, but at these weights the order holds in practice: what
would pay for 0.1 % is 100 points, and what would pay for 1 mg is a whole reference.

The weighted sum stays below 2^31 for four weeks, once every excess is bounded by the worst menu there is
(`tighten`) instead of by all dishes of the catalogue at once.
"""

import math
from collections.abc import Mapping

from mealmag.planning.instance import Instance
from mealmag.planning.linear import ROW_LIMIT, Row
from mealmag.planning.menu import MenuModel
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, WORST
from mealmag.planning.rules import build

# Per mg, per percent, per point.
WEIGHTS = {MAGNESIUM.name: 100_000, BALANCE.name: 1_000, ENJOYMENT.name: 1}


def parts(instance: Instance) -> dict[str, int]:
    """How many of the model's whole units make one unit (mg, percent, point) of each goal."""
    milligram = instance.scale[instance.nutrient("magnesium_mg")]
    return {MAGNESIUM.name: milligram, BALANCE.name: 10, ENJOYMENT.name: 1}


def weights(instance: Instance) -> dict[str, int]:
    """The weight of one of the model's whole units of each goal."""
    part = parts(instance)
    return {goal: weight // part[goal] for goal, weight in WEIGHTS.items()}


def weigh(instance: Instance, values: Mapping[str, int]) -> int:
    """The weighted sum at the values of all goals, in the model's units."""
    return sum(weight * values[goal] for goal, weight in weights(instance).items())


def whole_model(instance: Instance) -> MenuModel:
    """All slots free, all rules, all goals, and the weighted sum to minimise.

    Raises OverflowError when the sum could leave 31 bits.
    """
    menu_model = build(instance, instance.slots, {}, goals=WEIGHTS)
    tighten(menu_model)
    model = menu_model.model
    model.minimise(
        (variable, weight * coefficient)
        for goal, weight in weights(instance).items()
        for variable, coefficient in menu_model.goals[goal]
    )
    span = sum(weight * model.upper[variable] for variable, weight in model.objective.items())
    if span > ROW_LIMIT:
        raise OverflowError(f"the weighted sum reaches {span}, beyond {ROW_LIMIT}")
    return menu_model


def tighten(menu_model: MenuModel) -> None:
    """Bound shortage and excess of the other nutrients by what repairs their row under the worst menu.

    A slot has one dish, and a component of it one serving: so the worst is a sum over slots, not over all
    dishes of the catalogue. No menu is lost, and every engine with one objective gets the same bounds.
    """
    model = menu_model.model
    tree = _Tree(menu_model)
    counted = {variable for variable, _ in menu_model.goals[BALANCE.name]}
    for row in (row for row in model.rows if row.rule == BALANCE.name):
        for variable, per_unit in zip(row.variables, row.coefficients, strict=True):
            if variable in counted and per_unit > 0:
                worst = (row.lower or 0) - tree.least(row)
                most = max(0, -(-worst // per_unit))
                model.upper[variable] = min(model.upper[variable], most)


class _Tree:
    """Which component, dish and slot each Boolean of a menu belongs to, all by number."""

    def __init__(self, menu_model: MenuModel) -> None:
        self._component: dict[int, int] = {}
        self._dish_of: list[int] = []
        self._slot_of: list[int] = []
        for number, (slot, dishes) in enumerate(menu_model.dish_variables.items()):
            atoms = iter(menu_model.atoms[slot])
            for k in dishes:
                dish = len(self._slot_of)
                self._slot_of.append(number)
                for pieces in (1, *(len(p) for _, _, p in menu_model.instance.dishes[k].open)):
                    for _ in range(pieces):
                        self._component[next(atoms).variable] = len(self._dish_of)
                    self._dish_of.append(dish)

    def least(self, row: Row) -> int:
        """No menu makes the row smaller than this, its shortage variable left out."""
        components: dict[int, int] = {}
        for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
            place = self._component.get(variable)
            if place is not None and coefficient < components.get(place, 0):
                components[place] = coefficient
        dishes: dict[int, int] = {}
        for place, coefficient in components.items():
            dish = self._dish_of[place]
            dishes[dish] = dishes.get(dish, 0) + coefficient
        slots: dict[int, int] = {}
        for dish, coefficient in dishes.items():
            slot = self._slot_of[dish]
            slots[slot] = min(slots.get(slot, 0), coefficient)
        return sum(slots.values())


def proven(instance: Instance, values: Mapping[str, int], bounds: Mapping[str, float]) -> int:
    """What bounds on goals, each proven with the goals before it held, prove about the sum.

    The bound on goal k says nothing of menus that are worse in an earlier goal. So split all menus: those
    as good as ours in every goal but the last cost at least the sum of all bounds; those that are worse
    than ours first in goal k cost at least the bounds before k and one unit more than our value of k.
    The cheapest of these cases holds for every menu. All in the model's whole units.

    The worst-off nutrient is a goal of ours alone, and has no weight; but a menu that is worse in it is
    off in sum by at least as much.
    """
    weight = weights(instance)
    names = list(weight)
    sure = 0
    cases = []
    for goal in names[:-1]:
        cases.append(sure + weight[goal] * (values[goal] + 1))
        sure += weight[goal] * whole(bounds.get(goal, 0.0))
        if goal == MAGNESIUM.name:
            cases.append(sure + weight[BALANCE.name] * (values[WORST.name] + 1))
    last = names[-1]
    return min(*cases, sure + weight[last] * whole(bounds.get(last, 0.0)))


def whole(bound: float) -> int:
    """A bound on a whole number, rounded up; the margin is for an engine's tolerances."""
    return math.ceil(bound - 1e-6 * max(1.0, abs(bound)))
