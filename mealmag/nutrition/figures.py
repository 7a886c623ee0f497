"""Which table's magnesium is counted with, where several tables have the same food.

National tables differ by up to a factor of two: what grew where, what was sampled when. A person may
count with one table, with the middle of all, or cautiously with the lowest. Only magnesium follows
the choice; every other nutrient stays that of the food's own record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from mealmag.nutrition.diary import Entry, Snapshot
from mealmag.nutrition.food import Food


class Figures(StrEnum):
    """The figure to count with. A food that the named table lacks keeps that of its own record.

    `usda` is every food's own record: USDA's, but for the few foods that USDA has not.
    """

    USDA = "usda"
    FOUNDATION = "foundation"
    SWISS = "swiss"
    COFID = "cofid"
    CIQUAL = "ciqual"
    MEDIAN = "median"
    CAUTIOUS = "cautious"

    @property
    def words(self) -> str:
        """What is counted with, for a sentence."""
        return _WORDS[self]


_ELSE = ", and each food's own record where it is missing there"
_WORDS = {
    Figures.USDA: "USDA Standard Reference, or the record that a food names",
    Figures.FOUNDATION: f"USDA Foundation Foods{_ELSE}",
    Figures.SWISS: f"the Swiss table{_ELSE}",
    Figures.COFID: f"the British table (CoFID){_ELSE}",
    Figures.CIQUAL: f"the French table (Ciqual){_ELSE}",
    Figures.MEDIAN: "the median of the tables that have the food",
    Figures.CAUTIOUS: "the lowest of the tables that have the food",
}


_Counted = TypeVar("_Counted", Food, Snapshot)


def counted(food: _Counted, figures: Figures) -> _Counted:
    """`food` with the magnesium that `figures` says; the sample's statistics go with the old figure.

    A snapshot's own record is the figure that it was logged with.
    """
    values = tuple(food.magnesium_tables.values())
    own = food.nutrients.get("magnesium_mg")
    if not values or figures is Figures.USDA:
        return food
    if figures is Figures.MEDIAN:
        chosen = _median(values)
    elif figures is Figures.CAUTIOUS:
        chosen = min(values)
    else:
        chosen = food.magnesium_tables.get(figures.value, values[0] if own is None else own)
    if chosen == own:
        return food
    return replace(
        food,
        nutrients=MappingProxyType({**food.nutrients, "magnesium_mg": chosen}),
        magnesium_n=None,
        magnesium_se_mg=None,
    )


def recounted(entries: Iterable[Entry], figures: Figures) -> tuple[Entry, ...]:
    """Entries of a diary with the magnesium that `figures` says, by the tables that each was logged with."""
    if figures is Figures.USDA:
        return tuple(entries)
    return tuple(replace(entry, snapshot=counted(entry.snapshot, figures)) for entry in entries)


def _median(values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
