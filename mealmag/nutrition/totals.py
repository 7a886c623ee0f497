"""Sums over portions that never lose a milligram and never take unknown for zero."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import NUTRIENTS


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact sums by nutrient key, and for each how many portions had no figure ("at least")."""

    amounts: dict[str, Decimal]
    unknown: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, nutrient: str) -> Decimal:
        return self.amounts[nutrient]


def total(portions: Iterable[tuple[Food, Decimal]]) -> Totals:
    """The exact totals of (food, grams) pairs, in the unit of each nutrient's key."""
    amounts = {nutrient.key: Decimal(0) for nutrient in NUTRIENTS}
    unknown: dict[str, int] = {}
    for food, grams in portions:
        for key in amounts:
            amount = food.amount(key, grams)
            if amount is None:
                unknown[key] = unknown.get(key, 0) + 1
            else:
                amounts[key] += amount
    return Totals(amounts, unknown)


def rounded(amount: Decimal, places: int = 2) -> float:
    """The one rounding rule of everything mealmag writes: half to even, at the given places."""
    return float(amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN))
