"""Which foods a person may eat, has most likely at home, and can have as they are."""

from collections.abc import Iterable
from decimal import Decimal

from mealmag.nutrition.food import Food, State
from mealmag.planning.candidates import forbidden_by
from mealmag.planning.problem import Rules

_IN_MOST_KITCHENS = 2
_EATEN_ALONE = frozenset({
    "nuts", "seeds", "nut-butter", "fruit-fresh", "fruit-dried", "berries", "snack-vegetable", "bread-slice",
    "bread-roll", "cracker", "yoghurt", "milk", "milk-sour", "chocolate", "hummus", "mineral-water",
})  # fmt: skip
_EATEN_RAW = frozenset({"fruit-fresh", "fruit-whole", "berries", "leafy-raw", "vegetable-raw"})


def likely_foods(foods: Iterable[Food], rules: Rules) -> list[Food]:
    """Those that no rule forbids, that take no special trip, and that are known well enough to plan with."""
    return [
        food
        for food in foods
        if food.everyday <= _IN_MOST_KITCHENS and not food.missing_to_plan and "+" not in food.id
        if forbidden_by(food, rules) is None
    ]


def is_served_as_it_is(food: Food) -> bool:
    """Whether nobody need cook it first."""
    return not food.state.uncooked or bool(food.roles & _EATEN_RAW)


def is_eaten_alone(food: Food) -> bool:
    """Whether people have it as it is, between meals too: a handful of nuts, fruit, bread, milk."""
    return (
        food.state is not State.COOKED
        and is_served_as_it_is(food)
        and bool(food.roles & _EATEN_ALONE)
    )


def richness(food: Food) -> int:
    """Magnesium for energy, in steps of 5 mg per 100 kcal: what is only drier, as toast, is no richer."""
    energy = max(Decimal(1), food.nutrients["energy_kcal"] or Decimal(1))
    return round(20 * (food.nutrients["magnesium_mg"] or Decimal(0)) / energy)
