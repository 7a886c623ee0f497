"""How sure a day's magnesium is, with what is known of the spread of every food.

Two things are drawn for each food, once a draw: which of the tables that have it is right (each as
likely), and how far this batch lies from the mean (a normal deviate of the sample's standard deviation:
the standard error times the root of the number of samples). A food that stands in one table alone,
without a sample, spreads as tables differ over foods of its group: by the median coefficient of
variation. Foods are drawn apart from each other; a food is the same on all days of a draw, raw or cooked.
Each food has a stream of chance of its own, by seed and id, so that two plans meet the same world in a
draw.

Why draws, and no lower quantile of each food as a row of the model: quantiles do not add up. A day's sum
varies less than its foods do one by one, and where tables differ by half, a sum of their lowest is what
"cautious" counts already; it asks for far more food than a chance of 95 % does.
"""

import math
import random
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import add
from statistics import NormalDist, fmean, median
from typing import Protocol

from mealmag.nutrition.food import Food

DRAWS = 500
# Where a chance is asked for: the standard error is 0.34 % at 95 %, and 0.05 % at 99.9 %.
DRAWS_TO_BE_SURE = 4_000
METHOD = (
    "for each food one of its published tables, each as likely, and a normal deviate of its sample's "
    "standard deviation; where there is neither, the median spread between tables in its group"
)
_deviate = NormalDist().inv_cdf
_ONE_SIDED = _deviate(0.95)
_TINY_MG = 1e-6  # what adding up floats may lose of a target that is reached exactly


@dataclass(frozen=True, slots=True)
class Spread:
    """What the counted figure may be multiplied by: one of `factors`, and a deviate of `cv`."""

    factors: tuple[float, ...]
    cv: float


def bought(food: str, foods: Mapping[str, Food]) -> str:
    """The id of the food as it is bought, where the catalogue has that: what spreads is that one."""
    raw = foods[food].bought_id
    return raw if raw in foods else food


class _Sampled(Protocol):
    """What is known of how the magnesium of a food spreads; the figures are those of `Food`."""

    @property
    def nutrients(self) -> Mapping[str, Decimal | None]: ...
    @property
    def magnesium_n(self) -> int | None: ...
    @property
    def magnesium_se_mg(self) -> Decimal | None: ...
    @property
    def magnesium_tables(self) -> Mapping[str, Decimal]: ...


@dataclass(frozen=True, slots=True)
class TypicalSpread:
    """How tables differ over the foods of a group: the median coefficient of variation, and that of all."""

    by_group: Mapping[str, float]
    overall: float

    def of(self, group: str) -> float:
        """That of the group, or of all foods where the group has none."""
        return self.by_group.get(group, self.overall)


def typical_spread(foods: Iterable[Food]) -> TypicalSpread:
    """How far apart the tables lie, by what stands in more than one of them."""
    by_group: dict[str, list[float]] = {}
    for food in foods:
        apart = _apart(tuple(food.magnesium_tables.values()))
        if apart is not None:
            by_group.setdefault(food.group, []).append(apart)
    typical = {group: median(each) for group, each in by_group.items()}
    return TypicalSpread(typical, median(typical.values()) if typical else 0.0)


@lru_cache(maxsize=4_096)
def _apart(tables: tuple[Decimal, ...]) -> float | None:
    """The coefficient of variation between tables; None where there are not two, or none has any."""
    values = [float(value) for value in tables]
    if len(values) < 2 or (mean := fmean(values)) <= 0:
        return None
    return math.sqrt(fmean([(value - mean) ** 2 for value in values])) / mean


def spreads(used: Iterable[str], foods: Mapping[str, Food]) -> dict[str, Spread]:
    """The spread of each of the foods `used`, by id. A food of no magnesium has none."""
    typical = typical_spread(foods.values())
    return {
        food: spread_of(foods[bought(food, foods)], typical.of(foods[food].group)) for food in used
    }


def _factors(food: _Sampled) -> tuple[float, ...]:
    """What each table that has the food says, as a share of the counted figure; 1 where none does."""
    counted = float(food.nutrients.get("magnesium_mg") or 0)
    if counted <= 0:
        return (1.0,)
    return tuple(float(value) / counted for value in food.magnesium_tables.values()) or (1.0,)


