"""The plan: what is handed to people and programs. Its JSON is a contract (`mealmag/plan/1`).

Figures are rounded half to even, at two decimals for nutrients; everything a reader needs to recompute
them (grams, food ids, targets, rules) is in the plan itself.
"""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.exclusions import Exclusion
from mealmag.nutrition.figures import Figures
from mealmag.nutrition.food import Diet
from mealmag.nutrition.limits import Limits
from mealmag.planning.occasion import Occasion
from mealmag.planning.problem import MOST_MARGIN_MG, Groups, Otherwise, Ratings, Shares
from mealmag.planning.weights import Weights

SCHEMA: Literal["mealmag/plan/1"] = "mealmag/plan/1"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SolverRecord(_Part):
    """What made the plan, and how: enough to make it again."""

    engine: str
    version: str
    seed: int
    effort: str
    seconds: float | None = Field(
        default=None, description="wall-clock limit; where given, the plan may differ between runs"
    )
    fast: bool = Field(
        default=False,
        description="engines raced each other: not reproducible, the plan may differ between runs",
    )
    complete: bool = Field(default=True, description="false where a stop or the clock cut it short")


class MadeBy(_Part):
    """Program, catalogue and solver."""

    mealmag: str
    foods_sha256: str
    dishes_sha256: str
    solver: SolverRecord


class PlanTarget(_Part):
    """Floor and ceiling per day; "week" means that the mean over the planned days counts."""

    floor: float | None
    ceiling: float | None
    per: Literal["day", "week"]
    floor_kind: str | None = None
    ceiling_kind: str | None = None
    source: str = ""
    note: str = ""


class PlanRules(_Part):
    """The hard rules that the plan follows."""

    diet: Diet
    avoid_allergens: list[str]
    dislikes: list[str]
    left_out: list[Exclusion] = Field(
        default_factory=list, description="what the life stage or age rules out"
    )
    limits: Limits = Field(
        default_factory=dict, description="the person's own, in place of the published values"
    )
    caffeine_mg: float | None = Field(
        default=None, description="most caffeine that a day may hold, in mg"
    )
    groups: Groups = Field(
        default_factory=dict, description="meals of seven days in which a food group comes"
    )
    shares: Shares = Field(
        default_factory=dict, description="percent of the day's energy that a meal has"
    )
    margin_mg: float = Field(
        default=0,
        ge=0,
        le=MOST_MARGIN_MG,
        description="magnesium above its target that every day was asked to aim at",
    )
    sure_percent: float | None = Field(
        default=None,
        gt=0,
        lt=100,
        description="chance of reaching the magnesium target that every day was asked for",
    )
    max_repeats: int
    max_main_food: int | None = Field(
        default=None,
        description="most lunches and dinners of seven days of one main food; null: no rule on them",
    )
    weekday_minutes: int | None
    weekend_minutes: int | None
    budget: float | None = Field(default=None, description="most that a day may cost, on the mean")
    otherwise: list[Otherwise] = Field(
        default_factory=list,
        description="plans to differ from: their dishes, and how many meals at least have none of them",
    )
    meals: list[Meal]
    weights: Weights = Field(
        default_factory=Weights, description="what each part of the last goal weighs"
    )
    ratings: Ratings = Field(
        default_factory=dict,
        description="-2 to 2, of what could be served: dishes, foods as bought",
    )


class PlanPortion(_Part):
    """One food in one natural amount."""

    food: str
    name: str
    grams: float
    measure: str
    magnesium_mg: float


