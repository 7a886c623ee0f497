"""The exact value of every goal of a finished plan, from its portions (not from the model).

The model counts in whole parts, rounded against us; what is told to people is counted here.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from mealmag.planning.problem import NutrientTarget

ENERGY_TOLERANCE = Decimal("0.03")


def shortfall_mg(target: NutrientTarget, daily_mg: Sequence[Decimal]) -> Decimal:
    """Magnesium below its floor, summed over the days, in mg."""
    floor = target.floor or Decimal(0)
    return sum((max(Decimal(0), floor - amount) for amount in daily_mg), Decimal(0))


def imbalances_percent(
    targets: Sequence[NutrientTarget],
    daily: Sequence[Mapping[str, Decimal]],
    most: Sequence[Mapping[str, Decimal]],
) -> dict[str, Decimal]:
    """Shortfall and excess of each nutrient but magnesium, in percent of reference, over all days.

    `daily` counts towards floors, and `most`, with the most that unknown figures may be, towards
    ceilings. A nutrient that counts per day adds each day's deviation; one that counts per week adds
    the mean's deviation times the days. Energy adds what its mean lies beyond 3 % of the middle of
    its band.
    """
    found = {}
    for target in targets:
        amounts = [day[target.nutrient] for day in daily]
        highest = [day.get(target.nutrient, Decimal(0)) for day in most]
        mean = sum(amounts, Decimal(0)) / len(amounts)
        if target.nutrient == "magnesium_mg":
            continue
        if target.nutrient == "energy_kcal":
            middle = ((target.floor or Decimal(0)) + (target.ceiling or Decimal(0))) / 2
            off = abs(mean - middle) / middle - ENERGY_TOLERANCE
            whole = len(amounts) * 100 * max(Decimal(0), off)
        elif target.per == "day":
            whole = sum(map(partial(deviation_percent, target), amounts, highest), Decimal(0))
        else:
            high = sum(highest, Decimal(0)) / len(highest)
            whole = len(amounts) * deviation_percent(target, mean, high)
        found[target.nutrient] = whole
    return found


def deviation_percent(target: NutrientTarget, amount: Decimal, most: Decimal) -> Decimal:
    """How far `amount` lies under the floor and `most` over the ceiling, in percent of each."""
    off = Decimal(0)
    if target.floor is not None and amount < target.floor:
        off += 100 * (target.floor - amount) / target.floor
    if target.ceiling is not None and most > target.ceiling:
        off += 100 * (most - target.ceiling) / target.ceiling
    return off
