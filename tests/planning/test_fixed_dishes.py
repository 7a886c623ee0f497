"""Meals of which the dish was named: what may stand there, and by which rule another may not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mealmag.catalogue.dish import Component, Dish, Meal, Serving
from mealmag.errors import ImpossibleError, InputError
from mealmag.nutrition.exclusions import Exclusion
from mealmag.nutrition.food import Diet, Food
from mealmag.planning.candidates import choices
from mealmag.planning.fixed_dishes import fixed_meals, named_dishes, refuse_unknown_dish
from mealmag.planning.occasion import FixedDish, Place, Skipped
from mealmag.planning.problem import FixedMeal, Rules
from tests.planning.toy import toy_foods

MONDAY = date(2026, 11, 23)
DAYS = (MONDAY, MONDAY + timedelta(days=1))
MEALS = (Meal.LUNCH, Meal.DINNER)
DINNER = Place(MONDAY, Meal.DINNER)


def foods() -> dict[str, Food]:
    oats, cheese, salmon, wine = (
        replace(food, allergens=frozenset(), diet=Diet.VEGAN, group="whole-grains")
        for food in toy_foods(4).values()
    )
    cheese = replace(cheese, diet=Diet.VEGETARIAN, allergens=frozenset({"milk"}), group="dairy")
    salmon = replace(salmon, diet=Diet.PESCATARIAN, allergens=frozenset({"fish"}), group="fish")
    wine = replace(wine, nutrients={**wine.nutrients, "alcohol_g": Decimal(10)}, group="drinks")
    named = {"oats": oats, "cheese": cheese, "salmon": salmon, "wine": wine}
    return {key: replace(food, id=key, name_en=key) for key, food in named.items()}


def part(name: str, *of: str, optional: bool = False) -> Component:
    servings = tuple(Serving(food, Decimal(100), "100 g") for food in of)
    return Component(name, servings, (0,) * len(of), optional)


def dish(key: str, *parts: Component, meals: tuple[Meal, ...] = MEALS) -> Dish:
    return Dish(key, key, key, frozenset(meals), 5, ("Cook.",), 1, parts)


COOKBOOK = {
    each.id: each
    for each in (
        dish("porridge", part("grain", "oats"), meals=(Meal.BREAKFAST,)),
        dish("plain", part("grain", "oats")),
        dish("gratin", part("grain", "oats"), part("top", "cheese")),
        dish("pie", part("grain", "oats"), part("filling", "cheese", "salmon")),
        dish("stew", part("grain", "oats"), part("wine", "wine")),
        dish("any", part("grain", "oats", "cheese"), part("wine", "wine", optional=True)),
        dish("toppings", part("cheese", "cheese", optional=True)),
    )
}


def fixed(named: str, *, relaxed: tuple[str, ...] = (), **rules: object) -> list[FixedMeal]:
    asked, table = Rules.model_validate(rules), foods()
    left = choices(COOKBOOK.values(), table, asked, MEALS, relaxed=relaxed, named={named})
    occasions = {DINNER: FixedDish(dish=named), Place(MONDAY, Meal.LUNCH): Skipped()}
    return fixed_meals(occasions, DAYS, MEALS, left, COOKBOOK, table, asked, relaxed=relaxed)


@pytest.mark.parametrize(
    ("named", "rules"),
    [
        ("gratin", {}),
        ("porridge", {}),
        ("plain", {"diet": "vegan"}),
        ("any", {"diet": "vegan", "left_out": [Exclusion.ALCOHOL]}),  # just about
        ("pie", {"avoid_allergens": ["milk"]}),
        ("pie", {"dislikes": ["salmon"]}),
    ],
)
def test_what_may_be_served_stands_there(named: str, rules: dict[str, object]) -> None:
    assert fixed(named, **rules) == [FixedMeal(day=0, meal=1, dish=named)]


@pytest.mark.parametrize(
    ("named", "rules", "said"),
    [
        ("gratin", {"diet": "vegan"}, "its cheese may not be served (diet: vegetarian, not vegan)"),
        ("gratin", {"avoid_allergens": ["milk"]}, "its cheese may not be served (allergens: milk)"),
        ("gratin", {"dislikes": ["cheese"]}, "its cheese may not be served (dislikes)"),
        ("gratin", {"dislikes": ["gratin"]}, "it may not be served (dislikes)"),
        (
            "stew",
            {"left_out": [Exclusion.ALCOHOL]},
            "its wine may not be served (conditions: alcohol)",
        ),
        (
            "pie",
            {"avoid_allergens": ["milk"], "dislikes": ["fish"]},
            "nothing of its filling may be served: cheese (allergens: milk), salmon (dislikes)",
        ),
        ("toppings", {"diet": "vegan"}, "its cheese may not be served (diet: vegetarian, not vegan)"),
    ],
)  # fmt: skip
def test_what_may_not_is_told_with_its_rule(
    named: str, rules: dict[str, object], said: str
) -> None:
    with pytest.raises(ImpossibleError) as caught:
        fixed(named, **rules)
    assert caught.value.message == f"Monday dinner cannot be {named}: {said}."


def test_a_rule_that_is_not_applied_takes_nothing() -> None:
    assert fixed("gratin", relaxed=("diet",), diet="vegan")
    assert fixed("stew", relaxed=("conditions",), left_out=[Exclusion.ALCOHOL])
    assert fixed("gratin", relaxed=("dislikes",), dislikes=["gratin"])


def test_a_food_without_figures_is_told() -> None:
    table, rules = foods(), Rules()
    unknown = {**table["cheese"].nutrients, "magnesium_mg": None}
    table["cheese"] = replace(table["cheese"], nutrients=unknown)
    left = choices(COOKBOOK.values(), table, rules, MEALS)
    with pytest.raises(ImpossibleError, match=r"its cheese may not be served \(no figure for magn"):
        fixed_meals({DINNER: FixedDish(dish="gratin")}, DAYS, MEALS, left, COOKBOOK, table, rules)


def test_a_long_list_is_cut() -> None:
    table = foods()
    many = {
        f"cheese-{n}": replace(table["cheese"], id=f"cheese-{n}", name_en=f"cheese {n}")
        for n in range(5)
    }
    cookbook = {**COOKBOOK, "board": dish("board", part("cheese", *many))}
    rules = Rules(diet=Diet.VEGAN)
    left = choices(cookbook.values(), table | many, rules, MEALS)
    with pytest.raises(ImpossibleError, match=r"cheese 2 \(diet: .*\), and 2 more\.$"):
        fixed_meals(
            {DINNER: FixedDish(dish="board")}, DAYS, MEALS, left, cookbook, table | many, rules
        )


def test_an_unknown_dish_is_refused_with_what_may_be_meant() -> None:
    refuse_unknown_dish("Monday dinner", "gratin", COOKBOOK)
    for word, meant in (("gratn", "gratin"), ("skp", "skip"), ("dubble", "double")):
        with pytest.raises(
            InputError, match=f'no dish of the cookbook. Did you mean "{meant}"?'
        ) as caught:
            refuse_unknown_dish("Monday dinner", word, COOKBOOK)
        assert "`mealmag dishes`" in caught.value.hint


def test_the_dishes_that_were_named() -> None:
    assert named_dishes([FixedDish(dish="pie"), None, Skipped(), FixedDish(dish="pie")]) == {"pie"}
