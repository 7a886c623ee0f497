"""Open packets and the pantry, each alone: nothing, points, just about nothing; and what a proof may say."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from mealmag.catalogue.dish import Meal
from mealmag.planning.check import check
from mealmag.planning.check_points import points
from mealmag.planning.instance import Instance, Pick, Slot
from mealmag.planning.occasion import Eaten, EatenFood
from mealmag.planning.plan import PlanPantry
from mealmag.planning.problem import (
    DishChoice,
    LeftoverMeal,
    PantryFood,
    PlanningProblem,
    SettledMeal,
)
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import build, follows, values
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.report import unproven
from mealmag.planning.solver.search import Search
from mealmag.planning.start import anneal, random_menu
from mealmag.planning.weights import Weights
from mealmag.planning.why.points import points as why_points
from mealmag.planning.why.served import Served
from tests.planning.drawn import Drawn, document_of, draw
from tests.planning.test_points import X, Y, alone, count, lunches
from tests.planning.test_rules import MONDAY, dish, food, serving
from tests.planning.toy import toy_problem

Z = Pick(2, (0,))
SALAD = (dish("x", serving("leaf")), dish("y", serving("leaf+cooked")), dish("z", serving("rice")))
SHELF = (
    food("leaf", packet="leaf"),
    food("leaf+cooked", packet="leaf"),
    food("rice"),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((Z, Z, Z), 0),
        ((X, Z, Z), 3),
        ((X, X, Z), 0),
        ((Z, X, Y), 0),  # raw and cooked, of one packet
        ((X, Z), 0),  # two days leave time to finish it after them
        ((X, Z, Z, Z), 3),
    ],
)
def test_a_packet_opened_for_one_serving(order: tuple[Pick, ...], expected: int) -> None:
    days = alone(*SALAD, foods=SHELF, days=len(order), weights={"open_packet": 3})
    assert count(days, lunches(*order)) == expected


def test_one_meal_may_use_a_packet_twice() -> None:
    both = DishChoice(
        id="x", name="x", minutes=0, meals=(Meal.LUNCH,),
        components=(*SALAD[0].components, *SALAD[1].components),
    )  # fmt: skip
    days = alone(both, *SALAD[1:], foods=SHELF, days=3, weights={"open_packet": 3})
    assert count(days, lunches(Pick(0, (0, 0)), Z, Z)) == 0
    whole = build(Instance(days), [Slot(0, 0)], lunches(Z, Z, Z))
    at = whole.encode(lunches(Pick(0, (0, 0)), Z, Z))
    assert not whole.model.violations(at)


def at_home(best_before: date | None = None, name: str = "leaf") -> tuple[PantryFood, ...]:
    return (PantryFood(food=name, grams=Decimal(250), best_before=best_before),)


@pytest.mark.parametrize(
    ("best_before", "order", "expected"),
    [
        (None, (Z, Z, X), 0),
        (None, (Z, Z, Z), 2),
        (None, (Y, Z, Z), 0),  # cooked, it is the same food
        (MONDAY + timedelta(days=1), (Z, X, Z), 0),  # on its last day
        (MONDAY + timedelta(days=1), (Z, Z, X), 6),  # a day too late
        (MONDAY, (X, Z, Z), 0),
        (MONDAY + timedelta(days=2), (Z, Z, Z), 6),
        (MONDAY + timedelta(days=3), (Z, Z, Z), 2),  # still good after the plan
    ],
)
def test_what_is_at_home_is_used_in_time(
    best_before: date | None, order: tuple[Pick, ...], expected: int
) -> None:
    days = alone(
        *SALAD, foods=SHELF, days=3, weights={"pantry": 2}, pantry=at_home(best_before)
    )  # fmt: skip
    assert count(days, lunches(*order)) == expected


def test_leftovers_are_used_when_they_are_cooked_and_what_was_eaten_is_not() -> None:
    plates = [each.model_copy(update={"keeps": 2}) for each in SALAD]
    days = alone(
        *plates, foods=SHELF, days=3, meals=(Meal.LUNCH, Meal.DINNER), weights={"pantry": 1},
        pantry=at_home(MONDAY),
        leftovers=(LeftoverMeal(day=2, meal=0, of_day=0, of_meal=1),),
    )  # fmt: skip
    others = dict.fromkeys(Instance(days).slots, Z)
    assert count(days, {**others, Slot(0, 1): X, Slot(2, 0): X}) == 0
    assert count(days, {**others, Slot(1, 0): X}) == 3
    ate = SettledMeal(
        day=0, meal=0, occasion=Eaten(foods=(EatenFood(food="leaf", grams=Decimal(60)),)),
        low={"energy_kcal": Decimal(60)}, high={"energy_kcal": Decimal(60)}, foods=("leaf",),
    )  # fmt: skip
    eaten = PlanningProblem.model_validate({**dict(days), "settled": (ate,), "leftovers": ()})
    instance = Instance(eaten)
    assert count(eaten, instance.whole({**others, **instance.settled})) == 3


def kitchen(days: int = 4, seed: int = 1) -> PlanningProblem:
    """A toy problem with packets that weigh and three foods at home."""
    made = toy_problem(days=days, dishes=24, foods=30, seed=seed)
    used = sorted({s.food for d in made.dishes for c in d.components for s in c.servings})
    pantry = tuple(
        PantryFood(
            food=name,
            grams=Decimal(200),
            best_before=None if n == 0 else made.days[0] + timedelta(days=n),
        )
        for n, name in enumerate(random.Random(seed).sample(used, k=3))
    )
    weights = Weights(open_packet=4, pantry=5)
    return made.model_copy(update={"weights": weights, "pantry": pantry})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_menu_is_better_than_the_folded_bound(seed: int) -> None:
    """The days are alike, so they fold to one or two; the order of the days counts for the pantry."""
    instance = Instance(kitchen(seed=seed))
    assert len(instance.day_kinds()) < instance.days
    relaxation = relax(instance, ENJOYMENT.name, {})
    assert relaxation is not None
    followed = 0
    for number in range(4):
        menu = anneal(instance, seed=number, moves=2_000)
        if follows(instance, menu):
            followed += 1
            assert values(instance, menu)[ENJOYMENT.name] >= relaxation.bound
    assert followed
    whole = build(instance, instance.slots, {}, relaxed=("neighbouring_days",), outward=True)
    whole.model.minimise(whole.goals[ENJOYMENT.name])
    unfolded = mathopt.solve(whole.model, "GLOP", relaxed=True)
    assert unfolded.bound is not None
    assert float(relaxation.optimum) <= unfolded.bound + 1e-4


def test_a_neighbourhood_counts_as_the_whole() -> None:
    instance = Instance(kitchen())
    rng = random.Random(5)
    for free in ([Slot(1, 2)], [Slot(d, 0) for d in range(4)], instance.slots):
        menu = random_menu(instance, rng)
        part = build(instance, free, menu)
        at = part.encode(menu)
        assert part.goal_value(ENJOYMENT.name, at) == values(instance, menu)[ENJOYMENT.name]
        goal_rows = [row for row in part.model.violations(at) if row.rule == ENJOYMENT.name]
        assert goal_rows == []


def test_a_search_finds_the_best_of_all_menus() -> None:
    """Four lunches cannot use three packets twice: each menu is counted, and one food is left at home."""
    names = ("leaf", "bean", "pea")
    days = alone(
        *(dish(f"with-{name}", serving(name)) for name in names),
        foods=tuple(food(name, packet=name) for name in names), days=4, effort="normal",
        weights={"open_packet": 4, "pantry": 3},
        pantry=(*at_home(MONDAY + timedelta(days=1)), *at_home(None, "bean"), *at_home(None, "pea")),
    )  # fmt: skip
    instance = Instance(days)
    menus = (lunches(*(Pick(k, (0,)) for k in ks)) for ks in product(range(3), repeat=4))
    counted = [values(instance, menu)[ENJOYMENT.name] for menu in menus if follows(instance, menu)]
    assert min(counted) == 3 < max(counted)
    found = Search(days).run().goals[ENJOYMENT.name]
    assert found.value == 3
    assert found.bound <= 3


# The plan, its checker and its explanation.


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    return draw(6, days=4, taste=True)


def test_points_are_explained_one_by_one(drawn: Drawn) -> None:
    weights = Weights(open_packet=7, pantry=3)
    drawn = replace(drawn, problem=drawn.problem.model_copy(update={"weights": weights}))
    instance = Instance(drawn.problem)
    paid = dict.fromkeys(("open_packet", "pantry"), 0)
    for seed in range(6):
        menu = random_menu(instance, random.Random(seed))
        plan = document_of(drawn, unproven(instance, menu))
        counted = points(plan, drawn.foods, drawn.dishes)
        told = list(why_points(Served.of(plan, drawn.foods, drawn.dishes)))
        for reason in paid:
            assert sum(p.points for p in told if p.reason == reason) == counted[reason]
            paid[reason] += counted[reason]
    assert all(paid.values())


def test_a_forged_pantry_is_found(drawn: Drawn) -> None:
    instance = Instance(drawn.problem)
    plan = document_of(drawn, unproven(instance, random_menu(instance, random.Random(1))))
    used = next(stock for stock in plan.pantry if stock.used_g)

    def faults(*stocks: PlanPantry) -> set[str]:
        forged = plan.model_copy(update={"pantry": list(stocks)})
        found = check(forged, drawn.foods, drawn.dishes, drawn.prices)
        return {each.place for each in found if each.rule in ("pantry", "catalogue")}

    assert faults(*plan.pantry) == set()
    assert faults(used.model_copy(update={"used_g": used.used_g - 1})) == {used.food}
    assert faults(used.model_copy(update={"left_g": used.left_g + 0.5})) == {used.food}
    assert faults(used.model_copy(update={"name": "gold"})) == {used.food}
    assert faults(used, used) == {used.food}
    assert faults(used.model_copy(update={"food": "no-such-food"})) == {"pantry", "no-such-food"}
    early = used.model_copy(update={"best_before": plan.days[0].date - timedelta(days=1)})
    assert faults(early) == {used.food}
