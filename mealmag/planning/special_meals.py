"""From what is otherwise at a meal to what the optimiser gets: settled meals, guests' dishes, leftovers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mealmag.catalogue.dish import Meal
from mealmag.errors import ImpossibleError, InputError, did_you_mean
from mealmag.nutrition.caffeine import caffeine_per_100_g
from mealmag.nutrition.food import Food
from mealmag.nutrition.unknown import Unknown
from mealmag.planning.candidates import forbidden_by
from mealmag.planning.dislikes import refuse_unknown
from mealmag.planning.occasion import (
    CookDouble,
    Eaten,
    EatingOut,
    Guest,
    Occasion,
    Place,
    Skipped,
)
from mealmag.planning.problem import (
    CAFFEINE,
    ComponentChoice,
    DishChoice,
    GuestMeal,
    LeftoverMeal,
    NutrientTarget,
    Rules,
    SettledMeal,
)


@dataclass(frozen=True, slots=True)
class SpecialMeals:
    """The parts of a problem that come of its occasions; `dishes` are those of the guests alone."""

    settled: list[SettledMeal] = field(default_factory=list)
    guests: list[GuestMeal] = field(default_factory=list)
    leftovers: list[LeftoverMeal] = field(default_factory=list)
    dishes: list[DishChoice] = field(default_factory=list)

    @property
    def foods(self) -> set[str]:
        """The foods on plates that are settled."""
        return {food for settled in self.settled for food in settled.foods}


def special_meals(
    occasions: Mapping[Place, Occasion],
    days: Sequence[date],
    meals: Sequence[Meal],
    dishes: Sequence[DishChoice],
    foods: Mapping[str, Food],
    targets: Sequence[NutrientTarget],
) -> SpecialMeals:
    """All occasions that fall on these days and meals, but for which dish was named (`fixed_dishes`).

    Raises InputError (an unknown food, leftovers that nobody eats) and ImpossibleError (no dish suits a
    guest or keeps, or not the one that was named).
    """
    found = SpecialMeals()
    plates = _Plates(foods, targets)
    variants: dict[Guest, list[DishChoice]] = {}
    for place, occasion in sorted(occasions.items()):
        if place.date not in days or place.meal not in meals:
            continue
        day, meal = days.index(place.date), meals.index(place.meal)
        if isinstance(occasion, Skipped | EatingOut | Eaten):
            found.settled.append(plates.settled(day, meal, place, occasion))
        elif isinstance(occasion, CookDouble):
            for left in _leftovers(place, occasion, occasions, days, meals, dishes):
                if any(
                    (left.day, left.meal) == (other.day, other.meal) for other in found.leftovers
                ):
                    lunch = Place(days[left.day], Meal.LUNCH)
                    raise InputError(
                        f"{place} is cooked double for {lunch}, which is left of another dinner.",
                        hint="Leave one of the two out.",
                    )
                found.leftovers.append(left)
        elif isinstance(occasion, Guest):
            anyone = occasion.model_copy(update={"dish": None})
            if anyone not in variants:
                number = len(variants) + 1
                variants[anyone] = list(_suiting(anyone, number, dishes, foods, place))
                found.dishes.extend(dish for dish in variants[anyone] if dish.of)
            named = occasion.dish
            suited = [
                dish.id
                for dish in variants[anyone]
                if (place.meal in _meals(dish, dishes) if named is None else dish.dish == named)
            ]
            if not suited and named is not None:
                raise ImpossibleError(
                    f"{place} cannot be {named}: it does not suit the guest ({occasion.wishes}).",
                    hint="Name another dish, or leave it out.",
                )
            if not suited:
                raise ImpossibleError(f"No dish is left for {place} that suits the guest too.")
            found.guests.append(
                GuestMeal(day=day, meal=meal, occasion=occasion, dishes=tuple(suited))
            )
    return found


class _Plates:
    """What a settled meal brings."""

    def __init__(self, foods: Mapping[str, Food], targets: Sequence[NutrientTarget]) -> None:
        self._foods = foods
        self._targets = targets
        self._unknown = Unknown(foods)

    def settled(
        self, day: int, meal: int, place: Place, occasion: Skipped | EatingOut | Eaten
    ) -> SettledMeal:
        low: dict[str, Decimal] = {}
        high: dict[str, Decimal] = {}
        eaten: tuple[str, ...] = ()
        if isinstance(occasion, EatingOut):
            low = {"energy_kcal": Decimal(occasion.kcal)}
            high = {t.nutrient: guessed_most(t, self._energy, occasion.kcal) for t in self._targets}
        elif isinstance(occasion, Eaten):
            portions = [(self._food(item.food, place), item.grams) for item in occasion.foods]
            eaten = tuple(food.id for food, _ in portions)
            for key in [target.nutrient for target in self._targets]:
                known = [food.amount(key, grams) for food, grams in portions]
                low[key] = sum((mg for mg in known if mg is not None), Decimal(0))
                high[key] = self._unknown.most(portions, key)
            caffeine = caffeine_per_100_g(self._foods)
            drunk = sum((caffeine[f.id] * grams / 100 for f, grams in portions), Decimal(0))
            low[CAFFEINE] = high[CAFFEINE] = drunk
        return SettledMeal(day=day, meal=meal, occasion=occasion, low=low, high=high, foods=eaten)

    @property
    def _energy(self) -> NutrientTarget:
        return next(t for t in self._targets if t.nutrient == "energy_kcal")

    def _food(self, food: str, place: Place) -> Food:
        if food not in self._foods:
            raise InputError(
                f'{place}: "{food}" is no food of the table.{did_you_mean(food, self._foods)}',
                hint="`mealmag foods search WORD` shows the ids.",
            )
        return self._foods[food]


def guessed_most(target: NutrientTarget, energy: NutrientTarget, kcal: int) -> Decimal:
    """What a meal out counts towards a ceiling: as much of it as it has of the day's energy."""
    if target.nutrient == "energy_kcal":
        return Decimal(kcal)
    return (target.ceiling or Decimal(0)) * kcal / energy.middle


