"""The engines on small problems: they agree, they are reproducible, they never lie about a timeout."""

import threading
from decimal import Decimal
from typing import Any

import pytest

from mealmag.errors import NoPlanError
from mealmag.planning.instance import Instance, Slot
from mealmag.planning.linear import LinearModel
from mealmag.planning.problem import NutrientTarget, PlanningProblem, Rules
from mealmag.planning.rules import GOAL, build, values
from mealmag.planning.solver import cpsat, mathopt
from mealmag.planning.solver.certificate import certify
from mealmag.planning.solver.feasibility import any_menu
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.report import InfeasibleError, Progress
from mealmag.planning.solver.search import Search
from mealmag.planning.start import anneal
from tests.planning.test_rules import dish, food, problem, serving
from tests.planning.toy import TOY_TARGETS, toy_problem, with_floor


def knapsack() -> LinearModel:
    model = LinearModel()
    items = [(4, 9), (3, 7), (5, 10), (2, 3)]
    variables = [model.variable() for _ in items]
    model.add([(v, w) for v, (w, _) in zip(variables, items, strict=True)], upper=8, rule="size")
    model.minimise((v, -p) for v, (_, p) in zip(variables, items, strict=True))
    return model


@pytest.mark.parametrize("engine", ["CP-SAT", "HiGHS", "SCIP"])
def test_every_engine_solves_the_same_rows(engine: str) -> None:
    model = knapsack()
    if engine == "CP-SAT":
        outcome = cpsat.solve(model, cpsat.Limits(5))
    else:
        outcome = mathopt.solve(model, engine, seconds=10)
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == -17
    assert outcome.values is not None
    assert not model.violations(outcome.values)


def test_the_relaxation_bounds_the_optimum() -> None:
    outcome = mathopt.solve(knapsack(), "GLOP", relaxed=True)
    assert outcome.bound is not None
    assert outcome.bound <= -17


def test_infeasible_is_said_by_both_engines() -> None:
    model = LinearModel()
    variable = model.variable()
    model.add([(variable, 1)], lower=2, rule="too much")
    assert cpsat.solve(model, cpsat.Limits(5)).status is Status.INFEASIBLE
    assert mathopt.solve(model, "HiGHS", seconds=5).status is Status.INFEASIBLE


@pytest.mark.parametrize("engine", ["HiGHS", "SCIP"])
def test_what_is_closed_is_zero(engine: str) -> None:
    """It is not handed to the engine, and yet has its place among the values."""
    model = knapsack()
    model.upper[1] = 0
    outcome = mathopt.solve(model, engine, seconds=10)
    assert outcome.values == [0, 0, 1, 1]
    assert outcome.objective == -13


@pytest.mark.parametrize("engine", ["HiGHS", "SCIP", "GLOP"])
def test_a_row_of_nothing_but_closed_ones_still_holds(engine: str) -> None:
    model = knapsack()
    model.upper[:2] = 0, 0
    model.add([(0, 1), (1, 1)], lower=1, rule="one of these")
    relaxed = engine == "GLOP"
    assert mathopt.solve(model, engine, relaxed=relaxed).status is Status.INFEASIBLE


def test_a_limit_of_nothing_is_no_proof() -> None:
    instance = Instance(toy_problem())
    model = build(instance, instance.slots, {}, goals=()).model
    outcome = cpsat.solve(model, cpsat.Limits(1e-6))
    assert outcome.status in (Status.UNKNOWN, Status.FEASIBLE)


def test_a_stop_before_the_solve_is_kept() -> None:
    assert cpsat.solve(knapsack(), cpsat.Limits(5), stop=lambda: True).status is Status.UNKNOWN


def test_annealing_depends_on_the_seed_alone_and_keeps_its_sums() -> None:
    instance = Instance(toy_problem())
    first = anneal(instance, seed=5, moves=2_000)
    assert first == anneal(instance, seed=5, moves=2_000)
    whole = build(instance, instance.slots, {}, goals=())
    assert not whole.model.violations(whole.encode(first))


def test_a_week_is_found_within_the_rules_and_twice_the_same() -> None:
    problem = toy_problem()
    seen: list[Progress] = []
    found = Search(problem, on_progress=seen.append).run()
    again = Search(problem).run()
    assert found.menu == again.menu
    assert {g: (s.value, s.bound) for g, s in found.goals.items()} == {
        g: (s.value, s.bound) for g, s in again.goals.items()
    }
    instance = Instance(problem)
    whole = build(instance, instance.slots, {}, goals=())
    assert not whole.model.violations(whole.encode(found.menu))
    assert values(instance, found.menu) == {g: s.value for g, s in found.goals.items()}
    assert found.goals["magnesium_shortfall"].value == 0
    assert [p.goal for p in seen] == sorted((p.goal for p in seen), key=list(GOAL).index)
    assert all(state.bound <= state.value for state in found.goals.values())


