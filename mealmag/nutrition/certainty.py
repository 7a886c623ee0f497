"""How sure a day's magnesium is, with what is known of the spread of every food.

Two things are drawn for each food, once a draw: which of the tables that have it is right (each as
likely), and how far this batch lies from the mean (a normal deviate of the sample's standard deviation:
the standard error times the root of the number of samples). A food that stands in one table alone,
without a sample, spreads as tables differ over foods of its group: by the median coefficient of
variation. Foods are drawn apart from each other, and a food is the same on all days of a draw.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from mealmag.nutrition.food import Food

DRAWS = 500
METHOD = (
    "for each food one of its published tables, each as likely, and a normal deviate of its sample's "
    "standard deviation; where there is neither, the median spread between tables in its group"
)


@dataclass(frozen=True, slots=True)
class Spread:
    """What the counted figure may be multiplied by: one of `factors`, and a deviate of `cv`."""

    factors: tuple[float, ...]
    cv: float


def spreads(used: Sequence[str], foods: Mapping[str, Food]) -> dict[str, Spread]:
    """The spread of each of the foods `used`, by id. A food of no magnesium has none."""
    by_group: dict[str, list[float]] = {}
    for food in foods.values():
        values = [float(value) for value in food.magnesium_tables.values()]
        if len(values) > 1 and (mean := fmean(values)) > 0:
            off = fmean([(value - mean) ** 2 for value in values])
            by_group.setdefault(food.group, []).append(math.sqrt(off) / mean)
    typical = {group: median(each) for group, each in by_group.items()}
    overall = median(typical.values()) if typical else 0.0
    return {
        food: _spread(
            foods.get(foods[food].bought_id, foods[food]), typical.get(foods[food].group, overall)
        )
        for food in used
    }


def factors_of(food: Food) -> tuple[float, ...]:
    """What each table that has the food says, as a share of the counted figure; 1 where none does."""
    counted = float(food.nutrients["magnesium_mg"] or 0)
    if counted <= 0:
        return (1.0,)
    return tuple(float(value) / counted for value in food.magnesium_tables.values()) or (1.0,)


def _spread(food: Food, typical: float) -> Spread:
    counted = float(food.nutrients["magnesium_mg"] or 0)
    if counted <= 0:
        return Spread((1.0,), 0.0)
    factors = factors_of(food)
    if food.magnesium_se_mg is not None and food.magnesium_n is not None:
        cv = float(food.magnesium_se_mg) * math.sqrt(food.magnesium_n) / counted
    else:
        cv = typical if len(factors) == 1 else 0.0
    return Spread(factors, cv)


def lowest_mg(portions: Mapping[str, float], spread: Mapping[str, Spread]) -> float:
    """A day's magnesium on the lowest published figure of every food; `portions` in mg as counted."""
    return sum(mg * min(*spread[food].factors, 1.0) for food, mg in portions.items())


def chances(
    days: Sequence[Mapping[str, float]],
    target_mg: float,
    spread: Mapping[str, Spread],
    *,
    seed: int,
    draws: int = DRAWS,
) -> list[float]:
    """The share of draws in which each day reaches the target; `days` are mg as counted, by food."""
    rng = random.Random(seed)
    foods = sorted({food for day in days for food in day})
    place = {food: index for index, food in enumerate(foods)}
    counted = [[(place[food], mg) for food, mg in day.items()] for day in days]
    reached = [0] * len(days)
    for _ in range(draws):
        drawn = [_drawn(spread[food], rng) for food in foods]
        for index, day in enumerate(counted):
            reached[index] += sum([mg * drawn[food] for food, mg in day]) >= target_mg
    return [count / draws for count in reached]


def _drawn(spread: Spread, rng: random.Random) -> float:
    """One draw of what the counted figure is multiplied by; chance is asked only where it has a say."""
    factors, cv = spread.factors, spread.cv
    table = factors[0] if len(factors) == 1 else factors[int(rng.random() * len(factors))]
    return table * max(0.0, 1.0 + cv * rng.gauss(0.0, 1.0)) if cv else table
