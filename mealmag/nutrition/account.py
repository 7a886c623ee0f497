"""What a day, and the days before it, come to: the figures that both faces show, and their JSON.

Amounts are in the unit of each nutrient's key, rounded once. `unknown` counts the entries without a figure:
where it is not zero, an amount is "at least".
"""

import datetime
from typing import ClassVar, Literal

from mealmag.nutrition.diary import Ledger
from mealmag.nutrition.document import Document, Part
from mealmag.nutrition.figures import Figures


class Amount(Part):
    """So much, and how many entries had no figure."""

    amount: float
    unknown: int = 0


class MagnesiumAccount(Part):
    """A day's magnesium in mg: what each ledger brought, and what is left to the target.

    `supplement` alone counts against `upper_level_mg`. `low_mg` to `high_mg` is where it was most likely
    (9 in 10), by what is known of the foods' spread and taking the portions as told; None on a day without
    entries.
    """

    target_mg: float
    target_type: str
    food: Amount
    water: Amount
    supplement: Amount
    total: Amount
    percent: float
    gap_mg: float
    upper_level_mg: float | None
    upper_level_scope: str
    low_mg: float | None = None
    high_mg: float | None = None
    source: str


class NutrientAccount(Part):
    """Another nutrient: the day's amount, and the mean of the logged days of the week up to it."""

    amount: float
    unknown: int
    mean: float | None
    floor: float | None
    ceiling: float | None
    per: Literal["day", "week"]


class Contributed(Part):
    """What a food brought in a meal, in mg of magnesium; None without a figure."""

    name: str
    food: str
    meal: str
    ledger: Ledger
    magnesium_mg: float | None
    percent: float


class MealAccount(Part):
    """What a meal came to; `meal` is empty for what was logged without one."""

    meal: str
    magnesium: Amount
    energy_kcal: Amount


class AdequacyAccount(Part):
    """What the logged days say of usual intake.

    `probability` is None where nothing can be said, and `said` then why. `left_out` are days that look
    unfinished, and are not counted.
    """

    days: tuple[datetime.date, ...]
    left_out: tuple[datetime.date, ...]
    mean_mg: float | None
    unknown: int
    ear_mg: float | None
    probability: float | None
    firm: bool
    days_still: int | None
    within_person_sd_mg: float | None
    within_person_source: str
    method: str
    said: str


class EntryAccount(Part):
    """An entry as it was logged, its magnesium by the figures of its document."""

    id: str
    meal: str
    time: str | None
    ledger: Ledger
    name: str
    food: str
    measure: str
    quantity: float
    unit: Literal["g", "unit"]
    dish: str
    magnesium_mg: float | None
    energy_kcal: float | None
    source: str


class DayAccount(Document):
    """A day: what was eaten, drunk and taken, and what it comes to, by the magnesium of `figures`."""

    schema_name: ClassVar[str] = "mealmag/day/1"

    date: datetime.date
    cautions: tuple[str, ...]
    person: dict[str, object]
    reference_set: str
    magnesium: MagnesiumAccount
    energy_kj: float
    meals: tuple[MealAccount, ...]
    contributions: tuple[Contributed, ...]
    nutrients: dict[str, NutrientAccount]
    mean_days: tuple[datetime.date, ...]
    adequacy: AdequacyAccount
    entries: tuple[EntryAccount, ...]
    notes: tuple[str, ...]
    figures: Figures = Figures.USDA


class DayTotal(Part):
    """One day of several: mg of magnesium, kcal, and whether it counts as logged."""

    date: datetime.date
    magnesium: Amount
    percent: float
    energy_kcal: Amount
    counts: bool


class PeriodAccount(Document):
    """Some days together: each, and what they say of usual intake, by the magnesium of `figures`."""

    schema_name: ClassVar[str] = "mealmag/period/1"

    first: datetime.date
    last: datetime.date
    cautions: tuple[str, ...]
    person: dict[str, object]
    reference_set: str
    target_mg: float
    target_type: str
    days: tuple[DayTotal, ...]
    mean_mg: float | None
    days_reached: int
    nutrients: dict[str, NutrientAccount]
    contributions: tuple[Contributed, ...]
    adequacy: AdequacyAccount
    notes: tuple[str, ...]
    figures: Figures = Figures.USDA
