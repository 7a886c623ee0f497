"""What is answered to "why?". Its JSON is a contract (`mealmag/why/1`); figures have two decimals."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mealmag.catalogue.dish import Meal

SCHEMA: Literal["mealmag/why/1"] = "mealmag/why/1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Part):
    """The magnesium that one food brings on one day."""

    food: str
    name: str
    magnesium_mg: float
    percent_of_target: float
    meals: list[Meal]


class MealShare(_Part):
    """The magnesium of one meal."""

    meal: Meal
    name: str
    magnesium_mg: float
    percent_of_target: float


class RuleState(_Part):
    """How far a hard rule is from being broken; `slack` is in `unit`, below zero where it is broken.

    `room` is the slack as a share of what the rule allows. Both are None where there is no more or less.
    """

    rule: str
    subject: str
    amount: float | None = None
    floor: float | None = None
    ceiling: float | None = None
    unit: str = ""
    slack: float | None = None
    room: float | None = None
    words: str
    left: str = ""
    when_tight: str = Field(default="", description="how it is said where it binds")


class Deviation(_Part):
    """A nutrient out of its bounds, and the percent it adds to the goals of the other nutrients.

    `date` is None where the mean of all days counts; it then adds its percent once for each day.
    """

    nutrient: str
    date: date | None
    side: Literal["below", "above"]
    amount: float
    bound: float
    percent: float
    words: str


class Point(_Part):
    """Points of the last goal: where they come from (`reason`), on which day, at which meal."""

    reason: str
    date: date
    meal: Meal | None
    points: int
    words: str


class Taken(_Part):
    """What one demand takes out of the choice, and how much of that would be back without it alone."""

    rule: str
    word: str
    foods: int
    dishes: int
    foods_back: int
    dishes_back: int


class Choice(_Part):
    """What there is to choose from: in the catalogue, and for this person at these meals."""

    foods: int
    foods_left: int
    dishes: int
    dishes_left: int
    taken: list[Taken]


class DayWhy(_Part):
    """One day: its magnesium by food and meal, the state of its rules, and what it paid for the goals."""

    date: date
    target_mg: float
    food_mg: float
    gap_mg: float
    chance: float | None = Field(
        default=None, description="of reaching the target, as the plan states it"
    )
    foods: list[Source]
    meals: list[MealShare]
    rules: list[RuleState]
    binds: str
    deviations: list[Deviation]
    points: list[Point]


class GoalWhy(_Part):
    """A goal as the plan states it, and what the parts named here come to."""

    name: str
    unit: str
    stated: float
    counted: float


class Why(_Part):
    """The whole answer. `rules` and `deviations` are of all days together."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_: Literal["mealmag/why/1"] = Field(default=SCHEMA, alias="schema")
    days: list[DayWhy]
    rules: list[RuleState]
    binds: str
    not_asked: list[str] = Field(description="rules of which this plan asks nothing")
    deviations: list[Deviation]
    choice: Choice
    goals: list[GoalWhy]
    notes: list[str]
