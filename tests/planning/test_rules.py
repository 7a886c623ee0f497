"""Each hard rule alone: fine, forbidden, and just about fine, in rows without any solver."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.problem import (
    ComponentChoice,
    DishChoice,
    FoodFacts,
    NutrientTarget,
    PlanningProblem,
    Rules,
    ServingChoice,
    TimesAWeek,
)
from mealmag.planning.rules import build, follows, values
from mealmag.planning.running_menu import RunningMenu
from mealmag.planning.start import anneal, random_menu, random_pick
from tests.planning.toy import toy_problem

MONDAY = date(2026, 11, 23)


def food(
    name: str,
    kcal: str = "100",
    mg: str = "50",
    group: str = "fruit",
    everyday: int = 1,
    price: str | None = None,
    caffeine: str | None = "0",
    colour: str = "",
    packet: str = "",
) -> FoodFacts:
    return FoodFacts(
        id=name,
        group=group,
        everyday=everyday,
        colour=colour,
        packet=packet,
        nutrients={
            "energy_kcal": Decimal(kcal),
            "magnesium_mg": Decimal(mg),
            "fibre_g": Decimal(5),
        }
        | ({} if caffeine is None else {"caffeine_mg": Decimal(caffeine)}),
        price_per_100_g=None if price is None else Decimal(price),
    )


def serving(name: str, grams: str = "100", steps: int = 0) -> ServingChoice:
    return ServingChoice(food=name, grams=Decimal(grams), measure=f"{grams} g", steps=steps)


def dish(
    name: str,
    *servings: ServingChoice,
    meals: tuple[Meal, ...] = (Meal.LUNCH, Meal.DINNER),
    minutes: int = 10,
    total_minutes: int = 0,
    optional: bool = False,
) -> DishChoice:
    components = [ComponentChoice(name="base", optional=False, servings=servings)]
    if optional:
        components.append(ComponentChoice(name="extra", optional=True, servings=servings))
    return DishChoice(
        id=name,
        name=name,
        minutes=minutes,
        total_minutes=total_minutes,
        meals=meals,
        components=tuple(components),
    )


def problem(
    *dishes: DishChoice,
    foods: tuple[FoodFacts, ...] = (),
    days: int = 1,
    meals: tuple[Meal, ...] = (Meal.LUNCH,),
    energy: tuple[str, str] = ("1", "9999"),
    magnesium: str = "1",
    fibre: NutrientTarget | None = None,
    **rules: object,
) -> PlanningProblem:
    targets = [
        NutrientTarget(nutrient="magnesium_mg", floor=Decimal(magnesium), ceiling=None, per="day"),
        NutrientTarget(
            nutrient="energy_kcal", floor=Decimal(energy[0]), ceiling=Decimal(energy[1]), per="day"
        ),
    ]
    if fibre is not None:
        targets.append(fibre)
    return PlanningProblem(
        days=tuple(MONDAY + timedelta(days=d) for d in range(days)),
        meals=meals,
        dishes=dishes,
        foods=foods or (food("a"), food("b"), food("c")),
        targets=tuple(targets),
        rules=Rules.model_validate({"weekday_minutes": None, **rules}),
    )


def broken(problem: PlanningProblem, menu: Menu) -> set[str]:
    instance = Instance(problem)
    model = build(instance, instance.slots, {}, goals=())
    return {row.rule for row in model.model.violations(model.encode(menu))}


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        (("99", "101"), set()),
        (("101", "200"), {"energy_band"}),
        (("50", "99"), {"energy_band"}),
        (("100", "100"), set()),
    ],
)
def test_energy_band(band: tuple[str, str], expected: set[str]) -> None:
    menu = {Slot(0, 0): Pick(0, (0,))}
    assert broken(problem(dish("x", serving("a")), energy=band), menu) == expected


def test_energy_is_rounded_against_us_on_both_sides() -> None:
    odd = (food("a", kcal="33.3333333"), food("b"), food("c"))
    menu = {Slot(0, 0): Pick(0, (0,))}
    for band in (("33.3333334", "90"), ("1", "33.3333332")):
        assert broken(problem(dish("x", serving("a")), foods=odd, energy=band), menu)
    assert not broken(problem(dish("x", serving("a")), foods=odd, energy=("33.3", "33.4")), menu)


@pytest.mark.parametrize(("limit", "expected"), [(11, set()), (10, set()), (9, {"minutes"})])
def test_minutes_on_a_weekday(limit: int, expected: set[str]) -> None:
    menu = {Slot(0, 0): Pick(0, (0,))}
    assert broken(problem(dish("x", serving("a")), weekday_minutes=limit), menu) == expected


@pytest.mark.parametrize(("wait", "expected"), [(59, set()), (60, set()), (61, {"minutes"})])
def test_the_wait_for_a_dish_on_a_weekday(wait: int, expected: set[str]) -> None:
    """Ten minutes of work, and an oven: nobody waits longer than the day allows."""
    menu = {Slot(0, 0): Pick(0, (0,))}
    slow = dish("x", serving("a"), total_minutes=wait)
    assert broken(problem(slow, weekday_minutes=60), menu) == expected


def test_the_work_of_two_dishes_adds_up_their_waits_do_not() -> None:
    two = problem(
        dish("x", serving("a"), total_minutes=60),
        dish("y", serving("b"), total_minutes=60),
        meals=(Meal.LUNCH, Meal.DINNER),
        weekday_minutes=60,
    )
    assert broken(two, {Slot(0, 0): Pick(0, (0,)), Slot(0, 1): Pick(1, (0,))}) == set()


@pytest.mark.parametrize(
    ("budget", "expected"), [("2.01", set()), ("2.00", set()), ("1.99", {"budget"}), (None, set())]
)
def test_budget_of_the_mean_day(budget: str | None, expected: set[str]) -> None:
    """One day costs 3.00, the other 1.00; the food without a price costs nothing that is known."""
    priced = (food("a", price="3"), food("b", price="1"), food("c"))
    two = problem(
        dish("x", serving("a")), dish("y", serving("b")), foods=priced, days=2, budget=budget
    )
    assert broken(two, {Slot(0, 0): Pick(0, (0,)), Slot(1, 0): Pick(1, (0,))}) == expected


def test_a_proof_about_one_day_gives_it_the_budget_of_all() -> None:
    """3.00 is over the mean of 2.00, but the other day may be free: no proof against it."""
    priced = (food("a", price="3"), food("b"), food("c"))
    two = problem(
        dish("x", serving("a")), dish("y", serving("b")), foods=priced, days=2, budget="2"
    )
    instance = Instance(two)
    alone = build(instance, [Slot(0, 0)], {}, goals=(), outward=True)
    assert not alone.model.violations(alone.encode({Slot(0, 0): Pick(0, (0,))}))


def test_a_cost_is_rounded_against_us_and_outward_for_proofs() -> None:
    odd = (food("a", price="0.3333"), food("b"), food("c"))
    one = problem(dish("x", serving("a"), serving("b")), foods=odd, budget="0.3333")
    instance = Instance(one)
    menu = {Slot(0, 0): Pick(0, (0,))}
    assert broken(one, menu) == {"budget"}
    proof = build(instance, instance.slots, {}, goals=(), outward=True)
    assert not proof.model.violations(proof.encode(menu))


def test_a_slot_may_be_offered_fewer_dishes_than_suit_it() -> None:
    two = problem(dish("x", serving("a")), dish("y", serving("b")))
    instance = Instance(two)
    model = build(instance, instance.slots, {}, goals=(), offer={Slot(0, 0): {1}})
    assert set(model.dish_variables[Slot(0, 0)]) == {1}


@pytest.mark.parametrize(
    ("ceiling", "rule", "expected"),
    [
        ("2.01", ("fibre_g",), set()),
        ("2", ("fibre_g",), set()),
        ("1.99", ("fibre_g",), {"limits"}),
        ("1.99", (), set()),
    ],
)
def test_own_limits_hold_on_each_day(
    ceiling: str, rule: tuple[str, ...], expected: set[str]
) -> None:
    """5 g of fibre in 100 g; the day of 40 g brings 2 g. Without the rule it is a target only."""
    fibre = NutrientTarget(nutrient="fibre_g", floor=None, ceiling=Decimal(ceiling), per="day")
    two = problem(
        dish("x", serving("a", "40")), dish("y", serving("b", "10")), fibre=fibre, days=2,
        limits=rule,
    )  # fmt: skip
    assert broken(two, {Slot(0, 0): Pick(0, (0,)), Slot(1, 0): Pick(1, (0,))}) == expected


@pytest.mark.parametrize(
    ("ceiling", "expected"), [("80.1", set()), ("80", set()), ("79.9", {"caffeine"}), (None, set())]
)
def test_caffeine_of_a_day(ceiling: str | None, expected: set[str]) -> None:
    """Two cups of 40 mg in one day, none in the next: each day counts for itself."""
    foods = (food("a", caffeine="40"), food("b"), food("c"))
    two = problem(
        dish("x", serving("a"), meals=(Meal.BREAKFAST, Meal.SNACK)),
        dish("y", serving("b"), meals=(Meal.BREAKFAST, Meal.SNACK)),
        foods=foods, days=2, meals=(Meal.BREAKFAST, Meal.SNACK), max_repeats=7,
        caffeine_mg=ceiling,
    )  # fmt: skip
    menu = {Slot(d, m): Pick(d, (0,)) for d in range(2) for m in range(2)}
    assert broken(two, menu) == expected


def test_a_ceiling_is_rounded_against_us_and_outward_for_proofs() -> None:
    odd = (food("a", caffeine="0.3333333"), food("b"), food("c"))
    one = problem(dish("x", serving("a"), serving("b")), foods=odd, caffeine_mg="0.3333333")
    instance, menu = Instance(one), {Slot(0, 0): Pick(0, (0,))}
    assert broken(one, menu) == {"caffeine"}
    proof = build(instance, instance.slots, {}, goals=(), outward=True)
    assert not proof.model.violations(proof.encode(menu))


def test_the_start_keeps_to_ceilings() -> None:
    """Coffee is in every other dish; the annealer's running costs know that it is too much."""
    foods = (food("a", caffeine="40"), food("b"), food("c"))
    choice = dish("x", serving("a"), serving("b"), meals=(Meal.BREAKFAST, Meal.SNACK))
    week = problem(
        choice, foods=foods, days=3, meals=(Meal.BREAKFAST, Meal.SNACK), max_repeats=7,
        caffeine_mg="40",
    )  # fmt: skip
    assert broken(week, anneal(Instance(week), seed=1, moves=400)) == set()


