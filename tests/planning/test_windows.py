"""Which days of a plan are looked at together."""

import random

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import follows
from mealmag.planning.solver.report import Progress
from mealmag.planning.solver.search import Search
from mealmag.planning.solver.windows import draw_window, spread, times
from tests.planning.toy import toy_problem


@pytest.mark.parametrize("days", range(4, 29))
def test_every_day_has_its_turn(days: int) -> None:
    windows = list(spread(days))
    assert sorted(day for window in windows for day in window) == list(range(days))
    assert all(1 <= len(window) <= 4 for window in windows)


@pytest.mark.parametrize("days", [4, 5, 7, 14, 28])
@pytest.mark.parametrize("dear", [0, 1, 3, 28])
def test_half_of_a_drawn_window_is_dear_where_so_many_days_are(days: int, dear: int) -> None:
    draw = random.Random(days)
    for _ in range(50):
        costs = set(draw.sample(range(days), min(days, dear)))
        window = draw_window(days, costs, draw)
        assert len(set(window)) == len(window) == min(8, (days + 2) // 3)
        assert set(window) <= set(range(days))
        assert len(costs.intersection(window)) >= min(len(costs), len(window) / 2)


def test_chance_reaches_every_day_and_follows_the_seed() -> None:
    first, again, other = (
        [draw_window(28, {3, 9}, random.Random(seed)) for seed in range(start, start + 60)]
        for start in (0, 0, 60)
    )
    assert first == again != other
    assert {day for window in first for day in window} == set(range(28))


def test_longer_plans_have_more_windows() -> None:
    assert [times(days, 8) for days in (7, 8, 28)] == [12, 16, 24]


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
