"""A plan of a week or so in two steps: how often each dish comes, then on which day.

Both steps ask for what is next to be looked for at once, most often the bound itself, where to get there by
days and windows takes many small gains. Counts that cannot reach it raise the bound of the plan.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from mealmag.planning.solver.counts import Dishes, by_kind, by_meal, dishes_of
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.lanes import Lane, Lanes
from mealmag.planning.solver.looks import Looker
from mealmag.planning.solver.outcome import Status

_WAYS, _ENOUGH = 4, 2  # of counting the same, and of finding something
_DISHES, _OPEN = 40, 8_000  # of a slot, and variables in all, where dishes are counted
_LITTLE = 2  # points that some days by chance may well gain
_MOST = 10  # days that can be looked at all together


class TwoSteps:
    """The two steps again and again, no more than `times`; so many `rounds` may bring nothing. One core takes
    them, the other what is to be done `meanwhile`."""

    def __init__(
        self,
        looker: Looker,
        best: Incumbent,
        rounds: int,
        times: int,
        meanwhile: Callable[[], Lane],
    ) -> None:
        self._looker = looker
        self._best = best
        self._times = iter(range(times))
        self._rounds = rounds if looker.may_count and looker.instance.days <= _MOST else 0
        self._meanwhile = meanwhile
        self._counted: list[Dishes] = []

    def take(self, *, beside: Lane | None = None) -> Lanes:
        """Until a round brings nothing, with a lane `beside` the first step in place of the usual."""
        goal, best = self._looker.goal, self._best
        while self._rounds and (time := next(self._times, None)) is not None:
            bound, limit = best.bounds[goal], best.half_way(goal)
            taken = yield [beside or self._meanwhile(), _counts(self._looker, limit, time)]
            beside, value = None, best.values[goal]
            found = [
                dishes_of(look.model, outcome.values)
                for look, outcome in chain.from_iterable(taken)
                if look.parts and outcome.values
            ]
            if found and value > limit:
                self._counted += found
                lanes = [self._plans(limit), self._meanwhile()]
                # What comes first is waited for.
                yield lanes if value - limit > _LITTLE else lanes[::-1]
            if (best.values[goal], best.bounds[goal]) == (value, bound):
                self._rounds -= 1
                return
        if beside is not None:
            yield [beside]

    def _plans(self, limit: int) -> Lane:
        """Plans of all that was ever counted: each slot gets what was for days of its kind, or for its meal
        on any day."""
        for offer in (by_kind, by_meal):
            yield self._looker.of_dishes(offer(self._looker.instance, self._counted), limit)


def _counts(looker: Looker, limit: int, time: int) -> Lane:
    """The same counted in some ways, until it was found in two of them; first over short lists, then over all
    that may be where those hold nothing."""
    look, found = looker.count(limit, _DISHES), 0
    for way in range(_WAYS):
        outcome = yield replace(look, seed=_WAYS * time + way)
        found += outcome.values is not None
        if outcome.status is Status.INFEASIBLE and not look.is_full:
            look = looker.count(limit)
            if look.open > _OPEN:
                return
        elif outcome.status is Status.INFEASIBLE or found == _ENOUGH:
            return
