"""The dishes that come with the program: whole, varied for every eater, and of a sane size."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.dish import Component, Dish, Meal, Serving
from mealmag.catalogue.dishes import load_dishes
from mealmag.catalogue.foods import load_foods
from mealmag.nutrition.food import Diet, Food

DATA = Path(__file__).parents[2] / "data"
FOODS, _ = load_foods(DATA / "foods.csv")
DISHES, PROBLEMS = load_dishes(DATA / "dishes.toml", FOODS)

EATERS: dict[str, tuple[Diet, frozenset[str]]] = {
    "omnivore": (Diet.OMNIVORE, frozenset()),
    "pescatarian": (Diet.PESCATARIAN, frozenset()),
    "vegetarian": (Diet.VEGETARIAN, frozenset()),
    "vegan": (Diet.VEGAN, frozenset()),
    "gluten-free": (Diet.OMNIVORE, frozenset({"gluten"})),
    "nut-free": (Diet.OMNIVORE, frozenset({"nuts", "peanuts"})),
    "milk-free": (Diet.OMNIVORE, frozenset({"milk"})),
    "vegan, gluten-free": (Diet.VEGAN, frozenset({"gluten"})),
    "vegan, no soya": (Diet.VEGAN, frozenset({"soybeans"})),
    "gluten-free, nut-free": (Diet.OMNIVORE, frozenset({"gluten", "nuts", "peanuts"})),
    "vegan, no gluten, nuts or soya": (
        Diet.VEGAN,
        frozenset({"gluten", "nuts", "peanuts", "soybeans"}),
    ),
}
AT_LEAST = {Meal.BREAKFAST: 5, Meal.LUNCH: 6, Meal.DINNER: 7, Meal.SNACK: 6}
QUICK = {Meal.LUNCH: 10, Meal.DINNER: 25}

# kcal from the smallest to the largest plate: what a cook would recognise as that meal.
BANDS = {
    Meal.BREAKFAST: (200, 860),
    Meal.LUNCH: (300, 1000),
    Meal.DINNER: (340, 1120),
    Meal.SNACK: (50, 480),
}


def figure(serving: Serving, nutrient: str) -> Decimal:
    amount = FOODS[serving.food].amount(nutrient, serving.grams)
    assert amount is not None
    return amount


def eaten_by(dish: Dish, diet: Diet, allergens: Iterable[str]) -> bool:
    """Whether every component that is not optional has a food left."""

    def left(component: Component) -> bool:
        foods = (FOODS[serving.food] for serving in component.servings)
        return any(
            diet.may_eat(food.diet) and not food.allergens & set(allergens) for food in foods
        )

    return all(component.optional or left(component) for component in dish.components)


def by_meal(dishes: Iterable[Dish]) -> Mapping[Meal, int]:
    return Counter(meal for dish in dishes for meal in dish.meals)


def every(dishes: Mapping[str, Dish]) -> list[object]:
    return [pytest.param(dish, id=dish.id) for dish in dishes.values()]


def test_the_file_has_no_problems() -> None:
    assert [str(problem) for problem in PROBLEMS] == []


def test_there_is_enough_of_every_meal() -> None:
    assert 56 <= len(DISHES) <= 64
    counts = by_meal(DISHES.values())
    assert counts[Meal.BREAKFAST] >= 14
    assert counts[Meal.LUNCH] >= 14
    assert counts[Meal.DINNER] >= 18
    assert counts[Meal.SNACK] >= 14


@pytest.mark.parametrize("eater", EATERS)
def test_every_eater_has_a_varied_week(eater: str) -> None:
    diet, allergens = EATERS[eater]
    counts = by_meal(dish for dish in DISHES.values() if eaten_by(dish, diet, allergens))
    for meal, least in AT_LEAST.items():
        assert counts[meal] >= least, f"{eater}: {counts[meal]} for {meal}"


@pytest.mark.parametrize("eater", EATERS)
def test_every_eater_can_cook_within_a_weekday(eater: str) -> None:
    """Breakfast 5, lunch 10 and dinner 25 minutes leave five of the 45: at least three of each."""
    diet, allergens = EATERS[eater]
    for meal, minutes in QUICK.items():
        quick = [
            dish.id
            for dish in DISHES.values()
            if meal in dish.meals and dish.minutes <= minutes and eaten_by(dish, diet, allergens)
        ]
        assert len(quick) >= 3, f"{eater}: only {quick} for {meal} in {minutes} minutes"


@pytest.mark.parametrize("dish", every(DISHES))
def test_the_plate_is_neither_empty_nor_heaped(dish: Dish) -> None:
    parts = [
        (part.optional, [figure(one, "energy_kcal") for one in part.servings])
        for part in dish.components
    ]
    least = sum(min(figures) for optional, figures in parts if not optional)
    most = sum(max(figures) for _, figures in parts)
    for meal in dish.meals:
        low, high = BANDS[meal]
        assert low <= least, f"{least:.0f} kcal is too little for {meal}"
        assert most <= high, f"{most:.0f} kcal is too much for {meal}"


@pytest.mark.parametrize("dish", every(DISHES))
def test_the_usual_plate_is_not_too_salty(dish: Dish) -> None:
    """At usual amounts, the saltiest food of every choice and all that is optional included."""
    sodium = sum(
        max(
            figure(one, "sodium_mg")
            for one, step in zip(part.servings, part.steps, strict=True)
            if step == 0
        )
        for part in dish.components
    )
    assert sodium <= 1100


@pytest.mark.parametrize("dish", every(DISHES))
def test_amounts_read_as_a_cook_would_say_them(dish: Dish) -> None:
    for part in dish.components:
        for one in part.servings:
            assert re.fullmatch(r"\d*[⅛¼⅓½⅔¾]?(?<=.) \D+", one.measure), one


@pytest.mark.parametrize("dish", every(DISHES))
def test_choices_stay_lean(dish: Dish) -> None:
    assert len(dish.components) <= 8
    for part in dish.components:
        foods: Counter[str] = Counter(one.food for one in part.servings)
        assert len(foods) <= 6, part.name
        assert max(foods.values()) <= 4, part.name


def test_only_foods_that_can_be_planned_with_are_used() -> None:
    used: dict[str, Food] = {
        one.food: FOODS[one.food]
        for dish in DISHES.values()
        for part in dish.components
        for one in part.servings
    }
    assert [food.id for food in used.values() if food.missing_core] == []