def _meals(dish: DishChoice, dishes: Sequence[DishChoice]) -> tuple[Meal, ...]:
    return next(base.meals for base in dishes if base.id == dish.dish)


def _suiting(
    guest: Guest,
    number: int,
    dishes: Sequence[DishChoice],
    foods: Mapping[str, Food],
    place: Place,
) -> Iterator[DishChoice]:
    """The dishes with what a guest may have of their choices; those with less become dishes `of` theirs."""
    refuse_unknown(
        guest.dislikes,
        foods,
        [dish.id for dish in dishes],
        where=str(place),
        nothing="no diet, allergen, food, dish or group",
    )
    rules = Rules(diet=guest.diet, avoid_allergens=guest.avoid_allergens, dislikes=guest.dislikes)
    for dish in dishes:
        if dish.id in guest.dislikes:
            continue
        components = []
        for component in dish.components:
            servings = tuple(
                serving
                for serving in component.servings
                if forbidden_by(foods[serving.food], rules) is None
            )
            if servings:
                components.append(component.model_copy(update={"servings": servings}))
            elif not component.optional:
                break
        else:
            if tuple(components) == dish.components:
                yield dish
            elif components:
                yield _variant(dish, number, components)


def _variant(dish: DishChoice, number: int, components: list[ComponentChoice]) -> DishChoice:
    return dish.model_copy(
        update={
            "id": f"{dish.id}@guest-{number}",
            "of": dish.id,
            "meals": (),
            "components": tuple(components),
        }
    )


def _leftovers(
    place: Place,
    double: CookDouble,
    occasions: Mapping[Place, Occasion],
    days: Sequence[date],
    meals: Sequence[Meal],
    dishes: Sequence[DishChoice],
) -> Iterator[LeftoverMeal]:
    """The lunch that it is for, unless the plan ends before. InputError where there is none to be eaten."""
    source, gap, named = days.index(place.date), double.days, double.dish
    day = source + gap
    if day >= len(days):
        return
    lunch = Place(days[day], Meal.LUNCH)
    if Meal.LUNCH not in meals:
        raise InputError(f"{place} is cooked double, but no lunch is planned that would be left.")
    if lunch in occasions:
        raise InputError(
            f"{place} is cooked double, but {lunch} is otherwise: {occasions[lunch]}.",
            hint="Leave one of the two out.",
        )
    until = "until the next day" if gap == 1 else f"for {gap} days"
    keeping = [dish for dish in dishes if dish.keeps >= gap]
    if named is not None and not any(dish.dish == named for dish in keeping):
        raise ImpossibleError(
            f"{place} cannot be {named}, cooked double: it does not keep {until}.",
            hint="Name another dish, or leave one of the two out.",
        )
    if named is None and not any(place.meal in dish.meals for dish in keeping):
        raise ImpossibleError(f"No dish for {place.meal} is left that keeps {until}.")
    yield LeftoverMeal(
        day=day,
        meal=meals.index(Meal.LUNCH),
        of_day=source,
        of_meal=meals.index(place.meal),
    )
