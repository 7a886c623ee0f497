"""What would close a day's gap: foods and swaps, each with what the day comes to with it."""

import datetime
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA = "mealmag/close/1"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Part):
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


class Closing(_Part):
    """A day's gap (mg, of what was eaten and drunk by now), what the meals that are left can do alone, and
    the options, best first."""

    date: datetime.date
    target_mg: float
    so_far_mg: float
    gap_mg: float
    unknown: int
    energy_left_kcal: float
    meals_left: tuple[str, ...]
    gap_after_meals_mg: float
    options: tuple[Option, ...]
    notes: tuple[str, ...]

    def to_json(self) -> str:
        """As JSON (`mealmag/close/1`): same diary and versions, same bytes; newline at the end."""
        document = {"schema": SCHEMA, **self.model_dump(mode="json")}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
