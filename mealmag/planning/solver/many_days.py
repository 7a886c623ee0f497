"""Which looks a plan of many days gets, some of its days in each.

Each day in its turn, while a plan at the bound is looked for in two steps. Then pairs of windows that widen
as long as it is proven that nothing is to be gained in them, and at last a whole week by itself; the two
steps again whenever a window brings nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from mealmag.planning.instance import Menu
from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.lanes import Lane, Lanes, one
from mealmag.planning.solver.looks import Look, Looker
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.report import Effort
from mealmag.planning.solver.two_steps import TwoSteps
from mealmag.planning.solver.windows import (
    NARROW,
    WEEK,
    Width,
    Window,
    dear_days,
    draw_pair,
    draw_window,
    spread,
    times,
    widths,
)

_DRAWN = 4  # windows of a lane beside one of two steps


def looks(looker: Looker, best: Incumbent, dishes: int, effort: Effort) -> Lanes:
    """Looks that are taken together, each made of what is known by then; `dishes` are those of a slot of a
    whole week."""
    days, goal = looker.instance.days, looker.goal
    windows = Windows(looker, best, dishes)
    two_steps = TwoSteps(looker, best, effort.rounds, times(days, effort.pairs), windows.by_chance)
    yield from two_steps.take(beside=windows.day_by_day())
    ladder, rounds = widths(days, dishes), 0
    step = min(days, NARROW) - ladder[0].days
    for _ in range(times(days, effort.pairs)):
        if rounds >= effort.rounds:
            return
        value, bound = best.values[goal], best.bounds[goal]
        whole = ladder[step].days == days <= WEEK
        made = (
            [_whole(looker, best, dishes, rounds)] if whole else _pair(looker, best, ladder[step])
        )
        taken = yield [one(look) for look in made]
        if best.values[goal] < value or best.bounds[goal] > bound:
            continue
        if whole:
            rounds += 1
        elif all(each.outcome.status is Status.INFEASIBLE for each in chain.from_iterable(taken)):
            step = min(len(ladder) - 1, step + 1)
        else:
            step = max(0, step - 1)
        yield from two_steps.take()


class Windows:
    """Lanes of windows, each of what the ones before it in its lane have found."""

    def __init__(self, looker: Looker, best: Incumbent, dishes: int) -> None:
        self._looker = looker
        self._best = best
        self._dishes = dishes

    def day_by_day(self) -> Lane:
        """Each day in its turn, then some by chance."""
        windows = spread(self._looker.instance.days)
        return self._follow([*(partial(self._window, each) for each in windows), self._drawn])

    def by_chance(self) -> Lane:
        """A few, none of them looked at for long."""
        return self._follow([self._drawn] * _DRAWN)

    def _follow(self, makes: Sequence[Callable[[Menu, int], Look]]) -> Lane:
        menu, value = self._best.menu or {}, self._best.values[self._looker.goal]
        for make in makes:
            look = make(menu, value)
            outcome = yield look
            found = look.menu(outcome)
            if found is not None and outcome.objective is not None and outcome.objective < value:
                menu, value = found, outcome.objective

    def _window(self, window: Window, menu: Menu, value: int) -> Look:
        return self._looker.window(menu, window, value, self._dishes)

    def _drawn(self, menu: Menu, value: int) -> Look:
        days = range(self._looker.instance.days)
        size, dear = min(len(days), NARROW), _dear(self._looker, menu)
        drawn = draw_window(days, size, dear, self._looker.draw)
        return replace(self._window(drawn, menu, value - 1), nodes=1)


def _whole(looker: Looker, best: Incumbent, dishes: int, rounds: int) -> Look:
    """The whole week at its bound; over a shortlist every other of the rounds that brought nothing."""
    goal = looker.goal
    if rounds % 2 == 0:
        return looker.near_bound(int(best.bounds[goal]))
    week, better = range(looker.instance.days), best.values[goal] - 1
    return looker.window(best.menu or {}, week, better, dishes + rounds)


def _pair(looker: Looker, best: Incumbent, width: Width) -> list[Look]:
    """Two windows, in search of something better than the incumbent."""
    menu, better = best.menu or {}, best.values[looker.goal] - 1
    dear = _dear(looker, menu)
    pair = draw_pair(looker.instance.days, width.days, dear, looker.draw)
    return [looker.window(menu, window, better, width.dishes) for window in pair]


def _dear(looker: Looker, menu: Menu) -> set[int]:
    """The days on which something is to be gained, as far as is known."""
    return dear_days(looker.instance, menu) if looker.goal == ENJOYMENT.name else set()
