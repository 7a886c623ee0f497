"""A dish: a name, the meals it suits, and components that may be chosen.

A fixed recipe and a flexible pattern are the same thing with fewer or more choices. An amount is
always one that a person would really serve: grams behind, a household measure in front.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Meal(StrEnum):
    """The meals of a day, in their order."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    SNACK = "snack"


KITCHENS: tuple[str, ...] = (
    "dutch", "european", "mediterranean", "middle-eastern", "indian", "east-asian", "mexican",
    "american",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Serving:
    """One food in one natural amount: `grams` (edible), said as `measure` ("2 slices", "60 g").

    `food` is an id of the food table, or `<id>+<process>` for a raw row that the dish cooks.
    """

    food: str
    grams: Decimal
    measure: str


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as written: `count` grams where `measure` is None, else so many of the measure.

    `text` is what was written, for messages.
    """

    count: Decimal
    measure: str | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a dish: exactly one of `servings` is eaten, or none where it is optional.

    `steps[i]` says how many steps `servings[i]` lies from the usual amount (0 = usual). `servings` has
    the `amounts` as written for one food after the other.
    """

    name: str
    servings: tuple[Serving, ...]
    steps: tuple[int, ...]
    optional: bool = False
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Dish:
    """A dish of the catalogue, for one person.

    `minutes` of work on the day, `total_minutes` from start to table; `keeps_days` in the fridge;
    `portions` that the recipe makes in a usual pan; `method` step by step.
    """

    id: str
    name_en: str
    name_nl: str
    meals: frozenset[Meal]
    minutes: int
    method: tuple[str, ...]
    keeps_days: int
    components: tuple[Component, ...]
    total_minutes: int = 0
    kitchen: str = ""
    portions: int = 1
    freezes: bool = False
    equipment: tuple[str, ...] = ()

    @property
    def is_lunch_tomorrow(self) -> bool:
        """Whether what is left of this dinner makes a lunch the day after."""
        return Meal.DINNER in self.meals and self.keeps_days >= 1
