"""Magnesium in water: a ledger of its own, for it counts towards the target and is no food."""

from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from mealmag.nutrition.diary import Basis, Snapshot
from mealmag.nutrition.nutrients import BY_KEY
from mealmag.nutrition.reference import cited

_GROUP = "water"
_NO_WATER = "label rule"
_MINERALS = frozenset(
    f"{name}_{unit}"
    for unit, names in {
        "mg": ("calcium", "iron", "phosphorus", "potassium", "sodium", "zinc"),
        "ug": ("selenium", "iodine"),
    }.items()
    for name in names
)


@dataclass(frozen=True, slots=True)
class Water:
    """One water: mg of magnesium a litre, with the lowest and highest figure where sources differ."""

    name: str
    country: str
    kind: str
    mg_per_l: Decimal
    low_mg_per_l: Decimal | None
    high_mg_per_l: Decimal | None
    evidence: str
    source: str
    note: str

    @property
    def is_a_water(self) -> bool:
        """Whether somebody can drink it: a row of the table is a rule for labels."""
        return self.kind != _NO_WATER


def water_snapshot(name: str, mg_per_l: Decimal, source: str) -> Snapshot:
    """The figures of a water that brings so much magnesium a litre; a litre weighs a kilogram.

    Water has no energy, no vitamins and nothing else that is counted but minerals; of those other than
    magnesium nothing is known here.
    """
    figures: dict[str, Decimal | None] = {
        key: None if key in _MINERALS else Decimal(0) for key in BY_KEY
    }
    figures["water_g"] = Decimal(100)
    figures["magnesium_mg"] = mg_per_l / 10
    return Snapshot(
        food="",
        name_en=name,
        name_nl=name,
        group=_GROUP,
        source=source,
        record="",
        basis=Basis.HUNDRED_GRAMS,
        nutrients=MappingProxyType(figures),
    )


def snapshot_of_water(water: Water) -> Snapshot:
    """The figures of a water of the table, with the lowest and highest that were found."""
    found = water_snapshot(
        water.name, water.mg_per_l, cited(water.source or "from memory", water.evidence)
    )
    tables = {
        name: figure / 10
        for name, figure in (
            ("counted", water.mg_per_l),
            ("lowest", water.low_mg_per_l),
            ("highest", water.high_mg_per_l),
        )
        if figure is not None
    }
    if len(tables) == 1:
        return found
    return replace(found, magnesium_tables=MappingProxyType(tables))
