"""What cooking takes from a raw food: the share of each nutrient that stays.

USDA's factors are true retention: the yield is in them, so they apply to the raw grams, once, and
never to a row that is already cooked. Energy, protein, fat, carbohydrate and fibre have no factors
and stay as they are; a nutrient for which no factor was published is unknown after cooking.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import CORE, keys_of

KEPT_WHOLE = frozenset({
    "energy_kcal", "protein_g", "fat_g", "saturated_fat_g", "carbohydrate_g", "fibre_g", "sugars_g",
})  # fmt: skip
"""What the factors do not speak of because cooking in the dish does not take it away."""


@dataclass(frozen=True, slots=True)
class Process:
    """A way of cooking: the share (0 to 1) of each nutrient that stays; its source."""

    id: str
    name: str
    factors: Mapping[str, Decimal]
    evidence: str
    source: str

    @property
    def missing_core(self) -> tuple[str, ...]:
        """Core nutrients without a factor: nobody knows what this process leaves of them."""
        return tuple(key for key in CORE if key not in KEPT_WHOLE and key not in self.factors)


def cook(food: Food, process: Process) -> Food:
    """`food` as it is after `process`, per 100 g of its raw weight, under an id of its own.

    Raises ValueError where the row is not a raw one: it would lose twice.
    """
    if food.cooked or not food.state.uncooked:
        raise ValueError(f'"{food.id}" is not a raw row ({food.state}); factors apply to raw ones.')
    nutrients = {key: _after(food, process, key) for key in keys_of([food.nutrients])}
    return replace(
        food,
        id=f"{food.id}+{process.id}",
        nutrients=MappingProxyType(nutrients),
        magnesium_n=None,
        magnesium_se_mg=None,
        magnesium_tables={},
        table_records={},
        cooked=process.id,
    )


def _after(food: Food, process: Process, key: str) -> Decimal | None:
    raw = food.nutrients.get(key)
    if raw is None or key in KEPT_WHOLE or raw == 0:
        return raw
    factor = process.factors.get(key)
    return None if factor is None else raw * factor
