"""A finished plan with the foods and plates behind it, and the few sums that every answer needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mealmag.catalogue.appetite import appetite, served
from mealmag.catalogue.dish import Component, Dish, Serving
from mealmag.nutrition.food import Food
from mealmag.nutrition.unknown import Unknown
from mealmag.planning.begun_day import plates_kcal
from mealmag.planning.exact import exact
from mealmag.planning.occasion import EatingOut
from mealmag.planning.plan import Plan, PlanDay, PlanMeal, PlanPortion
from mealmag.planning.weeks import day_name, weeks
from mealmag.planning.weights import Weights


@dataclass(frozen=True)
class Served:
    """A plan, the foods of the catalogue, and its dishes in the amounts for this person's appetite."""

    plan: Plan
    foods: Mapping[str, Food]
    dishes: Mapping[str, Dish]

    @classmethod
    def of(cls, plan: Plan, foods: Mapping[str, Food], dishes: Mapping[str, Dish]) -> "Served":
        """All foods and dishes of the plan must be in the catalogue, and it must have an energy band."""
        band = plan.targets["energy_kcal"]
        bounds = exact(band.floor or 0), exact(band.ceiling or 0)
        steps = appetite(plates_kcal(*bounds, band.floor_kind))
        used = {meal.dish for day in plan.days for meal in made(day)} | plan.rules.ratings.keys()
        known = sorted(used & dishes.keys())
        return cls(plan, foods, {key: served(dishes[key], steps, foods) for key in known})

    @cached_property
    def weeks(self) -> list[list[PlanDay]]:
        """The days of each week of the plan."""
        return [[self.plan.days[day] for day in week] for week in weeks(len(self.plan.days))]

    def in_week(self, number: int) -> str:
        """Which week, counted from 0, in words; nothing where there is one alone."""
        return f" in week {number + 1}" if len(self.weeks) > 1 else ""

    def amount(self, portion: PlanPortion, nutrient: str) -> Decimal:
        """How much of a nutrient a portion brings; nothing where no figure is known."""
        return self.foods[portion.food].amount(nutrient, exact(portion.grams)) or Decimal(0)

    @property
    def weights(self) -> Weights:
        """What each part of the last goal weighs in this plan."""
        return self.plan.rules.weights

    def rating(self, portion: PlanPortion) -> int:
        """How the food of a portion, as it is bought, is rated."""
        return self.plan.rules.ratings.get(self.foods[portion.food].bought_id, 0)

    def of_day(self, day: PlanDay, nutrient: str) -> Decimal:
        """How much of a nutrient a day brings; of a meal out only its energy is guessed."""
        eaten = sum((self.amount(portion, nutrient) for _, portion in portions(day)), Decimal(0))
        return eaten + (eaten_out_kcal(day) if nutrient == "energy_kcal" else 0)

    def most_of_day(self, day: PlanDay, nutrient: str, ceiling: Decimal) -> Decimal:
        """What counts towards a ceiling: of what is unknown the most that it may be, and of a meal out
        its share of the energy."""
        eaten = ((self.foods[p.food], exact(p.grams)) for _, p in portions(day))
        return (
            self._unknown.most(eaten, nutrient) + ceiling * eaten_out_kcal(day) / self.middle_kcal
        )

    @property
    def middle_kcal(self) -> Decimal:
        """The middle of the energy band."""
        band = self.plan.targets["energy_kcal"]
        return (exact(band.floor or 0) + exact(band.ceiling or band.floor or 0)) / 2

    @cached_property
    def _unknown(self) -> Unknown:
        return Unknown(self.foods)

    def called(self, day: PlanDay) -> str:
        """The day's name."""
        return day_name(day.date, len(self.plan.days))


def portions(day: PlanDay) -> Iterator[tuple[PlanMeal, PlanPortion]]:
    """Every portion of a day, with its meal."""
    return ((meal, portion) for meal in day.meals for portion in meal.portions)


def made(day: PlanDay) -> list[PlanMeal]:
    """The meals that are dishes of the cookbook, leftovers too."""
    return [meal for meal in day.meals if not meal.is_settled]


def eaten_out_kcal(day: PlanDay) -> Decimal:
    """The guessed energy of what is eaten out."""
    out = (meal.occasion for meal in day.meals)
    return Decimal(sum(each.kcal for each in out if isinstance(each, EatingOut)))


@dataclass(frozen=True, slots=True)
class Off:
    """A portion that lies `steps` off the usual amount of its food, which is `usual`."""

    portion: PlanPortion
    usual: Serving
    steps: int


def is_served(dish: Dish, meal: PlanMeal) -> bool:
    """Whether the portions make the dish."""
    return next(ways(dish, meal), None) is not None


def ways(dish: Dish, meal: PlanMeal) -> Iterator[list[Off]]:
    """Every way in which the portions make the dish; none where they do not."""
    return _ways(list(dish.components), meal.portions)


def _ways(components: list[Component], left: list[PlanPortion]) -> Iterator[list[Off]]:
    """One component after the other takes the next portion, or none where it is optional."""
    if not components:
        if not left:
            yield []
        return
    first, rest = components[0], components[1:]
    if first.optional:
        yield from _ways(rest, left)
    for index, serving in enumerate(first.servings):
        if left and (serving.food, serving.grams) == (left[0].food, exact(left[0].grams)):
            off = Off(left[0], _usual(first, serving), first.steps[index])
            yield from ([off, *after] for after in _ways(rest, left[1:]))


def _usual(component: Component, serving: Serving) -> Serving:
    """The serving of the same food that counts as usual."""
    same = (
        other
        for other, step in zip(component.servings, component.steps, strict=True)
        if other.food == serving.food and not step
    )
    return next(same, serving)