FISH = {"fish": {"min": 2, "max": 3}}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("fffvvvv", set()),
        ("ffvvvvv", set()),
        ("fvvvvvv", {"groups"}),
        ("ffffvvv", {"groups"}),
    ],
)
def test_a_group_comes_as_often_in_a_week_as_was_asked(order: str, expected: set[str]) -> None:
    foods = (food("f", group="fish"), food("v", group="pulses"))
    week = problem(
        dish("x", serving("f"), meals=(Meal.SNACK,)), dish("y", serving("v"), meals=(Meal.SNACK,)),
        foods=foods, days=7, meals=(Meal.SNACK,), max_repeats=7, groups=FISH,
    )  # fmt: skip
    menu = {Slot(d, 0): Pick("fv".index(name), (0,)) for d, name in enumerate(order)}
    assert broken(week, menu) == expected
    part = build(Instance(week), [Slot(3, 0)], menu, goals=())  # the rest of the week is fixed
    assert {row.rule for row in part.model.violations(part.encode(menu))} == expected


@pytest.mark.parametrize(
    ("days", "asked", "expected"),
    [
        (3, {"min": 2}, set()),  # 6/7 of a meal is none
        (4, {"min": 2}, {"groups"}),  # 8/7 of a meal is one
        (14, {"min": 1}, {"groups"}),
        (3, {"max": 0}, set()),
    ],
)
def test_a_minimum_is_scaled_and_rounded_down(
    days: int, asked: dict[str, int], expected: set[str]
) -> None:
    foods = (food("f", group="fish"), food("v", group="pulses"))
    week = problem(
        dish("x", serving("f", ), serving("v"), meals=(Meal.SNACK,)),
        foods=foods, days=days, meals=(Meal.SNACK,), max_repeats=7, groups={"fish": asked},
    )  # fmt: skip
    assert broken(week, {Slot(d, 0): Pick(0, (1,)) for d in range(days)}) == expected


