"""The rule on main foods: what they are, and that model, annealer, checker and "why" count them alike."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from mealmag.catalogue.dish import Component, Dish, Meal, Serving
from mealmag.catalogue.foods import load_foods
from mealmag.nutrition.food import State
from mealmag.nutrition.main_food import least_g, main_food
from mealmag.planning.check_main_food import main_food_faults
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.main_food_count import MainFoodCount
from mealmag.planning.main_foods import shown
from mealmag.planning.occasion import CookDouble
from mealmag.planning.plan import Plan
from mealmag.planning.problem import (
    ComponentChoice,
    DishChoice,
    FoodFacts,
    LeftoverMeal,
    NutrientTarget,
    PlanningProblem,
    Rules,
    ServingChoice,
    SettledMeal,
)
from mealmag.planning.rules import GOAL, build
from mealmag.planning.rules import main_food as rule
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.feasibility import no_menu
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.report import InfeasibleError, unproven
from mealmag.planning.solver.search import Search
from mealmag.planning.why.main_food_rules import MainFoodRules
from mealmag.planning.why.served import Served
from tests.planning.drawn import Drawn, document_of, draw
from tests.planning.test_why import any_menu
from tests.planning.toy import toy_foods, toy_problem

MONDAY = date(2026, 11, 23)
BOTH = (Meal.LUNCH, Meal.DINNER)
MAINS = {"breast": "chicken", "thigh": "chicken", "penne": "pasta", "kale": ""}


def serving(food: str, grams: int = 100) -> ServingChoice:
    return ServingChoice(food=food, grams=Decimal(grams), measure=f"{grams} g", steps=0)


def dish(
    name: str, *parts: list[ServingChoice], optional: bool = False, meals: tuple[Meal, ...] = BOTH
) -> DishChoice:
    """The last part may be left out where `optional`."""
    components = tuple(
        ComponentChoice(
            name=f"part {i}",
            optional=optional and i == len(parts) - 1,
            servings=tuple(servings),
        )
        for i, servings in enumerate(parts)
    )
    return DishChoice(id=name, name=name, minutes=5, meals=meals, components=components)


CHICKEN = dish("chicken", [serving("breast")])
CURRY = dish("curry", [serving("thigh")])
KALE = dish("kale", [serving("kale")])
GREENS = dish("greens", [serving("kale", 150)])


def problem(
    *dishes: DishChoice, days: int = 1, meals: tuple[Meal, ...] = BOTH, most: int | None = 3
) -> PlanningProblem:
    nutrients = {
        key: Decimal(amount)
        for key, amount in (("energy_kcal", 100), ("magnesium_mg", 50), ("caffeine_mg", 0))
    }
    return PlanningProblem(
        days=tuple(MONDAY + timedelta(days=d) for d in range(days)),
        meals=meals,
        dishes=dishes,
        foods=tuple(
            FoodFacts(
                id=food,
                group="meat",
                everyday=1,
                nutrients=nutrients,
                main_food=main,
                main_from_g=Decimal(60),
            )
            for food, main in MAINS.items()
        ),
        targets=(
            NutrientTarget(nutrient="magnesium_mg", floor=Decimal(1), ceiling=None, per="day"),
            NutrientTarget(
                nutrient="energy_kcal", floor=Decimal(1), ceiling=Decimal(9999), per="day"
            ),
        ),
        rules=Rules(weekday_minutes=None, max_repeats=28, max_main_food=most),
    )


def menu_of(asked: PlanningProblem, *names: str) -> Menu:
    """A dish by its name for each slot, in its first servings; "+i" chooses serving i of the last part."""
    index = {each.id: k for k, each in enumerate(asked.dishes)}
    menu = {}
    for slot, word in zip(Instance(asked).slots, names, strict=True):
        name, _, last = word.partition("+")
        parts = len(asked.dishes[index[name]].components)
        menu[slot] = Pick(index[name], (*(0,) * (parts - 1), int(last or 0)))
    return menu


def broken(asked: PlanningProblem, menu: Menu) -> bool:
    """Whether a row of the rule is broken; the annealer's count must say the same."""
    instance = Instance(asked)
    menu = {**menu, **instance.settled}
    model = build(instance, instance.slots, {}, goals=())
    found = {row.rule for row in model.model.violations(model.encode(menu))}
    count = MainFoodCount(instance)
    for slot, pick in menu.items():
        count.count(slot, instance.piece(pick), 1)
    assert bool(count.broken) == ("main_food" in found)
    return "main_food" in found


