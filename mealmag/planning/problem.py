"""The planning problem: complete and validated before any model exists.

It carries everything the optimiser may know, so that a saved problem is a test case.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from mealmag.catalogue.dish import Meal
from mealmag.errors import did_you_mean
from mealmag.nutrition.exclusions import Exclusion
from mealmag.nutrition.food import Diet
from mealmag.nutrition.food_groups import ALL_GROUPS
from mealmag.planning.occasion import Eaten, EatingOut, Guest, Skipped
from mealmag.planning.weights import Weights

CAFFEINE = "caffeine_mg"
MOST_MARGIN_MG = 500  # Editorial: more than a whole day's target for anyone


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Effort(StrEnum):
    """How hard to try. Each is a fixed amount of work, not of time, so that plans are reproducible."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


class NutrientTarget(_Frozen):
    """Floor and ceiling of one nutrient, per day, in the unit of its key.

    `per` says where they hold: on every "day", or for the mean over the planned days ("week").
    """

    nutrient: str
    floor: Annotated[Decimal, Field(gt=0)] | None
    ceiling: Annotated[Decimal, Field(gt=0)] | None
    per: Literal["day", "week"]
    floor_kind: str | None = None
    ceiling_kind: str | None = None
    source: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError(f"{self.nutrient}: the floor {self.floor} exceeds the ceiling")
        return self

    @property
    def middle(self) -> Decimal:
        """Halfway between floor and ceiling; a missing one counts as 0."""
        return ((self.floor or Decimal(0)) + (self.ceiling or Decimal(0))) / 2


class TimesAWeek(_Frozen):
    """In how many meals of seven days a food group comes; one of the two may be missing."""

    min: Annotated[int, Field(strict=True, ge=0, le=28)] | None = None
    max: Annotated[int, Field(strict=True, ge=0, le=28)] | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a group needs a min, a max, or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"the min {self.min} is above the max {self.max}")
        return self


class Share(_Frozen):
    """How much of a day's energy (the middle of its band) a meal has at least and at most, in percent."""

    min: Annotated[int, Field(strict=True, ge=0, le=100)] = 0
    max: Annotated[int, Field(strict=True, ge=1, le=100)] = 100

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min >= self.max:
            raise ValueError(f"the min {self.min} is not below the max {self.max}")
        return self


Shares = dict[Meal, Share]

# Editorial, and wide: where all four are planned, natural amounts seldom lead anywhere else.
USUAL_SHARES: Mapping[Meal, Share] = MappingProxyType(
    {
        Meal.BREAKFAST: Share(min=10, max=45),
        Meal.LUNCH: Share(min=15, max=50),
        Meal.DINNER: Share(min=15, max=55),
        Meal.SNACK: Share(min=1, max=30),
    }
)


def usual_shares(meals: Collection[Meal], own: Mapping[Meal, Share]) -> dict[Meal, Share]:
    """The shares of a person who eats these meals: their own, and the usual ones beside them where all
    four meals are eaten."""
    usual = USUAL_SHARES if set(meals) == USUAL_SHARES.keys() else {}
    return {meal: own.get(meal) or usual[meal] for meal in meals if meal in own or meal in usual}


def own_shares(meals: Collection[Meal], shares: Mapping[Meal, Share]) -> dict[Meal, Share]:
    """Of the shares in force, those that are a person's own: what `usual_shares` would not add."""
    usual = usual_shares(meals, {})
    return {meal: share for meal, share in shares.items() if share != usual.get(meal)}


def _group(word: str) -> str:
    group = "-".join(word.lower().split())
    if group not in ALL_GROUPS:
        raise ValueError(
            f'"{word}" is no food group ({", ".join(ALL_GROUPS)}).{did_you_mean(group, ALL_GROUPS)}'
        )
    return group


Groups = dict[Annotated[str, AfterValidator(_group)], TimesAWeek]


Rating = Annotated[int, Field(strict=True, ge=-2, le=2)]
Ratings = dict[str, Rating]


class Otherwise(_Frozen):
    """The dishes of an earlier plan, and how many meals at least must be of none of them."""

    dishes: Annotated[tuple[str, ...], Field(min_length=1)]
    differ: Annotated[int, Field(ge=1)]


