"""What was eaten, drunk and taken: entries of a diary, each with its figures as they were that day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from mealmag.nutrition.food import Food

_WATER_ROLES = frozenset({"water", "mineral-water"})
_WATERS = ("water-mineral-", "water-soda", "water-tap")  # not all have a role


class Ledger(StrEnum):
    """What an intake is counted as. All three count towards a target; only supplements count against the
    upper level."""

    FOOD = "food"
    WATER = "water"
    SUPPLEMENT = "supplement"


class Basis(StrEnum):
    """What a snapshot's figures are for."""

    HUNDRED_GRAMS = "100 g"
    ONE = "1 unit"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The figures of a food, a water or a product as they were when it was logged, with their source.

    A later catalogue does not rewrite the past: all that is counted stands here. `nutrients` are for the
    `basis`, in the unit of each key; None is unknown. `food` is its id in the catalogue of that day (empty
    where it had none); `magnesium_n`, `magnesium_se_mg` and `magnesium_tables` are as in `Food`.
    """

    food: str
    name_en: str
    name_nl: str
    group: str
    source: str
    record: str
    basis: Basis
    nutrients: Mapping[str, Decimal | None]
    magnesium_n: int | None = None
    magnesium_se_mg: Decimal | None = None
    magnesium_tables: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was eaten, drunk or taken.

    `id` names it for ever (32 hexadecimal digits). `quantity` is in grams, or in units where the snapshot's
    basis is one; never negative or zero. `measure` is that in words ("2 slices"), `said` what was typed.
    `meal` is the meal's name or empty, `at` the time of day where it was told, and `dish` the name of the
    dish that it was part of, or empty.
    """

    id: str
    day: date
    ledger: Ledger
    quantity: Decimal
    measure: str
    snapshot: Snapshot
    meal: str = ""
    at: time | None = None
    said: str = ""
    dish: str = ""

    def amount(self, nutrient: str) -> Decimal | None:
        """How much of a nutrient this brought, exactly, in the unit of the key; None where unknown."""
        figure = self.snapshot.nutrients.get(nutrient)
        if figure is None:
            return None
        whole = figure * self.quantity
        return whole / 100 if self.snapshot.basis is Basis.HUNDRED_GRAMS else whole


def ledger_of(food: Food) -> Ledger:
    """Which ledger a food of the catalogue goes to: tap and mineral waters have their own."""
    is_water = bool(_WATER_ROLES & food.roles) or food.id.startswith(_WATERS)
    return Ledger.WATER if is_water else Ledger.FOOD


def snapshot_of(food: Food) -> Snapshot:
    """The figures of a food of the catalogue, as they are now."""
    return Snapshot(
        food=food.id,
        name_en=food.name_en,
        name_nl=food.name_nl,
        group=food.group,
        source=food.source,
        record=food.record,
        basis=Basis.HUNDRED_GRAMS,
        nutrients=food.nutrients,
        magnesium_n=food.magnesium_n,
        magnesium_se_mg=food.magnesium_se_mg,
        magnesium_tables=food.magnesium_tables,
    )