def test_two_searches_at_once_do_not_disturb_each_other() -> None:
    problem = toy_problem(days=2)
    menus: list[object] = []
    threads = [
        threading.Thread(target=lambda: menus.append(Search(problem).run().menu)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert menus[0] == menus[1]


def test_stop_keeps_the_best_plan() -> None:
    stop = threading.Event()
    search = Search(toy_problem(), stop=stop.is_set, on_progress=lambda _: stop.set())
    found = search.run()
    assert found.cut_short
    assert len(found.menu) == 28


def test_out_of_time_before_the_first_plan_is_not_called_impossible() -> None:
    times = iter(range(10**6))
    with pytest.raises(NoPlanError):
        Search(toy_problem(), clock=lambda: float(next(times)), seconds=0.5).run()


def test_a_gap_is_certified_by_two_engines() -> None:
    targets = with_floor("magnesium_mg", 2_000)
    problem = toy_problem(days=2, dishes=16, foods=24, targets=targets)
    instance = Instance(problem)
    certificates = certify(instance)
    assert certificates is not None
    assert len(certificates[0].engines) == 2
    best = certificates[0].best_mg
    assert best is not None
    # No menu anneals past what is certified.
    menu = anneal(instance, seed=1, moves=4_000)
    n = instance.nutrient("magnesium_mg")
    for day in range(2):
        brought = sum(instance.piece(menu[Slot(day, m)]).high[n] for m in range(instance.meals))
        assert Decimal(brought) / instance.scale[n] <= best + instance.rounding_mg
    found = Search(problem).run()
    goal = found.goals["magnesium_shortfall"]
    assert 0 < goal.bound <= goal.value


def test_the_best_day_that_was_proven_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the search found before: it is known, so a plan has it where it fits."""
    monkeypatch.setattr(Search, "_sweep", lambda *_: None)
    problem = toy_problem(days=1, targets=with_floor("magnesium_mg", 2_000))
    found = Search(problem).run()
    assert found.certificates is not None
    best = found.certificates[0].best_mg
    assert best is not None
    n = found.instance.nutrient("magnesium_mg")
    short = (2_000 - best) * found.instance.scale[n]
    goal = found.goals["magnesium_shortfall"]
    assert goal.value <= short + 2 * found.instance.rounding_mg * found.instance.scale[n]
    started = values(found.instance, anneal(found.instance, seed=1, moves=1_000))
    assert goal.value < started["magnesium_shortfall"], (
        "the start had it already: nothing is tested"
    )


def test_a_day_that_is_worse_than_another_is_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second engine finds a better one: the first was wrong."""
    instance = Instance(toy_problem(days=1, targets=with_floor("magnesium_mg", 2_000)))
    right = mathopt.solve

    def wrong(linear: LinearModel, engine: str, **asked: Any) -> Outcome:
        if engine != "HiGHS":
            return right(linear, engine, **asked)
        linear.add(list(linear.objective.items()), lower=1_200_000, rule="a fault")
        outcome = right(linear, engine, **asked)
        linear.rows.pop()
        return outcome

    assert certify(instance) is not None
    monkeypatch.setattr(mathopt, "solve", wrong)
    assert certify(instance) is None


def impossible(rules: Rules, targets: tuple[NutrientTarget, ...]) -> PlanningProblem:
    return toy_problem(days=2, rules=rules, targets=targets)


def test_what_no_menu_can_follow_is_proven_with_the_rules_it_takes() -> None:
    hopeless = impossible(Rules(weekday_minutes=1), TOY_TARGETS)
    with pytest.raises(InfeasibleError):
        Search(hopeless).run()
    found = any_menu(Instance(hopeless))
    assert found.status is Status.INFEASIBLE
    assert "minutes" in found.rules
    tight = impossible(Rules(), with_floor("energy_kcal", 2_199))
    assert any_menu(Instance(tight)).status is not Status.INFEASIBLE


@pytest.mark.parametrize("engine", ["GLOP", "HiGHS"])
def test_a_stop_reaches_the_other_engines_too(engine: str) -> None:
    instance = Instance(toy_problem())
    model = build(instance, instance.slots, {})
    model.model.minimise(model.goals["liking_and_variety"])
    outcome = mathopt.solve(
        model.model, engine, relaxed=engine == "GLOP", seconds=5, stop=lambda: True
    )
    assert outcome.status is Status.UNKNOWN


def test_a_day_that_reaches_the_target_is_certified_as_nothing() -> None:
    certificates = certify(Instance(toy_problem(days=1)))
    assert certificates is not None
    assert [day.best_mg for day in certificates] == [None]
    assert certificates[0].shortfall_mg(Decimal(380)) == 0


def edge(kcal: str, ceiling: str) -> PlanningProblem:
    """One dish whose energy lies on the ceiling, where rounding against us would leave it out."""
    rich = food("a", kcal=kcal, mg="300")
    return problem(
        dish("x", serving("a")),
        foods=(rich, food("b"), food("c")),
        energy=("1", ceiling),
        magnesium="400",
    )


def test_proofs_hold_for_a_menu_at_the_very_edge_of_the_band() -> None:
    instance = Instance(edge("2000.0005", "2000.0005"))
    assert any_menu(instance).status is not Status.INFEASIBLE
    certificates = certify(instance)
    assert certificates is not None
    assert certificates[0].best_mg is not None
    assert certificates[0].best_mg >= 300
    assert any_menu(Instance(edge("2001", "2000"))).status is Status.INFEASIBLE


def test_an_excess_of_many_times_the_ceiling_is_counted_not_forbidden() -> None:
    fibre = NutrientTarget(nutrient="fibre_g", floor=None, ceiling=Decimal(1), per="day")
    excessive = problem(dish("x", serving("a", "1200")), fibre=fibre, energy=("1180", "1220"))
    found = Search(excessive).run()
    assert found.goals["other_nutrients"].value == 59_000
