"""The dishes that come with the program: whole, varied for every eater, and of a sane size."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from mealmag.catalogue.cooked import shipped_processes, with_cooked
from mealmag.catalogue.dish import KITCHENS, Dish, Meal, Serving
from mealmag.catalogue.dishes import load_dishes
from mealmag.catalogue.foods import load_foods
from mealmag.nutrition.food import Food, State
from tests.catalogue.eaters import EATERS, Eater, may_have

DATA = Path(__file__).parents[2] / "data"
FOODS, _ = load_foods(DATA / "foods.csv")
DISHES, PROBLEMS = load_dishes(DATA / "dishes.toml", FOODS)
FOODS = with_cooked(FOODS, DISHES.values())

EATEN_DRY = {
    "oats-rolled", "oats-rolled-gluten-free", "oat-bran", "wheat-bran", "baking-powder", "cornstarch",
}  # fmt: skip
"""Dry, and eaten as it is, soaked in yoghurt or milk; or next to nothing of it."""

QUICK = {Meal.LUNCH: 10, Meal.DINNER: 25}

# What a cook would recognise as that meal: kcal from the smallest plate to the largest, and at usual
# amounts the least protein (g), the most sodium (mg) and the most weight (g, drinks included).
BANDS = {
    Meal.BREAKFAST: (180, 900),
    Meal.LUNCH: (230, 1000),
    Meal.DINNER: (280, 1100),
    Meal.SNACK: (35, 480),
}
PROTEIN = {Meal.BREAKFAST: 5, Meal.LUNCH: 9, Meal.DINNER: 12, Meal.SNACK: 0}
SODIUM = {Meal.BREAKFAST: 1100, Meal.LUNCH: 1600, Meal.DINNER: 1500, Meal.SNACK: 600}
WEIGHT = {Meal.BREAKFAST: 950, Meal.LUNCH: 1000, Meal.DINNER: 1050, Meal.SNACK: 550}


def figure(serving: Serving, nutrient: str) -> Decimal:
    amount = FOODS[serving.food].amount(nutrient, serving.grams)
    assert amount is not None
    return amount


def eaten_by(dish: Dish, eater: Eater) -> bool:
    """Whether every component that is not optional has a food left."""
    return all(
        part.optional or any(may_have(FOODS[one.food], eater) for one in part.servings)
        for part in dish.components
    )


def by_meal(dishes: Iterable[Dish]) -> Mapping[Meal, int]:
    return Counter(meal for dish in dishes for meal in dish.meals)


def every(dishes: Mapping[str, Dish]) -> list[object]:
    return [pytest.param(dish, id=dish.id) for dish in dishes.values()]


def test_the_file_has_no_problems() -> None:
    assert [str(problem) for problem in PROBLEMS] == []


def test_there_is_enough_of_every_meal_and_kitchen() -> None:
    assert len(DISHES) >= 200
    counts = by_meal(DISHES.values())
    assert counts[Meal.BREAKFAST] >= 35
    assert counts[Meal.LUNCH] >= 50
    assert counts[Meal.DINNER] >= 90
    assert counts[Meal.SNACK] >= 30
    kitchens = Counter(dish.kitchen for dish in DISHES.values())
    print(f"\n{dict(counts)}\n{dict(kitchens)}", end="")
    assert set(kitchens) == set(KITCHENS)
    assert min(kitchens.values()) >= 10


def test_quick_and_slow_ones() -> None:
    dinners = [dish for dish in DISHES.values() if Meal.DINNER in dish.meals]
    assert sum(dish.total_minutes <= 25 for dish in dinners) >= 15
    assert sum(dish.total_minutes >= 60 for dish in dinners) >= 10
    assert sum(dish.is_lunch_tomorrow for dish in dinners) >= 50
    assert sum(dish.freezes for dish in dinners) >= 25


@pytest.mark.parametrize("eater", EATERS)
def test_every_eater_can_cook_within_a_weekday(eater: str) -> None:
    """Breakfast 5, lunch 10 and dinner 25 minutes leave five of the 45: at least three of each."""
    for meal, minutes in QUICK.items():
        quick = [
            dish.id
            for dish in DISHES.values()
            if meal in dish.meals
            and dish.minutes <= minutes
            and dish.total_minutes <= 45
            and eaten_by(dish, EATERS[eater])
        ]
        assert len(quick) >= 3, f"{eater}: only {quick} for {meal} in {minutes} minutes"


@pytest.mark.parametrize("dish", every(DISHES))
def test_the_recipe_is_whole(dish: Dish) -> None:
    """Both names, a kitchen, two to five short steps that say what is done; times that agree."""
    assert 2 <= len(dish.method) <= 5
    assert all(len(step) <= 160 and step.endswith(".") for step in dish.method)
    assert dish.kitchen in KITCHENS
    assert dish.minutes <= dish.total_minutes
    assert dish.portions >= 1
    assert not re.search(r"\bor\b", dish.name_en) or "nut or seed butter" in dish.name_en
    assert dish.keeps_days or not dish.freezes or Meal.SNACK in dish.meals


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
def test_the_usual_plate_is_plausible(dish: Dish) -> None:
    """At usual amounts: protein of the first choices, salt of the saltiest, weight of the heaviest."""
    usual = [
        (
            part.optional,
            [one for one, step in zip(part.servings, part.steps, strict=True) if step == 0],
        )
        for part in dish.components
    ]
    protein = sum(figure(ones[0], "protein_g") for optional, ones in usual if not optional)
    sodium = sum(max(figure(one, "sodium_mg") for one in ones) for _, ones in usual)
    weight = sum(max(one.grams for one in ones) for _, ones in usual)
    for meal in dish.meals:
        assert protein >= PROTEIN[meal], f"{protein:.0f} g protein is little for {meal}"
        assert sodium <= SODIUM[meal], f"{sodium:.0f} mg sodium is much for {meal}"
        assert weight <= WEIGHT[meal], f"{weight:.0f} g is much for {meal}"


@pytest.mark.parametrize("dish", every(DISHES))
def test_the_smallest_and_the_largest_plate_are_plausible(dish: Dish) -> None:
    """Every amount that may be served: protein at the least, salt and weight at the most."""
    protein = sum(
        min(figure(one, "protein_g") for one in part.servings if one.food == part.servings[0].food)
        for part in dish.components
        if not part.optional
    )
    sodium = sum(max(figure(one, "sodium_mg") for one in part.servings) for part in dish.components)
    weight = sum(max(one.grams for one in part.servings) for part in dish.components)
    for meal in dish.meals:
        assert protein >= PROTEIN[meal] * 0.6, f"{protein:.0f} g protein is little for {meal}"
        assert sodium <= SODIUM[meal] * Decimal("1.4"), f"{sodium:.0f} mg sodium for {meal}"
        assert weight <= WEIGHT[meal] * Decimal("1.3"), f"{weight:.0f} g is much for {meal}"


@pytest.mark.parametrize("dish", every(DISHES))
def test_amounts_read_as_a_cook_would_say_them(dish: Dish) -> None:
    for part in dish.components:
        for one in part.servings:
            assert re.fullmatch(r"\d*[⅛¼⅓½⅔¾]?(?<=.) \D+", one.measure), one


@pytest.mark.parametrize("dish", every(DISHES))
def test_choices_stay_lean(dish: Dish) -> None:
    assert len(dish.components) <= 12
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


def test_raw_rows_lose_once_and_cooked_rows_never() -> None:
    """What a dish cooks from raw is the raw row times the factor, and the page counts just that."""
    processes = shipped_processes()
    cooked = {
        one.food
        for dish in DISHES.values()
        for part in dish.components
        for one in part.servings
        if "+" in one.food
    }
    assert len(cooked) >= 15
    for key in cooked:
        raw, _, process = key.partition("+")
        assert FOODS[raw].state.uncooked, key
        assert not FOODS[raw].cooked
        for nutrient, factor in processes[process].factors.items():
            before = FOODS[raw].nutrients[nutrient]
            assert before is not None
            assert FOODS[key].amount(nutrient, Decimal(150)) == before * factor * 150 / 100, key


def test_dry_food_is_cooked_before_it_is_eaten() -> None:
    """Dry pulses, grain and flour stand in a dish only with the process that cooks them."""
    for dish in DISHES.values():
        for part in dish.components:
            for one in part.servings:
                food = FOODS[one.food]
                assert food.state is not State.DRY or food.cooked or food.id in EATEN_DRY, (
                    dish.id, one.food,
                )  # fmt: skip


def uses(food: str) -> set[str]:
    """The dishes in which the food may be served."""
    return {
        dish.id
        for dish in DISHES.values()
        if any(one.food == food for part in dish.components for one in part.servings)
    }


@pytest.mark.parametrize("dish", every(DISHES))
def test_the_name_fits_on_a_line(dish: Dish) -> None:
    assert len(dish.name_en) <= 48
    assert len(dish.name_nl) <= 48


@pytest.mark.parametrize("dish", every(DISHES))
def test_eggs_are_served_whole(dish: Dish) -> None:
    for part in dish.components:
        for one in part.servings:
            if FOODS[one.food].group == "eggs":
                assert re.fullmatch(r"\d+ eggs?", one.measure), one


@pytest.mark.parametrize("dish", every(DISHES))
def test_nobody_halves_a_pot_or_a_handful(dish: Dish) -> None:
    for part in dish.components:
        for one in part.servings:
            assert not re.search(r"[⅛¼⅓½⅔¾] (pot|handful|egg|small|large)", one.measure), one


STEWED = {
    "tomato-soup", "kale-potato-soup", "corn-bean-chowder", "white-bean-kale-stew", "kuru-fasulye",
}  # fmt: skip


def test_beans_in_their_liquid_go_in_soup_or_stew_only() -> None:
    wet = {key for key, food in FOODS.items() if "with liquid" in food.name_en}
    assert wet
    assert {dish for food in wet for dish in uses(food)} <= STEWED


def test_cheese_that_takes_animal_rennet_is_a_choice_next_to_another() -> None:
    """Parmesan and its like are no food for vegetarians: never the only cheese of a choice."""
    for cheese in ("parmesan", "pecorino"):
        assert FOODS[cheese].diet == "omnivore"
        for dish in uses(cheese):
            for part in DISHES[dish].components:
                foods = {one.food for one in part.servings}
                assert cheese not in foods or any(
                    FOODS[food].diet == "vegetarian" for food in foods
                ), dish


@pytest.mark.parametrize(
    "food",
    ["bread-gluten-free", "bread-gluten-free-whole", "pasta-gluten-free-cooked", "tamari",
     "crackers-gluten-free-seeded", "oats-rolled-gluten-free", "mayonnaise-vegan",
     "margarine-vegan", "soya-yoghurt", "soya-dessert"],
)  # fmt: skip
def test_a_substitute_is_a_special_trip(food: str) -> None:
    """So that the planner keeps it for those who need it."""
    assert FOODS[food].everyday == 3


def test_flesh_and_soya_yoghurt_do_not_meet() -> None:
    for dish in uses("soya-yoghurt"):
        for part in DISHES[dish].components:
            groups = {FOODS[one.food].group for one in part.servings}
            assert part.optional or groups.isdisjoint({"meat", "fish"}), dish


def test_a_spice_mix_for_chilli_con_carne_stays_in_its_kitchen() -> None:
    kitchens = {DISHES[dish].kitchen for dish in uses("chilli-powder")}
    print(f"\n{sorted(uses('chilli-powder'))}", end="")
    assert kitchens <= {"mexican"}


def test_brown_rice_has_its_half_hour() -> None:
    """Unless the method starts from rice that was boiled before."""
    for dish in uses("rice-brown-cooked"):
        one = DISHES[dish]
        said = " ".join(one.method)
        assert one.total_minutes >= 30 or re.search(r"cooked|cold|warm the rice", said), dish
