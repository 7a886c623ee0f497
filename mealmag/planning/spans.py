"""Between which floor and ceiling each nutrient's sum should lie, for searches that count in floats."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mealmag.planning.instance import Instance
from mealmag.planning.problem import CAFFEINE
from mealmag.planning.rules import balance


class Span(NamedTuple):
    """Where a nutrient's sum should lie, and what a part outside costs."""

    n: int
    floor: float
    ceiling: float
    below: float
    above: float


def off(spans: Sequence[Span], low: Sequence[int], high: Sequence[int]) -> float:
    """Thousandths of the references outside, times the days."""
    total = 0.0
    for n, floor, ceiling, below, above in spans:
        lack, excess = floor - low[n], high[n] - ceiling
        if lack > 0:
            total += lack * below + (excess * above if excess > 0 else 0.0)
        elif excess > 0:
            total += excess * above
    return total


def hard_ceilings(instance: Instance) -> list[tuple[int, int]]:
    """The nutrients that every day must keep under, and the ceiling: own limits and caffeine."""
    rules = instance.problem.rules
    wanted = [*rules.limits, *([CAFFEINE] if rules.caffeine_mg is not None else [])]
    found = ((n, instance.ceiling(n)) for n in map(instance.nutrient, wanted))
    return [(n, ceiling) for n, ceiling in found if ceiling is not None]


def spans(instance: Instance) -> tuple[list[Span], list[Span]]:
    """Those of single days, and those of the whole plan."""
    daily: list[Span] = []
    whole: list[Span] = []
    energy = instance.nutrient("energy_kcal")
    for n, target in enumerate(instance.problem.targets):
        if target.nutrient == "magnesium_mg":
            continue
        days = 1 if target.per == "day" and n != energy else instance.days
        floor, ceiling = instance.floor(n, days), instance.ceiling(n, days)
        low = -math.inf if floor is None else float(floor)
        high = math.inf if ceiling is None else float(ceiling)
        below, above = max(low, 1.0), max(high, 1.0)
        if n == energy:
            below = above = middle = (low + high) / 2
            low = middle * (1 - balance.ENERGY_TOLERANCE / 1000)
            high = middle * (1 + balance.ENERGY_TOLERANCE / 1000)
        span = Span(n, low, high, 1000.0 * days / below, 1000.0 * days / above)
        (daily if days == 1 and instance.days > 1 else whole).append(span)
    return daily, whole
