"""The smallest changes to what somebody usually eats that reach the target: as both faces show them."""

import datetime
from typing import ClassVar, Literal

from mealmag.nutrition.document import Document, Part


class Habit(Part):
    """One change: `food` in the place of `instead_of` whenever that was eaten (on `days` of the logged ones,
    `share` grams for one of it), or so much of it more on `days_a_week`.

    `magnesium_mg` and `energy_kcal` are what it adds to the mean of a day; `each_mg` is the magnesium of one
    `measure` more, None for a swap.
    """

    kind: Literal["swap", "more"]
    food: str
    name: str
    instead_of: str
    measure: str
    share: float
    days: int
    days_a_week: int
    magnesium_mg: float
    energy_kcal: float
    each_mg: float | None = None


class Kept(Part):
    """What an alternative leaves as it is: a food that is not swapped for another, or not added."""

    kind: Literal["swap", "more"]
    name: str


class Improvement(Part):
    """Some changes together, and what they make of the logged days: the mean mg, and how many days reach the
    target. `proven`: no fewer and milder changes do, with what is `kept`."""

    habits: tuple[Habit, ...]
    kept: tuple[Kept, ...]
    mean_mg: float
    days_reached: int
    energy_kcal: float
    proven: bool


class Improvements(Document):
    """The logged days as they were, and the changes to choose from, smallest first."""

    schema_name: ClassVar[str] = "mealmag/improve/1"

    days: tuple[datetime.date, ...]
    left_out: tuple[datetime.date, ...]
    target_mg: float
    mean_mg: float
    unknown: int
    days_reached: int
    energy_kcal: float
    choices: tuple[Improvement, ...]
    notes: tuple[str, ...]
