"""How sure a plan's magnesium is: the chance of each day, and what the lowest figures would give."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from mealmag.nutrition.certainty import (
    DRAWS,
    DRAWS_TO_BE_SURE,
    METHOD,
    bought,
    chance,
    is_sure,
    lowest_mg,
    margin_mg,
    simulate,
    spreads,
)
from mealmag.nutrition.food import Food
from mealmag.planning.exact import exact
from mealmag.planning.plan import PlanCertainty, PlanDay

_HUNDREDTH = Decimal("0.01")


def certainty(
    days: Sequence[PlanDay],
    foods: Mapping[str, Food],
    seed: int,
    *,
    sure_percent: float | None = None,
    margin_mg: Decimal = Decimal(0),
    without_margin: Mapping[str, float] | None = None,
) -> PlanCertainty:
    """The same plan and seed give the same figures. `margin_mg` is what the plan aimed at above the target,
    and `without_margin` the chances of the plan that was made without it, where there is one."""
    counted = [_by_food(day, foods) for day in days]
    target = days[0].magnesium.target_mg
    draws = _draws(sure_percent)
    totals = _totals(counted, foods, seed, draws)
    chances = [round(chance(total, target), 5) for total in totals]
    return PlanCertainty(
        method=METHOD,
        draws=draws,
        margin_mg=float(margin_mg),
        chance={str(day.date): share for day, share in zip(days, chances, strict=True)},
        chance_without_margin=None if without_margin is None else dict(without_margin),
        sure=None
        if sure_percent is None
        else all(is_sure(share, sure_percent, draws) for share in chances),
        lowest_mg={
            str(day.date): float(
                lowest_mg(by_food, foods).quantize(_HUNDREDTH, rounding=ROUND_FLOOR)
            )
            for day, by_food in zip(days, counted, strict=True)
        },
    )


def margins_mg(
    days: Sequence[PlanDay], foods: Mapping[str, Food], seed: int, sure_percent: float
) -> list[float]:
    """How far above the target each day would have to aim to be sure, by how its own foods spread."""
    counted = [_by_food(day, foods) for day in days]
    totals = _totals(counted, foods, seed, _draws(sure_percent))
    target = days[0].magnesium.target_mg
    return [
        margin_mg(total, float(sum(by_food.values())), target, sure_percent)
        for total, by_food in zip(totals, counted, strict=True)
    ]


def _draws(sure_percent: float | None) -> int:
    return DRAWS if sure_percent is None else DRAWS_TO_BE_SURE


def _totals(
    counted: Sequence[Mapping[str, Decimal]], foods: Mapping[str, Food], seed: int, draws: int
) -> list[list[float]]:
    spread = spreads({food for day in counted for food in day}, foods)
    days = [{food: float(mg) for food, mg in day.items()} for day in counted]
    return simulate(days, spread, seed=seed, draws=draws)


def _by_food(day: PlanDay, foods: Mapping[str, Food]) -> dict[str, Decimal]:
    """The exact magnesium of a day by the food as it is bought, in the order of their ids."""
    amounts: dict[str, Decimal] = {}
    for meal in day.meals:
        for portion in meal.portions:
            food = foods[portion.food]
            mg = food.amount("magnesium_mg", exact(portion.grams)) or Decimal(0)
            raw = bought(portion.food, foods)
            amounts[raw] = amounts.get(raw, Decimal(0)) + mg
    return dict(sorted(amounts.items()))
