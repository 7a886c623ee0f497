"""Which foods bring a day's magnesium, and which meals."""

from collections.abc import Mapping
from decimal import Decimal

from mealmag.catalogue.dish import Meal
from mealmag.nutrition.totals import rounded
from mealmag.planning.plan import PlanDay
from mealmag.planning.why.answer import MealShare, Source
from mealmag.planning.why.served import Served, portions

_KEY = "magnesium_mg"


def by_food(served: Served, day: PlanDay, target_mg: Decimal) -> list[Source]:
    """Each food of the day once, the richest first."""
    amounts: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    meals: dict[str, dict[Meal, None]] = {}
    for meal, portion in portions(day):
        amount = served.amount(portion, _KEY)
        amounts[portion.food] = amounts.get(portion.food, Decimal(0)) + amount
        names.setdefault(portion.food, portion.name)
        meals.setdefault(portion.food, {})[meal.meal] = None
    return [
        Source(
            food=food,
            name=names[food],
            magnesium_mg=rounded(amounts[food]),
            percent_of_target=rounded(100 * amounts[food] / target_mg),
            meals=list(meals[food]),
        )
        for food in _largest_first(amounts)
    ]


def by_meal(served: Served, day: PlanDay, target_mg: Decimal) -> list[MealShare]:
    """The meals in their order."""
    shares = []
    for meal in day.meals:
        amount = sum((served.amount(portion, _KEY) for portion in meal.portions), Decimal(0))
        shares.append(
            MealShare(
                meal=meal.meal,
                name=meal.name,
                magnesium_mg=rounded(amount),
                percent_of_target=rounded(100 * amount / target_mg),
            )
        )
    return shares


def _largest_first(amounts: Mapping[str, Decimal]) -> list[str]:
    """Foods that bring as much stand in the order of the day."""
    return sorted(amounts, key=lambda food: -amounts[food])
