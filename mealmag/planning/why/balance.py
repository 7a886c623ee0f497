"""The goals of the other nutrients taken apart.

Which nutrient fell short or over, when, and what that adds in percent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mealmag.nutrition.nutrients import nutrient_of
from mealmag.nutrition.totals import rounded
from mealmag.planning.exact import exact
from mealmag.planning.plan import PlanTarget
from mealmag.planning.why.answer import Deviation
from mealmag.planning.why.served import Served

ENERGY_TOLERANCE = Decimal("0.03")  # of the middle of the band, for the mean of all days


@dataclass(frozen=True, slots=True)
class Off:
    """An amount beyond a bound; `day` is None for the mean. `percent`, exactly, is what the goal pays."""

    nutrient: str
    day: date | None
    side: Literal["below", "above"]
    amount: Decimal
    bound: Decimal
    percent: Decimal


def offs(served: Served) -> Iterator[Off]:
    """Every deviation; their percents add up to the goal."""
    days = served.plan.days
    for key, target in served.plan.targets.items():
        if key == "magnesium_mg":
            continue
        amounts = [served.of_day(day, key) for day in days]
        ceiling = exact(target.ceiling or 0)
        most = [served.most_of_day(day, key, ceiling) for day in days]
        mean = sum(amounts, Decimal(0)) / len(days)
        if key == "energy_kcal":
            yield from _energy(target, mean, len(days))
        elif target.per == "day":
            for day, low, high in zip(days, amounts, most, strict=True):
                yield from _outside(key, target, day.date, (low, high), 1)
        else:
            high = sum(most, Decimal(0)) / len(days)
            yield from _outside(key, target, None, (mean, high), len(days))


def by_nutrient(off: Iterable[Off]) -> dict[str, Decimal]:
    """The percents of each nutrient that is off anywhere, over all days."""
    found: dict[str, Decimal] = {}
    for each in off:
        found[each.nutrient] = found.get(each.nutrient, Decimal(0)) + each.percent
    return found


def _energy(target: PlanTarget, mean: Decimal, days: int) -> Iterator[Off]:
    middle = (exact(target.floor or 0) + exact(target.ceiling or 0)) / 2
    margin = middle * ENERGY_TOLERANCE
    off = abs(mean - middle) - margin
    if off > 0:
        side: Literal["below", "above"] = "below" if mean < middle else "above"
        bound = middle - margin if mean < middle else middle + margin
        yield Off("energy_kcal", None, side, mean, bound, days * 100 * off / middle)


def _outside(
    key: str, target: PlanTarget, day: date | None, amount: tuple[Decimal, Decimal], times: int
) -> Iterator[Off]:
    """What is known (low) counts towards the floor, what it may be (high) towards the ceiling."""
    low, high = amount
    if target.floor and low < exact(target.floor):
        floor = exact(target.floor)
        yield Off(key, day, "below", low, floor, times * 100 * (floor - low) / floor)
    if target.ceiling and high > exact(target.ceiling):
        ceiling = exact(target.ceiling)
        yield Off(key, day, "above", high, ceiling, times * 100 * (high - ceiling) / ceiling)


def deviation(off: Off) -> Deviation:
    """The deviation as it is told."""
    nutrient = nutrient_of(off.nutrient)
    asked = "at least" if off.side == "below" else "at most"
    figures = (
        f"{off.amount:,.{nutrient.decimals}f} {nutrient.unit}, {asked} "
        f"{off.bound:,.{nutrient.decimals}f}"
    )
    mean = "" if off.day else " on the mean of all days"
    return Deviation(
        nutrient=off.nutrient,
        date=off.day,
        side=off.side,
        amount=rounded(off.amount),
        bound=rounded(off.bound),
        percent=rounded(off.percent),
        words=f"{nutrient.name} {figures}{mean}",
    )
