"""The number that engines are compared by: one number, and the same wherever it is counted."""

import random

import pytest

from benchmarks.counting import MenuCounter
from benchmarks.weighing import WEIGHTS, proven, weigh, whole_model
from mealmag.planning.instance import Instance
from mealmag.planning.linear import ROW_LIMIT
from mealmag.planning.rulebook import WORST
from mealmag.planning.rules import values
from mealmag.planning.start import anneal, random_menu
from tests.planning.toy import toy_problem


@pytest.mark.parametrize("days", [1, 2, 9])
def test_the_quick_count_is_the_models_count(days: int) -> None:
    instance = Instance(toy_problem(days=days))
    counter = MenuCounter(instance)
    whole = whole_model(instance)
    rng = random.Random(3)
    menus = [random_menu(instance, rng) for _ in range(40)]
    menus += [anneal(instance, seed=seed, moves=400) for seed in range(5)]
    for menu in menus:
        count = counter.count(menu)
        assert count.value == weigh(instance, values(instance, menu))
        at = whole.encode(menu)
        assert count.value == whole.model.value(at)
        assert (count.broken == 0) == (not whole.model.violations(at))


@pytest.mark.parametrize("days", [1, 7])
def test_tighter_bounds_lose_no_menu(days: int) -> None:
    instance = Instance(toy_problem(days=days))
    model = whole_model(instance)
    rng = random.Random(5)
    for _ in range(40):
        at = model.encode(random_menu(instance, rng))
        limits = zip(model.model.lower, at, model.model.upper, strict=True)
        assert all(low <= value <= high for low, value, high in limits)


def test_the_weighted_sum_of_four_weeks_is_safe() -> None:
    model = whole_model(Instance(toy_problem(days=28))).model
    assert sum(w * model.upper[v] for v, w in model.objective.items()) <= ROW_LIMIT


def test_bounds_on_goals_prove_no_more_than_the_cheapest_way_to_be_worse() -> None:
    instance = Instance(toy_problem(days=1))
    magnesium, balance, points = WEIGHTS
    scale = instance.scale[instance.nutrient("magnesium_mg")]
    found = {magnesium: 0, WORST.name: 0, balance: 0, points: 40}
    assert proven(instance, found, {magnesium: 0, balance: 0, points: 30}) == 30
    assert proven(instance, found, {magnesium: 0, balance: 0, points: 1e9}) == 100_000 // scale
    assert proven(instance, found, {}) == 0
    # A menu whose worst nutrient is off by more than 0.3 % is off by 0.4 % in sum at least.
    off = {**found, magnesium: 0, WORST.name: 3, balance: 9}
    assert proven(instance, off, {balance: 9, points: 1e9}) == min(100_000 // scale, 4 * 100)
