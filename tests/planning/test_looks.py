"""A look finds a menu that reaches what is asked, or proves that there is none."""

import random
from collections.abc import Mapping

import pytest

from mealmag.planning.instance import Instance, Menu
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import build, follows, goals_of, values
from mealmag.planning.solver import cpsat, mathopt
from mealmag.planning.solver.looks import Look, Looker
from mealmag.planning.solver.outcome import Outcome, Status
from mealmag.planning.solver.relaxation import relax
from mealmag.planning.solver.search import Search
from tests.planning.toy import toy_problem

GOAL = ENJOYMENT.name


class Asked:
    """A toy plan with its best menu, found without looks: the whole model, solved to the end."""

    def __init__(self, seed: int, days: int) -> None:
        self.instance = Instance(toy_problem(days=days, dishes=12, foods=20, seed=seed))
        self.held: dict[str, int] = {}
        for goal in goals_of(self.instance):
            self.menu, self.best = self._solved(goal)
            if goal != GOAL:
                self.held[goal] = self.best
        relaxation = relax(self.instance, GOAL, self.held)
        assert relaxation is not None
        self.looker = Looker(self.instance, GOAL, self.held, relaxation, random.Random(seed))

    def _solved(self, goal: str) -> tuple[Menu, int]:
        whole = build(self.instance, self.instance.slots, {}, goals=(*self.held, goal))
        for name, value in self.held.items():
            whole.hold(name, value)
        whole.model.minimise(whole.goals[goal])
        outcome = cpsat.solve(whole.model, cpsat.Limits(1e9, workers=2))
        assert outcome.status is Status.OPTIMAL
        assert outcome.values is not None
        menu = whole.decode(outcome.values)
        return menu, values(self.instance, menu)[goal]


@pytest.fixture(scope="module", params=[(1, 1), (3, 2)])
def asked(request: pytest.FixtureRequest) -> Asked:
    seed, days = request.param
    return Asked(seed, days)


def taken(look: Look) -> tuple[Outcome, Menu | None]:
    outcome = mathopt.solve(look.model.model, "HiGHS")
    return outcome, None if outcome.values is None else look.model.decode(outcome.values)


def test_a_look_at_what_can_be_reached_finds_it(asked: Asked) -> None:
    look = asked.looker.near_bound(asked.best)
    outcome, menu = taken(look)
    assert look.whole
    assert menu is not None
    assert follows(asked.instance, menu)
    assert_kept(values(asked.instance, menu), {**asked.held, GOAL: asked.best})
    assert look.proven(outcome) == asked.best


def test_a_look_at_less_proves_that_there_is_nothing(asked: Asked) -> None:
    for limit in range(max(0, asked.best - 3), asked.best):
        look = asked.looker.near_bound(limit)
        outcome, menu = taken(look)
        assert menu is None
        assert limit < look.proven(outcome) <= asked.best


@pytest.mark.parametrize("most", [1, 20, 60])
def test_as_far_as_so_many_dishes_and_servings_reach(asked: Asked, most: int) -> None:
    """One point further is more than that; nothing is left out where all of them are few enough."""
    limit, relaxation = asked.looker.reach(most), asked.looker.relaxation
    costs = [
        cost.least + more
        for slot in asked.instance.open_slots
        for cost in relaxation.cost(slot).values()
        for more in [0.0, *(each for serving in cost.servings.values() for each in serving)]
    ]
    optimum = float(relaxation.optimum)
    assert sum(cost <= limit - optimum for cost in costs) <= most
    assert sum(cost <= limit + 1 - optimum for cost in costs) > most
    assert asked.looker.reach(len(costs)) > sum(costs)


@pytest.mark.parametrize("dishes", [0, 1, 4])
def test_a_short_list_never_proves_too_much(asked: Asked, dishes: int) -> None:
    """Whatever is left out."""
    menu, days = asked.menu, range(asked.instance.days)
    for limit in (asked.best - 1, asked.best, asked.best + 2):
        look = asked.looker.window(menu, days, limit, dishes)
        outcome, found = taken(look)
        assert look.proven(outcome) <= asked.best
        if found is not None:
            assert values(asked.instance, found)[GOAL] <= limit


def test_a_window_keeps_the_other_days_and_proves_nothing_for_all() -> None:
    problem = toy_problem(days=3).model_copy(update={"effort": Effort.QUICK})
    menu = Search(problem).run().menu
    instance = Instance(problem)
    reached = values(instance, menu)
    held = {goal: value for goal, value in reached.items() if goal != GOAL}
    relaxation = relax(instance, GOAL, held)
    assert relaxation is not None
    look = Looker(instance, GOAL, held, relaxation, random.Random(1)).window(
        menu, [1], reached[GOAL], 6
    )
    _, found = taken(look)
    assert found is not None
    assert not look.whole
    assert {slot.day for slot in menu if found[slot] != menu[slot]} <= {1}


def assert_kept(reached: Mapping[str, int], limits: Mapping[str, int]) -> None:
    assert all(reached[goal] <= limit for goal, limit in limits.items())
