"""Which looks a plan of many days gets, some of its days in each.

Each day in its turn; then pairs of windows that widen as long as it is proven that nothing is to be gained
in them, and at last a whole week by itself.
"""

from mealmag.planning.rulebook import ENJOYMENT
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.looks import Look, Looker, Looks
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.report import Effort
from mealmag.planning.solver.windows import (
    NARROW,
    WEEK,
    Width,
    dear_days,
    draw_pair,
    spread,
    times,
    widths,
)


def looks(looker: Looker, best: Incumbent, dishes: int, effort: Effort) -> Looks:
    """Looks that are taken together, each made of what is known by then; `dishes` are those of a slot of a
    whole week."""
    days, goal = looker.instance.days, looker.goal
    for window in spread(days):
        yield [looker.window(best.menu or {}, window, best.values[goal], dishes)]
    ladder, rounds = widths(days, dishes), 0
    step = min(days, NARROW) - ladder[0].days
    for _ in range(times(days, effort.pairs)):
        if rounds >= effort.rounds:
            return
        value, bound = best.values[goal], best.bounds[goal]
        whole = ladder[step].days == days <= WEEK
        outcomes = yield (
            [_whole(looker, best, dishes, rounds)] if whole else _pair(looker, best, ladder[step])
        )
        if best.values[goal] < value or best.bounds[goal] > bound:
            continue
        if whole:
            rounds += 1
        elif all(outcome.status is Status.INFEASIBLE for outcome in outcomes):
            step = min(len(ladder) - 1, step + 1)
        else:
            step = max(0, step - 1)


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
    dear = dear_days(looker.instance, menu) if looker.goal == ENJOYMENT.name else set()
    pair = draw_pair(looker.instance.days, width.days, dear, looker.draw)
    return [looker.window(menu, window, better, width.dishes) for window in pair]