class Rules(_Frozen):
    """The hard rules of one person, as `mealmag.planning.rulebook` names them.

    `limits` names the nutrients whose target has a ceiling that every day must keep to.
    Without `max_main_food` the rule on main foods does not hold, neither in a week nor in a day.
    """

    diet: Diet = Diet.OMNIVORE
    avoid_allergens: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    left_out: tuple[Exclusion, ...] = ()
    limits: tuple[str, ...] = ()
    caffeine_mg: Annotated[Decimal, Field(gt=0, le=10_000)] | None = None
    groups: Groups = {}
    shares: Shares = {}
    max_repeats: Annotated[int, Field(ge=1, le=28)] = 2
    max_main_food: Annotated[int, Field(ge=1, le=28)] | None = 3
    weekday_minutes: Annotated[int, Field(ge=0, le=1440)] | None = 45
    weekend_minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    budget: Annotated[Decimal, Field(gt=0, le=100_000)] | None = None
    otherwise: tuple[Otherwise, ...] = ()

    def minutes_on(self, day: date) -> int | None:
        """The minutes there are on `day` for all its dishes together; None is no limit."""
        return self.weekday_minutes if day.weekday() < 5 else self.weekend_minutes


class ServingChoice(_Frozen):
    """One food in one natural amount, and how many steps that lies from the usual amount."""

    food: str
    grams: Annotated[Decimal, Field(gt=0, le=2000)]
    measure: str
    steps: Annotated[int, Field(ge=0)]


class ComponentChoice(_Frozen):
    """One of these servings, or none where optional."""

    name: str
    optional: bool
    servings: Annotated[tuple[ServingChoice, ...], Field(min_length=1)]


class DishChoice(_Frozen):
    """A dish with what is left of its choices for this person.

    `minutes` of work; `total_minutes` from start to table (0 where that is the work itself). Where it is
    what a guest may have of a dish, `of` is that dish's id. `keeps`: for so many days what is left
    makes a lunch; 0 where it makes none.
    """

    id: str
    name: str
    minutes: Annotated[int, Field(ge=0)]
    total_minutes: Annotated[int, Field(ge=0)] = 0
    meals: tuple[Meal, ...]
    components: Annotated[tuple[ComponentChoice, ...], Field(min_length=1)]
    of: str = ""
    keeps: Annotated[int, Field(ge=0)] = 0

    @property
    def dish(self) -> str:
        """The id of the dish in the cookbook."""
        return self.of or self.id


class FoodFacts(_Frozen):
    """What the optimiser may know of a food: nutrients per 100 g, and perhaps its price.

    Where no figure is known, `at_most` has what counts towards ceilings; towards floors it is nothing.
    `subgroups` are the further groups that it counts in, such as red meat; `colour` is what it brings
    to a plate, if any; `packet` the word for what is opened for it and does not keep. From `main_from_g` on
    a portion makes a meal one of `main_food`, if any.
    """

    id: str
    group: str
    everyday: Annotated[int, Field(ge=1, le=3)]
    nutrients: dict[str, Decimal]
    at_most: dict[str, Decimal] = {}
    price_per_100_g: Annotated[Decimal, Field(ge=0)] | None = None
    subgroups: tuple[str, ...] = ()
    colour: str = ""
    packet: str = ""
    main_food: str = ""
    main_from_g: Annotated[Decimal, Field(ge=0)] = Decimal(0)

    @property
    def bought_id(self) -> str:
        """The id of the food as it is bought: that of the raw row where a dish cooks it."""
        return self.id.partition("+")[0]

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group that it counts in."""
        return (self.group, *self.subgroups)


class PantryFood(_Frozen):
    """So many grams, as eaten, of a food as bought that is at home, and the last day it is good."""

    food: str
    grams: Annotated[Decimal, Field(gt=0, le=100_000)]
    best_before: date | None = None


class _Meal(_Frozen):
    """One meal, by index into the problem's days and meals."""

    day: Annotated[int, Field(ge=0)]
    meal: Annotated[int, Field(ge=0)]


class SettledMeal(_Meal):
    """A meal that is not planned: what it brings at least and at most, by nutrient, and its foods."""

    occasion: Skipped | EatingOut | Eaten
    low: dict[str, Decimal] = {}
    high: dict[str, Decimal] = {}
    foods: tuple[str, ...] = ()


class GuestMeal(_Meal):
    """A meal with guests, and the ids of the dishes that suit them too."""

    occasion: Guest
    dishes: Annotated[tuple[str, ...], Field(min_length=1)]


class FixedMeal(_Meal):
    """A meal of which the dish was named, by its id, whether it suits that meal or not."""

    dish: str


class LeftoverMeal(_Meal):
    """A meal that is what was left of another, earlier one."""

    of_day: Annotated[int, Field(ge=0)]
    of_meal: Annotated[int, Field(ge=0)]


