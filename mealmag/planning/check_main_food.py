"""The checker's own count of main foods, from the portions as they stand."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.food import Food
from mealmag.nutrition.main_food import main_food
from mealmag.planning.check_meals import Fault
from mealmag.planning.exact import exact
from mealmag.planning.plan import Plan, PlanMeal

_RULE = "main_food"


def main_food_faults(plan: Plan, foods: Mapping[str, Food]) -> Iterator[Fault]:
    """Main foods twice on a day, at two dinners in a row, or too often; leftovers are meant to be again."""
    most = plan.rules.max_main_food
    if most is None:
        return
    if len(plan.days) > 7:
        most = -(-most * len(plan.days) // 7)
    meals: Counter[str] = Counter()
    dinners = {}
    for day in plan.days:
        today: Counter[str] = Counter()
        for meal in day.meals:
            if meal.meal in (Meal.LUNCH, Meal.DINNER) and meal.is_cooked:
                mains = _mains(meal, foods)
                today.update(mains)
                if meal.meal == Meal.DINNER:
                    dinners[day.date] = mains
        meals.update(today)
        for main, times in today.items():
            if times > 1:
                yield _RULE, str(day.date), f"{main} comes at lunch and at dinner"
        before = dinners.get(day.date - timedelta(days=1), set())
        for main in sorted(before & dinners.get(day.date, set())):
            yield _RULE, str(day.date), f"{main} was the dinner of the day before"
    for main, times in sorted(meals.items()):
        if times > most:
            yield _RULE, main, f"it comes {times} times, where {most} are allowed"


def _mains(meal: PlanMeal, foods: Mapping[str, Food]) -> set[str]:
    known = [(foods[p.food], exact(p.grams)) for p in meal.portions if p.food in foods]
    return {main for food, grams in known if (main := main_food(food, grams))}
