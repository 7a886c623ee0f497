"""Each part of the last goal alone (nothing, points, just about nothing), and that model, annealer and
checker count all of them alike."""

import random

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.check_points import points
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.problem import ComponentChoice, DishChoice, FoodFacts, PlanningProblem
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import values
from mealmag.planning.running_menu import RunningMenu
from mealmag.planning.solver.report import unproven
from mealmag.planning.weights import NAMES, Weights
from tests.planning.drawn import document_of, draw
from tests.planning.test_rules import dish, food, problem, serving

NOTHING = dict.fromkeys(NAMES, 0)


def alone(
    *dishes: DishChoice,
    foods: tuple[FoodFacts, ...] = (),
    days: int = 1,
    meals: tuple[Meal, ...] = (Meal.LUNCH,),
    weights: dict[str, int],
    **more: object,
) -> PlanningProblem:
    """A problem that counts these weights and nothing else."""
    made = problem(*dishes, foods=foods, days=days, meals=meals)
    return PlanningProblem.model_validate(
        {**dict(made), "weights": Weights.model_validate(NOTHING | weights), **more}
    )  # fmt: skip


def count(problem: PlanningProblem, menu: Menu) -> int:
    """By the model, and no otherwise by the annealer."""
    instance = Instance(problem)
    found = values(instance, menu)[ENJOYMENT.name]
    assert RunningMenu(instance, menu).enjoyment == found
    return found


def lunches(*picks: Pick) -> Menu:
    return {Slot(day, 0): pick for day, pick in enumerate(picks)}


X, Y = Pick(0, (0,)), Pick(1, (0,))


@pytest.mark.parametrize(("order", "expected"), [((X, Y), 0), ((X, Y, X), 4), ((X, X, X), 8)])
def test_a_dish_again(order: tuple[Pick, ...], expected: int) -> None:
    week = alone(
        dish("x", serving("a")), dish("y", serving("a")), days=len(order),
        weights={"dish_again": 4},
    )  # fmt: skip
    assert count(week, lunches(*order)) == expected


@pytest.mark.parametrize(
    ("group", "times", "expected"),
    [("fruit", 3, 0), ("fruit", 4, 2), ("fruit", 6, 6), ("condiments", 6, 0)],
)
def test_a_food_often(group: str, times: int, expected: int) -> None:
    """Three times a week is no repetition; a staple never is."""
    week = alone(
        dish("x", serving("a")), dish("y", serving("b")),
        foods=(food("a", group=group), food("b", group="drinks")), days=7,
        weights={"food_often": 2},
    )  # fmt: skip
    assert count(week, lunches(*([X] * times + [Y] * (7 - times)))) == expected


@pytest.mark.parametrize(("second", "expected"), [(Y, 0), (X, 7)])
def test_a_food_twice_a_day(second: Pick, expected: int) -> None:
    day = alone(
        dish("x", serving("a")), dish("y", serving("b")), meals=(Meal.LUNCH, Meal.DINNER),
        weights={"food_twice_a_day": 7},
    )  # fmt: skip
    assert count(day, {Slot(0, 0): X, Slot(0, 1): second}) == expected


@pytest.mark.parametrize(
    ("group", "expected"), [("fruit", 3), ("bread", 3), ("drinks", 4), ("pulses", 3)]
)
def test_a_day_without_a_group(group: str, expected: int) -> None:
    day = alone(dish("x", serving("a")), foods=(food("a", group=group),),
                weights={"group_missing": 1})  # fmt: skip
    assert count(day, lunches(X)) == expected


@pytest.mark.parametrize(("everyday", "expected"), [(1, 0), (2, 2), (3, 6)])
def test_a_special_trip(everyday: int, expected: int) -> None:
    day = alone(dish("x", serving("a")), foods=(food("a", everyday=everyday),),
                weights={"special_trip": 2})  # fmt: skip
    assert count(day, lunches(X)) == expected


@pytest.mark.parametrize(("steps", "expected"), [(0, 0), (1, 5), (3, 15)])
def test_an_unusual_amount(steps: int, expected: int) -> None:
    day = alone(dish("x", serving("a", steps=steps)), weights={"off_usual_amount": 5})
    assert count(day, lunches(X)) == expected


RATED = (dish("x", serving("a")), dish("y", serving("b")))


@pytest.mark.parametrize(
    ("ratings", "menu", "expected"),
    [
        ({}, X, 0),
        ({"x": 2}, X, 0),
        ({"x": 2}, Y, 6),
        ({"x": 1, "y": -1}, Y, 6),
        ({"x": -1}, X, 3),
        ({"x": -1}, Y, 0),
        ({"x": -1, "y": -2}, Y, 6),  # nothing good is offered; the unrated is the measure
        ({"z": 2}, X, 0),  # of what is not offered
    ],
)
def test_a_dish_that_is_liked_less_than_another(
    ratings: dict[str, int], menu: Pick, expected: int
) -> None:
    day = alone(*RATED, weights={"liking": 3}, ratings=ratings)
    assert count(day, lunches(menu)) == expected