def spread_of(food: _Sampled, typical: float) -> Spread:
    """The spread of one food; `typical` is the coefficient of variation where nothing is known of it."""
    counted = float(food.nutrients.get("magnesium_mg") or 0)
    if counted <= 0:
        return Spread((1.0,), 0.0)
    factors = _factors(food)
    if food.magnesium_se_mg is not None and food.magnesium_n is not None:
        cv = float(food.magnesium_se_mg) * math.sqrt(food.magnesium_n) / counted
    else:
        cv = typical if len(factors) == 1 else 0.0
    return Spread(factors, cv)


def lowest_mg(portions: Mapping[str, Decimal], foods: Mapping[str, Food]) -> Decimal:
    """A day's magnesium on the lowest published figure of every food; `portions` in mg as counted.

    Exact: where the lowest figures are those that are counted with, nothing is lost.
    """
    return sum(
        (mg * _lowest_share(foods[bought(food, foods)]) for food, mg in portions.items()),
        Decimal(0),
    )


def _lowest_share(food: Food) -> Decimal:
    counted = food.nutrients["magnesium_mg"]
    if not counted:
        return Decimal(1)
    return min([counted, *food.magnesium_tables.values()]) / counted


def simulate(
    days: Sequence[Mapping[str, float]],
    spread: Mapping[str, Spread],
    *,
    seed: int,
    draws: int = DRAWS,
) -> list[list[float]]:
    """The magnesium (mg) of each day in every draw, least first; `days` are mg as counted, by food."""
    return [
        list(_day(tuple(day.items()), tuple(spread[food] for food in day), seed, draws))
        for day in days
    ]


def chance(totals: Sequence[float], target_mg: float) -> float:
    """The share of a day's draws, least first, in which it reaches the target."""
    return 1 - bisect_left(totals, target_mg - _TINY_MG) / len(totals)


def may_fail(percent: float, draws: int) -> int:
    """In how many draws at most a day may miss, to be sure that its chance is not below `percent`.

    That is a little fewer than it says: the error of so many draws counts against us (one-sided, 95 %).
    """
    share = percent / 100
    asked = share + _ONE_SIDED * math.sqrt(share * (1 - share) / draws)
    return max(0, math.floor((1 - asked) * draws + 1e-9))


def is_sure(chance: float, percent: float, draws: int) -> bool:
    """Whether a chance, as a share of so many draws, shows one of `percent`."""
    return round((1 - chance) * draws) <= may_fail(percent, draws)


def margin_mg(
    totals: Sequence[float], counted_mg: float, target_mg: float, percent: float
) -> float:
    """How far above the target (mg) a day of this spread must aim to be sure; 0 where it is.

    The spread is taken to grow with the amount: the day's foods, only more of them.
    """
    low = totals[min(len(totals) - 1, may_fail(percent, len(totals)))]
    if low >= target_mg - _TINY_MG:
        return 0.0
    return math.inf if low <= 0 else target_mg * counted_mg / low - target_mg


# A change of a plan leaves most days as they are, and a plan is checked by the same draws.
@lru_cache(maxsize=64)
def _day(
    day: tuple[tuple[str, float], ...], spread: tuple[Spread, ...], seed: int, draws: int
) -> "array[float]":
    """One day of `simulate`."""
    total = [0.0] * draws
    for (food, mg), each in zip(day, spread, strict=True):
        total = list(map(add, total, map(mg.__mul__, _drawn(food, each, seed, draws))))
    return array("d", sorted(total))


@lru_cache(maxsize=512)
def _drawn(food: str, spread: Spread, seed: int, draws: int) -> "array[float]":
    """What the counted figure is multiplied by, draw for draw; chance is asked only where it has a say."""
    rng = random.Random(f"{seed} {food}")
    factors, cv = spread.factors, spread.cv
    tables = list(factors) * draws if len(factors) == 1 else rng.choices(factors, k=draws)
    if not cv:
        return array("d", tables)
    # Three times as fast as `gauss`; a draw of 0, which has no deviate, is as good as none.
    deviates = [_deviate(rng.random() or 0.5) for _ in range(draws)]
    batches = [1.0 + cv * deviate for deviate in deviates]
    return array("d", [t * b if b > 0 else 0.0 for t, b in zip(tables, batches, strict=True)])
