"""Reduced-cost fixing: much is closed and no day that is good enough is lost; the best day, found with it."""

from decimal import Decimal

import pytest

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.menu import MenuModel
from mealmag.planning.rulebook import MAGNESIUM
from mealmag.planning.rules import build, follows, values
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.best_day import best_day
from mealmag.planning.solver.certificate import certify
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.ruled_out import fix
from mealmag.planning.start import anneal
from tests.planning.toy import toy_problem, with_floor

HUNGRY = Instance(toy_problem(days=1, targets=with_floor("magnesium_mg", 2_000)))


def day(instance: Instance) -> MenuModel:
    """The first day by itself; what it lacks of magnesium is the objective."""
    free = [Slot(0, meal) for meal in range(instance.meals)]
    alone = build(instance, free, {}, goals=(MAGNESIUM.name,), outward=True)
    alone.model.minimise(alone.goals[MAGNESIUM.name])
    return alone


def best(alone: MenuModel) -> int | None:
    return mathopt.solve(alone.model, "HiGHS").objective


def closed(alone: MenuModel) -> int:
    return sum(upper == 0 for upper in alone.model.upper)


def test_the_best_day_stays_and_much_else_goes() -> None:
    whole = day(HUNGRY)
    reached = best(whole)
    assert reached
    narrow = day(HUNGRY)
    fix(narrow, reached)
    assert closed(narrow) > closed(whole) + len(narrow.model.upper) // 8
    assert best(narrow) == reached


def test_what_is_out_of_reach_stays_out() -> None:
    reached = best(day(HUNGRY))
    assert reached
    narrow = day(HUNGRY)
    fix(narrow, reached - 1)
    narrow.hold(MAGNESIUM.name, reached - 1)
    outcome = mathopt.solve(narrow.model, "HiGHS")
    assert outcome.status is Status.INFEASIBLE


@pytest.mark.parametrize("seed", range(6))
def test_no_menu_that_is_good_enough_is_closed(seed: int) -> None:
    """Whatever chance finds is still open where it reaches the limit, at the limit itself, too."""
    menu = anneal(HUNGRY, seed=seed, moves=600)
    assert follows(HUNGRY, menu)
    for limit in (0, 10_000):
        alone = day(HUNGRY)
        encoded = alone.encode(menu)
        assert not alone.model.violations(encoded)
        fix(alone, alone.goal_value(MAGNESIUM.name, encoded) + limit)
        assert all(value <= upper for value, upper in zip(encoded, alone.model.upper, strict=True))


def test_at_a_stop_nothing_is_closed() -> None:
    alone = day(HUNGRY)
    fix(alone, 0, stop=lambda: True)
    assert closed(alone) == closed(day(HUNGRY))


@pytest.mark.parametrize("floor", [300, 600, 1_000, 2_000])
def test_the_best_day_is_as_good_as_over_all_dishes(floor: int) -> None:
    for seed in (1, 2):
        instance = Instance(
            toy_problem(days=1, seed=seed, targets=with_floor("magnesium_mg", floor))
        )
        found = best_day(day(instance))
        assert found.status is Status.OPTIMAL
        assert found.objective == best(day(instance))
        assert found.values is not None
        assert not day(instance).model.violations(found.values)


def test_a_day_over_a_few_dishes_is_not_the_best_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mealmag.planning.solver.best_day._FEW", 1)
    assert best_day(day(HUNGRY)).objective == best(day(HUNGRY))


def test_a_certificate_is_the_same_from_whatever_menu() -> None:
    alone = certify(HUNGRY)
    menu = anneal(HUNGRY, seed=1, moves=2_000)
    assert values(HUNGRY, menu)[MAGNESIUM.name] > 0
    near = certify(HUNGRY, menu)
    assert alone is not None
    assert near is not None
    assert [each.best_mg for each in near] == [each.best_mg for each in alone]
    assert len(near[0].engines) == 2


def test_a_day_that_reaches_the_target_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = Instance(toy_problem(days=1, targets=with_floor("magnesium_mg", 200)))
    menu = anneal(enough, seed=1, moves=600)
    assert values(enough, menu)[MAGNESIUM.name] == 0
    monkeypatch.setattr(mathopt, "solve", None)
    [certificate] = certify(enough, menu) or []
    assert (certificate.best_mg, certificate.engines) == (None, ())
    assert certificate.shortfall_mg(Decimal(200)) == 0
