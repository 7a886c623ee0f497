"""Bounds and contradictions from multipliers hold exactly, whatever an engine says."""

import itertools
import random

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.linear import LinearModel
from mealmag.planning.problem import Rules
from mealmag.planning.solver import feasibility, mathopt
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.proof import bound, contradiction
from mealmag.planning.solver.relaxation import fold
from tests.planning.toy import toy_problem


def small(seed: int) -> LinearModel:
    """Six variables and four rows, small enough to try every point."""
    draw = random.Random(seed)
    model = LinearModel()
    for _ in range(6):
        model.variable(0, draw.choice([1, 1, 2]))
    for index in range(4):
        terms = [(v, draw.randint(-4, 6)) for v in range(6)]
        low = draw.choice([None, draw.randint(-2, 4)])
        high = None if low is not None and draw.random() < 0.6 else (low or 0) + draw.randint(1, 6)
        model.add(terms, lower=low, upper=high, rule=f"rule-{index}")
    model.minimise([(v, draw.randint(-3, 5)) for v in range(6)])
    return model


def best(model: LinearModel) -> int | None:
    points = itertools.product(*(range(high + 1) for high in model.upper))
    return min(
        (model.value(list(point)) for point in points if not model.violations(list(point))),
        default=None,
    )


@pytest.mark.parametrize("seed", range(30))
def test_any_multipliers_give_a_bound_that_holds(seed: int) -> None:
    model = small(seed)
    optimum = best(model)
    draw = random.Random(seed)
    if optimum is not None:
        for _ in range(20):
            assert bound(model, [draw.gauss(0, 2) for _ in model.rows]).value <= optimum


@pytest.mark.parametrize("seed", range(30))
def test_the_engines_multipliers_prove_its_own_bound(seed: int) -> None:
    model = small(seed)
    outcome = mathopt.solve(model, "GLOP", relaxed=True)
    if outcome.status is Status.OPTIMAL:
        assert outcome.duals is not None
        assert float(bound(model, outcome.duals).value) == pytest.approx(outcome.bound, abs=1e-6)


def test_a_contradiction_is_never_claimed_where_there_is_a_point() -> None:
    claims = 0
    for seed in range(200):
        model = small(seed)
        proven = contradiction(model)
        if proven is not None:
            claims += 1
            assert best(model) is None
            assert proven <= {row.rule for row in model.rows}
    assert claims >= 5


def test_the_contradiction_names_the_rules_that_it_adds_up() -> None:
    instance = Instance(toy_problem(days=7, rules=Rules(weekday_minutes=10, weekend_minutes=10)))
    named = contradiction(fold(instance, goals=()).model)
    assert named is not None
    assert "minutes" in named
    assert "energy_band" not in named
    assert feasibility.any_menu(instance).status is Status.INFEASIBLE


def test_a_problem_with_a_menu_has_no_contradiction() -> None:
    instance = Instance(toy_problem(days=3))
    assert contradiction(fold(instance, goals=()).model) is None
    found = feasibility.any_menu(instance)
    assert found.status is Status.FEASIBLE
    assert found.menu is not None
