"""What is at home, on its way into a problem and out of a plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mealmag.catalogue.pantry import AtHome
from mealmag.nutrition.food import Food
from mealmag.nutrition.totals import rounded
from mealmag.planning.candidates import bought_foods
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanDay, PlanPantry
from mealmag.planning.problem import DishChoice, PantryFood, PlanningProblem
from mealmag.services.catalogue import Catalogue


def usable(
    pantry: Iterable[AtHome], dishes: Iterable[DishChoice], first: date
) -> tuple[PantryFood, ...]:
    """What is good on the first day and in some dish; what spoils first comes first."""
    pantry = list(pantry)
    served = bought_foods(dishes) if pantry else set()
    return tuple(
        PantryFood(food=each.food, grams=each.grams, best_before=each.best_before)
        for each in sorted(pantry, key=lambda each: (each.best_before or date.max, each.food))
        if each.food in served and not _is_spoiled(each, first)
    )


def warnings(pantry: Iterable[AtHome], problem: PlanningProblem) -> Iterator[str]:
    """What of the pantry was not planned with, and why."""
    pantry = list(pantry)
    first, served = problem.days[0], bought_foods(problem.dishes) if pantry else set()
    for each in pantry:
        if _is_spoiled(each, first):
            yield f"Pantry: {each.food} was good until {each.best_before}; it is not planned with."
        elif each.food not in served:
            yield f"Pantry: no dish that you may have, as these meals are, uses {each.food}."


def pantry_of_plan(
    problem: PlanningProblem, days: Sequence[PlanDay], foods: Mapping[str, Food]
) -> list[PlanPantry]:
    """How much of what is at home the meals use in time, and what is left."""
    found = []
    for stock in problem.pantry:
        needed = sum(
            (
                exact(portion.grams)
                for day in days
                for meal in day.meals
                if not meal.is_settled
                and (meal.leftover_of or day.date) <= (stock.best_before or date.max)
                for portion in meal.portions
                if foods[portion.food].bought_id == stock.food
            ),
            Decimal(0),
        )
        used = min(stock.grams, needed)
        found.append(
            PlanPantry(
                food=stock.food,
                name=foods[stock.food].name_en,
                grams=rounded(stock.grams),
                best_before=stock.best_before,
                used_g=rounded(used),
                left_g=rounded(stock.grams - used),
            )
        )
    return found


def with_pantry_of(plan: Plan, catalogue: Catalogue) -> Catalogue:
    """The catalogue with what was at home when the plan was made."""
    pantry = {
        stock.food: AtHome(stock.food, exact(stock.grams), stock.best_before)
        for stock in plan.pantry
    }
    return replace(catalogue, pantry=pantry)


def _is_spoiled(each: AtHome, first: date) -> bool:
    return each.best_before is not None and each.best_before < first