@pytest.mark.parametrize(("fish", "expected"), [(1, set()), (2, {"groups"})])
def test_a_maximum_is_scaled_and_rounded_up(fish: int, expected: set[str]) -> None:
    """One meal a week is one in three days, too (3/7 rounded up)."""
    foods = (food("f", group="fish"), food("v", group="pulses"))
    days = problem(
        dish("x", serving("f"), serving("v"), meals=(Meal.SNACK,)),
        foods=foods, days=3, meals=(Meal.SNACK,), max_repeats=7, groups={"fish": {"max": 1}},
    )  # fmt: skip
    menu = {Slot(d, 0): Pick(0, (0 if d < fish else 1,)) for d in range(3)}
    assert broken(days, menu) == expected


@pytest.mark.parametrize(("times", "expected"), [(1, {"groups"}), (2, set()), (3, {"groups"})])
def test_fish_twice_on_a_plate_is_one_meal_of_fish(times: int, expected: set[str]) -> None:
    """Base and extra may both be fish: that is one meal for the minimum and for the maximum."""
    foods = (food("f", group="fish"), food("v", group="pulses"))
    both = dish("x", serving("f"), serving("v"), meals=(Meal.SNACK,), optional=True)
    week = problem(
        both, foods=foods, days=7, meals=(Meal.SNACK,), max_repeats=7,
        groups={"fish": {"min": 2, "max": 2}},
    )  # fmt: skip
    menu = {Slot(d, 0): Pick(0, (0, 0) if d < times else (1, -1)) for d in range(7)}
    assert broken(week, menu) == expected


