"""Which foods and swaps are worth a look to close a day's gap: the look itself is the planner's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mealmag.nutrition.diary import Entry, Ledger
from mealmag.nutrition.food import Food
from mealmag.planning.problem import Rules
from mealmag.services.likely_foods import (
    is_eaten_alone,
    is_served_as_it_is,
    likely_foods,
    richness,
)
from mealmag.services.servings import is_within, serving_of

_LEAST_MG = Decimal(15)
_MOST_OF_GROUP, _MOST_ALONE, _MOST_COOKED, _MOST_SWAPS = 2, 8, 4, 4
_NO_SNACK = frozenset(
    {"fats", "herbs-spices", "condiments", "drinks", "sweets", "snacks", "ready-meals"}
)


@dataclass(frozen=True, slots=True)
class Idea:
    """A food in an amount, perhaps in the place of something that was eaten."""

    food: Food
    grams: Decimal
    measure: str
    instead_of: Entry | None = None

    def adds(self, nutrient: str) -> Decimal:
        """What it adds of a nutrient, as far as that is known."""
        amount = self.food.amount(nutrient, self.grams) or Decimal(0)
        if self.instead_of is None:
            return amount
        return amount - (self.instead_of.amount(nutrient) or Decimal(0))


def ideas(
    entries: Sequence[Entry], foods: Mapping[str, Food], rules: Rules, most_kcal: Decimal
) -> list[Idea]:
    """What a person may eat, has most likely at home, and brings magnesium: of every group a few.

    That is no ranking: how good a food is depends on what the day lacks, and is worked out after.
    """
    allowed = likely_foods(foods.values(), rules)
    return [*_servings(allowed, most_kcal), *_swaps(entries, allowed, most_kcal)]


def _servings(allowed: Sequence[Food], most_kcal: Decimal) -> Iterator[Idea]:
    """Most of what people have as it is, and some of what is cooked."""
    found = [
        Idea(food, serving.grams, serving.measure)
        for food in allowed
        if is_eaten_alone(food) or (food.group not in _NO_SNACK and is_served_as_it_is(food))
        if (serving := serving_of(food)) is not None
    ]
    fitting = [
        idea
        for idea in found
        if idea.adds("magnesium_mg") >= _LEAST_MG and idea.adds("energy_kcal") <= most_kcal
    ]
    fitting.sort(key=lambda idea: (-idea.adds("magnesium_mg"), idea.food.id))
    of_group: dict[str, int] = {}
    seen: set[str] = set()
    room = {True: _MOST_ALONE, False: _MOST_COOKED}
    for idea in fitting:
        alone = is_eaten_alone(idea.food)
        kind = idea.food.id.partition("-")[0]
        full = of_group.get(idea.food.group, 0) >= _MOST_OF_GROUP or not room[alone]
        if kind in seen or full:
            continue
        seen.add(kind)
        room[alone] -= 1
        of_group[idea.food.group] = of_group.get(idea.food.group, 0) + 1
        yield idea


def _swaps(entries: Sequence[Entry], allowed: Sequence[Food], most_kcal: Decimal) -> Iterator[Idea]:
    """The same amount of the richest food that dishes are served with in its place, for a poorer one."""
    by_id = {food.id: food for food in allowed}
    largest: dict[str, Entry] = {}
    for entry in entries:
        before = largest.get(entry.snapshot.food)
        if entry.ledger is Ledger.FOOD and (before is None or entry.quantity > before.quantity):
            largest[entry.snapshot.food] = entry
    found = []
    for food_id, entry in largest.items():
        eaten = by_id.get(food_id)
        if eaten is None:
            continue
        alike = [
            Idea(food, entry.quantity, entry.measure, entry)
            for food in allowed
            if food.roles & eaten.roles and food.state is eaten.state
            if richness(food) > richness(eaten) and is_within(food, entry.quantity)
        ]
        richer = [
            idea
            for idea in alike
            if idea.adds("magnesium_mg") >= _LEAST_MG and idea.adds("energy_kcal") <= most_kcal
        ]
        if richer:
            found.append(max(richer, key=_for_its_energy))
    found.sort(key=lambda idea: (-idea.adds("magnesium_mg"), idea.food.id))
    yield from found[:_MOST_SWAPS]


def _for_its_energy(idea: Idea) -> tuple[int, int, int, str]:
    """The richest for its energy; then what is in more kitchens, and has the plainer name."""
    food = idea.food
    return richness(food), -food.everyday, -len(food.name_en), food.id
