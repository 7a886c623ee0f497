"""A plan of a week or so in two steps: how often each dish comes, then on which day.

Both steps ask for what is next to be looked for at once, most often the bound itself, where to get there by
days and windows takes many small gains. Counts that cannot reach it raise the bound of the plan.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from mealmag.planning.solver.counts import Dishes, by_meal, dishes_of
from mealmag.planning.solver.incumbent import Incumbent
from mealmag.planning.solver.lanes import Lane, Lanes
from mealmag.planning.solver.looks import Looker
from mealmag.planning.solver.outcome import Status

_WAYS = 4  # of counting the same, until something is found
_DISHES, _OPEN = 40, 8_000  # of a slot, and variables in all, where dishes are counted
_MOST = 10  # days that can be looked at all together


class TwoSteps:
    """The two steps again and again, no more than `times`; so many `rounds` may bring nothing.

    One core takes them. The other does what is to be done `meanwhile`, and then counts as well, with another
    seed: whether HiGHS finds something at its root is luck. Two whole plans at once take too much memory.
    """

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
            seed, other = 2 * time * _WAYS, (2 * time + 1) * _WAYS
            before, beside = beside or self._meanwhile(), None
            taken = yield [
                _joined(before, _counts(self._looker, limit, other)),
                _counts(self._looker, limit, seed),
            ]
            value = best.values[goal]
            found = [
                dishes_of(look.model, outcome.values)
                for look, outcome in chain.from_iterable(taken)
                if look.parts and outcome.values
            ]
            if found and value > limit:
                self._counted += found
                yield [self._plan(limit, seed), self._meanwhile()]
            if (best.values[goal], best.bounds[goal]) == (value, bound):
                self._rounds -= 1
                return
        if beside is not None:
            yield [beside]

    def _plan(self, limit: int, seed: int) -> Lane:
        """A plan whose slots may have all that was ever counted for their meal, on any day."""
        offer = by_meal(self._looker.instance, self._counted)
        yield replace(self._looker.of_dishes(offer, limit), seed=seed)


def _joined(*lanes: Lane) -> Lane:
    """One after the other."""
    for lane in lanes:
        yield from lane


def _counts(looker: Looker, limit: int, seed: int) -> Lane:
    """The same counted in some ways, until something is found; first over short lists, then over all that
    may be where those hold nothing."""
    look = looker.count(limit, _DISHES)
    for way in range(_WAYS):
        outcome = yield replace(look, seed=seed + way)
        if outcome.status is Status.INFEASIBLE and not look.is_full:
            look = looker.count(limit)
            if look.open > _OPEN:
                return
        elif outcome.status is Status.INFEASIBLE or outcome.values is not None:
            return
