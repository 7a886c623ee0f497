"""Enough meals are of other dishes than in each plan that this one must differ from.

Counted over all days: however often a dish of that plan comes, and whenever, each meal of it is one.
"""

from typing import NamedTuple

from mealmag.planning.instance import Instance
from mealmag.planning.menu import MenuModel


class Known(NamedTuple):
    """The dishes of an earlier plan by index, and in how many cooked meals of all days they may come."""

    dishes: frozenset[int]
    most: int


def known(instance: Instance) -> list[Known]:
    """What is asked of each earlier plan; its dishes that are not in this problem cannot come."""
    index = {dish.id: k for k, dish in enumerate(instance.problem.dishes)}
    meals = instance.days * instance.meals - len(instance.settled) - len(instance.copies)
    return [
        Known(
            frozenset(index[dish] for dish in other.dishes if dish in index), meals - other.differ
        )
        for other in instance.problem.rules.otherwise
    ]


def post(menu: MenuModel) -> None:
    """One row for each earlier plan. Days that are not covered may be of other dishes in all their meals."""
    plans = known(menu.instance)
    if not plans:
        return
    uses = menu.dish_uses(menu.days, range(menu.instance.meals))
    for plan in plans:
        served = [uses[dish] for dish in sorted(plan.dishes & uses.keys())]
        terms = [term for terms, _ in served for term in terms]
        constant = sum(constant for _, constant in served)
        if terms or constant > plan.most:
            menu.model.add(terms, upper=plan.most - constant, rule="otherwise")
