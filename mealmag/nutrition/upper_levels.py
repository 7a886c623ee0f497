"""How much of a nutrient a food that is proposed may bring by itself: the least upper level of adults.

Upper levels are for a day's intake from all sources and for long; a serving that goes over one alone is no
good advice. Where an upper level counts only what is added or taken (folic acid, niacin, magnesium), food has
none. That of vitamin A counts retinol alone, which no plant has.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.companions import NutrientRow
from mealmag.nutrition.food import Diet, Food

_COUNTED = frozenset({"all sources", "preformed vitamin A only"})
_RETINOL = "vitamin_a_ug_rae"
# Lower than in the table of reference values. EFSA NDA, "Scientific opinion on the tolerable upper intake
# level for selenium" (2023), doi 10.2903/j.efsa.2023.7704 (abstract read): 255 µg a day for adults, pregnant
# or breastfeeding too.
_LOWER: Mapping[str, Decimal] = MappingProxyType({"selenium_ug": Decimal(255)})


def least_upper_levels(rows: Iterable[NutrientRow]) -> dict[str, Decimal]:
    """The smallest upper level of any adult for each nutrient that has one, in the unit of its key."""
    found = dict(_LOWER)
    for row in rows:
        if row.upper is None or row.upper_type != "UL" or row.life_stage != "adult":
            continue
        if row.upper_scope in _COUNTED:
            key = f"{row.nutrient}_{'_'.join(row.unit.lower().split())}"
            found[key] = min(row.upper, found.get(key, row.upper))
    return found


def goes_over(food: Food, grams: Decimal, levels: Mapping[str, Decimal]) -> bool:
    """Whether so much of it brings more than a level by itself, as far as its figures are known."""
    return any(
        (food.amount(key, grams) or Decimal(0)) > most
        for key, most in levels.items()
        if key != _RETINOL or food.diet is not Diet.VEGAN
    )
