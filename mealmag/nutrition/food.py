"""A food: what it is, who may eat it, and what 100 g of its edible part hold.

Unknown is not zero: a nutrient that the source does not give is `None`, and stays visible as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mealmag.nutrition.nutrients import CORE, NEEDED


class Diet(StrEnum):
    """The classes of eaters, strictest first. A food carries the strictest class that may eat it."""

    VEGAN = "vegan"
    VEGETARIAN = "vegetarian"
    PESCATARIAN = "pescatarian"
    OMNIVORE = "omnivore"

    def may_eat(self, food_class: "Diet") -> bool:
        """Whether an eater of this class eats a food of `food_class`."""
        order = tuple(Diet)
        return order.index(food_class) <= order.index(self)


# The fourteen of Regulation (EU) No 1169/2011, Annex II.
ALLERGENS: tuple[str, ...] = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery",
    "mustard", "sesame", "sulphites", "lupin", "molluscs",
)  # fmt: skip

GROUPS: tuple[str, ...] = (
    "leafy-greens", "vegetables", "starchy-vegetables", "fruit", "nuts", "seeds", "cacao",
    "whole-grains", "refined-grains", "bread", "pulses", "soya", "dairy", "eggs", "fish", "meat",
    "fats", "drinks", "condiments", "herbs-spices", "sweets", "snacks", "ready-meals",
)  # fmt: skip


COLOURS: tuple[str, ...] = ("green", "red", "orange-yellow", "purple-blue", "white-brown")


class State(StrEnum):
    """The form in which a row's figures hold."""

    RAW = "raw"
    COOKED = "cooked"
    DRY = "dry"
    READY = "ready"

    @property
    def uncooked(self) -> bool:
        """Whether a cook still has to cook it, or may: only such a row can lose by cooking."""
        return self in (State.RAW, State.DRY)


@dataclass(frozen=True, slots=True)
class Measure:
    """A household measure: its plain singular name and the grams of one."""

    name: str
    grams: Decimal


@dataclass(frozen=True, slots=True)
class Food:
    """One row of the food table; nutrients are per 100 g edible portion.

    `everyday` is an editorial judgement (1 in most kitchens … 3 a special trip), not a figure.
    `magnesium_n` and `magnesium_se_mg` are the source's sample count and standard error.
    `serving_g` is a usual serving; `edible_percent` the share of the bought food that is eaten (None:
    not stated). `colour` is one of `COLOURS`, of the part that is eaten, and empty for what brings none
    to a plate. `main_food` is what people call it where it makes a meal what it is, and empty for all else
    (`nutrition.main_food`). `fortified` names nutrients whose figure hangs on what a country adds by law or
    habit.
    `magnesium_tables` has the magnesium (mg per 100 g) of the same food in every table that has it,
    that of `record` among them; `table_records` says which record of the table that is.
    `packet` is an editorial judgement too: what is opened, cut or unbundled for it and does not keep, so
    that a rest is lost; foods of one such packet share the word, and it is empty for what keeps.
    `cooked` names the process where this is a raw row seen as cooked in a dish (`nutrition.cooking`).
    """

    id: str
    name_en: str
    name_nl: str
    group: str
    source: str
    ndb_no: str
    fdc_id: str
    source_description: str
    diet: Diet
    allergens: frozenset[str]
    roles: frozenset[str]
    measures: tuple[Measure, ...]
    everyday: int
    nutrients: Mapping[str, Decimal | None]
    magnesium_n: int | None = None
    magnesium_se_mg: Decimal | None = None
    record: str = ""
    state: State = State.READY
    synonyms_en: tuple[str, ...] = ()
    synonyms_nl: tuple[str, ...] = ()
    serving_g: Decimal | None = None
    serving: str = ""
    edible_percent: Decimal | None = None
    fortified: frozenset[str] = frozenset()
    magnesium_tables: Mapping[str, Decimal] = field(default_factory=dict)
    table_records: Mapping[str, str] = field(default_factory=dict)
    cooked: str = ""
    colour: str = ""
    packet: str = ""
    main_food: str = ""

    def amount(self, nutrient: str, grams: Decimal) -> Decimal | None:
        """How much of `nutrient` (in the unit of its key) is in `grams`, exactly; None if unknown."""
        per_100_g = self.nutrients.get(nutrient)
        return None if per_100_g is None else per_100_g * grams / 100

    @property
    def bought_id(self) -> str:
        """The id of the food as it is bought: that of the raw row where a dish cooks it."""
        return self.id.partition("+")[0]

    @property
    def missing_core(self) -> tuple[str, ...]:
        """The core nutrients without a figure: what `nutrition.unknown` says counts in their place."""
        return tuple(key for key in CORE if self.nutrients.get(key) is None)

    @property
    def missing_to_plan(self) -> tuple[str, ...]:
        """What must be known and is not: such a food may be logged, but is not planned with."""
        return tuple(key for key in NEEDED if self.nutrients.get(key) is None)

    def measure(self, name: str) -> Measure | None:
        """The household measure of that name, if this food has it."""
        return next((measure for measure in self.measures if measure.name == name), None)