def test_subgroups_count_and_a_single_day_may_lean_on_the_others() -> None:
    steak = food("f", group="meat").model_copy(update={"subgroups": ("red-meat",)})
    week = problem(
        dish("x", serving("f"), serving("v"), meals=(Meal.SNACK,)),
        foods=(steak, food("v", group="pulses")), days=7, meals=(Meal.SNACK,), max_repeats=7,
        groups={"Red meat": {"max": 1}, "pulses": {"min": 6}},
    )  # fmt: skip
    menu = {Slot(d, 0): Pick(0, (0 if d == 0 else 1,)) for d in range(7)}
    assert broken(week, menu) == set()
    assert broken(week, {**menu, Slot(1, 0): Pick(0, (0,))}) == {"groups"}
    alone = build(Instance(week), [Slot(0, 0)], {}, goals=(), outward=True)
    assert not alone.model.violations(alone.encode(menu))


def test_a_group_that_no_dish_has_cannot_come() -> None:
    none = problem(
        dish("x", serving("a"), meals=(Meal.SNACK,)),
        days=7, meals=(Meal.SNACK,), max_repeats=7, groups={"fish": {"min": 1}},
    )  # fmt: skip
    assert broken(none, {Slot(d, 0): Pick(0, (0,)) for d in range(7)}) == {"groups"}


def test_the_start_keeps_to_groups() -> None:
    foods = (food("f", group="fish"), food("v", group="pulses"))
    week = problem(
        dish("x", serving("f"), serving("v"), meals=(Meal.SNACK,), optional=True),
        foods=foods, days=7, meals=(Meal.SNACK,), max_repeats=7,
        groups={"fish": {"min": 3, "max": 3}},
    )  # fmt: skip
    assert broken(week, anneal(Instance(week), seed=1, moves=800)) == set()


def test_a_problem_without_a_figure_for_a_rule_is_none() -> None:
    with pytest.raises(ValueError, match="no figure for caffeine_mg"):
        problem(dish("x", serving("d")), foods=(food("d", caffeine=None),), caffeine_mg="40")
    with pytest.raises(ValueError, match="sodium_mg has no target"):
        problem(dish("x", serving("a")), limits=("sodium_mg",))


def test_minutes_of_the_weekend_are_their_own() -> None:
    week = problem(
        dish("x", serving("a"), meals=(Meal.SNACK,)),
        days=7,
        meals=(Meal.SNACK,),
        weekday_minutes=10,
        weekend_minutes=9,
        max_repeats=7,
    )
    instance = Instance(week)
    model = build(instance, instance.slots, {}, goals=())
    menu = {slot: Pick(0, (0,)) for slot in instance.slots}
    assert len(model.model.violations(model.encode(menu))) == 2  # Saturday and Sunday


