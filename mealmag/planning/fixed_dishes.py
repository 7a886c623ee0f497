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
from mealmag.planning.candidates import FILTERS, forbidden_by, loosened
from mealmag.planning.occasion import WORDS, FixedDish, Occasion, Place
from mealmag.planning.problem import DishChoice, FixedMeal, Rules

_MOST_FOODS = 3  # of a part of a dish, told with what is against each


def named_dishes(occasions: Iterable[Occasion | None]) -> set[str]:
    """The ids of the dishes that were named."""
    return {occasion.dish for occasion in occasions if isinstance(occasion, FixedDish)}


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
        if not isinstance(occasion, FixedDish) or place.meal not in meals:
            continue
        if occasion.dish not in may_be:
            rule, reason = _against(cookbook[occasion.dish], foods, loosened(rules, relaxed))
            raise ImpossibleError(
                f"{place} cannot be {occasion.dish}: {reason} ({', '.join(rule) or 'no figures'}).",
                rules=rule,
                hint="Name another dish, or leave it out.",
            )
        found.append(
            FixedMeal(day=days.index(place.date), meal=meals.index(place.meal), occasion=occasion)
        )
    return found


def _against(dish: Dish, foods: Mapping[str, Food], rules: Rules) -> tuple[list[str], str]:
    """The rules that take a dish, and how: it is disliked, or nothing is left of a part that it needs."""
    if dish.id in rules.dislikes:
        return ["dislikes"], "it is disliked"
    gone = [(part, blame) for part in dish.components if (blame := _blame(part, foods, rules))]
    part, blame = min(gone, key=lambda each: each[0].optional)
    guilty = {rule for rule, _ in blame.values()}
    told = [f"{food} {words}" for food, (_, words) in blame.items()]
    more = [f"and {len(told) - _MOST_FOODS} more"] if len(told) > _MOST_FOODS else []
    reason = ", ".join([*told[:_MOST_FOODS], *more])
    return (
        [rule for rule in FILTERS if rule in guilty],
        f"its {reason}" if len(told) == 1 else f"of its {part.name}, {reason}",
    )


def _blame(
    component: Component, foods: Mapping[str, Food], rules: Rules
) -> dict[str, tuple[str, str]]:
    """What is against each food of a part, by its name: the rule and the words; nothing where one is left."""
    found = {}
    for food in (foods[each] for each in dict.fromkeys(s.food for s in component.servings)):
        rule = forbidden_by(food, rules)
        if rule is not None:
            found[food.name_en] = rule, _words(rule, food, rules)
        elif food.missing_to_plan:
            missing = " and ".join(nutrient_of(key).name for key in food.missing_to_plan)
            found[food.name_en] = "", f"has no figure for {missing}"
        else:
            return {}
    return found


def _words(rule: str, food: Food, rules: Rules) -> str:
    if rule == "diet":
        return f"is {food.diet}, not {rules.diet}"
    if rule == "allergens":
        return f"holds {' and '.join(sorted(food.allergens.intersection(rules.avoid_allergens)))}"
    if rule == "conditions":
        return f"is {' and '.join(sorted(kinds_of(food).intersection(rules.left_out)))}"
    return "is disliked"
