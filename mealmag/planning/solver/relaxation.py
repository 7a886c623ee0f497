"""A bound on a goal for the whole plan, and what every dish would cost beyond it: the folded relaxation.

Days with the same minutes are alike in every rule but those on neighbouring days, and on groups in each
week of several. Without the first, and with the weeks taken together, the mean of a relaxed solution over
all orders of alike days is a relaxed solution too, and no worse. So one day of each kind, counted as often
as it comes, has the same optimum as the whole plan: a week shrinks to two days, four weeks to the same two.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from mealmag.planning.instance import Instance, Pick, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.rules import build
from mealmag.planning.solver.sifting import sifted

# Share of the bound that is given away to the engine's tolerances; goals are whole numbers.
_MARGIN = 1e-3


@dataclass(frozen=True, slots=True)
class DishCost:
    """What a dish in a slot adds to the optimum at least, and what each serving of an open choice adds to
    that. Zero is what the relaxation would as soon take as any."""

    least: float
    servings: Mapping[int, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The optimum of the goal in its whole units, and `costs[day][meal][dish]`; both hold exactly."""

    optimum: Fraction
    costs: tuple[tuple[Mapping[int, DishCost], ...], ...]

    @property
    def bound(self) -> int:
        """The least whole number that the goal can reach."""
        return max(0, math.ceil(self.optimum))

    def room(self, limit: int) -> float:
        """What a dish may cost at most in a menu that reaches `limit`."""
        return limit + _MARGIN * max(1, limit) - float(self.optimum)

    def cost(self, slot: Slot) -> Mapping[int, DishCost]:
        """The cost of each dish in this slot."""
        return self.costs[slot.day][slot.meal]


def rounded_up(bound: float) -> int:
    """The least whole number that is not under `bound`, tolerances aside."""
    return math.ceil(bound - _MARGIN * max(1.0, abs(bound)))


def fold(
    instance: Instance,
    *,
    goals: Collection[str],
    relaxed: Collection[str] = (),
    offer: Mapping[Slot, Collection[int]] | None = None,
) -> MenuModel:
    """One day of each kind for all of them; rounded outward, so that what it rules out is out."""
    times = {days[0]: len(days) for days in instance.day_kinds()}
    free = [Slot(day, meal) for day in times for meal in range(instance.meals)]
    return build(
        instance, free, {}, goals=goals, relaxed=relaxed, outward=True, offer=offer, times=times
    )


def relax(
    instance: Instance,
    goal: str,
    held: Mapping[str, int],
    *,
    relaxed: Collection[str] = (),
    menu: Mapping[Slot, Pick] = MappingProxyType({}),
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Relaxation | None:
    """The relaxation of `goal` with the goals before it held at these values; None without a proof.

    Rules named in `relaxed` are left out. A `menu` that is known is where it begins, and saves it rounds.
    """
    folded = fold(instance, goals=(*held, goal), relaxed=relaxed)
    folded.pursue(goal, held)
    return solved(folded, menu, seconds=seconds, stop=stop)


def solved(
    folded: MenuModel,
    menu: Mapping[Slot, Pick] = MappingProxyType({}),
    *,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Relaxation | None:
    """The relaxation of a folded model's objective; None without a proof."""
    instance = folded.instance
    first = instance.first_alike()
    known = {
        folded.dish_variables.get(Slot(first[slot.day], slot.meal), {}).get(pick.dish)
        for slot, pick in menu.items()
    }
    begin = sorted(variable for variable in known if variable is not None)
    proven = sifted(folded.model, begin, seconds=seconds, stop=stop)
    if proven is None:
        return None
    made = {day: dish_costs(folded, day, proven.reduced_costs) for day in folded.times}
    return Relaxation(proven.value, tuple(made[first[day]] for day in range(instance.days)))


def dish_costs(
    folded: MenuModel, day: int, reduced_costs: list[float]
) -> tuple[Mapping[int, DishCost], ...]:
    """Reduced costs of the whole dishes of each meal: of a dish and the cheapest serving of each choice.

    A dish on one of `times` alike days is a share of the folded variable, and so of its reduced cost.
    """
    times = folded.times[day]
    by_meal = []
    for slot in folded.slots_of(day):
        costs = {}
        for k, variable in folded.dish_variables.get(slot, {}).items():
            least = reduced_costs[variable]
            servings = {}
            for component, optional, _ in folded.instance.dishes[k].open:
                each = [reduced_costs[v] for v in folded.serving_variables(slot, k, component)]
                cheapest = min(0.0, *each) if optional else min(each)
                least += cheapest
                servings[component] = tuple((cost - cheapest) / times for cost in each)
            costs[k] = DishCost(max(0.0, least) / times, servings)
        by_meal.append(costs)
    return tuple(by_meal)
