"""Sums over portions that never lose a milligram and never take unknown for zero."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import BY_KEY

_ENERGY = "energy_kcal"


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact sums by nutrient key, and for each how many portions had no figure ("at least").

    `known_percent` has, for those with unknown portions, the share of all energy that comes with a figure.
    """

    amounts: dict[str, Decimal]
    unknown: dict[str, int] = field(default_factory=dict)
    known_percent: dict[str, Decimal] = field(default_factory=dict)

    def __getitem__(self, nutrient: str) -> Decimal:
        return self.amounts[nutrient]


def total(
    portions: Iterable[tuple[Food, Decimal]],
    guessed_kcal: Iterable[int] = (),
    nutrients: Iterable[str] = tuple(BY_KEY),
) -> Totals:
    """The exact totals of (food, grams) pairs, in the unit of each of the `nutrients`' keys.

    A meal of which only the energy is known, as a guess, is a portion without a figure for all else.
    """
    amounts = dict.fromkeys(nutrients, Decimal(0))
    unknown: dict[str, int] = {}
    without: dict[str, Decimal] = {}

    def missing(key: str, kcal: Decimal) -> None:
        unknown[key] = unknown.get(key, 0) + 1
        without[key] = without.get(key, Decimal(0)) + kcal

    for food, grams in portions:
        kcal = food.amount(_ENERGY, grams) or Decimal(0)
        per_100_g, share = food.nutrients, grams / 100
        for key in amounts:
            figure = per_100_g.get(key)
            if figure is None:
                missing(key, kcal)
            else:
                amounts[key] += figure * share
    for guess in guessed_kcal:
        amounts[_ENERGY] += guess
        for key in amounts.keys() - {_ENERGY}:
            missing(key, Decimal(guess))
    energy = amounts[_ENERGY]
    known = {
        key: 100 * (energy - without[key]) / energy if energy else Decimal(0)
        for key in amounts
        if key in unknown
    }
    return Totals(amounts, {key: unknown[key] for key in amounts if key in unknown}, known)


def rounded(amount: Decimal, places: int = 2) -> float:
    """The one rounding rule of everything mealmag writes: half to even, at the given places."""
    return float(amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN))
