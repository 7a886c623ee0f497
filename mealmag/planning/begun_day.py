"""A day that has begun: what was missed, or was little, need not all be made up for by the meals to come.

A plan of a whole day has all of its energy. Of a day that has begun the meals to come have to bring their
usual part of the floor, beside what was eaten; the ceiling stays. So a dinner stays a dinner. A person who
never has breakfast misses nothing: only what their profile does not skip anyway has a part.
"""

from collections.abc import Collection, Mapping
from decimal import ROUND_FLOOR, Decimal
from types import MappingProxyType

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.companions import ENERGY_BAND
from mealmag.nutrition.food import Food
from mealmag.planning.occasion import Eaten, EatingOut, Occasion, Skipped

BEGUN = "begun day"  # the kind of such a floor
ENERGY = "energy_kcal"
# Of a day's energy, in percent. Editorial; within `problem.USUAL_SHARES`.
_PARTS: Mapping[Meal, int] = MappingProxyType(
    {Meal.BREAKFAST: 25, Meal.LUNCH: 30, Meal.DINNER: 35, Meal.SNACK: 10}
)


def plates_kcal(floor: Decimal | None, ceiling: Decimal | None, floor_kind: str | None) -> Decimal:
    """The energy of a day, in kcal, by which plates are served: the middle of its band, and of a day that has
    begun that of the whole day."""
    most = ceiling or Decimal(0)
    if floor_kind == BEGUN:
        return most / (1 + ENERGY_BAND)
    return ((floor or Decimal(0)) + most) / 2


def begun_floor(
    floor: Decimal,
    meals: Collection[Meal],
    occasions: Mapping[Meal, Occasion],
    foods: Mapping[str, Food],
) -> Decimal | None:
    """The energy floor (kcal) of a day with these meals, of which some are settled; None where the whole
    floor stands. Foods of no table bring nothing."""
    settled = {
        meal: occasion
        for meal, occasion in occasions.items()
        if isinstance(occasion, Skipped | EatingOut | Eaten)
    }
    whole = sum(_PARTS[meal] for meal in meals)
    left = sum(_PARTS[meal] for meal in meals if meal not in settled)
    if left == whole:
        return None
    eaten = sum((_energy(occasion, foods) for occasion in settled.values()), Decimal(0))
    lower = (eaten + floor * left / whole).to_integral_value(ROUND_FLOOR)
    return max(Decimal(1), lower) if lower < floor else None


def _energy(occasion: Occasion, foods: Mapping[str, Food]) -> Decimal:
    """What a settled meal brings, in kcal."""
    if isinstance(occasion, EatingOut):
        return Decimal(occasion.kcal)
    if not isinstance(occasion, Eaten):
        return Decimal(0)
    amounts = (
        foods[item.food].amount(ENERGY, item.grams) for item in occasion.foods if item.food in foods
    )
    return sum((kcal for kcal in amounts if kcal is not None), Decimal(0))
