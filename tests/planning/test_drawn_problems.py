"""Many small problems drawn at random: what the search says of them holds, and another engine agrees."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mealmag.catalogue.appetite import appetite
from mealmag.nutrition.person import Person, Sex
from mealmag.nutrition.reference import ReferenceSet
from mealmag.planning.candidates import choices, facts
from mealmag.planning.check import check
from mealmag.planning.instance import Instance, Slot
from mealmag.planning.linear import LinearModel
from mealmag.planning.menu import MenuModel
from mealmag.planning.problem import NutrientTarget, PlanningProblem, Rules
from mealmag.planning.rulebook import BALANCE, MAGNESIUM, WORST
from mealmag.planning.rules import GOAL, build, values
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import fold
from mealmag.planning.solver.report import InfeasibleError
from mealmag.planning.solver.search import Search
from mealmag.services.catalogue import Catalogue
from mealmag.services.target import target_report
from mealmag.storage.profile import Profile
from tests.planning.drawn import document_of, draw
from tests.planning.toy import toy_problem

SEEDS = range(24)
TINY_SEEDS = (0, 1, 4)
MONDAY = date(2026, 11, 23)


def second_opinion(
    problem: PlanningProblem,
    goal: str | None = None,
    held: dict[str, int] | None = None,
    **how: bool,
) -> Outcome:
    """HiGHS on the whole model at once, with no shortlist, neighbourhood or folded day."""
    instance = Instance(problem)
    names = (*(held or {}), *(() if goal is None else (goal,)))
    menu = build(instance, instance.slots, {}, goals=names, **how)
    for name, value in (held or {}).items():
        menu.hold(name, value)
    if goal is not None:
        menu.model.minimise(menu.goals[goal])
    return mathopt.solve(menu.model, "HiGHS")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_menu_follows_every_rule_and_no_bound_is_above_its_goal(seed: int) -> None:
    drawn = draw(seed)
    try:
        found = Search(drawn.problem).run()
    except InfeasibleError:  # then another engine must say so, even with all roundings in favour
        assert second_opinion(drawn.problem, outward=True).status is Status.INFEASIBLE
        return
    instance = Instance(drawn.problem)
    assert list(found.menu) == instance.slots
    rules = build(instance, instance.slots, {}, goals=())
    assert not rules.model.violations(rules.encode(found.menu))
    stated = {goal: state.value for goal, state in found.goals.items()}
    assert stated == values(instance, found.menu)
    for state in found.goals.values():
        assert 0 <= state.bound <= state.value
        assert (state.status is Status.OPTIMAL) == (state.bound >= state.value)
    plan = document_of(drawn, found)
    assert check(plan, drawn.foods, drawn.dishes, drawn.prices) == []


def test_the_drawn_problems_are_of_every_kind() -> None:
    """Otherwise the test above proves less than it says."""
    problems = [draw(seed).problem for seed in SEEDS]
    outcomes = [second_opinion(p, outward=True).status is not Status.INFEASIBLE for p in problems]
    assert 4 <= sum(outcomes) <= len(outcomes) - 4
    possible = [problem for problem, has_menu in zip(problems, outcomes, strict=True) if has_menu]
    assert {len(problem.days) for problem in possible} == {1, 2, 3, 4}
    for rule, idle in Rules(weekday_minutes=None):
        if rule != "left_out":
            assert any(getattr(problem.rules, rule) != idle for problem in possible), rule


@pytest.mark.parametrize("seed", TINY_SEEDS)
def test_the_first_two_goals_lie_between_bound_and_optimum(seed: int) -> None:
    """A day of eight dishes that cannot reach its magnesium: small enough to solve as a whole."""
    problem = draw(seed, days=1, dishes=8, magnesium=2000).problem
    first, kindest = (second_opinion(problem, MAGNESIUM.name, outward=out) for out in (False, True))
    if kindest.status is Status.INFEASIBLE:
        with pytest.raises(InfeasibleError):
            Search(problem).run()
        return
    assert first.objective is not None
    assert kindest.objective is not None
    found = Search(problem).run()
    magnesium, balance = found.goals[MAGNESIUM.name], found.goals[BALANCE.name]
    assert magnesium.value == first.objective > 0
    # What is proven is what two engines certified, less what rounding can hide.
    instance = found.instance
    hidden = instance.rounding_mg * instance.scale[instance.nutrient("magnesium_mg")]
    assert found.certificates is not None
    assert kindest.objective - hidden <= magnesium.bound <= first.objective
    worst = found.goals[WORST.name]
    second = second_opinion(problem, WORST.name, {MAGNESIUM.name: magnesium.value})
    assert second.objective is not None
    assert worst.bound <= second.objective <= worst.value
    held = {MAGNESIUM.name: magnesium.value, WORST.name: worst.value}
    second = second_opinion(problem, BALANCE.name, held)
    assert second.objective is not None
    assert balance.bound <= second.objective <= balance.value


# No row reaches 2**31, whatever its variables are.


def reach(model: LinearModel) -> int:
    """The largest number that any row, side or objective can come to."""
    most = [max(abs(low), abs(high)) for low, high in zip(model.lower, model.upper, strict=True)]
    spans = [
        max(
            sum(abs(c) * most[v] for v, c in zip(row.variables, row.coefficients, strict=True)),
            abs(row.lower or 0),
            abs(row.upper or 0),
        )
        for row in model.rows
    ]
    objective = sum(abs(weight) * most[v] for v, weight in model.objective.items())
    return max(*spans, objective)


def with_each_goal(menu: MenuModel) -> Iterator[MenuModel]:
    """The model as it is when each goal is improved, with those before it held at their worst."""
    for goal in GOAL:
        menu.model.minimise(menu.goals[goal])
        yield menu
        menu.hold(goal, sum(menu.model.upper[v] * weight for v, weight in menu.goals[goal]))


@pytest.mark.parametrize("outward", [False, True])
@pytest.mark.parametrize(("days", "dishes"), [(1, 12), (7, 40), (28, 40)])
def test_no_row_of_a_whole_plan_reaches_32_bits(days: int, dishes: int, outward: bool) -> None:
    problem = toy_problem(days=days, dishes=dishes)
    instance = Instance(problem.model_copy(update={"margin_mg": Decimal(500)}))
    for menu in with_each_goal(build(instance, instance.slots, {}, outward=outward)):
        assert 0 < reach(menu.model) < 2**31


def test_no_row_of_a_drawn_problem_reaches_32_bits() -> None:
    for seed in range(20):
        instance = Instance(draw(seed).problem)
        free = [Slot(instance.days - 1, meal) for meal in range(instance.meals)]
        for menu in (build(instance, instance.slots, {}), build(instance, free, {}, outward=True)):
            assert all(reach(each.model) < 2**31 for each in with_each_goal(menu))


@pytest.mark.parametrize("energy", [800, 6000])
def test_no_row_of_four_shipped_weeks_reaches_32_bits(catalogue: Catalogue, energy: int) -> None:
    """Folded: the same sums as the whole model, a day counted as often as it comes."""
    person = Person(sex=Sex.MALE, age=30, energy_kcal=energy)
    need = target_report(person, ReferenceSet.US)
    targets = tuple(NutrientTarget.model_validate(asdict(t)) for t in need.targets.values())
    kcal = next(t for t in targets if t.nutrient == "energy_kcal")
    meals = Profile(person=person).plan.meals
    keys = [t.nutrient for t in targets]
    dishes = choices(
        catalogue.dishes.values(),
        catalogue.foods,
        Rules(),
        meals,
        steps=appetite(kcal.middle),
    )
    problem = PlanningProblem(
        days=tuple(MONDAY + timedelta(days=d) for d in range(28)),
        meals=meals,
        dishes=dishes,
        foods=facts(dishes, catalogue.foods, set(keys)),
        targets=targets,
        rules=Rules(weekend_minutes=90),
    )
    for menu in with_each_goal(fold(Instance(problem), goals=tuple(GOAL))):
        assert 2**20 < reach(menu.model) < 2**31


# The same in another process.

_PLAN = """
import json
from datetime import date
from mealmag.planning.problem import Effort
from mealmag.services.plan import PlanRequest, plan_week
from mealmag.storage.profile import Profile
from mealmag.planning.solver.search import Search
from tests.planning.drawn import draw
problem = draw(11, days=2).problem
print(json.dumps(problem.model_dump(mode="json"), sort_keys=True), Search(problem).run().menu)
profile = Profile.model_validate({"person": {"sex": "male", "age": 45}})
print(plan_week(PlanRequest(profile, date(2026, 11, 23), 1, effort=Effort.QUICK)).model_dump_json())
"""


def test_two_processes_at_once_make_the_same_plan() -> None:
    """Each with hashes of its own, so that no order of a set can slip into a plan."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _PLAN],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for seed in ("1", "2")
    ]
    first, second = (process.communicate()[0] for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert first == second
    assert len(first) > 1000


def test_foods_are_told_to_the_search_by_id() -> None:
    """Not in the order of a table or a set."""
    for seed in SEEDS:
        foods = [food.id for food in draw(seed).problem.foods]
        assert foods == sorted(foods)
