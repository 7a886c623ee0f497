"""Plates for big and small eaters: the amounts go on as they were written, and read as people speak."""

from decimal import Decimal

import pytest

from mealmag.catalogue.appetite import appetite, served
from mealmag.catalogue.dish import Component, Dish
from mealmag.services.catalogue import load_catalogue

CATALOGUE = load_catalogue()
FOODS = CATALOGUE.foods


def dish_of(component: Component) -> Dish:
    return next(dish for dish in CATALOGUE.dishes.values() if component in dish.components)


def grams(component: Component, food: str) -> list[Decimal]:
    return [serving.grams for serving in component.servings if serving.food == food]


@pytest.mark.parametrize(
    ("kcal", "steps"),
    [(1000, -1), (1299, -1), (1300, 0), (2000, 0), (2300, 0), (2301, 1), (2900, 1), (2901, 2),
     (4100, 3), (4101, 4), (6000, 4)],
)  # fmt: skip
def test_a_step_for_every_600_kcal(kcal: int, steps: int) -> None:
    assert appetite(Decimal(kcal)) == steps


def test_oats_go_on_in_their_own_steps_and_the_usual_moves_with_them() -> None:
    oats = CATALOGUE.dishes["overnight-oats"].components[0]
    assert grams(oats, "oats-rolled") == [40, 60, 80]
    more = served(dish_of(oats), 2, FOODS).components[0]
    assert grams(more, "oats-rolled") == [40, 60, 80, 100, 120]
    assert more.steps[:5] == (3, 2, 1, 0, 1)
    less = served(dish_of(oats), -1, FOODS).components[0]
    assert grams(less, "oats-rolled") == [20, 40, 60, 80]
    assert less.steps[:4] == (0, 1, 2, 3)


@pytest.mark.parametrize("steps", [-1, 1, 2, 3, 4])
def test_every_dish_of_the_catalogue_can_be_served_larger_and_smaller(steps: int) -> None:
    grown = 0
    for dish in CATALOGUE.dishes.values():
        for before, after in zip(
            dish.components, served(dish, steps, FOODS).components, strict=True
        ):
            foods = list(dict.fromkeys(serving.food for serving in before.servings))
            assert list(dict.fromkeys(serving.food for serving in after.servings)) == foods
            assert after.steps.count(0) == len(foods)
            for food in foods:
                old, new = grams(before, food), grams(after, food)
                assert new == sorted(set(new))
                assert set(old) <= set(new)
                assert max(new) <= 2 * max(old)
                assert min(new) * 2 >= min(old)
                grown += len(new) > len(old)
    assert grown > 1000


def test_a_plate_as_written_is_the_dish_itself() -> None:
    dish = CATALOGUE.dishes["overnight-oats"]
    assert served(dish, 0, FOODS) is dish


def test_a_single_amount_stays() -> None:
    fixed = next(
        component
        for dish in CATALOGUE.dishes.values()
        for component in dish.components
        if len(component.amounts) == 1
    )
    assert fixed in served(dish_of(fixed), 4, FOODS).components