# What a main food is.


@pytest.mark.parametrize(
    ("group", "state", "grams", "expected"),
    [
        ("meat", State.COOKED, "59.9", ""),
        ("meat", State.COOKED, "60", "chicken"),
        ("eggs", State.COOKED, "50", ""),
        ("pulses", State.DRY, "29.9", ""),
        ("pulses", State.DRY, "30", "chicken"),
        ("refined-grains", State.COOKED, "75", ""),
        ("dairy", State.READY, "75", "chicken"),
    ],
)
def test_a_portion_counts_from_a_real_amount_on(
    group: str, state: State, grams: str, expected: str
) -> None:
    food = replace(toy_foods(1)["food-0"], group=group, state=state, main_food="chicken")
    assert main_food(food, Decimal(grams)) == expected
    assert main_food(replace(food, main_food=""), Decimal(500)) == ""


def test_what_people_call_the_same_is_the_same_in_the_shipped_table() -> None:
    foods, _ = load_foods(Path(__file__).resolve().parents[2] / "data" / "foods.csv")
    kinds = {food.id: food.main_food for food in foods.values()}
    for main, ids in (
        ("chicken", "chicken-breast-raw chicken-breast-roasted chicken-thigh-roasted"),
        ("pasta", "pasta-cooked pasta-whole-wheat-dry pasta-gluten-free-cooked"),
        ("tofu", "tofu-firm tofu-smoked tofu-silken"),
        ("chickpeas", "chickpeas-canned chickpeas-dry falafel"),
    ):
        assert {kinds[food] for food in ids.split()} == {main}
    assert not any(food.main_food for food in foods.values() if food.group == "bread")
    # Red lentils are lentils whether weighed dry or cooked: half a plate of either counts.
    assert least_g(foods["lentils-dry"]) < least_g(foods["lentils-boiled"])
    rows = [food for food in foods.values() if food.main_food]
    assert {food.group for food in rows} == {
        "meat", "fish", "eggs", "soya", "pulses", "whole-grains", "refined-grains",
        "starchy-vegetables",
    }  # fmt: skip


