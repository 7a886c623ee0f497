"""Why: every point and percent has its reason, and the state of a rule is what the checker says of it."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mealmag.catalogue.dish import Component, Dish, Meal, Serving
from mealmag.nutrition.totals import rounded
from mealmag.planning.check import check
from mealmag.planning.instance import Instance, Menu, Pick, Slot
from mealmag.planning.plan import Plan
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, RULES
from mealmag.planning.solver.report import unproven
from mealmag.planning.why.answer import RuleState
from mealmag.planning.why.balance import deviation, offs
from mealmag.planning.why.choice import choice
from mealmag.planning.why.day_rules import DayRules
from mealmag.planning.why.points import CONTRIBUTORS, points
from mealmag.planning.why.served import Served
from mealmag.planning.why.sources import by_food, by_meal
from mealmag.planning.why.state import binds, state
from mealmag.planning.why.week_rules import week_rules
from tests.planning.drawn import Drawn, document_of, draw

SEEDS = st.integers(0, 500)


def any_menu(instance: Instance, seed: int) -> Menu:
    """Any dish in any amounts, whatever the rules say; few dishes, so that they come again."""
    rng = random.Random(seed)
    offered = [instance.offered(Slot(0, m)) for m in range(instance.meals)]
    few = {m: rng.sample(d, k=min(3, len(d))) for m, d in enumerate(offered)}
    menu = {}
    for slot in instance.slots:
        dish = rng.choice(few[slot.meal])
        picks = []
        for component in instance.problem.dishes[dish].components:
            least = -1 if component.optional and len(picks) else 0
            picks.append(rng.randint(least, len(component.servings) - 1))
        menu[slot] = Pick(dish, tuple(picks))
    return menu


def drawn_plan(seed: int, *, free: bool = False) -> tuple[Drawn, Plan]:
    drawn = draw(seed, free=free, taste=not free and seed % 2 == 1)
    instance = Instance(drawn.problem)
    return drawn, document_of(drawn, unproven(instance, any_menu(instance, seed)))


def served_of(drawn: Drawn, plan: Plan) -> Served:
    return Served.of(plan, drawn.foods, drawn.dishes)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_parts_of_each_goal_add_up_to_it(seed: int) -> None:
    drawn, plan = drawn_plan(seed)
    served = served_of(drawn, plan)
    stated = {goal.name: goal.value for goal in plan.goals}
    assert sum(point.points for point in points(served)) == stated[ENJOYMENT.name]
    off = sum((each.percent for each in offs(served)), Decimal(0))
    assert rounded(off) == stated[BALANCE.name]
    assert not any(each.nutrient == "magnesium_mg" for each in offs(served))


def test_the_drawn_menus_pay_for_every_reason() -> None:
    """Otherwise the test above proves less than it says."""
    plans = [drawn_plan(seed) for seed in range(60)]
    paid: Counter[str] = Counter()
    for drawn, plan in plans:
        found = points(served_of(drawn, plan))
        assert all(point.points > 0 and point.words for point in found)
        paid.update(point.reason for point in found)
    assert paid.keys() == CONTRIBUTORS.keys()
    told = [deviation(off) for drawn, plan in plans for off in offs(served_of(drawn, plan))]
    assert {each.side for each in told} == {"below", "above"}
    assert {each.date is None for each in told} == {True, False}
    assert any(each.nutrient == "energy_kcal" for each in told)


def states(served: Served) -> Iterator[RuleState]:
    rules = DayRules(served)
    for day in served.plan.days:
        yield from rules.of(day)
    yield from week_rules(served)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_rule_is_broken_here_where_the_checker_says_so(seed: int) -> None:
    drawn, plan = drawn_plan(seed)
    told = list(states(served_of(drawn, plan)))
    broken = {each.rule for each in told if each.slack is not None and each.slack < 0}
    faults = {v.rule for v in check(plan, drawn.foods, drawn.dishes, drawn.prices)}
    cost, budget = plan.cost, plan.rules.budget
    assert cost is not None
    if budget is not None and abs(cost.total - budget * len(plan.days)) < 0.01:
        faults -= {"budget"}  # it is told by the total in hundredths
        broken -= {"budget"}
    assert broken == faults & RULES.keys()
    assert {each.rule for each in told} <= RULES.keys()


def test_the_drawn_menus_break_most_rules() -> None:
    broken = {
        each.rule
        for seed in range(60)
        for each in states(served_of(*drawn_plan(seed)))
        if (each.slack or 0) < 0
    }
    assert {"energy_band", "limits", "caffeine", "repeats", "minutes", "groups", "budget"} <= broken
    assert "neighbouring_days" in broken


def test_plates_that_must_not_be_are_told() -> None:
    drawn, plan = drawn_plan(2, free=True)
    food = drawn.foods[plan.days[0].meals[0].portions[0].food]
    dish = plan.days[0].meals[1].dish
    rules = plan.rules.model_copy(
        update={"dislikes": [food.id, dish], "avoid_allergens": ["celery"]}
    )
    told = {
        each.rule: each
        for each in week_rules(served_of(drawn, plan.model_copy(update={"rules": rules})))
    }
    assert told["dislikes"].slack == -2
    assert food.id in told["dislikes"].words
    assert told["allergens"].slack == 0
    assert "must not" not in told["allergens"].words
    assert told["natural_amounts"].slack == 0
    portion = plan.days[0].meals[0].portions[0].model_copy(update={"grams": 1.25})
    meal = plan.days[0].meals[0].model_copy(update={"portions": [portion]})
    day = plan.days[0].model_copy(update={"meals": [meal, *plan.days[0].meals[1:]]})
    odd = plan.model_copy(update={"days": [day, *plan.days[1:]]})
    amounts = {each.rule: each for each in week_rules(served_of(drawn, odd))}["natural_amounts"]
    assert amounts.slack == -1
    assert "no way to serve" in amounts.words


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_foods_and_meals_add_up_to_the_day(seed: int) -> None:
    drawn, plan = drawn_plan(seed)
    served = served_of(drawn, plan)
    for day in plan.days:
        foods = by_food(served, day, Decimal(380))
        meals = by_meal(served, day, Decimal(380))
        for parts in (foods, meals):
            whole = sum(part.magnesium_mg for part in parts)
            assert whole == pytest.approx(day.magnesium.food_mg, abs=0.01 * len(parts))
        amounts = [food.magnesium_mg for food in foods]
        assert amounts == sorted(amounts, reverse=True)
        assert len({food.food for food in foods}) == len(foods)
        for food in foods:
            assert food.percent_of_target == pytest.approx(food.magnesium_mg / 3.8, abs=0.01)


# The words, on a menu made by hand.


def egg_dish(name: str, meal: Meal) -> Dish:
    amounts = tuple(Serving("food-0", Decimal(60 * n), f"{n} eggs") for n in (1, 2, 3))
    part = Component("egg", amounts, (1, 0, 1))
    return Dish(name, name.title(), name, frozenset({meal}), 5, (), 0, (part,))


def by_hand(grams: list[float], everyday: int = 1, group: str = "eggs") -> Served:
    """A plan of as many days as amounts, with the same one dish of one food twice a day."""
    drawn, plan = drawn_plan(1, free=True)
    food = replace(drawn.foods["food-0"], group=group, everyday=everyday, colour="")
    dishes = {m.value: egg_dish(f"{m}", m) for m in (Meal.BREAKFAST, Meal.LUNCH)}
    portion = plan.days[0].meals[0].portions[0]
    days = []
    for d, amount in enumerate(grams):
        egg = portion.model_copy(
            update={
                "food": "food-0",
                "name": "egg",
                "grams": amount,
                "measure": f"{amount / 60:g} eggs",
            }
        )
        meals = [
            plan.days[0]
            .meals[0]
            .model_copy(update={"meal": m, "dish": m.value, "name": m.title(), "portions": [egg]})
            for m in (Meal.BREAKFAST, Meal.LUNCH)
        ]
        date = plan.days[0].date.replace(day=23 + d)
        days.append(plan.days[0].model_copy(update={"date": date, "meals": meals}))
    rules = plan.rules.model_copy(update={"meals": [Meal.BREAKFAST, Meal.LUNCH]})
    made = plan.model_copy(update={"days": days, "rules": rules})
    return Served.of(made, {**drawn.foods, "food-0": food}, dishes)


def said(served: Served) -> dict[tuple[str, str], str]:
    """What is paid, by day and meal ("day" for none), with the points."""
    found: dict[tuple[str, str], str] = {}
    for point in points(served):
        key = (f"{point.date:%a}", str(point.meal or "day"))
        found[key] = "; ".join(filter(None, [found.get(key, ""), f"{point.words}: {point.points}"]))
    return found


def test_points_in_words() -> None:
    paid = said(by_hand([120.0, 180.0]))
    nothing = (
        "no vegetables that day: 3; no fruit that day: 3; no grain, bread or potato that day: 3; "
        "0 of 3 colours of vegetables and fruit (none): 3"
    )
    assert paid == {
        ("Mon", "day"): nothing,
        ("Mon", "lunch"): "egg: the 2nd time, more than 1: 1; egg: again after breakfast: 2",
        ("Tue", "day"): nothing,
        ("Tue", "breakfast"): "Breakfast: the same dish as on Monday: 5; "
        "egg: the 3rd time, more than 1: 1; egg: 3 eggs instead of 2 eggs: 1",
        ("Tue", "lunch"): "Lunch: the same dish as on Monday: 5; "
        "egg: the 4th time, more than 1: 1; egg: again after breakfast: 2; "
        "egg: 3 eggs instead of 2 eggs: 1",
    }


def test_a_staple_is_no_repetition_and_a_rare_food_a_trip() -> None:
    paid = said(by_hand([120.0], everyday=3, group="fats"))
    assert paid["Mon", "breakfast"] == paid["Mon", "lunch"] == "egg: a special trip: 3"
    assert said(by_hand([120.0], everyday=2))["Mon", "breakfast"] == "egg: not in every kitchen: 1"
    assert ("Mon", "breakfast") not in said(by_hand([120.0]))


# How tight a rule is.


def measured(amount: float, floor: float | None, ceiling: float | None) -> RuleState:
    bounds = [None if bound is None else Decimal(str(bound)) for bound in (floor, ceiling)]
    return state(
        "energy_band", "energy", Decimal(str(amount)), floor=bounds[0], ceiling=bounds[1],
        unit="kcal", words=f"{amount:g}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "slack", "left", "sentence"),
    [
        (2000, 200, "200 kcal over the floor", "Nothing binds now; nearest to it is energy ("),
        (2180, 20, "20 kcal under the ceiling", "What binds now: energy (20 kcal under"),
        (2200, 0, "0 kcal under the ceiling", "What binds now: energy (2200)."),
        (2212, -12, "12 kcal too much", "What binds now: energy (12 kcal too much)."),
        (1799.5, -0.5, "0.5 kcal too little", "What binds now: energy (0.5 kcal too little)."),
    ],
)
def test_slack_in_words(amount: float, slack: float, left: str, sentence: str) -> None:
    told = measured(amount, 1800, 2200)
    assert (told.slack, told.left) == (slack, left)
    assert binds("now", [told]).startswith(sentence)


def test_one_sided_rules_and_none_at_all() -> None:
    assert measured(390, None, 400).left == "10 kcal left"
    assert measured(3, 2, None).left == "1 kcal more"
    assert measured(0, 0, None).room == 0, "nothing was asked, and nothing is left of it"
    assert measured(3, None, 0).slack == -3
    assert binds("now", []) == "Nothing binds now."
    many = [measured(2200, 1800, 2200)] * 5
    assert binds("now", many).endswith("energy (2200), and 2 more.")


# What is left to choose from.


def test_choice_counts_what_each_demand_takes() -> None:
    drawn, plan = drawn_plan(3, free=True)
    food = next(f.id for f in drawn.foods.values() if "nuts" in f.allergens)
    dish = next(iter(drawn.dishes))
    rules = plan.rules.model_copy(
        update={
            "avoid_allergens": ["nuts"], "dislikes": [food, dish], "weekday_minutes": 5,
            "meals": list(Meal),
        }
    )  # fmt: skip
    told = choice(rules, drawn.foods, drawn.dishes)
    by_word = {taken.word: taken for taken in told.taken}
    nuts = [f for f in drawn.foods.values() if "nuts" in f.allergens]
    assert by_word["nuts"].foods == len(nuts)
    assert by_word["nuts"].foods_back == len(nuts) - 1, "one of them is disliked as well"
    assert (by_word[food].foods, by_word[food].foods_back) == (1, 0)
    assert (by_word[dish].foods, by_word[dish].dishes) == (0, 1)
    slow = sum(each.minutes > 5 for each in drawn.dishes.values())
    assert by_word["5 minutes on weekdays"].dishes == slow > 0
    assert told.foods_left == told.foods - len(nuts)
    free = choice(drawn_plan(3, free=True)[1].rules, drawn.foods, drawn.dishes)
    assert free.taken == []
    assert (free.foods_left, free.dishes_left) == (len(drawn.foods), len(drawn.dishes))


def test_choice_leaves_what_the_planner_is_offered() -> None:
    for seed in range(12):
        drawn = draw(seed)
        _, plan = drawn_plan(seed)
        without_minutes = plan.rules.model_copy(
            update={"weekday_minutes": None, "weekend_minutes": None}
        )
        told = choice(without_minutes, drawn.foods, drawn.dishes)
        assert told.dishes_left == len(drawn.problem.dishes)
