"""A meal's share of the day's energy: fine, forbidden, just about fine; in rows, annealer and checker."""

import random

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.instance import Instance, Pick, Slot
from mealmag.planning.occasion import Skipped
from mealmag.planning.problem import USUAL_SHARES, LeftoverMeal, SettledMeal, Share, usual_shares
from mealmag.planning.rules import build, follows
from mealmag.planning.solver.relaxation import fold
from mealmag.planning.start import anneal, random_menu
from tests.planning.test_rules import broken, dish, problem, serving
from tests.planning.toy import toy_problem

# Two meals of 100 and 300 kcal on a day with a middle of 400.
MENU = {Slot(0, 0): Pick(0, (0,)), Slot(0, 1): Pick(1, (0,))}
DISHES = (
    dish("small", serving("a", "100"), meals=(Meal.LUNCH,)),
    dish("large", serving("b", "300"), meals=(Meal.DINNER,)),
)


@pytest.mark.parametrize(
    ("meal", "least", "most", "fine"),
    [
        (Meal.LUNCH, 20, 30, True),
        (Meal.LUNCH, 25, 26, True),
        (Meal.LUNCH, 24, 25, True),
        (Meal.LUNCH, 26, 40, False),
        (Meal.LUNCH, 10, 24, False),
        (Meal.DINNER, 75, 80, True),
        (Meal.DINNER, 76, 80, False),
        (Meal.DINNER, 0, 74, False),
    ],
)
def test_a_share_of_the_middle_of_the_band(meal: Meal, least: int, most: int, fine: bool) -> None:
    asked = problem(
        *DISHES,
        meals=(Meal.LUNCH, Meal.DINNER),
        energy=("300", "500"),
        shares={meal: Share(min=least, max=most)},
    )
    assert broken(asked, MENU) == (set() if fine else {"meal_share"})


def test_where_a_meal_is_skipped_the_others_make_up_for_it() -> None:
    asked = problem(
        *DISHES,
        meals=(Meal.LUNCH, Meal.DINNER),
        energy=("250", "350"),
        shares={Meal.DINNER: Share(min=10, max=60)},
    )
    skipping = asked.model_copy(
        update={"settled": (SettledMeal(day=0, meal=0, occasion=Skipped()),)}
    )
    instance = Instance(skipping)
    menu = {**instance.settled, Slot(0, 1): Pick(1, (0,))}
    assert "meal_share" in broken(asked, MENU)
    assert follows(instance, menu)


def test_a_lunch_that_is_left_is_as_large_as_its_dinner_in_every_model() -> None:
    """Nor may a relaxation rule it out: its bounds would be of another problem."""
    asked = problem(
        *(each.model_copy(update={"keeps": 1}) for each in DISHES),
        days=2,
        meals=(Meal.LUNCH, Meal.DINNER),
        energy=("100", "700"),  # its middle is 400
        shares={Meal.LUNCH: Share(min=20, max=30)},
        max_repeats=3,
    )
    left = LeftoverMeal(day=1, meal=0, of_day=0, of_meal=1)
    instance = Instance(asked.model_copy(update={"leftovers": (left,)}))
    menu = instance.whole({**MENU, Slot(1, 1): Pick(1, (0,))})
    assert menu[Slot(1, 0)] == Pick(1, (0,))
    ways = ("repeats", "neighbouring_days", "main_food")
    assert follows(instance, menu, relaxed=ways)
    second = [Slot(1, meal) for meal in range(2)]
    for model in (
        build(instance, second, {}, goals=(), relaxed=ways, outward=True),
        fold(instance, goals=(), relaxed=ways),
    ):
        assert model.model.violations(model.encode(menu)) == []


def test_only_what_a_dish_chooses_decides() -> None:
    choice = dish(
        "either", serving("a", "100"), serving("b", "300"), meals=(Meal.LUNCH,), optional=True
    )
    asked = problem(
        choice, energy=("100", "700"), shares={Meal.LUNCH: Share(min=50, max=120 - 20)}
    )  # 200 to 400 kcal
    for servings, fine in (((0, -1), False), ((0, 0), True), ((1, 0), True), ((1, 1), False)):
        assert broken(asked, {Slot(0, 0): Pick(0, servings)}) == (
            set() if fine else {"meal_share"}
        ), servings


def test_the_annealer_keeps_to_shares() -> None:
    shares = {
        meal: Share(min=share.min + 5, max=share.max - 5) for meal, share in USUAL_SHARES.items()
    }
    asked = toy_problem(days=2)
    asked = asked.model_copy(update={"rules": asked.rules.model_copy(update={"shares": shares})})
    instance = Instance(asked)
    assert not follows(instance, random_menu(instance, random.Random(1)))
    assert follows(instance, anneal(instance, seed=1, moves=8_000))


def test_the_usual_shares_are_for_four_meals() -> None:
    assert usual_shares(tuple(Meal), {}) == dict(USUAL_SHARES)
    assert usual_shares((Meal.LUNCH, Meal.DINNER), {}) == {}
    own = {Meal.LUNCH: Share(min=30, max=70)}
    assert usual_shares((Meal.LUNCH, Meal.DINNER), own) == own
    assert usual_shares(tuple(Meal), own) == {**USUAL_SHARES, **own}
    with pytest.raises(ValueError, match="not below"):
        Share(min=40, max=40)
