"""What the model says in whole numbers must never promise more than what holds exactly."""

import random
from decimal import Decimal

import pytest

from mealmag.nutrition.totals import total
from mealmag.planning import assemble, evaluate
from mealmag.planning.instance import Instance, Slot
from mealmag.planning.problem import NutrientTarget
from mealmag.planning.rules import values
from mealmag.planning.rules.balance import rounding
from mealmag.planning.start import random_menu
from tests.planning.toy import TOY_TARGETS, toy_foods, toy_problem

SMALL = NutrientTarget(nutrient="saturated_fat_g", floor=None, ceiling=Decimal("1.9"), per="week")


@pytest.mark.parametrize("days", [1, 3])
def test_the_exact_goals_are_never_below_what_the_model_allows(days: int) -> None:
    problem = toy_problem(days=days, targets=(*TOY_TARGETS, SMALL))
    instance = Instance(problem)
    foods = toy_foods(60, 1)
    hides = rounding(instance)
    scale = instance.scale[instance.nutrient("magnesium_mg")]
    rng = random.Random(7)
    for _ in range(60):
        menu = random_menu(instance, rng)
        in_model = values(instance, menu)
        daily = [
            total(
                (foods[serving.food], serving.grams)
                for m in range(instance.meals)
                for serving in assemble.servings(problem, menu[Slot(d, m)])
            )
            for d in range(days)
        ]
        exact = evaluate.imbalances_percent(
            problem.targets, [day.amounts for day in daily], [day.amounts for day in daily]
        ).values()
        whole = in_model["other_nutrients"] - hides.lost
        assert whole / 10 * hides.share <= sum(exact)
        worst = in_model["worst_nutrient"] - hides.lost_of_one
        assert worst / 10 * hides.share <= max(exact)
        short = evaluate.shortfall_mg(
            problem.target("magnesium_mg"), [day["magnesium_mg"] for day in daily]
        )
        low = Decimal(in_model["magnesium_shortfall"]) / scale - instance.rounding_mg * days
        assert low <= short <= Decimal(in_model["magnesium_shortfall"]) / scale
