"""Pricing dishes out proves what the whole relaxation does, and shows the engine only some of them."""

import random

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.linear import LinearModel
from mealmag.planning.menu import ONE_DISH, ONE_SERVING
from mealmag.planning.problem import Rules
from mealmag.planning.rulebook import BALANCE, ENJOYMENT, MAGNESIUM, WORST
from mealmag.planning.rules import goals_of, values
from mealmag.planning.solver import mathopt, sifting
from mealmag.planning.solver.outcome import Outcome
from mealmag.planning.solver.relaxation import fold, rounded_up
from mealmag.planning.solver.sifting import sifted
from mealmag.planning.start import anneal
from tests.planning.toy import toy_problem


def folded(seed: int, goal: str, days: int = 7) -> LinearModel:
    rules = Rules(weekday_minutes=40, weekend_minutes=90)
    problem = toy_problem(days=days, dishes=160, foods=40, seed=seed, rules=rules)
    instance = Instance(problem)
    found = values(instance, anneal(instance, seed=1, moves=500))
    names = tuple(goals_of(instance))
    held = {name: found[name] for name in names[: names.index(goal)]}
    model = fold(instance, goals=(*held, goal))
    for name, value in held.items():
        model.hold(name, value)
    model.model.minimise(model.goals[goal])
    return model.model


@pytest.mark.parametrize("goal", [MAGNESIUM.name, WORST.name, BALANCE.name, ENJOYMENT.name])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_bound_is_that_of_the_whole_relaxation(seed: int, goal: str) -> None:
    model = folded(seed, goal)
    whole = mathopt.solve(model, "GLOP", relaxed=True)
    proven = sifted(model)
    assert whole.bound is not None
    assert proven is not None
    assert float(proven.value) <= whole.bound + 1e-6
    assert rounded_up(float(proven.value)) == rounded_up(whole.bound)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_where_it_begins_changes_nothing_that_is_proven(seed: int) -> None:
    model = folded(seed, ENJOYMENT.name)
    dishes = [v for row in model.rows if row.rule == ONE_DISH for v in row.variables]
    draw = random.Random(seed)
    whole = sifted(model)
    assert whole is not None
    for begin in ([], dishes[:1], draw.sample(dishes, 12), dishes):
        proven = sifted(model, begin)
        assert proven is not None
        assert rounded_up(float(proven.value)) == rounded_up(float(whole.value))


def test_all_that_it_begins_with_is_in_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    model = folded(2, ENJOYMENT.name)
    dishes = [v for row in model.rows if row.rule == ONE_DISH for v in row.variables]
    seen: list[int] = []
    solve = mathopt.solve

    def watched(linear: LinearModel, engine: str, *, relaxed: bool, **other: object) -> Outcome:
        seen.append(sum(map(bool, linear.upper)))
        return solve(linear, engine, relaxed=relaxed)

    monkeypatch.setattr(sifting.mathopt, "solve", watched)
    assert sifted(model, dishes) is not None
    assert len(seen) == 1, "every dish is in, and none is left to come in"


def test_the_engine_sees_few_of_the_dishes(monkeypatch: pytest.MonkeyPatch) -> None:
    model = folded(2, "liking_and_variety")
    seen: list[int] = []
    solve = mathopt.solve

    def watched(linear: LinearModel, engine: str, *, relaxed: bool, **other: object) -> Outcome:
        seen.append(len(linear.lower))
        return solve(linear, engine, relaxed=relaxed)

    monkeypatch.setattr(sifting.mathopt, "solve", watched)
    assert sifted(model) is not None
    assert len(seen) > 1, "nothing was priced: the test proves nothing"
    assert max(seen) < len(model.lower) * 0.7


def one_slot(gains: list[int], least: int, objective: list[int]) -> LinearModel:
    """One dish of some, each with one choice of two servings; the second brings nothing."""
    model = LinearModel()
    dishes = [model.variable() for _ in gains]
    model.add([(v, 1) for v in dishes], lower=1, upper=1, rule=ONE_DISH)
    gain = []
    for dish, amount in zip(dishes, gains, strict=True):
        servings = [model.variable(), model.variable()]
        gain.append((servings[0], amount))
        terms = [*((v, 1) for v in servings), (dish, -1)]
        model.add(terms, lower=0, upper=0, rule=ONE_SERVING)
    model.add(gain, lower=least, rule="enough")
    model.minimise(list(zip(dishes, objective, strict=True)))
    return model


def test_dishes_come_in_to_mend_what_the_first_ones_cannot_meet() -> None:
    gains = [1] * 37
    gains[23] = 10
    proven = sifted(one_slot(gains, 10, [3] * 23 + [7] + [3] * 13))
    assert proven is not None
    assert float(proven.value) == pytest.approx(7)


def test_there_is_no_bound_where_no_dish_helps() -> None:
    assert sifted(one_slot([1] * 37, 2, [0] * 37)) is None


@pytest.mark.parametrize("seed", range(20))
def test_costs_hold_for_every_dish(seed: int) -> None:
    draw = random.Random(seed)
    gains = [draw.randint(0, 9) for _ in range(50)]
    objective = [draw.randint(0, 20) for _ in range(50)]
    least = max(gains) - 1
    model = one_slot(gains, least, objective)
    proven = sifted(model)
    assert proven is not None
    best = min(cost for gain, cost in zip(gains, objective, strict=True) if gain >= least)
    assert proven.value <= best
    for dish, (gain, cost) in enumerate(zip(gains, objective, strict=True)):
        if gain >= least:
            assert float(proven.value) + proven.reduced_costs[dish] <= cost + 1e-9


def test_a_stop_gives_no_bound() -> None:
    assert sifted(folded(1, "other_nutrients", days=1), stop=lambda: True) is None
