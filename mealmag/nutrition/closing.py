"""What would close a day's gap: foods and swaps, each with what the day comes to with it."""

import datetime
from typing import ClassVar, Literal

from mealmag.nutrition.document import Document, Part


class Option(Part):
    """One food more, or one in the place of another, in an amount that people eat.

    `magnesium_mg` and `energy_kcal` are what it adds (a swap: the difference). The rest of the day is planned
    anew around it: `gap_mg` is what is then still short of the target, `others_off` how far all other
    nutrients together are off, in percent of their bounds, and `proven` whether no menu does better.
    `also` names what else it brings much of.
    """

    kind: Literal["food", "swap"]
    food: str
    name: str
    measure: str
    grams: float
    instead_of: str
    magnesium_mg: float
    energy_kcal: float
    gap_mg: float
    others_off: float
    proven: bool
    also: tuple[str, ...]


class Closing(Document):
    """A day's gap (mg, of what was eaten and drunk by now), what the meals that are left can do alone, and
    the options, best first.

    `gap_after_meals_mg` is null where no menu for these meals follows the rules; then the options are counted
    without them. `others_off` is how far all other nutrients together are off without any option, in
    percent of their bounds.
    """

    schema_name: ClassVar[str] = "mealmag/close/1"

    date: datetime.date
    target_mg: float
    so_far_mg: float
    gap_mg: float
    unknown: int
    energy_left_kcal: float
    meals_left: tuple[str, ...]
    gap_after_meals_mg: float | None
    others_off: float = 0
    options: tuple[Option, ...]
    notes: tuple[str, ...]
