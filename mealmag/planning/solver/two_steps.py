"""A plan of a week or so in two steps: how often each dish comes, then on which day.

Both steps ask for what is next to be looked for at once, most often the bound itself, where to get there by
days and windows takes many small gains. Counts that cannot reach it raise the bound of the plan.
"""

from dataclasses import replace
from itertools import chain

from mealmag.planning.solver.counts import Dishes, by_kind, by_meal, dishes_of
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.lanes import Lane, Lanes, one
from mealmag.planning.solver.looks import Looker
from mealmag.planning.solver.outcome import Status

_WAYS, _ENOUGH = 4, 2  # of counting the same, and of finding something
_DISHES, _OPEN = 40, 8_000  # of a slot, and variables in all, where dishes are counted
_MOST = 10  # days that can be looked at all together


class TwoSteps:
    """The two steps again and again, no more than `times`; so many `rounds` may bring nothing."""

    def __init__(self, looker: Looker, best: Incumbent, rounds: int, times: int) -> None:
        self._looker = looker
        self._best = best
        self._times = iter(range(times))
        self._rounds = rounds if looker.may_count and looker.instance.days <= _MOST else 0
        self._counted: list[Dishes] = []

    def take(self, *, beside: Lane | None = None) -> Lanes:
        """Until a round brings nothing, with a lane `beside` the first step."""
        goal, best = self._looker.goal, self._best
        others = [] if beside is None else [beside]
        while self._rounds and (time := next(self._times, None)) is not None:
            bound, limit = best.bounds[goal], best.half_way(goal)
            taken = yield [*others, _counts(self._looker, limit, time)]
            others, value = [], best.values[goal]
            found = [
                dishes_of(look.model, outcome.values)
                for look, outcome in chain.from_iterable(taken)
                if look.parts and outcome.values
            ]
            if found and value > limit:
                self._counted += found
                yield self._plans(limit)
            if (best.values[goal], best.bounds[goal]) == (value, bound):
                self._rounds -= 1
                return
        if others:
            yield others

    def _plans(self, limit: int) -> list[Lane]:
        """Plans of all that was ever counted: each slot gets what was for days of its kind, or for its meal
        on any day."""
        return [
            one(self._looker.of_dishes(offer(self._looker.instance, self._counted), limit))
            for offer in (by_kind, by_meal)
        ]


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
