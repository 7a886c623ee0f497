"""The checker's own count of every goal, from the plan's portions and the catalogue alone."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mealmag.catalogue.dish import Dish
from mealmag.nutrition.food import Food
from mealmag.nutrition.totals import rounded
from mealmag.planning.check_amounts import DayAmounts
from mealmag.planning.check_points import points
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanTarget
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, GOALS, MAGNESIUM, MARGIN, WORST

UNITS = {goal.name: goal.unit for goal in GOALS}
_ABSURD = Decimal(10) ** 20  # beyond what a decimal of 28 digits can round
_ENERGY_MARGIN = Decimal("0.03")


def is_written(amount: Decimal, stated: float) -> bool:
    """Whether `stated` is how `amount` is written: rounded once, to two decimals."""
    return abs(amount) < _ABSURD and rounded(amount) == stated


def goal_faults(
    plan: Plan,
    foods: Mapping[str, Food],
    dishes: Mapping[str, Dish],
    days: Sequence[DayAmounts],
) -> Iterator[tuple[str, str, str]]:
    """(rule, place, message) for each goal whose statement does not hold; `days` are the plan's, counted."""
    if not plan.days or "magnesium_mg" not in plan.targets:
        yield "goals", "plan", "without days and a magnesium target there is nothing to count"
        return
    off = _off(plan, days)
    counted = {
        MAGNESIUM.name: _shortfall(plan, days),
        WORST.name: max(off, default=Decimal(0)),
        BALANCE.name: sum(off, Decimal(0)),
        ENJOYMENT.name: Decimal(sum(points(plan, foods, dishes).values())),
    }
    aimed = plan.certainty.margin_mg if plan.certainty else 0.0
    if aimed:
        counted[MARGIN.name] = _shortfall(plan, days, exact(aimed))
    elif any(goal.name == MARGIN.name for goal in plan.goals):
        yield "goals", MARGIN.name, "the plan aims at no margin"
    order = [goal.name for goal in GOALS if goal.name in counted]
    if [goal.name for goal in plan.goals] != order:
        yield "goals", "plan", f"they are not {', '.join(order)}, each once and in this order"
    stated = {goal.name: goal for goal in plan.goals}
    for name, value in counted.items():
        goal = stated.get(name)
        if goal is None:
            yield "goals", name, "the plan does not state it"
        elif not is_written(value, goal.value):
            yield "goals", name, f"it is {value}, not {goal.value}"
    yield from _proofs(plan)


def _proofs(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Bound, gap, unit and status of each goal that is stated, known or not."""
    for goal in plan.goals:
        if not 0 <= goal.bound <= goal.value:
            yield "goals", goal.name, "its bound is not between 0 and its value"
        elif goal.gap != round((goal.value - goal.bound) / max(goal.value, 1.0), 4):
            yield "goals", goal.name, "its gap is not that between value and bound"
        if goal.unit != UNITS.get(goal.name):
            yield "goals", goal.name, "its unit is another"
        if (goal.status == "optimal") != (goal.bound == goal.value):
            yield "goals", goal.name, "its status and its gap contradict each other"


def _shortfall(plan: Plan, days: Sequence[DayAmounts], margin_mg: Decimal = Decimal(0)) -> Decimal:
    """Magnesium below the target with this margin, summed over the days."""
    floor = exact(plan.targets["magnesium_mg"].floor or 0) + margin_mg
    amounts = [day.whole("magnesium_mg") for day in days]
    return sum((max(Decimal(0), floor - amount) for amount in amounts), Decimal(0))


def _off(plan: Plan, days: Sequence[DayAmounts]) -> list[Decimal]:
    """Of each nutrient: percent of reference, summed over the days.

    What holds for the mean weighs as many days.
    """
    found = []
    for key, target in plan.targets.items():
        if key == "magnesium_mg":
            continue
        daily = [day.whole(key) for day in days]
        most = [day.most(key, target.ceiling or 0) for day in days]
        mean = sum(daily, Decimal(0)) / len(daily)
        if key == "energy_kcal":
            middle = (exact(target.floor or 0) + exact(target.ceiling or 0)) / 2
            off = abs(mean - middle) / middle - _ENERGY_MARGIN if middle else Decimal(0)
            whole = len(daily) * 100 * max(Decimal(0), off)
        elif target.per == "day":
            whole = sum(
                (_outside(low, high, target) for low, high in zip(daily, most, strict=True)),
                Decimal(0),
            )
        else:
            high = sum(most, Decimal(0)) / len(most)
            whole = len(daily) * _outside(mean, high, target)
        found.append(whole)
    return found


def _outside(low: Decimal, high: Decimal, target: PlanTarget) -> Decimal:
    """Both sides count: what is unknown may leave a nutrient short and over at once."""
    off = Decimal(0)
    if target.floor and low < exact(target.floor):
        off += 100 - 100 * low / exact(target.floor)
    if target.ceiling and high > exact(target.ceiling):
        off += 100 * high / exact(target.ceiling) - 100
    return off
