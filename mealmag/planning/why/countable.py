"""What no sum can be made of, so that it is told with its field instead of failing on the way."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from mealmag.catalogue.dish import Dish
from mealmag.errors import DataProblem
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import keys_of
from mealmag.planning.plan import Plan, PlanDay
from mealmag.planning.why.served import made, portions

_MOST_GRAMS, _MOST = (
    10_000,
    1_000_000,
)  # of a portion, and of any bound; beyond it is no plan of ours


def uncountable(
    plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish], name: str
) -> Iterator[DataProblem]:
    """Days that are none, targets that are missing, and what the catalogue does not have."""
    dates = [day.date for day in plan.days]
    if not dates or any((after - before).days != 1 for before, after in pairwise(dates)):
        yield DataProblem(name, None, "days", "there are none, or they do not follow one another.")
    yield from _targets(plan, keys_of(food.nutrients for food in foods.values()), name)
    for index, day in enumerate(plan.days):
        yield from _day(day, foods, dishes, name, f"days.{index}")


def _targets(plan: Plan, known: Collection[str], name: str) -> Iterator[DataProblem]:
    for key in ("magnesium_mg", "energy_kcal"):
        if key not in plan.targets or plan.targets[key].floor is None:
            yield DataProblem(name, None, f"targets.{key}", "there is no floor to count with.")
    for key, target in plan.targets.items():
        if key not in known:
            yield DataProblem(
                name, None, f"targets.{key}", "no food of the catalogue tells of this nutrient."
            )
        for bound in (target.floor, target.ceiling):
            if bound is not None and not 0 < bound <= _MOST:
                yield DataProblem(name, None, f"targets.{key}", f"{bound:g} is no bound.")


def _day(
    day: PlanDay, foods: Mapping[str, Food], dishes: Mapping[str, Dish], name: str, place: str
) -> Iterator[DataProblem]:
    for meal in made(day):
        if meal.dish not in dishes:
            words = f"the dish {meal.dish} is not in the catalogue."
            yield DataProblem(name, None, f"{place}.{meal.meal}", words)
    for meal, portion in portions(day):
        if portion.food not in foods:
            words = f"the food {portion.food} is not in the catalogue."
            yield DataProblem(name, None, f"{place}.{meal.meal}", words)
        elif not 0 < portion.grams <= _MOST_GRAMS:
            words = f"{portion.grams:g} g of {portion.food} is no portion."
            yield DataProblem(name, None, f"{place}.{meal.meal}", words)
