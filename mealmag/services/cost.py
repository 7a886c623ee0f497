"""What a plan costs, by the user's own prices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mealmag.catalogue.prices import Price
from mealmag.nutrition.totals import rounded
from mealmag.planning.plan import PlanCost, PlanDay


def plan_cost(days: Sequence[PlanDay], prices: Mapping[str, Price]) -> PlanCost | None:
    """The cost of all portions that have a price, and how many have none; None without any prices.

    A raw food that a dish cooks is paid for as it is bought; what was eaten already is paid for.
    """
    if not prices:
        return None
    total, unknown = Decimal(0), 0
    for day in days:
        for meal in day.meals:
            for portion in () if meal.is_settled else meal.portions:
                price = prices.get(portion.food.partition("+")[0])
                if price is None:
                    unknown += 1
                else:
                    total += price.per_100_g * Decimal(str(portion.grams)) / 100
    return PlanCost(
        currency=next(iter(prices.values())).currency,
        total=rounded(total),
        per_day=rounded(total / max(1, len(days))),
        portions_without_price=unknown,
    )
