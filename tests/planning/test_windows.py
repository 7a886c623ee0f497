"""Which days of a plan are looked at together."""

import itertools
import random

import pytest

from mealmag.planning.instance import Instance
from mealmag.planning.problem import Effort
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.rules import follows, values
from mealmag.planning.solver.report import Progress
from mealmag.planning.solver.search import Search
from mealmag.planning.solver.windows import (
    BROAD,
    FEW,
    WEEK,
    draw_pair,
    draw_window,
    spread,
    times,
    widths,
)
from tests.planning.toy import toy_problem


@pytest.mark.parametrize("days", range(FEW + 1, 29))
def test_every_day_has_its_turn(days: int) -> None:
    windows = list(spread(days))
    assert sorted(day for window in windows for day in window) == list(range(days))
    assert all(1 <= len(window) <= 4 for window in windows)


@pytest.mark.parametrize("days", [5, 7, 14, 28])
@pytest.mark.parametrize("dear", [0, 1, 3, 28])
def test_half_of_a_drawn_window_is_dear_where_so_many_days_are(days: int, dear: int) -> None:
    draw = random.Random(days)
    for _ in range(50):
        costs, size = set(draw.sample(range(days), min(days, dear))), draw.randint(1, days)
        window = draw_window(range(days), size, costs, draw)
        assert len(set(window)) == len(window) == size
        assert set(window) <= set(range(days))
        assert len(costs.intersection(window)) >= min(len(costs), size / 2)


@pytest.mark.parametrize(("days", "size"), [(7, 3), (7, 5), (14, 5), (28, 14), (9, 9)])
def test_two_windows_share_no_day_where_there_are_enough(days: int, size: int) -> None:
    first, second = draw_pair(days, size, {0, 3}, random.Random(days))
    assert len(first) == len(second) == size
    assert set(first).isdisjoint(second) == (2 * size <= days)


def test_chance_reaches_every_day_and_follows_the_seed() -> None:
    first, again, other = (
        [
            draw_window(range(28), 5, {3, 9}, random.Random(seed))
            for seed in range(start, start + 60)
        ]
        for start in (0, 0, 60)
    )
    assert first == again != other
    assert {day for window in first for day in window} == set(range(28))


@pytest.mark.parametrize("days", [4, 5, 7, 8, 14, 28])
def test_each_width_is_wider_than_the_one_before(days: int) -> None:
    ladder = widths(days, 4)
    steps = [(b.days - a.days, b.dishes - a.dishes) for a, b in itertools.pairwise(ladder)]
    assert set(steps) <= {(1, 0), (0, 1)}
    assert ladder[0] == (2, 4)
    assert ladder[-1].days == min(days, BROAD)
    assert all(width.dishes == 4 for width in ladder if width.days < WEEK)


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


@pytest.mark.parametrize("open_days", [0, 1])
def test_windows_of_locked_days_are_passed_over(open_days: int) -> None:
    quick = toy_problem(days=7)
    menu = Search(quick).run().menu
    locked = {slot: pick for slot, pick in menu.items() if slot.day >= open_days}
    normal = quick.model_copy(update={"effort": Effort.NORMAL})
    found = Search(normal, locked=locked).run()
    assert {slot: found.menu[slot] for slot in locked} == locked
    assert follows(Instance(normal), found.menu)
    assert found.goals[ENJOYMENT.name].value <= values(Instance(quick), menu)[ENJOYMENT.name]