@pytest.mark.parametrize(
    ("order", "expected"),
    [("xyx", set()), ("xyxyx", {"repeats"}), ("xxy", {"neighbouring_days"}), ("xyzxy", set())],
)
def test_repeats_and_neighbouring_days(order: str, expected: set[str]) -> None:
    week = problem(*(dish(name, serving("a")) for name in "xyz"), days=len(order), max_repeats=2)
    menu = {Slot(d, 0): Pick("xyz".index(name), (0,)) for d, name in enumerate(order)}
    assert broken(week, menu) == expected


def test_the_same_breakfast_on_two_days_in_a_row_is_fine() -> None:
    week = problem(
        dish("x", serving("a"), meals=(Meal.BREAKFAST,)), days=2, meals=(Meal.BREAKFAST,)
    )
    assert not broken(week, {Slot(d, 0): Pick(0, (0,)) for d in range(2)})


def test_lunch_and_dinner_of_one_day_differ() -> None:
    day = problem(dish("x", serving("a")), meals=(Meal.LUNCH, Meal.DINNER))
    assert broken(day, {Slot(0, m): Pick(0, (0,)) for m in range(2)}) == {"neighbouring_days"}


@pytest.mark.parametrize(
    ("known", "differ", "expected"),
    [
        (("x",), 1, set()),
        (("x",), 2, {"otherwise"}),
        (("x", "y"), 1, {"otherwise"}),
        (("z",), 2, set()),
    ],
)
def test_enough_meals_are_of_other_dishes(
    known: tuple[str, ...], differ: int, expected: set[str]
) -> None:
    two = problem(
        dish("x", serving("a")),
        dish("y", serving("b")),
        meals=(Meal.LUNCH, Meal.DINNER),
        otherwise=({"dishes": known, "differ": differ},),
    )
    assert broken(two, {Slot(0, m): Pick(m, (0,)) for m in range(2)}) == expected


def test_longer_plans_allow_repeats_in_proportion() -> None:
    days = problem(
        dish("x", serving("a"), meals=(Meal.SNACK,)), days=8, meals=(Meal.SNACK,), max_repeats=7
    )
    assert not broken(days, {Slot(d, 0): Pick(0, (0,)) for d in range(8)})


@pytest.mark.parametrize(
    ("order", "asked", "expected"),
    [
        ("fvvvvvvvvvvvvf", {"min": 1, "max": 1}, set()),
        ("ffvvvvvvvvvvvv", {"min": 1}, {"groups"}),  # none in the second week
        ("ffvvvvvvvvvvvv", {"max": 1}, {"groups"}),
        ("fvvvvvvvvv", {"min": 2, "max": 3}, {"groups"}),
        ("ffvvvvvvvv", {"min": 2, "max": 3}, set()),  # of three days a minimum of two is none
        ("ffvvvvvfff", {"min": 2, "max": 3}, {"groups"}),  # and a maximum of three is two
    ],
)
def test_a_group_comes_as_often_as_was_asked_in_each_week(
    order: str, asked: dict[str, int], expected: set[str]
) -> None:
    foods = (food("f", group="fish"), food("v", group="pulses"))
    weeks = problem(
        dish("x", serving("f"), meals=(Meal.SNACK,)), dish("y", serving("v"), meals=(Meal.SNACK,)),
        foods=foods, days=len(order), meals=(Meal.SNACK,), max_repeats=7, groups={"fish": asked},
    )  # fmt: skip
    menu = {Slot(d, 0): Pick("fv".index(name), (0,)) for d, name in enumerate(order)}
    assert broken(weeks, menu) == expected
    part = build(Instance(weeks), [Slot(3, 0), Slot(8, 0)], menu, goals=())
    assert {row.rule for row in part.model.violations(part.encode(menu))} == expected


def test_the_start_keeps_to_the_weeks() -> None:
    """Moved one meal at a time, the running sums know each week by itself."""
    rules = Rules(groups={"fruit": TimesAWeek(min=4, max=20)}, max_repeats=3)
    ten = toy_problem(days=10, dishes=24, foods=30, rules=rules)
    instance, rng = Instance(ten), random.Random(5)
    state = RunningMenu(instance, random_menu(instance, rng))
    for _ in range(300):
        slot = rng.choice(instance.open_slots)
        state.change(slot, random_pick(instance, instance.offered(slot), rng))
        if rng.random() < 0.4:
            state.undo()
    assert state.cost == pytest.approx(RunningMenu(instance, dict(state.menu)).cost)
    menu = anneal(instance, seed=2, moves=6_000)
    assert follows(instance, menu)


