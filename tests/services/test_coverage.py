"""For every eater: enough dishes of every meal, and a week that reaches the magnesium target.

`pytest tests/services/test_coverage.py -s` prints the tables.
"""

from collections import Counter
from datetime import date

import pytest

from mealmag.catalogue.dish import Dish, Meal
from mealmag.planning.problem import Effort
from mealmag.services.catalogue import load_catalogue
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.services.plan_progress import PlanProgress
from mealmag.storage.profile import Profile
from tests.catalogue.eaters import EATERS, Eater, may_have

CATALOGUE = load_catalogue()
AT_LEAST = {Meal.BREAKFAST: 10, Meal.LUNCH: 10, Meal.DINNER: 10, Meal.SNACK: 8}


def has_dish(dish: Dish, eater: Eater) -> bool:
    return all(
        part.optional or any(may_have(CATALOGUE.foods[one.food], eater) for one in part.servings)
        for part in dish.components
    )


def counts(eater: Eater) -> Counter[Meal]:
    return Counter(
        meal for dish in CATALOGUE.dishes.values() if has_dish(dish, eater) for meal in dish.meals
    )


@pytest.mark.parametrize("name", EATERS)
def test_enough_dishes_of_every_meal(name: str) -> None:
    found = counts(EATERS[name])
    print(f"\n{name:<22}" + "".join(f"{meal} {found[meal]:>3}   " for meal in Meal), end="")
    for meal, least in AT_LEAST.items():
        assert found[meal] >= least, f"{name}: {found[meal]} for {meal}"


@pytest.mark.parametrize("name", EATERS)
def test_a_week_at_1800_kcal_reaches_the_target_of_a_man_or_it_is_proven_that_none_does(
    name: str,
) -> None:
    """420 mg, the highest RDA of adults, within the energy of a small woman."""
    diet, allergens, groups = EATERS[name]
    profile = Profile.model_validate(
        {
            "person": {"sex": "male", "age": 45, "energy_kcal": 1800},
            "diet": {
                "kind": diet,
                "avoid_allergens": sorted(allergens),
                "dislikes": sorted(groups),
            },
        }
    )
    magnesium_is_settled = False

    def listen(progress: PlanProgress) -> None:
        """The goals after the first are none of this test's."""
        nonlocal magnesium_is_settled
        settled = progress.goal != "magnesium_shortfall" or progress.incumbent == 0
        magnesium_is_settled = magnesium_is_settled or settled

    plan = plan_week(
        PlanRequest(profile, start=date(2026, 11, 23), effort=Effort.QUICK),
        on_progress=listen,
        stop=lambda: magnesium_is_settled,
    )
    least = min(day.magnesium.food_mg for day in plan.days)
    goal = next(goal for goal in plan.goals if goal.name == "magnesium_shortfall")
    print(f"\n{name:<22}least {least:.0f} of 420 mg, {goal.status}", end="")
    assert goal.value == 0 or goal.status == "optimal"
