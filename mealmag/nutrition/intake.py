"""What the entries of a diary bring: by nutrient, ledger, food and meal, to the last digit.

Unknown is never zero: every sum says how many of its entries had no figure, and is then "at least".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mealmag.nutrition.diary import Entry, Ledger

ENERGY, MAGNESIUM = "energy_kcal", "magnesium_mg"


@dataclass(frozen=True, slots=True)
class Sum:
    """An exact amount, in the unit of its nutrient, and how many entries had no figure for it."""

    amount: Decimal = Decimal(0)
    unknown: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.amount + other.amount, self.unknown + other.unknown)

    @property
    def complete(self) -> bool:
        """Whether every entry had a figure."""
        return self.unknown == 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one food brought in all its entries of the same meal; None where it has no figure."""

    name: str
    food: str
    meal: str
    ledger: Ledger
    amount: Decimal | None


def brought(entries: Iterable[Entry], nutrient: str) -> Sum:
    """The sum over all entries."""
    total, unknown = Decimal(0), 0
    for entry in entries:
        amount = entry.amount(nutrient)
        if amount is None:
            unknown += 1
        else:
            total += amount
    return Sum(total, unknown)


def by_ledger(entries: Sequence[Entry], nutrient: str) -> dict[Ledger, Sum]:
    """The sum of each ledger, all of them; they add up to `brought`."""
    return {
        ledger: brought((e for e in entries if e.ledger is ledger), nutrient) for ledger in Ledger
    }


def by_meal(entries: Sequence[Entry], nutrient: str) -> dict[str, Sum]:
    """The sum of each meal that has entries, in the order in which they first come."""
    meals = dict.fromkeys(entry.meal for entry in entries)
    return {meal: brought((e for e in entries if e.meal == meal), nutrient) for meal in meals}


def contributions(entries: Iterable[Entry], nutrient: str) -> list[Contribution]:
    """What each food of each meal brought, largest first, those without a figure last."""
    found: dict[tuple[str, str, str, Ledger], Decimal | None] = {}
    for entry in entries:
        snapshot = entry.snapshot
        key = (snapshot.name_en, snapshot.food, entry.meal, entry.ledger)
        amount, before = entry.amount(nutrient), found.get(key)
        found[key] = amount if before is None else before + (amount or 0)
    ranked = sorted(found.items(), key=lambda each: (each[1] is None, -(each[1] or 0), each[0]))
    return [Contribution(*key, amount) for key, amount in ranked]
