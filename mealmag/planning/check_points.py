"""The checker's own count of the third goal: the points of each part of it, by its name in `Weights`."""

from collections import Counter
from collections.abc import Mapping

from mealmag.catalogue.dish import Component, Dish
from mealmag.nutrition.food import Food
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanMeal, PlanPortion
from mealmag.planning.rulebook import POINTS


def points(plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> dict[str, int]:
    """The points of the plan; `dishes` in the amounts for its person's appetite."""
    weights = plan.rules.weights.model_dump()
    times = {
        "dish_again": _beyond(Counter(meal.dish for meal in _meals(plan)), 1),
        **_repetition(plan, foods),
        "group_missing": _missing(plan, foods),
        **_servings(plan, foods, dishes),
    }
    return {name: weights[name] * times[name] for name in times}


def _meals(plan: Plan) -> list[PlanMeal]:
    return [meal for day in plan.days for meal in day.meals]


def _beyond(uses: Counter[str], most: int) -> int:
    return sum(max(0, n - most) for n in uses.values())


def _repetition(plan: Plan, foods: Mapping[str, Food]) -> dict[str, int]:
    week: Counter[str] = Counter()
    twice = 0
    for day in plan.days:
        served = Counter(
            portion.food
            for meal in day.meals
            for portion in meal.portions
            if foods[portion.food].group not in POINTS.staples
        )
        twice += _beyond(served, 1)
        week += served
    return {"food_often": _beyond(week, POINTS.often(len(plan.days))), "food_twice_a_day": twice}


def _missing(plan: Plan, foods: Mapping[str, Food]) -> int:
    missing = 0
    for day in plan.days:
        groups = {foods[p.food].group for meal in day.meals for p in meal.portions}
        missing += sum(groups.isdisjoint(wanted) for wanted in POINTS.daily_groups)
    return missing


def _servings(plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> dict[str, int]:
    trips = off = 0
    for meal in _meals(plan):
        off += _steps(meal, dishes[meal.dish])
        trips += sum(POINTS.by_everyday[foods[p.food].everyday - 1] for p in meal.portions)
    return {"special_trip": trips, "off_usual_amount": off}


def _steps(meal: PlanMeal, dish: Dish) -> int:
    """The fewest steps off the usual amounts by which these portions make this dish."""
    return _fewest(list(dish.components), meal.portions) or 0


def _fewest(components: list[Component], portions: list[PlanPortion]) -> int | None:
    """None where the portions do not make the components, one each, optional ones aside."""
    if not components:
        return None if portions else 0
    first, rest = components[0], components[1:]
    ways = [_fewest(rest, portions)] if first.optional else []
    for serving, step in zip(first.servings, first.steps, strict=True):
        if portions and (serving.food, serving.grams) == (
            portions[0].food,
            exact(portions[0].grams),
        ):
            after = _fewest(rest, portions[1:])
            ways.append(None if after is None else after + step)
    return min((way for way in ways if way is not None), default=None)
