"""The energy floor of a day that has begun: the usual part of the meals to come, beside what was eaten."""

from decimal import Decimal

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.begun_day import BEGUN, begun_floor, plates_kcal
from mealmag.planning.occasion import CookDouble, Eaten, EatenFood, EatingOut, Occasion, Skipped
from mealmag.services.catalogue import load_food_table

FOODS = load_food_table()
MEALS = tuple(Meal)
FLOOR = Decimal(2000)
SKIPPED = Skipped()


def ate(food: str, grams: str) -> Eaten:
    return Eaten(foods=(EatenFood(food=food, grams=Decimal(grams)),))


@pytest.mark.parametrize(
    ("occasions", "floor"),
    [
        ({}, None),
        ({Meal.DINNER: CookDouble()}, None),
        ({Meal.BREAKFAST: SKIPPED}, 1500),
        ({Meal.BREAKFAST: SKIPPED, Meal.LUNCH: SKIPPED}, 900),
        ({Meal.BREAKFAST: EatingOut(kcal=300), Meal.LUNCH: SKIPPED}, 1200),
        ({Meal.BREAKFAST: EatingOut(kcal=500)}, None),
        ({Meal.BREAKFAST: EatingOut(kcal=900)}, None),
        (dict.fromkeys(MEALS, SKIPPED), 1),
        ({Meal.LUNCH: ate("no-such-food", "100")}, 1400),
    ],
)
def test_the_meals_to_come_bring_their_part(
    occasions: dict[Meal, Occasion], floor: int | None
) -> None:
    assert begun_floor(FLOOR, MEALS, occasions, FOODS) == floor


def test_what_was_eaten_counts_with_its_energy() -> None:
    kcal = FOODS["almonds"].amount("energy_kcal", Decimal(30))
    assert kcal is not None
    floor = begun_floor(FLOOR, MEALS, {Meal.LUNCH: ate("almonds", "30")}, FOODS)
    assert floor == int(kcal + 1400)


def test_what_is_no_meal_of_the_person_has_no_part() -> None:
    meals = (Meal.LUNCH, Meal.DINNER)
    occasions: dict[Meal, Occasion] = {Meal.BREAKFAST: SKIPPED, Meal.LUNCH: SKIPPED}
    assert begun_floor(FLOOR, meals, {Meal.BREAKFAST: SKIPPED}, FOODS) is None
    assert begun_floor(FLOOR, meals, occasions, FOODS) == FLOOR * 35 // 65


def test_plates_are_those_of_the_whole_day() -> None:
    whole = plates_kcal(Decimal(1871), Decimal(2287), "band")
    begun = plates_kcal(Decimal(187), Decimal(2287), BEGUN)
    assert whole == 2079
    assert begun == pytest.approx(whole, abs=1)
