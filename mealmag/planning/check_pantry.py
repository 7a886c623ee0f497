"""The checker's own look at what is at home: how much of it the plan uses in time, and what it leaves."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mealmag.nutrition.food import Food
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanPantry
from mealmag.planning.rulebook import POINTS

Fault = tuple[str, str, str]  # rule, place, message


def pantry_faults(plan: Plan, foods: Mapping[str, Food]) -> Iterator[Fault]:
    """What the plan states of the pantry and does not hold."""
    seen: set[str] = set()
    for stock in plan.pantry:
        food = foods.get(stock.food)
        if food is None:
            yield "catalogue", "pantry", f"the food {stock.food} is not in the catalogue"
        elif stock.name != food.name_en:
            yield "pantry", stock.food, f"it is called {food.name_en}"
        if stock.food in seen:
            yield "pantry", stock.food, "it stands there twice"
        seen.add(stock.food)
        there = exact(stock.grams)
        used = min(there, sum((grams for _, grams in _served(plan, stock)), Decimal(0)))
        for what, stated, right in (
            ("used_g", stock.used_g, used),
            ("left_g", stock.left_g, there - used),
        ):
            if exact(stated) != right:
                yield "pantry", stock.food, f"{what} is {right}, not {stated}"


def pantry_points(plan: Plan) -> int:
    """How often the weight of the pantry is paid: three times for what would spoil within the plan."""
    unused = [stock for stock in plan.pantry if not list(_served(plan, stock))]
    return sum(POINTS.spoiling if _spoils(plan, stock) else 1 for stock in unused)


def _spoils(plan: Plan, stock: PlanPantry) -> bool:
    return stock.best_before is not None and stock.best_before <= plan.days[-1].date


def _served(plan: Plan, stock: PlanPantry) -> Iterator[tuple[date, Decimal]]:
    """Day of cooking and grams of each portion of it that is cooked in time."""
    for day in plan.days:
        for meal in day.meals:
            cooked = meal.leftover_of or day.date
            if meal.is_settled or (stock.best_before is not None and cooked > stock.best_before):
                continue
            for portion in meal.portions:
                if portion.food.partition("+")[0] == stock.food:
                    yield cooked, exact(portion.grams)
