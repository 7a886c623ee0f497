"""A linear relaxation over all dishes, of which the engine sees only those that matter.

Dishes are priced out. The relaxation is solved over some of them; its multipliers say what each of the
others would bring, and those that would bring something come in, until none does. The multipliers of the
last round prove the same bound for the whole model, in whole numbers (see `solver.proof`). So time and
memory hardly grow with the cookbook.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from time import monotonic

from mealmag.planning.linear import LinearModel, Row, packed
from mealmag.planning.menu import ONE_DISH, ONE_SERVING
from mealmag.planning.solver import mathopt
from mealmag.planning.solver.outcome import Status
from mealmag.planning.solver.proof import Bound, Sum, breakable, elastic, parts

# Dishes of each slot at the start, and where some are known to do; the most that come in with each round.
_FIRST, _BESIDE, _MORE = 8, 4, 8
# What a dish must bring to come in, in whole units of the objective: less is an engine's tolerance.
_WORTH = parts(1e-7)
_TOLERANCE = 1e-7  # of an engine's optimum, as a share
_ALIKE = 0.01  # whole units of the objective: what dishes cost need not be known better


def sifted(
    linear: LinearModel,
    begin: Sequence[int] = (),
    *,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Bound | None:
    """The bound of the relaxation of a menu's rows: tolerances aside, its optimum.

    To `begin` with the dishes of a menu that is known, by their variables, saves rounds. None where the
    rows cannot hold together, or at a stop.
    """
    sieve = _Sieve(linear, begin)
    until = None if seconds is None else monotonic() + seconds
    while True:
        left = None if until is None else max(0.01, until - monotonic())
        master, rows = sieve.master()
        outcome = mathopt.solve(master, "GLOP", relaxed=True, seconds=left, stop=stop)
        possible = outcome.status is not Status.INFEASIBLE
        if not possible:  # with the dishes that are in; which others would mend that?
            outcome = mathopt.solve(
                elastic(master, breakable(master)), "GLOP", relaxed=True, seconds=left, stop=stop
            )
        if outcome.status is not Status.OPTIMAL or outcome.duals is None:
            return None
        total = Sum(linear, linear.objective if possible else {})
        for row, multiplier in zip(rows, outcome.duals, strict=True):
            total.add(row, parts(multiplier))
        more = sieve.admit(total)
        if not possible:
            if not more:
                return None
            continue
        proven = total.bound()
        if not more or (outcome.bound is not None and _as_good(proven, outcome.bound)):
            return proven


def _as_good(proven: Bound, optimum: float) -> bool:
    """Whether as much is proven of all dishes as of those that are inside, in whole numbers and about."""
    least = optimum - _TOLERANCE * max(1.0, abs(optimum))
    return math.ceil(proven.value) >= math.ceil(least) and float(proven.value) >= least - _ALIKE


class _Sieve:
    """A whole model, and which of its variables are inside: in the engine's.

    A dish comes in with its servings; any other variable (what is lacking, what is too much) with a row
    of its own that a dish inside is in, or that asks for it.
    """

    def __init__(self, linear: LinearModel, begin: Sequence[int]) -> None:
        self._linear = linear
        self._slots = [row for row in linear.rows if row.rule == ONE_DISH]
        self._choices = [row for row in linear.rows if row.rule == ONE_SERVING]
        self._servings: dict[int, list[int]] = {
            dish: [] for slot in self._slots for dish in slot.variables
        }
        for row in self._choices:
            self._servings[_dish(row)] += row.variables[:-1]
        self._is_food = bytearray(len(linear.lower))
        for dish, servings in self._servings.items():
            _mark(self._is_food, (dish, *servings))
        self._inside = bytearray(lower > 0 for lower in linear.lower)
        size = _BESIDE if begin else _FIRST
        for slot in self._slots:
            for dish in slot.variables[:: -(-len(slot.variables) // size)]:
                self._take(dish)
        for dish in begin:
            self._take(dish)

    def master(self) -> tuple[LinearModel, list[Row]]:
        """The model of what is inside, and the row of the whole model that each of its rows is of.

        A row that nothing inside is in is left out where it holds with nothing.
        """
        whole, inside = self._linear, self._inside
        for row in whole.rows:
            if not _holds_empty(row) or any(inside[v] and self._is_food[v] for v in row.variables):
                _mark(inside, (v for v in row.variables if not self._is_food[v]))
        columns = list(compress(range(len(inside)), inside))
        place = {variable: index for index, variable in enumerate(columns)}
        master = LinearModel(
            [whole.lower[v] for v in columns],
            [whole.upper[v] for v in columns],
            objective={place[v]: c for v, c in whole.objective.items() if inside[v]},
        )
        kept = []
        for row in whole.rows:
            chosen = [inside[v] for v in row.variables]
            if any(chosen) or not _holds_empty(row):
                variables = packed(place[v] for v in compress(row.variables, chosen))
                coefficients = packed(compress(row.coefficients, chosen))
                master.rows.append(Row(variables, coefficients, row.lower, row.upper, row.rule))
                kept.append(row)
        return master, kept

    def admit(self, total: Sum) -> bool:
        """Let in what would bring something by these multipliers; False where nothing would.

        The multipliers of the rows that make a dish whole are made the best there are: a dish costs what it
        costs with the cheapest of each choice, and a slot what its cheapest dish costs.
        """
        costs = total.columns
        for row in self._choices:
            cheapest = min(costs[v] for v in row.variables[:-1])
            total.add(row, cheapest if row.lower is not None else min(0, cheapest))
        more = [
            v
            for v, (food, inside) in enumerate(zip(self._is_food, self._inside, strict=True))
            if costs[v] < -_WORTH and not inside and not food
        ]
        _mark(self._inside, more)
        for slot in self._slots:
            outside = (v for v in slot.variables if costs[v] < -_WORTH and not self._inside[v])
            dishes = sorted(outside, key=lambda v: (costs[v], v))[:_MORE]
            for dish in dishes:
                self._take(dish)
            more += dishes
            total.add(slot, min(costs[v] for v in slot.variables))
        return bool(more)

    def _take(self, dish: int) -> None:
        _mark(self._inside, (dish, *self._servings[dish]))


def _dish(row: Row) -> int:
    """The dish that a choice is of: the last of its row."""
    return row.variables[-1]


def _mark(flags: bytearray, variables: Iterable[int]) -> None:
    for variable in variables:
        flags[variable] = 1


def _holds_empty(row: Row) -> bool:
    """Whether a row holds where all its variables are zero."""
    return (row.lower is None or row.lower <= 0) and (row.upper is None or row.upper >= 0)
