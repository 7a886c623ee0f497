"""How often each dish comes on each kind of day: a folded model whose days are made of whole dishes.

A folded day is the mean of alike days (see `solver.relaxation`), so what it has of a dish or a serving is a
whole number of parts, one for each of those days. A week of five alike days and two becomes two days whose
dishes are counted: a third of the variables, and none of the many orders of alike days that are one menu to
a person. What a plan holds of its dishes is in its counts; what it asks of each day is asked of the mean
alone. So counts that reach a limit are a good guess at a plan that does, and where there are none, there is
no such plan.
"""

from collections.abc import Collection, Mapping, Sequence
from math import lcm

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.menu import MenuModel

Dishes = Mapping[Slot, Collection[int]]


def parts(folded: MenuModel) -> list[int]:
    """For each variable of a folded model how many parts one has.

    What is lacking or too much on a kind of day is a mean of its days, too. What is asked of days of several
    kinds is asked of the plan, and whole, unless leftovers bring a dish into a day of another kind. What is
    in no row with a dish has as many parts as make it whole in any case.
    """
    day_of: dict[int, int] = {}
    for slot, variables in folded.dish_variables.items():
        for k, variable in variables.items():
            servings = (a.variable for each in folded.open_servings(slot, k) for a in each)
            day_of |= dict.fromkeys((variable, *servings), slot.day)
    days: list[set[int]] = [set() for _ in folded.model.lower]
    for variable, day in day_of.items():
        days[variable] = {day}
    for variable, index in folded.auxiliary:
        days[variable] |= {day_of[v] for v in folded.model.rows[index].variables if v in day_of}
    of_any = lcm(*folded.times.values())
    of_plan = 1 if all(c.day == s.day for c, s in folded.copies.items()) else of_any
    return [
        of_any if not fed else of_plan if len(fed) > 1 else folded.times[next(iter(fed))]
        for fed in days
    ]


def dishes_of(folded: MenuModel, values: list[int]) -> Dishes:
    """The dishes that come on a day of each kind, by the slots of the first of its days."""
    return {
        slot: frozenset(k for k, variable in variables.items() if values[variable])
        for slot, variables in folded.dish_variables.items()
    }


def by_meal(instance: Instance, found: Sequence[Dishes]) -> Dishes:
    """For each open slot the dishes that were `found` for its meal on days of any kind, and suit it."""
    of_meal: dict[int, set[int]] = {}
    for each in found:
        for slot, some in each.items():
            of_meal.setdefault(slot.meal, set()).update(some)
    return {
        slot: frozenset(of_meal[slot.meal].intersection(instance.offered(slot)))
        for slot in instance.open_slots
    }
