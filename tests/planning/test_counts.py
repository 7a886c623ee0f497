"""Counting dishes over alike days rules no plan out, and says which dishes a plan has."""

import random

import pytest
from ortools.math_opt.python import mathopt as engine

from mealmag.planning.instance import Instance, Slot
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import goals_of, values
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.counts import by_meal, dishes_of
from mealmag.planning.solver.looks import Look, Looker
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.search import Search
from tests.planning.test_looks import Asked
from tests.planning.toy import toy_problem

GOAL = ENJOYMENT.name


class Planned:
    """A week with a menu, and a looker at its last goal with the others held at that menu's values."""

    def __init__(self, seed: int) -> None:
        found = Search(
            toy_problem(days=7, dishes=16, foods=24, seed=seed, effort=Effort.QUICK)
        ).run()
        self.instance, self.menu = found.instance, found.menu
        reached = values(self.instance, self.menu)
        self.value = reached[GOAL]
        held = {goal: reached[goal] for goal in goals_of(self.instance) if goal != GOAL}
        relaxation = relax(self.instance, GOAL, held)
        assert relaxation is not None
        self.looker = Looker(self.instance, GOAL, held, relaxation, random.Random(seed))


@pytest.fixture(scope="module", params=[1, 2, 3])
def week(request: pytest.FixtureRequest) -> Planned:
    return Planned(request.param)


def parts_of(week: Planned, look: Look) -> dict[int, int]:
    """How many parts of each dish and serving the menu's days come to."""
    kinds = {day: days[0] for days in week.instance.day_kinds() for day in days}
    parts = dict.fromkeys(
        (
            variable
            for slot, variables in look.model.dish_variables.items()
            for k, dish in variables.items()
            for variable in (
                dish,
                *(a.variable for each in look.model.open_servings(slot, k) for a in each),
            )
        ),
        0,
    )
    for slot, pick in week.menu.items():
        first = Slot(kinds[slot.day], slot.meal)
        parts[look.model.dish_variables[first][pick.dish]] += 1
        for component, _, _ in week.instance.dishes[pick.dish].open:
            if pick.servings[component] >= 0:
                servings = look.model.serving_variables(first, pick.dish, component)
                parts[servings[pick.servings[component]]] += 1
    return parts


def test_the_dishes_of_any_plan_can_be_counted(week: Planned) -> None:
    """With what is lacking or too much on its days, whatever kind those are of."""
    look = week.looker.count(week.value)
    assert look.is_full
    model, variables = mathopt.translate(look.model.model, relaxed=False, parts=look.parts)
    for variable, many in parts_of(week, look).items():
        assert variable in variables, "closed, though a plan has it"
        assert many <= variables[variable].upper_bound
        variables[variable].lower_bound = variables[variable].upper_bound = many
    result = engine.solve(model, engine.SolverType.HIGHS)
    assert result.has_primal_feasible_solution()


def test_one_dish_more_than_there_are_meals_cannot_be_counted(week: Planned) -> None:
    look = week.looker.count(week.value)
    model, variables = mathopt.translate(look.model.model, relaxed=False, parts=look.parts)
    slot, dishes = next(iter(look.model.dish_variables.items()))
    first, second, *_ = dishes.values()
    variables[first].lower_bound = look.model.times[slot.day]
    variables[second].lower_bound = 1
    result = engine.solve(model, engine.SolverType.HIGHS)
    assert not result.has_primal_feasible_solution()


def test_what_is_counted_is_offered_to_its_meal_on_all_days_it_suits(week: Planned) -> None:
    look = week.looker.count(week.value)
    outcome = mathopt.solve(look.model.model, "HiGHS", parts=look.parts, seconds=60)
    assert outcome.values is not None
    assert look.menu(outcome) is None
    found = dishes_of(look.model, outcome.values)
    for slot, offered in by_meal(week.instance, [found]).items():
        of_meal = set().union(*(each for s, each in found.items() if s.meal == slot.meal))
        assert offered == of_meal & set(week.instance.offered(slot))
        assert offered


def test_no_count_proves_too_much() -> None:
    """Against the best of three days, found without any of this."""
    asked = Asked(3, 3)
    assert asked.looker.may_count
    for limit in (max(0, asked.best - 12), asked.best - 1, asked.best):
        for most in (1, 1_000):
            look = asked.looker.count(limit, most)
            outcome = mathopt.solve(look.model.model, "HiGHS", parts=look.parts, nodes=100)
            assert look.proven(outcome) <= asked.best
            if limit >= asked.best and look.is_full:
                assert outcome.status is not Status.INFEASIBLE


def test_days_that_are_all_different_are_not_counted() -> None:
    instance = Instance(toy_problem(days=1, dishes=12, foods=20))
    relaxation = relax(instance, GOAL, {})
    assert relaxation is not None
    assert not Looker(instance, GOAL, {}, relaxation, random.Random(1)).may_count
