"""Which looks a plan of a few days gets, all its days in each.

Short lists first: most often they hold a menu at the bound, and it takes a quarter of the time that it takes
over all dishes. Then all that a menu may have that closes half the gap, or as much of it as is soon looked
at: where the best lies far from the bound, to raise the bound unit by unit would never get there.
"""

from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.lanes import Lanes, one
from mealmag.planning.solver.looks import Looker
from mealmag.planning.solver.report import Effort
from mealmag.planning.solver.windows import times

_WIDER = (0, 2)  # by how many dishes the lists of the first looks are longer than those of a week
_OPEN = 750  # variables for each round that looks beyond them may have, all together


def looks(looker: Looker, best: Incumbent, dishes: int, effort: Effort) -> Lanes:
    """One look after the other, each made of what is known by then; `dishes` are those of a slot of a whole
    week."""
    goal, days = looker.goal, range(looker.instance.days)
    for more in _WIDER:
        yield [one(looker.window(best.menu or {}, days, best.half_way(goal), dishes + more))]
    left, rounds = _OPEN * effort.rounds, 0
    for _ in range(times(len(days), effort.pairs)):
        value, bound = best.values[goal], best.bounds[goal]
        limit = min(best.half_way(goal), looker.reach(left))
        if rounds % 2 == 0 and limit >= bound:
            look = looker.near_bound(limit)
            left = max(0, left - look.open)
        else:
            more = max(_WIDER) + rounds
            look = looker.window(best.menu or {}, days, value - 1, dishes + more)
        yield [one(look)]
        if (best.values[goal], best.bounds[goal]) == (value, bound):
            rounds += 1
        if rounds >= effort.rounds:
            return
