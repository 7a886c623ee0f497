"""Dishes and servings that no menu can have, because a rule could not be met with them.

A branch and bound sees late that a day of two meals and much energy takes the richest dishes: fractions of
them hide it. So each rule that adds something up is asked by itself how far the others let it go, and what
each dish would cost it. Where the rules leave little room, few dishes are left, and an engine is soon done.
So it is with a goal that is to be better than what is known.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.linear import LinearModel, Row
from mealmag.planning.menu import MenuModel
from mealmag.planning.rules import build
from mealmag.planning.solver.proof import Bound
from mealmag.planning.solver.relaxation import DishCost, dish_costs, fold
from mealmag.planning.solver.sifting import sifted

# Rules that add up what all dishes bring: of one day, and of all days.
_OF_A_DAY = frozenset({"energy_band", "minutes", "caffeine", "limits"})
_OF_ALL_DAYS = frozenset({"budget"})
# Rules whose rows for a day alone depend on the week that it is of.
_OF_A_WEEK = frozenset({"groups"})
_ROUNDS = 3
# Reduced costs are read as floats; a share of what is compared that is far beyond their error.
_MARGIN = 1e-6


_Solve = Callable[[LinearModel], Bound | None]


@dataclass(slots=True)
class RuledOut:
    """What no menu of an instance can have under the rules that were looked at.

    `dishes[slot]` are dishes by index, `servings[slot, dish, component]` indices into the servings of that
    choice. `hopeless`: a rule cannot be met at all.
    """

    dishes: dict[Slot, set[int]] = field(default_factory=dict)
    servings: dict[tuple[Slot, int, int], set[int]] = field(default_factory=dict)
    hopeless: bool = False

    def add(
        self, meal: int, costs: Mapping[int, DishCost], room: float, days: Collection[int]
    ) -> bool:
        """Rule out what costs more than there is room for, on each of the days; True where that is news."""
        most = room + _MARGIN * max(1.0, abs(room))
        more = False
        for dish, cost in costs.items():
            for day in days:
                slot = Slot(day, meal)
                if dish in self.dishes.get(slot, ()):
                    continue
                if cost.least > most:
                    self.dishes.setdefault(slot, set()).add(dish)
                    more = True
                    continue
                for component, extra in cost.servings.items():
                    beyond = {i for i, each in enumerate(extra) if cost.least + each > most}
                    if beyond:
                        self.servings.setdefault((slot, dish, component), set()).update(beyond)
        return more

    def close(self, model: MenuModel) -> int:
        """Close all of it in a model; returns how many variables are left open."""
        linear = model.model
        for slot in [*model.free, *model.copies]:
            place = model.copies.get(slot, slot)
            for dish in self.dishes.get(slot, ()):
                variable = model.dish_variables[place].get(dish)
                if variable is None:
                    continue
                linear.upper[variable] = 0
                for component, _, _ in model.instance.dishes[dish].open:
                    for serving in model.serving_variables(place, dish, component):
                        linear.upper[serving] = 0
        for (slot, dish, component), closed in self.servings.items():
            place = model.copies.get(slot, slot)
            if dish in model.dish_variables.get(place, ()):
                variables = model.serving_variables(place, dish, component)
                for index in closed:
                    linear.upper[variables[index]] = 0
        return sum(upper > 0 for upper in linear.upper)


NOTHING = RuledOut()


def ruled_out(
    instance: Instance,
    *,
    relaxed: Collection[str] = (),
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> RuledOut:
    """What no menu can have that follows the hard rules but those `relaxed`; less of it at a stop.

    `seconds` is for each solve.
    """
    out = RuledOut()
    solve = partial(sifted, seconds=seconds, stop=stop)
    kinds = instance.day_kinds()
    for days in kinds:
        slots = [Slot(days[0], meal) for meal in range(instance.meals)]
        for _ in range(_ROUNDS):
            offer = _left(instance, slots, out)
            if not all(offer.values()):
                return RuledOut(hopeless=True)
            alone = build(
                instance,
                slots,
                {},
                goals=(),
                relaxed={*relaxed, *_OF_A_WEEK},
                outward=True,
                offer=offer,
            )
            if not _ask(alone, _OF_A_DAY, out, days, solve):
                break
    if instance.budget is not None and "budget" not in relaxed:
        folded = fold(instance, goals=(), relaxed=relaxed)
        for days in kinds:
            _ask(folded, _OF_ALL_DAYS, out, days, solve)
    return out


def fix(day: MenuModel, limit: int, *, stop: Callable[[], bool] = lambda: False) -> None:
    """Close all with which the objective of a model of one day is more than `limit`: reduced-cost fixing. No
    day that reaches `limit` is lost.

    Nothing is closed without a proof (at a stop, or where the rows cannot hold together).
    """
    least = sifted(day.model, stop=stop)
    if least is None:
        return
    [number] = day.days
    costs = dish_costs(day, number, least.reduced_costs)
    close_beyond(day, costs, float(limit - least.value))


def close_beyond(day: MenuModel, costs: Sequence[Mapping[int, DishCost]], room: float) -> None:
    """Close the dishes and servings of a day that cost more than there is `room` for; `costs` by meal."""
    out = RuledOut()
    for meal, of_meal in enumerate(costs):
        out.add(meal, of_meal, room, day.days)
    out.close(day)


def _left(instance: Instance, slots: Collection[Slot], out: RuledOut) -> Mapping[Slot, list[int]]:
    return {
        slot: [dish for dish in instance.offered(slot) if dish not in out.dishes.get(slot, ())]
        for slot in slots
    }


def _ask(
    model: MenuModel,
    rules: Collection[str],
    out: RuledOut,
    days: Collection[int],
    solve: _Solve,
) -> bool:
    """Ask each row of these rules what the dishes of such `days` would cost it; True where more is out."""
    more = False
    for row in [row for row in model.model.rows if row.rule in rules]:
        for side, sign in ((row.lower, -1), (row.upper, 1)):
            if side is None or out.hopeless:
                continue
            costs = _costs(model, row, sign, sign * side, min(days), solve)
            if costs is None:
                return False
            room, by_meal = costs
            if room < 0:
                out.hopeless = True
            for meal, dishes in enumerate(by_meal):
                more |= out.add(meal, dishes, room, days)
    return more


def _costs(
    model: MenuModel, row: Row, sign: int, limit: int, day: int, solve: _Solve
) -> tuple[float, tuple[Mapping[int, DishCost], ...]] | None:
    """How far beyond the best of the row the limit is, and what of that each dish of the day takes.

    None where the other rows cannot hold together, or at a stop.
    """
    others = replace(
        model.model,
        rows=[each for each in model.model.rows if each is not row],
        objective={
            v: sign * weight for v, weight in zip(row.variables, row.coefficients, strict=True)
        },
    )
    best = solve(others)
    if best is None:
        return None
    room = float(limit - best.value)
    return room, dish_costs(model, day, best.reduced_costs)
