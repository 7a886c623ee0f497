"""Which days of a plan are looked at together."""

import random

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import follows
from mealmag.planning.solver.report import Progress
from mealmag.planning.solver.search import Search
from mealmag.planning.solver.windows import windows
from tests.planning.toy import toy_problem


@pytest.mark.parametrize("days", range(4, 29))
def test_every_day_has_its_turn_before_chance_decides(days: int) -> None:
    drawn = 5
    found = list(windows(days, drawn, random.Random(1)))
    weeks = -(-days // 7)
    spread, by_chance = found[: -drawn - 2 * weeks], found[-drawn - 2 * weeks :]
    assert sorted(day for window in spread for day in window) == list(range(days))
    assert all(1 <= len(window) <= 4 for window in spread)
    for window in by_chance:
        assert len(set(window)) == len(window) <= 8
        assert set(window) <= set(range(days))


def test_the_same_seed_draws_the_same_windows() -> None:
    first, again, other = (list(windows(28, 9, random.Random(seed))) for seed in (3, 3, 4))
    assert first == again != other


def test_a_plan_of_nine_days_is_better_for_its_windows() -> None:
    problem = toy_problem(days=9).model_copy(update={"effort": Effort.NORMAL})
    told: list[float] = []

    def tell(progress: Progress) -> None:
        if progress.goal == ENJOYMENT.name and progress.incumbent is not None:
            told.append(progress.incumbent)

    found = Search(problem, on_progress=tell, stop=lambda: bool(told) and told[-1] < told[0]).run()
    assert follows(Instance(problem), found.menu)
    assert found.goals[ENJOYMENT.name].value == told[-1] < told[0]
    assert found.cut_short
