"""How sure a plan's magnesium is: the chance of each day, and what the lowest figures would give."""

from collections.abc import Mapping, Sequence

from mealmag.nutrition.certainty import DRAWS, METHOD, chances, lowest_mg, spreads
from mealmag.nutrition.food import Food
from mealmag.planning.plan import PlanCertainty, PlanDay


def certainty(days: Sequence[PlanDay], foods: Mapping[str, Food], seed: int) -> PlanCertainty:
    """The same plan and seed give the same figures; two decimals, as 500 draws know no more."""
    counted = [_by_food(day) for day in days]
    spread = spreads(sorted({food for day in counted for food in day}), foods)
    target = days[0].magnesium.target_mg
    reached = chances(counted, target, spread, seed=seed)
    return PlanCertainty(
        method=METHOD,
        draws=DRAWS,
        chance={str(day.date): round(chance, 2) for day, chance in zip(days, reached, strict=True)},
        lowest_mg={
            str(day.date): round(lowest_mg(foods_mg, spread), 2)
            for day, foods_mg in zip(days, counted, strict=True)
        },
    )


def _by_food(day: PlanDay) -> dict[str, float]:
    amounts: dict[str, float] = {}
    for meal in day.meals:
        for portion in meal.portions:
            amounts[portion.food] = amounts.get(portion.food, 0.0) + portion.magnesium_mg
    return amounts