class PlanMeal(_Part):
    """One dish at one meal; where nobody cooks, `dish` is "skipped", "out" or "eaten"."""

    meal: Meal
    dish: str
    name: str
    minutes: int
    total_minutes: int = Field(default=0, description="from start to table")
    keeps_days: int = Field(default=0, description="days that what is left keeps in the fridge")
    lunch_tomorrow: bool = Field(
        default=False, description="what is left makes a lunch the day after"
    )
    method: list[str] = Field(default_factory=list, description="how it is made, step by step")
    locked: bool = False
    occasion: Occasion | None = Field(
        default=None, description="what is otherwise at this meal than a dish for one"
    )
    leftover: bool = Field(
        default=False, description="what is left of an earlier dinner, cooked double"
    )
    leftover_of: date | None = Field(default=None, description="the day of that dinner")
    keeps_until: date | None = Field(default=None, description="the last day on which that is good")
    portions: list[PlanPortion]

    @property
    def is_settled(self) -> bool:
        """Whether it is no dish of the cookbook: skipped, out, or eaten already."""
        return self.occasion is not None and self.occasion.kind in ("skipped", "out", "eaten")

    @property
    def is_cooked(self) -> bool:
        """Whether somebody makes a dish of the cookbook for it."""
        return not (self.is_settled or self.leftover)


class DayMagnesium(_Part):
    """Two ledgers: food and water count towards the target; the supplement stands apart."""

    target_mg: float
    food_mg: float
    gap_mg: float
    supplement: float | None = Field(default=None, description="elemental mg proposed for this day")


class PlanDay(_Part):
    """A day: meals, totals by nutrient (per day), and its magnesium."""

    date: date
    meals: list[PlanMeal]
    totals: dict[str, float]
    incomplete: dict[str, int] = Field(
        default_factory=dict,
        description="nutrients whose total is 'at least', with the number of portions without a figure",
    )
    known_percent: dict[str, float] = Field(
        default_factory=dict,
        description="for each of those, the share of the day's energy that comes with a figure",
    )
    magnesium: DayMagnesium


class PlanCost(_Part):
    """What the priced portions of all days cost together; with some unpriced, it is "at least"."""

    currency: str
    total: float
    per_day: float
    portions_without_price: int


class PlanPantry(_Part):
    """A food at home, in grams as eaten: how much there is, how much of it the plan uses in time, and what is
    left. Leftovers are used on the day they are cooked."""

    food: str
    name: str
    grams: float
    best_before: date | None
    used_g: float
    left_g: float


class PlanCertainty(_Part):
    """How sure the magnesium of each day is, by its date."""

    method: str = Field(description="what was drawn in each of the draws")
    draws: int
    margin_mg: float = Field(
        default=0,
        ge=0,
        le=MOST_MARGIN_MG,
        description="magnesium above its target that the plan aimed at; no supplement hangs on it",
    )
    chance: dict[str, float] = Field(
        description="share of the draws in which food reaches the target"
    )
    chance_without_margin: dict[str, float] | None = Field(
        default=None,
        description="the same of the plan that was made without a margin; null where none was asked "
        "for, or where a plan was changed afterwards",
    )
    sure: bool | None = Field(
        default=None,
        description="whether every day reaches `sure_percent`, with the error of the draws against us",
    )
    lowest_mg: dict[str, float] = Field(
        description="the day's magnesium on the lowest published figure of every food"
    )


class PlanGoal(_Part):
    """A goal, lower is better. `gap` is (value - bound) / max(value, 1)."""

    name: str
    unit: str
    value: float
    bound: float
    gap: float
    status: Literal["optimal", "feasible"]


class PlanCheck(_Part):
    """What the independent checker says."""

    ok: bool
    problems: list[str]


class Plan(_Part):
    """A checked plan for some days of one person."""

    schema_: Literal["mealmag/plan/1"] = Field(default=SCHEMA, alias="schema")
    made_by: MadeBy
    person: dict[str, Any]
    reference_set: str
    magnesium_figures: Figures = Field(
        default=Figures.USDA, description="whose magnesium figures food is counted with"
    )
    targets: dict[str, PlanTarget]
    rules: PlanRules
    days: list[PlanDay]
    goals: list[PlanGoal]
    supplement: dict[str, Any] | None
    certainty: PlanCertainty | None = Field(
        default=None, description="how far the spread between tables and samples reaches"
    )
    cost: PlanCost | None = Field(default=None, description="only where the user keeps prices")
    pantry: list[PlanPantry] = Field(
        default_factory=list, description="what is at home of the foods that could be served"
    )
    warnings: list[str]
    check: PlanCheck

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
