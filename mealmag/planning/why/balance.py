"""The second goal taken apart: which nutrient fell short or over, when, and what that adds in percent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.totals import rounded
from mealmag.planning.plan import PlanTarget
from mealmag.planning.why.answer import Deviation
from mealmag.planning.why.served import Served, exact

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
        mean = sum(amounts, Decimal(0)) / len(days)
        if key == "energy_kcal":
            yield from _energy(target, mean, len(days))
        elif target.per == "day":
            for day, amount in zip(days, amounts, strict=True):
                yield from _outside(key, target, day.date, amount, 1)
        else:
            yield from _outside(key, target, None, mean, len(days))


def _energy(target: PlanTarget, mean: Decimal, days: int) -> Iterator[Off]:
    middle = (exact(target.floor or 0) + exact(target.ceiling or 0)) / 2
    margin = middle * ENERGY_TOLERANCE
    off = abs(mean - middle) - margin
    if off > 0:
        side: Literal["below", "above"] = "below" if mean < middle else "above"
        bound = middle - margin if mean < middle else middle + margin
        yield Off("energy_kcal", None, side, mean, bound, days * 100 * off / middle)


def _outside(
    key: str, target: PlanTarget, day: date | None, amount: Decimal, times: int
) -> Iterator[Off]:
    if target.floor and amount < exact(target.floor):
        floor = exact(target.floor)
        yield Off(key, day, "below", amount, floor, times * 100 * (floor - amount) / floor)
    if target.ceiling and amount > exact(target.ceiling):
        ceiling = exact(target.ceiling)
        yield Off(key, day, "above", amount, ceiling, times * 100 * (amount - ceiling) / ceiling)


def deviation(off: Off) -> Deviation:
    """The deviation as it is told."""
    nutrient = BY_KEY[off.nutrient]
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