class PlanningProblem(_Frozen):
    """Everything needed to plan: days and meals, candidates, targets, rules, seed and effort.

    Some meals may be otherwise: `settled`, with `guests`, `fixed` to a dish, or `leftovers`. One with guests
    may be fixed, too.
    `ratings` are by the ids of dishes and of foods as bought; `margin_mg` is the magnesium above its target
    that a day aims at. What is in the `pantry` can be used. `fast` lets engines race, and what comes of it
    depend on the machine.
    """

    days: Annotated[tuple[date, ...], Field(min_length=1, max_length=28)]
    meals: Annotated[tuple[Meal, ...], Field(min_length=1)]
    dishes: Annotated[tuple[DishChoice, ...], Field(min_length=1)]
    foods: tuple[FoodFacts, ...]
    targets: tuple[NutrientTarget, ...]
    rules: Rules
    weights: Weights = Weights()
    ratings: Ratings = {}
    margin_mg: Annotated[Decimal, Field(ge=0, le=MOST_MARGIN_MG)] = Decimal(0)
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    effort: Effort = Effort.NORMAL
    fast: bool = False
    settled: tuple[SettledMeal, ...] = ()
    guests: tuple[GuestMeal, ...] = ()
    fixed: tuple[FixedMeal, ...] = ()
    leftovers: tuple[LeftoverMeal, ...] = ()
    pantry: tuple[PantryFood, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for before, after in zip(self.days, self.days[1:], strict=False):
            if after - before != timedelta(days=1):
                raise ValueError("days must follow one another")
        for what, ids in (
            ("meal", self.meals),
            ("dish", [dish.id for dish in self.dishes]),
            ("food", [food.id for food in self.foods]),
            ("target", [target.nutrient for target in self.targets]),
            ("food of the pantry", [stock.food for stock in self.pantry]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"a {what} is given twice")
        self._targets_suffice()
        self._figures_suffice()
        self._meals_exist()
        return self

    def _meals_exist(self) -> None:
        uncooked = [(each.day, each.meal) for each in (*self.settled, *self.leftovers)]
        guests = [(each.day, each.meal) for each in self.guests]
        fixed = [(each.day, each.meal) for each in self.fixed]
        sources = [(each.of_day, each.of_meal) for each in self.leftovers]
        for day, meal in (*uncooked, *guests, *fixed, *sources):
            if day >= len(self.days) or meal >= len(self.meals):
                raise ValueError(f"day {day} has no meal {meal}")
        for places in ([*uncooked, *guests], [*uncooked, *fixed]):
            if len(set(places)) < len(places):
                raise ValueError("a meal is settled twice")
        if set(uncooked).intersection(sources) or len(set(sources)) < len(sources):
            raise ValueError("nothing is left of a meal that is not cooked")
        of = {dish.id: dish.dish for dish in self.dishes}
        for dish in {each.dish for each in self.fixed} - of.keys():
            raise ValueError(f"the dish {dish} is not in the problem")
        named = {(each.day, each.meal): each.dish for each in self.fixed}
        for guest in self.guests:
            dish = named.get((guest.day, guest.meal), "")
            if dish and dish not in {of.get(each) for each in guest.dishes}:
                raise ValueError(f"the dish {dish} does not suit the guest")

    def _targets_suffice(self) -> None:
        wanted = {target.nutrient for target in self.targets}
        for needed in ("magnesium_mg", "energy_kcal", *self.rules.limits):
            if needed not in wanted:
                raise ValueError(f"{needed} has no target")
        if CAFFEINE in wanted:
            raise ValueError("caffeine is a rule, not a target")
        energy = self.target("energy_kcal")
        if energy.floor is None or energy.ceiling is None:
            raise ValueError("energy_kcal needs both a floor and a ceiling")

    def _figures_suffice(self) -> None:
        wanted = {target.nutrient for target in self.counted}
        lacking = {
            food.id: wanted - food.nutrients.keys() - food.at_most.keys() for food in self.foods
        }
        for dish in self.dishes:
            for component in dish.components:
                for serving in component.servings:
                    food = serving.food
                    if food not in lacking:
                        raise ValueError(f"{dish.id}: the food {food} is not in the problem")
                    if lacking[food]:
                        missing = ", ".join(sorted(lacking[food]))
                        raise ValueError(f"{food}: no figure for {missing}")

    @property
    def counted(self) -> tuple[NutrientTarget, ...]:
        """The targets, and behind them what is counted for a hard rule alone."""
        ceiling = self.rules.caffeine_mg
        if ceiling is None:
            return self.targets
        caffeine = NutrientTarget(nutrient=CAFFEINE, floor=None, ceiling=ceiling, per="day")
        return (*self.targets, caffeine)

    def target(self, nutrient: str) -> NutrientTarget:
        """The target of `nutrient`; KeyError where there is none."""
        for target in self.targets:
            if target.nutrient == nutrient:
                return target
        raise KeyError(nutrient)
