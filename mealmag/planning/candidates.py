"""Which dishes, and which of their choices, a person may have at all.

Diet, allergens, dislikes and what a life stage rules out are settled here, before a model exists: what
is forbidden is not offered.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from mealmag.catalogue.appetite import served
from mealmag.catalogue.dish import Component, Dish, Meal
from mealmag.errors import ImpossibleError
from mealmag.nutrition.caffeine import caffeine_per_100_g
from mealmag.nutrition.exclusions import kinds_of
from mealmag.nutrition.food import Food
from mealmag.nutrition.food_groups import groups_of
from mealmag.nutrition.food_words import words_of
from mealmag.nutrition.main_food import least_g
from mealmag.nutrition.unknown import Unknown
from mealmag.planning.problem import (
    CAFFEINE,
    ComponentChoice,
    DishChoice,
    FoodFacts,
    Rules,
    ServingChoice,
)

FILTERS = ("diet", "allergens", "dislikes", "conditions")


def forbidden_by(food: Food, rules: Rules) -> str | None:
    """The name of the first rule that forbids `food`, or None."""
    if not rules.diet.may_eat(food.diet):
        return "diet"
    if food.allergens.intersection(rules.avoid_allergens):
        return "allergens"
    if rules.dislikes and not words_of(food).isdisjoint(rules.dislikes):
        return "dislikes"
    if rules.left_out and not kinds_of(food).isdisjoint(rules.left_out):
        return "conditions"
    return None


def choices(
    dishes: Iterable[Dish],
    foods: Mapping[str, Food],
    rules: Rules,
    meals: Sequence[Meal],
    *,
    relaxed: Collection[str] = (),
    steps: int = 0,
    named: Collection[str] = (),
) -> tuple[DishChoice, ...]:
    """The dishes with what is left of their choices. Rules named in `relaxed` are not applied.

    `steps` is the person's `appetite`: how far beyond the amounts as written they are served. The dishes
    `named`, by their ids, are kept even where they suit none of these meals.

    A food without a figure for energy or magnesium is not planned with.

    Raises ImpossibleError when a meal has no dish left, naming the rules that took them.
    """
    guilty: set[str] = set()
    kept: list[DishChoice] = []
    held = loosened(rules, relaxed)
    dishes = tuple(served(dish, steps, foods) for dish in sorted(dishes, key=lambda d: d.id))
    used = {serving.food for d in dishes for c in d.components for serving in c.servings}
    reasons = {food: forbidden_by(foods[food], held) for food in used}
    known = {food for food in used if not foods[food].missing_to_plan}
    for dish in dishes:
        suited = tuple(meal for meal in meals if meal in dish.meals)
        if not suited and dish.id not in named:
            continue
        if dish.id in rules.dislikes and "dislikes" not in relaxed:
            guilty.add("dislikes")
            continue
        components = []
        for component in dish.components:
            choice, blame = _component(component, known, reasons)
            if choice is not None:
                components.append(choice)
            elif not component.optional:
                guilty |= blame
                break
        else:
            if components:
                kept.append(
                    DishChoice(
                        id=dish.id,
                        name=dish.name_en,
                        minutes=dish.minutes,
                        total_minutes=dish.total_minutes,
                        meals=suited,
                        components=tuple(components),
                        keeps=dish.keeps_days if dish.is_lunch_tomorrow else 0,
                    )
                )
    for meal in meals:
        if not any(meal in dish.meals for dish in kept):
            names = [name for name in FILTERS if name in guilty]
            raise ImpossibleError(
                f"No dish is left for {meal}"
                + (f" after the rules: {', '.join(names)}." if names else " in this catalogue."),
                rules=names,
                hint="Allow something again, leave the meal out, or add dishes of your own.",
            )
    return tuple(kept)


def _component(
    component: Component,
    known: Collection[str],
    reasons: Mapping[str, str | None],
) -> tuple[ComponentChoice | None, set[str]]:
    servings = []
    blame: set[str] = set()
    for serving, steps in zip(component.servings, component.steps, strict=True):
        reason = reasons[serving.food]
        if reason is not None:
            blame.add(reason)
        elif serving.food in known:
            servings.append(
                ServingChoice(
                    food=serving.food,
                    grams=serving.grams,
                    measure=serving.measure,
                    steps=steps,
                )
            )
    if not servings:
        return None, blame
    return (
        ComponentChoice(name=component.name, optional=component.optional, servings=tuple(servings)),
        blame,
    )


def loosened(rules: Rules, relaxed: Collection[str]) -> Rules:
    """The rules without those of `FILTERS` that are named in `relaxed`."""
    changes: dict[str, object] = {}
    if "diet" in relaxed:
        changes["diet"] = "omnivore"
    if "allergens" in relaxed:
        changes["avoid_allergens"] = ()
    if "dislikes" in relaxed:
        changes["dislikes"] = ()
    if "conditions" in relaxed:
        changes["left_out"] = ()
    return Rules.model_validate(rules.model_dump() | changes) if changes else rules


def served_foods(dishes: Iterable[DishChoice]) -> set[str]:
    """The foods that these dishes can be served with."""
    return {
        serving.food
        for dish in dishes
        for component in dish.components
        for serving in component.servings
    }


def bought_foods(dishes: Iterable[DishChoice]) -> set[str]:
    """The same by the id under which each is bought."""
    return {food.partition("+")[0] for food in served_foods(dishes)}


def facts(
    dishes: Iterable[DishChoice],
    foods: Mapping[str, Food],
    nutrients: Collection[str],
    prices: Mapping[str, Decimal] | None = None,
    *,
    also: Collection[str] = (),
    known: Iterable[FoodFacts] = (),
) -> tuple[FoodFacts, ...]:
    """What the optimiser may know of every food that these dishes can use, sorted by id, and behind them of
    those `also` on a plate.

    Caffeine is always among it, as `nutrition.caffeine` counts it. `prices` are per 100 g
    as eaten, by the id of the food as bought. What is `known` is taken as it is.
    """
    used = served_foods(dishes)
    ids = [*sorted(used), *sorted(set(also) - used)]
    found = {each.id: each for each in known}
    if found.keys() >= set(ids):
        return tuple(found[food] for food in ids)
    caffeine = caffeine_per_100_g(foods)
    unknown = Unknown(foods)
    return tuple(
        found.get(food_id)
        or FoodFacts(
            id=food_id,
            group=foods[food_id].group,
            everyday=foods[food_id].everyday,
            nutrients={
                key: value
                for key in sorted(nutrients)
                if (value := foods[food_id].nutrients.get(key)) is not None
            }
            | {CAFFEINE: caffeine[food_id]},
            at_most={
                key: unknown.at_most(foods[food_id], key) or Decimal(0)
                for key in sorted(nutrients)
                if foods[food_id].nutrients.get(key) is None
            },
            price_per_100_g=(prices or {}).get(foods[food_id].bought_id),
            subgroups=tuple(sorted(groups_of(foods[food_id]) - {foods[food_id].group})),
            colour=foods[food_id].colour,
            packet=foods[food_id].packet,
            main_food=foods[food_id].main_food,
            main_from_g=least_g(foods[food_id]),
        )
        for food_id in ids
    )