def test_what_is_liked_is_measured_meal_by_meal() -> None:
    """Nobody can have the best dinner for breakfast."""
    day = alone(
        dish("x", serving("a"), meals=(Meal.DINNER,)),
        dish("y", serving("b"), meals=(Meal.BREAKFAST,)),
        meals=(Meal.BREAKFAST, Meal.DINNER), weights={"liking": 3}, ratings={"x": 2},
    )  # fmt: skip
    assert count(day, {Slot(0, 0): Y, Slot(0, 1): X}) == 0


@pytest.mark.parametrize(
    ("rating", "liking", "expected"),
    [(0, 1, 4), (1, 1, 3), (2, 1, 2), (2, 2, 0), (2, 20, 0), (-1, 1, 5), (-2, 3, 10), (2, 0, 4)],
)
def test_a_liked_food_is_forgiven_its_own_points_and_no_more(
    rating: int, liking: int, expected: int
) -> None:
    """A special trip (3) and one step off the usual amount (1); cooked, it is the same food."""
    foods = (food("a", everyday=3), food("a+boiled", everyday=3))
    for name in ("a", "a+boiled"):
        day = alone(
            dish("x", serving(name, steps=1)), foods=foods, ratings={"a": rating},
            weights={"special_trip": 1, "off_usual_amount": 1, "liking": liking},
        )  # fmt: skip
        assert count(day, lunches(X)) == expected


@pytest.mark.parametrize(
    ("colours", "expected"),
    [
        (("green", "red", "white-brown"), 0),
        (("green", "red", "orange-yellow", "purple-blue"), 0),
        (("green", "red", "red"), 2),
        (("green", "", ""), 4),
        (("", "", ""), 6),
    ],
)
def test_the_colours_of_a_day(colours: tuple[str, ...], expected: int) -> None:
    names = "abcd"[: len(colours)]
    foods = tuple(food(name, colour=colour) for name, colour in zip(names, colours, strict=True))
    plate = DishChoice(
        id="x", name="x", minutes=0, meals=(Meal.LUNCH,),
        components=tuple(
            ComponentChoice(name=name, optional=False, servings=(serving(name),)) for name in names
        ),
    )  # fmt: skip
    two = alone(plate, foods=foods, days=2, weights={"colours": 2})
    pick = Pick(0, (0,) * len(names))
    assert count(two, lunches(pick, pick)) == 2 * expected


@pytest.mark.parametrize("value", [-1, 21, 1.5, True])
def test_a_weight_is_a_whole_number_from_0_to_20(value: object) -> None:
    with pytest.raises(ValueError, match="dish_again"):
        Weights.model_validate({"dish_again": value})
    for fine in (0, 20):
        assert Weights(dish_again=fine).changed() == {"dish_again": fine}
    assert Weights(dish_again=5).changed() == {}


def any_pick(instance: Instance, slot: Slot, rng: random.Random) -> Pick:
    """Any dish for the slot, in any servings."""
    k = rng.choice(instance.offered(slot))
    return Pick(
        k,
        tuple(
            rng.randrange(-1 if component.optional else 0, len(component.servings))
            for component in instance.problem.dishes[k].components
        ),
    )


@pytest.mark.parametrize("seed", range(24))
def test_model_annealer_and_checker_count_alike(seed: int) -> None:
    """On menus that follow no rule, with all that can count counting, also after single changes."""
    drawn = draw(seed, taste=True)
    instance = Instance(drawn.problem)
    rng = random.Random(seed)
    menu = {slot: any_pick(instance, slot, rng) for slot in instance.slots}
    state = RunningMenu(instance, menu)
    for _ in range(12):
        slot = rng.choice(instance.slots)
        pick = any_pick(instance, slot, rng)
        state.change(slot, pick)
        menu = dict(sorted(state.menu.items()))
        found = values(instance, menu)[ENJOYMENT.name]
        assert state.enjoyment == found
        plan = document_of(drawn, unproven(instance, menu))
        assert sum(points(plan, drawn.foods, drawn.dishes).values()) == found


def test_every_part_of_the_goal_is_drawn_at_least_once() -> None:
    """Otherwise the test above proves less than it says."""
    seen = dict.fromkeys(NAMES, 0)
    for seed in range(24):
        drawn = draw(seed, taste=True)
        instance = Instance(drawn.problem)
        rng = random.Random(seed)
        menu = {slot: any_pick(instance, slot, rng) for slot in instance.slots}
        plan = document_of(drawn, unproven(instance, menu))
        for name, value in points(plan, drawn.foods, drawn.dishes).items():
            seen[name] += value
    assert all(seen.values()), seen