@pytest.mark.parametrize(("target", "short"), [("50", 0), ("50.001", 1), ("60", 10_000)])
def test_magnesium_shortfall(target: str, short: int) -> None:
    instance = Instance(problem(dish("x", serving("a")), magnesium=target))
    assert values(instance, {Slot(0, 0): Pick(0, (0,))})["magnesium_shortfall"] == short


def test_the_worst_nutrient_is_the_one_that_is_off_most() -> None:
    """5 g of fibre of 10 and energy at the middle of its band; the sum has both, the worst only fibre."""
    fibre = NutrientTarget(nutrient="fibre_g", floor=Decimal(10), ceiling=None, per="week")
    for energy, both in (("97", "103"), 500), (("50", "110"), 500 + 220):
        lone = problem(dish("x", serving("a")), fibre=fibre, energy=energy)
        found = values(Instance(lone), {Slot(0, 0): Pick(0, (0,))})
        assert (found["worst_nutrient"], found["other_nutrients"]) == (500, both)


@pytest.mark.parametrize(
    ("margin", "short"), [("4", 0), ("5", 0), ("5.001", 1), ("15", 10_000), ("0", None)]
)
def test_the_margin_is_a_goal_of_its_own(margin: str, short: int | None) -> None:
    asked = problem(dish("x", serving("a")), magnesium="45")
    instance = Instance(asked.model_copy(update={"margin_mg": Decimal(margin)}))
    found = values(instance, {Slot(0, 0): Pick(0, (0,))})
    assert found["magnesium_shortfall"] == 0
    assert found.get("magnesium_margin") == short


def test_the_annealer_feels_what_a_margin_lacks() -> None:
    plain = problem(dish("x", serving("a")), magnesium="40")
    costs = [
        RunningMenu(
            Instance(plain.model_copy(update={"margin_mg": Decimal(margin)})),
            {Slot(0, 0): Pick(0, (0,))},
        ).cost
        for margin in (0, 10, 20, 30)
    ]
    assert costs[0] == costs[1] < costs[2]
    assert costs[3] - costs[2] == pytest.approx(costs[2] - costs[1])


@pytest.mark.parametrize(("floor", "expected"), [("5", 0), ("5.1", 20), ("10", 500)])
def test_other_nutrients_count_in_thousandths_of_the_reference(floor: str, expected: int) -> None:
    fibre = NutrientTarget(nutrient="fibre_g", floor=Decimal(floor), ceiling=None, per="week")
    lone = problem(dish("x", serving("a")), fibre=fibre, energy=("97", "103"))
    assert values(Instance(lone), {Slot(0, 0): Pick(0, (0,))})["other_nutrients"] == expected


def test_enjoyment_counts_repeats_odd_foods_and_missing_groups() -> None:
    foods = (food("a"), food("b", everyday=3), food("c"))
    two_days = problem(
        dish("x", serving("a")), dish("y", serving("b", steps=2)), foods=foods, days=3
    )
    plain = {Slot(0, 0): Pick(0, (0,)), Slot(1, 0): Pick(1, (0,)), Slot(2, 0): Pick(0, (0,))}
    # Fruit alone: vegetables, starch and protein are missing each day (3 x 3 x 3), and all colours
    # (3 x 3); b costs 3 for the special trip and 2 for its amount; dish x comes twice (5); food a stays
    # within its two servings.
    assert values(Instance(two_days), plain)["liking_and_variety"] == 27 + 9 + 3 + 2 + 5


def test_a_menu_survives_encoding() -> None:
    instance = Instance(
        problem(
            dish("x", serving("a"), serving("b"), optional=True), dish("y", serving("c")), days=2
        )
    )
    menu = {Slot(0, 0): Pick(0, (1, -1)), Slot(1, 0): Pick(0, (0, 1))}
    model = build(instance, instance.slots, {})
    assert model.decode(model.encode(menu)) == menu
    part = build(instance, [Slot(1, 0)], menu)
    assert part.decode(part.encode(menu)) == menu
    assert part.goal_value("liking_and_variety", part.encode(menu)) == model.goal_value(
        "liking_and_variety", model.encode(menu)
    )
