"""A few days whose best is far from where the proof begins: the search must get near it all the same."""

import pytest

from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import BALANCE, MAGNESIUM, WORST
from mealmag.planning.rules import follows
from mealmag.planning.solver.report import Progress
from mealmag.planning.solver.search import Search
from tests.planning.toy import TOY_TARGETS, toy_problem

# Twice as much of every nutrient but magnesium as a day can well bring.
HARD = tuple(
    target
    if target.floor is None or target.nutrient in ("energy_kcal", "magnesium_mg")
    else target.model_copy(update={"floor": 2 * target.floor})
    for target in TOY_TARGETS
)


@pytest.mark.parametrize(("seed", "days"), [(4, 1), (4, 2), (2, 2)])
def test_the_worst_nutrient_is_within_a_twentieth_of_its_bound(seed: int, days: int) -> None:
    problem = toy_problem(
        days=days, dishes=12, foods=20, seed=seed, targets=HARD, effort=Effort.NORMAL
    )
    goals: list[str] = []

    def told(progress: Progress) -> None:
        goals.append(progress.goal)

    search = Search(problem, on_progress=told, stop=lambda: BALANCE.name in goals)
    found = search.run()
    assert follows(found.instance, found.menu)
    assert found.goals[MAGNESIUM.name].value == 0
    worst = found.goals[WORST.name]
    assert worst.value > 100, "ten percent and more are lacking"
    assert 0.95 * worst.value <= worst.bound <= worst.value
