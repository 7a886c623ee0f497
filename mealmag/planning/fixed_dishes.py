"""Meals of which the dish was named: what the optimiser gets, or why that dish cannot stand there.

A dish that was named may stand at a meal which it does not suit otherwise; what the person may not eat is
on no plate, whoever names it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from mealmag.catalogue.dish import Component, Dish, Meal
from mealmag.errors import ImpossibleError, InputError, did_you_mean
from mealmag.nutrition.exclusions import kinds_of
from mealmag.nutrition.food import Food
from mealmag.nutrition.nutrients import nutrient_of
from mealmag.planning.candidates import forbidden_by, loosened
from mealmag.planning.occasion import WORDS, Occasion, Place, named_dish
from mealmag.planning.problem import DishChoice, FixedMeal, Rules

_MOST_FOODS = 3  # of a part of a dish, told with what is against each


def named_dishes(occasions: Iterable[Occasion | None]) -> set[str]:
    """The ids of the dishes that were named."""
    return {dish for occasion in occasions if (dish := named_dish(occasion)) is not None}


def refuse_unknown_dish(where: str, dish: str, cookbook: Collection[str]) -> None:
    """InputError, with what may be meant, for an id that no dish has."""
    if dish not in cookbook:
        raise InputError(
            f'{where}: "{dish}" is no dish of the cookbook.{did_you_mean(dish, [*WORDS, *cookbook])}',
            hint="`mealmag dishes` shows the ids. What else may be said of a meal: skip, out 800, "
            "ate …, guest …, double, planned.",
        )


def fixed_meals(
    occasions: Mapping[Place, Occasion],
    days: Sequence[date],
    meals: Sequence[Meal],
    dishes: Collection[DishChoice],
    cookbook: Mapping[str, Dish],
    foods: Mapping[str, Food],
    rules: Rules,
    *,
    relaxed: Collection[str] = (),
) -> list[FixedMeal]:
    """All meals of these days of which the dish was named; `dishes` are those that may be served.

    Raises ImpossibleError, with the rule, for a dish of the cookbook that the person may not have.
    """
    found = []
    may_be = {dish.id for dish in dishes}
    for place, occasion in sorted(occasions.items()):
        named = named_dish(occasion)
        if named is None or place.meal not in meals:
            continue
        if named not in may_be:
            dish, applied = cookbook[named], loosened(rules, relaxed)
            raise ImpossibleError(
                f"{place} cannot be {dish.id}: {_against(dish, foods, applied)}.",
                hint="Name another dish, or leave it out.",
            )
        found.append(
            FixedMeal(day=days.index(place.date), meal=meals.index(place.meal), dish=named)
        )
    return found


def _against(dish: Dish, foods: Mapping[str, Food], rules: Rules) -> str:
    """What takes the dish, with the names of the rules: it is disliked, or nothing is left of a part."""
    if dish.id in rules.dislikes:
        return "it may not be served (dislikes)"
    gone = [(part, against) for part in dish.components if (against := _part(part, foods, rules))]
    part, against = min(gone, key=lambda each: each[0].optional)
    if len(against) == 1:
        ((food, reason),) = against.items()
        return f"its {food} may not be served ({reason})"
    told = [f"{food} ({reason})" for food, reason in against.items()][:_MOST_FOODS]
    more = f", and {len(against) - _MOST_FOODS} more" if len(against) > _MOST_FOODS else ""
    return f"nothing of its {part.name} may be served: {', '.join(told)}{more}"


def _part(component: Component, foods: Mapping[str, Food], rules: Rules) -> dict[str, str]:
    """What is against each food of a part, by its name; nothing where one is left."""
    found = {}
    for food in (foods[each] for each in dict.fromkeys(s.food for s in component.servings)):
        reason = _reason(food, rules)
        if not reason:
            return {}
        found[food.name_en.removeprefix("raw ") if food.cooked else food.name_en] = reason
    return found


def _reason(food: Food, rules: Rules) -> str:
    """The rule that forbids the food, and what of it does; nothing where it may be served."""
    rule = forbidden_by(food, rules)
    if rule == "diet":
        return f"diet: {food.diet}, not {rules.diet}"
    if rule == "allergens":
        held = sorted(food.allergens.intersection(rules.avoid_allergens))
        return f"allergens: {' and '.join(held)}"
    if rule == "conditions":
        kinds = sorted(kinds_of(food).intersection(rules.left_out))
        return f"conditions: {' and '.join(kinds)}"
    if rule is None and food.missing_to_plan:
        missing = " and ".join(nutrient_of(key).name for key in food.missing_to_plan)
        return f"no figure for {missing}"
    return rule or ""