# The rule: fine, forbidden, just about fine.


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("chicken", "kale"), False),
        (("chicken", "curry"), True),  # chicken under two names
        (("chicken", "kale", "curry", "greens"), False),  # two lunches in a row
        (("kale", "chicken", "greens", "curry"), True),  # two dinners in a row
        (("kale", "chicken", "curry", "greens"), False),  # a dinner, and the lunch after it
        (("kale", "chicken", "greens", "kale", "greens", "curry"), False),
    ],
)
def test_one_day_and_neighbouring_dinners(names: tuple[str, ...], expected: bool) -> None:
    asked = problem(CHICKEN, CURRY, KALE, GREENS, days=len(names) // 2)
    assert broken(asked, menu_of(asked, *names)) == expected
    free = problem(CHICKEN, CURRY, KALE, GREENS, days=len(names) // 2, most=None)
    assert not broken(free, menu_of(free, *names))


@pytest.mark.parametrize(
    ("order", "most", "expected"),
    [("cxc", 2, False), ("cxcxc", 2, True), ("cxcxc", 3, False), ("cxcxcxxc", 3, False),
     ("cxcxcxcxc", 3, True)],
)  # fmt: skip
def test_so_many_meals_of_a_week_and_more_in_proportion(
    order: str, most: int, expected: bool
) -> None:
    """Of eight days 4 are allowed where of seven 3 are."""
    asked = problem(CHICKEN, CURRY, KALE, days=len(order), meals=(Meal.LUNCH,), most=most)
    names = [("kale", "chicken")[letter == "c"] for letter in order]
    assert broken(asked, menu_of(asked, *names)) == expected


def test_a_breakfast_of_it_does_not_count() -> None:
    every = (Meal.BREAKFAST, *BOTH)
    asked = problem(
        dish("early", [serving("breast")], meals=(Meal.BREAKFAST,)),
        CHICKEN, KALE, meals=every,
    )  # fmt: skip
    assert not broken(asked, menu_of(asked, "early", "chicken", "kale"))


@pytest.mark.parametrize(
    ("part", "optional", "shows"),
    [
        ([serving("breast"), serving("thigh")], False, [True, True]),
        ([serving("breast", 50), serving("breast", 60)], False, [False, True]),
        ([serving("breast"), serving("kale")], False, [True, False]),
        ([serving("kale"), serving("breast"), serving("thigh"), serving("thigh", 90)], False,
         [False, True, True, True]),
        ([serving("breast"), serving("thigh")], True, [True, True]),
    ],
)  # fmt: skip
def test_what_is_chosen_decides(
    part: list[ServingChoice], optional: bool, shows: list[bool]
) -> None:
    """Each serving of a choice beside a lunch of chicken; what is left out shows nothing."""
    mixed = dish("mixed", [serving("kale")], part, optional=optional)
    asked = problem(CHICKEN, mixed)
    for i, shown_there in enumerate(shows):
        assert broken(asked, menu_of(asked, "chicken", f"mixed+{i}")) == shown_there
    if optional:
        assert not broken(asked, menu_of(asked, "chicken", "mixed+-1"))


def test_a_main_food_in_two_choices_of_a_dish_is_one_meal() -> None:
    part = [serving("breast"), serving("kale")]
    plate = dish("plate", part, part)
    asked = problem(plate, KALE, days=2, most=1)
    menu = menu_of(asked, "plate", "kale", "kale", "kale")
    assert not broken(asked, menu)
    twice = problem(CHICKEN, plate)
    for first in (0, 1):
        for second in (0, 1):
            menu = {Slot(0, 0): Pick(0, (0,)), Slot(0, 1): Pick(1, (first, second))}
            assert broken(twice, menu) == (0 in (first, second))


def test_a_dish_says_by_what_it_is_one_of_a_main_food() -> None:
    instance = Instance(
        problem(
            dish("x", [serving("penne")], [serving("breast"), serving("thigh")], [serving("kale")]),
            dish("y", [serving("kale"), serving("thigh")]),
        )
    )
    pasta, chicken = (instance.main_foods.index(word) for word in ("pasta", "chicken"))
    assert shown(instance.dishes[0])[pasta].always
    assert shown(instance.dishes[0])[chicken].always
    assert shown(instance.dishes[1])[chicken] == (False, ((0, (1,)),))


# Settled meals and leftovers.


def test_leftovers_may_be_the_same_the_day_after() -> None:
    asked = problem(
        CHICKEN.model_copy(update={"keeps": True}), CURRY, KALE, days=2, most=1
    ).model_copy(update={"leftovers": (LeftoverMeal(day=1, meal=0, of_day=0, of_meal=1),)})
    assert not broken(asked, menu_of(asked, "kale", "chicken", "chicken", "kale"))
    assert broken(asked, menu_of(asked, "kale", "chicken", "chicken", "curry"))


def test_what_was_eaten_binds_nobody() -> None:
    from mealmag.planning.occasion import Eaten, EatenFood

    eaten = Eaten(foods=(EatenFood(food="breast", grams=Decimal(200)),))
    asked = problem(CHICKEN, KALE, most=1).model_copy(
        update={"settled": (SettledMeal(day=0, meal=0, occasion=eaten, foods=("breast",)),)}
    )
    menu = Instance(asked).settled | {Slot(0, 1): Pick(0, (0,))}
    assert not broken(asked, menu)


# Fixed slots, folded models, the search.


def test_beside_fixed_meals_what_is_open_keeps_clear_of_them() -> None:
    asked = problem(CHICKEN, CURRY, KALE, days=2, most=1)
    instance = Instance(asked)
    fixed = menu_of(asked, "kale", "chicken", "kale", "kale")
    free = [Slot(1, 0)]
    model = build(instance, free, fixed, goals=())
    rows = [row for row in model.model.rows if row.rule == "main_food"]
    names = [asked.dishes[k].id for k in model.dish_variables[Slot(1, 0)]]
    assert names == ["chicken", "curry", "kale"]
    assert [(row.upper, len(row.variables)) for row in rows] == [(0, 2)]


def test_locked_meals_that_repeat_leave_no_menu() -> None:
    asked = problem(CHICKEN, CURRY, KALE, GREENS, days=2)
    menu = menu_of(asked, "chicken", "curry", "kale", "greens")
    instance = Instance(asked, locked={slot: menu[slot] for slot in menu if slot.day == 0})
    model = build(instance, instance.slots, {}, goals=())
    violated = model.model.violations(model.encode(menu))
    assert [(row.rule, list(row.variables)) for row in violated] == [("main_food", [])]


def with_mains(asked: PlanningProblem) -> PlanningProblem:
    return asked.model_copy(
        update={
            "foods": tuple(
                food.model_copy(update={"main_food": f"main-{i // 6}"})
                for i, food in enumerate(asked.foods)
            )
        }
    )


@pytest.mark.parametrize("seed", [2, 3])
def test_the_folded_relaxation_is_the_whole_one_without_neighbouring_days(seed: int) -> None:
    rules = Rules(max_main_food=1)
    instance = Instance(
        with_mains(toy_problem(days=4, dishes=20, foods=30, seed=seed, rules=rules))
    )
    goal = tuple(GOAL)[-1]
    whole = build(
        instance,
        instance.slots,
        {},
        goals=(goal,),
        relaxed=("neighbouring_days", "main_food"),
        outward=True,
    )
    whole.model.minimise(whole.goals[goal])
    without = mathopt.solve(whole.model, "GLOP", relaxed=True).bound
    whole.folded = True
    rule.post(whole)
    outcome = mathopt.solve(whole.model, "GLOP", relaxed=True)
    relaxation = relax(instance, goal, {})
    assert relaxation is not None
    assert outcome.bound is not None
    assert without is not None
    assert without < outcome.bound  # else the rule is not felt, and nothing is shown
    assert float(relaxation.optimum) == pytest.approx(outcome.bound, rel=1e-4)


def test_a_menu_is_found_that_keeps_it_or_proven_that_none_does() -> None:
    asked = problem(CHICKEN, CURRY, KALE, GREENS, days=2)
    assert not broken(asked, Search(asked).run().menu)
    chicken = problem(CHICKEN, CURRY, days=1)
    with pytest.raises(InfeasibleError):
        Search(chicken).run()
    assert no_menu(Instance(chicken)).rules == {"main_food"}
    free = problem(CHICKEN, CURRY, days=1, most=None)
    assert len({pick.dish for pick in Search(free).run().menu.values()}) == 2


# Model, annealer, checker and "why" say the same of any menu.


@cache
def of_any_menu(seed: int) -> tuple[Drawn, Menu, bool]:
    """A drawn problem, a menu of anything, and whether the model and the annealer find the rule broken."""
    drawn = draw(seed, days=1 + seed % 2, dishes=12)
    rules = drawn.problem.rules.model_copy(update={"max_main_food": 1 + 2 * (seed % 3)})
    drawn = replace(drawn, problem=drawn.problem.model_copy(update={"rules": rules}))
    menu = any_menu(Instance(drawn.problem), seed)
    return drawn, menu, broken(drawn.problem, menu)


@pytest.mark.parametrize("seed", range(12))
def test_all_count_alike(seed: int) -> None:
    drawn, menu, by_model = of_any_menu(seed)
    plan = plan_of(drawn, menu)
    assert bool(list(main_food_faults(plan, drawn.foods))) == by_model
    states = MainFoodRules(Served.of(plan, drawn.foods, drawn.dishes))
    told = [state for day in plan.days for state in states.of_day(day)]
    told += states.of_all_days()
    assert any((state.slack or 0) < 0 for state in told) == by_model


def test_the_drawn_menus_both_keep_and_break_it() -> None:
    assert {of_any_menu(seed)[2] for seed in range(12)} == {True, False}


def test_the_count_is_kept_up_meal_by_meal() -> None:
    drawn = draw(3, days=3, dishes=12)
    rules = drawn.problem.rules.model_copy(update={"max_main_food": 2})
    instance = Instance(drawn.problem.model_copy(update={"rules": rules}))
    rng = random.Random(1)
    menu = any_menu(instance, 1)
    kept = MainFoodCount(instance)
    for slot, pick in menu.items():
        kept.count(slot, instance.piece(pick), 1)
    for turn in range(60):
        slot = rng.choice(instance.slots)
        kept.count(slot, instance.piece(menu[slot]), -1)
        menu[slot] = any_menu(instance, turn)[slot]
        kept.count(slot, instance.piece(menu[slot]), 1)
        fresh = MainFoodCount(instance)
        for each, pick in menu.items():
            fresh.count(each, instance.piece(pick), 1)
        assert kept.broken == fresh.broken


def plan_of(drawn: Drawn, menu: Menu) -> Plan:
    return document_of(drawn, unproven(Instance(drawn.problem), menu))


# The checker alone, on a plan as it is handed out.


def handed_out(*names: str, most: int | None = 3) -> tuple[Plan, list[tuple[str, str, str]]]:
    """A plan of lunches and dinners from a cookbook of two dishes, and what the checker says of it."""
    foods = {
        food: replace(base, id=food, group="meat", main_food=main)
        for base, (food, main) in zip(toy_foods(4).values(), MAINS.items(), strict=True)
    }
    dishes = {
        name: Dish(
            name, name, name, frozenset(BOTH), 5, "Cook.", 2,
            (Component("it", (Serving(food, Decimal(100), "100 g"),), (0,), False),),
        )
        for name, food in (("chicken", "breast"), ("curry", "thigh"), ("kale", "kale"))
    }  # fmt: skip
    asked = problem(CHICKEN, CURRY, KALE, days=len(names) // 2, most=most)
    drawn = Drawn(asked, foods, dishes, {})
    plan = plan_of(drawn, menu_of(asked, *names))
    return plan, list(main_food_faults(plan, foods))


def test_the_checker_names_day_and_food() -> None:
    _, found = handed_out("chicken", "curry", "kale", "chicken", most=2)
    assert found == [
        ("main_food", "2026-11-23", "chicken comes at lunch and at dinner"),
        ("main_food", "2026-11-24", "chicken was the dinner of the day before"),
        ("main_food", "chicken", "it comes 3 times, where 2 are allowed"),
    ]
    assert handed_out("chicken", "curry", "kale", "chicken", most=None)[1] == []
    assert handed_out("chicken", "kale", "curry", "kale")[1] == []


def test_the_checker_lets_leftovers_be() -> None:
    plan, found = handed_out("kale", "chicken", "curry", "kale", most=1)
    assert [place for _, place, _ in found] == ["chicken"]
    first, second = plan.days
    lunch = first.meals[1].model_copy(update={"meal": Meal.LUNCH, "leftover": True, "minutes": 0})
    dinner = first.meals[1].model_copy(update={"occasion": CookDouble()})
    double = plan.model_copy(
        update={
            "days": [
                first.model_copy(update={"meals": [first.meals[0], dinner]}),
                second.model_copy(update={"meals": [lunch, second.meals[1]]}),
            ]
        }
    )
    drawn_foods = {
        food: replace(base, id=food, group="meat", main_food=main)
        for base, (food, main) in zip(toy_foods(4).values(), MAINS.items(), strict=True)
    }
    assert list(main_food_faults(double, drawn_foods)) == []
